"""What is noticed about a file while it is loaded, for a person to look at."""

from data.engine import Engine
from data.readers.mapped import Sheet
from data.vault.breaks import breaks
from data.vault.findings import Finding, values_found

MOST_COMPARED = 1_000_000
"""Answers of one canonical file, up to which breaks are looked for: each is compared, and these take a second."""


def noticed(engine: Engine, sheet: Sheet | None, kind: str | None, *, blind: bool) -> list[Finding]:
    """The findings of a mapped file, and the breaks of a canonical one of answers that came alone.

    A canonical folder, and a very long file, are not looked at. `blind`, nothing is compared with what is here.
    """
    if sheet is not None:
        return noticed_in(engine, sheet, blind=blind)
    if kind != "answers" or engine.rows("survey/staged")[0][0] > MOST_COMPARED:
        return []
    engine.script("survey/plain")
    return breaks(engine, {}, alone=blind)


def noticed_in(engine: Engine, sheet: Sheet, *, blind: bool) -> list[Finding]:
    """The findings of a mapped file."""
    if sheet.mapping.kind != "answers":
        return sheet.findings
    wordings = {q.indicator: q.text or text for text, q in sheet.mapping.questions.items()}
    return [*sheet.findings, *values_found(engine, wordings), *breaks(engine, wordings, alone=blind)]
