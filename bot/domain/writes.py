"""The catalogue has answered a write: made, conflicted, refused. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain import review_following
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.confirming import about, confirm
from bot.domain.decision import Decision, Step
from bot.domain.entries import status_on
from bot.domain.event_facts import EventFacts
from bot.domain.events import RecordWritten, WriteConflicted
from bot.domain.guards import held
from bot.domain.labels import label
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Entry, Record, Status
from bot.domain.triage import Outcome
from bot.domain.values import RecordId, masked

_LATE = Reason("late_write", "Skrivningen hörde till ett avslutat ärende.")
_DEMANDS = (
    "Katalogen kräver ett HSA-id för en ny person, och det hittar programmet inte på. Lägg upp "
    "personen och svara ”klar”: då läses posten tillbaka."
)


def decision(reason: Reason, *steps: Step, records: tuple[Record, ...] = ()) -> Decision:
    """Return what was decided without any mail."""
    return Decision(Outcome.APPLIED, reason, steps, records)


def written(event: RecordWritten, facts: EventFacts) -> Decision:
    """Return the record as it now stands, and all that waited for the write."""
    case = facts.case
    order = case.order if case is not None else None
    if case is not None and case.kind is Kind.RENEWAL and facts.record is not None:
        if case.stage is not Stage.APPROVED:
            return decision(_LATE)
        person = facts.person(facts.record)
        return review_following.written(case, event, facts.record, person, facts.others)
    if case is None or order is None or case.stage is not Stage.APPROVED:
        return decision(_LATE)
    record = _recorded(event.entry, event.version, order, facts)
    protected = case.protected or event.entry.protected  # the catalogue may know more than we
    case = replace(case, plan=event.change, protected=protected)
    rows = _to_type(event)
    if event.by_hand and rows:
        by_hand = Case(
            kind=Kind.BY_HAND, stage=Stage.STAFF, title=f"Skriv in i katalogen: {about(case)}",
            why=Reason("worklist", _DEMANDS if event.shown else review_following.BY_HAND, "F"),
            opened=facts.now, origin=case.origin, person=case.person,
            details=rows, parent=case.id, plan=event.change if event.shown else None,
        )  # fmt: skip
        return decision(by_hand.why, Step(case, children=(Step(by_hand),)), records=(record,))
    done = confirm(case, order, facts.person(record))
    return decision(case.why, done, records=(_without_cards(record, done, facts),))


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
    """Everything the clerk must type in; the identity number is shown by the terminal only.

    A catalogue that shows what it holds asks only for persons whom it has not got at all.
    """
    change = replace(event.change, before=None) if event.shown else event.change
    rows = [r for r in change.differences() if r[0] not in ("person_id", "protected")]
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


def conflicted(event: WriteConflicted, facts: EventFacts) -> Decision:
    """Give the case to staff, with a new plan on what the catalogue was seen to hold."""
    text = "Katalogen hade ändrats av någon annan. Granska planen och godkänn på nytt."
    reason = Reason("conflict", f"{text} ({masked(event.reason)})", "D")
    case = facts.case
    renews = case is not None and case.kind is Kind.RENEWAL
    if case is None or (case.order is None and not renews) or event.seen is None:
        return stopped_write(facts, reason)
    status = status_on(event.seen, facts.today)
    manager = case.order.manager_mail if case.order is not None else ""
    known = facts.record or Record(RecordId(0), event.seen, status, manager)
    record = replace(known, entry=event.seen, status=status, catalogue_version=event.version)
    flagged = replace(case, protected=case.protected or event.seen.protected)
    return stopped_write(replace(facts, case=flagged, record=record), reason, records=(record,))


def stopped_write(facts: EventFacts, reason: Reason, records: tuple[Record, ...] = ()) -> Decision:
    """Give a write that could not be made to staff."""
    case = facts.case
    if case is None or case.stage is not Stage.APPROVED:
        return decision(_LATE)
    if case.kind is Kind.RENEWAL and facts.record is not None:
        seen, version = facts.record.entry, facts.record.catalogue_version
        stopped = review_following.replanned(case, seen, version, reason)
    elif case.order is None:
        stopped = replace(case, stage=Stage.STAFF, why=reason, approvable=False)
    else:
        stopped = held(case, case.order, facts.record, why=reason, today=facts.today)
    return Decision(Outcome.WITH_STAFF, reason, (Step(stopped),), records)
