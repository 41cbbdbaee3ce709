"""Who looked: dots by organisation and week, and the lines of the trail."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from dash import html

from components import states
from components.series_table import cell
from scoring.sharing_views import LookLine, LookWeek
from scoring.words import counted, short_day

WEEKS = 13
SIZES = (1, 2, 4, 8)
"""From so many looks on a dot is drawn one size larger."""


def look_dots(weeks: Sequence[LookWeek], today: date) -> html.Div:
    """A row for each organisation that looked, a dot for each of thirteen weeks; the words are in the dots."""
    if not weeks:
        return states.nothing_yet("Nobody else has looked yet", "Each look at this factory appears here.", icon="eye")
    monday = today - timedelta(days=today.weekday())
    columns = [monday - timedelta(weeks=WEEKS - 1 - place) for place in range(WEEKS)]
    found = {(one.who, one.week): one.looks for one in weeks}
    rows = [
        html.Tr([html.Th(name, scope="row"), *(dot_cell(found.get((name, week), 0)) for week in columns)])
        for name in sorted({one.who for one in weeks})
    ]
    head = html.Thead(
        html.Tr([html.Th("Who", scope="col"), *(html.Th(month_tick(week, columns), scope="col") for week in columns)])
    )
    caption = html.Caption("Looks by organisation and week, thirteen weeks", className="visually-hidden")
    table = html.Table([caption, head, html.Tbody(rows)], className="sl-look-dots")
    return html.Div(table, className="sl-look-box", tabIndex=0, role="region", **{"aria-label": "Looks by week"})


def month_tick(week: date, columns: Sequence[date]) -> html.Span:
    """The month where it begins; elsewhere the week is only said."""
    shown = week.day <= 7 or week == columns[0]
    name = f"{week:%b}" if shown else f"week of {short_day(week)}"
    return html.Span(name, className="" if shown else "visually-hidden")


def dot_cell(looks: int) -> html.Td:
    """One week: a dot by how often, with the number for who cannot see it."""
    if not looks:
        return html.Td(html.Span("none", className="visually-hidden"))
    size = sum(looks >= least for least in SIZES)
    said = counted(looks, "look")
    return html.Td(html.Span(html.Span(said, className="visually-hidden"), className=f"sl-dot d{size}", title=said))


def look_lines(lines: Sequence[LookLine], *, of_many: bool = False) -> html.Div | html.Table:
    """The lines of the trail, newest first; `of_many`: over several factories, each named."""
    if not lines:
        return states.nothing_yet("Nothing has been opened yet", "Each look is kept here, and cannot be changed.")
    heads = ["When", "Who", "What", *(["Factory"] if of_many else [])]
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    caption = html.Caption("What was opened or done, newest first", className="visually-hidden")
    return html.Table(
        [caption, head, html.Tbody([line_row(one, of_many) for one in lines])], className="sl-table sl-looks"
    )


def line_row(one: LookLine, of_many: bool) -> html.Tr:
    """One line: when, who, what, about whom, and where several are listed the factory."""
    what = f"{one.deed[:1].upper()}{one.deed[1:]}" + (f" ({one.about})" if one.about else "")
    mine = html.Span(" (your people)", className="sl-micro") if one.own else None
    cells = [
        html.Td(f"{short_day(one.at.date())}, {one.at:%H:%M}", className="sl-num"),
        html.Td([one.who, mine]),
        html.Td(what),
    ]
    return html.Tr([*cells, html.Td(one.factory)] if of_many else cells)


def looks_csv(lines: Sequence[LookLine]) -> str:
    """The lines as a CSV file, newest first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("at_utc", "who", "role", "what", "about", "factory"))
    for one in lines:
        told = (one.who, one.role, one.deed, one.about, one.factory)
        writer.writerow([f"{one.at:%Y-%m-%d %H:%M:%S}", *map(cell, told)])
    return text.getvalue()
