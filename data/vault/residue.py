"""What the vault forgets, and when: keys, sittings and identities; and how the bytes leave the disk.

DuckDB leaves what was deleted in its file until something is written over it. So after wiping, the vault is
copied into a new file that takes the old one's place. Answers themselves stay, with their day and what people
said about themselves: nothing in them tells any more which of them were one person's.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.engine import Engine, attach, spill_folder, writing
from data.home import Home, sync_folder
from data.settings import Settings
from data.vault.store import change, migrate, vault

IDENTITY_DAYS = 90
"""For so long, at the most, a load is recognised row by row (FORMATS §1)."""
AT_ONCE = 7
"""Identities of so many days go together, so that the vault is copied once a week and not every night."""


@dataclass(frozen=True)
class Span:
    """What was, or may be, wiped: answers before a day, of loads up to a number, published up to a release."""

    before: date = date.min
    last_load: int = 0
    release: int = 0


@dataclass(frozen=True)
class Rule:
    """One thing that is wiped: what, when, why; what may go by now, given what went; and how many rows went."""

    what: str
    when: str
    why: str
    due: Callable[[Engine, Span, Span, datetime], Span | None]
    wiped: Callable[[Engine, Span], int]


def forgotten(home: Home, settings: Settings, release: int, now: datetime | None = None) -> list[str]:
    """One line for each thing that is wiped now; nothing due, no line. `release` is the newest published one.

    Raises VaultBusy.
    """
    if not home.vault.exists():
        return []
    now = now or datetime.now(UTC).replace(tzinfo=None)
    with vault(home, settings, "forget what is no longer needed") as engine:
        lines = []
        for rule in RULES:
            rows = applied(engine, rule, published(engine, release), now)
            lines += [f"Forgotten: {rule.what}, {rows} rows."] if rows else []
        wanting = bool(engine.rows("wipes_open"))
    if wanting:
        compact(home, settings)
    return lines


def published(engine: Engine, release: int) -> Span:
    """What a published release is done with: the days before a quarter, and the loads up to its last.

    A quarter is done with when its last week is over too: warnings are looked for by the week (statistics A7).
    """
    for through, last_load in engine.rows("released_through", release=release):
        following = through + timedelta(days=1)
        return Span(quarter_of(following - timedelta(days=following.weekday())), int(last_load), release)
    return Span()


def applied(engine: Engine, rule: Rule, upto: Span, now: datetime) -> int:
    """How many rows of the vault a rule wiped; all of it or nothing."""
    before, last_load, release = engine.rows("wipes_last", what=rule.what)[0]
    gone = Span(before or date.min, last_load or 0, release or 0)
    span = rule.due(engine, gone, upto, now)
    if span is None:
        return 0
    with change(engine):
        rows = rule.wiped(engine, span)
        noted = {"before": span.before, "last_load": span.last_load, "release": span.release}
        engine.do("wipes_noted", what=rule.what, **noted, wiped_at=now, compacted=not rows)
    return rows


def quarter_due(engine: Engine, gone: Span, upto: Span, now: datetime) -> Span | None:
    """Keys and sittings may go up to the running quarter, where their quarter is fixed in a published release."""
    if not upto.release:
        return None
    fresh = engine.rows("quarters_since", wiped=gone.release, release=upto.release)
    return upto if upto.before > gone.before or fresh or late(engine, gone, upto) else None


def identities_due(engine: Engine, gone: Span, upto: Span, now: datetime) -> Span | None:
    """Identities may go by the age of their load alone; once one is due, a week's worth goes."""
    oldest = engine.rows("loads_older", moment=now - timedelta(days=IDENTITY_DAYS))[0][0] or 0
    if oldest <= gone.last_load:
        return None
    newest = engine.rows("loads_older", moment=now - timedelta(days=IDENTITY_DAYS - AT_ONCE))[0][0]
    return Span(gone.before, int(newest), gone.release)


def late(engine: Engine, gone: Span, span: Span) -> bool:
    """True when answers came of days that are wiped already."""
    before = min(gone.before, span.before)
    return bool(engine.rows("late_since", wiped=gone.last_load, last_load=span.last_load, before=before))


def keys_wiped(engine: Engine, span: Span) -> int:
    """How many answers lost their key; accumulators and what waits for slices lose theirs."""
    values = {"before": span.before, "last_load": span.last_load, "release": span.release}
    rows = engine.rows("wipe_keys", **values, long_over=quarter_before(span.before))[0][0]
    rows += engine.rows("wipe_open_keys", before=span.before)[0][0]
    rows += engine.rows("wipe_split_keys", before=span.before)[0][0]
    engine.do("wipe_open_people", before=span.before)
    return int(rows)


def sittings_wiped(engine: Engine, span: Span) -> int:
    """How many answers lost their sitting."""
    values = {"before": span.before, "last_load": span.last_load, "release": span.release}
    return int(engine.rows("wipe_sittings", **values, long_over=quarter_before(span.before))[0][0])


def identities_wiped(engine: Engine, span: Span) -> int:
    """How many identities are gone."""
    return int(engine.rows("wipe_identities", last_load=span.last_load)[0][0])


WHEN = (
    "once their quarter and its last week are over and published; at a factory that shows nothing yet, a quarter later"
)
RULES = (
    Rule(
        "respondent keys",
        WHEN,
        "how many people took part, and how alike their answers are, is counted by then",
        quarter_due,
        keys_wiped,
    ),
    Rule(
        "sittings",
        WHEN,
        "they say which answers were given in one go, and what was wrong with those is found by then",
        quarter_due,
        sittings_wiped,
    ),
    Rule(
        "row identities",
        f"{IDENTITY_DAYS} days after their load, or up to {AT_ONCE} days earlier",
        "until then a row that is sent twice is recognised; afterwards only a whole file is, by its hash",
        identities_due,
        identities_wiped,
    ),
)
"""Everything that is wiped. What is not in this table stays."""


def compact(home: Home, settings: Settings) -> None:
    """Nothing; the vault's file holds what the vault holds, and no byte of what was deleted.

    A new file is written beside the old one and takes its name in one step. Cut off before that, the old one
    stands as it was, and the next night tries again.
    """
    draft = home.root / "vault.draft"
    with home.hold_vault("compact the vault", settings.vault_wait):
        for leftover in (draft, draft.with_name("vault.draft.wal")):
            leftover.unlink(missing_ok=True)
        connection = writing(home.vault, settings)
        try:
            migrate(connection)
            attach(connection, draft, "fresh")
            connection.execute("COPY FROM DATABASE vault TO fresh")
            Engine(connection).do("wipes_compacted")
            connection.execute("CHECKPOINT fresh; CHECKPOINT vault")
        finally:
            connection.close()
        put_in_place(draft, home.vault)
        shutil.rmtree(spill_folder(home.vault), ignore_errors=True)


def put_in_place(draft: Path, vault_file: Path) -> None:
    """Nothing; the draft has the vault's name, written through to the disk. Refuses while a log is open beside it."""
    log = vault_file.with_name(vault_file.name + ".wal")
    if log.exists():
        raise OSError(f"{log.name} is still there, so that {vault_file.name} cannot be replaced; open the vault once.")
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(vault_file)
    sync_folder(vault_file.parent)


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def quarter_before(quarter: date) -> date:
    """The first day of the quarter before the one that begins on this day."""
    return quarter_of(quarter - timedelta(days=1))
