"""Side by side: one scale, no rank, what is not shared says who decides; one axis for all years; the files."""

import csv
import json
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components import theme
from components.compare_figure import compare_figure, height_of_marks, plan
from components.compare_file import compare_csv, year_csv
from components.compare_page import compare_page, year_sentence
from components.compare_table import compare_table
from components.look import Look
from tests import sample_suppliers as sample
from tests.rendered import having, kinds, links, nodes, text_of

VIEW = sample.comparison()


def test_the_whole_stands_first_with_range_word_position_and_evidence() -> None:
    row = text_of(having(compare_table(VIEW), "sl-cmp-whole"))
    for part in ("Overall score", "57 likely 52–62 B evidence", "Mixed", "Lower third", "68 likely 63–73",
                 "Upper third", "position: can’t tell", "Ashonpur above Meghdal"):  # fmt: skip
        assert part in row
    assert "rank" not in text_of(compare_table(VIEW)).lower()


def test_a_row_names_only_what_is_clear() -> None:
    rows = [text_of(row) for row in kinds(compare_table(VIEW), "Tr")]
    assert rows[3].startswith("Pay 44 66")
    assert rows[3].endswith("can’t tell")
    assert rows[4] == "Hours, rest and pace 51 69 Ashonpur above Meghdal"


def test_a_supplier_that_shares_its_score_only_has_one_cell_over_all_themes() -> None:
    [locked] = having(compare_table(VIEW), "sl-cmp-lock")
    assert locked.rowSpan == 2
    assert "Tarulata Woven 3 shares its score only" in text_of(locked)
    assert links(locked)["Ask for themes"] == "/app/requests?factory=F3&level=themes"
    few = sample.comparison([sample.MEGHDAL, sample.NILVANI])
    assert text_of(compare_table(few)).count("too few people") == 3


def test_every_dot_is_drawn_on_one_scale() -> None:
    scales = {(one.style["--a"], one.style["--b"]) for one in having(compare_table(VIEW), "sl-dw")}
    assert len(scales) == 1


def test_each_can_be_taken_out_and_others_added_up_to_five() -> None:
    page = compare_page(VIEW, Look())
    out = {getattr(one, "aria-label", ""): one.href for one in kinds(page, "A")}
    assert out["Take Ashonpur Denim out"] == "/app/compare?with=F1,F3"
    assert links(page)["Nilvani Thread"] == "/app/compare?with=F1,F2,F3,F4"
    assert links(page)["Suppliers"] == "/app/suppliers?pin=F1,F2,F3"
    full = compare_page(sample.comparison(sample.EVERY), Look())
    assert having(full, "sl-adder") == []


def test_what_can_be_said_is_a_list_of_sentences_or_that_nobody_can_tell() -> None:
    said = text_of(having(compare_page(VIEW, Look()), "sl-said"))
    assert "Ashonpur Denim is clearly higher than Meghdal Knit Works overall: 11 points, likely 4 to 18." in said
    assert "in Hours, rest and pace: 11 points" in said
    none = compare_page(sample.comparison([sample.MEGHDAL, sample.TARULATA]), Look())
    assert "Can’t tell: every difference could be chance." in text_of(none)
    one = compare_page(sample.comparison([sample.MEGHDAL]), Look())
    assert "Add another supplier" in text_of(one)


def test_the_years_stand_on_one_axis_with_own_actions_at_their_supplier() -> None:
    figure = compare_figure(VIEW, dark=False, narrow=False)
    go.Figure(figure)
    layout = figure["layout"]
    assert [name for name in layout if name.startswith("xaxis")] == ["xaxis"]
    rows = plan(VIEW, narrow=False).rows
    assert len({(round((r.high - r.low) / (r.top - r.bottom)),) for r in rows}) == 1
    assert len({row.high for row in rows}) == 1
    [marks] = [trace for trace in figure["data"] if trace.get("mode") == "markers" and trace.get("customdata")]
    assert marks["yaxis"] == rows[0].axis
    assert all("Northvane" in text for text in marks["customdata"])
    assert rows[0].low < height_of_marks(rows[0]) < rows[1].low
    seams = [shape for shape in layout["shapes"] if shape["type"] == "line"]
    assert len(seams) == len(marks["x"])
    assert {(one["y0"], one["y1"]) for one in seams} == {(rows[0].bottom, rows[0].top)}
    assert [one for one in layout["annotations"] if one["text"] == "too few"]


