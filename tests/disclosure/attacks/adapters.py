"""The surfaces: everything that somebody may read after a release, each as one small adapter.

Whoever attacks is taken to know who answered which question on which day. So a span of days names the answers behind a
figure. Only the secret half of a world (what was said) is out of reach here.
"""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from access.roles import Role
from access.viewer import Viewer
from components.series_table import timeline_csv
from scoring.group_words import group_name
from scoring.model import Series, TimelineQuery
from scoring.query import MOST_ROWS, IndicatorsQuery
from scoring.views import DayCell, IndicatorsView, TimelineView
from tests.disclosure.attacks.figures import Figure, Surface
from tests.disclosure.attacks.tables import PLACES, adjusted, answers_between, cells, leads, slices
from tests.disclosure.attacks.worlds import BOOK, Moment, World, factory_name

OPERATOR = Viewer(0, Role.OPERATOR, "")


@dataclass(frozen=True)
class ReleaseFile:
    """Every table of the release file itself, with exact digits."""

    name: str = "release file"

    def figures(self, moment: Moment) -> list[Figure]:
        """Cells, slices, adjustments and bands of leads. What reach, facts and cohorts tell is no sum of answers."""
        return [*cells(moment), *slices(moment), *adjusted(moment), *leads(moment)]


@dataclass(frozen=True)
class Pages:
    """What the pages, downloads and scores of one viewer tell: the door's views, which all of them are made from."""

    name: str
    role: Role
    organisation: str
    factories: frozenset[str]

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return Viewer(1, self.role, self.organisation, self.factories)

    def figures(self, moment: Moment) -> list[Figure]:
        """Every point of every question's line, in the picture and in the CSV file, every dot, and every group."""
        found = []
        for factory_id in sorted(self.factories):
            for view in timelines(moment, self.viewer, factory_id):
                found += [f for row in view.rows for f in points(moment, self.name, factory_id, row)]
                found += downloaded(moment, self.name, factory_id, timeline_csv(view))
            for page in indicator_pages(moment, self.viewer, factory_id):
                found += [dot(moment, self.name, factory_id, cell) for cell in page.cells]
                found += grouped(moment, self.name, page)
        return found


def timelines(moment: Moment, viewer: Viewer, factory_id: str) -> list[TimelineView]:
    """The timelines on which every averaged question is drawn once."""
    names = [question.name for question in BOOK if not question.zero_tolerance]
    asked = [tuple(names[i : i + MOST_ROWS]) for i in range(0, len(names), MOST_ROWS)]
    return [moment.door.timeline(viewer, TimelineQuery(factory_id, rows=rows, period="all")) for rows in asked]


def indicator_pages(moment: Moment, viewer: Viewer, factory_id: str) -> list[IndicatorsView]:
    """The pages of indicators on which every theme is chosen once, over the longest period."""
    themes = dict.fromkeys(question.theme for question in BOOK if not question.zero_tolerance)
    asked = [IndicatorsQuery(factory_id, theme=theme, period="2y") for theme in themes]
    return [moment.door.indicators(viewer, query) for query in asked]


def dot(moment: Moment, name: str, factory_id: str, cell: DayCell) -> Figure:
    """One dot of the picture of days, with exact digits."""
    return mean(moment, f"{name}, dot", factory_id, cell.key, (cell.first, cell.last, cell.value), 0.0)


def grouped(moment: Moment, name: str, page: IndicatorsView) -> list[Figure]:
    """The groups of one page: each is a slice of the release, and tells as much."""
    told, found = slices(moment), []
    unit = "overall" if page.groups.whole else page.query.theme
    for one in page.groups.dimensions:
        start = f"{unit} by {one.key} at {page.factory.factory_id} {one.first}..{one.last}: "
        for group in one.groups:
            (same,) = [f for f in told if f.label.startswith(start) and group_name(f.label[len(start) :]) == group.name]
            assert group.estimate is not None
            assert same.low <= group.estimate.value * same.ids.size <= same.high
            found.append(replace(same, label=f"{name}, {same.label}", family=f"{name}, {same.family}"))
    return found


