"""What a program reads when something is wrong: RFC 9457 problem details, with one plain sentence."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, jsonify

PROBLEM = "application/problem+json"


class Problem(Exception):
    """A request that is refused: the status, one sentence, and members and headers that belong to it."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **members: str | int
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


def answer_to(problem: Problem) -> Response:
    """The answer to a refused request."""
    response = problem_answer(problem.status, problem.detail, problem.members)
    response.headers.update(problem.headers)
    return response


def problem_answer(status: int, detail: str, members: Mapping[str, str | int]) -> Response:
    """Problem details as they are sent. The title is the status in words, as RFC 9457 wants it without a type."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    response = jsonify(body)
    response.status_code = status
    response.mimetype = PROBLEM
    return response
