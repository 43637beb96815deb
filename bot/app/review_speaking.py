"""Whose word an answer to a review is, and what came with it. Looks up; decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.app.services import Services
from bot.domain.answering import Context
from bot.domain.review_facts import ReviewSpeaker
from bot.domain.review_lists import manager_in_force
from bot.domain.reviews import Review, ReviewStatus
from bot.domain.triage import Machine, MailSeen
from bot.domain.values import address_key, name_key
from bot.ports.store import Work
from parsers.answers.fresh import fresh
from parsers.reading import MailReading

_POINTS = re.compile(
    r"\b(?:bifog\w*|bilag\w*|attach\w*|enclosed|se (?:fil|lista)n?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Speaking:
    """The sender's role, the units that it covers (None: all), the names in the register."""

    role: ReviewSpeaker
    units: frozenset[str] | None = None
    names: tuple[str, ...] = ()


def speaker(
    services: Services, work: Work, review: Review, seen: MailSeen, context: Context
) -> Speaking:
    """Return whose word it is, by an address that a server we trust vouches for.

    Authority holds on the mail's own date (domain §4): who manages a unit no more speaks for it no
    more, unless a clerk has given the review to that address.
    """
    who, on = address_key(seen.sender), seen.sent_on
    if not context.authenticated or not who:
        return Speaking(ReviewSpeaker.OTHER)
    entries = work.managers.by_mail(who)
    names = tuple(e.name for e in entries if address_key(e.mail) == who)
    if who in {address_key(a) for a in services.policy.staff}:
        return Speaking(ReviewSpeaker.STAFF, names=names)
    if review.before and who == address_key(review.mail):
        return Speaking(ReviewSpeaker.REVIEWER, names=names)
    if review.status is ReviewStatus.ESCALATED and who == address_key(review.superior):
        return Speaking(ReviewSpeaker.SUPERIOR, names=names)
    own = {e.unit_id for e in entries if e.manages(who, on) or e.deputises(who, on)}
    if who == address_key(review.mail):
        own |= _asked_for(work, review, who, on)
    theirs = frozenset({r.unit_id for r in review.rows} & own)
    return Speaking(ReviewSpeaker.REVIEWER if theirs else ReviewSpeaker.OTHER, theirs, names)


def _asked_for(work: Work, review: Review, who: str, on: date) -> set[str]:
    """Return the units that whoever was asked speaks for still: nobody else has come there."""
    found = set()
    for unit in {r.unit_id for r in review.rows}:
        rows = [e for e in work.managers.by_unit(name_key(unit)) if e.unit_id == unit]
        chief = manager_in_force(rows, on)
        above = chief is not None and address_key(chief.superior_mail or "") == who
        if chief is None or above:
            found.add(unit)
    return found


def lost(work: Work, review: Review, on: date) -> frozenset[str]:
    """Return the units that others manage now; none where a clerk gave the review on by hand."""
    who = address_key(review.mail)
    if not who or review.before:
        return frozenset()
    entries = work.managers.by_mail(who)
    own = {e.unit_id for e in entries if e.manages(who, on)} | _asked_for(work, review, who, on)
    return frozenset({r.unit_id for r in review.open_rows()} - own)


def attached(
    reading: MailReading, seen: MailSeen, letters: Sequence[str]
) -> tuple[bool, bool]:  # fmt: skip
    """Tell whether the new words point at an attachment, and whether a file came; not of forms."""
    if any(d.forms for d in seen.documents) or seen.machine is not Machine.NO:
        return False, False
    files = [a for a in reading.mail.attachments if not a.media.startswith("image/")]
    pieces = fresh(reading.mail.text, letters, (reading.mail.sender_name,))
    said = any(_POINTS.search(line) for p in pieces if not p.foreign for line in p.lines)
    return said, bool(files)
