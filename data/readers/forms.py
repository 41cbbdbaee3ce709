"""Forms of questions: XLSForm workbooks and the forms inside Kobo's JSON, with labels in every language."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.readers.decoding import decoded
from data.readers.encoding import text_of
from data.readers.formats import UPLOAD, FileFormat, Limits, Unreadable
from data.readers.records import as_text, document_of
from data.readers.workbook import all_sheets

LABEL = re.compile(r"label(?:::?\s*(?P<language>.+))?", re.IGNORECASE)
SELECT = re.compile(
    r"(?:add )?select[_ ](?P<how>one|1|multiple|all that apply)(?:[_ ]from)?(?:[_ ]file)?(?:\s+(?P<list>\S+))?"
    r"(?P<other>\s+or[_ ](?:specify[_ ])?other)?",
    re.IGNORECASE,
)
OTHER = "other"
Labels = tuple[tuple[str, str], ...]
"""Language and text; the language is empty where a form names none."""
Cells = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One answer of a question that is chosen from a list."""

    name: str
    labels: Labels


@dataclass(frozen=True)
class Question:
    """One question of a form: its type, its labels, and the groups it lies in."""

    name: str
    kind: str
    """`select_one`, `select_multiple`, or the type as the form has it, such as `integer`."""
    labels: Labels
    path: tuple[str, ...]
    """The names of the groups and repeats it lies in, the outermost first."""
    groups: tuple[Labels, ...] = ()
    """The labels of those."""
    repeated: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def key(self) -> str:
        """Its name with the groups before it, as submissions have it."""
        return "/".join((*self.path, self.name))


@dataclass(frozen=True)
class Form:
    """A form: its title, its languages, the default one first, and its questions in order."""

    title: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]


def in_language(labels: Labels, language: str) -> str:
    """The label in a language; nothing where the form has none in it."""
    return next((text for spoken, text in labels if spoken == language), "")


def form_of(path: Path, limits: Limits = UPLOAD) -> Form:
    """The form in an XLSForm workbook, its CSV twin, or Kobo's JSON. Raises Unreadable."""
    suffix = path.read_bytes()[:4]
    if suffix[:2] == b"PK" or suffix == b"\xd0\xcf\x11\xe0":
        sheets = all_sheets(path, limits)
    elif suffix.lstrip()[:1] in (b"{", b"["):
        value = document_of(path, FileFormat(), limits).value
        if not is_kobo(value):
            raise Unreadable(f"{path.name} is no form: it has no content with a survey.")
        return kobo_form(value)
    else:
        sheets = sheets_of_text(path, limits)
    named = {name.strip().casefold(): rows for name, rows in sheets.items()}
    if "survey" not in named:
        raise Unreadable(f"{path.name} is no XLSForm: it has no sheet called survey.")
    choices = named.get("choices") or named.get("choices and columns") or []
    return xlsform(table_rows(named["survey"]), table_rows(choices), table_rows(named.get("settings", [])))


def sheets_of_text(path: Path, limits: Limits) -> dict[str, list[list[str]]]:
    """The sheets of an XLSForm kept as CSV: a sheet's name stands alone in the first column, above its rows."""
    text = "".join(decoded(path, text_of(path, FileFormat(), limits.field).encoding))
    sheets: dict[str, list[list[str]]] = {}
    name = ""
    try:
        for fields in csv.reader(text.split("\n")):
            if fields and fields[0].strip():
                name = fields[0].strip()
                sheets[name] = []
            elif name and any(fields):
                sheets[name].append([value.strip() for value in fields[1:]])
    except csv.Error as error:
        raise Unreadable(f"{path.name} is no XLSForm: {error}.") from error
    return sheets


