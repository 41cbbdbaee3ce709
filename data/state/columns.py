"""The kinds of columns that mean the same on SQLite and on PostgreSQL: moments, text, and numbers."""

import re
import secrets
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator


def random_number() -> int:
    """A number for what several organisations write into one table: in sequence it would tell how much others do."""
    return 1 + secrets.randbelow(LARGEST)


SMALLEST, LARGEST = -(2**31), 2**31 - 1
NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


class Instant(TypeDecorator[datetime]):
    """A moment in time: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The UTC moment as the database keeps it. A naive datetime is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text as both databases can keep it, in what is written and in what is asked for."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text with a mark where it held something that is no character."""
        return value if value is None else storable(value)


def storable(value: str) -> str:
    """The text with U+FFFD for each NUL, which PostgreSQL refuses, and for half of a surrogate pair, as all do."""
    if value.isascii():
        return value.replace("\0", "\ufffd")
    return NO_CHARACTER.sub("\ufffd", value)


class Number(TypeDecorator[int]):
    """A whole number of four bytes. Asked for one that is larger than any row has, the database finds none."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """The number, or the end of the range that it lies beyond: PostgreSQL refuses even to compare with it."""
        return value if value is None else max(SMALLEST, min(value, LARGEST))
