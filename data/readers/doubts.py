"""What in a mapped file looks like a mistake that no rule can refuse: it is counted while the file is read, and told.

Rows of sums within the table, days that a spreadsheet may have turned round, instants whose day is that of another time
zone, identifiers that a spreadsheet rounded, a column that came twice, one that is not there, much under the table.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.readers.layout import TOTAL
from data.readers.shaped import UNDER
from data.readers.sources import AT_UTC, FieldSource
from data.readers.table import Batch, Passed
from data.readers.wording import near
from data.vault.findings import Finding, times

LOOKED_AT = 3
"""In so many columns from the left the word for a sum stands."""
MOST_UNDER = 3
"""So many lines under a table are notes and sums; more may be rows."""
SHOWN = 5
ISO = r"\d{4}-\d{2}-\d{2}(?:[T ].*)?"
ROUNDED = r"\d[.,]\d+[eE]\+?\d+"
NAMES = ("factory_id", "submission_id", "respondent_key", "order_id", "buyer_id", "action_id")
"""Fields that say which one is meant."""


@dataclass
class Doubts:
    """What was counted so far, by the place in the mapping."""

    sums: list[int] = field(default_factory=list)
    """The lines of rows of sums."""
    iso: Counter[str] = field(default_factory=Counter)
    formed: Counter[str] = field(default_factory=Counter)
    """How many days were written in ISO form, and how many in the mapping's."""
    at_utc: Counter[str] = field(default_factory=Counter)
    rounded: Counter[str] = field(default_factory=Counter)
    declared: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Of what was declared in several ways: by its place, the values of each identifier."""

    def note_sums(self, header: Sequence[str], lines: Sequence[int], batch: Batch) -> None:
        """Nothing; the rows of a batch that seem to be sums of others are noted.

        They begin with a word for it and nothing more, or leave as much empty as no row beside them.
        """
        for column in batch.columns[:LOOKED_AT]:
            words = {text for text in set(column) if TOTAL.match(text.strip())}
            if not words:
                continue
            alone = {text for text in words if not TOTAL.sub("", text.strip(), count=1).strip(" :.-–")}
            for at in (at for at, text in enumerate(column) if text in words):
                given = sum(bool(other[at].strip()) for other in batch.columns)
                if column[at] in alone or given * 2 <= len(header):
                    self.sums.append(lines[at])

    def note_field(self, place: str, source: FieldSource, texts: "pd.Series[str]") -> None:
        """Nothing; what is doubtful in the texts of one field is counted."""
        name = place.partition(".")[2]
        if name == "date" or name.endswith("_date"):
            if source.formats and not any(form.startswith("%Y-%m-%d") for form in source.formats):
                iso = int(texts.str.fullmatch(ISO).eq(True).sum())
                self.iso[place] += iso
                self.formed[place] += int(texts.notna().sum()) - iso
            if source.zone is None:
                self.at_utc[place] += int(texts.str.fullmatch(AT_UTC.pattern).eq(True).sum())
        elif name in NAMES:
            self.rounded[place] += int(texts.str.fullmatch(ROUNDED).eq(True).sum())

    def note_declared(self, part: str, key: str, rows: pd.DataFrame) -> None:
        """Nothing; what rows of the file say differently of one factory or buyer is noted."""
        for column in rows.columns.difference(["line", key]):
            values = rows.dropna(subset=[column]).groupby(key)[column].unique()
            if several := {str(name): list(map(str, found)) for name, found in values.items() if len(found) > 1}:
                self.declared[f"{part}.{column}"] = several

    def told(self) -> Iterator[Finding]:
        """A finding for each thing that was counted."""
        if self.sums:
            lines = sorted(set(self.sums))
            shown = ", ".join(map(str, lines[:SHOWN])) + (" and others" if len(lines) > SHOWN else "")
            said = f"Rows that look like sums of other rows are read as rows: line {shown}. Take them out of the file."
            yield Finding("doubt", "sums", said, serious=True, details={"lines": lines[:SHOWN], "count": len(lines)})
        for place, several in self.declared.items():
            name, values = next(iter(several.items()))
            said = (
                f"{place} is not the same in all rows of {len(several):,} of them, such as {name!r}: "
                f"{', '.join(map(repr, values[:SHOWN]))}. The first counts."
            )
            yield Finding("doubt", place, said, serious=True, details={"count": len(several)})
        for place in (one for one in self.iso if self.iso[one] and self.formed[one]):
            said = (
                f"In {place} {self.iso[place]:,} days are written as 2026-01-31 and {self.formed[place]:,} otherwise. "
                "A spreadsheet that takes only some of them for days may have exchanged their day and month."
            )
            yield Finding("doubt", place, said, serious=True, details={"count": self.iso[place]})
        for place in (one for one in self.at_utc if self.at_utc[one]):
            said = (
                f"{place} says {times(self.at_utc[place])} what time it was in UTC. The day there is taken; at many "
                'factories it was another one. With zone = "UTC" it becomes the day at the factory.'
            )
            yield Finding("doubt", place, said, serious=True, details={"count": self.at_utc[place]})
        for place in (one for one in self.rounded if self.rounded[one]):
            said = (
                f"{place} holds {times(self.rounded[place])} a number that a spreadsheet rounded, such as 8.80171E+12: "
                "different ones are the same then. Export it as text."
            )
            yield Finding("doubt", place, said, serious=True, details={"count": self.rounded[place]})


def doubtful_columns(columns: Mapping[str, str], not_read: Sequence[str], gone: Sequence[str]) -> Iterator[Finding]:
    """Findings about columns that are read and came twice, and about those that are not there.

    `columns` are those of the file by their name in the mapping.
    """
    for name in columns.values():
        if again := [one for one in not_read if re.fullmatch(re.escape(name) + r" \(\d+\)", one)]:
            said = f"The file has several columns {name!r}. The first is read; {', '.join(map(repr, again))} is not."
            yield Finding("doubt", name, said, serious=True, details={"columns": again})
    for name in gone:
        likely = near(name, not_read, most=1)
        may = f" {likely[0][0]!r} may be it." if likely else ""
        yield Finding("doubt", name, f"The file has no column {name!r}, so nothing of it is read.{may}", bool(likely))


def left_under(passed: Sequence[Passed]) -> Iterator[Finding]:
    """A finding about the lines under the table, which are not read."""
    under = [one for one in passed if one.why == UNDER]
    if count := sum(one.last - one.line + 1 for one in under):
        said = (
            f"Under the table {'one line is' if count == 1 else f'{count:,} lines are'} left out, from line "
            f"{under[0].line} on."
        )
        yield Finding("doubt", "footer", said, serious=count > MOST_UNDER, details={"count": count})
