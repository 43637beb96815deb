"""From stored bytes to what the core sees: parse in the crew, weigh the author. Decides nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.triage import Machine, MailSeen
from bot.ports.errors import TransientError
from bot.ports.rows import MailRow
from parsers.mail.authentication import Verdict
from parsers.mail.message import ParsedMail
from parsers.reading import MailReading

LATE = timedelta(days=5)  # no mail travels longer (RFC 5321 §4.5.4.1)
EARLY = timedelta(days=1)
PATIENCE = timedelta(hours=4)  # for a name server; then staff weigh the sender
_ATTACHED = re.compile(r"\b(bifog\w*|bilag\w*|attach\w*|enclosed)\b", re.IGNORECASE)


def see(services: Services, row: MailRow, raw: bytes, reading: MailReading) -> MailSeen:
    """Return the mail as the core sees it, with the author weighed.

    Raises:
        TransientError: DKIM must be checked and the name server does not answer.
    """
    mail = reading.mail
    return MailSeen(
        mail=row.id,
        sender=mail.sender,
        message_id=mail.message_id,
        sent_on=today(_sent(mail, row)),
        authenticated=_authenticated(services, row, mail, raw),
        machine=Machine(mail.automatic.value),
        machine_why=mail.automatic_why,
        threads=(*mail.in_reply_to, *mail.references),
        failed_ids=mail.failed_message_ids,
        failed_recipients=mail.failed_recipients,
        documents=reading.documents,
        speaks_of_attachment=_ATTACHED.search(mail.text) is not None,
        crashed="crashed" in mail.defects,
    )


def content_key(reading: MailReading) -> str:
    """Return the same text for copies of one mail, whatever way they came."""
    mail = reading.mail
    parts = [mail.sender, mail.subject, mail.text, *(d.sha256 for d in reading.documents)]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _sent(mail: ParsedMail, row: MailRow) -> datetime:
    if mail.date is None or not row.received - LATE <= mail.date <= row.received + EARLY:
        return row.received
    return mail.date


def _authenticated(services: Services, row: MailRow, mail: ParsedMail, raw: bytes) -> bool:
    if not mail.sender:
        return False
    accept = services.facts.accept
    if "dmarc" in accept and mail.authenticated is Verdict.PASS:
        return True
    own = mail.sender.rpartition("@")[2] in services.facts.own_domains
    if "exchange" in accept and mail.inside and own:
        return True
    if "dkim" in accept and services.signatures is not None:
        domain = mail.sender.rpartition("@")[2]
        try:
            return services.signatures.verify(raw, domain) is Verdict.PASS
        except TransientError:
            if services.clock() - row.received < PATIENCE:
                raise
    return False
