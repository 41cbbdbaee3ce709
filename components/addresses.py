"""The addresses of the portal's own pages. Everything that enters one is percent-encoded here."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

PREFIX = "/app/"
HOME = PREFIX
SERVICE = f"{PREFIX}service"
ACCOUNT = "/account"
METHOD = f"{PREFIX}method"
CASCADE = f"{METHOD}#cascade"
FOOTPRINT = f"{PREFIX}footprint"
DOWNLOAD = "/download/"


def overview(factory_id: str) -> str:
    """Where a factory's overview lives."""
    return f"{PREFIX}overview/{quote(factory_id, safe='')}"


def timeline(factory_id: str, values: Mapping[str, str] | None = None) -> str:
    """Where a factory's timeline lives, with the query that the address itself remembers."""
    return f"{PREFIX}timeline/{quote(factory_id, safe='')}{search(values or {})}"


def indicators(factory_id: str, values: Mapping[str, str] | None = None) -> str:
    """Where a factory's indicators live, with the query that the address itself remembers."""
    return f"{PREFIX}indicators/{quote(factory_id, safe='')}{search(values or {})}"


def footprint(factory_id: str | None, values: Mapping[str, str] | None = None) -> str:
    """Where a buyer's own footprint lives, or, of a factory, all actions there."""
    place = f"{FOOTPRINT}/{quote(factory_id, safe='')}" if factory_id is not None else FOOTPRINT
    return f"{place}{search(values or {})}"


def explanation_file(factory_id: str, key: str) -> str:
    """Where the numbers behind one score are downloaded."""
    return f"{DOWNLOAD}explanation/{quote(factory_id, safe='')}{search({'key': key})}"


def indicators_file(factory_id: str, values: Mapping[str, str]) -> str:
    """Where the numbers of a page of indicators are downloaded."""
    return f"{DOWNLOAD}indicators/{quote(factory_id, safe='')}{search(values)}"


def search(values: Mapping[str, str]) -> str:
    """The part of an address from the question mark on; empty when there is nothing to ask."""
    return f"?{urlencode(values, quote_via=quote, safe=',')}" if values else ""
