"""Which Chromium the browser tests drive, and when one is installed. No test here touches real packages."""

import os
from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An otherwise empty PATH, with no Chromium named in the environment, as root."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("SEAMLINE_CHROMIUM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return folder


def program(file: Path, body: str) -> Path:
    """A shell script that can be run."""
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


def apt_that_installs(folder: Path) -> Path:
    """An apt-get that notes how it was called, and brings a Chromium when told to."""
    chrome = folder / "chromium"
    return program(
        folder / "apt-get",
        f'echo "$@" >> "{folder}/calls"\n'
        f'if [ "$2" = install ]; then printf "#!/bin/sh\\necho Chromium 1\\n" > "{chrome}"\n'
        f'/bin/chmod +x "{chrome}"; fi',
    )


def test_the_named_one_comes_first(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path / "chromium", "")
    assert chromium.executable() == str(path / "chromium")
    named = program(tmp_path / "mine", "")
    monkeypatch.setenv("SEAMLINE_CHROMIUM", str(named))
    assert chromium.executable() == str(named)


def test_a_named_one_that_is_missing_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(path / "chromium", "")
    apt_that_installs(path)
    monkeypatch.setenv("SEAMLINE_CHROMIUM", str(path / "nowhere"))
    assert chromium.executable() is None
    assert not chromium.installed_by_apt()
    assert not (path / "calls").exists()


def test_root_gets_one_installed_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apt_that_installs(path)
    chromium.main()
    chromium.main()
    calls = (path / "calls").read_text().splitlines()
    assert [call.split()[1] for call in calls] == ["update", "install"]
    assert capsys.readouterr().err.count("The browser tests drive Chromium 1 (chromium).") == 2


def test_others_are_told_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apt_that_installs(path)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    chromium.main()
    assert not (path / "calls").exists()
    assert "apt-get install chromium" in capsys.readouterr().err


def test_a_failing_install_says_why_and_ends_well(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(path / "apt-get", "echo no network >&2; exit 100")
    chromium.main()
    said = capsys.readouterr().err
    assert "no network" in said
    assert "No Chromium was found" in said


def test_one_that_does_not_start_counts_as_none(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(path / "chromium", "exit 1")
    chromium.main()
    assert "No Chromium was found" in capsys.readouterr().err
