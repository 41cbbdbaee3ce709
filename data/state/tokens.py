"""Tokens: words by which a program of an organisation sends data. Only hashes of them are kept."""

import hashlib
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select, update

from data.state.models import OrganisationRow
from data.state.store import Change, Look
from data.state.token_models import TokenRow

PREFIX = "slt_"
"""How every token begins, so that whoever looks for secrets in files finds them."""
RANDOM_BYTES = 32
RANDOM_SIGNS = 43
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CHECK_LETTERS = 6
USUAL_DAYS = 365
MOST_DAYS = 3 * 365
LONGEST_NAME = 60


@dataclass(frozen=True)
class Token:
    """One token without its word: whose it is, what it may send, and how long."""

    id: int
    organisation_id: int
    organisation_kind: str
    organisation: str
    organisation_name: str | None
    name: str
    kinds: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_on: date | None
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """True while it lets anything in."""
        return self.revoked_at is None and self.expires_at > now


FOUND = select(
    TokenRow.id, TokenRow.organisation_id, OrganisationRow.kind.label("organisation_kind"),
    OrganisationRow.external_id.label("organisation"), OrganisationRow.name.label("organisation_name"),
    TokenRow.name, TokenRow.kinds, TokenRow.created_at, TokenRow.expires_at, TokenRow.used_on, TokenRow.revoked_at,
).join(OrganisationRow, OrganisationRow.id == TokenRow.organisation_id)  # fmt: skip


def new_word() -> str:
    """The word of a new token: 256 random bits, and letters by which a slip in copying is known."""
    body = secrets.token_urlsafe(RANDOM_BYTES)
    return f"{PREFIX}{body}{check_letters(body)}"


def check_letters(body: str) -> str:
    """The letters at the end of a token: its CRC-32. They keep nobody out; they tell a slip from a closed token."""
    rest, letters = zlib.crc32(body.encode()), []
    for _ in range(CHECK_LETTERS):
        rest, letter = divmod(rest, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def is_whole(word: str) -> bool:
    """True when this is a whole token as one was once made, whether or not any is known by it."""
    body, check = word[len(PREFIX) : -CHECK_LETTERS], word[-CHECK_LETTERS:]
    shaped = word.isascii() and word.startswith(PREFIX) and len(body) == RANDOM_SIGNS
    return shaped and check_letters(body) == check


def hash_of_word(word: str) -> str:
    """The SHA-256 under which the store knows a token."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()


def add_token(
    change: Change, organisation_id: int, name: str, kinds: Iterable[str], now: datetime, days: int = USUAL_DAYS
) -> tuple[int, str]:
    """The number and the word of a new token. The word is kept nowhere."""
    word = new_word()
    row = {
        "token_hash": hash_of_word(word), "organisation_id": organisation_id, "name": name, "kinds": ",".join(kinds),
        "created_at": now, "expires_at": now + timedelta(days=days),
    }  # fmt: skip
    number = change.connection.execute(insert(TokenRow), row).inserted_primary_key
    return int(number[0]) if number else 0, word


def open_token(look: Look, word: str, now: datetime) -> Token | None:
    """The token of that word; None for one that is unknown, over or taken back. It is looked up by its hash alone."""
    row = look.connection.execute(FOUND.where(TokenRow.token_hash == hash_of_word(word))).mappings().one_or_none()
    found = told(dict(row)) if row is not None else None
    return found if found is not None and found.is_open(now) else None


def tokens(look: Look, organisation_id: int | None = None) -> list[Token]:
    """The tokens of an organisation (by its number), or all, newest first."""
    query = FOUND.order_by(TokenRow.created_at.desc(), TokenRow.id)
    if organisation_id is not None:
        query = query.where(TokenRow.organisation_id == organisation_id)
    return [told(dict(row)) for row in look.connection.execute(query).mappings()]


def told(row: dict[str, object]) -> Token:
    """A row as the plain value that leaves this package."""
    return Token(**{**row, "kinds": tuple(str(row["kinds"]).split(","))})  # type: ignore[arg-type]  # as the columns are


def revoke_token(change: Change, token_id: int, now: datetime, organisation_id: int | None = None) -> bool:
    """True when the token lets nothing in any more and did until now; with an organisation only one of its own."""
    query = update(TokenRow).where(TokenRow.id == token_id, TokenRow.revoked_at.is_(None))
    if organisation_id is not None:
        query = query.where(TokenRow.organisation_id == organisation_id)
    return change.connection.execute(query.values(revoked_at=now)).rowcount == 1


def note_use(change: Change, token_id: int, now: datetime) -> None:
    """Nothing; the token was used on this day. Only days are kept."""
    day = now.astimezone(UTC).date()
    change.connection.execute(update(TokenRow).where(TokenRow.id == token_id).values(used_on=day))
