"""How much of a factory a consent shows: four levels, each with all of those before it."""

from enum import IntEnum


class Level(IntEnum):
    """What an organisation sees of a factory that agreed; owners and the operator see everything.

    SCORE: the score with its range, its course and who stands behind it. THEMES: scores of themes too. FULL:
    questions and groups of workers too. ACTIONS: the buyer's own actions beside them.
    """

    SCORE = 1
    THEMES = 2
    FULL = 3
    ACTIONS = 4

    @property
    def slug(self) -> str:
        """The level's name in the store, in addresses and in commands."""
        return self.name.lower()


SLUGS = {level.slug: level for level in Level}
