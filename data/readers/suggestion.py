"""A first mapping for a file nobody described yet: what each column seems to be, and what a person must decide.

A question whose wording is a known one is taken for it. Everything less certain is left open, with what it may be:
nothing is taken silently.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pandas as pd

from data.codebook.scales import SCALES
from data.readers.answer_words import likely_scale, meant
from data.readers.formats import FileFormat
from data.readers.forms import Form, in_language
from data.readers.headings import PERSONAL, likely_fields, likely_kind
from data.readers.opening import opened_table
from data.readers.sources import AT_UTC
from data.readers.wording import near, plain_wording

DATES = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d/%m/%Y",
    "%m/%d/%Y", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d-%m-%Y", "%m-%d-%Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y",
    "%b %d, %Y", "%Y%m%d",
)  # fmt: skip
ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
DOLLARS = re.compile(r"(?<![a-z])usd(?![a-z])|us ?\$|\bdollars?\b", re.IGNORECASE)
MOST_VALUES = 12
"""A column with more different values than this is hardly a question with choices."""
MOST_DATES = 500
"""So many different dates are tried."""


@dataclass(frozen=True)
class KnownQuestion:
    """A question of a codebook that is here, as a column may turn out to be it."""

    indicator_id: str
    text: str
    scale: str


@dataclass(frozen=True)
class Labelled:
    """What a column of a form's submissions asks, and the label of each choice by its name."""

    text: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """A question of the file: its text, what is written to it, and which known question it is.

    `indicator` is None while a person must decide; `near` are then the likely ones, each with how alike it is (0 to
    100). `values` is the answer that each written value is: None where that is not known, empty where they are numbers.
    """

    text: str
    written: tuple[str, ...]
    scale: str
    indicator: str | None
    near: tuple[tuple[KnownQuestion, float], ...]
    values: dict[str, int | str] | None
    wording: str
    """What is asked: the text itself, or the label that a form has for it."""


