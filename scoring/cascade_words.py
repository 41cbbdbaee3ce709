"""What may be said of what follows after actions: one word for how sure that is, its exact rule, and sentences.

Sentences that hold a finding come in three parts, of which the middle one is it.
"""

from collections.abc import Mapping, Sequence

from data.effects.footprints import OTHERS
from data.effects.verdicts import (
    CLEAR_POINTS,
    CLEAR_Q,
    LEAST_EVENTS,
    LEAST_FACTORIES,
    LEAST_SITES,
    LIKELY_POINTS,
    LIKELY_Q,
    SMALL,
)
from scoring.cascade_views import Coverage, FootprintRow, LagEffect, Sureness, Usual
from scoring.effect_numbers import ends_of_size, in_thousands, signed_ends, signed_tenths, tenths
from scoring.kind_words import after_kind
from scoring.words import percent, whole

SURE_WORDS: Mapping[Sureness, str] = {
    Sureness.CLEAR: "Clear",
    Sureness.LIKELY: "Likely",
    Sureness.UNCLEAR: "Unclear",
    Sureness.NO_EFFECT_SEEN: "No effect seen",
    Sureness.TOO_FEW_EVENTS: "Too few events",
    Sureness.NOT_SHARED: "Not shared",
}
TOLD = (Sureness.CLEAR, Sureness.LIKELY)
"""Only of these is a direction claimed."""

RULES: Mapping[Sureness, str] = {
    Sureness.CLEAR: f"The mean over weeks 0 to 12 is at least {CLEAR_POINTS:g} point, of such findings under "
    f"{100 * CLEAR_Q:g} in 100 are expected to be false however they hang together (Benjamini–Yekutieli), and "
    f"answers did not move before such actions.",
    Sureness.LIKELY: f"The mean is at least {LIKELY_POINTS:g} points, and under {100 * LIKELY_Q:g} in 100 of such "
    f"findings are expected to be false (Benjamini–Hochberg).",
    Sureness.UNCLEAR: "None of the others: something may follow, or nothing.",
    Sureness.NO_EFFECT_SEEN: f"The 90 % range lies within {SMALL:g} point of zero on both sides.",
    Sureness.TOO_FEW_EVENTS: f"Fewer than {LEAST_EVENTS} actions, fewer than {LEAST_SITES} factories that had one, or "
    f"fewer than {LEAST_FACTORIES} factories to compare with. It goes before all other words.",
    Sureness.NOT_SHARED: f"A buyer reads what follows the actions of all buyers only where at least {OTHERS} other "
    f"buyers acted so.",
}

TOO_FEW = "Too few such actions so far to say what usually follows."
NOT_SHARED = "What follows such actions of all buyers is told once five other buyers have acted so."
MOVED_BEFORE = "Workers’ answers moved before such actions already, so part of this may have come first."
NOT_ALONE = (
    "One point lower for one worker for one week is −1. It adds the ", "average",
    " that follows each kind of action, by its size and the people there. It is not a measurement of ",
)  # fmt: skip
SMALL_WORDS = "a point" if SMALL == 1 else f"{SMALL:g} points"
ADDED_UP = (
    f"“No effect seen” means no change of more than {SMALL_WORDS} for each person on average; over many people and "
    "weeks less than that adds up too."
)
NEAR = 0.25
"""A course is back near zero where it stays under this part of its largest change."""

Parts = tuple[str, str, str]


def way(points: float) -> str:
    """Which way a mean lies, as its printed number does: "lower", "higher"."""
    return "lower" if points < 0 else "higher"


def on_average(effect_points: float) -> str:
    """The size of a mean in words: "3.1 points lower", "the same"."""
    size = abs(tenths(effect_points))
    if not size:
        return "the same"
    return f"{size:.1f} {'point' if size == 1 else 'points'} {way(effect_points)}"


def usual_parts(usual: Usual) -> Parts:
    """What usually follows a kind of action, in one row, said no more surely than it is known."""
    start = f"{usual.row_name} {after_kind(usual.kind, usual.kind_name)}: "
    effect, sure = usual.effect, usual.sureness
    if sure is Sureness.NOT_SHARED:
        return "", "", NOT_SHARED
    if effect is None or sure is Sureness.TOO_FEW_EVENTS:
        return "", "", TOO_FEW
    if sure in TOLD:
        return start, on_average(effect.value), f" on average over 13 weeks, likely {ends_of_size(effect)}."
    if sure is Sureness.NO_EFFECT_SEEN:
        return (
            start,
            f"No change of more than {SMALL_WORDS} was seen",
            f" on average over 13 weeks; likely {signed_ends(effect)}.",
        )
    mean = f"{on_average(effect.value)} over 13 weeks, likely {signed_ends(effect)}."
    return start, "Nobody can tell yet", f" whether it moves. On average {mean}"


