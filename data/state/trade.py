"""What buyers ordered and did at which factories, as their sources told it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, func, select

from data.state.models import ActionRow, OrderRow, OrganisationRow, RelationRow
from data.state.records import Outcome, columns_of, record
from data.state.store import Change, Look


def record_relations(change: Change, rows: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """One outcome for each relation; buyer, factory and the day it began say which one is meant."""
    return record(change, RelationRow, rows, ("factory_id", "buyer_id", "since"))


def record_orders(change: Change, rows: Iterable[Mapping[str, Any]], source: str = "") -> list[Outcome]:
    """One outcome for each order; an `order_id` is unique within its source."""
    told = [{**row, "source": source} for row in rows]
    return record(change, OrderRow, told, ("order_id", "source"))


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
    table = ActionRow.__table__
    query = (
        select(
            *(table.c[name] for name in columns_of(ActionRow)),
            func.coalesce(OrganisationRow.name, ActionRow.buyer_id).label("buyer_name"),
        )
        .outerjoin(
            OrganisationRow,
            and_(OrganisationRow.kind == "buyer", OrganisationRow.external_id == ActionRow.buyer_id),
        )
        .order_by(ActionRow.factory_id, ActionRow.date, ActionRow.action_id, ActionRow.source)
    )
    return [dict(row) for row in look.connection.execute(query).mappings()]
