"""The OpenAPI document: made from the kinds of files, their rules and the shapes of answers that the routes use."""

from typing import Any

from pydantic.json_schema import models_json_schema

from data.readers.formats import UPLOAD
from data.readers.kinds import KINDS
from data.vault.answers import CHANNELS
from data.vault.checks import RULES, day, number, whole
from scoring.import_form import field_name
from scoring.pushes import FILES
from web.api.answers import ProblemDetails, Receipt, Status
from web.api.bodies import CSV, JSON, KEY, LINES, MOST_SEGMENTS, SEGMENT, SOURCE
from web.api.problems import PROBLEM

Schema = dict[str, Any]

REF = "#/components/schemas/"
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": ["number", "string"]}
TEXT: Schema = {"type": ["string", "number"]}
ANSWERS = {"date": DAY, "value": NUMBER, "channel": {"type": "string", "examples": sorted(CHANNELS)}}
"""Answers are too many to be checked as the small tables are, so that no rules of theirs stand in RULES."""
SENTENCES = {
    "answers": "Answers of workers, one row an answer.",
    "orders": "Orders, one row an order. Told again, the newest values stand and those before are kept.",
    "actions": "What was done at factories, one row an action.",
}
EXAMPLES: dict[str, list[dict[str, str | int | float]]] = {
    "answers": [
        {"factory_id": "F1", "date": "2026-06-08", "indicator_id": "GRV-02", "value": 4, "channel": "app",
         "gender": "woman", "submission_id": "s-1"},
        {"factory_id": "F1", "date": "2026-06-08", "indicator_id": "RES-04", "value": 2, "channel": "app",
         "gender": "woman", "submission_id": "s-1"},
    ],
    "orders": [
        {"order_id": "PO-1", "buyer_id": "B1", "factory_id": "F1", "placed_date": "2026-02-03",
         "due_date": "2026-05-20", "quantity": 12000, "value_usd": 54000.5, "status": "open"},
    ],
    "actions": [
        {"action_id": "A-1", "buyer_id": "B1", "factory_id": "F1", "order_id": "PO-1", "kind": "rush_order",
         "date": "2026-03-16", "magnitude": 10, "unit": "days"},
    ],
}  # fmt: skip
REFUSALS = {
    400: "The Idempotency-Key is missing, or the body cannot be read; the sentence says where.",
    401: "No token, a torn one, or one that opens nothing.",
    403: "The token may not send this.",
    404: "There is no such import, or it is another organisation's.",
    409: "The import stands elsewhere.",
    413: f"More than 20 MB, or more than {UPLOAD.rows:,} rows.",
    415: "The body is of another media type, another encoding, or compressed.",
    422: "A column or key that is not known, no rows, or a key that was used for something else.",
    429: "Too many requests by this token. Retry-After says how many seconds to wait.",
}


def document() -> Schema:
    """The whole document, OpenAPI 3.1."""
    _, models = models_json_schema(
        [(m, "serialization") for m in (Receipt, Status, ProblemDetails)], ref_template=REF + "{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Seamline push API",
            "version": "1",
            "summary": "Programs of an organisation send answers, orders and actions.",
            "description": "A push is an import as a file from the page is: kept, checked, then loaded. Rows that "
            "cannot be taken are left out with a reason, and the others are loaded.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {f"/api/v1/{kind}": {"post": push(kind)} for kind in FILES} | imports(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "slt_…"}},
            "schemas": {row_name(kind): row_schema(kind) for kind in FILES} | models["$defs"],
        },
    }


def row_name(kind: str) -> str:
    """What the document calls one row."""
    return {"answers": "Answer", "orders": "Order", "actions": "Action"}[kind]


