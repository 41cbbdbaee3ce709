"""Where a field of a mapping comes from, and how what is written there is read."""

import ast
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import permutations
from typing import Literal, TypeVar

import numpy as np
import pandas as pd
from pydantic import Field, field_validator, model_validator

from data.codebook.timezones import is_zone
from data.readers.formats import Part
from data.registry.countries import country_code

LISTED = ("[", "(")
"""How a cell begins that holds a written list."""
ITEM_ENDS = (";", "|", "\n")
OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"
AT_UTC = re.compile(r".*\d:\d{2}.*(?:Z|[+-]00:?00)")
"""How an instant is written that says that it is one at UTC."""
TIMED = re.compile("%[HIcXsT]")
"""What says a time in a format of strptime."""
Meant = TypeVar("Meant")
KEY_LENGTH = 12
"""So many hexadecimal digits name a row that has no name of its own: of a million rows, two alike once in 500."""


class FieldSource(Part):
    """Where a field comes from: a column, several joined, or a constant; and how it is read, in the order below."""

    column: str | None = None
    columns: list[str] | None = None
    """Several columns, joined by a blank."""
    constant: str | None = None
    unknown: list[str] = Field(default_factory=list)
    """Written values that stand for "not known", `*` for any text in them; each is counted and told."""
    item: Literal["first"] | None = None
    """Takes one item of a list written in the cell, such as ['a', 'b'] or a; b."""
    after: str | None = Field(None, min_length=1)
    """Takes what stands after the last of these signs."""
    format: str | list[str] | None = None
    """How dates are written, as strptime has it; several are tried in their order."""
    zone: str | None = None
    """The time zone in which instants are written; they become the factory's local day."""
    decimal: Literal[".", ","] | None = None
    """The sign before decimals of numbers; the other one, blanks and apostrophes part thousands. What they part
    otherwise, as the comma of 1,5 where the point is the sign, stays as it is."""
    bands: list[tuple[float, float]] | None = None
    """Numbers become the band they lie in, both ends included; outside every band they count as not said."""
    recode: dict[str, str] | None = None
    otherwise: str | None = None
    """What a value not listed in `recode` becomes; left out, it stays as it is."""
    reads: Literal["country"] | None = None
    """Names and codes of countries become their two letters; others stay as they are, and are rejected later."""
    optional: bool = False
    """True where some files do not have the column."""
    made: Literal["key"] | None = None
    """A short key made of what is written, for rows that have no identifier of their own."""

    @field_validator("format")
    @classmethod
    def whole_day(cls, form: str | list[str] | None) -> str | list[str] | None:
        """Refuses a date format that does not say a whole day."""
        day = date(2001, 2, 3)
        for one in [form] if isinstance(form, str) else form or []:
            if read_day(day.strftime(one), one) != day:
                raise ValueError(f"{one!r} does not say year, month and day as strptime has them")
        return form

    @field_validator("format")
    @classmethod
    def one_order(cls, form: str | list[str] | None) -> str | list[str] | None:
        """Refuses formats of which one reads as another day what is written in the other, as %d/%m/%Y and %m/%d/%Y."""
        formats = [form] if isinstance(form, str) else form or []
        for first, other in permutations(formats, 2):
            text = date(2001, 2, 3).strftime(first)
            if read_day(text, other) not in (None, date(2001, 2, 3)):
                raise ValueError(f"{first!r} and {other!r} read one text as two days; choose one of them")
        return form

    @field_validator("zone")
    @classmethod
    def known_zone(cls, name: str | None) -> str | None:
        """Refuses a time zone that nobody knows."""
        if name is not None and not is_zone(name):
            raise ValueError(f"{name!r} is not a time zone of the IANA list")
        return name

    @field_validator("bands")
    @classmethod
    def bands_rise(cls, bands: list[tuple[float, float]] | None) -> list[tuple[float, float]] | None:
        """Refuses a band that nothing can lie in."""
        for low, high in bands or []:
            if not low <= high:
                raise ValueError(f"the band [{low:g}, {high:g}] holds nothing")
        return bands

    @model_validator(mode="after")
    def one_source(self) -> "FieldSource":
        """Refuses a field with no source, or with two."""
        if sum(source is not None for source in (self.column, self.columns, self.constant)) != 1 or self.columns == []:
            raise ValueError("needs either column, columns or constant")
        if self.zone is not None and (untimed := [form for form in self.formats if not TIMED.search(form)]):
            raise ValueError(f"{untimed[0]!r} says a day without a time, which is the same in every time zone")
        return self

    @field_validator("recode")
    @classmethod
    def apart(cls, recode: dict[str, str] | None) -> dict[str, str] | None:
        """Refuses two meanings of one value, as capitals do not matter."""
        return with_distinct_keys(recode)

    @property
    def read_columns(self) -> list[str]:
        """The columns of the file that this field needs."""
        return [self.column] if self.column is not None else list(self.columns or [])

    @property
    def formats(self) -> list[str]:
        """Every date format, in the order in which they are tried."""
        return [self.format] if isinstance(self.format, str) else list(self.format or [])


