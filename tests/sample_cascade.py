"""Effects, event studies and footprints as the door would hand them over, for tests. All of it is invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import exp

from scoring.cascade_views import (
    Charged,
    Coverage,
    EventLine,
    FootprintRow,
    FootprintView,
    LagEffect,
    Study,
    Sureness,
    Usual,
)
from scoring.model import OVERALL, Choice, Estimate
from scoring.query import FootprintQuery, TimelineQuery
from scoring.views import TimelineView
from tests import sample_timeline as sample

COVERAGE = Coverage(days=12.0, left_out=0.06)
HIDDEN = (Sureness.TOO_FEW_EVENTS, Sureness.NOT_SHARED)


def profile(size: float) -> tuple[LagEffect, ...]:
    """Nothing before, `size` two weeks after, fading later."""
    found = []
    for lag in range(-4, 13):
        value = 0.0 if lag < 0 else size * exp(-abs(lag - 2) / 3)
        found.append(LagEffect(lag, Estimate(value, value - 0.8, value + 0.8)))
    return tuple(found)


def usual(
    sureness: Sureness = Sureness.CLEAR, mean: float = -3.1, half: float = 1.1, row: str = "HRS", *,
    moved_before: bool = False, kind: str = "rush_order", look: str = "rush",
) -> Usual:  # fmt: skip
    """What usually follows; of what is not told there is neither effect nor profile."""
    told = sureness not in HIDDEN
    return Usual(
        kind, sample.KINDS.get(kind, (kind, look, 0))[0], look, row, sample.NAMES[row],
        Estimate(mean, mean - half, mean + half) if told else None, sureness, "about 145" if told else "",
        "about 55" if told else "", moved_before, profile(1.4 * mean) if told else (),
    )  # fmt: skip


def line(action_id: str = "a7", *weeks: float, step: float = 1.0) -> EventLine:
    """The course of one action of the sample year; without weeks every fortnight has a point."""
    one = next(a for a in sample.YEAR if a.action_id == action_id)
    middles = weeks or tuple(float(week) for week in range(-3, 14, 2))
    return EventLine(one, tuple((week, round(step * week / 4, 3)) for week in middles))


def study(sureness: Sureness = Sureness.CLEAR, row: str = "HRS", lines: Sequence[EventLine] | None = None) -> Study:
    """One row of an event study with two thin lines."""
    return Study(usual(sureness, row=row), tuple((line("a1"), line("a7")) if lines is None else lines))


def panel(found: Usual | None = None, *, every_buyer: bool = True, quieter: int | None = 96) -> TimelineView:
    """The sample year with its cancelled order chosen, held against placebos, and what usually follows."""
    view = sample.selected("a5")
    assert view.selected is not None
    rows = tuple(replace(row, quieter=quieter) for row in view.selected.rows)
    chosen = replace(view.selected, rows=rows)
    told = (usual(row=OVERALL), found or usual())
    return replace(view, selected=chosen, usual=told, coverage=COVERAGE, every_buyer=every_buyer)


def weeks(
    query: TimelineQuery | None = None, studies: Sequence[Study] | None = None, every_buyer: bool = True
) -> TimelineView:
    """The sample year in weeks from its rush orders."""
    query = query or TimelineQuery("F01", view="weeks")
    found = (study(row=OVERALL), study(), study(Sureness.UNCLEAR, row="PAY")) if studies is None else tuple(studies)
    return replace(sample.view(query), studies=found, coverage=COVERAGE, every_buyer=every_buyer)


def row(
    kind: str,
    points: float | None,
    half: float,
    sureness: Sureness,
    actions: int = 3,
    *,
    name: str = "",
    sign: int = -1,
) -> FootprintRow:
    """One kind of a footprint, in worker-week points."""
    named, token, known = sample.KINDS.get(kind, (name or kind, "other", sign))
    estimate = None if points is None else Estimate(points, points - half, points + half)
    return FootprintRow(kind, name or named, token, known, actions, estimate, sureness)


ROWS = (
    row("rush_order", -24_800, 8_350, Sureness.CLEAR, 14),
    row("order_cancelled_in_production", -12_900, 6_700, Sureness.LIKELY, 3),
    row("payment_late", -6_200, 6_600, Sureness.UNCLEAR, 5),
    row("price_cut", -400, 3_500, Sureness.NO_EFFECT_SEEN, 6),
    row("stable_commitment", 9_400, 6_300, Sureness.LIKELY, 4),
    row("duplicate_audit", None, 0, Sureness.TOO_FEW_EVENTS, 1),
    row("payment_early", None, 0, Sureness.NOT_SHARED, 2, name="Paid sooner", sign=1),
)
CHOICES = (Choice(OVERALL, "Overall score", None), Choice("HRS", "Hours, rest and pace", None))


def charged(action_id: str, points: float, *, seen: bool = True) -> Charged:
    """One action of the sample year with its part."""
    one = next(a for a in sample.YEAR if a.action_id == action_id)
    return Charged(one, "F01", sample.FACTORY.name, points, seen)


def footprint(
    query: FootprintQuery | None = None, rows: Sequence[FootprintRow] = ROWS, total: float | None = -35_900
) -> FootprintView:
    """A footprint of a buyer, or of all actions at the sample factory when the query names it."""
    query = query or FootprintQuery()
    here = query.factory is not None
    known = [one.kind for one in rows]
    kind = query.kind if query.kind in known else known[0] if known else None
    drawn = study() if kind == "rush_order" else study(Sureness.UNCLEAR) if kind else None
    if drawn and kind:
        drawn = replace(drawn, usual=replace(drawn.usual, kind=kind))
    return FootprintView(
        query=query,
        factory=sample.FACTORY if here else None,
        buyer="" if here else "Northvane",
        stamp=sample.STAMP,
        first=date(2025, 11, 21),
        last=sample.LAST,
        row_name="Overall score",
        total=None if total is None else Estimate(total, total - 13_100, total + 13_200),
        actions=41,
        factories=9,
        left_out=3,
        rows=tuple(rows),
        largest=(charged("a5", -6_300), charged("a3", 3_800), charged("a1", -3_000, seen=here)) if rows else (),
        study=drawn,
        choices=CHOICES,
        coverage=COVERAGE,
    )
