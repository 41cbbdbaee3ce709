"""A home of several tenants, each with words that nobody else may ever read, and browsers of all roles."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dash import ALL, Input
from flask import Flask
from flask.testing import FlaskClient

from access.levels import Level
from access.roles import Role
from app import create_app
from components import ids
from data.home import Home
from data.imports.lodging import lodged, quarantine_of
from data.readers.quarantine import write_quarantine
from data.registry.questions import Candidate, Question
from data.release.publish import refresh_effects, release
from data.settings import Settings
from data.state.accounts import add_account
from data.state.grants import grant
from data.state.imports import Arrival, Stage, add_import, moved
from data.state.measures import Told
from data.state.organisations import organisation_id
from data.state.photos import Photo, add_photo
from data.state.registry import queue_reviews
from data.state.remarks import add_remark, withdraw_remark
from data.state.requests import add_request
from data.state.sessions import add_session
from data.state.store import Change, State
from data.vault.load import LoadRequest, load
from pages import remarks  # noqa: F401  # its callback is registered when it is imported
from scoring.measure_lines import key_of
from tests.data.release.homes import write_folder
from web.session import fingerprint
from web.wiring import KEY

FIRST = date(2026, 1, 5)
WEEKS = 24
LAST = FIRST + timedelta(days=7 * WEEKS - 3)
OWNERS = {"F1": "O1", "F2": "O2", "F3": "O1"}
GRANTS = (("F1", "B1"), ("F1", "B2"), ("F2", "B2"))
REQUESTS = (("F1", "B3"), ("F2", "B1"), ("F3", "B3"))
"""Which factory each buyer asks for access, and is asked by in return."""
ACTIONS = (("F1", "B1"), ("F1", "B2"), ("F1", "B3"), ("F2", "B1"), ("F2", "B2"), ("F3", "B1"), ("F3", "B3"))
"""Who did something where; of every pair there are two."""
BUTTONS = Input(ids.remark(ALL), "n_clicks").component_id_str()
REPLY_BUTTONS = Input(ids.reply(ALL), "n_clicks").component_id_str()
REPLIES = (("row", "overall"), ("row", "t1"), ("flag", "burst"))
"""What the owner of each factory replied to, with a photo each; and to something that is shown no longer."""
IMPORT_BUTTONS = Input(ids.import_deed(ALL), "n_clicks").component_id_str()
IMPORT_FIELDS = Input(ids.import_field(ALL), "value").component_id_str()
IMPORTERS = ("O1", "O2", "X")
"""Who has brought a file, with words of its own in its name, its rows, its mapping and what was left out."""
LIST_BUTTONS = Input(ids.list_deed(ALL), "n_clicks").component_id_str()
ACCOUNT_BUTTONS = Input(ids.account_deed(ALL), "n_clicks").component_id_str()
CONSENT_BUTTONS = Input(ids.consent(ALL), "n_clicks").component_id_str()
SIGNED = (
    ("O1", Role.OWNER), ("O2", Role.OWNER), ("B1", Role.BUYER), ("B2", Role.BUYER), ("B3", Role.BUYER),
    ("N1", Role.NGO), ("X", Role.OPERATOR),
)  # fmt: skip


def canary(*parts: str) -> str:
    """A word that stands for one thing of one tenant and occurs nowhere else."""
    return "zq" + "".join(f"{ord(letter):02x}" for letter in "-".join(parts)) + "qz"


def factory_word(factory: str) -> str:
    """The word in a factory's name."""
    return canary("mill", factory)


def buyer_word(buyer: str) -> str:
    """The word in a buyer's name."""
    return canary("buyer", buyer)


def action_words(factory: str, buyer: str) -> set[str]:
    """The words in identifiers, notes, units and orders of what a buyer did at a factory, and in remarks on it."""
    return {canary(what, factory, buyer) for what in ("id", "note", "unit", "order", "remark", "dispute")}


def reply_words(factory: str) -> set[str]:
    """The words in replies to scores and warnings of a factory, and in the photos beside them."""
    return {canary(what, factory, *subject) for what in ("reply", "photo") for subject in REPLIES}


