"""Mappings: a TOML file that says how one real export is read (FORMATS §2)."""

import codecs
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from data.readers.delimited import Unreadable

NOT_APPLICABLE = "not_applicable"


class Part(BaseModel):
    """A table of the mapping; a key nobody knows is a mistake, not a comment."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileFormat(Part):
    """How the file's bytes become rows."""

    encoding: str = "utf-8"
    delimiter: str = Field(",", min_length=1, max_length=1, pattern=r'[^"\r\n]')

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, name: str) -> str:
        """Refuses an encoding that nobody knows."""
        try:
            codecs.lookup(name)
        except LookupError as error:
            raise ValueError(f"{name!r} is not an encoding") from error
        return name


class FieldSource(Part):
    """Where a field comes from: a column, perhaps recoded, or a constant."""

    column: str | None = None
    constant: str | None = None
    format: str | None = None
    recode: dict[str, str] | None = None
    otherwise: str | None = None
    """What a value not listed in `recode` becomes; left out, it stays as it is."""
    bands: list[tuple[float, float]] | None = None
    """Numbers become the band they lie in, both ends included; outside every band they count as not said."""

    @field_validator("format")
    @classmethod
    def whole_day(cls, form: str | None) -> str | None:
        """Refuses a date format that does not say a whole day."""
        if form is None:
            return None
        day = date(2001, 2, 3)
        try:
            read = datetime.strptime(day.strftime(form), form).date()  # noqa: DTZ007  # a local day has no time zone
        except ValueError:
            read = None
        if read != day:
            raise ValueError(f"{form!r} does not say year, month and day as strptime has them")
        return form

    @field_validator("bands")
    @classmethod
    def bands_rise(cls, bands: list[tuple[float, float]] | None) -> list[tuple[float, float]] | None:
        """Refuses a band that nothing can lie in."""
        for low, high in bands or []:
            if not low <= high:
                raise ValueError(f"the band [{low:g}, {high:g}] holds nothing")
        return bands

    @model_validator(mode="after")
    def one_source(self) -> "FieldSource":
        """Refuses a field with no source, or with two."""
        if (self.column is None) == (self.constant is None):
            raise ValueError("needs either column or constant")
        return self


class CodebookPart(Part):
    """The codebook that the questions belong to; without it they belong to the default codebook."""

    name: str


class QuestionPart(Part):
    """What a column asks, and which answer each of its values is."""

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


class Mapping(Part):
    """One whole mapping of the wide shape."""

    name: str
    kind: Literal["answers"] = Field("answers", alias="as")
    shape: Literal["wide"]
    file: FileFormat = FileFormat()
    codebook: CodebookPart | None = None
    fields: dict[str, FieldSource]
    factories: dict[str, FieldSource] | None = None
    segments: dict[str, FieldSource] = {}
    questions: dict[str, QuestionPart]
    not_asked: list[str] = [""]
    """Written values that mean that a question was not asked or not answered."""

    @model_validator(mode="after")
    def complete(self) -> "Mapping":
        """Refuses a mapping without date or factory, with fields nobody knows, or with half a question."""
        known = {
            "date",
            "factory_id",
            "channel",
            "gender",
            "department",
            "tenure_band",
            "submission_id",
            "respondent_key",
        }
        if missing := {"date", "factory_id"} - set(self.fields):
            raise ValueError(f"fields lacks {', '.join(sorted(missing))}")
        if unknown := set(self.fields) - known:
            raise ValueError(f"fields has {', '.join(sorted(unknown))}, which an answer does not have")
        if self.factories is not None:
            declared = {"name", "country", "sector", "headcount", "owner_id", "timezone", "joined_date"}
            if unknown := set(self.factories) - declared:
                raise ValueError(f"factories has {', '.join(sorted(unknown))}, which a factory does not have")
        if self.codebook is not None:
            for column, question in self.questions.items():
                if not (question.theme and question.text and question.scale):
                    raise ValueError(f"questions.{column!r} needs theme, text and scale, as its codebook is new")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column of the file that is read; all others are dropped unread."""
        sources = [*self.fields.values(), *(self.factories or {}).values(), *self.segments.values()]
        return list(dict.fromkeys([s.column for s in sources if s.column] + list(self.questions)))


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Unreadable, naming the place of the first mistake."""
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise Unreadable(f"There is no mapping {path}.") from None
    except OSError as error:
        raise Unreadable(f"The mapping {path} cannot be opened: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"The mapping {path.name} is not TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the mapping"
        raise Unreadable(
            f"The mapping {path.name} is not right at {place}: {first['msg'].removeprefix('Value error, ')}."
        ) from error