def with_distinct_keys(meant: dict[str, Meant] | None) -> dict[str, Meant] | None:
    """The meanings of written values. Raises ValueError where values that differ only in capitals mean two things."""
    known: dict[str, str] = {}
    for written_value in meant or {}:
        other = known.setdefault(written_value.casefold(), written_value)
        if meant is not None and meant[other] != meant[written_value]:
            raise ValueError(
                f"{other!r} and {written_value!r} are one value, as capitals do not matter; say one meaning"
            )
    return meant


def read_day(text: str, form: str) -> date | None:
    """The day that a text says in a format, or None."""
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a local day has no time zone
    except ValueError:
        return None


def field_values(sheet: pd.DataFrame, source: FieldSource, zones: "pd.Series[str] | None" = None) -> "pd.Series[str]":
    """The values of one field, as text, missing where nothing is said. `zones` are the time zones of the rows."""
    if source.constant is not None:
        return pd.Series(source.constant, index=sheet.index, dtype="str")
    values = written(sheet, source)
    if source.unknown:
        values = values.mask(said_unknown(values, source), None).astype("str")
    if source.item is not None:
        values = distinctly(values, first_item)
    if source.after is not None:
        values = distinctly(values, last_part(source.after))
    if source.formats:
        values = days(values, source.formats, source.zone, zones)
    elif source.zone is not None:
        values = local_days(instants(values, source.zone), values, source.zone, zones)
    if source.decimal is not None:
        values = plain_numbers(values, source.decimal)
    if source.bands is not None:
        values = banded(values, source.bands)
    if source.recode is not None:
        values = recoded(values, source.recode, source.otherwise)
    if source.reads == "country":
        codes = country_code(values)
        values = codes.where(codes.notna(), values)
    if source.made == "key":
        values = distinctly(values, short_key)
    return values


def written(sheet: pd.DataFrame, source: FieldSource) -> "pd.Series[str]":
    """What stands in the field's columns; of several, what is there joined by a blank."""
    if source.optional and not set(source.read_columns) <= set(sheet):
        return pd.Series(None, index=sheet.index, dtype="str")
    if source.column is not None:
        return sheet[source.column].astype("str").replace("", None)
    parts = sheet[source.columns or []].fillna("")
    joined = parts.agg(" ".join, axis=1).str.split().str.join(" ") if len(parts) else pd.Series([], dtype="str")
    return joined.astype("str").replace("", None)


def said_unknown(values: "pd.Series[str]", source: FieldSource) -> "pd.Series[bool]":
    """True where what is written stands for "not known"."""
    pattern = "|".join("(?s:.*)".join(map(re.escape, text.split("*"))) for text in source.unknown)
    return values.str.fullmatch(pattern, flags=re.IGNORECASE).eq(True)


def distinctly(values: "pd.Series[str]", read: Callable[[str], str | None]) -> "pd.Series[str]":
    """Each value read by a function that is asked once for each different one."""
    known = {value: read(value) for value in values.dropna().unique()}
    return pd.Series([known.get(value) for value in values], index=values.index, dtype="str")


def last_part(sign: str) -> Callable[[str], str | None]:
    """What stands after the last such sign of a text; all of it where there is none."""
    return lambda text: text.rpartition(sign)[2].strip() or None


