"""Which consents a buyer was given, and which of them ended, within some days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from data.state.models import GrantRow
from data.state.store import Look


@dataclass(frozen=True)
class ShareDays:
    """One consent: the first day on which it held, and the last; None while it stands."""

    factory_id: str
    since: date
    last: date | None


def shares_since(look: Look, organisation: int, first: date, today: date) -> list[ShareDays]:
    """The consents of an organisation (by its number) that began or ended from `first` to `today`, oldest first."""
    query = select(GrantRow.factory_id, GrantRow.since, GrantRow.until, GrantRow.revoked_at).where(
        GrantRow.organisation_id == organisation,
        GrantRow.since <= today,
        or_(GrantRow.since >= first, GrantRow.until >= first, GrantRow.revoked_at.is_not(None)),
    )
    found = []
    for row in look.connection.execute(query.order_by(GrantRow.since, GrantRow.id)):
        ends = [day for day in (row.until, row.revoked_at.date() if row.revoked_at else None) if day is not None]
        last = min(ends, default=None)
        if row.since >= first or (last is not None and last >= first):
            found.append(ShareDays(row.factory_id, row.since, last))
    return found
