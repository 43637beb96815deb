"""What follows from what was done: the catalogue has answered, a clerk has decided, a day passed.

Decides nothing about new mail: ``inbound`` does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain import amending, card_queue, drift_cases, review_following
from bot.domain.act_undoing import decide_undo
from bot.domain.answering import reply
from bot.domain.card_facts import has_ended
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.confirming import confirm
from bot.domain.decision import Decision, IllegalStepError, Step
from bot.domain.desk import decide_desk
from bot.domain.effects import Effect, WriteRecord
from bot.domain.event_facts import EventFacts
from bot.domain.events import (
    CaseEvent,
    LetterFailed,
    RecordWritten,
    StaffAsked,
    StaffCorrected,
    StaffDone,
    StaffNoted,
    StaffRejected,
    StaffReported,
    StaffTook,
    StaffUndone,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.forms import How
from bot.domain.guards import GONE
from bot.domain.letters import Rejected
from bot.domain.ordering import carry_out
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Record, Status
from bot.domain.replying import carry_on, corrected
from bot.domain.review_mails import bounced
from bot.domain.reviews import CampaignState
from bot.domain.troubles import undelivered
from bot.domain.values import masked
from bot.domain.writes import conflicted, decision, stopped_write, written


def decide_event(event: CaseEvent, facts: EventFacts) -> Decision:
    """Return what *event* leads to.

    Raises:
        IllegalStepError: a clerk asked for something that the case's state forbids.
    """
    if facts.case is not None and any(c.protected for c in facts.others):
        facts = replace(facts, case=replace(facts.case, protected=True))
    if isinstance(event, RecordWritten | WriteConflicted | WriteRefused | LetterFailed):
        return _outside(event, facts)
    match event:
        case StaffDone():
            return _done(event, facts)
        case StaffRejected():
            return _rejected(event, facts)
        case StaffUndone():
            return decide_undo(event, facts)
        case StaffNoted() | StaffTook() | StaffAsked() | StaffReported():
            return decide_desk(event, facts)
        case StaffCorrected():
            return _corrected(event, facts)
        case _:
            assert_never(event)


def _outside(
    event: RecordWritten | WriteConflicted | WriteRefused | LetterFailed, facts: EventFacts
) -> Decision:
    """Return what the catalogue's or the mail server's answer leads to."""
    match event:
        case RecordWritten():
            return written(event, facts)
        case WriteConflicted():
            return conflicted(event, facts)
        case WriteRefused(reason=reason):
            return stopped_write(
                facts, Reason("refused", f"Katalogen tog inte emot: {masked(reason)}", "D")
            )
        case LetterFailed():
            lost = undelivered(event, facts.case, facts.card, facts.now)
            return replace(lost, reviews=bounced(facts.review))


def _done(event: StaffDone, facts: EventFacts) -> Decision:
    case = _open(facts)
    why = f" {masked(event.why)}" if event.why else ""
    if case.approvable and case.order is not None:
        return _approved(case, case.order, Reason("staff", f"Godkänt av {event.by}.{why}", "D"),
                         facts)  # fmt: skip
    reason = Reason("staff", f"Avslutat av {event.by}.{why}", "D")
    if case.kind is Kind.DRIFT:
        return drift_cases.done(case, facts, reason)
    of_review = _of_review(case, event, facts)
    if of_review is not None:
        return of_review
    _all_cards_seen_to(case, facts)
    if case.kind in card_queue.KINDS and facts.card is not None:
        settled = card_queue.done(case, event.by, reason, facts.card)
        if settled is not None:
            return settled
    steps = [Step(replace(case, stage=Stage.CONFIRMED, why=reason, closed=facts.now))]
    parent = facts.parent
    if (
        case.kind is Kind.BY_HAND
        and case.plan is not None  # the catalogue shows what the clerk made: the write finds it
        and parent is not None
        and parent.stage is Stage.APPROVED
    ):
        return decision(reason, *steps, Step(parent, (WriteRecord(case.plan, ""),)))
    if (
        case.kind is Kind.BY_HAND
        and parent is not None
        and parent.kind is Kind.RENEWAL
        and parent.stage is Stage.APPROVED
    ):
        steps.append(Step(replace(parent, stage=Stage.CONFIRMED, why=reason)))
    if (
        case.kind is Kind.BY_HAND
        and parent is not None
        and parent.order is not None
        and parent.stage is Stage.APPROVED
    ):
        steps.append(confirm(parent, parent.order, facts.person(facts.record)))
    records = _cards(case, facts.record)
    return decision(reason, *steps, records=records)


def _of_review(case: Case, event: StaffDone, facts: EventFacts) -> Decision | None:
    """Return what a clerk's yes to a review's own work leads to; None for other work."""
    reason = Reason("staff", f"Släppt av {event.by}.", "D")
    if case.kind is Kind.RELEASE and facts.campaign is not None:
        if facts.campaign.state is not CampaignState.PREPARED:
            return None
        return review_following.let_go(
            case, facts.campaign, facts.policy, by=event.by, now=facts.now, reason=reason
        )
    if case.kind is Kind.BRAKE and facts.review is not None:
        return review_following.unbraked(case, facts.review, reason)
    _not_by_hand(case)
    if case.kind is Kind.RENEWAL and case.approvable:
        return review_following.approved(case, reason)
    return None


def _not_by_hand(case: Case) -> None:
    """Let only named staff close what is reviewed by hand."""
    if case.kind is Kind.REVIEW_MANUAL:
        raise IllegalStepError(
            f"{case.handle} granskas för hand. Särskild handläggare svarar med "
            f"”ekbot review manual {case.handle} --answer …”."
        )


def _all_cards_seen_to(case: Case, facts: EventFacts) -> None:
    left = card_queue.unfinished(case, facts.cards, ended=has_ended(facts.record))
    if left:
        raise IllegalStepError(left)


def _approved(case: Case, order: Order, reason: Reason, facts: EventFacts) -> Decision:
    """Carry out what a clerk has released, on what the record holds today."""
    record = facts.record
    if order.action is not OrderAction.NEW and (record is None or record.status in GONE):
        raise IllegalStepError(
            f"Personen i {case.handle} finns inte längre i katalogen. Avslå ärendet: "
            f"”ekbot case reject {case.id} --why …”."
        )
    step = carry_out(replace(case, why=reason), order, record, facts.today)
    return decision(reason, replace(step, case=replace(step.case, why=reason)))


def _corrected(event: StaffCorrected, facts: EventFacts) -> Decision:
    """Judge the form anew with a clerk's values in it; what is still open stays with the clerk."""
    done = facts.case
    if done is not None and done.stage is Stage.CONFIRMED and done.order is not None:
        return amending.amend(event, done, facts)
    case = _open(facts)
    if case.reading is None or facts.form is None or facts.context is None:
        raise IllegalStepError(f"{case.handle} har ingen läst blankett att rätta.")
    step = carry_on(corrected(case, event), facts.form, facts.context, by=How.STAFF, before=case)
    step = amending.still_prepared(step, facts) if case.approvable else step
    return decision(step.case.why, step)


