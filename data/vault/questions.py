"""The questions that are known here, as a column of a new file may turn out to be one of them."""

from data.codebook.questions import DEFAULT_CODEBOOK
from data.home import Home
from data.readers.suggestion import KnownQuestion
from data.settings import Settings
from data.vault.dimensions import default_questions
from data.vault.store import vault


def known_wordings(home: Home, settings: Settings) -> list[KnownQuestion]:
    """Every question of the default codebook, then those of others that were loaded. Raises VaultBusy, VaultTooNew."""
    standard = default_questions()
    found = [KnownQuestion(*row) for row in standard[["indicator_id", "text", "scale"]].itertuples(index=False)]
    if not home.vault.exists():
        return found
    with vault(home, settings, "look for questions") as engine:
        rows = engine.rows("questions_worded", standard=DEFAULT_CODEBOOK)
    return found + [KnownQuestion(*row) for row in rows]
