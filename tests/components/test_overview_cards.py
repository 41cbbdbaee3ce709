"""Findings, people and the operator's tables: every kind of line, and every empty case, is designed."""

from dataclasses import replace
from datetime import date

import pytest

from components.findings import finding_list
from components.participation import participation_card
from components.service_tables import load_table, release_table
from scoring.views import Finding, Participation
from tests import sample_overview
from tests.rendered import having, links, text_of

VIEW = sample_overview.overview()
PEOPLE = Participation(date(2026, 7, 1), 410, 620, 1240, date(2026, 11, 18))


def test_finding_about_an_action_shows_its_mark_and_leads_to_it() -> None:
    found = finding_list(VIEW.findings, measured=True)
    assert having(found, "m-rush")
    assert links(found) == {"Rush order, 5 October": "/app/timeline/f1?action=a7"}


@pytest.mark.parametrize("kind", ["after", "drop", "rise", "low", "few", "something new"])
def test_every_kind_of_finding_has_a_symbol(kind: str) -> None:
    found = finding_list((Finding(kind, "Title", "Text."),), measured=True)
    assert having(found, "bi")
    assert text_of(found) == "Title Text."


def test_nothing_found_is_only_called_so_when_something_was_measured() -> None:
    assert "Nothing stands out" in text_of(finding_list((), measured=True))
    assert "Nothing stands out" not in text_of(finding_list((), measured=False))


def test_people_of_headcount_with_share() -> None:
    card = participation_card(PEOPLE)
    assert "About 410 of 1,240 people answered in that quarter, 33 %." in text_of(card)
    assert "July to September 2026" in text_of(card)
    assert having(card, "sl-share")


def test_a_quarter_that_still_runs_is_this_one() -> None:
    running = replace(PEOPLE, newest=date(2026, 9, 30))
    assert not running.over
    assert "people answered in this quarter" in text_of(participation_card(running))
    assert replace(PEOPLE, newest=date(2026, 10, 1)).over
    assert replace(PEOPLE, quarter=date(2026, 10, 1), newest=date(2027, 1, 1)).over
    assert not replace(PEOPLE, quarter=date(2026, 10, 1), newest=date(2026, 12, 31)).over


def test_under_ten_people_are_not_counted() -> None:
    card = participation_card(replace(PEOPLE, people=None, sittings=None))
    assert "Under 10 people of 1,240 answered in that quarter." in text_of(card)
    assert not having(card, "sl-share")
    assert "Times answered" not in text_of(card)


@pytest.mark.parametrize("headcount", [None, 0, 300])
def test_no_share_of_an_unknown_or_outdated_headcount(headcount: int | None) -> None:
    card = participation_card(replace(PEOPLE, headcount=headcount))
    assert "About 410 people answered in that quarter." in text_of(card)
    assert "%" not in text_of(card)


def test_participation_may_be_unknown() -> None:
    assert "Not known yet" in text_of(participation_card(None))


def test_releases_and_loads() -> None:
    service = sample_overview.service()
    releases, loads = text_of(release_table(service.releases)), text_of(load_table(service.loads))
    assert "Release 42 20 Nov 2026 4,120 38 20 Nov 2026, 02:10" in releases
    assert "answers.csv 6,180 12 40 answers-20261120T015812.csv 20 Nov 2026, 01:58" in loads
    assert "orders.csv 214 0 0 none" in loads


def test_without_releases_or_loads_the_command_is_named() -> None:
    assert "flask release" in text_of(release_table(()))
    assert "flask load FOLDER" in text_of(load_table(()))
