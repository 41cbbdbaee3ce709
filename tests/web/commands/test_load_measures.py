"""`flask load` takes production measures as any other table: in a folder, and as a file of their own."""

import json
from typing import Any

from tests.data.vault.place import HEADER, Place
from tests.web.commands.conftest import Run

MEASURES = "factory_id,date,measure,value,unit\nF1,2026-06-01,Output,820,pieces\nF9,2026-06-01,Output,1,pieces\n"


def files(told: str) -> dict[str, Any]:
    """What became of each file, by its name, without where its quarantine lies."""
    return {one.pop("file"): {**one, "quarantine": bool(one["quarantine"])} for one in json.loads(told)["files"]}


def test_a_folder_with_measures_says_what_became_of_them(run: Run, place: Place) -> None:
    folder = place.files(answers=HEADER + "\n", measures=MEASURES)
    done = run("load", folder, "--format", "json")
    assert done.exit_code == 0
    expected = {"accepted": 1, "rejected": 1, "already_present": 0, "quarantine": True}
    assert files(done.stdout)["measures"] == expected
    assert "factory_id 'F9' is not declared in factories" in done.stderr
    assert list(files(done.stdout)) == ["factories", "measures", "answers"]


def test_a_file_alone_is_loaded_as_measures(run: Run, place: Place) -> None:
    run("load", place.files(answers=HEADER + "\n"))
    path = place.folder / "june.csv"
    path.write_text(MEASURES.replace("F9", "F2"))
    for accepted, present in ((2, 0), (0, 2)):
        done = run("load", path, "--as", "measures", "--format", "json")
        assert done.exit_code == 0
        expected = {"accepted": accepted, "rejected": 0, "already_present": present, "quarantine": False}
        assert files(done.stdout) == {"measures": expected}
