"""The laws of what is kept for years: by its content, once, until its day, whatever else goes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.cases import Stage
from bot.domain.values import CardId, CaseId, MailId
from bot.ports.card_tables import ArchiveRow
from bot.ports.errors import NeedsOperatorError
from bot.ports.mailbox import Ref
from bot.ports.rows import MailState, Outcome
from tests.builders import NOW, TODAY, an_origin, days
from tests.laws.databases import new_case

RECEIPT = b"%PDF-1.7 kvittens " * 200
UNTIL = date(2036, 11, 23)


def a_row(**values) -> ArchiveRow:
    row = {
        "id": 0, "sha256": "", "name": "kvittens-C-5.pdf", "kind": "receipt", "case": None,
        "card": CardId(5), "at": NOW, "keep_until": UNTIL, "reference": "kvittens för reservkort",
        **values,
    }  # fmt: skip
    return ArchiveRow(**row)


def put(store, content: bytes = RECEIPT, **values) -> str:
    with store.begin() as work:
        return work.archive.put(content, a_row(**values))


def purge(store, on: date) -> int:
    with store.begin() as work:
        return work.archive.purge(on)


def a_settled_mail(store, raw: bytes = RECEIPT) -> MailId:
    with store.begin() as work:
        mail = work.journal.add(Ref("INBOX", "1", "1"), raw, "<1@x.example>", NOW)
        row = work.journal.get(mail)
        work.journal.save(replace(row, state=MailState.DECIDED, outcome=Outcome.APPLIED))
    return mail


def test_a_content_is_found_by_its_card_and_comes_back_whole(store):
    sha = put(store, case=CaseId(3))
    with store.begin() as work:
        (row,) = work.archive.of_card(CardId(5))
        assert row == a_row(id=row.id, sha256=sha, case=CaseId(3))
        assert work.archive.content(sha) == RECEIPT
        assert work.archive.of_card(CardId(6)) == ()


def test_the_same_content_is_kept_once_and_once_for_each_card(database, store):
    first = put(store)
    assert put(store, name="igen.pdf") == first
    assert put(store, card=CardId(6)) == first
    assert put(store, kind="loss_report") == first
    assert put(store, b"another", card=CardId(6)) != first
    assert database.value("SELECT count(*) FROM blobs") == 2
    with store.begin() as work:
        assert [r.name for r in work.archive.of_card(CardId(5))] == ["kvittens-C-5.pdf"] * 2
        assert len(work.archive.of_card(CardId(6))) == 2


def test_what_is_archived_stays_when_the_mail_it_came_with_goes(store):
    mail = a_settled_mail(store)
    sha = put(store)
    later = NOW + days(30)
    with store.begin() as work:
        assert work.journal.purge(before=later, rejected_before=later) == 1
        assert work.journal.raw(mail) == b""
        assert work.archive.content(sha) == RECEIPT


def test_a_mail_that_may_not_be_kept_goes_at_once_and_leaves_archive_and_pictures(store):
    mail = a_settled_mail(store, b"PIN 123456")
    with store.begin() as work:
        case = work.cases.save(new_case(origin=an_origin(mail=mail), stage=Stage.STAFF))
        work.keep(case.id, "falt-surname.png", b"\x89PNG")
        sha = work.archive.put(b"masked", a_row(card=None, case=case.id, kind="loss_report"))
        work.journal.forget(mail)
    with store.begin() as work:
        assert work.journal.raw(mail) == b""
        assert [name for name, _, _ in work.kept(case.id)] == ["falt-surname.png"]
        assert work.archive.content(sha) == b"masked"
        assert work.journal.get(mail).outcome is Outcome.APPLIED
        later = NOW + days(30)
        assert work.journal.purge(before=later, rejected_before=later) == 0


def test_bytes_that_the_archive_needs_stay_when_the_mail_is_forgotten(store):
    mail = a_settled_mail(store)
    sha = put(store)
    with store.begin() as work:
        work.journal.forget(mail)
    with store.begin() as work:
        assert work.journal.raw(mail) == b""
        assert work.archive.content(sha) == RECEIPT


def test_what_need_not_be_kept_any_more_goes_the_day_after_its_last(database, store):
    sha = put(store)
    put(store, b"younger", keep_until=UNTIL + days(1))
    assert purge(store, UNTIL) == 0
    assert purge(store, UNTIL + days(1)) == 1
    with store.begin() as work:
        assert [r.keep_until for r in work.archive.of_card(CardId(5))] == [UNTIL + days(1)]
    with pytest.raises(NeedsOperatorError), store.begin() as work:
        work.archive.content(sha)
    assert database.value("SELECT count(*) FROM blobs") == 1


def test_a_content_that_two_rows_keep_stays_until_the_last_of_them_goes(store):
    sha = put(store)
    put(store, card=CardId(6), keep_until=UNTIL + days(9))
    assert purge(store, UNTIL + days(1)) == 1
    with store.begin() as work:
        assert work.archive.content(sha) == RECEIPT
    assert purge(store, UNTIL + days(10)) == 1


def test_very_many_go_at_once(store):
    with store.begin() as work:
        for n in range(1100):
            work.archive.put(b"%d" % n, a_row(card=CardId(n + 1), keep_until=TODAY))
    assert purge(store, TODAY + days(1)) == 1100
    with store.begin() as work:
        assert work.archive.of_card(CardId(1)) == ()
