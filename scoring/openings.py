"""What a buyer lets an owner see in return: the footprint of all its actions, as one number with its range."""

from functools import lru_cache

from data.release.reader import OpenRelease
from scoring.effects import NoEffects, book_named
from scoring.footprints import Charges, charges, sums
from scoring.model import OVERALL
from scoring.sharing_views import Opened

LEAST_FACTORIES = 5
"""The number is told of so many factories or more, so that none of them can be worked out by another."""


@lru_cache(maxsize=64)
def opened(release: OpenRelease, buyer_id: str, asking: frozenset[str]) -> Opened:
    """A buyer's footprint over all time at all suppliers but those of the owner who asks.

    Nothing is told of fewer than five others: what happened at its own the owner knows, and could take away. Counts
    are to the nearest 5.
    """
    try:
        done = charges(release, None, release.through, buyer_id)
        told = sums(release, book_named(release, None), [OVERALL]).get(OVERALL)
    except NoEffects:
        return Opened(None, 0, 0)
    if told is None:
        return Opened(None, 0, 0)
    there = done.of_kinds(told.kinds)
    counted = Charges(there.actions[~there.actions["factory_id"].isin(list(asking))])
    if counted.factories < LEAST_FACTORIES:
        return Opened(None, 0, 0)
    return Opened(
        told.of(counted.by_kind(told.kinds)), 5 * round(len(counted.actions) / 5), 5 * round(counted.factories / 5)
    )