def table_rows(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """The rows of a sheet under the names in its first row; of two columns of one name the first counts."""
    whole = [row for row in rows if any(cell.strip() for cell in row)]
    if not whole:
        return []
    names = [" ".join(name.split()).replace(" ", "_").lower() for name in whole[0]]
    places = {name: place for place, name in reversed(list(enumerate(names))) if name}
    original = {name: whole[0][place].strip() for name, place in places.items()}
    return [
        {original[n] if n.startswith("label") else n: row[p].strip() for n, p in places.items() if p < len(row)}
        for row in whole[1:]
    ]


def labels_of(row: Cells, languages: Sequence[str | None]) -> Labels:
    """The labels of a row, in the order of its columns or of the form's translations."""
    found: list[tuple[str, str]] = []
    for name, value in row.items():
        match = LABEL.fullmatch(name)
        if match is None:
            continue
        if isinstance(value, list):
            spoken = [language or "" for language in languages] or [""] * len(value)
            found += [(language, as_text(text)) for language, text in zip(spoken, value, strict=False)]
        else:
            found.append(((match["language"] or "").strip(), " ".join(as_text(value).split())))
    return tuple((language, text) for language, text in dict(reversed(found)).items() if text)[::-1]


def xlsform(survey: Sequence[Cells], choices: Sequence[Cells], settings: Sequence[Cells]) -> Form:
    """The form that the rows of an XLSForm's sheets make."""
    first = settings[0] if settings else {}
    default = as_text(first.get("default_language"))
    return built(survey, choices, as_text(first.get("form_title") or first.get("title")), default, ())


def kobo_form(value: Mapping[str, Any]) -> Form:
    """The form inside Kobo's JSON."""
    content = value["content"]
    settings = content.get("settings")
    settings = settings if isinstance(settings, dict) else {}
    translations = content.get("translations")
    languages = [as_text(one) for one in translations] if isinstance(translations, list) else []
    title = as_text(settings.get("title") or value.get("name") or value.get("id_string"))
    choices = content.get("choices")
    rows = [row for row in choices if isinstance(row, dict)] if isinstance(choices, list) else []
    survey = [row for row in content["survey"] if isinstance(row, dict)]
    return built(survey, rows, title, as_text(settings.get("default_language")), languages)


def is_kobo(value: Any) -> bool:
    """True for an object that holds a form as Kobo writes it."""
    content = value.get("content") if isinstance(value, dict) else None
    return isinstance(content, dict) and isinstance(content.get("survey"), list)


def built(survey: Sequence[Cells], choices: Sequence[Cells], title: str, default: str, spoken: Sequence[str]) -> Form:
    """The form of these rows. Groups are opened and closed as they come; one left open ends with the form."""
    lists: dict[str, list[Choice]] = {}
    for row in choices:
        name = as_text(row.get("name") or row.get("value") or row.get("$autovalue"))
        if name:
            listed = lists.setdefault(as_text(row.get("list_name")), [])
            listed.append(Choice(name, labels_of(row, spoken)))
    questions = tuple(asked(survey, lists, spoken))
    labels = [*(q.labels for q in questions), *(c.labels for q in questions for c in q.choices)]
    languages = list(dict.fromkeys([*spoken, *(language for found in labels for language, _ in found)]))
    languages.sort(key=lambda language: language != default)
    return Form(title, tuple(languages) or ("",), questions)


def asked(survey: Sequence[Cells], lists: Mapping[str, list[Choice]], spoken: Sequence[str]) -> Iterator[Question]:
    """The questions, each with the groups that are open where it stands."""
    opened: list[tuple[str, Labels, bool]] = []
    for row in survey:
        kind = " ".join(as_text(row.get("type")).replace("_", " ").lower().split())
        name = as_text(row.get("name") or row.get("$autoname"))
        labels = labels_of(row, spoken)
        if kind in ("begin group", "begin repeat"):
            opened.append((name, labels, kind == "begin repeat"))
        elif kind.startswith("end "):
            del opened[-1:]
        elif kind and name:
            path = tuple(name for name, _, _ in opened if name)
            groups = tuple(labels for _, labels, _ in opened)
            repeated = any(repeat for _, _, repeat in opened)
            yield from with_other(row, lists, Question(name, "", labels, path, groups, repeated))


def with_other(row: Cells, lists: Mapping[str, list[Choice]], bare: Question) -> Iterator[Question]:
    """The question of a row, and the one for another answer where its list leaves room for one."""
    written = " ".join(as_text(row.get("type")).split())
    match = SELECT.fullmatch(written)
    if match is None:
        yield Question(bare.name, written.lower(), bare.labels, bare.path, bare.groups, bare.repeated)
        return
    kind = "select_one" if match["how"].lower() in ("one", "1") else "select_multiple"
    listed = tuple(lists.get(match["list"] or as_text(row.get("select_from_list_name")), ()))
    if match["other"]:
        listed += (Choice(OTHER, tuple((language, "Other") for language, _ in bare.labels)),)
    yield Question(bare.name, kind, bare.labels, bare.path, bare.groups, bare.repeated, listed)
    if match["other"]:
        labels = tuple((language, f"{text} (other)") for language, text in bare.labels)
        yield Question(f"{bare.name}_other", "text", labels, bare.path, bare.groups, bare.repeated)
