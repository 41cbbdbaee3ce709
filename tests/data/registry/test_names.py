"""Names and addresses are read in parts: what tells factories apart, and what does not."""

import pytest

from data.registry.addresses import parsed_address
from data.registry.lists import os_id_fault
from data.registry.names import parsed_name, sounded

SAME = [
    ("Karim Fashions Ltd.", "KARIM FASHION LIMITED"),
    ("H.N. Garments Ltd", "HN Gmts. (Pvt.) Limited"),
    ("A & H Enterprise", "A and H Enterprises Co., Ltd."),
    ("Surma Garments Ltd. (U-2)", "SURMA GARMENTS LIMITED UNIT II"),
    ("Surma Garments (2) Ltd.", "Surma Garments Ltd - Unit-02"),
    ("Young An Hat (BD) Limited", "Young An Hat Bangladesh Ltd."),
    ("BD Dresses", "Bangladesh Dresses Ltd"),
    ("Hy-Lan Sweater Int'l. Ltd.", "HY LAN SWEATERS INTERNATIONAL"),
    ("Ｆｕｌｌ Width Ｌｔｄ", "full width"),
    ("Éclat Textile S.A.", "Eclat Textiles SA"),
    ("PT. Pan Brothers Tbk", "Pan Brothers"),
    ("M/S Karim & Co.", "Karim"),
    ("深圳市华丽服装有限公司", "深圳市华丽服装"),
]
OTHER = [
    ("Karim Fashions Ltd", "Karim Apparels Ltd"),
    ("Karim Knit Ltd", "Karim Knitwear Ltd"),
    ("Surma Garments Ltd", "Surma Garments Ltd (Unit-2)"),
    ("Surma Garments Unit 2", "Surma Garments Unit 3"),
    ("A.B. Fashion", "A.H. Fashion"),
    ("4 Star Fashions", "5 Star Fashions"),
    ("Dresses Ltd", "Bangladesh Dresses Ltd"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_only_writing_changes_is_the_same_name(one: str, other: str) -> None:
    assert parsed_name(one, "BD").key == parsed_name(other, "BD").key


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_tells_factories_apart_stays(one: str, other: str) -> None:
    assert parsed_name(one, "BD").key != parsed_name(other, "BD").key


def test_the_legal_form_is_kept_apart() -> None:
    name = parsed_name("Karim Fashions (Pvt.) Ltd. Unit 2", "BD")
    assert (name.words, name.numbers, name.legal) == (("karim", "fashion"), frozenset("2"), ("pvt", "ltd"))
    assert parsed_name("AG Dresses Ltd").words == ("ag", "dress")
    assert parsed_name("Muster AG").legal == ("ag",)


@pytest.mark.parametrize(
    "odd", ["", "   ", "Ltd.", "###", "()", "Unit", "the and of", "\x00", "x" * 10_000, "-" * 10_000]
)
def test_odd_names_are_read_all_the_same(odd: str) -> None:
    assert len(parsed_name(odd, "BD").key) < 400
    parsed_address(odd, "BD")


def test_transliterations_sound_alike() -> None:
    assert len({sounded(word) for word in ("hossain", "hussein", "hossen")}) == 1
    assert sounded("rahman") != sounded("karim")


def test_an_address_is_written_out_and_floors_are_left_out() -> None:
    one = parsed_address("Plot # 1 & 2, Sec. 6 (3rd & 4th Floor), CEPZ, Ctg., Bangladesh", "BD")
    other = parsed_address("PLOT NO 1-2, SECTOR 6, CEPZ, CHATTOGRAM", "BD")
    assert one == other
    assert one.numbers == frozenset({"1", "2", "6"})
    assert not parsed_address("", "BD")


def test_a_thousand_floors_take_no_time() -> None:
    parsed_address("3rd & 4th " * 5_000 + "x", "BD")
    parsed_address("1 2 3 4 5 6 7 8 9 " * 5_000, "BD")


@pytest.mark.parametrize("good", ["BD2019083D5S9RG", "cn2021250d1dtn7"])
def test_ids_of_the_hub_are_known_by_their_form(good: str) -> None:
    assert os_id_fault(good) is None


@pytest.mark.parametrize(
    "bad", ["", "12345", "BD2019", "ZZ2019083D5S9RG", "BD2019999D5S9RG", "BD1919083D5S9RG", "x" * 99]
)
def test_other_ids_are_told(bad: str) -> None:
    assert os_id_fault(bad)


@pytest.mark.parametrize(
    "written",
    [
        "Topaz Dresses Ltd. (100% Export Oriented)", "TOPAZ DRESSES LTD 100 % export-oriented factory",
        "Topaz Dresses Ltd. - 70015", "Topaz Dresses Ltd (formerly Delta Garments)", "Topaz Dresses [Ex. Nova Fashions",
        "Topaz Dresses Ltd., formerly known as Star Garments Ltd",
    ],
)  # fmt: skip
def test_what_lists_remark_behind_a_name_is_no_part_of_it(written: str) -> None:
    assert parsed_name(written, "BD").key == parsed_name("Topaz Dresses Ltd.", "BD").key


def test_numbers_of_units_and_names_stay_whatever_is_remarked() -> None:
    assert parsed_name("786 Garments (100% Export Oriented)").numbers == {"786"}
    assert parsed_name("Apex Fashions Unit 2 (formerly Star Unit 9)").numbers == {"2"}
    assert parsed_name("Export Oriented Garments").words
