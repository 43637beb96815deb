"""What is asked for each mail is answered by an index: no question reads a table from end to end.

Every statement that the memory runs is caught and SQLite is asked how it would carry it out.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.adapters.store.store import SqlStore
from bot.domain.cards import Blank
from bot.domain.cases import Kind
from bot.domain.events import StaffDone
from bot.domain.values import CampaignId, CardId, CaseId, PersonId, RecordId, ReviewId
from bot.ports.mailbox import Ref
from bot.ports.rows import MailState, Outcome, RowState
from tests.builders import (
    BO,
    MARIA_MAIL,
    NOW,
    TODAY,
    UNIT,
    UNIT_ID,
    a_manager,
    a_record,
    days,
    person,
)
from tests.card_builders import ANNA_MAIL, a_holder, a_loan
from tests.laws.databases import new_case
from tests.laws.test_store_archive import a_row
from tests.laws.test_store_outbox import letter, write
from tests.review_builders import a_campaign, a_review

# Partial indexes over what is under way, or over the few who are protected: reading one from end
# to end reads nothing else.
SMALL = (
    "ix_mails_open", "ix_mails_stuck", "ix_mails_kept", "ix_sightings_unfiled", "ix_cases_live",
    "ix_cases_planned", "ix_cases_asked", "ix_outbox_queued", "ix_outbox_sending", "ix_outbox_held",
    "ix_outbox_writes", "ix_events_open", "ix_blanks_drawer", "ix_records_ended",
    "ix_records_protected", "ix_drifts_open",
)  # fmt: skip


class Plans:
    """The statements that were run, and how SQLite would carry them out."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._seen: dict[str, object] = {}
        event.listen(store._engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, parameters, _context, executemany) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            self._seen[statement] = parameters[0] if executemany else parameters

    def scans(self) -> list[str]:
        """Every step that reads a whole table, or a whole index that is not small."""
        return [
            s
            for s in self.steps()
            if s.startswith("SCAN") and not s.partition(":")[0].endswith(SMALL)
        ]

    def steps(self) -> list[str]:
        """Every step of the statements since the last look, with its statement."""
        seen, self._seen = self._seen, {}
        assert seen
        with self._store._engine.connect() as connection:
            return [
                f"{row.detail}: {statement}"
                for statement, parameters in seen.items()
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]


@pytest.fixture
def store(tmp_path) -> Iterator[SqlStore]:
    opened = SqlStore.open(f"sqlite:///{tmp_path}/ekbot.db")
    yield opened
    opened.close()


def a_mail_from_arrival_to_rest(store: SqlStore) -> None:
    with store.begin() as work:
        work.journal.unknown([Ref("INBOX", "1", "1")])
        mail = work.journal.add(Ref("INBOX", "1", "1"), b"x", "<a@x.example>", NOW)
    with store.begin() as work:
        (row,) = work.journal.open(25, 0)
        work.journal.raw(mail)
        row = replace(row, content_key="k", state=MailState.DECIDED, outcome=Outcome.APPLIED)
        work.journal.twin(row)
        work.managers.source()
        work.managers.by_mail(MARIA_MAIL)
        work.managers.by_unit(UNIT)
        work.cases.ended_since(NOW)
        work.cases.answered_by(["<a@x.example>", "<b@x.example>"])
        work.cases.same_form("f")
        work.cases.of_person(person())
        work.records.get(person())
        work.records.population()
        work.outbox.waiting_write(person())
        record = work.records.save(a_record(id=0, version=0))
        work.records.save(record)
        case = work.cases.save(new_case(record=record.id))
        work.cases.save(case)
        work.keep(case.id, "fil", b"x")
        work.audit.add("bot", "case_saved", case.handle, "", NOW)
        number = work.outbox.put(letter(), "1", case=case.id, now=NOW, due=NOW)
        work.outbox.put(write(), "2", case=case.id, now=NOW, due=NOW)
        work.journal.save(row)
        work.inbox.put(StaffDone(CaseId(case.id), "anna"), "1", NOW)
    with store.begin() as work:
        work.outbox.due(NOW, 100)
        work.outbox.in_doubt()
        work.outbox.sent_to("", NOW)
        work.outbox.sent_to(MARIA_MAIL, NOW)
        waiting = work.outbox.get(number)
        work.outbox.save(replace(waiting, state=RowState.SENT, sent=NOW), raw=b"x")
        work.outbox.raw(number)
        work.inbox.done(work.inbox.open(10)[0][0])
        work.journal.filed([ref for ref, _ in work.journal.to_file(10)], NOW)


def a_look_around(store: SqlStore) -> None:
    with store.begin() as work:
        mail = work.journal.add(Ref("INBOX", "1", "9"), b"old", "<old@x.example>", NOW)
        row = work.journal.get(mail)
        work.journal.save(replace(row, state=MailState.DECIDED, outcome=Outcome.RECORDED))
        work.journal.counts()
        work.journal.received_since(NOW)
        work.cases.list(open_only=True)
        work.cases.closed_since(NOW)
        work.cases.due(TODAY, 10)
        work.cases.asked(TODAY, 10)
        work.outbox.held()
        work.records.due(TODAY, 90, 10)
        work.records.ending(TODAY, TODAY + days(30))
        work.runs.begin("digest", "1", NOW)
        work.runs.clock(NOW)
        work.cases.of_mail(1)
        work.cases.of_record(1)
        work.outbox.of_case(1)
        work.kept(CaseId(1))
        work.audit.of("K-1")
        work.journal.purge(before=NOW + days(1), rejected_before=NOW + days(1))


