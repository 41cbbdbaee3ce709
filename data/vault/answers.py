"""Answers: each staged row judged in SQL, the good ones appended, the others kept with their reason."""

from datetime import UTC, datetime, timedelta

from data.codebook.questions import DEFAULT_CODEBOOK
from data.engine import Engine
from data.home import Home
from data.readers.staging import Staged
from data.vault.outcome import Outcome, plain_rows, ragged_rows

CHANNELS = {"app", "kiosk", "sms", "ivr", "paper", "web"}
LATEST = timedelta(days=366)
"""How far ahead a date may lie before it is taken for a mistake of writing."""


AGAIN = (
    "answers were taken as new although they cannot be told from earlier ones: of the same factory, question and day "
    "there are answers that came more than 90 days ago, and single rows are not recognised for longer."
)


def judge_answers(
    engine: Engine, home: Home, own: list[str], refused: list[str], source: str, *, blind: bool = False
) -> None:
    """Fills the temporary table `checked_answers`: one row per staged row, with outcome and reason.

    `own` names the codebooks that this load brings, `refused` the indicators it brought in vain. A `blind` judgement
    does not look at what is here already.
    """
    engine.do("askable", own=own, standard=DEFAULT_CODEBOOK)
    engine.do(
        "answers_checked",
        key=home.secret("identity"),
        source=source,
        blind=blind,
        refused=refused,
        latest=datetime.now(UTC).date() + LATEST,
    )


def judge_forgotten(engine: Engine, file: str, source: str) -> list[str]:
    """Warnings about answers that cannot be recognised row by row any more; those of a known file are present.

    `file` is the hash of the file that was judged. Identities are wiped after 90 days (`residue.py`).
    """
    load = engine.rows("file_forgotten", hash=file, source=source)[0][0]
    if load is not None:
        engine.do("answers_known_by_file")
        return [f"This very file came more than 90 days ago, with load {load}; none of its answers was taken again."]
    again = engine.rows("answers_unrecognised")[0][0]
    return [f"{again} {AGAIN}"] if again else []


def answers_outcome(engine: Engine, staged: Staged) -> Outcome:
    """The counts of the judged answers, and their rejected rows as they were written in the file."""
    outcome = Outcome("answers")
    counts = engine.connection.execute("SELECT outcome, count(*) FROM checked_answers GROUP BY outcome").fetchall()
    found = dict(counts)
    outcome.accepted = found.get("accepted", 0)
    outcome.already_present = found.get("already_present", 0)
    outcome.rejected = found.get("rejected", 0) + len(staged.ragged)
    rejected = engine.frame("answers_rejected")
    for name in staged.segments:
        rejected[name] = rejected["others"].map(lambda held, n=name: held.get(n) if isinstance(held, dict) else None)
    outcome.reject(plain_rows(rejected.drop(columns="others")))
    outcome.reject(ragged_rows(staged.ragged))
    return outcome


def unknown_channels(engine: Engine) -> list[str]:
    """Warnings about channels nobody described; such answers are kept as they are."""
    rows = engine.connection.execute(
        "SELECT channel, count(*) FROM checked_answers WHERE outcome = 'accepted' AND channel IS NOT NULL GROUP BY ALL"
    ).fetchall()
    return [
        f"{count} answers came by the channel {channel!r}, which is not one of {', '.join(sorted(CHANNELS))}; "
        "they were kept."
        for channel, count in sorted(rows)
        if channel not in CHANNELS
    ]


def write_answers(engine: Engine, home: Home, load: int) -> None:
    """Appends the accepted answers and, apart from them and in another order, their identities."""
    engine.do("answers_written", load=load, person_key=home.secret("person"))
    engine.do("identities_written", load=load)
