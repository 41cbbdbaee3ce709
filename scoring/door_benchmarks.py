"""What the door tells of whole groups of factories: frozen cohorts only, never a factory."""

from datetime import UTC, date, datetime

import pandas as pd

from access.policy import check
from access.viewer import Viewer
from scoring import benchmark_pages
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView
from scoring.benchmarks import benchmark
from scoring.entrance import Entrance, stamp_of


class BenchmarkDoor(Entrance):
    """Answers about frozen cohorts."""

    def benchmark(self, viewer: Viewer, on: date | None = None, codebook: str | None = None) -> pd.DataFrame:
        """The frozen cohorts of a month (FORMATS §3). Raises NotAvailable, NoRelease, NotFrozen."""
        check(viewer, "benchmarks.view")
        return benchmark(self._release(), on, codebook)

    def benchmarks(self, viewer: Viewer, query: BenchmarkQuery) -> BenchmarkView | None:
        """The benchmark page; None before the first month is frozen. Raises NotAvailable, NoRelease."""
        check(viewer, "benchmarks.view")
        release = self._release()
        return benchmark_pages.benchmarks(release, query, stamp_of(release), datetime.now(UTC).date())
