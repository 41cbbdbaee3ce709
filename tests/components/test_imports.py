"""The import pages in words: what stands at each stage, for whom, and what an owner is not told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from access.roles import Role
from components.import_list import imports_page, sentence
from components.import_page import import_body, progress
from components.import_report import report_part
from components.import_words import STAGES, rows_text, size_text
from scoring.import_views import (
    Ask,
    ColumnView,
    ConstantView,
    DayView,
    ImportLine,
    ImportsView,
    ImportView,
    MappingView,
    QuestionView,
    ReportView,
    Sight,
    Stage,
)
from tests.rendered import having, kinds, links, nodes, text_of

AT = datetime(2026, 6, 3, 9, 5, tzinfo=UTC)
LINE = ImportLine(
    public_id="a" * 32, name="june <b>.csv", size=1_300_000, kind="answers", organisation="Mill", who="o@x.example",
    own=True, from_owner=True, stage=Stage.CHECKED, said="", done=None, total=None, load=None, accepted=1200,
    rejected=3, present=40, created_at=AT, changed_at=AT,
)  # fmt: skip
REPORT = ReportView(
    files=({"file": "answers", "accepted": 1200, "already_present": 40, "rejected": 3},),
    reasons=({"reason": "value … is off the scale", "count": 3, "lines": [2, 5, 9], "what": "row"},),
    findings=(
        {"sentence": "All fine here.", "serious": False}, {"sentence": "Two columns changed places.", "serious": True},
    ),
    warnings=("Ten answers came by the channel 'fax'.",),
    left_out=3,
)  # fmt: skip
SIGHT = Sight({}, ("when", "fair?"), (("2026-06-03", "x" * 500),), 1243, notes=("Commas between fields.",))
QUESTION = QuestionView(
    "fair?", "", False, "", "ordinal5", 1, "", (("Fair", "4"), ("Hm", "")), (1, 2, 3, 4, 5), (("RES-04", 81.0),)
)
MAPPING = MappingView(
    canonical=False, kind="answers", shape="wide", name="june",
    days=(DayView("date", "Day", "when", ""),), zone="", decimal=None, identity="", declares=None, declared=(),
    constants=(ConstantView("channel", "Channel", "", False, (("sms", "SMS"),), False),),
    columns=(ColumnView("when", ("2026-06-03",), "field:date"), ColumnView("fair?", ("1",), "question")),
    questions=(QUESTION,),
    text="name = 'june'", problem="Say which question 'fair?' is.", hints=("'fair?' is near.",), fits=("may",),
)  # fmt: skip
VIEW = ImportView(
    Role.OWNER, LINE, SIGHT, MAPPING, (("RES-04", "Are you treated fairly?"),), ("answers",), REPORT,
    frozenset({"edit", "send", "cancel"}), True,
)  # fmt: skip


def body(view: ImportView, **line: Any) -> Any:
    return import_body(replace(view, line=replace(view.line, **line)), as_text=False)


def buttons(tree: Any) -> set[str]:
    """The buttons of a tree by their words."""
    return {text_of(button) for button in kinds(tree, "Button")}


def test_an_owner_reads_one_number_for_good_rows_and_why() -> None:
    found = text_of(report_part(REPORT, LINE.public_id, limited=True, loaded=False))
    assert "1,243 rows: 1,240 can be loaded, 3 would be left out" in found
    assert "already" not in found.replace("are here already is not told", "").replace("here already are not", "")
    assert rows_text(LINE, limited=True) == "1,240 good, 3 left out"
    full = text_of(report_part(REPORT, LINE.public_id, limited=False, loaded=True))
    assert "1,243 rows: 1,200 were loaded, 40 were here already, 3 were left out" in full


def test_what_may_be_wrong_stands_first_and_is_marked_by_a_word() -> None:
    tree = report_part(REPORT, LINE.public_id, limited=False, loaded=False)
    [box] = having(tree, "sl-im-finds")
    assert [text_of(item) for item in kinds(box, "Li")] == ["Look Two columns changed places.", "All fine here."]
    assert text_of(kinds(box, "H3")[0]) == "1 thing to look at first"
    assert links(tree)["The 3 rows left out, as CSV"] == f"/download/imports/{'a' * 32}/left-out.csv"


def test_owners_of_answers_send_and_are_told_why() -> None:
    tree = body(VIEW)
    assert "Send to the operator" in buttons(tree)
    assert "Load" not in buttons(tree)
    assert "could work out the real ones" in text_of(tree)


def test_the_check_waits_for_what_is_not_said_yet() -> None:
    tree = body(replace(VIEW, report=None), stage=Stage.DRAFT)
    assert "Check the file" in buttons(tree), "what was typed is kept by it, and what is missing is told"
    assert "Say which question 'fair?' is." in text_of(tree)
    assert "Worded alike: “Are you treated fairly?” (RES-04)" in text_of(tree)
    assert "may" in buttons(tree), "a kept mapping is offered"
    selects = {s.id["deed"]: s.value for s in kinds(tree, "Select")}
    assert selects["question-0"] == "-", "a near one is never taken by itself"
    ready = replace(VIEW, report=None, deeds=VIEW.deeds | {"check"}, mapping=replace(MAPPING, problem=""))
    assert "to decide" not in text_of(body(ready, stage=Stage.DRAFT))


def test_the_first_rows_scroll_by_keyboard_and_long_text_is_cut() -> None:
    [box] = having(body(VIEW), "sl-table-box")
    assert (box.tabIndex, box.role, getattr(box, "aria-label", None)) == (0, "region", "First rows of the file")
    assert max(len(text_of(cell)) for cell in kinds(box, "Td")) == 80


def test_what_only_a_person_can_say_is_asked_with_the_answers_there_are() -> None:
    asking = replace(SIGHT, asks=(Ask("sheet", "Two sheets hold something. Which?", ("May", "June")),))
    tree = body(replace(VIEW, sight=asking))
    assert "Two sheets hold something. Which?" in text_of(tree)
    [select] = [s for s in kinds(tree, "Select") if s.id["deed"] == "ask-sheet"]
    assert [o["value"] for o in select.options] == ["-", "May", "June"]
    assert select.value == "-"


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_a_word_a_mark_and_a_page(stage: Stage) -> None:
    tree = body(replace(VIEW, deeds=frozenset()), stage=stage, said="A sentence.", load=4)
    assert STAGES[stage][1] in text_of(tree)
    [clock] = kinds(tree, "Interval")
    assert clock.disabled is (stage not in (Stage.CHECKING, Stage.LOADING, Stage.UNDOING))


def test_how_far_a_load_is_stands_in_a_bar_and_in_words() -> None:
    known = progress(replace(LINE, stage=Stage.LOADING, done=500, total=1243))
    [bar] = kinds(known, "Progress")
    assert (bar.value, bar.max) == ("500", "1243")
    assert "500 of 1,243 rows read" in text_of(known)
    waiting = progress(replace(LINE, stage=Stage.CHECKING))
    assert "Waiting for its turn" in text_of(waiting)
    assert getattr(kinds(waiting, "Progress")[0], "value", None) is None
    assert "1 row" not in text_of(progress(replace(LINE, stage=Stage.LOADING, done=9000)))


def test_bytes_that_are_gone_and_files_that_are_no_tables_say_so() -> None:
    gone = text_of(body(replace(VIEW, sight=None, mapping=None, deeds=frozenset()), stage=Stage.LOADED))
    assert "The file is not kept any more" in gone
    wrong = replace(VIEW, sight=replace(SIGHT, problem="It is a picture."), mapping=None, report=None)
    assert "It is a picture." in text_of(body(wrong, stage=Stage.DRAFT))


def test_the_list_is_empty_waits_and_is_told() -> None:
    empty = ImportsView(Role.OWNER, (), 0)
    assert sentence(empty) == "Nothing imported yet"
    assert having(imports_page(empty), "sl-state")
    waiting = replace(LINE, own=False, stage=Stage.WAITING)
    found = imports_page(ImportsView(Role.OPERATOR, (waiting, LINE), 1))
    assert "2 imports · 1 waiting for your yes" in text_of(found)
    assert "Mill · Answers of workers · 1,200 good, 40 already here, 3 left out" in text_of(found)
    assert len(kinds(found, "Tr")) == 3
    assert not [n for n in nodes(found) if "dangerously" in str(n)]


@pytest.mark.parametrize(("size", "said"), [(1, "1 byte"), (999, "999 bytes"), (1500, "2 kB"), (2_340_000, "2.3 MB")])
def test_sizes_are_read_at_a_glance(size: int, said: str) -> None:
    assert size_text(size) == said
