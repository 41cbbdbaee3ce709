"""`python -m bench.suppliers`: the page of a buyer with 200 suppliers beside an empty callback, over HTTP here."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from access.roles import Role
from app import create_app
from bench.__main__ import bench_home
from bench.click import RUNS, TOKEN, answered, asked, served, signed_in
from bench.clock import Figure, timed, told
from components import ids
from data.demo.world import Plan
from data.release.publish import release
from data.state.accounts import add_account
from data.state.grants import grant
from data.state.organisations import organisation_id
from data.state.sessions import add_session
from data.vault.load import LoadRequest, load
from web.session import fingerprint
from web.wiring import KEY

SUPPLIERS = 200
MOST = 8.0
"""How many empty callbacks the page may take (issue E)."""
BUYER = "B01"


def routed(callbacks: Mapping[str, Any], path: str, search: str = "") -> dict[str, Any]:
    """What a browser would post to Dash's own router to open a page."""
    place = {("_pages_location", "pathname"): path, ("_pages_location", "search"): search}
    named = {name.replace("_pages_content", "page-"): made for name, made in callbacks.items()}
    found = asked(named, "page", "_pages_location.pathname", place)
    return {**found, "output": found["output"].replace("page-", "_pages_content")}


def figures(plan: Plan) -> list[Figure]:
    """An empty callback; the page of suppliers; the list put in another order; five of them side by side."""
    with bench_home(plan) as (home, settings, state, world):
        load(home, settings, state, LoadRequest(world))
        release(home, settings, state)
        flask = create_app(settings)
        now = datetime.now(UTC)
        factories = sorted(flask.extensions["seamline.door"].factory_ids())[:SUPPLIERS]
        assert len(factories) == SUPPLIERS
        with state.change() as change:
            account = add_account(
                change, email="bench@example.org", role=Role.BUYER, organisation=BUYER, password_hash=None
            )
            add_session(change, fingerprint(TOKEN), account.id, now, now + timedelta(hours=1))
            for factory in factories:
                grant(change, factory, organisation_id(change, "buyer", BUYER) or 0)
        callbacks = flask.extensions[KEY].callbacks()
        with served(flask) as connection:
            cookies = signed_in(connection)
            return [
                timed(name, partial(answered, connection, body, cookies, status), RUNS)
                for name, body, status in posts(callbacks, factories)
            ]


def posts(callbacks: Mapping[str, Any], factories: list[str]) -> list[tuple[str, dict[str, Any], int]]:
    """What is timed: its name, what is posted, and the status of its answer."""
    five = ",".join(factories[:5])
    look = {
        (ids.compare("drawn"), "data"): "light-wide",
        ("theme-store", "data"): "light",
        ("width-store", "data"): "wide",
    }
    order = {(ids.suppliers("asked"), "data"): {"search": "?sort=-score"}}
    return [
        ("an empty callback", asked(callbacks, "compare", "theme-store.data", look), 204),
        (f"the page of {SUPPLIERS} suppliers", routed(callbacks, "/app/suppliers"), 200),
        ("the list in another order", asked(callbacks, "suppliers", f"{ids.suppliers('asked')}.data", order), 200),
        ("five suppliers side by side", routed(callbacks, "/app/compare", f"?with={five}"), 200),
    ]


def main() -> None:
    """Prints the figures, and whether the page is as fast as it has to be."""
    empty, page, order, beside = figures(Plan(seed=7, factories=SUPPLIERS, weeks=30))
    print(told(empty))
    within = page.seconds <= MOST * empty.seconds
    print(told(page, empty, note=f"{'within' if within else 'above'} {MOST:g} x"))
    print(told(order, empty))
    print(told(beside, empty))


if __name__ == "__main__":
    main()
