"""What followed after actions, as the effects file beside a release tells it, and what each viewer may read of it."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from access.policy import may
from access.viewer import Viewer
from data.effects.footprints import OTHERS
from data.effects.verdicts import LEAST_EVENTS as AT_LEAST
from data.effects.verdicts import LEAST_SITES, SLOPING
from data.engine import Engine
from data.release.reader import OpenRelease
from scoring.cascade_views import Coverage, LagEffect, Sureness, Usual
from scoring.levels import Book
from scoring.model import OVERALL, Action, Change, Estimate
from scoring.words import about

KIND_COLUMNS = (
    "kind", "indicator_id", "theme", "effect", "low", "high", "p", "q_bh", "q_by", "verdict", "events", "factories",
    "pretrend_p",
)  # fmt: skip
PROFILE_COLUMNS = ("kind", "indicator_id", "lag", "effect", "low", "high")
BUYER_COLUMNS = ("buyer_id", "indicator_id", "worker_week_points", "low", "high", "actions", "factories")
EVENT_COLUMNS = ("action_id", "kind", "factory_id", "buyer_id", "indicator_id", "effect", "low", "high", "p")
"""The columns of FORMATS §3."""
TABLES = {"kind": KIND_COLUMNS, "profile": PROFILE_COLUMNS, "event": EVENT_COLUMNS, "buyer": BUYER_COLUMNS}


class NoEffects(Exception):
    """There are no effects, or not in that codebook. The message says what there is."""


def effects(release: OpenRelease, level: str, outcome: str = "indicator", codebook: str | None = None) -> pd.DataFrame:
    """One of the tables of FORMATS §3 ("kind", "profile", "event" or "buyer"), of questions, themes or the whole.

    With themes the column `theme` is added; rows of the whole have neither. Scores compare within one codebook: by
    default the one with most cells. Raises NoEffects.
    """
    engine = engine_of(release)
    found = engine.frame(f"effects/told_{level}s", codebook=book_named(release, codebook), level=outcome)
    columns = list(TABLES[level])
    if outcome == "theme" and "theme" not in columns:
        columns.insert(columns.index("indicator_id"), "theme")
    return found[columns]


def engine_of(release: OpenRelease) -> Engine:
    """The way to the effects file. Raises NoEffects where there is none."""
    if release.effects is None:
        raise NoEffects("There are no effects yet. Load actions or orders, then run `flask release`.")
    return release.effects.engine


def book_named(release: OpenRelease, codebook: str | None) -> str:
    """That codebook, or the one with most cells. Raises NoEffects."""
    books = [book for (book,) in engine_of(release).rows("effects/told_books")]
    if not books:
        raise NoEffects("There are no effects yet. Load actions or orders, then run `flask release`.")
    if codebook is not None and codebook not in books:
        raise NoEffects(f"There are no effects in the codebook {codebook!r}; there are in {', '.join(books)}.")
    return codebook or books[0]


def shared_kinds(release: OpenRelease, viewer: Viewer, codebook: str) -> frozenset[str] | None:
    """The kinds whose pooled effects the viewer may read; None: all. A buyer reads those of five others or more."""
    if may(viewer, "actions.all"):
        return None
    rows = engine_of(release).rows("effects/behind", codebook=codebook, buyer=viewer.organisation)
    return frozenset(kind for kind, others in rows if others >= OTHERS)


def usual(
    release: OpenRelease, viewer: Viewer, book: Book, kind: str, rows: Sequence[tuple[str, str]], look: tuple[str, str]
) -> tuple[Usual, ...]:
    """What usually follows a kind, for rows of (key, name); `look` is the kind's name and token."""
    if release.effects is None:
        return ()
    shared = shared_kinds(release, viewer, book.codebook)
    if shared is not None and kind not in shared:
        return tuple(unknown(kind, row, look, Sureness.NOT_SHARED) for row in rows)
    return pooled(release, book.codebook, kind, tuple(rows), look, counted=shared is None)


