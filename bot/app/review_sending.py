"""A review letter just before it goes: only what is true still, nothing of a protected person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.mime import Attached
from bot.app.overtaking import NotNowError, NotTrueAnyMoreError
from bot.app.services import Services
from bot.domain.letters import Letter
from bot.domain.protection import NEUTRAL
from bot.domain.records import Record
from bot.domain.review_letters import (
    CancellationForm,
    Leaver,
    ReviewAsked,
    ReviewClosed,
    ReviewEcho,
    ReviewEscalated,
    ReviewMoved,
    ReviewPreview,
    ReviewReminded,
    Undone,
)
from bot.domain.reviews import CampaignState, Review
from bot.domain.values import RecordId
from bot.ports.documents import CancellationFacts
from bot.ports.errors import PermanentError
from bot.ports.rows import OutboxRow
from bot.ports.store import Work

_LOOK_AGAIN = timedelta(hours=1)
_ASKING = (ReviewAsked, ReviewReminded, ReviewEscalated)


def current(work: Work, row: OutboxRow, letter: Letter, now: datetime) -> Letter:
    """Return *letter* as it may go now; any letter that is not about a review as it is.

    Raises:
        NotTrueAnyMoreError: nothing is left to ask, or the campaign is over.
        NotNowError: the campaign is paused.
        PermanentError: it is written already, and somebody in it has become protected.
    """
    if isinstance(letter.content, ReviewPreview) and not letter.content.auto:
        _still_to_release(work, row)
    review = work.reviews.get(letter.review) if letter.review is not None else None
    if review is None:
        return letter
    asks = isinstance(letter.content, _ASKING)
    campaign = work.reviews.campaign(review.campaign)
    if asks and campaign is not None and campaign.is_over:
        raise NotTrueAnyMoreError("Behövs inte längre: granskningen är avslutad.")
    if asks and campaign is not None and campaign.state is CampaignState.PAUSED:
        raise NotNowError(now + _LOOK_AGAIN)
    protected = work.records.protected()
    if _rows(review, protected) and work.outbox.raw(row.id):
        raise PermanentError(NEUTRAL)
    return as_it_may_go(letter, review, protected)


def _still_to_release(work: Work, row: OutboxRow) -> None:
    case = work.cases.get(row.case) if row.case is not None else None
    if case is not None and case.closed is not None:
        raise NotTrueAnyMoreError("Behövs inte längre: breven är redan släppta.")


def _rows(review: Review, protected: Collection[Record]) -> frozenset[int]:
    """Return the rows whose persons are protected today."""
    hidden = {r.id for r in protected}
    return frozenset(r.row for r in review.rows if r.record in hidden)


def as_it_may_go(letter: Letter, review: Review, protected: Collection[Record]) -> Letter:
    """Return the letter with only the rows that are open still, and nobody of *protected*.

    Raises:
        NotTrueAnyMoreError: nothing is left to ask.
        PermanentError: it is about a protected person and nobody else.
    """
    content, hidden = letter.content, _rows(review, protected)
    if not isinstance(content, _ASKING):
        return _silenced(letter, hidden, protected) if protected else letter
    wanted = {r.row for r in review.open_rows()} - hidden
    left = tuple(r for r in content.rows if r.row in wanted)
    if not left:
        raise NotTrueAnyMoreError("Behövs inte längre: alla rader är besvarade.")
    if isinstance(content, ReviewAsked):
        gone = _silent(content.gone, protected)
        return replace(letter, content=replace(content, rows=left, gone=gone))
    return replace(letter, content=replace(content, rows=left))


def _silenced(letter: Letter, hidden: Collection[int], protected: Collection[Record]) -> Letter:
    content, names = letter.content, {_name(r) for r in protected}
    match content:
        case ReviewEcho():
            content = replace(
                content, taken=tuple(r for r in content.taken if r.row not in hidden),
                open=tuple(r for r in content.open if r.row not in hidden),
                notes=_silent(content.notes, protected), unread=_silent(content.unread, protected),
            )  # fmt: skip
        case Undone(moved=name) | ReviewMoved(name=name) if name in names:
            raise PermanentError(NEUTRAL)
        case Undone():
            content = replace(
                content, rows=tuple(r for r in content.rows if r.row not in hidden),
                clerk=_silent(content.clerk, protected),
            )  # fmt: skip
        case CancellationForm():
            records = {r.id for r in protected}
            people = tuple(p for p in content.people if p.record not in records)
            if not people:
                raise PermanentError(NEUTRAL)
            content = replace(content, people=people)
        case _:
            return letter
    return replace(letter, content=content)


def _name(record: Record) -> str:
    return f"{record.entry.given_name or ''} {record.entry.surname}".strip()


def _silent(lines: Collection[str], protected: Collection[Record]) -> tuple[str, ...]:
    """Return the lines that name no protected person."""
    names = {_name(r) for r in protected}
    return tuple(line for line in lines if not any(name in line for name in names))


def papers(services: Services, work: Work, row: OutboxRow, letter: Letter) -> tuple[Attached, ...]:
    """Return the prefilled forms that go with a letter (S3), or the closing report."""
    content = letter.content
    if isinstance(content, ReviewClosed):
        return _report(work, row, content)
    if not isinstance(content, CancellationForm):
        return ()
    review = work.reviews.get(letter.review) if letter.review is not None else None
    found = []
    for leaver in content.people:
        record = work.records.by_id(RecordId(leaver.record))
        if record is None or record.entry.protected:
            raise PermanentError(NEUTRAL)
        facts = _facts(leaver, record, review)
        found.append(Attached(leaver.file, services.documents.cancellation(facts)))
    return tuple(found)


def _report(work: Work, row: OutboxRow, content: ReviewClosed) -> tuple[Attached, ...]:
    kept = work.archive.of_case(row.case) if row.case is not None else ()
    found = {r.name: r.sha256 for r in kept if r.name in content.files}
    return tuple(Attached(name, work.archive.content(sha)) for name, sha in found.items())


def _facts(leaver: Leaver, record: Record, review: Review | None) -> CancellationFacts:
    entry = record.entry
    return CancellationFacts(
        handle=leaver.handle, given_name=entry.given_name or "", surname=entry.surname,
        unit=entry.unit or "", manager_name=review.name if review is not None else "",
        middle_name=entry.middle_name or "", title=entry.title or "", mail=entry.mail or "",
        phone=entry.phone or "", hsa_id=entry.hsa_id or "", last_day=leaver.last_day,
        manager_mail=review.mail if review is not None else record.manager_mail,
        unit_id=entry.unit_id or "",
    )  # fmt: skip
