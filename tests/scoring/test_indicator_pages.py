"""The page of indicators as the door hands it out: every theme, one in depth, and only what is the viewer's."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from scoring.group_words import dimension_name, group_name, group_order
from scoring.indicator_pages import chosen_theme
from scoring.model import OVERALL, Estimate, Standing
from scoring.overviews import quarter_before
from scoring.query import IndicatorsQuery
from scoring.service import Door
from scoring.views import IndicatorsView, Participation
from scoring.words import day, day_span, grey_zone, score_line, similar
from tests.scoring.releases import THROUGH, Asked, Made, Reached, action_row, cell_of, write_release

QUESTIONS = [*(Asked(f"Q{i}", f"T{i % 3}") for i in range(6)), Asked("Z", "T0", zero_tolerance=True)]
LEAD = "INSERT INTO leads (factory_id, indicator_id, quarter, band, codebook) VALUES ('F1', 'Z', ?, ?, 'book')"
SLICE = "factory_id, unit, dim, level, first_day, last_day, n, mean, codebook"
FLAGS = (("coached", 92), ("burst", 91), ("silence", 3), ("duplicates", -7))
"""Kinds of warnings, and how many days before the release their span ends; the last one begins after it."""
HOSTILE = [None, "", "F9", "1 or 1=1", "../x", ["F1"], {"F1": 1}, 7, "F1\x00", "%", "é" * 5000]
OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1", "F3"}))
BUYER = Viewer(2, Role.BUYER, "B1", frozenset({"F1"}))
NGO = Viewer(4, Role.NGO, "N1")
OPERATOR = Viewer(5, Role.OPERATOR, "X")


def made() -> Made:
    """A year of weekly cells for two factories of which T2 is highest and T1 without any, and one factory without."""
    cells = [
        cell_of(factory, q.indicator_id, THROUGH - timedelta(days=7 * week + 6), 7, (x, x + 25) * 10)
        for factory in ("F1", "F2")
        for q in QUESTIONS[:6]
        for week in range(52)
        for x in [50 + 25 * (q.theme == "T2")]
        if q.theme != "T1"
    ]
    actions = [
        action_row("A1", "F1", THROUGH - timedelta(days=60)),
        action_row("A2", "F1", THROUGH - timedelta(days=50), buyer_id="B2", buyer_name="Buyer B2", note="private"),
        action_row("A4", "F1", THROUGH - timedelta(days=500)),
    ]
    reach = [Reached("F1", date(2026, 4, 1), 60, 50, 120), Reached("F1", date(2026, 1, 1), 50, 50, 110)]
    return Made(cells, QUESTIONS, ["F1", "F2", "F3"], reach, actions)


def fill(home: Home) -> None:
    """Nothing; the release holds slices of T0 by gender and two bands of a lead."""
    with duckdb.connect(str(home.releases / "000001.duckdb")) as file:
        for level, mean in (("male or not said", 62.0), ("female", 58.0)):
            row = ["F1", "T0", "gender", level, date(2026, 6, 1), THROUGH, 60, mean, "book"]
            file.execute(f"INSERT INTO slices ({SLICE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for quarter, band in ((date(2026, 1, 1), "many"), (date(2026, 4, 1), "some")):
            file.execute(LEAD, [quarter, band])
        for kind, days in FLAGS:
            last = THROUGH - timedelta(days=days)
            file.execute("INSERT INTO flags VALUES ('F1', ?, ?, ?, 'Said.')", [kind, last - timedelta(days=6), last])


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door to that release."""
    home = Home(tmp_path_factory.mktemp("door"))
    write_release(home, made())
    fill(home)
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    yield Door(Releases(home, settings), state)
    state.close()


def seen(door: Door, viewer: Viewer = OWNER, factory: str = "F1", **values: object) -> IndicatorsView:
    """The page of an address."""
    return door.indicators(viewer, IndicatorsQuery.from_url(factory, values))


@pytest.mark.parametrize("asked", HOSTILE, ids=str)
@pytest.mark.parametrize("viewer", [OWNER, BUYER, NGO, OPERATOR], ids=lambda v: v.role)
def test_what_is_not_there_and_what_is_not_ours_look_the_same(door: Door, viewer: Viewer, asked) -> None:
    for answer in (
        lambda: door.indicators(viewer, IndicatorsQuery(asked)),
        lambda: door.explained(viewer, asked, OVERALL),
    ):
        with pytest.raises(NotAvailable):
            answer()


@pytest.mark.parametrize("odd", HOSTILE, ids=str)
def test_odd_choices_give_the_default_page(door: Door, odd: object) -> None:
    assert seen(door, theme=odd, period=odd, explain=None, **{"as": odd}) == seen(door)


