"""What a tree of Dash components says and holds, for tests that look at it as a reader would."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def nodes(tree: Any) -> Iterator[Component]:
    """Every component of the tree, parents before their children."""
    if isinstance(tree, (list, tuple)):
        for part in tree:
            yield from nodes(part)
    elif isinstance(tree, Component):
        yield tree
        yield from nodes(getattr(tree, "children", None))


def text_of(tree: Any) -> str:
    """All words of the tree in reading order, one space between neighbours."""
    if isinstance(tree, (list, tuple)):
        return " ".join(part for part in map(text_of, tree) if part)
    if isinstance(tree, Component):
        return text_of(getattr(tree, "children", None))
    return "" if tree is None else " ".join(str(tree).split())


def having(tree: Any, name: str) -> list[Component]:
    """The components that carry the CSS class `name`."""
    return [node for node in nodes(tree) if name in str(getattr(node, "className", "")).split()]


def kinds(tree: Any, kind: str) -> list[Component]:
    """The components of one kind: "Tr", "H1", "Link"…"""
    return [node for node in nodes(tree) if type(node).__name__ == kind]


def links(tree: Any) -> dict[str, str]:
    """Where each link of the tree leads, by its words."""
    return {text_of(node): node.href for node in (*kinds(tree, "A"), *kinds(tree, "Link"))}
