"""What may be chosen on the benchmark page: theme, country, sector, month, codebook, cohorts beside one another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html

from components.benchmark_table import address
from components.marks import icon
from scoring.benchmark_query import MOST_COMPARED, Cohort
from scoring.benchmark_views import BenchmarkView
from scoring.benchmark_words import cohort_name, years
from scoring.group_words import capital
from scoring.model import OVERALL
from scoring.words import country_name, month

Option = tuple[str, Mapping[str, str | None], bool]
"""Its name, what changes in the address, and whether it is chosen."""


def controls(view: BenchmarkView) -> html.Div:
    """The row of choices over the cards."""
    query = view.query
    themes = [(c.name, {"theme": None if c.key == OVERALL else c.key}, c == view.theme) for c in view.themes]
    countries: list[Option] = [("All countries", {"country": None}, query.country is None)]
    countries += [(country_name(name), {"country": name}, name == query.country) for name in view.countries]
    sectors: list[Option] = [("All sectors", {"sector": None}, query.sector is None)]
    sectors += [(capital(name), {"sector": name}, name == query.sector) for name in view.sectors]
    copy = html.Button([icon("link-45deg"), "Copy link"], type="button", className="btn sl-btn push", **{
        "data-copy-link": "true"})  # fmt: skip
    pickers = [
        picker(view, "Theme", themes),
        picker(view, "Country", countries),
        picker(view, "Sector", sectors),
        month_picker(view),
        codebook_picker(view),
        copy,
    ]
    return html.Div(pickers, className="sl-bar sl-bm-bar", role="group", **{"aria-label": "What is shown"})


def picker(view: BenchmarkView, name: str, options: Sequence[Option]) -> html.Details:
    """A pill with the chosen option, that opens the list of all."""
    chosen = next((text for text, _, current in options if current), options[0][0])
    return menu(name, chosen, [option(view, one) for one in options])


def menu(name: str, chosen: str, content: Iterable[Any]) -> html.Details:
    """A pill that opens a list of links."""
    said = [html.Span(f"{name}: ", className="visually-hidden"), html.Span(chosen, className="sl-clip")]
    pill = html.Summary([*said, icon("chevron-down")], className="sl-pill")
    box = html.Div(list(content), className="sl-menu-box", role="group", **{"aria-label": name})
    return html.Details([pill, box], className="sl-menu sl-rows sl-kinds")


def option(view: BenchmarkView, one: Option) -> html.A:
    """One option as a link to the page with it chosen."""
    name, changes, current = one
    marked = {"aria-current": "true"} if current else {}
    return html.A(name, href=address(view, changes), **marked, **{"data-within": "true"})


def month_picker(view: BenchmarkView) -> html.Details:
    """Every frozen month, by year, the newest first; there are no others to choose."""
    found: list[Any] = []
    for year, months in years(view.months):
        found.append(html.Span(str(year), className="sl-micro sl-bm-year"))
        found += [option(view, (month(one), {"month": f"{one:%Y-%m}"}, one == view.month)) for one in months]
    return menu("Month", month(view.month), found)


def codebook_picker(view: BenchmarkView) -> html.Details | None:
    """The codebooks; nothing where there is only one. Themes of another codebook are others."""
    if len(view.codebooks) < 2:
        return None
    fresh = {"theme": None, "country": None, "sector": None, "compare": None}
    options = [(name, {**fresh, "codebook": name}, name == view.codebook) for name in view.codebooks]
    return picker(view, "Codebook", options)


def beside(view: BenchmarkView) -> html.Div:
    """The cohorts drawn over time: the chosen one, those beside it with a way to take each off, and a way to add."""
    compared = view.query.compare
    chips = [html.Span(cohort_name(view.query.chosen), className="sl-chip acc")]
    for cohort in compared:
        rest = ",".join(one.key for one in compared if one != cohort)
        name = cohort_name(cohort)
        chips.append(
            html.A(
                [name, icon("x")], href=address(view, {"compare": rest or None}), className="sl-chip sl-bm-off",
                **{"data-within": "true", "aria-label": f"Take {name} off"},
            )
        )  # fmt: skip
    adding = [] if len(compared) >= MOST_COMPARED - 1 else [adder(view)]
    return html.Div([*chips, *adding], className="sl-bm-beside")


def adder(view: BenchmarkView) -> html.Details:
    """The list of cohorts that may be drawn beside the chosen one."""
    taken = (view.query.chosen, *view.query.compare)
    keys = [one.key for one in view.query.compare]
    options: list[Option] = [
        (cohort_name(one), {"compare": ",".join([*keys, one.key])}, False) for one in near(view) if one not in taken
    ]
    return menu("Compare over time", "Compare with…", [option(view, one) for one in options])


def near(view: BenchmarkView) -> list[Cohort]:
    """All factories, every country, every sector, and those of both that share one with the chosen cohort."""
    query, found = view.query, [Cohort()]
    found += [Cohort(country) for country in view.countries] + [Cohort(None, sector) for sector in view.sectors]
    if query.country is not None:
        found += [Cohort(query.country, sector) for sector in view.sectors]
    if query.sector is not None:
        found += [Cohort(country, query.sector) for country in view.countries]
    return list(dict.fromkeys(found))
