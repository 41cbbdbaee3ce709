"""Slices: the six lines of DESIGN §4, against a slow twin, and cut anywhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.demo.world import Plan, make_world
from data.vault.load import LoadRequest, load
from tests.data.release.homes import SmallHome
from tests.data.release.segmented import OTHERS, SCORED, Said, SaidWorld, SegmentedVault, Slice, said_world
from tests.data.release.slow_slices import SlowSlices

BEGINNING = date(1970, 1, 1)


def fast(world: SaidWorld, days: Iterable[date]) -> list[Slice]:
    """The slices after releases through these days, each after a load of what had arrived."""
    vault, before = SegmentedVault(world.factories), BEGINNING
    for day in days:
        vault.load(world.arrived(before, day))
        vault.release(day)
        before = day
    found = vault.slices()
    vault.close()
    return found


def slow(world: SaidWorld, days: Iterable[date]) -> list[Slice]:
    """The same by the slow twin."""
    vault, before = SlowSlices(SCORED + OTHERS), BEGINNING
    for day in days:
        vault.load(world.arrived(before, day))
        vault.release(day)
        before = day
    return sorted(vault.slices)


def cut(world: SaidWorld, places: Iterable[float]) -> list[date]:
    """Days at these shares of a world, and its last one."""
    days = {world.first + timedelta(days=round(place * (world.days - 2))) for place in places}
    return [*sorted(days), world.last]


@given(seed=st.integers(0, 2**32 - 1), places=st.lists(st.floats(0, 1), max_size=5))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_slow_twin_agrees(seed: int, places: list[float]) -> None:
    world = said_world(seed)
    assert fast(world, cut(world, places)) == slow(world, [world.last])


@given(seed=st.integers(0, 2**32 - 1), places=st.lists(st.floats(0, 1), min_size=1, max_size=5))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_slow_twin_agrees_when_answers_come_late(seed: int, places: list[float]) -> None:
    world = said_world(seed, late=True)
    days = cut(world, places)
    assert fast(world, days) == slow(world, days)


def test_day_by_day_equals_all_at_once() -> None:
    world = said_world(5, days=130)
    days = [world.first + timedelta(days=day) for day in range(world.days)]
    found = fast(world, days)
    assert found
    assert found == fast(world, [world.last])


def everything(world: SaidWorld) -> SegmentedVault:
    """A vault in which a world was closed at once."""
    vault = SegmentedVault(world.factories)
    vault.load(world.arrived(BEGINNING, world.last))
    vault.release(world.last)
    return vault


@pytest.mark.parametrize("seed", range(3))
def test_every_slice_is_rounded_and_large(seed: int) -> None:
    found = everything(said_world(seed)).slices()
    assert found
    for _, _, unit, _, _, first, last, n, mean in found:
        assert unit in ("PAY", "HRS", "SAF", "overall")
        assert first <= last
        assert n >= 30
        assert n % 5 == 0
        assert 10 <= mean <= 90
        assert mean % (10 if n < 60 else 5 if n < 200 else 2 if n < 500 else 1) == 0


@pytest.mark.parametrize("seed", range(3))
def test_levels_add_up_to_whole_cells(seed: int) -> None:
    vault = everything(said_world(seed))
    sizes = dict(
        vault.engine.connection.execute(
            "SELECT factory, sum(n) FROM vault.cells JOIN vault.questions USING (question) WHERE role = 'scored' "
            "AND closed - opened <= 91 GROUP BY factory"
        ).fetchall()
    )
    for dim in ("gender", "department"):
        for factory, whole in sizes.items():
            out = vault.engine.connection.execute(
                "SELECT coalesce(sum(n), 0), count(*) FROM vault.slices WHERE factory = ? AND dim = ?", [factory, dim]
            ).fetchone()
            waiting = vault.engine.connection.execute(
                "SELECT coalesce(sum(n), 0) FROM vault.slice_waiting WHERE factory = ? AND dim = ?", [factory, dim]
            ).fetchone()
            running = vault.engine.connection.execute(
                "SELECT count(*) FROM vault.split_answers WHERE factory = ? AND month >= ?",
                [factory, (vault.engine.connection.execute("SELECT max(through) FROM vault.releases").fetchone()[0]
                           + timedelta(days=1)).replace(day=1)],
            ).fetchone()  # fmt: skip
            assert abs(out[0] + waiting[0] + running[0] - whole) <= 2.5 * out[1]


def test_a_theme_and_the_whole_never_hold_the_same_cells() -> None:
    """Between two slices of the whole a theme may come out; together they hold no more answers than there are."""
    world = said_world(11)
    vault = everything(world)
    rows = vault.engine.connection.execute(
        "SELECT factory, dim, month, count(DISTINCT unit = 'overall') FROM vault.slices GROUP BY ALL"
    ).fetchall()
    assert rows
    assert all(kinds == 1 for *_, kinds in rows)


def quarterful(levels: dict[str | None, int], days: int = 92, first: date = date(2025, 1, 1)) -> list[Said]:
    """Answers to one question on every day: so many a day at each level of gender, each of a person of its own."""
    found = []
    for offset in range(days):
        for place, (level, often) in enumerate(levels.items()):
            for one in range(often):
                person = (offset * 1000 + place * 100 + one) * 10 + 1
                found.append(Said(1, 1, first + timedelta(days=offset), 1 + (offset + one) % 5, person, None, level))
    return found


def closed(answers: list[Said], *days: date) -> SegmentedVault:
    """A vault after releases through these days."""
    vault = SegmentedVault([1])
    vault.load(answers)
    for day in days:
        vault.release(day)
    return vault


def levels(found: list[Slice]) -> set[str]:
    """The levels of slices."""
    return {row[4] for row in found}


def last_days(vault: SegmentedVault) -> list[date]:
    """The last days of what came out."""
    return sorted({row[6] for row in vault.slices()})


def test_nothing_comes_out_before_the_first_whole_quarter_is_over() -> None:
    answers = quarterful({"f": 12, "m": 10}, days=181)
    vault = closed(answers, date(2025, 3, 30))
    assert vault.slices() == []
    vault.release(date(2025, 3, 31))
    assert levels(vault.slices()) == {"f", "m or not said"}
    assert {row[5:7] for row in vault.slices()} == {(date(2025, 1, 1), date(2025, 3, 31))}


def test_a_series_that_begins_in_mid_quarter_waits_for_a_whole_one() -> None:
    answers = quarterful({"f": 12, "m": 10}, days=140, first=date(2025, 2, 10))
    vault = closed(answers, date(2025, 6, 29))
    assert vault.slices() == []
    vault.release(date(2025, 6, 30))
    assert levels(vault.slices()) == {"f", "m or not said"}


def test_silence_is_a_level_and_small_levels_are_merged() -> None:
    answers = quarterful({"f": 10, "m": 4, None: 2}, days=90)
    few = [Said(1, 1, a.day, a.level, 10**7 + a.person, None, "x") for a in quarterful({"x": 1}, days=40)]
    vault = closed(answers + few, date(2025, 4, 1))
    assert {(row[4], row[7]) for row in vault.slices()} == {("f", 900), ("m", 360), ("x or not said", 220)}


def of_the_same(level: str | None, people: int, begin: int) -> list[Said]:
    """Two answers a day of a level, by a few people in turn."""
    same = quarterful({level: 2}, days=90)
    return [replace(a, person=(begin + place % people) * 10 + 1) for place, a in enumerate(same)]


@pytest.mark.parametrize(("people", "told"), [(14, {"f", "m or not said"}), (15, {"f", "m", "not said"})])
def test_fifteen_people_make_a_level(people: int, told: set[str]) -> None:
    answers = quarterful({"f": 10, None: 4}, days=90) + of_the_same("m", people, 10**6)
    assert levels(closed(answers, date(2025, 4, 1)).slices()) == told


@pytest.mark.parametrize(("people", "told"), [(14, set()), (15, {"f", "m", "not said"})])
def test_fifteen_people_are_needed_every_month(people: int, told: set[str]) -> None:
    """Merging is fixed by then, and the month as a whole waits."""
    early = quarterful({"f": 10, "m": 10, None: 4}, days=90)
    rest = quarterful({"f": 10, None: 4}, days=61, first=date(2025, 4, 1))
    late = [replace(a, day=a.day + timedelta(days=90)) for a in of_the_same("m", people, 10**6)]
    found = closed(early + rest + [a for a in late if a.day < date(2025, 6, 1)], date(2025, 6, 1)).slices()
    assert levels([row for row in found if row[5] >= date(2025, 4, 1)]) == told


@pytest.mark.parametrize(("silent", "told"), [(9, {"f", "m or n or not said"}), (10, {"f", "n", "m or not said"})])
def test_a_few_people_are_not_nearly_all_of_a_merged_level(silent: int, told: set[str]) -> None:
    answers = quarterful({"f": 10, "n": 6}, days=90) + of_the_same("m", 9, 10**6) + of_the_same(None, silent, 10**7)
    assert levels(closed(answers, date(2025, 4, 1)).slices()) == told


def test_merging_stays_and_later_levels_join_silence() -> None:
    early = quarterful({"f": 12, "m": 10})
    late = quarterful({"f": 4, "m": 10, "new": 10}, days=91, first=date(2025, 4, 1))
    vault = closed(early + late, date(2025, 7, 1))
    assert levels(vault.slices()) == {"f", "m or not said"}


def test_a_small_level_holds_the_whole_dimension_back() -> None:
    answers = quarterful({"f": 10, "m": 10, None: 5}, days=90)
    answers += quarterful({"f": 10, "m": 10}, days=61, first=date(2025, 4, 1))
    one = Said(1, 1, date(2025, 4, 15), 3, 99, None, None)
    assert last_days(closed(answers, date(2025, 6, 1))) == [date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31)]
    assert last_days(closed([*answers, one], date(2025, 6, 1))) == [date(2025, 3, 31)]


def test_unanimity_is_clipped() -> None:
    answers = [
        Said(1, 1, a.day, 5 if a.gender == "f" else 1 + a.person // 10 % 5, a.person, None, a.gender)
        for a in quarterful({"f": 10, "m": 10, None: 4}, days=90)
    ]
    means = {row[4]: row[8] for row in closed(answers, date(2025, 4, 1)).slices()}
    assert means["f"] == 90.0


def test_one_key_is_one_person_however_often() -> None:
    many = quarterful({"f": 12, "m": 10}, days=90)
    nine = [Said(1, 1, a.day, a.level, a.person // 10 % 10 % 9, None, a.gender) for a in many if a.gender == "m"]
    assert closed(many, date(2025, 4, 1)).slices()
    assert closed([a for a in many if a.gender == "f"] + nine, date(2025, 4, 1)).slices() == []


def test_keys_are_gone_once_their_quarter_is_over() -> None:
    vault = closed(quarterful({"f": 3, "m": 3}, days=120), date(2025, 3, 30))
    assert vault.count("split_answers") > 0
    vault.release(date(2025, 3, 31))
    left = vault.engine.connection.execute(
        "SELECT count(*) FROM vault.split_answers WHERE who IS NOT NULL OR month IS NOT NULL"
    ).fetchone()
    assert left == (0,)


def test_people_without_key_and_sitting_count_day_by_day() -> None:
    answers = [Said(1, 1, a.day, a.level, None, None, a.gender) for a in quarterful({"f": 10, "m": 10, None: 6})]
    assert levels(closed(answers, date(2025, 4, 1)).slices()) == {"f", "m", "not said"}


def test_context_and_leads_are_in_no_slice() -> None:
    answers = [
        Said(1, question, a.day, a.level % 2, a.person, None, a.gender)
        for a in quarterful({"f": 10, "m": 10})
        for question in (4, 5)
    ]
    assert closed(answers, date(2025, 4, 1)).slices() == []


def asked_also(question: int, answers: list[Said]) -> list[Said]:
    """The same people answering another question."""
    return [Said(1, question, a.day, 1 + a.person // 10 % 2, a.person, None, a.gender) for a in answers]


@pytest.mark.parametrize(("others", "units"), [((3,), {"PAY"}), ((3, 6), {"overall"})])
def test_themes_come_out_where_at_least_half_of_them_do(others: tuple[int, ...], units: set[str]) -> None:
    answers = quarterful({"f": 12, "m": 10}, days=90)
    few = [asked_also(question, quarterful({"f": 12, "m": 10}, days=1)) for question in others]
    assert {row[2] for row in closed(sum(few, answers), date(2025, 4, 1)).slices()} == units


def in_release(path: Path) -> list[tuple[object, ...]]:
    """The slices that a release file holds."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(
            "SELECT factory_id, codebook, unit, dim, level, first_day, last_day, n, mean FROM slices ORDER BY ALL"
        ).fetchall()


