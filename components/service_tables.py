"""What the operator looks at: the newest releases and loads, as tables."""

from collections.abc import Sequence
from datetime import datetime

from dash import html

from components import states
from scoring.operation import LoadRecord, ReleaseRecord
from scoring.words import count, short_day


def release_table(releases: Sequence[ReleaseRecord]) -> html.Div | html.Table:
    """The newest releases, or what to do to make the first."""
    if not releases:
        text = ["Load answers, then run ", html.Code("flask release"), " to publish the first one."]
        return html.Div(states.nothing_yet("No release yet", text, icon="box-seam"), className="sl-pad")
    rows = [
        html.Tr(
            [
                html.Th(f"Release {entry.release}", scope="row"),
                html.Td(short_day(entry.through)),
                html.Td(count(entry.cells), className="n"),
                html.Td(count(entry.closed_now), className="n"),
                html.Td(moment(entry.made_at)),
            ]
        )
        for entry in releases
    ]
    heads = ("Release", "Answers through", "Cells|n", "Closed now|n", "Made, UTC")
    return table("Newest releases", heads, rows, "sl-releases")


def load_table(loads: Sequence[LoadRecord]) -> html.Div | html.Table:
    """The newest loads with what was accepted and what was not, or how to make the first."""
    if not loads:
        text = ["Run ", html.Code("flask load FOLDER"), " with a folder of files to load the first answers."]
        return html.Div(states.nothing_yet("Nothing loaded yet", text, icon="inbox"), className="sl-pad")
    rows = [
        html.Tr(
            [
                html.Th(entry.name, scope="row"),
                html.Td(count(entry.accepted), className="n"),
                html.Td(count(entry.rejected), className="n"),
                html.Td(count(entry.already_present), className="n"),
                html.Td(quarantine(entry)),
                html.Td(moment(entry.at)),
            ]
        )
        for entry in loads
    ]
    heads = ("Loaded", "Accepted|n", "Rejected|n", "Already present|n", "Quarantine file", "When, UTC")
    return table("Newest loads", heads, rows, "sl-loads")


def table(caption: str, heads: Sequence[str], rows: Sequence[html.Tr], name: str) -> html.Div:
    """A plain table in its own scrolling region; a head that ends in `|n` stands over numbers."""
    cells = [
        html.Th(head.removesuffix("|n"), className="n" if head.endswith("|n") else "", scope="col") for head in heads
    ]
    body = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr(cells)), html.Tbody(rows)],
        className=f"sl-table sl-service {name}",
    )  # fmt: skip
    return html.Div(body, className="sl-scroll", tabIndex="0", role="region", **{"aria-label": caption})


def quarantine(entry: LoadRecord) -> html.Span:
    """The name of the file that holds the rejected rows with their reasons."""
    if entry.quarantine is None:
        return html.Span("none", className="sl-flat")
    return html.Span(entry.quarantine, className="sl-mono")


def moment(text: str) -> str:
    """An ISO moment to the minute as people write it: "20 Nov 2026, 04:10"; anything else as it is."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{short_day(said.date())}, {said:%H:%M}"
