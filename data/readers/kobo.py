"""Kobo's submissions with their form: labels for names, repeats as rows, a column for each choice of several."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.readers.formats import FileFormat, Limits, Unreadable
from data.readers.forms import Form, Question, in_language, is_kobo, kobo_form
from data.readers.records import BETWEEN, Document, Flat, as_text, filled_table, flat_rows
from data.readers.table import Gathered, Ragged, numbered
from data.readers.tally import too_many_rows

INDEX, PARENT = "_index", "_parent_index"
APART = " / "


def has_submissions(document: Document) -> bool:
    """True for a form with submissions."""
    value = document.value
    return is_kobo(value) and isinstance(value.get("submissions"), list)


def kobo_table(document: Document, form: FileFormat, limits: Limits) -> tuple[Gathered, FileFormat]:
    """The submissions as a table, and the format with the language that was taken. Raises Unreadable."""
    asked = kobo_form(document.value)
    language = chosen_language(document, asked, form.language)
    table = submissions_table(document, document.value["submissions"], asked, language, limits)
    return table, form.model_copy(update={"format": "kobo", "language": language})


def chosen_language(document: Document, asked: Form, wanted: str | None) -> str:
    """The language of the labels: the one that is wanted, else the form's own. Raises Unreadable."""
    if wanted is None:
        return asked.languages[0]
    known = {language.casefold(): language for language in asked.languages} | {"": ""}
    if wanted.casefold() not in known:
        raise Unreadable(f"{document.path.name} has no labels in {wanted!r}; it has {', '.join(asked.languages)}.")
    return known[wanted.casefold()]


def submissions_table(
    document: Document, submissions: Sequence[Any], asked: Form, language: str, limits: Limits
) -> Gathered:
    """The rows of all submissions under the labels of their form. Raises Unreadable where there are too many."""
    flat: list[tuple[int, Flat]] = []
    ragged: list[Ragged] = []
    for number, submission in enumerate(submissions, start=1):
        if not isinstance(submission, dict):
            ragged.append(Ragged(number, "it is no submission", (as_text(submission)[:40],), number))
            continue
        flat += [(number, row) for row in flat_rows(submission, limits)]
        if len(flat) > limits.rows:
            raise Unreadable(too_many_rows(document.path.name, limits))
    headings = {question.key: heading(question, language) for question in asked.questions}
    plain = {question.name: question.key for question in asked.questions if question.path}
    names = dict(zip(headings, numbered(list(headings.values())), strict=True))
    columns = list(columns_of(asked.questions, names, language))
    repeats = any(question.repeated for question in asked.questions)
    others = dict.fromkeys(name for _, row in flat for name in row if plain.get(name, name) not in names)
    rows = []
    for index, (number, row) in enumerate(flat, start=1):
        made = labelled({plain.get(name, name): value for name, value in row.items()}, asked.questions, names, language)
        if repeats:
            made |= {INDEX: str(index), PARENT: str(number)}
        rows.append((number, made))
    every = list(dict.fromkeys([*columns, *others, *((INDEX, PARENT) if repeats else ())]))
    return filled_table(document.path, every, rows, limits, tuple(ragged))


def heading(question: Question, language: str) -> str:
    """The name of a question's column: its label after those of its groups; names where there is no label."""
    own = in_language(question.labels, language) or question.name
    above = [
        in_language(labels, language) or name for labels, name in zip(question.groups, question.path, strict=False)
    ]
    return APART.join((*above, own))


def columns_of(questions: Sequence[Question], names: Mapping[str, str], language: str) -> list[str]:
    """The columns of the questions in order, each choice of several after its question."""
    found: list[str] = []
    for question in questions:
        found.append(names[question.key])
        if question.kind == "select_multiple":
            found += [
                f"{names[question.key]}{APART}{in_language(choice.labels, language) or choice.name}"
                for choice in question.choices
            ]
    return found


def labelled(row: Flat, questions: Sequence[Question], names: Mapping[str, str], language: str) -> Flat:
    """A row under its labels, with choices as labels; what is not of the form stays as it is."""
    made = {name: value for name, value in row.items() if name not in names}
    for question in questions:
        value = row.get(question.key, "")
        column = names[question.key]
        labels = {choice.name: in_language(choice.labels, language) or choice.name for choice in question.choices}
        if question.kind == "select_multiple":
            chosen = value.split()
            made[column] = BETWEEN.join(labels.get(name, name) for name in chosen)
            for name, label in labels.items():
                made[f"{column}{APART}{label}"] = str(int(name in chosen)) if chosen else ""
        else:
            made[column] = labels.get(value, value)
    return made
