"""Replies as mail programs write them: Outlook, Gmail, HTML only, between the rows. No test."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

import pikepdf

from tests.filled import definition, scribble, write_on
from tests.posting import GATEWAY, OFFICE

_ROW = re.compile(r"^(\d+)\. ([^,:\n]+)", re.MULTILINE)
_DAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class Came:
    """A letter as its reader has it."""

    raw: bytes
    mail: EmailMessage
    readers: frozenset[str]
    kind: str
    text: str

    @property
    def rows(self) -> dict[int, str]:
        """Return the numbered rows: what is asked about, or was understood."""
        return {int(number): name.strip() for number, name in _ROW.findall(self.text)}

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        assert part is not None
        return str(part.get_content())

    def files(self) -> dict[str, bytes]:
        """Return the attachments."""
        return {
            str(p.get_filename()): p.get_content() for p in self.mail.walk()
            if p.get_filename() and not p.get_content_type().startswith("image/")
        }  # fmt: skip


def came(raw: bytes, recipients: Sequence[str]) -> Came:
    """Return a letter of ours as it came to *recipients*."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    kind = str(mail["X-EKbot-Kind"])
    return Came(raw, mail, frozenset(recipients), kind, str(body.get_content()))


def reply(
    letter: Came, words: str | Mapping[int, str], *, sender: str, name: str, sent: datetime,
    style: str, number: str, verdict: str = "pass", files: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """Return the reply that *sender* writes in the *style* of a program."""
    mail = EmailMessage(policy=policy.SMTP)
    domain = sender.rpartition("@")[2]
    mail["Authentication-Results"] = f"{GATEWAY}; dmarc={verdict} header.from={domain}"
    mail["From"] = f"{name} <{sender}>"
    mail["To"] = OFFICE
    subject = re.sub(r"^(?:SV|Re|RE): ", "", str(letter.mail["Subject"]))
    mail["Subject"] = ("Re: " if style in ("gmail", "inline") else "SV: ") + subject
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = f"<{number}@{domain}>"
    mail["In-Reply-To"] = str(letter.mail["Message-ID"])
    mail["References"] = " ".join(
        (*str(letter.mail["References"] or "").split(), str(letter.mail["Message-ID"]))
    )
    _write(mail, letter, words, name, style)
    for file, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=file)
    return mail.as_bytes()


def _write(
    mail: EmailMessage, letter: Came, words: str | Mapping[int, str], name: str, style: str
) -> None:
    match style:
        case "inline":
            assert not isinstance(words, str)
            mail.set_content(f"{_gmail_head(letter)}\n{_between(letter, words)}\n\n{name}\n")
        case "table":
            assert not isinstance(words, str)
            mail.set_content(_table(letter, words, name), subtype="html")
        case _ if not isinstance(words, str):
            raise AssertionError(style)
        case "gmail":
            quoted = "".join(f"> {line}\n" for line in letter.text.splitlines())
            mail.set_content(f"{words}\n\n{name}\n\n{_gmail_head(letter)}\n\n{quoted}")
        case "html":
            mail.set_content(_html(letter, words, name), subtype="html")
        case "bare":
            mail.set_content(f"{words}\n\nSkickat från min iPhone\n")
        case _:
            text = f"{words}\n\nMed vänlig hälsning\n{name}\nVerksamhetschef\n\n{_outlook(letter)}"
            mail.set_content(text)
            mail.add_alternative(_html(letter, words, name), subtype="html")


def _gmail_head(letter: Came) -> str:
    at = letter.mail["Date"].datetime
    day = f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}. {at.year} kl {at:%H:%M}"
    return f"Den {day} skrev Lokala EK <{OFFICE}>:"


def _outlook(letter: Came) -> str:
    at = letter.mail["Date"].datetime
    month = ("januari", "februari", "mars", "april", "maj")[at.month - 1] if at.month < 6 else "maj"
    return (
        f"Från: Lokala EK <{OFFICE}>\nSkickat: den {at.day} {month} {at.year} {at:%H:%M}\n"
        f"Till: {letter.mail['To']}\nÄmne: {letter.mail['Subject']}\n\n{letter.text}"
    )


def _html(letter: Came, words: str, name: str) -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line)
    head = escape(_outlook(letter).partition("\n\n")[0]).replace("\n", "<br>")
    return (
        f'<html><body><div class="WordSection1">{said}<p>Med vänlig hälsning<br>{escape(name)}</p>'
        f'<div style="border-top:solid #E1E1E1 1.0pt"><p>{head}</p></div>'
        f"{_body(letter.html)}</div></body></html>"
    )


def _body(html: str) -> str:
    found = re.search(r"<body[^>]*>(.*)</body>", html, re.DOTALL)
    return found[1] if found else html


def _between(letter: Came, words: Mapping[int, str]) -> str:
    lines = []
    for line in letter.text.splitlines():
        lines.append(f"> {line}")
        row = _ROW.match(line)
        if row and int(row[1]) in words:
            lines.append(words[int(row[1])])
    return "\n".join(lines)


def _table(letter: Came, words: Mapping[int, str], name: str) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(who)}</td><td>{escape(words[n])}</td></tr>"
        for n, who in letter.rows.items() if n in words
    )  # fmt: skip
    return (
        f"<html><body><p>Hej!</p><table border=1>{rows}</table><p>Hälsningar<br>{escape(name)}</p>"
        "</body></html>"
    )


def machine(
    letter: Came, text: str, *, sender: str, subject: str, sent: datetime, number: str
) -> bytes:
    """Return an out-of-office as Exchange sends it (RFC 3834)."""
    mail = EmailMessage(policy=policy.SMTP)
    domain = sender.rpartition("@")[2]
    mail["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from={domain}"
    mail["From"] = sender
    mail["To"] = OFFICE
    mail["Subject"] = f"{subject}: {letter.mail['Subject']}"
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = f"<{number}@{domain}>"
    mail["In-Reply-To"] = str(letter.mail["Message-ID"])
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text)
    return mail.as_bytes()


def returned(letter: Came, *, to: str, sent: datetime, number: str) -> bytes:
    """Return the report that *letter* could not be delivered (RFC 3464)."""
    return (
        "Return-Path: <>\r\n"
        f"From: Mail Delivery System <MAILER-DAEMON@{GATEWAY}>\r\nTo: {OFFICE}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        f"Date: {format_datetime(sent)}\r\nMessage-ID: <{number}@ut.jarfalla.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; "
        'boundary="grans"\r\n\r\n--grans\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        "I'm sorry to have to inform you that your message could not be delivered.\r\n\r\n"
        "--grans\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; {GATEWAY}\r\n\r\nFinal-Recipient: rfc822; {to}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--grans\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {letter.mail['Message-ID']}\r\nSubject: x\r\n\r\n--grans--\r\n"
    ).encode()


def signed(content: bytes, on: date | None) -> bytes:
    """Return a prefilled form signed with a pen, dated on the screen; None leaves the date out."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if on is not None:
            write_on(pdf, "Underskrift_datum", on.isoformat())
        strokes = scribble(definition("2026-11").signature.box)
        pdf.pages[0].contents_add(pdf.make_stream(f"q {strokes} Q".encode()))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()
