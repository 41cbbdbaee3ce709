"""A file read through a mapping: staged as canonical rows, and counted in the file's own rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.engine import Engine
from data.readers.doubts import doubtful_columns, left_under
from data.readers.formats import TRUSTED, Limits
from data.readers.kinds import KINDS
from data.readers.mapping import Mapping, read_mapping
from data.readers.opening import opened_table
from data.readers.reading import Reading, begun_reading
from data.readers.staging import Progress, Staged, create_table, insert
from data.readers.survey import begin_survey, settle_follow_ups, shown, stage_questions, stage_survey
from data.readers.tabular import stage_table
from data.readers.wording import near
from data.vault.findings import Finding, times
from data.vault.outcome import ACCEPTED, PRESENT, REJECTED, Outcome, plain_rows, ragged_rows

SHOWN = 8
"""So many different things are named in one sentence."""
MOST_TOLD = 40
"""So many unknown questions, and texts that stand for unknown, are told one by one."""


@dataclass(frozen=True)
class Sheet:
    """A mapped file, staged: its stages by kind, and what was met while it was read."""

    mapping: Mapping
    stages: dict[str, Staged]
    reading: Reading
    findings: list[Finding] = field(default_factory=list)

    @property
    def codebook(self) -> str | None:
        """The codebook that the file's questions belong to, where the mapping names one."""
        return self.mapping.codebook.name if self.mapping.codebook else None

    @property
    def rows(self) -> int:
        """How many rows the file has, ragged ones too."""
        return self.reading.rows

    @property
    def several_a_row(self) -> bool:
        """True where one row of the file may become several rows of its kind."""
        return self.mapping.kind == "answers" or bool(self.mapping.measures)

    def row_outcome(self, engine: Engine) -> Outcome:
        """The outcome of answers in rows of the file: a row is accepted with its first accepted answer.

        Single answers that could not be read in such a row go to the quarantine and are named in a warning.
        """
        states = dict(engine.rows("sheet_rows"))
        faults = engine.frame("sheet_faults")
        return self.counted("answers", states, faults)

    def line_outcome(self, kind: str, rows: pd.DataFrame) -> Outcome:
        """The same of another kind, whose judged rows have `line`, `outcome` and `reason`."""
        rank = rows["outcome"].map({ACCEPTED: 0, PRESENT: 1, REJECTED: 2})
        best = rows.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates("line")
        faults = rows.loc[rows["outcome"] == REJECTED]
        if self.reading.blank:
            nothing = {"line": self.reading.blank, "reason": "no measure of the mapping stands in this row"}
            faults = pd.concat([faults, pd.DataFrame(nothing)], ignore_index=True)
        return self.counted(kind, dict(zip(best["line"], best["outcome"], strict=True)), faults)

    def counted(self, kind: str, states: dict[int, str], faults: pd.DataFrame) -> Outcome:
        """An outcome in rows of the file, of the state of each line and the faults found in them."""
        outcome = Outcome(kind)
        outcome.accepted = sum(state == ACCEPTED for state in states.values())
        outcome.already_present = sum(state == PRESENT for state in states.values())
        outcome.rejected = self.rows - outcome.accepted - outcome.already_present
        lost = faults["line"].map(lambda line: states.get(line, REJECTED)) == REJECTED
        outcome.reject(plain_rows(faults[lost].drop_duplicates("line")))
        outcome.reject(ragged_rows(self.stages[kind].ragged))
        outcome.parts += plain_rows(faults[~lost])
        return outcome

    def warnings(self, outcome: Outcome) -> list[str]:
        """A sentence about single values that were left out, if there were any."""
        if not outcome.parts:
            return []
        what = "answer" if outcome.file == "answers" else "value"
        if len(outcome.parts) == 1:
            return [f"One single {what} in an accepted row could not be read; it is in the quarantine."]
        return [f"{len(outcome.parts)} single {what}s in accepted rows could not be read; they are in the quarantine."]


