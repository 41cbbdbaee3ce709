"""Every attack bites: each recovers small groups from a surface that makes the mistake it looks for."""

import numpy as np
import pytest

from tests.disclosure.attacks import attacks, toys
from tests.disclosure.attacks.decoding import decoded, rule_of
from tests.disclosure.attacks.figures import Attacker, Figure, Recovery, Surface, distinct
from tests.disclosure.attacks.linear import linear
from tests.disclosure.attacks.worlds import Plan, Tick, World, made_world

TICKS = 6


@pytest.fixture(scope="module")
def world() -> World:
    """One factory of 90, six weeks."""
    return made_world(Plan(1, ticks=TICKS, factories=1, heads=(90, 90)))


def told_by(toy: Surface, world: World, ticks: range = range(TICKS)) -> list[Figure]:
    """Everything that a toy tells over its life; all of it agrees with what was said."""
    figures = distinct(figure for tick in ticks for figure in toy.figures(Tick(world, tick)))
    assert all(figure.holds(world) for figure in figures)
    return figures


def are_right(world: World, hits: list[Recovery]) -> bool:
    """True when there is something, and every recovered group is small or its answers lie where they were told."""
    return bool(hits) and all(0 <= hit.low <= hit.high + 1e-6 <= 100 + 2e-6 for hit in hits)


@pytest.mark.parametrize(
    ("attack", "toy"),
    [
        (attacks.direct, toys.Tiny()),
        (attacks.subtraction, toys.LiveFilter()),
        (attacks.two_dates, toys.LiveFilter()),
        (attacks.two_releases, toys.LiveFilter()),
        (attacks.subtraction, toys.Remainder()),
        (attacks.two_dates, toys.Remainder()),
        (attacks.subtraction, toys.Rounded()),
        (attacks.two_dates, toys.Rounded()),
        (attacks.levels_against_whole, toys.HiddenLevel()),
        (attacks.overlap, toys.OwnSchedules()),
        (attacks.unanimity, toys.Cells(different=0)),
        (attacks.weighted, toys.WeightedSums()),
    ],
    ids=lambda one: getattr(one, "__name__", None) or getattr(one, "name", str(one)),
)
def test_a_leaky_toy_falls(world: World, attack: object, toy: Surface) -> None:
    assert are_right(world, attack(Attacker(world), told_by(toy, world)))  # type: ignore[operator]  # of two kinds in one table


@pytest.mark.parametrize("toy", [toys.LiveFilter(), toys.Remainder(), toys.Rounded()], ids=lambda toy: toy.name)
def test_programs_find_what_subtraction_finds(world: World, toy: Surface) -> None:
    assert linear(Attacker(world), told_by(toy, world, range(2))).recoveries


def test_only_programs_find_a_lone_hidden_level() -> None:
    """Exact one-way tables without the whole: no table lies in another, and yet the hidden level is told."""
    world = made_world(Plan(4, ticks=1, factories=1, heads=(90, 90), sittings=1.0))
    told = told_by(toys.LoneHidden(), world, range(1))
    assert {figure.family for figure in told} == set(toys.DIMS)
    assert attacks.subtraction(Attacker(world), told) == []
    hits = linear(Attacker(world), told).recoveries
    assert any(hit.width < 1e-3 for hit in hits)


def test_exact_weighted_sums_give_back_nearly_every_answer(world: World) -> None:
    told = [figure for figure in told_by(toys.WeightedSums(), world, range(TICKS - 1, TICKS)) if figure.ids.size <= 12]
    hits = attacks.weighted(Attacker(world), told)
    assert len(hits) > 0.8 * sum(figure.ids.size for figure in told)


def test_fresh_noise_is_averaged_away(world: World) -> None:
    toy = toys.FreshNoise()
    hits = attacks.averaging(Attacker(world), lambda: toy.figures(Tick(world, 1)))
    truth = {figure.label: figure.low / figure.ids.size for figure in toys.Tiny().figures(Tick(world, 1))}
    small = [hit for hit in hits if hit.people < 10]
    assert len(small) > 10
    assert np.mean([hit.low <= truth[hit.what] <= hit.high for hit in small]) > 0.9


def test_a_figure_asked_again_does_not_move(world: World) -> None:
    toy = toys.LiveFilter()
    assert attacks.averaging(Attacker(world), lambda: toy.figures(Tick(world, 1))) == []


def test_leads_renewed_at_every_tick_name_who_reported() -> None:
    """Yesterday nobody, today somebody: the one person who answered in between said so."""
    found = []
    for seed in range(60):
        world = made_world(Plan(seed, ticks=40, pace=1, factories=1, heads=(40, 40), asked=0.3))
        told = told_by(toys.LiveLeads(), world, range(40))
        found += attacks.two_releases(Attacker(world), told)
    reported = [hit for hit in found if hit.high == 0]
    assert reported
    assert all(hit.people == 1 for hit in reported)


def test_whoever_comes_last_is_told_by_when_a_cell_closes() -> None:
    """Cells that close on the evening on which a second answer differs: whoever answered that day differs."""
    world = made_world(Plan(0, ticks=12, factories=6))
    attacker = Attacker(world)
    impatient = told_by(toys.Cells(), world, range(11, 12))
    assert rule_of(attacker, impatient) == "evening"
    hits = decoded(attacker, impatient, "evening").recoveries
    assert any(hit.people == 1 for hit in hits)
    for hit in hits:
        figure = next(figure for figure in impatient if hit.what.startswith(f"{figure.label}:"))
        late = figure.ids[world.seen.day[figure.ids] == world.seen.day[figure.ids].max()]
        assert world.said[late].mean() == pytest.approx(hit.low)


def test_cells_that_wait_for_ten_more_people_tell_nobody() -> None:
    world = made_world(Plan(0, ticks=12, factories=6))
    attacker = Attacker(world)
    patient = told_by(toys.Cells(patient=True), world, range(11, 12))
    assert rule_of(attacker, patient) == "patient"
    assert decoded(attacker, patient, "patient").recoveries == ()


def test_colluders_who_differ_on_purpose_betray_the_others() -> None:
    """What no count of differing answers prevents; docs/privacy.md says how often."""
    world = made_world(Plan(0, ticks=6, factories=2, dissenting=True))
    told = told_by(toys.Cells(patient=True), world, range(5, 6))
    assert decoded(Attacker(world, world.planted, 5), told).owed > 0
    assert decoded(Attacker(world), told).owed == 0


def test_counting_who_answered_only_helps(world: World) -> None:
    """Without having counted everybody, no group is bounded tighter."""
    told = told_by(toys.LiveFilter(), world, range(1))
    watched, blind = (linear(Attacker(world), told, watching=one) for one in (True, False))
    assert len(blind.recoveries) <= len(watched.recoveries)
    assert watched.recoveries
