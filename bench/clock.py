"""Times a piece of work, and prints figures with the ratio to another figure of the same run."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """How long something took, in seconds: the median of its runs."""

    name: str
    seconds: float


def timed(name: str, work: Callable[[], object], runs: int = 5) -> Figure:
    """The median time of some runs, after one that is not counted when there are several."""
    if runs > 1:
        work()
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return Figure(name, statistics.median(spent))


def told(figure: Figure, against: Figure | None = None, note: str = "") -> str:
    """A line with the figure and, if there is one, its ratio to another."""
    time_said = f"{figure.seconds:8.2f} s " if figure.seconds >= 1 else f"{1000 * figure.seconds:8.1f} ms"
    ratio = f"{figure.seconds / against.seconds:8.2f} x {against.name}" if against else ""
    return f"{figure.name:<44} {time_said}  {ratio:<44} {note}".rstrip()


def peak_memory() -> str:
    """The most memory this process has held, in words."""
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
