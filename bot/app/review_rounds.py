"""The clock's inlet for reviews: the quarter, the letters, reminders, the end. Only order."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime

from bot.app import review_closing, review_facts, review_preparing, review_selftest, review_speaking
from bot.app.commit import commit, save_campaign, save_step, trouble
from bot.app.services import Services
from bot.domain.cases import Reason
from bot.domain.decision import Decision, Step
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.protection import gate
from bot.domain.review_chase import (
    FIRST,
    decide_review_day,
    release_case,
    release_done,
    released,
)
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_letters import PreviewRow, ReviewPreview
from bot.domain.reviews import Campaign, CampaignState, Review
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, PersonId, ReviewId
from bot.ports.errors import ConflictError, NeedsOperatorError, TransientError
from bot.ports.store import Work

log = logging.getLogger(__name__)

BATCH = 200
_START = (date(1900, 1, 1), ReviewId(0))
_LATE = 30  # days after the letters' day in which a quarter may still begin by itself
_SHOWN = 40  # managers in the preview's mail; the command shows all


def run(services: Services, day: date, now: datetime) -> int:
    """Begin the quarter, ask, remind, close: whatever has come due."""
    done = _quarter(services, day, now)
    done += _prepared(services, now)
    done += chase(services, day, now)
    done += review_closing.close_due(services, day, now)
    return done


def _quarter(services: Services, day: date, now: datetime) -> int:
    """Begin the quarter's campaign on its preview's day, once; late after an outage."""
    rules, days = services.policy.review, services.working_days
    if not rules.by_calendar:
        return 0
    for month in rules.months:
        for year in (day.year, day.year - 1):
            send_on = rules.send_day(year, month, days)
            if not rules.preview_day(year, month, days) <= day or (day - send_on).days > _LATE:
                continue
            with services.store.begin() as work:
                nobody = not work.managers.source() or not work.records.units()
                if nobody or not work.runs.begin("review", f"{year}-{month:02d}", now):
                    continue
                if review_preparing.may_begin(work):
                    _busy(work, now, quarter(year, month))
                    continue
                late = rules.open_from(max(send_on, day), days)
                review_preparing.begin(work, quarter(year, month), late, now)
                return 1
    return 0


def quarter(year: int, month: int) -> str:
    """Return the name of a campaign: 2026-Q4."""
    return f"{year}-Q{(month + 2) // 3}"


def _busy(work: Work, now: datetime, name: str) -> None:
    error = RuntimeError("another campaign runs")
    trouble(work, f"Granskningen {name} kunde inte börja: en annan pågår. Den", error, now)


def _prepared(services: Services, now: datetime) -> int:
    """Freeze the lists of what has begun, and show them to staff."""
    with services.store.begin() as work:
        waiting = [c for c in work.reviews.campaigns() if c.state is CampaignState.PREPARING]
    done = 0
    for campaign in waiting:
        try:
            prepare(services, campaign, now)
        except ConflictError:  # a clerk's command was quicker; what is left is done next time
            log.warning("campaign waits", extra={"action": "waits", "step": campaign.name})
            continue
        done += 1
    return done


def prepare(services: Services, campaign: Campaign, now: datetime) -> Campaign:
    """Freeze the campaign's lists; staff get the preview, or the letters go by themselves."""
    persons = managers = 0
    shown: list[PreviewRow] = []
    missing: list[PreviewRow] = []
    for review in review_preparing.freeze(services, campaign):
        persons += len(review.rows)
        managers += bool(review.mail)
        if review.mail:
            shown.append(preview_row(review))
            shown = sorted(shown, key=lambda r: (not r.note, r.name))[:_SHOWN]
        else:
            missing.append(preview_row(review))
    with services.store.begin() as work:
        hidden = review_preparing.by_hand(services, work, campaign, now)
        ready = replace(campaign, state=CampaignState.PREPARED, protected=hidden)
        case = save_step(
            work, Step(release_case(ready, now, persons, managers)), parent=None, now=now,
            actor="bot",
        )  # fmt: skip
        ready = replace(ready, case=case.id)
        auto = not services.policy.review.needs_release
        content = ReviewPreview(
            campaign.name, campaign.send_on, persons, managers, tuple(shown), tuple(missing),
            hidden, max(0, managers - len(shown)), auto,
        )  # fmt: skip
        if services.facts.staff:
            _queue(work, Letter(services.facts.staff, content), campaign, case.id, now)
        if auto:
            return release(services, work, ready, by="kalendern", now=now)
        return save_campaign(work, ready, now=now, actor="bot")


