"""The words of imports: stages, kinds, sizes, counts."""

from datetime import datetime

from scoring.import_form import KIND_NAMES
from scoring.import_views import ImportLine, Stage
from scoring.words import count, counted, short_day

STAGES = {
    Stage.DRAFT: ("pencil", "Not checked yet", ""),
    Stage.CHECKING: ("hourglass-split", "Being checked", "acc"),
    Stage.CHECKED: ("clipboard-check", "Checked, not loaded", "acc"),
    Stage.WAITING: ("person-check", "With the operator", "acc"),
    Stage.LOADING: ("hourglass-split", "Being loaded", "acc"),
    Stage.LOADED: ("check-circle", "Loaded", "good"),
    Stage.REFUSED: ("slash-circle", "Refused", "attn"),
    Stage.CANCELLED: ("x-circle", "Cancelled", ""),
    Stage.FAILED: ("exclamation-circle", "Could not be read", "attn"),
    Stage.UNDOING: ("hourglass-split", "Being taken out", "acc"),
    Stage.UNDONE: ("arrow-counterclockwise", "Taken out again", ""),
}
"""The mark, the word and the colour of each stage; the mark and the word say the same without colour."""
MOMENT = "%H:%M"


def kind_name(kind: str | None) -> str:
    """What a file holds, in words."""
    return KIND_NAMES.get(kind or "", "Not said yet")


def size_text(size: int) -> str:
    """How large a file is."""
    if size < 1000:
        return counted(size, "byte")
    return f"{size / 1e3:.0f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def moment(at: datetime) -> str:
    """A moment to the minute, in UTC: "20 Nov 2026, 04:10"."""
    return f"{short_day(at.date())}, {at:%H:%M}"


def rows_text(line: ImportLine, *, limited: bool) -> str:
    """How many rows were taken, in a few words. An owner is not told which answers were here before."""
    if line.accepted is None:
        return "–"
    present, rejected = line.present or 0, line.rejected or 0
    parts = [f"{count(line.accepted + (present if limited else 0))} good"]
    if present and not limited:
        parts.append(f"{count(present)} already here")
    if rejected:
        parts.append(f"{count(rejected)} left out")
    return ", ".join(parts)
