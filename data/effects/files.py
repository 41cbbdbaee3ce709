"""Effects files: beside each release, what was done at the factories and what followed. Immutable, like releases.

A file is named after its release and a hash of the method and the actions in it, so that changed actions make a new
file and the same actions do not.
"""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.codebook.kinds import kind_of
from data.effects.tables import TABLES, Estimates, estimates
from data.engine import Engine, attach, reading
from data.home import Home
from data.release.derived_actions import derived_actions
from data.release.files import fresh_draft, point_to, release_name, settle_file
from data.release.run import Run
from data.settings import Settings
from data.state.store import State
from data.state.trade import actions_frame

METHOD = "1"
"""The version of what an effects file holds and how it is estimated: another one makes new files."""
COLUMNS = (
    "action_id", "kind", "kind_name", "token", "sign", "factory_id", "buyer_id", "buyer_name", "order_id", "date",
    "announced_date", "end_date", "magnitude", "unit", "note", "actor_type", "actor_id", "rule",
)  # fmt: skip


def publish_effects(engine: Engine, home: Home, settings: Settings, state: State, run: Run) -> Path:
    """The effects file of a run's release for the actions known now; CURRENT of the effects folder names it.

    Beside what was entered there is what follows from orders.
    """
    with state.look() as look:
        entered = actions_frame(look)
        found = derived_actions(look, run.through, entered)
    actions = [described(row) for row in (*entered, *found)]
    digest = hashlib.sha256(json.dumps([METHOD, actions], sort_keys=True, default=str).encode()).hexdigest()[:16]
    path = home.effects / f"{release_name(run.release)}-{digest}.duckdb"
    if not path.exists():
        connection = reading(home.releases / f"{release_name(run.release)}.duckdb", settings)
        try:
            write_effects(engine, path, actions, Engine(connection))
        finally:
            connection.close()
    point_to(home.effects, path.stem)
    return path


def described(row: dict[str, Any]) -> dict[str, Any]:
    """An action with the words and the look of its kind. An id is made unique by its source, if it has one."""
    kind = kind_of(row["kind"])
    told = {"rule": None} | row | {"kind_name": kind.name, "token": kind.token, "sign": kind.sign}
    if row["source"]:
        told["action_id"] = f"{row['source']}:{row['action_id']}"
    return {name: told[name] for name in COLUMNS}


def write_effects(engine: Engine, path: Path, actions: list[dict[str, Any]], release: Engine) -> None:
    """Writes actions and estimates into a new file that appears under its name only when it is whole."""
    draft = fresh_draft(path)
    told = [{"rule": None} | action for action in actions]
    frame = pd.DataFrame(told, columns=list(COLUMNS), dtype="object")
    for name in COLUMNS:
        frame[name] = frame[name].map(lambda v: v.isoformat() if isinstance(v, date) else v)
    engine.connection.register("described_actions", frame.astype("str").where(frame.notna(), None))
    attach(engine.connection, draft, "effects")
    try:
        through = release.rows("effects/through")[0][0]
        engine.do("effects/actions", through=through)
        write_estimates(engine, estimates(release, engine.frame("effects/acted", through=through)))
        engine.connection.execute("CHECKPOINT effects")
    finally:
        engine.connection.execute("DETACH effects")
        engine.connection.unregister("described_actions")
    settle_file(draft, path)


def write_estimates(engine: Engine, made: Estimates) -> None:
    """Fills the tables of the attached effects file; without actions they stay empty."""
    engine.script("effects/tables")
    for name in TABLES:
        table: pd.DataFrame = getattr(made, name)
        if len(table):
            engine.offer(f"estimated_{name}", {str(column): table[column].to_numpy() for column in table})
            engine.do(f"effects/{name}")
            engine.connection.unregister(f"estimated_{name}")
