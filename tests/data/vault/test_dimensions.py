"""Factories, head counts and questions: what is new, what may change, and what is refused."""

import pytest

from tests.data.vault.place import FACTORIES, HEADER, Place, counts, quarantined

NO_ANSWERS = HEADER + "\n"
BOOK = "indicator_id,theme,text,scale,polarity,zero_tolerance\n"


def factories(place: Place, body: str) -> tuple[int, int, int]:
    """What became of these factories."""
    return counts(place.of("factories", place.load(place.files(factories=body, answers=NO_ANSWERS))))


def known(place: Place, columns: str) -> list[tuple[object, ...]]:
    """The factories as they count now, in order of their id."""
    return place.ask(
        f"SELECT {columns} FROM vault.factories AS f WHERE load = (SELECT max(load) FROM vault.factories AS g "
        "WHERE g.factory_id = f.factory_id) ORDER BY factory_id"
    )


def test_the_same_factories_are_present_and_changed_ones_are_taken(place: Place) -> None:
    assert factories(place, FACTORIES) == (2, 0, 0)
    keys = known(place, "factory, public_id")
    assert factories(place, FACTORIES) == (0, 0, 2)
    assert factories(place, FACTORIES.replace("Two", "Two and a half")) == (1, 0, 1)
    assert known(place, "name") == [("One",), ("Two and a half",)]
    assert known(place, "factory, public_id") == keys, "a factory that changed is still the same"


def test_namibia_is_a_country_and_gives_its_time_zone(place: Place) -> None:
    factories(place, FACTORIES)
    assert known(place, "country, timezone") == [("BD", "Asia/Dhaka"), ("NA", "Africa/Windhoek")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("F1,One,Bangladesh,knitwear,,", "country 'Bangladesh' is not a country code of ISO 3166 (two letters)"),
        ("F1,One,ZZ,knitwear,,", "country 'ZZ' is not a country code of ISO 3166 (two letters)"),
        ("F1,One,,knitwear,,", "country is empty"),
        (",One,BD,knitwear,,", "factory_id is empty"),
        ("F1,One,BD,knitwear,Asia/Dhakka,", "timezone 'Asia/Dhakka' is not a time zone of the IANA list"),
    ],
)
def test_a_wrong_factory_is_rejected_and_so_are_its_answers(place: Place, row: str, reason: str) -> None:
    body = FACTORIES.splitlines()[0] + f"\n{row}\n"
    report = place.load(place.files(factories=body, answers=f"{HEADER}\nF1,2026-06-08,GRV-02,4,,,\n"))
    assert [counts(outcome) for outcome in report.outcomes] == [(0, 1, 0), (0, 1, 0)]
    assert quarantined(report.outcomes[0])[0]["reason"] == reason


@pytest.mark.parametrize("headcount", ["3000000000", "-1", "12.5", "many"])
def test_a_head_count_that_is_none_is_rejected(place: Place, headcount: str) -> None:
    assert factories(place, f"factory_id,name,country,sector,headcount\nF1,One,BD,knit,{headcount}\n") == (0, 1, 0)


def test_a_factory_told_twice_with_other_content_is_rejected_once(place: Place) -> None:
    assert factories(place, FACTORIES + "F1,Uno,BD,knitwear,,O1\nF2,Two,NA,footwear,,O2\n") == (2, 1, 1)


def test_an_empty_attribute_takes_nothing_away(place: Place) -> None:
    factories(place, "factory_id,name,country,sector,headcount,owner_id,timezone\nF1,One,BD,knit,120,O1,Asia/Kolkata\n")
    assert factories(place, "factory_id,name,country,sector\nF1,,BD,\n") == (0, 0, 1)
    assert factories(place, "factory_id,name,country,sector\nF1,One,LK,knit\n") == (1, 0, 0)
    assert known(place, "name, headcount, owner_id, timezone") == [("One", 120, "O1", "Asia/Colombo")]


def test_changed_wording_is_rejected_and_so_are_its_answers(place: Place) -> None:
    first = BOOK + "X1,pay,Were you paid?,yesno,1,\nX2,pay,Was it enough?,ordinal5,1,\n"
    answer = f"{HEADER}\nF1,2026-06-08,X1,1,,,\nF1,2026-06-08,X2,5,,,\n"
    assert [counts(o) for o in place.load(place.files(indicators=first, answers=answer)).outcomes][1:] == [
        (2, 0, 0),
        (2, 0, 0),
    ]
    changed = first.replace("Were you paid?", "Were you paid in full?")
    report = place.load(place.files(indicators=changed, answers=answer.replace("-08", "-09")))
    questions, answers = report.outcomes[1:]
    assert counts(questions) == (0, 1, 1)
    assert quarantined(questions)[0]["reason"] == (
        "codebook and indicator_id is already here with another content; give it a new id"
    )
    assert counts(answers) == (1, 1, 0)
    assert quarantined(answers)[0]["reason"] == "indicator 'X1' was rejected in indicators"


@pytest.mark.parametrize("change", [("yesno", "scale4"), (",1,\n", ",-1,\n"), (",1,\n", ",1,1\n"), ("pay", "vignette")])
def test_another_scale_or_meaning_needs_another_id(place: Place, change: tuple[str, str]) -> None:
    first = BOOK + "X1,pay,Were you paid?,yesno,1,\n"
    place.load(place.files(indicators=first, answers=NO_ANSWERS))
    again = place.load(place.files(indicators=first.replace(*change), answers=NO_ANSWERS))
    assert counts(place.of("indicators", again)) == (0, 1, 0)


