"""Plausible views for tests of the overview, the start page and the service page. All of it is invented."""

from dataclasses import replace
from datetime import date, timedelta
from math import sin

from scoring.model import OVERALL, Action, Change, Estimate, Factory, Point, Reason, Score, Series, Stamp, TimelineQuery
from scoring.operation import LoadRecord, ReleaseRecord, ServiceView
from scoring.views import Finding, HomeView, Listed, OverviewView, Participation, ThemeRow

THROUGH = date(2026, 11, 20)
SINCE = date(2026, 8, 21)
STAMP = Stamp(release=42, through=THROUGH, method="1.2", demo=True)
FACTORY = Factory("f1", "Meghdal Knit Works", "BD", "knitwear", 1240, date(2024, 3, 4))
GAP = (date(2026, 3, 9), date(2026, 4, 5))

THEMES = (
    ("hiring", "Hiring and contract", 66, 6, (2, -4, 8)),
    ("safety", "Health and safety", 63, 6, (-1, -6, 4)),
    ("facilities", "Basic facilities", 60, 6, (5, 1, 9)),
    ("family", "Children and family", 59, 8, (1, -6, 8)),
    ("pay", "Pay", 58, 7, (-3, -9, 3)),
    ("equal", "Equal treatment", 57, 7, (0, -6, 6)),
    ("respect", "Respect", 54, 7, (-6, -11, -1)),
    ("wellbeing", "Wellbeing and future", 52, 6, (-5, -10, 0)),
    ("hours", "Hours, rest and pace", 51, 7, (-7, -12, -2)),
    ("problems", "Raising problems", 44, 7, (-2, -8, 4)),
    ("organising", "Organising", 41, 8, (1, -6, 8)),
)
ACTIONS = (
    ("a1", "Rush order", "rush", -1, date(2026, 1, 12), "40 days instead of 75"),
    ("a2", "Payment late", "late", -1, date(2026, 2, 23), "48 days late"),
    ("a3", "Steadier orders", "steady", 1, date(2026, 3, 16), ""),
    ("a4", "Price cut", "price", -1, date(2026, 4, 20), "6 % less"),
    ("a5", "Order cancelled", "cancel", -1, date(2026, 6, 8), "18,000 pieces"),
    ("a6", "Payment late", "late", -1, date(2026, 8, 3), "31 days late"),
    ("a7", "Rush order", "rush", -1, date(2026, 10, 5), "48 days instead of 80"),
)


def estimate(value: float, arm: float = 5) -> Estimate:
    """A score with a symmetric range."""
    return Estimate(value, value - arm, value + arm)


def course(key: str, name: str, value: float, arm: float, *, broken: bool = False) -> Series:
    """A year of weeks that ends at `value`, with a gap in spring when `broken`."""
    points = []
    for week in range(52):
        first = THROUGH - timedelta(days=7 * (52 - week) - 1)
        last = first + timedelta(days=6)
        if broken and last >= GAP[0] and first <= GAP[1]:
            continue
        wave = value + 3 * sin(week / 5) * (51 - week) / 51 + (3 if week < 42 else 3 * (51 - week) / 9)
        points.append(Point(first, last, estimate(wave, arm)))
    return Series(key, name, 3, "week", tuple(points), (GAP,) if broken else ())


def action(row: tuple[str, str, str, int, date, str]) -> Action:
    """One buyer action of the sample year."""
    key, name, token, sign, day, what = row
    return Action(key, token, name, token, sign, day, None, "b1", "Northvane", what, "", 1.0)


def theme(key: str, name: str, value: float, arm: float, change: tuple[int, int, int] | None) -> ThemeRow:
    """One row of the sample's themes."""
    return ThemeRow(
        Score(key, name, estimate(value, arm), None, 3, 560),
        course(key, name, value, arm),
        Change(*change) if change else None,
    )


def hidden_theme(key: str = "agency", name: str = "Agency workers") -> ThemeRow:
    """A theme of which too little may be shown."""
    return ThemeRow(Score(key, name, None, Reason.NOT_ENOUGH, 2, 0), Series(key, name, 2, "week", (), ()), None)


