"""Every command that README.md shows is run for real, and every file that the documents name is there."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

import pytest

from data.readers.mapping import read_mapping
from data.settings import Settings
from tests.conftest import ROOT
from tests.live import environment, running
from tests.postgres import share_state

README = ROOT / "README.md"
DOCUMENTS = (README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
STAYS = re.compile(r"^(make run|\.venv/bin/flask serve)$")
SMALL_WORLD = "--factories 3 --weeks 30"


@dataclass(frozen=True)
class Block:
    """One shell block: the lines that end by themselves, and the one that stays until it is stopped."""

    ending: tuple[str, ...]
    staying: str | None


def blocks(text: str) -> list[Block]:
    """The shell blocks of a document, in order. A line that stays may only be the last of its block."""
    found = []
    for body in FENCE.findall(text):
        lines = tuple(line for line in body.splitlines() if line.strip())
        stays = bool(STAYS.match(lines[-1]))
        assert not any(STAYS.match(line) for line in lines[:-1]), f"nothing can follow it: {body}"
        found.append(Block(lines[:-1] if stays else lines, lines[-1] if stays else None))
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like this checkout, with this Python as the .venv that make has just made."""
    folder = tmp_path_factory.mktemp("checkout")
    for entry in ROOT.iterdir():
        if entry.name not in {".git", ".venv", "var", ".env"}:
            (folder / entry.name).symlink_to(entry)
    (folder / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.startswith("."):
            (folder / ".venv" / entry.name).symlink_to(entry)
    for stamp in (".made", ".installed-run", ".installed-dev"):
        (folder / ".venv" / stamp).touch()
    return folder


def shell(lines: tuple[str, ...], cwd: Path, home: Path) -> Path:
    """The home that is set after these lines. Fails with all that was written when one of them fails."""
    script = "\n".join(["set -eu", *lines, 'echo "The home is $SEAMLINE_HOME"'])
    person, terminal = os.openpty()
    with subprocess.Popen(
        ["bash", "-c", script],
        cwd=cwd,
        env=environment(home) | {"TMPDIR": str(cwd)},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    ) as process:
        os.close(terminal)
        limit = Timer(180, process.kill)
        limit.start()
        said = typing_when_asked(person)
        limit.cancel()
    os.close(person)
    assert process.returncode == 0, f"{script}\n{said}"
    *written, last = said.splitlines()
    assert written, "a command should say what it did"
    now_at = Path(last.removeprefix("The home is "))
    share_state(home, now_at)
    return now_at


def typing_when_asked(person: int) -> str:
    """All that stands on the terminal. After a question ending in a colon a password is typed."""
    said = b""
    try:
        while chunk := os.read(person, 4096):
            said += chunk
            if said.endswith(b": "):
                os.write(person, b"seven lamps over the canal\n")
    except OSError:  # how Linux says that nobody holds the terminal any more
        pass
    return said.decode()


def test_make_run_sets_up_and_serves(checkout: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for again in ("first", "second"):
        log = tmp_path / f"{again}.log"
        with running(["make", "run"], home, log, cwd=checkout, timeout=300, DEMO=SMALL_WORLD) as live:
            said = live.log.read_text()
            assert live.address in said
            assert ("Making the demo world" in said) == (again == "first")
    assert (home / "DEMO").exists()


def test_own_data_can_be_loaded_released_scored_and_served(checkout: Path, tmp_path: Path) -> None:
    _, _, loading, serving = blocks(README.read_text())
    home = shell(loading.ending, checkout, tmp_path / "unused")
    assert (home / "releases" / "CURRENT").exists()
    assert not (tmp_path / "unused").exists()
    assert serving.staying is not None
    shell(serving.ending, checkout, home)
    with running(shlex.split(serving.staying), home, tmp_path / "serve.log", cwd=checkout) as live:
        assert live.address in live.log.read_text()


def test_every_command_of_the_readme_is_one_of_those_run_here() -> None:
    make_run, make_test, loading, serving = blocks(README.read_text())
    assert make_run == Block((), "make run")
    assert make_test == Block(("make test",), None)
    assert loading.staying is None
    assert all(line.startswith((".venv/bin/flask ", "export ")) for line in loading.ending + serving.ending)


def test_make_test_is_what_ci_calls() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "make check test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "TESTS")}
    asked = ["make", "-n", "test"]
    plan = subprocess.run(asked, cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    assert "python -m tests.browser.chromium" in plan
    assert re.search(r"python -m pytest -n 3 --dist loadfile\s*$", plan)


def test_a_second_command_after_a_staying_one_is_refused() -> None:
    with pytest.raises(AssertionError):
        blocks("```sh\nmake run\necho never\n```\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    links = [urlsplit(target) for target in LINK.findall(document.read_text())]
    lost = [link.path for link in links if not link.scheme and not (document.parent / link.path).exists()]
    assert lost == []


def test_places_named_in_the_readme_exist() -> None:
    table = README.read_text().split("## Where things are")[1].split("##")[0]
    places = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)[1:]
    named = [name for row in places for name in re.findall(r"`([^`]+)`", row)]
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    rows = re.findall(r"^\| `(SEAMLINE_\w+)` \| (.*?) \|", README.read_text(), re.MULTILINE)
    told = {name: default.strip("`") for name, default in rows}
    fields = {f"SEAMLINE_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    assert told.keys() == fields.keys()
    for name, default in fields.items():
        if default is not None:
            assert told[name] == (f"{default:g}" if isinstance(default, float) else str(default).lower()) or (
                told[name] == str(default)
            )


def test_the_mapping_in_the_formats_is_the_example() -> None:
    example = ROOT / "docs" / "examples" / "survey.toml"
    shown = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "docs" / "formats.md").read_text(), re.M | re.S)
    assert shown[0] == example.read_text()
    assert read_mapping(example).name == "canteen-survey"
