"""A real survey of 1,259 people goes all the way: loaded by a mapping, released, scored, and ready to be drawn.

What is expected is counted here straight from the CSV, with rules written down a second time.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import dash
import duckdb
import pandas as pd
import pytest
from flask import Flask

from access.roles import Role
from access.viewer import Viewer
from app import create_app
from data.settings import Settings
from scoring.query import TimelineQuery
from tests.conftest import ROOT

MAPPING = ROOT / "data" / "sample" / "mappings" / "osmi-2014.toml"
SURE = {"Yes": 100.0, "No": 0.0}
LIKELY_IS_BAD = {"No": 100.0, "Maybe": 50.0, "Yes": 0.0}
POINTS = {
    "benefits": SURE, "care_options": SURE, "wellness_program": SURE, "seek_help": SURE, "anonymity": SURE,
    "leave": {"Very difficult": 0.0, "Somewhat difficult": 25.0, "Somewhat easy": 75.0, "Very easy": 100.0},
    "coworkers": {"No": 0.0, "Some of them": 50.0, "Yes": 100.0},
    "supervisor": {"No": 0.0, "Some of them": 50.0, "Yes": 100.0},
    "mental_vs_physical": SURE,
    "mental_health_consequence": LIKELY_IS_BAD, "phys_health_consequence": LIKELY_IS_BAD,
    "obs_consequence": {"No": 100.0, "Yes": 0.0},
    "work_interfere": {"Never": 100.0, "Rarely": 75.0, "Sometimes": 50.0, "Often": 25.0},
    "mental_health_interview": {"No": 0.0, "Maybe": 50.0, "Yes": 100.0},
    "phys_health_interview": {"No": 0.0, "Maybe": 50.0, "Yes": 100.0},
}  # fmt: skip


@pytest.fixture(scope="module")
def sheet(shared_data: Path) -> Path:
    """The survey's file."""
    path = shared_data / "osmi-survey-2014" / "osmi_2014.csv"
    if not path.is_file():
        pytest.skip("the OSMI survey is not among the shared data")
    return path


@pytest.fixture(scope="module")
def survey(sheet: Path) -> pd.DataFrame:
    """The survey as it stands, every cell as text, and the day of each sitting."""
    rows = pd.read_csv(sheet, dtype="str", keep_default_na=False)
    return rows.assign(day=pd.to_datetime(rows["Timestamp"]).dt.normalize())


@pytest.fixture(scope="module")
def portal(sheet: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, dict[str, object]]]:
    """A portal over a home with the survey loaded and released, and what the commands answered."""
    before = dict(dash.page_registry)
    dash.page_registry.clear()
    app = create_app(Settings(home=tmp_path_factory.mktemp("osmi")))
    run = app.test_cli_runner().invoke
    answers = {}
    for name, arguments in {
        "load": ["load", str(sheet), "--as", "answers", "--mapping", str(MAPPING)],
        "release": ["release"],
        "scores": ["scores"],
    }.items():
        done = run(args=[*arguments, "--format", "json"], catch_exceptions=False)
        assert done.exit_code == 0, done.stderr
        answers[name] = json.loads(done.stdout)
    yield app, answers
    dash.page_registry.clear()
    dash.page_registry.update(before)


