"""Under an action: what the factory and the buyer say about it, and where they say it."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import ids
from components.marks import icon
from components.reply_photo import photo_field, reply_photo
from scoring.remarks import DISPUTE, LONGEST, NOTE, Remark
from scoring.words import day

READERS = "The factory, the buyer of this action and the operator of this portal can read it."
STAYS = "A dispute is shown to the factory and to you, and stays."
ERROR = "remark-error"


def remarks_part(
    remarks: Sequence[Remark], may_write: bool, may_dispute: bool, error: str = "", draft: str = "", *,
    may_photo: bool = False, photo: str | None = None,
) -> html.Div:  # fmt: skip
    """The remarks on one action, oldest first, and a form for whoever may write.

    `draft` and `photo`, the address of a picture, are what was not kept. Without remarks and without a right to write
    there is nothing to say, and it is empty.
    """
    if not remarks and not may_write:
        return html.Div()
    said = html.Ul([remark_item(one, may_write) for one in remarks], className="sl-remarks") if remarks else None
    field = photo_field(ids.timeline("remark-photo"), photo, offered=may_photo)
    form = remark_form(may_dispute, error, draft, field) if may_write else None
    return html.Div([html.H3("Remarks"), said, form], className="sl-pad sl-panel-part")


def remark_item(one: Remark, may_write: bool) -> html.Li:
    """One remark: what it is, what it says, who said it and when; the own ones can be withdrawn."""
    when = f"{one.who} · {day(one.at.date())}"
    named = "dispute" if one.kind == DISPUTE else "note"
    back = html.Button(
        "Withdraw", id=ids.remark(f"withdraw-{one.remark_id}"), type="button", className="sl-link sl-no-print",
        **{"aria-label": f"Withdraw your {named} of {day(one.at.date())}"},
    )  # fmt: skip
    return html.Li(
        [
            chip(one),
            html.P(one.text, className="sl-remark-text") if one.text else None,
            reply_photo(one.remark_id, one.photo, one.at.date()),
            html.Div(
                [html.Span(when), back if one.own and may_write and not one.withdrawn else None],
                className="sl-micro sl-remark-who",
            ),
        ]
    )


def chip(one: Remark) -> html.Span | None:
    """What stands above a remark: that it is a dispute, and whether it was withdrawn; nothing above a plain note."""
    if one.kind == DISPUTE:
        words, look = ("Dispute withdrawn", "") if one.withdrawn else ("Disputed", " attn")
        return html.Span([icon("flag"), words], className=f"sl-chip{look}")
    return html.Span("Withdrawn", className="sl-chip") if one.withdrawn else None


def remark_form(may_dispute: bool, error: str, draft: str, photo: html.Div) -> html.Div:
    """A text field with its buttons, the field of a photo, who will read it, and what was wrong with the last try."""
    text = ids.timeline("remark-text")
    note = html.Button("Add note", id=ids.remark(NOTE), type="button", className="btn sl-btn")
    dispute = html.Button("Dispute this", id=ids.remark(DISPUTE), type="button", className="btn sl-quiet")
    wrong = html.P(error, className="sl-small sl-down", role="alert", id=ids.timeline(ERROR)) if error else None
    parts: list[Any] = [
        html.Label("Your remark", htmlFor=text, className="form-label"),
        dcc.Textarea(id=text, value=draft, rows=3, maxLength=LONGEST, className="form-control"),
        photo,
        wrong,
        html.Div([note, dispute if may_dispute else None], className="sl-acts"),
        html.P(f"{READERS} {STAYS}" if may_dispute else READERS, className="sl-micro"),
    ]
    return html.Div(parts, className="sl-remark-form sl-no-print")
