"""Files and words are found in whatever a mail was wrapped in."""

from datetime import UTC, datetime, timedelta

from asn1crypto import cms, core
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from parsers.mail import parts
from parsers.mail.message import parse
from tests.golden.mail_making.pieces import (
    PDF,
    PNG,
    file,
    form,
    html,
    mail,
    multi,
    smime,
    text,
    tnef,
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
