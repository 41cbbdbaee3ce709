"""An explanation in plain sentences, for the drawer and for the foot of an export. Nothing here computes a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring import warning_words, words
from scoring.explanations import EvidenceParts, Explanation
from scoring.grades import GRADES, SETTLING_IN
from scoring.method import method_of
from scoring.method_words import EVENLY
from scoring.model import Estimate
from scoring.views import ExplainedView, Flag

SMALL, LARGE = 0.15, 0.4
EVIDENCE = (
    ("people", "people"),
    ("participation", "participation"),
    ("covered", "groups"),
    ("age", "dates"),
)
USUAL = "What is missing is taken as usual at similar factories."


@dataclass(frozen=True)
class Step:
    """One step of the chain: what is done, the number that comes out, and a sentence with this number's inputs."""

    title: str
    value: str
    text: str


def heading(view: ExplainedView) -> str:
    """What the drawer asks: "How is 57 computed?"."""
    return f"How is {words.whole(view.explanation.score)} computed?"


def subject(view: ExplainedView) -> str:
    """Which score of whom on which day: "Meghdal Knit Works, social score on 20 November 2026"."""
    name = view.name if view.explanation.key else "social score"
    joined = f"{view.factory.name}, {name}"
    return f"{joined}{'' if name.endswith('?') else ' on'} {words.day(view.explanation.on)}"


def steps(view: ExplainedView) -> tuple[Step, ...]:
    """The five steps from answers to the score."""
    e = view.explanation
    return (
        Step("Answers", f"{words.about(e.answers)} answers" if e.key else people_of(e), answers_text(e)),
        Step("Newer counts more", f"half-life {e.half_life:g} days", half_life_text(e)),
        Step("Made to look like the workforce", added(e), adjustment_text(e)),
        Step("Questions, themes, score", points(e, e.level), parts_text(view)),
        Step("Steadied by similar factories", points(e, e.score), pull_text(e)),
    )


def people_of(e: Explanation) -> str:
    """How many people, as far as it is told."""
    return "people not counted" if e.people is None else f"{words.about(e.people)} people"


def worth(e: Explanation) -> str:
    """Like how many people the answers weigh: "110 people"."""
    return words.counted(max(words.whole(e.people_behind), 1), "person", "people")


def answers_text(e: Explanation) -> str:
    """Who answered how much and when. People are those of the factory's busiest quarter, so of no part of it."""
    counts = "People count, not taps: many answers by one person weigh less."
    said = words_first(f"{words.about(e.answers)} answers")
    days = f"They were given {words.stretch(e.first_day, e.last_day)}."
    if e.key:
        return f"{said}, which weigh like {worth(e)}. {days} {counts}"
    if e.people is None:
        return f"{said}. {days} {counts} Together they weigh like {worth(e)}."
    of = f" of {words.count(e.headcount)}" if e.headcount else ""
    took = f"{words.about(e.people)}{of} people took part in the busiest quarter"
    return f"{said}; {took}. {days} {counts} Together they weigh like {worth(e)}."


def half_life_text(e: Explanation) -> str:
    """How an answer loses weight."""
    oldest = method_of(e.method).oldest * e.half_life
    return (
        f"An answer from {e.half_life:g} days ago counts half as much as one from today. Answers are kept as sums over "
        f"some days; a sum whose middle day is more than {oldest:g} days back counts no more. "
        f"The weighted mean is {points(e, e.plain)}."
    )


def adjustment_text(e: Explanation) -> str:
    """What is done about groups that answered less, and about what is missing."""
    if not method_of(e.method).adjusts:
        return "This method takes the answers as they came."
    usual = f" {USUAL}" if missing(e) and method_of(e.method).pools else ""
    return (
        f"Groups that answered less than their share of the workforce count a little more.{usual} "
        f"Before {points(e, e.plain)}, after {points(e, e.level)}."
    )


def missing(e: Explanation) -> tuple[str, ...]:
    """The parts that have no level, by key."""
    return tuple(part.key for part in e.parts if part.weight <= 0)


def parts_text(view: ExplainedView) -> str:
    """What the level is the mean of, and what of it is missing."""
    e = view.explanation
    if not e.parts:
        return "One question, so there is nothing to average. Its theme is the mean of its questions."
    kind = "question" if e.key else "theme"
    used = words.counted(sum(part.weight > 0 for part in e.parts), kind)
    gone = tuple(view.part_names[key] for key in missing(e))
    return f"{used}. Every {kind} counts the same.{missing_text(kind, gone)}"


def missing_text(kind: str, gone: tuple[str, ...]) -> str:
    """Which parts are missing, by name; empty when none is."""
    if not gone:
        return ""
    end = "" if gone[-1].endswith("?") else "."
    return f" {words.counted(len(gone), kind)} {'is' if len(gone) == 1 else 'are'} missing: {'; '.join(gone)}{end}"


def pull_text(e: Explanation) -> str:
    """How far and towards whom the level is drawn."""
    if e.pull <= 0:
        return "Nothing is added here: there are too few factories to be steadied by."
    share = words.percent(e.pull, 1)
    if e.peers is None or e.peer_mean is None:
        return f"A pull of {share} towards the mean of {few_peers(e)}, which are too few to show."
    size = "A small pull" if e.pull < SMALL else "A pull" if e.pull < LARGE else "A strong pull"
    who = words.similar(e.peer_country, e.peer_sector, e.peers)
    return (
        f"{size} towards {who}, this one among them (their mean is {points(e, e.peer_mean)}). "
        f"The more people answer, the smaller the pull; here it is {share}."
    )


