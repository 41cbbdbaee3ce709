"""How suppliers, their differences and what changed are said. "After", never a cause; a rank is never told."""

from collections.abc import Sequence
from itertools import pairwise

from access.levels import Level
from scoring.model import OVERALL, Verdict
from scoring.supplier_views import (
    ComparedRow,
    ComparisonView,
    Finding,
    News,
    Share,
    Supplier,
    SuppliersView,
    ThemeCell,
)
from scoring.warning_words import named
from scoring.words import counted, day, likely_size, month_name, points_text, score_text

LEVELS = {
    Level.SCORE: "its score",
    Level.THEMES: "its themes",
    Level.FULL: "everything",
    Level.ACTIONS: "everything, and your actions",
}
"""What a supplier shares, for the end of "Shares …"."""
SCORE_ONLY = "Shares its score only"
THIRDS = {"upper": "Upper third", "middle": "Middle third", "lower": "Lower third"}
AGAINST = {1: ", clearly above peers", -1: ", clearly below peers", 0: ""}
MOST_NAMED = 3
NUMBERS = ("no", "one", "two", "three", "four", "five")


def shares(level: Level) -> str:
    """What a supplier shares: "Shares its themes"."""
    return f"Shares {LEVELS[level]}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Some names as a sentence has them: "A", "A and B", "A, B and 4 more"."""
    many = list(names)
    if most is not None and len(many) > most + 1:
        return f"{', '.join(many[:most])} and {len(many) - most} more"
    return many[0] if len(many) == 1 else f"{', '.join(many[:-1])} and {many[-1]}" if many else ""


def semicolons(names: Sequence[str]) -> str:
    """Names that may hold commas themselves, one after another: "Pay; Hours, rest and pace"."""
    return "; ".join(names)


def cell_text(name: str, cell: ThemeCell) -> str:
    """One theme of one supplier: "Pay: 44, likely 37–51, clearly below peers"."""
    estimate = cell.score.estimate
    return f"{name}: too few people" if estimate is None else f"{name}: {score_text(estimate)}{AGAINST[cell.against]}"


def changed(view: SuppliersView) -> tuple[News, ...]:
    """What changed since the quarter before: at single suppliers, and who shares."""
    return (*view.moves, *told_of_shares(view))


def moves(view: SuppliersView) -> tuple[News, ...]:
    """What changed at single suppliers: what fell, what is less sure, what is no longer shown, what rose."""
    told = [told_of(view, one) for one in view.suppliers]
    kinds = ("drop", "flag", "hidden", "theme", "rise", "shown")
    return tuple(news for kind in kinds for every in told for news in every if news.kind == kind)


def told_of(view: SuppliersView, supplier: Supplier) -> list[News]:
    """The lines about one supplier."""
    found = [moved_line(view, supplier)] if supplier.change is not None else [appeared_line(view, supplier)]
    found.append(warned_line(supplier))
    return [one for one in found if one is not None]


def moved_line(view: SuppliersView, supplier: Supplier) -> News | None:
    """That a score, or only some of its themes, clearly moved over the quarter."""
    change, name = supplier.change, supplier.factory.name
    lower, higher = moved_themes(view, supplier, Verdict.CLEAR_DROP), moved_themes(view, supplier, Verdict.CLEAR_RISE)
    month = month_name(view.since)
    parts = [f"Clearly lower than in {month}: {semicolons(lower)}."] if lower else []
    parts += [f"Clearly higher than in {month}: {semicolons(higher)}."] if higher else []
    verdict = change.verdict if change else None
    if change is not None and verdict in (Verdict.CLEAR_DROP, Verdict.CLEAR_RISE):
        kind, way = ("drop", "lower") if verdict is Verdict.CLEAR_DROP else ("rise", "higher")
        size = f"{points_text(change.points)} {way} than in {month}, {likely_size(change)}."
        return News(kind, f"{name}: {verdict}", " ".join([size[:1].upper() + size[1:], *parts]), supplier.factory)
    if parts:
        return News("theme", f"{name}: single themes moved", " ".join(parts), supplier.factory)
    return None


def moved_themes(view: SuppliersView, supplier: Supplier, verdict: Verdict) -> list[str]:
    """The names of the themes of which this may be said."""
    cells = zip(view.columns, supplier.themes or (), strict=False)
    return [column.name for column, cell in cells if cell.change is not None and cell.change.verdict is verdict]


def appeared_line(view: SuppliersView, supplier: Supplier) -> News | None:
    """That a score is no longer shown, or is shown for the first time."""
    was, now = supplier.before.estimate, supplier.score.estimate
    name, month = supplier.factory.name, month_name(view.since)
    if was is not None and now is None:
        text = f"It was {score_text(was)} in {month}. There are not enough recent answers to show it."
        return News("hidden", f"{name}: no longer shown", text, supplier.factory)
    if was is None and now is not None:
        return News(
            "shown", f"{name}: now shown", f"{score_text(now)}. In {month} there was no score.", supplier.factory
        )
    return None


