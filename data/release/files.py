"""Release files: written once, named by number, never changed; CURRENT says which one counts."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from data.engine import Engine, attach
from data.home import Home, sync_folder
from data.release.cohorts import freeze_cohorts
from data.release.facts import tell_facts
from data.release.flags import tell_flags
from data.release.run import Run

METHOD = "1.1"
"""The version of the method that scores are computed by."""


def release_name(number: int) -> str:
    """The name of a release's file, without its ending."""
    return f"{number:06d}"


def write_release(engine: Engine, home: Home, run: Run, seamline: str) -> Path:
    """The file of a run whose cells are in the vault; it appears under its name only when it is whole.

    One that was cut off before CURRENT named it is written anew: nobody has read it.
    """
    path = home.releases / f"{release_name(run.release)}.duckdb"
    draft = fresh_draft(path)
    engine.do("known_factories")
    after = begin_draft(engine, home, run, draft)
    try:
        for growing in ("cells", "adjust", "leads", "slices"):
            engine.do(f"{growing}_released", after=after)
        engine.script("dimensions_released")
        engine.do("reach_released", through=run.through)
        tell_facts(engine)
        tell_flags(engine)
        freeze_cohorts(engine, run)
        engine.do("meta_written", release=run.release, method=METHOD, demo=home.is_demo, seamline=seamline)
        engine.connection.execute("CHECKPOINT release")
    finally:
        engine.connection.execute("DETACH release")
    settle_file(draft, path)
    return path


def begin_draft(engine: Engine, home: Home, run: Run, draft: Path) -> int:
    """The release up to which the draft, now open as `release`, holds what only grows; 0 where it is a new file.

    Within a month a release begins as a copy of the one before, and only what is new is added: what a day costs
    does not grow with history. The first of a month is written anew, in order.
    """
    for (number,) in engine.rows("release_before", release=run.release):
        before = home.releases / f"{release_name(number)}.duckdb"
        if before.exists() and current(home.releases) == release_name(number):
            expected = layout(engine)
            shutil.copyfile(before, draft)
            attach(engine.connection, draft, "release")
            if engine.rows("release_layout") == expected:
                engine.script("release_emptied")
                return int(number)
            engine.connection.execute("DETACH release")
            draft.unlink()
    attach(engine.connection, draft, "release")
    engine.script("release_tables")
    return 0


def layout(engine: Engine) -> list[tuple[object, ...]]:
    """Every table and column of a release as this Seamline writes it, with its type. No release may be open."""
    attach(engine.connection, Path(":memory:"), "release")
    try:
        engine.script("release_tables")
        return engine.rows("release_layout")
    finally:
        engine.connection.execute("DETACH release")


def fresh_draft(path: Path) -> Path:
    """Where a file is written before it gets its name. What a run that was cut off left in its folder is removed."""
    for leftover in path.parent.glob("*.draft*"):
        leftover.unlink()
    return path.with_suffix(".draft")


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


def current(folder: Path) -> str | None:
    """What CURRENT of a folder names, or None before the first release."""
    with suppress(FileNotFoundError):
        return (folder / "CURRENT").read_text(encoding="utf-8").strip() or None
    return None


def newest_release(home: Home) -> int:
    """The number of the release that CURRENT names, 0 before the first."""
    return int(current(home.releases) or 0)


def remove_superseded(engine: Engine, home: Home) -> None:
    """Removes release files that need not be kept: neither among the newest 14 nor the last of a month."""
    for (number,) in engine.rows("superseded"):
        (home.releases / f"{release_name(number)}.duckdb").unlink(missing_ok=True)
        for effects in home.effects.glob(f"{release_name(number)}-*.duckdb"):
            effects.unlink(missing_ok=True)
