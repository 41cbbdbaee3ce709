"""What benchmarks say: names of cohorts, sentences about spreads, the citation, and what every file must tell.

The spreads are those of factories that take part, no sample of a country: what is said is only how these compare.
"""

from collections.abc import Sequence
from datetime import date

from scoring.benchmark_query import Cohort
from scoring.benchmark_views import BenchmarkView, Group, Spread, Told
from scoring.group_words import capital
from scoring.words import about, counted, country_name, day, month, short_day, span

LICENCE = "CC BY 4.0"
LICENCE_IN_FULL = "Creative Commons Attribution 4.0 International (CC BY 4.0)"
HIDDEN = "hidden to protect people"
RULES = (
    "A group is shown only with at least 5 factories of 3 owners and 100 answers, where none of them gave more than "
    "half, and where nothing hidden follows from what is shown. All other groups are hidden to protect people, and "
    "look alike whatever the reason."
)
TAKING_PART = "The figures are of factories that take part here, which may change from month to month."
MONTH_BY_MONTH = "The middle factory and the middle half of each group, month by month."
DEMO = "Demo data: every factory and number is invented."


def cohort_name(cohort: Cohort) -> str:
    """What a cohort is called: "Knitwear, Bangladesh", "Bangladesh", "Knitwear", "All factories"."""
    parts = [capital(cohort.sector or ""), country_name(cohort.country or "")]
    return ", ".join(part for part in parts if part) or "All factories"


def part_name(one: Spread, by: str) -> str:
    """What a spread is called in a list by country, by sector or by theme."""
    if by == "theme":
        return one.theme_name
    part = country_name(one.cohort.country or "") if by == "country" else capital(one.cohort.sector or "")
    return part or cohort_name(one.cohort)


def within(cohort: Cohort) -> str:
    """Where the factories of a cohort are, to go on a sentence: " in knitwear in Bangladesh"; empty for all."""
    parts = (cohort.sector or "", country_name(cohort.country or ""))
    return "".join(f" in {part}" for part in parts if part)


def points_text(told: Told) -> str:
    """A spread in one line: "60, half between 54 and 66"."""
    return f"{told.p50}, half between {told.p25} and {told.p75}"


def spoken(told: Told) -> str:
    """Everything that is drawn of a spread, as a screen reader should say it."""
    ends = f", 8 in 10 between {told.p10} and {told.p90}" if told.p10 is not None and told.p90 is not None else ""
    return f"middle factory {points_text(told)}{ends}"


def whole_sentence(one: Spread) -> str:
    """How one cohort stands: "The middle one of about 45 factories in Kenya scores 60; half score 54–66."."""
    where = within(one.cohort)
    if one.told is None:
        return f"The factories{where} are hidden to protect people." if where else "All of it is hidden for now."
    half = span(one.told.p25, one.told.p75)
    return f"The middle one of {counts(one.told)}{where} scores {one.told.p50}; half of them score {half}."


def counts(told: Told) -> str:
    """How many factories, to the nearest 5: "about 45 factories"."""
    return f"{about(told.factories)} factories"


def group_sentence(group: Group, by: str) -> str:
    """What can be said of cohorts beside one another, from the highest and the lowest middle factory."""
    shown = [one for one in group.rows if one.told]
    if not shown:
        what = "No theme of this group" if by == "theme" else "None of these groups"
        return f"{what} is shown, to protect people."
    first, last = shown[0], shown[-1]
    if len(shown) == 1 or first.told is None or last.told is None:
        return whole_sentence(first)
    place = "for" if by == "theme" else "in"
    high, low = (named(one, by) for one in (first, last))
    if first.told.p50 == last.told.p50:
        return f"The middle factory scores {first.told.p50} in every one that is shown."
    said = f"The middle factory scores {first.told.p50} {place} {high} and {last.told.p50} {place} {low}."
    if first.told.p25 <= last.told.p75:
        return f"{said} The middle halves of the two overlap."
    return f"{said} The middle halves of the two do not overlap."


def named(one: Spread, by: str) -> str:
    """A country or a theme as it is written, a sector in small letters, within a sentence."""
    return (one.cohort.sector or "") if by == "sector" else part_name(one, by)


