"""Mail that machines wrote, and mail that only looks so."""

from __future__ import annotations

from tests.golden.mail_making.pieces import form, inside, made, mail, multi, text


@made
def oof_with_header():
    return mail(
        "Automatiskt svar: Uppföljning",
        text("Åter 1/12.\n"),
        more="Auto-Submitted: auto-replied (vacation)\r\n",
    )


@made
def oof_swedish_subject_only():
    return mail("Autosvar: Uppföljning av EK", text("Jag är på semester till 7/12.\n"))


@made
def oof_franvaro_prefix():
    return mail("=?utf-8?q?Fr=C3=A5nvaro:_Uppf=C3=B6ljning?=", text("Åter måndag.\n"))


@made
def oof_empty_return_path():
    return mail("Re: Uppföljning", text("Jag är frånvarande och åter på kontoret 7/12.\n"), path="")


@made
def not_oof_franvaro_anna_with_form():
    return mail("Frånvaro: Anna slutar", multi(text("Blankett.\n"), form()))


@made
def not_oof_franvaro_in_subject():
    return mail("Frånvaro Anna", text("Anna är sjuk, kortet ligger här.\n"))


@made
def not_oof_auto_submitted_no():
    return mail("x", text("x\n"), more="Auto-Submitted: no\r\nX-Auto-Response-Suppress: All\r\n")


@made
def not_oof_answer_to_an_oof():
    return mail("SV: Automatiskt svar: Uppföljning", text("Tack, då väntar jag.\n"))


@made
def list_mail():
    return mail(
        "Nyhetsbrev", text("x\n"), more="List-Id: <nytt.jarfalla.example>\r\nPrecedence: bulk\r\n"
    )


def _report(blocks: str, *, subject, sender, notice, returned="") -> bytes:
    status = (
        b"Content-Type: message/delivery-status\r\n\r\n" + blocks.replace("\n", "\r\n").encode()
    )
    parts = [text(notice), status]
    if returned:
        parts.append(
            f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {returned}\r\nSubject: x\r\n".encode()
        )
    body = multi(*parts, kind="report", extra="; report-type=delivery-status")
    return mail(subject, body, sender=sender, path="", auth="")


@made
def dsn_postfix():
    return _report(
        "Reporting-MTA: dns; mx.jarfalla.example\n\nFinal-Recipient: rfc822; bo.alm@jarfalla.example\n"
        "Original-Recipient: rfc822;bo.alm@jarfalla.example\nAction: failed\nStatus: 5.1.1\n",
        subject="Undelivered Mail Returned to Sender",
        sender="Mail Delivery System <MAILER-DAEMON@mx.jarfalla.example>",
        notice="I'm sorry to have to inform you that your message could not be delivered.\n",
        returned="<ekbot.b-17@jarfalla.example>",
    )


@made
def dsn_exchange_swedish():
    return _report(
        "Reporting-MTA: dns;ex1.jarfalla.example\n\nFinal-Recipient: rfc822;bo.alm@jarfalla.example\n"
        "Action: failed\nStatus: 5.1.10\n",
        subject="=?utf-8?q?Kan_inte_levereras=3A_Uppf=C3=B6ljning?=",
        sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@jarfalla.example>",
        notice="Leveransen misslyckades för dessa mottagare.\n",
        returned="<ekbot.b-18@jarfalla.example>",
    )


@made
def dsn_delayed():
    return _report(
        "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; bo.alm@jarfalla.example\nAction: delayed\n",
        subject="Delayed Mail (still being retried)",
        sender="MAILER-DAEMON@mx.jarfalla.example",
        notice="Your message has been delayed.\n",
    )


@made
def bounce_without_report_swedish():
    words = (
        "Leveransen misslyckades för dessa mottagare eller grupper:\n\nbo.alm@jarfalla.example\n\n"
        "Ursprungligt meddelande\nFrån: lokala.ek@jarfalla.example\nMessage-ID: <ekbot.b-19@jarfalla.example>\n"
    )
    return mail(
        "Olevererbart: Uppföljning",
        text(words),
        sender="postmaster@jarfalla.example",
        path="",
        auth="",
    )


@made
def bounce_qmail():
    words = (
        "Hi. This is the qmail-send program at mx.jarfalla.example.\nI'm afraid I wasn't able to deliver your "
        "message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<bo.alm@jarfalla.example>:\nSorry, no mailbox here by that name.\n\n--- Below this line is a copy of the "
        "message.\n\nMessage-ID: <ekbot.b-20@jarfalla.example>\n"
    )
    return mail(
        "failure notice", text(words), sender="MAILER-DAEMON@mx.jarfalla.example", path="", auth=""
    )


@made
def forwarded_bounce_with_form_is_no_bounce():
    parts = (text("Nytt försök.\n"), inside(dsn_postfix()), form())
    return mail("VB: Olevererbart: form", multi(*parts, mark="ytter"))


@made
def bounce_passed_on_inside_out_with_form_is_no_bounce():
    """The outer and the inner boundary are the same: the report's parts seem to be ours."""
    return mail(
        "VB: Olevererbart: form", multi(text("Nytt försök.\n"), inside(dsn_postfix()), form())
    )


@made
def read_receipt():
    notice = b"Content-Type: message/disposition-notification\r\n\r\nDisposition: automatic-action; displayed\r\n"
    body = multi(
        text("Läst.\n"), notice, kind="report", extra="; report-type=disposition-notification"
    )
    return mail("Läst: Uppföljning", body)


@made
def own_letter_come_back():
    return mail(
        "Uppföljning",
        text("x\n"),
        sender="lokala.ek@jarfalla.example",
        more="X-EKbot-Kind: review\r\n",
    )


@made
def own_mark_in_a_stranger_mail():
    return mail(
        "Uppföljning",
        text("x\n"),
        sender="ond@angrepp.example",
        more="X-EKbot-Kind: review\r\n",
        auth="",
    )
