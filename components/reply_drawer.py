"""The drawer in which an owner replies: what it answers, what was said before, the form.

It is drawn by the server whenever the address names what is answered, as the drawer of an explanation is, and shares
its manners (`assets/view/36-drawer.js`).
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses, ids
from components.marks import icon
from components.reply_list import heading, reply_parts
from components.reply_photo import photo_field
from scoring.model import OVERALL
from scoring.remarks import LONGEST
from scoring.replies import FLAG, RepliesView, Reply, Subject
from scoring.words import day

BOX, TARGET = ids.replies("box"), ids.replies("target")
TEXT, PHOTO = ids.replies("text"), ids.replies("photo")
TITLE, ERROR = ids.replies("title"), ids.replies("error")


def reply_drawer(view: RepliesView, subject: Subject, closing: str) -> html.Div:
    """The drawer over the page; `closing` is the address of the page without it."""
    close = {"data-within": "true", "aria-label": "Close", "data-closes": "true"}
    shut = html.A(icon("x-lg"), href=closing, className="sl-icon-btn", **close)
    behind = html.A("", href=closing, className="sl-scrim", tabIndex=-1,
                    **{"data-within": "true", "aria-hidden": "true"})  # fmt: skip
    panel = html.Div(
        [
            html.Div([html.H2("Your reply", id=TITLE), shut], className="sl-drawer-h"),
            html.P(f"To {subject.name}. {readers(subject)} It changes no number.", className="sl-drawer-sub"),
            picker(view, subject),
            html.Div(reply_part(view, subject), id=BOX, className="sl-reply-box"),
            dcc.Store(id=TARGET, data={"factory": view.factory.factory_id, "reply": subject.slug}),
        ],
        className="sl-drawer", role="dialog", tabIndex=-1,
        **{"aria-modal": "true", "aria-labelledby": TITLE},
    )  # fmt: skip
    return html.Div([behind, panel], className="sl-drawer-place", **{"data-drawer": f"reply-{subject.slug}"})


def readers(subject: Subject) -> str:
    """Who reads a reply to this."""
    if subject.topic == FLAG or subject.about == OVERALL:
        return "Everyone who sees the factory’s score reads it."
    return "Everyone who sees the factory’s themes reads it."


def picker(view: RepliesView, subject: Subject) -> html.Details:
    """The list of everything that may be replied to, each a link to its own form."""
    links = []
    for one in view.subjects:
        current = {"aria-current": "true"} if one == subject else {}
        href = addresses.replying(view.factory.factory_id, one.slug)
        links.append(html.Li(html.A(heading(one), href=href, **{"data-within": "true"}, **current)))
    pill = html.Summary([html.Span("Reply to something else"), icon("chevron-down")])
    return html.Details([pill, html.Ul(links)], className="sl-reply-picker")


def reply_part(
    view: RepliesView, subject: Subject, said: str = "", problem: str = "", draft: str = "", photo: str | None = None
) -> list[Any]:
    """What was said before about this, and the form; `draft` and `photo` are what was not kept, for `problem`."""
    before = [one for one in view.replies if one.subject == subject]
    done = html.P([icon("check-circle"), said], className="sl-note good") if said else None
    form: Any = html.P("It is no longer shown, so no reply can be added.", className="sl-small")
    if subject in view.subjects:
        form = reply_form(problem, draft, photo)
    return [html.Div(done, role="status"), form, thread(before)]


def reply_form(problem: str, draft: str, photo: str | None) -> html.Div:
    """A text field, a photo if wanted, and what was wrong with the last try."""
    wrong = html.P(problem, className="sl-small sl-down", role="alert", id=ERROR) if problem else None
    text = dcc.Textarea(id=TEXT, value=draft, rows=5, maxLength=LONGEST, className="form-control")
    return html.Div(
        [
            html.Label("What you want to say", htmlFor=TEXT, className="form-label"),
            text,
            photo_field(PHOTO, photo),
            wrong,
            html.Div(html.Button("Send reply", id=ids.reply("send"), type="button", className="btn btn-primary"),
                     className="sl-acts"),
        ],
        className="sl-reply-form",
    )  # fmt: skip


def thread(before: Sequence[Reply]) -> html.Div | None:
    """What was replied to this before, newest first, each with a way to withdraw it."""
    if not before:
        return None
    items = [html.Li([*reply_parts(one, named=False), None if one.withdrawn else withdrawal(one)]) for one in before]
    return html.Div([html.H3("Said before"), html.Ul(items, className="sl-replies")], className="sl-reply-thread")


def withdrawal(one: Reply) -> html.Button:
    """The button that withdraws a reply."""
    return html.Button(
        "Withdraw", id=ids.reply(f"withdraw-{one.remark_id}"), type="button", className="sl-link",
        **{"aria-label": f"Withdraw your reply of {day(one.at.date())}"},
    )  # fmt: skip
