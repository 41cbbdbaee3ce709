"""The part of the effect panel that tells what usually follows: chip, sentence, weeks, counts and cautions."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components import addresses
from components.event_study_words import course_and_counts
from components.marks import icon
from components.sureness import sureness_chip
from components.timeline_words import headline
from components.usual_profile import usual_profile
from scoring.cascade_views import Usual
from scoring.cascade_words import (
    MOVED_BEFORE,
    course_sentence,
    coverage_sentence,
    usual_parts,
    usual_sentence,
)
from scoring.model import Aftermath
from scoring.views import TimelineView


def usual_effect(view: TimelineView, chosen: Aftermath) -> list[Any]:
    """The children of the part; nothing where nothing was estimated at all."""
    usual = followed(view.usual, chosen)
    if usual is None:
        return []
    points = usual.effect.value if usual.effect else None
    title = html.Div([html.H3("What usually follows"), sureness_chip(usual.sureness, points)], className="sl-panel-h")
    first, finding, last = usual_parts(usual)
    counts = course_and_counts(usual)
    cells = coverage_sentence(view.coverage) if usual.effect else ""
    return [
        title,
        html.P([first, html.B(finding), last], className="sl-small sl-finding"),
        usual_profile(usual, f"Week by week. {usual_sentence(usual)} {course_sentence(usual)}".strip()),
        html.P(counts, className="sl-micro") if counts else None,
        caution(MOVED_BEFORE) if usual.moved_before else None,
        html.P(cells, className="sl-micro") if cells else None,
        week_by_week(view, usual) if view.query.view == "time" else None,
    ]


def followed(usual: Sequence[Usual], chosen: Aftermath) -> Usual | None:
    """The row that "this time" is about, or else the first."""
    row = headline(chosen)
    return next((one for one in usual if row and one.row == row.key), usual[0] if usual else None)


def caution(text: str) -> html.P:
    """A sentence that must be seen beside a finding."""
    return html.P([icon("exclamation-triangle"), html.Span(text)], className="sl-note attn sl-before")


def week_by_week(view: TimelineView, usual: Usual) -> html.P:
    """The way to the event study of this kind, with every action of it here."""
    values = {**view.query.to_url(), "view": "weeks", "kind": usual.kind}
    link = html.A(
        ["Week by week, with every action here ", icon("arrow-right")],
        href=addresses.timeline(view.query.factory, values), className="sl-why", **{"data-within": "true"},
    )  # fmt: skip
    return html.P(link, className="sl-no-print")
