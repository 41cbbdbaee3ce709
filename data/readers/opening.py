"""Opens a file of any format as a table: by what the mapping says of it, and by looking where it says nothing."""

import re
from dataclasses import dataclass
from pathlib import Path

from data.readers.dialect import Dialect, found_dialect, sample_lines
from data.readers.encoding import Text, text_of
from data.readers.formats import TRUSTED, FileFormat, Limits, Unreadable
from data.readers.kobo import has_submissions, kobo_table
from data.readers.layout import Ask, Layout, layout_of
from data.readers.parquet import opened_parquet
from data.readers.qualtrics import qualtrics_layout
from data.readers.records import document_of, records_table, too_deep
from data.readers.shaped import Shaped
from data.readers.table import Source, Table
from data.readers.tally import tally_of
from data.readers.text_rows import TextRows
from data.readers.workbook import OLE, opened_sheet

FOREIGN = (
    (b"%PDF", "a PDF; ask for the table behind it as CSV or as a workbook"),
    (b"\x1f\x8b", "compressed; unpack it and send what is in it"),
    (b"BZh", "compressed; unpack it and send what is in it"),
    (b"\xfd7zXZ", "compressed; unpack it and send what is in it"),
    (b"7z\xbc\xaf", "compressed; unpack it and send what is in it"),
    (b"Rar!", "compressed; unpack it and send what is in it"),
    (b"SQLite format 3", "a database; export its table as CSV"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ORC", "an ORC file; save it as Parquet or CSV"),
    (b"ARROW1", "an Arrow file; save it as Parquet or CSV"),
)
"""How files begin that hold no table which is read here, and what to do with them."""
JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"\]\dtfn-])')
MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table|head|body)", re.IGNORECASE)
CONTROL = re.compile("[\x01-\x08\x0e-\x1a]")
MOST_LINES = 10
"""So many times the rows that are read a file may have lines, blank ones included."""
MOST_CONTROL = 0.02
"""The share of control characters from which on a file is no text."""


@dataclass(frozen=True)
class Opened:
    """A table, the format with everything found filled in, and what a person is to be asked."""

    table: Table
    form: FileFormat
    asks: tuple[Ask, ...] = ()


def opened_table(path: Path, form: FileFormat, limits: Limits = TRUSTED) -> Table:
    """The file as a table. Raises Unreadable, also where a person must first say what the file means.

    An upload is read with `limits=UPLOAD`; the default is for the command line.
    """
    opened = looked_at(path, form, limits)
    if opened.asks:
        ask = opened.asks[0]
        answers = f" Answers: {', '.join(ask.choices)}." if ask.choices else ""
        raise Unreadable(f"{path.name}: {ask.sentence} Say so at {ask.what!r} under [file] of the mapping.{answers}")
    return opened.table


def looked_at(path: Path, form: FileFormat, limits: Limits) -> Opened:
    """The file as it would be read. Raises Unreadable."""
    kind = kind_of(path, form)
    if kind == "workbook":
        return opened_workbook(path, form, limits)
    if kind in ("json", "kobo"):
        return opened_records(path, form, limits, kind)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Unreadable(
            f"{path.name} has {size / 1e6:,.1f} MB; at most {limits.file_bytes / 1e6:,.0f} MB are read. "
            "Cut it into several files."
        )
    if kind == "parquet":
        return Opened(opened_parquet(path, limits), form.model_copy(update={"format": "parquet"}))
    return opened_text(path, form, limits)


def kind_of(path: Path, form: FileFormat) -> str:
    """What a file is: as its format says, else by how it begins. Raises Unreadable for what is no table."""
    try:
        with path.open("rb") as file:
            start = file.read(4_096)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from error
    if not start:
        raise Unreadable(f"{path.name} is empty. It must begin with the names of its columns.")
    if form.format in ("json", "kobo", "parquet", "workbook", "delimited"):
        return form.format
    if start.startswith((b"PK\x03\x04", OLE)):
        return "workbook"
    if start.startswith(b"PAR1"):
        return "parquet"
    for begins, what in FOREIGN:
        if start.startswith(begins):
            raise Unreadable(f"{path.name} is {what}.")
    if MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(
            f"{path.name} is a web page or XML, whatever its name ends in. Open it in a spreadsheet, save it as xlsx "
            "or CSV, and send that."
        )
    return "json" if form.format is None and JSON.match(start.removeprefix(b"\xef\xbb\xbf")) else "delimited"


