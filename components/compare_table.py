"""Suppliers side by side: the whole, then a row each theme with its range and its peers, and what can be said of it."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from access.levels import Level
from components import addresses, states
from components.dot_whisker import Scale, axis, close_scale, dot_whisker
from components.grade_badge import grade_badge, settling_chip
from components.marks import icon
from scoring.model import Score
from scoring.supplier_views import ComparedRow, ComparisonView, Supplier
from scoring.supplier_words import THIRDS, row_saying, short_names
from scoring.words import likely, place, reason_text, score_word, whole

TONES = {"upper": ("good", "chevron-up"), "middle": ("", "dash"), "lower": ("attn", "chevron-down")}


def compare_table(view: ComparisonView) -> html.Div:
    """The table, in a region of its own that scrolls sideways where the page is narrow."""
    scale = scale_of(view)
    chosen = [line.supplier for line in view.lines]
    names = dict(zip(view.shown, short_names([one.factory.name for one in chosen]), strict=True))
    whole_row, *themes = view.rows
    locked = len(themes)
    body = [overall_row(view, whole_row, scale, names), axis_row(chosen, scale)]
    body += [theme_row(row, chosen, scale, names, first=place == 0, span=locked) for place, row in enumerate(themes)]
    caption = html.Caption("Suppliers side by side, by theme", className="visually-hidden")
    columns = html.Colgroup([html.Col(className="a"), *(html.Col() for _ in chosen), html.Col(className="z")])
    table = html.Table([caption, columns, head(view), html.Tbody(body)], className=f"sl-table sl-cmp n{len(chosen)}")
    region = {"aria-label": "Comparison by theme"}
    return html.Div(table, className="sl-scroll", tabIndex=0, role="region", **region)


def scale_of(view: ComparisonView) -> Scale:
    """One scale for every dot and whisker of the page, wide enough for all of them."""
    scores = [score for row in view.rows for score in row.scores if score is not None and score.estimate]
    ends = [end for score in scores for end in (score.estimate, score.standing) if end]
    return close_scale(ends) if ends else Scale(30, 90, (30, 50, 70, 90))


def head(view: ComparisonView) -> html.Thead:
    """The names, each with a way to take the supplier out."""
    cells = [html.Th(html.Span("Theme", className="visually-hidden"), scope="col")]
    cells += [html.Th(name_cell(view, line.supplier), scope="col") for line in view.lines]
    return html.Thead(html.Tr([*cells, html.Th("What can be said", scope="col")]))


def name_cell(view: ComparisonView, supplier: Supplier) -> html.Span:
    """The name, which leads to the overview, where it is, and the way to take it out."""
    factory = supplier.factory
    rest = [name for name in view.shown if name != factory.factory_id]
    spoken = {"aria-label": f"Take {factory.name} out", "data-within": "true"}
    out = html.A(icon("x-lg"), href=addresses.compare(rest), className="sl-icon-btn sl-no-print", **spoken)
    name = dcc.Link(factory.name, href=addresses.overview(factory.factory_id), className="sl-row-link")
    return html.Span([html.Span([name, html.Span(place(factory), className="sl-micro")]), out], className="sl-cmp-name")


def overall_row(view: ComparisonView, row: ComparedRow, scale: Scale, names: dict[str, str]) -> html.Tr:
    """The scores themselves, large, with word, position and evidence."""
    cells = [html.Td(whole_cell(score, scale)) for score in row.scores if score is not None]
    return html.Tr([html.Th(row.name, scope="row"), *cells, said(row, names)], className="sl-cmp-whole")


def whole_cell(score: Score, scale: Scale) -> list[Any]:
    """One overall score: number, likely range, evidence, dot and whisker, word and third."""
    if score.estimate is None:
        return [html.Span(reason_text(score.reason), className="sl-few")]
    number = html.Span(
        [
            html.B(str(whole(score.estimate.value))),
            html.Span(f"likely {likely(score.estimate)}", className="sl-small"),
            grade_badge(score.grade, word=False) if score.grade else None,
        ],
        className="sl-cmp-number",
    )
    words = html.Span([score_word(score.estimate), position(score)], className="sl-cmp-word sl-micro")
    return [number, dot_whisker(score.estimate, scale, overall=True, standing=score.standing), words]


def position(score: Score) -> html.Span:
    """The third among similar factories; without one, "can’t tell" in plain grey."""
    if score.settling:
        return settling_chip()
    third = score.standing.third if score.standing else None
    if third is None:
        return html.Span("position: can’t tell")
    tone, name = TONES[third]
    return html.Span([icon(name), THIRDS[third]], className=f"sl-chip {tone}".strip())


def axis_row(chosen: Sequence[Supplier], scale: Scale) -> html.Tr:
    """The ticks of the scale over each column."""
    ticks = [html.Td(html.Span([axis(scale), html.B("")], className="sl-cmp-cell")) for _ in chosen]
    return html.Tr([html.Td(""), *ticks, html.Td("")], className="sl-cmp-axis", **{"aria-hidden": "true"})


def theme_row(
    row: ComparedRow, chosen: Sequence[Supplier], scale: Scale, names: dict[str, str], *, first: bool, span: int
) -> html.Tr:
    """One theme. A supplier that does not share its themes has one cell over all of them."""
    cells = []
    for score, supplier in zip(row.scores, chosen, strict=True):
        if score is not None:
            cells.append(html.Td(theme_cell(score, scale)))
        elif first:
            cells.append(html.Td(not_shared(supplier), rowSpan=span, className="sl-cmp-lock"))
    return html.Tr([html.Th(row.name, scope="row"), *cells, said(row, names)])


def theme_cell(score: Score, scale: Scale) -> html.Span:
    """One score of one theme with its range and its peers."""
    if score.estimate is None:
        return html.Span(reason_text(score.reason), className="sl-few")
    number = html.B(str(whole(score.estimate.value)))
    return html.Span([dot_whisker(score.estimate, scale, standing=score.standing), number], className="sl-cmp-cell")


def not_shared(supplier: Supplier) -> html.Div:
    """What stands in place of the themes of a supplier that shares its score only: who decides."""
    text = f"{supplier.factory.name} shares its score only. What more it shows is for its owner to say."
    asked = addresses.requests({"factory": supplier.factory.factory_id, "level": Level.THEMES.slug})
    return states.state("lock", "Not shared with you", text, states.button("Ask for themes", asked))


def said(row: ComparedRow, names: dict[str, str]) -> html.Td:
    """What can be said of a row in short; bold only where something is clear."""
    text = row_saying(row, names)
    return html.Td(html.B(text) if row.findings else html.Span(text, className="sl-flat"), className="sl-cmp-said")
