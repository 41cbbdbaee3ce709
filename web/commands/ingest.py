"""`flask ingest`: the service that takes files from the inbox, closes days, and publishes."""

import signal
import threading
import time

import click
from flask import Flask
from flask.cli import with_appcontext

from data.ingester import Ingester
from web.wiring import wiring

GLANCE = 0.5
"""Seconds between looks whether somebody waits for an import; the inbox is looked at less often."""


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(ingest)


@click.command("ingest")
@click.option("--once", is_flag=True, help="Do what is waiting, then end.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Seconds between looks."
)
@with_appcontext
def ingest(once: bool, every: float) -> None:
    """Load what lies in the inbox and publish it; the only process that writes the vault by itself."""
    here = wiring()
    ingester = Ingester(here.home, here.settings, here.state)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while True:
        for line in ingester.work():
            click.echo(line, err=True)
        if once or rested(ingester, stopped, every):
            return


def rested(ingester: Ingester, stopped: threading.Event, every: float) -> bool:
    """True when the service is to end; False after so many seconds, or once somebody at a page waits for it."""
    end = time.monotonic() + every
    while (left := end - time.monotonic()) > 0:
        if stopped.wait(min(left, GLANCE)):
            return True
        if ingester.asked():
            return False
    return False
