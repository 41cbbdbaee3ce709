"""Imports brought as a page would bring them, for tests of what becomes of them."""

import io
from typing import Any

from access.roles import Role
from data.imports.desk import Desk
from data.imports.lodging import lodged
from data.state.accounts import add_account
from data.state.imports import Arrival, Import, Stage, add_import, import_named, moved, new_public_id
from tests.data.vault.place import Place


def organisation(place: Place, role: Role = Role.OPERATOR, name: str = "X") -> int:
    """The number of an organisation, with one account."""
    with place.state.change() as change:
        return add_account(change, email=f"{name}@x.example", role=role, organisation=name).organisation_id


def brought(place: Place, whose: int, body: str | bytes, name: str = "june.csv", **more: Any) -> str:
    """The public id of a new import of this file, which is asked to be checked."""
    public_id = new_public_id()
    kept = lodged(place.home, public_id, name, io.BytesIO(body if isinstance(body, bytes) else body.encode()))
    arrival = Arrival(whose, name, kept.size, kept.hash, **{"kind": "answers", "stage": Stage.CHECKING, **more})
    with place.state.change() as change:
        add_import(change, arrival, public_id)
    return public_id


def stands(place: Place, public_id: str) -> Import:
    """The import as it stands."""
    with place.state.look() as look:
        found = import_named(look, public_id)
    assert found is not None
    return found


def pushed(place: Place, public_id: str, before: Stage, after: Stage) -> bool:
    """True when the import stood at `before` and stands at `after` now."""
    with place.state.change() as change:
        return moved(change, public_id, (before,), after)


def desk(place: Place) -> Desk:
    """The desk of that home."""
    return Desk(place.home, place.settings, place.state)
