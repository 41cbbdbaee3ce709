"""`flask load` answers in a fixed shape, ends with the right code, and says in one sentence what went wrong."""

import json
from datetime import date
from pathlib import Path

import pytest

from data.state.trade import order_versions_frame, orders_frame
from tests.conftest import ROOT
from tests.data.vault.place import HEADER, Place
from tests.web.commands.conftest import Run

SAMPLE = ROOT / "data" / "sample"
SURVEY = ROOT / "docs" / "examples" / "survey.csv"
MAPPING = ROOT / "docs" / "examples" / "survey.toml"
EXAMPLES = ROOT / "docs" / "examples"
GOOD = f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\n"


def test_json_has_exactly_the_promised_shape(run: Run, place: Place) -> None:
    done = run("load", place.files(answers=GOOD + "F1,2026-06-08,GRV-02,44,app,=cmd(),s2\n"), "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "files": [
            {"file": "factories", "accepted": 2, "rejected": 0, "already_present": 0, "quarantine": None},
            {
                "file": "answers",
                "accepted": 1,
                "rejected": 1,
                "already_present": 0,
                "quarantine": str(place.home.quarantine / "000001-answers.csv"),
            },
        ],
        "warnings": [],
    }
    assert (place.home.quarantine / "000001-answers.csv").is_file()


def test_csv_and_table_have_the_same_rows(run: Run, place: Place) -> None:
    folder = place.files(answers=GOOD)
    assert run("load", folder, "--format", "csv").stdout == (
        "file,accepted,rejected,already_present,quarantine\nfactories,2,0,0,\nanswers,1,0,0,\n"
    )
    lines = run("load", folder).stdout.splitlines()
    assert lines[0].split() == ["file", "accepted", "rejected", "already_present", "quarantine"]
    assert [line.split() for line in lines[2:]] == [["factories", "0", "0", "2"], ["answers", "0", "0", "1"]]


def test_warnings_and_the_first_rejected_rows_are_told_beside_the_answer(run: Run, place: Place) -> None:
    rows = "".join(f"F1,2026-06-08,GRV-02,{9 + i},,\x1b[31m{i},\n" for i in range(7))
    done = run("load", place.files(answers=GOOD.replace("submission_id", "submission_id,mood") + rows))
    assert "answers.csv: the columns mood are not known and were ignored." in done.stderr
    assert "answers: 8 rows were rejected.\n  line 2: the row has 7 fields, the header names 8\n" in done.stderr
    assert "  and 3 more\n" in done.stderr
    assert "\x1b" not in done.stderr
    assert "rejected." not in done.stdout


def test_a_reason_stays_on_its_line(run: Run, place: Place) -> None:
    done = run("load", place.files(answers=GOOD + 'F1,2026-06-08,GRV-02,"4\nand more\x1b[2J",,,\n'))
    assert "  line 3: value '4 and more [2J' is not a number\n" in done.stderr


