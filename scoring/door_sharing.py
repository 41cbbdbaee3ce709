"""The part of the door for consent: sharing, asking, and who looked."""

from access.policy import check
from access.viewer import Viewer
from data.state.organisations import names_of, organisation_id
from scoring.entrance import Entrance, stamp_of
from scoring.looks import every_look, looks
from scoring.requests import answer_owner, ask_factory, requests, withdraw_request
from scoring.sharing import ask_buyer, decline, partner_in, party_of, share, sharing, stop, withdraw_ask
from scoring.sharing_views import LookLine, LooksView, Party, RequestsView, SharingView


class SharingDoor(Entrance):
    """Consent both ways. Every method raises NotAvailable for who may not, and NoRelease before the first release."""

    def sharing(self, viewer: Viewer, factory_id: str) -> SharingView:
        """Who sees a factory, who asks, who looked."""
        check(viewer, "sharing.view", factory_id)
        release = self._release()
        return sharing(release, self._state, viewer, self._factory(release, factory_id), stamp_of(release))

    def share(self, viewer: Viewer, factory_id: str, buyer_id: object, level: object, until: object) -> None:
        """Nothing; the buyer sees the factory at that level. Raises NotKept with a sentence."""
        share(self._state, viewer, factory_id, buyer_id, level, until)

    def stop_sharing(self, viewer: Viewer, factory_id: str, buyer_id: object) -> None:
        """Nothing; the buyer sees the factory no longer."""
        stop(self._state, viewer, factory_id, buyer_id)

    def decline(self, viewer: Viewer, factory_id: str, request_id: object) -> None:
        """Nothing; a buyer's request is declined."""
        decline(self._state, viewer, factory_id, request_id)

    def ask_buyer(self, viewer: Viewer, factory_id: str, buyer_id: object, note: object) -> None:
        """Nothing; a buyer is asked to show its footprint. Raises NotKept with a sentence."""
        ask_buyer(self._state, viewer, factory_id, buyer_id, note)

    def withdraw_ask(self, viewer: Viewer, factory_id: str, request_id: object) -> None:
        """Nothing; what was asked of a buyer is withdrawn."""
        withdraw_ask(self._state, viewer, factory_id, request_id)

    def requests(self, viewer: Viewer) -> RequestsView:
        """A buyer's suppliers with what they share, and every open question."""
        check(viewer, "sharing.ask")
        release = self._release()
        return requests(release, self._state, viewer, stamp_of(release))

    def ask_factory(self, viewer: Viewer, factory_id: object, level: object, note: object) -> None:
        """Nothing; a supplier is asked to show more. Raises NotKept with a sentence."""
        ask_factory(self._state, viewer, factory_id, level, note)

    def withdraw_request(self, viewer: Viewer, request_id: object) -> None:
        """Nothing; an open request of the own organisation is withdrawn."""
        withdraw_request(self._state, viewer, request_id)

    def answer_owner(self, viewer: Viewer, request_id: object, answer: object) -> None:
        """Nothing; an owner's question is agreed to, declined or ended ("agree", "decline", "end")."""
        answer_owner(self._state, viewer, request_id, answer)

    def partner(self, viewer: Viewer, factory_id: str, buyer_id: object) -> Party:
        """A buyer with whom the viewer's factory may be shared."""
        check(viewer, "sharing.view", factory_id)
        with self._state.look() as look:
            return party_of(partner_in(look, factory_id, buyer_id))

    def seen_as(self, viewer: Viewer) -> str | None:
        """The name of the buyer as which an owner looks; None for everybody who looks as themselves."""
        if not viewer.preview:
            return None
        with self._state.look() as look:
            number = organisation_id(look, str(viewer.role), viewer.organisation)
            return names_of(look, [number])[number] if number is not None else viewer.organisation

    def every_look(self, viewer: Viewer, factory_id: str) -> tuple[LookLine, ...]:
        """Every line of the trail about a factory, for its owner."""
        return every_look(self._state, viewer, factory_id)

    def looks(self, viewer: Viewer) -> LooksView:
        """What the own people opened; for the operator, everybody's."""
        release = self._releases.current()
        rows = release.cells.engine.rows("factories_named", factories=None) if release else []
        return looks(self._state, viewer, {row[0]: row[1] for row in rows})
