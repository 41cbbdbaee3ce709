"""Countries as people write them become codes, and what may mean two of them stays unknown."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from data.codebook.countries import country_names
from data.registry.countries import country_code, spellings

WRITTEN = {
    "BD": ["Bangladesh", "BANGLADESH", " bangladesh. ", "bd", "BGD", "050", "50", "50.0", "বাংলাদেশ", "孟加拉国"],
    "VN": ["Viet Nam", "Vietnam", "VIETNAM", "Việt Nam", "Viet-Nam"],
    "US": ["US", "USA", "U.S.A.", "United States", "United States of America", "États-Unis", "Estados Unidos"],
    "CI": ["Côte d'Ivoire", "COTE D IVOIRE", "Cote d’Ivoire", "Ivory Coast"],
    "KR": ["Korea, Republic of", "Korea (the Republic of)", "South Korea", "Republic of Korea"],
    "TR": ["Türkiye", "Turkey", "TURKIYE", "Turquía"],
    "SK": ["Slovak Republic", "Slovakia"],
    "BS": ["Bahamas, The", "The Bahamas"],
    "NA": ["NA", "na", "Namibia", "NAM"],
    "HK": ["Hong Kong SAR, China", "Hongkong"],
    "TW": ["Taiwan", "Taiwan (Province of China)"],
    "MK": ["Macedonia, the former Yugoslav Republic of", "North Macedonia"],
    "BA": ["Bosnia & Herzegovina", "Bosnia and Herzegovina"],
    "GB": ["UK", "England", "United Kingdom"],
    "KH": ["កម្ពុជា", "Cambodia"],
    "LA": ["Lao People's Democratic Republic", "Laos"],
    "XK": ["Kosovo", "XK"],
    "NE": ["Niger"], "NG": ["Nigeria"], "GN": ["Guinea"], "GW": ["Guinea-Bissau"], "DM": ["Dominica"],
    "DO": ["Dominican Republic"], "IN": ["Republic of India", "भारत"], "IT": ["İtalya", "ITALIA"],
}  # fmt: skip


@pytest.mark.parametrize("code", WRITTEN)
def test_a_country_is_known_in_every_way_it_is_written(code: str) -> None:
    found = country_code(pd.Series(WRITTEN[code]))
    assert found.tolist() == [code] * len(WRITTEN[code])


def test_what_is_not_known_stays_unknown() -> None:
    odd = ["Korea", "Bangaldesh", "", "Dhaka", "ZZ", "999", "x" * 500, "-", "None", "nan"]
    assert country_code(pd.Series(odd)).isna().all()
    assert country_code(pd.Series([None, "Peru", None], index=[7, 8, 9])).to_dict()[8] == "PE"


def test_an_empty_column_stays_empty() -> None:
    assert country_code(pd.Series([None, None], dtype="object")).isna().all()
    assert country_code(pd.Series([], dtype="str")).empty


def test_no_spelling_is_of_a_country_that_is_not() -> None:
    assert set(spellings().values()) <= {*country_names(), "XK"}
    assert set(country_names()) <= set(spellings().values())


def test_every_list_of_open_supply_hub_is_read(shared_data: Path) -> None:
    for path in sorted((shared_data / "osh-facility-lists").glob("*.csv")):
        rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding_errors="replace")
        assert country_code(rows["country"]).notna().all(), path.name


def test_every_name_of_the_public_table_of_codes_is_read(shared_data: Path) -> None:
    with (shared_data / "country-codes" / "country-codes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column in ("official_name_en", "UNTERM English Short", "CLDR display name", "ISO3166-1-Alpha-3"):
        written = pd.DataFrame([(row[column], row["ISO3166-1-Alpha-2"]) for row in rows if row[column].strip()])
        found = country_code(written[0])
        assert (found == written[1]).all(), written[found != written[1]]


@pytest.mark.parametrize("language", ["fr", "es", "ru", "ar", "cn"])
def test_most_names_in_other_languages_are_read_and_none_is_read_wrongly(shared_data: Path, language: str) -> None:
    with (shared_data / "country-codes" / "country-codes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    written = pd.DataFrame([(row[f"official_name_{language}"], row["ISO3166-1-Alpha-2"]) for row in rows])
    written = written[written[0].str.strip() != ""]
    found = country_code(written[0])
    assert (found.isna() | (found == written[1])).all(), written[found.notna() & (found != written[1])]
    assert found.notna().mean() > 0.7
