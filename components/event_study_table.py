"""The event study's numbers as tables and as a CSV file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dash import html

from components.event_study_figure import signed_week
from components.series_table import cell, flat
from components.study_plan import FIRST_WEEK, FORTNIGHT, LAST_WEEK
from components.table_columns import dated, measured, names, worded
from components.workbook import notes_of, workbook
from scoring.cascade_views import EventLine, Study
from scoring.effect_numbers import signed_ends, signed_tenths, tenths
from scoring.model import Stamp
from scoring.words import short_day

FIELDS = (
    worded("row", "The key of the score: overall, a theme or a question."),
    worded("name", "The name of the score."),
    worded("kind", "The kind of action."),
    worded("series", "What usually follows (usually), or one action by its identifier."),
    dated("date", "The day of that action."),
    measured("week", "The week from the action; for one action the middle of a fortnight.", "weeks from the action"),
    measured("points", "The effect; for one action the difference from its own eight weeks before.", "points"),
    measured("low", "Lower end of the likely (95 %) range.", "points"),
    measured("high", "Upper end of the likely (95 %) range.", "points"),
)
COLUMNS = names(FIELDS)
USUAL = "usually"
MIDDLES = tuple(FIRST_WEEK + 1 + FORTNIGHT * number for number in range(int((LAST_WEEK + 1 - FIRST_WEEK) / FORTNIGHT)))
"""The middles of the fortnights in which single actions are told."""


def event_study_tables(studies: Sequence[Study]) -> html.Div:
    """For each row a table of the weeks and one of the actions; only those that hold something."""
    tables = [weeks_table(study) for study in studies if study.usual.profile]
    tables += [actions_table(study) for study in studies if any(line.points for line in study.lines)]
    return html.Div(tables, className="sl-tables")


def weeks_table(study: Study) -> html.Div:
    """What usually follows in every week."""
    rows = [
        html.Tr(
            [
                html.Td(week_name(one.lag)), html.Td(html.B(signed_tenths(one.estimate.value)), className="n"),
                html.Td(signed_ends(one.estimate), className="n"),
            ]
        )
        for one in study.usual.profile
    ]  # fmt: skip
    return boxed(f"{study.usual.row_name}: usually", heads(("Week", "Points", "Likely")), rows)


def week_name(lag: int) -> str:
    """A week from the action: "−4", "0, from the action on", "12"."""
    return "0, from the action on" if lag == 0 else signed_week(lag)


def actions_table(study: Study) -> html.Div:
    """Every action's own course by fortnights; an empty place has too few answers."""
    names = ("Action", *(f"{signed_week(int(m - 1))} to {signed_week(int(m + 1))}" for m in MIDDLES))
    rows = []
    for line in study.lines:
        found = dict(line.points)
        who = html.Td([short_day(line.action.date), html.Span(line.action.buyer_name, className="sl-micro")])
        rows.append(html.Tr([who, *(html.Td(told(found.get(middle)), className="n") for middle in MIDDLES)]))
    return boxed(f"{study.usual.row_name}: each action, weeks from it", heads(names), rows)


def told(points: float | None) -> html.Span | str:
    """A number, or that there are too few answers for one."""
    return html.Span("too few", className="sl-micro") if points is None else signed_tenths(points)


def heads(names: Sequence[str]) -> html.Thead:
    """The heads of columns of numbers behind a first column of words."""
    return html.Thead(
        html.Tr([html.Th(name, scope="col", className="n" if place else "") for place, name in enumerate(names)])
    )


def boxed(caption: str, head: html.Thead, rows: list[html.Tr]) -> html.Div:
    """A table in a box of its own that can be scrolled by keyboard."""
    table = html.Table([html.Caption(caption), head, html.Tbody(rows)], className="sl-table")
    return html.Div(table, className="sl-table-box", tabIndex=0, role="region", **{"aria-label": f"{caption} (table)"})


def event_study_csv(studies: Sequence[Study], where: str, stamp: Stamp) -> str:
    """The numbers of the picture as CSV, under comment lines that say what they are."""
    text = io.StringIO()
    text.writelines(f"# {comment}\r\n" for comment in comments(where, stamp))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(line for study in studies for line in csv_lines(study))
    return text.getvalue()


def event_study_workbook(studies: Sequence[Study], where: str, stamp: Stamp) -> bytes:
    """The same as a workbook."""
    lines = (line for study in studies for line in csv_lines(study))
    return workbook(notes_of(stamp, comments(where, stamp)), FIELDS, lines)


def comments(where: str, stamp: Stamp) -> tuple[str, ...]:
    """What a reader of the file must know, one sentence a line."""
    return (
        f"Seamline: what workers said in the weeks around actions: {flat(where)}",
        f"Release {stamp.release} through {stamp.through} · method {flat(stamp.method)}",
        f"Series {USUAL}: mean effect in that week at usual size. Low and high are its likely (95 %) range",
        "Other series: one action against its own eight weeks before by fortnights. Week is the middle of a fortnight",
        "After does not say because of",
        *(("Demo data: every factory and buyer and number is invented",) if stamp.demo else ()),
    )


def csv_lines(study: Study) -> Iterator[list[str]]:
    """One line for each week of the pooled course, then one for each point of each action."""
    usual = study.usual
    words = [cell(word) for word in (usual.row, usual.row_name, usual.kind)]
    for one in usual.profile:
        e = one.estimate
        yield [*words, USUAL, "", str(one.lag), *(decimal(n) for n in (e.value, e.low, e.high))]
    for line in study.lines:
        yield from action_lines(words, line)


def action_lines(words: Iterable[str], line: EventLine) -> Iterator[list[str]]:
    """The points of one action."""
    for week, points in line.points:
        day = line.action.date.isoformat()
        yield [*words, cell(line.action.action_id), day, f"{week:g}", decimal(points), "", ""]


def decimal(points: float) -> str:
    """A number as it is printed, with a plain minus."""
    return f"{tenths(points):.1f}"
