"""What buyers ordered and did at which factories, as their sources told it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import and_, func, select, union

from data.state.models import ActionRow, OrderRow, OrderVersionRow, OrganisationRow, RelationRow
from data.state.records import Outcome, columns_of, record, record_living
from data.state.store import Change, Look

PARTIES: dict[str, tuple[Literal["rejected"], str]] = {
    "buyer_id": ("rejected", "order_id is already here for another buyer_id, which never changes"),
    "factory_id": ("rejected", "order_id is already here for another factory_id, which never changes"),
}
"""What is told of an order that seems to have moved to somebody else: it is another order."""


def record_relations(change: Change, rows: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """One outcome for each relation; buyer, factory and the day it began say which one is meant."""
    return record(change, RelationRow, rows, ("factory_id", "buyer_id", "since"))


def record_orders(
    change: Change, rows: Iterable[Mapping[str, Any]], source: str = "", now: datetime | None = None
) -> list[Outcome]:
    """One outcome for each order; an `order_id` is unique within its source.

    An order lives: told again with other values it is accepted, the newest values stand, and the version before
    is kept with the moment it was replaced. Its buyer and its factory never change.
    """
    told = [{**row, "source": source} for row in rows]
    moment = now or datetime.now(UTC)
    return record_living(change, OrderRow, OrderVersionRow, told, ("order_id", "source"), PARTIES, moment)


def record_actions(change: Change, rows: Iterable[Mapping[str, Any]], source: str = "") -> list[Outcome]:
    """One outcome for each action; an `action_id` is unique within its source.

    Without an actor it was done by the buyer.
    """
    told = [{**row, "source": source, **actor(row)} for row in rows]
    return record(change, ActionRow, told, ("action_id", "source"))


def actor(row: Mapping[str, Any]) -> dict[str, Any]:
    """Who did it: `actor_type` and `actor_id`, by default the buyer of the row."""
    kind = row.get("actor_type") or "buyer"
    return {
        "actor_type": kind,
        "actor_id": row.get("actor_id") or (row.get("buyer_id") if kind == "buyer" else None),
    }


def actions_frame(look: Look) -> list[dict[str, Any]]:
    """Every action with its `buyer_name` (the identifier where no name is known), by factory and date.

    The columns are those of the format plus `source` and `buyer_name`; `action_id` and `source` together
    are unique.
    """
    order = (ActionRow.factory_id, ActionRow.date, ActionRow.action_id, ActionRow.source)
    return with_buyers(look, ActionRow, order)


def orders_frame(look: Look) -> list[dict[str, Any]]:
    """Every order as it stands, with its `source` and `buyer_name`, by order and source."""
    return with_buyers(look, OrderRow, (OrderRow.order_id, OrderRow.source))


def with_buyers(look: Look, model: type[ActionRow | OrderRow], order: tuple[Any, ...]) -> list[dict[str, Any]]:
    """The rows of a table, each with the name of its buyer, in this order."""
    query = (
        select(
            *(model.__table__.c[name] for name in columns_of(model)),
            func.coalesce(OrganisationRow.name, model.buyer_id).label("buyer_name"),
        )
        .outerjoin(
            OrganisationRow,
            and_(OrganisationRow.kind == "buyer", OrganisationRow.external_id == model.buyer_id),
        )
        .order_by(*order)
    )
    return [dict(row) for row in look.connection.execute(query).mappings()]


def order_versions_frame(look: Look) -> list[dict[str, Any]]:
    """Every version that an order had before, with `replaced_at`; those of one order in the order they stood."""
    table = OrderVersionRow.__table__
    query = select(*(table.c[name] for name in columns_of(OrderVersionRow)))
    rows = look.connection.execute(query.order_by(OrderVersionRow.id)).mappings()
    return [dict(row) for row in rows]


@dataclass(frozen=True)
class Partner:
    """A buyer that does or did business at a factory, by its number, identifier, name and country."""

    id: int
    buyer_id: str
    name: str | None
    home_country: str | None


def buyers_at(look: Look, factory_id: str) -> list[Partner]:
    """Every buyer that the data names at a factory: by a relation, an order or an action."""
    named = union(
        *(select(row.buyer_id).where(row.factory_id == factory_id) for row in (RelationRow, OrderRow, ActionRow))
    )
    columns = OrganisationRow.id, OrganisationRow.external_id, OrganisationRow.name, OrganisationRow.home_country
    query = select(*columns).where(OrganisationRow.kind == "buyer", OrganisationRow.external_id.in_(named))
    # A buyer without a name stands where its identifier does: databases differ on where nothing is sorted.
    called = func.coalesce(OrganisationRow.name, OrganisationRow.external_id)
    return [Partner(*row) for row in look.connection.execute(query.order_by(called, OrganisationRow.id))]


def factories_of(look: Look, buyer_id: str) -> frozenset[str]:
    """Every factory at which the data names a buyer: by a relation, an order or an action."""
    named = union(
        *(select(row.factory_id).where(row.buyer_id == buyer_id) for row in (RelationRow, OrderRow, ActionRow))
    )
    return frozenset(look.connection.execute(named).scalars())
