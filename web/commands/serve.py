"""`flask serve`: the portal and, as its child, the ingester."""

import signal
import subprocess
import sys
import threading
from contextlib import suppress

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from web.commands.answers import Refusal
from web.wiring import Wiring, wiring

THREADS = 8
RESTART = 5.0
"""Seconds before an ingester that ended is started again."""


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(serve)


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Serve the portal on SEAMLINE_HOST and SEAMLINE_PORT, with the ingester beside it."""
    here = wiring()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself outlives this context
    try:
        server = waitress.create_server(
            app,
            host=here.settings.host,
            port=here.settings.port,
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=False,
        )
    except OSError as problem:
        raise Refusal(
            f"Port {here.settings.port} on {here.settings.host} cannot be used: {problem.strerror}. "
            "Stop what uses it, or set SEAMLINE_PORT to another."
        ) from problem
    ingester = Companion()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    greet(here)
    try:
        with suppress(KeyboardInterrupt):
            server.run()
    finally:
        ingester.stop()
        server.close()


class Companion:
    """The ingester as a child process; one that ends by itself is started again a little later."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process = self._started()
        threading.Thread(target=self._watch, daemon=True, name="ingester").start()

    def stop(self) -> None:
        """Nothing; the ingester has ended, a load it was in undone or kept as a whole."""
        self._stopped.set()
        self._process.terminate()
        self._process.wait(timeout=70)

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "ingest"])

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if self._stopped.wait(RESTART):
                return
            click.echo(f"The ingester ended with {code} and is started again.", err=True)
            self._process = self._started()


def greet(here: Wiring) -> None:
    """Nothing; where the portal answers and how to enter is on standard error."""
    address = f"http://{here.settings.host}:{here.settings.port}"
    click.echo(f"Seamline is at {address}", err=True)
    if here.home.is_demo:
        click.echo("Enter with one click as factory owner, buyer, NGO or operator. Ctrl-C stops it.", err=True)
    else:
        click.echo("Sign in with an account made by `flask user add`. Ctrl-C stops it.", err=True)
