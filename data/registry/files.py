"""A list of factories as a file has it, with its columns under the names that linking knows."""

import re
from pathlib import Path

import pandas as pd

from data.readers.formats import FileFormat, Unreadable
from data.readers.mapping import Mapping
from data.readers.opening import opened_table
from data.readers.sources import field_values
from data.registry.countries import country_code

USUAL = {
    "name": ("name", "factory name", "facility name", "facility", "factory", "supplier name", "company name",
             "company", "site name", "manufacturer", "supplier"),
    "address": ("address", "factory address", "facility address", "full address", "fac ad", "addr", "street",
                "street address", "location"),
    "country": ("country", "country name", "country code", "country region", "nation"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lng", "lon", "long", "x"),
    "os_id": ("os id", "oar id", "os hub id", "osh id", "open supply hub id"),
    "sector": ("sector", "factory type", "facility type"),
    "headcount": ("headcount", "head count", "employees", "workers", "total workers", "number of workers",
                  "number of employees"),
}  # fmt: skip
"""What columns are usually called; the first that is there is taken."""
PARTS = ("city", "town", "district", "upazila", "state", "province", "postal code", "zip")
"""Columns that belong to an address where they stand beside it."""


def factory_list(path: Path, mapping: Mapping | None = None) -> pd.DataFrame:
    """The rows of a file with the columns of `lists.COLUMNS` that it has, and `row`, the line of each.

    Columns are found by their usual names; what a mapping names goes before. Raises Unreadable.
    """
    table = opened_table(path, mapping.file if mapping else FileFormat())
    header = table.header()
    pieces = [
        pd.DataFrame(dict(zip(header, batch.columns, strict=True)), dtype="str").assign(row=batch.lines)
        for batch in table.batches()
    ]
    if not pieces:
        raise Unreadable(f"{path.name} has no rows under its header.")
    sheet = pd.concat(pieces, ignore_index=True)
    found = usual_columns(sheet.drop(columns="row"))
    if mapping is not None:
        found = found.assign(**mapped_columns(sheet, mapping, path))
    if "name" not in found:
        raise Unreadable(
            f"{path.name} has no column of names: it has {', '.join(filter(None, header))}. "
            "Call one of them name, or say in a mapping which it is."
        )
    if "country" in found:
        codes = country_code(found["country"])
        found["country"] = codes.where(codes.notna(), found["country"])
    return found.assign(row=sheet["row"])


def usual_columns(sheet: pd.DataFrame) -> pd.DataFrame:
    """The columns that are found by their usual names, an address with the columns that continue it."""
    there = {plain(str(name)): str(name) for name in reversed(sheet.columns)}
    columns = {}
    for field, names in USUAL.items():
        if found := next((there[name] for name in names if name in there), None):
            columns[field] = emptied(sheet[found])
    if parts := [there[name] for name in PARTS if name in there]:
        start = [columns["address"]] if "address" in columns else []
        rows = pd.concat([*start, *(emptied(sheet[name]) for name in parts)], axis=1).fillna("").to_numpy().tolist()
        joined = [", ".join(str(part) for part in row if part) for row in rows]
        columns["address"] = pd.Series(joined, index=sheet.index, dtype="str").replace("", None)
    return pd.DataFrame(columns, index=sheet.index)


def mapped_columns(sheet: pd.DataFrame, mapping: Mapping, path: Path) -> dict[str, "pd.Series[str]"]:
    """The columns that a mapping of factories names. Raises Unreadable: another kind of mapping, a missing column."""
    if mapping.kind != "factories":
        raise Unreadable(f"The mapping {mapping.name} reads {mapping.kind}, not factories.")
    wanted = {name: source for name, source in mapping.fields.items() if name in USUAL}
    missing = [c for source in wanted.values() for c in source.read_columns if c not in sheet and not source.optional]
    if missing:
        raise Unreadable(f"{path.name} has no column {', '.join(missing)}, which the mapping {mapping.name} names.")
    return {name: field_values(sheet, source) for name, source in wanted.items()}


def plain(name: str) -> str:
    """A column's name in small letters with blanks between its words."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def emptied(values: "pd.Series[str]") -> "pd.Series[str]":
    """The values without outer blanks; empty ones are missing."""
    return values.astype("str").str.strip().replace("", None)
