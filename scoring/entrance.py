"""What every part of the one door shares: the newest release, the state, and the trail of who looked."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from access.policy import may
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease, Releases
from data.state.audit import Deed, lately_opened, record
from data.state.organisations import organisation_id
from data.state.store import State
from scoring.method import METHOD
from scoring.model import Factory, NoRelease, Stamp


class Entrance:
    """The stores behind the door, and what each of its parts needs of them."""

    def __init__(self, releases: Releases, state: State) -> None:
        self._releases = releases
        self._state = state

    def _release(self) -> OpenRelease:
        """The newest release. Raises NoRelease before the first one."""
        release = self._releases.current()
        if release is None:
            raise NoRelease
        return release

    def _factory(self, release: OpenRelease, factory_id: str) -> Factory:
        """A factory of a release. Raises NotAvailable where it holds none of that identifier."""
        found = factory_of(release, factory_id)
        if found is None:
            raise NotAvailable
        return found

    def _reach(self, viewer: Viewer, factory: str | None) -> list[str] | None:
        """The one factory, or all that the viewer sees; None: every one there is."""
        if factory is not None:
            return [factory]
        return None if may(viewer, "service.view") else sorted(viewer.factories)

    def _looked(self, viewer: Viewer, what: str, factories: Iterable[str]) -> None:
        """Nothing; that the viewer opened this of these factories is in the audit trail, or nothing is shown.

        Commands of the operator carry no person and leave no look; an owner who looks as a buyer would is not
        taken for that buyer.
        """
        if not viewer.user_id or viewer.preview:
            return
        now = datetime.now(UTC)
        with self._state.look() as look:
            lately = lately_opened(look, viewer.user_id, what, now)
        new = sorted(set(factories) - lately)
        if not new:
            return
        with self._state.change() as change:
            number = organisation_id(change, str(viewer.role), viewer.organisation)
            record(change, [Deed(what, str(viewer.role), viewer.user_id, number, factory) for factory in new], now)


@lru_cache(maxsize=256)
def factory_of(release: OpenRelease, factory_id: str) -> Factory | None:
    """A factory of a release, or None. Kept, as a release never changes."""
    rows = release.cells.engine.rows("factories_named", factories=[factory_id])
    return Factory(*rows[0][:6]) if rows else None


def stamp_of(release: OpenRelease) -> Stamp:
    """What a page says about where its numbers come from."""
    return Stamp(release.number, release.through, METHOD.version, release.demo)
