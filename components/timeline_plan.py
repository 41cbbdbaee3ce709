"""Where everything of the timeline stands: lanes, rows, then measures; first in pixels, then as domains.

Heights are chosen in pixels, so that a lane and a row look alike however many there are; Plotly is then told
the same as rounded shares of the plot.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from components.measure_rows import Panel, axis_room, block_height, panels
from scoring.model import Action, Lane, Series
from scoring.views import TimelineView

MOST_LANES = 5
MOST_NARROW_ROWS = 2
LEAST_SPAN = 40
CLUSTER_ABOVE = 60


@dataclass(frozen=True)
class Row:
    """One row of the picture: its series, its share of the plot from bottom to top, and its y range."""

    series: Series
    number: int
    bottom: float
    top: float
    low: float
    high: float
    ticks: tuple[float, float]

    @property
    def axis(self) -> str:
        """The name of its y axis as traces and shapes use it; `y` itself belongs to the lanes."""
        return f"y{self.number + 2}"


@dataclass(frozen=True)
class Plan:
    """The whole picture: its size, its margins, its lanes with their heights, its rows."""

    narrow: bool
    first: date
    last: date
    height: int
    left: int
    right: int
    top: int
    bottom: int
    plot: int
    lanes: tuple[Lane, ...]
    lanes_floor: float
    rows: tuple[Row, ...]
    rows_floor: float = 0
    """Where the rows end and, below them, the panels of production measures begin."""
    panels: tuple[Panel, ...] = ()

    def lane_height(self, number: int) -> float:
        """How high the line of a lane runs, as a share of the plot."""
        share = (1 - self.lanes_floor) / max(len(self.lanes), 1)
        return round(1 - (number + self.line_in_lane) * share, 4)

    @property
    def line_in_lane(self) -> float:
        """Where in a lane its line runs, from the top: lower on phones, where the name stands above it."""
        return 0.6 if self.narrow else 0.5

    def pixels(self, many: float) -> float:
        """So many pixels as a share of the plot's height."""
        return many / self.plot

    def share_of_period(self, first: date, last: date) -> float:
        """How much of the drawn period lies between two days."""
        return (last - first).days / max((self.last - self.first).days, 1)


def plan(view: TimelineView, narrow: bool) -> Plan:
    """The plan of a view: at most five lanes, and on a phone at most two rows."""
    lanes = drawn_lanes(view.lanes)
    series = view.rows[:MOST_NARROW_ROWS] if narrow else view.rows
    lane, title, body = (38, 38, 92) if narrow else (30, 38, 88)
    strip = (22 if lanes else 0) + (4 if narrow else 0)
    below = block_height(view.measure_lines)
    plot = max(len(lanes) * lane + strip + len(series) * (title + body) + below, 120)
    drawn = panels(view.measure_lines, plot, len(series))
    left, right, top, bottom = (max(30, axis_room(drawn)), 58, 6, 48) if narrow else (132, 96, 8, 46)
    return Plan(
        narrow, view.first, view.last, plot + top + bottom, left, right, top, bottom, plot, lanes,
        round(1 - len(lanes) * lane / plot, 4), stacked(series, plot, title, body, view.query.scale, below),
        round(below / plot, 4) if below else 0, drawn,
    )  # fmt: skip


def stacked(
    series: tuple[Series, ...], plot: int, title: int, body: int, scale: str, below: int = 0
) -> tuple[Row, ...]:
    """The rows from top to bottom, `below` pixels free under them. All span as many points, so that slopes compare."""
    ranges = [(0, 100) if scale == "full" else fitted(one) for one in series]
    span = max((high - low for low, high in ranges), default=LEAST_SPAN)
    rows = []
    for number, (one, (low, high)) in enumerate(zip(series, ranges, strict=True)):
        floor_px = below + (len(series) - 1 - number) * (title + body)
        low, high = widened(low, high, span)
        ticks = (0, 100) if scale == "full" else (low + 10, high - 10)
        bottom, top = round(floor_px / plot, 4), round((floor_px + body) / plot, 4)
        rows.append(Row(one, number, bottom, top, low, high, ticks))
    return tuple(rows)


def fitted(series: Series) -> tuple[int, int]:
    """The tens that hold all drawn ranges with 2 points to spare, at least 40 points apart."""
    lows = [point.estimate.low for point in series.points] or [50.0]
    highs = [point.estimate.high for point in series.points] or [70.0]
    low = max(0, 10 * floor((min(lows) - 2) / 10))
    high = min(100, 10 * ceil((max(highs) + 2) / 10))
    return widened(low, high, LEAST_SPAN)


def widened(low: int, high: int, span: int) -> tuple[int, int]:
    """The range grown by tens on both sides, within 0..100, until it spans so many points."""
    up = True
    while high - low < span:
        if (up and high < 100) or low <= 0:
            high += 10
        else:
            low -= 10
        up = not up
    return low, high


def drawn_lanes(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """At most five lanes: when there are more, the four fullest keep theirs and the others share one."""
    filled = tuple(lane for lane in lanes if lane.actions)
    if len(filled) <= MOST_LANES:
        return filled
    fullest = sorted(filled, key=lambda lane: len(lane.actions), reverse=True)[: MOST_LANES - 1]
    kept = tuple(lane for lane in filled if lane in fullest)
    shared = tuple(action for lane in filled if lane not in fullest for action in lane.actions)
    return (*kept, Lane("others", "All others", tuple(sorted(shared, key=lambda one: one.date))))


def is_crowded(view: TimelineView) -> bool:
    """True above sixty actions: then those of one lane and week are drawn as one mark with a count."""
    return sum(len(lane.actions) for lane in view.lanes) > CLUSTER_ABOVE


@dataclass(frozen=True)
class Mark:
    """One mark of a lane: a single action, or several of one week drawn together."""

    actions: tuple[Action, ...]

    @property
    def newest(self) -> Action:
        """The action that the mark stands for when it is clicked."""
        return self.actions[-1]


def marks(lane: Lane, *, together: bool, selected: str | None) -> tuple[Mark, ...]:
    """The marks of a lane in date order; `together` joins those of one week, but never the selected one."""
    ordered = sorted(lane.actions, key=lambda one: (one.date, one.action_id))
    groups: dict[object, list[Action]] = {}
    for one in ordered:
        monday = one.date - timedelta(days=one.date.weekday())
        alone = not together or one.action_id == selected
        groups.setdefault(one.action_id if alone else monday, []).append(one)
    return tuple(Mark(tuple(group)) for group in groups.values())
