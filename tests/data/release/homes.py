"""A home on disk with a few factories, filled through the real loader."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.home import Home
from data.release.publish import Released, release
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from tests.data.release.vaults import QUESTIONS, Answer

ACTION = {"action_id": "A1", "buyer_id": "B1", "factory_id": "F1", "kind": "rush_order", "date": "2026-02-10"}

EMPTY = {"answers": ["factory_id", "date", "indicator_id", "value", "submission_id", "respondent_key"]}


@dataclass
class SmallHome:
    """A home with its state store."""

    home: Home
    settings: Settings
    state: State
    inbox: Path

    def load(self, answers: Iterable[Answer], actions: Iterable[Mapping[str, str]] = ()) -> None:
        """Nothing; the answers and actions are loaded as a canonical folder, a file without rows with a header."""
        answers, actions = list(answers), list(actions)
        tables = {
            "factories": [
                {"factory_id": f"F{n}", "name": f"Mill {n}", "country": "BD", "sector": "knit", "owner_id": "O1"}
                for n in range(1, 5)
            ],
            "indicators": [
                {
                    "indicator_id": f"Q{q.question}", "theme": "theme", "text": f"Question {q.question}?",
                    "scale": q.scale, "polarity": q.polarity, "zero_tolerance": int(q.zero_tolerance),
                    "codebook": "book",
                }
                for q in QUESTIONS
            ],
            "answers": [
                {
                    "factory_id": f"F{a.factory}", "date": a.day.isoformat(), "indicator_id": f"Q{a.question}",
                    "value": a.level, "submission_id": "" if a.sitting is None else f"s{a.sitting}",
                    "respondent_key": "" if a.person is None else f"k{a.person}",
                }
                for a in answers
            ],
            "buyers": [{"buyer_id": "B1", "name": "Buyer One"}],
            "buyer_actions": actions or [ACTION],
        }  # fmt: skip
        write_folder(self.inbox, tables)
        load(self.home, self.settings, self.state, LoadRequest(self.inbox))

    def release(self, through: date | None = None) -> Released:
        """The release that was made."""
        return release(self.home, self.settings, self.state, through)


def write_folder(folder: Path, tables: Mapping[str, list[Mapping[str, object]]]) -> None:
    """Writes a canonical folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)) or EMPTY[name])
            writer.writeheader()
            writer.writerows(rows)


def small_home(root: Path) -> SmallHome:
    """An empty home under this folder."""
    home = Home(root / "home").prepare()
    settings = Settings(home=home.root, threads=1)
    return SmallHome(home, settings, State.open(home, settings), root / "folder")
