"""Makes a demo world: a canonical folder (FORMATS §1) and the truth behind it.

Everything follows from the plan and its seed. Workers do not come or go; each has an outlook that colours
every answer. What buyers do adds to the level of the questions it is expected to move; what a worker says is
drawn around the worker's own expectation. See `levels.py` for what is exact.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo.actions import Actions, actions_of, relations_of
from data.demo.anomalies import Anomaly, Distortion, anomalies_of, copied, crowded, distorted, distortion_of
from data.demo.answers import CHANNELS, Draws, Sittings, Values, best, draws_of, said, sittings_of, turnout
from data.demo.kinds import KINDS, profiles
from data.demo.levels import bad_patches, held, impact, room, shifts, weekly_levels
from data.demo.plan import Flags, Floats, Plan
from data.demo.questions import Questions, questions
from data.demo.trade import BUYER_IDS, action_table, buyer_table, order_table, relation_table
from data.demo.truth import Truth, write_parquet
from data.demo.workforce import (
    DEPARTMENTS,
    GENDERS,
    TENURES,
    Factories,
    Workforce,
    departures,
    factories_of,
    factory_table,
    headcount_table,
    workforce_of,
)

__all__ = ["Plan", "Truth", "make_world"]

Words = npt.NDArray[np.uint64]
Levels = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Cast:
    """Everything that is settled before anybody answers, and who answers what when."""

    plan: Plan
    book: Questions
    factories: Factories
    workforce: Workforce
    actions: Actions
    sittings: Sittings
    draws: Draws
    distortion: Distortion


def make_world(folder: Path, plan: Plan) -> Truth:
    """The truth of the world that the plan describes, after writing its canonical folder.

    The folder is made when it does not exist; files of an earlier world in it are overwritten.
    """
    plan, book = plan.dated(), questions()
    folder.mkdir(parents=True, exist_ok=True)
    factories, relations = factories_of(plan), relations_of(plan)
    workforce, actions = workforce_of(plan, factories), actions_of(plan, relations)
    tables = {
        "factories": factory_table(plan, factories),
        "headcount": headcount_table(factories, workforce),
        "buyers": buyer_table(),
        "relations": relation_table(plan, factories, relations),
        "orders": order_table(plan, factories, relations, actions),
        "buyer_actions": action_table(plan, factories, actions),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")
    wrong = anomalies_of(plan, factories)
    sittings = sittings_of(plan, factories, workforce, crowded(turnout(plan, factories), wrong, factories))
    draws, twins = copied(wrong, sittings, draws_of(plan, book, sittings))
    distortion = distortion_of(plan, wrong, sittings, twins)
    cast = Cast(plan, book, factories, workforce, actions, sittings, draws, distortion)
    values, levels, without = spoken(cast)
    write_answers(folder / "answers.parquet", cast, distorted(values, book, draws, distortion))
    return Truth(
        levels=level_table(cast, levels, without),
        profiles=profile_table(plan, book),
        actions=severity_table(plan, factories, actions),
        anomalies=anomaly_table(plan, factories, wrong),
    )


def spoken(cast: Cast) -> tuple[Values, Levels, Levels]:
    """Every answer's value, and the levels with and without effects (factories x questions x days)."""
    plan, factories, sittings, draws = cast.plan, cast.factories, cast.sittings, cast.draws
    values = np.zeros(draws.question.size, np.int8)
    levels = np.empty((factories.count, cast.book.count, plan.days), np.float32)
    without = np.empty_like(levels)
    weekly, dips = weekly_levels(plan, cast.book, factories), bad_patches(plan, factories, cast.actions)
    in_coached_week = coached(plan, sittings)
    rng = plan.stream("answers")
    for question in range(cast.book.count):
        plain = np.repeat(weekly[:, question], 7, axis=1) - dips * room(cast.book)[question]
        level = held(plain + impact(plan, factories, cast.actions, question) if plan.effects else plain)
        levels[:, question], without[:, question] = level, held(plain)
        apart = departures(plan, cast.book, cast.workforce, question)
        shift = shifts(level, apart, cast.workforce.factory)
        mine = np.flatnonzero(draws.question == question)
        at = draws.sitting[mine]
        expected = shift[sittings.factory[at], sittings.day[at]] + apart[sittings.worker[at]]
        value = said(rng, np.clip(expected, 0.0, 100.0), cast.book, question)
        values[mine] = np.where(in_coached_week[at], best(cast.book, question), value)
    return values, levels, without


def coached(plan: Plan, sittings: Sittings) -> Flags:
    """True for every sitting at which all answers are the best ones, whatever is so."""
    if plan.coached is None:
        return np.zeros(sittings.factory.size, bool)
    first, last = plan.coached_days
    hit: Flags = (sittings.factory == plan.coached) & (sittings.day >= first) & (sittings.day <= last)
    return hit