def test_every_theme_is_there_and_the_lowest_shown_is_chosen(door: Door) -> None:
    view = seen(door)
    assert [row.score.key for row in view.themes] == ["T0", "T1", "T2"]
    assert view.themes[1].score.estimate is None
    assert view.query.theme == "T0"
    assert view.chosen == view.themes[0]
    assert chosen_theme(view.themes, "T1") == view.themes[1]
    assert chosen_theme(view.themes[1:2], None) == view.themes[1]
    assert chosen_theme((), "T1") is None


def test_scores_are_those_of_the_score_table(door: Door) -> None:
    table = door.scores(OWNER, None, factories=["F1"]).set_index("indicator_id")
    view = seen(door, theme="T2")
    assert [row.score.key for row in view.questions] == ["Q2", "Q5"]
    for row in view.questions:
        assert row.score.estimate.value == table.loc[row.score.key, "score"]
        assert (row.score.questions, row.score.grade) == (1, table.loc[row.score.key, "grade"])


def test_a_hidden_theme_has_questions_without_numbers_and_nothing_else(door: Door) -> None:
    view = seen(door, theme="T1")
    assert all(row.score.estimate is None and not row.course.points for row in view.questions)
    assert view.cells == ()
    assert all(not dimension.groups for dimension in view.groups.dimensions)


def test_days_are_the_released_cells_of_the_period_as_wide_as_they_are(door: Door) -> None:
    year, months = seen(door, theme="T0"), seen(door, theme="T0", period="3m")
    assert {cell.key for cell in year.cells} == {"Q0", "Q3"}
    assert {cell.days for cell in year.cells} == {7}
    assert {cell.value for cell in year.cells} == {62.5}
    assert len(months.cells) == 2 * 13
    assert all(months.first <= cell.middle <= months.last for cell in months.cells)
    assert (year.last - year.first).days == 364


def test_courses_are_drawn_at_the_grain_that_cells_allow(door: Door) -> None:
    row = seen(door, theme="T0").questions[0]
    assert row.course.grain == "week"
    assert len(row.course.points) == 52
    assert {round(point.estimate.value, 6) for point in row.course.points} == {62.5}


def test_groups_are_the_newest_slices_and_the_others_are_not_told(door: Door) -> None:
    groups = {one.key: one for one in seen(door, theme="T0").groups.dimensions}
    assert [(one.name, one.estimate.value) for one in groups["gender"].groups] == [
        ("Women", 58.0), ("Men or not said", 62.0),
    ]  # fmt: skip
    assert (groups["gender"].first, groups["gender"].last) == (date(2026, 6, 1), THROUGH)
    assert groups["department"].groups == ()


def test_leads_are_told_to_owner_and_operator_alone(door: Door) -> None:
    for viewer in (OWNER, OPERATOR):
        leads = seen(door, viewer).leads
        assert [(one.indicator_id, one.band, one.quarter) for one in leads] == [("Z", "some", date(2026, 4, 1))]
    view = seen(door, BUYER)
    assert view.leads is None
    assert "some" not in repr(view).replace("'something", "")
    assert seen(door, OWNER, "F3").leads == ()


def test_a_buyer_sees_its_own_actions_of_the_period_and_nobody_elses(door: Door) -> None:
    view = seen(door, BUYER)
    assert [action.action_id for action in view.actions] == ["A1"]
    assert not view.every_buyer
    assert "B2" not in repr(view)
    assert "private" not in repr(view)
    assert [action.action_id for action in seen(door).actions] == ["A1", "A2"]
    assert [action.action_id for action in seen(door, period="2y").actions] == ["A4", "A1", "A2"]


def test_a_factory_without_answers_has_an_empty_page(door: Door) -> None:
    view = seen(door, OWNER, "F3")
    assert (view.themes, view.chosen, view.questions, view.cells, view.line) == ((), None, (), (), None)
    assert view.groups.dimensions == ()


def test_another_codebook_cannot_be_read_as_a_standard(door: Door) -> None:
    view = seen(door, **{"as": "better-work"})
    assert (view.readings, view.standard, view.query.reading) == ((), None, None)


def test_an_explanation_for_a_page_has_names_and_is_the_one_of_the_command(door: Door) -> None:
    view = door.explained(OWNER, "F1", "T0")
    assert view.explanation == door.explanation(OWNER, "F1", "T0")
    assert (view.name, len(view.leads)) == ("Theme T0", 1)
    assert set(view.part_names) == {"Q0", "Q3"}
    assert door.explained(OWNER, "F1", "Q0").leads == ()
    assert door.explained(OWNER, "F1", "T1") is None
    assert door.explained(OWNER, "F3") is None
    with pytest.raises(NotAvailable):
        door.explained(OWNER, "F1", "T9")
    json.dumps(view.explanation.as_numbers(), default=str)


