"""`python -m bench.click`: what a click on the timeline costs beside an empty callback, over HTTP on this machine."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any

from flask import Flask
from waitress import create_server

from access.roles import Role
from access.viewer import Viewer
from app import create_app
from bench.__main__ import bench_home
from bench.clock import Figure, timed, told
from components import ids
from data.demo.world import Plan
from data.release.publish import release
from data.state.accounts import add_account
from data.state.sessions import add_session
from data.vault.load import LoadRequest, load
from scoring.model import TimelineQuery
from web.session import fingerprint
from web.wiring import KEY

TOKEN = "bench"  # noqa: S105  # the cookie of a home that is gone in a minute
RUNS = 40
Values = Mapping[tuple[str, str], Any]


def asked(callbacks: Mapping[str, Any], page: str, trigger: str, values: Values) -> dict[str, Any]:
    """What a browser would post for the one callback that `trigger` (an id and a property) is an input of."""
    name, callback = next(
        (name, made)
        for name, made in callbacks.items()
        if f"{page}-" in name and trigger in [f"{spec['id']}.{spec['property']}" for spec in made["inputs"]]
    )
    output = callback["output"]
    outputs = [
        {"id": one.component_id, "property": one.component_property}
        for one in (output if isinstance(output, (list, tuple)) else [output])
    ]

    def filled(specs: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [{**spec, "value": values.get((spec["id"], spec["property"]))} for spec in specs]

    return {
        "output": name, "outputs": outputs if isinstance(output, (list, tuple)) else outputs[0],
        "inputs": filled(callback["inputs"]), "state": filled(callback["state"]), "changedPropIds": [trigger],
    }  # fmt: skip


@contextmanager
def served(flask: Flask) -> Iterator[HTTPConnection]:
    """A connection to the portal, served as `make run` serves it, for the life of this process."""
    server = create_server(flask, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    connection = HTTPConnection("127.0.0.1", server.effective_port)
    try:
        yield connection
    finally:
        connection.close()


def signed_in(connection: HTTPConnection) -> dict[str, str]:
    """The cookies of a browser that has opened a page."""
    connection.request("GET", "/app/", headers={"Cookie": f"sid={TOKEN}"})
    answer = connection.getresponse()
    answer.read()
    given = (one.partition(";")[0].partition("=") for one in answer.headers.get_all("Set-Cookie") or ())
    return {"sid": TOKEN} | {name: value for name, _, value in given}


def answered(connection: HTTPConnection, body: dict[str, Any], cookies: dict[str, str], expected: int) -> None:
    """Nothing; the callback was answered with that status."""
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {"Cookie": told, "X-CSRFToken": cookies["_csrf_token"], "Content-Type": "application/json"}
    connection.request("POST", "/app/_dash-update-component", json.dumps(body), headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == expected, (answer.status, said[:200])  # else the figure is of nothing


def figures(plan: Plan) -> tuple[Figure, Figure]:
    """An empty callback, and a click on a mark of the showcase factory's timeline."""
    with bench_home(plan) as (home, settings, state, world):
        load(home, settings, state, LoadRequest(world))
        release(home, settings, state)
        flask = create_app(settings)
        now = datetime.now(UTC)
        with state.change() as change:
            account = add_account(
                change, email="bench@example.org", role=Role.OPERATOR, organisation="bench", password_hash=None
            )
            add_session(change, fingerprint(TOKEN), account.id, now, now + timedelta(hours=1))
        factory = sorted(flask.extensions["seamline.door"].factory_ids())[0]
        callbacks = flask.extensions[KEY].callbacks()
        query = TimelineQuery(factory, period="all")
        action = first_action(flask, query)
        values = {
            (ids.timeline("query"), "data"): {"factory": factory, "values": query.to_url()},
            (ids.timeline("drawn"), "data"): "light-wide",
            (ids.timeline("chosen"), "data"): action,
            ("theme-store", "data"): "light",
            ("width-store", "data"): "wide",
        }
        nothing = asked(callbacks, "timeline", "theme-store.data", values)
        clicked = asked(callbacks, "timeline", f"{ids.timeline('chosen')}.data", values)
        with served(flask) as connection:
            cookies = signed_in(connection)
            empty = timed("an empty callback", lambda: answered(connection, nothing, cookies, 204), RUNS)
            click = timed("a click on the timeline", lambda: answered(connection, clicked, cookies, 200), RUNS)
    return empty, click


def first_action(flask: Any, query: TimelineQuery) -> str:
    """An action of the factory."""
    view = flask.extensions["seamline.door"].timeline(Viewer(0, Role.OPERATOR, ""), query)
    return str(view.aftermaths[0].action.action_id)


def main() -> None:
    """Prints the figures."""
    empty, click = figures(Plan(seed=7, factories=40, weeks=104))
    print(told(empty))
    print(told(click, empty))


if __name__ == "__main__":
    main()