def measure_words(factory: str) -> set[str]:
    """The words in the name and the unit of what a factory measures of its work."""
    return {canary(what, factory) for what in ("measure", "counted")}


def measure_key(factory: str) -> str:
    """What stands for that measure in addresses."""
    name, unit = (canary(what, factory) for what in ("measure", "counted"))
    return key_of(Told(name, unit, "", FIRST, LAST, True, "sum"))


def own_reply_words(factory: str) -> set[str]:
    """Those that the owner alone reads, as what they answer is no longer shown."""
    return {canary(what, factory, "row", "gone") for what in ("reply", "photo")}


EVERY = (
    {factory_word(f) for f in OWNERS}
    | {buyer_word(b) for _, b in ACTIONS}
    | {canary("owner", o) for o in OWNERS.values()}
    | {canary("account", organisation) for organisation, _ in SIGNED}
    | {canary("import", organisation) for organisation in IMPORTERS}
    | {canary("listed")}
    | {word for pair in ACTIONS for word in action_words(*pair)}
    | {canary("ask", *pair) for pair in REQUESTS}
    | {word for f in OWNERS for word in reply_words(f) | own_reply_words(f)}
    | {canary(what, f, "row", "t2") for f in OWNERS for what in ("reply", "photo")}
    | {word for f in OWNERS for word in measure_words(f)}
)


def import_id(organisation: str) -> str:
    """The id of the import of an organisation."""
    return hashlib.sha256(canary("import", organisation).encode()).hexdigest()[:32]


def allowed(organisation: str, role: Role) -> set[str]:
    """Every word that an account of this organisation may read."""
    if role is Role.OPERATOR:
        return EVERY
    own = canary("account", organisation)
    if role is Role.OWNER:
        mine = {f for f, owner in OWNERS.items() if owner == organisation}
        there = [pair for pair in ACTIONS if pair[0] in mine]
        words = {own, canary("owner", organisation), canary("import", organisation)}
        words |= {factory_word(f) for f in mine}
        words |= {canary("ask", *pair) for pair in REQUESTS if pair[0] in mine}
        words |= {word for f in mine for word in reply_words(f) | own_reply_words(f) | measure_words(f)}
        return words | {buyer_word(b) for _, b in there} | {w for pair in there for w in action_words(*pair)}
    if role is Role.BUYER:
        seen = {f for f, buyer in GRANTS if buyer == organisation}
        there = [pair for pair in ACTIONS if pair[0] in seen and pair[1] == organisation]
        words = {own, buyer_word(organisation)} | {factory_word(f) for f in seen | traded(organisation)}
        words |= {canary("ask", *pair) for pair in REQUESTS if pair[1] == organisation}
        words |= {word for f in seen for word in reply_words(f)}
        return words | {w for pair in there for w in action_words(*pair)}
    return {own}


def traded(buyer: str) -> set[str]:
    """The factories at which the data names a buyer. It knows their names, and reads them where it may ask."""
    return {factory for factory, name in ACTIONS if name == buyer}


@dataclass
class Tenants:
    """The portal over that home, and a signed-in browser for each account."""

    app: Flask
    home: Home
    settings: Settings
    state: State
    folder: Path
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def actions_change(self, actions: Iterable[tuple[str, str, int]]) -> None:
        """Nothing; more was done: factory, buyer and how often."""
        rows = [action(f, b, 100 + i) for f, b, often in actions for i in range(often)]
        write_folder(self.folder, tables(rows) | {"answers": answers(1)})
        load(self.home, self.settings, self.state, LoadRequest(self.folder))
        refresh_effects(self.home, self.settings, self.state)

    def callbacks(self) -> Mapping[str, Mapping[str, Any]]:
        """Every callback that the portal answers, Dash's own among them."""
        return self.app.extensions[KEY].callbacks()


