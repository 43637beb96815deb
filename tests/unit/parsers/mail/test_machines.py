"""Which mail a machine wrote; a person's mail with a form is never taken for a machine's."""

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from parsers.mail import parts
from parsers.mail.message import Automatic, parse
from tests.golden.mail_making.pieces import (
    PDF,
    PNG,
    file,
    form,
    html,
    inside,
    mail,
    multi,
    smime,
    text,
    tnef,
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


def test_a_small_picture_goes_only_when_the_mail_shows_it():
    page = html('<img src="cid:a@x">')
    shown = file(
        PNG + b"\0" * 20_000,
        'filename="a.png"',
        "image/png",
        disposition="inline",
        more="Content-ID: <a@x>\r\n",
    )
    loose = file(PNG, 'filename="b.png"', "image/png")
    speck = file(PNG, None, "image/png", disposition="inline")
    large = file(
        PNG + b"\0" * 50_000,
        'filename="c.png"',
        "image/png",
        disposition="inline",
        more="Content-ID: <a@x>\r\n",
    )
    found = parse(mail("x", multi(page, shown, loose, speck, large)))
    assert [a.name for a in found.attachments] == ["b.png", "c.png"]


def test_a_pdf_is_kept_even_where_the_html_shows_it():
    inline = file(PDF, 'filename="a.pdf"', disposition="inline", more="Content-ID: <a@x>\r\n")
    assert len(parse(mail("x", multi(html('<img src="cid:a@x">'), inline))).attachments) == 1


def test_a_mail_signed_by_a_real_key_is_unwrapped():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Karin")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(365)).sign(key, hashes.SHA256())
    )  # fmt: skip
    entity = multi(text("Hej\n"), form(), mark="inre")
    builder = (
        pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(certificate, key, hashes.SHA256())
    )
    signed = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    found = parse(mail("x", smime(signed)))
    assert (found.text, [a.content for a in found.attachments]) == ("Hej", [PDF])


def test_a_winmail_gives_its_words_only_when_there_are_no_others():
    packed = file(
        tnef((b"a.pdf", PDF), (b"b.dat", tnef((b"c.pdf", PDF))), body=b"dolt"),
        'filename="winmail.dat"',
    )
    found = parse(mail("x", multi(text("synligt\n"), packed)))
    assert (found.text, [a.name for a in found.attachments]) == ("synligt", ["a.pdf"])
    assert found.defects == ("nested_too_deep",)


def test_a_very_long_text_is_cut_with_a_defect():
    found = parse(mail("x", text("å" * (parts.LONGEST_TEXT + 1))))
    assert (len(found.text), found.defects) == (parts.LONGEST_TEXT, ("text_cut",))


def test_octets_without_a_name_that_read_as_text_are_the_body():
    assert parse(
        mail("x", b"Content-Type: text/plain\r\n\r\nhej\x01 p\xe5 dig och alla andra d\xe4r\r\n")
    ).text
    assert parse(mail("x", b"Content-Type: text/plain\r\n\r\n\x01\x02\x03\x04")).text == ""


def test_an_encrypted_pgp_mail_says_so():
    parts_ = (
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
        file(b"-----BEGIN PGP", 'filename="e.asc"'),
    )
    assert "encrypted" in parse(mail("x", multi(*parts_, kind="encrypted"))).defects


def test_a_mail_inside_a_winmail_gives_its_files():
    message = bytes.fromhex("0703020000000000c000000000000046")  # IID_IMessage, MS-OXTNEF 2.1.3.4
    data = message + tnef((b"inre.pdf", PDF))
    padded = data + b"\0" * (-len(data) % 4)
    count, kind_, name = (
        (1).to_bytes(4, "little"),
        (0x000D).to_bytes(2, "little"),
        (0x3701).to_bytes(2, "little"),
    )
    properties = count + kind_ + name + count + len(data).to_bytes(4, "little") + padded
    packed = tnef((b"yttre", b""), attributes=((2, 0x9005, 6, properties),))
    found = parse(mail("x", multi(text("x\n"), file(packed, 'filename="winmail.dat"'))))
    assert [(a.name, a.content, a.depth) for a in found.attachments] == [("inre.pdf", PDF, 1)]


def test_certificates_in_a_signature_wrapper_are_no_mail():
    only = cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"x")}).dump()
    found = parse(mail("x", smime(only)))
    assert (found.defects, found.attachments[0].media) == (("smime",), "application/pkcs7-mime")


def test_a_card_sent_as_a_file_is_left_out():
    card = file(b"BEGIN:VCARD\r\nEND:VCARD\r\n", 'filename="k.vcf"', "application/octet-stream")
    assert (
        parse(mail("x", multi(text("x\n"), card, form()))).attachments[0].media == "application/pdf"
    )


def test_a_base64_with_one_letter_too_many_is_read_as_far_as_it_goes():
    raw = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xL\r\n"
    assert parse(mail("x", raw)).attachments[0].content == b"%PDF-1"


def test_an_uuencoded_part_that_is_none_is_kept_as_it_came():
    raw = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin\r\n"
    assert parse(mail("x", raw)).attachments[0].name == "a.pdf"


def test_an_address_in_the_return_path_that_is_none_says_nothing():
    assert parse(b"Return-Path: x\r\n\r\n").return_path is None
