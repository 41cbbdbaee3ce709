"""Every row of a list becomes one of four things, and what a person said of it counts at the next load."""

import pandas as pd

from data.registry.arrivals import Arrivals, row_keys, settled_arrivals
from data.registry.questions import NEW, OUT, SAME, Decision

KNOWN = pd.DataFrame(
    [
        ("A", "Karim Fashions Ltd", "12 Mirpur Road, Dhaka"),
        ("B", "Karim Fashions Ltd (Unit 2)", "14 Mirpur Road, Dhaka"),
        ("C", "Delta Knit Composite Ltd", "1 Agrabad, Chittagong"),
        ("D", "Padma Sweaters Ltd", "7 Uttara, Dhaka"),
        ("E", "Padma Sweaters Ltd", "88 Zirabo, Savar"),
    ],
    columns=["factory_id", "name", "address"],
).assign(country="BD")
ARRIVING = pd.DataFrame(
    [
        ("KARIM FASHION LIMITED", "12, Mirpur Rd, Dhaka"),
        ("Padma Sweater Limited", None),
        ("Omega Textiles", "Narayanganj"),
        ("Padma Sweater Limited", None),
        ("Delta Knitwear", "1 Agrabad, Chittagong"),
    ],
    columns=["name", "address"],
    index=[2, 3, 5, 8, 9],
).assign(country="BD", line=[2, 3, 5, 8, 9])


def counted(found: Arrivals) -> tuple[int, int, int, int]:
    return len(found.new), len(found.same), len(found.left_out), len(found.unsure)


def keys() -> dict[int, str]:
    return dict(zip(ARRIVING.index, row_keys(ARRIVING), strict=True))


def test_every_row_becomes_one_of_four_things() -> None:
    found = settled_arrivals(KNOWN, ARRIVING, {})
    assert found.same[["line", "factory_id"]].to_numpy().tolist() == [[2, "A"]]
    assert found.new["line"].tolist() == [5]
    assert found.verdicts["arriving"].tolist() == ARRIVING.index.tolist()
    assert found.verdicts["verdict"].tolist() == ["certain", "unsure", "new", "unsure", "unsure"]
    assert found.verdicts["why"].str.len().gt(10).all()


def test_a_row_that_stands_twice_is_one_question() -> None:
    first, second = settled_arrivals(KNOWN, ARRIVING, {}).unsure
    assert first.key == keys()[3] == keys()[8]
    assert {one.factory_id for one in first.candidates} == {"D", "E"}
    assert first.row["name"] == "Padma Sweater Limited"
    assert [one.factory_id for one in second.candidates] == ["C"]
    assert second.candidates[0].row["address"] == "1 Agrabad, Chittagong"


def test_what_a_person_said_counts() -> None:
    said = {keys()[3]: Decision(SAME, "E", frozenset("D")), keys()[9]: Decision(OUT)}
    found = settled_arrivals(KNOWN, ARRIVING, said)
    assert counted(found) == (1, 3, 1, 0)
    assert found.same["factory_id"].tolist() == ["A", "E", "E"]
    assert found.left_out["line"].tolist() == [9]
    assert "A person said" in found.verdicts["why"].iloc[1]


def test_a_new_factory_is_made_once() -> None:
    said = {keys()[9]: Decision(NEW, None, frozenset("C"))}
    first = settled_arrivals(KNOWN, ARRIVING, said)
    assert 9 in first.new["line"].tolist()
    made = first.new[first.new["line"] == 9].assign(factory_id="N9")[["factory_id", "name", "address", "country"]]
    again = settled_arrivals(pd.concat([KNOWN, made], ignore_index=True), ARRIVING, said)
    assert 9 not in again.new["line"].tolist()
    assert again.same.set_index("line")["factory_id"].to_dict()[9] == "N9"


def test_a_decision_for_a_factory_that_is_gone_makes_no_factory_of_it() -> None:
    found = settled_arrivals(KNOWN[KNOWN["factory_id"] != "E"], ARRIVING, {keys()[3]: Decision(SAME, "E")})
    assert "E" not in found.same["factory_id"].tolist()
    assert not found.verdicts["why"].str.contains("A person said").any()
    assert len(found.new) + len(found.same) + 2 * len(found.unsure) >= 4


def test_keys_stay_when_only_other_columns_change() -> None:
    again = ARRIVING.assign(headcount=["7"] * 5, name=ARRIVING["name"].str.lower())
    assert row_keys(again) == row_keys(ARRIVING)
    assert row_keys(ARRIVING.assign(address="elsewhere")) != row_keys(ARRIVING)


def test_the_first_list_of_all_is_new() -> None:
    assert counted(settled_arrivals(KNOWN.head(0), ARRIVING, {})) == (5, 0, 0, 0)
    assert counted(settled_arrivals(KNOWN, ARRIVING.head(0), {})) == (0, 0, 0, 0)