def tenants(root: Path, **more: int) -> Tenants:
    """The home, loaded, released and signed in to; `more` are further settings."""
    home, folder = Home(root / "home").prepare(), root / "folder"
    settings = Settings(home=home.root, threads=1, downloads_a_minute=10**6, downloads_an_hour=10**6, **more)
    app = create_app(settings)
    state = app.extensions[KEY].state
    write_folder(folder, tables([action(f, b, n) for f, b in ACTIONS for n in range(2)]))
    load(home, settings, state, LoadRequest(folder))
    release(home, settings, state)
    made = Tenants(app, home, settings, state, folder)
    now = datetime.now(UTC)
    with state.change() as change:
        for organisation, role in SIGNED:
            email = f"{canary('account', organisation)}@x.example"
            account = add_account(change, email=email, role=role, organisation=organisation, password_hash=None)
            token = f"token of {organisation}"
            add_session(change, fingerprint(token), account.id, now, now + timedelta(hours=1))
            made.browsers[organisation] = browser = app.test_client()
            browser.set_cookie("sid", token)
        for factory, buyer in GRANTS:
            grant(change, factory, organisation_id(change, "buyer", buyer))
        for factory, buyer in ACTIONS:
            remark_on(change, factory, buyer)
        for factory, buyer in REQUESTS:
            ask_both_ways(change, factory, buyer)
        for factory in OWNERS:
            reply_at(change, factory)
        queue_reviews(change, "list", [listed_row(number) for number in range(3)])
    for organisation in IMPORTERS:
        bring_file(made, organisation)
    made.browsers["nobody"] = app.test_client()
    for browser in made.browsers.values():
        browser.get("/app/")
    return made


def bring_file(made: Tenants, organisation: str) -> None:
    """Nothing; the organisation has brought a file, which was checked and left something out."""
    word, public_id = canary("import", organisation), import_id(organisation)
    body = f"factory_id,when,{word}\nF1,2026-01-05,{word}\n".encode()
    kept = lodged(made.home, public_id, f"{word}.csv", io.BytesIO(body))
    write_quarantine([{"line": 2, "reason": word, "value": word}], quarantine_of(made.home, public_id))
    mapping = f'name = "{word}"\nas = "headcount"\nshape = "long"\n[fields]\nfactory_id = {{ column = "factory_id" }}\n'
    with made.state.change() as change:
        whose = organisation_id(change, str(dict(SIGNED)[organisation]), organisation) or 0
        arrival = Arrival(whose, f"{word}.csv", kept.size, kept.hash, kind="headcount", mapping=mapping)
        add_import(change, arrival, public_id)
        report = {"files": [{"file": "headcount", "accepted": 1, "rejected": 1, "already_present": 0}], "left_out": 1,
                  "warnings": [word], "reasons": [{"reason": word, "count": 1, "lines": [2]}]}  # fmt: skip
        moved(change, public_id, (Stage.DRAFT,), Stage.CHECKED, report=report)


def listed_row(number: int) -> Question:
    """A row of a factory list that only the operator reads, and the factory that it may be."""
    known = Candidate("F1", {"name": f"Mill {factory_word('F1')}"}, 0.5, "Alike.")
    return Question(f"row {number}", {"name": f"Works {canary('listed')}"}, (known,), "Not certain.")


def ask_both_ways(change: Change, factory: str, buyer: str) -> None:
    """Nothing; the buyer asks to see the factory, and its owner asks to see the buyer's footprint."""
    for asked_by in ("buyer", "owner"):
        add_request(
            change, factory_id=factory, organisation=organisation_id(change, "buyer", buyer) or 0, asked_by=asked_by,
            user_id=None, level=Level.FULL, note=canary("ask", factory, buyer), most=1,
        )  # fmt: skip


def reply_at(change: Change, factory: str) -> None:
    """Nothing; the owner has replied to all of REPLIES and to what is gone, and withdrew what it said of a theme."""
    owner = organisation_id(change, "owner", OWNERS[factory]) or 0
    for topic, about in (*REPLIES, ("row", "gone"), ("row", "t2")):
        number = add_remark(
            change, factory_id=factory, action_id=about, organisation=owner, user_id=None, kind="note",
            text=canary("reply", factory, topic, about), most=1, topic=topic,
        )  # fmt: skip
        add_photo(change, number, Photo(canary("photo", factory, topic, about).encode(), 4, 3))
        if about == "t2":
            withdraw_remark(change, number, factory, about, owner, topic=topic)


