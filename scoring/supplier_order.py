"""Which suppliers a reader asked for, in which groups and order. Never a rank: likely ranges overlap.

A supplier whose value is not shown comes last and by name whichever way the order runs, so that its place tells
nothing.
"""

from collections.abc import Callable, Sequence

from scoring.model import Score, Verdict
from scoring.supplier_views import Column, Group, Supplier, SuppliersQuery, SuppliersView
from scoring.words import country_name, whole

CLEAR = (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE)
NO_SECTOR = "Sector not known"
Value = Callable[[Supplier], float | None]


def arranged(view: SuppliersView, query: SuppliersQuery) -> tuple[Group, ...]:
    """The suppliers asked for: those pinned first, which no filter takes away, then the others in their groups."""
    pinned = pinned_in(view, query.pins)
    kept = {one.factory.factory_id for one in pinned}
    others = [one for one in view.suppliers if one.factory.factory_id not in kept and wanted(one, view.columns, query)]
    found = [Group("Pinned", pinned, pinned=True)] if pinned else []
    for name in group_names(others, query.group):
        members = [one for one in others if group_of(one, query.group) == name]
        found.append(Group(name, ordered(members, view.columns, query.sort)))
    return tuple(found)


def pinned_in(view: SuppliersView, pins: Sequence[str]) -> tuple[Supplier, ...]:
    """The pinned suppliers, in the order in which they were pinned; those out of reach are left out."""
    known = {one.factory.factory_id: one for one in view.suppliers}
    return tuple(known[name] for name in pins if name in known)


def toggled(view: SuppliersView, pins: Sequence[str], factory_id: str, most: int) -> tuple[str, ...]:
    """The pins after this supplier was pinned, or freed where it was; one too many, or unknown, changes nothing."""
    there = tuple(one.factory.factory_id for one in pinned_in(view, pins))
    if factory_id in there:
        return tuple(name for name in there if name != factory_id)
    known = any(one.factory.factory_id == factory_id for one in view.suppliers)
    return (*there, factory_id) if known and len(there) < most else there


def group_of(supplier: Supplier, group: str) -> str:
    """The heading that a supplier stands under."""
    if group == "country":
        return country_name(supplier.factory.country) if supplier.factory.country else "Country not known"
    if group == "sector":
        sector = supplier.factory.sector
        return sector[:1].upper() + sector[1:] if sector else NO_SECTOR
    return "All suppliers"


def group_names(suppliers: Sequence[Supplier], group: str) -> list[str]:
    """The headings in order, each once."""
    return sorted({group_of(one, group) for one in suppliers})


def wanted(supplier: Supplier, columns: Sequence[Column], query: SuppliersQuery) -> bool:
    """True when no filter leaves this supplier out. A filter that nobody knows lets everything through."""
    factory = supplier.factory
    if query.find.strip().casefold() not in factory.name.casefold():
        return False
    if query.country and factory.country != query.country:
        return False
    if query.sector and factory.sector != query.sector:
        return False
    if query.moved and (supplier.change is None or supplier.change.verdict not in CLEAR):
        return False
    if query.evidence and (supplier.score.grade or "Z") > query.evidence.upper():
        return False
    return is_below(supplier, columns, query.below)


def is_below(supplier: Supplier, columns: Sequence[Column], key: str | None) -> bool:
    """True when that theme lies clearly below peers, or none is asked for."""
    place = place_of(columns, key)
    if place is None:
        return True
    return supplier.themes is not None and supplier.themes[place].against < 0


def place_of(columns: Sequence[Column], key: str | None) -> int | None:
    """The place of a theme's column; None where no such theme is."""
    return next((i for i, column in enumerate(columns) if column.key == key), None)


def ordered(suppliers: Sequence[Supplier], columns: Sequence[Column], sort: str) -> tuple[Supplier, ...]:
    """The suppliers by what was asked for: best, newest risen, surest first; names from A. A minus turns it round."""
    back, key = sort.startswith("-"), sort.removeprefix("-")
    by_name = sorted(suppliers, key=lambda one: (one.factory.name.casefold(), one.factory.factory_id))
    if key == "name":
        return tuple(reversed(by_name)) if back else tuple(by_name)
    value = value_of(columns, key)
    shown = [one for one in by_name if value(one) is not None]
    hidden = [one for one in by_name if value(one) is None]
    sign = 1.0 if back else -1.0
    return (*sorted(shown, key=lambda one: sign * (value(one) or 0.0)), *hidden)


def value_of(columns: Sequence[Column], key: str) -> Value:
    """What suppliers are put in order by, as it is printed; an unknown key means the score."""
    place = place_of(columns, key)
    if place is not None:
        return lambda one: printed(one.themes[place].score) if one.themes is not None else None
    if key == "change":
        return lambda one: float(whole(one.change.points)) if one.change is not None else None
    if key == "evidence":
        return lambda one: -float(ord(one.score.grade)) if one.score.grade else None
    return lambda one: printed(one.score)


def printed(score: Score) -> float | None:
    """The whole points of a score, or None."""
    return None if score.estimate is None else float(whole(score.estimate.value))
