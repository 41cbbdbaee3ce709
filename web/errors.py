"""What a person sees when something is wrong: one plain page or one line of JSON, and a reference number."""

import logging
import secrets

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound

from access.viewer import NotAvailable
from web.api.problems import Problem, answer_to, problem_answer

log = logging.getLogger("seamline.errors")

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SUITES = "/app/_dash-component-suites/"

PROGRAMS = "/api/"

SECRET_PATHS = ("/invitation/",)

TRY_AGAIN = "Nothing is lost. Please try again. If it happens again, tell us the reference."

WORDS: dict[int, tuple[str, str]] = {
    400: (
        "That did not arrive as it should",
        "It could not be read. Reload the page and try again.",
    ),
    401: ("Please sign in", "You are not signed in, or your session has ended."),
    403: ("Not from here", "This request did not come from a page of this portal, so nothing was done."),
    404: ("This is not available", "There is nothing here, or it is not for you to see."),
    405: ("That is not possible here", "This address cannot be used in this way."),
    413: ("That is too much at once", "What you sent is larger than the portal takes. Nothing was kept."),
    415: ("That did not arrive as it should", "The request was in a form that the portal does not read."),
    429: ("Too many requests", "Please wait a few minutes and try again."),
    500: ("Something went wrong", TRY_AGAIN),
    503: ("Busy at the moment", "Nothing is lost. Please try again in a minute."),
}
FORM_EXPIRED = ("This page was open too long", "Nothing was done. Go back, reload the page and try again.")


def register(app: Flask) -> None:
    """Nothing; every error of `app` is answered here. In debug mode Python's own errors stay visible."""
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Problem, answer_to)
    app.register_error_handler(NotAvailable, lambda _problem: answer(404, WORDS[404]))
    if not app.debug:
        app.register_error_handler(Exception, unforeseen)


def http_problem(problem: HTTPException) -> Response:
    """The answer to a request that was refused."""
    status = problem.code or 500
    response = answer(status, FORM_EXPIRED if isinstance(problem, CSRFError) else words(status))
    for name, value in problem.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def unforeseen(problem: Exception) -> Response:
    """The answer when our own code failed: the trace goes to the log only."""
    if request.path.startswith(SUITES):
        # Dash fails on a component library that does not exist; for a browser that is just not there.
        return http_problem(NotFound())
    number = reference()
    log.error("reference %s: %s %r failed", number, request.method, asked(), exc_info=problem)
    return rendered(InternalServerError.code, WORDS[500], number)


def answer(status: int, said: tuple[str, str]) -> Response:
    """The answer with that status, under a new reference number in the log."""
    number = reference()
    level = logging.ERROR if status >= 500 else logging.INFO
    log.log(level, "reference %s: %s %r was answered with %d", number, request.method, asked(), status)
    return rendered(status, said, number)


def rendered(status: int, said: tuple[str, str], number: str) -> Response:
    """A page for people, JSON for scripts, problem details for programs of organisations."""
    title, text = said
    if request.path.startswith(PROGRAMS):
        return problem_answer(status, f"{title}. {text}", {"reference": number})
    if request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
        page = render_template("error.html", title=title, text=text, number=number, status=status)
        return make_response(page, status)
    response = jsonify(error=f"{title}. {text}", reference=number)
    response.status_code = status
    return response


def asked() -> str:
    """The path that was asked for, as the log may have it: a link that opens an account is a secret."""
    secret = request.path.startswith(SECRET_PATHS)
    return f"{request.path.split('/')[1]}/…" if secret else request.path


def words(status: int) -> tuple[str, str]:
    """The title and the sentence for a status."""
    return WORDS.get(status) or (WORDS[500] if status >= 500 else WORDS[400])


def reference() -> str:
    """A new reference number that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(3)) for _ in range(2))
