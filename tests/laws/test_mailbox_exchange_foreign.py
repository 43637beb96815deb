"""A mailbox on a server that speaks EWS and is not Microsoft's: heads, dates, codes of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ports.errors import TransientError
from parsers.mail.message import parse
from tests.laws.exchange_place import advice, mailbox, opened, place
from tests.servers.ews_words import message

__all__ = ["mailbox", "opened", "place"]

HEAD = (
    b"Return-Path: <anna@x.example>\r\n"
    b"Authentication-Results: mx.office.example; dmarc=pass header.from=x.example\r\n"
    b"Received: from a by b;\r\n\tMon, 23 Nov 2026 08:00:00 +0100\r\n"
    b"From: =?utf-8?Q?Anna_=C3=96berg?= <anna@x.example>\r\n"
    b"To: ek@office.example\r\n"
    b"Subject: =?utf-8?Q?Best=C3=A4llning?=\r\n"
    b"Date: Mon, 23 Nov 2026 08:00:00 +0100\r\n"
    b"Message-ID: <1@x.example>\r\n"
    b"Auto-Submitted: auto-replied\r\n"
    b"X-EKbot-Kind: question\r\n"
)
BODY = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="ab"\r\n\r\n'
    b"--ab\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej\r\n"
    b"--ab\r\nContent-Type: application/pdf; name=b.pdf\r\n"
    b"Content-Disposition: attachment; filename=b.pdf\r\n\r\n%PDF-1.7\r\n--ab--\r\n"
)
MAIL = HEAD + BODY


@pytest.fixture(autouse=True)
def _foreign(ews):
    ews.store.switches.foreign()


def read(mailbox) -> list[bytes]:
    return [raw for _, raw in mailbox.fetch(mailbox.arrived())]


def test_the_head_is_as_it_came(place, mailbox):
    place.deliver(MAIL)
    [raw] = read(mailbox)
    assert raw.startswith(HEAD)
    assert b"%PDF-1.7" in parse(raw).attachments[0].content


def test_a_mail_has_the_same_bytes_each_time(place, mailbox):
    place.deliver(MAIL)
    assert read(mailbox) == read(mailbox)


def test_two_authors_do_not_become_one(place, mailbox):
    place.deliver(MAIL.replace(b"To: ek", b"From: bo@y.example\r\nTo: ek"))
    [raw] = read(mailbox)
    assert parse(raw).sender == ""


@pytest.mark.parametrize("without", ["!0x007D", "heads"])
def test_a_server_that_has_no_heads_is_read_all_the_same(ews, place, mailbox, without):
    ews.service.manners.without.add(without)
    place.deliver(MAIL)
    [raw] = read(mailbox)
    assert parse(raw).sender == "anna@x.example"
    assert b"Authentication-Results" not in raw


def test_and_a_mail_that_was_moved_meanwhile_is_gone_there(ews, place, mailbox):
    ews.service.manners.without.add("!0x007D")
    ews.store.switches.stable_ids = True
    place.deliver(MAIL)
    refs = mailbox.arrived()
    place.store.move(place.box, place.lying("INBOX")[0], place.folder("Annat"))
    assert list(mailbox.fetch(refs)) == []


def test_heads_come_with_mime_that_is_asked_for_in_the_other_way(ews, place, mailbox):
    ews.service.manners.without.add("mime_field")
    place.deliver(MAIL)
    [raw] = read(mailbox)
    assert raw.startswith(HEAD)


def test_dates_with_nine_decimals_are_dates(ews, place, mailbox):
    ews.service.manners.fraction = ".211649900"
    place.deliver(MAIL)
    mailbox.file(mailbox.arrived(), "Klart")
    assert len(mailbox.filed(["Klart"], datetime(2026, 11, 23, tzinfo=UTC))) == 1
    assert mailbox.filed(["Klart"], datetime(2026, 11, 24, tzinfo=UTC)) == ()


@pytest.mark.parametrize("signs", ["raw", "references"])
@pytest.mark.parametrize("poison", ["\uffff".encode(), b"\xe5", b"\xed\xa0\xbd", b"\x01", b"\x00"])
def test_signs_that_xml_forbids_stop_no_mail(ews, place, mailbox, signs, poison):
    ews.service.manners.signs = signs
    mails = [MAIL.replace(b"<1@", b"<%d@" % n) for n in range(4)]
    mails[2] = b"X-Odd: a%bb\r\n" % poison + mails[2]
    for raw in mails:
        place.deliver(raw)
    got = read(mailbox)
    assert [parse(raw).sender for raw in got] == ["anna@x.example"] * 4
    assert all(b"\r\nAuto-Submitted: auto-replied\r\n" in raw for raw in got)


def test_nor_in_the_message_id_of_a_listing(place, mailbox):
    for number in range(3):
        place.deliver(MAIL.replace(b"<1@", b"<%d@" % number))
    place.lying("INBOX")[1].message_id = "<\uffff@x.example>"
    refs = mailbox.arrived()
    assert len(set(refs)) == 3
    assert mailbox.arrived() == refs


@pytest.mark.parametrize("sign", [b"\r", b"\x01", "\ufffe".encode()])
@pytest.mark.parametrize("signs", ["raw", "references"])
def test_no_field_is_made_of_half_a_line_or_of_two_halves(ews, place, mailbox, signs, sign):
    ews.service.manners.signs = signs
    name = b"X-MS-Exchange-Organization-AuthAs"
    for smuggled in (b"X-Odd: a%b%b" % (sign, name), name[:9] + sign + name[9:]):
        place.deliver(smuggled + b": Internal\r\n" + MAIL)
    for raw in read(mailbox):
        assert parse(raw).sender == "anna@x.example"
        assert not parse(raw).inside


def test_folders_without_folders_are_told_of_without_a_list(ews, place, mailbox):
    ews.service.manners.without.add("empty_root")
    place.deliver(MAIL)
    assert mailbox.file(mailbox.arrived(), "Ärenden/Återvändare") == ()
    assert len(place.lying("Ärenden/Återvändare")) == 1


def test_a_mail_that_goes_while_it_is_filed_is_gone(ews, place, mailbox):
    ews.service.manners.gone = "ErrorMoveCopyFailed"
    place.deliver(MAIL)
    place.deliver(MAIL.replace(b"<1@", b"<2@"))
    first, second = mailbox.arrived()
    move = ews.service.do_MoveItem

    def moving(payload):
        ews.service.do_MoveItem = move
        item = place.lying("INBOX")[0]
        place.store.move(place.box, item, place.box.known["deleteditems"])
        return move(payload)

    ews.service.do_MoveItem = moving
    assert mailbox.file((first, second), "Klart") == (first,)
    assert len(place.lying("Klart")) == 1


def test_a_move_that_fails_for_another_reason_waits(ews, place, mailbox):
    place.deliver(MAIL)
    [ref] = mailbox.arrived()
    move = ews.service.do_MoveItem
    ews.service.do_MoveItem = lambda _: [message("MoveItem", "ErrorMoveCopyFailed")]
    with pytest.raises(TransientError, match="ErrorMoveCopyFailed"):
        mailbox.file([ref], "Klart")
    ews.service.do_MoveItem = move
    assert mailbox.file([ref], "Klart") == ()


def test_a_mailbox_that_is_not_there_asks_for_the_operator(ews, opened):
    ews.service.manners.nobody = "ErrorCannotFindUser"
    assert "mailbox" in advice(opened(mailbox="fel@office.example").arrived)
