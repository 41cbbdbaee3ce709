"""Takes one load out again: everything it put into the vault and the state store, or nothing.

Only until a release took its answers in: what was published is never taken back. What a later file told again
counted as already present then, so such a file is loaded again afterwards. As loading does, this keeps the state store
first and then the vault; cut off in between, the same undo finishes it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from data.engine import Engine
from data.home import Home
from data.settings import Settings
from data.state.load_spans import PLACES, ChangedSince, rows_undone
from data.state.store import Change, State
from data.vault.store import vault

STEPS = ("answers", "identities", "files", "headcount", "questions", "factories")
"""In this order: questions and factories go where nothing uses them any more."""
OF_ACTIONS = ("orders", "actions")


class NotUndone(Exception):
    """A load cannot be taken out. The message is one plain sentence that says why."""


@dataclass(frozen=True)
class Undone:
    """How many rows were taken out, by table; `left` are factories and questions that something else uses."""

    load: int
    rows: dict[str, int]
    left: int

    @property
    def tells_of_actions(self) -> bool:
        """True when what was done at factories reads otherwise now, so that effects are made anew."""
        return any(self.rows.get(place) for place in OF_ACTIONS)

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        counts = [f"{count:,} {place.replace('_', ' ')}" for place, count in self.rows.items() if place in TOLD]
        gone = f"Load {self.load} is undone: {', '.join(counts)} taken out." if counts else (
            f"Load {self.load} is undone. It held nothing any more."
        )  # fmt: skip
        stay = f" {self.left} factories or questions stay, as something else uses them." if self.left else ""
        return gone + stay


TOLD = ("answers", "headcount", "questions", "factories", "relations", "orders", "actions", "measures")


def undone(home: Home, settings: Settings, state: State, load: int) -> Undone:
    """What was taken out. Raises NotUndone when it cannot be, VaultBusy."""
    if not home.vault.exists():
        raise NotUndone(f"There is no load {load}.")
    with vault(home, settings, f"undo load {load}") as engine:
        if not engine.rows("undo/known", load=load)[0][0]:
            raise NotUndone(f"There is no load {load}.")
        release = engine.rows("undo/released", load=load)[0][0]
        if release is not None:
            raise NotUndone(
                f"Load {load} cannot be undone any more: release {release} took it in, and what was published stays."
            )
        engine.connection.begin()
        try:
            with state.change() as change:
                rows = state_undone(change, load)
                found, left = vault_undone(engine, load, named_factories(change, engine, load))
        except BaseException:
            engine.connection.rollback()
            raise
        engine.connection.commit()
        engine.connection.execute("CHECKPOINT vault")
    return Undone(load, found | rows, left)


def state_undone(change: Change, load: int) -> dict[str, int]:
    """How many rows of the state store went. Raises NotUndone."""
    try:
        return rows_undone(change, load)
    except ChangedSince as problem:
        raise NotUndone(str(problem)) from None


def vault_undone(engine: Engine, load: int, named: Collection[str]) -> tuple[dict[str, int], int]:
    """How many rows of the vault went, and how many of its factories and questions stay.

    The bytes of deleted answers leave the disk when the vault is next compacted, which is noted here.
    """
    rows = {}
    for place in STEPS:
        values: dict[str, object] = {"load": load} | ({"named": list(named)} if place == "factories" else {})
        rows[place] = int(engine.rows(f"undo/{place}", **values)[0][0])
    left = engine.rows("undo/kept", load=load)[0]
    if rows["answers"]:
        now = datetime.now(UTC).replace(tzinfo=None)
        noted = {"before": date.min, "last_load": load, "release": 0}
        engine.do("wipes_noted", what="undone loads", **noted, wiped_at=now, compacted=False)
    return {place: count for place, count in rows.items() if count}, int(left[2]) + int(left[3])


def named_factories(change: Change, engine: Engine, load: int) -> set[str]:
    """The factories of a load that rows of the state store name."""
    declared = [row[0] for row in engine.rows("undo/factories_of", load=load)]
    found: set[str] = set()
    for place in ("relations", "orders", "actions", "measures"):
        column = PLACES[place].__table__.c.factory_id
        for start in range(0, len(declared), 1000):
            query = select(column).where(column.in_(declared[start : start + 1000])).distinct()
            found |= set(change.connection.execute(query).scalars())
    return found
