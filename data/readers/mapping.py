"""Mappings: a TOML file that says how one real export is read (FORMATS §2)."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from data.readers.formats import FileFormat, Part, Unreadable
from data.readers.kinds import KINDS
from data.readers.sources import FieldSource, with_distinct_keys
from data.readers.wording import plain_wording

NOT_APPLICABLE = "not_applicable"
MAPPED = Literal["answers", "factories", "headcount", "buyers", "relations", "orders", "buyer_actions", "measures"]
SHAPES = ("wide", "long", "paired")
DECLARED = {
    "factories": ("name", "country", "sector", "headcount", "owner_id", "timezone", "joined_date"),
    "buyers": ("name", "home_country"),
}
"""What a mapping may say of factories and buyers that its rows only name."""


class CodebookPart(Part):
    """The codebook that the questions belong to; without it they belong to one that is there already."""

    name: str


class AfterPart(Part):
    """The answer to another question after which alone a question is asked."""

    indicator: str
    values: list[int]


class QuestionPart(Part):
    """What a question asks, and which answer each of its written values is."""

    indicator: str
    theme: str | None = None
    theme_name: str | None = None
    short_name: str | None = None
    text: str | None = None
    scale: str | None = None
    polarity: Literal[1, -1] = 1
    zero_tolerance: bool = False
    event_sensitive: bool = False
    """True where the answers may follow soon after what a buyer does."""
    role: Literal["scored", "context", "integrity"] = "scored"
    values: dict[str, int | Literal["not_applicable"]] | None = None
    """The answer that each written value is; left out, values are numbers already."""
    after: AfterPart | None = None
    """A follow-up question: its answers count only in sittings with this answer."""
    optional: bool = False
    """True where some files do not have the column."""

    @field_validator("values")
    @classmethod
    def apart(
        cls, values: dict[str, int | Literal["not_applicable"]] | None
    ) -> dict[str, int | Literal["not_applicable"]] | None:
        """Refuses two answers for one value, as capitals do not matter."""
        return with_distinct_keys(values)

    @property
    def declares(self) -> bool:
        """True where the mapping says all that a new question needs."""
        return bool(self.theme and self.text and self.scale)


class PairPart(Part):
    """Two columns of the paired shape: the question's text, and what was answered."""

    question: str
    answer: str


class MeasurePart(Part):
    """What a column of numbers measures."""

    measure: str
    unit: str | None = None
    summed: Literal["sum", "mean"] | None = None
    optional: bool = False


class LinkPart(Part):
    """That a list of factories has no identifiers of ours: its rows are looked up among the factories that are here."""

    list: str
    """The name of the list, under which decisions about its rows are kept."""


