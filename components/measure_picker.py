"""Which production measures are drawn below the rows: a list of ticks behind a pill, where there are any."""

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.marks import icon
from components.measure_words import HEADING
from scoring.measure_views import MeasureLine
from scoring.query import MOST_MEASURES
from scoring.views import TimelineView
from scoring.words import counted


def measure_picker(view: TimelineView) -> html.Details | None:
    """Up to three measures to tick, none at first; nothing where the factory told none, or none to this reader."""
    if not view.measures:
        return None
    options = [{"label": one.full_name, "value": one.key} for one in view.measures]
    drawn = [line.measure.key for line in view.measure_lines]
    ticks = dbc.Checklist(id=ids.timeline("measures"), options=options, value=drawn, className="sl-ticks")
    show = dbc.Button("Show these measures", id=ids.timeline("show-measures"), color="primary")
    note = html.P("Told by the factory. They stand beside what workers said and enter no score and no effect.",
                  className="sl-micro")  # fmt: skip
    legend = html.Legend(f"{HEADING}: up to {MOST_MEASURES}")
    pill = html.Summary([html.Span(picked(view.measure_lines), className="sl-clip"), icon("chevron-down")],
                        className="sl-pill")  # fmt: skip
    box = html.Div([html.Fieldset([legend, ticks], className="sl-ticks-box"), note, show], className="sl-menu-box")
    return html.Details([pill, box], className="sl-menu sl-rows sl-measures")


def picked(lines: tuple[MeasureLine, ...]) -> str:
    """How many are drawn, short enough for a bar that is full already."""
    return counted(len(lines), "measure") if lines else "Measures"
