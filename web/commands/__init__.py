"""The `flask` commands, one file each."""

from flask import Flask

from web.commands import (
    accounts,
    audit,
    benchmark,
    demo,
    effects,
    grants,
    ingest,
    load,
    quality,
    release,
    scores,
    serve,
)

PARTS = (accounts, audit, benchmark, demo, effects, grants, ingest, load, quality, release, scores, serve)


def register_commands(app: Flask) -> None:
    """Nothing; `app` now has every command."""
    for part in PARTS:
        part.register(app)
