"""What the pages about consent are drawn from: who sees a factory, who asks, who looked."""

from dataclasses import dataclass
from datetime import date, datetime

from access.levels import Level
from scoring.model import Estimate, Factory, Stamp


@dataclass(frozen=True)
class Party:
    """An organisation by identifier, name and home country ("" where unknown)."""

    buyer_id: str
    name: str
    country: str


@dataclass(frozen=True)
class Opened:
    """A buyer's footprint as it lets an owner see it: all its actions at all its suppliers; None where too few."""

    total: Estimate | None
    actions: int
    factories: int


@dataclass(frozen=True)
class Share:
    """One consent in force: with whom, how much, until when (None: until it is stopped), and what was looked at."""

    party: Party
    level: Level
    since: date
    until: date | None
    looks: int
    """On how many occasions in the last 30 days somebody of that organisation opened something of the factory."""
    last_look: datetime | None


@dataclass(frozen=True)
class Asked:
    """One request: who asks (`factory` for a buyer's own list), for how much, why, and what came of it."""

    request_id: int
    party: Party
    factory: Factory | None
    factory_id: str
    by_buyer: bool
    level: Level
    note: str
    at: datetime
    answer: str | None
    answered_at: datetime | None
    opened: Opened | None = None
    """What the buyer lets the owner see, where it agreed to be asked."""


@dataclass(frozen=True)
class LookLine:
    """One line of the trail: when, who, in which role, and what was done; `factory` where a list spans several."""

    at: datetime
    who: str
    role: str
    deed: str
    about: str
    own: bool
    factory: str


@dataclass(frozen=True)
class LookWeek:
    """How often one organisation opened something in the week that begins on this Monday."""

    who: str
    week: date
    looks: int


@dataclass(frozen=True)
class SharingView:
    """The owner's page of consent for one factory."""

    factory: Factory
    stamp: Stamp
    today: date
    waiting: tuple[Asked, ...]
    asked: tuple[Asked, ...]
    """What the owner asked of buyers, and what came of it."""
    shares: tuple[Share, ...]
    partners: tuple[Party, ...]
    """Buyers that the data names here, or that asked: with whom it may be shared."""
    looks: tuple[LookLine, ...]
    weeks: tuple[LookWeek, ...]
    people_looked: int
    """How many other organisations looked in the last 30 days."""


@dataclass(frozen=True)
class Supplier:
    """A factory at which a buyer buys: how much it shares (None: nothing), and whether a request is open."""

    factory: Factory
    level: Level | None
    until: date | None
    waiting: bool


@dataclass(frozen=True)
class RequestsView:
    """A buyer's page of consent: which suppliers share how much, what was asked, and what owners ask."""

    stamp: Stamp
    suppliers: tuple[Supplier, ...]
    asked: tuple[Asked, ...]
    from_owners: tuple[Asked, ...]


@dataclass(frozen=True)
class LooksView:
    """The lines of the trail that a viewer may read, newest first; `all_of` is the own organisation's name or ""."""

    lines: tuple[LookLine, ...]
    all_of: str
    more: bool
