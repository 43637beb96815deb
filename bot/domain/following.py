"""What follows from what was done: the catalogue has answered, a clerk has decided, a day passed.

Decides nothing about new mail: ``inbound`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from bot.domain import card_queue, review_following
from bot.domain.answering import Context, reply
from bot.domain.card_facts import CardFacts, PersonFacts, has_ended
from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.cases import Status as CaseStatus
from bot.domain.confirming import about, confirm
from bot.domain.decision import Decision, IllegalStepError, Policy, Step
from bot.domain.effects import Effect
from bot.domain.entries import status_on
from bot.domain.events import (
    CaseEvent,
    LetterFailed,
    RecordWritten,
    StaffCorrected,
    StaffDone,
    StaffRejected,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.forms import How
from bot.domain.guards import GONE, FormFacts, held
from bot.domain.labels import label
from bot.domain.letters import Rejected
from bot.domain.ordering import carry_out
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Entry, Record, Status
from bot.domain.replying import carry_on, corrected
from bot.domain.review_facts import ReviewFacts
from bot.domain.reviews import Campaign, CampaignState
from bot.domain.triage import Outcome
from bot.domain.troubles import undelivered
from bot.domain.values import RecordId, masked


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the memory says about an event: its case, the case above, the person's record."""

    now: datetime
    today: date
    case: Case | None
    parent: Case | None = None
    record: Record | None = None
    returns_open: bool = False  # a card return of this person is open already
    others: tuple[Case, ...] = ()  # the person's cases that are under way
    form: FormFacts | None = None  # of the case's form as a clerk has corrected it
    context: Context | None = None  # of the mail that the form came in
    policy: Policy = field(default_factory=Policy)
    cards: tuple[Card, ...] = ()  # all of the person's
    card: CardFacts | None = None  # the card that the case is about
    manager: str = ""  # of the person's unit today
    superior: str = ""
    stock_complete: bool = False  # the office has brought in its cards
    campaign: Campaign | None = None  # that the case would let go
    review: ReviewFacts | None = None  # whose answer the case holds

    def person(self, record: Record | None) -> PersonFacts:
        """Return what bears on the person's cards, with *record* as it is now."""
        return PersonFacts(
            self.now, self.today, self.policy, record, self.cards,
            tuple(c for c in self.others if c.status is not CaseStatus.DONE), self.manager,
            self.superior, self.stock_complete,
        )  # fmt: skip


def decide_event(event: CaseEvent, facts: EventFacts) -> Decision:
    """Return what *event* leads to.

    Raises:
        IllegalStepError: a clerk asked for something that the case's state forbids.
    """
    if facts.case is not None and any(c.protected for c in facts.others):
        facts = replace(facts, case=replace(facts.case, protected=True))
    match event:
        case RecordWritten():
            return _written(event, facts)
        case WriteConflicted():
            return _conflicted(event, facts)
        case WriteRefused(reason=reason):
            return _stopped(
                facts, Reason("refused", f"Katalogen tog inte emot: {masked(reason)}", "D")
            )
        case LetterFailed():
            return undelivered(event, facts.case, facts.card, facts.now)
        case StaffDone():
            return _done(event, facts)
        case StaffRejected():
            return _rejected(event, facts)
        case StaffCorrected():
            return _corrected(event, facts)
        case _:
            assert_never(event)


_LATE = Reason("late_write", "Skrivningen hörde till ett avslutat ärende.")


def _decision(reason: Reason, *steps: Step, records: tuple[Record, ...] = ()) -> Decision:
    return Decision(Outcome.APPLIED, reason, steps, records)


def _written(event: RecordWritten, facts: EventFacts) -> Decision:
    case = facts.case
    order = case.order if case is not None else None
    if case is not None and case.kind is Kind.RENEWAL and facts.record is not None:
        if case.stage is not Stage.APPROVED:
            return _decision(_LATE)
        person = facts.person(facts.record)
        return review_following.written(case, event, facts.record, person, facts.today)
    if case is None or order is None or case.stage is not Stage.APPROVED:
        return _decision(_LATE)
    record = _recorded(event.entry, event.version, order, facts)
    protected = case.protected or event.entry.protected  # the catalogue may know more than we
    case = replace(case, plan=event.change, protected=protected)
    rows = _to_type(event)
    if event.by_hand and rows:
        by_hand = Case(
            kind=Kind.BY_HAND, stage=Stage.STAFF, title=f"Skriv in i katalogen: {about(case)}",
            why=Reason("worklist", "Katalogen kan inte skrivas av programmet.", "F"),
            opened=facts.now, origin=case.origin, person=case.person,
            details=rows, parent=case.id,
        )  # fmt: skip
        return _decision(by_hand.why, Step(case, children=(Step(by_hand),)), records=(record,))
    done = confirm(case, order, facts.person(record))
    return _decision(case.why, done, records=(_without_cards(record, done, facts),))


