"""The picker of what a page is read as. Each choice is a link, so it works by keyboard and can be sent."""

from collections.abc import Mapping, Sequence

from dash import html

from components.addresses import search
from components.marks import icon
from scoring.standards import Standard

PARAMETER = "as"
BY_THEME = "Our themes"


def reading_picker(
    readings: Sequence[Standard], chosen: Standard | None, path: str, values: Mapping[str, str]
) -> html.Details | None:
    """A pill that opens the list of standards, our own themes first; nothing where there is only one reading.

    `path` is where the page lives and `values` what else its address remembers, which every choice keeps.
    """
    if not readings:
        return None
    kept = {name: value for name, value in values.items() if name != PARAMETER}
    current = chosen.short_name if chosen else BY_THEME
    pill = html.Summary(
        [html.Span(f"Read as: {current}", className="sl-clip"), icon("chevron-down")], className="sl-pill"
    )
    links = [choice(BY_THEME, path + search(kept), chosen is None)]
    links += [choice(one.name, path + search({**kept, PARAMETER: one.slug}), one == chosen) for one in readings]
    group = html.Div(links, role="group", className="sl-menu-box", **{"aria-label": "Read as"})
    return html.Details([pill, group], className="sl-menu sl-rows sl-reading")


def choice(text: str, href: str, current: bool) -> html.A:
    """One reading; `data-within` keeps the page from being loaded anew."""
    marked = {"aria-current": "true"} if current else {}
    return html.A(text, href=href, **{"data-within": "true"}, **marked)
