"""The benchmark page as files to take away: CSV, workbook and JSON of what it shows, with citation and licence."""

from flask import Blueprint, Response, request

from access.viewer import NotAvailable
from components.benchmark_file import benchmark_csv, benchmark_json, benchmark_workbook, stem
from components.workbook import XLSX_TYPE
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView
from web.downloads import asked, released, sent

blueprint = Blueprint("benchmark_files", __name__, url_prefix="/download")


@blueprint.get("/benchmarks.csv")
def as_csv() -> Response:
    """What the page of the same address shows, as CSV."""
    view = shown()
    return sent(benchmark_csv(view), "text/csv", f"{stem(view)}.csv")


@blueprint.get("/benchmarks.xlsx")
@blueprint.get("/xlsx/benchmarks")
def as_workbook() -> Response:
    """What the page of the same address shows, as a workbook."""
    view = shown()
    return sent(benchmark_workbook(view), XLSX_TYPE, f"{stem(view)}.xlsx")


@blueprint.get("/benchmarks.json")
@blueprint.get("/json/benchmarks")
def as_json() -> Response:
    """What the page of the same address shows, as JSON."""
    view = shown()
    return sent(benchmark_json(view), "application/json", f"{stem(view)}.json")


def shown() -> BenchmarkView:
    """What the address asks for. What is not there yet and what is not for the viewer are one."""
    door, viewer = asked()
    with released():
        view = door.benchmarks(viewer, BenchmarkQuery.from_url(request.args))
    if view is None:
        raise NotAvailable
    return view
