"""Reads a factory's scores as another standard: the same numbers, grouped under that standard's clauses.

No clause gets a score. None of these standards defines one from workers' answers, most of them give no numbers at
all, and our questions never cover a clause evenly: a mean of them would be a number that no standard defined, under
a name that people trust. So a clause shows its questions, each with the score that it has everywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.codebook.questions import DEFAULT_CODEBOOK, Question, questions_of
from data.codebook.standards import Clause, Mapped, Strength, crosswalk, standards
from data.codebook.standards import Standard as Standard
from scoring.levels import Book
from scoring.model import Reason, Score

BEYOND = "beyond"
BEYOND_TITLE = "Asked by Seamline, not in this standard"


class Coverage(StrEnum):
    """How far workers are asked about a clause."""

    ASKED = "asked"
    IN_PART = "in part"
    """Every question touches only a part of it, or something near it."""
    NOT_SCORED = "not scored"
    """Only questions touch it whose answers are context and make no score."""
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class Placed:
    """A question under a clause, with the score it has everywhere; `in_part` when it touches only a part."""

    score: Score
    text: str
    in_part: bool


@dataclass(frozen=True)
class Lead:
    """A zero-tolerance question under a clause: never averaged, so there is no number in it."""

    indicator_id: str
    text: str
    in_part: bool


@dataclass(frozen=True)
class ClauseGroup:
    """One clause of a standard with what workers are asked about it; the last group holds what is beyond it.

    `number` is what people call the clause by, or empty; `section` the title of the clause above it, or empty.
    `context` holds the wording of questions that touch it and make no score.
    """

    key: str
    number: str
    title: str
    section: str
    questions: tuple[Placed, ...]
    leads: tuple[Lead, ...]
    context: tuple[str, ...]

    @property
    def coverage(self) -> Coverage:
        """How far workers are asked about it."""
        in_part = [one.in_part for one in self.questions] + [one.in_part for one in self.leads]
        if in_part:
            return Coverage.IN_PART if all(in_part) else Coverage.ASKED
        return Coverage.NOT_SCORED if self.context else Coverage.NOT_ASKED


def readings(codebook: str) -> tuple[Standard, ...]:
    """The standards a codebook can be read as; none for one that a data set brought, which has no crosswalk."""
    return standards() if codebook == DEFAULT_CODEBOOK else ()


def reading(codebook: str, slug: object) -> Standard | None:
    """The standard that a URL asks for, or None: then the scores are read by theme. Nothing raises."""
    return next((standard for standard in readings(codebook) if standard.slug == slug), None)


def grouped(book: Book, standard: Standard, rows: Mapping[str, Score]) -> tuple[ClauseGroup, ...]:
    """The scores by indicator under the standard's clauses, in its order; what is in none of them comes last.

    A question stands under every clause it touches. One without a row has too few answers, as anywhere. Raises
    ValueError for a codebook that cannot be read so: its ids may mean something else.
    """
    if standard not in readings(book.codebook):
        raise ValueError(f"The codebook {book.codebook!r} cannot be read as {standard.name}.")
    asked = questions_of(book.codebook)
    placed = placed_of(book, rows)
    groups = [clause_group(clause, crosswalk().get(clause.clause_id, ()), asked, placed) for clause in standard.clauses]
    reached = {mapped.indicator_id for clause in standard.clauses for mapped in crosswalk().get(clause.clause_id, ())}
    beyond = ClauseGroup(
        key=BEYOND,
        number="",
        title=BEYOND_TITLE,
        section="",
        questions=tuple(found for key, found in placed.items() if key not in reached),
        leads=tuple(lead(q, in_part=False) for key, q in asked.items() if q.is_lead and key not in reached),
        context=(),
    )
    return (*groups, beyond) if beyond.questions or beyond.leads else tuple(groups)


def placed_of(book: Book, rows: Mapping[str, Score]) -> dict[str, Placed]:
    """Every averaged question of the book with its score, in the book's order."""
    described = zip(book.indicators, book.names, book.texts, strict=True)
    return {
        key: Placed(rows.get(key) or Score(key, name, None, Reason.NOT_ENOUGH, 1, 0), text, in_part=False)
        for key, name, text in described
    }


def clause_group(
    clause: Clause, mapped: tuple[Mapped, ...], asked: Mapping[str, Question], placed: Mapping[str, Placed]
) -> ClauseGroup:
    """One clause with its questions, its leads and the context that touches it."""
    found = [(asked[m.indicator_id], m.strength is Strength.SECONDARY) for m in mapped]
    scored = [(placed[q.indicator_id], part) for q, part in found if q.is_averaged and q.indicator_id in placed]
    return ClauseGroup(
        key=clause.clause_id,
        number=clause.number,
        title=clause.title,
        section=clause.section,
        questions=tuple(Placed(one.score, one.text, part) for one, part in scored),
        leads=tuple(lead(q, in_part=part) for q, part in found if q.is_lead),
        context=tuple(q.text for q, _ in found if not q.is_averaged and not q.is_lead),
    )


def lead(question: Question, *, in_part: bool) -> Lead:
    """A zero-tolerance question by its wording; whatever score came along stays out."""
    return Lead(question.indicator_id, question.text, in_part)
