"""Reads one delimited file of the wide shape, a column a question, through a mapping."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from data.engine import Engine
from data.readers.delimited import Delimited, Ragged, Unreadable
from data.readers.kinds import KINDS
from data.readers.mapping import NOT_APPLICABLE, FieldSource, Mapping, QuestionPart, read_mapping
from data.readers.staging import Staged, create_table, insert
from data.vault.outcome import Outcome, plain_rows, ragged_rows

UNREAD = "unread_answers"


@dataclass(frozen=True)
class WideSheet:
    """A staged sheet: its stages by kind, the codebook it brings, and how many rows it has."""

    stages: dict[str, Staged]
    codebook: str | None
    rows: int

    def row_outcome(self, engine: Engine) -> Outcome:
        """The outcome counted in rows of the sheet: a row is accepted with its first accepted answer.

        Single answers that could not be read in such a row go to the quarantine and are named in a warning.
        """
        states = dict(engine.rows("sheet_rows"))
        outcome = Outcome("answers")
        outcome.accepted = sum(state == "accepted" for state in states.values())
        outcome.already_present = sum(state == "already_present" for state in states.values())
        outcome.rejected = self.rows - outcome.accepted - outcome.already_present
        faults = engine.frame("sheet_faults")
        lost = faults["line"].map(states).fillna("rejected") == "rejected"
        outcome.reject(plain_rows(faults[lost].drop_duplicates("line")))
        outcome.reject(ragged_rows(self.stages["answers"].ragged))
        outcome.parts += plain_rows(faults[~lost])
        return outcome

    def warnings(self, outcome: Outcome) -> list[str]:
        """A sentence about single answers that were left out, if there were any."""
        if not outcome.parts:
            return []
        return [f"{len(outcome.parts)} single answers in accepted rows could not be read; they are in the quarantine."]


def staged_wide(engine: Engine, path: Path, mapping_path: Path, source: str) -> WideSheet:
    """The sheet as staged answers, and the factories and questions its mapping declares. Raises Unreadable.

    `source` keeps apart rows that look the same in sheets from different places.
    """
    mapping = read_mapping(mapping_path)
    file = Delimited(path, mapping.file.encoding, mapping.file.delimiter)
    header = file.header()
    missing = [column for column in mapping.columns if column not in header]
    if missing:
        raise Unreadable(f"{path.name} has no column {', '.join(missing)}, which {mapping_path.name} reads.")
    for name in ("answers", "factories", "headcount", "indicators"):
        create_table(engine, KINDS[name])
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE unread_answers (line BIGINT, reason VARCHAR, question VARCHAR, value VARCHAR)"
    )
    engine.connection.execute("CREATE OR REPLACE TEMP TABLE sheet_lines (line BIGINT)")
    ragged, rows = stage_rows(engine, file, header, mapping, source)
    segments = tuple(f"seg_{name}" for name in mapping.segments)
    stages = {"answers": Staged(KINDS["answers"], path, segments, ragged, ())}
    if mapping.factories is not None:
        stages["factories"] = Staged(KINDS["factories"], path, (), (), ())
    if mapping.codebook is not None:
        stage_questions(engine, mapping)
        stages["indicators"] = Staged(KINDS["indicators"], path, (), (), ())
    return WideSheet(stages, mapping.codebook.name if mapping.codebook else None, rows)


def stage_rows(
    engine: Engine, file: Delimited, header: list[str], mapping: Mapping, source: str
) -> tuple[tuple[Ragged, ...], int]:
    """Stages every row's answers; the ragged rows and the number of all rows come back."""
    ragged: list[Ragged] = []
    total = 0
    ordinals: dict[str, int] = {}
    declared: list[pd.DataFrame] = []
    for batch in file.batches():
        ragged += batch.ragged
        total += len(batch.lines) + len(batch.ragged)
        if not batch.lines:
            continue
        engine.offer("batch_lines", {"line": batch.lines})
        engine.connection.execute("INSERT INTO sheet_lines SELECT line FROM batch_lines")
        columns = dict(zip(header, batch.columns, strict=True))
        sheet = pd.DataFrame({c: columns[c] for c in mapping.columns}, dtype="str")
        sheet = sheet.apply(lambda column: column.str.strip())
        fields = sitting_fields(sheet, mapping, batch.lines)
        if "submission_id" not in fields:
            fields["submission_id"] = row_names(sheet, f"{mapping.name}\x1f{source}", ordinals)
        stage_answers(engine, mapping, sheet, fields)
        if mapping.factories is not None:
            declared.append(declared_factories(sheet, mapping, fields))
    if declared:
        factories = pd.concat(declared).drop_duplicates("factory_id").dropna(subset=["factory_id"])
        insert(engine, KINDS["factories"], factories, ())
    return tuple(ragged), total


