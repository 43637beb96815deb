"""Ordinary mail in all the charsets and forms that people send."""

from __future__ import annotations

from email.message import EmailMessage

from tests.golden.mail_making.pieces import CHIEF, PDF, file, form, html, made, mail, multi, text


@made
def form_utf8():
    return mail("Nybeställning EK", multi(text("Hej! Blanketten är bifogad.\n"), form()))


@made
def body_latin1_quoted_printable():
    return mail("Best", text("Åsa på Källtorp börjar måndag.\n", "iso-8859-1", "quoted-printable"))


@made
def body_cp1252_claims_latin1():
    raw = text("Hej – ”Åsa” kostar 5 €.\n", "cp1252").replace(b"cp1252", b"iso-8859-1")
    return mail("Tecken", raw)


@made
def body_cp1252_claims_utf8():
    return mail("Tecken", text("Förlåt, vi är på väg.\n", "cp1252").replace(b"cp1252", b"utf-8"))


@made
def body_without_charset_utf8():
    return mail("Tecken", "\r\nVi är åtta på Ängen.\r\n".encode())


@made
def body_unknown_charset():
    return mail("Tecken", text("Räksmörgås\n").replace(b"charset=utf-8", b"charset=x-okand"))


@made
def body_base64_utf16():
    return mail("Tecken", text("Åsa Öberg\n", "utf-16", "base64"))


@made
def body_html_only():
    page = (
        "<html><head><style>p {color: red}</style><title>x</title></head><body><p>Hej&nbsp;<b>d&aring;</b>!</p>"
        "<table><tr><td>1.</td><td>Anna Ek</td></tr><tr><td>2.</td><td>Bo Alm</td></tr></table>"
        "<blockquote>Den 3 nov skrev ni:<br>Jobbar de kvar?</blockquote></body></html>"
    )
    return mail("Svar", html(page))


@made
def body_alternative():
    return mail(
        "Svar", multi(text("Alla kvar.\n"), html("<p>Alla <b>kvar</b>.</p>"), kind="alternative")
    )


@made
def body_alternative_blank_plain():
    return mail("Svar", multi(text("\n"), html("<p>Anna slutat.</p>"), kind="alternative"))


@made
def body_plain_parts_around_a_pdf():
    return mail(
        "iPhone",
        multi(
            text("Före.\n"), file(PDF, 'filename="a.pdf"', disposition="inline"), text("Efter.\n")
        ),
    )


@made
def no_attachment():
    return mail("Beställning", text("Se bifogad blankett.\n"))


@made
def reply_with_thread():
    more = "In-Reply-To: <ekbot.b-17@jarfalla.example>\r\nReferences: <ekbot.b-1@jarfalla.example>\r\n\t<ekbot.b-17@jarfalla.example>\r\n"
    return mail("SV: Uppföljning", text("Alla kvar.\n\n> 1. Anna Ek\n"), more=more)


@made
def only_cr_line_ends():
    return mail("Gammal Mac", text("Hej\n")).replace(b"\r\n", b"\r")


@made
def empty_mail():
    return b""


@made
def written_by_the_library() -> bytes:
    """The same mail as the standard library writes it, so that not all bytes are our own making."""
    letter = EmailMessage()
    letter["From"], letter["Subject"] = (
        CHIEF,
        "Beställning av kort åt Åsa Öberg på Källtorps äldreboende",
    )
    letter["Message-ID"] = "<m1@ut.jarfalla.example>"
    letter.set_content("Hej! Här kommer blanketten för Åsa.\n", cte="quoted-printable")
    letter.add_attachment(
        PDF, maintype="application", subtype="pdf", filename="beställning åäö.pdf"
    )
    letter.set_boundary("gräns".encode().hex())
    return letter.as_bytes()
