"""The benchmark page as its readers get it: rows, fields, months, choices, files; hidden looks alike everywhere."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest
from plotly.utils import PlotlyJSONEncoder

from components.benchmark_course_figure import course_figure
from components.benchmark_file import benchmark_csv, benchmark_json, stem
from components.benchmark_page import benchmark_page
from components.benchmark_spread import spread_picture, spread_scale
from components.benchmark_spread_figure import spread_figure
from components.benchmark_summary import benchmark_summary
from components.dot_whisker import FULL, Scale
from components.look import Look
from components.theme import DARK, LIGHT
from scoring.benchmark_query import BenchmarkQuery, Cohort
from scoring.benchmark_views import BenchmarkView, Told
from scoring.benchmark_words import citation
from scoring.benchmarks import COLUMNS
from tests import sample_benchmarks as sample
from tests.rendered import having, kinds, links, nodes, text_of
from tests.sample_benchmarks import JUNE, row

VIEW = sample.view()
HIDDEN = "hidden to protect people"


def page(view: BenchmarkView | None = VIEW, **url: object) -> Any:
    """The page of a view, or of an address over the sample."""
    return benchmark_page(sample.view(BenchmarkQuery.from_url(url)) if url else view, Look())


def part(drawn: Any, name: str) -> Any:
    """The card with that heading id."""
    return next(one for one in kinds(drawn, "Section") if getattr(one, "aria-labelledby", "") == f"bm-{name}-title")


def rows_of(card: Any) -> list[str]:
    """The rows of a card's first table, as they are read."""
    return [text_of(line) for line in kinds(kinds(card, "Table")[0], "Tr")[1:]]


def sent(tree: Any) -> str:
    """What the browser gets."""
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


def test_countries_are_read_from_high_to_low_with_half_and_number() -> None:
    card = part(page(), "country")
    assert rows_of(card) == [
        "All countries 62 57–67 60",
        "Kenya 68 63–73 10",
        "Vietnam 62 57–67 15",
        "Bangladesh 58 53–63 15",
        f"Ethiopia {HIDDEN}",
    ]
    assert "The middle factory scores 68 in Kenya and 58 in Bangladesh." in text_of(card)
    assert "About 60 factories, as of 30 Jun 2026 · release 42 · CC BY 4.0" in text_of(card)


def test_a_spread_is_line_bar_and_dot_and_speaks() -> None:
    full = spread_picture(Told(60, 2400, 57, 62, 67, 50, 74), FULL)
    few = spread_picture(Told(10, 400, 63, 68, 73), Scale(40, 90, ()), overall=True)
    assert [one.className for one in full.children] == ["x", "o", "w", "d"]
    assert [one.className for one in few.children] == ["x", "w", "d"], "no line under 20 factories"
    assert full.style == {"--v": "62", "--lo": "57", "--hi": "67", "--o1": "50", "--o2": "74"}
    assert few.style == {"--v": "68", "--lo": "63", "--hi": "73", "--a": "40", "--b": "90", "--c": "var(--sl-overall)"}
    assert getattr(full, "aria-label") == "middle factory 62, half between 57 and 67, 8 in 10 between 50 and 74"
    assert getattr(few, "aria-label") == "middle factory 68, half between 63 and 73"


def test_one_scale_holds_everything_with_few_ticks() -> None:
    scale = spread_scale(VIEW.spreads())
    assert (scale.first, scale.last) == (40, 80)
    assert all(scale.first <= end <= scale.last for end in (50, 74, 44))
    assert spread_scale(()) == Scale(40, 80, (40, 50, 60, 70, 80))
    wide = sample.view(rows=[row(None, None, "overall", JUNE, 50, half=(3, 98), factories=60)])
    assert spread_scale(wide.spreads()) == Scale(0, 100, (0, 20, 40, 60, 80, 100))


