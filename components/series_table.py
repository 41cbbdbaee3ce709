"""The timeline's numbers as a table and as a CSV file: whatever the picture shows, in figures."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from dash import html

from components.measure_table import MEASURE_FIELDS, MEASURE_NOTE, measure_table
from components.measure_words import exact
from components.table_columns import Column, dated, measured, names, worded
from components.workbook import notes_of, workbook
from scoring.model import Point, Series
from scoring.views import TimelineView
from scoring.words import span, stretch, whole

FIELDS = (
    worded("factory_id", "Which factory."),
    worded("row", "The key of the score: overall, a theme or a question."),
    worded("name", "The name of the score."),
    worded("grain", "How wide one stretch is: week, 4 weeks, quarter or as answered."),
    dated("first_day", "First day of the stretch."),
    dated("last_day", "Last day of the stretch, that day included."),
    measured("score", "The score, 100 is good. Empty: too few people."),
    measured("low", "Lower end of the likely (95 %) range."),
    measured("high", "Upper end of the likely (95 %) range."),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def series_tables(view: TimelineView) -> html.Div:
    """One table for each row of the picture, with each stretch’s score and likely range, and one for each measure."""
    tables = [*(series_table(row) for row in view.rows), *(measure_table(line) for line in view.measure_lines)]
    return html.Div(tables, className="sl-tables")


def series_table(row: Series) -> html.Div:
    """The points of one row, newest first; a stretch with too few answers says so."""
    head = html.Thead(html.Tr([html.Th("Days", scope="col"), html.Th("Score", scope="col", className="n"),
                               html.Th("Likely", scope="col", className="n")]))  # fmt: skip
    body = html.Tbody([table_line(first, last, point) for first, last, point in stretches(row)])
    table = html.Table([html.Caption(row.name), head, body], className="sl-table")
    named = {"aria-label": f"{row.name} as a table"}
    return html.Div(table, className="sl-table-box", tabIndex=0, role="region", **named)


def stretches(row: Series) -> list[tuple[date, date, Point | None]]:
    """The points and the gaps of a row in one list, newest first."""
    points: list[tuple[date, date, Point | None]] = [(p.first, p.last, p) for p in row.points]
    gaps: list[tuple[date, date, Point | None]] = [(first, last, None) for first, last in row.gaps]
    return sorted([*points, *gaps], key=lambda item: item[0], reverse=True)


def table_line(first: date, last: date, point: Point | None) -> html.Tr:
    """One stretch of a row."""
    days = html.Td(stretch(first, last), className="sl-num")
    if point is None:
        return html.Tr([days, html.Td(html.Span("too few people", className="sl-few"), colSpan=2, className="n")])
    estimate = point.estimate
    likely = span(estimate.low, estimate.high)
    return html.Tr([days, html.Td(html.B(whole(estimate.value)), className="n"), html.Td(likely, className="n")])


def timeline_csv(view: TimelineView) -> str:
    """The rows of the picture as CSV, under comment lines that say what the numbers are."""
    text = io.StringIO()
    text.writelines(f"# {comment}\r\n" for comment in comments(view))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names(fields(view)))
    writer.writerows(csv_lines(view))
    return text.getvalue()


def timeline_workbook(view: TimelineView) -> bytes:
    """The same as a workbook."""
    return workbook(notes_of(view.stamp, comments(view)), fields(view), csv_lines(view))


def fields(view: TimelineView) -> tuple[Column, ...]:
    """The columns of the files; those of production measures only where some are drawn."""
    return (*FIELDS, *MEASURE_FIELDS) if view.measure_lines else FIELDS


def comments(view: TimelineView) -> tuple[str, ...]:
    """What a reader of the file must know, one sentence a line."""
    counted = "scores" if view.measure_lines else "numbers"
    return (
        f"Seamline: what workers said at {flat(view.factory.name)} from {view.first} to {view.last}",
        f"Release {view.stamp.release} through {view.stamp.through} · method {flat(view.stamp.method)}",
        "Scores are 0 to 100 where 100 is good. Low and high are the likely (95 %) range",
        f"All {counted} stand for at least ten answers by ten people. An empty score means too few",
        *((MEASURE_NOTE,) if view.measure_lines else ()),
        *(("Demo data: every factory and buyer and number is invented",) if view.stamp.demo else ()),
    )


def csv_lines(view: TimelineView) -> Iterator[list[str]]:
    """One line for each point and gap, oldest first; then those of production measures."""
    more = ["", ""] if view.measure_lines else []
    for row in view.rows:
        for first, last, point in reversed(stretches(row)):
            e = point.estimate if point else None
            numbers = [f"{n:.1f}" for n in (e.value, e.low, e.high)] if e else ["", "", ""]
            words = [cell(w) for w in (view.factory.factory_id, row.key, row.name, row.grain)]
            yield [*words, first.isoformat(), last.isoformat(), *numbers, *more]
    for line in view.measure_lines:
        of = line.measure
        words = [cell(w) for w in (view.factory.factory_id, f"measure {of.key}", of.full_name, "week")]
        for week in line.points:
            days = [week.first.isoformat(), week.last.isoformat()]
            yield [*words, *days, "", "", "", f"{exact(week.value):.10g}", cell(of.unit)]


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def flat(text: str) -> str:
    """Text without line breaks and separators, so that a name can neither end its comment line nor its cell."""
    return " ".join("".join(" " if mark in ',;"' else mark for mark in text).split())


def file_name(view: TimelineView) -> str:
    """The name of the file: which factory, which release."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in view.factory.factory_id)[:40]
    return f"seamline-{safe}-release-{view.stamp.release}.csv"
