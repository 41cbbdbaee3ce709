"""Replies as they are read and written: who says what since when, what is behind a click, what may be done."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from dash import html

from components.remarks import remarks_part
from components.reply_cards import SHOWN, replies_card
from components.reply_drawer import reply_drawer, reply_part
from components.reply_list import says_card, score_replies, write_link
from components.reply_photo import CARE, photo_field, reply_photo
from scoring.remarks import Remark
from scoring.replies import GONE, RepliesView, Reply, Subject
from tests.rendered import having, kinds, links, nodes, text_of
from tests.sample_overview import FACTORY

WHOLE = Subject("row", "overall", "the overall score")
THEME = Subject("row", "hours", "Hours, rest and pace")
WARNING = Subject("flag", "coached", "the warning about coached answers")
ACTION = Subject("action", "A1", "Rush order, 5 October 2026")
WRITE = write_link("/app/overview/f1?reply=row.overall", "row.overall")


def reply(number: int, subject: Subject = WHOLE, **more: Any) -> Reply:
    """A reply of November, written on the day of its number."""
    at = datetime(2026, 11, number, 9, tzinfo=UTC)
    plain = Reply(number, subject, "Meghdal", f"Text {number}.", at, True, False, None, True)
    return replace(plain, **more)


def view(*replies: Reply) -> RepliesView:
    return RepliesView(FACTORY, replies, (WHOLE, THEME, WARNING))


def test_a_reader_reads_what_is_said_by_whom_and_since_when() -> None:
    part = score_replies([reply(2)], None)
    assert text_of(part) == "The factory says Text 2. Meghdal, since 2 November 2026"
    assert not kinds(part, "Button")
    assert not kinds(part, "Img")


def test_beside_a_warning_each_reply_names_what_it_answers() -> None:
    part = score_replies([reply(2), reply(3, WARNING)], None)
    assert [text_of(one) for one in having(part, "sl-reply-about")] == [
        "The warning about coached answers", "The overall score",
    ]  # fmt: skip


def test_with_nothing_said_only_the_owner_finds_the_way_to_say_it() -> None:
    assert score_replies([], None) is None
    part = score_replies([], WRITE)
    assert links(part) == {"Write a reply": "/app/overview/f1?reply=row.overall"}
    assert not kinds(part, "H3")
    assert says_card([]) is None


def test_the_newest_stands_first_and_the_others_behind_a_click() -> None:
    part = score_replies([reply(2), reply(3), reply(4), reply(5, withdrawn=True, text="")], WRITE)
    [box] = kinds(part, "Details")
    [summary] = kinds(box, "Summary")
    assert text_of(summary) == "3 earlier replies"
    assert text_of(part).startswith("The factory says Write a reply Text 4. Meghdal, since 4 November 2026")
    assert text_of(box).index("Withdrawn") < text_of(box).index("Text 3.") < text_of(box).index("Text 2.")
    assert "Text 4." not in text_of(box)


def test_when_all_was_withdrawn_that_is_all_there_is_to_read() -> None:
    part = score_replies([reply(2, withdrawn=True, text="")], None)
    assert text_of(part) == "The factory says 1 earlier reply Withdrawn Meghdal, 2 November 2026"
    assert not kinds(part, "Blockquote")


def test_the_card_shows_the_newest_of_each_theme() -> None:
    card = says_card([reply(2, THEME), reply(3, Subject("row", "pay", "Pay")), reply(4, THEME)])
    assert [text_of(one) for one in kinds(card, "H2")] == ["What the factory says"]
    [earlier] = kinds(card, "Details")
    assert text_of(earlier) == "1 earlier reply Hours, rest and pace Text 2. Meghdal, since 2 November 2026"
    assert [text_of(one) for one in having(card, "sl-reply-about")] == [
        "Hours, rest and pace", "Pay", "Hours, rest and pace",
    ]  # fmt: skip


def test_a_photo_keeps_its_place_and_says_what_it_is() -> None:
    assert reply_photo(7, None, datetime(2026, 11, 2, tzinfo=UTC).date()) is None
    [picture] = kinds(score_replies([reply(2, photo=(1600, 900))], None), "Img")
    assert (picture.src, picture.width, picture.height) == ("/photo/2", "1600", "900")
    assert picture.alt == "Photo beside the reply of 2 November 2026"


def test_a_note_under_an_action_shows_its_photo_and_offers_one_to_the_owner_only() -> None:
    at = datetime(2026, 6, 3, tzinfo=UTC)
    note = Remark(5, "Meghdal", "note", "Cut already.", at, False, False, (300, 200))
    [picture] = kinds(remarks_part([note], False, False), "Img")
    assert picture.src == "/photo/5"
    owner, buyer = remarks_part([], True, False, may_photo=True), remarks_part([], True, True)
    assert CARE in text_of(owner)
    assert CARE not in text_of(buyer)
    [empty] = kinds(buyer, "Img")
    assert empty.id == "timeline-remark-photo", "a callback needs it on the page"
    assert not getattr(empty, "src", None)


def test_the_field_shows_what_was_chosen_and_how_to_drop_it() -> None:
    empty, chosen = photo_field("x"), photo_field("x", "data:image/jpeg;base64,AA")
    box = {node.id: node for node in nodes(chosen) if getattr(node, "id", None)}
    assert box["x"].src == "data:image/jpeg;base64,AA"
    assert not box["x-box"].hidden
    assert next(node for node in nodes(empty) if getattr(node, "id", "") == "x-box").hidden
    assert {"x", "x-box", "x-said"} == box.keys()
    assert CARE in text_of(empty)


def buttons(part: Any) -> dict[str, str]:
    """The deeds on offer, by what a screen reader says."""
    return {getattr(b, "aria-label", text_of(b)): b.id["deed"] for b in kinds(part, "Button") if hasattr(b, "id")}


def test_the_drawer_says_who_will_read_it_and_keeps_what_it_answers() -> None:
    drawer = reply_drawer(view(), THEME, "/app/overview/f1")
    assert "To Hours, rest and pace. Everyone who sees the factory’s themes reads it. It changes no number." in text_of(
        drawer
    )
    for subject in (WHOLE, WARNING):
        assert "Everyone who sees the factory’s score reads it." in text_of(reply_drawer(view(), subject, "/x"))
    [store] = kinds(drawer, "Store")
    assert store.data == {"factory": "f1", "reply": "row.hours"}
    found = links(drawer)
    assert found["The overall score"] == "/app/overview/f1?reply=row.overall"
    assert found["The warning about coached answers"] == "/app/overview/f1?reply=flag.coached"
    [current] = [one for one in kinds(drawer, "A") if getattr(one, "aria-current", None)]
    assert text_of(current) == "Hours, rest and pace"
    assert buttons(drawer) == {"Send reply": "send"}
    [label] = kinds(drawer, "Label")
    [field] = kinds(drawer, "Textarea")
    assert label.htmlFor == field.id
    assert field.maxLength == 1000
    [dialog] = [node for node in nodes(drawer) if getattr(node, "role", None) == "dialog"]
    assert getattr(dialog, "aria-labelledby", None) in [getattr(node, "id", None) for node in nodes(drawer)]


def test_the_drawer_holds_what_was_said_before_about_the_same_only() -> None:
    part = reply_part(view(reply(3), reply(2, withdrawn=True, text=""), reply(4, THEME)), WHOLE)
    assert buttons(part) == {"Send reply": "send", "Withdraw your reply of 3 November 2026": "withdraw-3"}
    assert "Text 4." not in text_of(part)
    assert "Withdrawn" in text_of(part)


def test_to_what_is_no_longer_shown_nothing_is_added_and_the_own_can_be_withdrawn() -> None:
    gone = Subject("flag", "burst", GONE)
    part = reply_part(view(reply(3, gone, shown=False)), gone)
    assert buttons(part) == {"Withdraw your reply of 3 November 2026": "withdraw-3"}
    assert "no reply can be added" in text_of(part)


def test_what_was_wrong_is_said_and_the_draft_stays() -> None:
    part = html.Div(reply_part(view(), WHOLE, "", "Too long.", "my draft", "data:image/jpeg;base64,AA"))
    [alert] = [node for node in nodes(part) if getattr(node, "role", None) == "alert"]
    assert text_of(alert) == "Too long."
    assert kinds(part, "Textarea")[0].value == "my draft"
    assert kinds(part, "Img")[0].src == "data:image/jpeg;base64,AA"
    done = reply_part(view(reply(3)), WHOLE, "Sent.")
    assert not [node for node in nodes(done) if getattr(node, "role", None) == "alert"]
    assert text_of(done).startswith("Sent.")
    assert kinds(done, "Textarea")[0].value == ""


@pytest.mark.parametrize(
    ("subject", "more", "said"),
    [
        (WHOLE, {}, "Beside the overall score since 2 November 2026 · seen by everyone who sees the score"),
        (THEME, {}, "Beside Hours, rest and pace since 2 November 2026 · seen by everyone who sees the themes"),
        (WARNING, {}, "the warning about coached answers since 2 November 2026 · seen by everyone who sees the score"),
        (ACTION, {}, "Beside Rush order, 5 October 2026 since 2 November 2026 · seen by the buyer of this action"),
        (THEME, {"shown": False}, "· seen by you only"),
    ],
)
def test_the_owners_list_says_beside_what_and_who_reads_it(subject: Subject, more: dict[str, Any], said: str) -> None:
    card = replies_card(view(reply(2, subject, **more)))
    assert said in text_of(card)
    assert "“Text 2.”" in text_of(card)


def test_the_owners_list_leads_to_where_each_can_be_changed() -> None:
    card = replies_card(view(reply(4, ACTION), reply(3, THEME), reply(2, withdrawn=True, text="")))
    [action, theme] = [one.href for one in kinds(card, "A") if text_of(one) == "Change"]
    assert action == "/app/timeline/f1?period=all&action=A1"
    assert theme == "/app/overview/f1?reply=row.hours"
    assert links(card)["Write a reply"] == "/app/overview/f1?reply=row.overall"
    assert "Withdrawn" in text_of(card)


def test_an_empty_list_says_what_comes_and_a_long_one_ends() -> None:
    assert "No replies yet" in text_of(replies_card(view()))
    many = view(*(reply(day) for day in range(28, 0, -1)))
    card = replies_card(many)
    assert len(kinds(card, "Blockquote")) == SHOWN
    assert "18 older replies beside what they answer." in text_of(card)


def test_markup_in_a_reply_is_text() -> None:
    [quote] = kinds(score_replies([reply(2, text="<b>x</b>")], None), "Blockquote")
    assert quote.children == "<b>x</b>"
