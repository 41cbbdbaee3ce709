"""Slices as DESIGN §4 and docs/privacy.md tell them: one factory at a time, answer by answer, with lists."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.data.release.segmented import SCORED, THEMES, Said, Slice
from tests.data.release.slow import Cell, SlowVault, quarter, recoded
from tests.data.release.vaults import Question

DIMS = {"gender": "gender", "department": "department", "tenure_band": "tenure_band", "seg_line": "line"}
QUESTIONS = {asked.question: asked for asked in SCORED}


def level_of(answer: Said, dim: str) -> str:
    """What was said about a dimension; nothing is a level too."""
    return getattr(answer, DIMS[dim]) or "not said"


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def months_between(first: date, last: date) -> int:
    """How many months there are from one to another, both included."""
    return 12 * (last.year - first.year) + last.month - first.month + 1


@dataclass(frozen=True)
class Waits:
    """A cell that waits, and the month in which it closed."""

    month: date
    theme: str
    cell: Cell

    def people(self, running: date) -> set[object]:
        """Keys of the running quarter; sittings for those without one."""
        if quarter(self.month) != quarter(running):
            return set()
        return {identity(a) for a in self.cell.answers if quarter(a.day) == quarter(running)}


def identity(answer: Said) -> object:
    """Whom an answer counts for."""
    return answer.sitting if answer.person is None else answer.person


@dataclass
class Dimension:
    """One dimension at one factory."""

    dim: str
    waiting: list[Waits] = field(default_factory=list)
    merging: dict[str, dict[str, str]] = field(default_factory=dict)
    """Unit, level: the level it is merged into."""

    def parts(self, unit: str) -> list[Waits]:
        """What waits in a unit."""
        return [w for w in self.waiting if unit in ("overall", w.theme)]

    def split(self, unit: str) -> dict[str, list[tuple[Waits, Said]]]:
        """What waits in a unit, by level, merged where that is fixed."""
        found = defaultdict(list)
        merging = self.merging.get(unit)
        for w in self.parts(unit):
            for answer in w.cell.answers:
                level = level_of(answer, self.dim)
                found[level if merging is None else merging.get(level, merging["not said"])].append((w, answer))
        return dict(found)

    def heads(self, answers: list[tuple[Waits, Said]], running: date) -> int:
        """How many people stand behind answers."""
        return len(
            {
                identity(a)
                for w, a in answers
                if quarter(w.month) == quarter(running) and quarter(a.day) == quarter(running)
            }
        )

    def fix(self, unit: str, month: date) -> None:
        """Fixes how levels are merged, once the first whole quarter is over."""
        parts = self.parts(unit)
        begin = date(month.year, month.month - 2, 1)
        if unit in self.merging or not parts or min(w.month for w in parts) > begin:
            return
        split = self.split(unit)
        sizes = {level: (len(rows), self.heads(rows, month)) for level, rows in split.items()}
        sizes.setdefault("not said", (0, 0))
        months = months_between(min(w.month for w in parts), month)
        merged = together(sizes, 30 * months)
        if len(merged) == len(sizes):
            merged = together(sizes, 30)
        name = " or ".join(sorted(merged - {"not said"}) + ["not said"] * ("not said" in merged))
        self.merging[unit] = {level: name if level in merged else level for level in sizes}

    def closes(self, unit: str, month: date) -> bool:
        """Every level 0 or at least 30 answers of 15 people, not nearly all of a few, and at least two of them."""
        if unit not in self.merging:
            return False
        split = self.split(unit)
        return len(split) >= 2 and all(len(r) >= 30 and self.many(r, month) for r in split.values())

    def many(self, rows: list[tuple[Waits, Said]], month: date) -> bool:
        """At least 15 people, and 10 beside each level in it that has fewer than 10 itself."""
        everybody = self.heads(rows, month)
        parts = defaultdict(list)
        for row in rows:
            parts[level_of(row[1], self.dim)].append(row)
        few = [h for h in (self.heads(part, month) for part in parts.values()) if 0 < h < 10]
        return everybody >= 15 and all(everybody - h >= 10 for h in few)


def together(sizes: dict[str, tuple[int, int]], least: int) -> set[str]:
    """The levels that are merged."""
    small = {level for level, (n, heads) in sizes.items() if n < least or heads < 15}
    if not small:
        return set()
    order = sorted(sizes, key=lambda level: (level not in small, sizes[level][0], level))
    for count in range(max(2, len(small)), len(order) + 1):
        taken = order[:count]
        heads = [sizes[x][1] for x in taken]
        few = max([0, *(h for h in heads if h < 10)])
        if sum(sizes[x][0] for x in taken) >= least and sum(heads) >= max(15, 10 + few):
            return set(taken)
    return set(order)


def told(rows: list[tuple[Waits, Said]]) -> tuple[int, float]:
    """n and mean as they are told."""
    n = len(rows)
    ninths = sum(round(9 * recoded(QUESTIONS[a.question], a.level)) for _, a in rows)
    told = 5 * ((2 * n + 5) // 10)
    step = 10 if told < 60 else 5 if told < 200 else 2 if told < 500 else 1
    points = step * ((2 * ninths + 9 * n * step) // (18 * n * step))
    return told, float(min(90, max(10, points)))


class SlowSlices(SlowVault):
    """The same loads and releases; slices come out slowly."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(questions)
        self.decided = date(1970, 1, 1)
        self.dims: dict[int, dict[str, Dimension]] = defaultdict(dict)
        self.pending: dict[int, list[Waits]] = defaultdict(list)
        self.slices: list[Slice] = []

    def release(self, through: date) -> None:
        """Closes everything up to a day, and lets out what may come out at the ends of months."""
        before = {series: len(cells) for series, cells in self.cells.items()}
        first_days: dict[int, date] = {}
        for (factory, _), cells in self.cells.items():
            for cell in cells:
                first_days[factory] = min(first_days.get(factory, cell.opened), cell.opened)
        super().release(through)
        for (factory, question), cells in self.cells.items():
            for cell in cells[before.get((factory, question), 0) :]:
                known = first_days.get(factory)
                if question not in QUESTIONS or (known is not None and cell.closed < known):
                    continue
                month = cell.closed.replace(day=1)
                month = month if known is None else max(month, self.decided)
                if (cell.closed - cell.opened).days <= 91:
                    self.pending[factory].append(Waits(month, THEMES[question], cell))
        for factory in {f for f, _ in self.cells}:
            self.walk(factory, factory in first_days, through)
        self.decided = (through + timedelta(days=1)).replace(day=1)

    def walk(self, factory: int, known: bool, through: date) -> None:
        """Decides the months of one factory that are over."""
        month = self.decided if known else min((w.month for w in self.pending[factory]), default=None)
        while month is not None and month_after(month) <= through + timedelta(days=1):
            new = [w for w in self.pending[factory] if w.month == month]
            self.pending[factory] = [w for w in self.pending[factory] if w.month != month]
            for dim in DIMS:
                said = any(level_of(a, dim) != "not said" for w in new for a in w.cell.answers)
                if said and dim not in self.dims[factory]:
                    self.dims[factory][dim] = Dimension(dim)
                if dim in self.dims[factory]:
                    self.dims[factory][dim].waiting += new
                    self.decide(factory, self.dims[factory][dim], month)
            month = month_after(month)

    def decide(self, factory: int, one: Dimension, month: date) -> None:
        """Lets out what may come out of one dimension at the end of a month."""
        themes = sorted({w.theme for w in one.waiting})
        if month.month % 3 == 0:
            for unit in [*themes, "overall"]:
                one.fix(unit, month)
        closing = [theme for theme in themes if one.closes(theme, month)]
        if not (closing and 2 * len(closing) >= len(themes)):
            closing = ["overall"] if one.closes("overall", month) else []
        for unit in closing:
            parts = one.parts(unit)
            days = min(w.cell.opened for w in parts), max(w.cell.closed for w in parts)
            for level, rows in one.split(unit).items():
                self.slices.append((factory, "book", unit, one.dim, level, *days, *told(rows)))
        one.waiting = [w for w in one.waiting if not {w.theme, "overall"} & set(closing)]