def opened_records(path: Path, form: FileFormat, limits: Limits, kind: str) -> Opened:
    """A JSON file, Kobo's among them, as it would be read. Raises Unreadable."""
    document = document_of(path, form, limits)
    try:
        if kind == "kobo" or (form.format is None and has_submissions(document)):
            if not has_submissions(document):
                raise Unreadable(f"{path.name} is no Kobo form with submissions.")
            return Opened(*kobo_table(document, form, limits))
        return Opened(*records_table(document, form, limits))
    except RecursionError as error:
        raise too_deep(path) from error


def opened_text(path: Path, form: FileFormat, limits: Limits) -> Opened:
    """A delimited file as it would be read. Raises Unreadable."""
    text = text_of(path, form, limits.field)
    if text.lines > MOST_LINES * limits.rows:
        raise Unreadable(f"{path.name} has {text.lines:,} lines, far more than the {limits.rows:,} rows that are read.")
    dialect = found_dialect(text, form)
    refuse_binary(text)
    found = {
        "format": form.format or "delimited",
        "encoding": text.encoding.name,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "escape": dialect.escape,
    }
    whole = form.model_copy(update=found)
    source = TextRows(text, dialect, limits.field)
    return shaped(source, whole, limits, dialect.width, tuple(text_asks(text, dialect, form)))


def opened_workbook(path: Path, form: FileFormat, limits: Limits) -> Opened:
    """A sheet as it would be read. Raises Unreadable."""
    source, sheets, sheet = opened_sheet(path, form, limits)
    asks: tuple[Ask, ...] = ()
    if form.sheet is None and len(sheets) > 1:
        names = tuple(one.name for one in sheets)
        asks = (Ask("sheet", f"{len(names)} sheets hold something: {', '.join(map(repr, names))}. Which?", names),)
        source = source.of(sheet.name)
    whole = form.model_copy(update={"format": form.format or "workbook", "sheet": sheet.name})
    return shaped(source, whole, limits, None, asks, sheet.merged)


def shaped(
    source: Source,
    form: FileFormat,
    limits: Limits,
    width: int | None,
    asks: tuple[Ask, ...],
    merged: frozenset[int] = frozenset(),
) -> Opened:
    """The table that lies in rows. `width` is how wide most are; without it all are equally wide. Raises Unreadable."""
    tally = tally_of(source, form, limits)
    if not tally.rows:
        raise Unreadable(f"{source.path.name} is empty. It must begin with the names of its columns.")
    widest = max(len(fields) for _, fields in tally.head)
    if widest > limits.columns:
        raise Unreadable(
            f"{source.path.name} has {widest:,} columns; at most {limits.columns:,} are read. "
            "Perhaps it is to be turned, so that a column becomes a row."
        )
    layout: Layout | None = None
    if form.format == "qualtrics" or form.header is None:
        layout = qualtrics_layout(tally, form)
        if layout is None and form.format == "qualtrics":
            raise Unreadable(f"{source.path.name} does not begin with the header lines of a Qualtrics export.")
    layout = layout or layout_of(tally, form, width or len(tally.head[0][1]), merged)
    table = Shaped(source, layout, limits)
    table.header()
    return Opened(table, layout.form, (*asks, *layout.asks))


def text_asks(text: Text, dialect: Dialect, form: FileFormat) -> list[Ask]:
    """The questions about encoding and delimiter."""
    asks: list[Ask] = []
    if form.encoding is None and text.encoding.others:
        names = (text.encoding.name, *text.encoding.others)
        line = next((line for line in sample_lines(text) if not line.isascii()), "").strip()[:60]
        asks.append(
            Ask("encoding", f"The file is not UTF-8. Read as {names[0]} it says “{line}”. Which encoding is it?", names)
        )
    if form.delimiter is None and dialect.others:
        signs = (dialect.delimiter, *dialect.others)
        asks.append(Ask("delimiter", f"Fields may be parted by {' or by '.join(map(repr, signs))}. Which?", signs))
    return asks


def refuse_binary(text: Text) -> None:
    """Raises Unreadable for a file whose letters are mostly none."""
    sample = "".join(sample_lines(text))
    if len(CONTROL.findall(sample)) > max(2, len(sample) * MOST_CONTROL):
        raise Unreadable(f"{text.path.name} is no text and no file of a kind that is read here.")
