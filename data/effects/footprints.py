"""A buyer's footprint: its own actions × severity × heads × the mean effect of their kinds, in worker-week points.

It charges what such actions are followed by on average, not what this buyer's own were: c'β over lags 0..20, with
the range from c'Vc (`guides/statistics.md` B1). What helped counts too.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from data.effects.cascade import Cascade, long
from data.effects.exposures import Floats, Ints
from data.effects.panel import Panel
from data.effects.verdicts import Flags

OTHERS = 5
"""A pooled effect is told to a buyer only where so many other buyers stand behind it."""


@dataclass(frozen=True, eq=False)
class Doers:
    """Who did what: a place in `buyers` for each event of the panel; −1 for what no buyer did."""

    buyers: tuple[str, ...]
    buyer: Ints


def shared_kinds(cascade: Cascade, doers: Doers) -> Flags:
    """Buyers × kinds: where at least five other buyers acted so at a factory that is heard."""
    kinds, many = len(cascade.panel.kinds), len(doers.buyers)
    events = cascade.panel.events
    heard = np.zeros(events.day.size, dtype=bool)
    for one in cascade.fitted:
        heard[one.touched.event] = True
    mine = heard & (doers.buyer >= 0)
    acted = np.zeros((many, kinds), dtype=bool)
    acted[doers.buyer[mine], events.kind[mine]] = True
    return np.asarray(acted.sum(axis=0) - acted >= OTHERS)


def footprints_table(cascade: Cascade, doers: Doers) -> pd.DataFrame:
    """One row for each buyer, outcome and kind; `kind` None: all kinds together, told twice.

    `shared` True: what may be told to that buyer; with `kind` None all kinds of which that holds. `actions` are those
    at factories of known headcount, of kinds whose effect can be told; `factories` where they were.
    """
    points, spread = charged(cascade)
    shared = shared_kinds(cascade, doers)
    charge, sites = charges(cascade.panel, doers)
    tables = [
        footprint(cascade, points, spread, shared[place], charge[place], sites[place]).assign(buyer_id=buyer)
        for place, buyer in enumerate(doers.buyers)
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def charged(cascade: Cascade) -> tuple[Floats, Floats]:
    """Rows × kinds: the sum of an action's effect over lags 0..20 (NaN where it cannot be told), and its influence."""
    shape = (len(cascade.rows), len(cascade.panel.kinds), cascade.window.width)
    weights = cascade.window.sum_after()
    used = weights != 0
    points = cascade.beta.reshape(shape)[:, :, used] @ weights[used]
    spread = cascade.influence.reshape(len(cascade.influence), *shape)[..., used] @ weights[used]
    return np.where(cascade.few, np.nan, points), spread


def charges(panel: Panel, doers: Doers) -> tuple[Floats, Floats]:
    """Buyers × kinds: severity × heads; and buyers × kinds × factories: how many actions. Headcount must be known."""
    events = panel.events
    heads = np.where(events.unit >= 0, panel.headcount[events.unit], np.nan)
    mine = np.flatnonzero((doers.buyer >= 0) & np.isfinite(heads))
    shape = (len(doers.buyers), len(panel.kinds), len(panel.factory_ids))
    charge, sites = np.zeros(shape[:2]), np.zeros(shape)
    np.add.at(charge, (doers.buyer[mine], events.kind[mine]), (events.severity * heads)[mine])
    np.add.at(sites, (doers.buyer[mine], events.kind[mine], events.unit[mine]), 1.0)
    return charge, sites


def footprint(
    cascade: Cascade, points: Floats, spread: Floats, shared: Flags, charge: Floats, sites: Floats
) -> pd.DataFrame:
    """One buyer's rows: each kind, all kinds, and all that may be told to it."""
    kinds = cascade.panel.kinds
    told = np.isfinite(points) & (sites.sum(axis=1) > 0)
    parts = np.column_stack([np.eye(len(kinds)), np.ones(len(kinds)), shared])
    value = np.where(told, charge * points, 0.0) @ parts
    error = np.sqrt(((np.where(told, spread * charge, 0.0) @ parts) ** 2).sum(axis=0))
    reach = student.ppf(0.975, np.maximum(cascade.clusters - 1, 1))[:, None] * error
    where = np.einsum("rk,kp,kf->rpf", told.astype(float), parts, sites)
    columns = {
        "worker_week_points": value, "low": value - reach, "high": value + reach,
        "actions": where.sum(axis=2).astype(np.int64), "factories": (where > 0).sum(axis=2),
        "shared": np.broadcast_to(np.concatenate([shared, [False, True]]), value.shape),
    }  # fmt: skip
    found = long(cascade, columns, (*kinds, None, None))
    return found[pd.Series((told @ parts > 0).ravel())]


def sums_table(cascade: Cascade) -> pd.DataFrame:
    """One row for each outcome and kind: an action's effect at severity 1, summed over lags 0..20, in point-weeks."""
    points, _ = charged(cascade)
    factories = np.broadcast_to(cascade.clusters[:, None], points.shape)
    found = long(cascade, {"points": points, "compared": factories})
    return found[found["points"].notna()]


def covariances_table(cascade: Cascade) -> pd.DataFrame:
    """One row for each outcome and pair of kinds: the covariance of their summed effects."""
    points, spread = charged(cascade)
    covariance = np.einsum("fra,frb->rab", spread, spread)
    covariance[np.isnan(points)] = np.nan
    tables = [
        long(cascade, {"covariance": covariance[:, :, place]}).assign(other=kind)
        for place, kind in enumerate(cascade.panel.kinds)
    ]
    found = pd.concat(tables, ignore_index=True)
    return found[found["covariance"].notna()]


def heard_table(cascade: Cascade) -> pd.DataFrame:
    """One row for each action (`event`, its place) that reaches into a cell of the codebook."""
    reached = [one.touched.event for one in cascade.fitted]
    events = np.unique(np.concatenate(reached)) if reached else np.array([], dtype=np.int64)
    return pd.DataFrame({"codebook": cascade.panel.codebook, "event": events})