@lru_cache(maxsize=256)
def pooled(
    release: OpenRelease,
    codebook: str,
    kind: str,
    rows: tuple[tuple[str, str], ...],
    look: tuple[str, str],
    *,
    counted: bool,
) -> tuple[Usual, ...]:
    """The same for whoever may read it, with counts or without. Kept, as a release never changes."""
    engine, keys = engine_of(release), [key for key, _ in rows]
    asked = {"codebook": codebook, "kind": kind, "outcomes": keys}
    found = {r[0]: r[1:] for r in engine.rows("effects/usual", **asked)}
    profiles: dict[str, list[LagEffect]] = {key: [] for key in keys}
    for key, lag, effect, low, high in engine.rows("effects/usual_profiles", **asked):
        profiles[key].append(LagEffect(lag, Estimate(effect, low, high)))
    return tuple(
        told(kind, row, look, found[row[0]], tuple(profiles[row[0]]), counted=counted)
        if row[0] in found
        else unknown(kind, row, look, Sureness.TOO_FEW_EVENTS)
        for row in rows
    )


def told(
    kind: str, row: tuple[str, str], look: tuple[str, str], found: tuple[object, ...], profile: tuple[LagEffect, ...],
    *, counted: bool,
) -> Usual:  # fmt: skip
    """One row of what usually follows; counts in words, for a buyer no closer than "20 or more"."""
    effect, low, high, verdict, events, factories, before = found
    estimate = None if effect is None else Estimate(float(str(effect)), float(str(low)), float(str(high)))
    if not counted and verdict == Sureness.TOO_FEW_EVENTS:
        return unknown(kind, row, look, Sureness.NOT_SHARED)  # that others did little is theirs to tell
    many, where = in_words(int(str(events)), counted, AT_LEAST), in_words(int(str(factories)), counted, LEAST_SITES)
    moved = before is not None and float(str(before)) < SLOPING
    return Usual(kind, look[0], look[1], *row, estimate, Sureness(str(verdict)), many, where, moved, profile)


def unknown(kind: str, row: tuple[str, str], look: tuple[str, str], why: Sureness) -> Usual:
    """A row of which nothing may be told."""
    return Usual(kind, look[0], look[1], *row, None, why, "", "", False, ())


def in_words(many: int, counted: bool, least: int) -> str:
    """A count: "about 145"; for a buyer no more than what holds wherever an effect is told: "20 or more"."""
    if not counted:
        return f"{least} or more"
    return about(5 * round(many / 5)) if many >= 10 else "fewer than 10"


def singles(
    release: OpenRelease, viewer: Viewer, book: Book, actions: Sequence[Action], keys: Sequence[str]
) -> dict[tuple[str, str], tuple[Change, int]]:
    """By action and row: the difference held against placebos, and how many of 100 of those were smaller.

    A buyer reads what its action shows by itself, with nothing in it of what others did.
    """
    if release.effects is None or not actions:
        return {}
    rows = release.effects.engine.rows(
        "effects/single", own=not may(viewer, "actions.all"), codebook=book.codebook,
        actions=[action.action_id for action in actions], outcomes=list(keys),
    )  # fmt: skip
    return {
        (action, key): (Change(effect, low, high), int(np.clip(np.floor(100 * (1 - p)), 1, 99)))
        for action, key, effect, low, high, p in rows
    }


def coverage(release: OpenRelease, book: Book, keys: Sequence[str]) -> Coverage | None:
    """How wide the cells behind these rows are; None where nothing is known."""
    if release.effects is None:
        return None
    questions = sorted({name for key in keys for name in questions_of(book, key)})
    rows = release.effects.engine.rows("effects/told_coverage", codebook=book.codebook, indicators=questions)
    return Coverage(float(rows[0][0]), float(rows[0][1])) if rows and rows[0][0] is not None else None


def questions_of(book: Book, key: str) -> tuple[str, ...]:
    """The questions of a row: all, a theme's, or the one."""
    if key == OVERALL:
        return book.indicators
    return tuple(book.indicators[i] for i in book.members(key)) if key in book.theme_names else (key,)
