"""A reminder that could not leave is looked at once more before it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ports.errors import TransientError
from bot.ports.outgoing import Parcel, Refusal
from tests.desk import turn
from tests.e2e.counter import ANNA_MAIL, NUMBER, Counter


class Down:
    """A way out that does not answer."""

    def send(self, parcel: Parcel) -> tuple[Refusal, ...]:
        raise TransientError("nere", retry_after=60)


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    found = Counter(tmp_path)
    found.people()
    found.lend("2026-11-23")
    turn(found.office, "2027-02-09", outgoing=Down())
    return found


def states(counter: Counter) -> list[str]:
    return [row["status"] for row in counter.letters("reserve_reminder")]


def test_it_waits_while_the_server_is_away_and_goes_once(counter: Counter):
    assert states(counter) == ["queued"]
    counter.turns("2027-02-09T11:00:00+01:00", "2027-02-09T13:00:00+01:00")
    assert states(counter) == ["sent"]


def test_it_is_withdrawn_when_the_card_came_back_meanwhile(counter: Counter):
    counter.card("returned", "--number", NUMBER, now="2027-02-09T10:00:00+01:00")
    counter.turns("2027-02-09T13:00:00+01:00")
    assert states(counter) == ["withdrawn"]


def test_it_is_withdrawn_when_the_loan_was_made_longer_or_shorter(tmp_path: Path):
    counter = Counter(tmp_path)
    counter.people()
    counter.lend("2026-11-23", until="2026-12-11")
    turn(counter.office, "2026-11-27", outgoing=Down())
    counter.card("extend", "--number", NUMBER, "--until", "2027-01-15", now="2026-11-27")
    counter.turns("2026-11-27T13:00:00+01:00")
    assert states(counter) == ["withdrawn"]


def test_a_withdrawn_letter_counts_as_none_that_waits(counter: Counter):
    counter.card("returned", "--number", NUMBER, now="2027-02-09T10:00:00+01:00")
    counter.turns("2027-02-09T13:00:00+01:00", "2027-02-10T09:00:00+01:00")
    digest = counter.letters("digest")[-1]
    assert digest["status"] == "sent"
    assert ANNA_MAIL not in str(digest["to"])


def test_an_outage_of_days_sends_the_highest_rung_and_no_other(counter: Counter):
    for day in ("2027-02-12", "2027-02-19", "2027-02-20"):
        turn(counter.office, day, outgoing=Down())
    counter.turns("2027-02-24")
    kinds = [(row["rung"], row["status"]) for row in counter.letters("reserve_reminder")]
    assert kinds[-1] == ("+1", "sent")
    assert [k for k in kinds if k[1] == "sent"] == [("+1", "sent")], kinds
