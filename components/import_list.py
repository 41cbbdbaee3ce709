"""The list of imports: the place where a file is brought, what waits for a yes, and all imports."""

from typing import Any

from dash import html

from access.roles import Role
from components import addresses, ids, states
from components.import_words import STAGES, kind_name, moment, rows_text, size_text
from components.marks import icon
from scoring.import_views import ImportLine, ImportsView, Stage
from scoring.words import counted

WHY_OPERATOR = (
    "Answers of workers that a factory brings are looked at and loaded by the operator. Somebody who could put "
    "invented answers beside real ones could work out the real ones. Head counts, orders, actions and production "
    "measures you load yourself."
)


def imports_page(view: ImportsView) -> html.Div:
    """The whole page."""
    return html.Div(
        [
            html.Div(html.Div([html.H1("Imports"), html.P(sentence(view))]), className="sl-head"),
            html.Div([drop_card(view.role), waiting_card(view), list_card(view)], className="sl-stack"),
        ]
    )


def sentence(view: ImportsView) -> str:
    """How many there are, and what waits."""
    there = counted(len(view.lines), "import") if view.lines else "Nothing imported yet"
    return f"{there} · {view.waiting} waiting for your yes" if view.waiting else there


def drop_card(role: Role) -> html.Section:
    """Where a file is brought: dropped, or chosen by mouse or keyboard; the browser sends it piece by piece."""
    said = ids.imports("upload-said")
    zone = html.Div(
        [
            icon("file-earmark-arrow-up"),
            html.P([html.B("Drop a file here"), html.Span(", or ")], className="sl-im-or"),
            html.Button("Choose a file…", id=ids.imports("choose"), type="button", className="btn btn-primary",
                        **{"data-brings": addresses.BRING, "data-said": said}),
            html.P("CSV, Excel, ODS, JSON, Parquet, KoboToolbox or Qualtrics. At most 20 MB.", className="sl-micro"),
            html.Progress(id=ids.imports("upload-bar"), max="100", className="sl-im-bar", hidden=True,
                          **{"aria-label": "Upload"}),
            html.P(id=said, className="sl-small", role="status"),
        ],
        className="sl-im-drop", **{"data-drop": ids.imports("choose")},
    )  # fmt: skip
    notes: list[Any] = [
        html.P("Nothing is loaded by bringing a file. You see first what was recognised, and what a check finds.",
               className="sl-small"),
    ]  # fmt: skip
    if role is Role.OWNER:
        notes.append(html.P([icon("shield-check"), html.Span(WHY_OPERATOR)], className="sl-note"))
    plain = html.A("Bring a file without dragging or scripts", href=f"{addresses.BRING}/new", className="sl-why")
    return html.Section(
        [
            html.Div(html.H2("Bring a file", id="imports-bring-title"), className="sl-card-h"),
            html.Div([*notes, zone, plain], className="sl-pad sl-im-bring"),
        ],
        className="sl-card sl-no-print", **{"aria-labelledby": "imports-bring-title"},
    )  # fmt: skip


def waiting_card(view: ImportsView) -> html.Section | None:
    """What owners sent to the operator; nothing where nothing waits."""
    waiting = [line for line in view.lines if line.stage is Stage.WAITING and not line.own]
    if not waiting:
        return None
    items = [
        html.Li(
            [
                html.A(line.name, href=addresses.import_page(line.public_id), className="sl-act"),
                html.Span(f"{line.organisation} · {kind_name(line.kind)} · {rows_text(line, limited=False)}",
                          className="sl-small"),
            ]
        )
        for line in waiting
    ]  # fmt: skip
    title = html.H2("Waiting for your yes", id="imports-waiting-title")
    return html.Section(
        [html.Div(title, className="sl-card-h"), html.Ul(items, className="sl-im-waiting sl-pad")],
        className="sl-card", **{"aria-labelledby": "imports-waiting-title"},
    )  # fmt: skip


def list_card(view: ImportsView) -> html.Section:
    """All imports as a table, newest first; on a phone each is a card."""
    body: Any = html.Div(
        states.nothing_yet(
            "Nothing imported yet",
            "Files that you bring stand here, with what became of their rows. Bring the first one above.",
            "file-earmark-arrow-up",
        ),
        className="sl-pad",
    )
    if view.lines:
        heads = ["File", "Brought", "Rows", "State"]
        head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
        rows = [row(line, view.role) for line in view.lines]
        body = html.Div(
            html.Table([head, html.Tbody(rows)], className="sl-table sl-cards-s sl-im"), className="sl-im-list"
        )
    return html.Section(
        [html.Div(html.H2("All imports", id="imports-list-title"), className="sl-card-h"), body],
        className="sl-card", **{"aria-labelledby": "imports-list-title"},
    )  # fmt: skip


def row(line: ImportLine, role: Role) -> html.Tr:
    """One import."""
    who = line.who or "a token"
    by = [html.Span(moment(line.created_at), className="sl-num")]
    by += [
        html.Br(),
        html.Span(line.organisation if role is Role.OPERATOR and not line.own else who, className="sl-micro"),
    ]
    return html.Tr(
        [
            html.Th(
                [
                    html.A(line.name, href=addresses.import_page(line.public_id), className="sl-act"),
                    html.Br(),
                    html.Span(f"{kind_name(line.kind)} · {size_text(line.size)}", className="sl-micro"),
                ],
                scope="row",
            ),
            html.Td(by),
            html.Td(rows_text(line, limited=role is Role.OWNER and line.kind == "answers"), className="sl-im-rows"),
            html.Td(stage_chip(line.stage)),
        ]
    )


def stage_chip(stage: Stage) -> html.Span:
    """A stage as a mark and a word."""
    mark, word, colour = STAGES[stage]
    return html.Span([icon(mark), word], className=f"sl-chip {colour}".rstrip())
