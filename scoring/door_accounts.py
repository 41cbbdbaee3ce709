"""The part of the door for those who run the service: who may sign in, and who is invited."""

from access.viewer import Viewer
from scoring import accounts
from scoring.accounts import AccountsView, Welcome, Wish
from scoring.entrance import Entrance


class AccountsDoor(Entrance):
    """Accounts and invitations. Every method raises NotAvailable for everybody but operators."""

    def accounts(self, viewer: Viewer) -> AccountsView:
        """Who may sign in and who is invited, with the organisations that somebody can be invited to."""
        return accounts.accounts_view(self._state, viewer)

    def invite(self, viewer: Viewer, wish: Wish) -> Welcome:
        """The new invitation. Raises NotDone with a sentence."""
        return accounts.invite(self._state, viewer, wish)

    def take_back_invitation(self, viewer: Viewer, invitation_id: int) -> None:
        """Nothing; the link of an invitation opens nothing any more."""
        accounts.take_back(self._state, viewer, invitation_id)

    def disable_account(self, viewer: Viewer, user_id: int) -> None:
        """Nothing; the account is closed and its sessions are over. Raises NotDone with a sentence."""
        accounts.disable(self._state, viewer, user_id)

    def enable_account(self, viewer: Viewer, user_id: int) -> None:
        """Nothing; the account is open again."""
        accounts.enable(self._state, viewer, user_id)

    def end_sessions(self, viewer: Viewer, user_id: int) -> None:
        """Nothing; the person is signed out in every browser."""
        accounts.end_sessions(self._state, viewer, user_id)

    def reset_second_factor(self, viewer: Viewer, user_id: int) -> None:
        """Nothing; the person sets up a new app at the next sign-in."""
        accounts.reset_factor(self._state, viewer, user_id)
