"""Which mail a machine wrote; a person's mail with a form is never taken for a machine's."""

from email.message import MIMEPart

import pytest

from parsers.mail.message import Automatic, parse
from tests.golden.mail_making.pieces import (
    form,
    inside,
    mail,
    multi,
    text,
)

OWN = ("lokala.ek@jarfalla.example",)


def kind(*args, **more):
    return parse(mail(*args, **more), own_addresses=OWN).automatic


@pytest.mark.parametrize(
    "fields",
    [
        "Auto-Submitted: auto-generated; x=1\r\n",
        "X-Autoreply: yes\r\n",
        "X-Autorespond: x\r\n",
        "X-FC-MachineGenerated: true\r\n",
        "Precedence: auto_reply\r\n",
        "X-Precedence: auto-reply\r\n",
        "Delivered-To: Autoresponder\r\n",
    ],
)
def test_a_responder_is_known_by_its_header(fields):
    assert kind("Re: x", text("x\n"), more=fields) is Automatic.AUTO_REPLY


@pytest.mark.parametrize(
    "fields",
    ["Auto-Submitted: no\r\n", "Auto-Submitted: No (x)\r\n", "Auto-Submitted:\r\n", "X-Autoreply: no\r\n",
     "X-Auto-Response-Suppress: OOF\r\n"],
)  # fmt: skip
def test_a_header_that_denies_it_makes_no_responder(fields):
    assert kind("Re: x", text("x\n"), more=fields) is Automatic.NO


@pytest.mark.parametrize(
    "subject",
    ["Automatiskt svar: x", "AUTOSVAR", "Frånvaromeddelande", "Frånvaro: x", "Ej på plats", "Out of Office: x",
     "Out of the office", "Automatic reply: x", "Är på semester", "Jag är föräldraledig", "Semester t.o.m. 7/12"[:9] + ": x",
     "På semester till 7/12", "Auto: x", "Inte på kontoret v. 48"],
)  # fmt: skip
def test_an_absence_is_known_by_its_subject_unless_a_form_comes_with_it(subject):
    assert kind(subject, text("x\n")) is Automatic.AUTO_REPLY
    assert kind(subject, multi(text("x\n"), form())) is Automatic.NO


@pytest.mark.parametrize(
    "subject",
    ["Frånvaro Anna", "SV: Automatiskt svar: x", "Automatisk dörr", "Är Anna på semester?", "Semesterlista",
     "Autosvaret fungerar inte", "På semesterhemmet", "Är inte Anna registrerad?"],
)  # fmt: skip
def test_a_subject_that_only_resembles_is_a_persons(subject):
    assert kind(subject, text("x\n")) is Automatic.NO


def test_an_empty_return_path_alone_makes_no_machine():
    assert kind("Re: x", text("Alla kvar.\n"), path="") is Automatic.NO


@pytest.mark.parametrize(
    ("subject", "more", "sender", "path"),
    [
        ("x", "X-MS-Exchange-Message-Is-Ndr:\r\n", "x@y.example", "x@y.example"),
        ("x", "X-Failed-Recipients: bo@jarfalla.example\r\n", "x@y.example", "x@y.example"),
        ("Olevererbart: x", "", "x@y.example", "x@y.example"),
        ("Undeliverable: x", "", "x@y.example", "x@y.example"),
        ("x", "", "MAILER-DAEMON@y.example", ""),
    ],
)
def test_a_bounce_is_known_without_a_report(subject, more, sender, path):
    assert kind(subject, text("x\n"), more=more, sender=sender, path=path) is Automatic.BOUNCE


@pytest.mark.parametrize(
    "subject", ["Olevererbart kort", "Leveransfel på kortet", "VB: Undeliverable: x"]
)
def test_a_person_may_write_of_deliveries(subject):
    assert kind(subject, text("x\n")) is Automatic.NO


def test_the_failed_recipients_of_exim_are_found():
    raw = mail(
        "x", text("x\n"), more="X-Failed-Recipients: Bo@jarfalla.example, al@jarfalla.example\r\n"
    )
    assert parse(raw).failed_recipients == ("bo@jarfalla.example", "al@jarfalla.example")


def test_a_daemons_words_in_a_known_format_are_a_bounce():
    words = "The following addresses had permanent fatal errors\n\nbo@jarfalla.example\n\n----- Transcript of session follows\n"
    found = parse(mail("x", text(words), sender="postmaster@y.example"))
    assert (found.automatic, found.failed_recipients) == (
        Automatic.BOUNCE,
        ("bo@jarfalla.example",),
    )


def test_a_daemon_that_reports_nothing_is_no_bounce():
    assert (
        kind("x", text("Planerat underhåll i helgen.\n"), sender="postmaster@y.example")
        is Automatic.NO
    )