def remark_on(change: Change, factory: str, buyer: str) -> None:
    """Nothing; the factory's owner and the buyer have each said something about what the buyer did there."""
    for kind, organisation, what in (("owner", OWNERS[factory], "remark"), ("buyer", buyer, "dispute")):
        for number in range(2):
            add_remark(
                change, factory_id=factory, action_id=f"{canary('id', factory, buyer)}-{number}",
                organisation=organisation_id(change, kind, organisation) or 0, user_id=None,
                kind="note" if kind == "owner" else "dispute", text=canary(what, factory, buyer), most=20,
            )  # fmt: skip


def action(factory: str, buyer: str, number: int) -> dict[str, object]:
    """Something that a buyer did at a factory, with its words."""
    word = {what: canary(what, factory, buyer) for what in ("id", "note", "unit", "order")}
    day = FIRST + timedelta(days=70 + 14 * (number % 5) + len(buyer))
    return {
        "action_id": f"{word['id']}-{number}", "buyer_id": buyer, "factory_id": factory, "order_id": word["order"],
        "kind": "rush_order", "date": day.isoformat(), "magnitude": 10 + number, "unit": word["unit"],
        "note": word["note"],
    }  # fmt: skip


def tables(actions: list[dict[str, object]]) -> dict[str, list[Mapping[str, object]]]:
    """The canonical folder of that home."""
    return {
        "factories": [
            {"factory_id": f, "name": f"Mill {factory_word(f)}", "country": "BD", "sector": "knit", "owner_id": o}
            for f, o in OWNERS.items()
        ],
        "indicators": [
            {"indicator_id": i, "theme": t, "theme_name": f"Theme {t}", "text": f"Question {i}?", "scale": "ordinal5",
             "polarity": 1, "codebook": "small"}
            for i, t in (("q1", "t1"), ("q2", "t1"), ("q3", "t2"))
        ]
        + [
            {"indicator_id": "z1", "theme": "t3", "theme_name": "Theme t3", "text": "Question z1?", "scale": "yesno",
             "polarity": -1, "zero_tolerance": 1, "codebook": "small"}
        ],
        "buyers": [{"buyer_id": b, "name": f"Buyer {buyer_word(b)}"} for b in ("B1", "B2", "B3")],
        "orders": [
            {"order_id": canary("order", f, b), "buyer_id": b, "factory_id": f, "placed_date": FIRST.isoformat(),
             "due_date": LAST.isoformat(), "quantity": 10, "value_usd": 10, "status": "open"}
            for f, b in ACTIONS
        ],
        "buyer_actions": actions,
        "measures": [
            {"factory_id": f, "date": (FIRST + timedelta(days=day)).isoformat(), "measure": canary("measure", f),
             "value": 700 + day, "unit": canary("counted", f), "part": part, "summed": "sum"}
            for f in OWNERS
            for day in range(7 * WEEKS)
            for part in ("sewing", "finishing")
        ],
        "answers": answers(WEEKS),
    }  # fmt: skip


def answers(weeks: int) -> list[Mapping[str, object]]:
    """Fourteen people of each factory answer every question once a week; in one week far more do.

    So that every factory has a warning, and bands of leads.
    """
    crowd = [
        {"factory_id": f, "date": (FIRST + timedelta(days=80)).isoformat(), "indicator_id": q, "value": value,
         "submission_id": f"{f}-crowd-{person}", "respondent_key": f"{f}-{person}"}
        for f in OWNERS
        for person in range(70 if weeks > 12 else 0)
        for q, value in (("q1", 1 + person % 5), ("z1", int(person == 3)))
    ]  # fmt: skip
    return crowd + [
        {"factory_id": f, "date": (FIRST + timedelta(days=7 * week + person % 5)).isoformat(), "indicator_id": q,
         "value": 1 + (person * 7 + week + len(q)) % 5, "submission_id": f"{f}-{week}-{person}",
         "respondent_key": f"{f}-{person}"}
        for f in OWNERS
        for week in range(weeks)
        for person in range(14)
        for q in ("q1", "q2", "q3")
    ]  # fmt: skip


