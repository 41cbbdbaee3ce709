"""A plausible year of one factory as the door would hand it over, for tests. All of it is invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import sin

from scoring.model import (
    OVERALL,
    Action,
    Aftermath,
    Change,
    Choice,
    Comparison,
    Estimate,
    Factory,
    Lane,
    Point,
    Series,
    Stamp,
    TimelineQuery,
    Window,
)
from scoring.views import TimelineView

FIRST, LAST = date(2025, 11, 24), date(2026, 11, 20)
FACTORY = Factory("F01", "Meghdal Knit Works", "BD", "Knitwear", 1240, date(2024, 3, 1))
STAMP = Stamp(release=42, through=LAST, method="1.2", demo=True)
GAP = (date(2026, 3, 16), date(2026, 4, 12))
NAMES = {OVERALL: "Overall score", "HRS": "Hours, rest and pace", "PAY": "Pay", "RES": "Respect"}
QUESTIONS = {OVERALL: 36, "HRS": 6, "PAY": 5, "RES": 4}
KINDS = {
    "rush_order": ("Rush order", "rush", -1),
    "order_cancelled_in_production": ("Order cancelled", "cancel", -1),
    "payment_late": ("Payment late", "late", -1),
    "price_cut": ("Price cut", "price", -1),
    "stable_commitment": ("Steadier orders", "steady", 1),
    "duplicate_audit": ("Extra audit", "audit", -1),
}


def action(
    action_id: str,
    kind: str,
    day: date,
    buyer: str = "Northvane",
    what: str = "",
    end: date | None = None,
    note: str = "",
) -> Action:
    """One action with the name, token and sign of its kind."""
    name, token, sign = KINDS[kind]
    return Action(action_id, kind, name, token, sign, day, end, f"B-{buyer}", buyer, what, note, severity=1.0)


YEAR = (
    action("a1", "rush_order", date(2026, 1, 12), "Tuvendal", "+31 % pieces, 40 days instead of 75",
           date(2026, 2, 9)),
    action("a2", "payment_late", date(2026, 2, 23), "Brindlecote", "34 days after the due date",
           date(2026, 3, 29)),
    action("a3", "stable_commitment", date(2026, 3, 16), "Tuvendal", "six-month forecast shared and kept",
           date(2026, 9, 15)),
    action("a4", "price_cut", date(2026, 4, 20), "Halmere & Pike", "4 % off orders already confirmed"),
    action("a5", "order_cancelled_in_production", date(2026, 6, 8), "Northvane",
           "9 % of the month’s orders", note="Cutting had begun."),
    action("a6", "payment_late", date(2026, 8, 3), "Brindlecote", "21 days after the due date",
           date(2026, 8, 24)),
    action("a7", "rush_order", date(2026, 10, 5), "Northvane", "48 days instead of 80", date(2026, 11, 2)),
)  # fmt: skip


def series(
    key: str, level: float = 60, *, drop: float = 0, grain: str = "week", gap: bool = True, width: float = 6
) -> Series:
    """A year of weeks around `level` that falls by `drop` after 8 June, with one gap in spring."""
    points = []
    day = FIRST
    while day <= LAST:
        last = min(day + timedelta(days=6), LAST)
        if not (gap and GAP[0] <= day <= GAP[1]):
            fallen = drop * min(1.0, max(0, (day - date(2026, 6, 7)).days) / 14)
            value = level - fallen + 1.8 * sin(day.toordinal() / 17 + len(key)) + sin(day.toordinal() * 1.7)
            points.append(Point(day, last, Estimate(value, value - width, value + width)))
        day += timedelta(days=7)
    gaps = (GAP,) if gap else ()
    return Series(key, NAMES.get(key, key), QUESTIONS.get(key, 4), grain, tuple(points), gaps)


def as_answered(key: str = "HRS") -> Series:
    """A small factory's series: stretches of unequal length, each as wide as it took to fill."""
    lengths, day, points = (20, 33, 14, 41, 27, 60, 22, 35), FIRST, []
    for number, length in enumerate(lengths):
        last = day + timedelta(days=length - 3)
        value = 55 + 4 * sin(number)
        points.append(Point(day, last, Estimate(value, value - 9, value + 9)))
        day = last + timedelta(days=3)
    return Series(key, NAMES[key], QUESTIONS[key], "as answered", tuple(points), ())


def window(day: date) -> Window:
    """Eight weeks before and up to thirteen after, as far as the sample year goes."""
    last = min(day + timedelta(days=90), LAST)
    return Window(day - timedelta(days=56), day - timedelta(days=1), day, last, (last - day).days // 7 + 1
                  if last == LAST and day + timedelta(days=90) > LAST else 13)  # fmt: skip


