"""The list of suppliers: rows no finer than printed, columns that are links, choices, news, states, the file."""

import csv
import json
from dataclasses import replace
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from components.supplier_bar import choices, compare, count_words, finder
from components.supplier_file import COLUMNS, supplier_csv
from components.supplier_grid import column_defs, short_theme, supplier_grid
from components.supplier_news import news_card
from components.supplier_page import foot_words, no_match, supplier_page
from components.supplier_rows import grid_rows
from scoring.model import Estimate
from scoring.supplier_order import arranged
from scoring.supplier_views import SuppliersQuery
from tests import sample_suppliers as sample
from tests.rendered import having, kinds, links, text_of

VIEW = sample.view()
PLAIN = SuppliersQuery()


def rows(query: SuppliersQuery = PLAIN) -> list[dict[str, Any]]:
    return grid_rows(arranged(VIEW, query), query.group)


def row_of(name: str) -> dict[str, Any]:
    return next(row for row in rows() if str(row.get("name", "")).startswith(name))


def test_rows_stand_under_their_headings() -> None:
    said = [row.get("group") or row["name"].split()[0] for row in rows()]
    assert said == ["Bangladesh", "Ashonpur", "Meghdal", "Tarulata", "India", "Velangari", "Nilvani"]
    assert rows()[0]["count"] == "3 suppliers"
    assert [row.get("group") for row in rows(SuppliersQuery(group="none"))] == [None] * 5
    pinned = rows(SuppliersQuery(group="none", pins=("F3",)))
    assert [row.get("group") for row in pinned] == ["Pinned", None, "All suppliers", None, None, None, None]
    assert [row.get("pinned") for row in pinned[:4]] == [None, True, None, False]


def test_a_row_says_everything_in_words_and_whole_points() -> None:
    row = row_of("Meghdal")
    assert row["score"] == "57"
    assert row["likely"] == "52–62"
    assert row["word"] == "Mixed"
    assert row["dw"] == [57, 52, 62, 52, 62]
    assert row["spoken"].startswith("57, likely 52 to 62; middle half of about 15 knitwear factories in Bangladesh")
    assert (row["grade"], row["position"], row["third"]) == ("B", "Lower third", "lower")
    assert (row["change"], row["tone"], row["size"]) == ("clear drop", "sl-down", "−7, likely −12 to −2")
    assert row["strip"] == [[44, "39–49", -1], [51, "46–56", 0]]
    assert row["flag"].startswith("A warning about a burst of answers")
    assert row["where"] == "Knitwear"
    assert row["level"] == "Also actions"
    assert "rank" not in json.dumps(rows())


def test_what_is_not_shared_or_hidden_tells_nothing() -> None:
    assert row_of("Tarulata")["strip"] == "Shares its score only"
    assert row_of("Tarulata")["position"] == "can’t tell"
    hidden = row_of("Nilvani")
    assert hidden["hidden"] == "too few people"
    assert hidden["strip"] == [0, 0]
    assert not {"score", "likely", "dw", "change", "grade", "third"} & hidden.keys()


def test_no_number_is_finer_than_printed() -> None:
    fine = sample.named(sample.MEGHDAL, "Fine")
    fine = replace(fine, score=replace(fine.score, estimate=Estimate(57.123456, 51.98765, 62.24680)))
    view = sample.view([fine])
    text = json.dumps(grid_rows(arranged(view, PLAIN), "country")) + supplier_csv(view, arranged(view, PLAIN))
    for digits in (".123", ".987", ".246"):
        assert digits not in text


def test_heads_are_links_that_order_and_turn_round() -> None:
    heads = {one["colId"]: one["headerComponentParams"] for one in column_defs(VIEW, SuppliersQuery(find="a"))}
    assert heads["score"]["now"] == "down"
    assert heads["score"]["search"] == "/app/suppliers?find=a&sort=-score"
    assert heads["name"]["search"] == "/app/suppliers?find=a&sort=name"
    assert heads["strip"]["themes"][1]["search"] == "/app/suppliers?find=a&sort=HRS"
    assert [one["name"] for one in heads["strip"]["themes"]] == ["Pay", "Hours"]
    assert heads["strip"]["themes"][1]["full"] == "Hours, rest and pace"
    turned = {one["colId"]: one["headerComponentParams"] for one in column_defs(VIEW, SuppliersQuery(sort="-score"))}
    assert (turned["score"]["now"], turned["score"]["search"]) == ("up", "/app/suppliers")


@pytest.mark.parametrize(
    ("name", "short"),
    [("Pay", "Pay"), ("Raising problems and getting them fixed", "Raising problems"), ("Respect and freedom from abuse",
      "Respect"), ("Equal treatment", "Equal treatment")],
)  # fmt: skip
def test_a_theme_is_called_by_its_first_words(name: str, short: str) -> None:
    assert short_theme(name) == short


def test_the_grid_evaluates_nothing_and_sorts_nothing_itself() -> None:
    grid = supplier_grid(VIEW, PLAIN, rows())
    text = json.dumps(grid.to_plotly_json(), cls=PlotlyJSONEncoder)
    assert "dangerously" not in text
    assert grid.defaultColDef["sortable"] is False
    assert {one["function"] for one in grid.dashGridOptions.values() if isinstance(one, dict)} == {
        "supplierIsWide(params)",
        "supplierHeight(params)",
    }
    assert grid.dashGridOptions["domLayout"] == "autoHeight"
    assert supplier_grid(VIEW, PLAIN, rows() * 20).dashGridOptions["domLayout"] == "normal"


