"""Where the server-rendered pages find their styles: the same files that Dash serves to the portal."""

from functools import lru_cache
from pathlib import Path

from flask import Flask

ASSETS = Path(__file__).resolve().parent.parent / "assets"

SHEETS = (
    "vendor/10-bootstrap/bootstrap.min.css",
    "vendor/20-icons/bootstrap-icons.min.css",
    "vendor/30-inter/inter.css",
    "view/10-tokens.css",
    "signin.css",
)


def register(app: Flask) -> None:
    """Nothing; templates know `sheets` and `asset_url`."""
    app.jinja_env.globals.update(sheets=SHEETS, asset_url=asset_url)


@lru_cache(maxsize=64)
def asset_url(path: str) -> str:
    """The address of a file in the assets folder, with its age, so that browsers may keep it for long."""
    address = f"/app/assets/{path}"
    try:
        return f"{address}?m={(ASSETS / path).stat().st_mtime:.0f}"
    except OSError:
        return address  # a page without a style is better than no page
