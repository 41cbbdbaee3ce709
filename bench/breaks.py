"""`python -m bench.breaks`: how many moved questions are found in a wide file, and how many breaks where none moved.

Every seed makes a demo world in which buyers do what they do, writes it as a sheet of one row a sitting, and lets pairs
of questions change columns half way through. Pairs whose answers are alike cannot be found, and need not be: so what is
found is told by how far apart the answers to the two questions lie.
"""

import argparse
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from data.demo.world import Plan, make_world
from data.engine import in_memory
from data.vault.breaks import PARTS, places

LAST = date(2026, 6, 28)
PAIRS = 40
"""Pairs of questions exchanged for each seed."""


def sheet_of(plan: Plan, order: list[str]) -> pd.DataFrame:
    """Every answer of a world with its question, factory, answer and line, the sittings in this order."""
    with tempfile.TemporaryDirectory() as made:
        make_world(Path(made), plan)
        with in_memory("fresh") as engine:
            answers = engine.connection.read_parquet(str(Path(made) / "answers.parquet")).df()
    sittings = answers.drop_duplicates("submission_id").sort_values([*order, "submission_id"])
    lines = pd.Series(range(2, len(sittings) + 2), index=sittings["submission_id"])
    found = answers.assign(line=answers["submission_id"].map(lines), level=answers["value"].astype("int64"))
    return found.rename(columns={"factory_id": "factory"})[["indicator_id", "factory", "line", "level"]]


def counted(sheet: pd.DataFrame) -> pd.DataFrame:
    """The sheet as `data.vault.breaks` looks at it."""
    lines = sheet["line"]
    part = (lines - 2) * PARTS // (lines.max() - 1) + 1
    first = lines.groupby(part).min()
    keys = sheet.assign(part=part, first_line=part.map(first), place="", wording="")
    columns = ["indicator_id", "factory", "part", "first_line", "place", "wording", "level"]
    return keys.groupby(columns, as_index=False).size().rename(columns={"size": "n"})


def exchanged(sheet: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The sheet, two of its questions in each other's column from the middle on."""
    later = sheet["line"] > sheet["line"].median()
    names = sheet["indicator_id"].mask(later & (sheet["indicator_id"] == first), second)
    names = names.mask(later & (sheet["indicator_id"] == second), first)
    return sheet.assign(indicator_id=names)


def lines_of(seed: int, order: list[str]) -> list[str]:
    """What one seed shows, in words."""
    sheet = sheet_of(Plan(seed=seed, factories=12, weeks=40, last_day=LAST), order)
    clean = list(places(counted(sheet), {}))
    told = [f"seed {seed}, by {order[0]}: {sheet['line'].nunique()} sittings; {len(clean)} breaks where nothing moved"]
    told += [f"  {finding.sentence}" for finding in clean]
    rng = np.random.default_rng(seed)
    shares = pd.crosstab(sheet["indicator_id"], sheet["level"], normalize="index")
    names = shares.index.to_numpy()
    found: list[tuple[float, bool]] = []
    for _ in range(PAIRS):
        first, second = rng.choice(names, 2, replace=False)
        apart = float((shares.loc[first] - shares.loc[second]).abs().sum() / 2)
        breaks = list(places(counted(exchanged(sheet, first, second)), {}))
        found.append((apart, any({b.about, b.details.get("exchanged_with")} & {first, second} for b in breaks)))
    for low, high in ((0.0, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 1.01)):
        inside = [hit for apart, hit in found if low <= apart < high]
        told.append(f"  {low:.1f} to {min(high, 1):.1f} apart: {sum(inside)} of {len(inside)} found")
    return told


def main() -> None:
    """Prints what each seed shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7001, 7002])
    for seed in parser.parse_args().seeds:
        for order in (["date"], ["factory_id", "date"]):
            print("\n".join(lines_of(seed, order)), flush=True)


if __name__ == "__main__":
    main()
