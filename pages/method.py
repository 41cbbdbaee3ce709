"""Method: how scores are made, generated from the method in force."""

from typing import Any

from dash import html

from components import method_tables as parts
from components.sureness_rules import sureness_rules
from pages.registry import page
from scoring import method_words
from scoring.cascade_steps import CANNOT, STEPS
from scoring.studies import studies

GRADES = (
    "For each grade, at least so many people and such shares of the workforce and of its groups must have answered, "
    "and the newest answer must be no older than this. Who took part is counted by how evenly. The worst of the four "
    "counts."
)
NO_STUDY = "The study of this method in invented worlds, where the truth is known, has not been run yet."


@page("/method", name="How scores are made", permission="method.view")
def layout(**_: Any) -> html.Div:
    """The method: steps, constants, words, grades, versions and limits."""
    title = html.Div([html.H1("How scores are made"), html.P(f"{method_words.in_force()}.")])
    return html.Div(
        [
            html.Div(title, className="sl-head"),
            html.Div([html.Div(main(), className="sl-stack"), html.Div(side(), className="sl-stack")],
                     className="sl-grid sl-two sl-method"),
        ]
    )  # fmt: skip


def main() -> list[html.Section]:
    """Steps, constants and the study."""
    found = studies()
    study: list[Any] = [html.Div(html.P(NO_STUDY), className="sl-pad")]
    if found:
        study = [parts.study_table(found), html.Div(parts.study_note(found), className="sl-pad")]
    return [
        card("steps-title", "From an answer to a score", html.Div(parts.stage_list(), className="sl-pad")),
        card("constants-title", "Every constant", parts.constant_table()),
        card("study-title", "Does it hold?", *study),
        cascade(),
    ]


def cascade() -> html.Section:
    """What follows after actions: steps, words, limits. It can be linked to as "#cascade"."""
    return html.Section(
        [
            html.Div(html.H2("What follows after actions", id="cascade-title"), className="sl-card-h"),
            padded(parts.stage_list(STEPS)),
            padded(html.H3("How sure it is")),
            sureness_rules(),
            padded([html.H3("What it cannot say"), parts.bullet_list(CANNOT)]),
        ],
        id="cascade", className="sl-card sl-cascade", tabIndex=-1,
        **{"aria-labelledby": "cascade-title", "data-anchor": "true"},
    )  # fmt: skip


def side() -> list[html.Section]:
    """Limits, words, grades and versions."""
    return [
        card("limits-title", "What it does not do", padded(parts.bullet_list(method_words.limits(studies())))),
        card("words-title", "Five words", parts.word_table()),
        card("grades-title", "Evidence grades", padded(html.P(GRADES, className="sl-small")), parts.grade_table()),
        card("rules-title", "Other rules", padded(parts.bullet_list(method_words.rules()))),
        card("versions-title", "Versions", padded(parts.version_list())),
    ]


def padded(content: Any) -> html.Div:
    """Content with the room around it that tables bring themselves."""
    return html.Div(content, className="sl-pad")


def card(identifier: str, title: str, *content: Any) -> html.Section:
    """One card of the page."""
    return html.Section(
        [html.Div(html.H2(title, id=identifier), className="sl-card-h"), *content],
        className="sl-card",
        **{"aria-labelledby": identifier},
    )
