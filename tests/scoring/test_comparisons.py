"""Side by side: only clear differences are named, only those in reach stand there, own actions only where shown."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from access.levels import Level
from access.roles import Role
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.comparisons import comparison, row_of
from scoring.entrance import stamp_of
from scoring.model import OVERALL, Change
from scoring.supplier_views import ComparedRow, CompareQuery, ComparisonView, Finding
from scoring.supplier_words import cautions, comparison_heading, finding_sentence, row_saying
from tests import sample_suppliers as sample
from tests.scoring.acted import FACTORIES, acted_release

VIEWER = Viewer(3, Role.BUYER, "B1", frozenset(FACTORIES[:8]))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories with actions."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def compared(release: OpenRelease, *factories: str, viewer: Viewer = VIEWER) -> ComparisonView:
    return comparison(release, viewer, CompareQuery(factories), stamp_of(release))


def test_those_out_of_reach_are_left_out_as_if_there_were_none(release: OpenRelease) -> None:
    alone = compared(release, "F01")
    assert compared(release, "F01", "F20", "F99", "' OR 1=1") == alone
    assert alone.query == CompareQuery(("F01",))
    assert [one.factory_id for one in alone.others] == [name for name in FACTORIES[:8] if name != "F01"]


def test_every_finding_leaves_out_zero_and_every_pair_that_does_is_found(release: OpenRelease) -> None:
    view = compared(release, *FACTORIES[:5])
    found = 0
    whole, *themes = view.rows
    assert (whole.pairs, whole.findings) == (0, ())  # nobody counted people here, so there is no overall score
    for row in themes:
        assert row.pairs == 10
        clear = set()
        for one in view.lines:
            for other in view.lines:
                a, b = (scored(row, view, line.supplier.factory.factory_id) for line in (one, other))
                error = ((a.high - a.low) ** 2 + (b.high - b.low) ** 2) ** 0.5 / 2
                if a.value - b.value > error:
                    clear.add((one.supplier.factory.factory_id, other.supplier.factory.factory_id))
        assert {(f.higher.factory_id, f.lower.factory_id) for f in row.findings} == clear
        assert all(f.change.low > 0 for f in row.findings)
        found += len(clear)
    assert found > 0


def scored(row: ComparedRow, view: ComparisonView, name: str) -> object:
    """The estimate of one supplier in a row."""
    score = row.scores[view.shown.index(name)]
    assert score is not None
    return score.estimate


def test_themes_and_actions_only_as_far_as_consent_goes(release: OpenRelease) -> None:
    full = compared(release, "F00", "F01", viewer=replace(VIEWER, organisation="B0"))
    assert any(line.actions for line in full.lines)
    assert {one.buyer_id for line in full.lines for one in line.actions} == {"B0"}
    limits = frozenset({("F00", Level.SCORE), ("F01", Level.FULL)})
    less = compared(release, "F00", "F01", viewer=replace(VIEWER, organisation="B0", limits=limits))
    assert [line.actions for line in less.lines] == [(), ()]
    assert [row.scores[0] is None for row in less.rows] == [False, True, True]
    assert all(row.scores[1] is not None for row in less.rows)


def test_nothing_of_another_buyer_is_in_it(release: OpenRelease, tmp_path: Path) -> None:
    mine = replace(VIEWER, organisation="B0", factories=frozenset(FACTORIES[:5]))
    text = repr(asdict(compared(release, *FACTORIES[:5], viewer=mine)))
    assert "Buyer B0" in text
    assert not [name for name in ("B1", "B2", "B3", "B4", "B7") if f"Buyer {name}" in text]
    fewer = acted_release(tmp_path, without=("B6", "B7"))
    assert compared(fewer, *FACTORIES[:5], viewer=mine) == compared(release, *FACTORIES[:5], viewer=mine)


def test_suppliers_of_other_codebooks_are_not_held_against_each_other() -> None:
    other = replace(sample.ASHONPUR, codebook="other")
    row = row_of(OVERALL, "Overall score", (sample.MEGHDAL, other), [sample.MEGHDAL.score, sample.score(99, 1)])
    assert (row.pairs, row.findings) == (0, ())
    assert row_saying(row, {}) == ""


def finding(higher: str, lower: str) -> Finding:
    """One clear difference."""
    return Finding(sample.factory(higher, higher), sample.factory(lower, lower), Change(9.0, 2.0, 16.0))


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "can’t tell"),
        ([("A", "B")], "A above B"),
        ([("A", "B"), ("C", "B")], "A and C above B"),
        ([("A", "B"), ("A", "C")], "A above B and C"),
        ([("A", "C"), ("A", "D"), ("B", "C"), ("B", "D")], "A and B above C and D"),
        ([("A", "B"), ("C", "D")], "A above B; C above D"),
    ],
)
def test_what_can_be_said_in_few_words(pairs: list[tuple[str, str]], said: str) -> None:
    row = ComparedRow("PAY", "Pay", (), tuple(finding(*pair) for pair in pairs), 6)
    assert row_saying(row, {name: name for name in "ABCD"}) == said


def test_a_finding_is_a_sentence_with_its_range() -> None:
    row = ComparedRow("PAY", "Pay", (), (), 1)
    assert finding_sentence(row, finding("A", "B")) == "A is clearly higher than B in Pay: 9 points, likely 2 to 16."
    whole = replace(row, key=OVERALL)
    assert "than B overall: 9" in finding_sentence(whole, finding("A", "B"))


def test_headings_and_cautions() -> None:
    assert comparison_heading(sample.comparison()) == "Compare three suppliers"
    assert comparison_heading(sample.comparison([])) == "Compare suppliers"
    assert cautions(sample.comparison()) == []
    abroad = cautions(sample.comparison([sample.MEGHDAL, sample.VELANGARI]))
    assert abroad == ["People of different countries may use the same answers differently."]
    many = sample.comparison()
    crowded = replace(many, rows=tuple(replace(row, pairs=20) for row in many.rows))
    assert cautions(crowded) == ["Of 60 such comparisons, about 3 may look clear by chance."]
