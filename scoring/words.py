"""How scores, ranges, differences, days and counts are said. Pure functions from plain values to text.

Every number is rounded by the same rule (halves away from zero), to whole points. Rounding never reverses an
order, so a printed value always lies inside its own printed range.
"""

from collections.abc import Iterable
from datetime import date
from math import floor

from data.codebook.countries import country_names
from scoring.model import OVERALL, Change, Estimate, Factory, Reason, Score, Stamp, Standing, Verdict

MINUS = "−"
WORDS = ("Very poor", "Poor", "Mixed", "Good", "Very good")
BORDERS = (35, 50, 65, 80)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def whole(value: float) -> int:
    """The value in whole points, halves away from zero."""
    return floor(value + 0.5) if value >= 0 else -floor(-value + 0.5)


def word_index(points: float) -> int:
    """Which of the five words a score falls under, by the number as printed."""
    return sum(whole(points) >= border for border in BORDERS)


def word_span(estimate: Estimate) -> tuple[int, int]:
    """The first and the last of the five words that a score with its range stands for.

    A neighbouring word counts when at least half of the whisker on its side lies beyond the border (which is
    half a point under the first whole number of the next word), all read as printed: 62 (57–67) is "Mixed to
    good", 61 (56–66) is "Mixed".
    """
    value, low, high = whole(estimate.value), whole(estimate.low), whole(estimate.high)
    first = last = word_index(value)
    while last < len(BORDERS) and high >= BORDERS[last] and 2 * (high - BORDERS[last]) + 1 >= high - value:
        last += 1
    while first > 0 and low < BORDERS[first - 1] and 2 * (BORDERS[first - 1] - low) - 1 >= value - low:
        first -= 1
    return first, last


def score_word(estimate: Estimate) -> str:
    """The word for a score: "Mixed", or "Mixed to good" when its range reaches well into the next word."""
    first, last = word_span(estimate)
    return WORDS[first] if first == last else f"{WORDS[first]} to {WORDS[last].lower()}"


def likely(estimate: Estimate) -> str:
    """The likely range of a score: "52–62"."""
    return span(estimate.low, estimate.high)


def score_text(estimate: Estimate) -> str:
    """A score with its range: "57, likely 52–62"."""
    return f"{whole(estimate.value)}, likely {likely(estimate)}"


def score_line(score: Score) -> str:
    """A score in one line: "57, likely 52–62; about 110 people; grade B", or why there is none.

    People are counted for the whole; a part of it is told with its answers.
    """
    if score.estimate is None:
        return reason_text(score.reason)
    people = "" if score.people is None else f"{about(score.people)} people"
    people = people if score.key == OVERALL else f"{about(score.answers)} answers"
    grade = f"grade {score.grade}" if score.grade else ""
    settling = "settling in" if score.settling else ""
    return "; ".join(part for part in (score_text(score.estimate), people, grade, settling) if part)


def similar(country: str, sector: str, factories: int) -> str:
    """Which factories a score is compared with: "64 knitwear factories in Bangladesh"."""
    named = f"{sector} " if sector else ""
    place = f" in {country_name(country)}" if country else ""
    noun = "factory" if factories == 1 else "factories"
    return f"{count(factories)} {named}{noun}{place or ('' if sector else ' of all countries')}"


def middle_half(standing: Standing) -> str:
    """The middle half of similar factories: "middle half of about 65 knitwear factories in Bangladesh: 51–66"."""
    who = similar(standing.country, standing.sector, standing.factories)
    return f"middle half of about {who}: {span(standing.low, standing.high)}"


def grey_zone(standings: Iterable[Standing | None]) -> str:
    """What is grey beside some scores: "middle half of about 15 factories in Bangladesh"; empty where nothing is.

    Scores of one factory can have other numbers of factories beside them, or factories of all sectors.
    """
    found = [one for one in standings if one]
    if not found:
        return ""
    sectors = {one.sector for one in found}
    sector, country = sectors.pop() if len(sectors) == 1 else "", found[0].country
    least, most = min(one.factories for one in found), max(one.factories for one in found)
    fewest = "" if least == most else f"{count(least)} to "
    return f"middle half of about {fewest}{similar(country, sector, most)}"


def score_spoken(estimate: Estimate) -> str:
    """A score with its range as a screen reader should say it: "57, likely 52 to 62"."""
    return f"{whole(estimate.value)}, likely {whole(estimate.low)} to {whole(estimate.high)}"


def reason_text(reason: Reason | None) -> str:
    """Why a number is missing, in two or three words."""
    return "not asked" if reason is Reason.NOT_ASKED else "too few people"


def span(low: float, high: float) -> str:
    """A range without signs: "52–62"; one number when both ends print alike."""
    first, last = whole(low), whole(high)
    return f"{first}–{last}" if first != last else str(first)


def signed(points: float) -> str:
    """A difference with its sign: "−4", "+3", "0"."""
    rounded = whole(points)
    if rounded == 0:
        return "0"
    return f"+{rounded}" if rounded > 0 else f"{MINUS}{-rounded}"


