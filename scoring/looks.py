"""Who looked: lines of the audit trail, as far as the one who asks may read them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd

from access.policy import check
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.state.audit import Line, at_factory, by_organisation, lines
from data.state.organisations import names_of, organisation_id
from data.state.store import State
from scoring.sharing_views import LookLine, LooksView, LookWeek

OPENED = "opened"
MOST = 500
WEEKS = 13
MONTH = timedelta(days=30)
OPERATOR_NAME = "Operator of this portal"


def looks(state: State, viewer: Viewer, names: Mapping[str, str]) -> LooksView:
    """What the people of the viewer's organisation did, newest first; for the operator, what everybody did.

    `names` are those of factories. Raises NotAvailable.
    """
    check(viewer, "looks.view")
    with state.look() as look:
        everything = viewer.role is Role.OPERATOR
        mine = organisation_id(look, str(viewer.role), viewer.organisation)
        if mine is None:
            raise NotAvailable
        found = lines(look, limit=MOST) if everything else by_organisation(look, mine, limit=MOST)
        told = told_lines(found, names_of(look, abouts(found)), mine, names)
    own = next((line.who for line in told if line.own), viewer.organisation)
    return LooksView(told, "" if everything else own, len(found) == MOST)


def every_look(state: State, viewer: Viewer, factory_id: str) -> tuple[LookLine, ...]:
    """Every line there is of a factory, for its owner, newest first. Raises NotAvailable."""
    check(viewer, "sharing.view", factory_id)
    with state.look() as look:
        mine = organisation_id(look, str(viewer.role), viewer.organisation)
        found = at_factory(look, factory_id, limit=None)
        return told_lines(found, names_of(look, abouts(found)), mine, {})


def looks_at(state: State, viewer: Viewer, factory_id: str) -> tuple[list[Line], tuple[LookLine, ...]]:
    """Everything done or opened of a factory within a quarter, as kept and as its owner reads it, newest first."""
    since = datetime.now(UTC) - timedelta(weeks=WEEKS)
    with state.look() as look:
        mine = organisation_id(look, str(viewer.role), viewer.organisation)
        found = at_factory(look, factory_id, since=since, limit=20 * MOST)
        return found, told_lines(found[:MOST], names_of(look, abouts(found[:MOST])), mine, {})


def abouts(found: Sequence[Line]) -> set[int]:
    """The numbers of the organisations that lines are about."""
    return {line.about_id for line in found if line.about_id is not None}


def told_lines(
    found: Sequence[Line], about: Mapping[int, str], mine: int | None, factories: Mapping[str, str]
) -> tuple[LookLine, ...]:
    """Lines with names. The operator's people go by one name."""
    return tuple(
        LookLine(
            at=line.at, who=who(line), role=line.role, deed=line.deed,
            about=about.get(line.about_id, "") if line.about_id is not None else "",
            own=line.organisation_id is not None and line.organisation_id == mine,
            factory=factories.get(line.factory_id, line.factory_id) if line.factory_id else "",
        )
        for line in found
    )  # fmt: skip


def who(line: Line) -> str:
    """Whose people did it."""
    if line.role == Role.OPERATOR:
        return OPERATOR_NAME
    return line.organisation_name or line.organisation or "Somebody not signed in"


def by_week(found: Sequence[Line], but: int | None) -> tuple[LookWeek, ...]:
    """How often each other organisation opened something, by week, oldest first; `but` is left out."""
    kept = [line for line in found if line.deed.startswith(OPENED) and line.organisation_id != but]
    if not kept:
        return ()
    frame = pd.DataFrame({"who": [who(line) for line in kept], "at": [line.at for line in kept]})
    days = frame["at"].dt.tz_convert(None).dt.normalize()
    frame["week"] = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    counted = frame.groupby(["who", "week"], as_index=False).size()
    return tuple(LookWeek(str(row["who"]), row["week"].date(), int(row["size"])) for row in counted.to_dict("records"))


def lately(found: Sequence[Line], organisation: int, now: datetime) -> tuple[int, datetime | None]:
    """How often an organisation opened something in the last 30 days, and when last."""
    opened = [one.at for one in found if one.organisation_id == organisation and one.deed.startswith(OPENED)]
    return sum(at > now - MONTH for at in opened), max(opened, default=None)
