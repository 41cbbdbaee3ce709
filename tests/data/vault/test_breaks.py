"""A question that moves to another column, or changes its wording, is told before it becomes an effect."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.vault.findings import Finding
from data.vault.load import LoadReport
from tests.data.vault.place import Place

SHARES = {
    "calm": [0.05, 0.1, 0.2, 0.35, 0.3],
    "rushed": [0.3, 0.3, 0.2, 0.15, 0.05],
    "middling": [0.1, 0.2, 0.4, 0.2, 0.1],
    "heard": [0.1, 0.2, 0.3, 0.3, 0.1],
}
TEXTS = {name: f"How {name} are you at work?" for name in SHARES}
FACTORIES = 4
ROWS = 1200


def survey(seed: int, *, by: str = "day", rows: int = ROWS) -> pd.DataFrame:
    """Sittings at four factories that differ, in the order of days or of factories: one column for each question."""
    rng = np.random.default_rng(seed)
    factory = rng.integers(FACTORIES, size=rows)
    days = pd.Timestamp("2025-01-06") + pd.to_timedelta(np.sort(rng.integers(0, 300, rows)), unit="D")
    sheet = pd.DataFrame({"When": days.strftime("%Y-%m-%d"), "Site": np.char.add("F", factory.astype("str"))})
    for name, shares in SHARES.items():
        tilt = np.exp(np.outer(factory - 1.5, np.arange(5)) * 0.08) * np.array(shares)
        edges = (tilt / tilt.sum(axis=1, keepdims=True)).cumsum(axis=1)
        sheet[TEXTS[name]] = 1 + (rng.random(rows)[:, None] > edges).sum(axis=1).clip(max=4)
    return sheet if by == "day" else sheet.sort_values("Site", kind="stable", ignore_index=True)


def exchanged(sheet: pd.DataFrame, first: str, second: str, *, since: float = 0.5) -> pd.DataFrame:
    """The same sheet, in which two questions stand in each other's column from there on."""
    made, later = sheet.copy(), sheet.index >= since * len(sheet)
    made.loc[later, [TEXTS[first], TEXTS[second]]] = sheet.loc[later, [TEXTS[second], TEXTS[first]]].to_numpy()
    return made


def mapping(folder: Path, shape: str) -> Path:
    """A mapping of the wide or the paired shape for these questions."""
    questions = "".join(
        f'[questions."{text}"]\nindicator = "{name}"\ntheme = "t"\ntext = "{text}"\nscale = "ordinal5"\n'
        for name, text in TEXTS.items()
    )
    pairs = "".join(f'[[pairs]]\nquestion = "Q{n}"\nanswer = "A{n}"\n' for n in range(len(TEXTS)))
    path = folder / f"{shape}.toml"
    path.write_text(
        f'name = "{shape}"\nas = "answers"\nshape = "{shape}"\n[codebook]\nname = "book"\n'
        '[fields]\ndate = { column = "When" }\nfactory_id = { column = "Site" }\n'
        '[factories]\nname = { column = "Site" }\ncountry = { constant = "BD" }\n'
        + (pairs if shape == "paired" else "")
        + questions
    )
    return path


def loaded(place: Place, sheet: pd.DataFrame, shape: str = "wide", **more: bool) -> LoadReport:
    """What became of the sheet."""
    file = place.folder / f"{len(list(place.folder.iterdir()))}.csv"
    sheet.to_csv(file, index=False)
    return place.load(file, "answers", mapping=mapping(place.folder, shape), **more)


def breaks(report: LoadReport) -> list[Finding]:
    """The breaks that were found."""
    return [finding for finding in report.findings if finding.kind == "break"]


def paired(sheet: pd.DataFrame) -> pd.DataFrame:
    """The wide sheet as pairs of text and answer, the columns of a row in an order of its own."""
    rng = np.random.default_rng(1)
    order = np.argsort(rng.random((len(sheet), len(TEXTS))), axis=1)
    texts = np.array(list(TEXTS.values()))[order]
    values = np.take_along_axis(sheet[list(TEXTS.values())].to_numpy(), order, axis=1)
    made = sheet[["When", "Site"]].copy()
    for n in range(len(TEXTS)):
        made[f"Q{n}"], made[f"A{n}"] = texts[:, n], values[:, n]
    return made


