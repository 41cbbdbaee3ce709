"""The evidence grade as an outlined letter, and the chip of a factory that settles in."""

from dash import html

from components.marks import icon
from scoring.model import Score


def grade_badge(grade: str, *, word: bool = True) -> html.Span:
    """The letter A to D; D is dashed. Without its word, screen readers still hear it."""
    said = " evidence" if word else html.Span(" evidence", className="visually-hidden")
    return html.Span([html.B(grade), said], className="sl-grade d" if grade == "D" else "sl-grade")


def settling_chip() -> html.Span:
    """The chip that says that a factory is in its first two quarters."""
    return html.Span([icon("hourglass-split"), "Settling in"], className="sl-chip acc")


def badges(score: Score) -> html.Span | None:
    """What stands beside a score: grade, and the chip while it settles in; nothing without a score."""
    if score.estimate is None or score.grade is None:
        return None
    return html.Span([settling_chip() if score.settling else None, grade_badge(score.grade)], className="sl-badges")
