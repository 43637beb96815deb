"""The laws of the mail journal: nothing stored twice, nothing lost, everything filed once."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import Stage
from bot.domain.letters import Point, Question
from bot.ports.errors import TransientError
from bot.ports.mailbox import Ref
from bot.ports.rows import MailState, Outcome, RowState
from tests.builders import NOW, an_origin, days
from tests.laws.databases import new_case
from tests.laws.test_store_outbox import letter, put

MAIL = b"Message-ID: <m1@jarfalla.example>\r\n\r\n" + "Hej på er, åäö".encode()

QUESTION = Question("b.pdf", "", (Point("Efternamn", "Stämmer det?", number=1),))
LATER = NOW + days(1)


def ref(uid: int, folder: str = "INBOX", generation: str = "1") -> Ref:
    return Ref(folder, generation, str(uid))


def add(store, uid: int, raw: bytes = MAIL, message_id: str = "<m1@jarfalla.example>", now=NOW):
    with store.begin() as work:
        return work.journal.add(ref(uid), raw, message_id, now)


def decide(store, mail, outcome=Outcome.APPLIED, **values):
    with store.begin() as work:
        row = work.journal.get(mail)
        values = {"state": MailState.DECIDED, "outcome": outcome, "rule": "form", **values}
        work.journal.save(replace(row, **values))


def test_a_new_mail_waits_to_be_read_with_its_bytes_as_they_came(store):
    mail = add(store, 1)
    with store.begin() as work:
        (row,) = work.journal.open(10, 0)
        assert work.journal.raw(mail) == MAIL
    assert (row.id, row.state, row.received, row.attempts) == (mail, MailState.RECEIVED, NOW, 0)
    assert row.message_id == "<m1@jarfalla.example>"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0\r\n\xff\xfe", os.urandom(16_000_000), b"A" * 16_000_000],
    ids=["empty", "binary", "16 MB that do not shrink", "16 MB that do"],
)
def test_any_bytes_come_back_as_they_were(store, raw):
    mail = add(store, 1, raw)
    with store.begin() as work:
        assert work.journal.raw(mail) == raw


def test_the_same_bytes_elsewhere_are_no_second_mail_but_are_filed_too(store):
    first = add(store, 1)
    assert add(store, 2) is None
    assert add(store, 1) is None
    decide(store, first)
    with store.begin() as work:
        assert len(work.journal.list()) == 1
        assert {r.uid for r, _ in work.journal.to_file(10)} == {"1", "2"}


def test_a_copy_that_comes_after_the_decision_is_filed_like_the_first(store):
    first = add(store, 1)
    decide(store, first, Outcome.WITH_STAFF)
    assert add(store, 2) is None
    with store.begin() as work:
        assert work.journal.to_file(10)[-1] == (ref(2), Outcome.WITH_STAFF)


def test_the_same_message_id_with_other_bytes_is_another_mail(store):
    assert add(store, 1) != add(store, 2, MAIL + b"!")
    with store.begin() as work:
        assert len(work.journal.open(10, 0)) == 2


def test_refs_that_were_never_stored_are_named_in_their_order(store):
    add(store, 2)
    asked = [ref(3), ref(2), ref(1), ref(2, generation="2"), ref(2, folder="Återvändare")]
    with store.begin() as work:
        assert work.journal.unknown(asked) == (asked[0], *asked[2:])
        assert work.journal.unknown([]) == ()


def test_a_full_inbox_is_asked_about_in_one_go(store):
    add(store, 700)
    with store.begin() as work:
        assert len(work.journal.unknown([ref(n) for n in range(1, 2001)])) == 1999


def test_open_mail_comes_page_by_page(store):
    mails = [add(store, n, MAIL + bytes([n])) for n in range(1, 6)]
    decide(store, mails[1])
    with store.begin() as work:
        first = work.journal.open(2, 0)
        second = work.journal.open(9, first[-1].id)
    assert [r.id for r in first + second] == [mails[0], mails[2], mails[3], mails[4]]


def test_what_was_decided_is_kept_and_the_mail_no_longer_waits(store):
    mail = add(store, 1)
    words = {"sender": "åsa@jarfalla.example", "subject": "Ärende 🙂", "why": "Allt stämmer."}
    decide(store, mail, attempts=2, content_key="k", **words)
    with store.begin() as work:
        row = work.journal.get(mail)
        assert work.journal.open(10, 0) == ()
    assert (row.sender, row.subject, row.why) == tuple(words.values())
    assert (row.outcome, row.rule, row.attempts, row.content_key) == (
        Outcome.APPLIED,
        "form",
        2,
        "k",
    )


def test_what_no_database_stores_is_replaced_not_refused(store):
    mail = add(store, 1)
    decide(store, mail, subject="a\0b\ud800c")
    with store.begin() as work:
        assert work.journal.get(mail).subject == "a�b?c"


def test_a_settled_mail_is_never_settled_again(store):
    mail = add(store, 1)
    with store.begin() as work:
        stale = work.journal.get(mail)
    decide(store, mail)
    with pytest.raises(TransientError), store.begin() as work:
        work.journal.save(replace(stale, state=MailState.DECIDED, outcome=Outcome.REJECTED))
    with store.begin() as work:
        assert work.journal.get(mail).outcome is Outcome.APPLIED


def test_only_settled_mail_is_filed_and_only_once(store):
    mail, _open = add(store, 1), add(store, 2, b"other")
    with store.begin() as work:
        assert work.journal.to_file(10) == ()
    decide(store, mail)
    with store.begin() as work:
        assert work.journal.to_file(10) == ((ref(1), Outcome.APPLIED),)
        work.journal.filed([ref(1, generation="2"), ref(1, folder="Arkiv")], NOW)
        assert len(work.journal.to_file(10)) == 1
        work.journal.filed([ref(1), ref(99)], NOW)
        work.journal.filed([], NOW)
        assert work.journal.to_file(10) == ()


@pytest.mark.parametrize("outcome", [None, Outcome.APPLIED])
def test_a_stuck_mail_is_filed_with_staff(store, outcome):
    mail = add(store, 1)
    decide(store, mail, outcome=outcome, state=MailState.STUCK)
    with store.begin() as work:
        assert work.journal.to_file(10) == ((ref(1), Outcome.WITH_STAFF),)
        assert work.journal.open(10, 0) == ()


def test_filing_stops_at_the_limit_oldest_first(store):
    for n in range(1, 4):
        decide(store, add(store, n, MAIL + bytes([n])))
    with store.begin() as work:
        assert [r.uid for r, _ in work.journal.to_file(2)] == ["1", "2"]


def test_a_twin_is_an_earlier_decided_mail_that_says_the_same(store):
    first, second = add(store, 1), add(store, 2, MAIL + b"\r\n")
    with store.begin() as work:
        row = replace(work.journal.get(second), content_key="k")
        assert work.journal.twin(row) is None
    decide(store, first, content_key="k")
    with store.begin() as work:
        assert work.journal.twin(row).id == first
        assert work.journal.twin(replace(row, content_key="other")) is None
        assert work.journal.twin(replace(row, content_key="")) is None
        assert work.journal.twin(replace(row, message_id="<other@x.example>")) is None
        assert work.journal.twin(replace(row, id=first)) is None


def test_the_newest_mails_are_listed_oldest_first(store):
    mails = [add(store, n, MAIL + bytes([n])) for n in range(1, 5)]
    with store.begin() as work:
        assert [r.id for r in work.journal.list()] == mails
        assert [r.id for r in work.journal.list(2)] == mails[2:]


def test_mails_since_an_instant_are_counted(store):
    add(store, 1, now=NOW - timedelta(hours=1))
    add(store, 2, b"later", now=NOW)
    with store.begin() as work:
        assert work.journal.received_since(NOW) == 1
        assert work.journal.received_since(NOW - days(1)) == 2


def test_counts_tell_how_far_all_mail_has_come(store):
    mails = [add(store, n, MAIL + bytes([n])) for n in range(1, 6)]
    decide(store, mails[0])
    decide(store, mails[1])
    decide(store, mails[2], state=MailState.STUCK)
    with store.begin() as work:
        work.journal.filed([ref(1)], NOW)
        assert work.journal.counts() == {"open": 2, "stuck": 1, "decided": 2, "unfiled": 2}


class TestRetention:
    """Raw bytes go when their time is over; all that was decided stays."""

    def purge(self, store, before=LATER, rejected_before=LATER) -> int:
        with store.begin() as work:
            return work.journal.purge(before=before, rejected_before=rejected_before)

    def raw(self, store, mail) -> bytes:
        with store.begin() as work:
            return work.journal.raw(mail)

    def test_old_decided_mail_loses_its_bytes_and_keeps_its_row(self, database, store):
        mail = add(store, 1)
        decide(store, mail)
        assert self.purge(store) == 1
        assert self.raw(store, mail) == b""
        assert database.value("SELECT count(*) FROM blobs") == 0
        with store.begin() as work:
            assert work.journal.get(mail).outcome is Outcome.APPLIED
        assert self.purge(store) == 0

    def test_a_purged_mail_that_comes_again_is_still_known(self, store):
        mail = add(store, 1)
        decide(store, mail)
        self.purge(store)
        assert add(store, 2) is None

    def test_young_open_and_stuck_mail_stays(self, store):
        young, waiting = add(store, 1, now=NOW + days(2)), add(store, 2, b"open")
        stuck = add(store, 3, b"stuck")
        decide(store, young)
        decide(store, stuck, state=MailState.STUCK)
        assert self.purge(store) == 0
        assert self.raw(store, waiting) == b"open"

    def test_rejected_mail_has_a_time_of_its_own(self, store):
        mail, other = add(store, 1), add(store, 2, b"other")
        decide(store, mail, Outcome.REJECTED)
        decide(store, other)
        assert self.purge(store, rejected_before=NOW - days(20)) == 1
        assert self.raw(store, mail) == MAIL

    def test_mail_of_a_live_case_stays_until_the_case_is_done(self, store):
        mail = add(store, 1)
        decide(store, mail)
        with store.begin() as work:
            case = work.cases.save(new_case(origin=an_origin(mail=mail), stage=Stage.STAFF))
        assert self.purge(store) == 0
        with store.begin() as work:
            work.cases.save(replace(case, stage=Stage.CONFIRMED, closed=NOW))
        assert self.purge(store) == 1

    def test_bytes_that_a_case_keeps_as_a_file_stay_with_the_case(self, store):
        mail = add(store, 1)
        decide(store, mail)
        with store.begin() as work:
            case = work.cases.save(new_case(stage=Stage.CONFIRMED, closed=NOW))
            work.keep(case.id, "mejl.eml", MAIL)
        assert self.purge(store) == 1
        assert self.raw(store, mail) == b""
        with store.begin() as work:
            assert work.kept(case.id)[0][2] == MAIL

    def test_pictures_cut_out_of_a_mail_go_with_it_also_out_of_the_letters_sent(self, store):
        mail, other = add(store, 1), add(store, 2, b"other", now=NOW + days(5))
        decide(store, mail)
        decide(store, other)
        with store.begin() as work:
            closed = {"stage": Stage.CONFIRMED, "closed": NOW}
            case = work.cases.save(new_case(origin=an_origin(mail=mail), **closed))
            young = work.cases.save(new_case(origin=an_origin(mail=other), **closed))
            for one in (case, young):
                work.keep(one.id, "falt-surname.png", b"png of %d" % one.id)
            sent, waits = (put(work, letter(QUESTION), f"{n}", case=case.id) for n in range(2))
            for number, state in ((sent, RowState.SENT), (waits, RowState.HELD)):
                row = work.outbox.get(number)
                work.outbox.save(replace(row, state=state, sent=NOW), raw=b"letter")
        assert self.purge(store) == 1
        with store.begin() as work:
            assert work.kept(case.id) == ()
            assert len(work.kept(young.id)) == 1
            assert work.outbox.raw(sent) == b""
            assert work.outbox.raw(waits) == b"letter"
            assert work.outbox.get(sent).state is RowState.SENT

    def test_many_go_at_once(self, store):
        with store.begin() as work:
            for n in range(1100):
                mail = work.journal.add(ref(n), b"%d" % n, "", NOW)
                row = work.journal.get(mail)
                work.journal.save(replace(row, state=MailState.DECIDED, outcome=Outcome.RECORDED))
        assert self.purge(store) == 1100
