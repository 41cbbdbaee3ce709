"""Who may sign in to the demo world, and which consents its factories have given."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

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


def demo_grants(folder: Path) -> tuple[tuple[str, str], ...]:
    """Factory and buyer of every consent: all factories at which the demo buyer still buys."""
    buyer = demo_buyer(folder)
    current = [row for row in rows(folder, "relations") if row["buyer_id"] == buyer and not row["until"]]
    return tuple((row["factory_id"], buyer) for row in current)
