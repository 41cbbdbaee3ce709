"""The part of the door for factory lists: rows that may be known factories, and what is said of them."""

from access.viewer import Viewer
from scoring import registry
from scoring.entrance import Entrance
from scoring.registry_views import FactoryListsView


class RegistryDoor(Entrance):
    """Factory lists. Every method raises NotAvailable for everybody but operators."""

    def factory_lists(self, viewer: Viewer, source: object = None) -> FactoryListsView:
        """The open questions of one list, or of all, and what was decided lately."""
        return registry.factory_lists(self._state, viewer, source)

    def settle_row(self, viewer: Viewer, number: object, verdict: object, factory_id: object = None) -> str:
        """What was decided about a row, in a sentence."""
        return registry.settle(self._state, viewer, number, verdict, factory_id)

    def ask_again(self, viewer: Viewer, number: object) -> str:
        """That a row is asked about again, in a sentence."""
        return registry.ask_again(self._state, viewer, number)
