"""The `flask` commands, one file each."""

from flask import Flask

from web.commands import (
    accounts,
    audit,
    benchmark,
    demo,
    effects,
    grants,
    imports,
    ingest,
    load,
    quality,
    registry,
    release,
    scores,
    serve,
    tokens,
)

PARTS = (
    accounts, audit, benchmark, demo, effects, grants, imports, ingest, load,
    quality, registry, release, scores, serve, tokens,
)  # fmt: skip


def register_commands(app: Flask) -> None:
    """Nothing; `app` now has every command."""
    for part in PARTS:
        part.register(app)
