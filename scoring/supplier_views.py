"""What the buyer's pages are drawn from: the suppliers that share, what changed, and some of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from access.levels import Level
from scoring.model import Action, Change, Factory, Reason, Score, Series, Stamp
from scoring.query import key_in
from scoring.views import Flag

MOST_PINNED = 5
GROUPINGS = ("country", "sector", "none")
SORTS = ("score", "name", "change", "evidence")
EVIDENCE = ("b", "c")
"""Up to which grade suppliers are shown: A and B, or A to C."""


def pins_in(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The factories that a URL names, at most five and each once; they are only a wish until the door has answered."""
    raw = values.get(name)
    if not isinstance(raw, str):
        return ()
    return tuple(dict.fromkeys(one[:80] for one in raw[:600].split(",") if one))[:MOST_PINNED]


@dataclass(frozen=True)
class SuppliersQuery:
    """Which suppliers are listed and in which order; it is the URL, and nothing else is remembered.

    `below` is the column of a theme that lies clearly below peers. `sort` is one of SORTS or a theme's column; a
    minus before it turns the order round.
    """

    find: str = ""
    country: str | None = None
    sector: str | None = None
    below: str | None = None
    evidence: str | None = None
    moved: bool = False
    sort: str = "score"
    group: str = "country"
    pins: tuple[str, ...] = ()

    @classmethod
    def from_url(cls, values: Mapping[str, object]) -> "SuppliersQuery":
        """The query that a URL asks for. Whatever is not valid falls back to its default; nothing raises."""
        group, evidence = values.get("group"), values.get("evidence")
        return cls(
            find=key_in(values, "find") or "",
            country=key_in(values, "country"),
            sector=key_in(values, "sector"),
            below=key_in(values, "below"),
            evidence=evidence if isinstance(evidence, str) and evidence in EVIDENCE else None,
            moved=values.get("moved") == "clearly",
            sort=key_in(values, "sort") or "score",
            group=group if isinstance(group, str) and group in GROUPINGS else "country",
            pins=pins_in(values, "pin"),
        )

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        values = {
            "find": self.find,
            "country": self.country or "",
            "sector": self.sector or "",
            "below": self.below or "",
            "evidence": self.evidence or "",
            "moved": "clearly" if self.moved else "",
            "sort": "" if self.sort == "score" else self.sort,
            "group": "" if self.group == "country" else self.group,
            "pin": ",".join(self.pins),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def narrows(self) -> bool:
        """True when it leaves suppliers out."""
        return bool(self.find or self.country or self.sector or self.below or self.evidence or self.moved)


@dataclass(frozen=True)
class Column:
    """One theme as a column: `key` is what an address calls it, `theme` and `codebook` what the release does."""

    key: str
    codebook: str
    theme: str
    name: str


@dataclass(frozen=True)
class ThemeCell:
    """One theme of one supplier. `against` is 1 clearly above its peers, −1 clearly below them, 0 for neither."""

    score: Score
    change: Change | None
    against: int


@dataclass(frozen=True)
class Supplier:
    """One factory that shares with the buyer. `themes` follows the view's columns; None where it shares its score only.

    `warnings` lower its grade now; `new_warnings` are those of them that did not a quarter before.
    """

    factory: Factory
    level: Level
    codebook: str | None
    score: Score
    before: Score
    change: Change | None
    themes: tuple[ThemeCell, ...] | None
    warnings: tuple[Flag, ...] = ()
    new_warnings: tuple[Flag, ...] = ()
    newest: date | None = None
    """The last day of the answers behind its score."""


@dataclass(frozen=True)
class Share:
    """A consent that began or ended lately. One that is over names no factory any more."""

    day: date
    factory_id: str | None


@dataclass(frozen=True)
class News:
    """One line of what changed since last quarter; `factory` is None where no single one is meant.

    `kind`: "drop", "rise", "theme", "flag", "hidden", "shown" or "share".
    """

    kind: str
    title: str
    text: str
    factory: Factory | None = None


@dataclass(frozen=True)
class SuppliersView:
    """Every supplier that shares with one buyer, by name, and how each stood a quarter before (`since`)."""

    stamp: Stamp
    on: date
    since: date
    columns: tuple[Column, ...]
    suppliers: tuple[Supplier, ...]
    shares: tuple[Share, ...] = ()
    moves: tuple[News, ...] = ()
    """What changed at single suppliers."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The factories that it tells of."""
        return tuple(one.factory.factory_id for one in self.suppliers)


@dataclass(frozen=True)
class Group:
    """Some suppliers under one heading, in order; `pinned` for those that the reader keeps on top."""

    name: str
    suppliers: tuple[Supplier, ...]
    pinned: bool = False


@dataclass(frozen=True)
class CompareQuery:
    """Which suppliers stand side by side; it is the URL."""

    factories: tuple[str, ...] = ()

    @classmethod
    def from_url(cls, values: Mapping[str, object]) -> "CompareQuery":
        """The query that a URL asks for; nothing raises."""
        return cls(pins_in(values, "with"))

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again."""
        return {"with": ",".join(self.factories)} if self.factories else {}


@dataclass(frozen=True)
class Finding:
    """A difference whose likely range leaves out zero: this factory is clearly higher than that one."""

    higher: Factory
    lower: Factory
    change: Change


@dataclass(frozen=True)
class ComparedRow:
    """The whole or one theme of all suppliers compared: a score for each, None where it is not shared."""

    key: str
    name: str
    scores: tuple[Score | None, ...]
    findings: tuple[Finding, ...]
    pairs: int
    """How many pairs of them could be held against each other."""


@dataclass(frozen=True)
class Lined:
    """One supplier over the year: its overall line, and what the buyer itself did there where that is shown."""

    supplier: Supplier
    course: Series
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class ComparisonView:
    """Some suppliers side by side: first the whole, then each theme; and their year on one axis."""

    query: CompareQuery
    stamp: Stamp
    first: date
    last: date
    lines: tuple[Lined, ...]
    rows: tuple[ComparedRow, ...]
    others: tuple[Factory, ...] = field(default=())
    """Suppliers that may be added, by name."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The factories that it tells of."""
        return tuple(one.supplier.factory.factory_id for one in self.lines)


def not_asked(column: Column, reason: Reason = Reason.NOT_ASKED) -> Score:
    """The score of a theme that a factory's codebook lacks, or that it has no answers to."""
    return Score(column.key, column.name, None, reason, 0, 0)
