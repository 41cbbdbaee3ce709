"""A push is kept, checked and loaded as a file from the page is; everything odd is refused with one sentence."""

import json
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from data.imports import reports
from data.imports.lodging import LARGEST, bytes_of
from data.state.imports import Stage, imports_of
from data.state.tokens import check_letters, hash_of_word, is_whole, new_word, revoke_token, tokens
from tests.data.imports.bringing import brought, pushed, stands
from tests.data.vault.place import HEADER
from tests.web.api.programs import ACTION, ANSWER, ORDER, Programs, csv_of
from web.api import rows
from web.api.problems import PROBLEM

BODIES = {
    "application/json": json.dumps([ANSWER]),
    "application/x-ndjson": f"\n{json.dumps(ANSWER)}\n",
    "text/csv": csv_of([ANSWER]),
}


def refused(answer, status: int, words: str) -> None:
    """Nothing; the answer is a problem of that status that says these words."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == PROBLEM
    assert (answer.json["status"], answer.json["type"]) == (status, "about:blank")
    assert words in answer.json["detail"], answer.json


@pytest.mark.parametrize("media", BODIES)
def test_a_push_is_kept_checked_and_loaded(programs: Programs, media: str) -> None:
    answer = programs.push("X", "answers", BODIES[media], content_type=media)
    assert answer.status_code == 202
    assert answer.json == {
        "import": answer.json["import"],
        "stage": "checking",
        "status_url": f"/api/v1/imports/{answer.json['import']}",
    }
    assert answer.location == answer.json["status_url"]
    assert "Retry-After" not in answer.headers
    told = programs.told("X", answer)
    assert (told["stage"], told["counts"]) == ("loaded", {"accepted": 1, "rejected": 0, "already_present": 0})
    assert programs.place.ask("SELECT count(*) FROM answers") == [(1,)]


def test_the_three_forms_of_one_body_are_the_same_rows(programs: Programs) -> None:
    for media, body in BODIES.items():
        programs.push("X", "answers", body, content_type=media)
    programs.work()
    assert programs.place.ask("SELECT count(*) FROM answers") == [(1,)]


@pytest.mark.parametrize(("kind", "row", "table"), [("orders", ORDER, "orders"), ("actions", ACTION, "actions")])
def test_orders_and_actions_go_in(programs: Programs, kind: str, row: dict, table: str) -> None:
    before = programs.place.kept()[f"state.{table}"]
    told = programs.told("X", programs.push("X", kind, {"rows": [row], "source": "erp"}))
    assert told["counts"] == {"accepted": 1, "rejected": 0, "already_present": 0}
    assert programs.place.kept()[f"state.{table}"] == before + 1


def test_a_bad_row_is_left_out_with_the_reason_of_a_file(programs: Programs) -> None:
    bad = ANSWER | {"value": 9, "submission_id": "s2"}
    unknown = ANSWER | {"factory_id": "F9", "submission_id": "s3"}
    answer = programs.push("X", "answers", [ANSWER, ANSWER | {"submission_id": "s4"}, bad, unknown])
    told = programs.told("X", answer)
    assert (told["stage"], told["counts"]["rejected"]) == ("loaded", 2)
    place = programs.place
    by_file = place.load(place.files("file", answers=csv_of([ANSWER, bad, unknown])), dry_run=True)
    expected = {reason["reason"] for outcome in by_file.outcomes for reason in outcome.reasons()}
    assert {reason["reason"] for reason in told["reasons"]} == expected
    left = programs.send("X", told["left_out_url"].removeprefix("/api/v1"))
    assert (left.mimetype, left.text.count("\n")) == ("text/csv", 3)
    mended = left.text.replace(",9,", ",5,").replace("F9", "F1")
    again = programs.told("X", programs.push("X", "answers", mended, content_type="text/csv"))
    assert again["counts"] == {"accepted": 2, "rejected": 0, "already_present": 0}


def test_what_is_mostly_left_out_waits_for_a_yes_or_a_no(programs: Programs) -> None:
    rows_sent = [ANSWER, ANSWER | {"factory_id": "F8"}, ANSWER | {"factory_id": "F9"}]
    first, second = (programs.push("X", "answers", rows_sent[: 3 - n] + rows_sent[1:]) for n in range(2))
    told = programs.told("X", first)
    assert (told["stage"], "More rows would be left out" in told["said"]) == ("checked", True)
    assert programs.place.ask("SELECT count(*) FROM answers") == [(0,)]
    path = f"/imports/{first.json['import']}"
    for _ in range(2):
        yes = programs.send("X", f"{path}/load", "POST")
        assert (yes.status_code, yes.json["stage"]) == (202, "loading")
    assert programs.told("X", first)["stage"] == "loaded"
    refused(programs.send("X", path, "DELETE"), 409, "too late")
    for _ in range(2):
        no = programs.send("X", f"/imports/{second.json['import']}", "DELETE")
        assert (no.status_code, no.json["stage"]) == (200, "cancelled")
    refused(programs.send("X", f"/imports/{second.json['import']}/load", "POST"), 409, "Only what was checked")


def test_serious_findings_stop_a_push(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reports.kept_report
    serious = {"kind": "break", "about": "q", "sentence": "It jumps.", "serious": True, "details": {}}
    monkeypatch.setattr("data.imports.desk.kept_report", lambda *a: real(*a) | {"findings": [serious]})
    told = programs.told("X", programs.push("X", "answers", [ANSWER]))
    assert (told["stage"], told["findings"][0]["sentence"]) == ("checked", "It jumps.")


def test_what_was_acknowledged_outlives_the_portal(programs: Programs) -> None:
    """Killed between the answer and the load: another portal and another ingester find it, whole."""
    answer = programs.push("X", "answers", [ANSWER])
    one = programs.brought(answer)
    kept = bytes_of(programs.place.home, one.public_id, one.name)
    assert kept.read_text() == csv_of([ANSWER])
    programs.app = create_app(programs.place.settings)
    assert programs.told("X", answer)["stage"] == "loaded"


class TestIdempotency:
    """A push that is repeated after a lost answer is kept once."""

    def test_the_same_again_is_the_same_import(self, programs: Programs) -> None:
        first, again = (programs.push("X", "answers", [ANSWER], "k") for _ in range(2))
        assert (first.status_code, again.status_code) == (202, 200)
        assert first.json["import"] == again.json["import"]
        assert again.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert len(list(programs.place.home.imports.glob("*/bytes"))) == 1

    def test_another_body_kind_or_source_is_refused(self, programs: Programs) -> None:
        programs.push("X", "orders", [ORDER], "k")
        refused(programs.push("X", "orders", [ORDER | {"order_id": "N2"}], "k"), 422, "used before")
        refused(programs.push("X", "orders", {"rows": [ORDER], "source": "erp"}, "k"), 422, "used before")
        refused(programs.push("X", "actions", [ACTION], "k"), 422, "used before")

    def test_keys_of_other_tokens_do_not_matter(self, programs: Programs) -> None:
        programs.words["X2"] = programs.token("X")
        found = [programs.push(who, "orders", [ORDER], "k") for who in ("X", "X2", "O1", "B1")]
        assert [answer.status_code for answer in found] == [202] * 4
        assert len({answer.json["import"] for answer in found}) == 4

    def test_eight_at_once_make_one_import(self, programs: Programs) -> None:
        answers, gate = [], threading.Barrier(8)

        def send() -> None:
            gate.wait()
            answers.append(programs.push("X", "answers", [ANSWER], "k"))

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [202]
        assert len({answer.json["import"] for answer in answers}) == 1
        with programs.place.state.look() as look:
            assert len(imports_of(look, None)) == 1
        assert len(list(programs.place.home.imports.glob("*/bytes"))) == 1

    @pytest.mark.parametrize("key", ["", "a b", "é", "x" * 201, "\x7f"])
    def test_without_a_key_nothing_is_taken(self, refusing: Programs, key: str) -> None:
        headers = {"Idempotency-Key": key.encode("utf-8").decode("latin-1")}
        answer = refusing.push("X", "answers", [ANSWER], headers=headers)
        refused(answer, 400, "Send an Idempotency-Key")


ROW = json.dumps(ANSWER)


class TestBodies:
    """What a body may be, and what is told of one that is not right."""

    @pytest.mark.parametrize(
        ("body", "status", "said"),
        [
            ("", 400, "line 1, column 1"),
            ("[]", 422, "no rows"),
            ('{"rows": []}', 422, "no rows"),
            ("{}", 422, "has no rows"),
            ('{"rows": [], "more": 1}', 422, "'more', which is not known"),
            ('{"rows": [], "rows": []}', 400, "names 'rows' twice"),
            ("7", 400, "expected '['"),
            ("[7]", 422, "Row 1 is not an object."),
            (f"[{ROW},\n {ROW[:-1]}]", 400, "line 2, column"),
            (f"[{ROW}] x", 400, "something follows"),
            (f"[{ROW}", 400, "expected ','"),
            ('[{"value": 1, "value": 2}]', 400, "names 'value' twice"),
            ('[{"value": NaN}]', 400, "'NaN' is not JSON"),
            ('[{"valeu": 1}]', 422, "Not known here: 'valeu'"),
            ('[{"value": 1}]', 422, "No row has 'factory_id', 'date', 'indicator_id'"),
            (f'[{ROW[:-1]}, "gender": true}}]', 422, "gender must be a text, a number or null"),
            (f'[{ROW[:-1]}, "gender": ["x"]}}]', 422, "gender must be a text, a number or null"),
            (f'[{ROW[:-1]}, "gender": "\\ud800"}}]', 422, "half of a character"),
            (f'[{ROW[:-1]}, "gender": "\\u0000"}}]', 422, "NUL"),
            (f'[{ROW[:-1]}, "gender": "{"x" * 40_000}"}}]', 422, "longer than 32,767"),
            (f'[{ROW[:-1]}, "gender": "{"x" * 400_000}"}}]', 400, "longer than 65,536"),
            ("[" * 5_000, 400, "nested too deeply"),
            ('{"rows": ' + "[" * 100_000, 400, ""),
            ('[{"a":' * 90_000, 400, ""),
            (b"\xff\xfe[", 400, "not UTF-8: byte 1"),
            ("[" + ",".join(["{}"] * 200_001) + "]", 413, "more than 200,000 rows"),
            (f'{{"rows": [{ROW}], "source": "a b"}}', 422, "A source is named with"),
            (f'{{"rows": [{ROW}], "source": true}}', 422, "A source is named with"),
            ("[{" + ",".join(f'"seg_{n}": 1' for n in range(41)) + "}]", 422, "more than 40 columns"),
        ],
    )
    def test_json_that_is_not_right(self, refusing: Programs, body: str | bytes, status: int, said: str) -> None:
        refused(refusing.push("X", "answers", body), status, said)

    @pytest.mark.parametrize(
        ("body", "status", "said"),
        [
            (f"{ROW}\n{ROW[:-1]}\n", 400, "line 2"),
            (f"{ROW} {ROW}\n", 400, "one JSON object on one line"),
            ("[]\n", 422, "Row 1 is not an object"),
            ("\n \n", 422, "no rows"),
        ],
    )
    def test_lines_that_are_not_right(self, refusing: Programs, body: str, status: int, said: str) -> None:
        refused(refusing.push("X", "answers", body, content_type="application/x-ndjson"), status, said)

    @pytest.mark.parametrize(
        ("body", "status", "said"),
        [
            ("", 422, "no rows"),
            (csv_of([ANSWER]).partition("\n")[0], 422, "no rows"),
            ("a,b\n1,2\n", 422, "Not known here: 'a', 'b'"),
            ("factory_id,factory_id\n1,2\n", 422, "names 'factory_id' twice"),
            ("factory_id,date\nF1,2026-06-08\n", 422, "No row has 'indicator_id', 'value'"),
            (csv_of([ANSWER]) + '"F1\n', 400, "not right in line 3"),
            (csv_of([ANSWER]) + "F1\n" * 200_000, 413, "more than 200,000 rows"),
            (csv_of([ANSWER]) + "F\0", 422, "NUL"),
            (b"factory_id\xe9\n", 400, "not UTF-8"),
        ],
    )
    def test_csv_that_is_not_right(self, refusing: Programs, body: str | bytes, status: int, said: str) -> None:
        refused(refusing.push("X", "answers", body, content_type="text/csv"), status, said)

    @pytest.mark.parametrize(
        ("media", "headers"),
        [
            ("text/plain", {}),
            ("application/json; charset=utf-16", {}),
            ("", {}),
            ("application/x-www-form-urlencoded", {}),
            ("application/json", {"Content-Encoding": "gzip"}),
        ],
    )
    def test_other_media_are_refused(self, refusing: Programs, media: str, headers: dict[str, str]) -> None:
        answer = refusing.push("X", "answers", [ANSWER], content_type=media, headers=headers)
        refused(answer, 415, "application/json or")
        assert "text/csv" in answer.headers["Accept-Post"]

    def test_what_is_too_large_is_refused_before_it_is_read(self, programs: Programs) -> None:
        class Untouched:
            def read(self, *_: object) -> bytes:
                raise AssertionError("no byte of it may be read")

            readline = readinto = read

        more = {"input_stream": Untouched(), "content_length": LARGEST + 1}
        headers = {"Idempotency-Key": "k", "Content-Length": str(LARGEST + 1)}
        answer = programs.send(
            "X", "/answers", "POST", headers=headers, content_type="text/csv", environ_overrides={
                "wsgi.input": more["input_stream"], "CONTENT_LENGTH": str(LARGEST + 1)},
        )  # fmt: skip
        refused(answer, 413, "larger than 20 MB")

    def test_what_comes_in_pieces_is_counted_while_it_is_read(self, programs: Programs) -> None:
        class Endless:
            given = 0

            def read(self, size: int = -1) -> bytes:
                size = size if 0 < size < 1 << 20 else 1 << 20
                self.given += size
                return b"x" * size

            def readinto(self, buffer: bytearray) -> int:
                piece = self.read(len(buffer))
                buffer[: len(piece)] = piece
                return len(piece)

        stream = Endless()
        answer = programs.send(
            "X", "/answers", "POST", headers={"Idempotency-Key": "k", "Transfer-Encoding": "chunked"},
            content_type="text/csv", environ_overrides={"wsgi.input": stream, "wsgi.input_terminated": True},
        )  # fmt: skip
        refused(answer, 413, "larger than 20 MB")
        assert stream.given < LARGEST + (4 << 20)

    def test_numbers_stay_as_they_were_written(self, programs: Programs) -> None:
        body = json.dumps([ORDER]).replace('"N1"', "1" + "0" * 30).replace("}", ', "value_usd": 1.10}')
        one = programs.brought(programs.push("X", "orders", body))
        text = bytes_of(programs.place.home, one.public_id, one.name).read_text()
        assert text.splitlines()[1] == f"{'1' + '0' * 30},B1,F1,2026-02-03,1.10"

    def test_segments_nulls_and_line_ends_go_in(self, programs: Programs) -> None:
        sent = [ANSWER | {"seg_shift": "night", "gender": None}, ANSWER | {"submission_id": 'a\n,"b', "seg_line": 2}]
        told = programs.told("X", programs.push("X", "answers", "\ufeff" + json.dumps(sent)))
        assert told["counts"]["accepted"] == 2

    def test_rows_are_never_all_in_memory_as_objects(self) -> None:
        """Twenty MB of empty lists would be half a gigabyte of objects."""
        text = "[" + ",".join(["[[],[],[],[]]"] * 100_000) + "]"
        tracemalloc.start()
        assert sum(1 for _ in rows.Json(text)) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()


class TestTokens:
    """Who is let in, and who is not: unknown, over and taken back are told apart by nobody."""

    def test_without_a_token_nobody_is_let_in(self, programs: Programs) -> None:
        answer = programs.push(None, "answers", [ANSWER])
        refused(answer, 401, "Authorization: Bearer")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Seamline"'
        for header in ("Basic x", "Bearer", "Bearer ", "slt_"):
            got = programs.send(None, "/answers", "POST", headers={"Authorization": header})
            assert got.status_code == 401

    def test_a_slip_in_copying_is_told(self, programs: Programs) -> None:
        word = programs.words["X"]
        for torn in (word[:-1], word[:-1] + ("a" if word[-1] != "a" else "b"), word.upper(), "slt_é", word + "x"):
            answer = programs.send(
                None, "/imports/x", headers={"Authorization": f"Bearer {torn}".encode().decode("latin-1")}
            )
            refused(answer, 401, "not a whole token")
            assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]

    def test_unknown_expired_and_taken_back_are_one_answer(self, programs: Programs) -> None:
        long_ago = datetime.now(UTC) - timedelta(days=366)
        gone = programs.token("X")
        with programs.place.state.change() as change:
            newest = next(t for t in tokens(change) if t.organisation == "X" and t.id)
            for one in tokens(change):
                if one.organisation == "X" and one.created_at >= newest.created_at:
                    revoke_token(change, one.id, datetime.now(UTC))
        found = [
            programs.push(word, "answers", [ANSWER]) for word in (new_word(), programs.token("X", now=long_ago), gone)
        ]
        assert {(a.status_code, a.text, a.headers["WWW-Authenticate"]) for a in found} == {
            (401, found[0].text, 'Bearer realm="Seamline", error="invalid_token"')
        }

    def test_only_a_hash_is_kept_and_only_the_day_of_use(self, programs: Programs) -> None:
        programs.push("X", "answers", [ANSWER])
        word = programs.words["X"]
        kept = b"".join(f.read_bytes() for f in programs.place.home.root.rglob("*") if f.is_file())
        assert word.encode() not in kept
        assert word[4:-6].encode() not in kept
        assert hash_of_word(word).encode() in kept
        with programs.place.state.look() as look:
            used = {one.organisation: one.used_on for one in tokens(look)}
        assert used["X"] == datetime.now(UTC).date()
        assert used["O2"] is None

    def test_words_have_one_shape(self) -> None:
        words = [new_word() for _ in range(50)]
        assert len(set(words)) == 50
        assert all(is_whole(word) and len(word) == 53 and word.startswith("slt_") for word in words)
        assert not any(is_whole(word[:20] + word[21:]) for word in words)
        assert check_letters("") == check_letters("")

    def test_a_signed_in_browser_gains_nothing(self, programs: Programs) -> None:
        browser = programs.app.test_client()
        browser.set_cookie("sid", "whatever")
        answer = browser.post("/api/v1/answers", json=[ANSWER], headers={"Idempotency-Key": "k"})
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers
        elsewhere = programs.push("X", "answers", [ANSWER], headers={"Origin": "https://elsewhere.example"})
        refused(elsewhere, 403, "")

    def test_a_token_sends_only_its_kinds(self, programs: Programs) -> None:
        programs.words["few"] = programs.token("X", ("orders",))
        refused(programs.push("few", "answers", [ANSWER]), 403, "It may send 'orders'")
        theirs = programs.push("X", "answers", [ANSWER])
        refused(programs.send("few", f"/imports/{theirs.json['import']}"), 404, "")
        refused(programs.push("B1", "answers", [ANSWER]), 403, "may not send answers")

    def test_a_token_that_asks_too_often_waits(self, tmp_path: Path) -> None:
        programs = Programs.at(tmp_path / "few", pushes_a_minute=3)
        answers = [programs.send("X", "/imports/none") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
        refused(answers[3], 429, "Too many requests")
        assert 0 < int(answers[3].headers["Retry-After"]) <= 60
        assert programs.send("O1", "/imports/none").status_code == 404
        assert programs.app.test_client().get("/api/v1/openapi.json").status_code == 200
        programs.place.state.close()


class TestTenancy:
    """Owners and buyers push what is theirs, and learn nothing of what is not."""

    def test_an_owners_answers_wait_for_the_operator(self, programs: Programs) -> None:
        other = ANSWER | {"factory_id": "F2", "submission_id": "s2"}
        answer = programs.push("O1", "answers", [ANSWER, other])
        told = programs.told("O1", answer)
        assert (told["stage"], told["counts"]) == ("waiting", {"accepted": 1, "rejected": 1, "already_present": 0})
        assert told["reasons"][0]["reason"] == "factory … is not declared in factories"
        assert programs.place.ask("SELECT count(*) FROM answers") == [(0,)]
        assert programs.send("O1", f"/imports/{answer.json['import']}/load", "POST").json["stage"] == "waiting"
        assert programs.brought(answer).stage is Stage.WAITING

    @pytest.mark.parametrize(
        ("who", "kind", "row"),
        [("O1", "orders", ORDER), ("O1", "actions", ACTION), ("O1", "answers", ANSWER), ("B1", "orders", ORDER),
         ("B1", "actions", ACTION)],
    )  # fmt: skip
    def test_foreign_factories_are_as_those_that_do_not_exist(
        self, programs: Programs, who: str, kind: str, row: dict
    ) -> None:
        """F2 exists, and so do B2's orders there; F7 does not. What comes back is the same to the byte."""
        programs.told(who, programs.push(who, kind, [row]))
        found = []
        for factory in ("F2", "F7"):
            answer = programs.push(who, kind, [row, row | {"factory_id": factory}])
            told = programs.told(who, answer)
            left = programs.send(who, told["left_out_url"].removeprefix("/api/v1")).text
            assert told["counts"]["rejected"] == 1
            text = json.dumps({**told, "created_at": "", "changed_at": ""}).replace(answer.json["import"], "")
            found.append(text + left.replace(factory, "F?"))
        assert found[0] == found[1]

    def test_a_buyer_speaks_for_itself_alone(self, programs: Programs) -> None:
        rows_sent = [ORDER, ORDER | {"order_id": "N2", "buyer_id": "B2"}, ORDER | {"order_id": "N3", "buyer_id": "B7"}]
        told = programs.told("B1", programs.push("B1", "orders", [*rows_sent, ORDER | {"order_id": "N4"}]))
        assert (told["stage"], told["counts"]["rejected"]) == ("loaded", 2)
        assert [reason["count"] for reason in told["reasons"]] == [2]
        refused(
            programs.push("B1", "actions", [ACTION | {"actor_type": "factory"}]), 422, "Not known here: 'actor_type'"
        )

    def test_orders_of_others_are_never_met(self, programs: Programs) -> None:
        """P2 is B2's order from the operator's file, and N1 is sent by three: each is told of its own."""
        for who, number in (("O1", "P2"), ("B1", "P2"), ("O1", "N1"), ("B1", "N1"), ("X", "N1")):
            told = programs.told(who, programs.push(who, "orders", [ORDER | {"order_id": number}]))
            assert told["counts"] == {"accepted": 1, "rejected": 0, "already_present": 0}, (who, number)
        sources = {programs.brought(programs.push(w, "orders", [ORDER])).source for w in ("O1", "B1", "X")}
        assert sources == {"owner O1", "buyer B1", ""}
        named = programs.push("O1", "orders", [ORDER], query_string={"source": "erp"})
        assert programs.brought(named).source == "erp@owner O1"

    def test_pushes_of_others_are_not_there(self, programs: Programs) -> None:
        theirs = programs.push("O2", "orders", [ORDER | {"factory_id": "F2"}]).json["import"]
        answers = []
        for who in ("O1", "B1", "X"):
            for wanted in (theirs, "0" * 32, "../x", "%00", "x" * 3000):
                for path, method in (
                    (wanted, "GET"),
                    (wanted, "DELETE"),
                    (f"{wanted}/load", "POST"),
                    (f"{wanted}/left-out.csv", "GET"),
                ):
                    answer = programs.send(who, f"/imports/{path}", method)
                    assert answer.status_code == 404, (who, path)
                    answers.append({**answer.json, "reference": ""})
        assert all(one == answers[0] for one in answers)
        assert programs.send("O2", f"/imports/{theirs}").status_code == 200

    def test_files_from_the_page_are_not_for_programs(self, programs: Programs) -> None:
        with programs.place.state.look() as look:
            whose = next(t.organisation_id for t in tokens(look) if t.organisation == "X")
        public_id = brought(programs.place, whose, csv_of([ANSWER]))
        assert programs.send("X", f"/imports/{public_id}").status_code == 404
        programs.work()
        assert stands(programs.place, public_id).stage is Stage.CHECKED, "what a person brought waits for a person"


