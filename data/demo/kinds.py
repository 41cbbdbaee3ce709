"""The kinds of action that buyers take in the demo world: how often, how big, and what truly follows."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from data.demo.plan import Floats
from data.demo.questions import CODEBOOK, questions

LAGS = 13
"""Effects last from the week of the action (lag 0) to twelve weeks after it."""


@dataclass(frozen=True)
class Kind:
    """One kind of action.

    `rate` is per factory and year; `size`, `low` and `high` are the usual, least and greatest magnitude.
    `peak` is the greatest true effect in points at severity 1, on the question named first in the reference,
    before the direction is applied; it is reached in the week `top` after a start in the week `onset`.
    `placed` and `due` say when the order behind it was placed and is due, in days from the action; no order
    is behind a kind that leaves them out. `lasts` in days gives an end date, 0 gives none.
    """

    slug: str
    rate: float
    size: float
    low: float
    high: float
    unit: str
    peak: float
    onset: int
    top: int
    placed: int = 0
    due: int = 0
    lasts: int = 0
    announced: bool = False
    notes: tuple[str, ...] = ()

    @property
    def from_order(self) -> bool:
        """True when one order can be named behind the action."""
        return self.due != self.placed


KINDS = (
    Kind("rush_order", 1.2, 30, 12, 70, "% of lead time", 13, 0, 2, 0, 60, 28,
         notes=("Needed for a promotion; no surcharge agreed.", "Fabric came late, ship date kept.")),
    Kind("order_cancelled_before_production", 0.6, 9, 2, 36, "% of monthly orders", 13, 1, 4, -42, 55,
         announced=True, notes=("Season plan changed; materials were already bought.", "Style dropped.")),
    Kind("payment_late", 1.0, 21, 4, 80, "days", 10, 1, 4, -130, -35,
         notes=("Two invoices open past their due date.", "New invoicing system at the buyer.")),
    Kind("shipment_postponed", 0.7, 14, 3, 45, "days", 8, 1, 4, -60, 30,
         announced=True, notes=("Warehouse full; goods stay at the factory.",)),
    Kind("price_cut", 0.5, 4, 1, 12, "% of price", 8, 3, 7, lasts=180,
         announced=True, notes=("Applies to all new orders of the season.",)),
    Kind("spec_changed", 0.9, 2, 1, 6, "changes", 8, 0, 1, -50, 30,
         notes=("Colour and trim changed after cutting had begun.", "New labels two weeks before shipping.")),
    Kind("volume_raised", 0.6, 16, 5, 60, "% of units", 10, 0, 1, -35, 28,
         notes=("Same ship date, more pieces.",)),
    Kind("approval_late", 0.5, 6, 1, 20, "days", 0, 0, 1, -45, 40,
         notes=("Sample approval came after the planned date.",)),
    Kind("payment_early", 0.4, 15, 5, 45, "days", 7, 0, 3, -110, -30,
         notes=("Paid at shipment instead of after 60 days.",)),
    Kind("more_time_given", 0.4, 10, 4, 30, "days", 8, 0, 2, -55, 25,
         notes=("Asked for by the factory, no penalty.",)),
    Kind("stable_commitment", 0.45, 6, 3, 12, "months", 9, 2, 6, lasts=180,
         announced=True, notes=("Volume by month agreed in writing.",)),
)  # fmt: skip
"""Eleven kinds: seven that press, three that help, and one, late approvals, with no true effect at all."""

PLACES = {kind.slug: place for place, kind in enumerate(KINDS)}

AFTER_BAD_PATCH = "shipment_postponed"
"""The kind that follows a bad patch where a plan asks for it: the weeks before it are worse, whoever caused that."""

ALSO = {"rush_order": ("WEL-01", 0.35), "order_cancelled_before_production": ("WEL-01", 0.45)}
"""Effects beyond the reference: the question, and its share of the peak."""
ON_ZERO_TOLERANCE = 0.2
"""Zero-tolerance questions sit near 100 and move less."""


def shape(kind: Kind) -> Floats:
    """The course of an effect over the lags: nothing before the onset, a rise to 1, a slow decline."""
    lag = np.arange(LAGS, dtype=float)
    away = np.where(lag <= kind.top, (lag - kind.top) / (kind.top - kind.onset + 1.0), (lag - kind.top) / 4.0)
    bump = np.where(lag <= kind.top, 1.0 + away, np.exp(-(away**2)))
    return np.where(lag >= kind.onset, bump, 0.0)


@cache
def profiles() -> Floats:
    """Kinds x questions x lags: the true effect in points on 0..100 (100 good) at severity 1.

    The reference lists the questions that a kind is expected to move; the first gets the whole peak, the last
    about half of it, all others nothing.
    """
    book = questions()
    reference = pd.read_csv(CODEBOOK / "buyer_actions.csv", keep_default_na=False).set_index("kind")
    effects = np.zeros((len(KINDS), book.count, LAGS))
    for place, kind in enumerate(KINDS):
        listed = str(reference.loc[kind.slug, "expected_indicators"]).split(";")
        shares = dict(zip(listed, np.linspace(1.0, 0.5, len(listed)), strict=True))
        if kind.slug in ALSO:
            shares[ALSO[kind.slug][0]] = ALSO[kind.slug][1]
        sign = int(str(reference.loc[kind.slug, "sign"]))
        for indicator, share in shares.items():
            question = book.ids.index(indicator)
            scale = ON_ZERO_TOLERANCE if book.zero_tolerance[question] else 1.0
            effects[place, question] = sign * kind.peak * share * scale * shape(kind)
    return effects
