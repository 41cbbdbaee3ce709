"""The one door: every page, route and command reads through it, and says first who asks."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from access.levels import Level
from access.policy import check, may
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from data.state.loads import counts, loads
from scoring import footprint_pages, indicator_pages, overviews, timelines
from scoring.books import asked
from scoring.cascade_views import FootprintView
from scoring.door_accounts import AccountsDoor
from scoring.door_benchmarks import BenchmarkDoor
from scoring.door_imports import ImportsDoor
from scoring.door_pushes import PushesDoor
from scoring.door_registry import RegistryDoor
from scoring.door_replies import RepliesDoor
from scoring.door_sharing import SharingDoor
from scoring.door_suppliers import SuppliersDoor
from scoring.effects import effects
from scoring.entrance import Entrance, stamp_of
from scoring.explained_pages import explained_view
from scoring.explanations import Explanation, explained
from scoring.measure_lines import picked_measures, with_measures
from scoring.method import METHOD, Method
from scoring.model import OVERALL, Factory, Stamp, TimelineQuery
from scoring.operation import LoadRecord, ReleaseRecord, ServiceView
from scoring.quality import flags, leads
from scoring.query import FootprintQuery, IndicatorsQuery
from scoring.remarks import Remark, keep_remark, remarks_on, withdraw
from scoring.scorebook import scores_on
from scoring.scores import day_of, overall_of, scores
from scoring.views import ExplainedView, HomeView, IndicatorsView, Listed, OverviewView, TimelineView


class Door(
    AccountsDoor,
    BenchmarkDoor,
    ImportsDoor,
    PushesDoor,
    RegistryDoor,
    RepliesDoor,
    SharingDoor,
    SuppliersDoor,
    Entrance,
):
    """Answers what a viewer may see, computed on the fly from the newest release."""

    def stamp(self) -> Stamp | None:
        """The newest release, or None before the first one."""
        release = self._releases.current()
        return stamp_of(release) if release else None

    def owned(self, owner_id: str) -> frozenset[str]:
        """The factories that an owner declared as its own; none before the first release."""
        release = self._releases.current()
        if release is None:
            return frozenset()
        rows = release.cells.engine.rows("factories_named", factories=None)
        return frozenset(row[0] for row in rows if row[6] == owner_id)

    def factory_ids(self) -> frozenset[str] | None:
        """Every factory of the newest release, for commands that name one; None before the first release."""
        release = self._releases.current()
        if release is None:
            return None
        return frozenset(row[0] for row in release.cells.engine.rows("factories_named", factories=None))

    def release_number(self) -> int | None:
        """The newest release, read anew; None before the first. Raises what keeps it from being read."""
        release = self._releases.current()
        return release.number if release else None

    def factory(self, viewer: Viewer, factory_id: str) -> Factory:
        """A factory by name, for a viewer who may see its overview. Raises NotAvailable, NoRelease."""
        check(viewer, "overview.view", factory_id)
        return self._factory(self._release(), factory_id)

    def home(self, viewer: Viewer) -> HomeView:
        """The factories within the viewer's reach, each with its score, by name."""
        check(viewer, "home.view")
        release = self._releases.current()
        if release is None:
            return HomeView(viewer.role, None, ())
        if not may(viewer, "overview.view"):
            return HomeView(viewer.role, stamp_of(release), ())
        found = listed(release, self._reach(viewer, None))
        self._looked(viewer, "opened the list of factories", (one.factory.factory_id for one in found))
        return HomeView(viewer.role, stamp_of(release), found)

    def overview(self, viewer: Viewer, factory_id: str) -> OverviewView:
        """How one factory stands. Raises NotAvailable, NoRelease."""
        check(viewer, "overview.view", factory_id)
        release = self._release()
        factory = self._factory(release, factory_id)
        self._looked(viewer, "opened the overview", [factory_id])
        return overviews.overview(release, viewer, factory, stamp_of(release))

    def timeline(self, viewer: Viewer, query: TimelineQuery) -> TimelineView:
        """The central picture. Raises NotAvailable, NoRelease."""
        check(viewer, "timeline.view", query.factory)
        release = self._release()
        factory = self._factory(release, query.factory)
        self._looked(viewer, "opened the timeline", [query.factory])
        picked = picked_measures(self._state, viewer, query)
        view = timelines.timeline(release, viewer, query, factory, stamp_of(release), picked.days)
        return with_measures(view, self._state, picked)

    def footprint(self, viewer: Viewer, query: FootprintQuery) -> FootprintView:
        """What followed a buyer's own actions, or all actions at one factory. Raises NotAvailable, NoRelease."""
        check(viewer, "footprint.view", query.factory)
        if query.factory is None and may(viewer, "actions.all"):
            raise NotAvailable
        release = self._release()
        factory = self._factory(release, query.factory) if query.factory is not None else None
        met = viewer.factories_at(Level.ACTIONS) if query.factory is None else [query.factory]
        self._looked(viewer, "opened what followed actions", met)
        return footprint_pages.footprint(release, viewer, query, factory, stamp_of(release))

    def effects(
        self, viewer: Viewer, level: str, outcome: str = "indicator", codebook: str | None = None
    ) -> pd.DataFrame:
        """The cascade of all actions (FORMATS §3), for the operator. Raises NotAvailable, NoRelease, NoEffects."""
        check(viewer, "service.view")
        return effects(self._release(), level, outcome, codebook)

    def indicators(self, viewer: Viewer, query: IndicatorsQuery) -> IndicatorsView:
        """Every theme and question of a factory. Raises NotAvailable, NoRelease."""
        check(viewer, "indicators.view", query.factory)
        release = self._release()
        factory = self._factory(release, query.factory)
        self._looked(viewer, "opened the indicators", [query.factory])
        return indicator_pages.indicators(release, viewer, query, factory, stamp_of(release))

    def service(self, viewer: Viewer) -> ServiceView:
        """What the operator looks at. Raises NotAvailable."""
        check(viewer, "service.view")
        with self._state.look() as look:
            found = loads(look, 20)
            total = counts(look)
        records = tuple(
            LoadRecord(
                load.at.isoformat(" ", "minutes"), load.name, load.accepted, load.rejected, load.already_present,
                load.quarantine,
            )
            for load in found
        )  # fmt: skip
        release = self._releases.current()
        made = tuple(ReleaseRecord(*row) for row in self._releases.kept())
        return ServiceView(stamp_of(release) if release else None, made, records, total.accounts, total.organisations)

    def scores(
        self,
        viewer: Viewer,
        on: date | None,
        *,
        level: str | None = None,
        factories: Sequence[str] | None = None,
        half_life: float | None = None,
        method: Method = METHOD,
    ) -> pd.DataFrame:
        """The score table of FORMATS §3 within the viewer's reach. Raises NotAvailable, NoRelease."""
        check(viewer, "overview.view")
        for factory_id in factories or ():
            check(viewer, "overview.view", factory_id)
        release = self._release()
        reach = factories if factories or may(viewer, "service.view") else sorted(viewer.factories)
        table = scores(release, on or day_of(release), level=level, factories=reach, half_life=half_life, method=method)
        return table[within_consent(viewer, table)]

    def explanation(
        self,
        viewer: Viewer,
        factory_id: str,
        key: str = OVERALL,
        *,
        codebook: str | None = None,
        on: date | None = None,
        half_life: float | None = None,
        method: Method = METHOD,
    ) -> Explanation | None:
        """How a factory's score of a question, a theme or the whole came about; None where none is shown.

        The whole is explained by its themes, and a theme by its questions, so those must be shown too.
        Without a codebook it is the one that the factory was asked by last. Raises NotAvailable, also for a key that
        the codebook does not have; NoRelease.
        """
        check(viewer, "themes.view" if key == OVERALL else "indicators.view", factory_id)
        release = self._release()
        self._factory(release, factory_id)
        self._looked(viewer, "opened how a score is computed", [factory_id])
        last = asked(release, factory_id)
        if last is None:
            return None
        codebook = codebook or last.codebook
        found = scores_on(release, on or day_of(release), half_life or method.half_life, method)
        if codebook not in found.books:
            return None
        try:
            explanation = explained(found, codebook, factory_id, "" if key == OVERALL else key)
        except KeyError as problem:
            raise NotAvailable from problem
        return explanation if explanation is None or may(viewer, "service.view") else explanation.told()

    def explained(self, viewer: Viewer, factory_id: str, key: str = OVERALL) -> ExplainedView | None:
        """The same for a page, with names; None where no score is shown. Raises NotAvailable, NoRelease."""
        found = self.explanation(viewer, factory_id, key)
        if found is None:
            return None
        release = self._release()
        return explained_view(release, self._factory(release, factory_id), stamp_of(release), found)

    def flags(self, viewer: Viewer, factory: str | None = None) -> pd.DataFrame:
        """The warnings of one factory, or of all within the viewer's reach. Raises NotAvailable, NoRelease."""
        check(viewer, "overview.view", factory)
        return flags(self._release(), self._reach(viewer, factory))

    def leads(self, viewer: Viewer, factory: str | None = None) -> pd.DataFrame:
        """The bands of zero-tolerance answers, for owners and the operator. Raises NotAvailable, NoRelease."""
        check(viewer, "leads.view", factory)
        return leads(self._release(), self._reach(viewer, factory))

    def remarks(self, viewer: Viewer, factory_id: str, action_id: str) -> tuple[Remark, ...]:
        """What was said about an action, oldest first. Raises NotAvailable, NoRelease."""
        found = remarks_on(self._release(), self._state, viewer, factory_id, action_id)
        self._looked(viewer, "opened remarks on an action", [factory_id])
        return found

    def remark(self, viewer: Viewer, factory_id: str, action_id: str, kind: str, text: str) -> None:
        """Nothing; a note, or a buyer's dispute, is kept. Raises NotAvailable, NoRelease, NotKept."""
        keep_remark(self._release(), self._state, viewer, factory_id, action_id, kind, text)

    def withdraw(self, viewer: Viewer, factory_id: str, action_id: str, remark_id: int) -> None:
        """Nothing; a remark of the viewer's organisation is withdrawn. Raises NotAvailable, NoRelease."""
        withdraw(self._release(), self._state, viewer, factory_id, action_id, remark_id)


def listed(release: OpenRelease, reach: Sequence[str] | None) -> tuple[Listed, ...]:
    """Factories with their overall score and how it changed over a quarter of a year."""
    on = day_of(release)
    now = overall_of(scores(release, on, level="factory", factories=reach))
    then = overall_of(scores(release, on - timedelta(days=91), level="factory", factories=reach))
    rows = release.cells.engine.rows("factories_named", factories=None if reach is None else list(reach))
    return tuple(
        Listed(
            Factory(*row[:6]),
            overviews.score_of(now.get(row[0])),
            overviews.between(then.get(row[0]), now.get(row[0])),
        )
        for row in rows
    )


def within_consent(viewer: Viewer, table: pd.DataFrame) -> pd.Series:
    """Which rows of a score table the viewer is shown: of each factory as deep as it agreed."""
    needed = table["level"].map({"factory": Level.SCORE, "theme": Level.THEMES}).fillna(Level.FULL).astype(int)
    limits = {name: int(level) for name, level in viewer.limits}
    return table["factory_id"].map(limits).fillna(int(Level.ACTIONS)) >= needed
