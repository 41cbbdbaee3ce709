"""Loads a canonical folder or one file: everything is checked first, then kept as a whole or not at all.

Order of keeping: the state store commits, then the vault. Both recognise what they already hold, so a load
that was cut off between the two is finished by running it again; nothing is lost and nothing doubles.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.codebook.questions import DEFAULT_CODEBOOK
from data.engine import Engine
from data.home import Home
from data.readers.formats import TRUSTED, Limits, Unreadable
from data.readers.kinds import KINDS
from data.readers.mapped import Sheet, staged_mapped
from data.readers.staging import Staged, create_table, staged
from data.settings import Settings
from data.state.registry import decided, queue_reviews
from data.state.store import State
from data.vault import dimensions
from data.vault.answers import (
    answers_outcome,
    judge_answers,
    judge_forgotten,
    unknown_channels,
    write_answers,
)
from data.vault.arrivals import Linked, link_staged
from data.vault.books import file_hash, keep_book, next_load
from data.vault.findings import Finding, listed
from data.vault.ledger import LedgerRows, checked_ledger, recorded
from data.vault.notices import noticed
from data.vault.outcome import REJECTED, Outcome, plain_rows, ragged_rows
from data.vault.store import vault

BY_OPERATOR = {"factories", "indicators", "buyers"}
"""What concerns more than one organisation."""


@dataclass(frozen=True)
class LoadRequest:
    """What to load: a folder, or one file of a kind, perhaps through a mapping.

    `within` names the factories that exist for whoever sends it, `buyer` the only buyer it may speak of; None is no
    limit. `progress` is told how many rows were read, and of how many where that is known; what it raises undoes all.
    `limits` are those of files read through a mapping: an upload's are narrow.
    """

    path: Path
    kind: str | None = None
    mapping: Path | None = None
    source: str = ""
    dry_run: bool = False
    within: frozenset[str] | None = None
    buyer: str | None = None
    progress: Callable[[int, int | None], None] | None = None
    limits: Limits = TRUSTED
    blind: bool = False
    """A dry run that compares nothing with answers here: who tries answers out must not learn which those are."""


@dataclass(frozen=True)
class LoadReport:
    """What became of every row, and what a person should know besides.

    `load` is the number of this load in the vault, None after a dry run. `findings` are what a person should look at
    before loading: questions nobody knows, values, breaks.
    """

    outcomes: tuple[Outcome, ...]
    warnings: tuple[str, ...]
    load: int | None = None
    findings: tuple[Finding, ...] = ()

    def told(self) -> dict[str, object]:
        """This report as plain values that JSON holds: `files`, `warnings`, `findings`, `load`, and `reasons`.

        `reasons` are the commonest reasons of rejected rows of each file, with their count and first lines.
        """
        return {
            "files": [outcome.answer() for outcome in self.outcomes],
            "reasons": [reason for outcome in self.outcomes for reason in outcome.reasons()],
            "warnings": list(self.warnings),
            "findings": [finding.told() for finding in self.findings],
            "load": self.load,
        }

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
            know_factories(engine, request)
            stages, sheet = staged_files(engine, files, request)
            arrived = linked_list(engine, state, sheet)
            outcomes, warnings, ledger = settle(engine, home, stages, sheet, request, number)
            with recorded(state, ledger, request.source, keep=not request.dry_run) as change:
                outcomes += [ledger_outcome(engine, stages, sheet, *table) for table in ledger.tables.items()]
                if arrived is not None and sheet is not None and sheet.mapping.link is not None:
                    arrived.add_to(next(outcome for outcome in outcomes if outcome.file == "factories"))
                    queue_reviews(change, sheet.mapping.link.list, arrived.questions)
                outcomes.sort(key=lambda outcome: list(KINDS).index(outcome.file))
                if not request.dry_run:
                    keep_book(engine, home, change, files, request.path.name, request.source, number, outcomes)
            found = noticed(engine, sheet, request.kind, blind=request.blind)
            found += [arrived.finding()] if arrived is not None else []
    return LoadReport(tuple(outcomes), tuple(warnings), None if request.dry_run else number, listed(found))


def linked_list(engine: Engine, state: State, sheet: Sheet | None) -> Linked | None:
    """What became of a list of factories that has to be linked; None for every other file."""
    if sheet is None or sheet.mapping.link is None:
        return None
    with state.look() as look:
        said = decided(look, sheet.mapping.link.list)
    return link_staged(engine, said)


def know_factories(engine: Engine, request: LoadRequest) -> None:
    """Nothing; the factories that exist for this load are in their temporary table."""
    engine.do("known_factories")
    if request.within is not None:
        engine.do("factories_within", within=sorted(request.within))


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
) -> tuple[dict[str, Staged], Sheet | None]:
    """Every file in its temporary table; a mapped sheet also brings its questions and factories."""
    if request.mapping is not None:
        sheet = staged_mapped(engine, request.path, request.mapping, request.source, request.limits, request.progress)
        if request.kind != sheet.mapping.kind:
            raise Unreadable(f"The mapping {request.mapping.name} reads {sheet.mapping.kind}, not {request.kind}.")
        stages = dict(sheet.stages)
    else:
        sheet = None
        stages = {name: staged(engine, KINDS[name], path, request.progress) for name, path in files.items()}
    if request.within is not None and (further := set(stages) & BY_OPERATOR):
        raise Unreadable(f"Only the operator declares {', '.join(sorted(further))}; leave them out of the mapping.")
    if "headcount" not in stages:
        create_table(engine, KINDS["headcount"])
    return stages, sheet


def settle(
    engine: Engine,
    home: Home,
    stages: dict[str, Staged],
    sheet: Sheet | None,
    request: LoadRequest,
    number: int,
) -> tuple[list[Outcome], list[str], LedgerRows]:
    """Judges every row and writes what the vault keeps; the ledger's rows come back for the state store."""
    outcomes: list[Outcome] = []
    warnings = [line for stage in stages.values() for line in stage.warnings]
    owners: tuple[str, ...] = ()
    if "factories" in stages:
        rows = dimensions.checked_factories(engine)
        warnings += dimensions.misplaced(rows) + dimensions.odd_ids(rows)
        outcomes.append(outcome_of(engine, stages["factories"], rows))
        dimensions.write_factories(engine, rows, number)
        owners = tuple(rows.loc[rows["outcome"] != REJECTED, "owner_id"].dropna().unique())
        know_factories(engine, request)
    if "headcount" in stages:
        rows = dimensions.checked_headcount(engine)
        outcomes.append(outcome_of(engine, stages["headcount"], rows))
        dimensions.write_headcount(engine, rows, number)
    own, refused = settle_questions(engine, stages, sheet, request, number, outcomes)
    ledger = checked_ledger(engine, stages, owners, request.buyer)
    if "answers" in stages:
        judge_answers(engine, home, own, refused, request.source, blind=request.blind)
        if not request.blind:
            warnings += judge_forgotten(engine, file_hash(found_files(request)["answers"]), request.source)
        outcome = sheet.row_outcome(engine) if sheet else answers_outcome(engine, stages["answers"])
        warnings += unknown_channels(engine) + (sheet.warnings(outcome) if sheet else [])
        write_answers(engine, home, number)
        outcomes.append(outcome)
    return outcomes, warnings, ledger


def settle_questions(
    engine: Engine,
    stages: dict[str, Staged],
    sheet: Sheet | None,
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


def ledger_outcome(
    engine: Engine, stages: dict[str, Staged], sheet: Sheet | None, name: str, rows: pd.DataFrame
) -> Outcome:
    """The outcome of a table of the ledger, in rows of the file where one of them may hold several."""
    if sheet is not None and sheet.several_a_row and sheet.mapping.kind == name:
        return sheet.line_outcome(name, rows)
    return outcome_of(engine, stages[name], rows)


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
