"""What programs are told: the shapes of all answers, from which the OpenAPI document is made too."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from data.state.imports import Stage
from scoring.pushes import FILES, Push

KIND_OF = {kind: name for name, kind in FILES.items()}


class Told(BaseModel):
    """What all answers share: nothing beyond what is named here is sent."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class FileCount(Told):
    """The rows of the file: accepted, rejected, and already present."""

    accepted: int
    rejected: int
    already_present: int


class Reason(Told):
    """Why rows were left out: how many for this reason, and the first lines. The header is line 1."""

    reason: str
    count: int
    lines: list[int]


class Finding(Told):
    """What a person should look at before the file is loaded."""

    kind: str
    about: str
    sentence: str
    serious: bool


class Status(Told):
    """A push as it stands. Before the check, and where nothing was found, counts are null and lists empty."""

    import_: str = Field(alias="import", description="The name of this import.")
    kind: str = Field(description="What was sent: answers, orders or actions.")
    stage: Stage = Field(
        description="checking, then loading, then loaded. checked: it waits for your yes or no. waiting: it waits for "
        "the operator. failed, refused, cancelled, undone: it is not loaded, and `said` says why."
    )
    said: str = Field(description="One sentence for people; often empty.")
    status_url: str
    left_out_url: str | None = Field(description="The rows that were left out, as CSV to be mended and sent again.")
    created_at: datetime
    changed_at: datetime
    counts: FileCount | None
    reasons: list[Reason]
    findings: list[Finding]
    warnings: list[str]


class Receipt(Told):
    """What a push is answered: it is kept, and being checked."""

    import_: str = Field(alias="import", description="The name of this import.")
    stage: Stage
    status_url: str


class ProblemDetails(Told):
    """RFC 9457 problem details. `detail` is one plain sentence; line, column and row say where, if it is known."""

    type: str
    title: str
    status: int
    detail: str
    line: int | None = None
    column: int | None = None
    row: int | None = None
    reference: str | None = None


def address_of(push: Push) -> str:
    """Where a push is told of."""
    return f"/api/v1/imports/{push.one.public_id}"


def receipt_of(push: Push) -> dict[str, object]:
    """A push as it was received."""
    values = {"import": push.one.public_id, "stage": push.one.stage, "status_url": address_of(push)}
    return Receipt.model_validate(values).model_dump(mode="json", by_alias=True)


def status_of(push: Push) -> dict[str, object]:
    """A push as it stands."""
    one, report = push.one, push.report or {}
    files = report.get("files", [])
    counts = {name: sum(int(file[name]) for file in files) for name in FileCount.model_fields} if files else None
    values = {
        "import": one.public_id, "kind": KIND_OF[one.kind or ""], "stage": one.stage, "said": push.said,
        "status_url": address_of(push), "created_at": one.created_at, "changed_at": one.changed_at, "counts": counts,
        "left_out_url": f"{address_of(push)}/left-out.csv" if report.get("left_out") else None,
        **{name: report.get(name, []) for name in ("reasons", "findings", "warnings")},
    }  # fmt: skip
    return Status.model_validate(values).model_dump(mode="json", by_alias=True)
