"""The photos beside replies: sent to whoever may read the reply, and there for nobody else."""

from flask import Blueprint, Response, current_app

from access.policy import current_viewer
from access.viewer import NotAvailable
from scoring.model import NoRelease
from scoring.service import Door

blueprint = Blueprint("photos", __name__)


@blueprint.get("/photo/<int:remark_id>")
def photo(remark_id: int) -> Response:
    """One photo. What is not there, what was withdrawn and what is not for the viewer are one."""
    door: Door = current_app.extensions["seamline.door"]
    try:
        content = door.photo(current_viewer(), remark_id)
    except NoRelease as problem:
        raise NotAvailable from problem
    response = Response(content, content_type="image/jpeg")
    response.headers["Content-Disposition"] = "inline; filename=photo.jpg"
    return response
