"""The year of the overview in words: a sentence for its picture, and the same as a table."""

from dash import html

from components.marks import icon
from components.year_figure import bounds, drawn_actions, newest_point
from scoring.views import OverviewView
from scoring.words import counted, day, score_text, short_day, stretch


def year_sentence(view: OverviewView) -> str:
    """What the picture shows, in words, for those who cannot see it."""
    first, last = bounds(view)
    actions = counted(len(drawn_actions(view)), "buyer action")
    newest = newest_point(view)
    ending = f" The newest value is {score_text(newest.estimate)}." if newest else ""
    gaps = counted(len(view.year.gaps), "stretch", "stretches")
    missing = f" {gaps} with too few answers." if view.year.gaps else ""
    return f"Overall score from {day(first)} to {day(last)}, with {actions}.{ending}{missing}"


def year_table(view: OverviewView) -> html.Details | None:
    """The table twin of the picture: every drawn stretch, newest first, and every action."""
    if not view.year.points and not drawn_actions(view):
        return None
    entries = [(p.last, stretch(p.first, p.last), "Score, likely", score_text(p.estimate)) for p in view.year.points]
    entries += [(end, stretch(start, end), "Score", "too few people") for start, end in view.year.gaps]
    entries += [
        (a.date, short_day(a.date), a.kind_name, ", ".join(part for part in (a.buyer_name, a.what) if part))
        for a in drawn_actions(view)
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    heads = html.Tr([html.Th(head, scope="col") for head in ("When", "What", "Value")])
    rows = [html.Tr([html.Td(cell) for cell in entry[1:]]) for entry in entries]
    table = html.Table([html.Thead(heads), html.Tbody(rows)], className="sl-table")
    region = {"aria-label": "One year as a table"}
    body = html.Div(table, className="sl-table-box", tabIndex="0", role="region", **region)
    return html.Details([html.Summary([icon("table"), "Show as table"]), body], className="sl-twin")
