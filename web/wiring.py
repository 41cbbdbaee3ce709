"""What the composition root hands to the web pages, kept on the Flask app for the length of its life."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app

from data.home import Home
from data.settings import Settings
from data.state import State
from web.passwords import Passwords

KEY = "seamline.web"


@dataclass(frozen=True)
class Wiring:
    """Everything the web pages need from elsewhere.

    `owned(owner_id)` answers an owner's factories, `factory_ids()` all of the newest release (None before the
    first). `callbacks()` is Dash's callback map and `csp_hashes()` its inline scripts; both are asked only
    once a request is under way, as Dash adds its own at the first one. `release_number()` raises when the
    releases cannot be read.
    """

    settings: Settings
    home: Home
    state: State
    owned: Callable[[str], frozenset[str]]
    factory_ids: Callable[[], frozenset[str] | None]
    callbacks: Callable[[], Mapping[str, Mapping[str, Any]]]
    csp_hashes: Callable[[], Sequence[str]]
    release_number: Callable[[], int | None]
    passwords: Passwords = field(default_factory=Passwords)


def wiring() -> Wiring:
    """The wiring of the app that is answering."""
    return cast(Wiring, current_app.extensions[KEY])
