"""Which benchmark is meant: everything of it is in the URL, and everything in the URL is checked here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

MOST_COMPARED = 3
"""The chosen cohort and at most two beside it."""
LONGEST, LONGEST_LIST, MOST_NAMED = 200, 2000, 10
KEY = re.compile(r"[^~]*~[^~]*")
MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Cohort:
    """A group of factories: of a country (alpha-2), of a sector, of both, or all of them."""

    country: str | None = None
    sector: str | None = None

    @property
    def kind(self) -> str:
        """The name of this sort of cohort in FORMATS §3."""
        parts = [name for name in ("country", "sector") if getattr(self, name) is not None]
        return "_".join(parts) or "all"

    @property
    def key(self) -> str:
        """The cohort in an address: "BD~knitwear", "BD~", "~knitwear", "~" for all; a comma never stands in it."""
        return "~".join(quote(part or "", safe="").replace("~", "%7E") for part in (self.country, self.sector))

    @classmethod
    def from_key(cls, key: str) -> "Cohort":
        """The cohort that an address names."""
        country, _, sector = key.partition("~")
        return cls(readable(unquote(country)), readable(unquote(sector)))


@dataclass(frozen=True)
class BenchmarkQuery:
    """Everything that says which benchmarks are meant; what the frozen months lack falls back later.

    `month` is its first day, None the newest; `codebook` None is that of most factories. `compare` names the cohorts
    drawn beside the chosen one (`country`, `sector`) over time.
    """

    theme: str | None = None
    country: str | None = None
    sector: str | None = None
    month: date | None = None
    codebook: str | None = None
    compare: tuple[Cohort, ...] = ()

    @property
    def chosen(self) -> Cohort:
        """The cohort that is looked at closely."""
        return Cohort(self.country, self.sector)

    @classmethod
    def from_url(cls, values: Mapping[str, object]) -> "BenchmarkQuery":
        """The query that a URL asks for. Whatever is not valid falls back to its default; nothing raises."""
        theme, country, sector, codebook = (
            readable(values.get(name)) for name in ("theme", "country", "sector", "codebook")
        )
        return cls(theme, country, sector, month_in(values.get("month")), codebook, cohorts_in(values.get("compare")))

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        month = f"{self.month:%Y-%m}" if self.month else None
        compare = ",".join(cohort.key for cohort in self.compare)
        values = {"theme": self.theme, "country": self.country, "sector": self.sector, "month": month,
                  "codebook": self.codebook, "compare": compare}  # fmt: skip
        return {name: value for name, value in values.items() if value}


def readable(value: object, longest: int = LONGEST) -> str | None:
    """A text that may name something: not empty, not endless, no half of a character; else None."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        return None
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return value


def month_in(value: object) -> date | None:
    """The first day of a month written as "2026-10", or None."""
    found = MONTH.fullmatch(value) if isinstance(value, str) else None
    return date(int(found[1]), int(found[2]), 1) if found else None


def cohorts_in(value: object) -> tuple[Cohort, ...]:
    """The first cohorts that a list in an address names, each once; some of them may not exist."""
    keys = (readable(value, LONGEST_LIST) or "").split(",")
    return tuple(dict.fromkeys(Cohort.from_key(key) for key in keys if KEY.fullmatch(key)))[:MOST_NAMED]
