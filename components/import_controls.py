"""The controls of the import form: each is called by the name under which it is posted."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from scoring.import_parts import LONGEST


def field(label: str, control: Any, *, hint: str = "") -> html.Div:
    """A label around its control, so that each belongs to the other however ids are made."""
    parts = [html.Span(label, className="form-label"), control]
    return html.Div(
        html.Label([*parts, html.Span(hint, className="sl-micro")] if hint else parts), className="sl-im-field"
    )


def select(name: str, options: dict[str, str], value: str, **more: Any) -> dbc.Select:
    """A list to choose from."""
    choices = [{"label": words, "value": key} for key, words in options.items()]
    return dbc.Select(id=ids.import_field(name), options=choices, value=value, **more)


def text_input(name: str, value: str, **more: Any) -> dbc.Input:
    """A line of text."""
    return dbc.Input(id=ids.import_field(name), type="text", value=value, maxlength=LONGEST, autocomplete="off", **more)


def deed(name: str, words: str, look: str) -> html.Button:
    """One button."""
    return html.Button(words, id=ids.import_deed(name), type="button", className=f"btn {look}")
