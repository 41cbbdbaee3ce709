"""How many files one account may take: so that nobody empties the portal by a script, or slows it down for others."""

from flask import Flask
from flask_limiter import Limiter

from access.policy import current_viewer
from data.settings import Settings
from web import benchmark_files, downloads, page_twins, photos, uploads
from web.api import routes
from web.api.bearer import token_asking

SCOPE = "downloads"
PUSHES = "pushes"


def register(app: Flask, settings: Settings) -> None:
    """Nothing; files are counted for each account, refused ones too. Call it after the guard, which says who asks.

    Pages and callbacks are not limited. The counts are in the memory of this process: with several processes each
    counts for itself, so an account may take as many times more. Never by address: a factory's or an office's people
    share one.
    """
    limiter = Limiter(
        account_asking, app=app, storage_uri="memory://", strategy="moving-window", headers_enabled=True,
    )  # fmt: skip
    rates = f"{settings.downloads_a_minute} per minute; {settings.downloads_an_hour} per hour"
    for part in (downloads, benchmark_files, page_twins, photos, uploads):
        limiter.shared_limit(rates, scope=SCOPE)(part.blueprint)
    pushes = f"{settings.pushes_a_minute} per minute; {settings.pushes_an_hour} per hour"
    limiter.shared_limit(pushes, scope=PUSHES, key_func=token_asking)(routes.blueprint)


def account_asking() -> str:
    """Under which name a file is counted: the account's, in whichever browser and as whomever its person looks."""
    return f"account {current_viewer().user_id}"
