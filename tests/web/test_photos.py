"""The photo route: for whoever may read the reply, as a picture and nothing else; for all others nothing is there."""

import pytest
from flask.testing import FlaskClient

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from scoring.model import NoRelease
from tests.web.small import Portal, sign_in

JPEG = b"\xff\xd8\xff picture"


class PhotoDoor:
    """A door with one photo, number 7, for owners."""

    def __init__(self) -> None:
        self.empty = False

    def photo(self, viewer: Viewer, remark_id: object) -> bytes:
        if self.empty:
            raise NoRelease
        if viewer.role is not Role.OWNER or remark_id != 7:
            raise NotAvailable
        return JPEG


@pytest.fixture
def door(portal: Portal) -> PhotoDoor:
    made = PhotoDoor()
    portal.app.extensions["seamline.door"] = made
    return made


@pytest.fixture
def browsers(portal: Portal, door: PhotoDoor) -> dict[Role, FlaskClient]:
    """A signed-in browser of an owner and of a buyer."""
    found = {}
    for role, org in ((Role.OWNER, "O1"), (Role.BUYER, "B1")):
        portal.account(f"{role}@x.example", role, org)
        found[role] = portal.client()
        assert sign_in(found[role], f"{role}@x.example").status_code == 302
    return found


def test_v3_2_1_a_photo_is_sent_as_a_picture_and_is_not_kept(browsers: dict[Role, FlaskClient]) -> None:
    answer = browsers[Role.OWNER].get("/photo/7")
    assert (answer.status_code, answer.data) == (200, JPEG)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline; filename=photo.jpg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert browsers[Role.OWNER].head("/photo/7").status_code == 200


def test_v8_2_2_forbidden_and_unknown_look_the_same(browsers: dict[Role, FlaskClient], door: PhotoDoor) -> None:
    forbidden, unknown = browsers[Role.BUYER].get("/photo/7"), browsers[Role.OWNER].get("/photo/8")
    assert forbidden.status_code == unknown.status_code == 404
    assert forbidden.headers["Content-Type"] == unknown.headers["Content-Type"]
    assert "This is not available" in forbidden.text
    door.empty = True
    assert browsers[Role.OWNER].get("/photo/7").status_code == 404


@pytest.mark.parametrize("odd", ["x", "-1", "7.jpg", "1e3", "%00", "..%2F7", "", "9" * 5000, "true"])
def test_an_odd_number_is_not_there(browsers: dict[Role, FlaskClient], odd: str) -> None:
    assert browsers[Role.OWNER].get(f"/photo/{odd}").status_code == 404
    assert browsers[Role.OWNER].get(f"/photo/{'9' * 40}").status_code == 404


def test_nobody_gets_one_without_signing_in(portal: Portal, door: PhotoDoor) -> None:
    answer = portal.client().get("/photo/7", headers={"Sec-Fetch-Dest": "image", "Accept": "image/*"})
    assert answer.status_code == 401
    assert JPEG not in answer.data
    assert portal.client().get("/photo/7").status_code == 302


def test_a_photo_is_only_read(browsers: dict[Role, FlaskClient]) -> None:
    assert browsers[Role.OWNER].post("/photo/7").status_code in (400, 405)
