"""Where to look: the few lines of the overview that are worth a closer look."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses, marks, states
from scoring.views import Finding

ICONS = {
    "after": ("star", "sl-flat"),
    "drop": ("graph-down-arrow", "sl-down"),
    "rise": ("graph-up-arrow", "sl-up"),
    "low": ("thermometer-low", "sl-flat"),
    "few": ("people", "sl-flat"),
}


def finding_list(findings: Sequence[Finding], *, measured: bool) -> html.Ul | html.Div:
    """One line a finding, with the mark of the action or an icon for its kind.

    `measured` is False while there is no score: then that nothing stands out says nothing either.
    """
    if not findings:
        return html.Div(quiet() if measured else unmeasured(), className="sl-pad")
    return html.Ul([finding_item(finding) for finding in findings], className="sl-list sl-findings")


def quiet() -> html.Div:
    """What is said when everything was looked at and nothing was clear."""
    text = "No theme moved clearly, and nothing clear was seen after a buyer’s action in this release."
    return states.nothing_yet("Nothing stands out", text, icon="check2-circle")


def unmeasured() -> html.Div:
    """What is said when there is too little to look at."""
    text = "Themes that moved, and what came after a buyer’s action, are named here once there is a score."
    return states.nothing_yet("Nothing to point at yet", text, icon="binoculars")


def finding_item(finding: Finding) -> html.Li:
    """One finding: its title, a link when there is somewhere to go, and a sentence."""
    title: Any = html.B(finding.title)
    if finding.query:
        href = addresses.timeline(finding.query.factory, finding.query.to_url())
        title = dcc.Link(finding.title, href=href, className="sl-row-link")
    return html.Li([symbol(finding), html.Div([title, html.P(finding.text, className="sl-small")])])


def symbol(finding: Finding) -> Any:
    """The shape of the action that a finding is about, or an icon for its kind."""
    if finding.token:
        return marks.mark(finding.token)
    icon, tone = ICONS.get(finding.kind, ICONS["after"])
    return html.I(className=f"bi bi-{icon} {tone}", **{"aria-hidden": "true"})
