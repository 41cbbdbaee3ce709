"""Which cohorts of factories may be shown, so that no hidden one follows from shown ones (guides: security 4.1).

Cohorts are everybody, a country, a sector, and a country × sector. What is shown of them may be subtracted, so
every group that sums and differences of shown cohorts give must itself be large and mixed enough. Any two such
groups without a common factory are together large enough too; that is why the regions tried here suffice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEAST_FACTORIES = 5
LEAST_OWNERS = 3
LEAST_ANSWERS = 100
MOST_SHARE = 0.5
"""No factory may hold more than this share of the answers."""
CLOSEST = 0.1
"""All but the two largest must hold this share of the largest, or the second could work the largest out."""
MOST_COLUMNS = 8
"""So many sectors (or countries, whichever are fewer) get cohorts; smaller ones count in what contains them."""
REST = -1
"""The place of factories whose country or sector is unknown or not shown."""


@dataclass(frozen=True)
class Members:
    """The factories with a score, as places in lists: one entry a factory. REST where something is unknown."""

    country: Ints
    sector: Ints
    owner: Ints
    answers: Ints

    def safe(self, group: Flags) -> bool:
        """Whether a group may be shown, or found out."""
        answers = np.sort(self.answers[group])
        total = int(answers.sum())
        return bool(
            answers.size >= LEAST_FACTORIES
            and np.unique(self.owner[group]).size >= LEAST_OWNERS
            and total >= LEAST_ANSWERS
            and answers[-1] <= MOST_SHARE * total
            and total - answers[-1] - answers[-2] >= CLOSEST * answers[-1]
        )

    def size(self, group: Flags) -> tuple[int, int]:
        """How many factories, and answers, a group has: the smallest is hidden first."""
        return int(group.sum()), int(self.answers[group].sum())


@dataclass
class Shown:
    """The cohorts that may be shown, as places in the lists of countries and sectors."""

    everybody: bool
    countries: list[int]
    sectors: list[int]
    both: list[tuple[int, int]]


def shown_cohorts(members: Members) -> Shown:
    """The cohorts that may be shown; country × sector only where both are shown alone."""
    everybody = np.ones(members.country.size, dtype=bool)
    if not members.safe(everybody):
        return Shown(False, [], [], [])
    countries, sectors = large(members, members.country), large(members, members.sector)
    fewer = min(countries, sectors, key=len)
    fewer[:] = fewer[-MOST_COLUMNS:]
    while True:
        settle(members, members.country, countries)
        settle(members, members.sector, sectors)
        found = Shown(True, countries, sectors, crossed(members, countries, sectors))
        if not hidden_crosses(members, found):
            return found


def large(members: Members, places: Ints) -> list[int]:
    """The countries (or sectors) that are safe by themselves, the smallest first."""
    safe = [place for place in np.unique(places[places != REST]).tolist() if members.safe(places == place)]
    return sorted(safe, key=lambda place: members.size(places == place))


def settle(members: Members, places: Ints, shown: list[int]) -> None:
    """Hides the smallest until those that are left over are safe together, or nobody is left over."""
    while True:
        rest = ~np.isin(places, shown)
        if not rest.any() or not shown or members.safe(rest):
            return
        del shown[0]


def crossed(members: Members, countries: list[int], sectors: list[int]) -> list[tuple[int, int]]:
    """Every safe pair of a shown country and a shown sector, the smallest first."""
    pairs = [(c, s) for c in countries for s in sectors if members.safe(pair(members, c, s))]
    return sorted(pairs, key=lambda cs: members.size(pair(members, *cs)))


def pair(members: Members, country: int, sector: int) -> Flags:
    """The factories of a country and sector."""
    group: Flags = (members.country == country) & (members.sector == sector)
    return group


def hidden_crosses(members: Members, found: Shown) -> bool:
    """Hides pairs until nothing unsafe follows. True when a country or sector had to be hidden, to begin anew."""
    table = Table(
        members,
        np.where(np.isin(members.country, found.countries), members.country, REST),
        np.where(np.isin(members.sector, found.sectors), members.sector, REST),
    )
    dropped: list[tuple[int, int]] = []
    while (region := table.unsafe_region(found.both)) is not None:
        rows, columns = set(table.row[region].tolist()), set(table.column[region].tolist())
        near = [(c, s) for c, s in found.both if c in rows or s in columns] or found.both
        if not near:
            hide_smallest(members, found, rows, columns)
            return True
        dropped.append(near[0])
        found.both.remove(near[0])
    for cross in sorted(dropped, key=lambda cs: members.size(pair(members, *cs)), reverse=True):
        if table.unsafe_region([*found.both, cross]) is None:
            found.both.append(cross)
    return False


def hide_smallest(members: Members, found: Shown, rows: set[int], columns: set[int]) -> None:
    """Hides the smallest country or sector that an unsafe region lies in, or the smallest of all."""
    choices = [(members.size(members.country == c), found.countries, c) for c in found.countries if c in rows]
    choices += [(members.size(members.sector == s), found.sectors, s) for s in found.sectors if s in columns]
    if not choices:
        choices = [(members.size(members.country == c), found.countries, c) for c in found.countries]
        choices += [(members.size(members.sector == s), found.sectors, s) for s in found.sectors]
    _, shown, place = min(choices, key=lambda choice: choice[0])
    shown.remove(place)


@dataclass(frozen=True)
class Table:
    """The factories in rows (shown countries) and columns (shown sectors), all others in REST."""

    members: Members
    row: Ints
    column: Ints

    def unsafe_region(self, both: list[tuple[int, int]]) -> Flags | None:
        """A group that follows from the totals of rows and columns and the shown pairs, and is not safe; or None."""
        hidden = np.ones(self.row.size, dtype=bool)
        for country, sector in both:
            hidden &= (self.row != country) | (self.column != sector)
        for region in self.regions(hidden):
            if region.any() and not self.members.safe(region):
                return region
        return None

    def regions(self, hidden: Flags) -> Iterator[Flags]:
        """Every group that follows and is no union of others: rows, and the rows around some columns less these.

        From totals and shown pairs follow sums of hidden parts of rows, less hidden parts of columns that lie
        wholly within these rows; whatever else follows is made of such groups.
        """
        row, column = self.row, self.column
        if np.unique(column).size > np.unique(row).size:
            row, column = column, row
        for place in np.unique(row[hidden]).tolist():
            yield hidden & (row == place)
        places = np.unique(column[hidden]).tolist()
        for size in range(1, len(places)):
            for chosen in combinations(places, size):
                within = hidden & np.isin(column, chosen)
                yield hidden & np.isin(row, np.unique(row[within])) & ~within
