"""What a person should look at before a file is loaded: said in a sentence, with the figures behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from data.engine import Engine

Kind = Literal[
    "break", "unknown_question", "unknown_value", "values", "not_read", "unknown", "coordinates", "links", "doubt"
]


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed. `about` names the question or column, `details` hold plain values.

    `serious` marks what may turn into a wrong number when it is loaded as it stands.
    """

    kind: Kind
    about: str
    sentence: str
    serious: bool = False
    details: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """This finding as plain values that JSON holds."""
        return {
            "kind": self.kind,
            "about": self.about,
            "sentence": self.sentence,
            "serious": self.serious,
            "details": self.details,
        }


MOST_VALUES = 50
LONGEST = 60
"""So many different values of a question are told, and so much of each."""


def listed(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the serious ones first."""
    return tuple(sorted(found, key=lambda one: not one.serious))


def times(count: int) -> str:
    """How often, in words."""
    return "once" if count == 1 else f"{count:,} times"


def values_found(engine: Engine, wordings: dict[str, str]) -> list[Finding]:
    """What was answered to each question: how often each answer was given, and the written values nobody knows.

    A question that everybody answers alike, or nobody with a value the mapping knows, is worth a look.
    """
    rows = engine.frame("survey/values", most=MOST_VALUES, longest=LONGEST)
    unread = engine.frame("survey/values_unread", most=MOST_VALUES, longest=LONGEST)
    found = []
    for name, given in rows.groupby("indicator_id", sort=True):
        text = wordings.get(str(name), str(name))
        counts = {str(value): int(n) for value, n in zip(given["value"], given["n"], strict=True)}
        said = f"{text!r}: " + ", ".join(f"{value} {times(n)}" for value, n in counts.items()) + "."
        found.append(Finding("values", str(name), said, details={"values": counts}))
    for question, given in unread.groupby("question", sort=True):
        counts = {str(value): int(n) for value, n in zip(given["value"], given["n"], strict=True)}
        shown = ", ".join(f"{value!r} {times(n)}" for value, n in list(counts.items())[:5])
        said = f"No answer is known for what is written to {question!r}: {shown}."
        found.append(Finding("unknown_value", str(question), said, serious=True, details={"values": counts}))
    return found
