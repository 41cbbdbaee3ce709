"""The suppliers as rows of the grid: plain values, no finer than they are printed, which the browser draws.

A few hundred rows as Dash components would be tens of thousands of objects; as plain values they are one list.
"""

from collections.abc import Sequence
from typing import Any

from access.levels import Level
from components import addresses
from components.difference import tone, worded
from components.dot_whisker import TABLE, Scale, close_scale, spoken_range
from scoring.model import Estimate, Standing
from scoring.supplier_views import Group, Supplier, SuppliersView, ThemeCell
from scoring.supplier_words import SCORE_ONLY, THIRDS
from scoring.warning_words import sentence
from scoring.words import counted, country_name, likely, place, score_word, signed, signed_range, whole

Row = dict[str, Any]
SHARED = {Level.SCORE: "Score", Level.THEMES: "Themes", Level.FULL: "Everything", Level.ACTIONS: "Also actions"}
NOTHING = "too few people"


def grid_rows(groups: Sequence[Group], grouping: str) -> list[Row]:
    """A row for each heading and each supplier under it; without headings where there is only one group of all."""
    rows: list[Row] = []
    bare = grouping == "none" and len(groups) == 1
    for group in groups:
        if not bare:
            many = counted(len(group.suppliers), "supplier")
            rows.append({"id": f"group {group.name}", "group": group.name, "count": many})
        rows += [supplier_row(one, grouping, pinned=group.pinned) for one in group.suppliers]
    return rows


def supplier_row(supplier: Supplier, grouping: str, *, pinned: bool) -> Row:
    """One supplier; where its group is its country or sector, only the other stands under the name."""
    factory, score = supplier.factory, supplier.score
    row: Row = {
        "id": factory.factory_id,
        "name": factory.name,
        "href": addresses.overview(factory.factory_id),
        "where": where(supplier, "none" if pinned else grouping),
        "pinned": pinned,
        "level": SHARED[supplier.level],
        "flag": " ".join(sentence(one) for one in supplier.warnings),
        "strip": strip(supplier),
    }
    return row | ({"hidden": NOTHING} if score.estimate is None else scored(supplier, score.estimate))


def where(supplier: Supplier, grouping: str) -> str:
    """What stands under the name: sector and country, as far as the heading does not say it."""
    factory = supplier.factory
    if grouping == "country" and factory.sector:
        return factory.sector[:1].upper() + factory.sector[1:]
    if grouping == "sector" and factory.country:
        return country_name(factory.country)
    return place(factory)


def scored(supplier: Supplier, estimate: Estimate) -> Row:
    """Everything said of a score that is shown."""
    score, change, standing = supplier.score, supplier.change, supplier.score.standing
    row: Row = {
        "score": str(whole(estimate.value)),
        "likely": likely(estimate),
        "word": score_word(estimate),
        "dw": dot(estimate, standing),
        "spoken": spoken_range(estimate, None, standing),
        "grade": score.grade,
        "settling": score.settling,
        "third": standing.third if standing else None,
        "position": THIRDS[standing.third] if standing and standing.third else "can’t tell",
        "change": "can’t tell",
        "tone": "sl-flat",
    }
    if change is not None:
        size = f"{signed(change.points)}, likely {signed_range(change.low, change.high)}"
        row |= {"change": worded(change.verdict), "tone": tone(change), "size": size}
    return row


def dot(estimate: Estimate, standing: Standing | None) -> list[int]:
    """What the dot and whisker is drawn from: value, low, high, and the middle half of its peers where it is told."""
    ends = [estimate.value, estimate.low, estimate.high]
    return [whole(end) for end in ends + ([standing.low, standing.high] if standing else [])]


def strip(supplier: Supplier) -> list[Any] | str:
    """The themes: number, likely range, and 1 or −1 where it is clearly above or below peers; 0 for a hidden one."""
    if supplier.themes is None:
        return SCORE_ONLY
    return [theme(cell) for cell in supplier.themes]


def theme(cell: ThemeCell) -> Any:
    """One cell of the strip."""
    estimate = cell.score.estimate
    return 0 if estimate is None else [whole(estimate.value), likely(estimate), cell.against]


def scale_of(view: SuppliersView) -> Scale:
    """One scale for all scores and middle halves of the page, as close as they allow."""
    found = [(one.score.estimate, one.score.standing) for one in view.suppliers if one.score.estimate]
    return close_scale(end for pair in found for end in pair) if found else TABLE


def scale_params(scale: Scale) -> Row:
    """The scale as the browser's part reads it."""
    return {"ticks": list(scale.ticks), "first": scale.first, "last": scale.last}
