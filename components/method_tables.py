"""The parts of the method page: steps, constants, grades, versions, limits, and what the study found."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html

from components.marks import icon
from scoring import method_words
from scoring.studies import AIM, Study
from scoring.words import MINUS, short_day

LEVELS = {"factory": "score", "theme": "themes", "indicator": "questions"}
STUDY = ("Of", "Range held the truth", "Score", "Plain mean", "Pale range", "Bias", "RMSE", "Rank", "Shown")
TERMS = (
    ("Tie", "how far answering goes with being content: 0 not at all; below 0 the unhappy answer more, by so many "
     "log-odds a standard deviation between workers."),
    ("Score, plain mean, pale range", "how often each range held the truth."),
    ("Bias", "how far scores lay above the truth on average, in points."),
    ("RMSE", "how far scores lay from the truth, in points: the root of the mean square."),
    ("Rank", "how well scores put factories in their true order; 1 is exactly."),
    ("Shown", "the share of factories that had a score to show."),
)  # fmt: skip


def stage_list(stages: Sequence[method_words.Stage] = method_words.STAGES) -> html.Ol:
    """Some steps, by default those from an answer to a score, each in words and in notation."""
    return html.Ol(
        [
            html.Li([html.B(one.title), html.P(one.text), html.P(one.formula, className="sl-mono sl-formula")])
            for one in stages
        ],
        className="sl-stages",
    )


def constant_table() -> html.Div:
    """Every constant of the method in force."""
    rows = [
        html.Tr(
            [
                html.Th(one.name, scope="row"), html.Td(one.letter, className="sl-mono"),
                html.Td(one.value, className="n"), html.Td(one.sentence),
            ]
        )
        for one in method_words.constants()
    ]  # fmt: skip
    return table(("Constant", "Letter", "Value", "What it does"), rows, "Constants of the method", "sl-constants")


def grade_table() -> html.Div:
    """What each evidence grade asks for."""
    rows = [
        html.Tr([html.Th(one.grade, scope="row"), *(html.Td(cell, className="n") for cell in
                 (one.people, one.participation, one.covered, one.age))])
        for one in method_words.grade_rows()
    ]  # fmt: skip
    heads = ("Grade", "People", "Took part", "Groups", "Newest")
    return table(heads, rows, "Evidence grades", "sl-numbers")


def word_table() -> html.Div:
    """The five words."""
    rows = [html.Tr([html.Th(w, scope="row"), html.Td(span, className="n")]) for w, span in method_words.word_rows()]
    return table(("Word", "Score"), rows, "Words for scores", "sl-numbers")


def version_list() -> html.Dl:
    """Every method with what it changed, the one in force first."""
    found: list[html.Dt | html.Dd] = []
    for one in method_words.versions():
        said = html.Ul([html.Li(change) for change in one.changes]) if one.changes else "The first one."
        found += [html.Dt(f"{one.version}, since {short_day(one.since)}"), html.Dd(said)]
    return html.Dl(found, className="sl-kv sl-versions")


def bullet_list(sentences: Sequence[str]) -> html.Ul:
    """Some sentences, a line each."""
    return html.Ul([html.Li(sentence) for sentence in sentences], className="sl-sentences")


def study_table(studies: Sequence[Study]) -> html.Div:
    """What the study found: a block of rows each world and tie, each row with the picture of what the ranges held."""
    rows: list[html.Tr] = []
    for (world, tie), found in groupby(studies, key=lambda one: (one.world, one.tie)):
        told = f"{world[:1].upper()}{world[1:]}, tie {tie.replace('-', MINUS)}"
        rows.append(html.Tr(html.Th(told, scope="rowgroup", colSpan=len(STUDY)), className="grp"))
        rows += [html.Tr(study_cells(one)) for one in found]
    return table(STUDY, rows, "What the study found", "sl-study", first_number=2)


def study_cells(one: Study) -> list[Any]:
    """The cells of one row of the study; each names its column, for screens too narrow for a head."""
    shares = [share_text(value) for value in (one.covered, one.naive_covered, one.outer)]
    numbers = [number_text(value) for value in (one.bias, one.rmse, one.rank)]
    shown = zip(STUDY[2:], (*shares, *numbers, share_text(one.shown)), strict=True)
    return [
        html.Th(LEVELS.get(one.level, one.level), scope="row"),
        html.Td(coverage_dots(one), className="sl-pic"),
        *(html.Td(text, className="n", **{"data-name": name}) for name, text in shown),
    ]


def coverage_dots(one: Study) -> html.Span:
    """How often the range of the score (filled) and that of a plain mean (hollow) held the truth, beside the aim."""
    said = f"score {share_text(one.covered)}, plain mean {share_text(one.naive_covered)}, aim {share_text(AIM)}"
    parts: list[Any] = [html.I(className="x"), html.I(className="z", style={"--z": f"{100 * AIM:g}"})]
    if one.naive_covered is not None:
        ghost = html.I(className="d ghost", style={"--v": f"{100 * one.naive_covered:.1f}"})
        parts.append(ghost)
    if one.covered is not None:
        parts.append(html.I(className="d", style={"--v": f"{100 * one.covered:.1f}"}))
    return html.Span(parts, className="sl-dw full sl-coverage", role="img", **{"aria-label": said})


def share_text(value: float | None) -> str:
    """A share in whole percent, a dash without one."""
    return "–" if value is None else f"{100 * value:.0f}\u00a0%"


def number_text(value: float | None) -> str:
    """A number to two decimals, a dash without one."""
    return "–" if value is None else f"{value:.2f}".replace("-", MINUS)


def study_note(studies: Sequence[Study]) -> html.Div:
    """How to read the picture and the words of its head, and how many worlds are behind it."""
    seeds = max((one.seeds for one in studies if one.seeds is not None), default=0)
    worlds = f" A row is the mean over up to {seeds} invented worlds." if seeds else ""
    text = f"Filled: our score. Hollow: a plain mean. The line is the aim, {share_text(AIM)}.{worlds}"
    terms = [html.Li([html.B(f"{word}: "), meaning]) for word, meaning in TERMS]
    said = html.P([icon("info-circle"), " ", text], className="sl-small")
    return html.Div([said, html.Ul(terms, className="sl-sentences sl-terms")])


def table(
    heads: Sequence[str], rows: list[html.Tr], caption: str, kind: str, *, first_number: int | None = None
) -> html.Div:
    """A plain table that may scroll within itself on a phone."""
    numeric = "sl-numbers" in kind
    head = html.Thead(html.Tr([
        html.Th(name, scope="col", className="n" if (numeric and i) or (first_number and i >= first_number) else "")
        for i, name in enumerate(heads)
    ]))  # fmt: skip
    shown = html.Table([html.Caption(caption, className="visually-hidden"), head, html.Tbody(rows)])
    shown.className = f"sl-table {kind}"
    return html.Div(shown, className="sl-scroll", tabIndex=0, role="region", **{"aria-label": caption})
