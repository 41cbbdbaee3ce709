"""Coordinates that cannot be right are named with the reason, and good ones near a border or coast are left alone."""

from pathlib import Path

import pandas as pd
import pytest

from data.registry.coordinates import flagged_coordinates, outside_country
from data.registry.countries import country_code

RIGHT = [
    ("BD", 23.81, 90.41), ("BD", 20.63, 92.32), ("VN", 21.03, 105.85), ("VN", 10.78, 106.70), ("TH", 13.75, 100.50),
    ("TH", 17.41, 104.78), ("LA", 17.97, 102.63), ("US", 21.30, -157.80), ("NA", -22.56, 17.08),
    ("FJ", -16.90, -179.99),    ("XK", 42.66, 21.16), ("CN", 22.28, 114.16), ("MV", 4.17, 73.51),
    ("IN", 34.08, 74.79), ("PK", 34.08, 74.79),
    ("SG", 1.35, 103.82), ("GB", 51.51, -0.13), ("BD", None, None), (None, 23.0, 90.0), ("QQ", 23.0, 90.0),
]  # fmt: skip
WRONG = [
    (("BD", 90.4, 23.7), "swapped"), (("BD", 0, 0), "no place"), (("BD", 23.7, -90.4), "minus sign"),
    (("BD", -23.7, 90.4), "minus sign"), (("BD", 236.9, 90.0), "no place on Earth"),
    (("BD", 28.54, 77.40), "in India"),    (("BD", 19.0, 90.0), "at sea"), (("BD", 23.7, None), "only the latitude"),
    (("BD", None, 90.0), "only the longitude"),
    (("TH", 21.03, 105.85), "in Vietnam"), (("VN", 13.75, 100.50), "in Thailand"), (("PK", 28.6, 77.2), "in India"),
    (("IN", 31.55, 74.34), "in Pakistan"), (("QQ", 95.0, 200.0), "no place on Earth"), (("BD", 1e400, 1), "on Earth"),
]  # fmt: skip


def frame(rows: list[tuple[object, object, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["country", "latitude", "longitude"], index=range(5, 5 + len(rows)))


def test_good_coordinates_have_no_reason() -> None:
    found = flagged_coordinates(frame(RIGHT))
    assert found["reason"].isna().all(), found[found["reason"].notna()]
    assert not outside_country(frame(RIGHT)).any()


@pytest.mark.parametrize(("row", "words"), WRONG)
def test_wrong_coordinates_say_why(row: tuple[object, object, object], words: str) -> None:
    [reason] = flagged_coordinates(frame([row]))["reason"]
    assert words in reason


def test_the_frame_keeps_its_rows_and_columns() -> None:
    rows = frame([("BD", 23.8, 90.4), ("BD", 0, 0), ("BD", 23.8, 90.4)]).assign(name=["a", "b", "c"])
    found = flagged_coordinates(rows)
    assert found.drop(columns="reason").equals(rows)
    assert found["reason"].isna().tolist() == [True, False, True]
    assert flagged_coordinates(rows.head(0)).empty


def test_text_is_read_as_numbers() -> None:
    found = flagged_coordinates(frame([("BD", "23.8", "90.4"), ("BD", "28.54", "77.40"), ("BD", "north", "90")]))
    assert found["reason"].isna().tolist() == [True, False, False]


def test_the_registry_of_bangladesh_has_23_points_outside(shared_data: Path) -> None:
    """22 lie far out, beyond any box round the country; one more lies in Kolkata, inside such a box."""
    rows = pd.read_csv(shared_data / "bgmea-factories-2011" / "bgmea_2011.csv")
    points = pd.DataFrame({"country": "BD", "latitude": rows["Latitude"], "longitude": rows["Longitude"]})
    outside = outside_country(points)
    boxed = ~points["latitude"].between(20.5, 26.7) | ~points["longitude"].between(88.0, 92.7)
    assert boxed.sum() == 22
    assert outside[boxed].all()
    assert rows["name"][outside & ~boxed].tolist() == ["farmin fashion design ltd."]


def test_no_point_of_the_published_lists_is_called_wrong(shared_data: Path) -> None:
    for path in sorted((shared_data / "osh-facility-lists").glob("geocoded_*.csv")):
        rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding_errors="replace")
        points = pd.DataFrame(
            {"country": country_code(rows["country"]), "latitude": rows["lat"], "longitude": rows["lng"]}
        )
        assert not outside_country(points).any(), path.name
