"""Mails as people of the made-up municipality write them. Sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

GATEWAY = "mx.jarfalla.example"
OFFICE = "lokala.ek@jarfalla.example"
CLERK = "eva.ek@jarfalla.example"
_ZONE = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Post:
    """A mail that comes to the office on a day."""

    on: date
    name: str
    raw: bytes
    sender: str


def instant(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of *day* in Stockholm."""
    return datetime.combine(day, time(hour, minute), _ZONE)


def written(
    name: str, day: date, sender: str, subject: str, text: str, *,
    answers: EmailMessage | None = None, files: Sequence[tuple[str, bytes]] = (),
    machine: bool = False,
) -> Post:  # fmt: skip
    """Return the mail *name*, which quotes what it *answers* as mail programs do."""
    mail = EmailMessage(policy=SMTP)
    domain = sender.rpartition("@")[2]
    mail["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from={domain}"
    if machine:
        mail["Auto-Submitted"] = "auto-replied"
    mail["From"], mail["To"], mail["Subject"] = sender, OFFICE, subject
    mail["Date"] = format_datetime(instant(day, 8))
    mail["Message-ID"] = f"<{name}@{domain}>"
    if answers is not None:
        mail["In-Reply-To"] = mail["References"] = str(answers["Message-ID"])
        text += "\n" + "".join(f"> {line}\n" for line in text_of(answers).splitlines())
    mail.set_content(text)
    for file, content in files:
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=file)
    return Post(day, name, mail.as_bytes(), sender)


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a letter of ours."""
    body = mail.get_body(("plain",))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""
