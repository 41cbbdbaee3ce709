"""The policy table: which role holds which permission. Everything not named here is refused."""

from collections.abc import Callable
from contextvars import ContextVar, Token
from functools import wraps
from typing import ParamSpec, TypeVar

from access.levels import Level
from access.roles import Role
from access.viewer import NotAvailable, Viewer

P = ParamSpec("P")
R = TypeVar("R")

POLICY: dict[str, frozenset[Role]] = {
    "home.view": frozenset(Role),
    "overview.view": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "themes.view": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "timeline.view": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "indicators.view": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "method.view": frozenset(Role),
    "actions.all": frozenset({Role.OWNER, Role.OPERATOR}),
    "actions.own": frozenset({Role.BUYER}),
    "actions.remark": frozenset({Role.OWNER, Role.BUYER}),
    "actions.dispute": frozenset({Role.BUYER}),
    "footprint.view": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "leads.view": frozenset({Role.OWNER, Role.OPERATOR}),
    "measures.view": frozenset({Role.OWNER, Role.OPERATOR}),
    "benchmarks.view": frozenset({Role.NGO, Role.OPERATOR}),
    "suppliers.view": frozenset({Role.BUYER}),
    "sharing.view": frozenset({Role.OWNER}),
    "sharing.change": frozenset({Role.OWNER}),
    "sharing.ask": frozenset({Role.BUYER}),
    "looks.view": frozenset({Role.OWNER, Role.BUYER, Role.NGO, Role.OPERATOR}),
    "replies.write": frozenset({Role.OWNER}),
    "imports.bring": frozenset({Role.OWNER, Role.OPERATOR}),
    "imports.decide": frozenset({Role.OPERATOR}),
    "pushes.make": frozenset({Role.OWNER, Role.BUYER, Role.OPERATOR}),
    "registry.decide": frozenset({Role.OPERATOR}),
    "service.view": frozenset({Role.OPERATOR}),
    "accounts.manage": frozenset({Role.OPERATOR}),
}

LEAST: dict[str, Level] = {
    "themes.view": Level.THEMES,
    "indicators.view": Level.FULL,
    "actions.own": Level.ACTIONS,
    "actions.remark": Level.ACTIONS,
    "actions.dispute": Level.ACTIONS,
    "footprint.view": Level.ACTIONS,
}
"""How much of a factory a consent must show for a permission to reach it; where none is named, its score."""

NO_PREVIEW = frozenset(
    {
        "footprint.view",
        "imports.bring",
        "pushes.make",
        "measures.view",
        "actions.remark",
        "actions.dispute",
        "sharing.ask",
        "looks.view",
        "replies.write",
    }
)
"""What an owner who looks as a buyer would may not: see beyond the one factory, or do anything in its name."""

_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def enter(viewer: Viewer | None) -> Token[Viewer | None]:
    """Makes `viewer` the one who asks, until `leave` is called with the token that comes back."""
    return _viewer.set(viewer)


def leave(token: Token[Viewer | None]) -> None:
    """Forgets the viewer of a finished request."""
    _viewer.reset(token)


def current_viewer() -> Viewer:
    """The viewer of this request. Raises NotAvailable when nobody is signed in."""
    viewer = _viewer.get()
    if viewer is None:
        raise NotAvailable
    return viewer


def may(viewer: Viewer, permission: str) -> bool:
    """True when the viewer's role holds the permission. An unknown permission is a programming error."""
    return viewer.role in POLICY[permission] and not (viewer.preview and permission in NO_PREVIEW)


def reaches(viewer: Viewer, permission: str, factory_id: object) -> bool:
    """True when the viewer may do that at this factory: the role holds it, and the consent shows enough."""
    seen = isinstance(factory_id, str) and viewer.sees_factory(factory_id, LEAST.get(permission, Level.SCORE))
    return may(viewer, permission) and seen


def check(viewer: Viewer, permission: str, factory_id: str | None = None) -> None:
    """Raises NotAvailable unless the role holds the permission and, if one is named, reaches the factory."""
    if not may(viewer, permission) or (factory_id is not None and not reaches(viewer, permission, factory_id)):
        raise NotAvailable


def require(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator for layouts and callbacks: runs them only for a viewer who holds `permission`.

    The name is kept on the function as `permission`, so that a test can find functions without one.
    """
    if permission not in POLICY:
        raise KeyError(f"no such permission: {permission}")

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            check(current_viewer(), permission)
            return function(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by tests and the registry
        return guarded

    return decorate
