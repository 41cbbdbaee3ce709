"""A factory to which may be replied, and the people who may or may not: plain values for the tests of replies."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from PIL import Image

from access.levels import Level
from access.roles import Role
from access.viewer import Viewer
from tests.scoring.releases import THROUGH, Asked, Flagged, Made, action_row, cell_of

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1"}))
OTHER_OWNER = Viewer(2, Role.OWNER, "O2", frozenset({"F2"}))
BUYER = Viewer(3, Role.BUYER, "B1", frozenset({"F1", "F2"}))
OTHER_BUYER = Viewer(4, Role.BUYER, "B2", frozenset({"F1"}))
NGO = Viewer(5, Role.NGO, "N1")
OPERATOR = Viewer(6, Role.OPERATOR, "X")
STRANGER = Viewer(7, Role.BUYER, "B3")
ACCOUNTS = (OWNER, OTHER_OWNER, BUYER, OTHER_BUYER, NGO, OPERATOR, STRANGER)
SCORE_ONLY = replace(BUYER, limits=frozenset({("F1", Level.SCORE)}))
THEMES = replace(BUYER, limits=frozenset({("F1", Level.THEMES)}))
LOOKING = Viewer(1, Role.BUYER, "B1", frozenset({"F1"}), preview=True)
SUBJECTS = [("row", "overall"), ("row", "t1"), ("row", "t2"), ("flag", "burst")]
DAY = THROUGH - timedelta(days=20)


def picture() -> bytes:
    """A small PNG file."""
    written = BytesIO()
    Image.new("RGB", (60, 40), (10, 200, 10)).save(written, "PNG")
    return written.getvalue()


PHOTO = picture()


def made(flags: bool = True) -> Made:
    """A release with two themes at F1, a warning about F1, and an action of each buyer there."""
    cells = [cell_of(f, q, DAY, 7, [50] * 12 + [75] * 3) for f in ("F1", "F2") for q in ("q1", "q2")]
    actions = [action_row("A1", "F1", DAY), action_row("A2", "F1", DAY, buyer_id="B2", buyer_name="Buyer B2")]
    told = [Flagged("F1", DAY, DAY + timedelta(days=6))] if flags else []
    questions = [Asked("q1", "t1"), Asked("q2", "t2"), Asked("z1", "t3", zero_tolerance=True)]
    return Made(cells=cells, questions=questions, factories=["F1", "F2"], actions=actions, flags=told)
