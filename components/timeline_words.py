"""What the timeline says in words: the sentence of the picture, of one action, of one row of a comparison."""

from components.difference import worded
from components.measure_words import listed, measures_sentence, source_text
from scoring.model import OVERALL, Aftermath, Change, Comparison, Verdict, Window
from scoring.views import TimelineView
from scoring.words import counted, day, end_of_range, points_text, short_day, signed_range, stretch

CLEAR = (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def actions_in(view: TimelineView) -> int:
    """How many actions are in the drawn period."""
    return sum(len(lane.actions) for lane in view.lanes)


def number_word(many: int) -> str:
    """A number at the start of a sentence: "Seven", "24"."""
    return NUMBERS[many].capitalize() if many < len(NUMBERS) else str(many)


def counted_actions(many: int) -> str:
    """How many actions, as a heading says it: "One action", "Seven actions", "24 actions"."""
    return f"{number_word(many)} {'action' if many == 1 else 'actions'}"


def picture_sentence(view: TimelineView) -> str:
    """What the picture shows, for those who do not see it."""
    names = listed([row.name for row in view.rows]) if view.rows else "no scores"
    many = actions_in(view)
    noun = ("buyer action" if many == 1 else "buyer actions") if view.every_buyer else "of your own actions"
    said = f"{number_word(many)} {noun} above {names}, {short_day(view.first)} to {short_day(view.last)}."
    said += measures_sentence(view.measure_lines)
    if view.selected is None:
        return said
    chosen = view.selected.action
    return f"{said} Selected: {chosen.kind_name}, {day(chosen.date)}. {''.join(after_parts(view.selected))}"


def source_of(view: TimelineView) -> str:
    """Where a picture comes from: whose answers, which days, which release, and which measures are beside them."""
    released = f"{view.factory.name}, {stretch(view.first, view.last)} · release {view.stamp.release}"
    return released + source_text(view.measure_lines)


def weeks_after(window: Window) -> str:
    """The words "the 13 weeks after", or how much of them there is so far."""
    if not window.is_open:
        return "the 13 weeks after"
    return f"the first {counted(window.weeks_in, 'week')} after" if window.weeks_in else "the days after"


def progress(window: Window) -> str:
    """How far an open window is: "7 of 13 weeks in"."""
    return f"{window.weeks_in} of 13 weeks in"


def headline(aftermath: Aftermath) -> Comparison | None:
    """The row that the sentence is about: the largest clear difference, else the first theme, else any."""
    said = [row for row in aftermath.rows if row.change is not None]
    clear = [row for row in said if row.change and row.change.verdict in CLEAR]
    if clear:
        return max(clear, key=lambda row: (row.key != OVERALL, abs(row.change.points) if row.change else 0))
    return next((row for row in said if row.key != OVERALL), said[0] if said else None)


def after_parts(aftermath: Aftermath) -> tuple[str, str, str]:
    """The sentence about an action in three parts, of which the middle one is the finding."""
    row = headline(aftermath)
    if row is None or row.change is None:
        return "", "", "Too few people answered around it to say anything."
    change, when = row.change, weeks_after(aftermath.window)
    way = "higher" if change.points > 0 else "lower"
    size = points_text(change.points)
    if change.verdict in CLEAR:
        near, far = clear_ends(change)
        return f"{row.name} was ", f"{size} {way}", f" in {when}, likely {near} to {far}."
    likely = signed_range(change.low, change.high)
    if change.verdict is Verdict.CANT_TELL:
        return f"{row.name}: ", "can’t tell", f" whether it moved in {when}; likely {likely}."
    return f"{row.name} was ", f"maybe {size} {way}", f" in {when}; likely {likely}."


def quieter(aftermath: Aftermath) -> str:
    """How seldom such a difference is: "In 96 of 100 ordinary stretches Pay moved less than this."."""
    row = headline(aftermath)
    if row is None or row.quieter is None:
        return ""
    return f" In {row.quieter} of 100 ordinary stretches {row.name} moved less than this."


def held_against(aftermath: Aftermath, *, every_buyer: bool) -> str:
    """What the differences leave out already, or that they are plain. A buyer’s leave in what others did."""
    if all(row.quieter is None for row in aftermath.rows):
        return (
            "Ranges are of the answers alone: there are too few factories to learn how far such differences swing by "
            "themselves."
        )
    said = "Differences leave out what moved in the same weeks at other factories of the country"
    return f"{said}, and what usually follows other actions nearby." if every_buyer else f"{said}."


def clear_ends(change: Change) -> tuple[str, str]:
    """The sizes of a clear difference's two ends, the smaller first and without sign: 3 to 19."""
    near, far = sorted((abs(change.low), abs(change.high)))
    return end_of_range(near, True).lstrip("+"), end_of_range(far, True).lstrip("+")


def verdict(comparison: Comparison | None, window: Window) -> str:
    """What a list says of a row after an action; an open window says how far it is."""
    if window.is_open:
        return progress(window)
    if comparison is None or comparison.change is None:
        return "too few people"
    return worded(comparison.change.verdict)
