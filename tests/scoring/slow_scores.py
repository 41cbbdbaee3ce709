"""Methods 1.0 and 1.1 as the guide (A2, A4, A7) tells them, one factory after another: slow, and on its own.

Nothing here is an array, and nothing comes from `scoring`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import sqrt
from statistics import fmean

from tests.scoring.releases import Asked, CellRow, Made
from tests.scoring.slow_evidence import Who, grade_of
from tests.scoring.slow_pooling import Steady, steady
from tests.scoring.slow_styles import Line, lines

Key = tuple[str, str, str, str | None, str | None]
"""Level, codebook, factory, theme, indicator."""


@dataclass(frozen=True)
class Rules:
    """The constants of method 1.1, by the names they have there."""

    half_life: float = 90.0
    oldest: float = 4.0
    rho: float = 0.45
    rho_c: float = 0.27
    prior_answers: float = 10.0
    answers_per_person: float = 4.0
    adjusts: bool = True
    pools: bool = True
    finite: bool = True
    least_variance: float = 1.0
    least_peers: int = 3
    kappa: float = 0.25
    least_questions: float = 1 / 2
    least_themes: float = 2 / 3
    least_people: int = 30


RULES = {
    "1.0": Rules(
        rho=0.37, adjusts=False, pools=False, finite=False, kappa=0.0, least_questions=0, least_themes=0, least_people=0
    ),
    "1.1": Rules(),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One row of the score table, before counts are rounded."""

    score: float
    low: float
    high: float
    outer_low: float | None
    outer_high: float | None
    raw: float
    adjusted: float | None
    n: int
    people: int | None
    grade: str
    status: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Part:
    """One question at one factory."""

    m: float
    y: float
    v: float
    sd: float
    people: float
    n: int
    first: date
    last: date


@dataclass(frozen=True)
class Mean:
    """A theme or the whole at one factory: its level, and the weight of each question in it."""

    level: float
    v: float
    raw: float
    sd: float
    weights: dict[str, float]


