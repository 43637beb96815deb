"""The closing report of a campaign: what an internal audit asks for. Gathers; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from bot.app.review_pages import pages
from bot.app.services import Services
from bot.domain.calendar import start_of
from bot.domain.cases import Case, Kind, Status
from bot.domain.report_words import answer_in_words
from bot.domain.review_letters import Count, PreviewRow, ReviewClosed
from bot.domain.reviews import ESCALATED, Campaign, Review, ReviewRow
from bot.domain.values import RecordId
from bot.ports.review_papers import (
    ReportAbsence,
    ReportCase,
    ReportFailure,
    ReportManager,
    ReportMove,
    ReportRow,
    ReviewReportFacts,
)
from bot.ports.store import Work

_SHOWN = 40  # managers with open rows that the mail names
_KINDS = {
    Kind.RENEWAL: "förlängning", Kind.LEAVER: "avbeställning väntas", Kind.CANCEL: "avbeställning",
    Kind.MOVE: "byter enhet", Kind.BRAKE: "bromsat svar", Kind.REVIEW_MANUAL: "granskas för hand",
}  # fmt: skip
_STATES = {Status.OPEN: "hos handläggare", Status.WAITING: "väntar", Status.DONE: "klart"}


def base(campaign: Campaign) -> str:
    """Return the report's file name without its ending."""
    return f"granskning-{campaign.name}"


def facts(
    services: Services, work: Work, campaign: Campaign, now: datetime
) -> ReviewReportFacts:  # fmt: skip
    """Return everything that the report says; the table's hash is still to be put in."""
    hidden = {r.id for r in work.records.protected()}
    reviews = tuple(pages(work, campaign.id))
    rows = tuple(chain.from_iterable(_rows(r, hidden) for r in reviews))
    lines, head = work.audit.head()
    began = min((r.began for r in reviews if r.began), default=None)
    return ReviewReportFacts(
        office=services.letters.office.name, campaign=campaign.name, prepared=campaign.prepared,
        closed=campaign.closed or now,
        units=len({row.unit_id for r in reviews for row in r.rows}),
        protected=campaign.protected + sum(x.manual for r in reviews for x in r.rows),
        managers=tuple(_manager(work, r) for r in reviews), rows=rows,
        chain_head=head, chain_lines=lines, csv_name=f"{base(campaign)}.csv", csv_hash="",
        released=campaign.released, released_by=campaign.released_by,
        sent=_sent(work, reviews, began),
        failures=tuple(_failure(work, r, now) for r in reviews if r.bounced),
        absences=tuple(_absence(r) for r in reviews if r.absences),
        moves=tuple(m for r in reviews for m in _moves(work, r)),
        cases=tuple(_cases(work, reviews, hidden)),
    )  # fmt: skip


def _sent(work: Work, reviews: tuple[Review, ...], began: date | None) -> datetime | None:
    """Return when the first letter went; the beginning of its day where no letter tells."""
    first = next((r for r in reviews if began is not None and r.began == began), None)
    if first is None or began is None:
        return None
    letters = (x for x in work.outbox.of_review(first.id) if x.sent is not None)
    return min((x.sent for x in letters if x.sent is not None), default=start_of(began))


def summary(found: ReviewReportFacts, files: tuple[str, ...]) -> ReviewClosed:
    """Return the mail to staff that carries the report."""
    counts = tuple(Count(answer_in_words(k), v) for k, v in found.counts().items() if v)
    silent = [m for m in found.managers if m.status != "answered"]
    rows = tuple(PreviewRow("", m.name or m.mail, m.mail, m.open, ()) for m in silent[:_SHOWN])
    return ReviewClosed(found.campaign, counts, rows, max(0, len(silent) - _SHOWN), files)


def _rows(review: Review, hidden: set[RecordId]) -> Iterator[ReportRow]:
    manager = review.name or review.mail or "ingen chef"
    for row in review.rows:
        if row.manual or row.record in hidden:
            continue
        yield ReportRow(
            row.row, row.name, row.unit, manager, row.answer.value, row.title, row.on, row.to,
            row.answered, f"M-{row.via}" if row.via else "", row.words,
            f"K-{row.case}" if row.case else "",
        )  # fmt: skip


def _manager(work: Work, review: Review) -> ReportManager:
    done = [r for r in review.rows if not r.is_open]
    last = max((r.answered for r in done if r.answered), default=None)
    if len(done) == len(review.rows):
        status = "answered"
    elif done:
        status = "partly"
    elif review.bounced:
        status = "failed"
    else:
        status = "absent" if review.absences else "silent"
    escalated = _when(work, review, "escalated") if review.rung == ESCALATED else None
    return ReportManager(
        review.name or review.mail or "ingen chef", review.mail, len(review.rows), status, last,
        _reminders(work, review),
        escalated.date() if escalated is not None else None, len(review.rows) - len(done),
    )  # fmt: skip


def _reminders(work: Work, review: Review) -> int:
    if not review.rung or review.rung == "0":
        return 0
    kinds = (r.effect for r in work.outbox.of_review(review.id))
    return sum(e.kind == "send_letter" and e.letter.kind == "review_reminder" for e in kinds)


def _when(work: Work, review: Review, said: str) -> datetime | None:
    """Return when the log says that something happened to the review."""
    lines = work.audit.of(review.handle)
    return next((x.at for x in reversed(lines) if x.detail.endswith(f": {said}")), None)


def _failure(work: Work, review: Review, now: datetime) -> ReportFailure:
    at = _when(work, review, "bounced") or start_of(review.began or now.date())
    name = review.name or review.mail
    return ReportFailure(name, review.mail, at, "Brevet kom inte fram.", len(review.rows))


def _absence(review: Review) -> ReportAbsence:
    last = review.absences[-1]
    name = review.name or review.mail
    return ReportAbsence(name, review.mail, last.back, last.stand_in, len(review.rows))


def _moves(work: Work, review: Review) -> Iterator[ReportMove]:
    """Yield each time that staff gave the review to somebody else."""
    word = "re-addressed by "
    lines = [x for x in work.audit.of(review.handle) if word in x.detail] if review.before else []
    readers = (*(m or "ingen chef" for m in review.before), review.mail)
    for line, was, now in zip(lines, readers, readers[1:], strict=False):
        yield ReportMove(review.handle, was, now, line.at, line.detail.partition(word)[2])


def _cases(
    work: Work, reviews: tuple[Review, ...], hidden: set[RecordId]
) -> Iterator[ReportCase]:  # fmt: skip
    for review in reviews:
        for row in review.rows:
            case = _case(work, row, hidden)
            if case is not None:
                kind = _KINDS.get(case.kind, "ärende")
                yield ReportCase(case.handle, kind, row.name, row.unit, _STATES[case.status])


def _case(work: Work, row: ReviewRow, hidden: set[RecordId]) -> Case | None:
    if row.case is None or row.manual or row.record in hidden:
        return None
    return work.cases.get(row.case)
