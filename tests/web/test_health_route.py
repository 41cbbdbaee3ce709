"""The health address says whether the portal can serve, and nothing else."""

from tests.web.small import Portal


def test_it_names_the_release(portal: Portal) -> None:
    answer = portal.client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "release": 42})


def test_a_portal_before_its_first_release_serves(portal: Portal) -> None:
    portal.release = lambda: None
    answer = portal.client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "release": None})


def test_unreadable_releases_are_told_without_a_detail(portal: Portal) -> None:
    def broken() -> int:
        raise OSError("/secret/path")

    portal.release = broken
    answer = portal.client().get("/health")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "part": "releases"})


def test_an_unreadable_state_is_told(portal: Portal) -> None:
    portal.lose_store()
    answer = portal.client().get("/health")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "part": "state"})
