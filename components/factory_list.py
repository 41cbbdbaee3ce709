"""The factories within reach, a row each: name, score, likely range, words and what moved."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dash import dcc, html

from components import addresses
from components.difference import difference_cells
from components.dot_whisker import Scale, axis, dot_whisker, scale_for
from components.grade_badge import grade_badge
from components.theme_table import number_cell
from scoring.model import Score
from scoring.views import Listed
from scoring.words import counted, country_name, place, score_word, whole

COLUMNS = 8


def factory_list(factories: Sequence[Listed]) -> html.Table:
    """All factories, by country and then by score; without a rank, as likely ranges overlap."""
    scale = scale_for(listed.score.estimate for listed in factories)
    ordered = in_order(factories)
    countries = {listed.factory.country for listed in factories}
    bodies = []
    for country, members in groupby(ordered, key=lambda listed: listed.factory.country):
        group = list(members)
        rows = [factory_row(listed, scale, within_group=len(countries) > 1) for listed in group]
        grouped = [country_row(country, len(group))] if len(countries) > 1 else []
        bodies.append(html.Tbody([*grouped, *rows]))
    caption = html.Caption("Factories with score, likely range and change", className="visually-hidden")
    return html.Table([caption, head(scale), *bodies], className="sl-table sl-cards-s sl-factories")


def in_order(factories: Sequence[Listed]) -> list[Listed]:
    """By country's name, within it by printed score, best first; hidden ones last and by name."""

    def key(listed: Listed) -> tuple[str, bool, int, str]:
        estimate = listed.score.estimate
        points = -whole(estimate.value) if estimate else 0
        return country_name(listed.factory.country), estimate is None, points, listed.factory.name

    return sorted(factories, key=key)


def unseen(text: str) -> html.Span:
    """Words for screen readers, where the eye needs none."""
    return html.Span(text, className="visually-hidden")


def head(scale: Scale) -> html.Thead:
    """The head of the list, with the ticks of the dots and whiskers."""
    return html.Thead(
        html.Tr(
            [
                html.Th("Factory", scope="col"),
                html.Th([unseen("On a scale"), axis(scale)], className="sl-dw-cell", scope="col"),
                html.Th("Score, likely", className="n", scope="col"),
                html.Th("In words", className="sl-hide-s sl-word", scope="col"),
                html.Th("Over a quarter, likely", className="n sl-hide-s", scope="col", colSpan=2),
                html.Th(unseen("What may be said"), className="sl-hide-s", scope="col"),
                html.Th(unseen("Timeline"), scope="col"),
            ]
        )
    )  # fmt: skip


def country_row(country: str, members: int) -> html.Tr:
    """The line that opens the factories of one country."""
    text = [country_name(country), html.Span(counted(members, "factory", "factories"), className="sl-micro")]
    return html.Tr(html.Th(text, colSpan=COLUMNS, scope="rowgroup"), className="grp")


def factory_row(listed: Listed, scale: Scale, *, within_group: bool) -> html.Tr:
    """One factory: its name opens the overview, the last cell its timeline.

    Within the group of its country only the sector stands under the name.
    """
    factory, estimate = listed.factory, listed.score.estimate
    where = place(replace(factory, country="") if within_group else factory)
    name = html.Td(
        [
            dcc.Link(factory.name, href=addresses.overview(factory.factory_id), className="sl-row-link"),
            html.Span(where, className="sl-micro"),
        ],
        className="sl-name",
    )
    timeline = html.Td(
        dcc.Link(
            ["Timeline", unseen(f" of {factory.name}")],
            href=addresses.timeline(factory.factory_id),
            className="sl-why",
        ),
        className="n sl-go",
    )
    if estimate is None:
        blank = [html.Td("", className=f"sl-hide-s {kind}") for kind in ("sl-word", "n", "n", "sl-verdict")]
        return html.Tr([name, html.Td(""), number_cell(listed.score), *blank, timeline])
    return html.Tr(
        [
            name,
            html.Td(dot_whisker(estimate, scale), className="sl-dw-cell"),
            graded_cell(listed.score),
            html.Td(score_word(estimate), className="sl-hide-s sl-word"),
            *difference_cells(listed.change, said_on_phones=True),
            timeline,
        ]
    )


def graded_cell(score: Score) -> html.Td:
    """The number cell of a score with its evidence grade beside it."""
    cell = number_cell(score)
    if score.grade:
        cell.children.append(html.Span(grade_badge(score.grade, word=False), className="sl-n-grade"))
    return cell
