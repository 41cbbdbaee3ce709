"""Answers of a mapped file, staged: in the wide shape a column a question, in the long and the paired shape the
question's own text decides, wherever it stands.
"""

import numpy as np
import pandas as pd

from data.codebook.timezones import zone_of
from data.engine import Engine
from data.readers.kinds import KINDS
from data.readers.mapping import NOT_APPLICABLE, Mapping, QuestionPart
from data.readers.reading import Reading
from data.readers.sources import field_values
from data.readers.staging import insert
from data.readers.wording import plain_wording

ANSWERS = KINDS["answers"]
SITTING = ("channel", "gender", "department", "tenure_band", "submission_id", "respondent_key")
SHOWN = 60
"""So much of a written value is repeated in a reason."""


def begin_survey(engine: Engine) -> None:
    """Nothing; there are empty temporary tables for what is no answer, and for how each question was worded."""
    engine.script("survey/begun")


def stage_survey(reading: Reading, lines: list[int], sheet: pd.DataFrame) -> None:
    """Nothing; the answers of a batch are staged, and what could not be read is kept with its reason."""
    reading.engine.offer("batch_lines", {"line": lines})
    reading.engine.do("survey/lines")
    sittings = sitting_fields(reading, lines, sheet)
    if reading.mapping.shape == "wide":
        stage_columns(reading, sheet, sittings)
    else:
        stage_texts(reading, sheet, sittings)


def sitting_fields(reading: Reading, lines: list[int], sheet: pd.DataFrame) -> pd.DataFrame:
    """One row for each row of the file: its line, day, factory, what people said of themselves, segments."""
    mapping = reading.mapping
    fields = pd.DataFrame({"line": lines})
    fields["factory_id"] = reading.values(sheet, "fields.factory_id")
    for part in ("factories", "buyers"):
        declare(reading, part, sheet, fields)
    zones = zones_of(reading, fields["factory_id"]) if mapping.fields["date"].zone else None
    fields["date"] = reading.values(sheet, "fields.date", zones)
    for name in SITTING:
        if name in mapping.fields:
            fields[name] = reading.values(sheet, f"fields.{name}")
    for index, name in enumerate(mapping.segments):
        fields[f"s{index}"] = reading.values(sheet, f"segments.{name}")
    if "submission_id" not in mapping.fields and mapping.shape != "long":
        fields["submission_id"] = reading.row_names()
    return fields


def declare(reading: Reading, part: str, sheet: pd.DataFrame, fields: pd.DataFrame) -> None:
    """Nothing; the factories or buyers that these rows name are kept, each with the line that named it so first."""
    sources = getattr(reading.mapping, part)
    key = {"factories": "factory_id", "buyers": "buyer_id"}[part]
    if sources is None or key not in fields:
        return
    rows = fields[["line", key]].copy()
    for name, source in sources.items():
        rows[name] = field_values(sheet, source).to_numpy()
    different = rows.dropna(subset=[key]).drop_duplicates([name for name in rows if name != "line"])
    reading.declared.setdefault(part, []).append(different)


def zones_of(reading: Reading, factories: "pd.Series[str]") -> "pd.Series[str]":
    """The time zone of each row's factory, missing where nothing is known of it."""
    known = {row[0]: row[1] for row in reading.engine.rows("survey/zones")}
    for rows in reading.declared.get("factories", []):
        if "country" in rows:
            there = zip(rows["factory_id"], rows["country"], strict=True)
            known |= {one: zone_of(country) for one, country in there if isinstance(country, str) and one not in known}
        if "timezone" in rows:
            known |= dict(rows.dropna(subset=["timezone"])[["factory_id", "timezone"]].itertuples(index=False))
    return factories.map(known).astype("str")


def stage_columns(reading: Reading, sheet: pd.DataFrame, sittings: pd.DataFrame) -> None:
    """Nothing; one answer for every column of the wide shape that a row answered is staged."""
    for column, question in reading.mapping.questions.items():
        if column in sheet:
            stage_answers(reading, column, question, sittings, sheet[column])


def stage_texts(reading: Reading, sheet: pd.DataFrame, sittings: pd.DataFrame) -> None:
    """Nothing; the answers of the long and the paired shape are staged, each to the question whose text it bears."""
    known = wordings(reading.mapping)
    for place, texts, values in worded(reading, sheet):
        asked = said(reading.mapping, values)
        if known:
            keys = texts.map({text: plain_wording(text) for text in texts.dropna().unique()}).astype("str")
            strange = asked & texts.notna() & ~keys.isin(known)
            strangers(reading, sittings[strange], texts[strange], values[strange])
            for key, rows in texts[asked & texts.notna() & ~strange].groupby(keys).groups.items():
                stage_answers(reading, str(texts[rows[0]]), known[str(key)], sittings.loc[rows], values[rows])
                note_wordings(reading.engine, known[str(key)].indicator, sittings.loc[rows, "line"], texts[rows], place)
        else:
            stage_identified(reading, sittings, texts.where(asked), values, place)
        nameless = asked & texts.isna()
        reason = [f"the answer {shown(value)} stands beside no question" for value in values[nameless]]
        note_unread(reading.engine, sittings.loc[nameless, "line"], reason, [place] * len(reason), values[nameless])


