"""A twin tells what its page tells: every field on purpose, every number no finer than printed, and plain JSON."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest

from access.levels import Level
from components.page_twin import change_points, in_hundreds, in_percent, in_points, in_tenths, twin_json
from components.twin_fields import FIELDS, plain, told
from scoring import cascade_views, supplier_views, views
from scoring.cascade_views import Charged, EventLine, FootprintRow, FootprintView, Usual
from scoring.model import Action, Change, Estimate, Lane, Reason, Score, Stamp, Verdict
from scoring.replies import Reply
from scoring.standards import Standard
from scoring.supplier_order import arranged
from scoring.supplier_views import Column, ComparisonView, News, Supplier, SuppliersQuery, SuppliersView
from scoring.views import IndicatorsView, OverviewView, Participation, QuestionRow, TimelineView
from tests import sample_cascade, sample_indicators, sample_overview, sample_suppliers, sample_timeline

NAN = float("nan")
ROOTS = (OverviewView, TimelineView, IndicatorsView, FootprintView, SuppliersView, ComparisonView, News, Reply,
         supplier_views.Group)  # fmt: skip
TWINS = {
    "overview": sample_overview.overview(),
    "overview without score": sample_overview.overview_without_score(),
    "timeline": sample_cascade.panel(),
    "weeks": sample_cascade.weeks(),
    "indicators": sample_indicators.indicators(),
    "footprint": sample_cascade.footprint(),
    "suppliers": arranged(sample_suppliers.view(), SuppliersQuery()),
    "compare": sample_suppliers.comparison(),
    "hostile": sample_timeline.nasty(),
}
WITHHELD: dict[type, dict[str, str]] = {
    OverviewView: {"stamp": "stands at the top of the twin"},
    TimelineView: {"stamp": "stands at the top of the twin", "query": "is the address"},
    IndicatorsView: {
        "stamp": "stands at the top of the twin", "query": "is the address", "readings": "is a menu",
        "line": "is the chosen theme's course",
    },
    FootprintView: {"stamp": "stands at the top of the twin", "query": "is the address"},
    ComparisonView: {"stamp": "stands at the top of the twin", "query": "is the address", "others": "is a menu"},
    Score: {"answers": "not printed beside every score", "people": "not printed beside every score"},
    Action: {"buyer_id": "pages name buyers", "severity": "no page prints it", "token": "is a colour"},
    Lane: {"key": "pages name lanes"},
    Usual: {"token": "is a colour"},
    FootprintRow: {"token": "is a colour"},
    Charged: {"factory_id": "the factory may not be open to the reader", "seen": "is whether there is a link"},
    views.Finding: {"token": "is a colour", "query": "is a link"},
    Participation: {"before": "told only as whether it grew"},
    QuestionRow: {"course": "is among the courses"},
    Standard: {"standard_id": "is a number", "short_name": "is for menus", "clauses": "are those of the page"},
    Column: {"codebook": "pages name themes", "theme": "pages name themes"},
    Supplier: {"codebook": "no page prints it", "before": "told only as the change"},
    Reply: {
        "remark_id": "is how the store numbers them", "own": "the author's buttons", "photo": "is an image",
        "shown": "is whether its author alone reads it",
    },
}  # fmt: skip
ROUNDED = {Estimate, Change, Stamp, SuppliersView}
"""Classes that have a rule of their own, or whose twin is put together part by part."""


def classes_of(hint: Any) -> set[type]:
    """The dataclasses that a type hint names."""
    if isinstance(hint, type) and is_dataclass(hint):
        return {hint}
    return {found for part in get_args(hint) for found in classes_of(part)} if not isinstance(hint, str) else set()


def reachable() -> set[type]:
    """Every dataclass that a view holds, at whatever depth."""
    found: set[type] = set()
    waiting: list[type] = list(ROOTS)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            hints = get_type_hints(one)
            told_of = {name: hint for name, hint in hints.items() if name not in WITHHELD.get(one, {})}
            waiting += [part for hint in told_of.values() for part in classes_of(hint)]
    return found


def numbers(value: Any) -> list[float]:
    """Every number in a twin that is no whole one."""
    if isinstance(value, dict):
        return [number for one in value.values() for number in numbers(one)]
    if isinstance(value, list):
        return [number for one in value for number in numbers(one)]
    return [value] if isinstance(value, float) else []


@pytest.mark.parametrize("one", sorted(reachable() - ROUNDED, key=lambda one: f"{one.__module__}.{one.__name__}"))
def test_every_field_is_told_or_withheld_on_purpose(one: type) -> None:
    """A new field fails here until somebody decides whether the page tells it."""
    known = {field.name for field in fields(one)}
    withheld = set(WITHHELD.get(one, {}))
    assert withheld <= known, "nothing is withheld that there is not"
    told_of = set(FIELDS[one]) & known
    assert not told_of & withheld - {"people", "answers"}
    assert told_of | withheld == known


def test_no_class_has_rules_that_no_view_holds() -> None:
    assert set(FIELDS) - reachable() == set()


@pytest.mark.parametrize("name", TWINS)
def test_every_view_becomes_plain_json(name: str) -> None:
    made = told(TWINS[name])
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert [value for value in numbers(made) if round(value, 1) != value] == []


def test_what_is_not_in_the_table_is_refused() -> None:
    @dataclass(frozen=True)
    class Secret:
        key: str = "x"

    for odd in (Secret(), object(), {1, 2}, b"x", 1j):
        with pytest.raises(TypeError):
            plain(odd)


def test_scores_are_whole_points_and_courses_tenths() -> None:
    view = sample_overview.overview()
    score = replace(view.overall, estimate=Estimate(57.49, 52.44, 62.51))
    twin = told(replace(view, overall=score))
    assert twin["overall"]["estimate"] == {"value": 57, "low": 52, "high": 63}
    assert twin["overall"]["answers"] == score.answers
    assert "answers" not in twin["themes"][0]["score"]
    assert "people" not in twin["themes"][0]["score"]
    point = view.year.points[0]
    assert twin["year"]["points"][0]["estimate"]["value"] == pytest.approx(point.estimate.value, abs=0.051)


def test_what_is_not_shown_is_null_with_its_reason_and_no_count() -> None:
    hidden = Score("t", "Theme", None, Reason.NOT_ENOUGH, 3, 0)
    row = QuestionRow(hidden, "Asked?", sample_overview.overview().year)
    twin = told(row)["score"]
    assert (twin["estimate"], twin["reason"], twin["answers"], twin["people"]) == (None, "not_enough", None, None)


def test_leads_are_null_for_who_may_not_read_them() -> None:
    assert told(replace(sample_indicators.indicators(), leads=None))["leads"] is None


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (Change(-4.6, -9.2, -0.04), {"points": -5, "low": -9, "high": -0.1, "verdict": "clear drop"}),
        (Change(4.6, 0.32, 9), {"points": 5, "low": 0.3, "high": 9, "verdict": "clear rise"}),
        (Change(0.2, -3, 3.4), {"points": 0, "low": -3, "high": 3, "verdict": Verdict.CANT_TELL.value}),
        (Change(NAN, 0, 1), None),
    ],
)
def test_differences_are_as_printed(change: Change, wanted: object) -> None:
    assert change_points(change) == wanted
    assert told(change) == wanted


def test_numbers_that_are_none_are_null() -> None:
    odd = Estimate(NAN, 1, 2)
    assert [in_points(odd), in_tenths(odd), in_hundreds(odd), in_tenths(NAN), in_hundreds(NAN), in_percent(NAN)] == [
        None
    ] * 6
    assert told(NAN) is None
    assert told(float("inf")) is None
    assert told(sample_cascade.COVERAGE) == {"days": 12, "left_out": 6}


def test_footprints_are_in_hundreds_and_effects_in_tenths() -> None:
    assert in_hundreds(Estimate(-24_849.0, -33_051, -16_350)) == {"value": -24800, "low": -33100, "high": -16400}
    assert in_hundreds(-49.0) == 0
    line = EventLine(sample_timeline.YEAR[0], ((-3.0, 1.26), (3.0, -0.04)))
    assert told(line)["points"] == [{"week": -3.0, "points": 1.3}, {"week": 3.0, "points": 0.0}]


def test_levels_days_and_reasons_are_words() -> None:
    assert told(Level.FULL) == "full"
    assert told(date(2026, 11, 20)) == "2026-11-20"
    assert told(Reason.NOT_ASKED) == "not_asked"
    assert told(cascade_views.Sureness.NOT_SHARED) == "not_shared"


def test_a_footprint_names_no_factory_by_its_key() -> None:
    twin = told(sample_cascade.footprint())
    assert twin["largest"]
    assert all(set(one) == {"action", "factory", "points"} for one in twin["largest"])


def test_the_twin_says_where_it_comes_from() -> None:
    found = json.loads(twin_json("overview", "/app/overview/F1", sample_overview.STAMP, ("a note",), {"x": None}))
    assert found == {
        "page": "overview", "address": "/app/overview/F1", "release": 42, "through": "2026-11-20", "method": "1.2",
        "demo": True, "notes": ["a note"], "shown": {"x": None},
    }  # fmt: skip


def test_hints_are_understood() -> None:
    """The walk over the views would be blind if it did not see into optional and nested hints."""
    assert classes_of(tuple[Score | None, ...]) == {Score}
    assert isinstance(get_type_hints(TimelineView)["selected"], UnionType)
    assert len(reachable()) > 40
