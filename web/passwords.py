"""Passwords: which are taken, and whether one fits. At most two are hashed at a time."""

import re
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.exceptions import ServiceUnavailable

SHORTEST = 12
LONGEST = 128
LEAST_OWN = 8
"""So many characters are left of a password without the words that anybody would guess."""
SHORTEST_WORD = 4
QUEUE_SECONDS = 15

# Those of at least twelve characters that turn up most often in published lists, and ours.
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").splitlines())


class Passwords:
    """Hashes passwords with argon2id (19 MiB, two passes) and checks them in equal time for everybody."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._places = BoundedSemaphore(2)

    def hashed(self, password: str) -> str:
        """A new hash of the password, with its own salt."""
        self._take_place()
        try:
            return self._hasher.hash(password)
        finally:
            self._places.release()

    def fits(self, password_hash: str | None, password: str) -> bool:
        """True when the password fits. Without a hash the same work is done, and the answer is no."""
        decoy = self._decoy  # made for everybody, so that nobody can tell by the time it takes
        against = password_hash or decoy
        if len(password) > LONGEST:
            password = ""
        self._take_place()
        try:
            self._hasher.verify(against, password)
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._places.release()
        return password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """True when the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash("nobody has this one")

    def _take_place(self) -> None:
        if not self._places.acquire(timeout=QUEUE_SECONDS):
            raise ServiceUnavailable


def refusal(password: str, email: str, *names: str | None) -> str | None:
    """Why a new password is not taken, in one plain sentence; None when it is.

    `names` are those of the organisation. What can be guessed from them and from the address counts for nothing:
    without it enough has to be left.
    """
    plain = password.casefold()
    if len(password) < SHORTEST:
        return f"A password needs at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password may have at most {LONGEST} characters."
    if plain in COMMON or len(set(plain)) == 1:
        return "This is one of the commonest passwords. Please take another one."
    for word in sorted(guessable(email, *names), key=len, reverse=True):
        plain = plain.replace(word, "")
    if len(plain) < LEAST_OWN:
        return (
            "The password must not be the e-mail address or the name of the organisation, with a little added. "
            "Please take another one."
        )
    return None


def guessable(email: str, *names: str | None) -> set[str]:
    """The words that somebody who knows the person would try first: of address, organisation and portal."""
    whole = [email.casefold(), "seamline", *(name.casefold() for name in names if name)]
    parts = [part for text in whole for part in re.split(r"[\W_]+", text)]
    return {word for word in [*whole, *email.casefold().split("@")[:1], *parts] if len(word) >= SHORTEST_WORD}
