"""`python -m tests.data.vault.loader HOME FILE`: loads a file by the mapping beside it, prints what was accepted."""

import sys
from pathlib import Path

from data.home import Home
from data.readers.mapping import read_mapping
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load


def loaded(home: Path, path: Path) -> int:
    """How many rows were accepted, those that the mapping declares too."""
    settings = Settings(home=home, vault_wait=120)
    kept = Home(home).prepare()
    mapping = path.with_suffix(".toml")
    state = State.open(kept, settings)
    try:
        report = load(kept, settings, state, LoadRequest(path, read_mapping(mapping).kind, mapping))
    finally:
        state.close()
    return sum(outcome.accepted for outcome in report.outcomes)


if __name__ == "__main__":
    print(loaded(Path(sys.argv[1]), Path(sys.argv[2])))
