"""Suppliers as the door would hand them over, for tests. All of it is invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from access.levels import Level
from scoring.model import OVERALL, Change, Estimate, Factory, Reason, Score, Standing
from scoring.supplier_views import (
    Column,
    ComparedRow,
    CompareQuery,
    ComparisonView,
    Finding,
    Lined,
    Share,
    Supplier,
    SuppliersView,
    ThemeCell,
)
from scoring.supplier_words import moves
from scoring.views import Flag
from tests import sample_overview
from tests import sample_timeline as sample

SINCE = date(2026, 8, 21)
COLUMNS = (
    Column("PAY", "book", "PAY", "Pay"),
    Column("HRS", "book", "HRS", "Hours, rest and pace"),
)
WARNING = Flag("burst", date(2026, 10, 5), date(2026, 10, 11), "Far more answers than usual came in one week.")


def factory(key: str, name: str, country: str = "BD", sector: str = "knitwear") -> Factory:
    """One factory."""
    return Factory(key, name, country, sector, 900, date(2024, 3, 1))


def score(value: float | None, arm: float = 5, key: str = OVERALL, third: str | None = None, grade: str = "B") -> Score:
    """A score with its peers' middle half 52–62; None: too few people."""
    if value is None:
        return Score(key, key, None, Reason.NOT_ENOUGH, 3, 0)
    place = Standing("BD", "knitwear", 15, 52.0, 62.0, third)
    found = Estimate(value, value - arm, value + arm)
    return Score(key, key, found, None, 3, 560, found, 110, grade, False, place)


def theme(value: float | None, against: int = 0, change: Change | None = None, key: str = "PAY") -> ThemeCell:
    """One theme."""
    return ThemeCell(score(value, key=key), change, against)


DROP, RISE, STILL = Change(-7.0, -12.0, -2.0), Change(5.0, 1.0, 9.0), Change(1.0, -3.0, 5.0)
MEGHDAL = Supplier(
    factory("F1", "Meghdal Knit Works"), Level.ACTIONS, "book", score(57, third="lower"), score(64), DROP,
    (theme(44, -1, DROP), theme(51, 0, STILL, "HRS")), (WARNING,), (WARNING,), date(2026, 11, 18),
)  # fmt: skip
ASHONPUR = Supplier(
    factory("F2", "Ashonpur Denim", sector="denim"), Level.THEMES, "book", score(68, third="upper", grade="A"),
    score(67), STILL, (theme(66, 1), theme(69, 1, RISE, "HRS")), newest=date(2026, 11, 19),
)  # fmt: skip
TARULATA = Supplier(
    factory("F3", "Tarulata Woven 3"), Level.SCORE, "book", score(55, 9, grade="C"), score(50), RISE, None,
    newest=date(2026, 11, 12),
)  # fmt: skip
NILVANI = Supplier(
    factory("F4", "Nilvani Thread", "IN", "trims"), Level.FULL, "book", score(None), score(61), None,
    (theme(None), theme(None, key="HRS")),
)  # fmt: skip
VELANGARI = Supplier(
    factory("F5", "Velangari Cottons", "IN"), Level.FULL, "book", score(63), score(None), None,
    (theme(60), theme(55, key="HRS")),
)  # fmt: skip
EVERY = (MEGHDAL, ASHONPUR, TARULATA, NILVANI, VELANGARI)
SHARES = (Share(date(2026, 10, 2), "F5"), Share(date(2026, 11, 3), None))


def view(suppliers: Sequence[Supplier] = EVERY, shares: tuple[Share, ...] = SHARES) -> SuppliersView:
    """The list of suppliers."""
    found = SuppliersView(sample.STAMP, sample.LAST, SINCE, COLUMNS, tuple(suppliers), shares)
    return replace(found, moves=moves(found))


def lined(supplier: Supplier, acted: bool = True) -> Lined:
    """One supplier over the year, with what Northvane did there where it may be shown."""
    value = supplier.score.estimate.value if supplier.score.estimate else 50.0
    course = sample_overview.course(OVERALL, "Overall score", value, 4, broken=supplier is MEGHDAL)
    own = tuple(one for one in sample.YEAR if one.buyer_name == "Northvane")
    return Lined(supplier, course, own if acted and supplier.level is Level.ACTIONS else ())


def comparison(suppliers: Sequence[Supplier] = (MEGHDAL, ASHONPUR, TARULATA)) -> ComparisonView:
    """Some of them side by side; Ashonpur is above Meghdal in everything."""
    both = MEGHDAL in suppliers and ASHONPUR in suppliers
    found = (Finding(ASHONPUR.factory, MEGHDAL.factory, Change(11.0, 4.0, 18.0)),) if both else ()
    pairs = len(suppliers) * (len(suppliers) - 1) // 2
    rows = [ComparedRow(OVERALL, "Overall score", tuple(one.score for one in suppliers), found, pairs)]
    for place, column in enumerate(COLUMNS):
        scores = tuple(one.themes[place].score if one.themes else None for one in suppliers)
        rows.append(ComparedRow(column.key, column.name, scores, found if column.key == "HRS" else (), int(both)))
    names = tuple(one.factory.factory_id for one in suppliers)
    others = tuple(one.factory for one in EVERY if one not in suppliers)
    lines = tuple(map(lined, suppliers))
    return ComparisonView(CompareQuery(names), sample.STAMP, sample.FIRST, sample.LAST, lines, tuple(rows), others)


def named(supplier: Supplier, name: str) -> Supplier:
    """The same supplier under another name."""
    return replace(supplier, factory=replace(supplier.factory, name=name))
