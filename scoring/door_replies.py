"""The part of the door for the right of reply: what owners answer, and the photos beside it."""

from access.policy import reaches
from access.viewer import NotAvailable, Viewer
from scoring.entrance import Entrance
from scoring.replies import RepliesView, Reply, keep_reply, own_replies, photo_of, replies_to, take_back


class RepliesDoor(Entrance):
    """Replies of owners. Every method raises NotAvailable for who may not, and NoRelease before the first release."""

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        """The replies to the score, the themes and the warnings that the viewer sees, oldest first."""
        within(viewer, "overview.view", factory_id)
        release = self._release()
        self._factory(release, factory_id)
        return replies_to(release, self._state, viewer, factory_id)

    def own_replies(self, viewer: Viewer, factory_id: str) -> RepliesView:
        """Everything that an owner replied at its factory, actions among it, and what it may reply to."""
        within(viewer, "replies.write", factory_id)
        release = self._release()
        return own_replies(release, self._state, viewer, self._factory(release, factory_id))

    def reply(
        self, viewer: Viewer, factory_id: str, topic: object, about: object, text: object, photo: object = None
    ) -> None:
        """Nothing; a reply to a "row", a "flag" or an "action" is kept. Raises NotKept with a sentence."""
        within(viewer, "replies.write", factory_id)
        keep_reply(self._release(), self._state, viewer, factory_id, topic, about, text, photo)

    def withdraw_reply(self, viewer: Viewer, factory_id: str, remark_id: object) -> None:
        """Nothing; a reply of the own organisation is withdrawn, and its photo is no longer served."""
        within(viewer, "replies.write", factory_id)
        take_back(self._state, viewer, factory_id, remark_id)

    def photo(self, viewer: Viewer, remark_id: object) -> bytes:
        """The photo beside a reply, as a JPEG."""
        content, factory_id = photo_of(self._release(), self._state, viewer, remark_id)
        self._looked(viewer, "opened a photo", [factory_id])
        return content


def within(viewer: Viewer, permission: str, factory_id: object) -> None:
    """Nothing. Raises NotAvailable unless a factory is named and the viewer may do that there."""
    if not reaches(viewer, permission, factory_id):
        raise NotAvailable
