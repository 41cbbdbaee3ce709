"""Files to take away: the numbers of a page as CSV or as a workbook, and the chain behind one score."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, current_app, request

from access.policy import current_viewer
from access.viewer import NotAvailable, Viewer
from components.event_study_table import event_study_workbook
from components.indicator_file import file_name, indicators_csv, indicators_workbook
from components.look_table import looks_csv
from components.picture_file import file_stem
from components.series_table import timeline_workbook
from components.supplier_file import supplier_workbook
from components.workbook import XLSX_TYPE
from scoring.model import OVERALL, NoRelease
from scoring.query import IndicatorsQuery, TimelineQuery, key_in
from scoring.service import Door
from scoring.supplier_order import arranged
from scoring.supplier_views import SuppliersQuery
from scoring.views import ExplainedView, IndicatorsView

blueprint = Blueprint("downloads", __name__, url_prefix="/download")


@blueprint.get("/indicators/<path:factory>")
def indicators(factory: str) -> Response:
    """What the page of the same address shows, as CSV. What is not there and what is not for the viewer are one."""
    view, chain = indicators_asked(factory)
    return sent(indicators_csv(view, chain), "text/csv", file_name(view))


@blueprint.get("/xlsx/indicators/<path:factory>")
def indicators_as_workbook(factory: str) -> Response:
    """The same as a workbook."""
    view, chain = indicators_asked(factory)
    stem = file_stem(f"indicators-{view.factory.factory_id}", view.stamp)
    return sent(indicators_workbook(view, chain), XLSX_TYPE, f"{stem}.xlsx")


def indicators_asked(factory: str) -> tuple[IndicatorsView, ExplainedView | None]:
    """The page that the address asks for, and how the score of its theme came about."""
    door, viewer = asked()
    with released():
        view = door.indicators(viewer, IndicatorsQuery.from_url(factory, request.args))
        return view, door.explained(viewer, factory, view.chosen.score.key if view.chosen else OVERALL)


@blueprint.get("/xlsx/timeline/<path:factory>")
def timeline_as_workbook(factory: str) -> Response:
    """The rows of the timeline as a workbook; in weeks from the action those of the event study."""
    door, viewer = asked()
    with released():
        view = door.timeline(viewer, TimelineQuery.from_url(factory, request.args))
    weeks = view.query.view == "weeks"
    stem = file_stem(f"{view.factory.factory_id}-{'weeks' if weeks else 'timeline'}", view.stamp)
    if weeks:
        made = event_study_workbook(view.studies, f"{view.factory.name} from {view.first} to {view.last}", view.stamp)
        return sent(made, XLSX_TYPE, f"{stem}.xlsx")
    return sent(timeline_workbook(view), XLSX_TYPE, f"{stem}.xlsx")


@blueprint.get("/xlsx/suppliers")
def suppliers_as_workbook() -> Response:
    """The suppliers in the order in which the page shows them, as a workbook."""
    door, viewer = asked()
    with released():
        view = door.suppliers(viewer)
    made = supplier_workbook(view, arranged(view, SuppliersQuery.from_url(request.args)))
    return sent(made, XLSX_TYPE, f"{file_stem('suppliers', view.stamp)}.xlsx")


@blueprint.get("/explanation/<path:factory>")
def explanation(factory: str) -> Response:
    """The chain behind one score as JSON, the same that `flask scores --explain` prints."""
    door, viewer = asked()
    with released():
        found = door.explanation(viewer, factory, key_in(request.args, "key") or OVERALL)
    if found is None:
        raise NotAvailable
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in f"{factory}-{found.key or OVERALL}")[:80]
    return sent(json.dumps(found.as_numbers(), indent=1, default=str), "application/json", f"seamline-{safe}.json")


@blueprint.get("/looks")
@blueprint.get("/looks/<path:factory>")
def looks(factory: str | None = None) -> Response:
    """Who looked: at a factory, for its owner; without one, what the own people opened."""
    door, viewer = asked()
    if factory is None:
        return sent(looks_csv(door.looks(viewer).lines), "text/csv", "seamline-looks.csv")
    return sent(looks_csv(door.every_look(viewer, factory)), "text/csv", "seamline-looks.csv")


def asked() -> tuple[Door, Viewer]:
    """The door, and who asks."""
    return current_app.extensions["seamline.door"], current_viewer()


@contextmanager
def released() -> Iterator[None]:
    """Nothing; before the first release no file is there, as any other that is not."""
    try:
        yield
    except NoRelease as problem:
        raise NotAvailable from problem


def sent(content: str | bytes, kind: str, name: str) -> Response:
    """A file to be kept, not shown."""
    response = Response(content, content_type=f"{kind}; charset=utf-8" if isinstance(content, str) else kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