def test_fields_are_by_name_and_a_hidden_one_has_neither_number_nor_link() -> None:
    card = part(page(), "fields")
    assert rows_of(card) == [
        "Bangladesh 59 54–64 57 52–62",
        f"Ethiopia {HIDDEN} {HIDDEN}",
        f"Kenya {HIDDEN} {HIDDEN}",
        f"Vietnam {HIDDEN} {HIDDEN}",
    ]
    found = [one.href for one in having(card, "sl-bm-field")]
    assert found == [
        "/app/benchmarks?country=BD&sector=footwear", "/app/benchmarks?country=BD&sector=knitwear",
    ]  # fmt: skip
    one_sector = [line for line in sample.ROWS if line[1] != "footwear"]
    with pytest.raises(StopIteration):
        part(page(sample.view(rows=one_sector)), "fields")


def test_hidden_looks_the_same_whatever_the_reason() -> None:
    """A row without numbers and no row at all give the same page to the letter."""
    without = [line for line in sample.ROWS if line[8] is not None or line[0] == "ET"]
    assert sent(page(sample.view(rows=without))) == sent(page())
    assert {text_of(one) for one in having(page(country="ET"), "sl-few")} == {HIDDEN}


def test_a_theme_of_a_hidden_group_is_a_designed_state() -> None:
    drawn = page(country="ET")
    assert "Hidden to protect people" in text_of(having(part(drawn, "course"), "sl-state"))
    assert [one for one in nodes(drawn) if getattr(one, "id", None) == "benchmarks-course"], "callbacks know it by id"
    assert rows_of(part(drawn, "theme")) == [
        f"Overall score {HIDDEN}", f"Hours, rest and pace {HIDDEN}", f"Pay {HIDDEN}",
    ]  # fmt: skip


def test_themes_of_the_chosen_group_stand_side_by_side() -> None:
    card = part(page(country="KE"), "theme")
    assert text_of(kinds(card, "H2")) == "Themes side by side: Kenya"
    assert rows_of(card) == ["Overall score 68 63–73", "Hours, rest and pace 57 52–62", f"Pay {HIDDEN}"]


def test_the_table_twins_hold_every_figure() -> None:
    twin = kinds(part(page(), "country"), "Details")[0]
    lines = [text_of(line) for line in kinds(twin, "Tr")]
    assert lines[:3] == [
        "Country Factories Answers p10 p25 Middle p75 p90",
        "All countries 60 2,400 50 57 62 67 74",
        "Kenya 10 400 – 63 68 73 –",
    ]
    assert lines[-1] == f"Ethiopia {HIDDEN}"
    months = kinds(part(page(country="KE", compare="~"), "course"), "Table")
    assert [text_of(kinds(one, "Caption")) for one in months] == ["Kenya", "All factories"]
    assert [text_of(line) for line in kinds(months[0], "Tr")[1:]] == [
        "30 Jun 2026 10 400 – 63 68 73 –", f"31 May 2026 {HIDDEN}", "30 Apr 2026 15 600 – 61 66 71 –",
    ]  # fmt: skip


def test_choices_keep_one_another() -> None:
    drawn = page(theme="HRS", country="KE", month="2026-06", compare="BD~")
    found = links(drawn)
    assert found["Pay"] == "/app/benchmarks?theme=PAY&country=KE&month=2026-06&compare=BD~"
    assert found["All countries"] == "/app/benchmarks?theme=HRS&month=2026-06&compare=BD~"
    assert found["April 2026"] == "/app/benchmarks?theme=HRS&country=KE&month=2026-04&compare=BD~"
    assert found["Vietnam"].endswith("compare=BD~,VN~"), "the last list is that of cohorts to compare"
    off = having(drawn, "sl-bm-off")[0]
    assert off.href == "/app/benchmarks?theme=HRS&country=KE&month=2026-06"
    assert getattr(off, "aria-label") == "Take Bangladesh off"


def test_three_are_compared_at_most() -> None:
    drawn = page(country="KE", compare="BD~,~")
    assert "Compare with…" not in text_of(drawn)
    assert "Compare with…" in text_of(page(country="KE", compare="BD~"))
    assert len(having(drawn, "sl-bm-off")) == 2