def row_schema(kind: str) -> Schema:
    """One row: the columns of the format, by its own rules."""
    known = KINDS[FILES[kind]]
    properties = {name: column_schema(known.name, name, name in known.needed) for name in known.columns}
    schema: Schema = {
        "type": "object", "properties": properties, "required": list(known.needed), "additionalProperties": False,
        "description": SENTENCES[kind],
    }  # fmt: skip
    if known.segments:
        schema["patternProperties"] = {f"^{SEGMENT.pattern}$": {"type": ["string", "number", "null"]}}
        schema["description"] += f" Up to {MOST_SEGMENTS} keys that begin with seg_ are further groups."
    return schema


def column_schema(kind: str, column: str, needed: bool) -> Schema:
    """One column. A value that is not as said here is not refused at once: its row is left out, with a reason."""
    if kind in RULES:
        rule = RULES[kind][column]
        shape = DAY if rule.parse is day else NUMBER if rule.parse in (number, whole) else TEXT
        needed = needed and rule.needed
    else:
        shape = ANSWERS.get(column, TEXT)
    types = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    return {**shape, "type": types if needed else [*types, "null"], "title": field_name(column)}


def push(kind: str) -> Schema:
    """The operation that sends one kind of file."""
    rows = {"type": "array", "items": {"$ref": REF + row_name(kind)}, "minItems": 1, "maxItems": UPLOAD.rows}
    named = {"type": "string", "pattern": f"^{SOURCE.pattern}$"}
    wrapped = {
        "type": "object",
        "properties": {"rows": rows, "source": named},
        "required": ["rows"],
        "additionalProperties": False,
    }
    return {
        "operationId": f"push_{kind}",
        "summary": f"Send {kind}",
        "description": SENTENCES[kind],
        "parameters": [
            {"name": "Idempotency-Key", "in": "header", "required": True,
             "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
             "description": "Another for each push. The same key with the same body is the same push."},
            {"name": "source", "in": "query", "required": False, "schema": named,
             "description": "Which of your systems it is from: identifiers are unique within a source."},
        ],
        "requestBody": {
            "required": True,
            "content": {
                JSON: {"schema": {"anyOf": [rows, wrapped]}, "example": EXAMPLES[kind]},
                LINES: {"schema": {"type": "string"}},
                CSV: {"schema": {"type": "string"}},
            },
        },
        "responses": {
            "202": answer("It is kept, and checked next.", "Receipt"),
            "200": answer("The same push came before; Idempotency-Replayed is true.", "Receipt"),
            **refusals(400, 401, 403, 413, 415, 422, 429),
        },
    }  # fmt: skip


def imports() -> Schema:
    """The operations on one push."""
    name = {"name": "import", "in": "path", "required": True, "schema": {"type": "string"}}
    told = {"200": answer("The push as it stands.", "Status")}
    later = {"202": answer("It is loaded next, or waits for the operator.", "Status")}
    file = {"200": {"description": "The rows, with line and reason.", "content": {CSV: {"schema": {"type": "string"}}}}}
    return {
        "/api/v1/imports/{import}": {
            "parameters": [name],
            "get": operation("read_import", "See how a push stands", told, 401, 404, 429),
            "delete": operation("cancel_import", "Cancel a push", told, 401, 404, 409, 429),
        },
        "/api/v1/imports/{import}/load": {
            "parameters": [name],
            "post": operation("load_import", "Say yes to a push", later, 401, 404, 409, 429),
        },
        "/api/v1/imports/{import}/left-out.csv": {
            "parameters": [name],
            "get": operation("read_left_out", "Take what was left out", file, 401, 404, 429),
        },
    }


def operation(name: str, summary: str, told: Schema, *refused: int) -> Schema:
    """An operation without a body."""
    return {"operationId": name, "summary": summary, "responses": told | refusals(*refused)}


def answer(description: str, model: str, media: str = JSON) -> Schema:
    """An answer of one of the known shapes."""
    return {"description": description, "content": {media: {"schema": {"$ref": REF + model}}}}


def refusals(*statuses: int) -> Schema:
    """The refusals that an operation may answer with."""
    return {str(status): answer(REFUSALS[status], "ProblemDetails", PROBLEM) for status in statuses}
