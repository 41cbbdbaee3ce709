"""A small real portal: Flask, the guard and its pages, a state store, and one small Dash app under /app/."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import dash
import pyotp
from argon2 import PasswordHasher
from dash import ALL, Dash, Input, Output, State, dcc, html
from flask import Flask
from flask.testing import FlaskClient

import web
from access.policy import current_viewer
from access.roles import Role
from data.home import Home
from data.settings import Settings
from data.state import State as Store
from data.state.accounts import Account, account_by_email, add_account
from data.state.second_factors import second_factor
from tests import postgres
from web.commands import accounts as account_commands
from web.commands import grants as grant_commands
from web.passwords import Passwords
from web.sheets import ASSETS
from web.wiring import Wiring

PASSWORD = "a quiet seam in blue"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
OWNED = {"O1": frozenset({"F1", "F2"})}


@dataclass
class Portal:
    """The app under test, with what tests look at and turn."""

    app: Flask
    home: Home
    store: Store
    passwords: Passwords
    release: Callable[[], int | None]

    def client(self) -> FlaskClient:
        """A browser without cookies."""
        return self.app.test_client()

    def account(self, email: str, role: Role = Role.OWNER, org: str = "O1", password: str | None = PASSWORD):
        """The new account."""
        hashed = None if password is None else CHEAP.hash(password)
        with self.store.change() as change:
            return add_account(change, email=email, role=role, organisation=org, password_hash=hashed)

    def kept(self) -> bytes:
        """Everything that the state store holds, as it would be read by somebody who got at it."""
        if not postgres.on_postgresql():
            return self.home.state.read_bytes() + self.home.state.with_name("state.sqlite-wal").read_bytes()
        with self.store.look() as look:
            rows = [look.connection.execute(table.select()).all() for table in postgres.tables_of(look)]
        return repr(rows).encode()

    def lose_store(self) -> None:
        """Nothing; the state store can no longer be reached."""
        self.store.close()
        if postgres.on_postgresql():
            postgres.lose_state(self.home.root)
        else:
            self.home.state.rename(self.home.state.with_name("away"))
            self.home.state.mkdir()

    def found(self, email: str) -> Account | None:
        """The account as the store has it now."""
        with self.store.look() as look:
            return account_by_email(look, email)


def dash_app(server: Flask) -> Dash:
    """A Dash app with one callback of each shape, that says who asked."""
    app = Dash(
        "small",
        server=server,
        url_base_pathname="/app/",
        assets_folder=str(ASSETS),
        suppress_callback_exceptions=True,
        use_pages=True,
        pages_folder="",
    )
    dash.register_page("small.home", path="/", layout=lambda **_: html.H1("small home"))
    dash.register_page("small.one", path_template="/one/<name>", layout=lambda name="", **_: html.P(str(name)))
    app.layout = html.Div([dcc.Location(id="url"), dash.page_container])

    @app.callback(Output("who", "children"), Input("ask", "n_clicks"), State("note", "data"))
    def say(_clicks: Any, _note: Any) -> str:
        return f"{current_viewer().user_id} {sorted(current_viewer().factories)}"

    @app.callback(Output("a", "children"), Output("b", "children"), Input({"type": "row", "n": ALL}, "value"))
    def both(_values: Any) -> tuple[str, str]:
        return "one", "two"

    @app.callback(Output("a", "children", allow_duplicate=True), Input("c", "x"), prevent_initial_call=True)
    def again(_value: Any) -> str:
        return "again"

    @app.callback(Input("d", "x"))
    def quiet(_value: Any) -> None:
        return None

    return app


def portal_in(home: Home, settings: Settings) -> Portal:
    """A portal over that home."""
    app = Flask("small", static_folder=None)
    app.testing = True
    small, store = dash_app(app), Store.open(home, settings)
    made = Portal(app, home, store, Passwords(CHEAP), lambda: 42)

    @app.get("/app-free/fails")
    def fails() -> str:
        raise RuntimeError("secret detail")

    web.register(
        app,
        Wiring(
            settings=settings,
            home=home,
            state=store,
            owned=lambda org: OWNED.get(org, frozenset()),
            factory_ids=lambda: frozenset({"F1", "F2", "F3"}),
            callbacks=lambda: small.callback_map,
            csp_hashes=small.csp_hashes,
            release_number=lambda: made.release(),
            passwords=made.passwords,
        ),
    )
    account_commands.register(app)
    grant_commands.register(app)
    return made


def form_token(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found.group(1)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: Any) -> Any:
    """What came back after the sign-in form was sent."""
    page = client.get("/signin", **more).get_data(as_text=True)
    fields = {"email": email, "password": password, "csrf_token": form_token(page)}
    return client.post("/signin", data=fields, **more)


def code_now(portal: Portal, email: str, later: int = 0) -> str:
    """What the app of this person shows, now or some time steps later."""
    account = portal.found(email)
    assert account
    with portal.store.look() as look:
        factor = second_factor(look, account.id)
    assert factor
    return pyotp.TOTP(factor.secret).generate_otp(int(time.time()) // 30 + later)


def send_code(client: FlaskClient, place: str, code: str, **more: Any) -> Any:
    """What came back after a code was sent from the page at `place`: "code" or "setup"."""
    token = form_token(client.get(f"/signin/{place}", **more).text)
    return client.post(f"/signin/{place}", data={"code": code, "csrf_token": token}, **more)


def sign_in_operator(portal: Portal, client: FlaskClient, email: str) -> Any:
    """What came back after an operator's first sign-in, both steps; the recovery codes are in it."""
    assert sign_in(client, email).location == "/signin/setup"
    return send_code(client, "setup", code_now(portal, email))


SAY = {
    "output": "who.children",
    "outputs": {"id": "who", "property": "children"},
    "inputs": [{"id": "ask", "property": "n_clicks", "value": 1}],
    "state": [{"id": "note", "property": "data", "value": None}],
    "changedPropIds": ["ask.n_clicks"],
}


FROM_COOKIE = object()


def call(client: FlaskClient, body: Any = SAY, token: Any = FROM_COOKIE, **more: Any) -> Any:
    """What came back after a callback was posted the way Dash's renderer does it."""
    headers = dict(more.pop("headers", {}))
    if token is FROM_COOKIE:
        domain = urlsplit(more.get("base_url", "http://localhost")).hostname or "localhost"
        cookie = client.get_cookie("_csrf_token", domain)
        token = cookie.decoded_value if cookie else None
    if token:
        headers["X-CSRFToken"] = token
    more |= {"data": json.dumps(body), "content_type": "application/json"}
    return client.post("/app/_dash-update-component", headers=headers, **more)
