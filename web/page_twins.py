"""Pages as JSON, for scripts: the same question to the same door, and of its answer what the page tells."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from components import addresses, compare_file, footprint_file, indicator_file, series_table, supplier_file
from components.overview_notes import overview_notes
from components.page_twin import twin_json
from components.picture_file import file_stem
from components.twin_fields import told
from scoring.model import Stamp
from scoring.query import FootprintQuery, IndicatorsQuery, TimelineQuery
from scoring.replies import ROW
from scoring.supplier_order import arranged, pinned_in
from scoring.supplier_views import CompareQuery, SuppliersQuery
from scoring.supplier_words import changed, finding_sentence
from web.downloads import asked, released, sent

WEEKS = (
    "Usual: the mean effect after actions of that kind at usual size, in points, with its likely (95 %) range",
    "Lines: one action against its own eight weeks before, by fortnights. Week is the middle of a fortnight",
    "After does not say because of",
)

blueprint = Blueprint("page_twins", __name__, url_prefix="/download/json")


@blueprint.get("/overview/<path:factory>")
def overview(factory: str) -> Response:
    """How one factory stands, with what it replies."""
    door, viewer = asked()
    with released():
        view = door.overview(viewer, factory)
        said = door.replies(viewer, factory)
    address = addresses.overview(factory)
    shown = told(view) | {"replies": told(said)}
    return twin("overview", address, view.stamp, overview_notes(view), shown, factory)


@blueprint.get("/timeline/<path:factory>")
def timeline(factory: str) -> Response:
    """The timeline: every action in it with what came before and after, and what usually follows the selected one."""
    door, viewer = asked()
    with released():
        view = door.timeline(viewer, TimelineQuery.from_url(factory, request.args))
    query = view.query if view.selected else replace(view.query, action=None)
    notes = (*series_table.comments(view), *(WEEKS if view.usual or view.studies else ()))
    address = addresses.timeline(factory, query.to_url())
    return twin("timeline", address, view.stamp, notes, told(view), factory)


@blueprint.get("/indicators/<path:factory>")
def indicators(factory: str) -> Response:
    """Every theme, and the chosen one by question, group and day, with what the factory replies to it."""
    door, viewer = asked()
    with released():
        view = door.indicators(viewer, IndicatorsQuery.from_url(factory, request.args))
        about = f"{ROW}.{view.chosen.score.key}" if view.chosen else ""
        said = [one for one in door.replies(viewer, factory) if one.subject.slug == about]
    address = addresses.indicators(factory, replace(view.query, explain=None).to_url())
    shown = told(view) | {"replies": told(said)}
    return twin("indicators", address, view.stamp, indicator_file.comments(view), shown, factory)


@blueprint.get("/footprint")
@blueprint.get("/footprint/<path:factory>")
def footprint(factory: str | None = None) -> Response:
    """What followed a buyer's own actions, or all actions at one factory."""
    door, viewer = asked()
    with released():
        view = door.footprint(viewer, FootprintQuery.from_url(factory, request.args))
    address = addresses.footprint(factory, view.query.to_url())
    return twin("footprint", address, view.stamp, footprint_file.comments(view), told(view), factory)


@blueprint.get("/suppliers")
def suppliers() -> Response:
    """The suppliers in the order in which the page shows them, and what changed over a quarter."""
    door, viewer = asked()
    query = SuppliersQuery.from_url(request.args)
    with released():
        view = door.suppliers(viewer)
    kept = tuple(one.factory.factory_id for one in pinned_in(view, query.pins))
    shown = {
        "on": told(view.on),
        "since": told(view.since),
        "columns": told(view.columns),
        "groups": told(arranged(view, query)),
        "changed": told(changed(view)),
        "shares": told(view.shares),
    }
    address = addresses.suppliers(replace(query, pins=kept).to_url())
    return twin("suppliers", address, view.stamp, supplier_file.comments(view), shown)


@blueprint.get("/compare")
def compare() -> Response:
    """Some suppliers side by side, every clear difference, and their year."""
    door, viewer = asked()
    with released():
        view = door.comparison(viewer, CompareQuery.from_url(request.args))
    said = [finding_sentence(row, one) for row in view.rows for one in row.findings]
    notes = compare_file.comments(view, "side by side")
    return twin("compare", addresses.compare(view.shown), view.stamp, notes, told(view) | {"said": said})


def twin(
    page: str, address: str, stamp: Stamp, notes: tuple[str, ...], shown: Mapping[str, Any], factory: str | None = None
) -> Response:
    """The twin of a page as a file."""
    name = file_stem(f"{page}-{factory}" if factory is not None else page, stamp)
    return sent(twin_json(page, address, stamp, notes, shown), "application/json", f"{name}.json")
