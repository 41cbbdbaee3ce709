"""The headers that go with every answer: what a browser may load, keep and tell."""

from typing import Any

from flask import Flask, Response, request
from flask_wtf.csrf import generate_csrf

from web.wiring import wiring

CSRF_COOKIE = "_csrf_token"
YEAR = 365 * 24 * 3600
DAY = 24 * 3600
ASSETS = ("/app/assets/", "/app/_dash-component-suites/")

# Without a referrer a browser hides where a form comes from, and without TLS it has no other way to tell.
FORM_PAGES = ("/signin", "/account", "/invitation/", "/preview", "/imports")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}
COMMON = (
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def register(app: Flask) -> None:
    """Nothing; every answer of `app` carries these headers."""
    hashes: list[str] = []

    @app.after_request
    def dress(response: Response) -> Response:
        if request.path.startswith(FORM_PAGES):
            response.headers["Referrer-Policy"] = "same-origin"
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if wiring().settings.https:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        dash_page = request.path.startswith("/app/") and response.mimetype == "text/html"
        if dash_page and not hashes:
            hashes.extend(wiring().csp_hashes())
        response.headers["Content-Security-Policy"] = content_policy(hashes if dash_page else None)
        keep(response)
        if response.status_code not in (429, 503):
            response.headers.pop("Retry-After", None)  # the limits put it on every answer, and it would slow programs
        if response.mimetype == "text/html" and response.status_code == 200 and not request.path.startswith("/api/"):
            hand_out_token(response)
        return response


def content_policy(hashes: list[str] | None) -> str:
    """What a page may load: only from here. Dash's pages also run its inline scripts and inline styles."""
    scripts = " ".join(["script-src 'self'", *(hashes or [])])
    styles = "style-src 'self'" if hashes is None else "style-src 'self' 'unsafe-inline'"
    return "; ".join(["default-src 'self'", scripts, styles, *COMMON])


def keep(response: Response) -> None:
    """Nothing; says how long the answer may be kept: fingerprinted files a year, pages not at all."""
    if request.path.startswith(ASSETS) and response.status_code in (200, 304):
        if "m" in request.args or response.cache_control.max_age == YEAR:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif request.path.startswith("/app/assets/vendor/"):
            response.headers["Cache-Control"] = f"public, max-age={DAY}"
        else:
            response.headers["Cache-Control"] = "no-cache"
        return
    response.headers["Cache-Control"] = "no-store"


def hand_out_token(response: Response) -> None:
    """Nothing; the page's scripts can read the form token, which Dash sends back with each callback."""
    options: dict[str, Any] = {"secure": wiring().settings.https, "samesite": "Lax", "path": "/"}
    response.set_cookie(CSRF_COOKIE, generate_csrf(), **options)
