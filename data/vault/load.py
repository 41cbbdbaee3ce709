"""Loads a canonical folder or one file: everything is checked first, then kept as a whole or not at all.

Order of keeping: the state store commits, then the vault. Both recognise what they already hold, so a load
that was cut off between the two is finished by running it again; nothing is lost and nothing doubles.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from data.codebook.questions import DEFAULT_CODEBOOK
from data.engine import Engine
from data.home import Home
from data.readers.delimited import Unreadable
from data.readers.kinds import KINDS
from data.readers.quarantine import write_quarantine
from data.readers.staging import Staged, create_table, staged
from data.readers.wide import WideSheet, staged_wide
from data.settings import Settings
from data.state.loads import record_load
from data.state.store import Change, State
from data.vault import dimensions
from data.vault.answers import (
    answers_outcome,
    judge_answers,
    judge_forgotten,
    unknown_channels,
    write_answers,
)
from data.vault.ledger import LedgerRows, checked_ledger, recorded
from data.vault.outcome import REJECTED, Outcome, plain_rows, ragged_rows
from data.vault.store import vault


@dataclass(frozen=True)
class LoadRequest:
    """What to load: a folder, or one file of a kind, perhaps through a mapping."""

    path: Path
    kind: str | None = None
    mapping: Path | None = None
    source: str = ""
    dry_run: bool = False


@dataclass(frozen=True)
class LoadReport:
    """What became of every row, and what a person should know besides."""

    outcomes: tuple[Outcome, ...]
    warnings: tuple[str, ...]

    @property
    def tells_of_actions(self) -> bool:
        """True when what was done at factories may read otherwise now, so that effects are made anew."""
        return any(outcome.file in ("buyers", "buyer_actions", "orders") for outcome in self.outcomes)


def load(home: Home, settings: Settings, state: State, request: LoadRequest) -> LoadReport:
    """Loads what is asked for. Raises Unreadable (nothing was loaded), VaultBusy."""
    files = found_files(request)
    with vault(home, settings, f"load {request.path.name}") as engine:
        number = next_load(engine)
        with kept(engine, request.dry_run):
            engine.do("known_factories")
            stages, sheet = staged_files(engine, files, request)
            outcomes, warnings, ledger = settle(engine, home, stages, sheet, request, number)
            with recorded(state, ledger, request.source, keep=not request.dry_run) as change:
                outcomes += [outcome_of(engine, stages[name], rows) for name, rows in ledger.tables.items()]
                outcomes.sort(key=lambda outcome: list(KINDS).index(outcome.file))
                if not request.dry_run:
                    keep_book(engine, home, change, files, request, number, outcomes)
    return LoadReport(tuple(outcomes), tuple(warnings))


def found_files(request: LoadRequest) -> dict[str, Path]:
    """The files to read, by kind. Raises Unreadable when something needed is not there."""
    if not request.path.exists():
        raise Unreadable(f"There is no {request.path}.")
    if request.kind is not None:
        if not request.path.is_file():
            raise Unreadable(
                f"{request.path} is {'a folder' if request.path.is_dir() else 'not a file'}; --as takes one file."
            )
        return {request.kind: request.path}
    if not request.path.is_dir():
        raise Unreadable(f"{request.path.name} is one file: say what it holds with --as ({', '.join(KINDS)}).")
    files: dict[str, Path] = {}
    for name in KINDS:
        there = [p for p in (request.path / f"{name}.csv", request.path / f"{name}.parquet") if p.is_file()]
        if len(there) == 2:
            raise Unreadable(f"{request.path.name} holds both {name}.csv and {name}.parquet. Keep one of them.")
        if there:
            files[name] = there[0]
    missing = [name for name in ("factories", "answers") if name not in files]
    if missing:
        raise Unreadable(
            f"There is no {' and no '.join(f'{name}.csv or {name}.parquet' for name in missing)} in {request.path}."
        )
    return files


@contextmanager
def kept(engine: Engine, dry_run: bool) -> Iterator[None]:
    """One transaction that is kept when the block ends well, and never after a dry run."""
    engine.connection.begin()
    try:
        yield
    except BaseException:
        engine.connection.rollback()
        raise
    if dry_run:
        engine.connection.rollback()
    else:
        engine.connection.commit()
        engine.connection.execute("CHECKPOINT vault")


def staged_files(
    engine: Engine, files: dict[str, Path], request: LoadRequest
) -> tuple[dict[str, Staged], WideSheet | None]:
    """Every file in its temporary table; a mapped sheet also brings its questions and factories."""
    if request.mapping is not None:
        sheet = staged_wide(engine, request.path, request.mapping, request.source)
        return dict(sheet.stages), sheet
    stages = {name: staged(engine, KINDS[name], path) for name, path in files.items()}
    if "headcount" not in stages:
        create_table(engine, KINDS["headcount"])
    return stages, None


def settle(
    engine: Engine,
    home: Home,
    stages: dict[str, Staged],
    sheet: WideSheet | None,
    request: LoadRequest,
    number: int,
) -> tuple[list[Outcome], list[str], LedgerRows]:
    """Judges every row and writes what the vault keeps; the ledger's rows come back for the state store."""
    outcomes: list[Outcome] = []
    warnings = [line for stage in stages.values() for line in stage.warnings]
    owners: tuple[str, ...] = ()
    if "factories" in stages:
        rows = dimensions.checked_factories(engine)
        outcomes.append(outcome_of(engine, stages["factories"], rows))
        dimensions.write_factories(engine, rows, number)
        owners = tuple(rows.loc[rows["outcome"] != REJECTED, "owner_id"].dropna().unique())
        engine.do("known_factories")
    if "headcount" in stages:
        rows = dimensions.checked_headcount(engine)
        outcomes.append(outcome_of(engine, stages["headcount"], rows))
        dimensions.write_headcount(engine, rows, number)
    own, refused = settle_questions(engine, stages, sheet, request, number, outcomes)
    ledger = checked_ledger(engine, stages, owners)
    if "answers" in stages:
        judge_answers(engine, home, own, refused, request.source)
        warnings += judge_forgotten(engine, file_hash(found_files(request)["answers"]), request.source)
        outcome = sheet.row_outcome(engine) if sheet else answers_outcome(engine, stages["answers"])
        warnings += unknown_channels(engine) + (sheet.warnings(outcome) if sheet else [])
        write_answers(engine, home, number)
        outcomes.append(outcome)
    return outcomes, warnings, ledger


