"""From questions to themes to the whole: what is missing is centred on peers, and too little is nothing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scoring.composites import Composite, overall_composite, theme_composite
from scoring.measures import Flags, Floats, Measures, Questions, Workplaces
from scoring.method import METHOD, METHODS, Method
from scoring.scores import scores
from tests.scoring.releases import Asked, Made, Site, opened
from tests.scoring.worlds import ON, even_cells, even_reach

NAN = np.nan


def measured(level: object) -> Measures:
    """Levels as given, every question as sure as every other."""
    y = np.asarray(level, dtype=float)
    here = np.isfinite(y)

    def filled(value: float) -> Floats:
        return np.where(here, value, NAN)

    days = np.full(y.shape, np.datetime64("2026-06-01"))
    return Measures(y, y, filled(1), filled(40), filled(40), filled(20), filled(30), filled(25), days, days)


def asked(themes: str) -> Questions:
    """One question for each letter, of the theme it names."""
    names = np.array(list(themes), dtype=object)
    indicators, usual = np.arange(names.size).astype(object), np.full(names.size, 900.0)
    return Questions("book", 0, indicators, names, pooled=usual, rho=0.45, rho_c=0.27)


def places(count: int, people: object = 60.0) -> Workplaces:
    """That many factories with that many people."""
    names, told = np.full(count, "", dtype=object), np.broadcast_to(np.asarray(people, dtype=float), count)
    days = np.full(count, np.datetime64("2025-01-01"))
    return Workplaces(names, names, names, np.full(count, 100.0), told, np.full(count, 20.0), told, told, days)


def composed(
    found: Measures, themes: str, *, centre: object = 0.0, people: object = 60.0, method: Method = METHOD
) -> tuple[Composite, list[Composite]]:
    """The whole, and the themes by name."""
    questions, where = asked(themes), places(found.level.shape[0], people)
    usual = np.broadcast_to(np.asarray(centre, dtype=float), found.level.shape)
    members: list[Flags] = [questions.themes == name for name in sorted(set(themes))]
    parts = [theme_composite(found, usual, one, questions, where, method) for one in members]
    return overall_composite(found, usual, parts, members, questions, where, method), parts


def test_a_theme_is_the_mean_of_its_questions_and_the_whole_that_of_its_themes() -> None:
    whole, (one, two) = composed(measured([[10, 20, 60, 80]]), "aaab", centre=[5, 40, 3, 9])
    assert one.level.tolist() == pytest.approx([30])
    assert two.level.tolist() == pytest.approx([80])
    assert whole.level.tolist() == pytest.approx([55])
    assert whole.weights.tolist() == [pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])]
    assert whole.plain.tolist() == pytest.approx([55])


def test_a_missing_question_is_what_it_is_at_the_peers_and_as_far_off_as_the_others() -> None:
    """Ten above its peers in the two that are here: ten above them in the theme."""
    found = measured([[60, 70, NAN], [50, 60, 10]])
    _, (theme,) = composed(found, "aaa", centre=[[50, 60, 10], [50, 60, 10]])
    assert theme.level.tolist() == pytest.approx([50, 40])
    assert theme.plain.tolist() == pytest.approx([65, 40])
    assert theme.usual.tolist() == pytest.approx([40, 40])


def test_a_missing_theme_is_centred_on_peers_too() -> None:
    found = measured([[60, 60, NAN], [50, 60, 10]])
    whole, _ = composed(found, "abc", centre=[50, 60, 10])
    assert whole.level.tolist() == pytest.approx([45, 40])
    assert whole.usual.tolist() == pytest.approx([40, 40])


def test_a_composite_stays_on_the_scale() -> None:
    found = measured([[100, NAN], [0, NAN], [50, 90]])
    _, (theme,) = composed(found, "aa", centre=[[40, 90], [60, 20], [50, 90]])
    assert theme.level[:2].tolist() == [100, 0]


@pytest.mark.parametrize(
    ("here", "of", "enough"), [(1, 2, True), (1, 3, False), (2, 3, True), (2, 4, True), (2, 5, False)]
)
def test_a_theme_needs_half_of_its_questions(here: int, of: int, enough: bool) -> None:
    row = [50.0 if i < here else NAN for i in range(of)]
    _, (theme,) = composed(measured([row, [50.0] * of]), "a" * of)
    assert np.isfinite(theme.level).tolist() == [enough, True]
    assert np.isfinite([theme.variance[0], theme.plain[0], theme.sd[0]]).tolist() == [enough] * 3
    assert theme.weights[0].sum() == pytest.approx(float(enough))


@pytest.mark.parametrize(
    ("here", "of", "enough"),
    [(2, 3, True), (1, 3, False), (4, 6, True), (3, 6, False), (6, 9, True), (5, 9, False), (1, 1, True)],
)  # fmt: skip
def test_the_whole_needs_two_thirds_of_the_themes(here: int, of: int, enough: bool) -> None:
    row = [50.0 if i < here else NAN for i in range(of)]
    whole, _ = composed(measured([row, [50.0] * of]), "abcdefghi"[:of])
    assert np.isfinite(whole.level).tolist() == [enough, True]


@pytest.mark.parametrize(("people", "enough"), [(25, False), (29, False), (30, True), (NAN, False)])
def test_the_whole_needs_thirty_people(people: float, enough: bool) -> None:
    whole, (theme,) = composed(measured([[50], [50]]), "a", people=[people, 60])
    assert np.isfinite(whole.level).tolist() == [enough, True]
    assert np.isfinite(theme.level).all(), "a theme does not"


def test_what_nobody_was_ever_asked_is_not_waited_for() -> None:
    found = measured([[50, NAN, NAN, NAN], [70, NAN, NAN, NAN]])
    whole, (one, two, three) = composed(found, "aabc", centre=[60, NAN, NAN, NAN])
    assert one.level.tolist() == whole.level.tolist() == pytest.approx([50, 70])
    assert np.isnan([two.level, three.level]).all()


def test_nothing_at_all_has_no_level() -> None:
    whole, (theme,) = composed(measured(np.full((2, 3), NAN)), "aaa", centre=NAN)
    assert np.isnan([whole.level, theme.level]).all()


@pytest.mark.parametrize(("finite", "unheard"), [(True, 0.8), (False, 1.0)])
def test_one_worker_says_several_things(finite: bool, unheard: float) -> None:
    """v = Σ ω² v_i + (1 − p) ρ_c / K · ((Σ ω sd)² − Σ ω² sd²), p = 20 of 100 (ADR 0010)."""
    whole, _ = composed(measured([[10, 20, 60, 80]]), "aaab", method=replace(METHOD, finite=finite))
    weights = np.array([1 / 6, 1 / 6, 1 / 6, 1 / 2])
    together = (weights.sum() * 30) ** 2 - (weights**2).sum() * 900
    expected = (weights**2).sum() * 25 + unheard * 0.27 / 20 * together
    assert whole.variance.tolist() == pytest.approx([expected])


def test_method_1_0_takes_whatever_is_there() -> None:
    found = measured([[50, NAN, NAN, NAN, NAN, NAN], [70, 80, 90, 20, 30, 40]])
    whole, _ = composed(found, "aaabcd", people=NAN, method=METHODS[0])
    assert whole.level.tolist() == pytest.approx([50, 42.5])


@pytest.mark.parametrize(("method", "gain"), [(METHODS[0], 16.0), (METHOD, 1.0)], ids=["1.0", "1.1"])
def test_not_being_asked_what_goes_badly_does_not_pay(tmp_path: Path, method: Method, gain: float) -> None:
    """Eight factories alike: 70, 75 and, where it goes badly everywhere, 25. One of them is not asked that."""
    questions = [Asked("Q1", "T1"), Asked("Q2", "T1"), Asked("Q3", "T1")]
    sites = [Site(f"F{i}", "BD", "garments") for i in range(8)]
    cells = [
        cell
        for i, site in enumerate(sites)
        for q, mean in zip(questions, (70, 75, 25), strict=True)
        if (site.factory_id, q.indicator_id) != ("F0", "Q3")
        for cell in even_cells(site.factory_id, q, mean + i % 3 - 1)
    ]
    made = Made(cells, questions, sites, [even_reach(site.factory_id) for site in sites])
    for level in ("theme", "factory"):
        table = scores(opened(tmp_path / level, made), ON, level=level, method=method).set_index("factory_id")
        assert table.loc["F0", "score"] - table.loc["F3", "score"] <= gain
        if method is METHODS[0]:
            assert table.loc["F0", "score"] - table.loc["F3", "score"] > 15
