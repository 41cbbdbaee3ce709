"""Who asks. Built from the server-side session at each request, never from anything the browser sent."""

from dataclasses import dataclass, field

from access.roles import Role


class NotAvailable(Exception):
    """What was asked for does not exist, or is not for this viewer. The two must look the same."""

    def __init__(self) -> None:
        super().__init__("This is not available.")


@dataclass(frozen=True)
class Viewer:
    """One signed-in person, for the length of one request.

    `organisation` is the identifier that the data uses (`owner_id` or `buyer_id`), so that a buyer's own
    actions can be told from others'. `factories` holds the owner's own factories or those that granted the
    organisation access; an operator sees every factory and carries an empty set.
    """

    user_id: int
    role: Role
    organisation: str
    factories: frozenset[str] = field(default_factory=frozenset)

    def sees_factory(self, factory_id: str) -> bool:
        """True when released figures of this factory may be shown to this viewer."""
        return self.role is Role.OPERATOR or factory_id in self.factories
