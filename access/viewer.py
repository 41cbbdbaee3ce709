"""Who asks. Built from the server-side session at each request, never from anything the browser sent."""

from dataclasses import dataclass, field

from access.levels import Level
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
    organisation access; an operator sees every factory and carries an empty set. `limits` names those of them of
    which less than everything is shown. A `preview` is an owner who looks at a factory as a buyer would: it reads,
    and changes nothing.
    """

    user_id: int
    role: Role
    organisation: str
    factories: frozenset[str] = field(default_factory=frozenset)
    limits: frozenset[tuple[str, Level]] = field(default_factory=frozenset)
    preview: bool = False

    def sees_factory(self, factory_id: str, level: Level = Level.SCORE) -> bool:
        """True when released figures of this factory may be shown to this viewer, up to that level."""
        if self.role is Role.OPERATOR:
            return True
        return factory_id in self.factories and self.level(factory_id) >= level

    def level(self, factory_id: str) -> Level:
        """How much of a factory within reach is shown; everything, where no limit is named."""
        return next((level for name, level in self.limits if name == factory_id), Level.ACTIONS)

    def factories_at(self, level: Level) -> frozenset[str]:
        """The factories of which at least that much is shown."""
        return frozenset(name for name in self.factories if self.level(name) >= level)
