"""The method in force in plain words: every constant with its sentence, what changed between versions, its limits.

Values are read off the methods themselves, so the page can say nothing else than what is computed with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from scoring.grades import FLAG_DAYS, GRADES, LEAST_COVERED, LEAST_PARTICIPATION, LEAST_PEOPLE, MOST_AGE, SETTLING_DAYS
from scoring.method import METHOD, METHODS, WEEKS_AFTER, WEEKS_BEFORE, Method
from scoring.positions import LEAST_FACTORIES
from scoring.studies import AIM, Study
from scoring.words import BORDERS, MINUS, WORDS, day, percent


@dataclass(frozen=True)
class Constant:
    """One constant of a method: what it is called, its letter in the formulas, its value, and what it does."""

    key: str
    name: str
    letter: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Stage:
    """One step from answers to a score, in words and in notation."""

    title: str
    text: str
    formula: str


@dataclass(frozen=True)
class Version:
    """One method, and what it changed; the first one changed nothing."""

    version: str
    since: date
    changes: tuple[str, ...]


@dataclass(frozen=True)
class GradeRow:
    """What a grade asks for, part by part; the last one takes what is left."""

    grade: str
    people: str
    participation: str
    covered: str
    age: str


NAMES: Mapping[str, tuple[str, str, str]] = {
    "half_life": ("Half-life", "H", "Days after which an answer counts half as much as one from today."),
    "oldest": ("Oldest answers", "", "Half-lives after which an answer counts no more."),
    "rho": ("Likeness within a question", "ρ", "How alike one worker’s answers to one question are, where the data do "
            "not tell. Repeated answers of one worker are not as good as answers of many."),
    "rho_c": ("Likeness across questions", "ρc", "How alike one worker’s answers to different questions are, where the "
              "data do not tell."),
    "prior_answers": ("Borrowed answers", "n0", "How many answers’ worth of the usual spread a factory borrows, so "
                      "that ten equal answers do not look certain."),
    "answers_per_person": ("Answers for one person", "", "How many answers stand for one person where nobody can be "
                           "told apart."),
    "adjusts": ("Made to look like the workforce", "", "Whether groups that answered less than their share count a "
                "little more."),
    "pools": ("Steadied by similar factories", "", "Whether a score is drawn to similar factories, the more the less "
              "is known of its own."),
    "least_variance": ("Least difference between factories", "τ²", "The least variance between factories that is "
                       "assumed, in squared points, so that a score is never lost in its peers."),
    "least_peers": ("Factories for a group of peers", "", "How many a country and sector need to be a group of their "
                    "own; fewer join their country, then all."),
    "finite": ("Counts the whole workforce", "", "Whether a range grows narrower as a larger share of the workforce "
               "answers: when everybody did, nothing is left to chance of who did."),
    "kappa": ("Room for silence", "κ", "How differently those who did not answer may feel, in standard deviations of "
              "workers. It widens the pale range only."),
    "least_questions": ("Share of a theme’s questions", "", "A theme needs at least this share of its questions."),
    "least_themes": ("Share of the themes", "", "The overall score needs at least this share of the themes."),
    "least_people": ("People for an overall score", "", "How many people must have taken part."),
}  # fmt: skip
EVENLY = "counting people by how evenly they took part"
"""What the share of the workforce in a grade is: fewer than those who took part when some answered far more often."""
SHARES = ("least_questions", "least_themes")

STAGES = (
    Stage("From an answer to points", "Every answer becomes a number from 0 to 100, where 100 is good. Where a high "
          "answer is bad, it is turned round. Zero-tolerance, context and integrity questions never enter.",
          "x = 100 v for yes (1) and no (0);  x = 25 (v − 1) for 1 to 5;  x = 25 v for 0 to 4;  "
          "x = 100 (v − 1) / 9 for 1 to 10;  100 − x where a high answer is bad"),
    Stage("From answers to cells", "Answers are added up until a cell holds at least ten answers of at least ten "
          "people. Only cells leave the vault; nothing after this step has seen an answer.", "cell = (n, Σx, Σx²)"),
    Stage("Newer counts more", "A cell weighs by the age of its middle day.", "w = 2^(−age / H);  m = Σ w Σx / Σ w n"),
    Stage("People, not taps", "Many answers by one person weigh less than the same number by many. How sure a mean is "
          "follows from people and answers together, and from how unequally groups took part (d_w, at least 1).",
          "v = s² d_w (ρ / K + (1 − ρ) / n)"),
    Stage("Made to look like the workforce", "Groups that answered less than their share of the workforce count a "
          "little more. The correction is fixed once a quarter, and no result leaves the scale.",
          "y = m + points, kept within 0 and 100"),
    Stage("Questions, themes, score", "A theme is the equal mean of its questions, the score the equal mean of its "
          "themes. What is missing is taken as usual at similar factories. What one worker’s answers have in common "
          "counts only for the share of the workforce that did not answer.",
          "Y = μ + mean of (y − μ) over what is there;  v = Σ v / k² + ρc (1 − p) / K Σ s s′ / k²"),
    Stage("Steadied by similar factories", "A score is drawn to the mean of its peers, the more the less is known of "
          "its own.", "score = (1 − s) Y + s μ;  s = v / (v + τ²)"),
    Stage("Two ranges", "The likely range holds the true score in about 95 of 100 such cases if those who stayed "
          "silent feel like the others. The pale range allows that they do not. Neither is wider than it takes to hold "
          "the range without steadying.",
          "± the smaller of t √(var + b²) and 1.96 √(v + b²) + |Y − score|;  b = 0, or κ (1 − p) √ρ s for the pale "
          "range"),
)  # fmt: skip

LIMITS = (
    "It does not cure silence. More answers do not help when the unhappy answer more, or less: that is what the pale "
    "range is for, and it is a judgement, not a measurement.",
    "It does not say why a score moved. What came after an action is told as “after”, and one action at one factory "
    "can seldom be told from ordinary ups and downs.",
    "It does not correct for groups that nobody counted. Where the workforce is not known by group, answers are taken "
    "as they come.",
    "It does not make countries alike. The same words may mean different things; scores are steadied and compared "
    "within a country and a sector where there are enough factories.",
    "Its ranges hold over many factories on average, not for every single one.",
    "The five words, the grades and the room for silence are judgements. They are written here so that they can be "
    "argued with.",
)


MUCH = "the unhappy answer much more"
"""The world in which silence is worse than the pale range allows for."""


def limits(found: Sequence[Study], method: Method = METHOD) -> tuple[str, ...]:
    """What the method does not do; where the study has shown that even the pale range fails, that too."""
    rows = [one for one in found if (one.method, one.world, one.level) == (method.version, MUCH, "factory")]
    failed = tuple(
        f"If {one.world} (a tie of {one.tie.replace('-', MINUS)}), even the pale range fails: on invented worlds it "
        f"held {100 * one.outer:.0f} of 100."
        for one in rows
        if one.outer is not None and one.outer < AIM
    )
    return (LIMITS[0], *failed, *LIMITS[1:])


def constants(method: Method = METHOD) -> tuple[Constant, ...]:
    """Every constant of a method, in its order."""
    return tuple(
        Constant(key, name, letter, value_of(key, getattr(method, key)), sentence)
        for key, (name, letter, sentence) in NAMES.items()
    )


def value_of(key: str, value: object) -> str:
    """A constant as it is read: yes or no, a share in percent, a number."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return str(value)
    return percent(value, 1) if key in SHARES else f"{value:g}"


