"""Which coordinates cannot be where a factory stands, each with the reason in words.

Where a country ends comes from tzfpy: the outlines of all time zones (OpenStreetMap, with coastal waters), each of
which belongs to one country in the IANA table, but for the north of Vietnam. Of 144,563 towns of a public gazetteer
six lie outside their country by this measure. A point within ten kilometres of its country counts as inside, as a
registry's points are often those of the next town.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from math import cos, radians, sin
from types import MappingProxyType

import pandas as pd
import tzfpy

from data.codebook.countries import country_names

NEAR = 10.0
"""Kilometres outside its country at which a point is still believed."""
DEGREE = 111.2
"""Kilometres of a degree of latitude."""
RINGS = ((NEAR, 16), (NEAR / 2, 8))
"""Round a point that seems outside: kilometres, and how many directions are looked at."""
PARTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "AU": frozenset({"CC", "CX", "NF"}),
        "CN": frozenset({"HK", "MO"}),
        "DK": frozenset({"FO", "GL"}),
        "ES": frozenset({"EH"}),
        "FI": frozenset({"AX"}),
        "FR": frozenset({"BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"}),
        "GB": frozenset({"GG", "GI", "IM", "JE"}),
        "IL": frozenset({"PS"}),
        "IN": frozenset({"PK"}),
        "MA": frozenset({"EH"}),
        "NL": frozenset({"AW", "BQ", "CW", "SX"}),
        "NO": frozenset({"SJ"}),
        "PK": frozenset({"IN"}),
        "PS": frozenset({"IL"}),
        "RS": frozenset({"XK"}),
        "RU": frozenset({"UA"}),
        "US": frozenset({"AS", "GU", "MP", "PR", "UM", "VI"}),
        "XK": frozenset({"RS"}),
    }
)
"""Other codes that are not told from a country: its territories, whose factories are often listed under it, and
neighbours whose common border is disputed or, as with Kosovo, not in the IANA table. India and Pakistan are here for
Kashmir only, so their entries count within the disputed districts alone (`DISPUTED`)."""
DISPUTED: Mapping[frozenset[str], tuple[float, float, float, float]] = MappingProxyType(
    {frozenset({"IN", "PK"}): (32.3, 37.1, 72.5, 80.4), frozenset({"RU", "UA"}): (44.3, 49.9, 32.4, 40.3)}
)
"""South, north, west and east of where two neighbours' borders are disputed."""

BANGKOK = "Asia/Bangkok"
NORTH_VIETNAM = ((16.9, 105.0), (18.7, 103.4), (20.6, 100.0))
"""North and east of any of these corners, the zone of Bangkok is Vietnam's; Thailand lies south and west of them."""


def outside_country(frame: pd.DataFrame) -> "pd.Series[bool]":
    """True where latitude and longitude are there and cannot lie in the row's country, or on Earth."""
    return flagged_coordinates(frame)["reason"].notna()


def flagged_coordinates(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `reason`: why a row's coordinates are not to be believed, missing where they are.

    Needs the columns country (alpha-2), latitude and longitude in degrees. Rows without coordinates have no reason;
    rows without a country that we know are judged only by what holds everywhere.
    """
    places = pd.DataFrame(
        {
            "country": frame["country"].astype("object").where(frame["country"].notna(), None),
            "latitude": pd.to_numeric(frame["latitude"], errors="coerce").astype("float64"),
            "longitude": pd.to_numeric(frame["longitude"], errors="coerce").astype("float64"),
        }
    )
    different = places.drop_duplicates()
    reasons = [reason_of(*place) for place in different.itertuples(index=False, name=None)]
    told = different.assign(reason=pd.Series(reasons, index=different.index, dtype="object"))
    found = places.merge(told, on=["country", "latitude", "longitude"], how="left")["reason"]
    return frame.assign(reason=found.set_axis(frame.index).astype("object").where(found.notna().to_numpy(), None))


def reason_of(country: str | None, latitude: float, longitude: float) -> str | None:
    """Why a point cannot be in this country, or None. NaN stands for a number that is missing."""
    if latitude != latitude and longitude != longitude:
        return None
    if latitude != latitude or longitude != longitude:
        return f"only the {'longitude' if latitude != latitude else 'latitude'} is there"
    point = f"{latitude:g}, {longitude:g}"
    if latitude == 0 and longitude == 0:
        return "0, 0 is what programs write when they know no place"
    known = country is not None and country in (*country_names(), "XK")
    if on_earth(latitude, longitude) and (not known or lies_in(str(country), latitude, longitude)):
        return None
    if not known:
        return f"{point} is no place on Earth; a latitude lies between -90 and 90, a longitude between -180 and 180"
    name = country_names().get(str(country), "Kosovo")
    if on_earth(longitude, latitude) and lies_in(str(country), longitude, latitude):
        return f"{point} lies in {name} when latitude and longitude are swapped"
    for lat, lng in ((-latitude, longitude), (latitude, -longitude)):
        if on_earth(lat, lng) and lies_in(str(country), lat, lng):
            return f"{point} lies in {name} when a minus sign is turned"
    if not on_earth(latitude, longitude):
        return f"{point} is no place on Earth; a latitude lies between -90 and 90, a longitude between -180 and 180"
    there = sorted(country_names().get(code, code) for code in countries_at(latitude, longitude))
    return f"{point} lies outside {name}, {'in ' + ' or '.join(there) if there else 'at sea'}"


def on_earth(latitude: float, longitude: float) -> bool:
    """True for degrees that a point on Earth can have."""
    return abs(latitude) <= 90 and abs(longitude) <= 180


def lies_in(country: str, latitude: float, longitude: float) -> bool:
    """True where the country, or what is not told from it, is at the point or within ten kilometres of it."""
    wanted = {country} | {code for code in PARTS.get(country, ()) if may_stand_for(country, code, latitude, longitude)}
    return any(not wanted.isdisjoint(countries_at(*point)) for point in around(latitude, longitude))


def may_stand_for(country: str, other: str, latitude: float, longitude: float) -> bool:
    """True where the other country's code may stand for this one: everywhere, or in what both of them claim."""
    box = DISPUTED.get(frozenset({country, other}))
    return box is None or (box[0] <= latitude <= box[1] and box[2] <= longitude <= box[3])


def around(latitude: float, longitude: float) -> Iterator[tuple[float, float]]:
    """The point itself, then points on rings round it, as latitude and longitude."""
    yield latitude, longitude
    wide = DEGREE * max(cos(radians(latitude)), 0.01)
    for kilometres, directions in RINGS:
        for step in range(directions):
            angle = radians(360 * step / directions)
            lat = max(-90.0, min(90.0, latitude + kilometres * sin(angle) / DEGREE))
            lng = longitude + kilometres * cos(angle) / wide
            yield lat, (lng + 180) % 360 - 180


def countries_at(latitude: float, longitude: float) -> frozenset[str]:
    """The codes of the countries whose time zones cover a point; none far out at sea."""
    zones = tzfpy.get_tzs(longitude, latitude)
    found = {owners()[zone] for zone in zones if zone in owners()}
    if BANGKOK in zones and any(latitude > south and longitude > west for south, west in NORTH_VIETNAM):
        found = found - {"TH"} | {"VN"}
    return frozenset(found)


@cache
def owners() -> dict[str, str]:
    """The country of each time zone, by the IANA table."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
