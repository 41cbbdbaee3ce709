"""What an NGO finds on its start page: the newest month in a sentence and by country, and the way to all of it."""

from dash import dcc, html

from components import addresses
from components.benchmark_page import nothing_frozen
from components.benchmark_spread import legend, spread_scale
from components.benchmark_table import group_table
from scoring.benchmark_views import BenchmarkView
from scoring.benchmark_words import source, whole_sentence
from scoring.words import month


def benchmark_summary(view: BenchmarkView | None) -> html.Section:
    """The newest frozen month as a card; the designed state before there is one."""
    if view is None:
        return html.Section(html.Div(nothing_frozen(), className="sl-pad"), className="sl-card")
    scale = spread_scale((view.by_country.whole, *view.by_country.rows))
    every = dcc.Link("Open benchmarks", href=addresses.BENCHMARKS, className="btn btn-primary")
    return html.Section(
        [
            html.Div([html.H2(f"{month(view.month)}, by country", id="bm-start-title"), every], className="sl-card-h"),
            html.P(whole_sentence(view.by_country.whole), className="sl-body2 sl-bm-said"),
            group_table(view, view.by_country, "country", scale),
            legend(),
            html.Div(html.Span(source(view, view.by_country.whole)), className="sl-src"),
        ],
        className="sl-card", **{"aria-labelledby": "bm-start-title"},
    )  # fmt: skip
