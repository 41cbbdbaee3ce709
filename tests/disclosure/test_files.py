"""Every file, asked by everybody as its page would ask: own words are in it, another's never, whoever acts."""

from collections.abc import Iterator

import pytest

from access.roles import Role
from tests.disclosure.tenants import (
    ACTIONS,
    EVERY,
    IMPORTERS,
    OWNERS,
    SIGNED,
    Tenants,
    action_words,
    allowed,
    buyer_word,
    canary,
    factory_word,
    import_id,
    reply_words,
    tenants,
    text_in,
)

ROLES = dict(SIGNED)
WEEKS = "view=weeks&kind=rush_order&period=all"
ROWS = "period=all&rows=overall,t1,q1&lanes=buyer"


def files() -> list[str]:
    """Every address of a file, with what the pages ask it by."""
    found = ["benchmarks.csv", "benchmarks.json", "benchmarks.xlsx", "xlsx/benchmarks", "json/benchmarks", "looks",
             "json/footprint?period=all&kind=rush_order", "json/suppliers?group=none", "xlsx/suppliers?sort=t1",
             "json/compare?with=F1,F2,F3,F9"]  # fmt: skip
    found += [f"imports/{import_id(o)}/{what}" for o in IMPORTERS for what in ("left-out.csv", "mapping.toml")]
    for factory in [*OWNERS, "F9"]:
        there = [f"{canary('id', f, b)}-1" for f, b in ACTIONS if f == factory]
        found += [f"{kind}/{factory}?{asked}" for kind, asked in (
            ("indicators", "theme=t1"), ("xlsx/indicators", "theme=t2"), ("json/indicators", "theme=t1"),
            ("json/indicators", "as=eti"), ("explanation", "key=t1"), ("looks", ""), ("json/overview", ""),
            ("json/footprint", "period=all&kind=rush_order"), ("xlsx/timeline", ROWS), ("xlsx/timeline", WEEKS),
            ("json/timeline", ROWS), ("json/timeline", WEEKS),
            *(("json/timeline", f"{ROWS}&action={a}") for a in there),
        )]  # fmt: skip
    return found


FILES = files()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """The portal of several tenants."""
    made = tenants(tmp_path_factory.mktemp("tenants"))
    yield made
    made.state.close()


def taken(home: Tenants, who: str) -> dict[str, str]:
    """What this reader is sent, by address; what is refused is left out."""
    answers = {path: home.browsers[who].get(f"/download/{path}") for path in FILES}
    assert {answer.status_code for answer in answers.values()} <= {200, 302, 404}
    return {path: text_in(answer.data) for path, answer in answers.items() if answer.status_code == 200}


def expected(who: str) -> set[str]:
    """The words that files do hold for this reader."""
    role = ROLES[who]
    if role is Role.NGO:
        return set()
    mine = allowed(who, role)
    pairs = [pair for pair in ACTIONS if action_words(*pair) <= mine]
    named = {factory_word(f) for f, _ in pairs} | {buyer_word(b) for _, b in pairs}
    said = {canary("reply", f, "row", "overall") for f, _ in pairs} & {word for f in OWNERS for word in reply_words(f)}
    return named | said | {canary(what, *pair) for pair in pairs for what in ("id", "note", "unit")}


@pytest.mark.parametrize("who", ROLES)
def test_files_hold_own_words_and_no_others(home: Tenants, who: str) -> None:
    found = taken(home, who)
    foreign = EVERY - allowed(who, ROLES[who])
    assert {(path, word) for path, text in found.items() for word in foreign if word in text} == set()
    whole = "".join(found.values())
    assert {word for word in expected(who) if word not in whole} == set(), "or the test sees nothing"


def test_nobody_takes_anything(home: Tenants) -> None:
    assert taken(home, "nobody") == {}


def test_every_kind_of_file_is_taken_by_somebody(home: Tenants) -> None:
    found = {path.split("?")[0] for who in ROLES for path in taken(home, who)}
    assert {path.split("?")[0] for path in FILES if "F9" not in path.split("?")[0]} - found == set()


def test_what_other_buyers_do_changes_no_file_of_a_buyer(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = tenants(tmp_path_factory.mktemp("others"))
    taken(made, "B1"), taken(made, "O1")  # who looked is told too, and looking again soon is the same look
    before, owners = taken(made, "B1"), taken(made, "O1")
    made.actions_change([("F1", "B2", 5), ("F1", "B3", 1), ("F2", "B2", 2)])
    assert taken(made, "B1") == before
    assert taken(made, "O1") != owners, "the owner does read it"
    made.state.close()
