"""Bringing a file: who may, with which token, how large; and what of an import is sent back."""

import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from access.roles import Role
from data.release.reader import Releases
from data.settings import Settings
from scoring.service import Door
from tests.web.small import Portal, sign_in

GOOD = b"factory_id,headcount\nF1,90\n"
JSON = {"Accept": "application/json"}


@pytest.fixture
def browsers(portal: Portal) -> dict[str, FlaskClient]:
    """Signed-in browsers of two owners and a buyer, and one of nobody, over a real door."""
    portal.app.extensions["seamline.door"] = Door(Releases(portal.home, Settings(home=portal.home.root)), portal.store)
    found = {"nobody": portal.client()}
    for name, role, org in (("O1", Role.OWNER, "O1"), ("O2", Role.OWNER, "O2"), ("B1", Role.BUYER, "B1")):
        portal.account(f"{name}@x.example".casefold(), role, org)
        found[name] = portal.client()
        assert sign_in(found[name], f"{name}@x.example".casefold()).status_code == 302
        found[name].get("/app/")
    return found


def token(browser: FlaskClient) -> str:
    """The form token that the pages hand out."""
    browser.get("/imports/new")
    cookie = browser.get_cookie("_csrf_token")
    return cookie.decoded_value if cookie else ""


def bring(browser: FlaskClient, body: bytes, name: str = "june.csv", **headers: str) -> TestResponse:
    return post(browser, "/imports", body, name, **headers)


def post(browser: FlaskClient, path: str, body: bytes, name: str = "june.csv", **headers: str) -> TestResponse:
    """A form with a file, put together in memory: the test client leaves a file open behind a large one."""
    form = {"csrf_token": token(browser), "file": FileStorage(io.BytesIO(body), filename=name)}
    boundary, data = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(path, data=data, headers=headers, content_type=kind)


def test_a_form_leads_to_the_page_of_the_import(browsers: dict[str, FlaskClient]) -> None:
    answer = bring(browsers["O1"], GOOD)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/app/imports/")
    told = bring(browsers["O1"], GOOD, **JSON)
    assert told.status_code == 201
    assert told.get_json()["address"].startswith("/app/imports/")


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("B1", 404)])
def test_who_may_not_brings_nothing_and_not_a_byte_is_read(
    portal: Portal, browsers: dict[str, FlaskClient], who: str, status: int
) -> None:
    assert bring(browsers[who], GOOD, **JSON).status_code == status
    assert list(portal.home.imports.iterdir()) == []
    assert browsers["B1"].get("/imports/new").status_code == 404


def test_v3_5_1_without_its_token_or_from_elsewhere_nothing_is_taken(
    portal: Portal, browsers: dict[str, FlaskClient]
) -> None:
    owner = browsers["O1"]
    bare = owner.post("/imports", data={"file": (io.BytesIO(GOOD), "june.csv")})
    assert bare.status_code == 400
    assert bring(owner, GOOD, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert bring(owner, GOOD, Origin="https://elsewhere.example").status_code == 403
    assert list(portal.home.imports.iterdir()) == []


def test_only_this_route_takes_more_than_others(
    portal: Portal, browsers: dict[str, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = browsers["O1"]
    large = b"factory_id,headcount\n" + b"F1,90\n" * 500_000
    assert len(large) > 2 * 1024 * 1024
    assert bring(owner, large).status_code == 303
    assert post(owner, "/preview", large).status_code == 413
    monkeypatch.setattr("web.uploads.MOST", 3 * 1024 * 1024)
    assert bring(owner, large + large).status_code == 413
    kept = [path for path in portal.home.imports.iterdir() if path.is_dir()]
    assert len(kept) == 1


@pytest.mark.parametrize("body", [b"", None])
def test_nothing_and_an_empty_file_are_told_in_a_sentence(browsers: dict[str, FlaskClient], body: bytes | None) -> None:
    owner = browsers["O1"]
    form = {"csrf_token": token(owner)} | ({"file": (io.BytesIO(body), "x.csv")} if body is not None else {})
    answer = owner.post("/imports", data=form, headers=JSON)
    assert answer.status_code == 400
    assert answer.get_json()["error"] in ("Choose a file first.", "The file is empty. Choose another one.")
    page = owner.post("/imports", data={"csrf_token": token(owner)})
    assert page.status_code == 400
    assert "Choose a file first." in page.text


def test_an_import_and_its_files_are_there_for_its_owner_alone(
    browsers: dict[str, FlaskClient], portal: Portal
) -> None:
    address = bring(browsers["O1"], b"site,people\nF1,90\n", "=cmd|' /C'!.csv").headers["Location"]
    public_id = address.rpartition("/")[2]
    path = f"/download/imports/{public_id}/mapping.toml"
    answer = browsers["O1"].get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("O2", "B1"):
        refused = browsers[who].get(path)
        missing = browsers[who].get(f"/download/imports/{'0' * 32}/mapping.toml")
        assert (
            (refused.status_code, len(refused.data))
            == (missing.status_code, len(missing.data))
            == (404, len(missing.data))
        )
    assert browsers["O1"].get(f"/download/imports/{public_id}/left-out.csv").status_code == 404
    quarantine = Path(portal.home.imports) / public_id / "left-out.csv"
    quarantine.write_text("line,reason\n2,no\n")
    assert browsers["O1"].get(f"/download/imports/{public_id}/left-out.csv").text == "line,reason\n2,no\n"
