"""The questions of the import form: which one each is, and what its written values mean."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html

from access.roles import Role
from components import ids
from components.import_controls import field, select, text_input
from components.marks import icon
from scoring.import_parts import NEW, OPEN, slug
from scoring.import_questions import LEFT_OUT
from scoring.import_views import ImportView, MappingView, QuestionView

SCALES = {"yesno": "Yes or no (1, 0)", "ordinal5": "1 to 5", "scale4": "0 to 4", "scale10": "1 to 10"}
NEVER_GUESSED = "A question that is not known here is never guessed: choose which it is, or leave its column unread."
BY_OPERATOR = "One that nobody has asked yet is made known by the operator."


def questions_part(view: ImportView, mapping: MappingView) -> html.Div | None:
    """What each question is, and what its written values mean."""
    if mapping.kind != "answers" or not mapping.questions:
        return None
    owner = view.role is Role.OWNER
    cards = [question_card(index, one, view.known, owner=owner) for index, one in enumerate(mapping.questions)]
    said = f"{NEVER_GUESSED} {BY_OPERATOR}" if owner else NEVER_GUESSED
    return html.Div([html.H3("Questions"), html.P(said, className="sl-small"), *cards], className="sl-im-questions")


def question_card(index: int, one: QuestionView, known: Sequence[tuple[str, str]], *, owner: bool) -> html.Fieldset:
    """One question: its wording in the file, the question that it is, its values; for a new one theme and scale."""
    new = f"{NEW}{one.indicator if one.declares else slug(one.text)}"
    options = {OPEN: "Choose…"}
    if not owner or one.declares:
        options[new] = "A new question"
    options |= {i: f"{words} ({i})" for i, words in known}
    value = new if one.declares else one.indicator or OPEN
    options.setdefault(value, value)
    return html.Fieldset(
        [
            html.Legend(one.text),
            dbc.Input(id=ids.import_field(f"question-{index}-text"), type="hidden", value=one.text),
            near_line(one, dict(known)),
            html.Div(
                [
                    field("It is", select(f"question-{index}", options, value)),
                    None if owner and not one.declares else new_part(index, one),
                ],
                className="sl-im-question",
            ),
            values_part(index, one),
        ]
    )


def new_part(index: int, one: QuestionView) -> html.Div:
    """What a new question needs."""
    return html.Div(
        [
            field("Theme", text_input(f"theme-{index}", one.theme)),
            field("Scale", select(f"scale-{index}", SCALES, one.scale or "ordinal5")),
            field("A high answer is", select(f"polarity-{index}", {"1": "Good", "-1": "Bad"}, str(one.polarity))),
        ],
        className="sl-im-new",
    )


def values_part(index: int, one: QuestionView) -> html.Div | html.P | None:
    """What each written value means: one by one where they are few, else as lines of text."""
    if one.written:
        return values_table(index, one)
    if not one.values:
        return html.P("The file has the numbers of the scale.", className="sl-micro") if one.indicator else None
    area = dcc.Textarea(id=ids.import_field(f"values-{index}"), value=one.values, rows=3, className="form-control")
    return field("Values", area, hint="A line each: Yes = 1. Empty where the file has the numbers.")


def values_table(index: int, one: QuestionView) -> html.Div:
    """Every written value with the answer that it is."""
    steps = {str(step): step_words(step, one.steps) for step in one.steps}
    options = {OPEN: "Choose…"} | steps | {LEFT_OUT: "Does not count"}
    rows = []
    for place, (written, meaning) in enumerate(one.written):
        control = select(f"value-{index}-{place}", options, meaning if meaning in options else OPEN, size="sm")
        label = html.Label([html.Span(f"What “{written}” means", className="visually-hidden"), control])
        rows.append(html.Tr([html.Th(written, scope="row"), html.Td(label)]))
    head = html.Tr([html.Th("Written in the file", scope="col"), html.Th("Is the answer", scope="col")])
    unsaid = sum(meaning not in options for _, meaning in one.written)
    note = html.P(f"{unsaid} not said yet. Answers written so are left out.", className="sl-micro") if unsaid else None
    return html.Div([html.Table([html.Thead(head), html.Tbody(rows)], className="sl-table sl-im-values-of"), note])


def step_words(step: int, steps: Sequence[int]) -> str:
    """An answer of a scale in words: its ends are named."""
    if list(steps) == [0, 1]:
        return "1, yes" if step else "0, no"
    return f"{step}, lowest" if step == steps[0] else f"{step}, highest" if step == steps[-1] else str(step)


def near_line(one: QuestionView, known: dict[str, str]) -> html.P | None:
    """Known questions that are worded alike; a proposal, taken only by whoever reads it."""
    if one.indicator or not one.near:
        return None
    said = [f"“{known.get(indicator, '')}” ({indicator})" for indicator, _ in one.near]
    return html.P([icon("lightbulb"), html.Span(f"Worded alike: {'; '.join(said)}")], className="sl-note")