def scrambled(plan: Plan, name: str, numbers: Words) -> Words:
    """Other numbers for these, one for one, that look like chance (the splitmix64 finaliser)."""
    mixed = numbers ^ plan.stream(name).integers(0, 1 << 63, 1, np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    done: Words = mixed ^ (mixed >> np.uint64(31))
    return done


def keys(plan: Plan, sittings: Sittings) -> Words:
    """The respondent key of every sitting: a worker keeps it for a calendar quarter, then it is another."""
    months = plan.dates(np.arange(plan.days)).astype("datetime64[M]").astype(np.int64)
    quarter = (months // 3)[sittings.day]
    return scrambled(plan, "keys", (sittings.worker * 4096 + quarter).astype(np.uint64))


def named(places: npt.NDArray[np.integer], names: tuple[str, ...]) -> "pd.Categorical[str]":
    """The names at these places, without a copy of the text for each; empty at −1."""
    return pd.Categorical.from_codes(places, categories=pd.Index(names))


def write_answers(path: Path, cast: Cast, values: Values) -> None:
    """Writes `answers.parquet`, sitting by sitting in the order of factories and days."""
    plan, sittings, at = cast.plan, cast.sittings, cast.draws.sitting
    group = cast.workforce.group[sittings.worker].astype(np.int16)
    groups = np.where(sittings.unsaid, -1, np.stack([group // 12, group // 3 % 4, group % 3], axis=1))
    sitting = np.arange(sittings.day.size, dtype=np.uint64)
    table = pd.DataFrame(
        {
            "factory_id": named(sittings.factory.astype(np.int16)[at], cast.factories.ids),
            "date": plan.dates(sittings.day)[at],
            "indicator_id": named(cast.draws.question, cast.book.ids),
            "value": values,
            "channel": named(sittings.channel[at], CHANNELS),
            "gender": named(groups[at, 0], GENDERS),
            "department": named(groups[at, 1], DEPARTMENTS),
            "tenure_band": named(groups[at, 2], TENURES),
            "submission_id": scrambled(plan, "sitting ids", sitting)[at],
            "respondent_key": keys(plan, sittings)[at],
            "keyless": sittings.keyless[at],
        }
    )
    write_parquet(
        table,
        path,
        submission_id="printf('%016x', submission_id)",
        respondent_key="CASE WHEN keyless THEN NULL ELSE printf('%016x', respondent_key) END",
        keyless="",
    )


def level_table(cast: Cast, levels: Levels, without: Levels) -> pd.DataFrame:
    """The true levels as rows, one for each factory, question and day."""
    plan, ids, book = cast.plan, cast.factories.ids, cast.book
    factory, question = np.divmod(np.arange(len(ids) * book.count), book.count)
    return pd.DataFrame(
        {
            "factory_id": named(np.repeat(factory.astype(np.int16), plan.days), ids),
            "indicator_id": named(np.repeat(question.astype(np.int8), plan.days), book.ids),
            "date": np.tile(plan.dates(np.arange(plan.days)), factory.size),
            "level": levels.ravel(),
            "level_without_effects": without.ravel(),
        }
    )


def profile_table(plan: Plan, book: Questions) -> pd.DataFrame:
    """The true profiles as rows, zero throughout in a world without effects."""
    effects: Floats = profiles() if plan.effects else np.zeros_like(profiles())
    kind, question, lag = (column.ravel() for column in np.indices(effects.shape))
    return pd.DataFrame(
        {
            "kind": np.array([k.slug for k in KINDS], dtype=object)[kind],
            "indicator_id": np.array(book.ids, dtype=object)[question],
            "lag": lag,
            "effect": effects.ravel(),
        }
    )


def severity_table(plan: Plan, factories: Factories, actions: Actions) -> pd.DataFrame:
    """The actions with the severity that multiplies their profile."""
    return pd.DataFrame(
        {
            "action_id": [f"A{place + 1:05d}" for place in range(actions.day.size)],
            "factory_id": np.array(factories.ids, dtype=object)[actions.factory],
            "buyer_id": BUYER_IDS[actions.buyer],
            "kind": [KINDS[place].slug for place in actions.kind],
            "date": plan.dates(actions.day),
            "severity": actions.severity,
        }
    )


def anomaly_table(plan: Plan, factories: Factories, wrong: tuple[Anomaly, ...]) -> pd.DataFrame:
    """The surprises: who, what, from when to when. Empty in a world without them."""
    rows: list[tuple[str, str, int, int]] = []
    if plan.coached is not None and plan.settling is not None:
        rows = [
            (factories.ids[plan.coached], "coached", *plan.coached_days),
            (factories.ids[plan.settling], "settling_in", plan.settling_from, plan.days - 1),
        ]
    rows += [(factories.ids[one.factory], one.kind, one.first, one.last) for one in wrong]
    days = np.array([row[2:] for row in rows], dtype=np.int64).reshape(-1, 2)
    return pd.DataFrame(
        {
            "factory_id": [row[0] for row in rows],
            "kind": [row[1] for row in rows],
            "first_day": plan.dates(days[:, 0]),
            "last_day": plan.dates(days[:, 1]),
        }
    )
