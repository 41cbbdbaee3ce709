"""A suggestion written as a mapping: TOML in which everything a person must decide stands behind a #."""

import json

from data.readers.suggestion import DATES, Asked, Suggestion

NEEDED = {
    "answers": ("factory_id", "date"),
    "factories": ("factory_id", "name", "country", "sector"),
    "orders": ("order_id", "buyer_id", "factory_id", "placed_date"),
}


def mapping_text(found: Suggestion, name: str) -> str:
    """The suggestion as the text of a mapping of that name."""
    head = [f"# {one_line(note)}" for note in found.notes]
    head += [f"name = {quoted(name)}", f"as = {quoted(found.kind)}", f"shape = {quoted(found.shape)}"]
    parts = ["\n".join(head)]
    if spelled := found.form.model_dump(exclude_none=True, exclude_defaults=True):
        parts.append("[file]\n" + "\n".join(f"{key} = {value_text(value)}" for key, value in spelled.items()))
    parts.append("\n".join(["[fields]", *field_lines(found)]))
    parts += [
        f"[[pairs]]\nquestion = {quoted(question)}\nanswer = {quoted(answer)}" for question, answer in found.pairs
    ]
    parts += [question_text(one) for one in found.asked]
    return "\n\n".join(parts) + "\n"


def field_lines(found: Suggestion) -> list[str]:
    """One line for each field that was found; one behind a # for each that is needed and was not."""
    lines = []
    for name, column in found.fields.items():
        forms = found.dates.get(name, [DATES[0]])
        written = [f", format = {quoted(form)}" if form != DATES[0] else "" for form in forms] or [', format = ""']
        reads = ', reads = "country"' if name == "country" else ""
        reads += f", zone = {quoted(found.zones[name])}" if name in found.zones else ""
        mark = "" if len(forms) == 1 else "# "
        lines += [f"{mark}{name} = {{ column = {quoted(column)}{form}{reads} }}" for form in written]
    missing = [name for name in NEEDED.get(found.kind, ()) if name not in found.fields]
    return lines + [
        f'# {name} = {{ constant = "" }}  # no column looks like it: name one, or say what it always is'
        for name in missing
    ]


def question_text(one: Asked) -> str:
    """The lines of one question; behind a # while nobody has said which indicator it is."""
    lines = [f"[questions.{quoted(one.text)}]"]
    if one.indicator is not None:
        lines.append(f"indicator = {quoted(one.indicator)}")
    elif one.near:
        lines += [
            f"indicator = {quoted(known.indicator_id)}  # {alike:.0f} of 100 alike: {one_line(known.text)}"
            for known, alike in one.near
        ]
    else:
        lines += [
            'indicator = ""',
            'theme = ""',
            f"text = {quoted(one.wording)}",
            f"scale = {quoted(one.scale)}",
            "polarity = 1",
        ]
    if one.values:
        pairs = ", ".join(f"{quoted(word)} = {value_text(step)}" for word, step in one.values.items())
        lines.append(f"values = {{ {pairs} }}")
    elif one.values is None:
        lines.append(f"# values = {{ }}  # say what each is: {one_line(', '.join(map(repr, one.written)))}")
    return "\n".join(lines if one.indicator is not None else [f"# {line}" for line in lines])


def value_text(value: object) -> str:
    """A plain value as TOML."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(value_text(one) for one in value)}]"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """A text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def one_line(text: str) -> str:
    """A text on one line, as comments need it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
