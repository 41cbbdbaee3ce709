"""`flask demo` fills an empty home once, and marks it for ever."""

from tests.conftest import ROOT
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

SMALL = ("demo", "--factories", "3", "--weeks", "30")


def test_it_fills_an_empty_home_and_never_a_second_time(run: Run, place: Place) -> None:
    done = run(*SMALL)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("The demo world is ready: release 1 with ")
    assert place.home.is_demo
    assert not place.home.demo_begun
    assert not list(place.home.root.glob("demo-*"))
    again = run(*SMALL)
    assert again.exit_code == 1
    assert again.stderr.endswith("The demo world needs a home of its own: set SEAMLINE_HOME to a new folder.\n")


def test_a_home_that_holds_answers_is_left_as_it_is(run: Run, place: Place) -> None:
    run("load", ROOT / "data" / "sample")
    before = place.kept()
    assert run(*SMALL).exit_code == 1
    assert place.kept() == before
    assert not place.home.is_demo


def test_numbers_that_make_no_world_are_refused_in_one_sentence(run: Run, place: Place) -> None:
    done = run("demo", "--factories", "0")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert run("demo", "--weeks", "many").exit_code == 2
