"""A footprint as a CSV file: the numbers of the page, no finer than they are printed."""

import csv
import io
from collections.abc import Iterator

from components.footprint_words import small_print, who
from components.series_table import cell, flat
from scoring.cascade_views import FootprintView
from scoring.effect_numbers import THOUSAND, tenths
from scoring.model import Estimate

COLUMNS = ("kind", "name", "actions", "worker_week_points", "low", "high", "sureness")
EVERY = "all"


def footprint_csv(view: FootprintView) -> str:
    """The kinds, the worst first, and all of them together, under comment lines that say what the numbers are."""
    text = io.StringIO()
    text.writelines(f"# {comment}\r\n" for comment in comments(view))
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines(view))
    return text.getvalue()


def comments(view: FootprintView) -> tuple[str, ...]:
    """What a reader of the file must know, one sentence a line."""
    stamp = view.stamp
    return (
        f"Seamline: what usually follows actions from {view.first} to {view.last}: {flat(who(view))}",
        f"Release {stamp.release} through {stamp.through} · method {flat(stamp.method)} · {flat(view.row_name)}",
        "One point lower for one worker for one week is −1. Points are to the nearest hundred",
        "Low and high are the likely (95 %) range. Points without a number are not told",
        "It adds the average that follows each kind of action. It is not a measurement of one buyer or factory alone",
        *(flat(sentence) for sentence in small_print(view)),
        *(("Demo data: every factory and buyer and number is invented",) if stamp.demo else ()),
    )


def lines(view: FootprintView) -> Iterator[list[str]]:
    """One line for each kind, and one for all that are counted."""
    for row in view.rows:
        yield [cell(row.kind), cell(row.kind_name), str(row.actions), *numbers(row.points), row.sureness.value]
    yield [EVERY, "All actions together", str(view.actions), *numbers(view.total), ""]


def numbers(points: Estimate | None) -> list[str]:
    """Points with their range to the nearest hundred; empty where nothing is told."""
    if points is None:
        return ["", "", ""]
    return [f"{tenths(end / THOUSAND) * THOUSAND:.0f}" for end in (points.value, points.low, points.high)]
