"""The `flask` commands, one file each."""

from flask import Flask

from web.commands import accounts, benchmark, demo, effects, ingest, load, quality, release, scores, serve


def register_commands(app: Flask) -> None:
    """Nothing; `app` now has every command."""
    for part in (accounts, benchmark, demo, effects, ingest, load, quality, release, scores, serve):
        part.register(app)
