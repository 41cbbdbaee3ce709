"""What was done at a factory, as a viewer may see it, and grouped into lanes."""

from datetime import date
from functools import lru_cache

from access.policy import check, may, reaches
from access.viewer import Viewer
from data.codebook.kinds import lane_name
from data.release.reader import OpenRelease
from scoring.model import Action, Lane

MOST_LANES = 5


def seen_actions(release: OpenRelease, viewer: Viewer, factory_id: str) -> tuple[Action, ...]:
    """The factory's actions that this viewer may see, oldest first: everybody's, or a buyer's own where it agreed.

    How large an action is beside others, and the size of one that follows from an order, may depend on what other
    buyers ordered: a buyer is told neither.
    """
    check(viewer, "timeline.view", factory_id)
    if may(viewer, "actions.all"):
        return actions_at(release, None, factory_id)
    return actions_at(release, viewer.organisation, factory_id) if reaches(viewer, "actions.own", factory_id) else ()


@lru_cache(maxsize=256)
def actions_at(release: OpenRelease, buyer: str | None, factory_id: str) -> tuple[Action, ...]:
    """The same for one buyer, or for who may see everybody's (None). Kept, as a release never changes."""
    if release.effects is None:
        return ()
    rows = release.effects.engine.rows("actions_at", factory=factory_id, buyer=buyer)
    return tuple(
        Action(
            action_id=r[0], kind=r[1], kind_name=r[2], token=r[3], sign=r[4], date=r[5], end=r[6], buyer_id=r[7],
            buyer_name=r[8], what="" if buyer and r[13] else size_in_words(r[9], r[10]), note=r[11],
            severity=1.0 if buyer else r[12], rule=r[13],
        )
        for r in rows
    )  # fmt: skip


def size_in_words(magnitude: float | None, unit: str | None) -> str:
    """How large an action was, as a phrase: "34 % of the month's orders", "21 days late"."""
    if magnitude is None:
        return ""
    number = f"{abs(magnitude):,.0f}" if abs(magnitude) >= 10 else f"{abs(magnitude):g}"
    words = (unit or "").strip()
    return f"{number} {words}".strip()


def lanes(actions: tuple[Action, ...], by: str) -> tuple[Lane, ...]:
    """The actions in at most five lanes, the busiest kept and the rest together; by group of kinds or by buyer."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        groups.setdefault(action.buyer_id if by == "buyer" else action.token, []).append(action)
    busiest = sorted(groups, key=lambda key: (-len(groups[key]), key))
    kept = busiest if len(busiest) <= MOST_LANES else busiest[: MOST_LANES - 1]
    rest = sorted((a for key in busiest if key not in kept for a in groups[key]), key=lambda a: a.date)
    ordered = sorted(kept, key=lambda key: first_day(groups[key]))
    found = [Lane(key, lane_title(key, groups[key], by), tuple(groups[key])) for key in ordered]
    if rest:
        found.append(Lane("rest", "Other buyers" if by == "buyer" else "Other actions", tuple(rest)))
    return tuple(found)


def first_day(actions: list[Action]) -> date:
    """The day of the earliest action."""
    return min(action.date for action in actions)


def lane_title(key: str, actions: list[Action], by: str) -> str:
    """The name of a lane."""
    return actions[0].buyer_name or "Unknown" if by == "buyer" else lane_name(key)