def warned_line(supplier: Supplier) -> News | None:
    """That warnings about answers lowered the grade."""
    if not supplier.new_warnings or supplier.score.grade is None:
        return None
    about = semicolons([named(one) for one in supplier.new_warnings])
    warning = "a warning" if len(supplier.new_warnings) == 1 else f"{len(supplier.new_warnings)} warnings"
    return News(
        "flag", f"{supplier.factory.name}: grade {supplier.score.grade}", f"After {warning} about {about}.",
        supplier.factory,
    )  # fmt: skip


def told_of_shares(view: SuppliersView) -> list[News]:
    """Who began to share, and that somebody ended it; whoever did is no longer named."""
    names = {one.factory.factory_id: one.factory.name for one in view.suppliers}
    begun = [share for share in view.shares if share.factory_id in names]
    ended = [share for share in view.shares if share.factory_id is None]
    found = []
    if begun:
        who = listed([names[str(share.factory_id)] for share in begun], MOST_NAMED)
        title = f"{counted(len(begun), 'supplier')} began to share with you"
        found.append(News("share", title, f"{who}; {days_of(begun)}."))
    if ended:
        title = f"{counted(len(ended), 'supplier')} no longer {'shares' if len(ended) == 1 else 'share'} with you"
        found.append(News("share", title, f"Ended {days_of(ended)}. What is no longer shared is no longer named."))
    return found


def days_of(shares: Sequence[Share]) -> str:
    """The days of some shares: "on 3 November 2026", "from 3 October 2026 to 3 November 2026"."""
    first, last = min(one.day for one in shares), max(one.day for one in shares)
    return f"on {day(first)}" if first == last else f"from {day(first)} to {day(last)}"


def finding_sentence(row: ComparedRow, finding: Finding) -> str:
    """One clear difference: "A is clearly higher than B in Pay: 9 points, likely 2 to 16."."""
    where = "overall" if row.key == OVERALL else f"in {row.name}"
    size = f"{points_text(finding.change.points)}, {likely_size(finding.change)}"
    return f"{finding.higher.name} is clearly higher than {finding.lower.name} {where}: {size}."


def row_saying(row: ComparedRow, names: dict[str, str]) -> str:
    """What can be said about one row, in as few words as it takes: "A and B above C"; else "can’t tell"."""
    if not row.findings:
        return "can’t tell" if row.pairs else ""
    pairs = [(names[one.higher.factory_id], names[one.lower.factory_id]) for one in row.findings]
    ways = [gathered(pairs), [(above, under) for under, above in gathered([(low, high) for high, low in pairs])]]
    shortest = min(ways, key=len)
    return "; ".join(f"{listed(above)} above {listed(under)}" for above, under in shortest)


def gathered(pairs: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs with those that share their second parts told together."""
    seconds: dict[str, list[str]] = {}
    for first, second in pairs:
        seconds.setdefault(first, []).append(second)
    firsts: dict[tuple[str, ...], list[str]] = {}
    for first, them in seconds.items():
        firsts.setdefault(tuple(sorted(them)), []).append(first)
    return [(tuple(sorted(them)), seconds) for seconds, them in firsts.items()]


def short_names(names: Sequence[str]) -> list[str]:
    """Each name cut to as few first words as tell it from the others."""
    words = [name.split() for name in names]
    found = []
    for place, mine in enumerate(words):
        others = [other for i, other in enumerate(words) if i != place]
        size = next((n for n in range(1, len(mine)) if all(other[:n] != mine[:n] for other in others)), len(mine))
        found.append(" ".join(mine[:size]))
    return found


def comparison_heading(view: ComparisonView) -> str:
    """The title of the page: "Compare four suppliers"."""
    many = len(view.lines)
    return f"Compare {NUMBERS[many]} supplier{'' if many == 1 else 's'}" if many > 1 else "Compare suppliers"


def cautions(view: ComparisonView) -> list[str]:
    """What a reader must bear in mind, one sentence each."""
    factories = [line.supplier.factory for line in view.lines]
    pairs = sum(row.pairs for row in view.rows)
    found = []
    if any(one.country != other.country for one, other in pairwise(factories)):
        found.append("People of different countries may use the same answers differently.")
    if len({line.supplier.codebook for line in view.lines if line.supplier.codebook}) > 1:
        found.append("Suppliers that were asked other questions are not held against each other.")
    if pairs >= 20:
        found.append(f"Of {pairs} such comparisons, about {round(pairs / 20)} may look clear by chance.")
    return found
