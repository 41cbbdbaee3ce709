"""Every page, callback and route, asked by everybody for everything: no one reads what is another's."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.state.measure_models import MeasureRow
from data.state.remarks import remarks_at
from pages.registry import CALLBACKS, PAGES
from tests.disclosure.tenants import (
    ACTIONS,
    BUTTONS,
    EVERY,
    IMPORTERS,
    OWNERS,
    REPLIES,
    SIGNED,
    Tenants,
    action_words,
    allowed,
    body,
    buyer_word,
    canary,
    factory_word,
    import_id,
    measure_key,
    measure_words,
    own_reply_words,
    plausible,
    posted,
    reply_words,
    tenants,
    text_in,
)

ROLES = dict(SIGNED)
ACCESS = "/app/requests"
EVERYBODY = [*ROLES, "nobody"]
HOSTILE: list[Any] = [
    None, True, -1, 1e308, "", "../F2", "F1%00", "' OR '1'='1", [], ["F1"], {"factory": ["F1"], "values": 7},
    {"factory": "F2", "values": {"rows": [1], "action": {}}}, {"points": [{"customdata": {}}]}, [[[]]], "x" * 3000,
]  # fmt: skip
SAID = {canary("reply", f, *subject) for f in OWNERS for subject in (*REPLIES, ("row", "gone"))}
"""The words of replies; those of photos are no text of a page."""
ACTION_IDS = [f"{canary('id', f, b)}-1" for f, b in ACTIONS]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """The portal of several tenants."""
    made = tenants(tmp_path_factory.mktemp("tenants"))
    yield made
    made.state.close()


def foreign(who: str, text: str) -> set[str]:
    """The words in an answer that this reader may not see."""
    mine = allowed(who, ROLES[who]) if who in ROLES else set()
    return {word for word in EVERY - mine if word in text}


def plain_sweep(home: Tenants, who: str) -> Iterator[tuple[str, str, int]]:
    """Name, text and status of the answer to every callback, as the pages of every factory would post it."""
    for name, callback in home.callbacks().items():
        routed = any(s["property"] == "pathname" for s in callback["inputs"])
        for factory in [*OWNERS, "F9"]:
            there = [f"{canary('id', f, b)}-1" for f, b in ACTIONS if f == factory]
            for chosen in [*(there[:1] if routed else there), ACTION_IDS[4]]:
                for values in list(plausible(factory, chosen))[: None if routed else 1]:
                    sent = posted(home.browsers[who], body(name, callback, values, None))
                    yield name, without(who, chosen, sent.text), sent.status_code


def without(who: str, asked: str, text: str) -> str:
    """The answer without a foreign name that the reader had put into the question: addresses come back as sent."""
    return text.replace(asked, "") if foreign(who, asked) else text


def hostile_sweep(home: Tenants, who: str) -> Iterator[tuple[str, str, int]]:
    """The same, with one odd value at each place, the others as a page of a foreign factory would post them."""
    values = next(plausible("F2", ACTION_IDS[1]))
    for name, callback in home.callbacks().items():
        for spec in [*callback["inputs"], *callback["state"]]:
            for odd in HOSTILE:
                changed = values | {(spec["id"], spec["property"]): odd}
                sent = posted(home.browsers[who], body(name, callback, changed, None))
                yield name, without(who, ACTION_IDS[1], sent.text), sent.status_code


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_callback_tells_anybody_what_is_anothers(home: Tenants, who: str) -> None:
    swept, seen = set(), set()
    for name, text, status in plain_sweep(home, who):
        assert status < 500, (name, text[:300])
        assert not foreign(who, text), (name, foreign(who, text))
        assert (status == 401) == (who == "nobody")
        swept.add(name)
        seen |= {word for word in EVERY if word in text}
    assert swept == set(home.callbacks())
    assert seen >= readable(who), "own words must be seen, or the sweep sees nothing"


def readable(who: str) -> set[str]:
    """The words that the pages do show to this reader."""
    role = ROLES.get(who)
    if role not in (Role.OWNER, Role.BUYER, Role.OPERATOR):
        return set()
    mine = allowed(who, role)
    pairs = [pair for pair in ACTIONS if canary("note", *pair) in mine]
    words = {factory_word(f) for f in OWNERS if factory_word(f) in mine} | {buyer_word(b) for _, b in pairs}
    if role is Role.OPERATOR:
        words |= {canary("account", organisation) for organisation in ROLES} | {canary("listed")}
    said = (
        () if role is Role.OPERATOR else ("remark", "dispute")
    )  # the operator writes none, so no callback is answered
    replied = {word for f in OWNERS for word in mine & (reply_words(f) | own_reply_words(f)) if word in SAID}
    if role is Role.OPERATOR:
        replied -= {canary("reply", f, "row", "gone") for f in OWNERS}
    if role is not Role.BUYER:
        words |= {word for f in OWNERS for word in measure_words(f) & mine}
    return words | replied | {canary(what, *pair) for pair in pairs for what in ("id", "unit", *said)}


@pytest.mark.parametrize("who", ["O1", "B1", "N1", "X", "nobody"])
def test_no_odd_value_tells_anybody_what_is_anothers(home: Tenants, who: str) -> None:
    for name, text, status in hostile_sweep(home, who):
        assert status < 500, (name, text[:300])
        assert not foreign(who, text), (name, foreign(who, text))


def test_every_registered_callback_and_page_is_swept(home: Tenants) -> None:
    """Dash's own two are its router and its title; all others are the registered ones, one for one."""
    own = {name for name in home.callbacks() if "_pages_" in name}
    assert len(own) == 2
    assert len(home.callbacks()) - len(own) == len(CALLBACKS)
    places = {key for values in plausible("F1", "A") for key in values}
    for name, callback in home.callbacks().items():
        if name.startswith("_pages_dummy"):
            continue
        asked = {(s["id"], s["property"]) for s in [*callback["inputs"], *callback["state"]]}
        assert asked <= places, f"{name}: say in `plausible` what a browser would post for {asked - places}"
    drawn = {values["url", "pathname"].removeprefix("/app") for values in plausible("<factory>", "A")}
    assert {re.sub(r"^/$", "/", page) for page in PAGES} == drawn


