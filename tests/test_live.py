"""A server that does not come up is reported with its own words, and nothing of it stays behind."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.live import NotServing, free_port, running

QUITS = "print('the vault is gone', flush=True); raise SystemExit(3)"
SLEEPS = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
SERVES = """
import http.server, os
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["SEAMLINE_PORT"])), Health).serve_forever()
"""


def is_alive(pid: int) -> bool:
    """True while a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_that_ends_is_reported_with_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(NotServing, match=r"ended with 3(.|\n)*the vault is gone"),
        running([sys.executable, "-c", QUITS], tmp_path, tmp_path / "log"),
    ):
        pytest.fail("it never served")


def test_a_server_that_stays_silent_is_reported_and_ended(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        pytest.raises(NotServing, match=r"did not answer in 1 s"),
        running([sys.executable, "-c", SLEEPS], tmp_path, log, timeout=1),
    ):
        pytest.fail("it never served")
    assert not is_alive(int(log.read_text()))


def test_a_server_serves_until_the_block_ends(tmp_path: Path) -> None:
    before = time.monotonic()
    with running([sys.executable, "-c", SERVES], tmp_path, tmp_path / "log") as live:
        assert live.address.startswith("http://127.0.0.1:")
        assert '"GET /health HTTP/1.1" 200' in live.log_end()
    assert time.monotonic() - before < 20


def test_free_ports_can_be_listened_on() -> None:
    assert 1024 < free_port() < 65536
