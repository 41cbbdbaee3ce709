"""Headers and error pages: what a browser is told, and what nobody is. Numbers are OWASP ASVS 5.0.0."""

import base64
import hashlib
import logging
import re

import pytest
from werkzeug.exceptions import TooManyRequests

from access.viewer import NotAvailable
from tests.web.small import Portal, call, sign_in

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
JSON = {"Accept": "application/json"}
TLS = "https://portal.example"


@pytest.fixture
def anna(portal: Portal):
    """A browser in which an owner is signed in."""
    portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    return client


def directives(answer) -> dict[str, list[str]]:
    """The content policy of an answer, by directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


def test_v3_4_1_strict_transport_is_asked_for_behind_tls_only(portal: Portal, tls: Portal) -> None:
    assert "Strict-Transport-Security" not in portal.client().get("/signin").headers
    asked = tls.client().get("/signin", base_url=TLS).headers["Strict-Transport-Security"]
    assert int(re.search(r"max-age=(\d+)", asked)[1]) >= 31_536_000


def test_v3_4_3_v3_4_6_only_our_own_scripts_run_in_the_portal(anna) -> None:
    answer = anna.get("/app/")
    policy = directives(answer)
    page = re.sub(r"<!--.*?-->", "", answer.text, flags=re.S)
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*/json)[^>]*>(.*?)</script>", page, re.S)
    assert len(inline) == 2
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["script-src"]
    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"])


@pytest.mark.parametrize("path", ["/signin", "/account", "/nowhere"])
def test_v3_4_3_our_plain_pages_need_no_exception_at_all(anna, path: str) -> None:
    policy = directives(anna.get(path, headers=HTML))
    assert policy["script-src"] == policy["style-src"] == ["'self'"]


@pytest.mark.parametrize("path", ["/signin", "/account", "/app/", "/app/_dash-layout", "/health", "/nowhere"])
def test_v3_4_4_v3_4_5_v3_4_8_every_answer_carries_them(anna, path: str) -> None:
    headers = anna.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/signin", "/account", "/app/", "/app/_dash-layout", "/health", "/nowhere"])
def test_v3_4_2_no_other_site_may_read_an_answer(anna, path: str) -> None:
    for origin in ("https://evil.example", "null"):
        headers = anna.get(path, headers={"Origin": origin}).headers
        assert not [name for name in headers.keys() if name.lower().startswith("access-control")]  # noqa: SIM118  # Headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_pages_with_forms_tell_themselves_where_a_form_was_sent_from(anna) -> None:
    assert anna.get("/app/").headers["Referrer-Policy"] == "no-referrer"
    assert anna.get("/account").headers["Referrer-Policy"] == "same-origin"


def test_v14_2_2_fingerprinted_files_are_kept_long_and_carry_no_cookie(anna) -> None:
    page = anna.get("/app/").text
    scripts = [s for s in re.findall(r'src="(/app/_dash-component-suites/[^"]+)"', page) if "v4_" in s]
    for path in (scripts[0], "/app/assets/signin.css?m=1"):
        answer = anna.get(path, buffered=True)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert anna.get("/app/assets/signin.css", buffered=True).headers["Cache-Control"] == "no-cache"
    missing = anna.get("/app/assets/none.css?m=1")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


def test_v16_3_4_v16_5_1_v16_5_4_a_failure_shows_a_reference_and_nothing_else(anna, caplog) -> None:
    with caplog.at_level(logging.ERROR, "seamline.errors"):
        answer = anna.get("/app-free/fails", headers=HTML)
    assert answer.status_code == 500
    number = re.search(r"Reference ([2-9A-Z]{3}-[2-9A-Z]{3})", answer.text)[1]
    assert "Nothing is lost" in answer.text
    assert not any(word in answer.text for word in ("Traceback", "secret detail", "RuntimeError"))
    (record,) = [r for r in caplog.records if number in r.getMessage()]
    assert record.exc_info
    data = anna.get("/app-free/fails", headers=JSON)
    assert data.json.keys() == {"error", "reference"}
    assert "secret" not in data.text


@pytest.mark.parametrize("accept", [HTML, JSON], ids=["page", "data"])
def test_v16_5_1_every_refusal_is_one_plain_answer(anna, accept: dict[str, str], caplog) -> None:
    token = anna.get("/signin") and anna.get("/account").text.split('csrf_token" value="')[1].split('"')[0]
    known = {
        400: anna.post("/signout", headers=accept),
        403: anna.post("/signout", headers={**accept, "Sec-Fetch-Site": "cross-site"}),
        404: anna.get("/nowhere", headers=accept),
        405: anna.put("/health", headers={**accept, "X-CSRFToken": token}),
        413: anna.post("/signin", data={"email": "x" * 3_000_000}, headers=accept),
    }
    with caplog.at_level(logging.INFO, "seamline.errors"):
        for status, answer in known.items():
            assert answer.status_code == status
            if accept is HTML:
                assert re.search(r"<h1>[A-Z][^<]+</h1>", answer.text)
                assert "Reference " in answer.text
            else:
                assert answer.json["reference"]
    assert "GET" in known[405].headers["Allow"]


def test_v16_5_1_what_is_not_for_you_looks_like_what_does_not_exist(portal: Portal, anna) -> None:

    portal.app.view_functions["fails"] = lambda: (_ for _ in ()).throw(NotAvailable())
    hidden = anna.get("/app-free/fails", headers=JSON)
    missing = anna.get("/nowhere", headers=JSON)
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json["error"] == missing.json["error"]


def test_too_many_requests_are_told_so(portal: Portal, anna) -> None:
    portal.app.view_functions["fails"] = lambda: (_ for _ in ()).throw(TooManyRequests(retry_after=60))
    answer = anna.get("/app-free/fails", headers=HTML)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    "path",
    [
        "/app/_dash-component-suites/nothing/x.js",
        "/app/_dash-component-suites/dash/../../etc/passwd",
        "/app/_dash-component-suites/dash/none.js",
        "/app/_dash-component-suites/os/x.js",
        "/app/_dash-component-suites/x/%00",
        "/app/assets/%00",
        "/app/assets/..%2f..%2fapp.py",
        "/app/assets/" + "x" * 3000,
    ],
)
def test_odd_files_are_just_not_there(portal: Portal, path: str) -> None:
    assert portal.client().get(path).status_code == 404


def test_v16_4_1_a_log_line_cannot_be_forged(anna, caplog) -> None:
    with caplog.at_level(logging.INFO, "seamline.errors"):
        anna.get("/nowhere%0Areference 222-222: all is well")
    assert not any("\n" in record.getMessage() for record in caplog.records)


def test_v16_5_2_the_error_page_needs_no_store(portal: Portal, anna) -> None:
    portal.lose_store()
    answer = anna.get("/app/", headers=HTML)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text


def test_callbacks_are_answered_under_the_headers_too(anna) -> None:
    anna.get("/app/")
    assert call(anna).headers["Cache-Control"] == "no-store"
