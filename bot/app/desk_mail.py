"""A clerk's mail: who wrote it, how sure, what it asks for. Looks up; decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.app.services import Services
from bot.app.understanding import written
from bot.domain.answering import Context
from bot.domain.clerk_mail import MailHead, Standing, Thread, standing
from bot.domain.clerk_reply import ClerkReply
from bot.domain.desk_letters import StaffEcho
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.triage import MailSeen
from bot.domain.values import MailId
from bot.ports.store import Work
from parsers.answers import clerk
from parsers.reading import MailReading

_OURS = frozenset({"digest", "staff_echo"})  # letters that are answered by commands alone
_HANDLE = re.compile(r"(?<![^\W_])[KC]\s?[-‐-―]?\s?\d{1,9}\b", re.IGNORECASE)
_PASSED_ON = re.compile(r"^\s*(?:vb|vs|fw|fwd|wg)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class DeskMail:
    """What a clerk's mail asks for; *answers* is the mail whose receipt it answers."""

    by: str
    reply: ClerkReply
    standing: Standing
    answers: MailId | None = None

    @property
    def heard(self) -> bool:
        """Tell whether the clerk is answered; nobody who only calls himself one is."""
        return self.standing in (Standing.MAY_ACT, Standing.ASK_FIRST)


def of(
    services: Services, work: Work, reading: MailReading, seen: MailSeen, context: Context, *,
    released: bool,
) -> DeskMail | None:  # fmt: skip
    """Return what a clerk asks for; None for a mail that is no matter of the desk's.

    *released*: it lets a quarter's letters go, which is a matter of its own.
    """
    staff = frozenset(services.policy.staff)
    if not staff or not seen.sender or released:
        return None
    row = work.outbox.answered_by(seen.threads) if seen.threads else None
    letter = row.effect.letter if row is not None and isinstance(row.effect, SendLetter) else None
    head = MailHead(
        (seen.sender,), authenticated=context.authenticated, machine=seen.machine,
        thread=_thread(seen, letter), forwarded=_forwarded(reading), names_handles=True,
    )  # fmt: skip
    if standing(head, staff) is Standing.NOT_STAFF:
        return None
    ours = written(services, (row,)) if row is not None else []
    names = (reading.mail.sender_name,)
    reply = clerk.read(reading.mail.text, ours, today=context.today, names=names)
    if not _about_work(reply) and (letter is None or letter.kind not in _OURS):
        return None
    echo = letter.content if letter is not None else None
    answers = echo.mail if isinstance(echo, StaffEcho) else None
    return DeskMail(seen.sender, reply, standing(head, staff), answers)


def _thread(seen: MailSeen, letter: Letter | None) -> Thread:
    if letter is not None:
        return Thread.OURS
    return Thread.FOREIGN if seen.threads else Thread.NONE


def _forwarded(reading: MailReading) -> bool:
    return reading.mail.forwarded or _PASSED_ON.match(reading.mail.subject) is not None


def _about_work(reply: ClerkReply) -> bool:
    """Tell whether anything in the mail names a case or a card."""
    return bool(reply.commands) or any(_HANDLE.search(line) for line in reply.unread)
