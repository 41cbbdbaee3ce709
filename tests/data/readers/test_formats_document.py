"""What docs/formats.md says of files and columns is what is read."""

import re

from data.codebook.scales import SCALES
from data.readers.kinds import KINDS
from data.vault.answers import CHANNELS
from tests.conftest import ROOT

FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", FORMATS, re.MULTILINE))
WORDS = {"true", "scored", "context", "integrity", "seg_…", *CHANNELS}


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
    assert re.findall(r"^```(\w+)$", FORMATS, re.MULTILINE) == ["toml"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for example in re.findall(r"`(docs/examples/[\w.]+|data/sample)`", FORMATS):
        assert example in readme
