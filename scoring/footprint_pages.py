"""Builds the footprint page: what usually follows a buyer's own actions, or all actions at one factory, added up."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from access.levels import Level
from access.policy import may
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.actions import size_in_words
from scoring.books import asked, book_of
from scoring.cascade_views import Charged, FootprintRow, FootprintView, Study, Sureness
from scoring.effects import NoEffects, book_named, coverage, shared_kinds, usual
from scoring.event_lines import MOST_LINES, event_lines
from scoring.footprints import Charges, Sums, charges, sums
from scoring.levels import Book
from scoring.model import OVERALL, Action, Choice, Factory, Stamp
from scoring.query import FOOTPRINT_PERIODS, FootprintQuery

MOST_LARGEST = 5


def footprint(
    release: OpenRelease, viewer: Viewer, query: FootprintQuery, factory: Factory | None, stamp: Stamp
) -> FootprintView:
    """The footprint that a query asks for: a buyer's own at the factories it sees, or of one factory."""
    last = release.through
    days = FOOTPRINT_PERIODS[query.period]
    first = None if days is None else last - timedelta(days=days - 1)
    own = None if may(viewer, "actions.all") else viewer.organisation
    where = [factory.factory_id] if factory else sorted(viewer.factories_at(Level.ACTIONS))
    try:
        done = charges(release, first, last, own, where)
        book = book_here(release, factory)
    except NoEffects:
        return nothing(query, factory, stamp, first or last, last)
    row = query.row if query.row in (OVERALL, *book.themes) else OVERALL
    name = "Overall score" if row == OVERALL else book.theme_names[row]
    shared = shared_kinds(release, viewer, book.codebook)
    summed = sums(release, book.codebook, [row]).get(row)
    told = summed.only(shared) if summed else None
    counted = done.of_kinds(told.kinds) if told else done.of_kinds([])
    rows = kind_rows(release, viewer, book, (row, name), done, told)
    return FootprintView(
        query=query,
        factory=factory,
        buyer=str(done.actions["buyer_name"].iloc[0]) if own and len(done.actions) else "",
        stamp=stamp,
        first=first or earliest(done, last),
        last=last,
        row_name=name,
        total=told.of(counted.by_kind(told.kinds)) if told and len(counted.actions) else None,
        actions=len(counted.actions),
        factories=counted.factories,
        left_out=int(done.actions["charge"].isna().sum()),
        rows=rows,
        largest=largest(release, viewer, counted, told),
        study=study(release, viewer, book, (row, name), done, rows, query.kind),
        choices=(Choice(OVERALL, "Overall score", None), *theme_choices(book)),
        coverage=coverage(release, book, [row]),
    )


def book_here(release: OpenRelease, factory: Factory | None) -> Book:
    """The codebook that the factory is asked by, or the one with most cells. Raises NoEffects."""
    found = asked(release, factory.factory_id) if factory else None
    return book_of(release, book_named(release, found.codebook if found else None))


def theme_choices(book: Book) -> list[Choice]:
    """Each theme once, in the book's order."""
    return [Choice(theme, book.theme_names[theme], None) for theme in dict.fromkeys(book.themes)]


def earliest(done: Charges, last: date) -> date:
    """The day of the first action, or the last day without any."""
    days = pd.to_datetime(done.actions["date"])
    return days.min().date() if len(days) else last


def nothing(query: FootprintQuery, factory: Factory | None, stamp: Stamp, first: date, last: date) -> FootprintView:
    """The page before there are any effects."""
    return FootprintView(query, factory, "", stamp, first, last, "Overall score", None, 0, 0, 0, (), (), None, (), None)


def kind_rows(
    release: OpenRelease, viewer: Viewer, book: Book, row: tuple[str, str], done: Charges, told: Sums | None
) -> tuple[FootprintRow, ...]:
    """One row a kind that was done, the worst first, those without points last."""
    rows = []
    for kind, here in done.actions.groupby("kind"):
        one = told.only(frozenset({str(kind)})) if told else None
        charged = here["charge"].notna()
        points = one.of(Charges(here).by_kind(one.kinds)) if one and one.kinds and charged.any() else None
        name, token = str(here["kind_name"].iloc[0]), str(here["token"].iloc[0])
        said = usual(release, viewer, book, str(kind), [row], (name, token))
        sure = said[0].sureness if said else Sureness.TOO_FEW_EVENTS
        sign = int(here["sign"].iloc[0])
        rows.append(FootprintRow(str(kind), name, token, sign, len(here), points, sure))
    return tuple(sorted(rows, key=lambda r: (r.points is None, r.points.value if r.points else 0.0, r.kind_name)))


def largest(release: OpenRelease, viewer: Viewer, counted: Charges, told: Sums | None) -> tuple[Charged, ...]:
    """The single actions with most points, of either sign."""
    if told is None or not len(counted.actions):
        return ()
    points = counted.actions["charge"] * counted.actions["kind"].map(dict(zip(told.kinds, told.points, strict=True)))
    top = counted.actions.assign(points=points).reindex(points.abs().sort_values(ascending=False).index)
    names = {row[0]: row[1] for row in release.cells.engine.rows("factories_named", factories=None)}
    return tuple(
        Charged(action_of(viewer, row), row["factory_id"], names[row["factory_id"]], float(row["points"]),
                viewer.sees_factory(row["factory_id"]))
        for row in top.head(MOST_LARGEST).to_dict("records")
    )  # fmt: skip


def action_of(viewer: Viewer, row: Mapping[Any, Any]) -> Action:
    """One row of charges as an action, with what this viewer may be told of its size (see `seen_actions`)."""
    hidden = not may(viewer, "actions.all")
    day, end = pd.Timestamp(str(row["date"])), pd.to_datetime(str(row["end_date"]), errors="coerce")
    magnitude = None if pd.isna(row["magnitude"]) else float(row["magnitude"])
    size = "" if hidden and row["rule"] else size_in_words(magnitude, str(row["unit"]))
    return Action(
        action_id=str(row["action_id"]), kind=str(row["kind"]), kind_name=str(row["kind_name"]),
        token=str(row["token"]), sign=int(str(row["sign"])), date=day.date(),
        end=None if pd.isna(end) else end.date(), buyer_id=str(row["buyer_id"]), buyer_name=str(row["buyer_name"]),
        what=size, note=str(row["note"]), severity=1.0 if hidden else float(row["severity"]), rule=str(row["rule"]),
    )  # fmt: skip


def study(
    release: OpenRelease, viewer: Viewer, book: Book, row: tuple[str, str], done: Charges,
    rows: tuple[FootprintRow, ...], kind: str | None,
) -> Study | None:  # fmt: skip
    """The event study of the chosen kind, or of the kind with most points; None where nothing was done."""
    chosen = next((r for r in rows if r.kind == kind), rows[0] if rows else None)
    if chosen is None:
        return None
    said = usual(release, viewer, book, chosen.kind, [row], (chosen.kind_name, chosen.token))
    here = done.actions[done.actions["kind"] == chosen.kind].head(MOST_LINES).to_dict("records")
    lines = event_lines(release, book, row[0], [(str(r["factory_id"]), action_of(viewer, r)) for r in here])
    return Study(said[0], lines) if said else None
