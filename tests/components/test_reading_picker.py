"""The picker: every reading is a link that keeps the rest of the address, and the current one says so."""

from components.reading_picker import reading_picker
from data.codebook.standards import standards
from tests.rendered import kinds, links, text_of

PATH = "/app/indicators/f1"
ETI = standards()[1]


def test_every_reading_is_a_link_our_themes_first() -> None:
    found = links(reading_picker(standards(), None, PATH, {}))
    assert list(found) == ["Our themes", *(one.name for one in standards())]
    assert found["Our themes"] == PATH
    assert found["ETI Base Code"] == f"{PATH}?as=eti"


def test_rest_of_the_address_is_kept_and_the_reading_replaced() -> None:
    found = links(reading_picker(standards(), ETI, PATH, {"period": "1y", "as": "eti"}))
    assert found["Our themes"] == f"{PATH}?period=1y"
    assert found["ILO conventions"] == f"{PATH}?period=1y&as=ilo"


def test_one_link_is_current_and_the_pill_names_it() -> None:
    def current(picker: object) -> list[str]:
        return [text_of(link) for link in kinds(picker, "A") if "aria-current" in link.to_plotly_json()["props"]]

    by_theme = reading_picker(standards(), None, PATH, {})
    as_eti = reading_picker(standards(), ETI, PATH, {})
    assert current(by_theme) == ["Our themes"]
    assert current(as_eti) == ["ETI Base Code"]
    assert text_of(kinds(by_theme, "Summary")) == "Read as: Our themes"
    assert text_of(kinds(as_eti, "Summary")) == "Read as: ETI"


def test_own_codebook_has_nothing_to_pick() -> None:
    assert reading_picker((), None, PATH, {"period": "1y"}) is None
