"""What a benchmark page shows as CSV and JSON: the columns of `flask benchmark`, with licence and citation."""

import csv
import io
import json
from collections.abc import Iterator

from components.indicator_file import whole_line
from components.picture_file import file_stem
from components.series_table import cell
from components.table_columns import dated, measured, names, worded
from components.workbook import Notes, workbook
from scoring.benchmark_views import BenchmarkView, Spread
from scoring.benchmark_words import LICENCE, citation, notes, title
from scoring.model import Reason

FIELDS = (
    worded("cohort", "What the group is: all, country, sector or country_sector."),
    worded("country", "The group's country by its two-letter code; empty for all."),
    worded("sector", "The group's sector; empty for all."),
    worded("theme", "The key of the theme, or overall for the whole."),
    dated("on", "The last day of the month, as of which the scores are."),
    measured("factories", "Factories of the group, to the nearest 5.", "factories"),
    measured("answers", "Their answers, to the nearest 5.", "answers"),
    measured("p10", "A tenth of the factories score no more; from 20 factories on."),
    measured("p25", "A quarter of the factories score no more: the lower end of the middle half."),
    measured("p50", "The middle factory."),
    measured("p75", "Three quarters of the factories score no more: the upper end of the middle half."),
    measured("p90", "Nine tenths of the factories score no more; from 20 factories on."),
    worded("reason", "not_enough where the group is hidden to protect people, whatever the reason."),
)
COLUMNS = names(FIELDS)
"""The columns of FORMATS §3."""
Values = dict[str, str | int | None]
LICENSED, CITED = "Licence: ", "Citation: "


def benchmark_csv(view: BenchmarkView) -> str:
    """The spreads of the page, each once, under comments that say what they are and how to cite them."""
    written = io.StringIO()
    written.writelines(f"# {whole_line(note)}\r\n" for note in notes(view))
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines(view):
        writer.writerow(["" if value is None else cell(str(value)) for value in line.values()])
    return written.getvalue()


def benchmark_workbook(view: BenchmarkView) -> bytes:
    """The same as a workbook, with licence and citation among its notes."""
    said = tuple(headed(one) for one in notes(view)[1:] if not one.startswith("Release "))
    more = (("Codebook", view.codebook), *said)
    rows = ([cell(one) if isinstance(one, str) else one for one in line.values()] for line in lines(view))
    return workbook(Notes(title(view), view.stamp, more), FIELDS, rows)


def headed(note: str) -> tuple[str, str]:
    """A note under its heading: licence, citation, or just a note."""
    for heading in (LICENSED, CITED):
        if note.startswith(heading):
            return heading.removesuffix(": "), note.removeprefix(heading)
    return "Note", note


def benchmark_json(view: BenchmarkView) -> str:
    """The same as JSON, names beside it."""
    return json.dumps(
        {
            "title": title(view),
            "licence": LICENCE,
            "citation": citation(view),
            "notes": list(notes(view)),
            "release": view.stamp.release,
            "through": view.stamp.through.isoformat(),
            "method": view.stamp.method,
            "codebook": view.codebook,
            "demo": view.stamp.demo,
            "shown": view.query.to_url() | {"month": f"{view.month:%Y-%m}"},
            "themes": {one.key: one.name for one in view.themes},
            "rows": list(lines(view)),
        },
        indent=1,
        ensure_ascii=False,
    )


def lines(view: BenchmarkView) -> Iterator[Values]:
    """One line for each spread, as a row of FORMATS §3."""
    for one in view.spreads():
        yield dict(zip(COLUMNS, values(one), strict=True))


def values(one: Spread) -> list[str | int | None]:
    """The columns of one spread; of a hidden one only its name, and that there is not enough."""
    told = one.told
    named = [one.cohort.kind, one.cohort.country, one.cohort.sector, one.theme, one.on.isoformat()]
    if told is None:
        return [*named, *[None] * 7, Reason.NOT_ENOUGH.value]
    return [*named, told.factories, told.answers, told.p10, told.p25, told.p50, told.p75, told.p90, None]


def stem(view: BenchmarkView, part: str = "benchmarks") -> str:
    """The name of a file of this page without its ending: which theme, which month, which release."""
    return file_stem(f"{part}-{view.theme.key}-{view.month:%Y-%m}", view.stamp)
