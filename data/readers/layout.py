"""Where in a file the table lies: what stands above the header, how many rows the header has, what stands under it.

What is certain is decided; what is a guess becomes a question to the person, with the likeliest answer filled in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.readers.formats import FileFormat
from data.readers.table import Row, numbered, short
from data.readers.tally import Block, Tally, filled

NUMBER = re.compile(r"[-+(]?\s*[$€£]?\s*\d[\d\s.,'’]*\s*%?\)?")
DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|\d{1,2}[- ]\w{3,9}[- ]\d{2,4}")
TOTAL = re.compile(
    r"(grand\s+|sub-?)?totals?\b|sum\b|summe\b|gesamt|итого|всего|合计|合計|总计|總計|tổng|toplam\b|jumlah\b|المجموع|মোট|សរុប",
    re.IGNORECASE,
)
"""How the first cell of a row of sums begins."""
SOURCE = re.compile(
    r"[*†©(]|source|note|generated|exported|created|printed|page\b|end of|\d+ rows|quelle|nguồn|来源", re.IGNORECASE
)
"""How a line under a table begins that is no row of it."""


@dataclass(frozen=True)
class Ask:
    """A question to the person: about which entry of `[file]`, in a sentence, with the answers there are."""

    what: str
    sentence: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The format with everything found filled in, the names of the columns, and what is to be asked."""

    form: FileFormat
    names: tuple[str, ...]
    heading: tuple[tuple[str, ...], ...]
    """The rows of the header as they stand in the file."""
    asks: tuple[Ask, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.names)


def layout_of(tally: Tally, form: FileFormat, width: int, merged: frozenset[int] = frozenset()) -> Layout:
    """Where the table lies. `width` is how wide most rows are, `merged` the rows in which cells are merged."""
    asks: list[Ask] = []
    head = list(tally.head)
    if form.lines is None and len(found := tables_of(tally)) > 1:
        asks.append(which_table(found))
        form = form.model_copy(update={"lines": (found[0].first, found[0].last)})
        head = [row for row in head if found[0].first <= row[0] <= found[0].last]
        tally = Tally(found[0].rows, tuple(head), tuple(head), found[:1])
    if form.columns is not None:
        first = form.lines[0] if form.lines else 1
        end = footer_of(tally, form, first - 1, width, asks)
        return Layout(form.model_copy(update={"footer": end}), tuple(numbered(form.columns)), (), tuple(asks))
    at = header_at(head, form, width, tally.filled, asks)
    at, rows = header_rows(head, at, form, merged, tally.filled, asks)
    heading = tuple(tuple(fields) for _, fields in head[at : at + rows])
    units = any(ask.what == "below_header" for ask in asks)
    if head and form.header is None and rows == 1 and not units:
        doubt_header(head, at, asks)
    line = head[at][0] if head else form.header or 1
    end = footer_of(tally, form, head[at + rows - 1][0] if heading else line, width, asks)
    whole = form.model_copy(
        update={"header": line, "header_rows": rows, "below_header": form.below_header or int(units), "footer": end}
    )
    return Layout(whole, tuple(joined_names(heading, width)), heading, tuple(asks))


def header_at(head: list[Row], form: FileFormat, width: int, most: int, asks: list[Ask]) -> int:
    """The place, among the first rows, of the one that names the columns."""
    if form.header is not None:
        return next((i for i, (line, _) in enumerate(head) if line >= form.header), max(len(head) - 1, 0))
    enough = max(2, most / 2) if most > 1 else 1
    at = next((i for i, (_, fields) in enumerate(head) if filled(fields) >= enough), 0)
    if head and width > 1 and len(trimmed(head[at][1])) != width and len(head[at][1]) != width:
        line, fields = head[at]
        sentence = (
            f"Line {line} has {len(fields)} fields and most rows have {width}: {shown(fields)}. "
            "At which line does the header begin?"
        )
        likely = [str(n) for n, others in head[at : at + 8] if len(others) == width][:2]
        asks.append(Ask("header", sentence, (str(line), *likely)))
    return at


def header_rows(
    head: list[Row], at: int, form: FileFormat, merged: frozenset[int], most: int, asks: list[Ask]
) -> tuple[int, int]:
    """The place of the header's first row and how many rows it has; two where merged cells stand above names."""
    if form.header is None and at > 0 and is_group_row(head, at):
        if form.header_rows is None and head[at - 1][0] not in merged:
            asks.append(two_rows(head, at - 1))
        return (at, 1) if form.header_rows == 1 else (at - 1, form.header_rows or 2)
    rows = form.header_rows
    asked = (rows is None or rows == 1) and form.below_header is None and at + 1 < len(head)
    if asked and is_second_header(head, at + 1, most):
        known = head[at][0] in merged and filled(head[at][1]) < filled(head[at + 1][1])
        if rows is None and not known:
            asks.append(two_rows(head, at))
        elif rows == 1:
            asks.append(no_data(head, at + 1))
        return at, rows or 2
    return at, rows or 1


def no_data(head: list[Row], at: int) -> Ask:
    """The question whether the row under the header is one of the table."""
    line, fields = head[at]
    sentence = f"Line {line} stands under the header and holds words alone: {shown(fields)}. Is it units or notes (1), "
    return Ask("below_header", sentence + "or a row of the table (0)?", ("1", "0"))


def is_group_row(head: list[Row], at: int) -> bool:
    """True where the row above the names holds names of groups, with gaps between them."""
    (line, above), (below, names) = head[at - 1], head[at]
    places = [i for i, value in enumerate(above) if value.strip()]
    apart = places != list(range(len(places)))
    return line + 1 == below and apart and len(above) == len(names) and not any(is_value(above[i]) for i in places)


