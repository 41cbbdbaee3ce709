"""The English short names of countries by their ISO 3166 alpha-2 code, from the file beside this one."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def country_names() -> Mapping[str, str]:
    """Every country's name by its code. Read as text throughout, so that Namibia's code stays "NA"."""
    text = (files("data.codebook") / "countries.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["code"]: row["name"] for row in csv.DictReader(text.splitlines())})
