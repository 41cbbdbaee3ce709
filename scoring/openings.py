"""What a buyer lets an owner see in return: the footprint of all its actions, as one number with its range."""

from functools import lru_cache

from data.release.reader import OpenRelease
from scoring.effects import NoEffects, book_named
from scoring.footprints import charges, sums
from scoring.model import OVERALL
from scoring.sharing_views import Opened

LEAST_FACTORIES = 5
"""The number is told of so many factories or more, so that none of them can be worked out by another."""


@lru_cache(maxsize=64)
def opened(release: OpenRelease, buyer_id: str) -> Opened:
    """A buyer's footprint over all its suppliers and all time; of fewer than five of them nothing is told.

    Counts are to the nearest 5.
    """
    try:
        done = charges(release, None, release.through, buyer_id)
        told = sums(release, book_named(release, None), [OVERALL]).get(OVERALL)
    except NoEffects:
        return Opened(None, 0, 0)
    if told is None:
        return Opened(None, 0, 0)
    counted = done.of_kinds(told.kinds)
    if counted.factories < LEAST_FACTORIES:
        return Opened(None, 0, 0)
    return Opened(
        told.of(counted.by_kind(told.kinds)), 5 * round(len(counted.actions) / 5), 5 * round(counted.factories / 5)
    )
