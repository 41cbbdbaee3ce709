"""What the form asks beside the columns: identifiers, days, numbers, what is the same in every row, new factories."""

from datetime import datetime
from typing import Any

from dash import html

from components import ids
from components.import_controls import field, select, text_input
from scoring.import_fields import IN_COLUMN, ISO, LOOKED_UP, MADE, MIXED, SAME, WAYS
from scoring.import_parts import OPEN
from scoring.import_views import ConstantView, DayView, DeclaredView, MappingView

EXAMPLE = datetime(2026, 12, 31, 14, 5)  # noqa: DTZ001  # an example of writing, of no place
NUMBERS = {OPEN: "1234.5", ".": "1,234.5", ",": "1.234,5"}
IDENTITIES = {
    IN_COLUMN: "A column of the file holds them",
    MADE: "There are none: make them of country, name and address",
    LOOKED_UP: "Look each row up among the factories that are here",
}
ORDERS = {"%d": "day", "%m": "month", "%b": "month", "%Y": "year", "%y": "year"}


def day_words(form: str) -> str:
    """A way to write days, by its example and its order: "31.12.2026 (day, month, year)"."""
    order = [ORDERS[form[i : i + 2]] for i in range(len(form)) if form[i : i + 2] in ORDERS]
    try:
        return f"{EXAMPLE.strftime(form)} ({', '.join(order)})" if order else form
    except ValueError:
        return form


def identity_part(mapping: MappingView) -> html.Div | None:
    """Where the identifiers of a list of factories come from; nothing for other files."""
    if not mapping.identity:
        return None
    hint = "Choose a column as Factory above, if one holds them. Nothing is joined with a factory here without a yes."
    control = select("identity", IDENTITIES, mapping.identity)
    return html.Div(field("Identifiers of the factories", control, hint=hint), className="sl-im-top")


def writing_part(mapping: MappingView) -> html.Div | None:
    """How days and numbers are written; only where columns hold them."""
    parts = [day_field(one, len(mapping.days)) for one in mapping.days]
    if mapping.zone is not None:
        zone = "Such as Asia/Dhaka, where the file has moments and not days. Empty for days of the factory."
        parts.append(field("Time zone of moments", text_input("date-zone", mapping.zone), hint=zone))
    if mapping.decimal is not None:
        ways = NUMBERS | ({MIXED: "In several ways, as the text says"} if mapping.decimal == MIXED else {})
        parts.append(field("How numbers are written", select("decimal", ways, mapping.decimal or OPEN)))
    return html.Div(parts, className="sl-im-top") if parts else None


def day_field(one: DayView, many: int) -> html.Div:
    """How the days of one column are written, by examples."""
    value = ISO if one.format is None else one.format or OPEN
    options = {ISO: day_words(WAYS[0])} | {form: day_words(form) for form in WAYS[1:]}
    if value == OPEN:
        options = {OPEN: "Choose…"} | options
    if value not in options:
        options[value] = " or ".join(day_words(form) for form in value.split(" | "))
    label = "How days are written" if many == 1 else f"How days are written: {one.words}"
    return field(label, select(f"{one.name}-format", options, value), hint=f"In the column {one.column}.")


def constants_part(mapping: MappingView) -> html.Div | None:
    """What no column holds, and is the same in every row."""
    if not mapping.constants:
        return None
    return html.Div(
        [
            html.H3("The same in every row"),
            html.P("What no column says can be said here for the whole file.", className="sl-small"),
            html.Div([constant_field(one) for one in mapping.constants], className="sl-im-top"),
        ],
        className="sl-im-same",
    )


def constant_field(one: ConstantView) -> html.Div:
    """One such field: a list where all it may be is known, else a line of text, with what it may be."""
    name = f"constant-{one.name}"
    hint = "Needed." if one.needed and not one.value else ""
    if not one.free:
        options = {OPEN: "Not said"} | dict(one.choices)
        if one.value:
            options.setdefault(one.value, one.value)
        return field(one.words, select(name, options, one.value or OPEN), hint=hint)
    more: dict[str, Any] = {}
    if one.name in ("date", "since"):
        hint = f"{hint} Such as 2026-12-31.".strip()
    parts: list[Any] = []
    if one.choices:
        listed = ids.imports(f"list-{one.name}")
        more["list"] = listed
        hint = f"{hint} Its identifier; begin to type its name.".strip()
        parts = [html.Datalist([html.Option(label=words, value=value) for value, words in one.choices], id=listed)]
    return html.Div([field(one.words, text_input(name, one.value, **more), hint=hint), *parts])


def declared_part(mapping: MappingView) -> html.Div | None:
    """Factories that the file names and that nobody described yet: what is said of them."""
    if mapping.declares is None:
        return None
    options = {"no": "Leave their rows out", "yes": "Make them known"}
    columns = {f"c{index}": one.name or f"column {index + 1}" for index, one in enumerate(mapping.columns)}
    return html.Div(
        [
            html.H3("Factories that the file names"),
            field("Factories not known here", select("declares", options, "yes" if mapping.declares else "no")),
            html.Div([declared_row(one, columns) for one in mapping.declared], className="sl-im-declared"),
        ],
        className="sl-im-same",
    )


def declared_row(one: DeclaredView, columns: dict[str, str]) -> html.Div:
    """What one thing is of every factory: a column, or the same for all."""
    chosen = next((key for key, name in columns.items() if one.column and name == one.column), OPEN)
    options = {OPEN: "Not said", SAME: "The same for all:"} | columns
    return html.Div(
        [
            field(
                f"{one.words} of the factory", select(f"declared-{one.name}", options, SAME if one.constant else chosen)
            ),
            field(f"{one.words} of all of them", text_input(f"declared-{one.name}-text", one.constant)),
        ],
        className="sl-im-top",
    )