def test_warnings_that_lower_the_grade_are_told_and_no_others(door: Door) -> None:
    for viewer in (OWNER, BUYER, OPERATOR):
        told = door.overview(viewer, "F1").warnings
        assert [(one.kind, one.last) for one in told] == [
            ("silence", THROUGH - timedelta(days=3)), ("burst", THROUGH - timedelta(days=91)),
        ]  # fmt: skip
        assert {(one.last - one.first).days for one in told} == {6}
        assert {one.detail for one in told} == {"Said."}
        view = door.explained(viewer, "F1", "T0")
        assert view.warnings == told
        assert view.explanation.evidence.flagged
    assert door.overview(OPERATOR, "F2").warnings == ()
    assert not door.explained(OPERATOR, "F2", "T0").explanation.evidence.flagged
    assert door.overview(OWNER, "F3").warnings == ()


def test_grey_is_named_by_the_factories_behind_it() -> None:
    one = Standing("BD", "knitwear", 15, 50, 60, None)
    assert grey_zone([None, one, None]) == "middle half of about 15 knitwear factories in Bangladesh"
    assert grey_zone([one, replace(one, sector="")]) == "middle half of about 15 factories in Bangladesh"
    more = replace(one, factories=20)
    assert grey_zone([more, one]) == "middle half of about 15 to 20 knitwear factories in Bangladesh"
    assert grey_zone([None]) == grey_zone([]) == ""


def test_days_are_told_in_full() -> None:
    assert day_span(date(2026, 9, 14), date(2026, 9, 20)) == "14–20 September 2026"
    assert day_span(date(2026, 9, 28), date(2026, 10, 4)) == "28 September – 4 October 2026"
    assert day_span(date(2026, 12, 28), date(2027, 1, 3)) == "28 December 2026 – 3 January 2027"
    assert day_span(THROUGH, THROUGH) == day(THROUGH)


def test_participation_knows_the_quarter_before() -> None:
    quarters = [date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
    assert [quarter_before(one) for one in quarters[1:]] == quarters[:-1]
    said = Participation(quarters[-1], 60, 100, None, THROUGH, 50)
    assert said.grew
    assert not replace(said, people=54).grew
    assert not replace(said, before=None).grew
    assert not replace(said, people=None).grew


def test_participation_before_comes_from_the_release(door: Door) -> None:
    assert door.overview(OWNER, "F1").participation.before == 50


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("female", "Women"),
        ("male or not said", "Men or not said"),
        ("1-3 years", "1–3 years"),
        ("ring-spun", "Ring-spun"),
    ],
)
def test_groups_go_by_plain_names(level: str, said: str) -> None:
    assert group_name(level) == said


def test_groups_stand_from_under_to_over_and_those_who_did_not_say_last() -> None:
    levels = ["over 3 years", "not said", "1-3 years", "under 1 year"]
    assert sorted(levels, key=group_order) == ["under 1 year", "1-3 years", "over 3 years", "not said"]
    assert (dimension_name("tenure_band"), dimension_name("pay_grade")) == ("Time here", "Pay grade")


def test_address_says_the_query_again() -> None:
    query = IndicatorsQuery("F1", "T0", "3m", "eti", "Q0")
    assert IndicatorsQuery.from_url("F1", query.to_url()) == query
    assert IndicatorsQuery("F1").to_url() == {}
    rng = np.random.default_rng(1)
    odd = "".join(map(chr, rng.integers(0, 60000, 500)))
    assert len(IndicatorsQuery.from_url("F1", {"theme": odd}).theme) == 80


def test_a_score_in_one_line_says_range_people_and_grade_or_why_there_is_none(door: Door) -> None:
    score = seen(door).themes[0].score
    theme = replace(score, estimate=Estimate(57, 52, 62), answers=250, people=110, grade="B", settling=False)
    assert score_line(theme) == "57, likely 52–62; about 250 answers; grade B"
    bare = replace(theme, key=OVERALL)
    assert score_line(bare) == "57, likely 52–62; about 110 people; grade B"
    assert score_line(replace(bare, people=None, settling=True)) == "57, likely 52–62; grade B; settling in"
    assert score_line(seen(door).themes[1].score) == "too few people"


@pytest.mark.parametrize(
    ("country", "sector", "factories", "said"),
    [("BD", "knitwear", 65, "65 knitwear factories in Bangladesh"), ("BD", "", 1, "1 factory in Bangladesh"),
     ("", "", 25, "25 factories of all countries")],
)  # fmt: skip
def test_similar_factories_go_by_what_they_share(country: str, sector: str, factories: int, said: str) -> None:
    assert similar(country, sector, factories) == said
