"""The plain results that the import pages draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.roles import Role
from data.imports.sight import Ask, Sight
from data.state.imports import AT_WORK, EDITED, Stage

__all__ = ["AT_WORK", "EDITED", "Ask", "Sight", "Stage"]


@dataclass(frozen=True)
class ImportLine:
    """One import as a line: what, who, when, how far, how many rows."""

    public_id: str
    name: str
    size: int
    kind: str | None
    organisation: str
    who: str | None
    own: bool
    from_owner: bool
    stage: Stage
    said: str
    done: int | None
    total: int | None
    load: int | None
    accepted: int | None
    rejected: int | None
    present: int | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class ImportsView:
    """The list: newest first, how many wait for a yes, and whether this viewer gives it."""

    role: Role
    lines: tuple[ImportLine, ...]
    waiting: int


@dataclass(frozen=True)
class ColumnView:
    """A column of the file: its name, its first values, and what it was said to be."""

    name: str
    samples: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class DayView:
    """A column of days: its field in words, the column, and the format in which they are written."""

    name: str
    words: str
    column: str
    format: str | None
    """None for days as 2026-12-31, empty while nobody said."""


@dataclass(frozen=True)
class ConstantView:
    """A field that no column holds, and what it is in every row; `choices` are what it may be, where that is known."""

    name: str
    words: str
    value: str
    needed: bool
    choices: tuple[tuple[str, str], ...] = ()
    free: bool = True
    """True where something else may be said."""


@dataclass(frozen=True)
class DeclaredView:
    """What is said of factories that are made known: a column, or the same for all."""

    name: str
    words: str
    column: str
    constant: str


@dataclass(frozen=True)
class QuestionView:
    """A question of the mapping: which indicator it is, what its values mean, and which known ones are near."""

    text: str
    indicator: str
    declares: bool
    theme: str
    scale: str
    polarity: int
    values: str
    written: tuple[tuple[str, str], ...]
    """Each value that is written to it, with the answer that it is: a number, "x" where it does not count, or empty."""
    steps: tuple[int, ...]
    """The answers that its scale has."""
    near: tuple[tuple[str, float], ...]
    """Indicators whose wording is near, with how alike it is (0 to 100): proposals, never taken by themselves."""


@dataclass(frozen=True)
class MappingView:
    """How the file is read: the form's contents, the same as text, and what is not right yet."""

    canonical: bool
    kind: str
    shape: str
    name: str
    days: tuple[DayView, ...]
    zone: str | None
    """The time zone of moments; None where no column holds the day."""
    decimal: str | None
    """How numbers are written; None where no column holds any."""
    constants: tuple[ConstantView, ...]
    identity: str
    """Where a list of factories has its identifiers from; empty for other files."""
    declares: bool | None
    """True where factories that the file names are made known; None where that is not this viewer's."""
    declared: tuple[DeclaredView, ...]
    columns: tuple[ColumnView, ...]
    questions: tuple[QuestionView, ...]
    text: str
    problem: str
    hints: tuple[str, ...]
    """What a person must decide, in sentences."""
    fits: tuple[str, ...]
    """Mappings kept from earlier files that fit this one."""


@dataclass(frozen=True)
class ReportView:
    """What a check or a load found: counts of files, reasons, findings, warnings; `left_out` rows can be taken away."""

    files: tuple[dict[str, Any], ...]
    reasons: tuple[dict[str, Any], ...]
    findings: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    left_out: int


@dataclass(frozen=True)
class ImportView:
    """One import: its line, what was seen in the file, how it is read, what the check found, what can be done."""

    role: Role
    line: ImportLine
    sight: Sight | None
    mapping: MappingView | None
    known: tuple[tuple[str, str], ...]
    """Indicators that a question may be, with their wording."""
    kinds: tuple[str, ...]
    report: ReportView | None
    deeds: frozenset[str]
    """What this viewer may do now: edit, check, load, send, refuse, cancel, undo."""
    limited: bool
    """True where the viewer is an owner and the file holds answers."""
