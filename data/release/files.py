"""Release files: written once, named by number, never changed; CURRENT says which one counts."""

import os
from contextlib import suppress
from pathlib import Path

from data.engine import Engine, attach
from data.home import Home
from data.release.run import Run

METHOD = "1.0"
"""The version of the method that scores are computed by."""


def release_name(number: int) -> str:
    """The name of a release's file, without its ending."""
    return f"{number:06d}"


def write_release(engine: Engine, home: Home, run: Run, seamline: str) -> Path:
    """The file of a run whose cells are in the vault; it appears under its name only when it is whole."""
    path = home.releases / f"{release_name(run.release)}.duckdb"
    draft = path.with_suffix(".draft")
    for leftover in (draft, draft.with_suffix(".draft.wal")):
        leftover.unlink(missing_ok=True)
    engine.do("known_factories")
    attach(engine.connection, draft, "release")
    try:
        engine.script("release_tables")
        engine.script("release_filled")
        engine.do("reach", through=run.through)
        engine.do("meta_written", release=run.release, method=METHOD, demo=home.is_demo, seamline=seamline)
        engine.connection.execute("CHECKPOINT release")
    finally:
        engine.connection.execute("DETACH release")
    settle_file(draft, path)
    return path


def settle_file(draft: Path, path: Path) -> None:
    """Gives a finished file its name, for ever: written through to the disk, read-only."""
    draft.chmod(0o440)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def point_to(folder: Path, name: str) -> None:
    """Makes CURRENT of a folder name this file, in one step."""
    draft = folder / ".CURRENT"
    with draft.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / "CURRENT")
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current(folder: Path) -> str | None:
    """What CURRENT of a folder names, or None before the first release."""
    with suppress(FileNotFoundError):
        return (folder / "CURRENT").read_text(encoding="utf-8").strip() or None
    return None


def remove_superseded(engine: Engine, home: Home) -> None:
    """Removes release files that need not be kept: neither among the newest 14 nor the last of a month."""
    for (number,) in engine.rows("superseded"):
        (home.releases / f"{release_name(number)}.duckdb").unlink(missing_ok=True)
        for effects in home.effects.glob(f"{release_name(number)}-*.duckdb"):
            effects.unlink(missing_ok=True)
