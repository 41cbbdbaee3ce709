"""The frame: landmarks, one way to each place that works, and no link for those who may not go there."""

import json
from datetime import date
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from access.roles import Role
from components import addresses, shell
from scoring.model import Stamp

STAMP = Stamp(42, date(2026, 11, 20), "1.2", demo=True)


def tree(component: Any) -> Any:
    """The component as the browser gets it."""
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))


def every(node: Any) -> list[dict[str, Any]]:
    """All components in a tree."""
    if isinstance(node, list):
        return [found for one in node for found in every(one)]
    if not isinstance(node, dict) or "props" not in node:
        return []
    return [node, *every(node["props"].get("children"))]


def drawn(role: Role = Role.OWNER, stamp: Stamp | None = STAMP) -> list[dict[str, Any]]:
    return every(tree(shell.layout(role, "ME", stamp, None)))


def texts(nodes: Any) -> str:
    return json.dumps(tree(nodes), ensure_ascii=False)


def test_there_is_one_location_and_what_pages_rely_on() -> None:
    ids = [node["props"].get("id") for node in drawn()]
    kinds = [node["type"] for node in drawn()]
    assert kinds.count("Location") == 1
    assert kinds.count("Main") == 1
    assert {"url", "notice", "theme-store", "width-store", "main"} <= set(ids)
    named = [one for one in ids if one]
    assert len(named) == len(set(named))


def test_the_skip_link_leads_to_main() -> None:
    skip = next(node for node in drawn() if node["props"].get("className") == "sl-skip")
    assert skip["props"]["href"] == "#main"


@pytest.mark.parametrize(("demo", "seen"), [(True, True), (False, False)])
def test_the_ribbon_stands_over_demo_data_only(demo: bool, seen: bool) -> None:
    stamp = Stamp(42, date(2026, 11, 20), "1.2", demo=demo)
    assert ("Demo data." in texts(shell.layout(Role.OWNER, "ME", stamp, None))) is seen


def test_the_foot_names_release_and_method_or_says_there_is_none() -> None:
    assert "Release 42, 20 Nov 2026 · Method 1.2" in texts(shell.footer(STAMP))
    assert "Nothing has been released yet" in texts(shell.footer(None))


def links(role: Role, factory: str | None, here: str) -> dict[str, dict[str, Any]]:
    return {n["props"]["children"]: n["props"] for n in every(tree(shell.navigation(role, factory, here)))}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.OWNER, ["Overview", "Timeline", "Actions", "Indicators", "Sharing"]),
        (Role.BUYER, ["Overview", "Timeline", "Indicators", "Suppliers", "Footprint", "Access"]),
        (
            Role.OPERATOR,
            ["Overview", "Timeline", "Actions", "Indicators", "Benchmarks", "Imports", "Service", "Accounts"],
        ),
    ],
)
def test_a_factory_has_its_pages_and_the_open_one_says_so(role: Role, names: list[str]) -> None:
    found = links(role, "F 1/2", addresses.timeline("F 1/2"))
    assert list(found) == names
    assert found.get("Actions", {}).get("href") in (None, "/app/footprint/F%201%2F2")
    assert found["Overview"]["href"] == "/app/overview/F%201%2F2"
    assert found["Timeline"]["aria-current"] == "page"
    assert "aria-current" not in found["Overview"]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.OWNER, ["Start", "Imports"]),
        (Role.BUYER, ["Start", "Suppliers", "Compare", "Footprint", "Access"]),
        (Role.NGO, ["Start", "Benchmarks"]),
        (Role.OPERATOR, ["Start", "Benchmarks", "Imports", "Service", "Accounts"]),
    ],
)
def test_without_a_factory_there_is_the_start(role: Role, names: list[str]) -> None:
    assert list(links(role, None, "/app/")) == names


def test_benchmark_readers_get_no_way_to_factories() -> None:
    (place,) = [node["props"] for node in drawn(Role.NGO) if node["props"].get("id") == "shell-scope"]
    assert place["hidden"] is True


def test_no_link_leads_nowhere() -> None:
    targets = [node["props"]["href"] for node in drawn() if "href" in node["props"]]
    assert all(target not in ("", "#") for target in targets)


def test_the_page_around_names_its_language_and_no_other_host() -> None:
    index = shell.index_string("/app/assets/")
    assert '<html lang="en"' in index
    assert "http" not in index
    assert "<script>" not in index
