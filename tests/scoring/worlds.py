"""Random releases with everything a score can depend on, and with most of it missing somewhere."""

from datetime import date, timedelta

import numpy as np

from tests.scoring.releases import Adjusted, Asked, CellRow, Flagged, Made, Reached, Site, cell_of

ON = date(2026, 6, 20)
FIELDS = [
    ("BD", "garments"), ("BD", "garments"), ("BD", "garments"), ("BD", "garments"), ("BD", "footwear"),
    ("IN", "garments"), ("IN", "garments"), ("IN", None), ("IN", "spinning"), ("IN", "spinning"),
    ("VN", "garments"), ("VN", "garments"), ("KH", "footwear"), (None, None), ("BD", "garments"), ("IN", "spinning"),
]  # fmt: skip
"""Countries and sectors with four factories, three, two and one; the last factories have no cell, or a few."""
YOUNG = (1, 11)
"""The factories that were first asked this year."""
QUARTERS = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)]
KINDS = (
    *(("scored", False, False, f"T{i % 3}") for i in range(8)),
    *(("scored", False, False, "T3"), ("context", False, False, "T0"), ("scored", True, False, "T4")),
    *(("scored", False, True, "V") for _ in range(3)),
)
"""Role, whether zero-tolerance, whether a vignette, and theme: nine averaged questions in four themes."""


def random_release(seed: int) -> Made:
    """Sixteen factories and two codebooks; the second one is that of few."""
    rng = np.random.default_rng(seed)
    questions = [
        Asked(f"Q{i}", theme, role, zero, vignette, codebook=book)
        for book in ("book", "other")
        for i, (role, zero, vignette, theme) in enumerate(KINDS)
    ]
    sites = [
        Site(f"F{i:02}", country, sector, int(rng.integers(40, 900)) if rng.random() < 0.8 else None)
        for i, (country, sector) in enumerate(FIELDS)
    ]
    cells = []
    for place, site in enumerate(sites[:-1]):
        books = {3: ("book", "other"), 4: ("other",), 8: ("book", "other")}.get(place, ("book",))
        asks = rng.random() < 0.7
        for q in questions:
            if q.codebook in books and rng.random() < (0.95 if asks else 0.5):
                first = date(2026, 2, 1) if place in YOUNG else date(2025, 1, 5)
                cells += random_cells(rng, site.factory_id, q, first)
    made = Made(cells, questions, sites, reach=random_reach(rng, sites), pooled=bool(rng.random() < 0.8))
    made.adjust = [
        Adjusted(site.factory_id, q.indicator_id, quarter, points / 2, 1 + wider / 100, q.codebook)
        for site in sites for q in questions for quarter in QUARTERS[1:-1]
        for points, wider in [rng.integers([-16, 0], [17, 90]).tolist()]
        if rng.random() < 0.5
    ]  # fmt: skip
    made.flags = [
        Flagged(sites[i].factory_id, first, first + timedelta(days=int(rng.integers(1, 60))))
        for i in range(0, 14, 3)
        for first in [date(2025, 11, 1) + timedelta(days=int(rng.integers(0, 260)))]
    ]
    made.likeness = {(fact, "book"): float(rng.uniform(0.2, 0.6)) for fact in ("rho", "rho_c") if rng.random() < 0.5}
    return made


def random_cells(rng: np.random.Generator, factory: str, asked: Asked, first: date) -> list[CellRow]:
    """The cells of one question: a few, of any width, that leave days out."""
    closed = first + timedelta(days=int(rng.integers(0, max((date(2026, 5, 20) - first).days, 1))))
    found = []
    lean = rng.dirichlet(np.ones(5))
    while closed < date(2026, 6, 30) and rng.random() < 0.95:
        width = int(rng.integers(1, 60))
        x = rng.choice([0, 25, 50, 75, 100], int(rng.integers(10, 60)), p=0.8 * lean + 0.04)
        found.append(cell_of(factory, asked.indicator_id, closed + timedelta(days=1), width, x, asked.codebook))
        closed += timedelta(days=width + int(rng.integers(0, 40)))
    return found


def random_reach(rng: np.random.Generator, sites: list[Site]) -> list[Reached]:
    """Who took part in some quarters: at one factory nobody says, at others too few, and much is not known."""

    def perhaps(value: int, likely: float = 0.85) -> int | None:
        return value if rng.random() < likely else None

    return [
        Reached(
            site.factory_id, quarter, perhaps(5 * int(rng.integers(2, most))), perhaps(5 * int(rng.integers(2, most))),
            perhaps(5 * int(rng.integers(5, 80))), perhaps(int(rng.integers(40, 900)), 0.5),
            perhaps(20 * int(rng.integers(0, 6))),
        )
        for site in sites[1:]
        for most in [int(rng.choice([4, 10, 30, 30]))]
        for quarter in QUARTERS
    ]  # fmt: skip


def even_cells(
    factory: str, asked: Asked, mean: float, last: date = ON, weeks: int = 40, n: int = 20, spread: float = 600.0
) -> list[CellRow]:
    """Weekly cells with exactly this mean, and this spread of answers, up to a day."""
    return [
        CellRow(
            factory, asked.indicator_id, last - timedelta(days=7 * week + 6), last - timedelta(days=7 * week), n,
            n * mean, n * (mean * mean + spread), asked.codebook,
        )
        for week in range(weeks)
    ]  # fmt: skip


def even_reach(factory: str, people: int = 60, headcount: int | None = 120, covered: int | None = 100) -> Reached:
    """That many people of the last quarter, all of whom answered everything as often."""
    return Reached(factory, date(2026, 4, 1), people, people, 60, headcount, covered)
