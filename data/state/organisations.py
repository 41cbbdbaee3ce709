"""Organisations: owners and buyers of the data, NGOs, and the operator."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update

from data.state.models import OrganisationRow
from data.state.records import CONTRADICTION, Key, Outcome, Row, columns_of, complete, known_rows
from data.state.store import Change, Look


class Kind(StrEnum):
    """What an organisation is. It has the same names as the roles of its people."""

    OWNER = "owner"
    BUYER = "buyer"
    NGO = "ngo"
    OPERATOR = "operator"


def record_organisations(change: Change, rows: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """One outcome for each row of `kind, external_id, name, home_country`.

    A name or country that was not known yet is filled in (accepted), and an empty one contradicts nothing
    (already present); another name or country than the known one is rejected.
    """
    columns = columns_of(OrganisationRow)
    full = [complete(row, columns) for row in rows]
    for row in full:
        row["kind"] = str(Kind(row["kind"]))
    known = known_rows(change, OrganisationRow, ("external_id", "kind"), {row["external_id"] for row in full})
    outcomes: list[Outcome] = []
    new: dict[Key, Row] = {}
    filled: dict[Key, Row] = {}
    for row in full:
        identity = (row["external_id"], row["kind"])
        there = known.get(identity)
        if there is None:
            known[identity] = new[identity] = row
            outcomes.append("accepted")
            continue
        gaps = {name: value for name, value in row.items() if value is not None and there[name] is None}
        if any(value is not None and there[name] not in (None, value) for name, value in row.items()):
            outcomes.append(CONTRADICTION)
        elif gaps:
            there.update(gaps)
            if identity not in new:
                filled[identity] = there
            outcomes.append("accepted")
        else:
            outcomes.append("already_present")
    write(change, list(new.values()), list(filled.values()))
    return outcomes


def write(change: Change, new: list[Row], filled: list[Row]) -> None:
    """Adds the new organisations and completes the known ones."""
    if new:
        change.connection.execute(insert(OrganisationRow), new)
    for row in filled:
        change.connection.execute(
            update(OrganisationRow)
            .where(OrganisationRow.kind == row["kind"], OrganisationRow.external_id == row["external_id"])
            .values(name=row["name"], home_country=row["home_country"])
        )


def organisation_id(look: Look, kind: str, external_id: str) -> int | None:
    """The number of an organisation, or None when there is none of that kind and identifier."""
    query = select(OrganisationRow.id).where(OrganisationRow.kind == kind, OrganisationRow.external_id == external_id)
    return look.connection.execute(query).scalar_one_or_none()


def names_of(look: Look, numbers: Collection[int]) -> dict[int, str]:
    """The names of organisations by number; the identifier where no name is known."""
    query = select(OrganisationRow.id, func.coalesce(OrganisationRow.name, OrganisationRow.external_id))
    return {row[0]: row[1] for row in look.connection.execute(query.where(OrganisationRow.id.in_(numbers)))}


@dataclass(frozen=True)
class Organisation:
    """One organisation: what it is, how the data names it, and what people call it."""

    kind: str
    external_id: str
    name: str | None


def organisations(look: Look) -> list[Organisation]:
    """Every organisation, in the order in which they became known."""
    query = select(OrganisationRow.kind, OrganisationRow.external_id, OrganisationRow.name).order_by(OrganisationRow.id)
    return [Organisation(*row) for row in look.connection.execute(query)]
