"""Closing as DESIGN §4, ADR 0008 and ADR 0009 tell it: one series at a time, answer by answer, with lists."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.data.release.vaults import LOWEST_HIGHEST, Answer, Question

Series = tuple[int, int]


def quarter(day: date) -> tuple[int, int]:
    """The calendar quarter of a day."""
    return day.year, (day.month - 1) // 3


def recoded(question: Question, level: int) -> float:
    """x in 0..100, by the table of FORMATS §1."""
    x = {
        "yesno": 100.0 * level,
        "ordinal5": 25.0 * (level - 1),
        "scale4": 25.0 * level,
        "scale10": 100.0 * (level - 1) / 9.0,
    }[question.scale]
    assert LOWEST_HIGHEST[question.scale][0] <= level <= LOWEST_HIGHEST[question.scale][1]
    return x if question.polarity == 1 else 100.0 - x


def fifth(x: float) -> int:
    """0..4 for [0,20), [20,40), [40,60), [60,80), [80,100]."""
    return sum(x >= edge for edge in (20, 40, 60, 80))


def people(answers: list[Answer]) -> int:
    """Distinct keys of the best single quarter; a sitting without a key counts as one."""
    by_quarter: dict[tuple[int, int], list[int | None]] = defaultdict(list)
    for answer in answers:
        by_quarter[quarter(answer.day)].append(answer.person)
    found = [len(set(keys) - {None}) + keys.count(None) for keys in by_quarter.values()]
    return max(found, default=0)


def apart(answers: list[Answer]) -> int:
    """How many answers differ from the commonest value."""
    return len(answers) - max(Counter(answer.level for answer in answers).values(), default=0)


@dataclass
class Open:
    """An accumulator: the answers held, the days they stand for, and who counts as people since the last look."""

    answers: list[Answer] = field(default_factory=list)
    counting: list[Answer] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    newest: tuple[int, int] = (0, 0)

    def add(self, joining: list[tuple[date, Answer]]) -> None:
        """Adds what joins on one day. A key of a quarter older than the newest held is no person of its own."""
        self.newest = max([self.newest, *(quarter(answer.day) for _, answer in joining)])
        for day, answer in joining:
            self.answers.append(answer)
            self.days.append(day)
            if quarter(answer.day) == self.newest:
                self.counting.append(answer)

    def may_close(self) -> bool:
        """Ten people since the last look, and two that differ of all held. Looking begins the next wait."""
        if people(self.counting) < 10:
            return False
        self.counting, self.newest = [], (0, 0)
        return len(self.answers) >= 10 and apart(self.answers) >= 2


@dataclass(frozen=True)
class Cell:
    """A closed accumulator, with the answers in it."""

    opened: date
    closed: date
    answers: tuple[Answer, ...]

    def row(self, series: Series, question: Question) -> tuple[Any, ...]:
        """The cell as the vault has it."""
        x = [recoded(question, answer.level) for answer in self.answers]
        fifths = Counter(map(fifth, x))
        sums = (len(x), sum(x), sum(value * value for value in x))
        return (*series, self.opened, self.closed, *sums, *(fifths[i] for i in range(5)))


class SlowVault:
    """The same loads and releases, closed slowly."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = {asked.question: asked for asked in questions}
        self.waiting: list[Answer] = []
        self.cells: dict[Series, list[Cell]] = defaultdict(list)
        self.open: dict[Series, Open] = defaultdict(Open)

    def load(self, answers: list[Answer]) -> None:
        """Nothing; the answers wait to be closed."""
        self.waiting += [a for a in answers if not self.questions[a.question].zero_tolerance]

    def release(self, through: date) -> None:
        """Closes everything up to a day."""
        due = [a for a in self.waiting if a.day <= through]
        self.waiting = [a for a in self.waiting if a.day > through]
        for factory in {a.factory for a in due}:
            first = min((c.opened for s, cells in self.cells.items() if s[0] == factory for c in cells), default=None)
            arrived: dict[Series, list[Answer]] = defaultdict(list)
            for answer in due:
                if answer.factory == factory:
                    arrived[factory, answer.question].append(answer)
            if first is None:
                for series in [s for s in self.open if s[0] == factory]:
                    arrived[series] += self.open.pop(series).answers
            for series, answers in arrived.items():
                self.take(series, answers, first, through)

    def take(self, series: Series, answers: list[Answer], first: date | None, through: date) -> None:
        """Takes the answers of one series in; `first` is the day of the factory's first cell."""
        held = self.open[series]
        if first is not None and (self.cells[series] or held.answers):
            border = min([first, *held.days])
            early = [a for a in answers if a.day < border]
            left = self.fold(series, Open(), [(a.day, a.day, a) for a in early], through)
            answers = [a for a in answers if a.day >= border] + left.answers
        after = max((cell.closed for cell in self.cells[series]), default=date.min)
        dated = [(max(a.day, after + timedelta(days=1)), a) for a in answers]
        last = max(held.days, default=date.min)
        self.open[series] = self.fold(series, held, [(max(day, last), day, a) for day, a in dated], through)

    def fold(self, series: Series, held: Open, joining: list[tuple[date, date, Answer]], through: date) -> Open:
        """Walks over the days and closes what may be closed; what stays open comes back."""
        for today in sorted({day for day, _, _ in joining}):
            held.add([(dated, a) for day, dated, a in joining if day == today])
            if today <= through and held.may_close():
                self.cells[series].append(Cell(min(held.days), max(held.days), tuple(held.answers)))
                held = Open()
        return held

    def rows(self) -> list[tuple[Any, ...]]:
        """Every cell as the vault has it."""
        return sorted(
            cell.row(series, self.questions[series[1]]) for series, cells in self.cells.items() for cell in cells
        )
