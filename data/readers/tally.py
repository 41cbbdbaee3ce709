"""A first look through all rows of a file: how it begins and ends, and which parts blank lines keep apart."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from data.readers.formats import FileFormat, Limits, Unreadable
from data.readers.table import Aside, Row, Source

HEAD = 100
TAIL = 12
MOST_BLOCKS = 200
MOST_SHOWN = 5
"""So many rows of each block are kept."""


@dataclass
class Block:
    """Rows with no blank line between them."""

    first: int
    last: int = 0
    rows: int = 0
    head: list[Row] = field(default_factory=list)

    @property
    def filled(self) -> int:
        """The most cells that a row at its beginning fills."""
        return max(filled(fields) for _, fields in self.head)


@dataclass(frozen=True)
class Tally:
    """How many rows there are, the first and the last of them, and the blocks."""

    rows: int
    head: tuple[Row, ...]
    tail: tuple[Row, ...]
    blocks: tuple[Block, ...]

    @property
    def filled(self) -> int:
        """The most cells that a row at the beginning fills."""
        return max((filled(fields) for _, fields in self.head), default=0)


def tally_of(source: Source, form: FileFormat, limits: Limits) -> Tally:
    """What a first look through the rows shows; where the format says all, the first rows. Raises Unreadable."""
    head: list[Row] = []
    tail: deque[Row] = deque(maxlen=TAIL)
    blocks: list[Block] = []
    before: Row = (0, [])
    count = 0
    most = HEAD if is_settled(form) else limits.rows + HEAD
    for row in within(source.rows(Aside()), form.lines):
        if count == most:
            if most != HEAD:
                raise Unreadable(too_many_rows(source.path.name, limits))
            break
        # Rows of one line follow one another; only where they do not is there anything to work out.
        if not count or (row[0] != before[0] + 1 and row[0] > source.last_line(before) + 1):
            end_block(blocks, before, source, count)
            blocks.append(Block(row[0], rows=-count))
        if count < HEAD:
            head.append(row)
        if len(blocks[-1].head) < MOST_SHOWN:
            blocks[-1].head.append(row)
        tail.append(row)
        before = row
        count += 1
    end_block(blocks, before, source, count)
    return Tally(count, tuple(head), tuple(tail), tuple(blocks))


def end_block(blocks: list[Block], last: Row, source: Source, count: int) -> None:
    """Notes where the last block ends and how many rows it has; of very many blocks the middle ones are joined."""
    if blocks:
        blocks[-1].last = source.last_line(last)
        blocks[-1].rows += count
    if len(blocks) > MOST_BLOCKS:
        more = blocks.pop()
        blocks[-1].last = more.last
        blocks[-1].rows += more.rows


def is_settled(form: FileFormat) -> bool:
    """True where the format says all that a look through the whole file could show."""
    begins = form.columns is not None or (form.header is not None and form.header_rows is not None)
    return begins and (form.footer is not None or form.until is not None)


def within(rows: Iterator[Row], lines: tuple[int, int] | None) -> Iterator[Row]:
    """The rows that begin on one of these lines; all of them where no lines are named."""
    if lines is None:
        return rows
    first, last = lines
    return (row for row in rows if first <= row[0] <= last)


def too_many_rows(name: str, limits: Limits) -> str:
    """A sentence about a file with more rows than are read."""
    return f"{name} has more than {limits.rows:,} rows. Cut it into several files."


def filled(fields: list[str]) -> int:
    """How many cells of a row hold something."""
    return sum(bool(value.strip()) for value in fields)