def comparison(key: str, before: float, points: float, half: float) -> Comparison:
    """A row of an effect panel: `points` later than `before`, give or take `half`."""
    after = before + points
    return Comparison(
        key,
        NAMES[key],
        Estimate(before, before - 5, before + 5),
        Estimate(after, after - 5, after + 5),
        Change(points, points - half, points + half),
        1140,
        1690,
    )


def too_few(key: str) -> Comparison:
    """A row of which nothing may be said."""
    return Comparison(key, NAMES[key], None, None, None, 0, 0)


EFFECTS: dict[str, tuple[float, float, float]] = {"a5": (-4, -11, -2), "a3": (1, 5, 2), "a1": (-1, -4.5, 0)}


def aftermath(one: Action, keys: Sequence[str] = (OVERALL, "HRS", "PAY")) -> Aftermath:
    """What workers said around one action of the sample year."""
    moved = dict(zip((OVERALL, "HRS", "PAY"), EFFECTS.get(one.action_id, (0.4, -1, 1)), strict=True))
    half = {OVERALL: 4.6, "HRS": 8.0, "PAY": 8.0}
    rows = tuple(comparison(k, 62.0, moved.get(k, -5.0), half.get(k, 8.0)) for k in keys)
    return Aftermath(one, window(one.date), rows)


def lanes(actions: Sequence[Action], by: str = "kind") -> tuple[Lane, ...]:
    """The actions in lanes, one a kind or one a buyer, in the order of their first action."""
    groups: dict[str, list[Action]] = {}
    names: dict[str, str] = {}
    for one in actions:
        key = one.kind if by == "kind" else one.buyer_id
        groups.setdefault(key, []).append(one)
        names[key] = one.kind_name if by == "kind" else one.buyer_name
    return tuple(Lane(key, names[key], tuple(group)) for key, group in groups.items())


def view(
    query: TimelineQuery | None = None,
    actions: Sequence[Action] = YEAR,
    rows: Sequence[Series] | None = None,
) -> TimelineView:
    """The sample year as the answer to a query; an unknown action selects nothing."""
    query = query or TimelineQuery("F01")
    drawn = tuple(rows) if rows is not None else tuple(
        series(k, level, drop=drop, width=width)
        for k, level, drop, width in ((OVERALL, 61, 3, 4), ("HRS", 61, 9, 6), ("PAY", 61, 2, 6), ("RES", 58, 5, 6))
        if k in (query.rows or (OVERALL, "HRS", "PAY"))
    )  # fmt: skip
    keys = [row.key for row in drawn]
    afters = tuple(aftermath(one, keys) for one in sorted(actions, key=lambda a: a.date, reverse=True))
    return TimelineView(
        query=query,
        factory=FACTORY,
        stamp=STAMP,
        first=FIRST,
        last=LAST,
        lanes=lanes(actions, query.lanes),
        rows=drawn,
        choices=(
            *(Choice(key, name, None) for key, name in NAMES.items()),
            Choice("HRS-01", "Do you get a full day of rest each week?", "HRS"),
        ),
        aftermaths=afters,
        selected=next((a for a in afters if a.action.action_id == query.action), None),
        every_buyer=True,
    )


def selected(action_id: str = "a5", **changes: object) -> TimelineView:
    """The sample year with one action chosen."""
    return view(replace(TimelineQuery("F01", action=action_id), **changes))  # type: ignore[arg-type]  # the fields of a query


def nasty() -> TimelineView:
    """A year whose names try to break out of labels and cells."""
    bad = "<img src=x onerror=alert(1)> %{x} & Sons"
    one = replace(action("<b>\"x'", "rush_order", date(2026, 6, 8), bad, "=1+1"), note=bad, kind_name=bad)
    rows = (replace(series("HRS"), name=bad),)
    built = view(TimelineQuery("F01", action=one.action_id), [one], rows=[series("HRS")])
    renamed = replace(built.aftermaths[0], rows=(replace(comparison("HRS", 60, -11, 8), name=bad),))
    return replace(built, factory=replace(FACTORY, name=bad), rows=rows, aftermaths=(renamed,), selected=renamed)


def crowded(many: int = 90) -> TimelineView:
    """So many actions that marks of one lane and week have to be drawn together."""
    kinds = list(KINDS)
    days = (FIRST + timedelta(days=3 * n) for n in range(many))
    crowd = [action(f"c{n}", kinds[(n // 6) % 6], day) for n, day in enumerate(days) if day <= LAST]
    return view(TimelineQuery("F01"), crowd)
