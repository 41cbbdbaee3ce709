"""The fields of a form: which column holds each, how its days and numbers are written, and what no column holds."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.imports.sight import Sight
from data.readers.kinds import KINDS
from data.readers.suggestion import DATES, fitting_dates
from data.registry.countries import country_code
from scoring.import_parts import FIELD, OPEN, SEGMENT, Posted, slug, table

WAYS = DATES
"""How days may be written, as strptime has it; the first is the usual way."""
ISO = "iso"
"""The choice that days are written as 2026-12-31."""
CONSTANTS: Mapping[str, tuple[str, ...]] = {
    "answers": ("factory_id", "date", "channel"),
    "factories": ("country", "sector", "owner_id", "timezone"),
    "headcount": ("factory_id",),
    "buyers": ("home_country",),
    "relations": ("factory_id", "buyer_id", "since"),
    "orders": ("factory_id", "buyer_id", "status"),
    "buyer_actions": ("factory_id", "buyer_id", "kind", "date"),
    "measures": ("factory_id", "measure", "unit"),
}
"""What may be the same in every row of a file, and then often stands in no column."""
COUNTRIES = ("country", "home_country")
NUMBERS = (
    "headcount", "latitude", "longitude", "quantity", "value_usd", "unit_price", "magnitude", "share_of_capacity",
)  # fmt: skip
DECLARED = ("name", "country", "sector", "owner_id")
"""What the form says of factories that a file only names."""
NEEDED = ("name", "country", "sector")
MADE_OF = ("country", "name", "address")
IN_COLUMN, MADE, LOOKED_UP = "column", "made", "link"
MIXED = "mixed"
"""The choice that numbers stay as they are told, in more ways than one."""
SAME = "same"
"""The choice that something is the same for every factory of the file."""
LONGEST = 200


def is_day(name: str) -> bool:
    """True for a field that holds days."""
    return name in ("date", "since", "until") or name.endswith("_date")


def set_fields(made: dict[str, Any], roles: Mapping[str, str], posted: Posted, sight: Sight) -> None:
    """Nothing; fields and further groups come from the columns that were chosen for them, or are constants."""
    before = table(made, "fields")
    fields = {n: dict(source) for n, source in before.items() if "constant" in source or "columns" in source}
    chosen: dict[str, list[str]] = {}
    for column, role in roles.items():
        if role.startswith(FIELD):
            chosen.setdefault(role.removeprefix(FIELD), []).append(column)
    for name, columns in chosen.items():
        fields[name] = source_of(name, columns, before.get(name, {}), sight)
    if "address" not in chosen and "columns" in fields.get("address", {}):
        fields.pop("address")
    for name in CONSTANTS[made["as"]]:
        if name not in chosen and posted.has(f"constant-{name}"):
            said = posted.text(f"constant-{name}")[:LONGEST]
            fields.pop(name, None)
            if said not in ("", OPEN):
                fields[name] = {"constant": meant_by(name, said)}
    for name, source in fields.items():
        set_writing(name, source, posted)
    made["fields"] = fields
    set_identity(made, posted, anew=any(before.get(name) != fields.get(name) for name in MADE_OF))
    known = {s.get("column"): (n, s) for n, s in table(made, "segments").items()}
    groups = [column for column, role in roles.items() if role == SEGMENT]
    made["segments"] = dict(known.get(column) or (slug(column), {"column": column}) for column in groups)


def source_of(name: str, columns: list[str], known: Mapping[str, Any], sight: Sight) -> dict[str, Any]:
    """Where a field comes from: as it was while its columns are the same, else as its first values look."""
    if columns == [known.get("column")] or sorted(columns) == sorted(known.get("columns", [])):
        return dict(known)
    if len(columns) > 1:
        return {"columns": columns}
    source: dict[str, Any] = {"column": columns[0]} | reading(name)
    if is_day(name):
        place = sight.header.index(columns[0])
        written = list(dict.fromkeys(row[place].strip() for row in sight.rows if row[place].strip()))
        forms = fitting_dates(written)
        if written and forms != [DATES[0]]:
            source["format"] = forms[0] if len(forms) == 1 else ""
    return source


def meant_by(name: str, said: str) -> str:
    """What is the same in every row as files have it: a country by its two letters, where its name was typed."""
    if name not in COUNTRIES:
        return said
    code = country_code(pd.Series([said], dtype="str")).iloc[0]
    return code if isinstance(code, str) else said


def reading(name: str) -> dict[str, str]:
    """How a field is read whose column was just chosen: countries may be written by name."""
    return {"reads": "country"} if name in COUNTRIES else {}


def set_writing(name: str, source: dict[str, Any], posted: Posted) -> None:
    """Nothing; days and numbers of a field are written as the form says."""
    if is_day(name) and posted.has(f"{name}-format") and "column" in source:
        said = posted.text(f"{name}-format")
        forms = [one.strip() for one in said.split("|") if one.strip()]
        source.pop("format", None)
        if said != ISO:
            source["format"] = "" if said in ("", OPEN) else forms[0] if len(forms) == 1 else forms
    if name == "date" and posted.has("date-zone"):
        source.pop("zone", None)
        if posted.text("date-zone"):
            source["zone"] = posted.text("date-zone")
    if name in NUMBERS and posted.text("decimal", MIXED) != MIXED and "column" in source:
        source.pop("decimal", None)
        if posted.text("decimal") in (".", ","):
            source["decimal"] = posted.text("decimal")


def set_identity(made: dict[str, Any], posted: Posted, *, anew: bool) -> None:
    """Nothing; a list of factories has its identifiers in a column, made of what it tells, or from those here."""
    said = posted.text("identity")
    if made["as"] != "factories" or said not in (IN_COLUMN, MADE, LOOKED_UP):
        return
    fields = table(made, "fields")
    link = made.pop("link", None)
    there = fields.get("factory_id", {})
    if "column" in there or (said == MADE and "made" in there and not anew):
        return  # other columns would make other identifiers of the same factories
    fields.pop("factory_id", None)
    if said == LOOKED_UP:
        made["link"] = link or {"list": slug(str(made["name"])) or "list"}
    parts = [fields[name] for name in MADE_OF if name in fields]
    columns = [column for source in parts for column in (source.get("columns") or [source.get("column")]) if column]
    if said == MADE and columns:
        fields["factory_id"] = {"columns": columns, "made": "key"}


def identity_of(said: Mapping[str, Any]) -> str:
    """Where the identifiers of a list of factories come from."""
    return LOOKED_UP if "link" in said else MADE if "made" in table(said, "fields").get("factory_id", {}) else IN_COLUMN


def set_declared(made: dict[str, Any], posted: Posted, sight: Sight) -> None:
    """Nothing; factories that the file names are made known with what the form says of them, or they must be here."""
    if not posted.has("declares"):
        return
    before = table(made, "factories")
    made.pop("factories", None)
    if posted.text("declares") != "yes" or made["as"] not in DECLARING:
        return
    found = {name: source for name, source in before.items() if name not in DECLARED}
    for name in DECLARED:
        choice = posted.text(f"declared-{name}", OPEN)
        if choice == SAME and (text := posted.text(f"declared-{name}-text")[:LONGEST]):
            found[name] = {"constant": meant_by(name, text)}
        elif choice.startswith("c") and choice[1:].isdecimal() and int(choice[1:]) < len(sight.header):
            column = sight.header[int(choice[1:])]
            known = before.get(name, {})
            found[name] = dict(known) if known.get("column") == column else {"column": column} | reading(name)
    site = table(made, "fields").get("factory_id", {})
    if "name" not in found and (site.get("column") or site.get("constant")):
        found["name"] = {key: site[key] for key in ("column", "constant") if key in site}
    made["factories"] = found


DECLARING = ("answers", "headcount", "orders", "buyer_actions", "measures", "relations")
"""Kinds of files whose rows name factories."""


def said_twice(kind: str, roles: Mapping[str, str]) -> tuple[str, list[str]] | None:
    """A field for which several columns were chosen, with them; addresses may have several, which are joined."""
    for name in (*KINDS[kind].columns, "question", "value"):
        columns = [column for column, role in roles.items() if role == f"{FIELD}{name}"]
        if len(columns) > 1 and name != "address":
            return name, columns
    return None


def undecided(said: Mapping[str, Any]) -> str:
    """What is chosen but not wholly said yet, as a sentence; empty where nothing is."""
    for source in table(said, "fields").values():
        if source.get("format") == "":
            return f"Say how the days in {source.get('column', '')!r} are written."
    declared = table(said, "factories")
    if declared and any(name not in declared for name in NEEDED):
        return "Say the name, the country and the sector of the factories that are made known."
    return ""