@pytest.mark.parametrize(("dark", "colours"), [(False, theme.LIGHT), (True, theme.DARK)])
def test_the_figure_is_drawn_for_both_themes_and_for_phones(dark: bool, colours: dict[str, str]) -> None:
    for narrow in (False, True):
        figure = compare_figure(VIEW, dark, narrow)
        assert figure["layout"]["font"]["color"] == colours["ink-3"]
        json.dumps(figure, allow_nan=False)


def test_a_supplier_without_a_line_keeps_its_row_and_says_so() -> None:
    empty = replace(
        VIEW, lines=(VIEW.lines[0], replace(VIEW.lines[1], course=replace(VIEW.lines[1].course, points=())))
    )
    empty = replace(empty, rows=tuple(replace(row, scores=row.scores[:2]) for row in VIEW.rows))
    texts = [one["text"] for one in compare_figure(empty, dark=False, narrow=False)["layout"]["annotations"]]
    assert "too few people to show" in texts
    nothing = replace(empty, lines=tuple(replace(one, course=replace(one.course, points=())) for one in empty.lines))
    page = compare_page(nothing, Look())
    assert "Too few people to show" in text_of(page)
    assert not [one for one in nodes(page) if getattr(one, "id", None) == "compare-year-csv"]


def test_the_picture_has_its_sentence_its_tables_and_its_marks() -> None:
    page = compare_page(VIEW, Look())
    assert year_sentence(VIEW).startswith(
        "Overall score of Meghdal Knit Works, Ashonpur Denim and Tarulata Woven 3 from"
    )
    captions = [text_of(one) for one in kinds(page, "Caption")]
    assert captions[1:] == ["Meghdal Knit Works", "Ashonpur Denim", "Tarulata Woven 3", "Your own actions"]
    assert "with your own actions" in text_of(page)
    assert "with your own actions" not in text_of(compare_page(sample.comparison([sample.ASHONPUR]), Look()))


def test_without_suppliers_it_says_how_to_choose() -> None:
    page = compare_page(sample.comparison([]), Look())
    assert "No supplier chosen yet" in text_of(page)
    assert links(page)["Choose suppliers"] == "/app/suppliers"
    nobody = replace(sample.comparison([]), others=())
    assert "No supplier shares with you yet" in text_of(compare_page(nobody, Look()))


def lines_of(text: str) -> list[list[str]]:
    """The lines of a file without its comments."""
    return list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))


def test_the_files_hold_what_is_shown() -> None:
    lines = lines_of(compare_csv(VIEW))
    assert lines[1] == ["F1", "Meghdal Knit Works", "overall", "Overall score", "57", "52", "62", "52", "62", "B", ""]
    assert ["F3", "Tarulata Woven 3", "PAY", "Pay", "", "", "", "", "", "", "not shared"] in lines
    assert lines[-1] == ["HRS", "Hours, rest and pace", "F2", "F1", "11", "4", "18"]
    years = lines_of(year_csv(VIEW))
    assert years[1][:3] == ["F1", "Meghdal Knit Works", "week"]
    assert any(line[-3:] == ["", "", ""] for line in years if line and line[0] == "F1")
    done = years[years.index([]) + 2 :]
    assert done
    assert all(line[0] == "F1" for line in done)
    odd = sample.comparison([sample.named(sample.MEGHDAL, "@SUM(A1)"), sample.ASHONPUR])
    assert all(line[1].startswith("'@") for line in lines_of(compare_csv(odd)) if line[:1] == ["F1"])
