"""The page of indicators as a CSV file: whatever it shows, in figures, and at its foot how they came about."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from components.series_table import cell
from components.table_columns import Column, dated, measured, names, worded
from components.workbook import Notes, notes_of, workbook
from scoring.explanation_words import export_lines
from scoring.model import Estimate, Score
from scoring.standards import ClauseGroup, Coverage
from scoring.views import ExplainedView, IndicatorsView
from scoring.words import day, whole

FIELDS: tuple[Column, ...] = (
    worded("factory_id", "Which factory."),
    worded("part", "What the row is: theme, question, clause, lead, context, group, line or cell."),
    worded("under", "What it belongs to: a theme, a clause with its number, or a way to divide people into groups."),
    worded("key", "The key of the theme, question or clause."),
    worded("name", "Its name, or how the question is worded."),
    dated("first_day", "First day of the answers, for a group, a stretch of the line and a cell."),
    dated("last_day", "Last day of the answers, that day included."),
    measured("score", "The score, 100 is good; of a cell the plain mean. Empty: too few people."),
    measured("low", "Lower end of the likely (95 %) range."),
    measured("high", "Upper end of the likely (95 %) range."),
    measured("outer_low", "Lower end should those who did not answer feel somewhat differently."),
    measured("outer_high", "Upper end should those who did not answer feel somewhat differently."),
    measured("people", "People of the factory's busiest quarter, to the nearest 5, at most the answers.", "people"),
    worded("grade", "How sure it is, A to D."),
    worded("reason", "Why a score is missing: not_enough or not_asked."),
    worded("coverage", "How far workers are asked about a clause: asked, in part, not scored or not asked."),
)  # fmt: skip
COLUMNS = names(FIELDS)
Line = tuple[str, ...]
PIECE = re.compile(r"""([,;"]["' ]*)(?=[=+\-@])""")
"""Where a piece of a line would begin like a formula."""


def indicators_csv(view: IndicatorsView, chain: ExplainedView | None) -> str:
    """The numbers of the page, under comments that say what they are and over comments that say how they came."""
    text = io.StringIO()
    text.writelines(f"# {comment}\r\n" for comment in comments(view))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines(view):
        writer.writerow([cell(view.factory.factory_id), *line])
    text.writelines(f"# {comment}\r\n" for comment in foot(view, chain))
    return text.getvalue()


def comments(view: IndicatorsView) -> Line:
    """What a reader of the file must know first, one sentence a line."""
    read_as = f", read as {view.standard.name}" if view.standard else ""
    clauses = (
        "A clause has no score. Coverage says how far workers are asked about it, and whether a question or a lead "
        "touches only a part of it. A lead is never averaged.",
    )
    told = (
        f"Seamline: indicators of {view.factory.name} on {day(view.last)}{read_as}.",
        "Scores are 0 to 100, where 100 is good. Low and high are the likely (95 %) range.",
        "Outer low and outer high hold if those who did not answer feel somewhat differently.",
        "People are those of the factory's busiest quarter, to the nearest 5, and never more than the answers.",
        "Theme, question and group are scores. Line and cell are what the picture shows; a cell is a plain mean.",
        "All numbers stand for at least ten answers by ten people. An empty score means too few.",
        *(clauses if view.standard else ()),
        *(("Demo data: every factory, buyer and number is invented.",) if view.stamp.demo else ()),
    )
    return tuple(map(whole_line, told))


def indicators_workbook(view: IndicatorsView, chain: ExplainedView | None) -> bytes:
    """The same as a workbook."""
    rows = ([cell(view.factory.factory_id), *line] for line in lines(view))
    plain = notes_of(view.stamp, comments(view))
    steps = tuple(("How it came about", one) for one in foot(view, chain)[1:])
    return workbook(Notes(plain.title, plain.stamp, (*plain.more, *steps)), FIELDS, rows)


def foot(view: IndicatorsView, chain: ExplainedView | None) -> Line:
    """Where the numbers come from, and the chain behind the chosen score."""
    source = f"Release {view.stamp.release} through {view.stamp.through} · method {view.stamp.method}"
    return tuple(map(whole_line, (source, *(export_lines(chain) if chain else ()))))


def whole_line(text: str) -> str:
    """A sentence as it is, on one line; where a spreadsheet would split it, no piece can be taken for a formula."""
    return PIECE.sub(r"\1'", " ".join(text.split()))


def lines(view: IndicatorsView) -> Iterator[Line]:
    """Everything that the page shows, part by part."""
    for theme in view.themes:
        yield scored("theme", "", theme.score)
    under = view.chosen.score.key if view.chosen else ""
    for row in view.questions:
        yield scored("question", under, row.score, row.text)
    for clause in view.clauses:
        yield from clause_lines(clause)
    yield from group_lines(view)
    for point in view.line.points if view.line else ():
        yield told("line", under, under, "", point.first, point.last, point.estimate)
    for one in view.cells:
        yield told("cell", under, one.key, one.name, one.first, one.last, Estimate(one.value, one.value, one.value))


def clause_lines(clause: ClauseGroup) -> Iterator[Line]:
    """A clause with how far workers are asked about it, then its questions, and its leads without any number."""
    title = f"{clause.number} {clause.title}".strip()
    yield bare("clause", clause.section, clause.key, title, clause.coverage)
    for placed in clause.questions:
        *start, _ = scored("question", title, placed.score, placed.text)
        yield (*start, covered(placed.in_part))
    for lead in clause.leads:
        yield bare("lead", title, lead.indicator_id, lead.text, covered(lead.in_part))
    for text in clause.context:
        yield bare("context", title, "", text, Coverage.NOT_SCORED)


def covered(in_part: bool) -> str:
    """Whether a question touches all of its clause or only a part."""
    return Coverage.IN_PART if in_part else Coverage.ASKED


def bare(part: str, under: str, key: str, name: str, coverage: str) -> Line:
    """One line without any number."""
    return (part, cell(under), cell(key), cell(name), *("",) * 10, coverage)


def group_lines(view: IndicatorsView) -> Iterator[Line]:
    """The groups of every dimension, and of what may not be told that it may not."""
    for dimension in view.groups.dimensions:
        for group in dimension.groups:
            yield told("group", dimension.key, "", group.name, dimension.first, dimension.last, group.estimate)
        if not dimension.groups:
            yield told("group", dimension.key, "", "", None, None, None)


def scored(part: str, under: str, score: Score, name: str = "") -> Line:
    """One score with everything said beside it, in whole points as printed: tenths would tell of its peers."""
    start = told(part, under, score.key, name or score.name, None, None, score.estimate)
    if score.estimate is None:
        return start
    people = "" if score.people is None else str(score.people)
    ends = (score.estimate.value, score.estimate.low, score.estimate.high)
    outer = (score.outer.low, score.outer.high) if score.outer else ()
    points = [str(whole(value)) for value in (*ends, *outer)] + [""] * (2 - len(outer))
    return (*start[:6], *points, people, score.grade or "", "", "")


def told(
    part: str, under: str, key: str, name: str, first: date | None, last: date | None, estimate: Estimate | None
) -> Line:
    """One line without what only scores have; a cell has no range."""
    days = (first.isoformat() if first else "", last.isoformat() if last else "")
    words = (part, cell(under), cell(key), cell(name), *days)
    if estimate is None:
        return (*words, *("",) * 7, "not_enough", "")
    spread = ("", "") if part == "cell" else pair(estimate)
    return (*words, f"{estimate.value:.1f}", *spread, *("",) * 6)


def pair(estimate: Estimate | None) -> tuple[str, str]:
    """The two ends of a range."""
    return (f"{estimate.low:.1f}", f"{estimate.high:.1f}") if estimate else ("", "")


def file_name(view: IndicatorsView) -> str:
    """The name of the file: which factory, which release."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in view.factory.factory_id)[:40]
    return f"seamline-indicators-{safe}-release-{view.stamp.release}.csv"
