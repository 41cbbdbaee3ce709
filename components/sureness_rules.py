"""The words for how sure an effect is, each with its exact rule."""

from dash import html

from components.sureness import sureness_chip
from scoring.cascade_words import RULES


def sureness_rules() -> html.Dl:
    """Every word as the chip that pages show, and what it takes."""
    return html.Dl(
        [html.Div([html.Dt(sureness_chip(word)), html.Dd(rule)]) for word, rule in RULES.items()],
        className="sl-pad sl-sure-rules",
    )
