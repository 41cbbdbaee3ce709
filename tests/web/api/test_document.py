"""The OpenAPI document is valid, says what the routes do, and its examples and those of docs/api.md work."""

import json
import re
import shlex

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from data.readers.kinds import KINDS
from scoring.pushes import FILES
from tests.conftest import ROOT
from tests.web.api.programs import Programs
from web.api.answers import ProblemDetails
from web.api.document import EXAMPLES, document, row_name


def validator(name: str) -> OAS31Validator:
    """What checks values against one shape of the document."""
    told = document()
    return OAS31Validator({"$ref": f"#/components/schemas/{name}", "components": told["components"]})


def test_the_document_is_openapi_3_1() -> None:
    told = document()
    validate(told)
    assert told["openapi"] == "3.1.0"


def test_it_names_every_route_and_no_other(programs: Programs) -> None:
    routes = {
        (re.sub(r"<\w+>", "{import}", rule.rule), method)
        for rule in programs.app.url_map.iter_rules()
        if rule.endpoint.startswith("pushes.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    told = {
        (path, method.upper())
        for path, item in document()["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert told == routes


@pytest.mark.parametrize("kind", FILES)
def test_rows_have_the_columns_of_the_format(kind: str) -> None:
    schema = document()["components"]["schemas"][row_name(kind)]
    assert tuple(schema["properties"]) == KINDS[FILES[kind]].columns
    assert tuple(schema["required"]) == KINDS[FILES[kind]].needed


@pytest.mark.parametrize("kind", FILES)
def test_examples_go_in_and_every_answer_has_its_shape(refusing: Programs, kind: str) -> None:
    for row in EXAMPLES[kind]:
        validator(row_name(kind)).validate(row)
    answer = refusing.push("X", kind, EXAMPLES[kind])
    assert answer.status_code == 202
    validator("Receipt").validate(answer.json)
    told = refusing.told("X", answer)
    assert told["counts"] == {"accepted": len(EXAMPLES[kind]), "rejected": 0, "already_present": 0}
    validator("Status").validate(told)
    refused = refusing.push("X", kind, "[")
    validator("ProblemDetails").validate(refused.json)
    assert refused.json.keys() <= ProblemDetails.model_fields.keys()


def test_the_shapes_bite() -> None:
    check = validator("Order")
    assert not check.is_valid({**EXAMPLES["orders"][0], "odd": 1})
    assert not check.is_valid({"order_id": "1"})


def test_the_page_tells_the_same_without_a_script_or_a_cookie(programs: Programs) -> None:
    answer = programs.app.test_client().get("/api/v1/")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    for kind in FILES:
        assert f"/api/v1/{kind}" in answer.text
        assert all(f"<code>{name}</code>" in answer.text for name in KINDS[FILES[kind]].columns)
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)| style=|https?://(?!127\.0\.0\.1)", answer.text)
    assert programs.app.test_client().get("/api/v1/openapi.json").json == document()


def curl(text: str) -> tuple[str, dict[str, str], str]:
    """Path, headers and body of the one curl command in a Markdown text."""
    [command] = re.findall(r"^curl .*?(?<!\\)$", text, re.M | re.S)
    words = shlex.split(command.replace("\\\n", " "))
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    return words[1].partition("8050")[2], headers, words[words.index("-d") + 1]


def test_the_example_of_the_docs_works(refusing: Programs) -> None:
    path, headers, body = curl((ROOT / "docs" / "api.md").read_text())
    headers["Authorization"] = headers["Authorization"].replace("$SEAMLINE_TOKEN", refusing.words["B1"])
    answer = refusing.app.test_client().post(path, headers=headers, data=body)
    assert (answer.status_code, answer.json["stage"]) == (202, "checking")
    assert refusing.told("B1", answer)["counts"] == {"accepted": 1, "rejected": 0, "already_present": 0}
    assert json.loads(body)[0]["buyer_id"] == "B1"
