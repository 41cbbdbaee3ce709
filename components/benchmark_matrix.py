"""Countries against sectors: the middle factory of each field with its half, or that the field is hidden."""

from dash import html

from components.benchmark_spread import hidden, spread_picture
from components.benchmark_table import address
from components.dot_whisker import Scale
from scoring.benchmark_views import BenchmarkView, Spread
from scoring.benchmark_words import cohort_name
from scoring.group_words import capital
from scoring.model import OVERALL
from scoring.words import country_name, span


def matrix(view: BenchmarkView, scale: Scale) -> html.Div:
    """A row for each country and a column for each sector, by name, so that the place of a field tells nothing."""
    caption = html.Caption("Countries by sectors", className="visually-hidden")
    heads = [html.Th("Country", scope="col"), *(html.Th(capital(name), scope="col") for name in view.sectors)]
    rows = [
        html.Tr([html.Th(country_name(country), scope="row"), *(field(view, one, scale) for one in fields)])
        for country, fields in zip(view.countries, view.both, strict=True)
    ]
    table = html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="sl-table sl-bm-fields")
    region = {"aria-label": "Countries by sectors"}
    return html.Div(table, className="sl-scroll", tabIndex=0, role="region", **region)


def field(view: BenchmarkView, one: Spread, scale: Scale) -> html.Td:
    """One sector of one country; its number chooses it."""
    named = {"data-name": capital(one.cohort.sector or "")}
    chosen = one.cohort == view.query.chosen
    if one.told is None:
        return html.Td(hidden(), className="on" if chosen else None, **named)
    href = address(view, {"country": one.cohort.country, "sector": one.cohort.sector})
    half = span(one.told.p25, one.told.p75)
    current = {"aria-current": "true"} if chosen else {}
    link = html.A(
        [html.B(one.told.p50), " ", html.Span(half, className="sl-small")], href=href, className="sl-bm-field",
        **current, **{"data-within": "true", "aria-label": f"{cohort_name(one.cohort)}: {one.told.p50}, half {half}"},
    )  # fmt: skip
    picture = spread_picture(one.told, scale, overall=one.theme == OVERALL)
    return html.Td([link, picture], className="on" if chosen else None, **named)