class Mapping(Part):
    """One whole mapping."""

    name: str
    kind: MAPPED = Field("answers", alias="as")
    shape: Literal["wide", "long", "paired"] = "long"
    file: FileFormat = FileFormat()
    codebook: CodebookPart | None = None
    fields: dict[str, FieldSource]
    factories: dict[str, FieldSource] | None = None
    buyers: dict[str, FieldSource] | None = None
    segments: dict[str, FieldSource] = Field(default_factory=dict)
    questions: dict[str, QuestionPart] = Field(default_factory=dict)
    pairs: list[PairPart] = Field(default_factory=list)
    measures: dict[str, MeasurePart] = Field(default_factory=dict)
    link: LinkPart | None = None
    not_asked: list[str] = Field(default_factory=lambda: [""])
    """Written values that mean that a question was not asked or not answered."""

    @model_validator(mode="after")
    def complete(self) -> "Mapping":
        """Refuses a mapping that lacks what its kind and shape need, or has what nothing would read."""
        self._fields_known()
        for part, known in DECLARED.items():
            declared: dict[str, FieldSource] = getattr(self, part) or {}
            if unknown := set(declared) - set(known):
                raise ValueError(f"{part} has {in_words(unknown)}, which one of its rows does not have")
        if self.kind == "answers":
            self._questions_whole()
        elif self.questions or self.pairs or self.codebook:
            raise ValueError(f"questions, pairs and codebook belong to answers, not to {self.kind}")
        if self.measures and (self.kind, self.shape) != ("measures", "wide"):
            raise ValueError('measures are columns only where as = "measures" and shape = "wide"')
        if self.link is not None and self.kind != "factories":
            raise ValueError("link belongs to factories")
        return self

    def _fields_known(self) -> None:
        kind = KINDS[self.kind]
        needed, known = list(kind.needed), set(kind.columns)
        if self.kind == "answers":
            needed = ["factory_id", "date"] + (["question", "value"] if self.shape == "long" else [])
            known = (
                (known | {"question"}) - {"indicator_id"} - (set() if self.shape == "long" else {"question", "value"})
            )
        if self.kind == "measures" and self.shape == "wide":
            needed, known = ["factory_id", "date"], known - {"measure", "value"}
        if self.shape == "paired" and self.kind != "answers":
            raise ValueError(f"the paired shape holds answers, not {self.kind}")
        if self.shape == "wide" and self.kind not in ("answers", "measures"):
            raise ValueError(f"the wide shape holds answers or measures, not {self.kind}")
        if self.segments and not kind.segments:
            raise ValueError(f"segments belong to answers and headcount, not to {self.kind}")
        if self.link is not None:
            needed.remove("factory_id")
        if "actor_type" in self.fields:
            needed.remove("buyer_id")  # somebody else did it
        if missing := [name for name in needed if name not in self.fields]:
            raise ValueError(f"fields lacks {in_words(missing)}")
        if unknown := set(self.fields) - known:
            one = "an answer" if self.kind == "answers" else f"a row of {self.kind}"
            raise ValueError(f"fields has {in_words(unknown)}, which {one} does not have")

    def _questions_whole(self) -> None:
        if self.shape != "long" and not self.questions:
            raise ValueError("questions is empty, so no answer would be read")
        if (self.shape == "paired") != bool(self.pairs):
            raise ValueError("the paired shape needs pairs, and no other shape has them")
        self._texts_apart()
        indicators = {question.indicator for question in self.questions.values()}
        for text, question in self.questions.items():
            begun = question.theme or question.text or question.scale
            if begun and not question.declares:
                raise ValueError(f"questions.{text!r} needs theme, text and scale, as it is new")
            if begun and self.codebook is None:
                raise ValueError(f"questions.{text!r} is new and needs a codebook: [codebook] says its name")
            if question.after is not None and question.after.indicator not in indicators:
                raise ValueError(f"questions.{text!r} follows {question.after.indicator!r}, which no question is")
        follows = any(question.after for question in self.questions.values())
        if follows and self.shape == "long" and "submission_id" not in self.fields:
            raise ValueError("a question that follows another needs fields.submission_id, to know which sitting it is")

    def _texts_apart(self) -> None:
        texts: dict[str, str] = {}
        for text, question in self.questions.items() if self.shape != "wide" else ():
            other = texts.setdefault(plain_wording(text), text)
            if self.questions[other].indicator != question.indicator:
                raise ValueError(f"questions {other!r} and {text!r} are one text, and two indicators")
        used = [column for pair in self.pairs for column in (pair.question, pair.answer)]
        if twice := sorted({column for column in used if used.count(column) > 1}):
            raise ValueError(f"pairs name {in_words(twice)} twice")

    @property
    def sources(self) -> dict[str, FieldSource]:
        """Every field source of the mapping, by its place."""
        parts = {"fields": self.fields, "factories": self.factories, "buyers": self.buyers, "segments": self.segments}
        return {f"{part}.{name}": source for part, held in parts.items() for name, source in (held or {}).items()}

    @property
    def columns(self) -> list[str]:
        """Every column that the file must have; all that are not read are dropped."""
        found = [column for source in self.sources.values() if not source.optional for column in source.read_columns]
        found += [column for pair in self.pairs for column in (pair.question, pair.answer)]
        if self.shape == "wide":
            found += [column for column, part in self.asked.items() if not part.optional]
        return list(dict.fromkeys(found))

    @property
    def asked(self) -> dict[str, QuestionPart] | dict[str, MeasurePart]:
        """In the wide shape, what each column asks or measures."""
        return self.questions if self.kind == "answers" else self.measures

    @property
    def optional(self) -> list[str]:
        """Columns that are read where a file has them."""
        found = [column for source in self.sources.values() if source.optional for column in source.read_columns]
        if self.shape == "wide":
            found += [column for column, part in self.asked.items() if part.optional]
        return list(dict.fromkeys(found))


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Unreadable, naming the place of the first mistake."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Unreadable(f"There is no mapping {path}.") from None
    except OSError as error:
        raise Unreadable(f"The mapping {path} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"The mapping {path.name} is not TOML: {error}.") from error
    return mapping_of(text, path.name)


def mapping_of(text: str, name: str = "") -> Mapping:
    """The mapping that a TOML text says. Raises Unreadable, naming the place of the first mistake."""
    called = f"The mapping {name}".rstrip()
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{called} is not TOML: {error}.") from error
    except RecursionError:
        raise Unreadable(f"{called} is nested too deeply.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the mapping"
        said = first["msg"].removeprefix("Value error, ")
        raise Unreadable(f"{called} is not right at {place}: {said}.") from error
    except ValueError as error:  # a number of thousands of digits, which TOML allows and Python does not read
        raise Unreadable(f"{called} holds a number that is too long.") from error


def in_words(names: Iterable[str]) -> str:
    """The names in order, parted by commas."""
    return ", ".join(sorted(names))
