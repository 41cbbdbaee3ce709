"""Warnings about answers in plain sentences. They stand beside a grade; none of them changes a score."""

from collections.abc import Sequence

from scoring.views import Flag
from scoring.words import day_span

KINDS = {
    "straightline": "equal answers to every question",
    "coached": "coached answers",
    "burst": "a burst of answers",
    "duplicates": "forms with the very same answers",
    "implausible": "more answers than people",
    "silence": "a silence",
}


def named(one: Flag) -> str:
    """What a warning is about and of which days: "coached answers, 14–20 September 2026"."""
    return f"{KINDS.get(one.kind, one.kind)}, {day_span(one.first, one.last)}"


def sentence(one: Flag) -> str:
    """One warning by itself: "A warning about coached answers, 14–20 September 2026: …"."""
    return f"A warning about {named(one)}: {one.detail}"


def evidence(warnings: Sequence[Flag], *, lowered: bool) -> str:
    """What warnings did to a grade; a grade that is the lowest anyway is not lowered by them. Empty without any."""
    if not warnings:
        return ""
    if len(warnings) == 1:
        did = "lowered the grade by one step" if lowered else "lowers the grade no further"
        return f"A warning about {named(warnings[0])}, {did}: {warnings[0].detail}"
    did = "lowered the grade by one step together" if lowered else "lower the grade no further"
    every = " ".join(f"{named(one)[:1].upper()}{named(one)[1:]}: {one.detail}" for one in warnings)
    return f"{len(warnings)} warnings {did}. {every}"
