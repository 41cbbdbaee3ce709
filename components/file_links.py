"""The ways to take a page away besides its CSV: as a workbook, and as JSON for scripts."""

from collections.abc import Mapping

from dash import html

from components import addresses
from components.marks import icon


def file_links(
    page: str, factory_id: str | None, values: Mapping[str, str], *, twin_only: bool = False
) -> list[html.A]:
    """Links to the workbook and to the JSON twin of a page, for the foot of a card; `values` are its address."""
    twin = link("braces", "JSON", addresses.twin_file(page, factory_id, values))
    if twin_only:
        return [twin]
    return [link("file-earmark-spreadsheet", "XLSX", addresses.workbook_file(page, factory_id, values)), twin]


def link(mark: str, name: str, href: str) -> html.A:
    """One file."""
    return html.A([icon(mark), name], href=href, download="")
