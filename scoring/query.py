"""Which picture is meant: everything of it is in the URL, and everything in the URL is checked here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PERIODS: Mapping[str, int | None] = {"1m": 30, "3m": 91, "6m": 182, "1y": 365, "2y": 730, "all": None}
MOST_ROWS = 4
MOST_MEASURES = 3
MEASURE_KEY = re.compile("[0-9a-f]{8}")


@dataclass(frozen=True)
class TimelineQuery:
    """Everything that says which timeline is meant; it is the URL, and nothing else is remembered."""

    factory: str
    rows: tuple[str, ...] = ()
    period: str = "1y"
    lanes: str = "kind"
    scale: str = "fit"
    action: str | None = None
    view: str = "time"
    """"time": the timeline; "weeks": the event study, in weeks from the action."""
    kind: str | None = None
    """The kind of action that the event study is of; None: the selected action's, else the most frequent."""
    measures: tuple[str, ...] = ()
    """The keys of the production measures that are drawn below the rows; none unless they are chosen."""

    @classmethod
    def from_url(cls, factory: str, values: Mapping[str, object]) -> "TimelineQuery":
        """The query that a URL asks for. Whatever is not valid falls back to its default; nothing raises."""

        def chosen(name: str, allowed: Mapping[str, object] | tuple[str, ...], default: str) -> str:
            value = values.get(name)
            return value if isinstance(value, str) and value in allowed else default

        raw = values.get("rows")
        rows = tuple(dict.fromkeys(r[:80] for r in raw[:400].split(",") if r)) if isinstance(raw, str) else ()
        action = values.get("action")
        return cls(
            factory=factory,
            rows=rows[:MOST_ROWS],
            period=chosen("period", PERIODS, "1y"),
            lanes=chosen("lanes", ("kind", "buyer"), "kind"),
            scale=chosen("scale", ("fit", "full"), "fit"),
            action=action[:200] if isinstance(action, str) and action else None,
            view=chosen("view", ("time", "weeks"), "time"),
            kind=key_in(values, "kind"),
            measures=measure_keys(values.get("measures")),
        )

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        values = {
            "rows": ",".join(self.rows), "action": self.action or "", "kind": self.kind or "",
            "measures": ",".join(self.measures),
        }  # fmt: skip
        values |= {
            k: v
            for k, v, d in (
                ("period", self.period, "1y"),
                ("lanes", self.lanes, "kind"),
                ("scale", self.scale, "fit"),
                ("view", self.view, "time"),
            )
            if v != d
        }
        return {k: v for k, v in values.items() if v}


def measure_keys(value: object) -> tuple[str, ...]:
    """The keys of measures that a URL names, each once, as many as fit; whatever is no key is left out."""
    named = value[:400].split(",") if isinstance(value, str) else []
    return tuple(dict.fromkeys(key for key in named if MEASURE_KEY.fullmatch(key)))[:MOST_MEASURES]


INDICATOR_PERIODS: Mapping[str, int] = {"3m": 91, "1y": 365, "2y": 730}
LONGEST_KEY = 80


@dataclass(frozen=True)
class IndicatorsQuery:
    """Everything that says which page of indicators is meant; what a factory's codebook lacks falls back later.

    `reading` is the standard it is read as (`as` in the URL), `explain` the score whose chain is open.
    """

    factory: str
    theme: str | None = None
    period: str = "1y"
    reading: str | None = None
    explain: str | None = None

    @classmethod
    def from_url(cls, factory: str, values: Mapping[str, object]) -> "IndicatorsQuery":
        """The query that a URL asks for. Whatever is not valid falls back to its default; nothing raises."""
        period = values.get("period")
        return cls(
            factory=factory,
            theme=key_in(values, "theme"),
            period=period if isinstance(period, str) and period in INDICATOR_PERIODS else "1y",
            reading=key_in(values, "as"),
            explain=key_in(values, "explain"),
        )

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        period = "" if self.period == "1y" else self.period
        values = {"theme": self.theme, "period": period, "as": self.reading, "explain": self.explain}
        return {name: value for name, value in values.items() if value}


def key_in(values: Mapping[str, object], name: str) -> str | None:
    """A key that a URL names, cut to the longest there is; None where it names none."""
    value = values.get(name)
    return value[:LONGEST_KEY] if isinstance(value, str) and value else None


FOOTPRINT_PERIODS: Mapping[str, int | None] = {"6m": 182, "1y": 365, "all": None}


@dataclass(frozen=True)
class FootprintQuery:
    """Which footprint is meant: a buyer's own (`factory` None) or of all actions at one factory.

    `row` is the whole or a theme, `kind` the kind of action whose event study is shown.
    """

    factory: str | None = None
    period: str = "1y"
    row: str | None = None
    kind: str | None = None

    @classmethod
    def from_url(cls, factory: str | None, values: Mapping[str, object]) -> "FootprintQuery":
        """The query that a URL asks for. Whatever is not valid falls back to its default; nothing raises."""
        period = values.get("period")
        return cls(
            factory=factory,
            period=period if isinstance(period, str) and period in FOOTPRINT_PERIODS else "1y",
            row=key_in(values, "row"),
            kind=key_in(values, "kind"),
        )

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        period = "" if self.period == "1y" else self.period
        values = {"period": period, "row": self.row, "kind": self.kind}
        return {name: value for name, value in values.items() if value}
