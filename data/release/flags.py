"""Warnings about answers (statistics A7): beside a score, never inside it. Each names a factory, a kind and weeks.

An answer is looked at once: when its week (Monday to Sunday) is over, or, if it comes later, when it comes. What was
found then stays. Three signs are shares of sittings: they wait until ten people of one quarter stand behind them,
be it a week or several, and every sitting counts in one share only, so that no two warnings can be subtracted.

Too many sittings are looked for by the week and by its busiest day. The guide's figures (40 sittings, four times
the median of eight weeks) leave open which; a pile of forms is entered in a day, where it stands out of the week's
noise, and a campaign lasts the week. Days are held against busiest days, so that a factory that always answers on
one day is not told of it every week.
"""

from datetime import date, timedelta

from data.engine import Engine
from data.release.quarters import offer_recoded, running_quarter
from data.release.run import Run

DAY = timedelta(days=1)
LEAST_PEOPLE = 10
"""Sittings of a week, or people behind a share; with fewer nothing is told. Silence: fewer than so many in 4 weeks."""
LEAST_ANSWERS = 5
LEAST_HITS = 3
FAR = 5.0
"""How many binomial standard deviations a share must lie above the usual one."""
USUAL_SHARES = 26
USUAL_WEEKS = 8
KNOWN_FROM = 4
"""How many shares, or weeks with answers, make what is usual, and from how many on it is known."""
BURST_FROM, BURST_TIMES, BURST_FAR = 40, 4, 6.0
ALIKE_FROM = 4
CROWD_TIMES = 8
MANY_TIMES = 4
"""So many times ten sat down in some four weeks before a silence. With fewer, chance alone leaves nine now and then."""

RULES: dict[str, list[str] | list[float]] = {
    "sign": ["same", "best", "told"],
    "kind": ["straightline", "coached", "coached"],
    "least_share": [0.1, 0.2, 0.2],
    "lowest": [0.03, 0.1, 0.1],
    "highest": [0.95, 0.95, 0.2],
    "unknown": [0.03, 0.1, 0.2],
}
"""Each sign: the share from which it is told, and the bounds of what counts as usual.

The lowest keeps a few sittings of ten from standing out where the median is nothing. That people were told what to
answer is never usual above one in five: a factory where many say so every week is told of every week.
"""
SHARES = ("a tenth", "a fifth", "a third")
"""Bands of a share. Nothing above a third: that all did something says of each that they did."""
SENTENCES = {
    "same": "At least {share} of the sittings that can show it gave every question the same answer, whichever way "
    "it was asked.",
    "best": "At least {share} of the sittings gave nothing but the best answers, far more than usual here.",
    "told": "At least {share} of those who were asked said that they were told what to answer, or were not alone.",
    "burst": "Far more people answered within a day or a week than usual here.",
    "duplicates": "Several sittings of one day hold the very same answers.",
    "implausible": "More sittings than people who work here, and far more than usual, within four weeks.",
    "silence": "Hardly anybody answered in these weeks, or nobody, after many had before.",
}


def fix_flags(engine: Engine, before: date, last_load: int, run: Run) -> None:
    """Nothing; the vault holds every warning about answers whose week is over after this run.

    `before` and `last_load` say what the run before took in. Belongs into the transaction of the run.
    """
    was, now = running_week(before), running_week(run.through)
    engine.do("flags/taken", was=was, now=now, last_load=last_load)
    fresh = bool(engine.rows("flags/taken_any"))
    if fresh:
        engine.do("known_factories")
        offer_recoded(engine)
        engine.do("flags/sittings")
        fix_weeks(engine, run.release)
        fix_shares(engine, now, run.release)
    engine.do("flags/emptied", before=running_quarter(now - DAY))
    if fresh or was < now:
        many = {"least_people": LEAST_PEOPLE, "many_times": MANY_TIMES}
        engine.do("flags/silence", was=was, now=now, **many, release=run.release)
        keep_found(engine, run.release)


def fix_weeks(engine: Engine, release: int) -> None:
    """Nothing; how many sat down is in the vault, and what is wrong with it: bursts, duplicates, crowds."""
    engine.do("flags/weeks", least_answers=LEAST_ANSWERS)
    engine.do("flags/weeks_written", release=release)
    engine.do(
        "flags/weekly", release=release, usual_weeks=USUAL_WEEKS, known_from=KNOWN_FROM, burst_from=BURST_FROM,
        burst_times=BURST_TIMES, burst_far=BURST_FAR, alike_from=ALIKE_FROM, crowd_times=CROWD_TIMES,
        least_people=LEAST_PEOPLE,
    )  # fmt: skip
    keep_found(engine, release)


def fix_shares(engine: Engine, now: date, release: int) -> None:
    """Nothing; the shares that ten people stand behind by now are in the vault, and those that are too large."""
    engine.do("flags/signs", least_answers=LEAST_ANSWERS)
    engine.script("flags/open")
    for (week,) in engine.rows("flags/due"):
        engine.do("flags/joined", week=week)
        engine.do("flags/ready", least_people=LEAST_PEOPLE)
        engine.script("flags/settled")
    if engine.rows("flags/shares_any"):
        engine.do("flags/shares_written", release=release)
    engine.offer("flag_rules", RULES)
    engine.do("flags/shown", usual_shares=USUAL_SHARES, known_from=KNOWN_FROM, least_hits=LEAST_HITS, far=FAR)
    keep_found(engine, release)
    engine.do("flags/emptied", before=date.max)
    running = running_quarter(now - DAY)
    if engine.rows("flags/waiting_any", running=running):
        engine.do("flags/waiting_written", running=running)


def keep_found(engine: Engine, release: int) -> None:
    """Nothing; what was found just now is in the vault, for good."""
    if engine.rows("flags/any"):  # an insert of no row must not go before a large one: see write_cells
        engine.do("flags/written", release=release)


def tell_flags(engine: Engine) -> None:
    """Nothing; the open release holds every warning, with its sentence."""
    told = [(sign, band) for sign in SENTENCES for band in range(len(SHARES))]
    engine.offer(
        "flag_words",
        {
            "sign": [sign for sign, _ in told],
            "band": [band for _, band in told],
            "sentence": [SENTENCES[sign].format(share=SHARES[band]) for sign, band in told],
        },
    )
    engine.do("flags/released")


def running_week(through: date) -> date:
    """The Monday of the week that still runs when the days up to `through` are over."""
    following = through + DAY
    return following - timedelta(days=following.weekday())
