"""The time zone of a factory that names none: its country's main zone, from the IANA tables."""

from functools import cache
from importlib import resources
from zoneinfo import available_timezones

MAIN = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "EC": "America/Guayaquil",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UZ": "Asia/Tashkent",
}
"""Countries with several zones whose first one in the IANA table is not where most factories are."""


@cache
def zones() -> dict[str, str]:
    """The main zone of each country, by ISO 3166 alpha-2 code."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    first: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            first.setdefault(code, zone)
    return first | MAIN


def zone_of(country: str) -> str:
    """The zone that a country's factories keep unless they name another; UTC where there is none."""
    return zones().get(country, "UTC")


@cache
def is_zone(name: str) -> bool:
    """True for a zone that exists."""
    return name in available_timezones()
