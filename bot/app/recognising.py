"""Has this letter left before? Asked of the log outside the memory. Sends nothing.

A letter is known by its Message-ID. After an older copy of the memory was put back, letters are
made anew under new names: then the same words to the same readers, in answer to the same mail, are
the same letter, each that left counted once. The same matter in other words is in doubt.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.letters import message_id
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.letters import Letter
from bot.domain.overtaken import as_of
from bot.domain.values import address_key
from bot.ports.errors import NeedsOperatorError
from bot.ports.outgoing import Refusal
from bot.ports.rows import OutboxRow
from bot.ports.sent_log import Sending
from bot.ports.store import Work

log = logging.getLogger(__name__)

SETTLED = timedelta(days=30)  # so long after a restoring letters are held against the log
_DIGEST = "digest"
_HANDLES = re.compile(r"\b[KBCGMP]-\d+")
_PASSING = re.compile(  # what differs when the same letter is written on another day
    r"\b[KBCGMP]-\d+|\b\d{1,4}\b|\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b|"
    r"\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec)\b|\b(?:i dag|i går|i morgon|idag|igår)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Prints:
    """What a letter is known by: by its words, and by its matter; whether that alone is telling."""

    same: str
    like: str
    exact: str
    answers: bool
    subject: str = ""


class DoubtfulLetterError(Exception):
    """Something like it left before the memory was put back: a person must look."""


def recent(services: Services, now: datetime) -> bool:
    """Tell whether the memory was put back lately: then letters may be made a second time."""
    restored = services.sent.restored()
    return restored is not None and now - restored.at < SETTLED


def is_new(services: Services, name: str) -> bool:
    """Tell whether the log can't know a letter of this Message-ID under any other either."""
    return not services.sent.of(name) and not recent(services, services.clock())


def prints(services: Services, row: OutboxRow, letter: Letter) -> Prints:
    """Return what *letter* is known by, whoever made it and when."""
    readers = ",".join(sorted(address_key(a) for a in letter.to))
    head = (letter.kind, readers, letter.in_reply_to)
    if letter.kind == _DIGEST:
        same = _hash(*head, row.key)
        return Prints(same, _hash(*head), same, answers=False)
    dated = replace(letter, content=as_of(letter.content, today(row.queued)))
    try:
        subject, text, _ = services.letters.words(dated, case=row.case, now=row.queued)
    except Exception:  # noqa: BLE001 - whoever writes it out tells staff that it can't be
        subject, text = "", row.key
    said = " ".join(f"{subject}\n{text}".split())
    same, exact = (_hash(*head, mask.sub("#", said)) for mask in (_PASSING, _HANDLES))
    return Prints(same, _hash(*head), exact, bool(letter.in_reply_to), subject)


def left_before(
    services: Services, work: Work, row: OutboxRow, name: str, known: Prints
) -> Sending | None:
    """Return the sending that was this letter, None when it has not left.

    Raises:
        DoubtfulLetterError: something like it left, in words that this copy does not know.
    """
    for sending in services.sent.of(name):
        if sending.like == known.like:
            return sending
    if not recent(services, services.clock()):
        return None
    same = _unclaimed(work, row, services.sent.before(same=known.same))
    if same:
        return same[0]
    if known.answers and _unclaimed(work, row, services.sent.before(like=known.like)):
        raise DoubtfulLetterError
    return None


def says_else(sending: Sending, letter: Letter, known: Prints) -> bool:
    """Tell whether a letter about what was carried out left with other days or numbers in it."""
    return letter.kind == "applied" and sending.exact != known.exact


def remember(
    services: Services, row: OutboxRow, letter: Letter, refused: Sequence[Refusal], known: Prints
) -> None:
    """Write a letter that left into the log outside the memory, with the readers who have it."""
    later = {r.recipient for r in refused if r.temporary}
    if later:
        had = replace(letter, to=tuple(a for a in letter.to if a not in later))
        known = prints(services, row, had)
    try:
        sending = Sending(
            row.message_id, known.same, known.like, known.exact, services.clock(), row.case
        )  # fmt: skip
        services.sent.add(sending)
    except NeedsOperatorError:  # it has left all the same, and the memory knows
        log.exception("sent log", extra={"action": "sent_log_failed", "letter": row.id})


def name_of(services: Services, row: OutboxRow) -> str:
    """Return the Message-ID of a row: the same at each try, another in another database."""
    seed = f"{row.key} {row.queued.isoformat()}"  # a new database counts from 1 again
    return message_id(seed, services.facts.domain)


def _unclaimed(work: Work, row: OutboxRow, found: Sequence[Sending]) -> list[Sending]:
    """Return those that no other letter of the memory stands for."""
    free = []
    for sending in found:
        held = work.outbox.answered_by([sending.message_id])
        if held is None or held.id == row.id:
            free.append(sending)
    return free


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
