"""Replies as their readers see them: what the factory says, since when, with its photo."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components.marks import icon
from components.reply_photo import reply_photo
from scoring.replies import ROW, Reply, Subject
from scoring.words import counted, day

WRITE = "Write a reply"


def reply_list(replies: Sequence[Reply], *, named: bool) -> html.Div | None:
    """The newest reply to each thing, and those before it behind a click; nothing without any.

    `replies` come oldest first; with `named` each says what it answers. What was withdrawn is never the newest.
    """
    if not replies:
        return None
    newest = {one.subject: one for one in replies if not one.withdrawn}
    shown = [one for one in reversed(replies) if newest.get(one.subject) == one]
    earlier = [one for one in reversed(replies) if one not in shown]
    return html.Div([listed(shown, named=named), behind(earlier, named=named)], className="sl-reply-list")


def listed(replies: Sequence[Reply], *, named: bool) -> html.Ul | None:
    """These replies in this order; nothing without any."""
    if not replies:
        return None
    return html.Ul([html.Li(reply_parts(one, named=named)) for one in replies], className="sl-replies")


def behind(earlier: Sequence[Reply], *, named: bool) -> html.Details | None:
    """What was said before, behind a click; nothing without any."""
    if not earlier:
        return None
    count = counted(len(earlier), "earlier reply", "earlier replies")
    return html.Details([html.Summary([icon("clock-history"), count]), listed(earlier, named=named)],
                        className="sl-twin sl-reply-earlier")  # fmt: skip


def reply_parts(one: Reply, *, named: bool) -> list[Any]:
    """What it answers, what it says, its photo, and who says it since when. A withdrawn one says only that."""
    since = day(one.at.date())
    about = html.B(heading(one.subject), className="sl-reply-about") if named else None
    if one.withdrawn:
        gone = html.Span("Withdrawn", className="sl-chip")
        return [about, html.Div([gone, html.Span(f" {one.who}, {since}", className="sl-micro")])]
    return [
        about,
        html.Blockquote(one.text, className="sl-reply-text"),
        reply_photo(one.remark_id, one.photo, one.at.date()),
        html.Div(f"{one.who}, since {since}", className="sl-micro"),
    ]


def heading(subject: Subject) -> str:
    """What a reply answers, as a heading: "The overall score", "Hours, rest and pace"."""
    return subject.name[:1].upper() + subject.name[1:]


def write_link(href: str, slug: str, text: str = WRITE) -> html.A:
    """The way to the form; `slug` names what is answered, so that focus comes back here when the form is closed."""
    return html.A([icon("reply"), text], href=href, className="sl-why",
                  **{"data-within": "true", "data-explains": f"reply-{slug}"})  # fmt: skip


def score_replies(replies: Sequence[Reply], write: html.A | None) -> html.Div | None:
    """What stands under a score: the replies to it and to its warnings, and the owner's way to write one."""
    found = reply_list(replies, named=any(one.subject.topic != ROW for one in replies))
    if found is None:
        return html.Div(write, className="sl-reply-write") if write else None
    title = html.Div([html.H3("The factory says"), write], className="sl-reply-title")
    return html.Div([title, found], className="sl-score-replies")


def says_card(replies: Sequence[Reply]) -> html.Section | None:
    """The card of replies to several things, each named; nothing without any."""
    found = reply_list(replies, named=True)
    if found is None:
        return None
    head = html.Div(html.H2("What the factory says", id="replies-title"), className="sl-card-h")
    return html.Section([head, html.Div(found, className="sl-pad")], className="sl-card",
                        **{"aria-labelledby": "replies-title"})  # fmt: skip
