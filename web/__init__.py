"""Plain Flask around the portal: who may enter, how pages are sent, and the pages that are not Dash.

`register` is the single entry. Call it once, after Dash has been built on the same Flask app under `/app/`.
"""

from flask import Flask
from flask_wtf import CSRFProtect

from web import (
    account,
    benchmark_files,
    downloads,
    errors,
    guard,
    headers,
    health,
    invitations,
    limits,
    page_twins,
    photos,
    preview,
    proxies,
    second_factor,
    session,
    sheets,
    signin,
    uploads,
)
from web.api import bearer, reference, routes
from web.wiring import KEY, Wiring

BODY_LIMIT = 2 * 1024 * 1024


def register(app: Flask, wiring: Wiring) -> None:
    """Nothing; from now on the guard stands before every route of `app`, Dash's included.

    Dash must have `suppress_callback_exceptions=True` (else it shows the first visitor's pages to everybody)
    and `csrf_token_name` left as it is. Routes added later are closed unless `guard.OPEN_RULES` names them.
    """
    app.extensions[KEY] = wiring
    app.config.update(
        SECRET_KEY=wiring.home.secret("flask"),
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        SESSION_COOKIE_NAME="__Host-form" if wiring.settings.https else "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=wiring.settings.https,
        SESSION_COOKIE_PATH="/",
        # A dashboard may stay open all day; the token ends with the browser's session, not with the hour.
        WTF_CSRF_TIME_LIMIT=None,
        # Pages send no referrer; `guard` looks at Sec-Fetch-Site and Origin instead.
        WTF_CSRF_SSL_STRICT=False,
    )
    proxies.register(app, wiring.settings.proxies)
    sheets.register(app)
    errors.register(app)
    session.register(app)
    invitations.register(app)
    guard.register(app)
    uploads.register(app)
    bearer.register(app)
    # A push carries a token of its own and no cookie counts there, so no other site can borrow a browser for it.
    CSRFProtect(app).exempt(routes.blueprint)
    headers.register(app)
    limits.register(app, wiring.settings)
    files = (downloads, benchmark_files, page_twins, photos, uploads)
    for part in (signin, second_factor, invitations, account, health, *files, preview, routes, reference):
        app.register_blueprint(part.blueprint)
