"""A decision into the memory: records, cards, cases, effects, log, in one transaction. Only order.

The keys of effects come from what they hang on, its version and their place: the same decision
can't be committed twice, and a letter that goes twice bears the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Origin, Priority, Reason, Stage, Status
from bot.domain.decision import CardStep, Decision, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.letters import AT_ONCE
from bot.domain.records import Record
from bot.domain.retention import Archived
from bot.domain.reviews import ON_DESK, Campaign, CampaignState, Review
from bot.domain.values import CardId, CaseId, LetterId
from bot.ports.card_tables import ArchiveRow
from bot.ports.errors import ConflictError
from bot.ports.rows import RowState
from bot.ports.store import Work

_FIRST = timedelta(days=1)  # so much earlier due: before everything that waits
_SOON = timedelta(seconds=1)
_ORDERS = frozenset({Kind.CARD_ORDER, Kind.RESERVE_ORDER})


def commit(work: Work, decision: Decision, *, now: datetime, actor: str) -> None:
    """Save everything that *decision* holds."""
    for record in decision.records:
        saved = work.records.save(record)
        work.audit.add(actor, "record_saved", f"P-{saved.id}", saved.status.value, now)
        cover(work, saved)
    for card in decision.cards:
        save_card(work, card, case=None, now=now, actor=actor)
    for step in decision.steps:
        save_step(work, step, parent=None, now=now, actor=actor)
    for review in decision.reviews:
        save_review(work, review, now=now, actor=actor)
    for campaign in decision.campaigns:
        save_campaign(work, campaign, now=now, actor=actor)
    for number in decision.withdrawn:
        _withdraw(work, number, now=now, actor=actor)
    for blank in decision.blanks:
        work.blanks.take(blank, "in_stock")


def _withdraw(work: Work, number: LetterId, *, now: datetime, actor: str) -> None:
    """Let a letter or a write be that waits to go; one that has gone meanwhile is left."""
    row = work.outbox.get(number)
    if row is None or row.state is not RowState.QUEUED:
        raise ConflictError(f"B-{number} has gone meanwhile")
    work.outbox.save(replace(row, state=RowState.WITHDRAWN, error="Ångrat av en handläggare."))
    work.audit.add(actor, "letter_withdrawn", f"B-{number}", row.effect.kind, now)


def cover(work: Work, record: Record) -> None:
    """Take the name off the cards of a person who is protected; a flag is never taken back."""
    if not record.entry.protected:
        return
    for card in work.cards.of_person(record.entry.person_id):
        if not card.holder.protected:
            work.cards.save(replace(card, holder=replace(card.holder, protected=True)))


def save_step(
    work: Work, step: Step, *, parent: CaseId | None, now: datetime, actor: str,
    card: CardId | None = None,
) -> Case:  # fmt: skip
    """Save a case with its files, its effects, its cards, and the cases that hang on it."""
    case = step.case
    case = replace(case, parent=case.parent or parent, card=case.card or card)
    if case.status is Status.DONE and case.closed is None:
        case = replace(case, closed=now)
    case = work.cases.save(case)
    for name, content in step.files:
        work.keep(case.id, name, content)
    _keep(work, step.archive, now=now, actor=actor, case=case, card=None)
    _queue(work, step.effects, f"{case.id}/{case.version}", case.id, now=now, actor=actor)
    detail = f"{case.kind.value} → {case.stage.value}: {case.why.rule}"
    work.audit.add(actor, "case_saved", case.handle, detail, now)
    asked = case.id if case.kind in _ORDERS else None
    for own in step.cards:
        save_card(work, own, case=asked, now=now, actor=actor, thread=case.id)
    for child in step.children:
        save_step(work, child, parent=case.id, now=now, actor=actor)
    return case


def save_review(work: Work, step: ReviewStep, *, now: datetime, actor: str) -> Review:
    """Save a review after the work that its rows led to, each row with its case."""
    review = step.review
    for number, own in step.works:
        case = save_step(work, _of_review(own, review), parent=None, now=now, actor=actor)
        if number is not None:
            row = next(r for r in review.rows if r.row == number)
            review = review.with_rows((replace(row, case=case.id),))
        elif case.why.rule in ON_DESK and case.id not in review.desk:
            review = replace(review, desk=(*review.desk, case.id))
    for card in step.cards:
        save_card(work, card, case=None, now=now, actor=actor)
    saved = work.reviews.save(review)
    effects = tuple(_about_review(e, saved) for e in step.effects)
    key, before = f"{saved.handle}/{saved.version}", now - _SOON  # the receipt before its papers
    _queue(work, effects, key, None, now=now, actor=actor, due=before)
    work.audit.add(actor, "review_saved", saved.handle, f"{saved.status.value}: {step.said}", now)
    return saved


def save_campaign(work: Work, campaign: Campaign, *, now: datetime, actor: str) -> Campaign:
    """Save a campaign; one that is let go, or closed, takes its reviews along."""
    saved = work.reviews.save_campaign(campaign)
    if saved.state is CampaignState.RUNNING and campaign.started is None:
        work.reviews.release(saved.id, saved.send_on)
        saved = work.reviews.save_campaign(replace(saved, started=saved.send_on))
    if saved.state is CampaignState.CLOSED:
        work.reviews.close(saved.id)
    work.audit.add(actor, "campaign_saved", saved.name, saved.state.value, now)
    return saved


def _of_review(step: Step, review: Review) -> Step:
    """Return the work with its letters threaded to the review: «ÅNGRA» finds it from any."""
    effects = tuple(_about_review(e, review) for e in step.effects)
    return replace(step, effects=effects)


def _about_review(effect: Effect, review: Review) -> Effect:
    if not isinstance(effect, SendLetter) or not review.id:
        return effect
    return replace(effect, letter=replace(effect.letter, review=review.id))


def save_card(
    work: Work, step: CardStep, *, case: CaseId | None, now: datetime, actor: str,
    thread: CaseId | None = None,
) -> Card:  # fmt: skip
    """Save a card with its effects and the work that hangs on it.

    *case* is the order that asks for it; *thread* the case whose letters these are.
    """
    card = work.cards.save(replace(step.card, case=step.card.case or case))
    effects = tuple(_about(e, card.id) for e in step.effects)
    key = f"{card.handle}/{card.version}"
    _queue(work, effects, key, thread or card.case, now=now, actor=actor)
    _keep(work, step.archive, now=now, actor=actor, case=None, card=card)
    detail = f"{card.kind.value} → {card.status.value}: {step.said or 'saved'}"
    work.audit.add(actor, "card_saved", card.handle, detail, now)
    for child in step.works:
        kind_of_order = child.case.id == card.case and card.case is not None
        about = None if kind_of_order else card.id
        save_step(work, child, parent=card.case, now=now, actor=actor, card=about)
    return card


def _about(effect: Effect, card: CardId) -> Effect:
    if not isinstance(effect, SendLetter):
        return effect
    return replace(effect, letter=replace(effect.letter, card=card))


def _queue(
    work: Work, effects: Iterable[Effect], key: str, case: CaseId | None, *, now: datetime,
    actor: str, due: datetime | None = None,
) -> None:  # fmt: skip
    for place, effect in enumerate(effects):
        urgent = isinstance(effect, SendLetter) and effect.letter.kind in AT_ONCE
        at = now - _FIRST if urgent else due or now
        number = work.outbox.put(effect, f"{key}/{place}", case=case, now=now, due=at)
        match effect:
            case SendLetter(letter=letter):
                work.audit.add(actor, "letter_queued", f"B-{number}", letter.kind, now)
            case WriteRecord(change=change):
                work.audit.add(actor, "write_queued", f"K-{case}", change.action.value, now)


def _keep(
    work: Work, things: Iterable[Archived], *, now: datetime, actor: str, case: Case | None,
    card: Card | None,
) -> None:  # fmt: skip
    """Keep for years what the retention plan says."""
    for thing in things:
        row = ArchiveRow(
            0, "", thing.name, thing.kind, case.id if case is not None else None,
            card.id if card is not None else None, now, thing.keep_until, thing.reference,
        )  # fmt: skip
        sha = work.archive.put(thing.content, row)
        ref = case.handle if case is not None else card.handle if card is not None else "arkiv"
        work.audit.add(actor, "archived", ref, f"{thing.kind} {sha[:12]}", now)


def trouble(
    work: Work, what: str, error: Exception, now: datetime, origin: Origin | None = None
) -> None:
    """Set something aside that failed: staff are told, urgently."""
    case = Case(
        kind=Kind.TROUBLE,
        stage=Stage.STAFF,
        priority=Priority.URGENT,
        title=f"{what} har lagts åt sidan",
        why=Reason("stuck", f"Det gick inte att behandla ({type(error).__name__}).", "D"),
        opened=now,
        origin=origin or Origin(),
    )
    save_step(work, Step(case), parent=None, now=now, actor="bot")
