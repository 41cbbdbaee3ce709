"""Where to look: at most five lines, the surest first."""

from collections.abc import Sequence

from scoring import words
from scoring.model import OVERALL, Aftermath, Comparison, TimelineQuery, Verdict
from scoring.views import Finding, ThemeRow

MOST = 5


def findings(factory_id: str, after: Sequence[Aftermath], themes: Sequence[ThemeRow]) -> tuple[Finding, ...]:
    """What deserves a look: recent actions, clear changes, the lowest theme, and what is too thin to show."""
    found = [after_action(factory_id, one) for one in after[:2]]
    found += moved(factory_id, themes)
    found += lowest(factory_id, themes)
    found += thin(themes)
    return tuple(found[:MOST])


def shown_in(factory_id: str, row: str, action: str | None = None) -> TimelineQuery:
    """The timeline that shows the overall score, this row, and the action."""
    rows = (OVERALL,) if row == OVERALL else (OVERALL, row)
    return TimelineQuery(factory_id, rows=rows, action=action)


def after_action(factory_id: str, one: Aftermath) -> Finding:
    """A recent action, and the row that moved most clearly after it."""
    action = one.action
    said = ", ".join(part for part in (action.buyer_name, action.what) if part)
    title = f"{action.kind_name}, {words.day(action.date)}"
    moved_rows = [row for row in one.rows if row.change is not None]
    if moved_rows:
        row = max(moved_rows, key=clearness)
        key, told = row.key, after_sentence(one, row)
    else:
        key, told = OVERALL, "Not enough answers yet to compare before and after."
    text = f"{said}. {told}" if said else told
    return Finding("after", title, text, action.token, shown_in(factory_id, key, action.action_id))


def clearness(row: Comparison) -> float:
    """How far a change stands out of its own range."""
    change = row.change
    if change is None:
        return 0.0
    return abs(change.points) / max(change.high - change.low, 1e-9)


def after_sentence(one: Aftermath, row: Comparison) -> str:
    """What one row did after an action, in words."""
    change = row.change
    weeks = one.window.weeks_in
    if weeks < 1 or change is None:
        return "Its first week is not over yet."
    stretch = "In the week after" if weeks == 1 else f"In the {weeks} weeks after"
    if change.verdict in (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE):
        side = "lower" if change.points < 0 else "higher"
        return f"{stretch}, {row.name} was {words.points_text(change.points)} {side}, {words.likely_size(change)}."
    return f"{stretch}, nothing moved clearly."


def moved(factory_id: str, themes: Sequence[ThemeRow]) -> list[Finding]:
    """Themes that clearly fell or rose over the quarter, the largest first."""
    clear = [t for t in themes if t.change and t.change.verdict in (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE)]
    clear.sort(key=lambda t: -abs(t.change.points) if t.change else 0.0)
    return [
        Finding(
            "drop" if t.change.points < 0 else "rise",
            f"{t.score.name}: {t.change.verdict}",
            f"{words.points_text(t.change.points)} {'lower' if t.change.points < 0 else 'higher'} than three "
            f"months before, {words.likely_size(t.change)}.",
            None,
            shown_in(factory_id, t.score.key),
        )
        for t in clear[:2]
        if t.change
    ]


def lowest(factory_id: str, themes: Sequence[ThemeRow]) -> list[Finding]:
    """The theme with the lowest score."""
    shown = [t for t in themes if t.score.estimate]
    if not shown:
        return []
    low = min(shown, key=lambda t: t.score.estimate.value if t.score.estimate else 0.0)
    said = words.score_line(low.score)
    return [Finding("low", f"{low.score.name} is lowest", f"{said}.", None, shown_in(factory_id, low.score.key))]


def thin(themes: Sequence[ThemeRow]) -> list[Finding]:
    """Themes with too few answers to show."""
    names = [t.score.name for t in themes if t.score.estimate is None]
    if not names:
        return []
    told = "It is" if len(names) == 1 else "They are"
    return [Finding("few", f"{joined(names)}: too few to show", f"{told} left out to protect people.", None, None)]


def joined(names: Sequence[str]) -> str:
    """Names in a row: "Pay", "Pay and Respect", "Pay, Hours and Respect"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
