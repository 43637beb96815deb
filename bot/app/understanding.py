"""A reply against the questions that are out: which letters it may quote. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bot.app.services import Services
from bot.domain.asking import shown
from bot.domain.cases import Case
from bot.domain.effects import SendLetter
from bot.domain.labels import label
from bot.domain.questions import YES_NO, Inquiry, Reply
from bot.ports.rows import OutboxRow
from bot.ports.store import Work
from parsers.answers import codes
from parsers.answers.fresh import fresh
from parsers.answers.marks import Wanted
from parsers.answers.numbered import understand as read
from parsers.answers.values import Values
from parsers.mail.html import words


def understand(services: Services, work: Work, case: Case, text: str, sender: str) -> Reply:
    """Return what *text*, a reply of *sender* to a letter of *case*, says to its questions."""
    inquiry = case.inquiry
    if inquiry is None:
        return Reply()
    settings = services.memo.settings(services.facts, work, services.clock())
    names = [e.name for e in work.managers.by_mail(sender)] if sender else []
    pieces = fresh(text, _letters(services, work, case), names)
    reply = read(pieces, wanted(inquiry), Values(settings).answered)
    return replace(reply, unread=tuple(codes.masked(line) for line in reply.unread))


def wanted(inquiry: Inquiry) -> tuple[Wanted, ...]:
    """Return every question ever put in *inquiry*, those of the last letter open."""
    open_now = {a.number for a in inquiry.open()}
    return tuple(
        Wanted(
            a.number,
            a.key,
            label(a.key),
            proposal=shown(a.key, a.proposal),
            yes_no=a.key in YES_NO,
            open=a.number in open_now,
        )
        for a in inquiry.asked
    )


def _letters(services: Services, work: Work, case: Case) -> list[str]:
    """Return the questions of the case as a reader sees them, in text and from HTML."""
    rows = work.outbox.of_case(case.id)
    return written(services, (r for r in rows if _kind(r) == "question"))


def _kind(row: OutboxRow) -> str:
    return row.effect.letter.kind if isinstance(row.effect, SendLetter) else ""


def written(services: Services, rows: Iterable[OutboxRow]) -> list[str]:
    """Return letters of ours as a reader sees them, in text and from HTML.

    One that left before an older memory was put back bears another case number: both are given.
    """
    found = []
    for row in rows:
        if isinstance(row.effect, SendLetter):
            letter = row.effect.letter
            sent = services.sent.of(row.message_id) if row.message_id else ()
            for case in dict.fromkeys((row.case, *(s.case for s in sent))):
                _, text, html = services.letters.words(letter, case=case, now=row.queued)
                found += [text, _shown(html)]
    return found


@lru_cache(64)
def _shown(html: str) -> str:
    """Return the words of an HTML letter; several readers of one mail ask for the same."""
    return words(html)
