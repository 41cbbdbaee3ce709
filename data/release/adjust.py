"""The adjustment for who answered (DESIGN §4, statistics A2.3 with w = 1), fixed once a quarter is over.

If two thirds of a workforce are women and half of the answers are theirs, the plain mean says too little of
women. The adjustment says by how many points it would lie elsewhere if every group of the workforce had its share
of the answers, each group's mean shrunk towards what is expected of it. Steps of SQL, all factories at once:
`workforce_groups`, `stratum_sums`, `strata_told`, `adjusted`.
"""

from datetime import date

from data.engine import Engine

DEPARTURE_PRIOR = 200.0
"""How many answers' worth of a group's departure everywhere is added to its departure at one factory."""
GROUP_PRIOR = 50.0
"""How many answers' worth of its expected mean is added to a group's own answers."""
LEAST_ANSWERS = 30
"""Answers that say a group; with fewer a question is not adjusted."""
MOST_MOVED = 0.25
"""Points by which one answer may move the adjustment through its group's own mean."""
POINTS_STEP = 0.5
D_W_STEP = 0.01
"""The steps to which the two figures are rounded."""


def fix_adjust(engine: Engine, quarter: date, last_day: date, release: int) -> None:
    """Nothing; the vault holds the adjustments of a quarter that is over, from `quarter_rows` and `fixing`."""
    find_adjustments(engine, last_day)
    if engine.rows("adjusted_any"):  # an insert of no row must not go before a large one: see write_cells
        engine.do("adjust_fixed", quarter=quarter, points_step=POINTS_STEP, d_w_step=D_W_STEP, release=release)


def find_adjustments(engine: Engine, last_day: date) -> None:
    """Nothing; the temporary table `adjusted` holds every adjustment of the quarter before it is rounded."""
    engine.do("stratum_sums")
    engine.do("strata_told", departure_prior=DEPARTURE_PRIOR, least_answers=LEAST_ANSWERS, last_day=last_day)
    weigh_groups(engine)


def weigh_groups(engine: Engine) -> None:
    """Nothing; the temporary table `adjusted` is made of the groups in `strata_told`."""
    engine.do("adjusted", group_prior=GROUP_PRIOR, most_moved=MOST_MOVED)