def test_when_every_row_is_rejected_it_says_so_and_ends_with_one(run: Run, place: Place) -> None:
    bad = "factory_id,name,country,sector\nF1,One,Nowhere,\n"
    done = run("load", place.files(factories=bad, answers=GOOD), "--format", "json")
    assert done.exit_code == 1
    assert [file["rejected"] for file in json.loads(done.stdout)["files"]] == [1, 1]
    assert done.stderr.splitlines()[-1] == "Every row was rejected; nothing was loaded."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "There is no nowhere."),
        ([SURVEY], "survey.csv is one file: say what it holds with --as (factories, headcount, indicators, buyers, "
         "relations, orders, buyer_actions, measures, answers)."),
        ([SAMPLE, "--as", "answers"], f"{SAMPLE} is a folder; --as takes one file."),
        ([SURVEY, "--as", "buyers", "--mapping", MAPPING], "The mapping survey.toml reads answers, not buyers."),
        ([SURVEY, "--as", "answers", "--mapping", "nowhere.toml"], "There is no mapping nowhere.toml."),
        ([SURVEY, "--as", "answers"], "survey.csv has no column factory_id, date, indicator_id, value. It must have "
         "factory_id, date, indicator_id, value; its first line names Asked on, Site, Gender, Age, Is the drinking "
         "water clean?, Were you paid on the agreed day?, How fairly does your supervisor treat you?."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_ends_with_one_and_one_sentence(
    run: Run, place: Place, arguments: list[str | Path], sentence: str
) -> None:
    done = run("load", *arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", sentence + "\n")


@pytest.mark.parametrize("arguments", [[], [SAMPLE, "--as", "moods"], [SAMPLE, "--format", "xml"], [SAMPLE, SAMPLE]])
def test_a_usage_error_ends_with_two(run: Run, arguments: list[str | Path]) -> None:
    done = run("load", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""


def test_a_demo_home_takes_nothing(run: Run, place: Place) -> None:
    place.home.mark_demo(finished=True)
    done = run("load", SAMPLE)
    assert done.exit_code == 1
    assert done.stderr == (
        "This home holds the demo world, which takes no other answers. Set SEAMLINE_HOME to another folder.\n"
    )
    assert not place.home.vault.exists()


def test_whoever_holds_the_vault_is_named(run: Run, place: Place) -> None:
    with place.home.hold_vault("mending"):
        done = run("load", SAMPLE)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "(mending)" in done.stderr


def test_a_vault_of_a_newer_seamline_is_left_alone(run: Run, place: Place) -> None:
    run("load", SAMPLE)
    place.ask("INSERT INTO schema_version VALUES (9999)")
    done = run("load", SAMPLE)
    assert done.exit_code == 1
    assert done.stderr.startswith("The vault has schema 9999, this Seamline knows up to ")


def test_a_dry_run_says_so_and_keeps_nothing(run: Run, place: Place) -> None:
    done = run("load", SAMPLE, "--dry-run", "--format", "json")
    assert done.exit_code == 0
    assert "This was a dry run: nothing was kept.\n" in done.stderr
    assert [f["accepted"] for f in json.loads(done.stdout)["files"] if f["file"] == "answers"] == [1768]
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]
    assert place.kept()["state.organisations"] == 0


def test_a_mapping_is_found_in_the_home_by_its_name(run: Run, place: Place) -> None:
    (place.home.mappings / "kept.toml").write_bytes(MAPPING.read_bytes())
    done = run("load", SURVEY, "--mapping", "kept", "--format", "json")
    assert done.exit_code == 0, done.stderr
    assert [f["accepted"] for f in json.loads(done.stdout)["files"]] == [2, 60]


def test_one_file_of_a_kind_and_a_source(run: Run, place: Place) -> None:
    run("load", place.files(answers=HEADER + "\n"))
    (place.folder / "more.csv").write_text(GOOD.replace(",s1", ","))
    for source, accepted in (("a", 1), ("a", 0), ("b", 1)):
        done = run("load", place.folder / "more.csv", "--as", "answers", "--source", source, "--format", "json")
        assert [f["accepted"] for f in json.loads(done.stdout)["files"]] == [accepted]


def test_actions_loaded_after_a_release_are_in_its_effects(run: Run, place: Place) -> None:
    run("load", SAMPLE)
    run("release")
    before = (place.home.effects / "CURRENT").read_text()
    (place.folder / "a.csv").write_text("action_id,buyer_id,factory_id,kind,date\nNEW,SB1,S1,rush_order,2026-07-01\n")
    assert run("load", place.folder / "a.csv", "--as", "buyer_actions").exit_code == 0
    assert (place.home.effects / "CURRENT").read_text() != before


def test_an_order_grows_from_load_to_load(run: Run, place: Place) -> None:
    run("load", place.files(answers=GOOD))
    path = place.folder / "o.csv"
    head = "order_id,buyer_id,factory_id,placed_date,due_date,quantity,status,shipped_date\n"
    for body, expected in (
        ("P1,B1,F1,2026-01-05,2026-04-01,100,open,\nP2,B1,F1,2026-01-05,2026-04-01,7,open,\n", (2, 0, 0)),
        ("P1,B1,F1,2026-01-05,2026-04-15,100,shipped,2026-04-14\nP2,B1,F1,2026-01-05,2026-04-01,7,open,\n", (1, 0, 1)),
        ("P1,B1,F1,2026-01-05,2026-04-15,100,shipped,\nP2,B9,F1,,,,,\n", (0, 1, 1)),
    ):
        path.write_text(head + body)
        done = run("load", path, "--as", "orders", "--format", "json")
        [told] = json.loads(done.stdout)["files"]
        assert (told["accepted"], told["rejected"], told["already_present"]) == expected, done.stderr
        assert set(told) == {"file", "accepted", "rejected", "already_present", "quarantine"}
    assert "line 3: order_id is already here for another buyer_id, which never changes" in done.stderr
    with place.state.look() as look:
        [version] = order_versions_frame(look)
        assert [o["shipped_date"] for o in orders_frame(look)] == [date(2026, 4, 14), None]
    assert (version["order_id"], version["due_date"], version["status"]) == ("P1", date(2026, 4, 1), "open")


def test_a_mapping_says_what_kind_it_reads(run: Run, place: Place) -> None:
    done = run("load", EXAMPLES / "orders.csv", "--mapping", EXAMPLES / "orders.toml", "--format", "json")
    assert [(file["file"], file["accepted"]) for file in json.loads(done.stdout)["files"]] == [
        ("factories", 1), ("orders", 3),
    ]  # fmt: skip
    assert "fields.placed_date says once 'not recorded', which the mapping takes for not known." in done.stderr
    other = run("load", EXAMPLES / "orders.csv", "--as", "answers", "--mapping", EXAMPLES / "orders.toml")
    assert (other.exit_code, "orders.toml reads orders, not answers" in other.stderr) == (1, True)


def test_what_may_turn_into_a_wrong_number_is_a_warning(run: Run, place: Place) -> None:
    done = run("load", EXAMPLES / "sms.csv", "--mapping", EXAMPLES / "sms.toml", "--dry-run", "--format", "json")
    warnings = json.loads(done.stdout)["warnings"]
    assert warnings == ["The mapping does not know the question 'Is lunch good?'; one answer to it was left out."]
    assert "Look: The mapping does not know the question" in done.stderr
    assert "'Is the drinking water clean?': 1 2 times, 0 once." in done.stderr


def test_a_first_mapping_is_suggested_and_loads_nothing(run: Run, place: Place) -> None:
    file = place.folder / "Survey of May.csv"
    file.write_text("date;factory;Is the drinking water safe and clean?;Are you paid well?\n01.05.2026;F1;yes;no\n")
    done = run("load", file, "--suggest")
    assert done.exit_code == 0
    assert 'name = "survey-of-may"' in done.stdout
    assert 'delimiter = ";"' in done.stdout
    assert "# indicator = " in done.stdout
    assert "Say which indicator it is, or leave it out." in done.stderr
    assert place.kept()["loads"] == 0


@pytest.mark.parametrize("file", ["gone.csv", ".", "picture.csv"])
def test_what_no_mapping_can_be_suggested_for_is_told(run: Run, place: Place, file: str) -> None:
    (place.folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = run("load", place.folder / file, "--suggest")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.strip().count("\n") == 0
