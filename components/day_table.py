"""Day to day in words: how fine the picture is, a sentence for it, and the same as a table."""

from statistics import median

from dash import html

from components.marks import icon
from scoring.views import IndicatorsView
from scoring.words import counted, day, score_line, score_text, stretch, whole

MOST_LINES = 200
WIDE = 14
GRAINS = {"week": "by week", "4 weeks": "by four weeks", "quarter": "by quarter"}
FINEST = "Finer than that is not shown, so that nobody can be recognised."


def day_note(view: IndicatorsView) -> str:
    """What a dot is and how wide it usually is; where that is wide, that it is no finer anywhere."""
    if not view.cells:
        return "Dots appear with the first answers of this period that may be shown."
    days = round(median(cell.days for cell in view.cells))
    wide = "a day" if days <= 1 else f"about {days} days"
    grain = GRAINS.get(view.line.grain, "") if view.line else ""
    line = f" Line and band are the theme {grain}." if view.line and view.line.points else ""
    return (
        f"Each dot is one question: ten answers or more, over {wide} here.{line}{' ' + FINEST if days > WIDE else ''}"
    )


def day_sentence(view: IndicatorsView) -> str:
    """What the picture shows, for those who cannot see it."""
    name = f"{view.chosen.score.name}, {score_line(view.chosen.score)}" if view.chosen else ""
    newest = view.line.points[-1] if view.line and view.line.points else None
    ending = f" The newest value is {score_text(newest.estimate)}." if newest else ""
    dots, actions = counted(len(view.cells), "dot"), counted(len(view.actions), "buyer action")
    return f"{name}. From {day(view.first)} to {day(view.last)}: {dots} and {actions}.{ending}"


def day_table(view: IndicatorsView) -> html.Details:
    """The newest cells as a table; the file holds all of them."""
    newest = list(reversed(view.cells))[:MOST_LINES]
    heads = html.Tr(
        [html.Th("Days", scope="col"), html.Th("Question", scope="col"), html.Th("Mean", scope="col", className="n")]
    )
    rows = [
        html.Tr([html.Td(stretch(c.first, c.last)), html.Td(c.name), html.Td(str(whole(c.value)), className="n")])
        for c in newest
    ]
    table = html.Table([html.Thead(heads), html.Tbody(rows)], className="sl-table")
    box = html.Div(
        table, className="sl-table-box", tabIndex=0, role="region", **{"aria-label": "Day to day as a table"}
    )
    more = len(view.cells) - len(newest)
    rest = html.P(f"The newest {MOST_LINES}; the file holds {more} more.", className="sl-micro") if more else None
    return html.Details([html.Summary([icon("table"), "Show as table"]), box, rest], className="sl-twin")