def versions() -> tuple[Version, ...]:
    """Every method, the one in force first, with what it changed."""
    before: tuple[Method | None, ...] = (None, *METHODS[:-1])
    pairs = zip(METHODS, before, strict=True)
    return tuple(Version(one.version, one.since, changes(old, one)) for one, old in pairs)[::-1]


def changes(old: Method | None, new: Method) -> tuple[str, ...]:
    """What one method changed: "Half-life: 90 → 60"."""
    if old is None:
        return ()
    kept = [f.name for f in fields(Method) if f.name in NAMES]
    pairs = [(key, value_of(key, getattr(old, key)), value_of(key, getattr(new, key))) for key in kept]
    return tuple(f"{NAMES[key][0]}: {was} → {now}" for key, was, now in pairs if was != now)


def in_force(method: Method = METHOD) -> str:
    """By which method scores are computed: "Scores are computed with method 1.1 (since 22 November 2026)"."""
    return f"Scores are computed with method {method.version} (since {day(method.since)})"


def grade_rows() -> tuple[GradeRow, ...]:
    """What each grade asks for."""
    limits = zip(GRADES, LEAST_PEOPLE, LEAST_PARTICIPATION, LEAST_COVERED, MOST_AGE, strict=False)
    found = tuple(
        GradeRow(grade, f"{people:g}", percent(part, 1), percent(covered, 1), f"{age:g} days")
        for grade, people, part, covered, age in limits
    )
    return (*found, GradeRow(GRADES[-1], "fewer", "less", "less", "older"))


def word_rows() -> tuple[tuple[str, str], ...]:
    """The five words with the scores that they stand for."""
    firsts, lasts = (0, *BORDERS), (*(border - 1 for border in BORDERS), 100)
    return tuple((word, f"{a}–{b}") for word, a, b in zip(WORDS, firsts, lasts, strict=True))


def rules() -> tuple[str, ...]:
    """What else is decided by a number."""
    return (
        f"A factory settles in for its first {SETTLING_DAYS} days: it is given no place among others.",
        f"A warning about the answers lowers the grade by one step for {FLAG_DAYS} days. It never changes a score.",
        f"Similar factories are compared from {LEAST_FACTORIES} on, as their middle half; no factory is named.",
        f"Around an action, {WEEKS_BEFORE} weeks before are compared with up to {WEEKS_AFTER} after.",
    )