def staged_mapped(
    engine: Engine,
    path: Path,
    mapping_path: Path,
    source: str,
    limits: Limits = TRUSTED,
    progress: Progress | None = None,
) -> Sheet:
    """The file as staged rows of the mapping's kind, with what the mapping declares. Raises Unreadable."""
    mapping = read_mapping(mapping_path)
    table = opened_table(path, mapping.file, limits)
    reading = begun_reading(engine, table, mapping, source)
    answers = mapping.kind == "answers"
    for name in ("factories", "headcount", "buyers", "indicators", mapping.kind):
        create_table(engine, KINDS[name])
    if answers:
        begin_survey(engine)
    stage = stage_survey if answers else stage_table
    for lines, sheet in reading.sheets(progress, None):
        stage(reading, lines, sheet)
    segments = tuple(f"seg_{name}" for name in mapping.segments)
    stages: dict[str, Staged] = {mapping.kind: Staged(KINDS[mapping.kind], path, segments, tuple(reading.ragged), ())}
    for name in declared_parts(reading):
        stages[name] = Staged(KINDS[name], path, (), (), ())
    if answers:
        settle_follow_ups(engine, mapping)
        stage_questions(engine, mapping)
        if mapping.codebook is not None:
            stages["indicators"] = Staged(KINDS["indicators"], path, (), (), ())
    return Sheet(mapping, stages, reading, list(findings(reading)))


def declared_parts(reading: Reading) -> Iterable[str]:
    """The kinds that the mapping declares beside its own rows, now staged, each identifier once."""
    for part, key in (("factories", "factory_id"), ("buyers", "buyer_id")):
        if getattr(reading.mapping, part) is None:
            continue
        if frames := reading.declared.get(part):
            rows = pd.concat(frames)
            reading.doubts.note_declared(part, key, rows)
            insert(reading.engine, KINDS[part], rows.drop_duplicates(key), ())
        yield part


def findings(reading: Reading) -> Iterable[Finding]:
    """What was met in the file that a person should know: columns not read, unknown questions, texts for unknown."""
    if reading.not_read:
        named = ", ".join(repr(name) for name in reading.not_read[:SHOWN])
        more = f" and {len(reading.not_read) - SHOWN} more" if len(reading.not_read) > SHOWN else ""
        said = f"Not read: {named}{more}."
        yield Finding("not_read", reading.path.name, said, details={"columns": list(reading.not_read)})
    yield from doubtful_columns(reading.columns, reading.not_read, reading.gone)
    yield from left_under(reading.table.passed_over())
    yield from reading.doubts.told()
    known = list(reading.mapping.questions)
    for text, asked in reading.strange.most_common(MOST_TOLD):
        likely = near(text, known)
        may = f" It may be {likely[0][0]!r}." if likely else ""
        answers = "one answer to it was" if asked == 1 else f"{asked:,} answers to it were"
        said = f"The mapping does not know the question {shown(text)}; {answers} left out.{may}"
        near_by = [{"question": one, "alike": share} for one, share in likely]
        yield Finding("unknown_question", text, said, serious=True, details={"answers": asked, "near": near_by})
    if (others := len(reading.strange) - MOST_TOLD) > 0:
        said = f"{others:,} more questions are not known. Perhaps the column that holds them is another one."
        yield Finding("unknown_question", "questions", said, serious=True, details={"questions": others})
    yield from unknown_texts(reading)


def unknown_texts(reading: Reading) -> Iterable[Finding]:
    """How often each field said something that stands for "not known", the commonest texts one by one."""
    commonest = reading.unknown.most_common(MOST_TOLD)
    for (place, text), times_said in commonest:
        said = f"{place} says {times(times_said)} {shown(text)}, which the mapping takes for not known."
        yield Finding("unknown", place, said, details={"text": text, "count": times_said})
    if rest := reading.unknown.total() - sum(times_said for _, times_said in commonest):
        said = f"Other texts that the mapping takes for not known stand in the fields {times(rest)} more."
        yield Finding("unknown", "fields", said, details={"count": rest})
