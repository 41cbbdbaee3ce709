"""How production measures are said: amounts of any size, and that they are the factory's own word, not an answer."""

from collections.abc import Sequence

from scoring.measure_views import Measure, MeasureLine, MeasurePoint
from scoring.words import MINUS, counted, short_day, whole

HEADING = "Production measures, from the factory"
NOTHING = "nothing told in this period"
LETTERS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k"))
LONG = 1e9


def amount(value: float) -> str:
    """An amount of any size: "7,080", "94.3", "0.753", "1.24B"."""
    if abs(value) >= LONG:
        return short_amount(value)
    return f"{whole(value):,}".replace("-", MINUS) if abs(value) >= 100 else three_digits(value)


def short_amount(value: float) -> str:
    """The same as short as an axis needs it: "70.8k", "94.3", "1.2M"."""
    for large, letter in LETTERS:
        if abs(value) >= large:
            return f"{three_digits(value / (1e3 if letter == 'k' else large))}{letter}"
    return amount(value)


def three_digits(value: float) -> str:
    """A number of which three digits count, without an exponent: "94.3", "0.753", "12"."""
    if value == 0:
        return "0"
    plain = f"{float(f'{value:.3g}'):.12f}".rstrip("0").rstrip(".")
    return plain.replace("-", MINUS) if plain not in ("0", "-0") else "0"


def exact(value: float) -> float:
    """An amount as files tell it: ten digits, as more would be the noise of a mean."""
    return float(f"{value:.10g}")


def meaning(measure: Measure) -> str:
    """What a value is: "pieces, mean day of each week, parts added up, from erp"."""
    return f"{measure.unit}, {made_of(measure)}" if measure.unit else made_of(measure)


def made_of(measure: Measure) -> str:
    """How a value was made: "mean day of each week, parts added up, from erp"."""
    source = f"from {measure.source}" if measure.source else ""
    return ", ".join(part for part in ("mean day of each week", measure.how, source) if part)


def spoken(point: MeasurePoint, measure: Measure) -> str:
    """What a hover says of a week: "7,080 minutes"."""
    return f"{amount(point.value)} {measure.unit}".rstrip()


def listed(names: Sequence[str]) -> str:
    """Names in one breath: "Output", "Output and Overtime", "Output, Overtime and Idle time"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def measures_sentence(lines: Sequence[MeasureLine]) -> str:
    """What is drawn below the rows, for those who do not see it; empty where nothing is."""
    if not lines:
        return ""
    said = [course_sentence(line) for line in lines]
    return f" Below, from the factory and not from workers: {'; '.join(said)}."


def course_sentence(line: MeasureLine) -> str:
    """A measure in a few words: "Output (pieces), 820 in the week to 8 Jun 2026, between 640 and 910 over 52 weeks"."""
    name, points = line.measure.full_name, line.points
    if not points:
        return f"{name}, {NOTHING}"
    values = [point.value for point in points]
    over = f"between {amount(min(values))} and {amount(max(values))} over {counted(len(points), 'week')}"
    return f"{name}, {amount(values[-1])} in the week to {short_day(points[-1].last)}, {over}"


def legend(lines: Sequence[MeasureLine]) -> str:
    """What the grey steps are, for a picture that stands alone; empty where there are none."""
    return " Grey steps are what the factory told." if lines else ""


def source_text(lines: Sequence[MeasureLine]) -> str:
    """Where the drawn measures come from and up to which day they tell; empty where none is drawn."""
    if not lines:
        return ""
    return f" · measures from the factory, to {short_day(max(line.measure.last for line in lines))}"
