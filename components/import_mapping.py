"""The form in which a person says what each column is, and the same mapping as text."""

from dash import dcc, html

from components import addresses, ids
from components.import_controls import field, select, text_input
from components.import_fields import constants_part, declared_part, identity_part, writing_part
from components.import_questions import questions_part
from components.marks import icon
from scoring.import_form import KIND_NAMES, SHAPES, roles_of, shapes_of
from scoring.import_views import ColumnView, ImportView, MappingView
from scoring.words import counted

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
            identity_part(mapping),
            writing_part(mapping),
            constants_part(mapping),
            declared_part(mapping),
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