def behind(usual: Usual) -> str:
    """How much stands behind it: "From about 145 actions at about 55 factories."; empty where nothing is told."""
    if usual.effect is None or not usual.events or not usual.factories:
        return ""
    return f"From {usual.events} actions at {usual.factories} factories."


def usual_sentence(usual: Usual) -> str:
    """The same as one text, with what stands behind it."""
    return " ".join(part for part in ("".join(usual_parts(usual)), behind(usual)) if part)


def course_sentence(usual: Usual) -> str:
    """How a clear or likely effect runs: "Lowest 2 weeks after, 4.4 points down. Back near zero after about 10."."""
    after = [one for one in usual.profile if one.lag >= 0]
    if usual.effect is None or usual.sureness not in TOLD or not after:
        return ""
    down = usual.effect.value < 0
    turn = (min if down else max)(after, key=lambda one: one.estimate.value)
    size = turn.estimate.value
    if (size < 0) is not down or not tenths(size):
        return ""
    word, where = ("Lowest", "down") if down else ("Highest", "up")
    first = f"{word} {weeks_after(turn.lag)}, {abs(tenths(size)):.1f} points {where}."
    return f"{first} {afterwards(after, turn)}"


def afterwards(after: Sequence[LagEffect], turn: LagEffect) -> str:
    """What became of the largest change by the last week that is told."""
    size = abs(turn.estimate.value)
    far = [one.lag for one in after if abs(one.estimate.value) >= NEAR * size]
    last = after[-1]
    if max(far) < last.lag:
        return f"Back near zero after about {max(far) + 1} weeks."
    value = last.estimate.value
    return f"Still {abs(tenths(value)):.1f} points {'down' if value < 0 else 'up'} {weeks_after(last.lag)}."


def weeks_after(lag: int) -> str:
    """A week from the action in words: "in the first week", "2 weeks after"."""
    if lag <= 0:
        return "in the first week"
    return f"{lag} {'week' if lag == 1 else 'weeks'} after"


def coverage_sentence(coverage: Coverage | None) -> str:
    """How wide the cells behind an effect are, and how many are too wide to be used."""
    if coverage is None:
        return ""
    days = max(whole(coverage.days), 1)
    wide = f"Half of the cells behind this are {days} {'day' if days == 1 else 'days'} or wider"
    if coverage.left_out <= 0:
        return f"{wide}; none was wider than 13 weeks."
    share = "less than 1\u00a0%" if coverage.left_out < 0.005 else percent(coverage.left_out, 1)
    return f"{wide}; {share} were wider than 13 weeks and are left out."


def kind_parts(row: FootprintRow) -> Parts:
    """What one kind of action adds to a footprint: "After steadier orders: +9.4 thousand points, likely …"."""
    start = after_kind(row.kind, row.kind_name)
    start = f"{start[0].upper()}{start[1:]}: "
    if row.sureness is Sureness.NOT_SHARED:
        return start, "not shared", f". {NOT_SHARED}"
    if row.points is None or row.sureness is Sureness.TOO_FEW_EVENTS:
        return start, "too few events", f". {TOO_FEW}"
    points = in_thousands(row.points)
    said = f"{signed_tenths(points.value)} thousand points"
    if row.sureness in TOLD:
        return start, said, f", likely {signed_ends(points)}."
    if row.sureness is Sureness.NO_EFFECT_SEEN:
        return (
            start,
            f"no change of more than {SMALL_WORDS} was seen",
            f"; added up {said}, likely {signed_ends(points)}.",
        )
    return start, "nobody can tell yet", f"; {said}, likely {signed_ends(points)}."


def direction(sureness: Sureness, points: float | None) -> int:
    """Which way a finding points: −1, 1, or 0 where no direction is claimed."""
    if sureness not in TOLD or not points:
        return 0
    return -1 if points < 0 else 1