def _cards(case: Case, record: Record | None) -> tuple[Record, ...]:
    """Cards first, then the record (domain fact): it closes once it has ended and all are back."""
    if record is None:
        return ()
    match case.kind:
        case Kind.CARD_RETURN:
            status = Status.CLOSED if record.status is Status.ENDED else record.status
            return (replace(record, status=status, cards_back=True),)
        case Kind.CARD_ORDER | Kind.RESERVE_ORDER:
            return (replace(record, cards_back=False),)
        case _:
            return ()


def _rejected(event: StaffRejected, facts: EventFacts) -> Decision:
    case = _open(facts, or_planned=True)
    _not_by_hand(case)
    if case.kind is Kind.BY_HAND:
        raise IllegalStepError(
            f"{case.handle} är en skrivning som redan är beslutad. Gör den och skriv "
            f"”case done {case.id}”, eller ändra med en ny blankett."
        )
    stays = facts.record is not None and facts.record.status in (Status.ACTIVE, Status.PLANNED)
    if case.kind is Kind.CARD_RETURN and not stays:
        raise IllegalStepError(
            f"{case.handle} kan inte avslås: korten ska tillbaka innan posten stängs. Har personen "
            f"inget kort, eller är det redan återlämnat? Skriv ”case done {case.id}”."
        )
    why = masked(event.why)
    reason = Reason("staff", f"Avslaget av {event.by}: {why}", "D")
    if case.kind in review_following.OF_ROWS and facts.review is not None:
        return review_following.refused(case, facts.review, reason)
    refused = replace(
        case, stage=Stage.REJECTED, why=reason, closed=facts.now, approvable=False, not_before=None
    )
    if case.kind in card_queue.KINDS and facts.card is not None:
        settled = card_queue.rejected(case, reason, facts.card)
        if settled is not None:
            return settled
    effects: tuple[Effect, ...] = ()
    if case.kind is Kind.RENEWAL and facts.review is not None:
        effects = review_following.not_approved(case, facts.review, why)
    if case.origin.answerable and case.kind in (Kind.NEW, Kind.CHANGE, Kind.CANCEL, Kind.SCAN):
        advice = "Skicka en ny blankett när det är rättat, eller svara på det här mejlet."
        effects = (reply(refused, Rejected(case.origin.file, why, advice)),)
    return decision(reason, Step(refused, effects))


def _open(facts: EventFacts, *, or_planned: bool = False) -> Case:
    """Return the case when a clerk may act on it; *or_planned* also one that waits for its day."""
    case = facts.case
    if case is None:
        raise IllegalStepError("Det finns inget ärende med det numret.")
    planned = or_planned and case.stage is Stage.APPROVED and case.not_before is not None
    waits = case.stage is Stage.WAITS  # for a card: the clerk may have it now
    if case.stage not in (Stage.STAFF, Stage.ASKED) and not planned and not waits:
        raise IllegalStepError(
            f"{case.handle} är inte hos en handläggare just nu ({case.status}). "
            f"Se ”ekbot case show {case.id}”."
        )
    return case
