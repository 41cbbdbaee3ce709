"""What stands between people and the portal: only as many proxies as the settings name are believed."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def register(app: Flask, proxies: int) -> None:
    """Nothing; the address of whoever asks is the one that the last of that many proxies was asked by.

    With none, what a request says about where it comes from is not believed: anybody could write it, and so get
    around the count of tries for each source.
    """
    if proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way of putting something before an app
