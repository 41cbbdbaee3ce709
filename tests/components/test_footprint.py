"""Footprints: the sum and what it is not, kinds from the worst on, thousands with signs, states, files."""

import csv
import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components.effect_whisker import span_of, tick_text
from components.footprint_figure import footprint_figure
from components.footprint_file import footprint_csv
from components.footprint_page import footprint_page
from components.footprint_table import footprint_table
from components.footprint_words import small_print, total_sentence
from components.look import Look
from components.picture_file import file_stem, picture_file, source_line
from scoring.cascade_views import FootprintView, Sureness
from scoring.query import FootprintQuery
from tests import sample_cascade as cascade
from tests import sample_timeline as sample
from tests.rendered import having, kinds, links, nodes, text_of

OWN = cascade.footprint()
HERE = cascade.footprint(FootprintQuery("F01"))


def page(view: FootprintView) -> Any:
    return footprint_page(view, Look())


def test_a_buyer_reads_the_sum_its_range_and_what_it_is_not() -> None:
    said = text_of(page(OWN))
    for part in (
        "Your footprint", "−35,900", "likely −49,000 to −22,700", "worker-week points, 12 months",
        "One point lower for one worker for one week is −1.", "It is not a measurement of you alone.",
        "Northvane, 21 Nov 2025 – 20 Nov 2026 · 41 actions at 9 factories · release 42",
        "3 actions at factories of unknown size are not counted.",
    ):  # fmt: skip
        assert part in said
    assert total_sentence(OWN).endswith(
        "Overall score: −35,900, likely −49,000 to −22,700 worker-week points, 12 months."
    )


def test_an_owner_reads_all_actions_at_the_factory() -> None:
    said = text_of(page(HERE))
    assert "All actions here" in said
    assert "What buyers did at Meghdal Knit Works, and what usually follows." in said
    assert "It is not a measurement of this factory alone." in said
    assert "What buyers did Times" in said
    assert "Northvane · 8 Jun 2026 · 9 % of the month’s orders" in said


def test_kinds_keep_their_order_with_thousands_ranges_and_chips() -> None:
    rows = [text_of(row) for row in kinds(footprint_table(OWN), "Tr")[1:]]
    assert rows == [
        "Rush order 14 −24.8 k −33.2 to −16.5 Clear",
        "Order cancelled 3 −12.9 k −19.6 to −6.2 Likely",
        "Payment late 5 −6.2 k −12.8 to +0.4 Unclear",
        "Price cut 6 −0.4 k −3.9 to +3.1 No effect seen",
        "Steadier orders 4 +9.4 k +3.1 to +15.7 Likely",
        "Extra audit 1 not told yet Too few events",
        "Paid sooner 2 not shared Not shared",
    ]


def test_colour_is_only_where_a_direction_is_claimed_and_zero_left_out() -> None:
    wide = replace(cascade.ROWS[1], points=replace(cascade.ROWS[1].points, high=100.0))
    table = footprint_table(cascade.footprint(rows=[cascade.ROWS[0], wide, *cascade.ROWS[2:]]))
    tones = [node.style["--c"] for node in having(table, "sl-dw")]
    grey = "var(--sl-ink-3)"
    assert tones == ["var(--sl-attn)", grey, grey, grey, "var(--sl-good)"]
    spoken = [getattr(node, "aria-label") for node in having(table, "sl-dw")]
    assert spoken[0] == "−24.8 thousand points, likely −33.2 to −16.5"


def test_a_kind_is_a_link_that_keeps_the_rest_and_the_chosen_one_says_so() -> None:
    view = cascade.footprint(FootprintQuery("F01", period="all", row="HRS", kind="payment_late"))
    table = footprint_table(view)
    assert links(table)["Rush order"] == "/app/footprint/F01?period=all&row=HRS&kind=rush_order"
    assert [text_of(one) for one in kinds(table, "A") if getattr(one, "aria-current", None)] == ["Payment late"]
    assert links(footprint_table(OWN))["Rush order"] == "/app/footprint?kind=rush_order"


def test_choices_keep_one_another() -> None:
    found = links(page(cascade.footprint(FootprintQuery(period="6m", row="HRS", kind="rush_order"))))
    assert found["12 m"] == "/app/footprint?period=1y&row=HRS&kind=rush_order"
    assert found["Hours, rest and pace"] == "/app/footprint?period=6m&row=HRS&kind=rush_order"


def test_what_helped_is_told_even_when_nobody_can_tell() -> None:
    said = text_of(having(page(OWN), "sl-fp-helped"))
    assert "After steadier orders: +9.4 thousand points , likely +3.1 to +15.7." in said
    assert "After early payments: not shared" in said
    pressing = cascade.footprint(rows=cascade.ROWS[:3])
    assert "None of these actions is of a kind that may help" in text_of(having(page(pressing), "sl-fp-helped"))


def test_single_actions_lead_to_their_timeline_where_it_may_be_opened() -> None:
    items = having(page(OWN), "sl-fp-largest")
    hrefs = [one.href for one in kinds(items, "A")]
    assert hrefs == ["/app/timeline/F01?action=a5", "/app/timeline/F01?action=a3"]
    assert "−6.3 k" in text_of(items)
    assert getattr(kinds(items, "A")[0], "aria-label") == "Order cancelled, Meghdal Knit Works, 8 Jun 2026"
    old = replace(OWN, last=sample.LAST.replace(year=2028), largest=OWN.largest[:1])
    assert [one.href for one in kinds(having(page(old), "sl-fp-largest"), "A")] == [
        "/app/timeline/F01?action=a5&period=all"
    ]
    assert having(page(replace(OWN, largest=())), "sl-fp-largest") == []


