"""A review's own work: a clerk's release, an answer that is held, a lost letter. Looks up only."""

from __future__ import annotations

from dataclasses import replace

from bot.app.review_facts import bare, desk, row_facts
from bot.app.services import Services
from bot.app.understanding import written
from bot.domain.answering import Context
from bot.domain.cases import Case, Kind
from bot.domain.effects import SendLetter
from bot.domain.events import CaseEvent, LetterFailed
from bot.domain.review_facts import ReleaseMail, ReviewFacts
from bot.domain.review_following import ABOUT_ROWS
from bot.domain.reviews import Campaign, ReviewRow
from bot.domain.triage import Machine, MailSeen
from bot.domain.values import LetterId, address_key
from bot.ports.store import Work
from parsers.answers.fresh import fresh
from parsers.answers.releases import says_go
from parsers.reading import MailReading


def release_of(
    services: Services, work: Work, reading: MailReading, seen: MailSeen, context: Context
) -> ReleaseMail | None:
    """Return a clerk's reply to a preview; None for any other mail."""
    letter = work.outbox.answered_by(seen.threads) if seen.threads else None
    effect = letter.effect if letter is not None else None
    staff = {address_key(a) for a in services.policy.staff}
    if letter is None or not isinstance(effect, SendLetter) or seen.machine is not Machine.NO:
        return None
    known = context.authenticated and address_key(seen.sender) in staff
    case = work.cases.get(letter.case) if letter.case is not None else None
    campaign = campaign_of(work, case)
    if not known or case is None or campaign is None or effect.letter.kind != "review_preview":
        return None
    names = (reading.mail.sender_name,)
    go = says_go(fresh(reading.mail.text, written(services, (letter,)), names))
    return ReleaseMail(campaign, case, services.policy, go)


def campaign_of(work: Work, case: Case | None) -> Campaign | None:
    """Return the campaign that a clerk's yes would let go."""
    if case is None or case.kind is not Kind.RELEASE or case.campaign is None:
        return None
    return work.reviews.campaign(case.campaign)


def _review_of(services: Services, work: Work, letter: LetterId) -> ReviewFacts | None:
    row = work.outbox.get(letter)
    effect = row.effect if row is not None else None
    about = effect.letter.review if isinstance(effect, SendLetter) else None
    review = work.reviews.get(about) if about is not None else None
    campaign = work.reviews.campaign(review.campaign) if review is not None else None
    if review is None or campaign is None:
        return None
    return bare(services, review, campaign)


def of_event(
    services: Services, work: Work, case: Case | None, event: CaseEvent
) -> ReviewFacts | None:
    """Return the review whose answer the brake holds, or whose letter did not arrive."""
    if isinstance(event, LetterFailed):
        return _review_of(services, work, event.letter)
    if case is None or case.kind not in ABOUT_ROWS or case.review is None:
        return None
    review = work.reviews.get(case.review)
    campaign = work.reviews.campaign(review.campaign) if review is not None else None
    if review is None or campaign is None:
        return None
    rows = {
        r.row: row_facts(services, work, r, r.answer, changes=True)
        for r in review.rows if _concerned(r, case)
    }  # fmt: skip
    return replace(bare(services, review, campaign), rows=rows, desk=desk(work, review))


def _concerned(row: ReviewRow, case: Case) -> bool:
    """Tell whether a row led to *case*, is about its person, or is held by it."""
    if row.case == case.id or (case.record is not None and row.record == case.record):
        return True
    return case.kind is Kind.BRAKE and row.via is not None and row.via == case.origin.mail
