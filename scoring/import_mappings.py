"""How a file is read, as the form shows it."""

from collections.abc import Mapping
from typing import Any

from access.policy import may
from access.viewer import Viewer
from data.codebook.kinds import described
from data.codebook.scales import SCALES
from data.imports.sight import Sight
from data.readers.mapping import NOT_APPLICABLE
from data.readers.suggestion import KnownQuestion
from data.readers.wording import near, plain_wording
from data.release.reader import OpenRelease
from data.state.imports import Import
from data.vault.answers import CHANNELS
from scoring.import_fields import CONSTANTS, DECLARED, DECLARING, MIXED, NUMBERS, identity_of, is_day
from scoring.import_form import field_name, role_of, shapes_of
from scoring.import_parts import read_text, table
from scoring.import_questions import LEFT_OUT, values_text
from scoring.import_views import ColumnView, ConstantView, DayView, DeclaredView, MappingView, QuestionView
from scoring.imports import problem_of

SAMPLES = 3
CHANNEL_WORDS = {"ivr": "Telephone (IVR)", "sms": "SMS", "web": "Web page", "paper": "Paper", "kiosk": "Kiosk"}
MOST_OFFERED = 500
"""So many factories are offered in a list; others are typed."""


def mapping_view(
    one: Import, sight: Sight, known: Mapping[str, KnownQuestion], viewer: Viewer, places: Mapping[str, str]
) -> MappingView:
    """How the file is read, without the kept mappings that fit it. `places` are factories with their names."""
    said = read_text(one.mapping)
    kind = one.kind or "answers"
    shape = said.get("shape")
    fields = table(said, "fields")
    declares = may(viewer, "imports.decide") and kind in DECLARING
    written = one.wanted.get("written", {})
    return MappingView(
        canonical=one.mapping is None,
        kind=kind,
        shape=shape if shape in shapes_of(kind) else shapes_of(kind)[0],
        name=str(said.get("name", "")),
        days=tuple(day_view(n, s) for n, s in fields.items() if is_day(n) and "column" in s),
        zone=str(fields["date"].get("zone", "")) if "column" in fields.get("date", {}) else None,
        decimal=decimal_of(fields),
        constants=tuple(constant_views(kind, fields, places)),
        identity=identity_of(said) if kind == "factories" else "",
        declares="factories" in said if declares else None,
        declared=tuple(declared_view(name, table(said, "factories").get(name, {})) for name in DECLARED),
        columns=tuple(
            ColumnView(column, samples(sight, index), role_of(said, column))
            for index, column in enumerate(sight.header)
        ),
        questions=tuple(question_view(t, p, known, written.get(t, {})) for t, p in table(said, "questions").items()),
        text=one.mapping or "",
        problem=problem_of(one, sight),
        hints=tuple(str(hint) for hint in one.wanted.get("hints", ())),
        fits=(),
    )  # fmt: skip


def day_view(name: str, source: Mapping[str, Any]) -> DayView:
    """A column of days."""
    forms = source.get("format")
    return DayView(name, field_name(name), source["column"], " | ".join(forms) if isinstance(forms, list) else forms)


def decimal_of(fields: Mapping[str, Any]) -> str | None:
    """How the numbers of a file are written; None where no column holds any."""
    found = {str(s.get("decimal", "")) for name, s in fields.items() if name in NUMBERS and "column" in s}
    return MIXED if len(found) > 1 else next(iter(found), None)


def constant_views(kind: str, fields: Mapping[str, Any], places: Mapping[str, str]) -> list[ConstantView]:
    """What no column holds and may be the same in every row."""
    found = []
    for name in CONSTANTS[kind]:
        source = fields.get(name, {})
        if "column" in source or "columns" in source:
            continue
        choices: tuple[tuple[str, str], ...] = ()
        if name == "factory_id":
            choices = tuple(places.items())[:MOST_OFFERED]
        elif name == "channel":
            choices = tuple((one, CHANNEL_WORDS.get(one, one.capitalize())) for one in sorted(CHANNELS))
        elif name == "kind":
            choices = tuple((slug, one.name) for slug, one in described().items())
        needed = name in ("factory_id", "date", "buyer_id", "kind", "measure", "country", "sector")
        free = name in ("factory_id",) or not choices
        found.append(ConstantView(name, field_name(name), str(source.get("constant", "")), needed, choices, free))
    return found


def declared_view(name: str, source: Mapping[str, Any]) -> DeclaredView:
    """What is said of factories that are made known."""
    return DeclaredView(name, field_name(name), str(source.get("column", "")), str(source.get("constant", "")))


def samples(sight: Sight, column: int) -> tuple[str, ...]:
    """The first different values of a column."""
    return tuple(dict.fromkeys(row[column] for row in sight.rows if row[column].strip()))[:SAMPLES]


def question_view(
    text: str, part: Mapping[str, Any], known: Mapping[str, KnownQuestion], written: Mapping[str, Any]
) -> QuestionView:
    """One question of a mapping, with what is written to it and what is near to it in the codebooks."""
    indicator = str(part.get("indicator", ""))
    scale = str(part.get("scale") or (known[indicator].scale if indicator in known else written.get("scale", "")))
    values = table(part, "values")
    meanings = tuple((value, meaning(values.get(value))) for value in written.get("values", ()))
    low, high = SCALES.get(scale, (0, -1))
    steps = range(low, high + 1)
    plain = all(value.isdecimal() and int(value) in steps for value, _ in meanings)
    return QuestionView(
        text,
        indicator,
        bool(part.get("scale")),
        str(part.get("theme_name") or part.get("theme") or ""),
        scale,
        -1 if part.get("polarity") == -1 else 1,
        values_text(values),
        meanings if scale in SCALES and (values or not plain) else (),
        tuple(steps),
        near_indicators(text, {one.indicator_id: one.text for one in known.values()}),
    )


def meaning(value: object) -> str:
    """What a written value was said to mean, as its list shows it."""
    return LEFT_OUT if value == NOT_APPLICABLE else "" if value is None else str(value)


def near_indicators(text: str, known: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    """The indicators that are worded alike, nearest first; the very same wording is 100."""
    ids: dict[str, str] = {}
    for indicator, wording in known.items():
        ids.setdefault(wording, indicator)
    same = next((i for w, i in ids.items() if plain_wording(w) == plain_wording(text)), None)
    if same is not None:
        return ((same, 100.0),)
    return tuple((ids[wording], like) for wording, like in near(text, list(ids)))


def places_of(release: OpenRelease | None, viewer: Viewer) -> dict[str, str]:
    """The factories that the viewer may name, with their names; nothing before the first release."""
    if release is None:
        return {}
    own = None if may(viewer, "imports.decide") else sorted(viewer.factories)
    return {row[0]: row[1] for row in release.cells.engine.rows("factories_named", factories=own)}
