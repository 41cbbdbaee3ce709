"""The themes of a factory as a list of links: each opens its questions, groups and days beside it."""

from dash import html

from components import addresses, states
from components.grade_badge import grade_badge
from components.sparkline import sparkline
from scoring.grades import GRADES
from scoring.query import IndicatorsQuery
from scoring.views import IndicatorsView, ThemeRow
from scoring.words import likely, reason_text, whole


def theme_list(view: IndicatorsView) -> html.Ul | html.Div:
    """Every theme in the codebook's order: name, course, score with its range; the chosen one says so."""
    if not view.themes:
        nothing = states.nothing_yet("No themes yet", "They appear with the first release that holds them.")
        return html.Div(nothing, className="sl-pad")
    return html.Ul([theme_item(view, row) for row in view.themes], className="sl-list sl-theme-list")


def theme_item(view: IndicatorsView, row: ThemeRow) -> html.Li:
    """One theme. Its link keeps the period and leaves everything else behind."""
    query = IndicatorsQuery(view.query.factory, theme=row.score.key, period=view.query.period)
    here = view.chosen is not None and view.chosen.score.key == row.score.key
    current = {"aria-current": "true"} if here else {}
    href = addresses.indicators(query.factory, query.to_url())
    parts = [html.Span([row.score.name, thin(row)], className="sl-theme-name"), course(view, row), number(row)]
    return html.Li(html.A(parts, href=href, **{"data-within": "true"}, **current))


def thin(row: ThemeRow) -> html.Span | None:
    """The mark of a score with hardly any evidence (grade D)."""
    if row.score.estimate is None or row.score.grade != GRADES[-1]:
        return None
    return html.Span([" ", grade_badge(GRADES[-1], word=False)], className="sl-n-grade")


def course(view: IndicatorsView, row: ThemeRow) -> html.Span:
    """The course of the theme over the period; nothing where it has no score."""
    return html.Span("") if row.score.estimate is None else sparkline(row.course, view.first, view.last)


def number(row: ThemeRow) -> html.Span:
    """The score with its range, or why there is none."""
    if row.score.estimate is None:
        return html.Span(reason_text(row.score.reason), className="sl-few")
    spread = html.Span(likely(row.score.estimate), className="sl-small")
    return html.Span([html.B(str(whole(row.score.estimate.value))), " ", spread], className="sl-num")
