"""A factory's production measures are for its owner and the operator, week by week, and touch nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from access.levels import Level
from access.policy import may, reaches
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state import State
from data.state.measures import measures_of, record_measures
from scoring.measure_lines import key_of
from scoring.measure_views import MeasureLine
from scoring.model import TimelineQuery
from scoring.query import FootprintQuery, measure_keys
from scoring.service import Door
from scoring.views import TimelineView
from tests.scoring.acted import LAST, OPERATOR, OWNER, acted_release, buyer
from tests.scoring.releases import Asked, CellRow, Made, opened

FACTORY = "F00"


class Same(Releases):
    """Always the same release."""

    def __init__(self, release: OpenRelease) -> None:
        """Holds the release."""
        self.release = release

    def current(self) -> OpenRelease:
        """The release."""
        return self.release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories with actions."""
    return acted_release(tmp_path_factory.mktemp("acted"))


@pytest.fixture
def state(store: str, tmp_path: Path) -> Iterator[State]:
    """A state store without measures, in either database."""
    made = State.open(Home(tmp_path), Settings(home=tmp_path))
    yield made
    made.close()


@pytest.fixture
def door(release: OpenRelease, state: State) -> Door:
    """The door to both."""
    return Door(Same(release), state)


def tell(state: State, *told: tuple[int, float], measure: str = "Overtime", source: str = "", **more: str) -> str:
    """The key of a measure, of which so many days before the last one these values are told."""
    base = {"factory_id": FACTORY, "measure": measure, "unit": "minutes", **more}
    rows = [{**base, "date": LAST - timedelta(days=ago), "value": value} for ago, value in told]
    with state.change() as change:
        assert set(record_measures(change, rows, source)) == {"accepted"}
    with state.look() as look:
        found = measures_of(look, FACTORY)
    return next(key_of(one) for one in found if (one.measure, one.source) == (measure, source))


def drawn(door: Door, *keys: str, viewer: Viewer = OWNER, **more: str) -> TimelineView:
    """The timeline with these measures chosen."""
    return door.timeline(viewer, TimelineQuery(FACTORY, measures=keys, **more))  # type: ignore[arg-type]  # fields of a query


def weeks(line: MeasureLine) -> list[tuple[date, date, float, int]]:
    return [(one.first, one.last, one.value, one.days) for one in line.points]


def test_without_measures_there_is_nothing_to_choose(door: Door) -> None:
    view = drawn(door, "0" * 8)
    assert (view.measures, view.measure_lines, view.query.measures) == ((), (), ())


def test_none_is_drawn_unless_it_is_chosen(door: Door, state: State) -> None:
    key = tell(state, (0, 30.0))
    assert [one.key for one in drawn(door).measures] == [key]
    assert drawn(door).measure_lines == ()
    [line] = drawn(door, "12345678", key).measure_lines
    assert line.measure.full_name == "Overtime (minutes)"
    assert drawn(door, "12345678", key).query.measures == (key,)


def test_a_week_is_the_mean_of_its_days_in_the_weeks_of_the_rows_above(door: Door, state: State) -> None:
    key = tell(state, (0, 10.0), (1, 20.0), (6, 60.0), (7, 5.0), (13, 7.0), (21, 1.0))
    view = drawn(door, key)
    assert weeks(view.measure_lines[0]) == [
        (LAST - timedelta(days=27), LAST - timedelta(days=21), 1.0, 1),
        (LAST - timedelta(days=13), LAST - timedelta(days=7), 6.0, 2),
        (LAST - timedelta(days=6), LAST, 30.0, 3),
    ]
    assert [(point.first, point.last) for point in view.rows[0].points][-1] == (LAST - timedelta(days=6), LAST)


def test_a_week_without_a_value_is_a_gap(door: Door, state: State) -> None:
    key = tell(state, (0, 1.0), (8, 2.0), (22, 3.0), (29, 4.0))
    [line] = drawn(door, key).measure_lines
    assert [[point.value for point in run] for run in line.runs()] == [[4.0, 3.0], [2.0, 1.0]]


def test_the_first_week_begins_with_the_period(door: Door, state: State) -> None:
    key = tell(state, (29, 4.0), (30, 99.0))
    view = drawn(door, key, period="1m")
    [point] = view.measure_lines[0].points
    assert (point.first, point.value) == (view.first, 4.0)


def test_all_begins_with_the_first_day_of_a_chosen_measure(door: Door, state: State) -> None:
    plain = drawn(door, period="all").first
    key = tell(state, ((LAST - plain).days + 300, 4.0), (0, 5.0))
    assert drawn(door, period="all").first == plain
    view = drawn(door, key, period="all")
    assert view.first == plain - timedelta(days=300)
    assert [point.value for point in view.measure_lines[0].points] == [4.0, 5.0]
    assert view.rows[0].points == drawn(door, period="all").rows[0].points
    assert drawn(door, key, period="2y").first == LAST - timedelta(days=729)
    late = tell(state, (-40, 9.0), measure="Told later")
    assert drawn(door, late, period="all").first == plain


def test_a_factory_of_which_nobody_answered_has_its_measures_drawn_to_their_end(tmp_path: Path, state: State) -> None:
    cells = [CellRow("F1", "Q0", LAST - timedelta(days=9), LAST, 20, 1200.0, 90000.0)]
    door = Door(Same(opened(tmp_path / "quiet", Made(cells, [Asked("Q0", "T0")], ("F1", FACTORY)))), state)
    key = tell(state, (700, 3.0), (710, 4.0), (716, 5.0))
    for period in ("1m", "1y", "all"):
        view = drawn(door, key, period=period)
        assert view.last == LAST - timedelta(days=700)
        assert [point.value for point in view.measure_lines[0].points] == [5.0, 4.0, 3.0]
        assert not view.bare
    assert view.first == LAST - timedelta(days=716)
    assert drawn(door).last > view.last
    assert drawn(door).bare


