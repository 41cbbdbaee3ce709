"""Kinds of action: the slugs of `buyer_actions.csv` with their name, lane, sign and the token of their look."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS = {
    "rush": ("Rush order", "A04 A13"),
    "cancel": ("Order cancelled", "A01 A02 A18"),
    "postpone": ("Shipment postponed", "A03"),
    "late": ("Payment late", "A05 A06"),
    "price": ("Price cut", "A07 A08 A09 A21"),
    "change": ("Order changed", "A10 A11 A12 A14 A15 A16 A17 A19 A20 A22"),
    "steady": ("Steadier orders", "M02 M05"),
    "paid": ("Paid more or sooner", "M01 M03 M04 M06"),
}
"""Groups of kinds that share a colour, a shape and a lane: token, name, codes of the reference."""

OTHER = "other"

SHIPPED_LATE = "shipment_late"


@dataclass(frozen=True)
class Kind:
    """One kind of action. `sign` is −1 for what presses, 1 for what helps, 0 for a word nobody described."""

    slug: str
    name: str
    token: str
    sign: int
    unit: str


OURS = (Kind(SHIPPED_LATE, "Shipped late", "postpone", 0, "days late"),)
"""Kinds that the reference does not have. Late shipping may be anybody's doing, so it neither presses nor helps."""


@cache
def described() -> dict[str, Kind]:
    """Every kind of the reference and of ours, by slug."""
    token_of = {code: token for token, (_, codes) in TOKENS.items() for code in codes.split()}
    with (Path(__file__).parent / "buyer_actions.csv").open(encoding="utf-8", newline="") as file:
        reference = {
            row["kind"]: Kind(
                row["kind"],
                row["action_name"],
                token_of[row["action_id"]],
                int(row["sign"]),
                row["magnitude_unit"],
            )
            for row in csv.DictReader(file)
        }
    return reference | {kind.slug: kind for kind in OURS}


def kind_of(slug: str) -> Kind:
    """The kind with that slug; any other word becomes a kind of its own, undescribed."""
    known = described().get(slug)
    return known or Kind(slug, slug.replace("_", " ").strip().capitalize() or "Action", OTHER, 0, "")


def lane_name(token: str) -> str:
    """The name of the lane in which actions with this token are drawn."""
    return TOKENS[token][0] if token in TOKENS else "Other actions"
