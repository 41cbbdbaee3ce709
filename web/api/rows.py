"""Rows of a JSON body, one at a time: never the whole of it as objects, which would take many times its size."""

import json
import re
from collections.abc import Iterator

from web.api.problems import Problem

BLANKS = re.compile(r"[ \t\r\n]*")
MOST_ROW = 65_536
"""Characters of one row as JSON."""
WINDOW = 4 * MOST_ROW
DEEP = "This is nested too deeply. A row is a flat object of texts and numbers."


class Repeated(ValueError):
    """An object names something twice; which of the two counts would be a guess."""


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs. Raises Repeated."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Repeated(next(name for name in names if names.count(name) > 1))
    return found


def no_number(word: str) -> str:
    """Never comes back: NaN and Infinity are no JSON."""
    raise ValueError(word)


DECODER = json.JSONDecoder(object_pairs_hook=once, parse_float=str, parse_int=str, parse_constant=no_number)
"""Numbers stay as they were written, so that nothing is rounded on its way into a file."""


class Scanner:
    """Walks through a JSON text value by value."""

    def __init__(self, text: str, line: int = 1) -> None:
        self.text = text
        self.at = 0
        self._line = line
        self._base = 0
        self._window = ""

    def sign(self) -> str:
        """The next sign that is no blank; empty at the end."""
        found = BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def skip(self, wanted: str) -> bool:
        """True when the next sign is this one; then it is passed."""
        found = self.sign() == wanted
        self.at += found
        return found

    def expect(self, wanted: str) -> None:
        """Nothing; the next sign was this one. Raises Problem."""
        if not self.skip(wanted):
            raise self.wrong(f"expected {wanted!r}", self.at)

    def value(self) -> object:
        """The next value, decoded. Raises Problem."""
        self.sign()
        if self.at + MOST_ROW > self._base + len(self._window):
            self._base, self._window = self.at, self.text[self.at : self.at + WINDOW]
        start = self.at - self._base
        try:
            found, end = DECODER.raw_decode(self._window, start)
        except json.JSONDecodeError as problem:
            cut = self._base + len(self._window) < len(self.text)
            what = f"this is not JSON, or one row is longer than {MOST_ROW:,} characters" if cut else problem.msg
            raise self.wrong(what, self._base + problem.pos) from None
        except Repeated as problem:
            raise self.wrong(f"the object names {shown(problem)} twice", self.at) from None
        except ValueError as problem:
            raise self.wrong(f"{shown(problem)} is not JSON", self.at) from None
        except RecursionError:
            raise Problem(400, DEEP) from None
        if end - start >= MOST_ROW:
            raise self.wrong(f"one row is longer than {MOST_ROW:,} characters", self.at)
        self.at = self._base + end
        return found

    def wrong(self, what: str, at: int) -> Problem:
        """What is told of a text that is not right at this place."""
        line, column = self.text.count("\n", 0, at) + self._line, at - self.text.rfind("\n", 0, at)
        said = f"The body is not right in line {line}, column {column}: {what}."
        return Problem(400, said, line=line, column=column)


def shown(problem: Exception) -> str:
    """The beginning of what an exception tells, quoted."""
    return repr(str(problem)[:60])


class Json:
    """The rows of a JSON body: a list, or an object that holds one. `source` is known once they were walked through."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.source: object = None

    def __iter__(self) -> Iterator[tuple[int, object]]:
        """Each value of the list with its number, counted from 1. Raises Problem."""
        scanner = Scanner(self.text)
        yield from self._wrapped(scanner) if scanner.sign() == "{" else listed(scanner)
        if scanner.sign():
            raise scanner.wrong("something follows after the end", scanner.at)

    def _wrapped(self, scanner: Scanner) -> Iterator[tuple[int, object]]:
        found = False
        for name in members(scanner):
            if name == "rows":
                found = True
                yield from listed(scanner)
            else:
                self.source = scanner.value()
        if not found:
            raise Problem(422, "The object has no rows. Send a list of rows, or an object with rows and a source.")


class Lines:
    """The rows of newline-delimited JSON; blank lines are passed over."""

    source: object = None

    def __init__(self, text: str) -> None:
        self.text = text

    def __iter__(self) -> Iterator[tuple[int, object]]:
        """Each value with the number of its line. Raises Problem."""
        start = line = 0
        while start < len(self.text):
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
            line += 1
            scanner = Scanner(self.text[start:end], line)
            if scanner.sign():
                yield line, scanner.value()
                if scanner.sign():
                    raise scanner.wrong("a row is one JSON object on one line", scanner.at)
            start = end + 1


def listed(scanner: Scanner) -> Iterator[tuple[int, object]]:
    """The values of a list that begins here."""
    scanner.expect("[")
    number = 0
    while not scanner.skip("]"):
        if number:
            scanner.expect(",")
        number += 1
        yield number, scanner.value()


def members(scanner: Scanner) -> Iterator[str]:
    """The names of an object that begins here; whoever asks takes each value before the next name."""
    scanner.expect("{")
    seen: set[str] = set()
    while not scanner.skip("}"):
        if seen:
            scanner.expect(",")
        name = scanner.value() if scanner.sign() == '"' else None
        if not isinstance(name, str):
            raise scanner.wrong("expected a name in quotes", scanner.at)
        if name in seen:
            raise scanner.wrong(f"the object names {name[:60]!r} twice", scanner.at)
        if name not in ("rows", "source"):
            raise Problem(422, f"The object has {name[:60]!r}, which is not known. It holds rows and a source.")
        seen.add(name)
        scanner.expect(":")
        yield name
