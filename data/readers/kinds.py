"""The files of a canonical folder and their columns (FORMATS §1)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of file: what it is called, the columns it must have, and those it may have."""

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    segments: bool = False
    """True where columns called seg_… are further segments."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column this kind knows."""
        return self.needed + self.optional


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "factories",
            ("factory_id", "name", "country", "sector"),
            ("headcount", "latitude", "longitude", "joined_date", "os_id", "owner_id", "timezone", "address"),
        ),
        Kind("headcount", ("factory_id", "headcount"), ("gender", "department", "tenure_band"), segments=True),
        Kind(
            "indicators",
            ("indicator_id", "theme", "text", "scale", "polarity"),
            (
                "is_vignette",
                "zero_tolerance",
                "codebook",
                "theme_name",
                "short_name",
                "role",
                "event_sensitive",
            ),
        ),
        Kind("buyers", ("buyer_id", "name"), ("home_country",)),
        Kind("relations", ("buyer_id", "factory_id"), ("share_of_capacity", "since", "until")),
        Kind(
            "orders",
            ("order_id", "buyer_id", "factory_id", "placed_date"),
            (
                "due_date",
                "quantity",
                "value_usd",
                "status",
                "unit_price",
                "original_due_date",
                "shipped_date",
                "invoice_due_date",
                "paid_date",
                "cancelled_date",
            ),
        ),
        Kind(
            "buyer_actions",
            ("action_id", "buyer_id", "factory_id", "kind", "date"),
            ("order_id", "magnitude", "unit", "announced_date", "end_date", "note", "actor_type", "actor_id"),
        ),
        Kind("measures", ("factory_id", "date", "measure", "value"), ("unit", "part", "summed")),
        Kind(
            "answers",
            ("factory_id", "date", "indicator_id", "value"),
            ("channel", "gender", "department", "tenure_band", "submission_id", "respondent_key"),
            segments=True,
        ),
    )
}
"""Every kind, in the order in which they are loaded: what others refer to comes first."""
