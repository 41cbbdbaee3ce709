"""What stands side by side as CSV files: the scores no finer than they are printed, and the lines of the year."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from components.series_table import cell, flat, stretches
from scoring.model import Score
from scoring.supplier_views import ComparedRow, ComparisonView, Lined, Supplier
from scoring.words import reason_text, whole

COLUMNS = (
    "factory_id",
    "name",
    "row",
    "row_name",
    "score",
    "low",
    "high",
    "peers_low",
    "peers_high",
    "grade",
    "reason",
)
FOUND = ("row", "row_name", "higher", "lower", "points", "points_low", "points_high")
LINES = ("factory_id", "name", "grain", "first_day", "last_day", "score", "low", "high")
DONE = ("factory_id", "name", "day", "kind", "kind_name")


def compare_csv(view: ComparisonView) -> str:
    """The scores, a line each, and below them every clear difference."""
    scores = (score_line(line.supplier, row, score) for row in view.rows for line, score in paired(view, row))
    findings = (
        [cell(row.key), cell(row.name), cell(one.higher.factory_id), cell(one.lower.factory_id),
         *(str(whole(end)) for end in (one.change.points, one.change.low, one.change.high))]
        for row in view.rows
        for one in row.findings
    )  # fmt: skip
    return written(view, "side by side", ((COLUMNS, scores), (FOUND, findings)))


def paired(view: ComparisonView, row: ComparedRow) -> Iterator[tuple[Lined, Score | None]]:
    """Each supplier with its score in a row."""
    yield from zip(view.lines, row.scores, strict=True)


def score_line(supplier: Supplier, row: ComparedRow, score: Score | None) -> list[str]:
    """One score of one supplier, or why there is none."""
    words = [cell(text) for text in (supplier.factory.factory_id, supplier.factory.name, row.key, row.name)]
    if score is None or score.estimate is None:
        return [*words, *[""] * 6, "not shared" if score is None else reason_text(score.reason)]
    ends = [str(whole(end)) for end in (score.estimate.value, score.estimate.low, score.estimate.high)]
    peers = [f"{score.standing.low:.0f}", f"{score.standing.high:.0f}"] if score.standing else ["", ""]
    return [*words, *ends, *peers, score.grade or "", ""]


def year_csv(view: ComparisonView) -> str:
    """The overall line of each supplier, oldest stretch first, and below it what the buyer did."""
    done = (
        [cell(line.supplier.factory.factory_id), cell(line.supplier.factory.name), one.date.isoformat(),
         cell(one.kind), cell(one.kind_name)]
        for line in view.lines
        for one in line.actions
    )  # fmt: skip
    return written(view, "overall score over one year", ((LINES, year_lines(view)), (DONE, done)))


def year_lines(view: ComparisonView) -> Iterator[list[str]]:
    """One line for each stretch and gap."""
    for line in view.lines:
        factory = line.supplier.factory
        for first, last, point in reversed(stretches(replace(line.course, name=factory.name))):
            words = [cell(factory.factory_id), cell(factory.name), cell(line.course.grain)]
            found = point.estimate if point else None
            numbers = [f"{end:.1f}" for end in (found.value, found.low, found.high)] if found else [""] * 3
            yield [*words, first.isoformat(), last.isoformat(), *numbers]


def written(view: ComparisonView, what: str, tables: Sequence[tuple[Sequence[str], Iterable[Sequence[str]]]]) -> str:
    """Tables one below the other, each under its own heads, under comment lines that say what the numbers are."""
    text = io.StringIO()
    text.writelines(f"# {comment}\r\n" for comment in comments(view, what))
    writer = csv.writer(text, lineterminator="\r\n")
    for place, (heads, rows) in enumerate(tables):
        lines = list(rows)
        if place == 0 or lines:
            writer.writerows([*([[]] if place else []), heads, *lines])
    return text.getvalue()


def comments(view: ComparisonView, what: str) -> tuple[str, ...]:
    """What a reader of the file must know, one sentence a line."""
    stamp = view.stamp
    return (
        f"Seamline: {what} of {len(view.lines)} suppliers from {view.first} to {view.last}",
        f"Release {stamp.release} through {stamp.through} · method {flat(stamp.method)}",
        "Scores are 0 to 100 where 100 is good. Low and high are the likely (95 %) range",
        "A difference is listed where its likely range leaves out zero; there is no rank",
        "All numbers stand for at least ten answers by ten people. An empty score means too few or not shared",
        *(("Demo data: every factory and buyer and number is invented",) if stamp.demo else ()),
    )