@pytest.mark.parametrize("by", ["day", "factory"])
def test_two_questions_that_change_columns_half_way_are_told_with_the_place(place: Place, by: str) -> None:
    moved = exchanged(survey(11, by=by), "calm", "rushed")
    found = breaks(loaded(place, moved, dry_run=True))
    assert len(found) == 1
    assert {found[0].about, found[0].details["exchanged_with"]} == {"calm", "rushed"}
    assert abs(found[0].details["line"] - (ROWS / 2 + 2)) <= ROWS / 60 + 1
    assert found[0].serious
    assert "may have changed places" in found[0].sentence


@pytest.mark.parametrize("by", ["day", "factory"])
@pytest.mark.parametrize("seed", [21, 22, 23, 24])
def test_nothing_is_told_where_nothing_moved(place: Place, seed: int, by: str) -> None:
    assert breaks(loaded(place, survey(seed, by=by), dry_run=True)) == []


def test_in_the_paired_shape_a_moved_question_is_read_by_its_text_and_is_no_break(place: Place) -> None:
    sheet = survey(31)
    wide = loaded(place, sheet)
    assert wide.outcomes[-1].accepted == ROWS
    there = (
        "SELECT q.indicator_id, a.level, a.day, count(*) FROM answers AS a JOIN questions AS q USING (question) "
        "GROUP BY ALL ORDER BY ALL"
    )
    before = place.ask(there)
    other = Place.at(place.folder / "other")
    (place.folder / "other").mkdir(exist_ok=True)
    report = loaded(other, paired(sheet), "paired")
    assert breaks(report) == []
    assert other.ask(there) == before
    other.state.close()


def test_a_question_whose_scale_turns_is_told(place: Place) -> None:
    sheet = survey(41)
    later = sheet.index >= ROWS // 3
    sheet.loc[later, TEXTS["calm"]] = 6 - sheet.loc[later, TEXTS["calm"]]
    found = breaks(loaded(place, sheet, dry_run=True))
    assert [finding.about for finding in found] == ["calm"]
    assert abs(found[0].details["line"] - (ROWS / 3 + 2)) <= ROWS / 60 + 1


def test_a_question_whose_wording_changes_with_its_answers_is_told(place: Place) -> None:
    sheet = paired(survey(51))
    for n in range(len(TEXTS)):
        calm = (sheet[f"Q{n}"] == TEXTS["calm"]) & (sheet.index % 2 == 0)
        sheet.loc[calm, f"A{n}"] = 6 - sheet.loc[calm, f"A{n}"]
        sheet.loc[calm, f"Q{n}"] = "how CALM are you, at work"
    found = breaks(loaded(place, sheet, "paired", dry_run=True))
    assert [finding.about for finding in found] == ["calm"]
    assert "Where it is worded" in found[0].sentence


def test_a_second_file_is_compared_with_the_first_at_the_same_factories(place: Place) -> None:
    first = survey(61)
    loaded(place, first)
    second = survey(62).assign(When=first["When"].str.replace("2025", "2026"))
    assert breaks(loaded(place, second, dry_run=True)) == []
    found = breaks(loaded(place, exchanged(second, "calm", "rushed", since=0), dry_run=True))
    assert sorted(finding.about for finding in found) == ["calm", "rushed"]
    assert all("earlier files" in finding.sentence and "%" not in finding.sentence for finding in found)
    assert breaks(loaded(place, exchanged(second, "calm", "rushed", since=0), dry_run=True, blind=True)) == []


def test_too_few_answers_tell_nothing(place: Place) -> None:
    moved = exchanged(survey(71, rows=50), "calm", "rushed")
    assert breaks(loaded(place, moved, dry_run=True)) == []


def test_a_canonical_file_that_comes_alone_is_looked_at_too(place: Place) -> None:
    loaded(place, survey(81, rows=12))
    sheet = exchanged(survey(82), "calm", "rushed")
    rows = sheet.rename_axis("submission_id").reset_index().melt(["When", "Site", "submission_id"])
    rows = rows.assign(indicator_id=rows["variable"].map({text: name for name, text in TEXTS.items()}))
    rows = rows.rename(columns={"When": "date", "Site": "factory_id"}).sort_values(["submission_id", "indicator_id"])
    file = place.folder / "canonical.csv"
    rows[["factory_id", "date", "indicator_id", "value", "submission_id"]].to_csv(file, index=False)
    found = breaks(place.load(file, "answers", dry_run=True))
    assert [{finding.about, finding.details["exchanged_with"]} for finding in found] == [{"calm", "rushed"}]
