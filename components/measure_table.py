"""Production measures in figures: the table beside the picture, and what their columns in files mean."""

from dash import html

from components.measure_words import HEADING, NOTHING, amount, made_of
from components.table_columns import measured, worded
from scoring.measure_views import MeasureLine, MeasurePoint
from scoring.words import stretch

MEASURE_FIELDS = (
    measured(
        "value", "What the factory told, the mean day of the week. Empty: a score of workers.", "the measure’s own"
    ),
    worded("unit", "What the value is counted in, as the factory told it. Empty: it told none."),
)
MEASURE_NOTE = "Rows with a value and no score are production measures that the factory told and no answers of workers"


def measure_table(line: MeasureLine) -> html.Div:
    """The weeks of one measure, newest first, under its name and what it is; weeks without a value are left out."""
    said = html.Span(f"{HEADING}: {made_of(line.measure)}", className="sl-micro d-block")
    head = html.Thead(html.Tr([html.Th("Days", scope="col"), html.Th("Value", scope="col", className="n"),
                               html.Th("Days told", scope="col", className="n")]))  # fmt: skip
    body = html.Tbody([week_line(point) for point in reversed(line.points)] or nothing())
    table = html.Table([html.Caption([line.measure.full_name, said]), head, body], className="sl-table")
    named = {"aria-label": f"{line.measure.full_name} as a table"}
    return html.Div(table, className="sl-table-box", tabIndex=0, role="region", **named)


def week_line(point: MeasurePoint) -> html.Tr:
    """One week of a measure."""
    value = html.Td(html.B(amount(point.value)), className="n")
    return html.Tr([html.Td(stretch(point.first, point.last), className="sl-num"), value,
                    html.Td(str(point.days), className="n")])  # fmt: skip


def nothing() -> list[html.Tr]:
    """The one line of a table without a week."""
    return [html.Tr(html.Td(NOTHING, colSpan=3, className="sl-few"))]
