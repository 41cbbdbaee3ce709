"""The ingester takes what lies in the inbox, and may be cut off at any moment: nothing is lost, nothing doubles."""

import json
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data import ingester
from data.ingester import Ingester, last_day_over
from data.vault.load import LoadReport
from tests.conftest import ROOT
from tests.data.vault.place import FACTORIES, HEADER, Place, folder_of
from tests.live import FLASK, environment

GOOD = f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\n"
QUESTIONS = ("GRV-02", "RES-04", "SAF-01", "WEL-01")
MULTISET = (
    "SELECT f.factory_id, q.indicator_id, a.day, a.level, count(*) FROM answers AS a "
    "JOIN factories AS f ON f.factory = a.factory JOIN questions AS q ON q.question = a.question "
    "GROUP BY ALL ORDER BY ALL"
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    yield made
    made.state.close()


def at_work(place: Place) -> Ingester:
    """The ingester of that place."""
    return Ingester(place.home, place.settings, place.state)


def inbox(place: Place) -> dict[str, list[str]]:
    """What lies in the inbox, by folder; the time before a name is left out."""
    found = {"waiting": sorted(p.name for p in place.home.inbox.iterdir() if p.name not in ("done", "refused"))}
    for name in ("done", "refused"):
        found[name] = sorted(p.name.partition("-")[2] for p in (place.home.inbox / name).glob("*"))
    return found


def answers(people: int, days: int = 12) -> str:
    """Answers of so many people a day at F1 and F2, in June."""
    rows = [
        f"F{1 + person % 2},2026-06-{day:02},{question},{1 + (person * 7 + day * 3 + place) % 5},app,,p{person}d{day}"
        for day in range(1, days + 1)
        for person in range(people)
        for place, question in enumerate(QUESTIONS)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def test_an_entry_is_loaded_released_and_laid_aside(place: Place) -> None:
    folder_of(place.home.inbox / "june", answers=answers(40))
    said = at_work(place).work()
    assert said[0] == (
        "june is loaded: factories 2 accepted, 0 rejected, 0 already present, "
        "answers 1920 accepted, 0 rejected, 0 already present"
    )
    assert said[1].startswith("Release 1 is published: ")
    assert inbox(place) == {"waiting": [], "done": ["june"], "refused": []}
    assert sum(cell[4] for cell in place.cells()) > 1500
    assert at_work(place).work() == []


def test_entries_are_taken_in_order_and_those_still_written_are_left(place: Place) -> None:
    for name in ("b", "a", ".hidden", "c.part"):
        folder_of(place.home.inbox / name, answers=GOOD)
    (place.home.inbox / "loose.csv").write_text(GOOD)
    said = at_work(place).work()
    assert [line.split(" is ")[0] for line in said[:2]] == ["a", "b"]
    assert inbox(place)["waiting"] == [".hidden", "c.part", "loose.csv"]


def test_what_cannot_be_read_is_refused_with_its_reason_and_the_rest_goes_on(place: Place) -> None:
    folder_of(place.home.inbox / "a", answers="nothing\n")
    folder_of(place.home.inbox / "b", answers=GOOD)
    at_work(place).work()
    assert inbox(place) == {"waiting": [], "done": ["b"], "refused": ["a", "a.reason.txt"]}
    [reason] = (place.home.inbox / "refused").glob("*.reason.txt")
    assert reason.read_text().startswith("answers.csv has no column factory_id, date, indicator_id, value.")


def test_an_entry_that_fails_unforeseen_stays_and_the_rest_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a", "b"):
        folder_of(place.home.inbox / name, answers=GOOD)
    load = ingester.load

    def breaking(*arguments: object) -> LoadReport:
        if str(getattr(arguments[-1], "path", "")).endswith("/a"):
            raise RuntimeError("the disk is full")
        return load(*arguments)

    monkeypatch.setattr(ingester, "load", breaking)
    working = at_work(place)
    said = working.work()
    assert said[0] == "a could not be loaded, and stays in the inbox until the ingester starts again."
    assert "the disk is full" in caplog.text
    assert inbox(place) == {"waiting": ["a"], "done": ["b"], "refused": []}
    assert not any(line.startswith("a ") for line in working.work())
    monkeypatch.undo()
    at_work(place).work()
    assert inbox(place) == {"waiting": [], "done": ["a", "b"], "refused": []}


def test_actions_that_come_alone_are_seen_at_once(place: Place) -> None:
    folder_of(place.home.inbox / "a", answers=answers(40))
    working = at_work(place)
    working.work()
    before = (place.home.effects / "CURRENT").read_text()
    action = "action_id,buyer_id,factory_id,kind,date\nA1,B1,F1,rush_order,2026-06-05\n"
    folder_of(place.home.inbox / "b", answers=f"{HEADER}\n", buyer_actions=action)
    working.work()
    assert (place.home.effects / "CURRENT").read_text() != before
    assert (place.home.releases / "CURRENT").read_text() == "000001\n"


def test_a_demo_home_takes_nothing(place: Place) -> None:
    place.home.mark_demo(finished=True)
    folder_of(place.home.inbox / "a", answers=GOOD)
    assert at_work(place).work() == ["a was refused: This home holds the demo world, which takes no other answers."]
    assert not place.home.vault.exists()


def test_while_another_holds_the_vault_nothing_is_taken(place: Place) -> None:
    folder_of(place.home.inbox / "a", answers=GOOD)
    working = at_work(place)
    with place.home.hold_vault("mending"):
        [said] = working.work()
    assert "(mending)" in said
    assert inbox(place)["waiting"] == ["a"]
    assert working.work()[0].startswith("a is loaded")


def test_a_day_is_over_when_it_is_over_everywhere() -> None:
    noon = datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert last_day_over(["Asia/Dhaka"], noon) == date(2026, 6, 9)
    assert last_day_over(["Pacific/Auckland", "Pacific/Honolulu"], noon) == date(2026, 6, 9)
    assert last_day_over(["Asia/Dhaka", "Pacific/Honolulu"], datetime(2026, 6, 10, 8, tzinfo=UTC)) == date(2026, 6, 8)


def test_answers_of_a_day_that_is_not_over_wait(place: Place) -> None:
    ahead = datetime.now(UTC).date() + timedelta(days=2)
    body = GOOD.replace("2026-06-08", ahead.isoformat())
    folder_of(place.home.inbox / "a", answers=body)
    assert len(at_work(place).work()) == 1
    assert not (place.home.releases / "CURRENT").exists()


def killed_at(place: Place, purpose: str, delay: float, log: Path, patience: float = 60) -> bool:
    """Starts `flask ingest` and kills it so long after it took the vault for this purpose.

    False when it had done everything before that, so that there was nothing left to interrupt.
    """
    with log.open("ab") as output:
        command, env = [*FLASK, "ingest", "--every", "0.1"], environment(place.home.root)
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline and process.poll() is None and not all_done(place):
                with suppress(ValueError, KeyError, OSError):
                    held = json.loads(place.home.lock.read_text())
                    if held["pid"] == process.pid and held["purpose"].startswith(purpose):
                        time.sleep(delay)
                        return True
                time.sleep(0.002)
            assert all_done(place), log.read_text()
            return False
        finally:
            process.kill()
            process.wait()


def all_done(place: Place) -> bool:
    """True once a release is published and the inbox is empty."""
    return (place.home.releases / "CURRENT").exists() and not inbox(place)["waiting"]


def finished(place: Place, log: Path) -> None:
    """Runs the ingester until it has nothing to do."""
    with log.open("ab") as output:
        command, env = [*FLASK, "ingest", "--once"], environment(place.home.root)
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=output, stderr=output, timeout=120, check=False)
    assert done.returncode == 0, log.read_text()


def test_killed_during_loads_and_releases_it_loses_nothing_and_doubles_nothing(place: Place, tmp_path: Path) -> None:
    chance = random.Random(20261121)  # noqa: S311  # moments, not secrets
    body = answers(people=900)
    actions = "action_id,buyer_id,factory_id,kind,date\nA1,B1,F1,rush_order,2026-06-05\n"
    quiet = Place.at(tmp_path / "quiet")
    for home in (quiet.home, place.home):
        folder_of(home.inbox / "june", answers=body, buyer_actions=actions)
    begun = time.monotonic()
    at_work(quiet).work()
    whole = time.monotonic() - begun
    log = tmp_path / "ingest.log"
    moments = [("load", chance.uniform(0, 0.7 * whole)) for _ in range(3)]
    moments += [("release", chance.uniform(0, 0.1 * whole)) for _ in range(2)]
    hits = [killed_at(place, purpose, delay, log) for purpose, delay in moments]
    assert hits[0], "the first kill came while the vault was held for the load"
    finished(place, log)
    assert place.ask(MULTISET) == quiet.ask(MULTISET)
    assert place.ask("SELECT count(*), count(DISTINCT identity) FROM identities") == [(43_200, 43_200)]
    assert place.cells() == quiet.cells()
    assert inbox(place) == {"waiting": [], "done": ["june"], "refused": []}
    assert [p.name for p in place.home.releases.glob("*.duckdb")] == ["000001.duckdb"]
    still_open = place.ask("SELECT coalesce(sum(n), 0) FROM open_counts")[0][0]
    assert sum(cell[4] for cell in place.cells()) + still_open == 43_200
    with duckdb.connect(str(next(place.home.effects.glob("*.duckdb"))), read_only=True) as connection:
        assert connection.execute("SELECT action_id FROM actions").fetchall() == [("A1",)]
    quiet.state.close()


def test_eight_loads_of_the_same_folder_at_once_are_as_one(place: Place, tmp_path: Path) -> None:
    body = answers(people=60)
    folder = folder_of(tmp_path / "june", answers=body, factories=FACTORIES, headcount="factory_id,headcount\nF1,90\n")
    command, env = [*FLASK, "load", str(folder), "--format", "json"], environment(place.home.root)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, cwd=ROOT, env=env, **pipes) for _ in range(8)]
    killed = processes.pop(chance_of(len(processes)))
    time.sleep(1.5)
    killed.kill()
    killed.communicate()
    told = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        told.append({file["file"]: file for file in json.loads(out)["files"]})
    accepted = [files["answers"]["accepted"] for files in told]
    present = [files["answers"]["already_present"] for files in told]
    assert {a + p for a, p in zip(accepted, present, strict=True)} == {2880}
    assert sorted(accepted)[:-1] == [0] * 6, "one load brought everything, all others nothing"
    one = Place.at(tmp_path / "one")
    one.load(folder)
    same = "SELECT factory_id, name, country, timezone FROM factories ORDER BY ALL"
    for query in (MULTISET, same, "SELECT headcount FROM headcount", "SELECT count(DISTINCT sitting) FROM answers"):
        assert place.ask(query) == one.ask(query)
    assert place.ask("SELECT count(*), count(DISTINCT identity) FROM identities") == [(2880, 2880)]
    one.state.close()


def chance_of(many: int) -> int:
    """One of so many, the same at every run."""
    return random.Random(8).randrange(many)  # noqa: S311  # moments, not secrets
