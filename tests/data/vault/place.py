"""A home to load into, and small canonical folders to load: what tests of loading share."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import text

from data.home import Home
from data.release.publish import Released, release
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadReport, LoadRequest, load
from data.vault.outcome import Outcome
from data.vault.store import vault

FACTORIES = "factory_id,name,country,sector,timezone,owner_id\nF1,One,BD,knitwear,,O1\nF2,Two,NA,footwear,,O2\n"
HEADER = "factory_id,date,indicator_id,value,channel,gender,submission_id"
STATE_TABLES = ("organisations", "relations", "orders", "actions", "loads")


@dataclass(frozen=True)
class Place:
    """An empty home with its stores, and a folder for files beside it."""

    home: Home
    settings: Settings
    state: State
    folder: Path

    @classmethod
    def at(cls, root: Path) -> "Place":
        """A place under this folder."""
        home = Home(root / "home").prepare()
        settings = Settings(home=home.root, vault_wait=0.2)
        return cls(home, settings, State.open(home, settings), root)

    def files(self, name: str = "drop", **texts: str | bytes) -> Path:
        """A canonical folder of these CSV files, by kind; `factories` are F1 and F2 unless they are told."""
        return folder_of(self.folder / name, **texts)

    def load(self, path: Path, kind: str | None = None, **more: Any) -> LoadReport:
        """What became of the rows."""
        return load(self.home, self.settings, self.state, LoadRequest(path, kind, **more))

    def answers(self, rows: Iterable[str], header: str = HEADER, **more: Any) -> Outcome:
        """What became of these rows of answers, loaded beside F1 and F2."""
        body = "\n".join((header, *rows)) + "\n"
        return self.of("answers", self.load(self.files(answers=body), **more))

    @staticmethod
    def of(kind: str, report: LoadReport) -> Outcome:
        """The outcome of one kind of file."""
        return next(outcome for outcome in report.outcomes if outcome.file == kind)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What a query answers in the vault."""
        with vault(self.home, self.settings, "a test") as engine:
            return engine.connection.execute(query).fetchall()

    def kept(self) -> dict[str, int]:
        """How many rows every table of the vault and of the state store holds."""
        with vault(self.home, self.settings, "a test") as engine:
            tables = engine.connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'vault' ORDER BY 1"
            ).fetchall()
            found = {
                name: int(engine.connection.execute(f"SELECT count(*) FROM vault.{name}").fetchall()[0][0])
                for (name,) in tables
            }
        with self.state.look() as look:
            for name in STATE_TABLES:
                found[f"state.{name}"] = look.connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
        return found

    def release(self, through: date | None = None) -> Released:
        """A release of what is loaded."""
        return release(self.home, self.settings, self.state, through)

    def cells(self) -> list[tuple[Any, ...]]:
        """Every cell of the newest release, in order."""
        name = (self.home.releases / "CURRENT").read_text().strip()
        with duckdb.connect(str(self.home.releases / f"{name}.duckdb"), read_only=True) as connection:
            return connection.execute("FROM cells ORDER BY ALL").fetchall()


def folder_of(folder: Path, **texts: str | bytes) -> Path:
    """That folder, now with exactly these CSV files; `factories` are F1 and F2 unless they are told."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for kind, body in ({"factories": FACTORIES} | texts).items():
        (folder / f"{kind}.csv").write_bytes(body if isinstance(body, bytes) else body.encode())
    return folder


def parquet_twin(folder: Path, twin: Path, types: Mapping[str, str] | None = None) -> Path:
    """A folder with the same rows as Parquet, all text but the columns whose type is told."""
    twin.mkdir()
    with duckdb.connect() as connection:
        for file in folder.glob("*.csv"):
            connection.execute(f"CREATE OR REPLACE TABLE t AS FROM read_csv('{file}', all_varchar = true)")
            for name, kind in (types or {}).items():
                if (name,) in connection.execute("SELECT column_name FROM (DESCRIBE t)").fetchall():
                    connection.execute(f'ALTER TABLE t ALTER "{name}" TYPE {kind}')
            connection.execute(f"COPY t TO '{twin / file.stem}.parquet'")
    return twin


def written(path: Path, query: str) -> Path:
    """A Parquet file of what a query answers."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def quarantined(outcome: Outcome) -> list[dict[str, str]]:
    """The rows of an outcome's quarantine file, as a spreadsheet would read them."""
    assert outcome.quarantine is not None
    with Path(outcome.quarantine).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    """Accepted, rejected, already present."""
    return outcome.accepted, outcome.rejected, outcome.already_present
