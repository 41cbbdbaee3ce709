"""A real Seamline in processes of its own, for tests that look at it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import state_settings

ROOT = Path(__file__).resolve().parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "app")
LOG_LINES = 60
LEFT_OUT = ("SEAMLINE_", "MAKE", "MFLAGS", "PYTEST_")


class NotServing(Exception):
    """A command failed, or a server did not answer in time. The message holds the end of its log."""


@dataclass(frozen=True)
class Live:
    """A running portal: where it answers, where its data lies, and what it has written so far."""

    address: str
    home: Path
    log: Path

    def log_end(self) -> str:
        """The last lines that the server wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_LINES:])


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def environment(home: Path, port: int | None = None) -> dict[str, str]:
    """The environment of this process, with the test's own settings and nothing of a make around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    own = {"SEAMLINE_HOME": str(home), "PYTHONUNBUFFERED": "1"} | state_settings(home)
    return kept | own | ({"SEAMLINE_PORT": str(port)} if port else {})


def run_flask(home: Path, *arguments: str, timeout: float = 300) -> str:
    """What `flask …` wrote to stdout for that home. Raises NotServing with its log when it fails."""
    done = subprocess.run(
        [*FLASK, *arguments],
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode != 0:
        raise NotServing(f"flask {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stdout


def answers(address: str) -> bool:
    """True when GET /health says that the portal can serve."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as reply:  # noqa: S310  # always http on loopback
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_until_it_answers(process: subprocess.Popen[bytes], live: Live, timeout: float) -> None:
    """Returns once /health answers. Raises NotServing when the process ended, or after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotServing(f"the server ended with {process.returncode}. Its log:\n{live.log_end()}")
        if answers(live.address):
            return
        time.sleep(0.1)
    raise NotServing(f"{live.address}/health did not answer in {timeout:.0f} s. Its log:\n{live.log_end()}")


def stop(process: subprocess.Popen[bytes], patience: float = 15) -> None:
    """Ends the process and all it started: asks first, and kills what is left after `patience` seconds."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, wish)
            process.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def running(
    command: Sequence[str], home: Path, log: Path, *, cwd: Path = ROOT, timeout: float = 60, **extra: str
) -> Iterator[Live]:
    """The server that `command` starts on a free port, until the block ends. `extra` is environment."""
    port = free_port()
    live = Live(f"http://127.0.0.1:{port}", home, log)
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            cwd=cwd,
            env=environment(home, port) | extra,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_it_answers(process, live, timeout)
            yield live
        finally:
            stop(process)
