"""The kinds of a footprint as a table: how often, points after them as dot and whisker and as numbers, how sure."""

from dash import html

from components import addresses
from components.effect_whisker import Span, effect_axis, effect_whisker, span_of
from components.footprint_words import is_own
from components.marks import mark
from components.sureness import sureness_chip
from scoring.cascade_views import FootprintRow, FootprintView, Sureness
from scoring.cascade_words import direction
from scoring.effect_numbers import in_thousands, leaves_out_zero, signed_tenths, thousands, thousands_ends
from scoring.words import count

TONES = {-1: "sl-down", 0: None, 1: "sl-up"}


def footprint_table(view: FootprintView) -> html.Table:
    """One row a kind, the worst first; its link chooses the kind whose weeks are drawn beside."""
    told = [in_thousands(row.points) for row in view.rows if row.points]
    over = span_of(end for points in told for end in (points.low, points.high))
    chosen = view.study.usual.kind if view.study else None
    caption = html.Caption("Kinds of action with what usually follows", className="visually-hidden")
    rows = [kind_row(view, row, over, row.kind == chosen) for row in view.rows]
    return html.Table([caption, head(view, over), html.Tbody(rows)], className="sl-table sl-cards-s fp")


def head(view: FootprintView, over: Span) -> html.Thead:
    """The heads of the columns, with the ticks of the dots and whiskers."""
    ticks = [html.Span("On a scale", className="visually-hidden"), effect_axis(over)]
    return html.Thead(
        html.Tr(
            [
                html.Th("What you did" if is_own(view) else "What buyers did", scope="col"),
                html.Th("Times", scope="col", className="n"),
                html.Th(ticks, scope="col", className="sl-fp-scale"),
                html.Th("Thousand points, likely", scope="col", className="n"),
                html.Th("How sure", scope="col"),
            ]
        )
    )


def kind_row(view: FootprintView, row: FootprintRow, over: Span, selected: bool) -> html.Tr:
    """One kind of action."""
    href = addresses.footprint(view.query.factory, {**view.query.to_url(), "kind": row.kind})
    current = {"aria-current": "true"} if selected else {}
    link = html.A(row.kind_name, href=href, className="sl-row-link", **{"data-within": "true"}, **current)
    return html.Tr(
        [
            html.Td(html.Span([mark(row.token), link], className="sl-act-cell")),
            html.Td(count(row.actions), className="n"),
            *points_cells(row, over),
            html.Td(sureness_chip(row.sureness, row.points.value if row.points else None)),
        ],
        className="on" if selected else None,
    )


def points_cells(row: FootprintRow, over: Span) -> list[html.Td]:
    """The points after a kind on a scale and in thousands; coloured only where a direction is claimed."""
    if row.points is None:
        said = "not shared" if row.sureness is Sureness.NOT_SHARED else "not told yet"
        return [html.Td(""), html.Td(html.Span(said, className="sl-micro"), className="n")]
    tone = direction(row.sureness, row.points.value) if leaves_out_zero(row.points) else 0
    points, ends = in_thousands(row.points), thousands_ends(row.points)
    spoken = f"{signed_tenths(points.value)} thousand points, likely {ends}"
    number = html.B(thousands(row.points.value), className=TONES[tone])
    return [
        html.Td(effect_whisker(points.value, points.low, points.high, over, tone, spoken)),
        html.Td([number, html.Span(ends, className="sl-micro")], className="n sl-fp-points"),
    ]