def settle_questions(
    engine: Engine,
    stages: dict[str, Staged],
    sheet: WideSheet | None,
    request: LoadRequest,
    number: int,
    outcomes: list[Outcome],
) -> tuple[list[str], list[str]]:
    """Writes new questions; says which codebooks this load brings and which indicators it brought in vain."""
    standard = dimensions.default_questions()
    rows = dimensions.checked_questions(engine, standard, DEFAULT_CODEBOOK)
    dimensions.write_questions(engine, rows, number)
    if "indicators" not in stages:
        return ([sheet.codebook] if sheet and sheet.codebook else []), []
    name = sheet.codebook if sheet and sheet.codebook else codebook_name(request)
    found = dimensions.checked_questions(engine, dimensions.staged_rows(engine, "indicators"), name)
    dimensions.write_questions(engine, found, number)
    if sheet is None:
        outcomes.append(outcome_of(engine, stages["indicators"], found))
    elif (found["outcome"] == REJECTED).any():
        first = found[found["outcome"] == REJECTED].iloc[0]
        raise Unreadable(f"The mapping's question {first['indicator_id']!r} cannot be taken: {first['reason']}.")
    kept_ids = set(found.loc[found["outcome"] != REJECTED, "indicator_id"])
    refused = set(found.loc[found["outcome"] == REJECTED, "indicator_id"].dropna()) - kept_ids
    return sorted(found["codebook"].dropna().unique()), sorted(refused)


def codebook_name(request: LoadRequest) -> str:
    """The codebook of questions that name none: the folder's name, or the file's."""
    return request.path.resolve().name if request.kind is None else request.path.stem


def outcome_of(engine: Engine, stage: Staged, rows: pd.DataFrame) -> Outcome:
    """The counts and rejected rows of a small table."""
    outcome = Outcome(stage.kind.name)
    outcome.count(rows["outcome"])
    rejected = rows[rows["outcome"] == REJECTED][["line", "reason"]]
    raw = dimensions.staged_rows(engine, stage.kind.name).drop(columns="others", errors="ignore")
    outcome.reject(plain_rows(rejected.merge(raw, on="line")))
    outcome.rejected += len(stage.ragged)
    outcome.reject(ragged_rows(stage.ragged))
    return outcome


def next_load(engine: Engine) -> int:
    """The number of the load that is about to be made."""
    found = engine.connection.execute("SELECT coalesce(max(load), 0) + 1 FROM vault.loads").fetchall()
    return int(found[0][0])


def keep_book(
    engine: Engine,
    home: Home,
    change: Change,
    files: dict[str, Path],
    request: LoadRequest,
    number: int,
    outcomes: list[Outcome],
) -> None:
    """Writes the quarantine files, and notes the load with the hash of each of its files."""
    for outcome in outcomes:
        if rows := outcome.rows + outcome.parts:
            path = home.quarantine / f"{number:06d}-{outcome.file}.csv"
            write_quarantine(rows, path)
            outcome.quarantine = str(path)
    for path in files.values():
        values = {"hash": file_hash(path), "name": path.name, "load": number, "source": request.source}
        engine.connection.execute("INSERT INTO vault.files VALUES ($hash, $name, $load, $source)", values)
    now = datetime.now(UTC)
    accepted = sum(outcome.accepted for outcome in outcomes if outcome.file == "answers")
    engine.connection.execute(
        "INSERT INTO vault.loads (load, loaded_at, name, accepted) VALUES ($load, $at, $name, $accepted)",
        {"load": number, "at": now.replace(tzinfo=None), "name": request.path.name, "accepted": accepted},
    )
    quarantines = ", ".join(Path(outcome.quarantine).name for outcome in outcomes if outcome.quarantine)
    answers = [outcome.answer() for outcome in outcomes]
    record_load(change, request.path.name, answers, quarantine=quarantines or None, at=now)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
