"""What the header of a column looks like that holds a certain field, and what a whole header looks like."""

import re
from collections.abc import Collection, Mapping, Sequence

from data.readers.wording import plain_wording

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "answers": {
        "factory_id": (
            "factory id", "factory", "facility", "site", "plant", "workplace", "unit", "établissement", "fábrica",
            "werk", "pabrik", "nhà máy", "কারখানা", "工厂",
        ),
        "date": (
            "date", "day", "timestamp", "time", "start", "started", "startdate", "submission time", "recordeddate",
            "end", "datum", "fecha", "tanggal", "ngày", "তারিখ", "日期",
        ),
        "question": ("question", "question text", "item", "indicator id", "indicator", "pregunta", "frage"),
        "value": ("value", "answer", "response", "reply", "respuesta", "antwort"),
        "gender": ("gender", "sex", "genre", "género", "geschlecht", "jenis kelamin", "giới tính", "লিঙ্গ", "性别"),
        "department": ("department", "section", "abteilung", "departamento", "bộ phận", "বিভাগ", "部门"),
        "tenure_band": ("tenure band", "tenure", "length of service", "seniority"),
        "channel": ("channel", "mode", "distribution channel", "distributionchannel"),
        "submission_id": ("submission id", "response id", "responseid", "uuid", "instance id"),
        "respondent_key": (
            "respondent key", "respondent", "participant", "worker id", "employee id", "msisdn", "caller", "phone",
        ),
    },
    "factories": {
        "factory_id": ("factory id", "facility id", "site id", "id", "code"),
        "name": ("name", "factory name", "facility name", "factory", "facility", "supplier", "company"),
        "country": ("country", "country region", "country code", "pays", "land", "país"),
        "sector": ("sector", "industry", "product type", "product type type", "factory type"),
        "headcount": ("headcount", "workers", "employees", "total workers", "number of workers", "no of workers"),
        "latitude": ("latitude", "lat"),
        "longitude": ("longitude", "lng", "lon", "long"),
        "os_id": ("os id", "os hub id", "oar id", "osid"),
    },
    "orders": {
        "order_id": ("order id", "po", "po number", "purchase order", "order no", "order", "id"),
        "buyer_id": ("buyer id", "buyer", "customer", "client", "brand"),
        "factory_id": ("factory id", "factory", "supplier", "vendor", "plant", "manufacturing site", "site"),
        "placed_date": ("placed date", "placed", "order date", "po date", "po sent to vendor date", "created"),
        "due_date": ("due date", "due", "ex factory date", "delivery date", "scheduled delivery date", "ship date"),
        "shipped_date": ("shipped date", "shipped", "actual ship date", "delivered", "delivered to client date"),
        "original_due_date": ("original due date", "original ship date", "first due date"),
        "quantity": ("quantity", "qty", "pieces", "line item quantity"),
        "value_usd": ("value usd", "value", "amount", "line item value", "total"),
        "status": ("status", "state"),
    },
}  # fmt: skip
"""Plain wordings of headers by kind and field, the most telling first."""

TELLING: Mapping[str, tuple[set[str], set[str]]] = {
    "orders": ({"order_id", "placed_date"}, {"due_date", "quantity", "shipped_date"}),
    "factories": ({"name", "country"}, {"latitude", "headcount", "sector", "os_id"}),
}
"""The fields that a file of a kind has, all of the first and one of the second; anything else is a survey."""

PERSONAL = re.compile(
    r"\b(name|e ?mail|recipientemail|ip ?address|phone|latitude|longitude|locationlatitude|locationlongitude|comments?"
    r"|address|free text|specify)\b"
)
"""Columns that are never suggested as questions: they may point at a person."""


def likely_kind(header: Sequence[str]) -> str:
    """What a file with these columns holds: factories, orders, or else answers."""
    plain = {plain_wording(name) for name in header}
    for kind, (needed, also) in TELLING.items():
        there = {name for name, words in FIELDS[kind].items() if plain & set(words)}
        if needed <= there and also & there:
            return kind
    return "answers"


def likely_fields(kind: str, header: Sequence[str]) -> dict[str, str]:
    """For each field of a kind the column that its header speaks for; no column stands for two."""
    found: dict[str, str] = {}
    for name, words in FIELDS.get(kind, {}).items():
        column = first_of(words, header, found.values())
        if column is not None:
            found[name] = column
    return found


def first_of(words: Sequence[str], header: Sequence[str], taken: Collection[str]) -> str | None:
    """The column that is not taken and whose plain header is the most telling of these words, or None."""
    plain = {plain_wording(name): name for name in reversed(header) if name not in taken}
    return next((plain[word] for word in words if word in plain), None)
