"""The links to files name the page and what it was asked by, and nothing that enters one gets out of its place."""

import pytest

from components.compare_page import table_card
from components.file_links import file_links
from components.footprint_page import footprint_page
from components.look import Look
from components.supplier_page import supplier_page
from scoring.supplier_views import SuppliersQuery
from tests import sample_cascade, sample_suppliers
from tests.rendered import links


def test_both_files_of_a_page_carry_its_address() -> None:
    found = {one.children[1]: one.href for one in file_links("timeline", "F1", {"period": "all"})}
    assert found == {
        "XLSX": "/download/xlsx/timeline/F1?period=all",
        "JSON": "/download/json/timeline/F1?period=all",
    }
    assert [one.href for one in file_links("overview", "F1", {}, twin_only=True)] == ["/download/json/overview/F1"]
    assert [one.href for one in file_links("footprint", None, {}, twin_only=True)] == ["/download/json/footprint"]


@pytest.mark.parametrize("odd", ["../F2", "a b", "a/b", "?x=1", "#", "é", '"', "javascript:alert(1)"])
def test_no_name_leaves_its_place(odd: str) -> None:
    for one in file_links("timeline", odd, {"rows": odd}):
        path, _, query = one.href.removeprefix("/download/").partition("?")
        assert path.count("/") == 2
        assert all(sign not in path + query for sign in ' "#é')
        assert "?" not in query


def test_the_cards_of_buyers_lead_to_their_files() -> None:
    page = supplier_page(sample_suppliers.view(), SuppliersQuery(sort="-score", pins=("F1",)))
    assert links(page)["JSON"] == "/download/json/suppliers?sort=-score&pin=F1"
    assert links(page)["XLSX"] == "/download/xlsx/suppliers?sort=-score&pin=F1"
    shown = sample_suppliers.comparison()
    assert links(table_card(shown))["JSON"].startswith("/download/json/compare")
    assert links(footprint_page(sample_cascade.footprint(), Look.from_text(None)))["JSON"].startswith(
        "/download/json/footprint"
    )