def course_sentence(course: Sequence[Spread]) -> str:
    """How the middle factory of a cohort moved: "Kenya: the middle factory from 58 in May 2026 to 60 in June 2026."."""
    shown = [one for one in course if one.told]
    name = cohort_name(course[0].cohort)
    if not shown or shown[0].told is None or shown[-1].told is None:
        return f"{name}: {HIDDEN} in every month."
    first, last = shown[0], shown[-1]
    gaps = len(course) - len(shown)
    missing = f" {counted(gaps, 'month')} not shown." if gaps else ""
    if first is last:
        return f"{name}: the middle factory at {shown[0].told.p50} in {month(first.on)}.{missing}"
    return (
        f"{name}: the middle factory from {shown[0].told.p50} in {month(first.on)} to {shown[-1].told.p50} in "
        f"{month(last.on)}.{missing}"
    )


def title(view: BenchmarkView) -> str:
    """What the page is of: "Hours, rest and pace: benchmarks by country and sector, October 2026"."""
    return f"{view.theme.name}: benchmarks by country and sector, {month(view.month)}"


def group_title(view: BenchmarkView, by: str) -> str:
    """What a card is of: "Hours, rest and pace, by country in knitwear"; of themes, whose they are."""
    if by == "theme":
        return f"Themes side by side: {cohort_name(view.query.chosen)}"
    group = view.by_country if by == "country" else view.by_sector
    return f"{view.theme.name}, by {by}{within(group.whole.cohort)}"


def picture_source(view: BenchmarkView, *, course: bool = False) -> str:
    """What stands under a picture, of the month or of all months: a citation short enough for one line."""
    demo = " · demo data, everything is invented" if view.stamp.demo else ""
    first, last = (month(one) for one in (view.months[0], view.months[-1]))
    when = f"{first} to {last}" if course and first != last else last if course else month(view.month)
    return (
        f"Seamline benchmark, {when} · release {view.stamp.release}, {short_day(view.stamp.through)}, "
        f"method {view.stamp.method} · read on {day(view.accessed)} · {LICENCE}{demo}"
    )


def citation(view: BenchmarkView) -> str:
    """How to cite what is shown: title, month, release, method, day of access, licence."""
    demo = " Demo data, everything is invented." if view.stamp.demo else ""
    return (
        f"Seamline. {title(view)}. Release {view.stamp.release} ({short_day(view.stamp.through)}), method "
        f"{view.stamp.method}, codebook {view.codebook}. Read on {day(view.accessed)}. {LICENCE}.{demo}"
    )


def source(view: BenchmarkView, one: Spread | None = None) -> str:
    """Where the numbers of a card come from: "About 60 factories, as of 31 Oct 2026 · release 1 · CC BY 4.0"."""
    many = capital(f"{counts(one.told)}, as of ") if one and one.told else "As of "
    licence = LICENCE.replace(" ", "\u00a0")  # never broken over two lines
    return f"{many}{short_day(view.on)} · release {view.stamp.release} · {licence}"


def notes(view: BenchmarkView) -> tuple[str, ...]:
    """What a reader of a file must know first, one sentence or two each."""
    stamp = view.stamp
    return (
        f"Seamline. {title(view)}.",
        f"Licence: {LICENCE_IN_FULL}. You may use and share these figures if you cite them.",
        f"Citation: {citation(view)}",
        f"Release {stamp.release} through {stamp.through}, method {stamp.method}, codebook {view.codebook}.",
        "Scores are 0 to 100, where 100 is good. p10 to p90 are percentiles of factory scores in whole points; p10 and "
        "p90 are given from 20 factories on. Factories and answers are to the nearest 5.",
        RULES,
        f"{TAKING_PART} A month is frozen once it is over and never changes.",
        *((DEMO,) if stamp.demo else ()),
    )


def years(months: Sequence[date]) -> tuple[tuple[int, tuple[date, ...]], ...]:
    """Months by year, the newest first."""
    newest = sorted(months, reverse=True)
    found = dict.fromkeys(one.year for one in newest)
    return tuple((year, tuple(one for one in newest if one.year == year)) for year in found)
