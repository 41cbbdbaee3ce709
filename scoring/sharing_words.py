"""Consent in plain words: what each level is called, what it shows, and what stays hidden."""

from datetime import date

from access.levels import Level
from scoring.words import short_day

LEVEL_NAMES = {
    Level.SCORE: "Score only",
    Level.THEMES: "Score and themes",
    Level.FULL: "Questions and groups too",
    Level.ACTIONS: "Also their own actions",
}
SHOWS = {
    Level.SCORE: "The social score with its range, its course, and how many took part.",
    Level.THEMES: "Also the score of every theme and its course.",
    Level.FULL: "Also single questions, and groups of workers where enough answered.",
    Level.ACTIONS: "Also this buyer’s own actions on the timeline, and what followed. Never another buyer’s.",
}
YOURS = {
    **LEVEL_NAMES,
    Level.ACTIONS: "Also your own actions",
}
"""The same names, as the buyer reads them."""
SHOWS_YOU = {
    **SHOWS,
    Level.ACTIONS: "Also your own actions on the timeline, and what followed. Never another buyer’s.",
}
NEVER = "Nobody, you included, ever sees a single answer. No buyer sees another buyer’s name or actions."
ANSWERS = {None: "Waiting", "agreed": "Agreed", "declined": "Declined", "withdrawn": "Withdrawn"}


def until_text(until: date | None) -> str:
    """Until when a consent stands: a day, or until it is stopped."""
    return "until you stop" if until is None else f"until {short_day(until)}"


def looks_text(looks: int) -> str:
    """How often somebody looked in a month: "not this month", "1 look this month", "9 looks this month"."""
    if looks == 0:
        return "not this month"
    return f"{looks} look{'' if looks == 1 else 's'} this month"
