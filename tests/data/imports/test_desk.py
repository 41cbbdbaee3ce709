"""Imports are checked, loaded and undone one at a time; cut off, cancelled or sent twice they leave the same tables."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.roles import Role
from data.home import VaultBusy
from data.imports.lodging import bytes_of, folder_of, quarantine_of
from data.ingester import Ingester
from data.state.imports import Stage, moved
from tests.conftest import ROOT
from tests.data.imports.bringing import brought, desk, organisation, pushed, stands
from tests.data.vault.place import FACTORIES, HEADER, Place
from tests.live import FLASK, environment

MAPPING = ROOT / "docs" / "examples" / "survey.toml"
SURVEY = ROOT / "docs" / "examples" / "survey.csv"
GOOD = f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\nF2,2026-06-08,GRV-02,5,app,man,s2\n"
MULTISET = (
    "SELECT f.factory_id, q.indicator_id, a.day, a.level, count(*) FROM answers AS a "
    "JOIN factories AS f ON f.factory = a.factory JOIN questions AS q ON q.question = a.question "
    "GROUP BY ALL ORDER BY ALL"
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    made.load(made.files(answers=f"{HEADER}\n"))
    yield made
    made.state.close()


def counted(report: dict[str, object] | None) -> dict[str, tuple[int, int, int]]:
    """Accepted, rejected and already present of each file in a report."""
    assert report is not None
    return {f["file"]: (f["accepted"], f["rejected"], f["already_present"]) for f in report["files"]}  # type: ignore[attr-defined, index]  # plain JSON


def test_a_file_is_checked_then_loaded_then_undone(place: Place) -> None:
    one = brought(place, organisation(place), GOOD + "F9,2026-06-08,GRV-02,4,app,woman,s3\n")
    before = place.kept()
    assert desk(place).work() == ["Import june.csv: checked"]
    checked = stands(place, one)
    assert checked.stage is Stage.CHECKED
    assert counted(checked.report) == {"answers": (2, 1, 0)}
    assert checked.report is not None
    assert checked.report["reasons"][0]["reason"] == "factory … is not declared in factories"
    assert "F9" in quarantine_of(place.home, one).read_text()
    assert place.kept() == before
    assert desk(place).work() == [], "what was checked waits for somebody"
    assert pushed(place, one, Stage.CHECKED, Stage.LOADING)
    assert desk(place).work() == ["Import june.csv: loaded as load 2"]
    loaded = stands(place, one)
    assert (loaded.stage, loaded.load, loaded.begun_at) == (Stage.LOADED, 2, None)
    assert place.ask("SELECT count(*) FROM answers") == [(2,)]
    assert pushed(place, one, Stage.LOADED, Stage.UNDOING)
    desk(place).work()
    assert stands(place, one).stage is Stage.UNDONE
    assert "2 answers taken out" in stands(place, one).said
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]


def test_a_mapped_file_is_read_through_its_mapping(place: Place) -> None:
    one = brought(place, organisation(place), SURVEY.read_bytes(), "survey.csv", kind=None, mapping=MAPPING.read_text())
    desk(place).work()
    assert stands(place, one).stage is Stage.CHECKED, stands(place, one).said
    assert counted(stands(place, one).report)["answers"][0] > 0


@pytest.mark.parametrize(
    ("body", "more", "said"),
    [
        ("nothing\n", {}, "june.csv has no column factory_id, date, indicator_id, value"),
        (GOOD, {"mapping": "name = ["}, "is not TOML"),
        (GOOD, {"kind": None}, "It is not said yet what the file holds."),
    ],
)
def test_what_cannot_be_read_fails_with_one_sentence(
    place: Place, body: str, more: dict[str, str | None], said: str
) -> None:
    one = brought(place, organisation(place), body, **more)
    desk(place).work()
    failed = stands(place, one)
    assert failed.stage is Stage.FAILED
    assert said in failed.said
    assert str(place.home.root) not in failed.said


def test_a_demo_world_is_checked_against_but_takes_nothing(place: Place) -> None:
    place.home.mark_demo(finished=True)
    one = brought(place, organisation(place), GOOD)
    desk(place).work()
    assert stands(place, one).stage is Stage.CHECKED
    pushed(place, one, Stage.CHECKED, Stage.LOADING)
    desk(place).work()
    assert stands(place, one).stage is Stage.FAILED
    assert "demo world" in stands(place, one).said
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]


def test_a_cancelled_load_keeps_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    one = brought(place, organisation(place), GOOD, stage=Stage.LOADING)
    before = place.kept()
    here = desk(place)
    monkeypatch.setattr("data.imports.desk.BREATH", 0)
    request = here._request(stands(place, one), dry_run=False)
    assert request.progress is not None
    request.progress(1, 2)
    assert (stands(place, one).done, stands(place, one).total) == (1, 2)
    real = here._begun

    def cancelled(job: object) -> object:
        begun = real(job)  # type: ignore[arg-type]  # it is an import
        pushed(place, one, Stage.LOADING, Stage.CANCELLED)
        return begun

    monkeypatch.setattr(here, "_begun", cancelled)
    assert here.work() == ["Import june.csv was cancelled."]
    assert stands(place, one).stage is Stage.CANCELLED
    assert place.kept() == before
    assert not folder_of(place.home, one).exists(), "its bytes are gone at once"


class TestOwners:
    """What an owner brings is limited to the own factories, and tells nothing of what workers answered."""

    def test_other_factories_are_as_if_they_were_not_there(self, place: Place) -> None:
        one = brought(place, organisation(place, Role.OWNER, "O1"), GOOD)
        desk(place).work()
        assert counted(stands(place, one).report) == {"answers": (1, 1, 0)}
        assert "F2" in quarantine_of(place.home, one).read_text()

    def test_a_check_does_not_tell_which_answers_are_here(self, place: Place) -> None:
        """Otherwise somebody could try out who answered what, one row after the other."""
        place.load(place.files(answers=GOOD))
        owner = organisation(place, Role.OWNER, "O1")
        reports = []
        for value in ("4", "3"):
            one = brought(place, owner, f"{HEADER}\nF1,2026-06-08,GRV-02,{value},app,woman,s1\n")
            desk(place).work()
            reports.append(counted(stands(place, one).report))
        assert reports == [{"answers": (1, 0, 0)}] * 2
        known = brought(place, organisation(place), f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\n")
        desk(place).work()
        assert counted(stands(place, known).report) == {"answers": (0, 0, 1)}, "the operator is told"

    @pytest.mark.parametrize("kind", ["factories", "buyers", "relations", "indicators"])
    def test_what_the_operator_alone_loads_is_refused(self, place: Place, kind: str) -> None:
        one = brought(place, organisation(place, Role.OWNER, "O1"), FACTORIES, kind=kind)
        desk(place).work()
        assert stands(place, one).stage is Stage.FAILED
        assert "by the operator alone" in stands(place, one).said

    def test_a_mapping_cannot_declare_factories_for_an_owner(self, place: Place) -> None:
        owner = organisation(place, Role.OWNER, "O1")
        one = brought(place, owner, SURVEY.read_bytes(), "s.csv", kind=None, mapping=MAPPING.read_text())
        desk(place).work()
        assert "which the operator alone does" in stands(place, one).said


def test_the_same_file_twice_adds_nothing(place: Place) -> None:
    who = organisation(place)
    for _ in range(2):
        brought(place, who, GOOD, stage=Stage.LOADING)
    desk(place).work()
    assert place.ask("SELECT count(*) FROM answers") == [(2,)]
    with place.state.look() as look:
        from data.state.imports import imports_of

        reports = [counted(one.report)["answers"] for one in imports_of(look, None)]
    assert sorted(reports) == [(0, 0, 2), (2, 0, 0)]


def big(people: int = 400) -> str:
    """A file that takes a moment to load."""
    rows = [
        f"F{1 + n % 2},2026-06-{1 + d:02},{q},{1 + (n + d) % 5},app,,p{n}d{d}"
        for n in range(people)
        for d in range(20)
        for q in ("GRV-02", "RES-04", "SAF-01", "WEL-01")
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def ingest(place: Place, *more: str) -> "subprocess.Popen[str]":
    """An ingester in a process of its own."""
    return subprocess.Popen(
        [*FLASK, "ingest", *more], cwd=ROOT, env=environment(place.home.root), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_eight_imports_and_eight_ingesters_at_once_are_as_one(place: Place, tmp_path: Path) -> None:
    who, body = organisation(place), big(100)
    ids = [brought(place, who, body, stage=Stage.LOADING) for _ in range(8)]
    processes = [ingest(place, "--once") for _ in range(8)]
    for process in processes:
        _, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
    finished = ingest(place, "--once")
    finished.communicate(timeout=120)
    found = sorted(counted(stands(place, one).report)["answers"] for one in ids)
    assert found == [(0, 0, 8000)] * 7 + [(8000, 0, 0)]
    assert len({stands(place, one).load for one in ids}) == 8
    alone = Place.at(tmp_path / "alone")
    alone.load(alone.files(answers=body))
    assert place.ask(MULTISET) == alone.ask(MULTISET)
    assert place.ask("SELECT count(*), count(DISTINCT identity) FROM identities") == [(8000, 8000)]
    alone.state.close()


def test_killed_in_the_middle_it_ends_with_the_same_tables(place: Place, tmp_path: Path) -> None:
    who, body = organisation(place), big()
    one = brought(place, who, body, stage=Stage.LOADING)
    hits = 0
    for delay in (0.0, 0.4, 0.9):
        process = ingest(place)
        try:
            hits += seized(place, process, delay, one)
        finally:
            process.kill()
            process.communicate()
    assert hits, "it was killed at least once while it loaded"
    process = ingest(place, "--once")
    _, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    done = stands(place, one)
    assert (done.stage, counted(done.report)["answers"]) == (Stage.LOADED, (32_000, 0, 0))
    alone = Place.at(tmp_path / "alone")
    alone.load(alone.files(answers=body))
    assert place.ask(MULTISET) == alone.ask(MULTISET)
    assert place.ask("SELECT load, count(*) FROM answers GROUP BY load") == [(done.load, 32_000)]
    alone.state.close()


def seized(place: Place, process: "subprocess.Popen[str]", delay: float, one: str) -> bool:
    """True once this process holds the vault for its load, and so long after that; False once that is loaded."""
    deadline, looked = time.monotonic() + 90, 0.0
    while time.monotonic() < deadline and process.poll() is None:
        if time.monotonic() - looked > 0.5:
            looked = time.monotonic()
            if stands(place, one).stage is Stage.LOADED:
                return False
        with suppress(ValueError, KeyError, OSError):
            held = json.loads(place.home.lock.read_text())
            if held["pid"] == process.pid and held["purpose"].startswith("load june"):
                time.sleep(delay)
                return True
        time.sleep(0.005)
    return False


def test_a_load_that_was_whole_before_the_job_heard_of_it_is_its_own(place: Place) -> None:
    """Killed between the two: the file is not loaded again, and the report does not say that all was there before."""
    one = brought(place, organisation(place), GOOD, stage=Stage.LOADING)
    here = desk(place)
    job = here._begun(stands(place, one))
    place.load(bytes_of(place.home, one, job.name), "answers")
    here.work()
    done = stands(place, one)
    assert (done.stage, done.load, counted(done.report)) == (Stage.LOADED, 2, {"answers": (2, 0, 0)})
    assert place.ask("SELECT max(load) FROM loads") == [(2,)]


def test_what_is_cut_off_again_and_again_is_left_alone(place: Place) -> None:
    one = brought(place, organisation(place), GOOD, stage=Stage.LOADING)
    here = desk(place)
    for _ in range(4):
        here._begun(stands(place, one))
    assert here.work()[0].startswith("Import june.csv failed: It was cut off 4 times")
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]


def test_a_vault_in_use_is_no_try(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(place, organisation(place), GOOD)

    def busy(*_: object) -> None:
        raise VaultBusy("It is in use.")

    monkeypatch.setattr("data.imports.desk.load", busy)
    for _ in range(6):
        with pytest.raises(VaultBusy):
            desk(place).work()
    monkeypatch.undo()
    assert desk(place).work() == ["Import june.csv: checked"]


def broken(*_: object) -> None:
    """What nobody foresaw."""
    raise RuntimeError("no space left")


def test_an_undo_that_failed_is_still_loaded(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    one = brought(place, organisation(place), GOOD, stage=Stage.LOADING)
    desk(place).work()
    pushed(place, one, Stage.LOADED, Stage.UNDOING)
    monkeypatch.setattr("data.imports.desk.undone", broken)
    desk(place).work()
    monkeypatch.undo()
    found = stands(place, one)
    assert (found.stage, found.load) == (Stage.LOADED, 2)
    assert "while it was taken out" in found.said
    pushed(place, one, Stage.LOADED, Stage.UNDOING)
    desk(place).work()
    assert stands(place, one).stage is Stage.UNDONE
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]


@pytest.mark.parametrize("what", ["refresh_effects", "load_report"])
def test_what_fails_after_a_whole_load_does_not_say_that_nothing_was_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    body = "order_id,buyer_id,factory_id,placed_date\nP1,B1,F1,2026-01-05\n"
    one = brought(place, organisation(place), body, kind="orders", stage=Stage.LOADING)
    monkeypatch.setattr(f"data.imports.desk.{what}", broken)
    desk(place).work()
    monkeypatch.undo()
    found = stands(place, one)
    assert (found.stage, found.load, place.kept()["state.orders"]) == (Stage.LOADED, 2, 1)
    assert counted(found.report) == {"orders": (1, 0, 0)}


def test_a_cancel_that_came_after_the_load_was_whole_owns_up(place: Place) -> None:
    one = brought(place, organisation(place), GOOD)
    here = desk(place)
    here.work()
    pushed(place, one, Stage.CHECKED, Stage.LOADING)
    job = here._begun(stands(place, one))
    place.load(bytes_of(place.home, one, job.name), "answers")
    pushed(place, one, Stage.LOADING, Stage.CANCELLED)
    here.work()
    found = stands(place, one)
    assert (found.stage, found.load, found.said) == (Stage.LOADED, 2, "It was loaded before the cancel came.")


def test_a_cancelled_load_that_kept_nothing_stays_cancelled(place: Place) -> None:
    one = brought(place, organisation(place), GOOD)
    here = desk(place)
    here.work()
    pushed(place, one, Stage.CHECKED, Stage.LOADING)
    here._begun(stands(place, one))
    pushed(place, one, Stage.LOADING, Stage.CANCELLED)
    here.work()
    assert (stands(place, one).stage, stands(place, one).begun_at) == (Stage.CANCELLED, None)


def test_the_book_of_loads_tells_an_owner_nothing_of_answers_here(place: Place) -> None:
    place.load(place.files(answers=GOOD))
    one = brought(place, organisation(place, Role.OWNER, "O1"), GOOD, source="owner O1")
    here = desk(place)
    here.work()
    checked = stands(place, one).report
    pushed(place, one, Stage.CHECKED, Stage.LOADING)
    job = here._begun(stands(place, one))
    place.load(bytes_of(place.home, one, job.name), "answers", source="owner O1")
    here.work()
    found = stands(place, one)
    assert found.stage is Stage.LOADED
    assert counted(found.report) == counted(checked)
    assert found.report is not None
    assert "files" in found.report["to_operator"]


def test_bytes_go_when_their_time_is_over(place: Place) -> None:
    who = organisation(place)
    loaded, idle, fresh = (
        brought(place, who, GOOD, stage=stage) for stage in (Stage.LOADING, Stage.DRAFT, Stage.DRAFT)
    )
    here = desk(place)
    here.work()
    long_ago = datetime.now(UTC) - timedelta(days=31)
    with place.state.change() as change:
        moved(change, loaded, (Stage.LOADED,), Stage.LOADED, long_ago)
        moved(change, idle, (Stage.DRAFT,), Stage.DRAFT, long_ago)
    here.work()
    assert [folder_of(place.home, one).exists() for one in (loaded, idle, fresh)] == [False, False, True]
    assert stands(place, loaded).report is not None
    assert (stands(place, idle).stage, stands(place, idle).said) == (Stage.CANCELLED, "Nobody touched it for 30 days.")


def test_the_ingester_takes_imports_and_leaves_their_release_to_the_next_day(place: Place) -> None:
    one = brought(place, organisation(place), GOOD, stage=Stage.LOADING)
    working = Ingester(place.home, place.settings, place.state)
    assert working.asked()
    assert "Import june.csv: loaded as load 2" in working.work()
    assert not working.asked()
    assert stands(place, one).stage is Stage.LOADED
