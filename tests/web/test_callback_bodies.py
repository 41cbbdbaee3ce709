"""Whatever is posted as a callback, the answer is never a failure of ours."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.small import SAY, Portal, call, sign_in

ROW = {"type": "row", "n": 1}
BOTH = {
    "output": "..a.children...b.children..",
    "outputs": [{"id": "a", "property": "children"}, {"id": "b", "property": "children"}],
    "inputs": [[{"id": ROW, "property": "value", "value": 3}, {"id": {**ROW, "n": "x"}, "property": "value"}]],
    "changedPropIds": ['{"n":1,"type":"row"}.value'],
}
ROUTING = {
    "output": ".._pages_content.children..._pages_store.data..",
    "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
    "inputs": [
        {"id": "_pages_location", "property": "pathname", "value": "/app/one/seam"},
        {"id": "_pages_location", "property": "search", "value": "?a=b"},
    ],
    "changedPropIds": ["_pages_location.pathname"],
}
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    "x",
    "..",
    "\ud800",
    "\x00",
    [],
    [[]],
    [None],
    {},
    {"id": None},
]


@pytest.fixture
def store() -> str:
    """One kind of store is enough: what a callback may hold is settled before any store is asked."""
    return "sqlite"


@pytest.fixture
def anna(portal: Portal):
    """A browser in which an owner is signed in and has opened the portal."""
    portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    client.get("/app/")
    return client


def test_what_the_renderer_sends_is_answered(portal: Portal, anna) -> None:
    assert call(anna, SAY).status_code == 200
    assert call(anna, BOTH).json["response"] == {"a": {"children": "one"}, "b": {"children": "two"}}
    assert "seam" in call(anna, ROUTING).text
    dependencies = anna.get("/app/_dash-dependencies").json
    (again,) = (d["output"] for d in dependencies if d["output"].startswith("a.children@"))
    (quiet,) = (d["output"] for d in dependencies if d.get("no_output"))
    posted = {"inputs": [{"id": "c", "property": "x"}], "changedPropIds": ["c.x"]}
    outputs = {"id": "a", "property": again.split(".", 1)[1]}
    assert call(anna, {**posted, "output": again, "outputs": outputs}).status_code == 200
    posted = {"inputs": [{"id": "d", "property": "x", "value": 1}], "changedPropIds": ["d.x"]}
    assert call(anna, {**posted, "output": quiet}).status_code in (200, 204)


def parts(body: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every part of a body."""
    found = [path] if path else []
    items = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in items:
        found += parts(value, (*path, key))
    return found


def with_part(body: Any, path: tuple[Any, ...], value: Any, *, gone: bool = False) -> Any:
    """The body with one part replaced, or left out."""
    made = copy.deepcopy(body)
    at = made
    for key in path[:-1]:
        at = at[key]
    if gone:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


@pytest.mark.parametrize("body", [SAY, BOTH, ROUTING], ids=["one", "pattern", "routing"])
def test_v16_5_3_no_odd_part_makes_it_fail(anna, body: Any) -> None:
    refused = 0
    for path in parts(body):
        for odd in ODD:
            answer = call(anna, with_part(body, path, odd))
            assert answer.status_code in (200, 204, 400), (path, odd, answer.status_code)
            refused += answer.status_code == 400
        answer = call(anna, with_part(body, path, None, gone=True))
        assert answer.status_code in (200, 204, 400), (path, "gone", answer.status_code)
    assert refused > 10 * len(body)


@pytest.mark.parametrize("body", [*ODD, [SAY], "output", {"output": ["x"]}, {"output": {}}])
def test_v16_5_3_a_body_that_is_no_callback_is_refused(anna, body: Any) -> None:
    assert call(anna, body).status_code == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"\x00",
        b"[" * 100_000,
        b'{"output":' * 50_000,
        b"9" * 10_000,
        b"NaN",
        b'{"output": NaN}',
        '{"output": "who.children"}'.encode("utf-16"),
    ],
    ids=[
        "empty",
        "cut",
        "bom",
        "nul",
        "deep lists",
        "deep objects",
        "long number",
        "nan",
        "nan id",
        "utf-16",
    ],
)
def test_a_body_that_is_no_json_is_refused(anna, raw: bytes) -> None:
    headers = {"X-CSRFToken": anna.get_cookie("_csrf_token").decoded_value}
    answer = anna.post("/app/_dash-update-component", data=raw, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_v4_3_1_a_body_that_is_too_large_is_refused(anna) -> None:
    body = {**SAY, "state": [{"id": "note", "property": "data", "value": "x" * 3_000_000}]}
    assert call(anna, body).status_code == 413


@pytest.mark.parametrize("number", [0, 2, 3])
def test_a_callback_with_the_wrong_number_of_inputs_is_refused(anna, number: int) -> None:
    assert call(anna, {**SAY, "inputs": SAY["inputs"] * number}).status_code == 400


def test_an_unknown_callback_is_refused_without_a_word_about_it(anna) -> None:
    answer = call(anna, {**SAY, "output": "secret-name.children"})
    assert answer.status_code == 400
    assert "secret-name" not in answer.text


@pytest.mark.parametrize("address", ["/", "/elsewhere", "//app/", "http://a/app/", 5, None, ["/app/"], "/app/" * 2000])
def test_the_routing_takes_addresses_of_the_portal_only(anna, address: Any) -> None:
    assert call(anna, with_part(ROUTING, ("inputs", 0, "value"), address)).status_code == 400


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_v16_5_3_no_mutation_makes_it_fail(anna, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from([SAY, BOTH, ROUTING]))
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(parts(body)))
        body = with_part(body, where, data.draw(JSON_VALUES))
        if not parts(body):
            break
    answer = call(anna, json.loads(json.dumps(body)))
    assert answer.status_code in (200, 204, 400), body
