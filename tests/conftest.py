"""What tests of every ring share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def state_server() -> Iterator[None]:
    """The whole suite on PostgreSQL when it was asked for (tests/postgres.py); its server ends with the run."""
    if postgres.WHOLE_SUITE:
        if postgres.programs() is None:
            pytest.exit(postgres.MISSING, returncode=1)
        with postgres.state_on(postgres.server()):
            yield
    else:
        yield
    postgres.stop_all()


@pytest.fixture(params=postgres.STORES)
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each kind of state store in turn, for tests of what must mean the same on both: its name."""
    if request.param == "sqlite" or postgres.WHOLE_SUITE:
        yield request.param
    else:
        with postgres.state_on(postgres.server()):
            yield request.param


@pytest.fixture(autouse=True)
def state_forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """Takes what a test left on the state server away again."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        postgres.forget(folder)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published files that may be read but never committed; skips where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return folder
