"""Who may bring, see, change, load and undo what; and that an owner learns nothing of answers that are here."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components.import_page import import_page
from data.imports.desk import Desk
from data.release.reader import Releases
from data.state.accounts import add_account
from data.state.audit import lines
from data.state.imports import Import, Stage, import_named
from scoring import imports
from scoring.import_parts import Posted
from scoring.import_reading import NotKept
from scoring.imports import NotDone
from scoring.service import Door
from tests.conftest import ROOT
from tests.data.vault.place import HEADER, Place
from tests.rendered import nodes

GOOD = f"{HEADER}\nF1,2026-06-08,GRV-02,4,app,woman,s1\n"
HEADCOUNT = "factory_id,headcount\nF1,90\n"
SURVEY = ROOT / "docs" / "examples" / "survey.csv"
O1 = Viewer(1, Role.OWNER, "O1", frozenset({"F1"}))
O2 = Viewer(2, Role.OWNER, "O2", frozenset({"F2"}))
B1 = Viewer(3, Role.BUYER, "B1")
N1 = Viewer(4, Role.NGO, "N1")
X = Viewer(5, Role.OPERATOR, "X")
PREVIEW = Viewer(1, Role.OWNER, "O1", frozenset({"F1"}), preview=True)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    made.load(made.files(answers=f"{HEADER}\n"))
    with made.state.change() as change:
        for number, viewer in enumerate((O1, O2, B1, N1, X), 1):
            account = add_account(
                change, email=f"{number}@x.example", role=viewer.role, organisation=viewer.organisation
            )
            assert account.id == viewer.user_id
    yield made
    made.state.close()


@pytest.fixture
def door(place: Place) -> Door:
    return Door(Releases(place.home, place.settings), place.state)


def brought(door: Door, viewer: Viewer, body: str | bytes, name: object = "june.csv") -> str:
    return door.bring_file(viewer, name, io.BytesIO(body if isinstance(body, bytes) else body.encode()))


def work(place: Place) -> None:
    Desk(place.home, place.settings, place.state).work()


def checked(place: Place, door: Door, viewer: Viewer, body: str) -> str:
    """The id of an import that was checked."""
    one = brought(door, viewer, body)
    door.check_import(viewer, one)
    work(place)
    assert door.import_of(viewer, one).line.stage is Stage.CHECKED
    return one


EVERY_DEED: dict[str, Any] = {
    "see": lambda door, who, one: door.import_of(who, one),
    "describe": lambda door, who, one: door.describe_import(who, one, Posted({"kind": "orders"})),
    "answer": lambda door, who, one: door.answer_asked(who, one, Posted({})),
    "write": lambda door, who, one: door.write_mapping(who, one, "name = 'x'"),
    "canonical": lambda door, who, one: door.take_canonical(who, one, "answers"),
    "use": lambda door, who, one: door.use_mapping(who, one, "june"),
    "check": lambda door, who, one: door.check_import(who, one),
    "load": lambda door, who, one: door.load_import(who, one),
    "send": lambda door, who, one: door.send_import(who, one),
    "refuse": lambda door, who, one: door.refuse_import(who, one, "no"),
    "cancel": lambda door, who, one: door.cancel_import(who, one),
    "undo": lambda door, who, one: door.undo_import(who, one),
    "left out": lambda door, who, one: door.left_out(who, one),
    "mapping": lambda door, who, one: door.import_mapping(who, one),
}


@pytest.mark.parametrize("deed", EVERY_DEED)
@pytest.mark.parametrize("who", [O2, B1, N1, PREVIEW], ids=["owner", "buyer", "ngo", "preview"])
def test_an_import_of_another_does_not_exist(place: Place, door: Door, who: Viewer, deed: str) -> None:
    one = checked(place, door, O1, HEADCOUNT)
    with place.state.look() as look:
        before = import_named(look, one)
    for named in (one, "0" * 32, None, 7, "../x"):
        with pytest.raises(NotAvailable):
            EVERY_DEED[deed](door, who, named)
    with place.state.look() as look:
        assert import_named(look, one) == before


@pytest.mark.parametrize("who", [B1, N1, PREVIEW])
def test_who_may_bring_nothing_has_no_list(door: Door, who: Viewer) -> None:
    for ask in (lambda: door.imports(who), lambda: brought(door, who, GOOD)):
        with pytest.raises(NotAvailable):
            ask()


def test_lists_hold_the_own_and_the_operators_holds_all(place: Place, door: Door) -> None:
    mine, others = brought(door, O1, GOOD), brought(door, O2, HEADCOUNT)
    assert [line.public_id for line in door.imports(O1).lines] == [mine]
    assert {line.public_id for line in door.imports(X).lines} == {mine, others}
    assert door.imports(O1).lines[0].who == "1@x.example"


def test_an_owner_loads_head_counts_and_takes_them_out_again(place: Place, door: Door) -> None:
    one = checked(place, door, O1, HEADCOUNT)
    assert door.import_of(O1, one).deeds == {"edit", "check", "load", "cancel"}
    door.load_import(O1, one)
    work(place)
    assert place.ask("SELECT headcount FROM headcount") == [(90,)]
    assert door.import_of(O1, one).deeds == {"undo"}
    door.undo_import(O1, one)
    work(place)
    assert door.import_of(O1, one).line.stage is Stage.UNDONE
    assert place.ask("SELECT count(*) FROM headcount") == [(0,)]
    with place.state.look() as look:
        deeds = [line.deed for line in lines(look) if line.user_id == 1]
    assert deeds == ["took an import out again", "loaded an import", "brought a file"]


class TestAnswersOfOwners:
    """An owner who could load answers could take known ones out of a cell and see the rest."""

    def test_they_are_loaded_by_the_operator(self, place: Place, door: Door) -> None:
        one = checked(place, door, O1, GOOD)
        assert door.import_of(O1, one).deeds == {"edit", "check", "send", "cancel"}
        with pytest.raises(NotAvailable):
            door.load_import(O1, one)
        with pytest.raises(NotDone, match="moved on"):
            door.load_import(X, one)
        door.send_import(O1, one)
        assert door.import_of(O1, one).deeds == {"cancel"}
        assert door.import_of(X, one).deeds == {"load", "refuse"}
        assert door.imports(X).waiting == 1
        door.load_import(X, one)
        work(place)
        assert place.ask("SELECT count(*) FROM answers") == [(1,)]
        with pytest.raises(NotAvailable):
            door.undo_import(O1, one)

    def test_a_refusal_reaches_the_owner_in_a_sentence(self, place: Place, door: Door) -> None:
        one = checked(place, door, O1, GOOD)
        door.send_import(O1, one)
        for nothing in ("", "  ", None, 7, "x" * 501):
            with pytest.raises(NotDone, match="Say why"):
                door.refuse_import(X, one, nothing)
        door.refuse_import(X, one, " The dates are\nof last year. ")
        assert door.import_of(O1, one).line.said == "The dates are of last year."
        assert door.import_of(O1, one).deeds == frozenset()
        assert place.ask("SELECT count(*) FROM answers") == [(0,)]

    @pytest.mark.parametrize("there", [GOOD, GOOD.replace(",4,", ",3,"), f"{HEADER}\n"], ids=["same", "other", "none"])
    def test_an_owner_reads_the_same_whatever_is_here(self, place: Place, door: Door, there: str) -> None:
        """Before the load and after it, and after it was taken out again."""
        place.load(place.files(answers=there))
        one = checked(place, door, O1, GOOD)
        told = [self.read(door, one)]
        door.send_import(O1, one)
        door.load_import(X, one)
        work(place)
        told.append(self.read(door, one))
        door.undo_import(X, one)
        work(place)
        told.append(self.read(door, one))
        counts = ({"file": "answers", "accepted": 1, "rejected": 0, "already_present": 0, "quarantine": None},)
        same = (counts, (), 1, 0, None, "")
        assert told == [same, same, (*same[:5], "The operator took it out again.")]

    @staticmethod
    def read(door: Door, one: str) -> tuple[object, ...]:
        view = door.import_of(O1, one)
        assert view.report is not None
        line = view.line
        return view.report.files, view.report.reasons, line.accepted, line.present, line.load, line.said


def test_eight_presses_load_once(place: Place, door: Door) -> None:
    one = checked(place, door, X, GOOD)
    door.load_import(X, one)
    for _ in range(7):
        with pytest.raises(NotDone, match="moved on"):
            door.load_import(X, one)
    work(place)
    assert place.ask("SELECT count(*) FROM loads") == [(2,)]


def test_a_change_of_reading_asks_for_a_new_check(place: Place, door: Door) -> None:
    one = checked(place, door, X, GOOD)
    door.describe_import(X, one, Posted({"kind": "answers"}))
    view = door.import_of(X, one)
    assert (view.line.stage, view.report) == (Stage.DRAFT, None)
    with pytest.raises(NotDone):
        door.load_import(X, one)


def test_a_form_makes_the_mapping_that_reads_the_file(place: Place, door: Door) -> None:
    one = brought(door, X, SURVEY.read_bytes(), "canteen survey.csv")
    view = door.import_of(X, one)
    assert view.mapping is not None
    columns = [column.name for column in view.mapping.columns]
    assert view.mapping.problem.startswith("Say which column holds: Day.")
    with pytest.raises(NotDone, match="Say which column holds: Day"):
        door.check_import(X, one)
    values: dict[str, object] = {
        "kind": "answers", "shape": "wide", "name": "Canteen", f"column-{columns.index('Asked on')}": "field:date",
        f"column-{columns.index('Age')}": "-", "date-format": "%d.%m.%Y",
    }  # fmt: skip
    door.describe_import(X, one, Posted(values))
    again = door.import_of(X, one).mapping
    assert again is not None
    assert again.problem.startswith("Say which question 'Is the drinking water clean?' is")
    for index, question in enumerate(again.questions):
        values |= {f"question-{index}-text": question.text, f"question-{index}": "new:", f"theme-{index}": "Canteen"}
        values |= {f"scale-{index}": "yesno" if index < 2 else "ordinal5", f"polarity-{index}": "1"}
    values["values-2"] = "Very unfair = 1\nUnfair = 2\nNeither = 3\nFair = 4\nVery fair = 5\nno idea = does not count"
    door.describe_import(X, one, Posted(values | {"date-format": "%d.%m.%Y"}))
    whole = door.import_of(X, one).mapping
    assert whole is not None
    assert (whole.problem, [day.format for day in whole.days]) == ("", ["%d.%m.%Y"])
    assert '"no idea" = "not_applicable"' in whole.text
    door.check_import(X, one)
    work(place)
    done = door.import_of(X, one)
    assert done.line.stage is Stage.CHECKED, done.line.said
    assert done.line.rejected == 60, "its sites are not declared, and the form does not declare them"


def test_a_mapping_is_kept_when_it_is_loaded_and_offered_for_the_next_file(place: Place, door: Door) -> None:
    text = (ROOT / "docs" / "examples" / "survey.toml").read_text()
    one = brought(door, X, SURVEY.read_bytes(), "survey.csv")
    door.write_mapping(X, one, text)
    door.check_import(X, one)
    work(place)
    door.load_import(X, one)
    work(place)
    assert door.import_of(X, one).line.stage is Stage.LOADED
    assert (place.home.mappings / "canteen_survey.toml").read_text() == text
    following = brought(door, X, SURVEY.read_bytes(), "july.csv")
    view = door.import_of(X, following)
    assert view.mapping is not None
    assert view.mapping.fits == ("canteen_survey",)
    door.use_mapping(X, following, "canteen_survey")
    assert door.import_mapping(X, following)[0] == text
    for odd in ("../keys/identity", "", None, "other"):
        with pytest.raises(NotAvailable):
            door.use_mapping(X, following, odd)
    owners = brought(door, O1, SURVEY.read_bytes(), "own.csv")
    own = door.import_of(O1, owners).mapping
    assert own is not None
    assert own.fits == (), "mappings of the operator are not an owner's"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = [", "is not TOML"),
        ("name = 'x'\nas = 'answers'\nshape = 'wide'\n[fields]\nfactory_id = {column = 'Site'}", "Day"),
        ("x" * 200_001, "at most"),
        (7, "at most"),
    ],
)
def test_a_text_that_is_not_right_is_told_with_its_place(place: Place, door: Door, text: object, said: str) -> None:
    one = brought(door, X, SURVEY.read_bytes(), "survey.csv")
    if not isinstance(text, str) or len(text) > 200_000:
        with pytest.raises(NotDone, match=said):
            door.write_mapping(X, one, text)
        return
    door.write_mapping(X, one, text)
    view = door.import_of(X, one)
    assert view.mapping is not None
    assert said in view.mapping.problem
    assert "check" not in view.deeds


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\x\\june.csv", "june.csv"), ("", "file"), (None, "file"), ("...", "file"),
        ("ju\x00ne\x1b[2J.csv", "june[2J.csv"), ("x" * 300 + ".csv", "x" * 110 + ".csv"), ("ক" * 90 + ".csv", None),
    ],
)  # fmt: skip
def test_names_of_files_are_cleaned(place: Place, door: Door, name: object, kept: str | None) -> None:
    one = brought(door, X, GOOD, name)
    shown = door.import_of(X, one).line.name
    assert kept is None or shown == kept
    assert len(shown.encode()) <= 200
    folder = place.home.imports / one
    assert [path.name for path in (folder / "bytes").iterdir()] == [shown]
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert oct((folder / "bytes" / shown).stat().st_mode)[-3:] == "600"


def test_too_large_and_empty_files_are_not_kept(place: Place, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.imports.lodging.LARGEST", 100)
    with pytest.raises(NotDone, match="larger than 20 MB"):
        brought(door, X, "x" * 101)
    with pytest.raises(NotDone, match="is empty"):
        brought(door, X, "")
    assert list(place.home.imports.iterdir()) == []
    assert door.imports(X).lines == ()


def test_what_cannot_be_read_says_why(place: Place, door: Door) -> None:
    one = brought(door, X, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "photo.png")
    view = door.import_of(X, one)
    assert view.sight is not None
    assert view.sight.problem
    assert view.deeds == {"cancel"}


def test_a_question_about_the_file_is_answered_by_a_person(place: Place, door: Door) -> None:
    body = "site;when;fair\nA;2026-01-05;1,2\nB;2026-01-06;2,3\n"
    one = brought(door, X, body.replace(";", "\t"), "june.tsv")
    view = door.import_of(X, one)
    assert view.sight is not None
    assert view.sight.asks == (), "tabs are clear"
    with pytest.raises(NotDone, match="Choose an answer"):
        door.answer_asked(X, one, Posted({"ask-delimiter": ";", "ask-made-up": "x"}))
    assert door.import_of(X, one).sight == view.sight, "what was not asked changes nothing"


ORDERS = "order_id,buyer_id,factory_id,placed_date\nP1,B1,F1,2026-01-05\n"
AS_ANSWERS = """
name = "x"
as = "answers"
shape = "long"
[fields]
factory_id = { column = "factory_id" }
date = { column = "placed_date" }
question = { constant = "GRV-02" }
value = { constant = "4" }
"""


def test_what_was_looked_at_must_still_be_what_it_is(place: Place, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load that was asked for while it was orders does not load the answers that it was made in between."""
    one = checked(place, door, O1, ORDERS)
    real = imports.push

    def slow(bench: imports.Bench, viewer: Viewer, job: Import, *more: Any, **values: Any) -> None:
        if more[1] is Stage.LOADING:
            monkeypatch.undo()
            door.write_mapping(O1, one, AS_ANSWERS)
            door.check_import(O1, one)
            work(place)
            assert door.import_of(O1, one).line.stage is Stage.CHECKED
        real(bench, viewer, job, *more, **values)

    monkeypatch.setattr(imports, "push", slow)
    with pytest.raises(NotDone, match="moved on"):
        door.load_import(O1, one)
    work(place)
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]


