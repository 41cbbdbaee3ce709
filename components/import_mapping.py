"""The form in which a person says what each column is, and the same mapping as text."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components import addresses, ids
from components.marks import icon
from scoring.import_form import KIND_NAMES, LONGEST, NEW, OPEN, SHAPES, roles_of, shapes_of, slug
from scoring.import_views import ColumnView, ImportView, MappingView, QuestionView
from scoring.words import counted

SCALES = {"yesno": "Yes or no (1, 0)", "ordinal5": "1 to 5", "scale4": "0 to 4", "scale10": "1 to 10"}
SENTENCES = {
    "answers": "A question that no column or codebook knows is never guessed: choose it, or leave the column unread.",
}
PRIVACY = "Leave names, telephone numbers and free text unread. What is not read never leaves this file."


def mapping_part(view: ImportView, mapping: MappingView, *, as_text: bool) -> html.Div:
    """How the file is read: as a canonical file, by the form, or by its text."""
    return html.Div(
        [
            problem_note(mapping),
            hints_part(mapping),
            fits_part(mapping),
            canonical_part(view, mapping) if mapping.canonical else switch(view.line.public_id, as_text=as_text),
            None if mapping.canonical else (text_part(mapping) if as_text else form_part(view, mapping)),
        ],
        className="sl-im-mapping",
    )


def problem_note(mapping: MappingView) -> html.P | None:
    """What has to be said before the file can be checked."""
    if not mapping.problem:
        return None
    return html.P([icon("exclamation-circle"), html.Span(mapping.problem)], className="sl-note attn", role="status")


def hints_part(mapping: MappingView) -> html.Details | None:
    """What was not certain when the file was first looked at, while something is still to be decided."""
    if not (mapping.hints and mapping.problem):
        return None
    items = html.Ul([html.Li(hint) for hint in mapping.hints], className="sl-im-notes")
    return html.Details([html.Summary(f"{counted(len(mapping.hints), 'thing')} to decide"), items], open=True)


def fits_part(mapping: MappingView) -> html.Div | None:
    """The mappings kept from earlier files that have these columns."""
    if not mapping.fits:
        return None
    buttons = [
        html.Button([icon("bookmark"), name], id=ids.import_deed(f"use-{name}"), type="button", className="btn sl-btn")
        for name in mapping.fits
    ]
    return html.Div([html.Span("Read it as before:", className="sl-small"), *buttons], className="sl-acts")


def canonical_part(view: ImportView, mapping: MappingView) -> html.Div:
    """The file has the very columns of one kind, so nothing has to be said."""
    return html.Div(
        [
            html.P(
                [html.B(KIND_NAMES[mapping.kind]), ". The columns have the names that Seamline uses, so the file can "
                 "be read as it is."],
            ),
            html.Button("Say what each column is instead", id=ids.import_deed("form"), type="button",
                        className="btn sl-quiet"),
        ]
    )  # fmt: skip


def switch(public_id: str, *, as_text: bool) -> html.Nav:
    """Form or text, as two links; the address remembers which."""
    shown = {False: ("Form", {}), True: ("Text (TOML)", {"as": "text"})}
    links = [
        html.A(name, href=addresses.import_page(public_id, values), **{"aria-current": "page"})
        if which == as_text
        else dcc.Link(name, href=addresses.import_page(public_id, values))
        for which, (name, values) in shown.items()
    ]
    return html.Nav(links, className="sl-seg", **{"aria-label": "How the mapping is shown"})


def text_part(mapping: MappingView) -> html.Div:
    """The mapping as text, for whoever likes that better."""
    text = dcc.Textarea(
        id=ids.import_field("toml"), value=mapping.text, rows=18, spellCheck=False, className="form-control sl-mono"
    )
    keep = html.Button("Keep this text", id=ids.import_deed("text"), type="button", className="btn sl-btn")
    return html.Div([field("The mapping", text), html.Div(keep, className="sl-acts")])


def form_part(view: ImportView, mapping: MappingView) -> html.Div:
    """The form: what the file holds, what each column is, what each question is."""
    return html.Div(
        [
            html.Div(
                [
                    field("What it holds", select("kind", {k: KIND_NAMES[k] for k in view.kinds}, mapping.kind)),
                    field("How it is laid out", select("shape", {s: SHAPES[s] for s in shapes_of(mapping.kind)}
                                                       if len(shapes_of(mapping.kind)) > 1
                                                       else {"long": "A row is one thing"}, mapping.shape)),
                    field("Keep this reading as", text_input("name", mapping.name)),
                ],
                className="sl-im-top",
            ),
            html.P(PRIVACY, className="sl-small"),
            columns_table(mapping),
            date_part(mapping),
            questions_part(view, mapping),
            html.Div(
                [
                    html.Button("Keep", id=ids.import_deed("keep"), type="button", className="btn sl-btn"),
                    html.Span("After a change of what it holds or of its columns, keep it to see what comes next.",
                              className="sl-micro"),
                ],
                className="sl-acts",
            ),
        ],
        className="sl-im-form",
    )  # fmt: skip


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


def columns_table(mapping: MappingView) -> html.Div:
    """Every column of the file with its first values, and what it is."""
    roles = roles_of(mapping.kind, mapping.shape)
    head = html.Tr([html.Th(name, scope="col") for name in ("Column", "Its first values", "What it is")])
    rows = [column_row(index, column, roles) for index, column in enumerate(mapping.columns)]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(rows)], className="sl-table sl-cards-s sl-im-columns"),
        className="sl-im-scroll", tabIndex=0, role="region", **{"aria-label": "Columns of the file"},
    )  # fmt: skip


def column_row(index: int, column: ColumnView, roles: dict[str, str]) -> html.Tr:
    """One column."""
    named = column.name or f"(column {index + 1}, without a name)"
    control = html.Label(
        [html.Span(f"What {named} is", className="visually-hidden"), select(f"column-{index}", roles, column.role)]
    )
    values = " · ".join(column.samples) or "empty"
    return html.Tr([html.Th(named, scope="row"), html.Td(values, className="sl-im-values"), html.Td(control)])


def date_part(mapping: MappingView) -> html.Div | None:
    """How days are written; only where a column holds them."""
    if not any(column.role == "field:date" for column in mapping.columns):
        return None
    hint = "Such as %d.%m.%Y for 31.12.2026; several with | between. Empty for 2026-12-31."
    zone = "Such as Asia/Dhaka, where the file has moments and not days. Empty for days of the factory."
    return html.Div(
        [
            field("How days are written", text_input("date-format", mapping.date_format), hint=hint),
            field("Time zone of moments", text_input("date-zone", mapping.date_zone), hint=zone),
        ],
        className="sl-im-top",
    )


def questions_part(view: ImportView, mapping: MappingView) -> html.Div | None:
    """What each question is, and what its written values mean."""
    if mapping.kind != "answers" or not mapping.questions:
        return None
    cards = [question_card(index, one, view.known) for index, one in enumerate(mapping.questions)]
    return html.Div([html.H3("Questions"), html.P(SENTENCES["answers"], className="sl-small"), *cards],
                    className="sl-im-questions")  # fmt: skip


def question_card(index: int, one: QuestionView, known: Sequence[tuple[str, str]]) -> html.Fieldset:
    """One question: its wording in the file, the question that it is, its values; for a new one theme and scale."""
    new = f"{NEW}{one.indicator if one.declares else slug(one.text)}"
    options = {OPEN: "Choose…"} | {i: f"{i} · {words}" for i, words in known} | {new: "A new question"}
    value = new if one.declares else one.indicator or OPEN
    if value and value not in options:
        options[value] = value
    text = dbc.Input(id=ids.import_field(f"question-{index}-text"), type="hidden", value=one.text)
    return html.Fieldset(
        [
            html.Legend(one.text),
            text,
            near_line(one, dict(known)),
            html.Div(
                [
                    field("It is", select(f"question-{index}", options, value)),
                    field("Values", dcc.Textarea(id=ids.import_field(f"values-{index}"), value=one.values, rows=3,
                                                 className="form-control"),
                          hint="A line each: Yes = 1. Empty where the file has the numbers."),
                    html.Div(
                        [
                            field("Theme", text_input(f"theme-{index}", one.theme)),
                            field("Scale", select(f"scale-{index}", SCALES, one.scale or "ordinal5")),
                            field("A high answer is", select(f"polarity-{index}", {"1": "Good", "-1": "Bad"},
                                                             str(one.polarity))),
                        ],
                        className="sl-im-new",
                    ),
                ],
                className="sl-im-question",
            ),
        ]
    )  # fmt: skip


def near_line(one: QuestionView, known: dict[str, str]) -> html.P | None:
    """Known questions that are worded alike; a proposal, taken only by whoever reads it."""
    if one.indicator or not one.near:
        return None
    said = [f"{indicator} “{known.get(indicator, '')}”" for indicator, _ in one.near]
    return html.P([icon("lightbulb"), html.Span(f"Worded alike: {'; '.join(said)}")], className="sl-note")
