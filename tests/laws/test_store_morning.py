"""The laws of what the morning's letter and a clerk's mail ask the memory for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.morning import digest_of
from bot.domain.cards import LENT, Status
from bot.ports.errors import ConflictError
from bot.ports.mailbox import Ref
from bot.ports.rows import MailState, Outcome
from tests.builders import ANNA, BO, NOW, person
from tests.card_builders import NUMBER, OTHER_NUMBER, a_holder
from tests.desk import at
from tests.e2e.office import Office
from tests.laws.databases import new_case
from tests.laws.test_store_cards import a_new_loan
from tests.laws.test_store_outbox import letter
from tests.laws.test_store_plans import Plans

HOUR = timedelta(hours=1)


def _fails(work, stale):
    with work.attempt():
        work.audit.add("bot", "lost", "K-1", "", NOW)
        work.audit.of("K-1")  # writes what waits
        work.cases.save(new_case())
        work.cases.save(stale)


def test_a_part_that_fails_is_undone_alone_with_its_lines_in_the_log(store):
    with store.begin() as work:
        work.audit.add("bot", "before", "K-1", "", NOW)
        kept = work.cases.save(new_case())
        with pytest.raises(ConflictError):
            _fails(work, replace(kept, version=7))
        with work.attempt():
            work.audit.add("bot", "after", "K-1", "", NOW)
            work.cases.save(new_case())
    with store.begin() as work:
        assert len(work.cases.list()) == 2
        assert [line.action for line in work.audit.of("K-1")] == ["before", "after"]
        assert work.audit.verify() == (2, None)


def test_the_newest_period_tells_when_a_job_was_done_last(store):
    with store.begin() as work:
        assert work.runs.last("digest") is None
        work.runs.begin("digest", "2026-11-23", NOW)
        work.runs.begin("digest", "2026-11-24", NOW + HOUR)
        work.runs.begin("other", "2026-11-25", NOW + 2 * HOUR)
        assert not work.runs.begin("digest", "2026-11-23", NOW + 3 * HOUR)
    with store.begin() as work:
        assert work.runs.last("digest") == NOW + HOUR


def test_the_mailbox_answered_last_when_it_was_noted_last(store):
    with store.begin() as work:
        assert work.journal.last_poll() is None
        work.journal.polled(NOW)
        work.journal.polled(NOW + HOUR)
    with store.begin() as work:
        assert work.journal.last_poll() == NOW + HOUR


def test_only_mails_with_an_outcome_are_settled(store):
    with store.begin() as work:
        for number, when in ((1, NOW - HOUR), (2, NOW), (3, NOW + HOUR)):
            work.journal.add(
                Ref("INBOX", "1", str(number)), b"%d" % number, f"<{number}@b.example>", when
            )
        row = work.journal.list()[1]
        work.journal.save(replace(row, state=MailState.DECIDED, outcome=Outcome.RECORDED))
        assert work.journal.received_since(NOW) == 2
        assert work.journal.settled_since(NOW) == 1
        assert work.journal.settled_since(NOW + HOUR) == 0


@pytest.mark.parametrize("status", Status)
def test_a_reserve_card_is_lent_while_somebody_has_it(store, status):
    holder = a_holder(name="Bo Ek", person=person(BO), mail="bo.ek@jarfalla.example", record=None)
    with store.begin() as work:
        one = work.cards.save(a_new_loan(status=status, number=NUMBER))
        two = work.cards.save(a_new_loan(holder=holder, number=OTHER_NUMBER))
        assert one.holder.person == person(ANNA)
        assert set(work.cards.lent()) == ({one, two} if status in LENT | {Status.LOST} else {two})


def test_the_morning_reads_no_table_from_end_to_end(tmp_path):
    with at(Office(tmp_path / "ek"), "2026-11-23") as services:
        plans = Plans(services.store)
        with services.store.begin() as work:
            digest_of(services, work, services.clock(), services.clock() - 24 * HOUR)
        scans = [s for s in plans.scans() if "FROM campaigns" not in s and "uq_cards_lent" not in s]
        assert scans == []  # four campaigns a year, and the cards that are lent now


def test_a_letter_is_found_by_its_key(store):
    with store.begin() as work:
        number = work.outbox.put(letter(), "digest/2026-11-23", case=None, now=NOW, due=NOW)
        work.outbox.put(letter(), "digest/2026-11-24", case=None, now=NOW, due=NOW)
    with store.begin() as work:
        found = work.outbox.keyed("digest/2026-11-23")
        assert found == work.outbox.get(number)
        assert work.outbox.keyed("digest/2026-11-25") is None
