"""The page of indicators as a CSV file: whatever it shows, in figures, and at its foot how they came about."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from components.series_table import cell, flat
from scoring.explanation_words import export_lines
from scoring.model import Estimate, Score
from scoring.views import ExplainedView, IndicatorsView
from scoring.words import day

COLUMNS = (
    "factory_id", "part", "under", "key", "name", "first_day", "last_day", "score", "low", "high", "outer_low",
    "outer_high", "people", "grade", "reason",
)  # fmt: skip
Line = tuple[str, ...]


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
    read_as = f", read as {flat(view.standard.name)}" if view.standard else ""
    return (
        f"Seamline: indicators of {flat(view.factory.name)} on {day(view.last)}{read_as}",
        "Scores are 0 to 100 where 100 is good. Low and high are the likely (95 %) range",
        "Outer low and high hold should those who did not answer feel differently. People are to the nearest 5",
        "Theme and question and group are scores; line and cell are what the picture shows; a cell is a plain mean",
        "All numbers stand for at least ten answers by ten people. An empty score means too few",
        *(("Demo data: every factory and buyer and number is invented",) if view.stamp.demo else ()),
    )


def foot(view: IndicatorsView, chain: ExplainedView | None) -> Line:
    """Where the numbers come from, and the chain behind the chosen score."""
    source = f"Release {view.stamp.release} through {view.stamp.through} · method {flat(view.stamp.method)}"
    return (source, *(flat(line) for line in export_lines(chain))) if chain else (source,)


def lines(view: IndicatorsView) -> Iterator[Line]:
    """Everything that the page shows, part by part."""
    for theme in view.themes:
        yield scored("theme", "", theme.score)
    under = view.chosen.score.key if view.chosen else ""
    for row in view.questions:
        yield scored("question", under, row.score, row.text)
    for group in view.clauses:
        for placed in group.questions:
            yield scored("question", f"{group.number} {group.title}".strip(), placed.score, placed.text)
    yield from group_lines(view)
    for point in view.line.points if view.line else ():
        yield told("line", under, under, "", point.first, point.last, point.estimate)
    for one in view.cells:
        yield told("cell", under, one.key, one.name, one.first, one.last, Estimate(one.value, one.value, one.value))


def group_lines(view: IndicatorsView) -> Iterator[Line]:
    """The groups of every dimension, and of what may not be told that it may not."""
    for dimension in view.groups.dimensions:
        for group in dimension.groups:
            yield told("group", dimension.key, "", group.name, dimension.first, dimension.last, group.estimate)
        if not dimension.groups:
            yield told("group", dimension.key, "", "", None, None, None)


def scored(part: str, under: str, score: Score, name: str = "") -> Line:
    """One score with everything said beside it."""
    start = told(part, under, score.key, name or score.name, None, None, score.estimate)
    if score.estimate is None:
        return start
    people = "" if score.people is None else str(score.people)
    return (*start[:9], *pair(score.outer), people, score.grade or "", "")


def told(
    part: str, under: str, key: str, name: str, first: date | None, last: date | None, estimate: Estimate | None
) -> Line:
    """One line without what only scores have; a cell has no range."""
    days = (first.isoformat() if first else "", last.isoformat() if last else "")
    words = (part, cell(under), cell(key), cell(name), *days)
    if estimate is None:
        return (*words, "", "", "", "", "", "", "", "not_enough")
    spread = ("", "") if part == "cell" else pair(estimate)
    return (*words, f"{estimate.value:.1f}", *spread, "", "", "", "", "")


def pair(estimate: Estimate | None) -> tuple[str, str]:
    """The two ends of a range."""
    return (f"{estimate.low:.1f}", f"{estimate.high:.1f}") if estimate else ("", "")


def file_name(view: IndicatorsView) -> str:
    """The name of the file: which factory, which release."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in view.factory.factory_id)[:40]
    return f"seamline-indicators-{safe}-release-{view.stamp.release}.csv"
