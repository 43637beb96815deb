"""Files: their names, their wrappers, the mails they lie in."""

from __future__ import annotations

import base64

from tests.golden.mail_making.pieces import (
    PDF,
    PNG,
    file,
    form,
    html,
    inside,
    made,
    mail,
    multi,
    p7m,
    smime,
    text,
    tnef,
)


@made
def name_rfc2231():
    name = "filename*0*=utf-8''best%C3%A4llning%20; filename*1*=%C3%85sa.pdf"
    return mail("x", multi(text("x\n"), form(name)))


@made
def name_rfc2231_latin1():
    return mail("x", multi(text("x\n"), form("filename*=iso-8859-1'sv'best%E4llning.pdf")))


@made
def name_rfc2047_in_quotes():
    return mail("x", multi(text("x\n"), form('filename="=?iso-8859-1?Q?best=E4llning.pdf?="')))


@made
def name_decomposed_with_path():
    return mail(
        "x",
        multi(
            text("x\n"), form('filename="C:\\\\Mina dokument\\\\..\\\\besta\u0308llning\u202e.pdf"')
        ),
    )


@made
def pdf_called_dat():
    return mail(
        "x", multi(text("x\n"), file(PDF, 'filename="scan.dat"', "application/octet-stream"))
    )


@made
def pdf_without_any_name():
    return mail("x", file(PDF, None, disposition="inline"))


@made
def pdf_cut_off():
    raw = mail("x", multi(text("x\n"), form()))
    return raw[: raw.index(b"JVBER") + 81]


@made
def picture_of_logo_and_form():
    logo = file(
        PNG,
        'filename="logo.png"',
        "image/png",
        disposition="inline",
        more="Content-ID: <logo@x>\r\n",
    )
    page = html('<p>Hej</p><img src="cid:logo@x">')
    return mail("x", multi(multi(page, logo, kind="related", mark="inre"), form()))


@made
def office_zip_and_calendar():
    invite = (
        b"Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    )
    word = file(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        'filename="Blankett.doc"',
        "application/msword",
    )
    card = b"Content-Type: text/vcard; name=k.vcf\r\n\r\nBEGIN:VCARD\r\nEND:VCARD\r\n"
    return mail("x", multi(text("x\n"), invite, word, card))


@made
def forwarded_once():
    return mail(
        "VB: form",
        multi(
            text("Se nedan.\n"),
            inside(mail("form", multi(text("in\n"), form(), mark="b1"), name="m0")),
        ),
    )


def _nested(levels: int) -> bytes:
    raw = mail("innerst", multi(form(), mark="b0"), name="m0")
    for level in range(levels):
        raw = mail("VB", multi(text("vb\n"), inside(raw), mark=f"b{level + 1}"))
    return raw


@made
def forwarded_three_times():
    return _nested(3)


@made
def forwarded_four_times():
    return _nested(4)


@made
def forwarded_in_base64():
    inner = base64.encodebytes(mail("form", multi(form(), mark="b1"), name="m0"))
    part = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner
    return mail("VB: form", multi(text("x\n"), part))


@made
def forwarded_as_eml_file():
    inner = mail("form", multi(form(), mark="b1"), name="m0")
    return mail(
        "VB", multi(text("x\n"), file(inner, 'filename="form.eml"', "application/octet-stream"))
    )


@made
def winmail():
    packed = tnef(
        ("beställning.pdf".encode("cp1252"), PDF), body="Hej från Outlook".encode("cp1252")
    )
    return mail("x", multi(file(packed, 'filename="winmail.dat"', "application/ms-tnef")))


@made
def winmail_damaged():
    packed = tnef((b"a.pdf", PDF))[:6] + b"\x01" * 7
    return mail(
        "x", multi(text("x\n"), file(packed, 'filename="winmail.dat"', "application/ms-tnef"))
    )


@made
def smime_clear_signed():
    signature = file(b"0\x80sign", 'filename="smime.p7s"', "application/pkcs7-signature")
    return mail("x", multi(multi(text("x\n"), form(), mark="inre"), signature, kind="signed"))


@made
def smime_opaque_signed():
    return mail("x", smime(p7m(multi(text("Signerat.\n"), form(), mark="inre"))))


@made
def smime_encrypted():
    return mail("x", smime(p7m(b"", "enveloped_data"), "enveloped-data"))


@made
def smime_damaged():
    return mail("x", smime(p7m(b"x")[:30]))
