"""The pairs of two lists that are worth comparing: alike in spelling, at the same address, or with the same id."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy import sparse

from data.registry.lists import Listed

BEST = 12
"""So many rows of the known list are compared with each arriving row for their spelling."""
LEAST = 0.2
"""The cosine of letter groups below which two names have nothing in common."""
AT_ONE_PLACE = 8
"""An address that more rows have than this says too little to compare all of them."""
PIECE = 1_000

Pairs = npt.NDArray[np.int64]
"""Rows of two columns: the arriving row, the known row."""


def candidate_pairs(known: Listed, arriving: Listed) -> Pairs:
    """The pairs to compare, each once, sorted; never of two different countries."""
    found = {pair for pairs in (by_letters(known, arriving), by_key(known, arriving)) for pair in pairs}
    same = [
        (a, k)
        for a, k in sorted(found)
        if arriving.countries[a] == known.countries[k] or arriving.countries[a] is None or known.countries[k] is None
    ]
    return np.array(same, dtype="int64").reshape(-1, 2)


def by_letters(known: Listed, arriving: Listed) -> Iterable[tuple[int, int]]:
    """For each arriving row the known rows whose names share most of their rarer groups of three letters."""
    if not len(known) or not len(arriving):
        return
    left, right = letter_groups([name.key for name in arriving.names], [name.key for name in known.names])
    turned = right.T.tocsr()
    for start in range(0, len(arriving), PIECE):
        alike = sparse.csr_matrix(left[start : start + PIECE] @ turned)
        for row in range(alike.shape[0]):
            begin, end = alike.indptr[row], alike.indptr[row + 1]
            values, columns = alike.data[begin:end], alike.indices[begin:end]
            best = np.argsort(-values, kind="stable")[:BEST]
            yield from ((start + row, int(columns[at])) for at in best if values[at] >= LEAST)


def letter_groups(first: list[str], second: list[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Both lists of texts as rows of weighted letter groups, each of length one."""
    numbers: dict[str, int] = {}
    grams = [[numbers.setdefault(gram, len(numbers)) for gram in groups(text)] for text in (*first, *second)]
    rows = np.repeat(np.arange(len(grams)), [len(found) for found in grams])
    columns = np.fromiter((at for found in grams for at in found), dtype="int64", count=len(rows))
    counts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(grams), max(len(numbers), 1)))
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = counts @ sparse.diags(np.log((1 + len(grams)) / (1 + held)))
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    unit = sparse.csr_matrix(sparse.diags(1 / np.where(length == 0, 1, length)) @ weights)
    return sparse.csr_matrix(unit[: len(first)]), sparse.csr_matrix(unit[len(first) :])


def groups(text: str) -> list[str]:
    """The groups of three letters of a text, its blanks and ends among them; pairs where letters are syllables."""
    padded = f" {text} "
    size = 3 if text.isascii() else 2
    return [padded[at : at + size] for at in range(len(padded) - size + 1)]


def by_key(known: Listed, arriving: Listed) -> Iterable[tuple[int, int]]:
    """The pairs with the same Open Supply Hub id, the same name, or the very same address."""
    for keys in (lambda rows: rows.os_ids, lambda rows: [n.key for n in rows.names], exact_addresses):
        there: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(keys(known)):
            if key:
                there[key].append(at)
        for at, key in enumerate(keys(arriving)):
            if key and len(there.get(key, ())) <= AT_ONE_PLACE:
                yield from ((at, k) for k in there.get(key, ()))


def exact_addresses(rows: Listed) -> list[str | None]:
    """A text for each address that is equal for equal ones; None for those that name only a town."""
    return [
        " ".join(sorted(address.words) + sorted(address.numbers)) if address.words and address.numbers else None
        for address in rows.addresses
    ]
