"""Which fields of each result a JSON twin tells, and how fine: the fields that the page itself tells, and no other."""

from collections.abc import Mapping
from typing import Any

from components.measure_words import exact
from components.page_twin import Fields, Turned, in_hundreds, in_percent, in_tenths, told_by, week_points
from scoring import cascade_views, supplier_views, views
from scoring.cascade_views import Charged, EventLine, FootprintRow, FootprintView, LagEffect, Study, Usual
from scoring.measure_views import Measure, MeasureLine, MeasurePoint
from scoring.model import (
    Action,
    Aftermath,
    Choice,
    Comparison,
    Factory,
    Lane,
    Point,
    Score,
    Series,
    Standing,
    Window,
)
from scoring.replies import Reply, Subject
from scoring.standards import ClauseGroup, Lead, Placed, Standard
from scoring.supplier_views import Column, ComparedRow, ComparisonView, Lined, News, Share, Supplier, ThemeCell
from scoring.views import (
    DayCell,
    Dimension,
    Flag,
    Groups,
    IndicatorsView,
    LeadBand,
    OverviewView,
    Participation,
    QuestionRow,
    ThemeRow,
    TimelineView,
)


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    return told(value)


def counted(score: Score) -> dict[str, Any]:
    """A score beside which its page says how many answers and people stand behind it."""
    return {**told(score), "answers": score.answers if score.estimate else None, "people": score.people}


def peopled(score: Score) -> dict[str, Any]:
    """A score beside which its page says how many people stand behind it."""
    return {**told(score), "people": score.people}


def named(factory: Factory | None) -> Any:
    """A factory by its id and name."""
    return None if factory is None else {"factory_id": factory.factory_id, "name": factory.name}


def shown(names: str, **others: Turned) -> Mapping[str, Turned]:
    """Fields that are told, those with a rule of their own after the others."""
    return dict.fromkeys(names.split(), plain) | others


FIELDS: Fields = {
    Factory: shown("factory_id name country sector headcount joined"),
    Standing: shown("country sector factories low high third"),
    Score: shown("key name estimate outer reason questions grade settling standing"),
    Point: shown("first last", estimate=in_tenths),
    Series: shown("key name questions grain points gaps"),
    Action: shown("action_id kind kind_name sign date end buyer_name what note rule"),
    Lane: shown("name actions"),
    Window: shown("before_first before_last after_first after_last weeks_in"),
    Comparison: shown("key name before after change answers_before answers_after quieter"),
    Aftermath: shown("action window rows"),
    Choice: shown("key name theme"),
    Flag: shown("kind first last detail"),
    Participation: shown("quarter people sittings headcount newest grew"),
    ThemeRow: shown("score course change"),
    views.Finding: shown("kind title text"),
    OverviewView: shown(
        "factory change since year actions themes not_averaged findings participation every_buyer warnings level",
        overall=counted,
    ),
    TimelineView: shown(
        "factory first last lanes rows choices aftermaths selected every_buyer usual studies coverage level measures "
        "measure_lines"
    ),
    Measure: shown("key name unit source first last how"),
    MeasurePoint: shown("first last days", value=exact),
    MeasureLine: shown("measure points"),
    QuestionRow: shown("text", score=counted),
    views.Group: shown("name estimate"),
    Dimension: shown("key name groups first last"),
    Groups: shown("whole dimensions"),
    DayCell: shown("key name first last", value=in_tenths),
    LeadBand: shown("indicator_id text band quarter"),
    Standard: shown("slug name"),
    Placed: shown("text in_part", score=counted),
    Lead: shown("indicator_id text in_part"),
    ClauseGroup: shown("key number title section coverage questions leads context"),
    IndicatorsView: shown(
        "factory first last since themes chosen questions groups cells leads leads_named actions every_buyer standard "
        "clauses courses"
    ),
    LagEffect: shown("lag", estimate=in_tenths),
    Usual: shown("kind kind_name row row_name sureness events factories moved_before profile", effect=in_tenths),
    EventLine: shown("action", points=week_points),
    Study: shown("usual lines"),
    cascade_views.Coverage: shown("days", left_out=in_percent),
    FootprintRow: shown("kind kind_name sign actions sureness", points=in_hundreds),
    Charged: shown("action factory", points=in_hundreds),
    FootprintView: shown(
        "factory buyer first last row_name actions factories left_out rows largest study choices coverage",
        total=in_hundreds,
    ),
    Column: shown("key name"),
    ThemeCell: shown("score change against"),
    Supplier: shown("factory level change themes warnings new_warnings newest", score=peopled),
    supplier_views.Group: shown("name pinned suppliers"),
    Share: shown("day factory_id"),
    News: shown("kind title text", factory=named),
    Lined: shown("supplier course actions"),
    supplier_views.Finding: shown("change", higher=named, lower=named),
    ComparedRow: shown("key name scores findings pairs"),
    ComparisonView: shown("first last lines rows"),
    Subject: shown("topic about name"),
    Reply: shown("subject who text at withdrawn"),
}
"""Every class that a page is drawn from, with the fields that are told; what is not here is not told."""

told = told_by(FIELDS)