def test_choices_keep_one_another_and_say_what_is_chosen() -> None:
    found = links(choices(VIEW, SuppliersQuery(find="a", sector="denim", pins=("F1",))))
    assert found["India"] == "/app/suppliers?find=a&country=IN&sector=denim&pin=F1"
    assert found["Group by sector"] == "/app/suppliers?find=a&sector=denim&group=sector&pin=F1"
    assert found["All sectors"] == "/app/suppliers?find=a&pin=F1"
    assert found["Pay below peers"].startswith("/app/suppliers?find=a&sector=denim&below=PAY")
    assert found["Clearly moved"] == "/app/suppliers?find=a&sector=denim&moved=clearly&pin=F1"
    drawn = choices(VIEW, SuppliersQuery(sector="denim", moved=True))
    current = [text_of(one) for one in kinds(drawn, "A") if getattr(one, "aria-current", None)]
    assert current == [
        "Group by country",
        "By score",
        "All countries",
        "Denim",
        "Any theme",
        "All evidence",
        "Clearly moved",
    ]
    assert kinds(finder(SuppliersQuery(find="ash")), "Input")[0].value == "ash"


def test_without_themes_or_with_one_country_there_is_no_such_choice() -> None:
    only = links(choices(sample.view([sample.TARULATA]), PLAIN))
    assert not [name for name in only if "peers" in name or "countries" in name]


@pytest.mark.parametrize(
    ("pins", "said"),
    [((), "Pin two to compare"), (("F1", "F99"), "Pin one more to compare"),
     (("F1", "F2"), "Compare 2 pinned")],
)  # fmt: skip
def test_the_way_to_comparing_says_what_is_missing(pins: tuple[str, ...], said: str) -> None:
    assert text_of(compare(VIEW, SuppliersQuery(pins=pins))) == said


def test_the_way_to_comparing_is_the_one_primary_button() -> None:
    page = supplier_page(VIEW, SuppliersQuery(pins=("F1", "F2")))
    [primary] = having(page, "btn-primary")
    assert primary.href == "/app/compare?with=F1,F2"
    assert len(kinds(page, "H1")) == 1


def test_news_leads_to_overviews_and_keeps_the_rest_folded() -> None:
    card = news_card(VIEW)
    assert links(card)["Meghdal Knit Works: clear drop"] == "/app/overview/F1"
    assert "from 21 August 2026 to 20 November 2026" in text_of(card)
    [folded] = kinds(card, "Details")
    assert text_of(folded).startswith("4 more changes Tarulata Woven 3: clear rise")
    assert "because" not in text_of(card)
    quiet = news_card(sample.view([], ()))
    assert "Nothing clear changed" in text_of(quiet)
    assert kinds(quiet, "Details") == []


def test_the_foot_counts_and_the_empty_state_clears() -> None:
    assert foot_words(VIEW, arranged(VIEW, PLAIN)) == "5 suppliers · workers’ answers, release 42, 20 Nov 2026"
    assert count_words(3, 1, 5) == "3 of 5 suppliers, 1 of them pinned"
    lost = SuppliersQuery(find="nobody", group="sector", pins=("F1",))
    state = no_match(arranged(VIEW, lost), lost)
    assert "No supplier matches" in text_of(state)
    assert links(state)["Clear the filters"] == "/app/suppliers?group=sector&pin=F1"
    assert no_match(arranged(VIEW, PLAIN), PLAIN) is None


def test_where_nobody_shares_it_says_who_decides() -> None:
    page = supplier_page(sample.view([], ()), PLAIN)
    assert "No supplier shares with you yet" in text_of(page)
    assert links(page)["Ask a supplier"] == "/app/requests"
    assert kinds(page, "AgGrid") == []


def test_the_file_holds_the_page_in_its_order_and_no_formula() -> None:
    odd = sample.named(sample.MEGHDAL, '=HYPERLINK("x")')
    view = sample.view([odd, *sample.EVERY[1:]])
    text = supplier_csv(view, arranged(view, SuppliersQuery(group="none", sort="-score")))
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments[-1] == "# Demo data: every factory and buyer and number is invented"
    lines = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert lines[0] == [*COLUMNS, "Pay", "Pay, against peers", "Hours, rest and pace",
                        "Hours, rest and pace, against peers"]  # fmt: skip
    assert [line[0] for line in lines[1:]] == ["F3", "F1", "F5", "F2", "F4"]
    assert lines[2][1].startswith("'=")
    named = dict(zip(lines[0], lines[2], strict=True))
    assert (named["score"], named["low"], named["position"], named["change"]) == ("57", "52", "lower", "-7")
    assert (named["Pay"], named["Pay, against peers"], named["shares"]) == ("44", "below", "actions")
    hidden = dict(zip(lines[0], lines[5], strict=True))
    assert (hidden["score"], hidden["reason"], hidden["newest_answers"]) == ("", "not_enough", "")
    score_only = lines[1]
    assert len(score_only) == len(COLUMNS)
