"""Zero-tolerance answers (DESIGN §4): never averaged, told once a quarter as a band of counts.

A band is told when the quarter is over, from all its answers, and stays. Told earlier it would change from one
release to the next, and somebody who watched who answered in between would know among whom to look.
"""

from datetime import date

from data.engine import Engine

LEAST_PEOPLE = 10
"""People who answered the question in the quarter; with fewer there is no band."""
MANY_FROM = 0.2
"""Up to this share of answers that are a sign it is `some`, above it `many`."""


def fix_leads(engine: Engine, quarter: date, release: int) -> None:
    """Nothing; the vault holds the bands of a quarter that is over, from `quarter_rows` and `due`."""
    engine.do("leads_counted", quarter=quarter, least_people=LEAST_PEOPLE, many_from=MANY_FROM)
    if engine.rows("leads_any"):  # an insert of no row must not go before a large one: see write_cells
        engine.do("leads_fixed", release=release)
