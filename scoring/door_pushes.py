"""The part of the door for programs of organisations, which send files by a token."""

from access.viewer import Viewer
from data.state.tokens import Token
from scoring import pushes
from scoring.entrance import Entrance
from scoring.imports import Bench
from scoring.pushes import Push, Sending


class PushesDoor(Entrance):
    """Pushes. Every method raises NotAvailable for NGOs, for kinds that the token may not send, and for what is not its
    organisation's; NotFitting, with a sentence, where something cannot be done.
    """

    def push(self, viewer: Viewer, token: Token, sending: Sending) -> Push:
        """The new import, or the one that the same key made before."""
        return pushes.pushed(self._desk(), viewer, token, sending)

    def push_of(self, viewer: Viewer, token: Token, public_id: object) -> Push:
        """One push as it stands."""
        return pushes.push_of(self._desk(), viewer, token, public_id)

    def load_push(self, viewer: Viewer, token: Token, public_id: object) -> Push:
        """The push, which the ingester loads next, or which waits for the operator."""
        return pushes.loaded(self._desk(), viewer, token, public_id)

    def cancel_push(self, viewer: Viewer, token: Token, public_id: object) -> Push:
        """The push, which is over."""
        return pushes.cancelled(self._desk(), viewer, token, public_id)

    def push_left_out(self, viewer: Viewer, token: Token, public_id: object) -> bytes:
        """The rows that were left out as CSV."""
        return pushes.rows_left_out(self._desk(), viewer, token, public_id)

    def _desk(self) -> Bench:
        return Bench(self._releases.home, self._state)