@dataclass
class Suggestion:
    """What a file seems to hold. `fields` are columns by field, `dates` the formats that fit each date's column.

    `notes` are sentences on what a person must decide. Nothing in `asked` without an indicator, and no date with
    several formats, may be loaded as it stands.
    """

    kind: str
    shape: str = "long"
    form: FileFormat = field(default_factory=FileFormat)
    fields: dict[str, str] = field(default_factory=dict)
    dates: dict[str, list[str]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    """The time zone of dates that are instants, by field."""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def suggested(
    path: Path,
    form: FileFormat,
    questions: Sequence[KnownQuestion],
    kind: str | None = None,
    survey: Form | None = None,
) -> Suggestion:
    """What a file that is read as `form` says seems to hold. Raises Unreadable.

    `survey` is the form by which its answers were gathered: columns and values that bear names are read by its labels.
    """
    sheet = first_rows(path, form)
    header = [str(name) for name in sheet]
    found = Suggestion(kind or likely_kind(header), form=form)
    found.fields = likely_fields(found.kind, header)
    if found.kind == "answers":
        look_for_questions(found, sheet, questions, labelled(survey, questions))
    leave_open(found)
    for name, column in found.fields.items():
        if name == "date" or name.endswith("_date"):
            if any(AT_UTC.fullmatch(text) for text in different(sheet[column])[:MOST_DATES]):
                found.zones[name] = "UTC"
            found.dates[name] = fitting_dates(different(sheet[column]))
            note_date(found, name, column)
    return found


def leave_open(found: Suggestion) -> None:
    """Nothing; an amount of money is no amount of US dollars before its column or a person says so."""
    column = found.fields.get("value_usd")
    if column is not None and not DOLLARS.search(column):
        del found.fields["value_usd"]
        found.notes.append(f"{column!r} may be value_usd, if it is in US dollars. Say so under fields.")


def first_rows(path: Path, form: FileFormat) -> pd.DataFrame:
    """The first batch of a file as columns of text."""
    table = opened_table(path, form)
    header = table.header()
    batch = next(iter(table.batches()), None)
    columns = batch.columns if batch else [[] for _ in header]
    return pd.DataFrame({name: pd.Series(c, dtype="str") for name, c in zip(header, columns, strict=True) if name})


def labelled(survey: Form | None, questions: Sequence[KnownQuestion]) -> dict[str, Labelled]:
    """What each column of a form's submissions asks, by its name with and without groups.

    Its labels are those of the language in which most are known questions; where none is, of its first language.
    """
    if survey is None:
        return {}
    known = {plain_wording(question.text) for question in questions}
    worded = [
        sum(plain_wording(in_language(asked.labels, language)) in known for asked in survey.questions)
        for language in survey.languages
    ]
    language = survey.languages[worded.index(max(worded))]
    found: dict[str, Labelled] = {}
    for question in survey.questions:
        choices = {choice.name: in_language(choice.labels, language) or choice.name for choice in question.choices}
        label = in_language(question.labels, language)
        if label and question.kind != "select_multiple":
            found[question.key] = found[question.name] = Labelled(label, choices)
    return found


def look_for_questions(
    found: Suggestion, sheet: pd.DataFrame, questions: Sequence[KnownQuestion], labels: Mapping[str, Labelled]
) -> None:
    """Nothing; the shape of a survey and its questions are found."""
    found.pairs = paired_columns(sheet, questions)
    if found.pairs:
        found.shape = "paired"
        paired = {column for pair in found.pairs for column in pair}
        found.fields = {name: column for name, column in found.fields.items() if column not in paired}
        texts = pd.concat([sheet[question] for question, _ in found.pairs])
        values = pd.concat([sheet[answer] for _, answer in found.pairs])
        ask_texts(found, texts, values, questions)
    elif {"question", "value"} <= set(found.fields):
        ask_texts(found, sheet[found.fields["question"]], sheet[found.fields["value"]], questions)
    else:
        found.shape = "wide"
        for name in ("question", "value"):
            found.fields.pop(name, None)
        for column in (str(name) for name in sheet if name not in found.fields.values()):
            written, label = different(sheet[column]), labels.get(column)
            shown = label.text if label else column
            if (label and label.choices) or is_question(shown, written, questions):
                ask(found, column, written, questions, label)
    if not found.asked:
        found.notes.append("No column looks like a question with choices. Say in the mapping which ones are.")


def paired_columns(sheet: pd.DataFrame, questions: Sequence[KnownQuestion]) -> list[tuple[str, str]]:
    """Columns that hold the texts of questions, each with the column behind it, which holds the answers."""
    known = {plain_wording(question.text) for question in questions}
    found = []
    for name, following in pairwise([str(name) for name in sheet]):
        texts = different(sheet[name])
        worded = [text for text in texts if plain_wording(text) in known or text.endswith("?")]
        if texts and 2 * len(worded) >= len(texts):
            found.append((name, following))
    return found if len(found) > 1 else []


def ask_texts(
    found: Suggestion, texts: "pd.Series[str]", values: "pd.Series[str]", questions: Sequence[KnownQuestion]
) -> None:
    """Nothing; every question that a column of texts asks is asked."""
    known = {question.indicator_id for question in questions}
    for key, given in values.groupby(texts.str.strip().to_numpy(), sort=False):
        text = str(key)
        if text and text not in known:
            ask(found, text, different(given), questions)


def is_question(column: str, written: list[str], questions: Sequence[KnownQuestion]) -> bool:
    """True for a column that asks something with a few choices."""
    plain = plain_wording(column)
    if any(plain == plain_wording(question.text) for question in questions):
        return True
    if PERSONAL.search(plain) or not 1 <= len(written) <= MOST_VALUES:
        return False
    return column.endswith("?") or (len(written) > 1 and (likely_scale(written) is not None or len(column.split()) > 3))


def different(values: "pd.Series[str]") -> list[str]:
    """The different values that are not blank, the commonest first."""
    given = values.dropna().astype("str").str.strip()
    return [str(text) for text in given[given != ""].value_counts().index]


def ask(
    found: Suggestion,
    text: str,
    written: list[str],
    questions: Sequence[KnownQuestion],
    label: Labelled | None = None,
) -> None:
    """Nothing; one question more is asked: a known one where its wording is the same, else left open."""
    wording = label.text if label else text
    same = [question for question in questions if plain_wording(question.text) == plain_wording(wording)]
    by_text = {question.text: question for question in questions}
    likely = tuple((by_text[one], alike) for one, alike in near(wording, list(by_text)))
    known = same[0] if len(same) == 1 else None
    labels = [label.choices.get(value, value) if label else value for value in written]
    scale = known.scale if known else likely[0][0].scale if likely else likely_scale(labels) or "ordinal5"
    indicator = known.indicator_id if known else None
    values = meant(labels, scale)
    if known and (doubt := doubted(found, indicator, labels, values, scale)):
        found.notes.append(f"{text!r} is {indicator}, but {doubt}")
        indicator, likely = None, ((known, 100.0),)
    if values and label:
        values = {value: values[shown] for value, shown in zip(written, labels, strict=True) if shown in values}
    written = written[: 5 * MOST_VALUES]
    one = Asked(text, tuple(written), scale, indicator, () if indicator else likely, values, wording)
    found.asked.append(one)
    if not known:
        open_end = "is near to a known one, but not the same" if likely else "is in no codebook that is here"
        found.notes.append(f"{text!r} {open_end}. Say which indicator it is, or leave it out.")
    if one.values is None:
        found.notes.append(f"Say what each written value of {text!r} is on the scale {scale}.")


def doubted(
    found: Suggestion, indicator: str | None, written: list[str], values: dict[str, int | str] | None, scale: str
) -> str:
    """Why a known question is left to a person all the same; empty where it is not.

    Numbers of another scale would be taken for those of this one: of "1 = yes, 2 = no" only the yes.
    """
    if any(one.indicator == indicator for one in found.asked):
        return "another column is too. Say which of them is read."
    if values is None and all(text.isdigit() for text in written):
        low, high = SCALES[scale]
        return f"its scale {scale} has the numbers {low} to {high}. Say which answer each written number is."
    return ""


def fitting_dates(texts: Sequence[str]) -> list[str]:
    """The date formats that fit every text, after sampling many; ISO days with or without a time fit as they are."""
    texts = texts[:MOST_DATES]
    if texts and all(ISO.fullmatch(text) for text in texts):
        return [DATES[0]]
    return [form for form in DATES if texts and all(is_date(text, form) for text in texts)]


def is_date(text: str, form: str) -> bool:
    """True where a text is a day in this format."""
    try:
        datetime.strptime(text, form)  # noqa: DTZ007  # a local day has no time zone
    except ValueError:
        return False
    return True


def note_date(found: Suggestion, name: str, column: str) -> None:
    """Nothing; what a person must decide about a date is noted."""
    forms = found.dates[name]
    if not forms:
        found.notes.append(f"The dates in {column!r} are not all written in one way that is known. Say their format.")
    elif len(forms) > 1:
        found.notes.append(
            f"The dates in {column!r} fit {' and '.join(forms)}: day and month may be exchanged. Choose."
        )