def _without_cards(record: Record, done: Step, facts: EventFacts) -> Record:
    """Return a record that ends, closed where nobody holds a card that would have to come back."""
    over = status_on(record.entry, date.max) is Status.ENDED
    returns = any(c.case.kind is Kind.CARD_RETURN for c in done.children)
    ends = done.case.order is not None and done.case.order.action is OrderAction.CANCEL
    if not (over and ends and facts.stock_complete) or returns:
        return record
    status = Status.CLOSED if record.status is Status.ENDED else record.status
    return replace(record, status=status, cards_back=True)


def _to_type(event: RecordWritten) -> tuple[tuple[str, str], ...]:
    """Everything the clerk must type in; the identity number is shown by the terminal only."""
    rows = [r for r in event.change.differences() if r[0] not in ("person_id", "protected")]
    return tuple((label(n), f"{old} → {new or '–'}" if old else new) for n, old, new in rows)


def _recorded(entry: Entry, version: str, order: Order, facts: EventFacts) -> Record:
    status = status_on(entry, facts.today)
    before = facts.record
    if before is None:
        return Record(RecordId(0), entry, status, order.manager_mail, catalogue_version=version)
    manager = before.manager_mail if order.action is OrderAction.CANCEL else order.manager_mail
    may_hold_card = order.action is OrderAction.NEW or order.card_status is not None
    return replace(
        before, entry=entry, status=status, manager_mail=manager, catalogue_version=version,
        cards_back=before.cards_back and not may_hold_card,
    )  # fmt: skip


def _conflicted(event: WriteConflicted, facts: EventFacts) -> Decision:
    """Give the case to staff, with a new plan on what the catalogue was seen to hold."""
    text = "Katalogen hade ändrats av någon annan. Granska planen och godkänn på nytt."
    reason = Reason("conflict", f"{text} ({masked(event.reason)})", "D")
    case = facts.case
    renews = case is not None and case.kind is Kind.RENEWAL
    if case is None or (case.order is None and not renews) or event.seen is None:
        return _stopped(facts, reason)
    status = status_on(event.seen, facts.today)
    manager = case.order.manager_mail if case.order is not None else ""
    known = facts.record or Record(RecordId(0), event.seen, status, manager)
    record = replace(known, entry=event.seen, status=status, catalogue_version=event.version)
    flagged = replace(case, protected=case.protected or event.seen.protected)
    return _stopped(replace(facts, case=flagged, record=record), reason, records=(record,))


def _stopped(facts: EventFacts, reason: Reason, records: tuple[Record, ...] = ()) -> Decision:
    case = facts.case
    if case is None or case.stage is not Stage.APPROVED:
        return _decision(_LATE)
    if case.kind is Kind.RENEWAL and facts.record is not None:
        seen, version = facts.record.entry, facts.record.catalogue_version
        stopped = review_following.replanned(case, seen, version, reason)
    elif case.order is None:
        stopped = replace(case, stage=Stage.STAFF, why=reason, approvable=False)
    else:
        stopped = held(case, case.order, facts.record, why=reason, today=facts.today)
    return Decision(Outcome.WITH_STAFF, reason, (Step(stopped),), records)


def _done(event: StaffDone, facts: EventFacts) -> Decision:
    case = _open(facts)
    why = f" {masked(event.why)}" if event.why else ""
    if case.approvable and case.order is not None:
        return _approved(case, case.order, Reason("staff", f"Godkänt av {event.by}.{why}", "D"),
                         facts)  # fmt: skip
    reason = Reason("staff", f"Avslutat av {event.by}.{why}", "D")
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
    return _decision(reason, *steps, records=records)


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
    if case.kind is Kind.RENEWAL and case.approvable:
        return review_following.approved(case, reason)
    return None


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
    return _decision(reason, replace(step, case=replace(step.case, why=reason)))


def _corrected(event: StaffCorrected, facts: EventFacts) -> Decision:
    """Judge the form anew with a clerk's values in it; what is still open stays with the clerk."""
    case = _open(facts)
    if case.reading is None or facts.form is None or facts.context is None:
        raise IllegalStepError(f"{case.handle} har ingen läst blankett att rätta.")
    if case.approvable:
        raise IllegalStepError(f"{case.handle} är färdigt att godkänna: inget är oklart i det.")
    step = carry_on(corrected(case, event), facts.form, facts.context, by=How.STAFF, before=case)
    return _decision(step.case.why, step)


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
    refused = replace(
        case, stage=Stage.REJECTED, why=reason, closed=facts.now, approvable=False, not_before=None
    )
    if case.kind in card_queue.KINDS and facts.card is not None:
        settled = card_queue.rejected(case, reason, facts.card)
        if settled is not None:
            return settled
    effects: tuple[Effect, ...] = ()
    if case.origin.answerable and case.kind in (Kind.NEW, Kind.CHANGE, Kind.CANCEL, Kind.SCAN):
        advice = "Skicka en ny blankett när det är rättat, eller svara på det här mejlet."
        effects = (reply(refused, Rejected(case.origin.file, why, advice)),)
    return _decision(reason, Step(refused, effects))


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
