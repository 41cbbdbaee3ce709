"""Suppliers: the same numbers as everywhere else, no more than each consent shows, order that tells nothing hidden."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from access.levels import Level
from access.roles import Role
from access.viewer import Viewer
from data.release.reader import OpenRelease
from data.state.shares import ShareDays
from scoring.door_suppliers import shares_told
from scoring.entrance import stamp_of
from scoring.method import METHOD
from scoring.model import Estimate, Reason, Standing
from scoring.overviews import between, score_of
from scoring.positions import standing
from scoring.scorebook import scores_on
from scoring.scores import day_of, overall_of, scores
from scoring.supplier_order import arranged, ordered, toggled
from scoring.supplier_peers import against, standings
from scoring.supplier_views import MOST_PINNED, SuppliersQuery, SuppliersView
from scoring.supplier_words import changed, listed, short_names
from scoring.suppliers import QUARTER, difference, suppliers
from tests import sample_suppliers as sample
from tests.scoring.acted import FACTORIES, acted_release
from tests.scoring.releases import opened
from tests.scoring.worlds import random_release

ALL = Viewer(3, Role.BUYER, "B1", frozenset(FACTORIES))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories of two countries."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def seen(release: OpenRelease, viewer: Viewer = ALL) -> SuppliersView:
    return suppliers(release, viewer, stamp_of(release))


def test_every_score_and_change_is_that_of_the_score_table(release: OpenRelease) -> None:
    view, on = seen(release), day_of(release)
    now, then = (overall_of(scores(release, day, level="factory")) for day in (on, on - QUARTER))
    themes = scores(release, on, level="theme").set_index(["factory_id", "theme"])
    assert len(view.suppliers) == 30
    for one in view.suppliers:
        row = now[one.factory.factory_id]
        assert replace(one.score, standing=None, questions=0) == score_of(row)
        assert one.change == pytest.approx(between(then[one.factory.factory_id], row), abs=1e-9) or (
            vars(one.change) == pytest.approx(vars(between(then[one.factory.factory_id], row)))
        )
        assert one.themes is not None
        for column, cell in zip(view.columns, one.themes, strict=True):
            assert cell.score.estimate is not None
            assert cell.score.estimate.value == themes.loc[(one.factory.factory_id, column.theme), "score"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_standings_together_are_those_one_by_one(tmp_path: Path, seed: int) -> None:
    release = opened(tmp_path, random_release(seed))
    found = scores_on(release, day_of(release), 90.0, METHOD)
    check_standings(found)


def test_standings_of_many_peers_are_those_one_by_one(release: OpenRelease) -> None:
    found = scores_on(release, day_of(release), METHOD.half_life, METHOD)
    told = check_standings(found)
    assert {one.third for one in told if one} >= {"upper", "lower", None}


def check_standings(found: Any) -> list[Standing | None]:
    """Compares every place with the one that the other pages show."""
    every = []
    for codebook, book in found.books.items():
        for level in (book.whole, book.themes):
            here = np.arange(found.places.ids.size)
            table = standings(found, level, here)
            for row, name in enumerate(found.places.ids):
                for column, key in enumerate(level.keys):
                    assert table[row][column] == standing(found, codebook, name, key), (name, key)
                    every.append(table[row][column])
    return every


def test_a_consent_shows_its_level_and_no_more(release: OpenRelease) -> None:
    limits = frozenset({("F00", Level.SCORE), ("F01", Level.THEMES)})
    view = seen(release, replace(ALL, factories=frozenset({"F00", "F01", "F02"}), limits=limits))
    first, second, third = sorted(view.suppliers, key=lambda one: one.factory.factory_id)
    assert (first.level, first.themes) == (Level.SCORE, None)
    assert second.themes is not None
    assert third.level is Level.ACTIONS
    assert view.shown == tuple(one.factory.factory_id for one in view.suppliers)
    assert set(view.shown) == {"F00", "F01", "F02"}


def test_who_shares_with_another_changes_no_number(release: OpenRelease) -> None:
    alone = seen(release, replace(ALL, organisation="B9", factories=frozenset({"F03"})))
    [same] = [one for one in seen(release).suppliers if one.factory.factory_id == "F03"]
    assert alone.suppliers == (same,)
    assert seen(release, replace(ALL, factories=frozenset())).suppliers == ()
    assert seen(release, replace(ALL, factories=frozenset({"F99"}))).suppliers == ()


def test_themes_of_other_codebooks_are_columns_of_their_own_and_not_asked(tmp_path: Path) -> None:
    release = opened(tmp_path, random_release(1))
    every = [row[0] for row in release.cells.engine.rows("factories_named", factories=None)]
    view = seen(release, replace(ALL, factories=frozenset(every)))
    keys = [column.key for column in view.columns]
    assert {column.codebook for column in view.columns} == {"book", "other"}
    assert len(set(keys)) == len(keys)
    for one in view.suppliers:
        for column, cell in zip(view.columns, one.themes or (), strict=True):
            asked = one.codebook in (None, column.codebook)
            assert (cell.score.reason is Reason.NOT_ASKED) is not asked
    assert any(one.codebook is None and one.score.estimate is None for one in view.suppliers)


@pytest.mark.parametrize(
    ("low", "high", "ranked", "said"),
    [(63, 70, True, 1), (62, 70, True, 0), (40, 51, True, -1), (40, 52, True, 0), (63, 70, False, 0)],
)
def test_a_theme_is_coloured_only_when_its_whole_range_leaves_its_peers(
    low: float, high: float, ranked: bool, said: int
) -> None:
    place = Standing("BD", "", 15, 52.0, 62.0, None)
    assert against(Estimate((low + high) / 2, low, high), place, ranked) == said
    assert against(None, place, True) == 0
    assert against(Estimate(90, 80, 99), None, True) == 0


def test_a_difference_is_as_wide_as_both_ranges_together() -> None:
    found = difference(Estimate(50, 47, 53), Estimate(60, 56, 64))
    assert vars(found) == pytest.approx({"points": 10.0, "low": 5.0, "high": 15.0})


def names(view: SuppliersView, **wanted: object) -> list[list[str]]:
    """The first words of the names, group by group."""
    groups = arranged(view, SuppliersQuery.from_url(wanted))
    return [[one.factory.name.split()[0] for one in group.suppliers] for group in groups]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [["Ashonpur", "Meghdal", "Tarulata"], ["Velangari", "Nilvani"]]),
        ({"group": "none"}, [["Ashonpur", "Velangari", "Meghdal", "Tarulata", "Nilvani"]]),
        ({"group": "none", "sort": "-score"}, [["Tarulata", "Meghdal", "Velangari", "Ashonpur", "Nilvani"]]),
        ({"group": "none", "sort": "PAY"}, [["Ashonpur", "Velangari", "Meghdal", "Nilvani", "Tarulata"]]),
        ({"group": "none", "sort": "-PAY"}, [["Meghdal", "Velangari", "Ashonpur", "Nilvani", "Tarulata"]]),
        ({"group": "none", "sort": "change"}, [["Tarulata", "Ashonpur", "Meghdal", "Nilvani", "Velangari"]]),
        ({"group": "none", "sort": "evidence"}, [["Ashonpur", "Meghdal", "Velangari", "Tarulata", "Nilvani"]]),
        ({"group": "none", "sort": "-name"}, [["Velangari", "Tarulata", "Nilvani", "Meghdal", "Ashonpur"]]),
        ({"group": "sector"}, [["Ashonpur"], ["Velangari", "Meghdal", "Tarulata"], ["Nilvani"]]),
        ({"find": " KNIT "}, [["Meghdal"]]),
        ({"country": "IN", "sector": "trims"}, [["Nilvani"]]),
        ({"below": "PAY"}, [["Meghdal"]]),
        ({"moved": "clearly"}, [["Meghdal", "Tarulata"]]),
        ({"evidence": "b", "group": "none"}, [["Ashonpur", "Velangari", "Meghdal"]]),
        ({"pin": "F4,F9,F1", "country": "BD"}, [["Nilvani", "Meghdal"], ["Ashonpur", "Tarulata"]]),
        ({"find": "nobody"}, []),
    ],
)  # fmt: skip
def test_order_and_filters(wanted: dict[str, object], found: list[list[str]]) -> None:
    assert names(sample.view(), **wanted) == found


@pytest.mark.parametrize("sort", ["score", "-score", "PAY", "-PAY", "change", "-change", "evidence", "-evidence"])
def test_hidden_ones_come_last_and_by_name_whichever_way_it_runs(sort: str) -> None:
    hidden = [sample.named(sample.NILVANI, name) for name in ("B", "A", "C")]
    found = ordered([*hidden, *sample.EVERY[:2]], sample.COLUMNS, sort)
    assert [one.factory.name for one in found[-3:]] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "odd",
    [
        {"find": 7, "country": ["BD"], "sort": {}, "group": "rank", "pin": None, "below": "x" * 900, "moved": True},
        {"pin": ",,,,", "sort": "-", "evidence": "Z"},
    ],
)  # fmt: skip
def test_whatever_an_address_says_falls_back(odd: dict[str, object]) -> None:
    assert sum(len(group) for group in names(sample.view(), **odd)) == 5


def test_an_address_is_asked_for_again_as_it_was() -> None:
    query = SuppliersQuery("a b", "BD", "knitwear", "PAY", "c", True, "-HRS", "none", ("F1", "F2"))
    assert SuppliersQuery.from_url(query.to_url()) == query
    assert SuppliersQuery().to_url() == {}
    assert SuppliersQuery.from_url({"pin": "a,b,c,d,e,f,a"}).pins == ("a", "b", "c", "d", "e")


def test_pins_are_at_most_five_and_only_of_those_in_reach() -> None:
    view = sample.view()
    assert toggled(view, (), "F2", MOST_PINNED) == ("F2",)
    assert toggled(view, ("F1", "F2"), "F1", MOST_PINNED) == ("F2",)
    assert toggled(view, ("F1", "F9"), "F9", MOST_PINNED) == ("F1",)
    assert toggled(view, ("F1", "F2"), "F3", 2) == ("F1", "F2")


def test_what_changed_is_told_in_order_and_after_not_why() -> None:
    news = changed(sample.view())
    assert [(one.kind, one.title) for one in news] == [
        ("drop", "Meghdal Knit Works: clear drop"),
        ("flag", "Meghdal Knit Works: grade B"),
        ("hidden", "Nilvani Thread: no longer shown"),
        ("theme", "Ashonpur Denim: single themes moved"),
        ("rise", "Tarulata Woven 3: clear rise"),
        ("shown", "Velangari Cottons: now shown"),
        ("share", "1 supplier began to share with you"),
        ("share", "1 supplier no longer shares with you"),
    ]
    texts = [one.text for one in news]
    assert texts[0] == "7 points lower than in August, likely 2 to 12. Clearly lower than in August: Pay."
    assert texts[1] == "After a warning about a burst of answers, 5–11 October 2026."
    assert texts[3] == "Clearly higher than in August: Hours, rest and pace."
    assert texts[6] == "Velangari Cottons; on 2 October 2026."
    assert not [text for text in texts if "because" in text or "!" in text]


def test_nothing_clear_is_no_news() -> None:
    still = replace(sample.ASHONPUR, themes=(sample.theme(66), sample.theme(60, key="HRS")))
    assert changed(sample.view([still], ())) == ()


TODAY = date(2026, 11, 22)


def share(factory: str, since: int, last: int | None = None) -> ShareDays:
    """A consent by how many days ago it began and ended."""
    return ShareDays(factory, TODAY - timedelta(since), None if last is None else TODAY - timedelta(last))


def test_shares_that_ended_name_nobody_and_a_new_level_is_no_news() -> None:
    first = TODAY - QUARTER
    found = [share("F1", 400, 10), share("F1", 10), share("F2", 5), share("F3", 300, 7), share("F4", 300, -3)]
    told = shares_told(found, frozenset({"F1", "F2", "F4"}), first, TODAY)
    assert [(one.factory_id, (TODAY - one.day).days) for one in told] == [("F2", 5), (None, 7)]


def test_names_are_listed_and_cut() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDE"), 3) == "A, B, C and 2 more"
    assert listed([]) == ""
    assert short_names(["Upepo Ridge", "Upepo Bay", "Song"]) == ["Upepo Ridge", "Upepo Bay", "Song"]
    assert short_names(["Upepo Ridge Works", "Dal Works"]) == ["Upepo", "Dal"]