def first_item(cell: str) -> str | None:
    """The first item of a list written in a cell; a cell that holds none is its own first item."""
    if cell.startswith(LISTED):
        try:
            items = ast.literal_eval(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return cell
        if isinstance(items, (list, tuple)):
            return str(items[0]).strip() if items else None
        return cell
    for end in ITEM_ENDS:
        cell = cell.split(end)[0]
    return cell.strip() or None


def days(
    values: "pd.Series[str]", formats: Sequence[str], zone: str | None, zones: "pd.Series[str] | None"
) -> "pd.Series[str]":
    """Days as YYYY-MM-DD; what no format fits stays as it is, to be rejected with its text."""
    parsed = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns]")
    for form in formats:
        parsed = parsed.fillna(pd.to_datetime(values.where(parsed.isna()), format=form, errors="coerce"))
    if zone is not None:
        return local_days(at_utc(parsed, zone), values, zone, zones)
    found: pd.Series[str] = parsed.dt.strftime("%Y-%m-%d").where(parsed.notna(), values)
    return found


def instants(values: "pd.Series[str]", zone: str) -> pd.Series:
    """Written instants at UTC: with an offset of their own as they say, else in `zone`; missing where there is none.

    A day without a time is no instant: it stays the day that it is.
    """
    own = values.str.contains(OFFSET, regex=True).eq(True)
    timed = values.str.contains(":", regex=False).eq(True)
    naive = pd.to_datetime(values.where(timed & ~own), errors="coerce", format="ISO8601")
    return at_utc(naive, zone).fillna(pd.to_datetime(values.where(own), errors="coerce", format="ISO8601", utc=True))


def at_utc(moments: pd.Series, zone: str) -> pd.Series:
    """Moments of a clock in `zone`, at UTC; of an hour that came twice the first, of one that never came the next."""
    there: pd.Series = moments.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
    return there


def local_days(
    moments: pd.Series, values: "pd.Series[str]", zone: str, zones: "pd.Series[str] | None"
) -> "pd.Series[str]":
    """The day that it was at each row's factory at a moment; where its zone is not known, the day it was in `zone`."""
    there = pd.Series(zone, index=values.index) if zones is None else zones.fillna(zone)
    local = pd.Series(None, index=values.index, dtype="str")
    for name in there.unique():
        inside = there == name
        local = local.mask(inside, moments[inside].dt.tz_convert(name).dt.strftime("%Y-%m-%d").reindex(values.index))
    return local.where(moments.notna(), values).astype("str")


def plain_numbers(values: "pd.Series[str]", decimal: str) -> "pd.Series[str]":
    """Numbers with a point before decimals and nothing between thousands."""
    point = re.escape(decimal)
    between = r"(?:[.\s'’])" if decimal == "," else r"(?:[,\s'’])"
    # Of three digits, or of two and at last three, as in India: where a group is another, its sign is no such sign.
    grouped = (
        rf"[-+]?(?:\d+|\d{{1,3}}(?:{between}\d{{3}})+|\d{{1,2}}(?:{between}\d{{2}})+{between}\d{{3}})(?:{point}\d+)?"
    )
    bare = values.str.replace(between, "", regex=True).str.replace(decimal, ".", regex=False)
    return bare.where(values.str.fullmatch(grouped).eq(True), values)


def banded(values: "pd.Series[str]", bands: Sequence[tuple[float, float]]) -> "pd.Series[str]":
    """The name of the band that each number lies in, missing outside every band."""
    numbers = pd.to_numeric(values, errors="coerce")
    names = [f"{low:g}–{high:g}" for low, high in bands]
    inside = [(numbers >= low) & (numbers <= high) for low, high in bands]
    return pd.Series(np.select(inside, names, default=""), index=values.index, dtype="str").replace("", None)


def recoded(values: "pd.Series[str]", recode: dict[str, str], otherwise: str | None) -> "pd.Series[str]":
    """What each written value means, capitals apart; a value that is not listed stays, or becomes `otherwise`."""
    spelled = {key.casefold(): value for key, value in recode.items()}
    found = values.str.casefold().map(spelled).astype("object")
    others = values if otherwise is None else values.where(values.isna(), otherwise)
    return found.where(found.notna(), others)


def short_key(text: str) -> str:
    """A short name made of a text, the same for the same words whatever their capitals and blanks."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:KEY_LENGTH]
