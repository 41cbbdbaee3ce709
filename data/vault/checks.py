"""Checks the small tables of a canonical folder, column by column, and says what is wrong with a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from data.codebook.countries import country_names
from data.codebook.scales import SCALES
from data.codebook.timezones import is_zone

Text = pd.Series
Parsed = tuple[pd.Series, pd.Series]
"""Parsed values (missing where empty or wrong), and True where a value is there but wrong."""

LARGEST = 2**31 - 1
YEARS = 1950, 2099
"""A spreadsheet that takes a number such as 2019 for days since 1900 writes a day of 1905."""
SHOWN = 60
"""So much of a wrong value is repeated in its reason."""
ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?"


@dataclass(frozen=True)
class Rule:
    """How a column is read, what a wrong value is told, and whether it may be empty."""

    parse: Callable[[Text], Parsed]
    wrong: str
    needed: bool = False


def text(values: Text) -> Parsed:
    """Text as it is."""
    return values, pd.Series(False, index=values.index)


def day(values: Text) -> Parsed:
    """A calendar day; a time after it is cut off. Years that spreadsheets make of plain numbers are none."""
    iso = values.where(values.str.fullmatch(ISO_DAY).eq(True))
    parsed = pd.to_datetime(iso.str[:10], format="%Y-%m-%d", errors="coerce")
    parsed = parsed.where(parsed.dt.year.between(*YEARS))
    return parsed, values.notna() & parsed.isna()


def number(values: Text) -> Parsed:
    """A finite number."""
    parsed = pd.to_numeric(values, errors="coerce").astype("float64")
    parsed = parsed.where(parsed.abs() < 1e15)
    return parsed, values.notna() & parsed.isna()


def whole(values: Text) -> Parsed:
    """A whole number, zero or more, that a column of 32 bits holds."""
    parsed, _ = number(values)
    parsed = parsed.where(parsed.between(0, LARGEST) & (parsed % 1 == 0))
    return parsed, values.notna() & parsed.isna()


def flag(values: Text) -> Parsed:
    """Yes or no, written 1/0, true/false or yes/no; empty is no."""
    word = values.str.lower().str.removesuffix(".0")
    yes = word.isin(["1", "true", "yes"])
    return yes, values.notna() & ~yes & ~word.isin(["0", "false", "no"])


def one_of(allowed: Mapping[str, object] | set[str]) -> Callable[[Text], Parsed]:
    """One of a closed list of words."""

    def parse(values: Text) -> Parsed:
        return values, values.notna() & ~values.isin(list(allowed))

    return parse


def zone(values: Text) -> Parsed:
    """An IANA time zone."""
    known = [name for name in values.dropna().unique() if is_zone(name)]
    return values, values.notna() & ~values.isin(known)


def country(values: Text) -> Parsed:
    """An ISO 3166 alpha-2 code, in capitals."""
    upper = values.str.upper()
    return upper, upper.notna() & ~upper.isin([*country_names(), "XK"])


def polarity(values: Text) -> Parsed:
    """1 where a high answer is good, −1 where it is bad."""
    parsed, _ = number(values)
    parsed = parsed.where(parsed.isin([1, -1]))
    return parsed, values.notna() & parsed.isna()


NEEDED = Rule(text, "", needed=True)
FREE = Rule(text, "")
DAY = Rule(day, f"is not a date between {YEARS[0]} and {YEARS[1]}; write YYYY-MM-DD")
NUMBER = Rule(number, "is not a number")
WHOLE = Rule(whole, f"is not a whole number from 0 to {LARGEST}")
FLAG = Rule(flag, "is neither 1 nor 0")
COUNTRY = Rule(country, "is not a country code of ISO 3166 (two letters)")

RULES: Mapping[str, Mapping[str, Rule]] = {
    "factories": {
        "factory_id": NEEDED,
        "name": FREE,
        "country": Rule(country, COUNTRY.wrong, needed=True),
        "sector": FREE,
        "headcount": WHOLE,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "joined_date": DAY,
        "os_id": FREE,
        "owner_id": FREE,
        "timezone": Rule(zone, "is not a time zone of the IANA list"),
        "address": FREE,
    },
    "headcount": {
        "factory_id": NEEDED,
        "gender": FREE,
        "department": FREE,
        "tenure_band": FREE,
        "headcount": Rule(whole, WHOLE.wrong, needed=True),
    },
    "indicators": {
        "indicator_id": NEEDED,
        "theme": NEEDED,
        "text": NEEDED,
        "scale": Rule(one_of(SCALES), f"is none of the scales {', '.join(SCALES)}", needed=True),
        "polarity": Rule(polarity, "is neither 1 nor -1", needed=True),
        "is_vignette": FLAG,
        "zero_tolerance": FLAG,
        "codebook": FREE,
        "theme_name": FREE,
        "short_name": FREE,
        "role": Rule(one_of({"scored", "context", "integrity"}), "is none of scored, context, integrity"),
        "event_sensitive": FLAG,
    },
    "buyers": {"buyer_id": NEEDED, "name": FREE, "home_country": COUNTRY},
    "relations": {
        "buyer_id": NEEDED,
        "factory_id": NEEDED,
        "share_of_capacity": NUMBER,
        "since": DAY,
        "until": DAY,
    },
    "orders": {
        "order_id": NEEDED,
        "buyer_id": NEEDED,
        "factory_id": NEEDED,
        "placed_date": DAY,
        "due_date": DAY,
        "quantity": NUMBER,
        "value_usd": NUMBER,
        "status": FREE,
        "unit_price": NUMBER,
        "original_due_date": DAY,
        "shipped_date": DAY,
        "invoice_due_date": DAY,
        "paid_date": DAY,
        "cancelled_date": DAY,
    },
    "buyer_actions": {
        "action_id": NEEDED,
        "buyer_id": FREE,
        "factory_id": NEEDED,
        "order_id": FREE,
        "kind": NEEDED,
        "date": Rule(day, DAY.wrong, needed=True),
        "magnitude": NUMBER,
        "unit": FREE,
        "announced_date": DAY,
        "end_date": DAY,
        "note": FREE,
        "actor_type": FREE,
        "actor_id": FREE,
    },
    "measures": {
        "factory_id": NEEDED,
        "date": Rule(day, DAY.wrong, needed=True),
        "measure": NEEDED,
        "value": Rule(number, NUMBER.wrong, needed=True),
        "unit": FREE,
        "part": FREE,
        "summed": Rule(one_of({"sum", "mean"}), "is neither sum nor mean"),
    },
}
"""How each column of each small table is read."""


def told(column: str, values: Text, wrong: str) -> "pd.Series[str]":
    """A sentence for each value that says what is wrong with it."""
    return values.map(lambda value: f"{column} {value[:SHOWN]!r} {wrong}", na_action="ignore").astype("object")


def checked(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of text with typed columns and a `reason`, which is missing where nothing is wrong."""
    typed = rows[["line"]].copy()
    reason = pd.Series(pd.NA, index=rows.index, dtype="object")
    for column, rule in RULES[name].items():
        values = rows[column].astype("str")
        parsed, wrong = rule.parse(values)
        reason = reason.where(reason.notna() | ~wrong, told(column, values, rule.wrong))
        if rule.needed:
            reason = reason.where(reason.notna() | values.notna(), f"{column} is empty")
        typed[column] = parsed
    typed["reason"] = reason.astype("object").where(reason.notna(), None)
    return typed