def test_a_data_sets_own_question_comes_before_the_default_one_of_that_name(place: Place) -> None:
    own = BOOK + "GRV-02,voice,Does anybody listen?,scale10,1,\n"
    report = place.load(place.files(indicators=own, answers=f"{HEADER}\nF1,2026-06-08,GRV-02,9,,,s1\n"))
    assert counts(place.of("answers", report)) == (1, 0, 0)
    assert counts(place.answers(["F1,2026-06-08,GRV-02,9,,,s2"])) == (0, 1, 0), "without it the default one is meant"
    asked = "SELECT q.codebook FROM answers AS a JOIN questions AS q ON q.question = a.question"
    assert place.ask(asked) == [("drop",)]


def test_one_sitting_may_answer_the_same_id_of_two_codebooks(place: Place) -> None:
    own = BOOK + "GRV-02,voice,Does anybody listen?,scale10,1,\n"
    place.load(place.files(indicators=own, answers=f"{HEADER}\nF1,2026-06-08,GRV-02,9,,,s1\n"))
    assert counts(place.answers(["F1,2026-06-08,GRV-02,4,,,s1"])) == (1, 0, 0)


def test_an_id_of_two_other_codebooks_says_nothing(place: Place) -> None:
    two = "indicator_id,theme,text,scale,polarity,codebook\nX1,pay,Paid?,yesno,1,a\nX1,pay,Enough?,yesno,1,b\n"
    report = place.load(place.files(indicators=two, answers=f"{HEADER}\nF1,2026-06-08,X1,1,,,\n"))
    assert [counts(outcome) for outcome in report.outcomes][1:] == [(2, 0, 0), (0, 1, 0)]
    assert (
        quarantined(report.outcomes[2])[0]["reason"] == "indicator 'X1' is in several codebooks; load it with its own"
    )


def test_zero_tolerance_answers_are_kept_and_never_make_a_cell(place: Place) -> None:
    rows = [f"F1,2026-06-0{1 + i % 9},{q},{i % 2},,,s{i}" for i in range(60) for q in ("FRE-01", "GRV-01")]
    assert place.answers(rows).accepted == 120
    place.release()
    assert {cell[1] for cell in place.cells()} == {"GRV-01"}


CROSS = "factory_id,gender,department,headcount\n"
COUNTED = CROSS + "F1,woman,sewing,40\nF1,man,sewing,20\nF2,woman,,9\n"


def heads(place: Place, body: str) -> tuple[int, int, int]:
    """What became of these head counts."""
    return counts(place.of("headcount", place.load(place.files(headcount=body, answers=NO_ANSWERS))))


def people(place: Place) -> dict[str, int]:
    """How many people the latest head count of each factory adds up to."""
    rows = place.ask(
        "SELECT f.factory_id, CAST(sum(h.headcount) AS INTEGER) FROM headcount AS h "
        "JOIN (SELECT DISTINCT factory, factory_id FROM factories) AS f ON f.factory = h.factory "
        "WHERE h.load = (SELECT max(load) FROM headcount AS g WHERE g.factory = h.factory) GROUP BY 1"
    )
    return dict(rows)


def test_a_factory_counted_anew_replaces_its_earlier_count(place: Place) -> None:
    assert heads(place, COUNTED) == (3, 0, 0)
    assert heads(place, COUNTED) == (0, 0, 3)
    assert heads(place, COUNTED.replace(",20", ",25")) == (2, 0, 1)
    assert people(place) == {"F1": 65, "F2": 9}
    assert heads(place, CROSS + "F1,woman,sewing,40\n") == (1, 0, 0), "nobody counts as a man there any more"
    assert people(place) == {"F1": 40, "F2": 9}


def test_a_head_count_told_twice_counts_once(place: Place) -> None:
    assert heads(place, COUNTED + "F1,woman,sewing,40\n") == (3, 0, 1)
    assert people(place) == {"F1": 60, "F2": 9}
    assert heads(place, COUNTED + "F1,woman,sewing,40\n") == (0, 0, 4)


@pytest.mark.parametrize("wrong", ["F1,other,sewing,few", "F1,woman,sewing,41"])
def test_one_wrong_head_count_holds_back_its_factory(place: Place, wrong: str) -> None:
    outcome = place.of("headcount", place.load(place.files(headcount=f"{COUNTED}{wrong}\n", answers=NO_ANSWERS)))
    assert counts(outcome) == (1, 3, 0)
    assert people(place) == {"F2": 9}
    assert [row["line"] for row in quarantined(outcome)] == ["2", "3", "5"]


def test_a_head_count_of_nobodys_factory_is_rejected(place: Place) -> None:
    assert heads(place, CROSS + "F9,woman,sewing,40\n") == (0, 1, 0)


def test_further_segments_tell_head_counts_apart(place: Place) -> None:
    body = "factory_id,gender,headcount,seg_shift\nF1,woman,30,day\nF1,woman,10,night\n"
    assert heads(place, body) == (2, 0, 0)
    assert heads(place, body) == (0, 0, 2)
    assert people(place) == {"F1": 40}