PLACES = {"filename": "x.js", "package_name": "dash", "fingerprinted_path": "x.js"}
WANTED = [*OWNERS, "F9", "../F2", "F1%2F..%2FF2", "%00", "' OR 1=1", "O2", "B2", *map(import_id, IMPORTERS)]


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_route_tells_anybody_what_is_anothers(home: Tenants, who: str) -> None:
    swept = set()
    for rule in home.app.url_map.iter_rules():
        fills = WANTED + [f"overview/{w}" for w in WANTED] + [f"timeline/{w}?action={ACTION_IDS[1]}" for w in WANTED]
        fills += [f"{w}?theme=t1&key=t1&explain=q1&as=eti" for w in WANTED]
        fills += [f"{w}?measures={','.join(map(measure_key, OWNERS))}" for w in WANTED]
        if rule.rule in ("/signout", "/app/_dash-update-component"):
            swept.add(rule.rule)
            continue
        if "<int:" in rule.rule:
            fills = remark_numbers(home)
        for wanted in fills if rule.arguments else ["?" + quote(f"factory={ACTION_IDS[0]}&next=/app/overview/F2")]:
            path = rule.rule
            for name in rule.arguments:
                path = re.sub(rf"<(\w+:)?{name}>", PLACES.get(name, wanted).replace("\\", ""), path)
            path += "" if rule.arguments else wanted
            for method in rule.methods - {"OPTIONS"}:
                sent = form_sent(home.browsers[who]) if method == "POST" else None
                answer = home.browsers[who].open(path, method=method, data=sent)
                assert answer.status_code < 500, (method, path)
                told = without(who, ACTION_IDS[0], without(who, ACTION_IDS[1], text_in(answer.data)))
                assert not foreign(who, told), (method, path)
            swept.add(rule.rule)
    assert swept == {rule.rule for rule in home.app.url_map.iter_rules()}


def form_sent(browser: FlaskClient) -> dict[str, str]:
    """A form of this portal, with its token and with words of somebody else."""
    cookie = browser.get_cookie("_csrf_token")
    words = {"email": ACTION_IDS[0], "factory": "F2", "with": "B2", "level": "full", "next": "/app/overview/F2"}
    return words | {"csrf_token": cookie.decoded_value if cookie else ""}


def remark_numbers(home: Tenants) -> list[str]:
    """The numbers of all remarks and replies, and some of none."""
    with home.state.look() as look:
        found = [str(one.id) for f in OWNERS for one in remarks_at(look, f, topics=("action", "row", "flag"))]
    return [*found, "0", "1", "99999999999999999999"]


def told_to(home: Tenants, who: str) -> list[str]:
    """Everything that this reader is told about the factory F1, by every callback that the server answers."""
    found = []
    for name, callback in home.callbacks().items():
        if "callback" not in callback:
            continue
        for chosen in (f"{canary('id', 'F1', who)}-0", "none"):
            routed = any(s["property"] == "pathname" for s in callback["inputs"])
            for values in list(plausible("F1", chosen))[: None if routed else 1]:
                found.append(posted(home.browsers[who], body(name, callback, values, None)).text)
    return found


