"""A list of factories is linked as it is loaded: nothing is merged silently, nothing is lost, decisions are kept."""

from pathlib import Path

import pytest

from data.registry.questions import NEW, OUT, SAME
from data.state.registry import decide, open_reviews
from data.vault.load import LoadReport
from data.vault.outcome import Outcome
from tests.conftest import ROOT
from tests.data.vault.place import Place, counts, quarantined

MAPPING = """
name = "list"
as = "factories"
[link]
list = "spring"
[fields]
name = { column = "Name" }
address = { column = "Address" }
country = { column = "Country", reads = "country" }
sector = { constant = "garments" }
os_id = { column = "OS ID" }
"""
HEADER = "Name,Address,Country,OS ID\n"
HERE = (
    'Silver Thread Apparels Ltd.,"Plot 14, Road 7, Gazipur",Bangladesh,\n'
    'Blue River Knitwear Ltd,"House 3, Savar, Dhaka",Bangladesh,\n'
    'Golden Lotus Garment JSC,"12 Nguyen Trai, Hanoi",Viet Nam,\n'
)
UNSURE = 'Silver Thread Apparels Limited,"Kalurghat, Chittagong",Bangladesh,\n'


def load(place: Place, rows: str, **more: bool) -> LoadReport:
    """What became of a list with these rows."""
    (place.folder / "list.toml").write_text(MAPPING)
    file = place.folder / "list.csv"
    file.write_text(HEADER + rows)
    return place.load(file, "factories", mapping=place.folder / "list.toml", **more)


def factories(place: Place) -> list[tuple[object, ...]]:
    """How each factory was declared last: name, identifier of the Open Supply Hub, address."""
    return place.ask(
        "SELECT arg_max(name, load), arg_max(os_id, load), arg_max(address, load) FROM factories "
        "GROUP BY factory_id ORDER BY ALL"
    )


def outcome(report: LoadReport) -> Outcome:
    """The outcome of the list."""
    return Place.of("factories", report)


def test_the_first_list_is_all_new_and_the_same_list_again_all_present(place: Place) -> None:
    assert counts(outcome(load(place, HERE))) == (3, 0, 0)
    assert counts(outcome(load(place, HERE))) == (0, 0, 3)


def test_a_factory_written_otherwise_is_linked_and_only_what_was_unknown_is_added(place: Place) -> None:
    load(place, HERE)
    report = load(place, 'SILVER THREAD APPARELS LTD,"Plot # 14, Rd. 7, Gazipur",BD,BD2019083D5S9RG\n')
    assert counts(outcome(report)) == (1, 0, 0)
    assert ("Silver Thread Apparels Ltd.", "BD2019083D5S9RG", "Plot 14, Road 7, Gazipur") in factories(place)
    assert len(factories(place)) == 3
    found = next(finding for finding in report.findings if finding.kind == "links")
    assert found.details == {"same": 1, "new": 0, "waiting": 0, "left_out": 0}


def test_an_unsure_row_waits_stands_in_the_quarantine_and_is_asked_once(place: Place) -> None:
    load(place, HERE)
    for _ in range(2):
        report = load(place, UNSURE)
        assert counts(outcome(report)) == (0, 1, 0)
        assert "waits on the page Factory lists" in quarantined(outcome(report))[0]["reason"]
        assert quarantined(outcome(report))[0]["name"] == "Silver Thread Apparels Limited"
    with place.state.look() as look:
        assert len(open_reviews(look)) == 1
    assert len(factories(place)) == 3


def test_a_dry_run_asks_nobody(place: Place) -> None:
    load(place, HERE)
    load(place, UNSURE, dry_run=True)
    with place.state.look() as look:
        assert open_reviews(look) == []


@pytest.mark.parametrize(("verdict", "expected", "factories_then"), [
    (SAME, (0, 0, 1), 3), (NEW, (1, 0, 0), 4), (OUT, (0, 1, 0), 3),
])  # fmt: skip
def test_what_a_person_decided_holds_at_the_next_load_and_the_one_after(
    place: Place, verdict: str, expected: tuple[int, int, int], factories_then: int
) -> None:
    load(place, HERE)
    load(place, UNSURE)
    with place.state.change() as change:
        review = open_reviews(change)[0]
        same = review.question.candidates[0].factory_id if verdict == SAME else None
        decide(change, review.id, verdict, same, None)
    assert counts(outcome(load(place, UNSURE))) == expected
    assert len(factories(place)) == factories_then
    again = counts(outcome(load(place, UNSURE)))
    assert again == ((0, 1, 0) if verdict == OUT else (0, 0, 1))
    assert len(factories(place)) == factories_then
    with place.state.look() as look:
        assert open_reviews(look) == []


def test_a_list_that_was_published_twice_is_linked_row_by_row(place: Place, shared_data: Path) -> None:
    folder = shared_data / "osh-facility-lists"
    mapping = ROOT / "data" / "sample" / "mappings" / "osh-facility-list-linked.toml"
    first = outcome(place.load(folder / "15.csv", "factories", mapping=mapping))
    assert counts(first) == (351, 0, 0)
    placed = outcome(place.load(folder / "geocoded_15.csv", "factories", mapping=mapping))
    assert counts(placed) == (351, 0, 0)
    again = outcome(place.load(folder / "Winter 2019 Compliance List V2.csv", "factories", mapping=mapping))
    assert again.accepted + again.rejected + again.already_present == 351
    assert again.rejected == 0
    assert place.ask("SELECT count(DISTINCT factory_id) FROM factories") == [(351,)]


def test_an_identifier_that_has_not_the_form_of_the_hub_is_told_and_kept(place: Place) -> None:
    report = load(place, HERE + '"Nine Hills Footwear","Road 1, Porto",Portugal,OS-12\n')
    assert "Identifiers of the Open Supply Hub are not right in 1 of the rows" in report.warnings[0]
    assert "line 5: 'OS-12'" in report.warnings[0]
    assert ("Nine Hills Footwear", "OS-12", "Road 1, Porto") in factories(place)


def test_a_list_of_near_sisters_is_all_present_when_it_comes_again(place: Place) -> None:
    sisters = "".join(
        f'"Eastern Star Garments Ltd{unit}","Mirpur, Dhaka",Bangladesh,\n'
        for unit in ("", " (Unit 2)", " Knit", " Wear")
    )
    first = counts(outcome(load(place, sisters)))
    assert first == (4, 0, 0)
    assert counts(outcome(load(place, sisters))) == (0, 0, 4)
