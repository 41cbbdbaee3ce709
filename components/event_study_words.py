"""What an event study shows, in words: how to read it, a sentence for each row, and the alternative to the picture."""

from collections.abc import Sequence

from scoring.cascade_views import Study, Usual
from scoring.cascade_words import behind, course_sentence, usual_sentence
from scoring.kind_words import after_kind
from scoring.words import count, counted

MOST_LINES = 24


def drawn_lines(study: Study) -> int:
    """How many actions have a line."""
    return sum(1 for line in study.lines if line.points)


def how_to_read(studies: Sequence[Study], *, own: bool, here: bool) -> str:
    """What the thin lines and the bold one are. `own`: the viewer's own actions; `here`: at one factory."""
    if not studies:
        return ""
    usual = studies[0].usual
    lines = max(drawn_lines(study) for study in studies)
    done = max(len(study.lines) for study in studies)
    said = []
    if lines:
        whose = f"{'your ' if own else ''}{counted(lines, 'action')} of this kind{' here' if here else ''}"
        newest = f", of the newest {count(done)}" if done >= MOST_LINES else ""
        thin, each = ("Thin line", "") if lines == 1 else ("Thin lines", "each ")
        said.append(f"{thin}: {whose}{newest}, {each}against its own eight weeks before, by fortnights.")
    else:
        said.append("No action of this kind has enough answers around it for a line of its own.")
    if any(study.usual.profile for study in studies):
        told = next(study.usual for study in studies if study.usual.profile)
        stands = behind(told).removeprefix("From ").rstrip(".")
        said.append(f"Bold: what usually follows, with its likely range{f', from {stands}' if stands else ''}.")
    else:
        said.append(f"What usually comes {after_kind(usual.kind, usual.kind_name)} is not drawn: it is not told yet.")
    return " ".join(said)


def short_reading(studies: Sequence[Study]) -> str:
    """The same for a picture in a file, in one line."""
    if not studies:
        return ""
    said = [f"Thin lines: {counted(max(drawn_lines(study) for study in studies), 'action')}."]
    told = next((study.usual for study in studies if study.usual.profile), None)
    if told:
        stands = behind(told).removeprefix("From ").rstrip(".")
        said.append(f"Bold: what usually follows, with its likely range{f', from {stands}' if stands else ''}.")
    return " ".join(said)


def course_and_counts(usual: Usual) -> str:
    """What stands behind a row, and how it runs over the weeks."""
    return " ".join(part for part in (behind(usual), course_sentence(usual)) if part)


def row_sentence(study: Study) -> str:
    """What usually follows in one row, with the course of a clear or likely effect."""
    return " ".join(part for part in (usual_sentence(study.usual), course_sentence(study.usual)) if part)


def study_sentence(studies: Sequence[Study]) -> str:
    """What the picture shows, for those who do not see it."""
    if not studies:
        return "No action of this kind."
    kind = studies[0].usual
    lines = max(drawn_lines(study) for study in studies)
    start = f"Weeks from the action, {after_kind(kind.kind, kind.kind_name)}, {counted(lines, 'thin line')}."
    return " ".join([start, *(row_sentence(study) for study in studies)])
