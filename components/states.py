"""The designed states: what stands where a page, a chart or a list cannot be shown.

Each says what is the case and what may be done about it, at the height of what it replaces, so that
nothing jumps. None of them tells few answers from no answers.
"""

from typing import Any

from dash import html

FEW = "There are not enough answers here, so that nobody can be recognised. A longer period may show it."


def state(icon: str, title: str, text: Any, action: Any = None, *, page: bool = False) -> html.Div:
    """An icon, a heading, a sentence and at most one thing to do. `icon` is a Bootstrap icon name.

    With `page` it stands in the place of a whole page, and so its title is the page's heading.
    """
    heading = html.H1 if page else html.B
    parts = [
        html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"}),
        heading(title, className="sl-state-title"),
        html.P(text),
    ]
    classes = "sl-state sl-state-page" if page else "sl-state"
    return html.Div(parts if action is None else [*parts, action], className=classes)


def button(text: str, href: str, icon: str | None = None) -> html.A:
    """The one thing to do about a state: a link that looks like a button."""
    mark = [html.I(className=f"bi bi-{icon}", **{"aria-hidden": "true"})] if icon else []
    return html.A([*mark, text], href=href, className="btn sl-btn")


def not_available() -> html.Div:
    """What is said alike of what does not exist and of what is not for this viewer."""
    return state(
        "lock",
        "This is not available",
        "It does not exist, or it is not shared with you. The factory decides who may see it.",
        button("Go to the start", "/app/"),
        page=True,
    )


def gone() -> html.Div:
    """What an open page says when what it asks for is not available, or not any more; alike whatever was asked."""
    text = "It does not exist, or it is no longer shared with you. What you see here may be out of date."
    return html.Div(state("lock", "This is not available", text, button("Go to the start", "/app/")), role="alert")


def nothing_released(*, page: bool = True) -> html.Div:
    """What is said before the first release, in the place of a whole page or of a part of one."""
    return state(
        "chat-square-dots",
        "Nothing has been released yet",
        "Scores appear here after the first release of workers’ answers.",
        page=page,
    )


def failed(reference: str) -> html.Div:
    """What is said when something went wrong, with the number under which the log holds it."""
    sentence = [
        "Nothing is lost. If it happens again, tell us number ",
        html.Span(reference, className="sl-mono sl-num"),
        ".",
    ]
    again = button("Try again", "", "arrow-clockwise")
    return html.Div(state("exclamation-circle", "This could not be drawn", sentence, again, page=True), role="alert")


def few(text: str = FEW) -> html.Div:
    """What stands in the place of a number that too few people are behind; never how many are missing."""
    return state("people", "Too few people to show", text)


def nothing_yet(title: str, text: Any, icon: str = "chat-square-dots", action: Any = None) -> html.Div:
    """What stands where nothing has come yet: what comes, when, and at most one thing to do."""
    return state(icon, title, text, action)


def not_shared(text: str, ask: str | None = None) -> html.Div:
    """What stands where a factory shares less: who decides, and, for a buyer, the way to ask (an address)."""
    return state("key", "Not shared with you", text, button("Ask for more", ask, "envelope") if ask else None)
