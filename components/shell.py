"""The frame around every page: skip link, demo ribbon, top bar with navigation, notices, footer."""

from typing import Any

from dash import dcc, html

from access.levels import Level
from access.roles import Role
from components import addresses, ids
from components.marks import icon
from scoring.model import Stamp
from scoring.words import short_day

DEMO = "Every factory, buyer and number here is invented."


def index_string(asset_url: str) -> str:
    """The HTML around the portal. `asset_url` is where assets are served (`/app/assets/`).

    The small script stands in the head so that a dark page is dark from its first paint on.
    """
    return f"""<!DOCTYPE html>
<html lang="en" data-bs-theme="light">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" type="image/svg+xml" href="{asset_url}view/favicon.svg">
{{%css%}}
<script src="{asset_url}view/10-look.js"></script>
</head>
<body>
{{%app_entry%}}
<div>
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</div>
</body>
</html>"""


def layout(
    role: Role, initials: str, stamp: Stamp | None, page_container: Any, source: str | None = None,
    seen_as: str | None = None,
) -> html.Div:  # fmt: skip
    """The frame for one viewer; `seen_as` names the buyer as which an owner looks.

    The page itself goes into `main`; pages bring no `main` of their own.
    """
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="theme-store"),
            dcc.Store(id="width-store"),
            html.A("Skip to content", href="#main", className="sl-skip"),
            ribbon() if stamp and stamp.demo else None,
            preview_ribbon(seen_as) if seen_as else None,
            top_bar(role, initials),
            html.Div(id="notice", className="sl-notice", **{"aria-live": "polite"}),
            html.Main(page_container, id="main", className="sl-page", tabIndex=-1),
            footer(stamp, source),
        ]
    )


def ribbon() -> html.Aside:
    """What stands over every page of a demo home."""
    return html.Aside(html.Span([html.B("Demo data."), f" {DEMO}"]), className="sl-ribbon", **{
        "aria-label": "Demo data"})  # fmt: skip


def preview_ribbon(seen_as: str) -> html.Aside:
    """What stands over every page while an owner looks as a buyer would, and the way back."""
    text = html.Span([html.B(f"You see this factory as {seen_as} would. "), "Your look is not recorded as theirs."])
    back = html.A("Back to your own view", href=addresses.PREVIEW)
    return html.Aside([text, back], className="sl-ribbon sl-preview", **{"aria-label": "Looking as a buyer"})


def top_bar(role: Role, initials: str) -> html.Header:
    """Brand, factory, navigation, theme and account; on a phone the navigation is behind one button.

    The navigation is filled for the address that is open, see `pages/navigation.py`.
    """
    names = [
        html.Span(id=ids.shell("brand-mark"), className="sl-logo"),
        html.Span("Seamline", className="sl-hide-s"),
    ]
    brand = dcc.Link(names, href=addresses.HOME, className="sl-brand", title="Seamline, start")
    account = html.A(initials, href=addresses.ACCOUNT, className="sl-me sl-hide-s", **{"aria-label": "Account"})
    toggle = html.Button(
        icon("circle-half"), type="button", className="sl-icon-btn",
        **{"aria-label": "Switch between light and dark", "data-theme-toggle": "true"},
    )  # fmt: skip
    return html.Header(
        [
            brand,
            html.Span(id=ids.shell("scope"), className="sl-scope-place", hidden=role is Role.NGO),
            html.Nav(id=ids.shell("nav"), className="sl-nav", **{"aria-label": "Main"}),
            toggle,
            account,
            menu(),
        ],
        className="sl-top",
    )


def menu() -> html.Details:
    """The phone's menu: the same links, and the account."""
    button = html.Summary(icon("list"), className="sl-icon-btn", **{"aria-label": "Menu"})
    links = html.Nav(id=ids.shell("menu"), **{"aria-label": "Menu"})
    account = html.A("Account and sign out", href=addresses.ACCOUNT)
    return html.Details([button, html.Div([links, account], className="sl-menu-box")], className="sl-menu sl-only-s")


def scope(name: str | None) -> html.Div:
    """The factory that the page is about, as the way back to all of them."""
    text = [html.Span(name or "Factories"), icon("chevron-expand")]
    return dcc.Link(text, href=addresses.HOME, className="sl-scope", title="All factories")


def navigation(
    role: Role, factory_id: str | None, here: str, level: Level = Level.ACTIONS, *, preview: bool = False
) -> list[Any]:
    """The links that work for this role on this address, at this level of consent; the one that is open says so.

    The open one is a plain link: following it starts the page afresh, whatever has been chosen on it.
    """
    places = [] if factory_id else [("Start", addresses.HOME)]
    if role is Role.OWNER and not factory_id:
        places.append(("Imports", addresses.IMPORTS))
    if factory_id:
        places += [("Overview", addresses.overview(factory_id)), ("Timeline", addresses.timeline(factory_id))]
        if role is not Role.BUYER:
            places.append(("Actions", addresses.footprint(factory_id)))
        if level >= Level.FULL:
            places.append(("Indicators", addresses.indicators(factory_id)))
        if role is Role.OWNER:
            places.append(("Sharing", addresses.sharing(factory_id)))
    if role is Role.BUYER and not preview:
        places += [("Suppliers", addresses.SUPPLIERS), *([] if factory_id else [("Compare", addresses.COMPARE)])]
        places += [("Footprint", addresses.FOOTPRINT), ("Access", addresses.requests())]
    if role in (Role.NGO, Role.OPERATOR):
        places.append(("Benchmarks", addresses.BENCHMARKS))
    if role is Role.OPERATOR:
        places += [("Imports", addresses.IMPORTS), ("Service", addresses.SERVICE), ("Accounts", addresses.ACCOUNTS)]
    return [
        html.A(name, href=href, **{"aria-current": "page"}) if href == here else dcc.Link(name, href=href)
        for name, href in places
    ]


def footer(stamp: Stamp | None, source: str | None = None) -> html.Footer:
    """Which release and method everything above was computed from, and where the source of what runs is."""
    said = "Nothing has been released yet"
    if stamp:
        said = f"Release {stamp.release}, {short_day(stamp.through)} · Method {stamp.method}"
    method = dcc.Link("How scores are made", href=addresses.METHOD)
    looks = dcc.Link("Who looked", href=addresses.LOOKS)
    link = html.A("Source code", href=source, rel="noreferrer") if source else None
    return html.Footer([html.Span(said), method, looks, link], className="sl-end")