def stage_identified(
    reading: Reading, sittings: pd.DataFrame, texts: "pd.Series[str]", values: "pd.Series[str]", place: str
) -> None:
    """Nothing; answers to questions that are written as the identifiers of a codebook are staged, to the letter."""
    rows = sittings.assign(indicator_id=texts, value=values)[texts.notna()]
    if len(rows):
        insert(reading.engine, ANSWERS, rows, [f"seg_{name}" for name in reading.mapping.segments])
        note_wordings(reading.engine, rows["indicator_id"], rows["line"], rows["indicator_id"], place)


def worded(reading: Reading, sheet: pd.DataFrame) -> "list[tuple[str, pd.Series[str], pd.Series[str]]]":
    """Where questions stand, and for each row the question's text and what was answered there."""
    if reading.mapping.shape == "long":
        question = reading.values(sheet, "fields.question")
        return [("question", question, reading.values(sheet, "fields.value"))]
    pairs = reading.mapping.pairs
    return [(pair.question, sheet[pair.question].replace("", None), sheet[pair.answer]) for pair in pairs]


def wordings(mapping: Mapping) -> dict[str, QuestionPart]:
    """The mapping's questions by their plain wording; empty where the file names the codebook's identifiers."""
    return {plain_wording(text): question for text, question in mapping.questions.items()}


def said(mapping: Mapping, values: "pd.Series[str]") -> "pd.Series[bool]":
    """True where a question was asked and answered."""
    return values.notna() & ~values.isin(mapping.not_asked)


def stage_answers(
    reading: Reading, text: str, question: QuestionPart, sittings: pd.DataFrame, values: "pd.Series[str]"
) -> None:
    """Nothing; the answers to one question are staged; a value that the mapping does not know is kept apart."""
    asked = said(reading.mapping, values)
    found = answers_meant(values, question)
    unread = asked & found.isna()
    answered = asked & found.notna() & (found != NOT_APPLICABLE)
    rows = sittings[answered].assign(indicator_id=question.indicator, value=found[answered])
    if len(rows):
        insert(reading.engine, ANSWERS, rows, [f"seg_{name}" for name in reading.mapping.segments])
    if unread.any():
        reason = [f"the mapping has no answer for {shown(value)} to {text!r}" for value in values[unread]]
        note_unread(reading.engine, sittings.loc[unread, "line"], reason, [text] * len(reason), values[unread])


def answers_meant(values: "pd.Series[str]", question: QuestionPart) -> "pd.Series[str]":
    """The answer that each written value is, as text; missing where the mapping does not know the value."""
    if question.values is None:
        return values
    known = {key.casefold(): str(value) for key, value in question.values.items()}
    return values.str.casefold().map(known)


def strangers(reading: Reading, sittings: pd.DataFrame, texts: "pd.Series[str]", values: "pd.Series[str]") -> None:
    """Nothing; answers to questions that nobody knows are kept apart, and each question is counted."""
    reading.strange.update({str(text): int(count) for text, count in texts.value_counts().items()})
    reason = [f"the mapping does not know the question {shown(text)}" for text in texts]
    note_unread(reading.engine, sittings["line"], reason, list(texts), values)


def shown(text: str) -> str:
    """The beginning of a written text, in quotes."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def note_unread(
    engine: Engine, lines: "pd.Series[int]", reasons: list[str], questions: list[str], values: "pd.Series[str]"
) -> None:
    """Nothing; what could not be read is kept with its line and reason."""
    if not reasons:
        return
    engine.offer(
        "unread_batch",
        {
            "line": lines.to_numpy(),
            "reason": reasons,
            "question": questions,
            "value": values.to_numpy(),
        },
    )
    engine.do("survey/unread")


def note_wordings(
    engine: Engine, indicator: "str | pd.Series[str]", lines: "pd.Series[int]", texts: "pd.Series[str]", place: str
) -> None:
    """Nothing; how a question was worded in each row, and where it stood, is kept until the file is judged."""
    engine.offer(
        "worded_batch",
        {
            "line": lines.to_numpy(dtype=np.int64),
            "indicator_id": [indicator] * len(lines) if isinstance(indicator, str) else indicator.to_numpy(),
            "wording": texts.to_numpy(),
            "place": [place] * len(lines),
        },
    )
    engine.do("survey/worded")


def settle_follow_ups(engine: Engine, mapping: Mapping) -> None:
    """Nothing; answers to a follow-up question are taken back where the sitting did not give the answer before it."""
    rules = [(q.indicator, q.after) for q in mapping.questions.values() if q.after is not None]
    if not rules:
        return
    rows = [(indicator, after.indicator, float(value)) for indicator, after in rules for value in after.values]
    columns = zip(*rows, strict=True)
    engine.offer("follow_ups", dict(zip(("indicator_id", "before", "value"), columns, strict=True)))
    for _ in rules:  # a question may follow one that follows another
        engine.do("survey/out_of_turn")
        engine.do("survey/taken_back")


def stage_questions(engine: Engine, mapping: Mapping) -> None:
    """Nothing; the questions that the mapping declares are staged, in its order, each once."""
    declared = {q.indicator: q for q in mapping.questions.values() if q.declares}
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
        for number, q in enumerate(declared.values(), start=1)
    ]
    if rows:
        insert(engine, KINDS["indicators"], pd.DataFrame(rows), ())
