"""The addresses of the portal's own pages. Everything that enters one is percent-encoded here."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

PREFIX = "/app/"
HOME = PREFIX
SERVICE = f"{PREFIX}service"
ACCOUNT = "/account"
ACCOUNTS = f"{PREFIX}accounts"
METHOD = f"{PREFIX}method"
CASCADE = f"{METHOD}#cascade"
FOOTPRINT = f"{PREFIX}footprint"
SUPPLIERS = f"{PREFIX}suppliers"
COMPARE = f"{PREFIX}compare"
BENCHMARKS = f"{PREFIX}benchmarks"
IMPORTS = f"{PREFIX}imports"
FACTORY_LISTS = f"{PREFIX}factory-lists"
BRING = "/imports"
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


def suppliers(values: Mapping[str, str] | None = None) -> str:
    """Where a buyer finds its suppliers, with the query that the address itself remembers."""
    return f"{SUPPLIERS}{search(values or {})}"


def compare(factories: Sequence[str]) -> str:
    """Where some suppliers stand side by side."""
    return f"{COMPARE}{search({'with': ','.join(factories)} if factories else {})}"


def explanation_file(factory_id: str, key: str) -> str:
    """Where the numbers behind one score are downloaded."""
    return f"{DOWNLOAD}explanation/{quote(factory_id, safe='')}{search({'key': key})}"


def indicators_file(factory_id: str, values: Mapping[str, str]) -> str:
    """Where the numbers of a page of indicators are downloaded."""
    return f"{DOWNLOAD}indicators/{quote(factory_id, safe='')}{search(values)}"


def workbook_file(page: str, factory_id: str | None, values: Mapping[str, str]) -> str:
    """Where the numbers of a page are downloaded as a workbook; of a page without a factory for None."""
    return f"{DOWNLOAD}xlsx/{page}{under(factory_id)}{search(values)}"


def twin_file(page: str, factory_id: str | None, values: Mapping[str, str]) -> str:
    """Where the JSON twin of a page is downloaded; of a page without a factory for None."""
    return f"{DOWNLOAD}json/{page}{under(factory_id)}{search(values)}"


def under(factory_id: str | None) -> str:
    """The part of an address that names a factory; empty for None."""
    return f"/{quote(factory_id, safe='')}" if factory_id is not None else ""


def benchmarks(values: Mapping[str, str]) -> str:
    """Where the benchmarks live, with the query that the address itself remembers."""
    return f"{BENCHMARKS}{search(values)}"


def benchmark_file(kind: str, values: Mapping[str, str]) -> str:
    """Where what a benchmark page shows is downloaded, as "csv", "xlsx" or "json"."""
    return f"{DOWNLOAD}benchmarks.{kind}{search(values)}"


def accounts(values: Mapping[str, str]) -> str:
    """Where the operator finds who may sign in, with the role that the address itself remembers."""
    return f"{ACCOUNTS}{search(values)}"


def search(values: Mapping[str, str]) -> str:
    """The part of an address from the question mark on; empty when there is nothing to ask."""
    return f"?{urlencode(values, quote_via=quote, safe=',')}" if values else ""


def sharing(factory_id: str, values: Mapping[str, str] | None = None) -> str:
    """Where an owner decides who sees a factory; with a form that is filled in."""
    return f"{PREFIX}sharing/{quote(factory_id, safe='')}{search(values or {})}"


def preview(factory_id: str, buyer_id: str, level: str) -> str:
    """Where an owner begins to look at a factory as a buyer would."""
    return f"{PREVIEW}{search({'factory': factory_id, 'with': buyer_id, 'level': level})}"


def requests(values: Mapping[str, str] | None = None) -> str:
    """Where a buyer asks suppliers for access; with a form that is filled in."""
    return f"{PREFIX}requests{search(values or {})}"


LOOKS = f"{PREFIX}looks"
PREVIEW = "/preview"


def looks_file(factory_id: str | None) -> str:
    """Where the trail of looks is downloaded: of a factory, or of the own people."""
    return f"{DOWNLOAD}looks/{quote(factory_id, safe='')}" if factory_id else f"{DOWNLOAD}looks"


def replying(factory_id: str, subject: str) -> str:
    """Where an owner writes a reply: over the overview, with what it answers ("row.overall", "flag.coached")."""
    return f"{overview(factory_id)}{search({'reply': subject})}"


def photo(remark_id: int) -> str:
    """Where the photo beside a reply lives."""
    return f"/photo/{remark_id}"


def import_page(public_id: str, values: Mapping[str, str] | None = None) -> str:
    """Where one import lives, with how its mapping is shown."""
    return f"{IMPORTS}/{quote(public_id, safe='')}{search(values or {})}"


def import_file(public_id: str, what: str) -> str:
    """Where something of an import is downloaded: "left-out.csv" or "mapping.toml"."""
    return f"{DOWNLOAD}imports/{quote(public_id, safe='')}/{what}"


def factory_lists(source: str | None) -> str:
    """Where rows of factory lists are decided about: of one list, or of all."""
    return f"{FACTORY_LISTS}{search({'list': source} if source else {})}"
