"""Sessions: which browsers are signed in. Only hashes of their cookies are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, insert, select, update

from access.levels import SLUGS, Level
from data.state.models import OrganisationRow, SessionRow, UserRow
from data.state.store import Change, Look


@dataclass(frozen=True)
class Preview:
    """An owner's look at a factory as a buyer would see it at a level."""

    factory_id: str
    buyer: str
    buyer_name: str | None
    level: Level


@dataclass(frozen=True)
class Presence:
    """When a person was last seen, as far back as sessions are kept, and how many sessions are open."""

    seen_at: datetime
    open_sessions: int


def add_session(change: Change, token_hash: str, user_id: int, now: datetime, expires_at: datetime) -> None:
    """Nothing; the browser that holds this token is signed in until `expires_at`."""
    row = {"token_hash": token_hash, "user_id": user_id, "created_at": now, "seen_at": now}
    change.connection.execute(insert(SessionRow), {**row, "expires_at": expires_at})


def open_session(look: Look, token_hash: str, now: datetime, idle: timedelta) -> tuple[int, datetime] | None:
    """The user's number and when the session was last seen; None unless it is still open.

    Open means: not revoked, not past its end, seen within `idle`, and the account is active.
    """
    query = (
        select(SessionRow.user_id, SessionRow.seen_at)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(
            SessionRow.token_hash == token_hash,
            SessionRow.revoked_at.is_(None),
            SessionRow.expires_at > now,
            SessionRow.seen_at > now - idle,
            UserRow.active,
        )
    )
    row = look.connection.execute(query).one_or_none()
    return None if row is None else (row.user_id, row.seen_at)


def preview_of(look: Look, token_hash: str) -> Preview | None:
    """As which buyer this browser looks at which factory, or None."""
    query = (
        select(SessionRow.preview_factory, OrganisationRow.external_id, OrganisationRow.name, SessionRow.preview_level)
        .join(OrganisationRow, OrganisationRow.id == SessionRow.preview_organisation_id)
        .where(SessionRow.token_hash == token_hash, SessionRow.preview_factory.is_not(None))
    )
    row = look.connection.execute(query).one_or_none()
    return Preview(row[0] or "", row[1], row[2], SLUGS.get(row[3] or "", Level.SCORE)) if row else None


def begin_preview(change: Change, token_hash: str, factory_id: str, organisation: int, level: Level) -> None:
    """Nothing; this browser looks at the factory as that buyer (by its number) would at that level."""
    values = {
        "preview_factory": factory_id, "preview_organisation_id": organisation, "preview_level": level.slug,
    }  # fmt: skip
    change.connection.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(**values))


def end_preview(change: Change, token_hash: str) -> None:
    """Nothing; this browser looks as itself again."""
    values = {"preview_factory": None, "preview_organisation_id": None, "preview_level": None}
    change.connection.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(**values))


def touch_session(change: Change, token_hash: str, now: datetime) -> None:
    """Nothing; the session was seen now."""
    change.connection.execute(update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=now))


def revoke_session(change: Change, token_hash: str, now: datetime) -> None:
    """Nothing; the session is over."""
    change.connection.execute(
        update(SessionRow)
        .where(SessionRow.token_hash == token_hash, SessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def revoke_sessions_of(change: Change, user_id: int, now: datetime) -> int:
    """How many open sessions of this person ended now."""
    open_ones = (
        SessionRow.user_id == user_id,
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > now,
    )
    done = change.connection.execute(update(SessionRow).where(*open_ones).values(revoked_at=now))
    return done.rowcount


def forget_sessions(change: Change, ended_before: datetime) -> None:
    """Nothing; sessions that ran out before that moment are no longer kept."""
    change.connection.execute(delete(SessionRow).where(SessionRow.expires_at < ended_before))


def presences(look: Look, now: datetime, idle: timedelta) -> dict[int, Presence]:
    """By person: when they were last seen, and how many of their sessions are open."""
    is_open = SessionRow.revoked_at.is_(None) & (SessionRow.expires_at > now) & (SessionRow.seen_at > now - idle)
    query = select(
        SessionRow.user_id,
        func.max(SessionRow.seen_at),
        func.sum(case((is_open, 1), else_=0)),
    ).group_by(SessionRow.user_id)
    rows = look.connection.execute(query)
    return {user_id: Presence(seen_at, int(count)) for user_id, seen_at, count in rows}
