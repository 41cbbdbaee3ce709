"""One import as a calm way down the page: what was brought, how it is read, what a check found, what became of it."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses, ids
from components.import_asks import asks_part
from components.import_controls import deed
from components.import_list import stage_chip
from components.import_mapping import mapping_part
from components.import_report import report_part
from components.import_words import kind_name, moment, size_text
from components.marks import icon
from scoring.import_views import AT_WORK, EDITED, ImportLine, ImportView, Sight, Stage
from scoring.words import count, counted

PUBLIC, STAGE, AS = ids.imports("id"), ids.imports("stage"), ids.imports("as")
BODY, SAID, CLOCK, PROGRESS = ids.imports("body"), ids.imports("said"), ids.imports("clock"), ids.imports("progress")
GLANCE = 1500
"""Milliseconds between looks how far the ingester is."""
LONGEST_CELL = 80
WHY_SEND = (
    "You cannot load answers of workers yourself. Somebody who could put invented answers beside real ones could work "
    "out the real ones. The operator looks at the file and the check, and loads it or tells you why not."
)
UNTIL = "It can be taken out again until a release takes it in, at the latest tonight."


def import_page(view: ImportView, *, as_text: bool) -> html.Div:
    """The whole page. Only its body is drawn anew."""
    return html.Div(
        [
            html.Div(
                html.Div([html.H1(view.line.name), html.P(facts(view.line))]),
                className="sl-head",
            ),
            html.P(dcc.Link([icon("arrow-left"), "All imports"], href=addresses.IMPORTS, className="sl-why")),
            dcc.Store(id=PUBLIC, data=view.line.public_id),
            dcc.Store(id=AS, data="text" if as_text else "form"),
            html.Div(id=SAID, **{"aria-live": "polite"}),
            html.Div(import_body(view, as_text=as_text), id=BODY),
        ],
        className="sl-im-page",
    )


def facts(line: ImportLine) -> str:
    """What is known of a file at once."""
    by = f"{line.organisation}" + (f", {line.who}" if line.who else "")
    return f"{kind_name(line.kind)} · {size_text(line.size)} · brought {moment(line.created_at)} UTC by {by}"


def import_body(view: ImportView, *, as_text: bool) -> list[Any]:
    """The steps, each as a section of its own."""
    steps = [seen_step(view), reading_step(view, as_text=as_text), check_step(view), load_step(view)]
    items = [step for step in steps if step is not None]
    busy = view.line.stage in AT_WORK
    return [
        dcc.Store(id=STAGE, data=str(view.line.stage)),
        dcc.Interval(id=CLOCK, interval=GLANCE, disabled=not busy),
        html.Div(progress(view.line), id=PROGRESS, className="sl-im-progress"),
        html.Ol(items, className="sl-im-steps"),
        cancel_part(view),
    ]


def step(name: str, title: str, content: Sequence[Any], *, state: str = "") -> html.Li:
    """One step with its heading; `state` is "now", "done" or empty for later."""
    identifier = ids.imports(f"step-{name}")
    head = html.Div(html.H2(title, id=identifier), className="sl-card-h")
    return html.Li(
        html.Section(
            [head, html.Div(list(content), className="sl-pad")],
            className="sl-card", **{"aria-labelledby": identifier},
        ),
        className=f"sl-im-step {state}".rstrip(),
    )  # fmt: skip


def seen_step(view: ImportView) -> html.Li:
    """What was recognised, and the first rows."""
    sight = view.sight
    if sight is None:
        said = "The file is not kept any more: its bytes go 30 days after the last step, and the report stays."
        return step("seen", "What was brought", [html.P(said, className="sl-body2")], state="done")
    if sight.problem:
        note = html.P([icon("exclamation-circle"), html.Span(sight.problem)], className="sl-note attn", role="status")
        return step("seen", "This file could not be read", [note], state="now")
    rows = f"{counted(sight.total, 'row')}, " if sight.total is not None else ""
    parts: list[Any] = [html.P(f"{rows}{counted(len(sight.header), 'column')}.", className="sl-body2")]
    if sight.notes:
        parts.append(html.Ul([html.Li(note) for note in sight.notes], className="sl-im-notes"))
    if sight.asks and "edit" in view.deeds:
        parts.append(asks_part(sight))
    return step("seen", "What was recognised", [*parts, preview(sight)], state="now" if sight.asks else "done")


def preview(sight: Sight) -> html.Details:
    """The first rows of the file, in a box that scrolls by keyboard too; long text is cut."""
    head = html.Tr([html.Th(short(name), scope="col") for name in sight.header])
    rows = [html.Tr([html.Td(short(value)) for value in row]) for row in sight.rows]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="sl-table")
    box = html.Div(
        table, className="sl-table-box", tabIndex=0, role="region", **{"aria-label": "First rows of the file"}
    )
    words = f"The first {counted(len(sight.rows), 'row')}" if sight.rows else "No rows"
    return html.Details([html.Summary([icon("table"), words]), box], open=True, className="sl-twin sl-im-preview")


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def reading_step(view: ImportView, *, as_text: bool) -> html.Li | None:
    """How the file is read; while that can be changed, as a form."""
    if view.mapping is None or view.sight is None or view.sight.problem:
        return None
    if view.sight.asks and "edit" in view.deeds:  # answering begins anew, so nothing may have been typed before it
        return None
    link = html.A([icon("download"), "The mapping, as TOML"], className="sl-why",
                  href=addresses.import_file(view.line.public_id, "mapping.toml"))  # fmt: skip
    if "edit" not in view.deeds:
        said = html.P(f"Read as {kind_name(view.line.kind).lower()}.", className="sl-body2")
        return step("reading", "How it is read", [said, None if view.mapping.canonical else link], state="done")
    state = "done" if view.line.stage is Stage.CHECKED else "now"
    return step("reading", "How it is read", [mapping_part(view, view.mapping, as_text=as_text)], state=state)


def check_step(view: ImportView) -> html.Li | None:
    """The check, and what it found."""
    stage = view.line.stage
    parts: list[Any] = []
    if stage is Stage.FAILED and view.line.said:
        parts.append(html.P([icon("exclamation-circle"), html.Span(view.line.said)], className="sl-note attn"))
    if "edit" in view.deeds:
        words = "Check again" if view.report else "Check the file"
        main = "sl-btn" if stage is Stage.CHECKED else "btn-primary"
        parts.append(
            html.P("A check reads every row and keeps nothing.", className="sl-body2") if not view.report else None
        )
        parts.append(html.Div(deed("check", words, main), className="sl-acts"))
    if view.report is not None:
        loaded = stage in (Stage.LOADED, Stage.UNDOING, Stage.UNDONE)
        parts.insert(0, report_part(view.report, view.line.public_id, limited=view.limited, loaded=loaded))
    if not parts:
        return None
    return step("check", "What the check found" if view.report else "Check", parts,
                state="now" if stage in EDITED else "done")  # fmt: skip


def load_step(view: ImportView) -> html.Li | None:
    """What is done with it: loaded, sent to the operator, refused, taken out again."""
    stage, line = view.line.stage, view.line
    parts: list[Any] = []
    if "send" in view.deeds and not nothing_good(view):
        parts = [html.P(WHY_SEND, className="sl-body2"), html.Div(deed("send", "Send to the operator", "btn-primary"),
                                                                  className="sl-acts")]  # fmt: skip
    elif stage is Stage.WAITING:
        parts = waiting_parts(view)
    elif "load" in view.deeds and nothing_good(view):
        parts = [html.P("No row of it can be loaded as it is read now. The check says why.", className="sl-body2")]
    elif "load" in view.deeds:
        parts = [html.P(f"Rows that are good are loaded; the others stay out. {UNTIL}", className="sl-body2"),
                 html.Div(deed("load", "Load", "btn-primary"), className="sl-acts")]  # fmt: skip
    elif stage is Stage.REFUSED:
        parts = [html.P([icon("slash-circle"), html.Span(["The operator refused it: ", html.B(line.said)])],
                        className="sl-note attn")]  # fmt: skip
    elif stage in (Stage.LOADED, Stage.UNDONE):
        parts = ended_parts(view)
    return step("load", "Load", parts, state="now") if parts else None


def nothing_good(view: ImportView) -> bool:
    """True where the check found no row that can be taken."""
    files = view.report.files if view.report else ()
    return bool(files) and not any(int(file.get("accepted", 0)) + int(file.get("already_present", 0)) for file in files)


def waiting_parts(view: ImportView) -> list[Any]:
    """What waits for the operator: for the owner a sentence, for the operator yes and no."""
    if "refuse" not in view.deeds:
        return [html.P("It is with the operator, who loads it or tells you why not.", className="sl-body2")]
    why = html.Label(
        [html.Span("Why not, in a sentence that the owner reads", className="form-label"),
         dcc.Textarea(id=ids.import_field("why"), value="", rows=2, maxLength=500, className="form-control")],
        className="sl-im-why-not",
    )  # fmt: skip
    return [
        html.P(f"{view.line.organisation} sent you these answers of its own workers. Look at the counts and findings "
               "above before you say yes.", className="sl-body2"),
        html.Div(deed("load", "Load", "btn-primary"), className="sl-acts"),
        why,
        html.Div(deed("refuse", "Refuse", "sl-btn"), className="sl-acts"),
    ]  # fmt: skip


def ended_parts(view: ImportView) -> list[Any]:
    """What became of it in the end."""
    line = view.line
    if line.stage is Stage.UNDONE:
        return [html.P([icon("arrow-counterclockwise"), html.Span(line.said)], className="sl-note")]
    number = f" as load {count(line.load)}" if line.load else ""
    parts: list[Any] = [
        html.P(
            [icon("check-circle"), html.Span(f"Loaded{number} on {moment(line.changed_at)} UTC.")], className="sl-note"
        )
    ]
    if line.said:
        parts.append(
            html.P([icon("exclamation-circle"), html.Span(line.said)], className="sl-note attn", role="status")
        )
    if "undo" in view.deeds:
        parts += [
            html.P(UNTIL, className="sl-small"),
            html.Div(deed("undo", "Take it out again", "sl-btn"), className="sl-acts"),
        ]
    return parts


def cancel_part(view: ImportView) -> html.Div | None:
    """The way out, as long as nothing was loaded."""
    if "cancel" not in view.deeds:
        return None
    words = "Cancel" if view.line.stage in AT_WORK else "Cancel and delete the file"
    return html.Div(deed("cancel", words, "sl-quiet"), className="sl-acts sl-im-cancel sl-no-print")


def progress(line: ImportLine) -> list[Any]:
    """How far the ingester is, as a bar and in words; elsewhere where it stands."""
    if line.stage not in AT_WORK:
        return [stage_chip(line.stage)]
    known = line.done is not None and line.total
    bar = (
        html.Progress(value=str(min(line.done or 0, line.total or 1)), max=str(line.total), className="sl-im-bar",
                      **{"aria-label": "Rows read"})
        if known
        else html.Progress(className="sl-im-bar", **{"aria-label": "Rows read"})
    )  # fmt: skip
    words = "Waiting for its turn"
    if line.done is not None:
        whole = f" of {counted(line.total, 'row')}" if line.total else " rows"
        words = f"{count(line.done)}{whole} read"
    return [stage_chip(line.stage), bar, html.Span(words, className="sl-small sl-num")]
