"""The chain behind a score re-adds to it with a pencil, from the very numbers it tells."""

import json
from datetime import date
from math import sqrt
from pathlib import Path

import pytest

from scoring.explanations import Explanation, Part, explained, printed
from scoring.method import METHOD, METHODS, method_of
from scoring.scorebook import Scores, scores_on
from scoring.scores import scores
from tests.scoring.releases import Asked, Flagged, Made, Site, opened
from tests.scoring.worlds import ON, even_cells, even_reach, random_release

SEEDS = (0, 1, 2, 3)


def chains(found: Scores) -> list[Explanation]:
    """The explanation of every score that is shown."""
    told = []
    for codebook, book in found.books.items():
        for factory in found.places.ids[found.listed[codebook]]:
            for level in (book.whole, book.themes, book.questions):
                told += [explained(found, codebook, factory, key) for key in level.keys]
    return [one for one in told if one is not None]


@pytest.fixture(scope="module", params=SEEDS)
def every(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Explanation]:
    """Every explanation of a random release."""
    release = opened(tmp_path_factory.mktemp("explained"), random_release(request.param))
    return chains(scores_on(release, ON, 90.0, METHOD))


def test_there_is_one_for_every_score_and_it_says_the_same(tmp_path: Path) -> None:
    for version in ("1.0", "1.1"):
        release = opened(tmp_path / version, random_release(5))
        found = scores_on(release, ON, 90.0, method_of(version))
        table = scores(release, ON, method=method_of(version))
        rows = table[table["reason"].isna()].to_dict("records")
        told = {(one.codebook, one.factory_id, one.key): one for one in chains(found)}
        assert len(told) == len(rows)
        for row in rows:
            key = {"factory": "", "theme": row["theme"], "indicator": row["indicator_id"]}[row["level"]]
            one = told[row["codebook"], row["factory_id"], key]
            assert (one.score, one.low, one.high, one.plain) == (row["score"], row["low"], row["high"], row["raw"])
            assert (one.answers, one.people or None) == (row["n"], row["people"])
            assert (one.first_day, one.last_day) == (row["first_day"], row["last_day"])
            assert (one.evidence.grade, one.status) == (row["grade"], row["status"])
            assert (one.method, one.on) == (version, ON)
            if version == "1.1":
                assert (one.outer_low, one.outer_high) == (row["outer_low"], row["outer_high"])


def test_the_score_is_the_level_drawn_to_its_peers(every: list[Explanation]) -> None:
    assert any(one.pull > 0.1 for one in every)
    for one in every:
        assert (1 - one.pull) * one.level + one.pull * one.peer_mean == pytest.approx(one.score, abs=1e-9)
        assert one.plain + one.adjustment == pytest.approx(one.level, abs=1e-9)
        assert one.low <= one.score <= one.high
        assert one.outer_low <= one.low <= one.high <= one.outer_high


def added(parts: tuple[Part, ...]) -> float:
    """The mean of all peers' means, and of how far those that are here lie from theirs."""
    usual = sum(part.peer_mean for part in parts) / len(parts)
    return usual + sum(part.weight * (part.level - part.peer_mean) for part in parts if part.level is not None)


def test_a_level_is_what_its_parts_make(every: list[Explanation]) -> None:
    composed = [one for one in every if one.parts]
    assert {one.key == "" for one in composed} == {True, False}
    assert any(part.level is None for one in composed for part in one.parts)
    for one in composed:
        assert sum(part.weight for part in one.parts) == pytest.approx(1)
        assert all((part.weight == 0) == (part.level is None) for part in one.parts)
        if all(part.level is None or 0 < part.level < 100 for part in one.parts):
            assert min(100, max(0, added(one.parts))) == pytest.approx(one.level, abs=1e-9)


def test_a_missing_theme_is_told_with_what_stands_in_for_it(tmp_path: Path) -> None:
    """Three themes, one of which the first factory was never asked."""
    questions = [Asked("Q1", "T1"), Asked("Q2", "T1"), Asked("Q3", "T2"), Asked("Q4", "T3"), Asked("Q5", "T3")]
    sites = [Site(f"F{i}", "BD", "a") for i in range(5)]
    cells = [
        cell
        for i, site in enumerate(sites)
        for j, q in enumerate(questions)
        if i or q.theme != "T3"
        for cell in even_cells(site.factory_id, q, 30 + 9 * j + 2 * i * (1 + j % 2), spread=900)
    ]
    made = Made(cells, questions, sites, [even_reach(site.factory_id) for site in sites])
    one = explained(scores_on(opened(tmp_path, made), ON, 90.0, METHOD), "book", "F0", "")
    assert one is not None
    assert [(part.key, part.level is None, part.weight) for part in one.parts] == [
        ("T1", False, 0.5), ("T2", False, 0.5), ("T3", True, 0.0),
    ]  # fmt: skip
    assert added(one.parts) == pytest.approx(one.level, abs=1e-9)
    assert one.level > one.plain, "the theme that is missing goes well at the peers"


def test_the_variance_of_a_question_is_what_it_says(every: list[Explanation]) -> None:
    questions = [one for one in every if not one.parts]
    assert questions
    for one in questions:
        assert one.n_eff is not None
        v = one.spread**2 * one.widened * (one.rho / one.people_behind + (1 - one.rho) / one.n_eff)
        assert v == pytest.approx(one.variance, abs=1e-9)
        assert one.people_behind <= one.n_eff + 1e-9


def test_the_allowance_is_what_it_says(every: list[Explanation]) -> None:
    for one in every:
        rho, share = one.rho_c if one.parts else one.rho, one.evidence.participation_share or 0.0
        assert 0.25 * (1 - share) * sqrt(rho) * one.spread == pytest.approx(one.allowance, abs=1e-9)


