"""Method 1.0 as docs/method.md and the guide (A2.1–A2.5) tell it, number by number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from tests.scoring.releases import CellRow, Made, pooled_variances


@dataclass(frozen=True)
class Method:
    """The constants."""

    half_life: float = 90.0
    rho: float = 0.37
    rho_c: float = 0.27
    prior: float = 10.0
    cut: float = 4.0
    z: float = 1.96


@dataclass(frozen=True)
class Part:
    """One indicator: mean, variance of the mean, standard deviation of an answer, answers, days."""

    m: float
    v: float
    sd: float
    answers: int
    first: date
    last: date


@dataclass(frozen=True)
class Told:
    """One row of the score table, before rounding."""

    score: float
    low: float
    high: float
    answers: int
    first: date
    last: date


Key = tuple[str, str, str, str | None, str | None]


def slow_scores(made: Made, on: date, method: Method | None = None) -> dict[Key, Told]:
    """Every shown row, by level, codebook, factory, theme and indicator."""
    method = method or Method()
    shared = pooled_variances(made.cells) if made.pooled else {}
    found: dict[Key, Told] = {}
    themes = {(q.codebook, q.indicator_id): q.theme for q in made.questions if is_scored(q)}
    for factory in made.factories:
        k, sittings = reach_of(made, factory, on, method)
        books: dict[str, dict[str, dict[str, Part]]] = defaultdict(lambda: defaultdict(dict))
        for (book, indicator), theme in themes.items():
            mine = [
                c for c in made.cells
                if (c.factory_id, c.codebook, c.indicator_id) == (factory, book, indicator) and c.closed <= on
            ]  # fmt: skip
            part = part_of(mine, on, method, shared.get((book, indicator), 900.0), k, sittings)
            if part is not None:
                books[book][theme][indicator] = part
                found["indicator", book, factory, theme, indicator] = told(part.m, part.v, [part], method)
        for book, by_theme in books.items():
            for theme, parts in by_theme.items():
                weights = {i: 1 / len(parts) for i in parts}
                found["theme", book, factory, theme, None] = combined(parts, weights, k, method)
            every = {i: p for parts in by_theme.values() for i, p in parts.items()}
            shares = {i: 1 / len(by_theme) / len(parts) for parts in by_theme.values() for i in parts}
            found["factory", book, factory, None, None] = combined(every, shares, k, method)
    return found


def is_scored(question) -> bool:
    """True for a question that is averaged."""
    return question.role == "scored" and not question.zero_tolerance and not question.is_vignette


def reach_of(made: Made, factory: str, on: date, method: Method) -> tuple[float | None, float | None]:
    """K: the best quarter's effective people; and the sittings of all the quarters that count."""
    near = timedelta(days=method.cut * method.half_life + 92)
    rows = [r for r in made.reach if r.factory_id == factory and on - near <= r.quarter <= on]
    people = [r.effective for r in rows if r.effective is not None]
    sittings = [r.sittings for r in rows if r.sittings is not None]
    return max(people, default=None), sum(sittings) if sittings else None


def part_of(
    cells: list[CellRow], on: date, method: Method, pooled: float, k: float | None, sittings: float | None
) -> Part | None:
    """A2.1, A2.2 and A2.4 (without adjustment) for one indicator."""
    big_n = big_s = big_q = w2 = 0.0
    answers, days = 0, []
    for c in cells:
        age = ((on - c.closed).days + (on - c.opened).days) / 2
        if age > method.cut * method.half_life:
            continue
        w = 2 ** (-age / method.half_life)
        big_n, big_s, big_q, w2 = big_n + w * c.n, big_s + w * c.s1, big_q + w * c.s2, w2 + w * w * c.n
        answers += c.n
        days += [c.opened, c.closed]
    if not days:
        return None
    m, n_eff = big_s / big_n, big_n * big_n / w2
    spread = max(big_q / big_n - m * m, 0.0)
    s2f = (method.prior * pooled + n_eff * spread) / (method.prior + n_eff - 1)
    if k is None:
        people = n_eff / 4
    else:
        p = min(1.0, answers / sittings) if sittings else 1.0
        people = 1 / (1 / k + (1 - p) / n_eff)
    people = max(1.0, min(n_eff, people))
    v = s2f * (method.rho / people + (1 - method.rho) / n_eff)
    return Part(m, v, sqrt(s2f), answers, min(days), max(days))


def combined(parts: dict[str, Part], weights: dict[str, float], k: float | None, method: Method) -> Told:
    """A2.5: the weighted mean of indicators and its variance."""
    m = sum(weights[i] * part.m for i, part in parts.items())
    alone = sum(weights[i] ** 2 * part.v for i, part in parts.items())
    sds = [weights[i] * part.sd for i, part in parts.items()]
    together = sum(sds) ** 2 - sum(sd * sd for sd in sds)
    v = alone + method.rho_c / max(1.0, 10.0 if k is None else k) * together
    return told(m, v, list(parts.values()), method)


def told(m: float, v: float, parts: list[Part], method: Method) -> Told:
    """A row with its likely range."""
    half = method.z * sqrt(v)
    first, last = min(p.first for p in parts), max(p.last for p in parts)
    return Told(m, max(0.0, m - half), min(100.0, m + half), sum(p.answers for p in parts), first, last)
