"""Bringing a file: a plain form post of at most 20 MB, and what of an import can be taken away again."""

from flask import Blueprint, Flask, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from access.policy import check, current_viewer
from components.addresses import BRING, import_page
from data.imports.lodging import LARGEST
from scoring.imports import PERMISSION, NotDone
from web.downloads import asked, sent

MOST = LARGEST + 64 * 1024
"""A file of the largest size, with the form around it."""
NOTHING = "Choose a file first."

blueprint = Blueprint("uploads", __name__, template_folder="templates")


def register(app: Flask) -> None:
    """Nothing; a request that brings a file may be larger than others. Call it after the guard, before form tokens.

    The guard has said by then that somebody is signed in; who may not bring files is stopped here, before a byte of
    the file is read.
    """
    app.before_request(widen)


def widen() -> None:
    """Nothing; more is read of this request, if it brings a file and its sender may."""
    if request.method == "POST" and request.url_rule is not None and request.url_rule.rule == BRING:
        check(current_viewer(), PERMISSION)
        request.max_content_length = MOST


@blueprint.get(f"{BRING}/new")
def form() -> ResponseReturnValue:
    """A page with nothing but the form, for whoever has no scripts or does not drag."""
    check(current_viewer(), PERMISSION)
    return render_template("bring.html", said="")


@blueprint.post(BRING)
def bring() -> ResponseReturnValue:
    """The page of the new import; for a script its address, or why the file was not taken."""
    door, viewer = asked()
    check(viewer, PERMISSION)
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise NotDone(NOTHING)
        address = import_page(door.bring_file(viewer, file.filename, file.stream))
    except NotDone as problem:
        if wants_json():
            return jsonify(error=str(problem)), 400
        return render_template("bring.html", said=str(problem)), 400
    return (jsonify(address=address), 201) if wants_json() else redirect(address, 303)


def wants_json() -> bool:
    """True for a script of ours."""
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


@blueprint.get("/download/imports/<public_id>/left-out.csv")
def left_out(public_id: str) -> ResponseReturnValue:
    """The rows that were left out, each with its line and reason, safe for a spreadsheet."""
    door, viewer = asked()
    content, name = door.left_out(viewer, public_id)
    return sent(content, "text/csv; charset=utf-8", f"left-out-{plain(name)}.csv")


@blueprint.get("/download/imports/<public_id>/mapping.toml")
def mapping(public_id: str) -> ResponseReturnValue:
    """The mapping that reads the file."""
    door, viewer = asked()
    text, name = door.import_mapping(viewer, public_id)
    return sent(text, "application/toml", f"{plain(name)}.toml")


def plain(name: str) -> str:
    """A name that every browser takes for a file's."""
    stem = name.rpartition(".")[0] or name
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in stem)[:60].strip("-") or "import"