def test_what_other_buyers_do_changes_nothing_a_buyer_reads(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Not a name, not a count, not a lane, not a size beside others: the answers are the same to the letter."""
    home = tenants(tmp_path_factory.mktemp("others"))
    told_to(home, "B1"), told_to(home, "O1")  # who looked is told too, and looking again soon is the same look
    before, owners = told_to(home, "B1"), told_to(home, "O1")
    assert any(word in text for text in before for word in action_words("F1", "B1"))
    home.actions_change([("F1", "B2", 5), ("F1", "B3", 1), ("F2", "B2", 2)])
    assert told_to(home, "B1") == before
    assert told_to(home, "O1") != owners, "the owner does read it"
    home.state.close()


def files_of(home: Tenants, who: str) -> list[bytes]:
    """The files of the factory F1 with its measures named in the address, as this reader gets them.

    A refusal has a reference number that is never the same twice.
    """
    named = f"F1?period=all&measures={measure_key('F1')}"
    found = [home.browsers[who].get(f"/download/{kind}/timeline/{named}").data for kind in ("json", "xlsx")]
    return [re.sub(rb'"reference":"[^"]*"', b"", one) for one in found]


def test_what_a_factory_measures_changes_nothing_a_buyer_reads(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nobody but its owner and the operator learns that there are any: every answer is the same to the byte."""
    home = tenants(tmp_path_factory.mktemp("measured"))
    everybody = ("B1", "B2", "N1", "O1", "X")
    for who in everybody:
        told_to(home, who), files_of(home, who)  # who looked is told too, and looking again soon is the same look
    before = {who: (told_to(home, who), files_of(home, who)) for who in everybody}
    with home.state.change() as change:
        assert change.connection.execute(delete(MeasureRow).where(MeasureRow.factory_id == "F1")).rowcount > 0
    after = {who: (told_to(home, who), files_of(home, who)) for who in everybody}
    assert {who for who in everybody if before[who] != after[who]} == {"O1", "X"}
    assert any(word.encode() in before["O1"][1][0] for word in measure_words("F1")), "the owner does read it"
    home.state.close()


def test_an_owner_who_looks_as_a_buyer_sees_no_measures(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tenants(tmp_path_factory.mktemp("previewed"))
    assert any(word in text for text in told_to(home, "O1") for word in measure_words("F1"))
    sent = form_sent(home.browsers["O1"]) | {"factory": "F1", "with": "B1", "level": "actions"}
    assert home.browsers["O1"].post("/preview", data=sent).status_code == 302
    told = told_to(home, "O1")
    assert any(factory_word("F1") in text for text in told)
    assert not [word for text in told for word in measure_words("F1") if word in text]
    home.state.close()


def remark_post(home: Tenants, who: str, factory: Any, chosen: Any, deed: str, text: Any) -> str:
    """What the remarks callback answers to this press of a button."""
    [name] = [name for name in home.callbacks() if name.startswith("timeline-remarks.")]
    values = next(plausible(factory, chosen)) | {
        (BUTTONS, "n_clicks"): (deed,),
        ("timeline-remark-text", "value"): text,
    }
    sent = posted(home.browsers[who], body(name, home.callbacks()[name], values, None))
    assert sent.status_code in (200, 204, 401)
    return sent.text


def nothing_drawn(told: str) -> bool:
    """True when a callback changed nothing on the page, but for the notice that this is not available."""
    return '"response":{' not in told or '"response":{}' in told


def kept_remarks(home: Tenants) -> list[tuple[Any, ...]]:
    """Every remark that the store holds."""
    with home.state.look() as look:
        return [
            (factory, one.action_id, one.organisation, one.kind, one.text, one.withdrawn_at is not None, one.id)
            for factory in OWNERS
            for one in remarks_at(look, factory)
        ]


def test_nobody_writes_disputes_or_withdraws_what_is_not_theirs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every account presses every button on every action, those of other factories and buyers named with their own."""
    home = tenants(tmp_path_factory.mktemp("remarks"))
    before = kept_remarks(home)
    for who, role in SIGNED:
        for factory, buyer in ACTIONS:
            there = {f"{canary('id', factory, buyer)}-{number}" for number in range(2)}
            numbers = [row[6] for row in before if row[1] in there]
            mine = canary("note", factory, buyer) in allowed(who, role) and role in (Role.OWNER, Role.BUYER)
            for asked, number in ((factory, 1), *((f, 0) for f in OWNERS if f != factory)):
                if mine and asked == factory:
                    continue
                chosen = f"{canary('id', factory, buyer)}-{number}"
                for deed in ("note", "dispute", *(f"withdraw-{number}" for number in numbers)):
                    told = remark_post(home, who, asked, chosen, deed, "taken")
                    assert nothing_drawn(told), (who, asked, chosen, deed)
    assert kept_remarks(home) == before
    for who, factory in (("O1", "F1"), ("B1", "F1")):
        chosen = f"{canary('id', 'F1', 'B1')}-1"
        foreign_numbers = [row[6] for row in before if row[2] != who]
        for deed in ["dispute"] * (who == "O1") + [f"withdraw-{n}" for n in foreign_numbers] + ["withdraw--1", "drop"]:
            remark_post(home, who, factory, chosen, deed, "taken")
    assert kept_remarks(home) == before
    home.state.close()


def test_both_sides_write_and_nobody_else_reads(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tenants(tmp_path_factory.mktemp("written"))
    chosen = f"{canary('id', 'F1', 'B1')}-1"
    assert "fresh from the owner" in remark_post(home, "O1", "F1", chosen, "note", " fresh from the owner\x00 ")
    told = remark_post(home, "B1", "F1", chosen, "dispute", "<b>fresh</b> from the buyer")
    assert "fresh from the owner" in told
    assert "Disputed" in told
    for who in EVERYBODY:
        for factory in OWNERS:
            for there in ACTION_IDS:
                text = remark_post(home, who, factory, there, "note", "")
                assert ("fresh from the owner" in text) == (who in ("O1", "B1") and (factory, there) == ("F1", chosen))
    assert [row[3:6] for row in kept_remarks(home) if "fresh" in row[4]] == [
        ("note", "fresh from the owner", False),
        ("dispute", "<b>fresh</b> from the buyer", False),
    ]
    home.state.close()


def test_a_grant_that_ends_closes_the_door_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    from data.state.grants import revoke_grants
    from data.state.organisations import organisation_id

    home = tenants(tmp_path_factory.mktemp("revoked"))
    assert any(factory_word("F1") in text for text in told_to(home, "B1"))
    with home.state.change() as change:
        revoke_grants(change, "F1", organisation_id(change, "buyer", "B1"))
    assert named_to(home, "B1", "F1") == {ACCESS, "/app/looks"}, "where it buys, and what it opened before"
    home.state.close()


@pytest.mark.parametrize(("who", "factory"), [("B1", "F2"), ("B1", "F3"), ("B3", "F1"), ("B3", "F3")])
def test_a_supplier_that_shares_nothing_is_named_only_where_a_buyer_may_ask(
    home: Tenants, who: str, factory: str
) -> None:
    assert named_to(home, who, factory) == {ACCESS}
    assert named_to(home, "B2", "F3") == set(), "where it does not even buy"


def named_to(home: Tenants, who: str, factory: str) -> set[str]:
    """The pages whose callbacks tell this reader the name of a factory, by address."""
    pages = set()
    for name, callback in home.callbacks().items():
        for values in plausible(factory, "none") if "callback" in callback else ():
            text = posted(home.browsers[who], body(name, callback, values, None)).text
            if factory_word(factory) in text:
                pages.add(ACCESS if name.startswith("sharing-requests.") else values["url", "pathname"])
    return pages


@pytest.mark.parametrize("who", ROLES)
def test_warnings_and_leads_are_told_of_the_own_factories(home: Tenants, who: str) -> None:
    """Through the door that pages, routes and commands read by, with plain and odd values."""
    door, role = home.app.extensions["seamline.door"], ROLES[who]
    mine = {f for f in OWNERS if factory_word(f) in allowed(who, role)}
    viewer = Viewer(1, role, who, frozenset(mine if role is not Role.OPERATOR else ()))
    for asked, roles in (
        (door.flags, {Role.OWNER, Role.BUYER, Role.OPERATOR}),
        (door.leads, {Role.OWNER, Role.OPERATOR}),
    ):
        if role in roles:
            assert set(asked(viewer)["factory_id"]) == mine
        for factory in [*OWNERS, *(odd for odd in HOSTILE if odd is not None)]:
            if role in roles and factory in list(mine):
                assert set(asked(viewer, factory)["factory_id"]) == {factory}
            elif role is Role.OPERATOR and isinstance(factory, str):
                assert asked(viewer, factory).empty
            else:
                with pytest.raises(NotAvailable):
                    asked(viewer, factory)


def test_words_are_each_found_only_as_themselves() -> None:
    """No canary is part of another, or a sweep could look away."""
    assert not [(a, b) for a in EVERY for b in EVERY if a != b and a in b]
    assert foreign("O2", f"<b>{factory_word('F1')}</b>") == {factory_word("F1")}
    assert foreign("nobody", buyer_word("B3")) == {buyer_word("B3")}
    assert foreign("X", "".join(EVERY)) == set()
