"""What the benchmark page is drawn from: frozen spreads of groups of factories, nothing of any one of them."""

from dataclasses import dataclass
from datetime import date

from scoring.benchmark_query import BenchmarkQuery, Cohort
from scoring.model import Choice, Stamp


@dataclass(frozen=True)
class Told:
    """How the factories of one cohort spread, in whole points; counts to the nearest 5.

    p10 and p90 are there from twenty factories on.
    """

    factories: int
    answers: int
    p25: int
    p50: int
    p75: int
    p10: int | None = None
    p90: int | None = None


@dataclass(frozen=True)
class Spread:
    """One theme of one cohort on the last day of a month. `told` is None where it is hidden, whatever the reason."""

    cohort: Cohort
    theme: str
    theme_name: str
    on: date
    told: Told | None


@dataclass(frozen=True)
class Group:
    """Some spreads beside that of the whole that they are parts of: shown ones from high to low, hidden ones last."""

    whole: Spread
    rows: tuple[Spread, ...]


@dataclass(frozen=True)
class BenchmarkView:
    """The benchmark page. `query` holds only what there is.

    `by_country` keeps to the chosen sector, `by_sector` to the chosen country; `both` has a row of sectors for each
    country. `by_theme` is the chosen cohort, `courses` that one and those beside it in every calendar month from the
    first frozen one to the last. `accessed` is the day on which it was read.
    """

    query: BenchmarkQuery
    stamp: Stamp
    codebook: str
    codebooks: tuple[str, ...]
    months: tuple[date, ...]
    """First days of the codebook's frozen months, oldest first."""
    month: date
    themes: tuple[Choice, ...]
    theme: Choice
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    by_country: Group
    by_sector: Group
    both: tuple[tuple[Spread, ...], ...]
    by_theme: Group
    courses: tuple[tuple[Spread, ...], ...]
    accessed: date

    @property
    def on(self) -> date:
        """The last day of the month that is shown."""
        return self.by_country.whole.on

    @property
    def chosen(self) -> Spread:
        """The chosen cohort and theme in the month that is shown."""
        return next(one for one in (self.by_theme.whole, *self.by_theme.rows) if one.theme == self.theme.key)

    def spreads(self) -> tuple[Spread, ...]:
        """Everything that the page shows, each spread once: cohorts by name, then themes, then months."""
        found = {
            (one.cohort, one.theme, one.on): one
            for part in (
                (self.by_country.whole, *self.by_country.rows), (self.by_sector.whole, *self.by_sector.rows),
                *self.both, (self.by_theme.whole, *self.by_theme.rows), *self.courses,
            )
            for one in part
        }  # fmt: skip
        places = {choice.key: place for place, choice in enumerate(self.themes)}
        return tuple(
            sorted(
                found.values(),
                key=lambda one: (
                    ("all", "country", "sector", "country_sector").index(one.cohort.kind),
                    one.cohort.country or "", one.cohort.sector or "", places[one.theme], one.on,
                ),
            )
        )  # fmt: skip
