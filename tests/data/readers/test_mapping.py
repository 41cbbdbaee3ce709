"""A mapping says how a file is read; a mistake in it is told with its place."""

from pathlib import Path

import pytest

from data.readers.delimited import Unreadable
from data.readers.mapping import read_mapping
from tests.conftest import ROOT

LEAST = """
name = "least"
as = "answers"
shape = "wide"
[fields]
date = { column = "when" }
factory_id = { constant = "F1" }
[questions.q]
indicator = "GRV-02"
"""
MISTAKES = {
    'name = "least"': ("", "at name: Field required"),
    'as = "answers"': ('as = "opinions"', "at as: "),
    'shape = "wide"': ('shape = "round"', "at shape: "),
    '{ column = "when" }': (
        '{ column = "when", constant = "x" }',
        "at fields.date: needs either column, columns or constant",
    ),
    '{ constant = "F1" }': ("{ }", "at fields.factory_id: needs either column, columns or constant"),
    "factory_id =": ("mood =", "at the mapping: fields lacks factory_id"),
    "[fields]": ('[fields]\nmood = { column = "m" }', "at the mapping: fields has mood, which an answer does not have"),
    "[questions.q]": ('[factories]\nmood = { column = "m" }\n[questions.q]', "factories has mood"),
    'indicator = "GRV-02"': ("", "at questions.q.indicator: Field required"),
    '"GRV-02"': ('"GRV-02"\nvalues = { Yes = "perhaps" }', "at questions.q.values.Yes"),
    '"GRV-02"\n': ('"GRV-02"\npolarity = 0\n', "at questions.q.polarity"),
}  # fmt: skip


def made(folder: Path, text: str) -> Path:
    """A mapping file of this text."""
    path = folder / "made.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_least_mapping_is_enough(tmp_path: Path) -> None:
    mapping = read_mapping(made(tmp_path, LEAST))
    assert mapping.columns == ["when", "q"]
    assert (mapping.file.encoding, mapping.file.delimiter, mapping.not_asked) == (None, None, [""])


@pytest.mark.parametrize("place", MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, place: str) -> None:
    instead, said = MISTAKES[place]
    with pytest.raises(Unreadable) as caught:
        read_mapping(made(tmp_path, LEAST.replace(place, instead)))
    assert str(caught.value).startswith("The mapping made.toml is not right at ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["%Q", "%d.%m.", "%H:%M", "yesterday", "%d.%m.%Y %z", "%y"])
def test_a_date_format_must_say_a_whole_day(tmp_path: Path, form: str) -> None:
    text = LEAST.replace('{ column = "when" }', f'{{ column = "when", format = "{form}" }}')
    with pytest.raises(Unreadable, match=r"at fields\.date\.format: .* does not say year, month and day"):
        read_mapping(made(tmp_path, text))


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%m/%d/%y", "%Y-%m-%d %H:%M:%S", "%d %b %Y", "%Y%m%d"])
def test_usual_date_formats_are_fine(tmp_path: Path, form: str) -> None:
    text = LEAST.replace('{ column = "when" }', f'{{ column = "when", format = "{form}" }}')
    assert read_mapping(made(tmp_path, text)).fields["date"].format == form


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "sample" / "mappings").glob("*.toml")), ids=lambda p: p.stem)
def test_every_mapping_that_is_kept_here_can_be_read(path: Path) -> None:
    assert read_mapping(path).name == path.stem
