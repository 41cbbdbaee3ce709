"""The card of an owner's replies on the page of sharing: what was said, beside what, and who reads it."""

from typing import Any

from dash import html

from components import addresses, states
from components.marks import icon
from components.reply_list import WRITE
from components.reply_photo import reply_photo
from components.sharing_cards import card
from scoring.model import OVERALL
from scoring.replies import FLAG, ROW, RepliesView, Reply
from scoring.words import counted, day

SHOWN = 10
NOTHING = "What you reply to a score, a warning or an action stands beside it for whoever sees it."


def replies_card(view: RepliesView) -> html.Section:
    """An owner's replies for one factory, newest first, and the way to write one."""
    write = html.A(
        [icon("plus-lg"), WRITE],
        href=addresses.replying(view.factory.factory_id, f"{ROW}.{OVERALL}"),
        className="sl-why",
    )
    body: Any = html.Div(states.nothing_yet("No replies yet", NOTHING, icon="reply"), className="sl-pad")
    if view.replies:
        body = html.Ul([reply_item(view, one) for one in view.replies[:SHOWN]], className="sl-list")
    more = len(view.replies) - SHOWN
    rest = f"{counted(more, 'older reply', 'older replies')} beside what they answer."
    foot = html.Div(html.Span(rest), className="sl-src") if more > 0 else None
    return card("your-replies-title", "Your replies", body, foot, acts=[write])


def reply_item(view: RepliesView, one: Reply) -> html.Li:
    """One reply: its text and photo, what it stands beside since when, who reads it, and the way to change it."""
    gone = html.Span("Withdrawn", className="sl-chip") if one.withdrawn else None
    text = html.Blockquote(f"“{one.text}”", className="sl-reply-text") if one.text else None
    beside = f"Beside {one.subject.name} since {day(one.at.date())}"
    read = "" if one.withdrawn else f" · {readers(one)}"
    change = html.A(
        "Change", href=place(view, one), className="sl-link",
        **{"aria-label": f"Change your reply of {day(one.at.date())} beside {one.subject.name}"},
    )  # fmt: skip
    last = html.Div(
        [html.Span(f"{beside}{read}"), None if one.withdrawn else change], className="sl-micro sl-remark-who"
    )
    return html.Li([gone, text, reply_photo(one.remark_id, one.photo, one.at.date()), last])


def readers(one: Reply) -> str:
    """Who reads a reply now."""
    if not one.shown:
        return "seen by you only"
    if one.subject.topic == ROW and one.subject.about != OVERALL:
        return "seen by everyone who sees the themes"
    if one.subject.topic in (ROW, FLAG):
        return "seen by everyone who sees the score"
    return "seen by the buyer of this action"


def place(view: RepliesView, one: Reply) -> str:
    """Where a reply can be withdrawn or another written."""
    factory_id = view.factory.factory_id
    if one.subject.topic in (ROW, FLAG):
        return addresses.replying(factory_id, one.subject.slug)
    return addresses.timeline(factory_id, {"period": "all", "action": one.subject.about})
