"""The themes: colour only where clear, hidden rows last, every row leads to its timeline."""

from dataclasses import replace

from components.difference import difference_cells
from components.theme_table import theme_table
from scoring.model import Change, Reason, Score
from tests import sample_overview
from tests.rendered import having, kinds, links, text_of

VIEW = sample_overview.overview()


def body(table: object) -> list[str]:
    """The words of every row of the table's body."""
    return [text_of(row) for row in kinds(kinds(table, "Tbody"), "Tr")]


def test_rows_are_ordered_by_score_and_hidden_ones_come_last() -> None:
    late = sample_overview.hidden_theme("z", "Zones")
    view = replace(VIEW, themes=(late, *reversed(VIEW.themes)))
    rows = body(theme_table(view))
    assert rows[0].startswith("Hiring and contract 66 60–72")
    assert [row.split(" too few")[0] for row in rows[-2:]] == ["Agency workers", "Zones"]


def test_equal_printed_scores_do_not_tell_more_than_the_numbers() -> None:
    themes = (
        sample_overview.theme("b", "B", 60.4, 5, None),
        sample_overview.theme("a", "A", 60.0, 5, None),
    )
    assert [row[0] for row in body(theme_table(replace(VIEW, themes=themes)))] == ["A", "B"]


def test_row_says_score_range_change_and_verdict() -> None:
    assert "Respect 54 47–61 −6 −11 to −1 clear drop" in body(theme_table(VIEW))


def test_rows_lead_to_the_indicators_of_their_theme() -> None:
    assert links(theme_table(VIEW))["Pay"] == "/app/indicators/f1?theme=pay"


def test_each_shown_theme_leads_to_how_it_is_computed_and_hidden_ones_do_not() -> None:
    found = {getattr(node, "data-explains"): node for node in having(theme_table(VIEW), "sl-why")}
    assert set(found) == {row[0] for row in sample_overview.THEMES}
    assert found["pay"].href == "/app/overview/f1?explain=pay"
    assert getattr(found["pay"], "aria-label") == "How is this computed? Pay"


def test_only_clear_differences_are_coloured() -> None:
    def classes(change: Change) -> set[str]:
        cells = difference_cells(change)
        return {name for name in ("sl-up", "sl-down", "sl-flat") if having(cells, name)}

    assert classes(Change(5, 1, 9)) == {"sl-up"}
    assert classes(Change(-5, -9, -1)) == {"sl-down"}
    assert classes(Change(-5, -10, 0)) == {"sl-flat"}
    assert classes(Change(1, -6, 8)) == {"sl-flat"}


def test_without_a_difference_nothing_but_cannot_tell_is_said() -> None:
    assert text_of(difference_cells(None)) == "can’t tell"
    assert len(difference_cells(None)) == len(difference_cells(Change(1, -6, 8))) == 3


def test_hidden_row_shows_no_number_and_no_picture_even_when_a_course_came_along() -> None:
    shown = VIEW.themes[0]
    hidden = replace(shown, score=Score("pay", "Pay", None, Reason.NOT_ENOUGH, 3, 0))
    table = theme_table(replace(VIEW, themes=(shown, hidden)))
    row = kinds(kinds(table, "Tbody"), "Tr")[-1]
    assert text_of(row) == "Pay too few people"
    assert not having(row, "sl-spark")
    assert not having(row, "sl-dw")


def test_not_asked_is_said_apart_from_too_few() -> None:
    row = replace(VIEW.themes[0], score=Score("pay", "Pay", None, Reason.NOT_ASKED, 0, 0))
    assert "Pay not asked" in body(theme_table(replace(VIEW, themes=(VIEW.themes[1], row))))


def test_when_every_theme_is_hidden_a_state_stands_in_the_place_of_the_table() -> None:
    hidden = theme_table(sample_overview.overview_without_score())
    assert not kinds(hidden, "Table")
    assert having(hidden, "sl-state")


def test_no_themes_at_all_is_a_state_too() -> None:
    assert "No themes yet" in text_of(theme_table(replace(VIEW, themes=())))


def test_leads_are_named_and_never_averaged() -> None:
    assert "Never averaged: Freely chosen work. Such answers are leads, not scores." in text_of(theme_table(VIEW))
    assert "Never averaged" not in text_of(theme_table(replace(VIEW, not_averaged=())))
