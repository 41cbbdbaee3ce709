"""The photo beside a reply: as a reader sees it, and the field with which its author chooses one.

The browser makes a chosen picture small before it is sent (`assets/view/46-replies.js`); the server relies on nothing
that it did.
"""

from datetime import date
from typing import Any

from dash import html

from components import addresses
from components.marks import icon
from scoring.words import day

CARE = "Show no faces of workers. Place and camera data are removed."


def reply_photo(remark_id: int, size: tuple[int, int] | None, since: date) -> html.A | None:
    """The photo with its own proportions, a link to all of it; nothing without one."""
    if size is None:
        return None
    width, height = size
    picture = html.Img(
        src=addresses.photo(remark_id), alt=f"Photo beside the reply of {day(since)}", width=str(width),
        height=str(height),
    )  # fmt: skip
    return html.A(picture, href=addresses.photo(remark_id), target="_blank", className="sl-reply-photo")


def photo_field(target: str, chosen: str | None = None, *, offered: bool = True) -> html.Div:
    """A button that chooses a picture, the chosen one with a way to drop it, and what to take care of.

    `target` is the id of the picture, whose address holds what is sent. Where no photo may be sent only the picture is
    there, hidden and empty, as a callback needs all that it names.
    """
    if not offered:
        return html.Div(html.Img(id=target, alt=""), hidden=True)
    choose = html.Button(
        [icon("image"), "Add a photo…"], type="button", className="btn sl-btn", **{"data-photo-for": target}
    )
    drop = html.Button(
        [icon("x-lg"), "Remove"], type="button", className="btn sl-quiet",
        **{"data-photo-off": target, "aria-label": "Remove the photo"},
    )  # fmt: skip
    shown: dict[str, Any] = {"src": chosen} if chosen else {}
    return html.Div(
        [
            choose,
            html.Div([html.Img(id=target, alt="The photo you chose", **shown), drop], id=f"{target}-box",
                     className="sl-photo-chosen", hidden=not chosen),
            html.P(id=f"{target}-said", className="sl-small sl-down", role="status"),
            html.P(CARE, className="sl-micro"),
        ],
        className="sl-photo-field",
    )  # fmt: skip
