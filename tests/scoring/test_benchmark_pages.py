"""The benchmark page: what an address may ask for, order, what is hidden, months without a bridge, two reads."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scoring.benchmark_pages import benchmarks, calendar
from scoring.benchmark_query import MOST_COMPARED, BenchmarkQuery, Cohort
from scoring.benchmark_views import BenchmarkView, Spread, Told
from tests import sample_benchmarks as sample
from tests.sample_benchmarks import APRIL, JUNE, MAY, STAMP, TODAY, row
from tests.scoring.test_benchmarks import cohort, opened


def ask(**url: object) -> BenchmarkView:
    """The sample page of an address."""
    return sample.view(BenchmarkQuery.from_url(url))


def middles(spreads: Any) -> list[int | None]:
    return [one.told.p50 if one.told else None for one in spreads]


@pytest.mark.parametrize(
    "cohort", [Cohort(), Cohort("BD"), Cohort(None, "knitwear"), Cohort("KE", "a,b~c %2C ü"), Cohort("~", ",")]
)
def test_a_cohort_in_an_address_comes_back_as_it_was(cohort: Cohort) -> None:
    assert Cohort.from_key(cohort.key) == cohort
    asked = BenchmarkQuery(compare=(cohort, Cohort("VN")))
    assert BenchmarkQuery.from_url(asked.to_url()) == asked


def test_an_address_says_everything_and_leaves_out_what_is_usual() -> None:
    query = BenchmarkQuery("HRS", "BD", "knitwear", JUNE, "book", (Cohort("KE"), Cohort()))
    url = query.to_url()
    assert url == {
        "theme": "HRS", "country": "BD", "sector": "knitwear", "month": "2026-06", "codebook": "book",
        "compare": "KE~,~",
    }  # fmt: skip
    assert BenchmarkQuery.from_url(url) == query
    assert BenchmarkQuery().to_url() == {}


@pytest.mark.parametrize(
    "value", [None, 1, True, 1e308, [], ["KE"], {}, {"a": 1}, "", "x" * 5000, "\ud800", "KE\ud800"]
)
def test_whatever_an_address_holds_nothing_raises(value: Any) -> None:
    names = ("theme", "country", "sector", "month", "codebook", "compare")
    for name in names:
        assert ask(**{name: value}).query == BenchmarkQuery()
    assert BenchmarkQuery.from_url(dict.fromkeys(names, value)).compare == ()


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-0", "0000-01", "26-06", "2026-06-30", "２０２６-06", "2031-01", "2026-05"]
)
def test_a_month_that_is_not_frozen_falls_back_to_the_newest(month: str) -> None:
    assert ask(month=month).month == JUNE
    assert ask(month=month).query.month is None


def test_what_there_is_not_falls_back_part_by_part() -> None:
    view = ask(theme="nope", country="KE", sector="nope", codebook="nope", compare="XX~,BD~,~nope,KE~,~")
    assert view.query == BenchmarkQuery(country="KE", compare=(Cohort("BD"), Cohort()))
    assert len(ask(compare="BD~,VN~,KE~,ET~").courses) == MOST_COMPARED
    assert ask(compare="~,~,~").query.compare == ()


def test_countries_come_from_high_to_low_and_hidden_ones_last_by_name() -> None:
    rows = [*sample.ROWS, row("AL", None, "overall", JUNE), row("ZW", None, "overall", JUNE)]
    group = sample.view(rows=rows).by_country
    assert [one.cohort.country for one in group.rows] == ["KE", "VN", "BD", "AL", "ET", "ZW"]
    assert middles((group.whole, *group.rows)) == [62, 68, 62, 58, None, None, None]


def test_a_hidden_spread_carries_nothing() -> None:
    ethiopia = next(one for one in ask().by_country.rows if one.cohort.country == "ET")
    assert ethiopia == Spread(Cohort("ET"), "overall", "Overall score", date(2026, 6, 30), None)


def test_hidden_and_never_there_are_one() -> None:
    """Footwear in Kenya is in no row of the table, knitwear there is in one without numbers."""
    kenya = ask().both[sorted(["BD", "ET", "KE", "VN"]).index("KE")]
    assert [one.cohort for one in kenya] == [Cohort("KE", "footwear"), Cohort("KE", "knitwear")]
    assert [one.told for one in kenya] == [None, None]
    without = [one for one in sample.ROWS if one[:2] != ("KE", "knitwear")]
    assert sample.view(rows=without) == sample.view()


def test_a_chosen_country_splits_into_its_sectors_and_a_sector_into_its_countries() -> None:
    view = ask(country="BD", sector="knitwear")
    assert view.by_country.whole.cohort == Cohort(None, "knitwear")
    assert middles(view.by_country.rows) == [57, None, None, None]
    assert view.by_sector.whole.cohort == Cohort("BD")
    assert middles((view.by_sector.whole, *view.by_sector.rows)) == [58, 59, 57]
    assert view.by_theme.whole.cohort == view.query.chosen == Cohort("BD", "knitwear")


def test_themes_of_the_chosen_cohort_stand_side_by_side() -> None:
    everywhere, kenya = ask().by_theme, ask(country="KE").by_theme
    assert [(one.theme, one.theme_name) for one in everywhere.rows] == [("PAY", "Pay"), ("HRS", "Hours, rest and pace")]
    assert middles((everywhere.whole, *everywhere.rows)) == [62, 70, 55]
    assert [(one.theme, one.told is None) for one in kenya.rows] == [("HRS", False), ("PAY", True)]


def test_a_theme_changes_what_is_compared_everywhere() -> None:
    view = ask(theme="HRS")
    assert view.theme.name == "Hours, rest and pace"
    assert middles((view.by_country.whole, *view.by_country.rows)) == [55, 57, None, None, None]
    assert middles(view.courses[0]) == [None, None, 55]


def test_months_never_frozen_are_gaps_and_never_bridged() -> None:
    view = ask(country="KE", compare="~,BD~")
    assert view.months == (APRIL, JUNE)
    assert [[one.on.month for one in course] for course in view.courses] == [[4, 5, 6]] * 3
    assert [middles(course) for course in view.courses] == [[66, None, 68], [60, None, 62], [None, None, 58]]
    assert calendar([date(2025, 11, 1), date(2026, 2, 1)]) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip


def test_an_older_month_shows_that_month_and_every_course() -> None:
    view = ask(month="2026-04")
    assert (view.month, view.on) == (APRIL, date(2026, 4, 30))
    assert view.countries == ("KE",)
    assert middles((view.by_country.whole, *view.by_country.rows)) == [60, 66]
    assert middles(view.courses[0]) == [60, None, 62]


def test_counts_and_ends_are_as_they_were_frozen() -> None:
    assert ask().by_country.whole.told == Told(60, 2400, 57, 62, 67, 50, 74)
    assert ask().by_country.rows[0].told == Told(10, 400, 63, 68, 73, None, None)


def test_another_codebook_has_its_own_months_and_themes() -> None:
    other = [row(None, None, "overall", MAY, 40), row(None, None, "PAY", MAY, 45)]
    view = sample.view(BenchmarkQuery(codebook="few"), few=other)
    assert (view.codebook, view.codebooks, view.months, view.month) == ("few", ("book", "few"), (MAY,), MAY)
    assert sample.view(BenchmarkQuery(codebook="few", month=JUNE), few=other).query.month is None
    assert sample.view(few=other).codebook == "book"


def test_everything_shown_is_listed_once_and_by_name() -> None:
    spreads = ask(country="KE", compare="~").spreads()
    named = [(one.cohort, one.theme, one.on) for one in spreads]
    assert len(named) == len(set(named))
    assert [one.cohort.kind for one in spreads] == sorted(
        (one.cohort.kind for one in spreads), key=["all", "country", "sector", "country_sector"].index
    )
    hidden_first = [one.cohort.country for one in spreads if one.cohort.kind == "country" and one.theme == "overall"]
    assert list(dict.fromkeys(hidden_first)) == ["BD", "ET", "KE", "VN"], "no order by what is told"


def test_only_frozen_cohorts_are_read_and_in_one_read_once_the_months_are_known() -> None:
    release = sample.release()
    for _ in range(2):
        benchmarks(release, BenchmarkQuery(country="KE"), STAMP, TODAY)
    assert release.cells.engine.asked == ["benchmark_frozen", "benchmark_page", "benchmark_page"]


def test_before_the_first_frozen_month_there_is_nothing() -> None:
    assert benchmarks(sample.release(()), BenchmarkQuery(), STAMP, TODAY) is None


def test_a_real_release_answers_the_same_questions(tmp_path: Path) -> None:
    full = {"p25": 50.0, "p75": 70.0}
    rows = [
        cohort(APRIL, 55.0, **full),
        cohort(JUNE, 60.0, **full),
        cohort(APRIL, 57.0, cohort="country", country="KE", **full),
        cohort(JUNE, 61.0, cohort="country", country="KE", **full),
        cohort(JUNE, None, cohort="country_sector", country="KE", sector="knit", reason="not_enough"),
        cohort(JUNE, 65.0, theme="PAY", **full),
        cohort(APRIL, 64.0, theme="PAY", **full),
        cohort(JUNE, 99.0, codebook="a book of few", factories=10, **full),
    ]
    release = opened(tmp_path, rows)
    view = benchmarks(release, BenchmarkQuery(country="KE", compare=(Cohort(),)), STAMP, TODAY)
    assert view is not None
    assert (view.codebook, view.months, view.sectors) == ("book", (APRIL, JUNE), ("knit",))
    assert [middles(course) for course in view.courses] == [[57, None, 61], [55, None, 60]]
    assert middles(view.by_sector.rows) == [None]
    pay = benchmarks(release, BenchmarkQuery(theme="PAY", month=APRIL), STAMP, TODAY)
    assert pay is not None
    assert (pay.theme.key, middles(pay.courses[0])) == ("PAY", [64, None, 65])
    odd = benchmarks(release, BenchmarkQuery("' OR 1=1", "~", "';--", compare=(Cohort("%"),)), STAMP, TODAY)
    assert odd is not None
    assert odd.query == BenchmarkQuery()
    assert middles(odd.courses[0]) == [55, None, 60]
