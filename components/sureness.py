"""The chip that says how sure an effect is: icon and word, coloured by direction only where one is claimed."""

from collections.abc import Mapping

from dash import html

from components.marks import icon
from scoring.cascade_views import Sureness
from scoring.cascade_words import SURE_WORDS, direction

ICONS: Mapping[Sureness, str] = {
    Sureness.CLEAR: "check-circle-fill",
    Sureness.LIKELY: "check-circle",
    Sureness.UNCLEAR: "question-circle",
    Sureness.NO_EFFECT_SEEN: "dash-circle",
    Sureness.TOO_FEW_EVENTS: "slash-circle",
    Sureness.NOT_SHARED: "lock",
}
TONES = {-1: "attn", 0: "", 1: "good"}


def sureness_chip(sureness: Sureness, points: float | None = None) -> html.Span:
    """How sure an effect is; `points` says which way it goes, and may be left out where only the word is meant."""
    classes = ["sl-chip", TONES[direction(sureness, points)]]
    return html.Span([icon(ICONS[sureness]), SURE_WORDS[sureness]], className=" ".join(filter(None, classes)))