def test_codebooks_are_chosen_only_where_there_are_several() -> None:
    assert "Codebook:" not in text_of(page())
    other = sample.view(BenchmarkQuery(theme="HRS", country="KE"), few=[row(None, None, "overall", JUNE, 40)])
    drawn = page(other)
    assert "Codebook:" in text_of(drawn)
    assert links(drawn)["few"] == "/app/benchmarks?codebook=few"


@pytest.mark.parametrize("compare", ["", "BD~", "BD~,ET~"])
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, True)])
def test_months_are_drawn_in_rows_and_gaps_stay_open(compare: str, dark: bool, narrow: bool) -> None:
    courses = sample.view(BenchmarkQuery.from_url({"country": "KE", "compare": compare})).courses
    figure = course_figure(courses, dark, narrow)
    go.Figure(figure)
    lines = [t for t in figure["data"] if t["mode"] == "lines" and "fill" not in t]
    kenya = [t for t in lines if t["yaxis"] == "y"]
    assert [(t["x"][0], t["x"][-1]) for t in kenya] == [("2026-04-01", "2026-04-30"), ("2026-06-01", "2026-06-30")]
    assert [t["y"][0] for t in kenya] == [66, 68]
    bands = [t["y"] for t in figure["data"] if "fill" in t and t["yaxis"] == "y"]
    assert [(max(y), min(y)) for y in bands] == [(71, 61), (73, 63)]
    assert {t["line"]["color"] for t in lines} == {(DARK if dark else LIGHT)["overall"]}
    gaps = [(s["x0"], s["x1"]) for s in figure["layout"]["shapes"]]
    assert gaps[0] == ("2026-05-01", "2026-05-31")
    assert figure["layout"]["height"] == 154 * len(courses) + 42
    names = [one["text"] for one in figure["layout"]["annotations"]]
    assert [name for name in names if name in ("Kenya", "Bangladesh", "Ethiopia")] == [
        "Kenya", *({"BD~": ["Bangladesh"], "BD~,ET~": ["Bangladesh", "Ethiopia"]}.get(compare, [])),
    ]  # fmt: skip
    assert names.count(HIDDEN) == compare.count("ET")