def end_of_range(points: float, clear: bool) -> str:
    """One end of a difference's range, with its sign.

    An end of a clear range that would print as 0 keeps one decimal, or the words and the numbers would
    contradict each other: a clear drop is "−9 to −0.3", never "−9 to 0".
    """
    if not clear or whole(points) != 0:
        return signed(points)
    size = max(round(abs(points), 1), 0.1)
    return f"{'+' if points > 0 else MINUS}{size:.1f}"


def signed_range(low: float, high: float) -> str:
    """The range of a difference: "−8 to +1", "−12 to −2"; without signs when both ends are up: "1–9"."""
    clear = low > 0 or high < 0
    first, last = end_of_range(low, clear), end_of_range(high, clear)
    if first == last:
        return first
    if low > 0 or (whole(low) == 0 and high > 0):
        return f"{first.lstrip('+')}–{last.lstrip('+')}"
    return f"{first} to {last}"


def likely_size(change: Change) -> str:
    """The likely size of a clear difference, whichever way it went: "likely 1 to 9"."""
    near, far = sorted(abs(end) for end in (change.low, change.high))
    first, last = (end_of_range(end, clear=True).lstrip("+") for end in (near, far))
    return f"likely {first} to {last}"


def change_parts(change: Change | None, since: date) -> tuple[str, str]:
    """The sentence about a difference in two parts: what may be said, and how sure that is."""
    name = month_name(since)
    if change is None:
        return "", f"Whether it moved since {name} cannot be said from what was answered."
    verdict, size = change.verdict, points_text(change.points)
    if verdict in (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE):
        return f"A {verdict} of {size}", f" since {name}, {likely_size(change)}."
    ends = f"between {signed(change.low)} and {signed(change.high)}."
    if verdict is Verdict.CANT_TELL:
        return "Can’t tell", f" whether it moved since {name}: {ends}"
    way = "higher" if verdict is Verdict.MAYBE_HIGHER else "lower"
    return f"Maybe {size} {way}", f" than in {name}: {ends}"


def change_sentence(change: Change | None, since: date) -> str:
    """What may be said about a difference: "A clear drop of 5 points since August, likely 1 to 9."."""
    return "".join(change_parts(change, since))


def points_text(points: float) -> str:
    """The size of a difference: "5 points", "1 point", "less than 1 point"."""
    size = abs(whole(points))
    if size == 0:
        return "less than 1 point"
    return f"{size} point" if size == 1 else f"{size} points"


def day(moment: date) -> str:
    """A day in full: "8 June 2026"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def short_day(moment: date) -> str:
    """A day for tables and sources: "8 Jun 2026"."""
    return f"{moment.day} {MONTHS[moment.month - 1][:3]} {moment.year}"


def month(moment: date) -> str:
    """A month with its year: "March 2024"."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def month_name(moment: date) -> str:
    """A month without its year, for what lies less than a year back: "August"."""
    return MONTHS[moment.month - 1]


def quarter(moment: date) -> str:
    """The calendar quarter of a day: "July to September 2026"."""
    first = 3 * ((moment.month - 1) // 3)
    return f"{MONTHS[first]} to {MONTHS[first + 2]} {moment.year}"


def stretch(first: date, last: date) -> str:
    """The days from `first` to `last`: "22 Aug – 20 Nov 2026", one day when they are the same."""
    if first == last:
        return short_day(first)
    start = short_day(first)
    if first.year == last.year:
        start = start.rsplit(" ", 1)[0]
    return f"{start} – {short_day(last)}"


def day_span(first: date, last: date) -> str:
    """Some days in full: "14–20 September 2026", "28 September – 4 October 2026"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = day(first)
    return f"{start.rsplit(' ', 1)[0] if first.year == last.year else start} – {day(last)}"


def count(number: int) -> str:
    """A count with thousands set off: "1,240"."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 factory", "3 factories"."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def about(number: int) -> str:
    """A count that is kept to the nearest 5: "about 6,180", "under 10"."""
    return f"about {count(number)}" if number >= 10 else "under 10"


def percent(part: float, whole_of: float) -> str:
    """A share in whole percent, with the space that keeps it on one line: "33 %"."""
    return f"{whole(100 * part / whole_of)}\u00a0%"


def country_name(code: str) -> str:
    """The English name of a country by its ISO 3166 alpha-2 code; the code itself when it is unknown."""
    return country_names().get(code.upper(), code)


def place(factory: Factory) -> str:
    """What a factory makes and where: "Knitwear, Bangladesh"."""
    sector = factory.sector[:1].upper() + factory.sector[1:]
    return ", ".join(part for part in (sector, country_name(factory.country)) if part)


def factory_line(factory: Factory) -> str:
    """The line under a name: "Knitwear, Bangladesh · 1,240 people · on Seamline since March 2024"."""
    people = counted(factory.headcount, "person", "people") if factory.headcount else ""
    since = f"on Seamline since {month(factory.joined)}" if factory.joined else ""
    return " · ".join(part for part in (place(factory), people, since) if part)


def release_text(stamp: Stamp) -> str:
    """Which release a number comes from: "release 42, 20 Nov 2026"."""
    return f"release {stamp.release}, {short_day(stamp.through)}"
