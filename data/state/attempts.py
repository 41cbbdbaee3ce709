"""Tries to sign in, counted for each account and each source, so that guessing becomes slow.

A try is counted before the password is looked at: many tries at the same moment cannot slip through.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from data.state.models import AttemptRow
from data.state.store import Change, Look

ACCOUNT_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
SOURCE_TRIES = 30
SOURCE_WINDOW = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Tries:
    """How often it was tried for one key, since when, and until when no further try counts."""

    failures: int
    since: datetime
    blocked_until: datetime | None

    def blocked(self, now: datetime) -> bool:
        """True while no try is taken."""
        return self.blocked_until is not None and self.blocked_until > now


def take_attempt(change: Change, account: str, source: str, now: datetime) -> bool:
    """True when a try for this account from this source may go on; it is then counted as failed.

    Accounts: after 5 failures a minute's pause, doubled by each further one up to 15 minutes. Sources: 30
    failures within 10 minutes, then a pause until those are over. Both arguments are keyed hashes.
    """
    change.connection.execute(delete(AttemptRow).where(AttemptRow.seen_at < now - FORGOTTEN_AFTER))
    by_account = tries(change, account) or Tries(0, now, None)
    by_source = tries(change, source) or Tries(0, now, None)
    if by_source.since <= now - SOURCE_WINDOW:
        by_source = Tries(0, now, None)
    if by_account.blocked(now) or by_source.blocked(now):
        return False
    write(change, account, one_more_for_account(by_account, now), now)
    write(change, source, one_more_for_source(by_source), now)
    return True


def source_rests(look: Look, source: str, now: datetime) -> bool:
    """True while no try from this source is taken, whichever account it is for."""
    found = tries(look, source)
    return found is not None and found.blocked(now)


def forgive(change: Change, account: str, source: str, now: datetime, taken: int = 1) -> None:
    """Nothing; whoever tried got in, so the tries just `taken` for it no longer count.

    With a second factor that is two of them, and only once both steps are done: a right password alone must not
    give back the tries at the code.
    """
    change.connection.execute(delete(AttemptRow).where(AttemptRow.key == account))
    found = tries(change, source)
    if found is not None and found.failures > 0:
        write(change, source, Tries(max(found.failures - taken, 0), found.since, None), now)


def one_more_for_account(so_far: Tries, now: datetime) -> Tries:
    """The tries of an account after one more, with the pause that follows from their number."""
    failures = so_far.failures + 1
    if failures < ACCOUNT_TRIES:
        return Tries(failures, so_far.since, None)
    doublings = min(failures - ACCOUNT_TRIES, 10)
    return Tries(failures, so_far.since, now + min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE))


def one_more_for_source(so_far: Tries) -> Tries:
    """The tries of a source after one more, paused until its window ends when there were too many."""
    failures = so_far.failures + 1
    full = failures >= SOURCE_TRIES
    return Tries(failures, so_far.since, so_far.since + SOURCE_WINDOW if full else None)


def tries(look: Look, key: str) -> Tries | None:
    """What is known about one key."""
    query = select(AttemptRow.failures, AttemptRow.since, AttemptRow.blocked_until)
    row = look.connection.execute(query.where(AttemptRow.key == key)).one_or_none()
    return None if row is None else Tries(row.failures, row.since, row.blocked_until)


def write(change: Change, key: str, now_known: Tries, now: datetime) -> None:
    """Keeps what is known about one key."""
    values = {
        "failures": now_known.failures,
        "since": now_known.since,
        "blocked_until": now_known.blocked_until,
        "seen_at": now,
    }
    done = change.connection.execute(update(AttemptRow).where(AttemptRow.key == key).values(**values))
    if done.rowcount == 0:
        change.connection.execute(insert(AttemptRow), {"key": key, **values})
