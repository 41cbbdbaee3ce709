"""How groups of people answer: one way to divide them at a time, never two."""

from dash import html

from components import states
from components.dot_whisker import Scale, dot_whisker, scale_for
from scoring.views import Dimension, Group, IndicatorsView
from scoring.words import likely, stretch, whole

ONE = "One group at a time, never combined."
WHOLE = "Single themes have too few answers to be divided. These are all questions together."
NONE = "Groups are shown once each of them has enough answers, so that nobody can be recognised."


def group_list(view: IndicatorsView) -> html.Div:
    """The groups of every dimension with score and range; a dimension that may not be told says so."""
    dimensions = view.groups.dimensions
    if not any(one.groups for one in dimensions):
        return html.Div(states.few(NONE))
    scale = scale_for(group.estimate for one in dimensions for group in one.groups)
    caption = html.Caption("Groups of people with score and likely range", className="visually-hidden")
    table = html.Table([caption, *(body(one, scale) for one in dimensions)], className="sl-groups")
    return html.Div([html.P(WHOLE if view.groups.whole else ONE, className="sl-small"), table])


def body(one: Dimension, scale: Scale) -> html.Tbody:
    """One dimension: its name with the days it is of, and its groups."""
    days = f", {stretch(one.first, one.last)}" if one.first and one.last else ""
    title = html.Tr(html.Th(f"{one.name}{days}", colSpan=3, scope="rowgroup"))
    if not one.groups:
        few = html.Td(html.Span("too few people", className="sl-few"), colSpan=3)
        return html.Tbody([title, html.Tr(few)])
    return html.Tbody([title, *(row(group, scale) for group in one.groups)])


def row(group: Group, scale: Scale) -> html.Tr:
    """One group."""
    name = html.Th(group.name, scope="row")
    if group.estimate is None:
        return html.Tr([name, html.Td(html.Span("too few people", className="sl-few"), colSpan=2)])
    number = [html.B(str(whole(group.estimate.value))), f" {likely(group.estimate)}"]
    return html.Tr([name, html.Td(dot_whisker(group.estimate, scale)), html.Td(number, className="n")])
