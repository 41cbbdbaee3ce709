"""The second factor: what a person's app and the portal share, and codes for when the app is lost.

The secret has to be kept as it is, since codes are computed from it; so it is in no repr, no log and no audit line.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from data.state.models import RecoveryCodeRow, SecondFactorRow
from data.state.store import Change, Look


@dataclass(frozen=True)
class SecondFactor:
    """A person's second factor. Unconfirmed, it is only being set up and opens nothing."""

    user_id: int
    secret: str = field(repr=False)
    last_step: int
    confirmed_at: datetime | None
    codes_left: int


def second_factor(look: Look, user_id: int) -> SecondFactor | None:
    """The second factor of a person, being set up or confirmed, or None."""
    left = (
        select(func.count())
        .where(RecoveryCodeRow.user_id == SecondFactorRow.user_id, RecoveryCodeRow.used_at.is_(None))
        .scalar_subquery()
    )
    query = select(
        SecondFactorRow.user_id,
        SecondFactorRow.secret,
        SecondFactorRow.last_step,
        SecondFactorRow.confirmed_at,
        left.label("codes_left"),
    )
    row = look.connection.execute(query.where(SecondFactorRow.user_id == user_id)).mappings().one_or_none()
    return None if row is None else SecondFactor(**row)


def confirmed_factors(look: Look) -> set[int]:
    """The people whose second factor is set up."""
    query = select(SecondFactorRow.user_id).where(SecondFactorRow.confirmed_at.is_not(None))
    return set(look.connection.execute(query).scalars())


def begin_second_factor(change: Change, user_id: int, secret: str, now: datetime) -> None:
    """Nothing; the person is setting up an app with this secret. A confirmed factor is left as it is."""
    if second_factor(change, user_id) is not None:
        return
    row = {"user_id": user_id, "secret": secret, "last_step": 0, "created_at": now}
    change.connection.execute(insert(SecondFactorRow), row)


def confirm_second_factor(change: Change, user_id: int, step: int, codes: Iterable[str], now: datetime) -> bool:
    """True when the factor was being set up and counts from now on, with these recovery codes."""
    done = change.connection.execute(
        update(SecondFactorRow)
        .where(SecondFactorRow.user_id == user_id, SecondFactorRow.confirmed_at.is_(None))
        .values(confirmed_at=now, last_step=step)
    )
    if done.rowcount == 0:
        return False
    rows = [{"user_id": user_id, "code_hash": code_hash(code)} for code in codes]
    change.connection.execute(insert(RecoveryCodeRow), rows)
    return True


def use_step(change: Change, user_id: int, step: int) -> bool:
    """True when no code of this time step, or of a later one, was taken before; now one was."""
    done = change.connection.execute(
        update(SecondFactorRow)
        .where(
            SecondFactorRow.user_id == user_id,
            SecondFactorRow.confirmed_at.is_not(None),
            SecondFactorRow.last_step < step,
        )
        .values(last_step=step)
    )
    return done.rowcount == 1


def use_recovery_code(change: Change, user_id: int, code: str, now: datetime) -> bool:
    """True when this is an unused recovery code of the person; now it is used."""
    done = change.connection.execute(
        update(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.user_id == user_id,
            RecoveryCodeRow.code_hash == code_hash(code),
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return done.rowcount == 1


def reset_second_factor(change: Change, user_id: int) -> bool:
    """True when there was one; the next sign-in sets up a new one."""
    change.connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    done = change.connection.execute(delete(SecondFactorRow).where(SecondFactorRow.user_id == user_id))
    return done.rowcount == 1


def code_hash(code: str) -> str:
    """The SHA-256 under which the store knows a recovery code, however it is grouped or written."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
