"""How many people took part (DESIGN §4): fixed once a quarter is over, and said of a running one only at need.

What a quarter tells is one figure to the nearest 5, published once. A running quarter stays empty wherever an
earlier one tells enough; at a factory without any it is told in steps of ten, so that no change stands for less.
"""

from datetime import date

from data.engine import Engine


def fix_reach(engine: Engine, quarter: date, release: int) -> None:
    """Nothing; the vault holds the reach of a quarter that is over, from `quarter_rows` and `fixing`."""
    engine.do("reach_counted")
    engine.do("covered_counted")
    engine.do("reach_fixed", quarter=quarter, release=release)


def tell_running(engine: Engine, quarter: date, through: date, release: int) -> None:
    """Nothing; the vault holds the reach of the running quarter, of factories of which nothing else tells it."""
    factories = [factory for (factory,) in engine.rows("reach_unknown")]
    if factories:
        engine.do("quarter_rows", first_day=quarter, last_day=through, factories=factories)
        engine.do("reach_counted")
        engine.do("reach_running", quarter=quarter, release=release)
