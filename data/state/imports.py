"""Files on their way in: one row each, whose stage changes only from where it is expected to stand.

A change of stage is one guarded UPDATE. So eight clicks at once make one, and a job that was cancelled is not loaded.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.state.import_models import ImportRow
from data.state.models import OrganisationRow, UserRow
from data.state.store import Change, Look


class Stage(StrEnum):
    """Where an import stands. What is checking, loading or undoing waits for the ingester, or is in its hands."""

    DRAFT = "draft"
    CHECKING = "checking"
    CHECKED = "checked"
    WAITING = "waiting"
    LOADING = "loading"
    LOADED = "loaded"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


AT_WORK = (Stage.CHECKING, Stage.LOADING, Stage.UNDOING)
OVER = (Stage.LOADED, Stage.REFUSED, Stage.CANCELLED, Stage.UNDONE)
"""Nothing more happens by itself; a failed one may be tried again."""
EDITED = (Stage.DRAFT, Stage.CHECKED, Stage.FAILED)
"""How it is read may be changed; what was checked must be checked again then."""


@dataclass(frozen=True)
class Import:
    """One import as it stands, and whose it is: kind, identifier and name of the organisation, and who brought it."""

    public_id: str
    organisation_id: int
    organisation_kind: str
    organisation: str
    organisation_name: str | None
    user_id: int | None
    email: str | None
    token_id: int | None
    name: str
    size: int
    kind: str | None
    source: str
    mapping: str | None
    wanted: dict[str, Any]
    stage: Stage
    done: int | None
    total: int | None
    said: str
    report: dict[str, Any] | None
    load: int | None
    begun_at: datetime | None
    created_at: datetime
    changed_at: datetime
    body_hash: str


@dataclass(frozen=True)
class Arrival:
    """A new import: whose, what, and how it came. With `token_id` and `idempotency` the same comes but once."""

    organisation_id: int
    name: str
    size: int
    body_hash: str
    user_id: int | None = None
    token_id: int | None = None
    kind: str | None = None
    source: str = ""
    mapping: str | None = None
    wanted: dict[str, Any] = field(default_factory=dict)
    stage: Stage = Stage.DRAFT
    idempotency: str | None = None


class AlreadyThere(Exception):
    """The same token sent something under this idempotency key before. `public_id` names that import."""

    def __init__(self, public_id: str, body_hash: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id
        self.body_hash = body_hash


COLUMNS = (
    "public_id", "organisation_id", "user_id", "token_id", "name", "size", "kind", "source", "mapping", "wanted",
    "stage", "done", "total", "said", "report", "load", "begun_at", "created_at", "changed_at", "body_hash",
)  # fmt: skip
FOUND = (
    select(
        *(ImportRow.__table__.c[name] for name in COLUMNS),
        OrganisationRow.kind.label("organisation_kind"),
        OrganisationRow.external_id.label("organisation"),
        OrganisationRow.name.label("organisation_name"),
        UserRow.email,
    )
    .join(OrganisationRow, OrganisationRow.id == ImportRow.organisation_id)
    .outerjoin(UserRow, UserRow.id == ImportRow.user_id)
)


def new_public_id() -> str:
    """A name for an import that nobody guesses: 128 random bits."""
    return secrets.token_hex(16)


def add_import(change: Change, arrival: Arrival, public_id: str, now: datetime | None = None) -> None:
    """Nothing; the import is on the list. Raises AlreadyThere."""
    moment = now or datetime.now(UTC)
    values = vars(arrival) | {
        "public_id": public_id, "stage": str(arrival.stage), "said": "", "created_at": moment, "changed_at": moment,
    }  # fmt: skip
    before = known(change, arrival.token_id, arrival.idempotency)
    if before is not None:
        raise before
    try:
        with change.connection.begin_nested():  # PostgreSQL answers nothing more in a transaction that failed
            change.connection.execute(insert(ImportRow), values)
    except IntegrityError as problem:
        before = known(change, arrival.token_id, arrival.idempotency)
        raise before or problem from problem


def known(look: Look, token_id: int | None, idempotency: str | None) -> AlreadyThere | None:
    """What a token sent before under this key, as the exception that says so; None when nothing."""
    if token_id is None or idempotency is None:
        return None
    query = select(ImportRow.public_id, ImportRow.body_hash)
    row = look.connection.execute(
        query.where(ImportRow.token_id == token_id, ImportRow.idempotency == idempotency)
    ).one_or_none()
    return None if row is None else AlreadyThere(*row)


def import_named(look: Look, public_id: str) -> Import | None:
    """The import of that public id; None where there is none."""
    row = look.connection.execute(FOUND.where(ImportRow.public_id == public_id)).mappings().one_or_none()
    return None if row is None else told(dict(row))


def imports_of(look: Look, organisation_id: int | None, limit: int = 200) -> list[Import]:
    """The newest imports of an organisation, or of all for None, newest first."""
    query = FOUND.order_by(ImportRow.created_at.desc(), ImportRow.public_id).limit(limit)
    if organisation_id is not None:
        query = query.where(ImportRow.organisation_id == organisation_id)
    return [told(dict(row)) for row in look.connection.execute(query).mappings()]


def imports_at(look: Look, stages: Collection[Stage], before: datetime | None = None) -> list[Import]:
    """The imports at these stages, those that came to it first in front; with `before` only those long there."""
    query = FOUND.where(ImportRow.stage.in_([str(stage) for stage in stages]))
    if before is not None:
        query = query.where(ImportRow.changed_at < before)
    rows = look.connection.execute(query.order_by(ImportRow.changed_at, ImportRow.public_id)).mappings()
    return [told(dict(row)) for row in rows]


def imports_begun(look: Look, stage: Stage) -> list[Import]:
    """The imports at that stage that were at work when they came to it."""
    rows = look.connection.execute(FOUND.where(ImportRow.stage == str(stage), ImportRow.begun_at.is_not(None)))
    return [told(dict(row)) for row in rows.mappings()]


def waiting_count(look: Look) -> int:
    """How many imports wait for the operator's yes."""
    query = select(func.count()).select_from(ImportRow).where(ImportRow.stage == str(Stage.WAITING))
    return int(look.connection.execute(query).scalar_one())


