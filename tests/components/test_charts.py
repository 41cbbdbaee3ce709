"""Figures stay home, speak, and take no markup from anybody's names."""

import pytest

from components import charts
from components.look import Look


def test_a_figure_never_offers_to_leave() -> None:
    box = charts.graph("x", {"data": [], "layout": {"height": 300}}, "A sentence.").to_plotly_json()
    config = box["props"]["children"].config
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""
    assert config["displayModeBar"] is False
    assert config["displaylogo"] is False


def test_a_figure_is_a_picture_with_its_sentence_and_its_height() -> None:
    box = charts.graph("x", {"data": [], "layout": {"height": 300}}, "A sentence.").to_plotly_json()["props"]
    assert (box["role"], box["aria-label"]) == ("img", "A sentence.")
    assert box["children"].style == {"height": "300px"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Halmere & Pike", "Halmere &amp; Pike"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a %{x} b", "a &#37;{x} b"),
        ("9 % of it", "9 % of it"),
        ("two\nlines\u2028here", "two lines here"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_names_cannot_bring_markup_or_templates(text: str, said: str) -> None:
    assert charts.label(text) == said


def test_long_names_are_cut_before_they_are_escaped() -> None:
    assert charts.label("&" * 9, longest=4) == "&amp;&amp;&amp;…"


@pytest.mark.parametrize(
    "click",
    [None, {}, [], {"points": None}, {"points": ["x"]}, {"points": [{}]}, {"points": [{"customdata": "57"}]},
     {"points": [{"customdata": [7, "x"]}]}, {"points": [{"customdata": ["a"]}]}],
)  # fmt: skip
def test_a_click_on_anything_but_a_mark_is_nothing(click: object) -> None:
    assert charts.clicked_action(click) is None


def test_a_click_on_a_mark_is_its_action() -> None:
    line = {"customdata": "57, likely 52–62"}
    assert charts.clicked_action({"points": [line, {"customdata": ["a5", "text"]}]}) == "a5"


@pytest.mark.parametrize("text", [None, "", "dark", "dark-", "dark-narrow ", ["dark-narrow"], "light-dark"])
def test_a_look_that_nobody_has_is_light_and_wide(text: object) -> None:
    assert Look.from_text(text) == Look(dark=False, narrow=False)


@pytest.mark.parametrize("look", [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)])
def test_a_look_survives_its_cookie(look: Look) -> None:
    assert Look.from_text(look.to_text()) == look
