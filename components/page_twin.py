"""A page as plain JSON: what the door handed out to one viewer, and of it only what pages tell, no finer than printed.

Nothing is passed on by itself: `components/twin_fields.py` names every field that is. A number without a rule of its
own comes in whole points, as tenths of a score would tell more than any page does.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from math import isfinite
from typing import Any

from access.levels import Level
from scoring.effect_numbers import THOUSAND, tenths
from scoring.model import Change, Estimate, Stamp
from scoring.words import whole

Turned = Callable[[Any], Any]
Fields = Mapping[type, Mapping[str, Turned]]


def twin_json(page: str, address: str, stamp: Stamp, notes: tuple[str, ...], shown: Mapping[str, Any]) -> str:
    """The twin of a page as text: which page, which release, what its numbers are, and all that it shows."""
    told = {
        "page": page,
        "address": address,
        "release": stamp.release,
        "through": stamp.through.isoformat(),
        "method": stamp.method,
        "demo": stamp.demo,
        "notes": list(notes),
        "shown": shown,
    }
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False)


def told_by(fields: Fields) -> Turned:
    """The function that turns a value into what JSON has. Raises TypeError for a class whose fields nobody named."""

    def told(value: Any) -> Any:
        match value:
            case Level():
                return value.slug
            case Enum():
                return value.value
            case None | bool() | int() | str():
                return value
            case float():
                return whole(value) if isfinite(value) else None
            case date():
                return value.isoformat()
            case Estimate():
                return in_points(value)
            case Change():
                return change_points(value)
            case Mapping():
                return {str(key): told(one) for key, one in value.items()}
            case tuple() | list():
                return [told(one) for one in value]
        if not is_dataclass(value) or type(value) not in fields:
            raise TypeError(f"no page tells of {type(value).__name__}")
        return {name: turned(getattr(value, name)) for name, turned in fields[type(value)].items()}

    return told


def in_points(found: Estimate | None) -> dict[str, Any] | None:
    """A score with its likely range in whole points."""
    return ends(found, whole)


def in_tenths(found: Any) -> Any:
    """An estimate, or a number, to one decimal."""
    return ends(found, tenths) if isinstance(found, Estimate) else to_tenths(found)


def in_hundreds(found: Any) -> Any:
    """Points of a footprint to the nearest hundred, with their range where there is one."""
    return ends(found, hundreds) if isinstance(found, Estimate) else None if found is None else hundreds(found)


def in_percent(share: float) -> int | None:
    """A share in whole percent."""
    return whole(100 * share) if isfinite(share) else None


def week_points(points: tuple[tuple[float, float], ...]) -> list[dict[str, Any]]:
    """The course of one action: the middle of each fortnight in weeks from it, and the points there."""
    return [{"week": to_tenths(week), "points": to_tenths(value)} for week, value in points]


def ends(found: Estimate | None, rounded: Turned) -> dict[str, Any] | None:
    """A value with its likely range, rounded; None where nothing is told, and for a number that is none."""
    if found is None or not all(map(isfinite, (found.value, found.low, found.high))):
        return None
    return {"value": rounded(found.value), "low": rounded(found.low), "high": rounded(found.high)}


def to_tenths(value: float | None) -> float | None:
    """A number to one decimal; None for one that is none."""
    return tenths(value) if value is not None and isfinite(value) else None


def hundreds(points: float) -> int | None:
    """Points to the nearest hundred."""
    return round(tenths(points / THOUSAND) * THOUSAND) if isfinite(points) else None


def change_points(change: Change) -> dict[str, Any] | None:
    """A difference as it is printed; an end of a clear range that would print as 0 keeps one decimal."""
    if not all(map(isfinite, (change.points, change.low, change.high))):
        return None
    clear = change.low > 0 or change.high < 0
    low, high = (end_of_range(end, clear) for end in (change.low, change.high))
    return {"points": whole(change.points), "low": low, "high": high, "verdict": change.verdict.value}


def end_of_range(points: float, clear: bool) -> float:
    """One end of a difference's range."""
    if not clear or whole(points) != 0:
        return whole(points)
    return max(tenths(abs(points)), 0.1) * (1 if points > 0 else -1)
