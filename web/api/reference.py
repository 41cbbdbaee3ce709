"""The OpenAPI document, and a page that tells the same to people. Both are for everybody: they hold no data."""

import json
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from web.api.document import EXAMPLES, REFUSALS, document, row_name
from web.sheets import SHEETS
from web.wiring import wiring

blueprint = Blueprint("api_reference", __name__, url_prefix="/api/v1", template_folder="../templates")

FIRST = """curl {address}/api/v1/orders \\
  -H "Authorization: Bearer $SEAMLINE_TOKEN" \\
  -H "Idempotency-Key: orders-2026-02-03" \\
  -H "Content-Type: application/json" \\
  -d '{rows}'"""
REFUSAL = {
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "Not known here: 'valeu'. Known are factory_id, date, …",
}


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The document."""
    return jsonify(made())


@blueprint.get("/")
def page() -> str:
    """The page."""
    address, rows = wiring().settings.address, EXAMPLES["orders"]
    return render_template(
        "api.html",
        doc=made(),
        operations=operations(),
        sheets=(*SHEETS, "view/54-api.css"),
        first=FIRST.format(address=address, rows=json.dumps(rows, indent=2)),
        refusals=REFUSALS,
        refusal=json.dumps(REFUSAL, indent=2, ensure_ascii=False),
    )


@lru_cache(maxsize=1)
def made() -> dict[str, Any]:
    """The document, made once: nothing in it changes while the portal runs."""
    return document()


def operations() -> list[dict[str, Any]]:
    """Every operation with its method and path, and the rows that it takes, in the order of the document."""
    return [
        {"method": method.upper(), "path": path, **told, **rows_of(path.rpartition("/")[2])}
        for path, item in made()["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    ]


def rows_of(kind: str) -> dict[str, Any]:
    """What a row of this kind of push holds, and an example of some; nothing for other operations."""
    if kind not in EXAMPLES:
        return {}
    schema = made()["components"]["schemas"][row_name(kind)]
    return {"rows": schema, "example": json.dumps(EXAMPLES[kind], indent=2)}
