"""A plausible page of indicators and a plausible explanation for tests. All of it is invented."""

from dataclasses import replace
from datetime import date, timedelta

from scoring.explanations import EvidenceParts, Explanation, Part
from scoring.model import Estimate, Reason, Score, Series, Standing
from scoring.query import IndicatorsQuery
from scoring.views import (
    DayCell,
    Dimension,
    ExplainedView,
    Flag,
    Group,
    Groups,
    IndicatorsView,
    LeadBand,
    QuestionRow,
    ThemeRow,
)
from tests import sample_overview as sample

STANDING = Standing("BD", "knitwear", 65, 51, 66, None)
WARNING = Flag("coached", date(2026, 9, 14), date(2026, 9, 20), "At least a fifth, or more, were told what to say.")
FIRST = sample.THROUGH - timedelta(days=364)
QUESTIONS = (
    ("hours-1", "Could you take your breaks today?", 58),
    ("hours-2", "Did you know what time you would finish?", 61),
    ("hours-3", "More than 10 hours in a day, last 7 days?", 36),
)


def graded(score: Score) -> Score:
    """The score with everything that stands beside it."""
    estimate = score.estimate
    outer = Estimate(estimate.value, estimate.low - 3, estimate.high + 3) if estimate else None
    return replace(score, outer=outer, people=410, grade="B", standing=STANDING)


def question(key: str, text: str, value: float) -> QuestionRow:
    """One question of the chosen theme."""
    score = graded(Score(key, text[:12], sample.estimate(value, 7), None, 1, 900))
    return QuestionRow(score, text, sample.course(key, text[:12], value, 7))


def hidden_question() -> QuestionRow:
    """A question of which too little may be shown."""
    score = Score("hours-9", "Nights", None, Reason.NOT_ENOUGH, 1, 0)
    return QuestionRow(score, "Do you work at night?", Series("hours-9", "Nights", 1, "week", (), ()))


def themes() -> tuple[ThemeRow, ...]:
    """All themes of the sample factory, graded."""
    rows = (*(sample.theme(*row) for row in sample.THEMES), sample.hidden_theme())
    return tuple(replace(row, score=graded(row.score)) if row.score.estimate else row for row in rows)


def cells(days: int = 2) -> tuple[DayCell, ...]:
    """Thirty cells of that width, oldest first."""
    found = []
    for number in range(30):
        last = sample.THROUGH - timedelta(days=10 * (29 - number))
        found.append(DayCell("hours-1", "Breaks", last - timedelta(days=days - 1), last, 40 + number))
    return tuple(found)


def groups() -> Groups:
    """Two groups told, one dimension not."""
    told = (Group("Women", sample.estimate(49, 7)), Group("Men or not said", sample.estimate(55, 8)))
    gender = Dimension("gender", "Gender", told, date(2026, 10, 1), date(2026, 10, 31))
    return Groups(False, (gender, Dimension("department", "Department", (), None, None)))


LEADS = (
    LeadBand("z1", "Are all exits unlocked?", "some", date(2026, 7, 1)),
    LeadBand("z2", "Did a boss hit anyone?", "none_seen", date(2026, 7, 1)),
    LeadBand("z3", "Is someone keeping your papers?", "many", date(2026, 4, 1)),
    LeadBand("z4", "Can you quit?", None, None),
)


def indicators() -> IndicatorsView:
    """The page of a factory with everything on it, with hours chosen."""
    rows = themes()
    chosen = next(row for row in rows if row.score.key == "hours")
    return IndicatorsView(
        query=IndicatorsQuery("f1", theme="hours"), factory=sample.FACTORY, stamp=sample.STAMP, first=FIRST,
        last=sample.THROUGH, since=sample.SINCE, themes=rows, chosen=chosen,
        questions=(*(question(*row) for row in QUESTIONS), hidden_question()), groups=groups(), cells=cells(),
        line=chosen.course, leads=LEADS, leads_named=tuple(one.text for one in LEADS),
        actions=tuple(map(sample.action, sample.ACTIONS)), every_buyer=True, readings=(), standard=None, clauses=(),
        courses={},
    )  # fmt: skip


def explained(key: str = "") -> ExplainedView:
    """How the overall score (or a theme's) came about."""
    parts = (Part("hours", 51.0, 54.0, 0.5), Part("pay", 63.8, 55.0, 0.5), Part("agency", None, 50.0, 0.0))
    found = Explanation(
        codebook="book", factory_id="f1", key=key, theme=key, on=sample.THROUGH, method="1.1",
        method_since=date(2026, 11, 22), half_life=90.0, answers=6180, people=410, headcount=1240,
        first_day=date(2026, 8, 22), last_day=sample.THROUGH, plain=58.2, level=57.4, variance=6.0, parts=parts,
        spread=30.0, n_eff=None, people_behind=380.4, widened=1.0, rho=0.4, rho_c=0.2, pull=0.11, peers=64,
        peer_country="BD", peer_sector="knitwear", peer_mean=54.0, quantile=2.0, score=57.026, low=52.0, high=62.0,
        score_variance=6.2, allowance=2.0, outer_low=49.0, outer_high=65.0,
        evidence=EvidenceParts("B", "A", "B", "A", "A", False, 0.29, 1.0, 2), status="settled", standing=STANDING,
    )  # fmt: skip
    names = {"hours": "Hours, rest and pace", "pay": "Pay", "agency": "Agency workers"}
    name = "Hours, rest and pace" if key else "Social score"
    return ExplainedView(sample.FACTORY, sample.STAMP, name, found, names, ("Can you quit?", "Exits?"))