def test_releases_hold_every_slice_that_came_out_and_keep_it(small: SmallHome, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    make_world(folder, Plan(seed=3, factories=3, weeks=28, last_day=date(2026, 7, 14), activity=2.0))
    load(small.home, small.settings, small.state, LoadRequest(folder))
    days = (date(2026, 5, 31), date(2026, 6, 10), date(2026, 6, 30), date(2026, 7, 14))
    held = [in_release(small.release(day).path) for day in days]
    assert len(held[0]) == len(held[1]) < len(held[2]) == len(held[3])
    assert set(held[0]) < set(held[2])
    assert {row[3] for row in held[0]} == {"gender", "department", "tenure_band"}
    with duckdb.connect(str(small.home.vault), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM slices").fetchone() == (len(held[3]),)


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (500, (500, 63.0)),
        (497, (495, 62.0)),
        (200, (200, 62.0)),
        (197, (195, 65.0)),
        (60, (60, 65.0)),
        (57, (55, 60.0)),
    ],
)
def test_the_fewer_answers_the_wider_the_steps_of_a_mean(n: int, told: tuple[int, float]) -> None:
    few = quarterful({"f": 6}, days=85)[:n]
    few = [Said(1, 1, a.day, 4 if 2 * place < n else 3, a.person, None, "f") for place, a in enumerate(few)]
    found = closed(few + quarterful({"": 0, "m": 10}, days=90), date(2025, 4, 1)).slices()
    assert [row[7:] for row in found if row[4] == "f or not said"] == [told]