@pytest.mark.parametrize(
    ("query", "said", "href"),
    [
        (FootprintQuery(), "None of your actions is recorded in these 12 months.", "/app/footprint?period=all"),
        (FootprintQuery("F01", period="6m"), "No buyer action is recorded in these 6 months.",
         "/app/footprint/F01?period=all"),
        (FootprintQuery(period="all"), "No actions yet", None),
    ],
)  # fmt: skip
def test_without_actions_it_says_what_to_do(query: FootprintQuery, said: str, href: str | None) -> None:
    drawn = page(cascade.footprint(query, rows=(), total=None))
    assert said in text_of(drawn)
    assert links(drawn).get("Show all the time") == href
    assert having(drawn, "sl-fp-sum") == []


def test_what_is_not_told_says_why() -> None:
    few = tuple(replace(row, points=None, sureness=Sureness.TOO_FEW_EVENTS) for row in cascade.ROWS[:2])
    said = text_of(page(cascade.footprint(rows=few, total=None)))
    assert "Not told yet. Too few such actions, or too few factories" in said
    hidden = tuple(replace(row, points=None, sureness=Sureness.NOT_SHARED) for row in cascade.ROWS[:2])
    said = text_of(page(cascade.footprint(rows=hidden, total=None)))
    assert "Not told yet. What follows such actions of all buyers is told once five other buyers have acted so." in said


def test_the_small_print_counts_what_is_missing() -> None:
    assert small_print(OWN) == (
        "1 kind is not in the sum. What follows such actions of all buyers is told once five other buyers have acted "
        "so.",
        "1 kind is not in the sum: too little is known of them yet.",
        "“No effect seen” means no change of more than a point for each person on average; over many people and weeks "
        "less than that adds up too.",
        "3 actions at factories of unknown size are not counted.",
    )
    assert small_print(replace(OWN, rows=cascade.ROWS[:2], left_out=1)) == (
        "1 action at factories of unknown size is not counted.",
    )
    assert small_print(replace(OWN, rows=cascade.ROWS[:2], left_out=0)) == ()


def test_nothing_claims_a_cause() -> None:
    for view in (OWN, HERE):
        said = text_of(page(view))
        assert "because" not in said
        assert "caused" not in said
        assert "!" not in said


def test_ids_are_unique_and_headings_in_order() -> None:
    every = [node.id for node in nodes(page(OWN)) if isinstance(getattr(node, "id", None), str)]
    assert len(every) == len(set(every))
    assert len(kinds(page(OWN), "H1")) == 1


@pytest.mark.parametrize("rows", [cascade.ROWS, cascade.ROWS[5:], ()])
def test_the_picture_for_a_file_is_one_that_plotly_takes(rows: Any) -> None:
    figure = footprint_figure(cascade.footprint(rows=rows))
    go.Figure(figure)
    said = json.loads(picture_file(figure, "<b>Title", "Sub", "Source", "x.png", 3))
    go.Figure(said["figure"])
    assert said["height"] == said["figure"]["layout"]["height"] > figure["layout"]["height"]
    texts = [one["text"] for one in said["figure"]["layout"]["annotations"]]
    assert {"&lt;b&gt;Title", "Sub", "Source"} <= set(texts)
    assert said["figure"]["layout"]["paper_bgcolor"] == "#ffffff"


def test_one_click_differs_from_the_next() -> None:
    figure = footprint_figure(OWN)
    assert picture_file(figure, "", "", "", "x", 1) != picture_file(figure, "", "", "", "x", 2)


def test_sources_and_file_names_are_plain() -> None:
    assert source_line("Meghdal", sample.STAMP) == (
        "Meghdal · workers’ answers, release 42, 20 Nov 2026, method 1.2 · Seamline · demo data, everything is invented"
    )
    assert file_stem("../a b", sample.STAMP) == "seamline----a-b-release-42"


def test_the_file_is_no_finer_than_the_page() -> None:
    text = footprint_csv(OWN)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert any("Release 42" in one for one in comments)
    assert any("not a measurement of one buyer" in one for one in comments)
    assert rows[1] == ["rush_order", "Rush order", "14", "-24800", "-33200", "-16500", "clear"]
    assert rows[6][3:] == ["", "", "", "too_few_events"]
    assert rows[-1] == ["all", "All actions together", "41", "-35900", "-49000", "-22700", ""]
    formula = replace(OWN, rows=(replace(cascade.ROWS[0], kind_name="=1+1"),), buyer="a,b;c\n=2")
    text = footprint_csv(formula)
    assert "'=1+1" in text
    assert all(line.startswith("# ") for line in text.split("kind,name")[0].splitlines())


@pytest.mark.parametrize("ends", [[], [-33.1, 15.7], [-0.2, 0.1], [-900.0, -300.0], [5.0]])
def test_a_span_holds_zero_and_every_end_with_few_ticks(ends: list[float]) -> None:
    over = span_of(ends)
    assert all(over.low <= end <= over.high for end in [0.0, *ends])
    assert 0 in over.ticks
    assert len(over.ticks) <= 5
    assert [tick_text(tick) for tick in (-15, 0, 2.5)] == ["−15", "0", "+2.5"]
