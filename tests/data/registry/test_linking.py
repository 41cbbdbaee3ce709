"""Two lists are linked rightly: what only writing changed is certain, what may be a sister is asked or new."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.registry.linking import CERTAIN, NEW, UNSURE, linked
from tests.data.registry.renaming import CHARACTERS, Noise, two_versions

COLUMNS = ["name", "address", "country", "latitude", "longitude", "os_id", "sector", "headcount"]
BASE = [
    ("Karim Fashions Ltd.", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36),
    ("Padma Sweaters Ltd.", "Plot 7, Sector 3, Uttara, Dhaka", 23.87, 90.40),
    ("Padma Sweaters Ltd.", "88 Zirabo, Savar, Dhaka", 23.90, 90.27),
    ("Surma Garments Ltd. (Unit-2)", "7/3 Korno Para, Savar, Dhaka", 23.84, 90.26),
    ("Delta Knit Composite Ltd.", "1 Agrabad C/A, Chittagong", 22.32, 91.81),
]
FILLING = [(f"{word} {trade} Ltd.", f"{n} {word} Road, Gazipur", 24.0 + n / 999, 90.4)
           for n, (word, trade) in enumerate(
               (a + b, t) for a in ("Ra", "Me", "Lo", "Si", "Tu", "Bo", "Ka", "Na") for b in ("nil", "sha", "vo", "dex")
               for t in ("Fashions", "Apparels", "Garments"))]  # fmt: skip


def rows(*given: Sequence[Any]) -> pd.DataFrame:
    padded = [(*row[:2], "BD", *(row[2:4] if len(row) > 2 else (None, None)), *(row[4:] or (None,))) for row in given]
    return pd.DataFrame(padded, columns=COLUMNS[:6])


KNOWN = rows(*BASE, *FILLING)


def verdict_of(*row: Any) -> tuple[str, str | None, str]:
    """The verdict, the known name, and the reason for one arriving row."""
    [line] = linked(KNOWN, rows(row)).to_dict("records")
    return line["verdict"], None if line["known"] is None else KNOWN["name"][line["known"]], line["why"]


@pytest.mark.parametrize(
    "row",
    [
        ("KARIM FASHION LIMITED", "12, Mirpur Rd., Dhaka", 23.801, 90.361),
        ("Karim Fashions (BD) Ltd", "12 Mirpur Road"),
        ("Karim Fashions", None),
        ("M/S. Kareem Fashions Pvt. Ltd.", "12 Mirpur Road, Mirpur", 23.8, 90.36),
        ("Karim Fahsions Lmited", "Mirpur Rd 12, Dhaka", 23.8, 90.4),
    ],
)
def test_the_same_factory_written_otherwise_is_certain(row: tuple[Any, ...]) -> None:
    verdict, name, why = verdict_of(*row)
    assert (verdict, name) == (CERTAIN, "Karim Fashions Ltd."), why


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Karim Apparels Ltd", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36), "“apparel”"),
        (("Karim Fashions Ltd Unit-2", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36), "numbers"),
        (("Surma Garments Ltd.", "7/3 Korno Para, Savar, Dhaka", 23.84, 90.26), "numbers"),
        (("Surma Garments Ltd. Unit 3", "7/3 Korno Para, Savar, Dhaka", 23.84, 90.26), "numbers"),
        (("Karim Fashions International Ltd", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36), "“international”"),
        (("Karim Fashions Ltd", "44 Station Road, Sylhet", 24.90, 91.87), "km apart"),
        (("Omega Denim Ltd", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36), "the address is the same"),
    ],
)
def test_a_sister_or_a_neighbour_is_never_certain(row: tuple[Any, ...], words: str) -> None:
    verdict, _, why = verdict_of(*row)
    assert verdict in (UNSURE, NEW)
    assert words in why


def test_another_name_at_the_very_same_address_is_asked_about() -> None:
    verdict, name, why = verdict_of("Omega Denim Ltd", "12 Mirpur Road, Mirpur, Dhaka", 23.80, 90.36)
    assert (verdict, name) == (UNSURE, "Karim Fashions Ltd.")
    assert "another name" in why


def test_two_candidates_that_are_equally_good_are_asked_about() -> None:
    assert verdict_of("Padma Sweaters Ltd", "Dhaka")[0] == UNSURE
    assert "nearly as likely" in verdict_of("Padma Sweaters Ltd", None)[2]


def test_the_address_tells_two_of_one_name_apart() -> None:
    found = linked(KNOWN, rows(("PADMA SWEATERS", "88, Zirabo, Savar", 23.9, 90.27),
                               ("Padma Sweaters", "Sector 3, Plot 7, Uttara", 23.87, 90.4)))  # fmt: skip
    assert found["known"].tolist() == [2, 1]
    assert found["verdict"].tolist() == [CERTAIN, CERTAIN]


def test_a_list_that_has_one_name_twice_keeps_two() -> None:
    """Only the one at the known address is the known factory."""
    found = linked(KNOWN, rows(("Karim Fashions", "12 Mirpur Road, Mirpur, Dhaka", 23.8, 90.36),
                               ("Karim Fashions", "9 Station Road, Sylhet", 24.9, 91.87)))  # fmt: skip
    assert found["verdict"].tolist()[0] == CERTAIN
    assert found["verdict"].tolist()[1] != CERTAIN


def test_an_entry_that_stands_twice_is_the_same_factory_twice() -> None:
    twice = ("Karim Fashions", "12 Mirpur Road, Mirpur, Dhaka", 23.8, 90.36)
    assert linked(KNOWN, rows(twice, twice))["verdict"].tolist() == [CERTAIN, CERTAIN]


def test_ids_of_the_hub_decide() -> None:
    known = rows(("Karim Fashions Ltd", "Dhaka", None, None, "BD2019083D5S9RG"),
                 ("Jamuna Knit Ltd", "Dhaka", None, None, "BD2020100AAAAAA"), *FILLING)  # fmt: skip
    same = linked(known, rows(("Another Name", "Khulna", None, None, "bd2019083d5s9rg")))
    assert same.loc[0, ["known", "verdict"]].tolist() == [0, CERTAIN]
    other = linked(known, rows(("Jamuna Knit Ltd", "Dhaka", None, None, "BD2021100BBBBBB")))
    assert other["verdict"].tolist() == [UNSURE]
    broken = linked(known, rows(("Jamuna Knit Ltd", "Dhaka", None, None, "BD20")))
    assert broken["verdict"].tolist() == [CERTAIN]


def test_countries_keep_factories_apart() -> None:
    arriving = rows(("Karim Fashions Ltd", None)).assign(country="VN")
    assert linked(KNOWN, arriving)["verdict"].tolist() == [NEW]


@pytest.mark.parametrize(
    ("known", "arriving"),
    [
        (KNOWN.head(0), rows(("Karim", None))),
        (KNOWN, KNOWN.head(0)),
        (KNOWN, pd.DataFrame({"name": ["", None, "Ltd.", "###", "\x00"]})),
        (pd.DataFrame({"name": ["Karim"]}), pd.DataFrame({"address": ["12 Mirpur Road"]})),
    ],
)
def test_odd_lists_are_no_accident(known: pd.DataFrame, arriving: pd.DataFrame) -> None:
    found = linked(known, arriving)
    assert len(found) == len(arriving)
    assert not (found["verdict"] == CERTAIN).any()
    assert all(found["why"])


def test_the_order_of_the_rows_changes_nothing() -> None:
    arriving = rows(*((name.upper(), address) for name, address, *_ in (*BASE, *FILLING[:40])))
    straight = linked(KNOWN, arriving).set_index("arriving")["known"]
    turned = linked(KNOWN, arriving.iloc[::-1]).set_index("arriving")["known"]
    assert straight.sort_index().tolist() == turned.sort_index().tolist()


@pytest.fixture(scope="module")
def registry(shared_data: Path) -> pd.DataFrame:
    """The members of the association of 2011: 3,932 factories."""
    found = pd.read_csv(shared_data / "bgmea-factories-2011" / "bgmea_2011.csv", dtype="str", keep_default_na=False)
    return pd.DataFrame(
        {
            "name": found["name"],
            "address": found["fac_ad"],
            "latitude": found["Latitude"].astype(float),
            "longitude": found["Longitude"].astype(float),
            "headcount": pd.to_numeric(found["employees"].replace("NA", "0")),
        }
    )


def measured(whole: pd.DataFrame, noise: Noise, seed: int) -> tuple[float, float]:
    """Precision and recall of what is certain."""
    first, second, truth = two_versions(whole, noise, seed)
    began = time.perf_counter()
    found = linked(first, second)
    assert time.perf_counter() - began < 60
    certain = [(known, true) for known, verdict, true in zip(found["known"], found["verdict"], truth, strict=True)
               if verdict == CERTAIN]  # fmt: skip
    right = sum(true is not None and known == true for known, true in certain)
    return right / len(certain), right / sum(true is not None for true in truth)


@pytest.mark.parametrize("character", CHARACTERS)
def test_four_thousand_factories_are_linked(registry: pd.DataFrame, character: str) -> None:
    """Certain means at least 99 of 100, and at least 80 of 100 are found. The heavy ones are hardest to find."""
    precision, recall = measured(registry, CHARACTERS[character], seed=2026)
    assert precision >= 0.99, (precision, recall)
    assert recall >= (0.77 if character == "heavy" else 0.80), (precision, recall)


def test_a_list_linked_with_itself_is_itself(registry: pd.DataFrame) -> None:
    found = linked(registry, registry)
    certain = found[found["verdict"] == CERTAIN]
    assert len(certain) > 0.97 * len(registry)
    assert (certain["known"] == certain["arriving"]).mean() > 0.999
