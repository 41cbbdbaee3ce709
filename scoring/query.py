"""Which timeline is meant: everything of it is in the URL, and everything in the URL is checked here."""

from collections.abc import Mapping
from dataclasses import dataclass

PERIODS: Mapping[str, int | None] = {"3m": 91, "6m": 182, "1y": 365, "2y": 730, "all": None}
MOST_ROWS = 4


@dataclass(frozen=True)
class TimelineQuery:
    """Everything that says which timeline is meant; it is the URL, and nothing else is remembered."""

    factory: str
    rows: tuple[str, ...] = ()
    period: str = "1y"
    lanes: str = "kind"
    scale: str = "fit"
    action: str | None = None

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
        )

    def to_url(self) -> dict[str, str]:
        """The URL parameters that ask for this query again; defaults are left out."""
        values = {"rows": ",".join(self.rows), "action": self.action or ""}
        values |= {
            k: v
            for k, v, d in (
                ("period", self.period, "1y"),
                ("lanes", self.lanes, "kind"),
                ("scale", self.scale, "fit"),
            )
            if v != d
        }
        return {k: v for k, v in values.items() if v}
