"""Cohorts, or the themes of one cohort, as rows: name, spread on a scale, middle with its half; and the table twin."""

from collections.abc import Iterable, Mapping

from dash import html

from components import addresses
from components.benchmark_spread import hidden, spread_picture
from components.dot_whisker import Scale, axis
from components.marks import icon
from scoring.benchmark_views import BenchmarkView, Group, Spread
from scoring.benchmark_words import HIDDEN, cohort_name, part_name
from scoring.model import OVERALL
from scoring.words import count, short_day, span

HEADS = {"country": "Country", "sector": "Sector", "theme": "Theme"}
FIGURES = ("Factories", "Answers", "p10", "p25", "Middle", "p75", "p90")


def address(view: BenchmarkView, changes: Mapping[str, str | None]) -> str:
    """The same page with something else chosen; None takes a choice back."""
    values = {**view.query.to_url(), **changes}
    return addresses.benchmarks({name: value for name, value in values.items() if value})


def choice_of(one: Spread, by: str) -> dict[str, str | None]:
    """What is chosen by following a row."""
    if by == "theme":
        return {"theme": None if one.theme == OVERALL else one.theme}
    return {by: one.cohort.country if by == "country" else one.cohort.sector}


def whole_name(one: Spread, by: str) -> str:
    """What the row of the whole is called: "All countries", in one sector "Knitwear, all countries"."""
    if by == "theme":
        return one.theme_name
    every = "all countries" if by == "country" else "all sectors"
    return every.capitalize() if one.cohort.kind == "all" else f"{cohort_name(one.cohort)}, {every}"


def group_table(view: BenchmarkView, group: Group, by: str, scale: Scale) -> html.Table:
    """The whole first, then its parts from high to low, hidden ones last. Each name chooses its part."""
    ticks = [html.Span("On a scale", className="visually-hidden"), axis(scale)]
    heads = [
        html.Th(HEADS[by], scope="col"),
        html.Th(ticks, scope="col", className="sl-bm-scale"),
        html.Th("Middle, half between", scope="col", className="n"),
    ]
    if by != "theme":
        heads.append(html.Th("Factories", scope="col", className="n sl-hide-s"))
    caption = html.Caption(f"{HEADS[by]} by {HEADS[by].lower()}, from high to low", className="visually-hidden")
    rows = [row(view, one, by, scale, whole=one is group.whole) for one in (group.whole, *group.rows)]
    classes = f"sl-table sl-cards-s sl-bm sl-bm-{by}"
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className=classes)


def row(view: BenchmarkView, one: Spread, by: str, scale: Scale, *, whole: bool) -> html.Tr:
    """One cohort or theme."""
    chosen = not whole and (one.cohort, one.theme) == (view.query.chosen, view.theme.key)
    current = {"aria-current": "true"} if chosen else {}
    name = whole_name(one, by) if whole else part_name(one, by)
    link = html.A(name, href=address(view, choice_of(one, by)), className="sl-row-link", **current, **{
        "data-within": "true"})  # fmt: skip
    classes = " ".join(part for part in ("on" if chosen else "", "sl-bm-whole" if whole else "") if part) or None
    return html.Tr([html.Td(link), *cells(one, by, scale)], className=classes)


def cells(one: Spread, by: str, scale: Scale) -> list[html.Td]:
    """Picture and numbers of one spread, or that it is hidden."""
    columns = 2 if by == "theme" else 3
    if one.told is None:
        return [html.Td(hidden(), colSpan=columns)]
    half = html.Span(span(one.told.p25, one.told.p75), className="sl-small")
    found = [
        html.Td(spread_picture(one.told, scale, overall=one.theme == OVERALL)),
        html.Td([html.B(one.told.p50), " ", half], className="n"),
        html.Td(count(one.told.factories), className="n sl-hide-s"),
    ]
    return found[:columns]


def group_twin(group: Group, by: str) -> html.Details:
    """Everything that is told of some spreads, in figures."""
    named = [(whole_name(group.whole, by), group.whole), *((part_name(one, by), one) for one in group.rows)]
    return twin(f"By {HEADS[by].lower()} as a table", [table(HEADS[by], "", named)])


def course_twin(courses: Iterable[tuple[Spread, ...]]) -> html.Details:
    """Every month of the drawn cohorts in figures, the newest first."""
    tables = [
        table("Month to", cohort_name(course[0].cohort), [(short_day(one.on), one) for one in reversed(course)])
        for course in courses
    ]
    return twin("Over time as a table", tables)


def twin(region: str, tables: list[html.Table]) -> html.Details:
    """Tables behind "Show as table", in a box of their own that scrolls."""
    box = html.Div(tables, className="sl-table-box sl-bm-twin", tabIndex=0, role="region", **{"aria-label": region})
    return html.Details([html.Summary([icon("table"), "Show as table"]), box], className="sl-twin")


def table(head: str, caption: str, rows: Iterable[tuple[str, Spread]]) -> html.Table:
    """Some spreads in figures."""
    heads = [html.Th(head, scope="col"), *(html.Th(name, scope="col", className="n") for name in FIGURES)]
    body = html.Tbody([html.Tr([html.Th(name, scope="row"), *figures(one)]) for name, one in rows])
    titled = [html.Caption(caption)] if caption else []
    return html.Table([*titled, html.Thead(html.Tr(heads)), body], className="sl-table")


def figures(one: Spread) -> list[html.Td]:
    """The figures of one spread; p10 and p90 are a dash under 20 factories."""
    told = one.told
    if told is None:
        return [html.Td(html.Span(HIDDEN, className="sl-few"), colSpan=len(FIGURES))]
    points = (told.p10, told.p25, told.p50, told.p75, told.p90)
    texts = [count(told.factories), count(told.answers), *("–" if end is None else str(end) for end in points)]
    return [html.Td(text, className="n") for text in texts]
