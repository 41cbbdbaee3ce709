"""Damaged files: each is read or refused in words, every line is accounted for, and no bomb goes off."""

import pytest

from tests.data.readers import damaged_files, fuzzing


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_damaged_files_are_read_or_refused_and_every_line_accounted_for(seed: int) -> None:
    counts = fuzzing.run(100, seed)
    assert counts["read"] > 30
    assert counts["refused"] > 5


def test_a_lost_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.readers.table.Aside.passing", lambda *_: None)
    with pytest.raises(AssertionError, match="lines are lost or read twice"):
        fuzzing.run(20, 1)


@pytest.mark.parametrize(
    "kind", ["zip bomb", "far cell", "columns", "quotes", "odd quotes", "deep", "lists", "many names"]
)
def test_bombs_are_refused_or_read_in_time(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bomb") / "upload"
    path.write_bytes(next(bomb.body for bomb in damaged_files.bombs() if bomb.kind == kind))
    assert fuzzing.outcome(path) in ("read", "asked", "refused")
