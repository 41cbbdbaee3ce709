"""Builds what the drawer shows: the explanation of one score, with the names that its parts go by."""

from data.release.reader import OpenRelease
from scoring.books import book_of
from scoring.explanations import Explanation
from scoring.indicator_pages import lead_questions
from scoring.levels import Book
from scoring.model import Factory, Stamp
from scoring.quality import lowering
from scoring.views import ExplainedView


def explained_view(release: OpenRelease, factory: Factory, stamp: Stamp, found: Explanation) -> ExplainedView:
    """An explanation with names. A question goes by its wording, a theme by its name."""
    book = book_of(release, found.codebook)
    leads = lead_questions(release, found.codebook)
    is_question = found.key in book.indicators
    return ExplainedView(
        factory=factory,
        stamp=stamp,
        name=name_of(book, found.key),
        explanation=found,
        part_names={part.key: name_of(book, part.key) for part in found.parts},
        leads=() if is_question else tuple(text for _, theme, text in leads if found.key in ("", theme)),
        warnings=lowering(release, factory.factory_id, found.on),
    )


def name_of(book: Book, key: str) -> str:
    """What a score is called: the social score, a theme by name, a question by its wording."""
    if not key:
        return "Social score"
    return dict(zip(book.indicators, book.texts, strict=True)).get(key) or book.theme_names.get(key, key)
