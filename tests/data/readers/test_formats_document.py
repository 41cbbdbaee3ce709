"""What docs/formats.md says of files and columns is what is read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.codebook.scales import SCALES
from data.readers.formats import FileFormat
from data.readers.kinds import KINDS
from data.readers.mapping import read_mapping
from data.readers.sources import FieldSource
from data.vault.answers import CHANNELS
from tests.conftest import ROOT
from tests.data.vault.place import Place

FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", FORMATS, re.MULTILINE))
EXAMPLES = ROOT / "docs" / "examples"
TOLD = {
    example: (int(accepted), int(rejected))
    for example, accepted, rejected in re.findall(
        r"^\| `(docs/examples/[\w.]+)` \| .* \| (\d+) accepted, (\d+) rejected \|$", FORMATS, re.MULTILINE
    )
}
WORDS = {"true", "sum", "mean", "scored", "context", "integrity", "seg_…", *CHANNELS}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    yield made
    made.state.close()


def test_every_file_and_column_is_described() -> None:
    for kind in KINDS.values():
        optional = set(re.findall(r"\*`(\w+)`\*", ROWS[kind.name]))
        every = set(re.findall(r"`([\w…]+)`", ROWS[kind.name])) - WORDS
        assert every - optional == set(kind.needed), kind.name
        assert optional == set(kind.optional) - {"event_sensitive"}, kind.name
        assert ("seg_…" in ROWS[kind.name]) == kind.segments


def test_every_scale_is_described() -> None:
    for scale, (low, high) in SCALES.items():
        assert ROWS[scale].split(" | ")[0] in (f"{low}, {high}", f"{low} to {high}")


def test_it_shows_no_command_that_no_test_runs() -> None:
    assert set(re.findall(r"^```(\w+)$", FORMATS, re.MULTILINE)) == {"toml"}
    for example in re.findall(r"`(docs/examples/[\w.]+)`", FORMATS):
        assert (ROOT / example).is_file()


def test_what_it_shows_of_a_mapping_stands_in_an_example() -> None:
    mappings = [path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.toml")]
    for shown in re.findall(r"^```toml\n(.*?)```$", FORMATS, re.MULTILINE | re.DOTALL):
        assert any(shown.strip() in mapping for mapping in mappings), shown


def test_every_example_is_described() -> None:
    assert {Path(name).name for name in TOLD} == {path.name for path in EXAMPLES.iterdir() if path.suffix != ".toml"}


@pytest.mark.parametrize("example", sorted(TOLD))
def test_what_becomes_of_an_example_is_what_is_said(place: Place, example: str) -> None:
    path = ROOT / example
    mapping = read_mapping(path.with_suffix(".toml"))
    report = place.load(path, mapping.kind, mapping=path.with_suffix(".toml"))
    outcome = place.of(mapping.kind, report)
    assert (outcome.accepted, outcome.rejected) == TOLD[example]
    assert mapping.name == path.stem or path.stem == "survey"


def test_the_last_supplier_loses_its_coordinates_and_stays(place: Place) -> None:
    report = place.load(EXAMPLES / "suppliers.csv", "factories", mapping=EXAMPLES / "suppliers.toml")
    assert "lies outside Bangladesh" in report.warnings[0]
    found = place.ask("SELECT name, country, headcount, round(latitude, 2) FROM factories ORDER BY name")
    assert found == [
        ("High Street Knits", "BD", 640, None),
        ("Jackenwerk GmbH", "DE", 120, 53.08),
        ("Porto Calçado Lda", "PT", 85, 41.15),
    ]


def test_what_was_written_at_night_in_utc_is_the_next_day_in_dhaka(place: Place) -> None:
    place.load(EXAMPLES / "sms.csv", "answers", mapping=EXAMPLES / "sms.toml")
    assert place.ask("SELECT CAST(day AS VARCHAR), count(*) FROM answers GROUP BY ALL ORDER BY ALL") == [
        ("2026-05-03", 2), ("2026-05-04", 2),
    ]  # fmt: skip


def test_it_says_every_way_in_which_a_field_is_read() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", FORMATS, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(FieldSource.model_fields) - {"column", "columns", "constant"} <= told
    for name in FileFormat.model_fields:
        assert f"`{name}`" in FORMATS or name == "escape", name