def points(moment: Moment, name: str, factory_id: str, row: Series) -> list[Figure]:
    """The points of one question's line, with exact digits. Themes and the whole are checked in another way."""
    if row.key not in PLACES:
        return []
    spans = [(p.first, p.last, p.estimate.value) for p in row.points]
    return [mean(moment, f"{name}, line", factory_id, row.key, span, 0.0) for span in spans]


def downloaded(moment: Moment, name: str, factory_id: str, text: str) -> list[Figure]:
    """The same points as the CSV file writes them, to one decimal."""
    rows = csv.DictReader(io.StringIO("".join(line for line in text.splitlines(True) if not line.startswith("#"))))
    found = []
    for row in rows:
        if row["row"] in PLACES and row["score"]:
            span = (date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]), float(row["score"]))
            found.append(mean(moment, f"{name}, CSV", factory_id, row["row"], span, 0.05))
    return found


def mean(moment: Moment, name: str, factory_id: str, key: str, span: tuple[date, date, float], half: float) -> Figure:
    """A mean over the answers of a span of days, told to within half a unit of its last digit."""
    first, last, value = span
    ids = answers_between(moment.world, factory_id, key, first, last)
    family = f"{name} of {factory_id} {key}"
    low, high = ((value + off) * ids.size for off in (-half, half))
    return Figure(f"{family} {first}..{last}", family, moment.tick, ids, low, high)


@dataclass(frozen=True)
class Command:
    """What `flask scores` prints, with exact digits: the plain weighted mean of each question on some days."""

    name: str = "flask scores"
    half_lives: tuple[float, ...] = (90.0, 7.0)

    def figures(self, moment: Moment) -> list[Figure]:
        """One figure a question and half-life: a sum of answers weighted by the age of their cell."""
        found = []
        for half_life in self.half_lives:
            table = moment.door.scores(OPERATOR, moment.through, level="indicator", half_life=half_life)
            for row in table[table["raw"].notna()].to_dict("records"):
                found.append(aged(moment, row, half_life))
        return [figure for figure in found if figure.ids.size]


def aged(moment: Moment, row: dict[str, Any], half_life: float) -> Figure:
    """The score of one question as a weighted sum of its answers, by the weights that the method states."""
    family = f"cells of {row['factory_id']} {row['indicator_id']}"
    ids, weights = [], []
    for cell in (c for c in cells(moment) if c.family == family):
        days = moment.world.seen.day[cell.ids]
        age = moment.world.number(moment.through) - (days.min() + days.max()) / 2
        if age <= 4 * half_life:
            ids.append(cell.ids)
            weights.append(np.full(cell.ids.size, 2.0 ** (-age / half_life)))
    joined, weight = np.concatenate(ids), np.concatenate(weights)
    label = f"flask scores of {row['factory_id']} {row['indicator_id']} on {moment.through} at half-life {half_life:g}"
    score = float(row["raw"])
    return Figure(label, label, moment.tick, joined, score, score, weight / weight.sum())


@dataclass(frozen=True)
class Public:
    """What anybody may see without an account. Nothing yet: public pages are another issue's, and add figures here."""

    name: str = "public"

    def figures(self, moment: Moment) -> list[Figure]:
        """None so far."""
        return []


def surfaces(world: World) -> list[Surface]:
    """Everything that is not the release file: an owner of two factories, a buyer of all, and so on."""
    every = frozenset(factory_name(f) for f in range(world.plan.factories))
    owned = frozenset(name for name in every if (int(name[1:]) - 1) % 4 == 0)
    return [Pages("owner", Role.OWNER, "O1", owned), Pages("buyer", Role.BUYER, "B1", every), Command(), Public()]
