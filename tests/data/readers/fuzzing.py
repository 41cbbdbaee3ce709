"""Damages good files in many ways and shows that each is read or refused in words, and every line accounted for.

`python -m tests.data.readers.fuzzing --files 10000 --seed 7` prints how many were read, refused and asked about, the
time, and the most memory of this process and of those that read workbooks.
"""

import argparse
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from data.readers.decoding import is_utf8
from data.readers.formats import UPLOAD, FileFormat, Unreadable
from data.readers.opening import Opened, looked_at
from data.readers.recognition import recognised
from tests.data.readers.damaged_files import made


def outcome(path: Path) -> str:
    """What became of a file: read, asked or refused. Raises AssertionError where a line is not accounted for."""
    try:
        seen = recognised(path)
        opened = looked_at(path, FileFormat(), UPLOAD)
        account(path, opened, seen.total_rows)
        again = looked_at(path, seen.format, UPLOAD)
        assert (tuple(again.table.header()), again.form) == (seen.header, seen.format), "spelled out it reads otherwise"
    except Unreadable as refusal:
        said = str(refusal)
        return "refused" if said.endswith((".", "?")) and len(said) < 2_000 else f"refused without a sentence: {said}"
    return "asked" if seen.asks else "read"


def account(path: Path, opened: Opened, total: int | None) -> None:
    """Holds where rows, refused rows and lines passed over are all the lines of the file, each once."""
    width = len(opened.table.header())
    newline, expected = physical_lines(path, opened)
    spans: list[tuple[int, int]] = []
    rows = 0
    for batch in opened.table.batches():
        assert len(batch.columns) == width, "a batch is not as wide as the header"
        assert {len(column) for column in batch.columns} == {len(batch.lines)}, "columns of several lengths"
        rows += len(batch.lines) + len(batch.ragged)
        for line, fields in zip(batch.lines, zip(*batch.columns, strict=True), strict=True):
            spans.append((line, line + sum(value.count(newline) for value in fields) if newline else line))
            assert max(map(len, fields)) <= UPLOAD.field, "a field is too long"
        for row in batch.ragged:
            assert row.reason
            spans.append((row.line, row.last or row.line))
    assert total is None or rows == total, "the preview counts otherwise"
    spans += [(passed.line, passed.last) for passed in opened.table.passed_over()]
    # Rows of one record share its number.
    spans = sorted(set(spans)) if newline is None else sorted(spans)
    ends = [0, *(last for _, last in spans)]
    broken = [span for span, before in zip(spans, ends, strict=False) if span[0] != before + 1]
    assert not broken, f"lines are lost or read twice at {broken[:3]}"
    assert expected is None or ends[-1] == expected, f"the file has {expected} lines, accounted for {ends[-1]}"


def physical_lines(path: Path, opened: Opened) -> tuple[str | None, int | None]:
    """How lines end in a text file, and how many it has, counted by itself; nothing for files without lines."""
    form = opened.form
    if form.delimiter is None or form.encoding is None:
        return None, None
    codec = "utf-8-sig" if is_utf8(form.encoding) else form.encoding
    text = path.read_bytes().decode(codec, "surrogateescape" if is_utf8(form.encoding) else "strict")
    newline = "\n" if text.count("\n") >= text.count("\r") - text.count("\r\n") else "\r"
    return newline, text.count(newline) + (not text.endswith(newline))


def run(files: int, seed: int, keep: Path | None = None) -> Counter[str]:
    """How many files were read, asked about and refused; a file that breaks a rule is named in the error."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        for number in range(files):
            one = made(number, seed)
            path.write_bytes(one.body)
            try:
                begun = time.monotonic()
                became = outcome(path)
                assert became in ("read", "asked", "refused"), became
                counts[became] += 1
                counts[one.kind] += 1
                assert time.monotonic() - begun < 60, "it took more than a minute"
            except Exception as error:
                if keep is not None:
                    keep.write_bytes(one.body)
                raise AssertionError(f"file {number} of seed {seed}, {one.kind}: {error!r}") from error
    return counts


def memory() -> tuple[float, float]:
    """The most memory in MB that this process and any of its children took."""
    return tuple(  # type: ignore[return-value]  # two by construction
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="where a file that breaks a rule is left")
    chosen = parser.parse_args()
    started = time.monotonic()
    found = run(chosen.files, chosen.seed, chosen.keep)
    own, child = memory()
    print(f"{chosen.files} files: {dict(found)}")
    worked = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    took = f"{time.monotonic() - started:.0f} s ({worked:.0f} s of work)"
    print(f"{took}, {own:.0f} MB, readers of workbooks {child:.0f} MB")
