"""Lists that are frozen, tested, left open and reported: nobody twice, nobody forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.app import review_report, review_selftest
from bot.app.review_facts import bare
from bot.app.review_work import start
from bot.domain.review_lists import rows_of
from bot.domain.reviews import Campaign, CampaignState, Review, ReviewRow
from bot.domain.values import CampaignId, PersonId, RecordId, ReviewId
from tests.desk import at, bring, ekbot, moment, rows, turn
from tests.e2e.office import Office
from tests.filled import numbers
from tests.review_holes import (
    ASA,
    START,
    TUESDAY,
    WEDNESDAY,
    answer,
    asked,
    cases,
    running,
    staff_does,
)
from tests.reviewing import EVA, GORAN, NOEL, NOEL_NAME, PEOPLE, an_office, left, row

GIVEN = ("Anna", "Bo", "Cecilia", "Per", "Eva", "Li", "Nour", "Zeynep", "Karl-Erik", "Åsa")
FAMILY = (
    "Berg", "Carlsson", "Dahl", "Ek", "Falk", "Gran", "Holm", "Ivarsson", "Jonsson", "Kvist",
    "Lund", "Malm", "Nord", "Ohlin", "Palm", "Quist", "Rask", "Sten", "Tall", "Ulvsson", "Vik",
    "Wall", "Åkesson", "Ängström", "Öberg",
)  # fmt: skip


def _fault(office: Office, *names: tuple[str, str]) -> str:
    """Return why the letter about *names* would be held."""
    person = PersonId.parse(numbers()[0], date(2026, 11, 23))
    listed = tuple(
        ReviewRow(n, RecordId(n), person, given, surname, "Undersköterska", "Hemtjänsten Öst")
        for n, (given, surname) in enumerate(names, 1)
    )
    review = Review(CampaignId(1), GORAN, "Göran Norén", listed, id=ReviewId(1))
    now = moment(START)
    campaign = Campaign("2026-Q4", CampaignState.RUNNING, now, now.date(), id=CampaignId(1))
    with at(office, START) as services:
        return review_selftest.fault(services, bare(services, review, campaign))


# --- the letter's own test -----------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 41, 60, 100, 250])
def test_a_letter_of_any_length_goes(tmp_path: Path, count: int) -> None:
    names = [(g, f) for f in FAMILY for g in GIVEN][:count]
    assert _fault(Office(tmp_path), *names) == ""


@pytest.mark.parametrize(
    "name", [("Li", "Li"), ("Bo", "Bo"), ("Anna Maria", "von der Lund"), ("Per", "Ny")]
)
def test_a_letter_with_an_odd_name_goes(tmp_path: Path, name: tuple[str, str]) -> None:
    assert _fault(Office(tmp_path), ("Eva", "Falk"), name, ("Åsa", "Sköld")) == ""
    assert _fault(Office(tmp_path), name) == ""


def test_a_letter_with_one_name_twice_is_still_told_apart_or_held(tmp_path: Path) -> None:
    found = _fault(Office(tmp_path), ("Anna", "Berg"), ("Anna", "Berg"))
    assert "fel" not in found


# --- frozen twice --------------------------------------------------------------------------------


def test_a_register_that_changes_in_an_outage_puts_nobody_on_two_lists(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    with at(office, START) as services:  # Göran's list is frozen, Noël's is not
        campaign = start(services)
        with services.store.begin() as work:
            frozen = rows_of(work.records.of_units(("V102",)), None)
            work.reviews.save(Review(campaign.id, GORAN, "Göran Norén", frozen, key=GORAN))
    moved = row(5, "Åsa", "Sköld", "V104")
    assert bring(office, moved, now=f"{START}T10:00:00+01:00")[0] == 0
    turn(office, f"{START}T11:00:00+01:00")
    listed = Counter(x["name"] for r in rows(office, "reviews") for x in r["rows"])
    assert set(listed.values()) == {1}
    assert listed[ASA] == 1


# --- closed by hand, and reported ----------------------------------------------------------------


def _report_text(office: Office) -> str:
    assert ekbot(office, "review", "close", "--now", "2026-12-16")[0] == 0
    turn(office, "2026-12-16T10:00:00+01:00")
    [letter] = left(office, "review_report")
    assert EVA in letter.readers
    return " ".join(letter.text.split())


def test_rows_that_a_clerk_has_closed_the_work_of_are_listed_at_the_end(tmp_path: Path) -> None:
    office = running(tmp_path)
    for day in ("2026-11-30", "2026-12-07", "2026-12-14"):
        turn(office, day)
    unanswered = cases(office, rule="review_unanswered", status="open")
    assert len(unanswered) == 2
    for case in unanswered:
        assert staff_does(office, "done", case["id"], now="2026-12-15")[0] == 0
    turn(office, "2026-12-15T10:00:00+01:00")
    text = _report_text(office)
    assert "Göran Norén 2 personer" in text
    assert "Noël Ek 1 person" in text


def test_who_answered_in_part_is_listed_with_what_is_open(tmp_path: Path) -> None:
    office = running(tmp_path)
    answer(office, "Björn är kvar.")
    text = _report_text(office)
    assert "Göran Norén 1 person" in text


def test_a_list_that_nobody_could_be_asked_about_is_listed_at_the_end(tmp_path: Path) -> None:
    office = running(tmp_path, *PEOPLE, row(9, "Kerstin", "Granath", ""))
    for letter in left(office, "review"):
        [who] = letter.readers
        answer(office, "Alla är kvar.", to=letter, sender=who, name=NOEL_NAME)
    text = _report_text(office)
    assert "Inte besvarat" in text
    assert "ingen chef 1 person" in text


def test_the_report_says_when_letters_went_and_each_rows_own_words(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    assert ekbot(office, "review", "start", "--yes", "--now", START)[0] == 0
    turn(office, f"{START}T10:42:00+01:00")
    answer(office, "Åsa slutade 2026-11-20. Björn är kvar.", day=TUESDAY)
    with at(office, WEDNESDAY) as services, services.store.begin() as work:
        [campaign] = work.reviews.campaigns()
        found = review_report.facts(services, work, campaign, services.clock())
    assert found.sent == moment(f"{START}T10:42:00+01:00")
    words = {r.name: r.words for r in found.rows}
    assert "slutade" in words[ASA]
    assert "Björn" not in words[ASA]
    assert "slutade" not in words["Björn Ahlgren"]
    assert {NOEL, GORAN} == {m.mail for m in found.managers}
    assert asked(office).readers == {GORAN}
