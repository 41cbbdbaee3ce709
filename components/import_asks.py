"""What only a person can say about a file before anything of it is read."""

import dash_bootstrap_components as dbc
from dash import html

from components.import_controls import deed, select
from scoring.import_parts import OPEN
from scoring.import_views import Ask, Sight
from scoring.words import counted

SIGNS = {",": "Commas", ";": "Semicolons", "\t": "Tabs", "|": "Upright strokes", ":": "Colons", " ": "Blanks"}


def asks_part(sight: Sight) -> html.Div:
    """What only a person can say about the file, with the answers there are; the likeliest stands first."""
    fields = [html.Label([html.Span(ask.sentence, className="form-label"), ask_list(ask)]) for ask in sight.asks]
    return html.Div([*fields, html.Div(deed("answer", "Look again", "btn-primary"), className="sl-acts")],
                    className="sl-im-asks")  # fmt: skip


def ask_list(ask: Ask) -> dbc.Select:
    """The answers to what is asked."""
    options = {OPEN: "Choose…"} | {one: choice_words(ask.what, one) for one in ask.choices}
    return select(f"ask-{ask.what}", options, OPEN)


def choice_words(what: str, choice: str) -> str:
    """An answer to what was asked, as people say it."""
    if what in ("footer", "below_header"):
        return "A row of the table" if choice == "0" else "No row: leave it out"
    if what == "header":
        return f"The names of columns stand in line {choice}"
    if what == "header_rows":
        return counted(int(choice), "row") if choice.isdecimal() else choice
    if what == "columns":
        own = not choice.startswith("header = ")
        return "There are none: number the columns" if own else f"In line {choice.removeprefix('header = ')}"
    return SIGNS.get(choice, choice) if what == "delimiter" else choice
