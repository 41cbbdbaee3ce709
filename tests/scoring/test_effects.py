"""What each viewer may read of the cascade, and the tables of `flask effects`."""

from pathlib import Path

import numpy as np
import pytest

from data.release.reader import OpenRelease
from scoring.actions import seen_actions
from scoring.books import book_of
from scoring.cascade_views import Sureness
from scoring.effects import NoEffects, coverage, effects, singles, usual
from scoring.event_lines import MOST_LINES, event_lines
from scoring.model import OVERALL
from tests.scoring.acted import DROP, OPERATOR, OWNER, acted_release, buyer
from tests.scoring.releases import Made, opened

ROWS = ((OVERALL, "Overall score"), ("T0", "Theme T0"), ("Q2", "Question Q2"))
RUSH = ("Rush order", "rush")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """The release with actions, opened once."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def test_the_table_of_kinds_has_what_was_put_in(release: OpenRelease) -> None:
    table = effects(release, "kind")
    assert ",".join(table.columns) == (
        "kind,indicator_id,theme,effect,low,high,p,q_bh,q_by,verdict,events,factories,pretrend_p"
    )
    rush = table[table["kind"] == "rush_order"].set_index("indicator_id")
    for question in ("Q0", "Q1"):
        assert rush.loc[question, "low"] < DROP < rush.loc[question, "high"]
        assert rush.loc[question, "verdict"] == "clear"
    rare = table[table["kind"] == "rare"]
    assert set(rare["verdict"]) == {"too_few_events"}
    assert rare[["effect", "low", "high", "p", "q_bh", "q_by"]].isna().all(axis=None)


def test_themes_and_the_whole_are_tables_of_their_own(release: OpenRelease) -> None:
    themes, whole = effects(release, "kind", "theme"), effects(release, "kind", "overall")
    assert themes["indicator_id"].isna().all()
    assert set(themes["theme"]) == {"T0", "T1"}
    assert len(whole) == 3
    mean = themes[themes["kind"] == "rush_order"]["effect"].mean()
    assert whole.set_index("kind").loc["rush_order", "effect"] == pytest.approx(mean)
    assert "theme" in effects(release, "profile", "theme").columns
    assert "theme" in effects(release, "event", "theme").columns


def test_profiles_hold_weeks_minus_four_to_twelve(release: OpenRelease) -> None:
    table = effects(release, "profile")
    assert sorted(table["lag"].unique()) == list(range(-4, 13))
    rush = table[(table["kind"] == "rush_order") & (table["indicator_id"] == "Q0")].set_index("lag")["effect"]
    assert rush.loc[-4:-1].abs().max() < 2.5
    assert rush.loc[1:12].between(DROP - 2.5, DROP + 2.5).all()


def test_an_unknown_codebook_is_told_in_a_sentence(release: OpenRelease) -> None:
    with pytest.raises(NoEffects, match="no effects in the codebook 'x'; there are in book"):
        effects(release, "kind", codebook="x")


def test_a_release_without_actions_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoEffects, match="no effects yet"):
        effects(opened(tmp_path, Made()), "kind")


def test_an_owner_reads_what_usually_follows_with_counts(release: OpenRelease) -> None:
    whole, theme, question = usual(release, OWNER, book_of(release, "book"), "rush_order", ROWS, RUSH)
    assert theme.effect is not None
    assert theme.effect.low < DROP < theme.effect.high
    assert (theme.row_name, theme.sureness, theme.events, theme.factories) == (
        "Theme T0", Sureness.CLEAR, "about 60", "about 30"
    )  # fmt: skip
    assert [one.lag for one in theme.profile] == list(range(-4, 13))
    assert whole.row == OVERALL
    assert question.sureness is not Sureness.CLEAR


def test_a_buyer_reads_it_only_where_five_others_stand_behind_it(release: OpenRelease) -> None:
    book = book_of(release, "book")
    (theme,) = usual(release, buyer("B0", "F00"), book, "rush_order", ROWS[1:2], RUSH)
    assert (theme.sureness, theme.events, theme.factories) == (Sureness.CLEAR, "20 or more", "10 or more")
    (hidden,) = usual(release, buyer("B0", "F00"), book, "price_cut", ROWS[1:2], ("Price cut", "price"))
    assert hidden.sureness is Sureness.NOT_SHARED
    assert (hidden.effect, hidden.profile, hidden.events, hidden.factories) == (None, (), "", "")
    (owner,) = usual(release, OWNER, book, "price_cut", ROWS[1:2], ("Price cut", "price"))
    assert owner.effect is not None


def test_a_kind_nobody_knows_is_too_few(release: OpenRelease) -> None:
    found = usual(release, OWNER, book_of(release, "book"), "unheard", ROWS, ("Unheard", "other"))
    assert {one.sureness for one in found} == {Sureness.TOO_FEW_EVENTS}


def test_a_buyer_s_single_actions_know_nothing_of_others(release: OpenRelease) -> None:
    book, viewer = book_of(release, "book"), buyer("B0", "F00")
    own = seen_actions(release, viewer, "F00")
    assert {action.buyer_id for action in own} == {"B0"}
    told = singles(release, viewer, book, own, ["T0"])
    alone = release.effects.engine.rows(  # type: ignore[union-attr]  # it has effects
        "effects/single", own=True, codebook="book", actions=[a.action_id for a in own], outcomes=["T0"]
    )
    assert {(a, k): (e, low, high) for a, k, e, low, high, _ in alone} == {
        key: (change.points, change.low, change.high) for key, (change, _) in told.items()
    }
    everything = singles(release, OWNER, book, own, ["T0"])
    assert everything.keys() == told.keys()
    assert all(everything[key][0] != told[key][0] for key in told)
    assert all(1 <= quieter <= 99 for _, quieter in told.values())


def test_what_other_buyers_do_changes_nothing_in_a_buyer_s_single_actions(release: OpenRelease, tmp_path: Path) -> None:
    viewer, fewer = buyer("B0", "F00", "F07"), acted_release(tmp_path, without=("B5", "B6", "B7"))
    found = []
    for one in (release, fewer):
        own = [a for name in ("F00", "F07") for a in seen_actions(one, viewer, name)]
        told = singles(one, viewer, book_of(one, "book"), own, [OVERALL, "T0", "Q0"])
        lines = event_lines(one, book_of(one, "book"), "T0", [("F00", action) for action in own])
        found.append((own, told, lines))
    assert len(found[0][1]) >= 9
    assert found[0] == found[1]


def test_lines_are_points_above_the_weeks_before(release: OpenRelease) -> None:
    rush = [a for a in seen_actions(release, OPERATOR, "F00") if a.kind == "rush_order"]
    lines = event_lines(release, book_of(release, "book"), "T0", [("F00", action) for action in rush])
    assert [line.action for line in lines] == rush
    for line in lines:
        assert [week for week, _ in line.points] == [-3.0, -1.0, 1.0, 3.0, 5.0, 7.0, 9.0, 11.0]
        before = [p for week, p in line.points if week < 0]
        after = [p for week, p in line.points if week > 2]
        assert np.mean(after) - np.mean(before) == pytest.approx(DROP, abs=3)
    many = [("F00", rush[0])] * (MOST_LINES + 3)
    assert len(event_lines(release, book_of(release, "book"), OVERALL, many)) == MOST_LINES
    assert event_lines(release, book_of(release, "book"), OVERALL, []) == ()


def test_coverage_says_how_wide_cells_are(release: OpenRelease) -> None:
    found = coverage(release, book_of(release, "book"), [OVERALL])
    assert found is not None
    assert (found.days, found.left_out) == (7.0, 0.0)
