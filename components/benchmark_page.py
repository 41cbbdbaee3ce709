"""The benchmark page, put together, and what stands in its place before the first month is frozen."""

from dash import dcc, html

from components import benchmark_cards as cards
from components import ids, states
from components.benchmark_controls import controls
from components.benchmark_spread import spread_scale
from components.look import Look
from scoring.benchmark_views import BenchmarkView

LEAD = "How whole groups of factories score. No factory is named, and small groups are hidden."


def benchmark_page(view: BenchmarkView | None, look: Look) -> html.Div:
    """Heading, choices and cards; the designed state before there is a frozen month."""
    head = html.Div(html.Div([html.H1("Benchmarks"), html.P(LEAD)]), className="sl-head")
    if view is None:
        return html.Div([head, html.Section(html.Div(nothing_frozen(), className="sl-pad"), className="sl-card")])
    return html.Div([head, controls(view), body(view, look), *kept(view, look)])


def nothing_frozen() -> html.Div:
    """What is said before the first month is frozen."""
    return states.nothing_yet(
        "No benchmarks yet",
        "The first benchmark is frozen once a calendar month with answers is over, and comes with the next release. "
        "A single factory is never shown.",
        icon="bar-chart-steps",
    )


def body(view: BenchmarkView, look: Look) -> html.Div:
    """The cards in two columns; on a narrow page one below the other."""
    scale = spread_scale(view.spreads())
    main = [
        cards.group_card(view, view.by_country, "country", scale),
        cards.group_card(view, view.by_sector, "sector", scale),
        cards.matrix_card(view, scale),
        cards.cite_card(view),
    ]
    side = [cards.course_card(view, look), cards.themes_card(view, scale)]
    columns = [html.Div(main, className="sl-stack"), html.Div(side, className="sl-stack")]
    return html.Div(columns, className="sl-grid sl-main-side sl-benchmarks")


def kept(view: BenchmarkView, look: Look) -> list[dcc.Store | html.Div]:
    """What the browser keeps between callbacks: the query, how it was drawn, a place for a picture to take away."""
    return [
        dcc.Store(id=ids.benchmarks("query"), data=view.query.to_url()),
        dcc.Store(id=ids.benchmarks("drawn"), data=look.to_text()),
        html.Div(id=ids.benchmarks("file"), hidden=True, **{"data-picture": ""}),
    ]
