"""Finds the codebook that a factory is asked by, and its averaged questions."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from access.policy import reaches
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.levels import Book


@dataclass(frozen=True)
class Asked:
    """The codebook a factory was asked by last, and the first and last day of its cells."""

    codebook: str
    first: date
    last: date


def asked(release: OpenRelease, factory_id: str) -> Asked | None:
    """How the factory is asked, or None before its first cell."""
    rows = release.cells.engine.rows("codebook_of", factory=factory_id)
    return Asked(*rows[0]) if rows else None


@lru_cache(maxsize=8)
def book_of(release: OpenRelease, codebook: str) -> Book:
    """The averaged questions of a codebook, in its order."""
    rows = release.cells.engine.rows("questions_of", codebook=codebook)
    scored = [r for r in rows if r[7] == "scored" and not r[5] and not r[6]]
    averaged = {r[1] for r in scored}
    return Book(
        codebook=codebook,
        indicators=tuple(r[0] for r in scored),
        names=tuple(short(r[3]) or r[4] for r in scored),
        texts=tuple(r[4] for r in scored),
        themes=tuple(r[1] for r in scored),
        theme_names={r[1]: r[2] or r[1] for r in rows},
        pooled=np.array([r[9] for r in scored], dtype=np.float64),
        sensitive=np.array([bool(r[8]) for r in scored]),
        not_averaged=tuple(
            dict.fromkeys(r[2] or r[1] for r in rows if r[7] == "scored" and not r[6] and r[1] not in averaged)
        ),
    )


def short(name: str | None) -> str:
    """A question's short name as a label: "job_feels_secure" becomes "Job feels secure"."""
    words = (name or "").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def shown_themes(viewer: Viewer, factory_id: str, book: Book) -> tuple[str, ...]:
    """The themes of which this viewer is shown the factory's scores, in the book's order."""
    return tuple(dict.fromkeys(book.themes)) if reaches(viewer, "themes.view", factory_id) else ()


def shown_questions(viewer: Viewer, factory_id: str, book: Book) -> tuple[str, ...]:
    """The questions of which this viewer is shown the factory's scores, in the book's order."""
    return book.indicators if reaches(viewer, "indicators.view", factory_id) else ()


def usual_rows(book: Book) -> tuple[str, ...]:
    """The two themes with most questions that may move soon after what a buyer does; else the first two."""
    themes = list(dict.fromkeys(book.themes))
    sensitive = {theme: int(book.sensitive[book.members(theme)].sum()) for theme in themes}
    return tuple(sorted(themes, key=lambda theme: -sensitive[theme])[:2])