def preview_row(review: Review) -> PreviewRow:
    """Return a manager's line of the preview."""
    units = tuple(sorted({r.unit for r in review.rows if r.unit}))
    note = f"går även till ersättaren {review.deputy}" if review.deputy else ""
    return PreviewRow(review.handle, review.name, review.mail, len(review.rows), units, note)


def _queue(work: Work, letter: Letter, campaign: Campaign, case: CaseId, now: datetime) -> None:
    key = f"{letter.kind}/{campaign.name}"
    number = work.outbox.put(SendLetter(letter), key, case=case, now=now, due=now)
    work.audit.add("bot", "letter_queued", f"B-{number}", letter.kind, now)


def release(
    services: Services, work: Work, campaign: Campaign, *, by: str, now: datetime
) -> Campaign:  # fmt: skip
    """Let the letters go; the work item of the release is done with it."""
    from_now = released(campaign, services.policy, by=by, now=now)
    case = work.cases.get(campaign.case) if campaign.case is not None else None
    if case is not None and case.closed is None:
        why = Reason("released", f"Släppt av {by}.", "S2")
        save_step(work, release_done(case, why), parent=None, now=now, actor=by)
    return save_campaign(work, from_now, now=now, actor=by)


def chase(services: Services, day: date, now: datetime) -> int:
    """Let every review whose day has come act; the others are not touched."""
    count, after = 0, _START
    while True:
        with services.store.begin() as work:
            reviews = work.reviews.due(day, after, BATCH)
        for review in reviews:
            count += _guarded(services, review, now)
        if len(reviews) < BATCH:
            return count
        last = reviews[-1]
        after = (last.next_on or day, last.id)


def _guarded(services: Services, review: Review, now: datetime) -> int:
    try:
        with services.store.begin() as work:
            fresh = work.reviews.get(review.id)
            if fresh is None or fresh.version != review.version:
                return 0
            return _one(services, work, fresh, now)
    except (TransientError, NeedsOperatorError):
        raise
    except Exception as error:
        log.exception("review failed", extra={"action": "review_failed", "review": review.id})
        with services.store.begin() as work:
            if work.runs.begin(f"review_failed/{review.handle}", f"{now.date()}", now):
                trouble(work, f"Granskningen {review.handle}", error, now)
        return 0


def _one(services: Services, work: Work, review: Review, now: datetime) -> int:
    campaign = work.reviews.campaign(review.campaign)
    if campaign is None:
        return 0
    facts = day_facts(services, work, review, campaign)
    if review.began is None and services.selftest:
        facts = replace(facts, fault=review_selftest.fault(services, facts))
    step = decide_review_day(facts)
    if step.review == review and not step.effects and not step.works:
        return 0
    why = Reason("review_day", "Granskningens dag har kommit.", "S2")
    hidden = {k.record.entry.person_id for k in facts.rows.values() if k.record and k.hidden}
    decision = Decision(Outcome.APPLIED, why, reviews=(step,))
    commit(work, gate(decision, frozenset[PersonId](hidden)), now=now, actor="bot")
    return 1


def day_facts(
    services: Services, work: Work, review: Review, campaign: Campaign
) -> ReviewFacts:  # fmt: skip
    """Return the review beside its open rows' records as they stand today."""
    bare = review_facts.bare(services, review, campaign)
    rows = {
        r.row: review_facts.row_facts(services, work, r, r.answer, changes=False)
        for r in review.open_rows()
    }
    reminded = review_facts.reminded(work, review) if review.rung not in ("", FIRST) else 0
    desk = review_facts.desk(work, review)
    lost = review_speaking.lost(work, review, bare.today)
    return replace(bare, rows=rows, desk=desk, reminded=reminded, lost=lost)
