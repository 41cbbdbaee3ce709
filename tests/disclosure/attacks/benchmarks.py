"""The attack on NGO benchmarks: which groups of factories follow from the cohorts that are shown, by adding and taking
away. What is protected here is a factory, not a worker: a group that follows must be as large and mixed as one shown.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from data.release.suppression import Members, Shown

Flags = npt.NDArray[np.bool_]
Rule = Callable[[Members], Shown]


def made_members(seed: int) -> Members:
    """Factories in a few countries and sectors, of which some are rare; owners with several, answers far apart."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(6, 70))
    country = rng.choice(4, count, p=[0.5, 0.25, 0.15, 0.1])
    sector = rng.choice(3, count, p=[0.6, 0.3, 0.1])
    owner = rng.integers(0, max(3, count // 3), count)
    return Members(country, sector, owner, np.exp(rng.normal(5, 1, count)).astype(np.int64) + 10)


def groups_shown(members: Members, shown: Shown) -> list[Flags]:
    """The factories of each cohort that is shown."""
    found = [np.ones(members.country.size, dtype=bool)] if shown.everybody else []
    found += [members.country == c for c in shown.countries] + [members.sector == s for s in shown.sectors]
    return found + [(members.country == c) & (members.sector == s) for c, s in shown.both]


def groups_that_follow(members: Members, shown: Shown) -> Iterator[Flags]:
    """Every group whose total is a combination of shown totals: made of country x sector, tried one and all."""
    atoms = np.unique(np.stack([members.country, members.sector]), axis=1).T
    told = [group for group in groups_shown(members, shown) if group.any()]
    if not told:
        return
    inside = np.array([(members.country == c) & (members.sector == s) for c, s in atoms])
    rows = np.array([[float(group[atom].all()) for atom in inside] for group in told])
    basis = np.linalg.svd(rows, full_matrices=False)
    span = basis.Vh[basis.S > 1e-9]
    choices = (np.arange(1, 2 ** len(atoms))[:, None] >> np.arange(len(atoms))) & 1
    follows = np.abs(choices - (choices @ span.T) @ span).max(axis=1) < 1e-9
    for chosen in choices[follows].astype(bool):
        yield inside[chosen].any(axis=0)


def unsafe_groups(members: Members, rule: Rule) -> int:
    """How many groups follow from what the rule shows that it would not show themselves."""
    return sum(not members.safe(group) for group in groups_that_follow(members, rule(members)))


def safe_by_themselves(members: Members) -> Shown:
    """The leaky rule: every cohort that is safe taken by itself, whatever follows from several."""
    countries = [int(c) for c in np.unique(members.country) if members.safe(members.country == c)]
    sectors = [int(s) for s in np.unique(members.sector) if members.safe(members.sector == s)]
    both = [(c, s) for c in countries for s in sectors if members.safe((members.country == c) & (members.sector == s))]
    return Shown(members.safe(np.ones(members.country.size, dtype=bool)), countries, sectors, both)
