"""Who may sign in to the demo world, and which consents its factories have given."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from access.levels import Level
from access.roles import Role
from data.demo.names import owner_name


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo world. It stands for an organisation, never for a person."""

    email: str
    name: str
    role: Role
    org_id: str
    org_name: str


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one CSV file of a canonical folder."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo_factories(folder: Path) -> list[str]:
    """The factories of the world, the showcase first."""
    return [row["factory_id"] for row in rows(folder, "factories")]


def demo_owners(folder: Path) -> tuple[tuple[str, str], ...]:
    """Every owner's identifier and name; the canonical folder itself holds only the identifiers."""
    owners = sorted({row["owner_id"] for row in rows(folder, "factories")})
    return tuple((owner, owner_name(owner)) for owner in owners)


def demo_buyer(folder: Path) -> str:
    """The buyer that did most at the showcase factory (the first) in its last year, and still buys there."""
    showcase = rows(folder, "factories")[0]["factory_id"]
    here = [row for row in rows(folder, "relations") if row["factory_id"] == showcase and not row["until"]]
    actions = [row for row in rows(folder, "buyer_actions") if row["factory_id"] == showcase]
    newest = max((row["date"] for row in actions), default="9999-12-31")
    since = (date.fromisoformat(newest) - timedelta(days=365)).isoformat()
    did = Counter(row["buyer_id"] for row in actions if row["date"] > since)
    return max((row["buyer_id"] for row in here), key=lambda buyer: (did[buyer], buyer))


def demo_accounts(folder: Path) -> tuple[DemoAccount, ...]:
    """One account a role for the world in this folder: owner, buyer, NGO, operator."""
    owner, buyer = rows(folder, "factories")[0]["owner_id"], demo_buyer(folder)
    buyers = {row["buyer_id"]: row["name"] for row in rows(folder, "buyers")}
    organisations = (
        (Role.OWNER, owner, owner_name(owner)),
        (Role.BUYER, buyer, buyers[buyer]),
        (Role.NGO, "demo-ngo", "Common Thread Watch (demo)"),
        (Role.OPERATOR, "demo-operator", "Seamline demo operator"),
    )
    return tuple(
        DemoAccount(f"{role.value}@demo-{role.value}.example", name, role, identifier, name)
        for role, identifier, name in organisations
    )


@dataclass(frozen=True)
class DemoGrant:
    """One consent of the demo world: which factory shows the demo buyer how much."""

    factory_id: str
    level: Level


SHARED = (Level.ACTIONS, Level.ACTIONS, Level.FULL, Level.ACTIONS, Level.THEMES, Level.ACTIONS, Level.SCORE)
"""How much the factories of the demo world share, one after the other; the first of all factories shares everything."""


def demo_grants(folder: Path) -> tuple[DemoGrant, ...]:
    """The consents: of all factories at which the demo buyer still buys."""
    buyer = demo_buyer(folder)
    current = sorted(row["factory_id"] for row in rows(folder, "relations") if current_of(row, buyer))
    return tuple(DemoGrant(factory, SHARED[place % len(SHARED)]) for place, factory in enumerate(current))


def demo_asker(folder: Path) -> tuple[str, str] | None:
    """The first factory, and another buyer that buys there and asks for access; None where there is no other."""
    showcase, buyer = rows(folder, "factories")[0]["factory_id"], demo_buyer(folder)
    here = [row["buyer_id"] for row in rows(folder, "relations") if row["factory_id"] == showcase]
    return next(((showcase, name) for name in sorted(here) if name != buyer), None)


def current_of(row: dict[str, str], buyer: str) -> bool:
    """True when a relation is this buyer's and not over."""
    return row["buyer_id"] == buyer and not row["until"]