def test_a_grade_is_the_worst_of_its_parts_and_one_lower_after_a_warning(every: list[Explanation]) -> None:
    for one in every:
        parts = one.evidence
        worst = max(parts.people, parts.participation, parts.covered, parts.age)
        assert parts.grade == (chr(min(ord("D"), ord(worst) + 1)) if parts.flagged else worst)


def test_it_comes_back_from_json_as_it_went(every: list[Explanation]) -> None:
    def refused(name: str) -> None:
        raise AssertionError(f"{name} is no number that JSON knows")

    text = json.dumps([one.as_numbers() for one in every], default=str)
    for one, told in zip(every, json.loads(text, parse_constant=refused), strict=True):
        assert told["score"] == one.score
        assert told["adjustment"] == one.adjustment
        assert [part["level"] for part in told["parts"]] == [part.level for part in one.parts]
        assert date.fromisoformat(told["last_day"]) == one.last_day
        assert told["evidence"]["grade"] == one.evidence.grade


def test_counts_are_to_the_nearest_five(every: list[Explanation]) -> None:
    assert all(one.answers % 5 == 0 for one in every)
    assert all(one.people is None or one.people % 5 == 0 for one in every)


def test_method_1_0_is_explained_by_the_parts_that_are_here(tmp_path: Path) -> None:
    release = opened(tmp_path, random_release(2))
    for one in chains(scores_on(release, ON, 90.0, METHODS[0])):
        assert (one.method, one.pull, one.allowance) == ("1.0", 0.0, 0.0)
        assert one.score == one.level == pytest.approx(one.plain)
        if one.parts:
            assert sum(part.weight * part.level for part in one.parts) == pytest.approx(one.level, abs=1e-9)


def test_what_is_not_shown_is_not_explained_and_what_is_not_there_raises(tmp_path: Path) -> None:
    questions = [Asked("Q1", "T1"), Asked("Q2", "T2")]
    made = Made(even_cells("F1", questions[0], 60), questions, ["F1", "F2"], [even_reach("F1", 20)])
    made.flags = [Flagged("F1", ON, ON)]
    found = scores_on(opened(tmp_path, made), ON, 90.0, METHOD)
    assert explained(found, "book", "F1", "Q1") is not None
    for factory, key in (("F1", ""), ("F1", "Q2"), ("F1", "T2"), ("F2", "Q1"), ("F2", "")):
        assert explained(found, "book", factory, key) is None
    for codebook, factory, key in (
        ("no", "F1", ""),
        ("book", "F9", ""),
        ("book", "F1", "no"),
        ("book", "F1", "overall"),
    ):
        with pytest.raises(KeyError):
            explained(found, codebook, factory, key)


def solved_mean(one: Explanation) -> tuple[float, float]:
    """Between what its peers' mean must lie, for whoever reads only these numbers."""
    half = 0.5 if one.score == round(one.score) and one.level == round(one.level) else 0.05
    pulls = (max(one.pull - 0.005, 1e-6), one.pull + 0.005)
    scores, levels = (one.score - half, one.score + half), (one.level - half, one.level + half)
    ends = [(a - (1 - s) * b) / s for a in scores for b in levels for s in pulls]
    return min(ends), max(ends)


def test_what_a_viewer_is_told_does_not_give_three_others_away(tmp_path: Path) -> None:
    """Four of a country and sector; one of them knows two others. With exact numbers it solved for the fourth."""
    questions = [Asked(f"Q{i}", f"T{i % 2}") for i in range(4)]
    sites = [Site(f"F{i}", "BD", "a") for i in range(4)]
    cells = [
        cell for i, site in enumerate(sites) for q in questions for cell in even_cells(site.factory_id, q, 40 + 9 * i)
    ]
    made = Made(cells, questions, sites, [even_reach(site.factory_id) for site in sites])
    exact = explained(scores_on(opened(tmp_path, made), ON, 90.0, METHOD), "book", "F0", "")
    assert exact is not None
    assert exact.peer_mean is not None
    told = exact.told()
    assert (told.peers, told.peer_mean, told.variance, told.score_variance, told.quantile) == (None,) * 5
    assert all(part.peer_mean is None for part in told.parts)
    low, high = solved_mean(told)
    assert low <= exact.peer_mean <= high
    assert high - low > 5, "four times as much for the one who is not known"
    assert told.told() == told


def test_of_ten_peers_their_mean_is_told_to_a_tenth(tmp_path: Path) -> None:
    questions, sites = [Asked("Q1", "T1")], [Site(f"F{i}", "BD", "a") for i in range(12)]
    cells = [
        cell for i, site in enumerate(sites) for q in questions for cell in even_cells(site.factory_id, q, 40 + 2 * i)
    ]
    made = Made(cells, questions, sites, [even_reach(site.factory_id) for site in sites])
    exact = explained(scores_on(opened(tmp_path, made), ON, 90.0, METHOD), "book", "F0", "")
    assert exact is not None
    told = exact.told()
    assert told.peers == 10
    assert told.peer_mean == pytest.approx(exact.peer_mean, abs=0.1)
    assert (told.variance, told.score_variance, told.quantile) == (None, None, None)
    assert told.score == pytest.approx(exact.score, abs=0.1)


@pytest.mark.parametrize(
    ("value", "digits", "told"), [(56.46, 1, 56.4), (56.44, 1, 56.4), (56.5, 1, 56.5), (56.5, 0, 57), (56.46, 0, 56)]
)
def test_a_number_told_prints_as_the_exact_one_does(value: float, digits: int, told: float) -> None:
    assert printed(value, digits) == pytest.approx(told)