def test_nothing_else_answers_below_the_api(programs: Programs) -> None:
    for path, method, status in (("/none", "GET", 404), ("/answers", "GET", 405), ("/imports/x", "PUT", 405)):
        answer = programs.send("X", path, method)
        refused(answer, status, "")


@pytest.mark.parametrize("there", [None, "F1,2026-06-08,GRV-02,4,,,s1"], ids=["new", "here before"])
def test_an_owner_reads_the_same_after_an_undo_whatever_was_here(programs: Programs, there: str | None) -> None:
    """How many answers were taken out says which were here before."""
    if there is not None:
        programs.place.load(programs.place.files(answers=f"{HEADER}\n{there}\n"))
    answer = programs.push("O1", "answers", csv_of([ANSWER]), content_type="text/csv")
    assert programs.told("O1", answer)["stage"] == "waiting"
    told = []
    for before, after in ((Stage.WAITING, Stage.LOADING), (Stage.LOADED, Stage.UNDOING)):
        assert pushed(programs.place, answer.json["import"], before, after)
        found = programs.told("O1", answer)
        told.append((found["stage"], found["said"], found["counts"]))
    counts = {"accepted": 1, "already_present": 0, "rejected": 0}
    assert told == [("loaded", "", counts), ("undone", "The operator took it out again.", counts)]
