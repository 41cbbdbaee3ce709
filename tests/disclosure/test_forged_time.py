"""What is forbidden and what does not exist run the same statements, so that no clock tells them apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import event

from data.engine import Engine
from tests.disclosure.tenants import Tenants, body, canary, plausible, posted, tenants

FORBIDDEN = {"O1": "F2", "B1": "F3", "N1": "F1"}
ASKED = ("rows", "frame", "run", "do")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The clock stands: a session is noted as seen once a minute, which has nothing to do with what is asked."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """The portal of several tenants."""
    made = tenants(tmp_path_factory.mktemp("time"))
    yield made
    made.state.close()


@contextmanager
def statements(home: Tenants, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that either store is asked meanwhile, without its values."""
    asked: list[str] = []
    engine = home.state._engine

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with monkeypatch.context() as patched:
        for name in ASKED:
            patched.setattr(Engine, name, noting(getattr(Engine, name), asked))
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(engine, "before_cursor_execute", note)


def noting(method: Any, asked: list[str]) -> Any:
    """The method, which also notes the name of the statement."""

    def noted(self: Engine, name: str, *args: Any, **values: Any) -> Any:
        asked.append(name)
        return method(self, name, *args, **values)

    return noted


def run_by(home: Tenants, who: str, factory: str, chosen: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The statements of every callback, as the pages of this factory would post it."""
    found = {}
    for name, callback in home.callbacks().items():
        if "callback" not in callback:
            continue
        for place, values in enumerate(plausible(factory, chosen)):
            with statements(home, monkeypatch) as asked:
                posted(home.browsers[who], body(name, callback, values, None))
            found[f"{name} {place}"] = asked
    return found


@pytest.mark.parametrize("who", FORBIDDEN)
def test_forbidden_and_unknown_run_the_same(home: Tenants, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    forbidden = FORBIDDEN[who]
    for factory in (forbidden, "F9"):
        run_by(home, who, factory, "A", monkeypatch)  # what is kept from now on is kept for both
    there = run_by(home, who, forbidden, f"{canary('id', forbidden, 'B1')}-0", monkeypatch)
    nowhere = run_by(home, who, "F9", "no such action", monkeypatch)
    assert {name: (there[name], nowhere[name]) for name in there if there[name] != nowhere[name]} == {}
    assert any(there.values()), "statements are seen"


@pytest.mark.parametrize("path", ["/download/indicators/{}", "/download/explanation/{}", "/download/looks/{}",
                                  "/preview?factory={}&with=B1&level=score"])  # fmt: skip
@pytest.mark.parametrize("who", FORBIDDEN)
def test_routes_do_too(home: Tenants, who: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home.browsers[who].get(path.format("F9"))  # the session is noted as seen now
    seen = []
    for factory in (FORBIDDEN[who], "F9"):
        with statements(home, monkeypatch) as asked:
            assert home.browsers[who].get(path.format(factory)).status_code == 404
        seen.append(asked)
    assert seen[0] == seen[1]
