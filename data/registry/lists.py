"""A list of factories, made ready for comparing: every row's name, address, point and ids in parts."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codebook.countries import country_names
from data.registry.addresses import Address, parsed_address
from data.registry.coordinates import flagged_coordinates
from data.registry.names import Name, parsed_name

COLUMNS = ("name", "address", "country", "latitude", "longitude", "os_id", "sector", "headcount")
"""What a row may hold; any of them may be missing."""
OS_ID = re.compile(r"([A-Z]{2})(\d{4})(\d{3})[0-9A-Z]{4,8}")
"""An Open Supply Hub id: country, year, day of the year, then a code of capitals and digits."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Listed:
    """The rows of a list, each part in an array of its own."""

    names: list[Name]
    written: list[str]
    addresses: list[Address]
    countries: list[str | None]
    latitude: Numbers
    longitude: Numbers
    """Degrees; NaN where there is no point, or one that cannot be right."""
    os_ids: list[str | None]
    sectors: list[str | None]
    headcount: Numbers

    def __len__(self) -> int:
        return len(self.names)


def listed(frame: pd.DataFrame) -> Listed:
    """The rows of a frame in parts. Countries are alpha-2 codes; text elsewhere is as people wrote it."""
    column = {name: texts(frame, name) for name in COLUMNS}
    countries = [code.upper() if code else None for code in column["country"]]
    points = pd.DataFrame({"country": countries})
    for name in ("latitude", "longitude"):
        points[name] = numbers(column[name])
    wrong = flagged_coordinates(points)["reason"].notna().to_numpy()
    return Listed(
        names=[parsed_name(name or "", country) for name, country in zip(column["name"], countries, strict=True)],
        written=[name or "" for name in column["name"]],
        addresses=[
            parsed_address(address or "", country)
            for address, country in zip(column["address"], countries, strict=True)
        ],
        countries=countries,
        latitude=np.where(wrong, np.nan, points["latitude"].to_numpy(dtype="float64")),
        longitude=np.where(wrong, np.nan, points["longitude"].to_numpy(dtype="float64")),
        os_ids=[None if os_id is None or os_id_fault(os_id) else os_id.upper() for os_id in column["os_id"]],
        sectors=[sector.casefold() if sector else None for sector in column["sector"]],
        headcount=numbers(column["headcount"]),
    )


def texts(frame: pd.DataFrame, name: str) -> list[str | None]:
    """A column as text with None for what is empty; all None where the frame has no such column."""
    if name not in frame:
        return [None] * len(frame)
    values = [None if value is None or value != value else str(value).strip() for value in frame[name]]
    return [value or None for value in values]


def numbers(values: list[str | None]) -> Numbers:
    """The values as numbers, NaN where there is none."""
    return pd.to_numeric(pd.Series(values, dtype="object"), errors="coerce").to_numpy(dtype="float64")


def os_id_fault(os_id: str) -> str | None:
    """What is wrong with an Open Supply Hub id, or None where it has the form of one.

    The form is country, year, day of the year and a code, as in BD2019083D5S9RG. Whether a facility has the id
    cannot be told without asking the hub.
    """
    found = OS_ID.fullmatch(os_id.strip().upper())
    if not found:
        return f"{os_id[:40]!r} has not the form of an Open Supply Hub id, such as BD2019083D5S9RG"
    country, year, day = found.group(1), int(found.group(2)), int(found.group(3))
    if country not in (*country_names(), "XK"):
        return f"{os_id!r} begins with {country}, which is no country"
    if not (2000 <= year <= 2100 and 1 <= day <= 366):
        return f"{os_id!r} names no day: year {year}, day {day}"
    return None