@pytest.mark.parametrize(
    "text",
    [
        "as = ['answers']", "as = {a = 1}", "shape = 3", "name = 2026-01-01", "fields = [1]", "a = " + "[" * 5000,
        "[a" + ".a" * 3000 + "]", "n = " + "9" * 5000, "[fields]\ndate = {column = 'Asked on', format = [1, 2]}",
        "[fields]\ndate = {column = ['a']}\n[segments]\nx = {column = ['a']}", "pairs = [3]", "questions = 3",
        "[questions]\na = 3", "[questions]\na = {indicator = [1], values = [1], scale = [1], theme = {x = 1}}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", [X, O1], ids=["operator", "owner"])
def test_whatever_text_a_person_writes_the_page_opens(door: Door, who: Viewer, text: str) -> None:
    one = brought(door, who, SURVEY.read_bytes(), "survey.csv")
    door.write_mapping(who, one, text)
    assert door.import_of(who, one).mapping is not None
    assert door.imports(who).lines
    with pytest.raises(NotDone):
        door.check_import(who, one)
    door.describe_import(who, one, Posted({"kind": "answers", "shape": "wide", "column-0": "field:date"}))
    assert door.import_of(who, one).mapping is not None


class TestForm:
    """A person without programming says everything that a survey needs."""

    BODY = "Asked on,Overall?,Line\n03/04/2026,Good,A\n05/06/2026,Awful,B\n"

    def columns(self, *roles: str, **more: str) -> Posted:
        return Posted({"kind": "answers", "shape": "wide", **{f"column-{i}": r for i, r in enumerate(roles)}, **more})

    def test_one_factory_a_channel_and_new_factories(self, place: Place, door: Door) -> None:
        one = brought(door, X, self.BODY)
        door.describe_import(X, one, self.columns("field:date", "question", "-"))
        view = door.import_of(X, one).mapping
        assert view is not None
        assert view.days[0].format == "", "day and month may be exchanged, so a person says which"
        assert {c.name for c in view.constants} == {"factory_id", "channel"}
        assert view.questions[0].written == (("Good", ""), ("Awful", ""))
        more = {"date-format": "%d/%m/%Y", "constant-factory_id": "NEW1", "constant-channel": "paper",
                "declares": "yes", "declared-country": "same", "declared-country-text": "Germany",
                "declared-sector": "same", "declared-sector-text": "footwear",
                "declared-name": "same", "declared-name-text": "Werk",
                "question-0-text": "Overall?", "question-0": "new:overall", "scale-0": "ordinal5", "value-0-0": "4",
                "value-0-1": "x"}  # fmt: skip
        door.describe_import(X, one, self.columns("field:date", "question", "-", **more))
        view = door.import_of(X, one).mapping
        assert view is not None
        assert (view.problem, view.declares) == ("", True)
        assert view.questions[0].written == (("Good", "4"), ("Awful", "x"))
        door.check_import(X, one)
        work(place)
        door.load_import(X, one)
        work(place)
        assert place.ask("SELECT factory_id, country FROM factories WHERE factory_id = 'NEW1'") == [("NEW1", "DE")]
        assert place.ask("SELECT day, level FROM answers") == [(date(2026, 4, 3), 4)]

    def test_two_columns_cannot_be_one_thing(self, door: Door) -> None:
        one = brought(door, X, self.BODY)
        with pytest.raises(NotKept, match="The columns 'Asked on' and 'Line' are both said to be: Day"):
            door.describe_import(X, one, self.columns("field:date", "question", "field:date"))

    def test_what_was_changed_after_the_check_is_not_loaded_unseen(self, place: Place, door: Door) -> None:
        one = brought(door, X, self.BODY)
        said = self.columns("field:date", "-", "question", **{"date-format": "%d/%m/%Y", "constant-factory_id": "F1"})
        door.describe_import(X, one, said)
        shown = {"question-0-text": "Line", "question-0": "GRV-02", "value-0-0": "1", "value-0-1": "2"}
        said = Posted({**said.values, **shown})
        door.describe_import(X, one, said)
        door.check_kept(X, one, said)
        with pytest.raises(NotKept, match="changed here after the check"):
            door.check_kept(X, one, Posted({**said.values, "value-0-1": "3"}))
        with pytest.raises(NotKept, match="changed here after the check"):
            door.check_kept(X, one, Posted({"toml": "name = 'other'"}))

    def test_lists_without_identifiers_have_them_made_or_looked_up(self, place: Place, door: Door) -> None:
        body = "Factory name,Country,Sector,Street\nMill,Bangladesh,knitwear,1 Road\nDyer,Viet Nam,dyeing,2 Road\n"
        one = brought(door, X, body)
        roles = ("field:name", "field:country", "field:sector", "field:address")
        said = {"kind": "factories", "shape": "long", **{f"column-{i}": role for i, role in enumerate(roles)}}
        door.describe_import(X, one, Posted(said))
        view = door.import_of(X, one).mapping
        assert view is not None
        assert view.problem.startswith("Say which column holds: Factory.")
        for identity in ("link", "made"):
            door.describe_import(X, one, Posted({**said, "identity": identity}))
            view = door.import_of(X, one).mapping
            assert view is not None
            assert (view.problem, view.identity) == ("", identity)
            door.check_import(X, one)
            work(place)
            assert door.import_of(X, one).line.accepted == 2

    def test_an_owner_declares_no_factories(self, place: Place, door: Door) -> None:
        one = brought(door, O1, self.BODY)
        view = door.import_of(O1, one).mapping
        assert view is not None
        assert view.declares is None

    @pytest.mark.parametrize("name", ["survey", "orders", "output", "sms", "panel", "qualtrics"])
    def test_a_form_that_nobody_touched_changes_nothing(self, door: Door, name: str) -> None:
        folder = ROOT / "docs" / "examples"
        one = brought(door, X, (folder / f"{name}.csv").read_bytes(), f"{name}.csv")
        door.write_mapping(X, one, (folder / f"{name}.toml").read_text())
        tree = import_page(door.import_of(X, one), as_text=False)
        shown = {node.id["deed"]: node.value for node in nodes(tree) if is_field(node)}
        assert len(shown) > 8
        door.check_kept(X, one, Posted(shown))


def is_field(node: Any) -> bool:
    """True for a control of the form."""
    found = getattr(node, "id", None)
    return isinstance(found, dict) and found["type"] == "imports-field"