def body(name: str, callback: Mapping[str, Any], values: Mapping[tuple[str, str], Any], other: Any) -> dict[str, Any]:
    """What a browser would post for a callback, with these values, and `other` wherever none is given."""

    def filled(specs: Iterable[Mapping[str, str]]) -> list[Any]:
        told = [(spec, values.get((spec["id"], spec["property"]), other)) for spec in specs]
        return [several(spec, value) if spec["id"][0] == "{" else {**spec, "value": value} for spec, value in told]

    output = callback["output"]
    many = isinstance(output, (list, tuple))
    outputs = [{"id": o.component_id, "property": o.component_property} for o in (output if many else [output])]
    inputs = filled(callback["inputs"])
    return {
        "output": name,
        "outputs": outputs if many else outputs[0],
        "inputs": inputs,
        "state": filled(callback["state"]),
        "changedPropIds": [changed(one) for one in inputs[:1]],
    }


def several(spec: Mapping[str, str], value: Any) -> list[dict[str, Any]]:
    """What stands for a pattern: one button for each deed named in `value`, pressed once; else one with that value."""
    pressed = [(deed, 1) for deed in value] if isinstance(value, tuple) else [("note", value)]
    return [
        {"id": {**json.loads(spec["id"]), "deed": deed}, "property": spec["property"], "value": clicks}
        for deed, clicks in pressed
    ]


def changed(posted: Any) -> str:
    """How a browser names what changed."""
    one = posted[0] if isinstance(posted, list) else posted
    name = one["id"] if isinstance(one["id"], str) else json.dumps(one["id"], sort_keys=True, separators=(",", ":"))
    return f"{name}.{one['property']}"