@pytest.fixture(scope="module")
def cells(portal: tuple[Flask, dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Every cell of the release, read from a copy, as the portal holds the file itself."""
    copy = shutil.copy(str(portal[1]["release"]["path"]), tmp_path_factory.mktemp("copy") / "release.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        return connection.execute("FROM cells ORDER BY factory_id, indicator_id, opened").df()


def closed(rows: pd.DataFrame) -> list[dict[str, object]]:
    """The cells of one country's answers to one question (`day`, `x`), by the rules of the design.

    A sitting without a key is one person, and people are those of the best single quarter since the last look.
    """
    found: list[dict[str, object]] = []
    held = fresh = rows.iloc[:0]
    for _, today in rows.sort_values("day").groupby("day"):
        held, fresh = pd.concat([held, today]), pd.concat([fresh, today])
        if fresh.groupby(fresh["day"].dt.to_period("Q")).size().max() < 10:
            continue
        fresh = rows.iloc[:0]
        if len(held) - held["x"].value_counts().max() >= 2:
            whole = {"n": len(held), "s1": held["x"].sum(), "s2": (held["x"] ** 2).sum()}
            found.append(whole | {"opened": held["day"].min(), "closed": held["day"].max()})
            held = rows.iloc[:0]
    return found


def test_every_sitting_is_accounted_for_and_none_lost(
    portal: tuple[Flask, dict[str, object]], survey: pd.DataFrame
) -> None:
    loaded = {file["file"]: file for file in portal[1]["load"]["files"]}
    assert len(survey) == 1259
    assert loaded["answers"] == {
        "file": "answers", "accepted": 1259, "rejected": 0, "already_present": 0, "quarantine": None,
    }  # fmt: skip
    assert loaded["factories"]["accepted"] == survey["Country"].nunique()
    assert portal[1]["load"]["warnings"] == []


def test_every_cell_is_what_a_second_count_finds(cells: pd.DataFrame, survey: pd.DataFrame) -> None:
    columns = ["opened", "closed", "n", "s1", "s2"]
    compared = 0
    for country, there in survey.groupby("Country"):
        for question, meaning in POINTS.items():
            expected = closed(pd.DataFrame({"day": there["day"], "x": there[question].map(meaning)}).dropna())
            here = cells[(cells["factory_id"] == country) & (cells["indicator_id"] == question)]
            assert here[columns].to_dict("records") == [{c: cell[c] for c in columns} for cell in expected]
            compared += len(expected)
    assert compared == len(cells) > 200


def test_three_cells_by_hand(cells: pd.DataFrame, survey: pd.DataFrame) -> None:
    first_day = survey[survey["day"] == "2014-08-27"]
    for country, question in (
        ("United States", "benefits"),
        ("United Kingdom", "obs_consequence"),
        ("Canada", "leave"),
    ):
        said = first_day.loc[first_day["Country"] == country, question].map(POINTS[question]).dropna()
        cell = cells[(cells["factory_id"] == country) & (cells["indicator_id"] == question)].iloc[0]
        assert (cell["n"], cell["s1"], cell["s2"]) == (len(said), said.sum(), said.pow(2).sum())
        assert str(cell["opened"].date()) == str(cell["closed"].date()) == "2014-08-27"


def test_no_cell_holds_fewer_than_ten_answers(cells: pd.DataFrame) -> None:
    assert cells["n"].min() >= 10
    assert (cells[["c1", "c2", "c3", "c4", "c5"]].sum(axis=1) == cells["n"]).all()


def test_impossible_ages_and_free_spellings_stop_nobody(
    portal: tuple[Flask, dict[str, object]], survey: pd.DataFrame
) -> None:
    vault = Path(portal[1]["release"]["path"]).parents[1] / "vault.duckdb"
    everybody = "answers SEMI JOIN (FROM questions WHERE indicator_id = 'obs_consequence') AS q USING (question)"
    with duckdb.connect(str(vault), read_only=True) as connection:
        said = connection.execute(f"SELECT gender, count(*) FROM {everybody} GROUP BY 1 ORDER BY 1").fetchall()
        aged = connection.execute(f"SELECT count(*) FROM {everybody} WHERE others['seg_age'] IS NOT NULL").fetchall()
    assert [gender for gender, _ in said] == ["man", "other", "woman", None]
    assert sum(people for _, people in said) == 1259
    written = survey["Gender"].str.strip().str.casefold()
    assert dict(said)["woman"] > written.isin(["female", "f", "woman"]).sum()
    assert dict(said)["man"] > written.isin(["male", "m", "man"]).sum()
    ages = pd.to_numeric(survey["Age"])
    assert aged == [(int(ages.between(16, 79).sum()),)]


def test_it_can_be_drawn(portal: tuple[Flask, dict[str, object]], survey: pd.DataFrame) -> None:
    door = portal[0].extensions["seamline.door"]
    operator = Viewer(0, Role.OPERATOR, "")
    timeline = door.timeline(operator, TimelineQuery("United States", period="all"))
    assert timeline.rows
    assert all(0 <= point.estimate.value <= 100 for row in timeline.rows for point in row.points)
    assert min(len(row.points) for row in timeline.rows) > 0
    assert {choice.key for choice in timeline.choices} >= {"support", "benefits", "obs_consequence"}
    overview = door.overview(operator, "United States")
    assert overview.overall.estimate is not None
    assert {row.score.name for row in overview.themes} == {
        "Support at work",
        "Openness",
        "Without consequences",
        "Free of strain",
    }
    small = door.overview(operator, "Zimbabwe")
    assert small.overall.estimate is None
    assert small.participation is None
    assert (survey["Country"] == "Zimbabwe").sum() == 1


def test_scores_are_those_of_the_sites_with_cells(portal: tuple[Flask, dict[str, object]], cells: pd.DataFrame) -> None:
    rows = pd.DataFrame(portal[1]["scores"])
    scored = rows[(rows["level"] == "factory") & rows["score"].notna()]
    assert set(scored["factory_id"]) <= set(cells["factory_id"])
    assert len(rows[rows["level"] == "factory"]) == 48
    assert set(rows.loc[rows["score"].isna(), "reason"]) == {"not_enough"}
    assert not rows["indicator_id"].isin(["mental_health_interview", "phys_health_interview"]).any()
