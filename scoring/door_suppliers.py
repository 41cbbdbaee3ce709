"""The part of the door that a buyer's own pages read through: its suppliers, and some of them side by side."""

from dataclasses import replace
from datetime import UTC, date, datetime

from access.policy import check
from access.viewer import Viewer
from data.state.organisations import organisation_id
from data.state.shares import ShareDays, shares_since
from scoring.comparisons import comparison
from scoring.entrance import Entrance, stamp_of
from scoring.supplier_views import CompareQuery, ComparisonView, Share, SuppliersView
from scoring.suppliers import QUARTER, suppliers


class SuppliersDoor(Entrance):
    """Answers what a buyer may see of the factories that share with it."""

    def suppliers(self, viewer: Viewer) -> SuppliersView:
        """Every supplier that shares with the buyer, and what changed. Raises NotAvailable, NoRelease."""
        check(viewer, "suppliers.view")
        release = self._release()
        found = replace(suppliers(release, viewer, stamp_of(release)), shares=self._shares(viewer))
        self._looked(viewer, "opened the list of suppliers", found.shown)
        return found

    def comparison(self, viewer: Viewer, query: CompareQuery) -> ComparisonView:
        """The suppliers named that share with the buyer, side by side. Raises NotAvailable, NoRelease."""
        check(viewer, "suppliers.view")
        release = self._release()
        found = comparison(release, viewer, query, stamp_of(release))
        self._looked(viewer, "opened a comparison of suppliers", found.shown)
        return found

    def _shares(self, viewer: Viewer) -> tuple[Share, ...]:
        """The consents that began or ended within the quarter before today; none for an owner who looks as a buyer."""
        if viewer.preview:
            return ()
        today = datetime.now(UTC).date()
        with self._state.look() as look:
            number = organisation_id(look, "buyer", viewer.organisation)
            found = shares_since(look, number, today - QUARTER, today) if number is not None else []
        return shares_told(found, viewer.factories, today - QUARTER, today)


def shares_told(found: list[ShareDays], reach: frozenset[str], first: date, today: date) -> tuple[Share, ...]:
    """What may be told of some consents: who began to share and still does; of those that ended the day alone.

    A consent that only changed its level neither began nor ended.
    """
    begun: dict[str, date] = {}
    ended: dict[str, date] = {}
    for one in found:
        if one.factory_id in reach:
            begun[one.factory_id] = min(one.since, begun.get(one.factory_id, one.since))
        elif one.last is not None and one.last <= today:
            ended[one.factory_id] = max(one.last, ended.get(one.factory_id, one.last))
    fresh = [Share(day, name) for name, day in sorted(begun.items()) if day >= first]
    return (*fresh, *(Share(day, None) for day in sorted(ended.values()) if day >= first))
