"""A difference as tables show it: number, range and words; coloured only when it is clear."""

from dash import html

from scoring.model import Change, Verdict
from scoring.words import signed, signed_range

CLASSES = {Verdict.CLEAR_RISE: "sl-up", Verdict.CLEAR_DROP: "sl-down"}


def tone(change: Change) -> str:
    """The class that colours a difference: teal up, orange down, grey for whatever is not clear."""
    return CLASSES.get(change.verdict, "sl-flat")


def worded(verdict: Verdict) -> str:
    """What may be said about a difference, with the apostrophe of print."""
    return verdict.value.replace("'", "’")


def difference_cells(change: Change | None, *, said_on_phones: bool = False) -> list[html.Td]:
    """Three cells: the difference, its range, and what may be said about it.

    Phones have room for the words at most. Without a difference only "can't tell" is left.
    """
    only_wide = "sl-hide-s"
    said = "sl-verdict" if said_on_phones else f"sl-verdict {only_wide}"
    if change is None:
        return [html.Td("", className=f"n {only_wide}") for _ in range(2)] + [
            html.Td(html.Span(worded(Verdict.CANT_TELL), className="sl-flat"), className=said)
        ]
    clear = change.verdict in CLASSES
    number = html.Span(signed(change.points), className=f"{tone(change)} sl-num{' sl-clear' if clear else ''}")
    words = html.Span(worded(change.verdict), className=f"{tone(change)}{' sl-clear' if clear else ''}")
    return [
        html.Td(number, className=f"n sl-diff {only_wide}"),
        html.Td(signed_range(change.low, change.high), className=f"n sl-small sl-diff {only_wide}"),
        html.Td(words, className=said),
    ]
