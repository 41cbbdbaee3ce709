"""Where a field of a mapping comes from, and how what is written there is read."""

import ast
import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from fnmatch import translate
from re import IGNORECASE
from typing import Literal

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
    """The sign before decimals of numbers; the other one, blanks and apostrophes part thousands."""
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
            try:
                read = datetime.strptime(day.strftime(one), one).date()  # noqa: DTZ007  # a local day has no time zone
            except ValueError:
                read = None
            if read != day:
                raise ValueError(f"{one!r} does not say year, month and day as strptime has them")
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
        return self

    @property
    def read_columns(self) -> list[str]:
        """The columns of the file that this field needs."""
        return [self.column] if self.column is not None else list(self.columns or [])

    @property
    def formats(self) -> list[str]:
        """Every date format, in the order in which they are tried."""
        return [self.format] if isinstance(self.format, str) else list(self.format or [])


def field_values(sheet: pd.DataFrame, source: FieldSource, zones: "pd.Series[str] | None" = None) -> "pd.Series[str]":
    """The values of one field, as text, missing where nothing is said. `zones` are the time zones of the rows."""
    if source.constant is not None:
        return pd.Series(source.constant, index=sheet.index, dtype="str")
    values = written(sheet, source)
    if source.unknown:
        values = values.mask(said_unknown(values, source), None)
    if source.item is not None:
        values = distinctly(values, first_item)
    if source.after is not None:
        values = values.str.rsplit(source.after, n=1).str[-1].str.strip().replace("", None)
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
    pattern = "|".join(translate(text) for text in source.unknown)
    return values.str.fullmatch(pattern, flags=IGNORECASE).eq(True)


def distinctly(values: "pd.Series[str]", read: Callable[[str], str | None]) -> "pd.Series[str]":
    """Each value read by a function that is asked once for each different one."""
    known = {value: read(value) for value in values.dropna().unique()}
    return values.map(known).astype("str")


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
    """Written instants at UTC: with an offset of their own as they say, else in `zone`; missing where there is none."""
    own = values.str.contains(OFFSET, regex=True).eq(True)
    naive = pd.to_datetime(values.mask(own), errors="coerce", format="ISO8601")
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
    thousands = "." if decimal == "," else ","
    bare = values.str.replace(rf"[{thousands}\s'’]", "", regex=True).str.replace(decimal, ".", regex=False)
    return bare.where(bare.str.fullmatch(r"[-+]?\d+(\.\d+)?").eq(True), values)


def banded(values: "pd.Series[str]", bands: Sequence[tuple[float, float]]) -> "pd.Series[str]":
    """The name of the band that each number lies in, missing outside every band."""
    numbers = pd.to_numeric(values, errors="coerce")
    names = [f"{low:g}–{high:g}" for low, high in bands]
    inside = [(numbers >= low) & (numbers <= high) for low, high in bands]
    return pd.Series(np.select(inside, names, default=""), index=values.index, dtype="str").replace("", None)


def recoded(values: "pd.Series[str]", recode: dict[str, str], otherwise: str | None) -> "pd.Series[str]":
    """What each written value means, capitals apart; a value that is not listed stays, or becomes `otherwise`."""
    spelled = {key.casefold(): value for key, value in recode.items()}
    found = values.str.casefold().map(spelled)
    others = values if otherwise is None else values.where(values.isna(), otherwise)
    return found.where(found.notna(), others)


def short_key(text: str) -> str:
    """A short name made of a text, the same for the same words whatever their capitals and blanks."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:KEY_LENGTH]
