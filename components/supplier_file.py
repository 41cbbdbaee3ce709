"""The list of suppliers as a CSV file: the numbers of the page, no finer than they are printed."""

import csv
import io
from collections.abc import Iterator, Sequence

from components.series_table import cell, flat
from components.table_columns import Column, dated, measured, names, worded
from components.workbook import notes_of, workbook
from scoring.model import Score
from scoring.supplier_views import Group, Supplier, SuppliersView
from scoring.words import country_name, score_word, whole

FIELDS = (
    worded("factory_id", "Which factory."),
    worded("name", "The factory's name."),
    worded("country", "Where it is."),
    worded("sector", "What it makes."),
    worded("shares", "How much it shows: score, themes, full or actions."),
    measured("score", "The overall score, 100 is good. Empty: too few people."),
    measured("low", "Lower end of the likely (95 %) range."),
    measured("high", "Upper end of the likely (95 %) range."),
    worded("word", "The score in words."),
    measured("peers_low", "Lower end of the middle half of similar factories."),
    measured("peers_high", "Upper end of the middle half of similar factories."),
    worded("position", "In which third of similar factories the whole likely range lies, or can't tell."),
    worded("grade", "How sure the score is, A to D."),
    worded("status", "settling_in in the first two quarters, then settled."),
    measured("people", "People of the factory's busiest quarter, to the nearest 5.", "people"),
    measured("change", "The score now less the one 91 days before.", "points"),
    measured("change_low", "Lower end of the likely (95 %) range of that difference.", "points"),
    measured("change_high", "Upper end of the likely (95 %) range of that difference.", "points"),
    worded("change_words", "What may be said about that difference."),
    worded("warnings", "Warnings about answers that lower the grade now."),
    dated("newest_answers", "The last day of the answers behind the score."),
    worded("reason", "Why the score is missing."),
)
COLUMNS = names(FIELDS)
AGAINST = {1: "above", -1: "below", 0: ""}


def supplier_csv(view: SuppliersView, groups: Sequence[Group]) -> str:
    """The suppliers in the order of the page, under comment lines that say what the numbers are."""
    written = io.StringIO()
    written.writelines(f"# {comment}\r\n" for comment in comments(view))
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names(fields(view)))
    writer.writerows(line(one) for group in groups for one in group.suppliers)
    return written.getvalue()


def supplier_workbook(view: SuppliersView, groups: Sequence[Group]) -> bytes:
    """The same as a workbook."""
    lines = (line(one) for group in groups for one in group.suppliers)
    return workbook(notes_of(view.stamp, comments(view)), fields(view), lines)


def fields(view: SuppliersView) -> tuple[Column, ...]:
    """The columns of every supplier, then two for each theme."""
    against = "Whether that theme lies clearly above or below the middle half of similar factories; empty for neither."
    themes = [
        (measured(cell(one.name), "The theme's score, 100 is good. Empty: too few people, not asked or not shared."),
         worded(cell(f"{one.name}, against peers"), against))
        for one in view.columns
    ]  # fmt: skip
    return (*FIELDS, *(column for pair in themes for column in pair))


def comments(view: SuppliersView) -> tuple[str, ...]:
    """What a reader of the file must know, one sentence a line."""
    stamp = view.stamp
    return (
        f"Seamline: suppliers on {view.on} and what changed since {view.since}",
        f"Release {stamp.release} through {stamp.through} · method {flat(stamp.method)}",
        "Scores are 0 to 100 where 100 is good. Low and high are the likely (95 %) range",
        "All numbers stand for at least ten answers by ten people. An empty score means too few or not shared",
        "Peers low and high are the middle half of similar factories. Position is a third or cannot be told",
        *(("Demo data: every factory and buyer and number is invented",) if stamp.demo else ()),
    )


def line(one: Supplier) -> list[str]:
    """One supplier."""
    factory, score, change = one.factory, one.score, one.change
    words = [cell(text) for text in (factory.factory_id, factory.name, country_name(factory.country), factory.sector)]
    moved = ["", "", "", ""]
    if change is not None:
        moved = [*(str(whole(end)) for end in (change.points, change.low, change.high)), change.verdict.value]
    warned = cell("; ".join(flat(flag.detail) for flag in one.warnings))
    day = one.newest.isoformat() if one.newest and score.estimate else ""
    return [*words, one.level.slug, *numbers(score), *moved, warned, day, score.reason or "", *theme_cells(one)]


def numbers(score: Score) -> list[str]:
    """The score with its range, its peers' middle half, its third and how sure it is."""
    if score.estimate is None:
        return [""] * 10
    ends = [str(whole(end)) for end in (score.estimate.value, score.estimate.low, score.estimate.high)]
    place = score.standing
    peers = [f"{place.low:.0f}", f"{place.high:.0f}", place.third or "can't tell"] if place else ["", "", ""]
    people = "" if score.people is None else str(score.people)
    return [*ends, score_word(score.estimate), *peers, score.grade or "", status(score), people]


def status(score: Score) -> str:
    """Whether the factory is in its first two quarters."""
    return "settling_in" if score.settling else "settled"


def theme_cells(one: Supplier) -> Iterator[str]:
    """Each theme's score and how it stands against peers; empty where it is not shared or not shown."""
    for theme in one.themes or ():
        yield "" if theme.score.estimate is None else str(whole(theme.score.estimate.value))
        yield AGAINST[theme.against]