def plausible(factory: Any, chosen: Any) -> Iterator[dict[tuple[str, str], Any]]:
    """Values that the pages of this factory would post, with this action selected, whole and in parts."""
    query = {"factory": factory, "values": {"period": "all", "lanes": "buyer", "action": chosen, "rows": "overall,q1"}}
    measured = [measure_key(f) for f in OWNERS]
    query["values"]["measures"] = ",".join(measured)
    common = {
        ("theme-store", "data"): "dark",
        ("width-store", "data"): "narrow",
        ("overview-factory", "data"): factory,
        ("overview-drawn", "data"): "light-wide",
        ("timeline-drawn", "data"): "light-wide",
        ("indicators-drawn", "data"): "light-wide",
        ("indicators-query", "data"): {"factory": factory, "values": {"period": "2y", "theme": "t2"}},
        ("timeline-query", "data"): query,
        ("timeline-chosen", "data"): chosen,
        ("timeline-show-rows", "n_clicks"): 1,
        ("timeline-show-measures", "n_clicks"): 1,
        ("timeline-measures", "value"): measured,
        ("timeline-csv", "n_clicks"): 1,
        ("timeline-png", "n_clicks"): 1,
        ("footprint-query", "data"): {"factory": factory, "values": {"period": "all", "kind": "rush_order"}},
        ("footprint-drawn", "data"): "light-wide",
        ("footprint-csv", "n_clicks"): 1,
        ("footprint-png", "n_clicks"): 1,
        ("footprint-study-csv", "n_clicks"): 1,
        ("footprint-study-png", "n_clicks"): 1,
        ("benchmarks-query", "data"): {"theme": "t1", "country": "BD", "sector": "knit", "compare": f"{factory}~,~"},
        ("benchmarks-drawn", "data"): "light-wide",
        **{(f"benchmarks-{part}-png", "n_clicks"): 1 for part in ("country", "sector", "theme", "course")},
        ("suppliers-asked", "data"): {"search": f"?pin={factory},F1&sort=t1&group=none&below=t1", "at": 1},
        ("suppliers-find", "value"): "",
        ("suppliers-query", "data"): {"pin": f"{factory},F9"},
        ("suppliers-csv", "n_clicks"): 1,
        ("compare-query", "data"): {"with": f"{factory},F1,F2,F3,F9"},
        ("compare-drawn", "data"): "light-wide",
        **{(f"compare-{part}", "n_clicks"): 1 for part in ("csv", "year-csv", "year-png")},
        ("timeline-rows", "value"): ["overall", "t1", "q3"],
        (BUTTONS, "n_clicks"): ("note",),
        (CONSENT_BUTTONS, "n_clicks"): ("noop",),
        ("sharing-who", "value"): "B1",
        ("sharing-level", "value"): "full",
        ("sharing-until", "value"): "1y",
        ("sharing-ask-who", "value"): "B1",
        ("sharing-note", "value"): "",
        ("sharing-factory", "data"): factory,
        (ACCOUNT_BUTTONS, "n_clicks"): ("enable-1",),
        (IMPORT_BUTTONS, "n_clicks"): ("keep",),
        (LIST_BUTTONS, "n_clicks"): ("same-1-F1",),
        ("factory-lists-list", "data"): "list",
        (IMPORT_FIELDS, "value"): "",
        ("imports-id", "data"): import_id(OWNERS.get(factory, "X")),
        ("imports-stage", "data"): "draft",
        ("imports-as", "data"): "form",
        ("imports-clock", "n_intervals"): 1,
        ("accounts-role", "data"): None,
        ("accounts-invite", "n_clicks"): 1,
        ("accounts-email", "n_submit"): None,
        ("accounts-email", "value"): "",
        ("accounts-to", "value"): "buyer:B1",
        ("accounts-new-name", "value"): "",
        ("accounts-new-id", "value"): "",
        ("accounts-days", "value"): "7",
        ("timeline-remark-text", "value"): "",
        ("timeline-remark-photo", "src"): None,
        (REPLY_BUTTONS, "n_clicks"): ("send",),
        ("replies-text", "value"): "",
        ("replies-photo", "src"): None,
        ("replies-target", "data"): {"factory": factory, "reply": "row.t1"},
        ("timeline-graph", "clickData"): {"points": [{"customdata": chosen}]},
    }
    search = f"?action={chosen}&period=all&lanes=buyer&rows=overall,q2&theme=t1&explain=t1&as=eti&row=t1"
    search += f"&measures={','.join(measured)}"
    for page, more in (
        (f"overview/{factory}", ""),
        (f"timeline/{factory}", ""),
        (f"timeline/{factory}", "&view=weeks&kind=rush_order"),
        (f"indicators/{factory}", ""),
        (f"overview/{factory}", "&explain=none&reply=row.gone"),
        (f"footprint/{factory}", ""),
        ("footprint", ""),
        ("benchmarks", "&country=BD&sector=knit&month=2026-05&compare=~"),
        ("", ""),
        ("suppliers", f"&pin={factory},F2&find=mill&sort=t1"),
        ("compare", f"&with={factory},F1,F2,F3,F9"),
        ("service", ""),
        (f"sharing/{factory}", "&with=B1&level=score"),
        ("requests", f"&factory={factory}&level=full"),
        ("looks", ""),
        ("imports", ""),
        ("factory-lists", "&list=list"),
        (f"imports/{'<import_id>' if factory == '<factory>' else import_id(OWNERS.get(factory, 'X'))}", "&as=form"),
        ("accounts", "&role=buyer"),
        ("accounts", ""),
        ("method", ""),
        ("not-found", ""),
    ):
        yield common | {
            ("url", "pathname"): f"/app/{page}",
            ("_pages_location", "pathname"): f"/app/{page}",
            ("_pages_location", "search"): search + more,
        }


def text_in(content: bytes) -> str:
    """What an answer says, whatever it is; a workbook is taken apart, as packed words are not found."""
    if not content.startswith(b"PK"):
        return content.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("latin-1") for name in parts.namelist())


def posted(browser: FlaskClient, sent: dict[str, Any]) -> Any:
    """The answer to a callback."""
    cookie = browser.get_cookie("_csrf_token")
    headers = {"X-CSRFToken": cookie.decoded_value} if cookie else {}
    data = json.dumps(sent)
    return browser.post("/app/_dash-update-component", data=data, content_type="application/json", headers=headers)
