"""Mapped files brought by eight at once, cut off in the middle and brought again leave exactly one set of rows."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import ROOT
from tests.data.vault.loader import loaded
from tests.data.vault.place import Place

EXAMPLES = ROOT / "docs" / "examples"
FILES = {
    "answers": "SELECT f.factory_id, q.codebook, q.indicator_id, a.* EXCLUDE (factory, question, load) "
    "FROM answers AS a JOIN factories AS f USING (factory) JOIN questions AS q USING (question) ORDER BY ALL",
    "identities": "SELECT identity, content FROM identities ORDER BY ALL",
    "factories": "SELECT * EXCLUDE (factory, public_id, load) FROM factories ORDER BY ALL",
    "questions": "SELECT * EXCLUDE (question, load) FROM questions ORDER BY ALL",
}
KEPT = {
    "orders": "order_id, source, buyer_id, factory_id, placed_date, due_date, quantity, value_usd",
    "order_versions": "order_id, source",
    "measures": "factory_id, date, measure, part, value, source",
    "organisations": "kind, external_id",
    "registry_reviews": "source, row_key",
}


def begun(place: Place, path: Path) -> "subprocess.Popen[str]":
    """A process that loads a file."""
    command = [sys.executable, "-m", "tests.data.vault.loader", str(place.home.root), str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def contents(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the vault and the state store hold of rows, without numbers that only say when they came."""
    found = {name: place.ask(query) for name, query in FILES.items()}
    with place.state.look() as look:
        for table, columns in KEPT.items():
            query = f"SELECT {columns} FROM {table} ORDER BY {columns}"  # the names above
            found[table] = [tuple(row) for row in look.connection.execute(text(query))]
    return found


@pytest.fixture
def quiet(place: Place, tmp_path: Path) -> Iterator[Place]:
    """Another home with the same secrets, in which nothing goes wrong."""
    place.home.secret("identity")
    place.home.secret("person")
    made = Place.at(tmp_path / "quiet")
    shutil.copytree(place.home.keys, made.home.keys, dirs_exist_ok=True)
    yield made
    made.state.close()


@pytest.mark.parametrize("name", ["survey.csv", "orders.csv"])
def test_eight_at_once_and_one_of_them_killed_are_as_one(place: Place, quiet: Place, name: str) -> None:
    loaded(quiet.home.root, EXAMPLES / name)
    running = [begun(place, EXAMPLES / name) for _ in range(8)]
    time.sleep(1)
    killed = running.pop(3)
    killed.kill()
    killed.communicate()
    accepted = []
    for process in running:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        accepted.append(int(out))
    assert sorted(accepted)[:-1] == [0] * 6
    assert contents(place) == contents(quiet)


def test_killed_again_and_again_and_finished_it_is_as_if_nothing_had_happened(place: Place, quiet: Place) -> None:
    names = ("survey.csv", "orders.csv", "output.csv")
    for name in names:
        loaded(quiet.home.root, EXAMPLES / name)
    for delay in (0.7, 1.1, 1.5):
        for name in names:
            process = begun(place, EXAMPLES / name)
            time.sleep(delay)
            process.kill()
            process.communicate()
    for name in names:
        loaded(place.home.root, EXAMPLES / name)
    assert contents(place) == contents(quiet)
