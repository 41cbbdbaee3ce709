"""Makes releases: closes cells in the vault, writes the file, and points CURRENT to it.

The vault commits first; the file is made from what is committed. Whatever is cut off in between is finished
by the next run, or by `finish_release`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.effects.files import publish_effects
from data.engine import Engine
from data.home import Home
from data.release.files import current, point_to, release_name, remove_superseded, write_release
from data.release.flags import fix_flags
from data.release.quarters import fix_quarters
from data.release.run import Run, closing_run, last_run
from data.release.slices import split_slices
from data.settings import Settings
from data.state.store import State
from data.vault.store import change, vault

SEAMLINE = "0.1.0"


@dataclass(frozen=True)
class Released:
    """What a release run did (FORMATS §3)."""

    release: int
    path: Path
    cells: int
    closed_now: int


def release(home: Home, settings: Settings, state: State, through: date | None = None) -> Released:
    """Closes the days up to `through` and publishes. Raises NothingToClose, VaultBusy."""
    with vault(home, settings, "release") as engine:
        finish(engine, home, settings, state)
        with change(engine):
            before, last_load = last_run(engine)
            run = closing_run(engine, through)
            split_slices(engine, before, run)
            fix_quarters(engine, before, last_load, run)
            fix_flags(engine, before, last_load, run)
        path = publish(engine, home, settings, state, run)
        remove_superseded(engine, home)
    return Released(run.release, path, run.cells, run.closed_now)


def publish(engine: Engine, home: Home, settings: Settings, state: State, run: Run) -> Path:
    """Writes the files of a committed run and makes them the current ones."""
    path = write_release(engine, home, run, SEAMLINE)
    publish_effects(engine, home, settings, state, run)
    point_to(home.releases, release_name(run.release))
    return path


def finish_release(home: Home, settings: Settings, state: State) -> None:
    """Publishes the vault's newest run if its file was never finished, and makes effects that are missing.

    Those of an earlier version of Seamline count as missing; otherwise nothing is done.
    """
    if not home.vault.exists():
        return
    with vault(home, settings, "finish the last release") as engine:
        finish(engine, home, settings, state)
        run = newest_run(engine)
        if run is not None:
            publish_effects(engine, home, settings, state, run)


def finish(engine: Engine, home: Home, settings: Settings, state: State) -> None:
    """Publishes the newest run of an open vault, unless that was done."""
    run = newest_run(engine)
    if run is not None and current(home.releases) != release_name(run.release):
        publish(engine, home, settings, state, run)


def refresh_effects(home: Home, settings: Settings, state: State) -> None:
    """Gives the newest release an effects file for the actions known now; before the first release, nothing."""
    with vault(home, settings, "effects") as engine:
        run = newest_run(engine)
        if run is not None:
            publish_effects(engine, home, settings, state, run)


def newest_run(engine: Engine) -> Run | None:
    """The newest run that the vault noted."""
    found = engine.connection.execute(
        "SELECT release, through, last_load, cells, closed_now FROM vault.releases ORDER BY release DESC LIMIT 1"
    ).fetchall()
    return Run(*found[0]) if found else None