def test_parts_of_a_day_are_added_up_or_averaged_in_words_too(door: Door, state: State) -> None:
    for part in ("A", "B"):
        tell(state, (0, 10.0), measure="Pieces", part=part, summed="sum")
        tell(state, (0, 10.0), measure="Rate", part=part)
    tell(state, (0, 10.0), measure="Whole")
    found = {one.name: one for one in drawn(door).measures}
    assert {name: one.how for name, one in found.items()} == {
        "Pieces": "parts added up", "Rate": "parts averaged", "Whole": "",
    }  # fmt: skip
    lines = drawn(door, found["Pieces"].key, found["Rate"].key).measure_lines
    assert [line.points[-1].value for line in lines] == [20.0, 10.0]


def test_a_source_is_named_only_where_several_tell_of_the_same(door: Door, state: State) -> None:
    one, two = (tell(state, (0, 10.0), source=source) for source in ("erp", "by hand"))
    tell(state, (0, 10.0), measure="Output", source="erp")
    assert [m.full_name for m in drawn(door).measures] == [
        "Output (minutes)", "Overtime (minutes), from by hand", "Overtime (minutes), from erp",
    ]  # fmt: skip
    assert len({one, two}) == 2


def test_a_correction_is_read_at_once(door: Door, state: State) -> None:
    key = tell(state, (0, 10.0))
    assert drawn(door, key).measure_lines[0].points[-1].value == 10.0
    tell(state, (0, 12.0))
    assert drawn(door, key).measure_lines[0].points[-1].value == 12.0


def test_weeks_from_the_action_draw_none_and_keep_the_choice(door: Door, state: State) -> None:
    key = tell(state, (0, 10.0))
    view = drawn(door, key, view="weeks")
    assert view.measure_lines == ()
    assert view.query.measures == (key,)


STRANGERS = {
    "a buyer that sees everything": buyer("B0", FACTORY),
    "a buyer that sees the score": replace(buyer("B0", FACTORY), limits=frozenset({(FACTORY, Level.SCORE)})),
    "an owner who looks as a buyer": replace(buyer("B0", FACTORY), user_id=OWNER.user_id, preview=True),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_buyer_reads_the_same_whether_there_are_measures_or_not(door: Door, state: State, who: str) -> None:
    viewer = STRANGERS[who]
    before = repr(drawn(door, "c0ffee00", viewer=viewer, period="all"))
    key = tell(state, (0, 10.0), (9, 30.0))
    assert repr(drawn(door, key, viewer=viewer, period="all")) == before
    assert drawn(door, key, viewer=viewer).measures == ()
    assert drawn(door, key, viewer=OWNER).measures != ()


def test_owner_and_operator_see_them_and_nobody_else_may(door: Door, state: State) -> None:
    key = tell(state, (0, 10.0))
    assert drawn(door, key, viewer=OPERATOR).measure_lines == drawn(door, key, viewer=OWNER).measure_lines != ()
    other = Viewer(9, Role.OWNER, "O9", frozenset({"F01"}))
    with pytest.raises(NotAvailable):
        drawn(door, key, viewer=other)
    assert not reaches(other, "measures.view", FACTORY)
    assert {role for role in Role if may(Viewer(1, role, "X"), "measures.view")} == {Role.OWNER, Role.OPERATOR}
    assert not may(replace(OWNER, preview=True), "measures.view")


def test_another_factory_s_measures_are_not_drawn(door: Door, state: State) -> None:
    key = tell(state, (0, 10.0))
    both = replace(OWNER, factories=frozenset({FACTORY, "F01"}))
    view = door.timeline(both, TimelineQuery("F01", measures=(key,)))
    assert (view.measures, view.measure_lines) == ((), ())


def test_no_score_no_comparison_and_no_effect_knows_them(door: Door, state: State) -> None:
    def rest() -> list[object]:
        view = drawn(door, "00000000", period="all", action="R000")
        plain = replace(view, measures=(), measure_lines=())
        return [plain, door.overview(OWNER, FACTORY), door.footprint(OWNER, FootprintQuery(FACTORY)),
                door.effects(OPERATOR, "kind").to_csv(), door.scores(OPERATOR, None).to_csv()]  # fmt: skip

    before = rest()
    tell(state, *((ago, 1000.0 * ago) for ago in range(300)))
    assert rest() == before


@pytest.mark.parametrize(
    ("told", "kept"),
    [("aaaaaaaa,bbbbbbbb", 2), ("aaaaaaaa,aaaaaaaa", 1), ("a" * 9, 0), ("AAAAAAAA", 0), ("x,,'--", 0), ("", 0),
     (None, 0), (7, 0), (["aaaaaaaa"], 0), (",".join(f"{n:08x}" for n in range(40)), 3), ("aaaaaaaa\n", 0)],
)  # fmt: skip
def test_an_address_names_keys_and_nothing_else(told: object, kept: int) -> None:
    assert len(measure_keys(told)) == kept
    query = TimelineQuery.from_url("F1", {"measures": told})
    assert TimelineQuery.from_url("F1", query.to_url()) == query
