"""The laws of the outbox and the waiting events: once per key, in order, counted right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.events import (
    LetterFailed,
    RecordWritten,
    StaffDone,
    StaffRejected,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.letters import (
    Applied,
    Digest,
    EndingSoon,
    HandedOver,
    Letter,
    Line,
    Point,
    Question,
    Rejected,
    WorkRow,
)
from bot.domain.records import Action, Change
from bot.domain.values import CaseId, LetterId
from bot.ports.errors import TransientError
from bot.ports.rows import RowState
from tests.builders import BO, MARIA_MAIL, NOW, PER_MAIL, TODAY, an_entry, days, person
from tests.laws.databases import new_case

CONTENTS = (
    Applied("new", "Anna Öberg", "Hemtjänsten", (Line("Titel", "å"),), ("Nästa",), TODAY, corrected=True),
    Question("blankett.pdf", "", (Point("Namn", "Saknas", "x"), Point("Datum", "Oklart"))),
    Rejected("fil.docx", "Kan inte läsas.", "Skicka PDF."),
    HandedOver(),
    EndingSoon("Anna Öberg", "Hemtjänsten", TODAY, 7),
    Digest(
        TODAY, (WorkRow("K-1", "Kort", "förlust", 0, urgent=True),), (), (), (), 1, 2, 3, 4,
        (Line("Hälsa", "god"),),
    ),
)  # fmt: skip


def letter(content=CONTENTS[1], to=(MARIA_MAIL,)) -> SendLetter:
    return SendLetter(Letter(to, content, "<a@x.example>", ("<a@x.example>",), rung="-7"))


def write(digits: str | None = None, not_before: date | None = None) -> WriteRecord:
    entry = an_entry(person_id=person(digits) if digits else person())
    return WriteRecord(Change(Action.ADD, None, entry), "", not_before)


def put(work, effect, key: str, *, case=None, now=NOW, due=None) -> LetterId:
    return work.outbox.put(effect, key, case=case, now=now, due=due or now)


def settle(work, number, state, **values):
    row = replace(work.outbox.get(number), state=state, **values)
    work.outbox.save(row)
    return row


@pytest.mark.parametrize("content", CONTENTS, ids=lambda c: c.kind)
def test_a_letter_comes_back_as_it_was_queued(store, content):
    with store.begin() as work:
        case = work.cases.save(new_case()).id
        number = put(work, letter(content), "1", case=case, due=NOW + days(1))
    with store.begin() as work:
        row = work.outbox.get(number)
        assert row.effect == letter(content)
        assert (row.key, row.case, row.state, row.attempts) == ("1", case, RowState.QUEUED, 0)
        assert (row.queued, row.due, row.sent) == (NOW, NOW + days(1), None)
        assert work.outbox.of_case(case) == (row,)
        assert work.outbox.get(LetterId(99)) is None


def test_the_same_key_again_returns_the_row_that_is_there(store):
    with store.begin() as work:
        first = put(work, letter(), "K-1/1/0")
        assert put(work, letter(CONTENTS[0]), "K-1/1/0") == first
        assert put(work, letter(), "K-1/1/1") != first
    with store.begin() as work:
        assert len(work.outbox.list()) == 2


def test_writes_are_due_before_letters_and_the_oldest_first(store):
    with store.begin() as work:
        late = put(work, letter(), "1", due=NOW)
        early = put(work, letter(), "2", due=NOW - days(1))
        put(work, letter(), "3", due=NOW + timedelta(seconds=1))
        writing = put(work, write(), "4", due=NOW)
        gone = put(work, letter(), "5")
        settle(work, gone, RowState.SENT, sent=NOW)
        assert [r.id for r in work.outbox.due(NOW, 10)] == [writing, early, late]
        assert [r.id for r in work.outbox.due(NOW, 2)] == [writing, early]
        assert [r.id for r in work.outbox.due(NOW, 1)] == [writing]


def test_a_write_for_a_later_day_waits_until_that_day_begins_in_stockholm(store):
    tomorrow = TODAY + days(1)
    with store.begin() as work:
        put(work, write(not_before=tomorrow), "1")
        assert work.outbox.due(NOW, 10) == ()
        assert not work.outbox.waiting_write(person())
        assert len(work.outbox.due(NOW.replace(hour=23), 10)) == 1


def test_a_row_that_was_being_sent_is_found_in_doubt(store):
    with store.begin() as work:
        number = put(work, letter(), "1")
        put(work, letter(), "2")
        settle(work, number, RowState.SENDING)
        assert [r.id for r in work.outbox.in_doubt()] == [number]


def test_a_letters_final_bytes_are_kept_for_a_resend(store):
    with store.begin() as work:
        number = put(work, letter(), "1")
        assert work.outbox.raw(number) == b""
        row = replace(work.outbox.get(number), message_id="<1@ek.example>", subject="Fråga å")
        work.outbox.save(row, raw=b"\0first")
        work.outbox.save(row, raw=b"then " * 1000)
        work.outbox.save(replace(row, attempts=1))
    with store.begin() as work:
        assert work.outbox.raw(number) == b"then " * 1000
        assert work.outbox.get(number) == replace(row, attempts=1)


@pytest.mark.parametrize("state", RowState)
def test_a_write_waits_until_it_is_settled(store, state):
    with store.begin() as work:
        number = put(work, write(), "1")
        settle(work, number, state, due=NOW + days(1), attempts=1)
        waits = state in (RowState.QUEUED, RowState.SENDING)
        assert work.outbox.waiting_write(person()) is waits
        assert not work.outbox.waiting_write(person(BO))


def test_only_letters_that_may_loop_and_went_count_towards_an_address(store):
    with store.begin() as work:
        for key, (effect, state, sent) in enumerate(
            (
                (letter(to=(MARIA_MAIL.upper(), MARIA_MAIL)), RowState.SENT, NOW),
                (letter(CONTENTS[3], to=(PER_MAIL, MARIA_MAIL)), RowState.SENT, NOW - days(1)),
                (letter(CONTENTS[0]), RowState.SENT, NOW),
                (letter(), RowState.QUEUED, None),
                (letter(), RowState.HELD, None),
                (write(), RowState.SENT, NOW),
            )
        ):
            settle(work, put(work, effect, str(key)), state, sent=sent)
        assert work.outbox.sent_to(f" {MARIA_MAIL.upper()}", NOW) == 1
        assert work.outbox.sent_to(MARIA_MAIL, NOW - days(1)) == 2
        assert work.outbox.sent_to(PER_MAIL, NOW - days(1)) == 1
        assert work.outbox.sent_to("", NOW) == 2
        assert work.outbox.sent_to("", NOW - days(1)) == 3


def test_held_failed_and_capped_letters_are_counted_but_not_those_that_are_tried_again(store):
    with store.begin() as work:
        for key, (effect, state, values) in enumerate(
            (
                (letter(), RowState.HELD, {}),
                (letter(), RowState.FAILED, {"error": "550"}),
                (letter(), RowState.QUEUED, {"error": "Taket", "due": NOW + days(1)}),
                (letter(), RowState.QUEUED, {"error": "451", "attempts": 1}),
                (letter(), RowState.QUEUED, {}),
                (letter(), RowState.SENT, {"sent": NOW}),
                (write(), RowState.FAILED, {}),
            )
        ):
            settle(work, put(work, effect, str(key)), state, **values)
        assert work.outbox.held() == 3


def test_a_capped_letter_that_goes_is_held_no_more(store):
    with store.begin() as work:
        number = put(work, letter(), "1")
        settle(work, number, RowState.QUEUED, error="Taket", due=NOW + days(1))
        settle(work, number, RowState.SENDING, attempts=1)
        assert work.outbox.held() == 0


def test_only_letters_are_listed(store):
    with store.begin() as work:
        put(work, write(), "1")
        numbers = [put(work, letter(), "2"), put(work, letter(), "3")]
        assert [r.id for r in work.outbox.list()] == numbers


EVENTS = (
    RecordWritten(CaseId(1), Change(Action.ADD, None, an_entry()), an_entry(), "1", by_hand=True),
    WriteConflicted(CaseId(1), "ändrad"),
    WriteRefused(CaseId(1), "nej"),
    LetterFailed(None, LetterId(3), "question", (MARIA_MAIL,), "550"),
    StaffDone(CaseId(1), "anna", "klart"),
    StaffRejected(CaseId(1), "anna", "fel enhet"),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.kind)
def test_an_event_waits_once_per_key_until_it_is_done(store, event):
    with store.begin() as work:
        work.inbox.put(event, "k", NOW)
        work.inbox.put(EVENTS[1], "k", NOW)
    with store.begin() as work:
        ((number, read, attempts),) = work.inbox.open(10)
        assert (read, attempts) == (event, 0)
        work.inbox.done(number)
        assert work.inbox.open(10) == ()
        work.inbox.put(event, "k", NOW)
        assert work.inbox.open(10) == ()


def test_events_come_oldest_first_and_a_stuck_one_is_set_aside(store):
    with store.begin() as work:
        for key in ("a", "b", "c"):
            work.inbox.put(StaffDone(CaseId(1), key), key, NOW)
        first, second = (row[0] for row in work.inbox.open(2))
        work.inbox.failed(first, "ValueError", stuck=False)
        work.inbox.failed(second, "ValueError", stuck=True)
        assert [(e.by, attempts) for _, e, attempts in work.inbox.open(9)] == [("a", 1), ("c", 0)]


def test_an_event_that_another_program_handled_is_not_handled_twice(store):
    with store.begin() as work:
        work.inbox.put(EVENTS[4], "k", NOW)
        ((number, _, _),) = work.inbox.open(1)
        work.inbox.done(number)
    with pytest.raises(TransientError), store.begin() as work:
        work.inbox.done(number)