class SlowBook:
    """All scores of one codebook on one day."""

    def __init__(self, made: Made, codebook: str, on: date, rules: Rules, half_life: float) -> None:
        self.made, self.codebook, self.on, self.rules, self.half_life = made, codebook, on, rules, half_life
        reach = rules.oldest * half_life
        self.who = {site.factory_id: Who(site, made, on, reach) for site in made.sites}
        self.rho = made.likeness.get(("rho", codebook), rules.rho)
        self.rho_c = made.likeness.get(("rho_c", codebook), rules.rho_c)
        self.cells: dict[tuple[str, str], list[CellRow]] = defaultdict(list)
        for c in made.cells:
            if c.codebook == codebook and c.closed <= on and self.age(c) <= reach:
                self.cells[c.factory_id, c.indicator_id].append(c)
        self.asked = [q for q in made.questions if q.codebook == codebook and is_averaged(q)]
        self.themes: dict[str, list[str]] = defaultdict(list)
        for q in self.asked:
            self.themes[q.theme].append(q.indicator_id)

    def age(self, cell: CellRow) -> float:
        """The age of the middle of a cell, in days."""
        return ((self.on - cell.closed).days + (self.on - cell.opened).days) / 2

    def weight(self, cell: CellRow) -> float:
        """How much a cell counts (A2.1)."""
        return 2 ** (-self.age(cell) / self.half_life)

    @cached_property
    def parts(self) -> dict[str, dict[str, Part]]:
        """Every question by indicator and factory."""
        return {
            q.indicator_id: {
                f: self.part(f, q.indicator_id) for f in self.who if self.cells.get((f, q.indicator_id))
            }
            for q in self.asked
        }  # fmt: skip

    def part(self, factory: str, indicator: str) -> Part:
        """A2.1 to A2.4."""
        cells, rules, who = self.cells[factory, indicator], self.rules, self.who[factory]
        weights = [self.weight(c) for c in cells]
        n_w = sum(w * c.n for w, c in zip(weights, cells, strict=True))
        m = sum(w * c.s1 for w, c in zip(weights, cells, strict=True)) / n_w
        spread = max(0.0, sum(w * c.s2 for w, c in zip(weights, cells, strict=True)) / n_w - m * m)
        n_eff = n_w**2 / sum(w * w * c.n for w, c in zip(weights, cells, strict=True))
        points = widened = 0.0
        for w, c in zip(weights, cells, strict=True):
            by, wider = self.adjustment(c)
            points, widened = points + w * c.n * by / n_w, widened + w * c.n * wider / n_w
        n = sum(c.n for c in cells)
        if who.k is None:
            people = n_eff / rules.answers_per_person
        else:
            share = 1.0 if who.sittings is None else min(1.0, n / max(n, who.sittings))
            people = 1 / (1 / who.k + (1 - share) / n_eff)
        people = max(1.0, min(n_eff, people))
        shared = self.made.pooled_variances.get((self.codebook, indicator), 900.0)
        one = (rules.prior_answers * shared + n_eff * spread) / (rules.prior_answers + n_eff - 1)
        y = min(100.0, max(0.0, m + points)) if rules.adjusts else m
        v = one * (max(1.0, widened) if rules.adjusts else 1.0) * (self.rho / people + (1 - self.rho) / n_eff)
        return Part(m, y, v, sqrt(one), people, n, min(c.opened for c in cells), max(c.closed for c in cells))

    def adjustment(self, cell: CellRow) -> tuple[float, float]:
        """The points and d_w of the quarter of a cell's middle; of the last one fixed while that one still runs."""
        middle = cell.opened + timedelta(days=(cell.closed - cell.opened).days // 2)
        quarter = date(middle.year, (middle.month - 1) // 3 * 3 + 1, 1)
        quarter = min(quarter, max((a.quarter for a in self.made.adjust), default=quarter))
        asked = (cell.factory_id, self.codebook, cell.indicator_id, quarter)
        for a in self.made.adjust:
            if (a.factory_id, a.codebook, a.indicator_id, a.quarter) == asked:
                return a.points, a.d_w
        return 0.0, 1.0

    def steadied(self, levels: dict[str, tuple[float, float]]) -> tuple[dict[str, Steady], dict[str, float]]:
        """Levels of one column, pooled; and the mean of everybody's peers."""
        places = {factory: (who.country, who.sector) for factory, who in self.who.items()}
        return steady(levels, places, self.rules.pools, self.rules.least_peers, self.rules.least_variance)

    @cached_property
    def peer_means(self) -> dict[str, dict[str, float]]:
        """What a question is at the peers of every factory; nothing where a method does not pool."""
        found = {
            indicator: self.steadied({f: (p.y, p.v) for f, p in parts.items()})[1]
            for indicator, parts in self.parts.items()
            if parts
        }
        return found if self.rules.pools else {indicator: dict.fromkeys(self.who, 0.0) for indicator in found}

    def usual(self, factory: str, theme: str) -> float:
        """What a theme is at the peers of a factory: the mean over all its questions that anybody answered."""
        return fmean(self.peer_means[i][factory] for i in self.themes[theme] if i in self.peer_means)

    @cached_property
    def theme_means(self) -> dict[str, dict[str, Mean]]:
        """Every theme by name and factory, where half of its questions are here."""
        found: dict[str, dict[str, Mean]] = {theme: {} for theme in self.themes}
        for theme, indicators in self.themes.items():
            ever = [i for i in indicators if i in self.peer_means]
            for factory in self.who:
                here = [i for i in ever if factory in self.parts[i]]
                if here and len(here) >= self.rules.least_questions * len(ever):
                    weights = {i: 1 / len(here) for i in here}
                    found[theme][factory] = self.mean(factory, weights, self.usual(factory, theme))
        return found

    @cached_property
    def whole_means(self) -> dict[str, Mean]:
        """The whole by factory, where two thirds of the themes are here and enough people took part."""
        found = {}
        ever = [theme for theme, by_factory in self.theme_means.items() if by_factory]
        for factory, who in self.who.items():
            here = [theme for theme in ever if factory in self.theme_means[theme]]
            people = who.people or 0
            # 1e-9: two thirds of three themes are two of them, whatever a computer makes of 2 / 3.
            if here and len(here) >= self.rules.least_themes * len(ever) - 1e-9 and people >= self.rules.least_people:
                inner = [self.theme_means[theme][factory].weights for theme in here]
                weights = {i: w / len(here) for one in inner for i, w in one.items()}
                found[factory] = self.mean(factory, weights, fmean(self.usual(factory, theme) for theme in ever))
        return found

    def mean(self, factory: str, weights: dict[str, float], usual: float) -> Mean:
        """A2.5, with missing questions centred on peers."""
        parts = {i: self.parts[i][factory] for i in weights}
        level = usual + sum(w * (parts[i].y - self.peer_means[i][factory]) for i, w in weights.items())
        alone = sum(w * w * parts[i].v for i, w in weights.items())
        sds = [w * parts[i].sd for i, w in weights.items()]
        k = self.who[factory].k
        people = max(1.0, max(p.people for p in parts.values()) if k is None else k)
        common = self.rho_c / people * (sum(sds) ** 2 - sum(sd * sd for sd in sds))
        v = alone + common * (1 - (self.who[factory].participation or 0.0) if self.rules.finite else 1.0)
        raw = sum(w * parts[i].m for i, w in weights.items())
        return Mean(min(100.0, max(0.0, level)), v, raw, sum(sds), weights)

    @cached_property
    def styles(self) -> dict[str, Line]:
        """How each country answers vignettes."""
        means: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        vignettes = [q.indicator_id for q in self.made.questions if q.is_vignette and q.codebook == self.codebook]
        for vignette in vignettes:
            for factory, who in self.who.items():
                cells = self.cells.get((factory, vignette), [])
                if cells and who.country:
                    n_w = sum(self.weight(c) * c.n for c in cells)
                    means[vignette][who.country].append(sum(self.weight(c) * c.s1 for c in cells) / n_w)
        return lines({v: {country: fmean(each) for country, each in one.items()} for v, one in means.items()})

    def rows(self) -> dict[Key, Told]:
        """Every row that holds a score."""
        found: dict[Key, Told] = {}
        theme_of = {q.indicator_id: q.theme for q in self.asked}
        for i, parts in self.parts.items():
            steadied, _ = self.steadied({f: (p.y, p.v) for f, p in parts.items()})
            for f, p in parts.items():
                key = ("indicator", self.codebook, f, theme_of[i], i)
                found[key] = self.told(f, steadied[f], p.m, sqrt(self.rho) * p.sd, [i], p.people)
        means = [("theme", theme, self.themes[theme], one) for theme, one in self.theme_means.items()]
        everything = [q.indicator_id for q in self.asked]
        for name, theme, members, one in [*means, ("factory", None, everything, self.whole_means)]:
            steadied, _ = self.steadied({f: (mean.level, mean.v) for f, mean in one.items()})
            for f, mean in one.items():
                k = self.who[f].k
                people = k if k is not None else max(p[f].people for p in self.parts.values() if f in p)
                people = min(people, sum(self.parts[i][f].people for i in members if f in self.parts.get(i, {})))
                sd = sqrt(self.rho_c) * mean.sd
                found[name, self.codebook, f, theme, None] = self.told(f, steadied[f], mean.raw, sd, members, people)
        return found

    def told(self, factory: str, one: Steady, raw: float, sd: float, members: list[str], people: float) -> Told:
        """One row. `sd` is how far a worker's own level lies from the factory's."""
        who = self.who[factory]
        parts = [self.parts[i][factory] for i in members if factory in self.parts[i]]
        last = max(p.last for p in parts)
        outer = one.ends(self.rules.kappa * (1 - (who.participation or 0.0)) * sd) if self.rules.kappa else (None, None)
        style = self.styles.get(who.country)
        adjusted = None if style is None else min(100.0, max(0.0, (one.score - style[0]) / style[1]))
        n = sum(p.n for p in parts)
        grade = grade_of(people, who, (self.on - last).days)
        return Told(
            one.score, *one.ends(), *outer, raw, adjusted, n, None if who.people is None else min(who.people, n), grade,
            "settling_in" if who.settling else "settled", min(p.first for p in parts), last,
        )  # fmt: skip


def is_averaged(question: Asked) -> bool:
    """True for a question that is averaged."""
    return question.role == "scored" and not question.zero_tolerance and not question.is_vignette


def slow_scores(made: Made, on: date, rules: Rules, half_life: float | None = None) -> dict[Key, Told]:
    """Every row that holds a score, by level, codebook, factory, theme and indicator."""
    books = sorted({q.codebook for q in made.questions})
    found = [SlowBook(made, book, on, rules, half_life or rules.half_life).rows() for book in books]
    return {key: row for rows in found for key, row in rows.items()}
