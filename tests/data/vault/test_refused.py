"""A file that cannot be read is refused as a whole, in one plain sentence, and nothing of the load is kept."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from data.home import VaultBusy
from data.readers.delimited import Unreadable
from data.vault.load import LoadReport
from tests.conftest import ROOT
from tests.data.vault.place import FACTORIES, HEADER, Place, written

GOOD = f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\n"
QUESTIONS = "indicator_id,theme,text,scale,polarity\nX1,pay,Paid?,yesno,1\n"
MAPPING = (ROOT / "docs" / "examples" / "survey.toml").read_text()
SURVEY = ROOT / "docs" / "examples" / "survey.csv"

Attempt = Callable[[Place], LoadReport]


def folder(**texts: str | bytes) -> Attempt:
    """Loads a folder of these files, its buyers and questions good."""
    good = {"indicators": QUESTIONS, "buyers": "buyer_id,name\nB1,One\n"}
    return lambda place: place.load(place.files(**(good | texts)))


def both(place: Place) -> LoadReport:
    """Loads a folder that has its answers twice."""
    made = place.files(answers=GOOD)
    written(made / "answers.parquet", "SELECT 'F1' AS factory_id")
    return place.load(made)


def without(kind: str) -> Attempt:
    """Loads a folder that lacks a file."""

    def attempt(place: Place) -> LoadReport:
        made = place.files(answers=GOOD)
        (made / f"{kind}.csv").unlink()
        return place.load(made)

    return attempt


def folder_for_file(place: Place) -> LoadReport:
    """Loads a folder in which a folder stands for the answers."""
    made = place.files(answers=GOOD)
    (made / "answers.csv").unlink()
    (made / "answers.csv").mkdir()
    return place.load(made)


def parquet(query: str | bytes) -> Attempt:
    """Loads a folder whose answers are this Parquet file."""

    def attempt(place: Place) -> LoadReport:
        made = place.files()
        if isinstance(query, bytes):
            (made / "answers.parquet").write_bytes(query)
        else:
            written(made / "answers.parquet", query)
        return place.load(made)

    return attempt


def torn(place: Place) -> LoadReport:
    """Loads a Parquet file whose middle is damaged."""
    made = place.files()
    file = written(
        made / "answers.parquet",
        "SELECT 'F1' AS factory_id, DATE '2026-06-08' AS date, 'GRV-02' AS indicator_id, 4 AS value, "
        "md5(CAST(i AS VARCHAR)) AS submission_id FROM range(20000) AS t(i)",
    )
    body = file.read_bytes()
    file.write_bytes(body[:4000] + b"\xff" * 4000 + body[8000:])
    return place.load(made)


def mapped(mapping: str | None, sheet: Path = SURVEY) -> Attempt:
    """Loads a sheet through this mapping; None is a mapping that is not there."""

    def attempt(place: Place) -> LoadReport:
        path = place.folder / "survey.toml"
        if mapping is not None:
            path.write_text(mapping)
        return place.load(sheet, "answers", mapping=path)

    return attempt


CASES: dict[str, tuple[Attempt, str]] = {
    "no such path": (lambda place: place.load(place.folder / "nowhere"), r"There is no .*nowhere\."),
    "one file without a kind": (
        lambda place: place.load(SURVEY),
        r"survey.csv is one file: say what it holds with --as",
    ),
    "a folder for a file": (
        lambda place: place.load(place.files(answers=GOOD), "answers"),
        "is a folder; --as takes one file",
    ),
    "a device for a file": (lambda place: place.load(Path("/dev/null"), "answers"), "/dev/null is not a file"),
    "no factories": (without("factories"), r"There is no factories.csv or factories.parquet in"),
    "no answers": (without("answers"), r"There is no answers.csv or answers.parquet in"),
    "a folder called answers.csv": (folder_for_file, r"There is no answers.csv or answers.parquet in"),
    "both forms": (both, "holds both answers.csv and answers.parquet. Keep one of them"),
    "a missing column": (
        folder(answers=GOOD.replace("value", "score", 1)),
        "answers.csv has no column value. It must have",
    ),
    "a column in other case": (folder(answers=GOOD.replace("date", "Date", 1)), "answers.csv has no column date"),
    "a repeated column": (
        folder(answers=GOOD.replace("gender", "value", 1)),
        "answers.csv names the column 'value' twice",
    ),
    "an empty file": (folder(answers=""), "answers.csv is empty. Its first line must name the columns"),
    "only blank lines": (folder(answers="\n\r\n\n"), "answers.csv is empty"),
    "not UTF-8": (
        folder(answers=GOOD.encode() * 400 + b"F1,2026-06-08,GRV-02,4,app,\xe9t\xe9,s1\n"),
        r"answers.csv is not utf-8: byte 0xe9 in line 801\. Save it as UTF-8",
    ),
    "UTF-16": (folder(answers=GOOD.encode("utf-16")), r"answers.csv is not utf-8: byte 0xff in line 1\."),
    "an unclosed quote": (
        folder(answers=GOOD + 'F1,2026-06-08,GRV-02,4,"app,woman,s2\n'),
        "answers.csv, line 3: .* not closed",
    ),
    "a field without end": (
        folder(answers=GOOD + f"F1,2026-06-08,GRV-02,{'4' * 140_000},,,\n"),
        "answers.csv, line 3: field larger",
    ),
    "an unreadable small table": (
        folder(answers=GOOD, orders="order_id\nO1\n"),
        "orders.csv has no column buyer_id, factory_id",
    ),
    "not Parquet": (parquet(b"factory_id,date\n"), "answers.parquet is not a Parquet file that can be read"),
    "damaged Parquet": (torn, "answers.parquet is not a Parquet file that can be read"),
    "Parquet without a column": (
        parquet("SELECT 'F1' AS factory_id"),
        "answers.parquet has no column date, indicator_id, value",
    ),
    "Parquet with instants": (
        parquet("SELECT 'F1' AS factory_id, now() AS date, 'GRV-02' AS indicator_id, 4 AS value"),
        "answers.parquet has instants in date. Write the factory's local day there instead",
    ),
    "no mapping": (mapped(None), r"There is no mapping .*survey.toml"),
    "a mapping that is no TOML": (mapped("name = \nas = 1"), "The mapping survey.toml is not TOML: .*line 1"),
    "a mapping's unknown key": (
        mapped(MAPPING.replace("otherwise", "otherwhise")),
        "not right at fields.gender.otherwhise: ",
    ),
    "a mapping's shape": (mapped(MAPPING.replace('"wide"', '"round"')), "not right at shape: "),
    "a mapping that lacks what its shape needs": (
        mapped(MAPPING.replace('"wide"', '"long"')),
        "not right at the mapping: fields lacks question, value",
    ),
    "a mapping's encoding": (
        mapped(MAPPING.replace('"utf-8"', '"klingon"')),
        "at file.encoding: 'klingon' is not an encoding",
    ),
    "a mapping's delimiter": (mapped(MAPPING.replace('","', '",,"')), "at file.delimiter: "),
    "a mapping's date": (
        mapped(MAPPING.replace("%d.%m.%Y", "%d.%m.")),
        r"at fields.date.format: '%d.%m.' does not say year, month and day",
    ),
    "a mapping's band": (
        mapped(MAPPING.replace("[16, 24]", "[24, 16]")),
        "at segments.age_band.bands: the band .* holds nothing",
    ),
    "a mapping without a date": (
        mapped(re.sub("(?m)^date.*\n", "", MAPPING)),
        "not right at the mapping: fields lacks date",
    ),
    "a mapping with half a question": (
        mapped(re.sub("(?m)^theme =.*\n", "", MAPPING, count=1)),
        "needs theme, text and scale",
    ),
    "a mapping's scale": (
        mapped(MAPPING.replace('scale = "yesno"', 'scale = "yes or no"', 1)),
        "'clean_water' cannot be taken: scale 'yes or no' is none of",
    ),
    "a mapping's column": (
        mapped(MAPPING.replace('column = "Age"', 'column = "Years"')),
        "survey.csv has no column 'Years', which the mapping canteen-survey reads",
    ),
    "a mapping of a folder": (
        lambda place: mapped(MAPPING, place.files(answers=GOOD))(place),
        "is a folder; --as takes one file",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_in_one_sentence_and_nothing_is_kept(place: Place, case: str) -> None:
    attempt, sentence = CASES[case]
    before = place.kept()
    with pytest.raises(Unreadable, match=sentence) as caught:
        attempt(place)
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert place.kept() == before
    assert list(place.home.quarantine.iterdir()) == []


def test_a_mapping_that_is_a_folder_is_refused(place: Place, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        place.load(SURVEY, "answers", mapping=tmp_path)


def test_a_good_load_after_a_refused_one_is_whole(place: Place) -> None:
    with pytest.raises(Unreadable):
        place.load(place.files(answers=GOOD, buyers="buyer_id\nB1\n"))
    report = place.load(place.files(answers=GOOD, factories=FACTORIES))
    assert [(o.file, o.accepted) for o in report.outcomes] == [("factories", 2), ("answers", 1)]


def test_whoever_holds_the_vault_is_named(place: Place) -> None:
    sentence = r"in use by process \d+ \(mending\) since .*Wait until it has finished"
    with place.home.hold_vault("mending"), pytest.raises(VaultBusy, match=sentence):
        place.load(place.files(answers=GOOD))
    assert place.load(place.files(answers=GOOD)).outcomes[-1].accepted == 1
