"""Builds the page of indicators: every theme, the chosen one by question, by group and day to day, and the leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from access.policy import may
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.actions import seen_actions
from scoring.books import asked, book_of
from scoring.courses import GRAINS, course_rows
from scoring.group_words import dimension_name, group_name, group_order
from scoring.levels import Book
from scoring.model import Estimate, Factory, Score, Stamp
from scoring.overviews import RECENT, Row, between, score_of, score_rows, standing_on
from scoring.query import INDICATOR_PERIODS, IndicatorsQuery
from scoring.question_courses import COARSE, day_cells, question_courses
from scoring.scores import day_of
from scoring.segments import segment_scores
from scoring.standards import grouped, reading, readings
from scoring.timelines import within
from scoring.views import Dimension, Group, Groups, IndicatorsView, LeadBand, QuestionRow, ThemeRow
from scoring.words import whole

Leads = tuple[LeadBand, ...]


def indicators(
    release: OpenRelease, viewer: Viewer, query: IndicatorsQuery, factory: Factory, stamp: Stamp
) -> IndicatorsView:
    """The page that a query asks for. A theme or a standard that is not there falls back to the default."""
    on, found = day_of(release), asked(release, factory.factory_id)
    standard = reading(found.codebook, query.reading) if found else None
    query = replace(query, period="1y", reading=standard.slug) if standard else replace(query, reading=None)
    first = on - timedelta(days=INDICATOR_PERIODS[query.period] - 1)
    bare = IndicatorsView(
        query=query, factory=factory, stamp=stamp, first=first, last=on, since=on - RECENT, themes=(), chosen=None,
        questions=(), groups=Groups(False, ()), cells=(), line=None, leads=() if may(viewer, "leads.view") else None,
        leads_named=(), actions=within(seen_actions(release, viewer, factory.factory_id), first, on),
        every_buyer=may(viewer, "actions.all"), readings=(), standard=standard, clauses=(), courses={},
    )  # fmt: skip
    return bare if found is None else filled(release, bare, book_of(release, found.codebook))


def filled(release: OpenRelease, bare: IndicatorsView, book: Book) -> IndicatorsView:
    """The page of a factory that is asked by a codebook."""
    factory_id, standard = bare.factory.factory_id, bare.standard
    rows = score_rows(release, factory_id, book, bare.last)
    themes = theme_rows(release, bare, book, rows, score_rows(release, factory_id, book, bare.since))
    chosen = None if standard else chosen_theme(themes, bare.query.theme)
    members = book.members(chosen.score.key) if chosen else range(len(book.indicators) if standard else 0)
    drawn = [book.indicators[place] for place in members]
    grains = COARSE if standard else GRAINS
    courses = question_courses(release, factory_id, book, drawn, bare.first, bare.last, grains)
    scores = {key: question_score(release, bare.last, factory_id, book, key, rows.get(key)) for key in drawn}
    texts = dict(zip(book.indicators, book.texts, strict=True))
    leads = lead_bands(release, factory_id, book)
    return replace(
        bare,
        query=replace(bare.query, theme=chosen.score.key if chosen else None),
        themes=themes,
        chosen=chosen,
        questions=tuple(QuestionRow(scores[key], texts[key], courses[key]) for key in drawn) if chosen else (),
        **in_depth(release, bare, book, chosen),
        leads=None if bare.leads is None else leads,
        leads_named=tuple(one.text for one in leads),
        readings=readings(book.codebook),
        clauses=grouped(book, standard, scores) if standard else (),
        courses=courses,
    )


def in_depth(release: OpenRelease, bare: IndicatorsView, book: Book, chosen: ThemeRow | None) -> dict[str, Any]:
    """Groups, cells and line of the chosen theme, by field; nothing without one."""
    if chosen is None:
        return {}
    factory_id, theme = bare.factory.factory_id, chosen.score.key
    return {
        "groups": groups(release, factory_id, book, theme, bare.last),
        "cells": day_cells(release, factory_id, book, theme, bare.first, bare.last),
        "line": chosen.course,
    }


def theme_rows(
    release: OpenRelease, bare: IndicatorsView, book: Book, rows: dict[str, Row], before: dict[str, Row]
) -> tuple[ThemeRow, ...]:
    """Every theme in the codebook's order: score, standing, course over the period, change over a quarter."""
    factory_id, themes = bare.factory.factory_id, tuple(dict.fromkeys(book.themes))
    courses = course_rows(release, factory_id, book, themes, bare.first, bare.last)
    return tuple(
        ThemeRow(
            score_of(rows.get(theme), book, theme, standing_on(release, bare.last, factory_id, book, theme)),
            course,
            between(before.get(theme), rows.get(theme)),
        )
        for theme, course in zip(themes, courses, strict=True)
    )


def chosen_theme(themes: Sequence[ThemeRow], wanted: str | None) -> ThemeRow | None:
    """The theme asked for; else the lowest that is shown, as there is most to look at; else the first."""
    asked_for = next((row for row in themes if row.score.key == wanted), None)
    shown = [(whole(row.score.estimate.value), place) for place, row in enumerate(themes) if row.score.estimate]
    if asked_for or not themes:
        return asked_for
    return themes[min(shown)[1]] if shown else themes[0]


def question_score(
    release: OpenRelease, on: date, factory_id: str, book: Book, indicator: str, row: Row | None
) -> Score:
    """The score of one question, with where it stands."""
    name = book.names[book.indicators.index(indicator)]
    place = standing_on(release, on, factory_id, book, indicator)
    return replace(score_of(row), key=indicator, name=name, questions=1, standing=place)


def groups(release: OpenRelease, factory_id: str, book: Book, theme: str, on: date) -> Groups:
    """How groups answer the theme; all questions together where single themes are too thin to be divided."""
    rows = segment_scores(release, on, factories=[factory_id])
    rows = rows[rows["codebook"] == book.codebook]
    own, all_themes = rows[rows["theme"] == theme], rows[rows["theme"].isna()]
    together = not own["segment"].notna().any() and bool(all_themes["segment"].notna().any())
    shown = all_themes if together else own
    return Groups(together, tuple(dimension(str(key), one) for key, one in shown.groupby("dim", sort=False)))


def dimension(key: str, rows: pd.DataFrame) -> Dimension:
    """One dimension with its groups; without any where none may be told."""
    told = rows[rows["segment"].notna()]
    levels = zip(told["segment"].astype(str), told["score"], told["low"], told["high"], strict=True)
    found = [
        Group(group_name(level), Estimate(float(score), float(low), float(high)))
        for level, score, low, high in sorted(levels, key=lambda one: group_order(one[0]))
    ]
    first, last = (told["first_day"].min(), told["last_day"].max()) if found else (None, None)
    return Dimension(key, dimension_name(key), tuple(found), first, last)


def lead_bands(release: OpenRelease, factory_id: str, book: Book) -> Leads:
    """Every zero-tolerance question of the codebook, in its order, with its newest band."""
    bands = {row[0]: row for row in release.cells.engine.rows(
        "leads_newest", factory=factory_id, codebook=book.codebook)}  # fmt: skip
    return tuple(
        LeadBand(key, text, *(bands[key][2], bands[key][1]) if key in bands else (None, None))
        for key, _, text in lead_questions(release, book.codebook)
    )


def lead_questions(release: OpenRelease, codebook: str) -> tuple[tuple[str, str, str], ...]:
    """Key, theme and wording of every zero-tolerance question of a codebook, in its order."""
    rows = release.cells.engine.rows("questions_of", codebook=codebook)
    return tuple((row[0], row[1], row[4]) for row in rows if row[7] == "scored" and row[5] and not row[6])
