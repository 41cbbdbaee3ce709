"""The plain results that the operator looks at: releases, loads, accounts."""

from dataclasses import dataclass
from datetime import date

from scoring.model import Stamp


@dataclass(frozen=True)
class LoadRecord:
    """One line of the operator's list of loads."""

    at: str
    name: str
    accepted: int
    rejected: int
    already_present: int
    quarantine: str | None


@dataclass(frozen=True)
class ReleaseRecord:
    """One line of the operator's list of releases."""

    release: int
    made_at: str
    through: date
    cells: int
    closed_now: int


@dataclass(frozen=True)
class ServiceView:
    """What the operator looks at: the newest releases and loads, and how many people may sign in."""

    stamp: Stamp | None
    releases: tuple[ReleaseRecord, ...]
    loads: tuple[LoadRecord, ...]
    accounts: int
    organisations: int