def test_a_report_without_a_status_is_a_bounce_and_its_letter_is_known():
    returned = inside(mail("x", text("x\n"), name="ekbot.b-3"))
    found = parse(
        mail("x", multi(text("bo@jarfalla.example finns inte\n"), returned, kind="report"))
    )
    assert found.automatic is Automatic.BOUNCE
    assert found.failed_message_ids == ("<ekbot.b-3@ut.jarfalla.example>",)
    assert found.failed_recipients == ("bo@jarfalla.example",)


@pytest.mark.parametrize(
    ("block", "recipients"),
    [
        (
            "Final-Recipient: rfc822; <Bo@jarfalla.example>\r\nAction: failed (x)\r\n",
            ("bo@jarfalla.example",),
        ),
        ("Final-Recipient: x400; inget\r\nAction: error\r\n", ()),
        (
            "Final-Recipient: utf-8; åsa@jarfalla.example\r\nAction: failed\r\n",
            ("åsa@jarfalla.example",),
        ),
    ],
)
def test_the_recipients_of_a_delivery_report_are_read(block, recipients):
    status = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        + block.encode()
    )
    found = parse(mail("x", multi(text("x\n"), status, kind="report"), path=""))
    assert (found.automatic, found.failed_recipients) == (Automatic.BOUNCE, recipients)


def test_a_delivery_report_without_recipients_is_a_bounce():
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n"
    assert kind("x", multi(text("x\n"), status, kind="report"), path="") is Automatic.BOUNCE


@pytest.mark.parametrize("coding", ["7bit", "base64", "quoted-printable"])
def test_the_letter_of_a_report_is_known_however_its_header_is_coded(coding):
    ids = "<ekbot.b-3@ut.jarfalla.example>"
    head = MIMEPart()
    head.set_content(f"Subject: x\nMessage-ID: {ids}\n", subtype="rfc822-headers", cte=coding)
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n"
    found = parse(mail("x", multi(text("x\n"), status, head.as_bytes(), kind="report"), path=""))
    assert found.failed_message_ids == (ids,)


def test_a_format_that_the_library_trips_over_is_still_a_bounce():
    odd = multi(
        b"Content-Type: message/delivery-status; x\r\nContent-Transfer-Encoding: x\r\n\r\n\r\n",
        kind="mixed",
    )
    assert kind("Undeliverable: x", odd) is Automatic.BOUNCE


@pytest.mark.parametrize(
    ("more", "why"),
    [("List-Unsubscribe: <x>\r\n", "List-Unsubscribe"), ("Precedence: junk\r\n", "Precedence")],
)
def test_a_list_is_known_by_its_headers(more, why):
    found = parse(mail("x", text("x\n"), more=more))
    assert (found.automatic, found.automatic_why) == (Automatic.LIST, why)


def test_our_own_letter_is_known_and_a_reply_to_it_is_not():
    mark = "X-EKbot-Kind: review\r\n"
    assert kind("x", text("x\n"), more=mark, sender=OWN[0]) is Automatic.OWN
    assert kind("x", text("x\n"), more=mark, path=OWN[0]) is Automatic.OWN
    ours = mail("x", text("x\n"), more=mark, name="ekbot.b-1").replace(b"b-1@ut.", b"b-1@")
    assert parse(ours, own_addresses=OWN).automatic is Automatic.OWN
    assert kind("x", text("x\n"), more=mark) is Automatic.NO
    assert (
        kind("SV: x", text("x\n"), more="In-Reply-To: <ekbot.b-1@jarfalla.example>\r\n")
        is Automatic.NO
    )


LETTERS_ID = "Message-ID: <ekbot.0123456789abcdef0123456789abcdef@jarfalla.example>\r\n"


def unmarked(more, **other):
    """Return the kind of a mail that a server has built anew, with that Message-ID."""
    raw = mail("x", text("x\n"), more=more, **other)
    lines = [x for x in raw.split(b"\r\n") if not x.startswith(b"Message-ID: ") or b"ekbot." in x]
    return parse(b"\r\n".join(lines), own_addresses=OWN).automatic


def test_our_own_letter_is_known_without_its_marks_by_its_id_and_its_sender_together():
    assert unmarked(LETTERS_ID, sender=OWN[0]) is Automatic.OWN
    assert unmarked(LETTERS_ID, path=OWN[0]) is Automatic.OWN
    assert unmarked(LETTERS_ID) is Automatic.NO
    assert unmarked(LETTERS_ID.replace("jarfalla", "elak"), sender=OWN[0]) is Automatic.NO
    assert unmarked(LETTERS_ID.replace("ekbot.0", "ekbot.x"), sender=OWN[0]) is Automatic.NO
    assert unmarked("Message-ID: <ekbot.b-1@jarfalla.example>\r\n", sender=OWN[0]) is Automatic.NO