def a_card_from_drawer_to_archive(store: SqlStore) -> None:
    with store.begin() as work:
        work.blanks.add((Blank("1001", TODAY),))
        work.blanks.find("1001")
        work.blanks.word("1001")
        work.blanks.renew(Blank("1001", TODAY, TODAY))
        work.blanks.list()
        work.blanks.seen(["1001"], TODAY)
        work.blanks.take("1001", "lent")
        record = work.records.save(a_record(id=0, version=0, person_id=person(BO)))
        case = work.cases.save(new_case(record=record.id))
        card = work.cards.save(a_loan(id=0, version=0, case=case.id, next_on=TODAY))
        work.cards.save(card)
        work.cards.get(card.id)
        work.cards.of_person(person())
        work.cards.by_number(card.number)
        work.cards.by_mark(card.mark)
        work.cards.by_mail(ANNA_MAIL)
        work.cards.of_case(case.id)
        work.cases.of_card(card.id)
        work.outbox.of_card(card.id)
        work.records.by_mail(ANNA_MAIL)
        work.records.of_units([UNIT_ID])
        work.cases.open_of(Kind.STOCK)
        work.archive.put(b"receipt", a_row())
        work.archive.of_card(card.id)


def a_round_over_the_cards(store: SqlStore) -> None:
    with store.begin() as work:
        work.cards.due(TODAY, (TODAY, CardId(3)), 200)
        work.cards.ended()
        work.runs.begun("import/cards", "all")
        work.archive.purge(TODAY + days(9999))
        mail = work.journal.add(Ref("INBOX", "1", "9"), b"code", "<code@x.example>", NOW)
        work.journal.forget(mail)


def a_review_from_list_to_report(store: SqlStore) -> None:
    with store.begin() as work:
        of = work.reviews.save_campaign(a_campaign(id=CampaignId(0), version=0))
        of = work.reviews.save_campaign(of)
        work.reviews.campaign(of.id)
        one = work.reviews.save(a_review(id=ReviewId(0), version=0, campaign=of.id))
        one = work.reviews.save(one)
        work.reviews.get(one.id)
        work.reviews.of_key(of.id, MARIA_MAIL)
        work.reviews.of_campaign(of.id, ReviewId(0), 200)
        work.reviews.due(TODAY, (TODAY, ReviewId(3)), 200)
        work.reviews.release(of.id, TODAY)
        work.reviews.counts(of.id)
        work.reviews.touched(of.id)
        work.outbox.of_review(one.id)
        work.records.protected()
        work.records.by_id(RecordId(1))
        work.audit.of(one.handle)
        work.audit.head()
        work.reviews.close(of.id)


ACTS = (
    a_mail_from_arrival_to_rest, a_look_around, a_card_from_drawer_to_archive,
    a_round_over_the_cards, a_review_from_list_to_report,
)  # fmt: skip


@pytest.mark.parametrize("acts", ACTS)
def test_no_question_reads_a_table_from_end_to_end(store, acts):
    with store.begin() as work:
        work.managers.replace([a_manager()], "1")
    plans = Plans(store)
    acts(store)
    # These hold one row, or a handful, and always will.
    bad = [s for s in plans.scans() if not s.startswith(("SCAN audit_head", "SCAN tallies"))]
    assert bad == []


def test_the_cards_of_a_day_are_found_by_the_index_of_days(store):
    with store.begin() as work:
        for n in range(300):
            holder = a_holder(person=PersonId(f"{n:012}"))
            loan = a_loan(id=0, version=0, case=None, number=f"{n + 1000}", mark="", holder=holder)
            work.cards.save(replace(loan, next_on=TODAY + days(n) if n % 2 else None))
    plans = Plans(store)
    with store.begin() as work:
        assert len(work.cards.due(TODAY + days(9), (TODAY, CardId(0)), 200)) == 5
    used = plans.steps()
    assert [s for s in used if "ix_cards_due" in s and s.startswith("SEARCH")] == used


def test_the_reviews_of_a_day_are_found_by_the_index_of_days(store):
    with store.begin() as work:
        of = work.reviews.save_campaign(a_campaign(id=CampaignId(0), version=0))
        for n in range(300):
            one = a_review(id=ReviewId(0), version=0, campaign=of.id, key=f"{n}@x.example")
            work.reviews.save(replace(one, next_on=TODAY + days(n) if n % 2 else None))
    plans = Plans(store)
    with store.begin() as work:
        assert len(work.reviews.due(TODAY + days(9), (TODAY, ReviewId(0)), 200)) == 5
    used = plans.steps()
    assert any("ix_reviews_due" in s for s in used)
    assert [s for s in used if s.startswith("SEARCH")] == used


def test_a_question_without_an_index_is_noticed(store):
    plans = Plans(store)
    with store.begin() as work:
        work.cases.list()
    assert plans.scans()