def test_a_theme_is_drawn_in_the_workers_blue_and_names_carry_no_markup() -> None:
    rows = [row("<b>", "%{x}", "HRS", JUNE, 50), row(None, None, "HRS", JUNE, 50)]
    view = sample.view(BenchmarkQuery("HRS", "<b>", "%{x}"), rows=rows)
    figure = course_figure(view.courses, dark=False, narrow=False)
    assert figure["data"][1]["line"]["color"] == LIGHT["voice"]
    assert "<b>" not in figure["layout"]["annotations"][0]["text"]
    assert "%{" not in figure["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("by", ["country", "sector", "theme"])
def test_the_picture_of_a_card_holds_the_same_rows(by: str) -> None:
    group = getattr(VIEW, f"by_{by}")
    figure = spread_figure(group, by)
    go.Figure(figure)
    texts = " ".join(one["text"] for one in figure["layout"]["annotations"])
    for one in (group.whole, *group.rows):
        assert (f"<b>{one.told.p50}</b>" if one.told else HIDDEN) in texts
    shown = [one for one in (group.whole, *group.rows) if one.told]
    dots = [t for t in figure["data"] if t["mode"] == "markers"]
    assert [t["x"][0] for t in dots] == [one.told.p50 for one in shown if one.told]
    ends = [t for t in figure["data"] if t["mode"] == "lines" and t["line"]["width"] == 2]
    assert len(ends) == sum(1 for one in shown if one.told and one.told.p10 is not None)


def read(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The comments and the lines of a file."""
    comments = [line for line in text.splitlines() if line.startswith("#")]
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return comments, list(csv.DictReader(io.StringIO(body)))


def test_the_csv_has_the_columns_of_the_command_under_licence_and_citation() -> None:
    view = sample.view(BenchmarkQuery(country="KE", compare=(Cohort(),)))
    comments, lines = read(benchmark_csv(view))
    assert tuple(lines[0]) == COLUMNS
    assert any(citation(view) in one for one in comments)
    assert any("Creative Commons Attribution 4.0" in one for one in comments)
    assert any("Demo data" in one for one in comments)
    kenya = next(one for one in lines if (one["country"], one["on"], one["theme"]) == ("KE", "2026-06-30", "overall"))
    assert list(kenya.values()) == [
        "country", "KE", "", "overall", "2026-06-30", "10", "400", "", "63", "68", "73", "", "",
    ]  # fmt: skip
    hidden = [one for one in lines if not one["p50"]]
    assert hidden
    assert {tuple(one.values())[5:] for one in hidden} == {("",) * 7 + ("not_enough",)}


def test_the_json_twin_says_the_same() -> None:
    view = sample.view(BenchmarkQuery(theme="HRS", country="KE"))
    twin = json.loads(benchmark_json(view))
    _, lines = read(benchmark_csv(view))
    as_text = [{name: "" if value is None else str(value) for name, value in one.items()} for one in twin["rows"]]
    assert as_text == lines
    assert (twin["licence"], twin["release"], twin["method"]) == ("CC BY 4.0", 42, "1.2")
    assert twin["citation"] == citation(view)
    assert twin["shown"] == {"theme": "HRS", "country": "KE", "month": "2026-06"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", " ="])
def test_no_name_becomes_a_formula_or_leaves_its_comment(start: str) -> None:
    rows = [row(None, f"{start}1+1\n2", "overall", JUNE, 50), row(None, None, "overall", JUNE, 50)]
    text = benchmark_csv(replace(sample.view(rows=rows), codebook=f"x\r\n{start}1"))
    for line in csv.reader(io.StringIO(text)):
        assert not any(piece.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for piece in line)
    assert text.split("cohort,country")[0].count("\r\n") == len(
        [one for one in text.split("cohort,country")[0].splitlines() if one.startswith("# ")]
    )


def test_files_are_named_after_theme_month_and_release() -> None:
    assert stem(sample.view(BenchmarkQuery(theme="HRS"))) == "seamline-benchmarks-HRS-2026-06-release-42"
    found = links(page(country="KE"))
    assert found["JSON"] == "/download/benchmarks.json?country=KE&month=2026-06&codebook=book"
    assert found["CSV with notes"] == "/download/benchmarks.csv?country=KE&month=2026-06&codebook=book"


def test_the_citation_is_copied_by_one_button_and_is_the_only_primary_one() -> None:
    card = part(page(), "cite")
    button = next(one for one in kinds(card, "Button") if hasattr(one, "data-copy-text"))
    place = getattr(button, "data-copy-text")
    assert text_of([one for one in nodes(card) if getattr(one, "id", None) == place]) == citation(VIEW)
    assert len(having(page(), "btn-primary")) == 1


@pytest.mark.parametrize("drawn", [page(), page(country="ET"), page(country="KE", compare="~,BD~"), page(None)])
def test_ids_are_unique_and_there_is_one_heading(drawn: Any) -> None:
    every = [node.id for node in nodes(drawn) if isinstance(getattr(node, "id", None), str)]
    assert len(every) == len(set(every))
    assert len(kinds(drawn, "H1")) == 1


def test_before_the_first_frozen_month_it_says_when_it_comes() -> None:
    said = text_of(page(None))
    assert "No benchmarks yet" in said
    assert "once a calendar month with answers is over" in said


def test_the_start_page_has_the_newest_month_and_leads_on() -> None:
    card = benchmark_summary(VIEW)
    assert "June 2026, by country" in text_of(card)
    assert "The middle one of about 60 factories scores 62; half of them score 57–67." in text_of(card)
    assert links(card)["Open benchmarks"] == "/app/benchmarks"
    assert links(card)["Kenya"] == "/app/benchmarks?country=KE"
    assert "No benchmarks yet" in text_of(benchmark_summary(None))


def texts(trees: Iterable[Any]) -> str:
    return " ".join(map(text_of, trees))


def test_nothing_claims_a_cause_or_ranks() -> None:
    said = texts([page(), page(country="KE"), benchmark_summary(VIEW)])
    assert not any(word in said for word in ("because", "caused", "!", "rank", "best", "worst"))