def overview() -> OverviewView:
    """The overview of a factory with everything in it."""
    return OverviewView(
        factory=FACTORY,
        stamp=STAMP,
        overall=Score(OVERALL, "Overall", estimate(57, 5), None, 36, 6180),
        change=Change(-5, -9, -1),
        since=SINCE,
        year=course(OVERALL, "Overall", 57, 5, broken=True),
        actions=tuple(map(action, ACTIONS)),
        themes=(*(theme(*row) for row in THEMES), hidden_theme()),
        not_averaged=("Freely chosen work",),
        findings=(
            Finding(
                "after", "Rush order, 5 October",
                "Northvane, 48 days instead of 80. In the 6 weeks after, hours was 7 points lower, "
                "likely 1 to 13.",
                "rush", TimelineQuery("f1", action="a7"),
            ),
            Finding("drop", "Hours, rest and pace dropped", "A clear drop of 7 points, likely 2 to 12."),
            Finding("rise", "Basic facilities rose", "A clear rise of 5 points since August, likely 1 to 9."),
            Finding("few", "Agency workers cannot be shown", "Too few people answered, so nothing is shown."),
        ),
        participation=Participation(date(2026, 7, 1), 410, 620, 1240, date(2026, 11, 18)),
        every_buyer=True,
    )  # fmt: skip


def overview_without_score() -> OverviewView:
    """The overview of a factory that too few people have answered for."""
    return replace(
        overview(),
        overall=Score(OVERALL, "Overall", None, Reason.NOT_ENOUGH, 36, 0),
        change=None,
        year=Series(OVERALL, "Overall", 36, "week", (), ()),
        themes=(hidden_theme("pay", "Pay"), hidden_theme("hours", "Hours, rest and pace")),
        findings=(),
        participation=Participation(date(2026, 7, 1), None, None, 1240, date(2026, 11, 18)),
    )


LISTED = (
    ("f1", "Meghdal Knit Works", "BD", "knitwear", 57, 5, (-5, -9, -1)),
    ("f2", "Ashonpur Denim", "BD", "denim", 68, 5, (1, -3, 5)),
    ("f3", "Tarulata Woven 3", "BD", "woven", 55, 9, (4, -2, 10)),
    ("f4", "Velangari Cottons", "IN", "knitwear", 63, 5, (3, 1, 5)),
    ("f5", "Dokumar Konfeksiyon", "TR", "woven", 71, 4, (0, -3, 3)),
    ("f6", "Song Trava Apparel", "VN", "knitwear", 64, 3, None),
)


def listed(row: tuple[str, str, str, str, float, float, tuple[int, int, int] | None]) -> Listed:
    """One factory of the sample list."""
    key, name, country, sector, value, arm, change = row
    score = Score(OVERALL, "Overall", estimate(value, arm), None, 36, 6180)
    return Listed(Factory(key, name, country, sector, 900, None), score, Change(*change) if change else None)


def hidden_listed() -> Listed:
    """A factory whose score may not be shown."""
    score = Score(OVERALL, "Overall", None, Reason.NOT_ENOUGH, 36, 0)
    return Listed(Factory("f7", "Nilvani Thread", "IN", "trims", None, None), score, None)


def home(role: str = "buyer", factories: int | None = None, *, released: bool = True) -> HomeView:
    """The start page of a role, with all sample factories or the first few of them."""
    everything = (*map(listed, LISTED), hidden_listed())
    return HomeView(role, STAMP if released else None, everything if factories is None else everything[:factories])


def service() -> ServiceView:
    """The service page after some weeks of running."""
    return ServiceView(
        stamp=STAMP,
        releases=(
            ReleaseRecord(42, "2026-11-20T02:10:33+00:00", THROUGH, 4120, 38),
            ReleaseRecord(41, "2026-11-19T02:10:29+00:00", THROUGH - timedelta(days=1), 4082, 41),
        ),
        loads=(
            LoadRecord("2026-11-20T01:58:12+00:00", "answers.csv", 6180, 12, 40, "answers-20261120T015812.csv"),
            LoadRecord("2026-11-19T01:57:40+00:00", "orders.csv", 214, 0, 0, None),
        ),
        accounts=9,
        organisations=6,
    )


def empty_service() -> ServiceView:
    """The service page of a home in which nothing has happened yet."""
    return ServiceView(None, (), (), 1, 1)
