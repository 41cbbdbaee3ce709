"""The one large score of a page: number, likely range, word, full scale and what moved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from components import states
from components.dot_whisker import FULL, dot_whisker
from components.explanation import why
from components.grade_badge import badges
from components.marks import icon
from scoring.model import OVERALL, Change, Reason, Score, Stamp, Verdict
from scoring.views import Flag
from scoring.warning_words import sentence
from scoring.words import (
    BORDERS,
    WORDS,
    about,
    change_parts,
    counted,
    likely,
    middle_half,
    release_text,
    score_word,
    whole,
    word_span,
)

HEARD_MORE = "More people took part than the quarter before; some of the fall may come from hearing more of them."
CENTRES = ("17.5%", "42.5%", "57.5%", "72.5%", "90%")


def score_card(
    score: Score, change: Change | None, since: date, *, explain: str = "", grew: bool = False,
    warnings: Sequence[Flag] = (),
) -> html.Div:  # fmt: skip
    """A score with everything said about it, or the state that stands in its place.

    `explain` is the address that opens its drawer; `grew` says that clearly more people took part than before;
    `warnings` are those that lower the grade.
    """
    title = html.H2("Social score", id="score-title")
    if score.estimate is None:
        return html.Div([title, html.Div(absent(score.reason), className="sl-hero-state"), *warning_lines(warnings)])
    number = html.Div(
        [
            html.Span(str(whole(score.estimate.value)), className="sl-display"),
            html.Span(
                [f"likely {likely(score.estimate)}", html.Br(), html.B(score_word(score.estimate))],
                className="sl-likely",
            ),
        ],
        className="sl-hero-number",
    )
    picture = dot_whisker(score.estimate, FULL, overall=True, outer=score.outer, standing=score.standing)
    scale = html.Div([picture, five_words(*word_span(score.estimate))], className="sl-hero-scale")
    more = html.P(why(OVERALL, explain), className="sl-hero-why") if explain else None
    head = html.Div([title, badges(score)], className="sl-score-h")
    return html.Div(
        [
            head, *warning_lines(warnings), number, people_line(score), scale, change_line(change, since),
            heard_more(change, grew), more,
        ]
    )  # fmt: skip


def warning_lines(warnings: Sequence[Flag]) -> list[html.P]:
    """A line for each warning that lowers the grade: a sign, what it is about, its days and its sentence."""
    return [
        html.P([icon("flag-fill"), html.Span(sentence(one))], className="sl-note attn sl-warned") for one in warnings
    ]


def people_line(score: Score) -> html.P | None:
    """How many people stand behind the score, and where similar factories are."""
    people = "" if score.people is None else f"{about(score.people).capitalize()} people"
    grey = f"grey: {middle_half(score.standing)}" if score.standing else ""
    said = " · ".join(part for part in (people, grey) if part)
    return html.P(said, className="sl-people-line") if said else None


def heard_more(change: Change | None, grew: bool) -> html.P | None:
    """The note that stands beside a fall when clearly more people took part than before."""
    if change is None or not grew or change.verdict not in (Verdict.CLEAR_DROP, Verdict.MAYBE_LOWER):
        return None
    return html.P([icon("people"), html.Span(HEARD_MORE)], className="sl-note sl-heard")


def absent(reason: Reason | None) -> html.Div:
    """Why there is no overall score: what comes and when, and never how much is missing."""
    if reason is Reason.NOT_ASKED:
        return states.nothing_yet(
            "No score from these questions",
            "The questions asked here are not averaged. Themes and leads may still be shown below.",
        )
    return states.nothing_yet(
        "No score yet",
        "A score appears with the first release in which enough people have answered enough questions. "
        "Until then nothing is shown, so that nobody can be recognised.",
        icon="people",
    )


def five_words(first: int, last: int) -> html.Span:
    """The five words under the full scale, those that the score stands for in bold."""
    parts: list[Any] = []
    for border in BORDERS:
        parts.append(html.I(className="t", style={"left": f"{border}%"}))
        parts.append(html.I(str(border), className="k", style={"left": f"{border}%"}))
    for index, (word, centre) in enumerate(zip(WORDS, CENTRES, strict=True)):
        parts.append(html.I(word, className="on" if first <= index <= last else "", style={"left": centre}))
    return html.Span(parts, className="sl-words", **{"aria-hidden": "true"})


def change_line(change: Change | None, since: date) -> html.P:
    """What may be said about the difference, its first words in bold."""
    said, rest = change_parts(change, since)
    return html.P([html.B(said), rest] if said else rest, className="sl-hero-change")


def source_line(score: Score, stamp: Stamp) -> html.Span:
    """Where the number comes from: answers, questions, release, day and method."""
    answers = f"{about(score.answers)} answers to {counted(score.questions, 'question')} · "
    return html.Span(
        f"Source: workers’ answers, {answers if score.estimate else ''}{release_text(stamp)} · method {stamp.method}"
    )
