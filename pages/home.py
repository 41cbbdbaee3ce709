"""Start: the factories within reach, or what is there instead, by role."""

from typing import Any

from dash import dcc, html

from access.policy import current_viewer, may
from components import addresses, states
from components.benchmark_summary import benchmark_summary
from components.factory_list import factory_list
from components.marks import icon
from pages.registry import door, page
from scoring.benchmark_query import BenchmarkQuery
from scoring.model import Stamp
from scoring.views import HomeView
from scoring.words import counted, release_text

HEADINGS = {
    "owner": "Your factories",
    "buyer": "Suppliers that share with you",
    "ngo": "Benchmarks of whole groups",
    "operator": "All factories",
}


@page("/", name="Start", permission="home.view")
def layout(**_: Any) -> html.Div:
    """What this person sees first."""
    viewer = current_viewer()
    view = door().home(viewer)
    return html.Div([head(view, may(viewer, "service.view")), body(view)])


def head(view: HomeView, serves: bool) -> html.Div:
    """The heading of this role, and what may be opened from here at once."""
    actions = []
    if serves:
        actions.append(dcc.Link([icon("hdd-stack"), "Service"], href=addresses.SERVICE, className="btn sl-btn"))
    if len(view.factories) == 1 and view.stamp is not None and view.role != "ngo":
        only = view.factories[0].factory.factory_id
        look = "btn sl-btn" if view.role == "buyer" else "btn btn-primary"
        actions.append(dcc.Link("Open overview", href=addresses.overview(only), className=look))
    if view.role == "buyer" and view.factories and view.stamp is not None:
        actions.append(dcc.Link([icon("table"), "Suppliers"], href=addresses.SUPPLIERS, className="btn btn-primary"))
    words = html.Div([html.H1(heading(view)), html.P(sentence(view))])
    return html.Div([words, html.Div(actions, className="sl-acts")] if actions else words, className="sl-head")


def heading(view: HomeView) -> str:
    """What this role finds here, in a few words."""
    if view.role == "owner" and len(view.factories) == 1:
        return "Your factory"
    return HEADINGS.get(view.role, "Start")


def sentence(view: HomeView) -> str:
    """One line under the heading."""
    if view.role == "ngo":
        return "Groups of factories, never a single one."
    if view.stamp is None or not view.factories:
        return "What workers said, and what buyers did before."
    if len(view.factories) == 1:
        return "How it stands, what moved and where to look."
    return "Ordered by score within each country. Where likely ranges overlap there is no rank."


def body(view: HomeView) -> html.Section | html.Div:
    """The list of factories, or the state in its place."""
    if view.stamp is None:
        return card(unreleased(view.role))
    if view.role == "ngo":
        return benchmark_summary(door().benchmarks(current_viewer(), BenchmarkQuery()))
    if not view.factories:
        return card(nobody_shares(view.role))
    return listed(view, view.stamp)


def listed(view: HomeView, stamp: Stamp) -> html.Section:
    """The card with the list and where its numbers come from."""
    number = counted(len(view.factories), "factory", "factories")
    source = html.Span(f"{number} · workers’ answers, {release_text(stamp)}")
    return html.Section(
        [factory_list(view.factories), html.Div(source, className="sl-src")],
        className="sl-card sl-clip",
        **{"aria-label": heading(view)},
    )


def unreleased(role: str) -> html.Div:
    """What is said before the first release; only an operator is told how to make one."""
    if role != "operator":
        return states.nothing_released(page=False)
    load, release, demo = (html.Code(f"flask {name}") for name in ("load FOLDER", "release", "demo"))
    text = ["Run ", load, " and then ", release, ". In an empty home, ", demo, " makes a demo world instead."]
    return states.nothing_yet("Nothing has been released yet", text)


def nobody_shares(role: str) -> html.Div:
    """What is said where no factory is within reach."""
    if role == "buyer":
        return states.nothing_yet(
            "No supplier shares with you yet",
            "A factory appears here as soon as its owner grants you access. There is nothing to request here yet.",
            icon="key",
        )
    if role == "operator":
        return states.nothing_yet("No factories yet", "Factories appear with the first release that holds them.")
    return states.nothing_yet(
        "No factory yet", "Your factories appear here once the operator has entered them for you."
    )


def card(state: html.Div) -> html.Section:
    """A state in a card of its own."""
    return html.Section(html.Div(state, className="sl-pad"), className="sl-card")
