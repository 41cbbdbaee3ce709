"""What may be chosen over the list of suppliers: what is found, how it is grouped and filtered, and what is compared.

Every choice is a link to the same page in another state; the browser asks for it without leaving the page.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses, ids
from components.marks import icon
from components.supplier_grid import search
from scoring.supplier_order import pinned_in, place_of
from scoring.supplier_views import SuppliersQuery, SuppliersView
from scoring.words import country_name

FIND = ids.suppliers("find")
GROUP_NAMES = {"country": "Group by country", "sector": "Group by sector", "none": "No groups"}
SORT_NAMES = {"score": "By score", "name": "By name", "change": "By change", "evidence": "By evidence"}
EVIDENCE_NAMES = {"": "All evidence", "b": "Evidence A–B", "c": "Evidence A–C"}


def finder(query: SuppliersQuery) -> html.Label:
    """The field that finds a supplier by its name."""
    field = dcc.Input(
        id=FIND, type="search", value=query.find, debounce=0.3, maxLength=80, placeholder="Find a supplier",
        className="form-control", autoComplete="off",
    )  # fmt: skip
    said = html.Span("Find a supplier", className="visually-hidden")
    return html.Label([said, icon("search"), field], className="sl-find")


def choices(view: SuppliersView, query: SuppliersQuery) -> list[Any]:
    """The filters, and the way to comparing what is pinned."""
    countries = sorted({one.factory.country for one in view.suppliers if one.factory.country}, key=country_name)
    sectors = sorted({one.factory.sector for one in view.suppliers if one.factory.sector})
    return [
        pick(query, "group", GROUP_NAMES, query.group),
        html.Span(pick(query, "sort", SORT_NAMES, query.sort), className="sl-only-s"),  # elsewhere heads are links
        pick(query, "country", {"": "All countries", **{one: country_name(one) for one in countries}}, query.country),
        pick(query, "sector", {"": "All sectors", **{one: one[:1].upper() + one[1:] for one in sectors}}, query.sector),
        themes(view, query),
        pick(query, "evidence", EVIDENCE_NAMES, query.evidence),
        moved(query),
        html.Span(className="push"),
        compare(view, query),
    ]


def themes(view: SuppliersView, query: SuppliersQuery) -> html.Details | None:
    """The choice of a theme that lies clearly below peers; nothing where no supplier shares themes."""
    if not any(one.themes is not None for one in view.suppliers):
        return None
    below = query.below if place_of(view.columns, query.below) is not None else ""
    names = {"": "Any theme", **{one.key: f"{one.name} below peers" for one in view.columns}}
    return pick(query, "below", names, below)


def pick(query: SuppliersQuery, field: str, names: dict[str, str], chosen: str | None) -> html.Details | None:
    """A pill that opens the choices of one field; nothing where there is no choice."""
    if len(names) < 3:
        return None
    now = chosen if chosen in names else next(iter(names))
    links = [
        html.A(
            name, href=search(query, **{field: value}),
            **{"data-suppliers": "true"}, **({"aria-current": "true"} if value == now else {}),
        )
        for value, name in names.items()
    ]  # fmt: skip
    on = " on" if now != next(iter(names)) else ""
    pill = html.Summary([html.Span(names[now]), icon("chevron-down")], className=f"sl-pill{on}")
    label = {"aria-label": next(iter(names.values()))}
    return html.Details(
        [pill, html.Div(links, className="sl-menu-box", role="group", **label)],
        className="sl-menu sl-kinds sl-pick",
    )


def moved(query: SuppliersQuery) -> html.A:
    """Only those that clearly moved over the quarter, or all again."""
    wanted = "" if query.moved else "clearly"
    state = {"aria-current": "true"} if query.moved else {}
    parts = [icon("check2"), "Clearly moved"] if query.moved else ["Clearly moved"]
    link = {"href": search(query, moved=wanted), "className": f"sl-pill{' on' if query.moved else ''}"}
    return html.A(parts, **link, **{"data-suppliers": "true"}, **state)


def compare(view: SuppliersView, query: SuppliersQuery) -> Any:
    """The way to the pinned suppliers side by side; without two, how to get there."""
    pins = [one.factory.factory_id for one in pinned_in(view, query.pins)]
    if len(pins) < 2:
        said = "Pin two to compare" if not pins else "Pin one more to compare"
        return html.Span([icon("pin-angle"), said], className="sl-micro sl-pin-hint")
    text = [icon("layout-three-columns"), f"Compare {len(pins)} pinned"]
    return dcc.Link(text, href=addresses.compare(pins), className="btn btn-primary")


def cleared(query: SuppliersQuery) -> str:
    """The address of the same page without any filter."""
    return addresses.suppliers(SuppliersQuery(sort=query.sort, group=query.group, pins=query.pins).to_url())


def count_words(shown: int, pinned: int, every: int) -> str:
    """How many suppliers the list shows: "12 of 60 suppliers, 2 of them pinned"."""
    said = f"{shown} of {every} suppliers" if shown < every else f"{every} supplier{'' if every == 1 else 's'}"
    return f"{said}, {pinned} of them pinned" if pinned else said


def shown_in(groups: Sequence[Any]) -> tuple[int, int]:
    """How many suppliers stand in some groups, and how many of them are pinned."""
    pinned = sum(len(group.suppliers) for group in groups if group.pinned)
    return sum(len(group.suppliers) for group in groups), pinned