def sitting_fields(sheet: pd.DataFrame, mapping: Mapping, lines: list[int]) -> pd.DataFrame:
    """One row a sitting: its line, fields and segments."""
    fields = pd.DataFrame({"line": lines})
    for name, source in mapping.fields.items():
        fields[name] = field_values(sheet, source)
    for index, source in enumerate(mapping.segments.values()):
        fields[f"s{index}"] = field_values(sheet, source)
    return fields


def row_names(sheet: pd.DataFrame, name: str, ordinals: dict[str, int]) -> "pd.Series[str]":
    """A name for each row, as without a sitting's id the row itself is one: its content, and its ordinal among
    identical rows of the file."""
    text = sheet.fillna("").agg("\x1f".join, axis=1)
    digests = text.map(lambda row: hashlib.sha256(f"{name}\x1f{row}".encode()).hexdigest())
    ordinal = digests.groupby(digests).cumcount() + 1 + digests.map(ordinals).fillna(0).astype("int64")
    for digest, count in digests.value_counts().items():
        ordinals[str(digest)] = ordinals.get(str(digest), 0) + int(count)
    return digests + ":" + ordinal.astype("str")


def field_values(sheet: pd.DataFrame, source: FieldSource) -> pd.Series:
    """The values of one field, as text."""
    if source.constant is not None:
        return pd.Series(source.constant, index=sheet.index, dtype="str")
    values = sheet[cast(str, source.column)].replace("", None)
    if source.format is not None:
        parsed = pd.to_datetime(values, format=source.format, errors="coerce")
        values = parsed.dt.strftime("%Y-%m-%d").where(parsed.notna(), values)
    if source.bands is not None:
        numbers = pd.to_numeric(values, errors="coerce")
        names = [f"{low:g}–{high:g}" for low, high in source.bands]
        inside = [(numbers >= low) & (numbers <= high) for low, high in source.bands]
        values = pd.Series(np.select(inside, names, default=""), index=sheet.index, dtype="str").replace("", None)
    if source.recode is not None:
        spelled = {key.casefold(): value for key, value in source.recode.items()}
        recoded = values.str.casefold().map(spelled)
        others = values if source.otherwise is None else values.where(values.isna(), source.otherwise)
        values = recoded.where(recoded.notna(), others)
    return values


def declared_factories(sheet: pd.DataFrame, mapping: Mapping, fields: pd.DataFrame) -> pd.DataFrame:
    """The factories that these rows speak of, with the line that named each first."""
    rows = fields[["line", "factory_id"]].copy()
    for name, source in (mapping.factories or {}).items():
        rows[name] = field_values(sheet, source).to_numpy()
    return rows.drop_duplicates("factory_id")


def stage_answers(engine: Engine, mapping: Mapping, sheet: pd.DataFrame, fields: pd.DataFrame) -> None:
    """Stages one answer for every question a row answered; what no value is known for goes to `unread_answers`."""
    segments = [f"seg_{name}" for name in mapping.segments]
    for column, question in mapping.questions.items():
        values = sheet[column]
        asked = ~values.isin(mapping.not_asked) & values.notna()
        recoded = recoded_values(values, question)
        unread = asked & recoded.isna()
        answered = asked & recoded.notna() & (recoded != NOT_APPLICABLE)
        rows = fields[answered].assign(indicator_id=question.indicator, value=recoded[answered])
        if len(rows):
            insert(engine, KINDS["answers"], rows, segments)
        if unread.any():
            note_unread(engine, column, fields.loc[unread, "line"], values[unread])


def recoded_values(values: pd.Series, question: QuestionPart) -> pd.Series:
    """The answer that each written value is, as text; missing where the mapping does not know the value."""
    if question.values is None:
        return values
    known = {key.casefold(): str(value) for key, value in question.values.items()}
    return values.str.casefold().map(known)


def note_unread(engine: Engine, column: str, lines: pd.Series, values: pd.Series) -> None:
    """Keeps the answers that the mapping has no value for, with their line and reason."""
    engine.offer(
        UNREAD + "_batch",
        {
            "line": lines.to_numpy(),
            "reason": [f"the mapping has no answer for {value!r} to {column!r}" for value in values],
            "question": [column] * len(lines),
            "value": values.to_numpy(),
        },
    )
    engine.connection.execute("INSERT INTO unread_answers SELECT * FROM unread_answers_batch")


def stage_questions(engine: Engine, mapping: Mapping) -> None:
    """Stages the mapping's questions, in its order."""
    rows = [
        {
            "line": number,
            "indicator_id": q.indicator,
            "theme": q.theme,
            "theme_name": q.theme_name,
            "short_name": q.short_name,
            "text": q.text,
            "scale": q.scale,
            "polarity": str(q.polarity),
            "zero_tolerance": "1" if q.zero_tolerance else "0",
            "role": q.role,
            "event_sensitive": "1" if q.event_sensitive else "0",
        }
        for number, q in enumerate(mapping.questions.values(), start=1)
    ]
    insert(engine, KINDS["indicators"], pd.DataFrame(rows), ())
