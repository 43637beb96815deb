"""A review answer read against its letter, without side effects: for the verb ``understand``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

from bot.app.review_facts import HANDLE
from bot.app.services import Services
from bot.app.understanding import written
from bot.domain.calendar import STOCKHOLM
from bot.domain.effects import SendLetter
from bot.domain.review_reply import Heard, Listed, ReviewReply, RowAnswer
from bot.domain.values import ReviewId
from bot.ports.store import Work
from parsers.answers.review import understand_review
from parsers.answers.review_letter import rows_of
from parsers.mail.html import words
from parsers.mail.message import Automatic, ParsedMail, parse

KINDS = {Automatic.AUTO_REPLY: "auto_reply", Automatic.BOUNCE: "bounce", Automatic.NO: "answer"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A review letter as its reader had it: the rows, and every form that a reply may quote."""

    rows: tuple[Listed, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What one file says."""

    kind: str  # answer, auto_reply, bounce, other
    asked: Asked
    reply: ReviewReply


def asked_by_file(path: Path) -> Asked:
    """Return the review letter that an ``.eml`` file holds.

    Raises:
        OSError: the file can't be read.
        ValueError: it holds no numbered rows.
    """
    raw = path.read_bytes()
    text = parse(raw).text
    rows = rows_of(text)
    if not rows:
        raise ValueError("no rows")
    return Asked(rows, (text, *_html(raw)))


def _html(raw: bytes) -> tuple[str, ...]:
    """Return the words of the HTML part: a program that quotes it gives other line ends."""
    part = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    if part is None:
        return ()
    try:
        return (words(str(part.get_content())),)
    except (LookupError, ValueError):
        return ()


def asked_by_memory(services: Services, work: Work, mail: ParsedMail) -> Asked | None:
    """Return the review that the mail answers: by its thread, its subject, its quoted text."""
    row = work.outbox.answered_by((*mail.in_reply_to, *mail.references))
    about = None
    if row is not None and isinstance(row.effect, SendLetter):
        about = row.effect.letter.review
    if about is None:
        found = HANDLE.search(f"{mail.subject}\n{mail.text}")
        about = ReviewId(int(found[1])) if found else None
    review = work.reviews.get(about) if about is not None else None
    if review is None:
        return None
    letters = written(services, work.outbox.of_review(review.id))
    return Asked(tuple(r.listed() for r in review.rows if not r.manual), tuple(letters))


def understood(mail: ParsedMail, asked: Asked, undated: date) -> Understood:
    """Return what the mail says of the rows; a machine's mail says nothing.

    *undated* is the day of a mail that names none.
    """
    kind = KINDS.get(mail.automatic, "other")
    silent = ReviewReply(tuple(Heard(r.row, RowAnswer.OPEN) for r in asked.rows))
    if kind != "answer":
        return Understood(kind, asked, silent)
    on = mail.date.astimezone(STOCKHOLM).date() if mail.date is not None else undated
    reply = understand_review(
        mail.text, asked.letters, asked.rows, on=on, names=(mail.sender_name,)
    )
    return Understood(kind, asked, reply)
