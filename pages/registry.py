"""How a page and its callbacks enter the portal: each names its permission, or it does not get in.

Pages register here when they are imported; `attach` hands everything to one Dash app. So a process may
build several apps (tests do), and a test can walk `PAGES` and `CALLBACKS` to see that none is unguarded.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import dash
from dash import Dash, no_update
from dash.exceptions import MissingCallbackContextException, PreventUpdate
from flask import current_app

from access.policy import require
from access.viewer import NotAvailable
from components import states
from scoring.model import NoRelease
from scoring.service import Door

log = logging.getLogger("seamline.pages")


@dataclass(frozen=True)
class Page:
    """One registered page: where it lives and what draws it."""

    module: str
    path: str
    name: str
    layout: Callable[..., Any]
    title: Callable[..., str]


@dataclass(frozen=True)
class Callback:
    """One registered callback: Dash's own dependencies and options, and the guarded function."""

    dependencies: tuple[Any, ...]
    options: dict[str, Any]
    function: Callable[..., Any]


PAGES: dict[str, Page] = {}
CALLBACKS: dict[str, Callback] = {}


def door() -> Door:
    """The one door to everything released, as wired by `create_app`."""
    return cast(Door, current_app.extensions["seamline.door"])


def page(
    path: str, *, name: str, permission: str, title: Callable[..., str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a layout under `path` (Dash's `path_template`), for viewers who hold `permission`.

    What the layout raises becomes a designed state: not available, nothing yet, or failed with a reference. `title`
    is asked with the parts of the address what the window is called; without it, or where it says "", by the name.
    """

    def titled(**values: Any) -> str:
        said = title(**values) if title else ""
        return f"{said or name} · Seamline"

    def decorate(layout: Callable[..., Any]) -> Callable[..., Any]:
        guarded = require(permission)(layout)

        def drawn(**values: Any) -> Any:
            try:
                return guarded(**values)
            except NotAvailable:
                return states.not_available()
            except NoRelease:
                return states.nothing_released()
            except Exception:
                return states.failed(reference("page", path))

        drawn.permission = permission  # type: ignore[attr-defined]  # read by the tests
        PAGES[path] = Page(layout.__module__, path, name, drawn, titled)
        return guarded

    return decorate


def on(*dependencies: Any, permission: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a callback for viewers who hold `permission`; to others it answers as if nothing was there.

    What an open page shows may have ended since, say a consent: then it says so, in the same words whatever was asked.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        guarded = require(permission)(function)

        def answered(*values: Any) -> Any:
            try:
                return guarded(*values)
            except NotAvailable:
                return told_gone()
            except NoRelease:
                raise PreventUpdate from None
            except PreventUpdate:
                raise
            except Exception:
                dash.set_props("notice", {"children": states.failed(reference("callback", function.__name__))})
                return no_update

        answered.permission = permission  # type: ignore[attr-defined]  # read by the tests
        answered.__name__ = function.__name__
        answered.__module__ = function.__module__
        CALLBACKS[f"{function.__module__}.{function.__name__}"] = Callback(dependencies, options, answered)
        return guarded

    return decorate


def told_gone() -> Any:
    """No change but a notice that this is not available, alike whatever was asked; without a page no notice."""
    try:
        dash.set_props("notice", {"children": states.gone()})
    except MissingCallbackContextException:
        raise PreventUpdate from None
    return no_update


def reference(kind: str, name: str) -> str:
    """A new reference number under which the log holds what just went wrong."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = "-".join("".join(secrets.choice(alphabet) for _ in range(3)) for _ in range(2))
    log.exception("reference %s: the %s %s failed", number, kind, name)
    return number


def attach(app: Dash) -> None:
    """Gives every registered page and callback to this Dash app."""
    for order, entry in enumerate(PAGES.values()):
        dash.register_page(
            entry.module,
            path_template=entry.path,
            name=entry.name,
            title=entry.title,
            layout=entry.layout,
            order=order,
        )
    for entry in CALLBACKS.values():
        app.callback(*entry.dependencies, **entry.options)(entry.function)
