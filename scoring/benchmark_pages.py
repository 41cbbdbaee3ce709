"""Builds the benchmark page from frozen cohorts, and from nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.release.reader import OpenRelease
from scoring.benchmark_query import MOST_COMPARED, BenchmarkQuery, Cohort
from scoring.benchmark_views import BenchmarkView, Group, Spread, Told
from scoring.benchmarks import FrozenMonth, frozen_months
from scoring.model import OVERALL, Choice, Stamp
from scoring.words import country_name

WHOLE = "Overall score"


@dataclass(frozen=True)
class Frozen:
    """What was read: every spread that is told, by cohort, theme and first day of the month; names of what there is."""

    told: dict[tuple[Cohort, str, date], Told]
    themes: tuple[Choice, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]

    def spread(self, cohort: Cohort, theme: Choice, month: date) -> Spread:
        """One spread. What was never frozen reads like what is hidden."""
        return Spread(cohort, theme.key, theme.name, month_end(month), self.told.get((cohort, theme.key, month)))


def benchmarks(release: OpenRelease, query: BenchmarkQuery, stamp: Stamp, today: date) -> BenchmarkView | None:
    """The page that a query asks for; None before the first month is frozen. Whatever there is not falls back."""
    frozen = frozen_months(release)
    if not frozen:
        return None
    at = shown_month(frozen, query)
    read = read_frozen(release, at, query)
    query = known(query, read, at)
    theme = next((one for one in read.themes if one.key == query.theme), read.themes[0])
    months = tuple(one.month for one in frozen if one.codebook == at.codebook)
    both = [[Cohort(country, sector) for sector in read.sectors] for country in read.countries]

    def group(whole: Cohort, parts: Iterable[Cohort]) -> Group:
        return Group(read.spread(whole, theme, at.month), ordered(read.spread(part, theme, at.month) for part in parts))

    return BenchmarkView(
        query=query, stamp=stamp, codebook=at.codebook,
        codebooks=tuple(sorted({one.codebook for one in frozen})), months=months, month=at.month,
        themes=read.themes, theme=theme, countries=read.countries, sectors=read.sectors,
        by_country=group(Cohort(None, query.sector), (Cohort(name, query.sector) for name in read.countries)),
        by_sector=group(Cohort(query.country, None), (Cohort(query.country, name) for name in read.sectors)),
        both=tuple(tuple(read.spread(one, theme, at.month) for one in row) for row in both),
        by_theme=Group(
            read.spread(query.chosen, read.themes[0], at.month),
            ordered(read.spread(query.chosen, one, at.month) for one in read.themes[1:]),
        ),
        courses=tuple(
            tuple(read.spread(cohort, theme, month) for month in calendar(months))
            for cohort in (query.chosen, *query.compare)
        ),
        accessed=today,
    )  # fmt: skip


def shown_month(frozen: Sequence[FrozenMonth], query: BenchmarkQuery) -> FrozenMonth:
    """The month and codebook that are shown: as asked for, else the newest month and its largest codebook."""
    books = [one for one in frozen if one.codebook == query.codebook] or frozen
    there = [one for one in books if one.month == query.month] or [one for one in books if one.month == books[-1].month]
    return there[0]


def read_frozen(release: OpenRelease, at: FrozenMonth, query: BenchmarkQuery) -> Frozen:
    """The month, and the chosen theme of the chosen cohorts in all months, in one read."""
    cohorts = [Cohort(), query.chosen, Cohort(query.country), Cohort(None, query.sector), *query.compare]
    rows = release.cells.engine.rows(
        "benchmark_page",
        codebook=at.codebook,
        month=at.month,
        themes=[OVERALL, *([query.theme] if query.theme else [])],
        cohorts=[f"{one.country or ''}~{one.sector or ''}" for one in cohorts],
    )
    here = [row for row in rows if row[3] == at.month]
    themes = {(row[12] or 0, row[2], row[11] or row[2]) for row in here if row[2] != OVERALL}
    return Frozen(
        told={(Cohort(row[0], row[1]), row[2], row[3]): told_in(row) for row in rows if row[8] is not None},
        themes=(Choice(OVERALL, WHOLE, None), *(Choice(key, name, None) for _, key, name in sorted(themes))),
        countries=tuple(sorted({row[0] for row in here if row[0] is not None}, key=country_name)),
        sectors=tuple(sorted({row[1] for row in here if row[1] is not None})),
    )


def told_in(row: Sequence[Any]) -> Told:
    """What a row tells: counts to the nearest 5 and whole points, as they were frozen."""
    factories, answers, p10, p25, p50, p75, p90 = row[4:11]
    ends = (None if end is None else int(end) for end in (p10, p90))
    return Told(int(factories), int(answers), int(p25), int(p50), int(p75), *ends)


def known(query: BenchmarkQuery, read: Frozen, at: FrozenMonth) -> BenchmarkQuery:
    """The query without what there is not; compared cohorts without the chosen one."""
    keys = {one.key for one in read.themes} - {OVERALL}
    kept = replace(
        query,
        theme=query.theme if query.theme in keys else None,
        country=query.country if query.country in read.countries else None,
        sector=query.sector if query.sector in read.sectors else None,
        month=at.month if query.month == at.month else None,
        codebook=at.codebook if query.codebook == at.codebook else None,
    )
    beside = [
        one
        for one in query.compare
        if one != kept.chosen
        and (one.country is None or one.country in read.countries)
        and (one.sector is None or one.sector in read.sectors)
    ]
    return replace(kept, compare=tuple(beside[: MOST_COMPARED - 1]))


def ordered(spreads: Iterable[Spread]) -> tuple[Spread, ...]:
    """Shown spreads from high to low, then the hidden ones by name, so that place tells nothing of them."""

    def place(one: Spread) -> tuple[int, int, int, str]:
        points = (-one.told.p50, -one.told.p75) if one.told else (0, 0)
        name = f"{country_name(one.cohort.country or '')} {one.cohort.sector or ''} {one.theme_name}"
        return int(one.told is None), *points, name

    return tuple(sorted(spreads, key=place))


def calendar(months: Sequence[date]) -> list[date]:
    """Every calendar month from the first to the last, those between that were not frozen among them."""
    found = [months[0]]
    while found[-1] < months[-1]:
        found.append(month_end(found[-1]) + timedelta(days=1))
    return found


def month_end(month: date) -> date:
    """The last day of the month that begins on that day."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
