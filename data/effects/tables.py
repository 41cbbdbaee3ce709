"""Everything that is estimated for a release, as tables ready to be written."""

from dataclasses import dataclass

import pandas as pd

from data.effects.cascade import cascade_of, coverage_table, kinds_table, profiles_table
from data.effects.footprints import Doers, covariances_table, footprints_table, heard_table, sums_table
from data.effects.panel import codebooks, panel_of
from data.effects.single_events import events_table
from data.engine import Engine

TABLES = ("kinds", "profiles", "events", "own_events", "footprints", "coverage", "sums", "covariances", "heard")


@dataclass(frozen=True)
class Estimates:
    """The tables of an effects file beside its actions; see `data/sql/effects/` for their columns."""

    kinds: pd.DataFrame
    profiles: pd.DataFrame
    events: pd.DataFrame
    own_events: pd.DataFrame
    footprints: pd.DataFrame
    coverage: pd.DataFrame
    sums: pd.DataFrame
    covariances: pd.DataFrame
    heard: pd.DataFrame


def estimates(release: Engine, actions: pd.DataFrame) -> Estimates:
    """What followed after these actions, by the cells of a release, codebook by codebook.

    `actions` has action_id, kind, factory_id, buyer_id (None for what no buyer did), day and severity.
    """
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    buyers = tuple(sorted(actions["buyer_id"].dropna().unique()))
    doers = Doers(buyers, pd.Index(buyers, dtype=object).get_indexer(actions["buyer_id"]))
    for codebook in codebooks(release) if len(actions) else ():
        panel = panel_of(release, codebook, actions)
        if not panel.outcomes:
            continue
        cascade = cascade_of(panel)
        made = {
            "kinds": kinds_table(cascade),
            "profiles": profiles_table(cascade),
            "events": events_table(cascade, alone=False),
            "own_events": events_table(cascade, alone=True),
            "footprints": footprints_table(cascade, doers),
            "coverage": coverage_table(cascade),
            "sums": sums_table(cascade),
            "covariances": covariances_table(cascade),
            "heard": heard_table(cascade),
        }
        for name, table in made.items():
            if "event" in table:
                table = table.assign(action_id=actions["action_id"].to_numpy()[table["event"]])
            found[name].append(table)
    return Estimates(**{name: pd.concat(many) if many else pd.DataFrame() for name, many in found.items()})