def few_peers(e: Explanation) -> str:
    """Which factories the peers are, where not even their number is told."""
    shared = [word for word, same in (("country", e.peer_country), ("sector", e.peer_sector)) if same]
    return f"the factories of the same {' and '.join(shared)}" if shared else "all factories"


def score_of(e: Explanation) -> Estimate:
    """The score with its likely range."""
    return Estimate(e.score, e.low, e.high)


def outer_of(e: Explanation) -> Estimate:
    """The score with the paler range."""
    return Estimate(e.score, e.outer_low, e.outer_high)


def range_text(e: Explanation) -> str:
    """What the two ranges mean."""
    sure = (
        "If those who stayed silent feel like those who answered, the true score lies in the inner range in 95 of 100 "
        "such cases."
    )
    if (e.outer_low, e.outer_high) == (e.low, e.high):
        return sure
    pale = words.span(e.outer_low, e.outer_high)
    return (
        f"{sure} If they feel somewhat differently, it may lie anywhere in the pale range, {pale}; "
        "if they feel very differently, even beyond it."
    )


def facts(view: ExplainedView) -> tuple[tuple[str, str], ...]:
    """What stands below the steps: term and sentence."""
    e = view.explanation
    found = [("Not in the score", not_in_score(view))]
    found.append((f"Evidence {e.evidence.grade}", evidence_text(e.evidence, view.warnings)))
    if e.standing:
        found.append(("Beside others", standing_text(e)))
    if e.status == SETTLING_IN:
        found.append(("Settling in", "In its first two quarters a factory is given no place among others."))
    return (*found, ("Method", f"{words_first(computed_with(e))}."))


def not_in_score(view: ExplainedView) -> str:
    """What is left out of this score, whoever answered it how."""
    if not view.leads:
        return "Nothing that was asked for it is left out."
    number = words.counted(len(view.leads), "zero-tolerance question is", "zero-tolerance questions are")
    return f"{number} never averaged. Each is followed up by itself."


def evidence_text(evidence: EvidenceParts, warnings: Sequence[Flag]) -> str:
    """What each part alone would give, and which one holds the grade down."""
    by_grade: dict[str, list[str]] = {}
    for part, told in EVIDENCE:
        share = evidence.participation_share if part == "participation" else None
        named = told if share is None else f"{told} ({EVENLY}, {words.percent(share, 1)})"
        by_grade.setdefault(getattr(evidence, part), []).append(named)
    worst = max(by_grade)
    rest = [f"{listed(by_grade[grade])} would give {grade}" for grade in sorted(by_grade) if grade != worst]
    said = "; ".join((f"{listed(by_grade[worst])} alone would give {worst}", *rest))
    warned = warning_words.evidence(warnings, lowered=evidence.grade != worst) if evidence.flagged else ""
    return f"{words_first(said)}. {warned}".rstrip()


def standing_text(e: Explanation) -> str:
    """Where the score stands among similar factories, without naming one."""
    if e.standing is None:
        return ""
    said = f"The {words.middle_half(e.standing)}."
    if e.standing.third:
        return f"{said} Its likely range lies in the {e.standing.third} third of them."
    if e.status == SETTLING_IN or e.evidence.grade == GRADES[-1]:
        return said
    return f"{said} Whether it lies in the upper, middle or lower third of them, nobody can tell."


def sum_text(e: Explanation) -> str:
    """The last step as a sum of rounded numbers: "0.89 × 57.4 + 0.11 × 54.0 ≈ 57.0"; empty where it is not told."""
    if e.pull <= 0:
        return f"{points(e, e.level)} = {points(e, e.score)}"
    if e.peer_mean is None:
        return ""
    return f"{1 - e.pull:.2f} × {e.level:.1f} + {e.pull:.2f} × {e.peer_mean:.1f} ≈ {e.score:.1f}"


def computed_with(e: Explanation) -> str:
    """Which method, and since when there is it: "computed with method 1.1 (since 22 November 2026)"."""
    return f"computed with method {e.method} (since {words.day(e.method_since)})"


def export_lines(view: ExplainedView) -> tuple[str, ...]:
    """The chain in a few lines, for the foot of an export."""
    e = view.explanation
    scored = words.score_text(score_of(e))
    return (
        f"How {subject(view)} came to {scored}",
        *(f"{number}. {one.title}: {one.value}. {one.text}" for number, one in enumerate(steps(view), 1)),
        *(f"{term}: {text}" for term, text in facts(view)),
        *([f"The sum: {sum_text(e)}"] if sum_text(e) else []),
    )


def points(e: Explanation, value: float) -> str:
    """Points as this explanation tells them: to one decimal, or in whole points where its peers are too few to show."""
    return f"{value:.1f}" if e.peers is not None else str(words.whole(value))


def added(e: Explanation) -> str:
    """What the workforce step adds: the difference of the two numbers as they are printed."""
    digits = 1 if e.peers is not None else 0
    gap = round(float(points(e, e.level)) - float(points(e, e.plain)), digits)
    if gap == 0:
        return f"{0:.{digits}f}"
    return f"{'+' if gap > 0 else words.MINUS}{abs(gap):.{digits}f}"


def listed(names: list[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def words_first(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]
