"""Is the body of a Dash callback request what the browser's renderer would have sent?

Dash believes whatever it is posted, and fails with a trace where a part is missing. Here the posted callback
must be a registered one, and its inputs, state and outputs must stand in their places under their names.
Values are not judged, except for the address of a page, which Dash itself takes apart.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

ROUTING = "_pages_location"
LONGEST_ADDRESS = 4000
PREFIX = "/app/"


def refusal(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why this body is refused, in a few words for the log; None when it is well formed."""
    if not isinstance(body, dict):
        return "not an object"
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:
        # One that the browser itself answers is known too, but has no function here.
        return "no such callback"
    for part in ("inputs", "state"):
        if not fits_all(body.get(part, []), callback[part]):
            return f"odd {part}"
    if not callback.get("no_output") and not outputs_fit(body.get("outputs"), callback["output"]):
        return "odd outputs"
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return "odd changes"
    return None if addresses_fit(body.get("inputs", [])) else "odd address"


def fits_all(posted: object, registered: Sequence[Mapping[str, Any]]) -> bool:
    """True when every posted dependency is the one registered in its place."""
    if not isinstance(posted, list) or len(posted) != len(registered):
        return False
    pairs = zip(posted, registered, strict=True)
    return all(fits(item, parsed(spec["id"]), spec["property"]) for item, spec in pairs)


def outputs_fit(posted: object, registered: Any) -> bool:
    """True when the posted outputs are the registered ones: one, or a list of them."""
    if isinstance(registered, (list, tuple)):
        if not isinstance(posted, list) or len(posted) != len(registered):
            return False
        return all(output_fits(item, spec) for item, spec in zip(posted, registered, strict=True))
    return output_fits(posted, registered)


def output_fits(posted: object, registered: Any) -> bool:
    """True when one posted output is the registered one."""
    return fits(posted, parsed(registered.component_id_str()), registered.component_property)


def parsed(identifier: str) -> Any:
    """A component's identifier: its name, or the parts of a pattern, where a list stands for a wildcard."""
    return json.loads(identifier) if identifier.startswith("{") else identifier


def fits(posted: object, identifier: Any, name: str) -> bool:
    """True when a posted dependency is this property of this component, or of those the pattern matches."""
    if isinstance(posted, list):
        parts = identifier.values() if isinstance(identifier, dict) else ()
        many = any(part in (["ALL"], ["ALLSMALLER"]) for part in parts)
        return many and all(is_one(item, identifier, name) for item in posted)
    return is_one(posted, identifier, name)


def is_one(posted: object, identifier: Any, name: str) -> bool:
    """True when `posted` names exactly one component and the right property of it."""
    if not isinstance(posted, dict):
        return False
    found = posted.get("property")
    if not isinstance(found, str) or found.partition("@")[0] != name:
        return False
    return matches(posted.get("id"), identifier)


def matches(posted: object, identifier: Any) -> bool:
    """True when a posted identifier is the registered one, or one that its pattern matches."""
    if not isinstance(identifier, dict):
        return isinstance(posted, str) and posted == identifier
    if not isinstance(posted, dict) or posted.keys() != identifier.keys():
        return False
    return all(
        isinstance(posted[key], (str, int, float)) if isinstance(part, list) else posted[key] == part
        for key, part in identifier.items()
    )


def addresses_fit(inputs: list[Any]) -> bool:
    """True when every address that Dash's own routing would take apart is one of the portal."""
    for item in inputs:
        if not isinstance(item, dict) or item.get("id") != ROUTING:
            continue
        value = item.get("value")
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST_ADDRESS):
            return False
        if item.get("property") == "pathname" and not (isinstance(value, str) and value.startswith(PREFIX)):
            return False
    return True
