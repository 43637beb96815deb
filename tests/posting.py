"""Mails as managers send them: one line each, with valid defaults. Sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

GATEWAY = "mx.jarfalla.example"
OFFICE = "lokala.ek@jarfalla.example"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def a_mail(
    number: int | str,
    *files: tuple[str, bytes],
    sender: str = "goran.noren@jarfalla.example",
    text: str = "Hej!\n\nHär kommer en blankett.\n\nMed vänlig hälsning\nGöran Norén\n",
    subject: str = "Beställning EK",
    verdict: str | None = "pass",
    sent: datetime = NOW,
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return a mail that the gateway has judged *verdict* (None: said nothing about)."""
    mail = EmailMessage(policy=SMTP)
    if verdict is not None:
        domain = sender.rpartition("@")[2]
        mail["Authentication-Results"] = (
            f"{GATEWAY}; dmarc={verdict} header.from={domain}; spf=pass smtp.mailfrom={sender}"
        )
    mail["Received"] = f"from klient by {GATEWAY}; {format_datetime(sent)}"
    mail["From"] = sender
    mail["To"] = OFFICE
    mail["Subject"] = subject
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = f"<{number}@{sender.rpartition('@')[2]}>"
    for name, value in headers:
        mail[name] = value
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()