def is_second_header(head: list[Row], at: int, most: int) -> bool:
    """True for a row of words alone, above columns of numbers or dates."""
    fields = head[at][1]
    below = [row for _, row in head[at + 1 : at + 40] if len(row) == len(fields)]
    if filled(fields) * 2 < most or len(below) < 2 or any(is_value(value) for value in fields):
        return False
    for place, value in enumerate(fields):
        under = [row[place] for row in below if row[place].strip()]
        if value.strip() and len(under) >= 2 and all(map(is_value, under)):
            return True
    return False


def two_rows(head: list[Row], at: int) -> Ask:
    """The question whether a row belongs to the header."""
    (line, first), (next_line, second) = head[at], head[at + 1]
    return Ask(
        "header_rows",
        f"Lines {line} and {next_line} may both be the header: {shown(first)}, then {shown(second)}. "
        "How many rows has the header?",
        ("2", "1"),
    )


def doubt_header(head: list[Row], at: int, asks: list[Ask]) -> None:
    """Asks whether the columns have names where the first row looks like the others."""
    line, fields = head[at]
    names = [value.strip() for value in fields]
    below = [row for _, row in head[at + 1 :] if [value.strip() for value in row] != names]
    values = [value for value in names if value]
    again = any(
        value and place < len(row) and row[place].strip() == value for row in below for place, value in enumerate(names)
    )
    numbers = sum(map(is_value, values)) * 2 >= len(values)
    if values and (again or numbers):
        sentence = f"Line {line} looks like a row and not like names of columns: {shown(fields)}. Does it name them?"
        asks.append(Ask("columns", sentence, (f"header = {line}", "columns = [names of your own]")))


def footer_of(tally: Tally, form: FileFormat, header: int, width: int, asks: list[Ask]) -> int:
    """How many rows at the end are no rows of the table."""
    if form.footer is not None or form.until is not None:
        return form.footer or 0
    rows = [row for row in tally.tail if row[0] > header]
    wide = min(width, tally.filled)
    count, doubt = 0, False
    for place in range(len(rows) - 1, -1, -1):
        line, fields = rows[place]
        text = next((value.strip() for value in fields if value.strip()), "")
        apart = (place > 0 and line > rows[place - 1][0] + 1) or (place == 0 and tally.rows > len(rows))
        if wide < 3 or is_value(text):
            break
        if (len(fields) < width and filled(fields) <= 2) or (filled(fields) == 1 and (apart or SOURCE.match(text))):
            count += 1
        elif filled(fields) == 1 or TOTAL.match(text):
            count, doubt = count + 1, True
        else:
            break
    if doubt:
        shown_rows = "; ".join(shown(fields) for _, fields in rows[-count:])
        sentence = f"Do the last {count} lines belong to the table, or are they sums or notes under it? {shown_rows}"
        if count == 1:
            sentence = f"Is the last line a row of the table, or a sum or a note under it? {shown_rows}"
        asks.append(Ask("footer", sentence, (str(count), "0")))
    return count


def tables_of(tally: Tally) -> tuple[Block, ...]:
    """The blocks that are tables of their own: with names at their head, and another shape than the one before."""
    found: list[Block] = []
    for block in tally.blocks:
        names = block.head[0][1]
        named = block.rows > 1 and filled(names) > 1 and is_heading(block)
        if named and (not found or (found[0].head[0][1] != names and differs(block, found[0]))):
            found.append(Block(block.first, block.last, block.rows, block.head))
        elif found:
            found[-1].last = block.last
            found[-1].rows += block.rows
    return tuple(found)


def is_heading(block: Block) -> bool:
    """True where the first row of a block may be names: words, none of them twice."""
    values = [value.strip() for value in block.head[0][1] if value.strip()]
    return len(set(values)) == len(values) and not any(map(is_value, values))


def differs(block: Block, first: Block) -> bool:
    """True where a block is another table than the first: of another width, or with words above numbers."""
    return block.filled != first.filled or is_second_header(block.head, 0, block.filled)


def which_table(found: Sequence[Block]) -> Ask:
    """The question which of several tables is meant."""
    parts = [f"lines {block.first} to {block.last} ({shown(block.head[0][1])})" for block in found]
    sentence = f"The file holds {len(found)} tables: {'; '.join(parts)}. Which one is to be read?"
    return Ask("lines", sentence, tuple(f"{block.first}-{block.last}" for block in found))


def joined_names(heading: Sequence[Sequence[str]], width: int) -> list[str]:
    """The names of the columns: the header's rows joined by " / ", a group's name above each of its columns."""
    if not heading:
        return []
    # Never wider than the header itself: names that stand over the wrong columns are worse than refused rows.
    width = max(max(len(trimmed(list(row))), min(len(row), width)) for row in heading)
    rows = [[*row, *[""] * width][:width] for row in heading]
    for row in rows[:-1]:
        for place in range(1, width):
            if not row[place].strip():
                row[place] = row[place - 1]
    parts = ([value.strip() for value in column if value.strip()] for column in zip(*rows, strict=True))
    return numbered([" / ".join(dict.fromkeys(column)) for column in parts])


def is_value(text: str) -> bool:
    """True for a number or a date."""
    plain = text.strip()
    return bool(NUMBER.fullmatch(plain) or DAY.fullmatch(plain))


def trimmed(fields: list[str]) -> list[str]:
    """The fields without empty ones at the end."""
    end = len(fields)
    while end and not fields[end - 1].strip():
        end -= 1
    return fields[:end]


def shown(fields: Sequence[str]) -> str:
    """The first cells of a row, in quotes, to show which row is meant."""
    values = [short(value.strip())[:40] for value in fields if value.strip()]
    more = ", …" if len(values) > 4 else ""
    return ", ".join(f"“{value}”" for value in values[:4]) + more
