"""What a check or a load found: counts in a sentence and a table, reasons, findings, and the rows left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components import addresses
from components.import_words import kind_name
from components.marks import icon
from scoring.import_views import ReportView
from scoring.words import count, counted

SHOWN = 8


def report_part(report: ReportView, public_id: str, *, limited: bool, loaded: bool) -> html.Div:
    """The whole report."""
    return html.Div(
        [
            html.P(sentence(report, limited=limited, loaded=loaded), className="sl-im-sum"),
            findings_part(report),
            counts_table(report, limited=limited),
            reasons_part(report, public_id),
            *(html.P([icon("info-circle"), html.Span(said)], className="sl-note") for said in report.warnings),
            html.P(
                "Which of these answers are here already is not told: it would say who answered what. Rows that are "
                "here already are not counted twice.",
                className="sl-micro",
            )
            if limited
            else None,
        ],
        className="sl-im-report",
    )


def total(report: ReportView, what: str) -> int:
    """How many rows of all files that became of."""
    return sum(int(file.get(what, 0)) for file in report.files)


def sentence(report: ReportView, *, limited: bool, loaded: bool) -> list[Any]:
    """What became of the rows, in words: all rows of the file are one of three."""
    good, here, out = (total(report, what) for what in ("accepted", "already_present", "rejected"))
    parts = [f"{count(good + (here if limited else 0))} {'were loaded' if loaded and not limited else 'can be loaded'}"]
    if not limited:
        parts.append(f"{count(here)} {'were' if loaded else 'are'} here already")
    parts.append(f"{count(out)} {'were' if loaded else 'would be'} left out")
    return [html.B(f"{counted(good + here + out, 'row')}: "), ", ".join(parts), "."]


def counts_table(report: ReportView, *, limited: bool) -> html.Table | None:
    """The counts of each kind, where a file brings more than one."""
    if len(report.files) < 2:
        return None
    columns = [("Good", "accepted"), ("Already here", "already_present"), ("Left out", "rejected")]
    shown = [one for one in columns if not (limited and one[1] == "already_present")]
    head = html.Tr([html.Th("Of", scope="col"), *(html.Th(n, scope="col", className="num") for n, _ in shown)])
    rows = [
        html.Tr([html.Th(kind_name(str(file.get("file"))), scope="row"),
                 *(html.Td(count(number(file, what, limited=limited)), className="num") for _, what in shown)])
        for file in report.files
    ]  # fmt: skip
    return html.Table([html.Thead(head), html.Tbody(rows)], className="sl-table sl-im-counts")


def number(file: Mapping[str, Any], what: str, *, limited: bool) -> int:
    """One count of a file."""
    more = int(file.get("already_present", 0)) if limited and what == "accepted" else 0
    return int(file.get(what, 0)) + more


def findings_part(report: ReportView) -> html.Div | None:
    """What to look at before loading, what may turn into a wrong number first."""
    if not report.findings:
        return None
    ordered = sorted(report.findings, key=lambda one: not one.get("serious"))
    items = [finding(one) for one in ordered]
    first, more = items[:SHOWN], items[SHOWN:]
    rest = html.Details([html.Summary(f"{counted(len(more), 'more finding')}"), html.Ul(more)]) if more else None
    serious = sum(bool(one.get("serious")) for one in report.findings)
    title = f"{counted(serious, 'thing')} to look at first" if serious else "Worth knowing"
    return html.Div([html.H3(title), html.Ul(first), rest], className="sl-im-finds")


def finding(one: Mapping[str, Any]) -> html.Li:
    """One finding as a sentence; a serious one says so."""
    serious = bool(one.get("serious"))
    mark = (
        html.Span([icon("exclamation-triangle"), "Look"], className="sl-chip attn") if serious else icon("info-circle")
    )
    return html.Li([mark, html.Span(str(one.get("sentence", "")))])


def reasons_part(report: ReportView, public_id: str) -> html.Div | None:
    """Why rows were left out, the commonest first, and the rows as a file."""
    if not report.reasons:
        return None
    head = html.Tr([html.Th("Why", scope="col"), html.Th("How many", scope="col", className="num"),
                    html.Th("First lines", scope="col")])  # fmt: skip
    rows = [
        html.Tr(
            [
                html.Th(why(one), scope="row"),
                html.Td(count(int(one.get("count", 0))), className="num"),
                html.Td(lines_text(one.get("lines", ())), className="sl-num"),
            ]
        )
        for one in report.reasons[:SHOWN]
    ]
    link = html.A([icon("download"), f"The {counted(report.left_out, 'row')} left out, as CSV"],
                  href=addresses.import_file(public_id, "left-out.csv"), className="btn sl-btn")  # fmt: skip
    return html.Div(
        [
            html.H3("Left out, and why"),
            html.Table([html.Thead(head), html.Tbody(rows)], className="sl-table sl-cards-s sl-im-why"),
            html.Div([link, html.Span("Mend the rows there and bring the file again.", className="sl-micro")],
                     className="sl-acts") if report.left_out else None,
        ]
    )  # fmt: skip


def why(one: Mapping[str, Any]) -> str:
    """The reason, and that it is about single answers where the row itself was good."""
    said = str(one.get("reason", ""))
    return f"{said} (single answers)" if one.get("what") == "answer" else said


def lines_text(lines: object) -> str:
    """The first lines on which it happened."""
    found: Sequence[object] = lines if isinstance(lines, (list, tuple)) else ()
    return ", ".join(count(int(line)) for line in found if isinstance(line, int))