def claimed_loads(look: Look) -> set[int]:
    """The numbers of the loads that imports say they made."""
    query = select(ImportRow.load).where(ImportRow.load.is_not(None))
    return {int(number) for number in look.connection.execute(query).scalars() if number is not None}


def told(row: dict[str, Any]) -> Import:
    """A row as the plain value that leaves this package."""
    return Import(**{**row, "stage": Stage(row["stage"])})


def moved(
    change: Change,
    public_id: str,
    before: Iterable[Stage],
    after: Stage,
    now: datetime | None = None,
    *,
    seen: Import | None = None,
    **values: Any,
) -> bool:
    """True when this moved the import from one of those stages; False when it stood elsewhere, and nothing changed.

    `values` are set in the same stroke. With `seen`, what was looked at before must still be what it is: its kind and
    how it is read.
    """
    where = [ImportRow.public_id == public_id, ImportRow.stage.in_([str(stage) for stage in before])]
    if seen is not None:
        where += [ImportRow.kind.is_not_distinct_from(seen.kind), ImportRow.mapping.is_not_distinct_from(seen.mapping)]
    done = change.connection.execute(
        update(ImportRow).where(*where).values(stage=str(after), changed_at=now or datetime.now(UTC), **values)
    )
    return done.rowcount == 1


def noted(change: Change, public_id: str, stage: Stage, **values: Any) -> bool:
    """True when the import still stands at that stage; `values` are set, the time of its last move is not."""
    done = change.connection.execute(
        update(ImportRow).where(ImportRow.public_id == public_id, ImportRow.stage == str(stage)).values(**values)
    )
    return done.rowcount == 1


def load_undone(change: Change, load: int, said: str) -> None:
    """Nothing; the import that made this load, if one did, knows that it was taken out again."""
    change.connection.execute(
        update(ImportRow)
        .where(ImportRow.load == load, ImportRow.stage.in_([str(Stage.LOADED), str(Stage.UNDOING)]))
        .values(stage=str(Stage.UNDONE), said=said, changed_at=datetime.now(UTC))
    )
