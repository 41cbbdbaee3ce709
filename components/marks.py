"""The shapes of buyer actions in HTML. Their colours are CSS variables, so dark mode needs no round trip."""

from dash import html

from components.theme import drawn_token


def mark(token: str | None, name: str | None = None) -> html.Span:
    """The mark of a kind of action: its shape in its colour, 16 px wide.

    With a `name` it stands alone and speaks; without one it decorates the words beside it.
    """
    spoken = {"role": "img", "aria-label": name} if name else {"aria-hidden": "true"}
    return html.Span(className=f"sl-mark m-{drawn_token(token)}", **spoken)


def icon(name: str) -> html.I:
    """A Bootstrap icon that only decorates; the words beside it say the same."""
    return html.I(className=f"bi bi-{name}", **{"aria-hidden": "true"})
