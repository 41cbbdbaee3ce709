"""Choosing production measures on the timeline: an address, three at most, and nothing for who may not see them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

import pages.measures  # noqa: F401  # its callback is registered when it is imported
import pages.timeline as timeline
from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from pages import registry
from scoring.model import TimelineQuery
from scoring.remarks import Remark
from scoring.replies import Reply
from scoring.views import TimelineView
from tests import sample_measures as measured
from tests import sample_timeline as sample

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F01"}))
BUYER = Viewer(2, Role.BUYER, "B1", frozenset({"F01"}))
SAVED = {"factory": "F01", "values": {"period": "2y", "measures": "0a0a0a0a"}}


class SampleDoor:
    """A door to the sample factory, whose measures are for its owner only."""

    def timeline(self, viewer: Viewer, query: TimelineQuery) -> TimelineView:
        if not viewer.sees_factory(query.factory):
            raise NotAvailable
        return measured.asked(query) if viewer.role is Role.OWNER else sample.view(replace(query, measures=()))

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        return ()

    def remarks(self, viewer: Viewer, factory_id: str, action_id: str) -> tuple[Remark, ...]:
        return ()


@contextmanager
def asked_by(viewer: Viewer) -> Iterator[None]:
    """A request of this viewer."""
    app = Flask(__name__)
    app.extensions["seamline.door"] = SampleDoor()
    token = enter(viewer)
    try:
        with app.test_request_context("/"):
            yield
    finally:
        leave(token)


def sent(component: Any) -> str:
    """What the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def chosen(*values: Any) -> Any:
    """What the callback answers."""
    return registry.CALLBACKS["pages.measures.choose_measures"].function(*values)


def test_an_address_with_measures_draws_them() -> None:
    with asked_by(OWNER):
        text = sent(timeline.layout("F01", measures="0a0a0a0a,ffffffff"))
    assert "Overtime" in text
    assert "1 measure" in text
    assert "measures from the factory, to 18 Nov 2026" in text
    assert "Overtime (minutes) as a table" in text


def test_without_a_choice_there_is_a_picker_and_no_panel() -> None:
    with asked_by(OWNER):
        text = sent(timeline.layout("F01"))
    assert "Show these measures" in text
    assert "as a table" in text
    assert "Overtime (minutes) as a table" not in text


def test_a_buyer_gets_neither_whatever_the_address_says() -> None:
    with asked_by(BUYER):
        text = sent(timeline.layout("F01", measures="0a0a0a0a"))
    assert "Overtime" not in text
    assert "Show these measures" not in text


def test_ticks_become_an_address_with_what_there_is() -> None:
    with asked_by(OWNER):
        assert chosen(1, ["0a0a0a0a", "1b1b1b1b", "99999999"], SAVED) == (
            "?measures=0a0a0a0a,1b1b1b1b&period=2y", ["0a0a0a0a", "1b1b1b1b"], [],
        )  # fmt: skip
        assert chosen(1, [], SAVED) == ("?period=2y", [], [])


def test_more_than_three_are_not_drawn_and_that_is_said() -> None:
    with asked_by(OWNER):
        _, kept, note = chosen(1, ["0a0a0a0a", "1b1b1b1b", "2c2c2c2c", "3d3d3d3d"], SAVED)
    assert kept == ["0a0a0a0a", "1b1b1b1b"]
    assert "3 measures fit" in sent(note)


@pytest.mark.parametrize("odd", [None, "0a0a0a0a", 7, [7, None, {}], {"a": 1}, [["0a0a0a0a"]], ["x" * 9000], [","]])
def test_odd_ticks_choose_nothing(odd: Any) -> None:
    with asked_by(OWNER):
        assert chosen(1, odd, SAVED)[:2] == ("?period=2y", [])


def test_without_a_click_or_a_factory_nothing_changes() -> None:
    with asked_by(OWNER):
        for values in ((None, ["0a0a0a0a"], SAVED), (1, [], None), (1, [], {"factory": 7}), (1, [], "F01")):
            with pytest.raises(PreventUpdate):
                chosen(*values)


def test_who_may_not_see_them_may_not_choose_them() -> None:
    with asked_by(BUYER), pytest.raises(PreventUpdate):
        chosen(1, ["0a0a0a0a"], SAVED)
    with pytest.raises(PreventUpdate):
        chosen(1, ["0a0a0a0a"], SAVED)


def test_the_files_of_the_page_have_the_chosen_ones() -> None:
    with asked_by(OWNER):
        file = registry.CALLBACKS["pages.timeline.download_rows"].function(1, SAVED)
        kept = json.loads(registry.CALLBACKS["pages.timeline.picture_to_keep"].function(1, SAVED))
    assert "measure 0a0a0a0a" in file["content"]
    texts = [one["text"] for one in kept["figure"]["layout"]["annotations"]]
    assert any(text.endswith("Grey steps are what the factory told.") for text in texts)
    assert any(text.endswith("measures from the factory, to 18 Nov 2026") for text in texts)


def test_measures_are_drawn_even_where_too_few_answered() -> None:
    with asked_by(OWNER):
        view = measured.view(base=sample.view(actions=[], rows=[]))
        text = sent(timeline.picture(view, timeline.FILE_LOOK))
    assert "Overtime" in text
    assert "Too few" not in text
