"""An explanation in plain sentences, for the drawer and for the foot of an export. Nothing here computes a score."""

from dataclasses import dataclass

from scoring import words
from scoring.explanations import EvidenceParts, Explanation
from scoring.method import method_of
from scoring.model import Estimate
from scoring.views import ExplainedView

SMALL, LARGE = 0.15, 0.4
EVIDENCE = (
    ("people", "people"),
    ("participation", "participation"),
    ("covered", "groups"),
    ("age", "dates"),
)


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
        Step("Answers", people_of(e), answers_text(e)),
        Step("Newer counts more", f"half-life {e.half_life:g} days", half_life_text(e)),
        Step("Made to look like the workforce", signed_tenth(e.adjustment), adjustment_text(e)),
        Step("Questions, themes, score", tenth(e.level), parts_text(view)),
        Step("Steadied by similar factories", tenth(e.score), pull_text(e)),
    )


def people_of(e: Explanation) -> str:
    """How many people, as far as it is told."""
    return "people not counted" if e.people is None else f"{words.about(e.people)} people"


def answers_text(e: Explanation) -> str:
    """Who answered how much and when."""
    by = "" if e.people is None else f" by {words.about(e.people)}"
    of = f" of {words.count(e.headcount)}" if by and e.headcount else ""
    said = f"{words.about(e.answers)} answers{by}{of + ' people' if of else ' people' if by else ''}"
    sentence = f"{said[:1].upper()}{said[1:]}, {words.stretch(e.first_day, e.last_day)}."
    worth = words.counted(max(words.whole(e.people_behind), 1), "person", "people")
    return (
        f"{sentence} People count, not taps: many answers by one person weigh less. Together they weigh like {worth}."
    )


def half_life_text(e: Explanation) -> str:
    """How an answer loses weight."""
    oldest = method_of(e.method).oldest * e.half_life
    return (
        f"An answer from {e.half_life:g} days ago counts half as much as one from today; "
        f"older than {oldest:g} days it counts no more. The weighted mean is {tenth(e.plain)}."
    )


def adjustment_text(e: Explanation) -> str:
    """What is done about groups that answered less, and about what is missing."""
    if not method_of(e.method).adjusts:
        return "This method takes the answers as they came."
    if e.key and not e.parts:
        return f"Groups that answered less than their share of the workforce count a little more. {before_after(e)}"
    return (
        "Groups that answered less than their share of the workforce count a little more, and what is missing is taken "
        f"as usual at similar factories. {before_after(e)}"
    )


def before_after(e: Explanation) -> str:
    """The level before and after."""
    return f"Before {tenth(e.plain)}, after {tenth(e.level)}."


def parts_text(view: ExplainedView) -> str:
    """What the level is the mean of."""
    e = view.explanation
    used = sum(part.weight > 0 for part in e.parts)
    if not e.parts:
        return "One question, so there is nothing to average. Its theme is the mean of its questions."
    if e.key:
        return f"{words.counted(used, 'question')}. Every question counts the same."
    return (
        f"{words.counted(view.questions, 'question')} make {words.counted(used, 'theme')}. Every theme counts the same."
    )


def pull_text(e: Explanation) -> str:
    """How far and towards whom the level is drawn."""
    if e.pull <= 0:
        return "Nothing is added here: there are too few factories to be steadied by."
    size = "A small pull" if e.pull < SMALL else "A pull" if e.pull < LARGE else "A strong pull"
    who = words.similar(e.peer_country, e.peer_sector, e.peers)
    share = words.percent(e.pull, 1)
    return (
        f"{size} towards {who}, this one among them ({tenth(e.peer_mean)}). "
        f"The more people answer, the smaller the pull; here it is {share}."
    )


def score_of(e: Explanation) -> Estimate:
    """The score with its likely range."""
    return Estimate(e.score, e.low, e.high)


def outer_of(e: Explanation) -> Estimate:
    """The score with the paler range."""
    return Estimate(e.score, e.outer_low, e.outer_high)


def range_text(e: Explanation) -> str:
    """What the two ranges mean."""
    sure = "In 95 of 100 such cases the true score lies in the inner range."
    if (e.outer_low, e.outer_high) == (e.low, e.high):
        return sure
    pale = words.span(e.outer_low, e.outer_high)
    return f"{sure} If people who did not answer feel differently, it may lie anywhere in the pale range, {pale}."


def facts(view: ExplainedView) -> tuple[tuple[str, str], ...]:
    """What stands below the steps: term and sentence."""
    e = view.explanation
    found = [("Not in the score", not_in_score(view))]
    found.append((f"Evidence {e.evidence.grade}", evidence_text(e.evidence)))
    if e.standing:
        found.append(("Beside others", standing_text(e)))
    if e.status == "settling_in":
        found.append(("Settling in", "In its first two quarters a factory is given no place among others."))
    return (*found, ("Method", f"{e.method}, in force since {words.day(e.method_since)}"))


def not_in_score(view: ExplainedView) -> str:
    """What is left out of this score, whoever answered it how."""
    if not view.leads:
        return "Nothing that was asked for it is left out."
    number = words.counted(len(view.leads), "zero-tolerance question is", "zero-tolerance questions are")
    return f"{number} never averaged. Each is followed up by itself."


def evidence_text(evidence: EvidenceParts) -> str:
    """What each part alone would give, and which one holds the grade down."""
    by_grade: dict[str, list[str]] = {}
    for part, told in EVIDENCE:
        share = evidence.participation_share if part == "participation" else None
        named = told if share is None else f"{told} ({words.percent(share, 1)} by weight)"
        by_grade.setdefault(getattr(evidence, part), []).append(named)
    worst = max(by_grade)
    rest = [f"{listed(by_grade[grade])} would give {grade}" for grade in sorted(by_grade) if grade != worst]
    said = "; ".join((f"{listed(by_grade[worst])} alone would give {worst}", *rest))
    lowered = " A warning about the answers lowered the grade by one step." if evidence.flagged else ""
    return f"{words_first(said)}.{lowered}"


def standing_text(e: Explanation) -> str:
    """Where the score stands among similar factories, without naming one."""
    if e.standing is None:
        return ""
    said = f"The {words.middle_half(e.standing)}."
    below = e.standing.below
    if below is None:
        return said
    share = {0: "Hardly any", 10: "Nearly all"}.get(below, f"About {below} in 10")
    return f"{said} {share} of the others score lower."


def sum_text(e: Explanation) -> str:
    """The last step as a sum: "0.89 × 57.40 + 0.11 × 54.00 = 57.04"."""
    if e.pull <= 0:
        return f"{e.level:.2f} = {e.score:.2f}"
    return f"{1 - e.pull:.3f} × {e.level:.2f} + {e.pull:.3f} × {e.peer_mean:.2f} = {e.score:.2f}"


def export_lines(view: ExplainedView) -> tuple[str, ...]:
    """The chain in a few lines, for the foot of an export."""
    e = view.explanation
    scored = words.score_text(score_of(e))
    return (
        f"How {subject(view)} came to {scored}",
        *(f"{number}. {one.title}: {one.value}. {one.text}" for number, one in enumerate(steps(view), 1)),
        f"{sum_text(e)}, method {e.method} in force since {words.day(e.method_since)}",
    )


def tenth(points: float) -> str:
    """Points to one decimal."""
    return f"{points:.1f}"


def signed_tenth(points: float) -> str:
    """A difference to one decimal, with its sign."""
    rounded = round(points, 1)
    return "0.0" if rounded == 0 else f"{'+' if rounded > 0 else words.MINUS}{abs(rounded):.1f}"


def listed(names: list[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def words_first(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]
