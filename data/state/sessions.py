"""Sessions: which browsers are signed in. Only hashes of their cookies are kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from data.state.models import SessionRow, UserRow
from data.state.store import Change, Look


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
