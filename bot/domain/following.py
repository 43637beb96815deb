"""What follows from what was done: the catalogue has answered, a clerk has decided, a day passed.

Decides nothing about new mail: ``inbound`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from bot.domain.answering import applied, full_name, reply
from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.effects import Effect
from bot.domain.entries import status_on
from bot.domain.events import (
    Event,
    LetterFailed,
    RecordWritten,
    StaffDone,
    StaffRejected,
    WriteConflicted,
    WriteRefused,
)
from bot.domain.labels import REASONS
from bot.domain.letters import Rejected
from bot.domain.ordering import carry_out
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Entry, Record, Status
from bot.domain.triage import Outcome
from bot.domain.values import RecordId

Rows = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the memory says about an event: its case, the case above, the person's record."""

    now: datetime
    today: date
    case: Case | None
    parent: Case | None = None
    record: Record | None = None
    returns_open: bool = False  # a card return of this person is open already


class IllegalStepError(ValueError):
    """The case can't take this step; the text says why, in Swedish."""


def decide_event(event: Event, facts: EventFacts) -> Decision:
    """Return what *event* leads to.

    Raises:
        IllegalStepError: a clerk asked for something that the case's state forbids.
    """
    match event:
        case RecordWritten():
            return _written(event, facts)
        case WriteConflicted(reason=reason):
            text = "Katalogen hade ändrats av någon annan. Granska planen och godkänn på nytt."
            return _stopped(facts, Reason("conflict", f"{text} ({reason})", "D"))
        case WriteRefused(reason=reason):
            return _stopped(facts, Reason("refused", f"Katalogen tog inte emot: {reason}", "D"))
        case LetterFailed():
            return _undelivered(event, facts)
        case StaffDone():
            return _done(event, facts)
        case StaffRejected():
            return _rejected(event, facts)
        case _:
            assert_never(event)


def _decision(reason: Reason, *steps: Step, records: tuple[Record, ...] = ()) -> Decision:
    return Decision(Outcome.APPLIED, reason, steps, records)


def _written(event: RecordWritten, facts: EventFacts) -> Decision:
    case = facts.case
    order = case.order if case is not None else None
    if case is None or order is None or case.stage is not Stage.APPROVED:
        return _decision(Reason("late_write", "Skrivningen hörde till ett avslutat ärende."))
    record = _recorded(event.entry, event.version, order, facts)
    case = replace(case, plan=event.change)
    if event.by_hand:
        by_hand = Case(
            kind=Kind.BY_HAND, stage=Stage.STAFF, title=f"Skriv in i katalogen: {_about(case)}",
            why=Reason("worklist", "Katalogen kan inte skrivas av programmet.", "F"),
            opened=facts.now, origin=case.origin, person=case.person,
            details=_to_type(event), parent=case.id,
        )  # fmt: skip
        return _decision(by_hand.why, Step(case, children=(Step(by_hand),)), records=(record,))
    return _decision(case.why, _confirm(case, order, facts), records=(record,))


def _confirm(case: Case, order: Order, facts: EventFacts) -> Step:
    """Close the order: tell the manager (unless she was told the plan), open what hangs on it."""
    told = case.why.rule == "due_today"
    effects: tuple[Effect, ...] = () if told else (applied(case, order),)
    done = replace(case, stage=Stage.CONFIRMED, closed=facts.now, not_before=None)
    return Step(done, effects, children=_follow_ups(done, order, facts))


def _follow_ups(case: Case, order: Order, facts: EventFacts) -> tuple[Step, ...]:
    found = []
    rows: Rows
    if order.card_order:
        status = "ersätter förlorat kort" if order.card_status == "replaces_lost" else "nytt kort"
        rows = (("Kort", status), ("E-post", order.mail), ("Telefon", order.phone))
        found.append(
            _work(Kind.CARD_ORDER, "Beställ e-tjänstekort hos regionen", rows, "S5", case, facts)
        )
    if order.reserve_order:
        reasons = ", ".join(REASONS.get(r, r) for r in order.reserve_reasons)
        days = (("Behövs från", order.reserve_from), ("Behövs till", order.reserve_to))
        rows = (("Orsak", reasons), *((k, str(v)) for k, v in days if v is not None))
        found.append(_work(Kind.RESERVE_ORDER, "Boka utlämning av reservkort", rows, "S10", case,
                           facts))  # fmt: skip
    if order.action is OrderAction.CANCEL and not facts.returns_open:
        last = str(order.last_day)
        moves = "byter enhet: kortet får behållas om den nya chefen beställer en uppdatering"
        why = moves if order.end_reason == "moves" else "kortet klipps, återlämnas, avregistreras"
        rows = (("Sista arbetsdag", last), ("Att göra", why))
        found.append(_work(Kind.CARD_RETURN, "Ta tillbaka kort", rows, "S7", case, facts))
    return tuple(found)


def _work(
    kind: Kind, title: str, rows: Rows, source: str,
    case: Case, facts: EventFacts,
) -> Step:  # fmt: skip
    work = Case(
        kind=kind, stage=Stage.STAFF, title=f"{title}: {_about(case)}",
        why=Reason(kind.value, f"Följer av {case.handle}.", source), opened=facts.now,
        origin=case.origin, person=case.person, record=case.record, protected=case.protected,
        details=tuple((k, v) for k, v in rows if v),
    )  # fmt: skip
    return Step(work)


def _about(case: Case) -> str:
    return f"{full_name(case.order)}, {case.order.unit}" if case.order is not None else case.title


def _to_type(event: RecordWritten) -> tuple[tuple[str, str], ...]:
    """Everything the clerk must type in; the identity number is shown by the terminal only."""
    rows = [r for r in event.change.differences() if r[0] not in ("person_id", "protected")]
    return tuple((name, f"{old} → {new}" if old else new) for name, old, new in rows)


def _recorded(entry: Entry, version: str, order: Order, facts: EventFacts) -> Record:
    status = status_on(entry, facts.today)
    before = facts.record
    if before is None:
        return Record(RecordId(0), entry, status, order.manager_mail, catalogue_version=version)
    manager = before.manager_mail if order.action is OrderAction.CANCEL else order.manager_mail
    return replace(
        before, entry=entry, status=status, manager_mail=manager, catalogue_version=version
    )


def _stopped(facts: EventFacts, reason: Reason) -> Decision:
    if facts.case is None:
        return _decision(reason)
    held = replace(
        facts.case, stage=Stage.STAFF, why=reason, approvable=facts.case.order is not None
    )
    return Decision(Outcome.WITH_STAFF, reason, (Step(held),))


def _undelivered(event: LetterFailed, facts: EventFacts) -> Decision:
    """A letter that can't be delivered is a work item, never another letter."""
    case = facts.case
    reason = Reason("letter_failed", f"B-{event.letter} kunde inte levereras: {event.reason}", "D")
    where = f" i {case.handle}" if case is not None else ""
    trouble = Case(
        kind=Kind.TROUBLE, stage=Stage.STAFF, title=f"Brev kom inte fram{where}", why=reason,
        opened=facts.now, parent=case.id if case is not None else None,
        protected=case.protected if case is not None else False,
        details=(("Mottagare", ", ".join(event.recipients)), ("Brev", event.letter_kind)),
    )  # fmt: skip
    return Decision(Outcome.WITH_STAFF, reason, (Step(trouble),))


def _done(event: StaffDone, facts: EventFacts) -> Decision:
    case = _open(facts)
    why = f" {event.why}" if event.why else ""
    reason = Reason("staff", f"Avslutat av {event.by}.{why}", "D")
    if case.approvable and case.order is not None:
        step = carry_out(replace(case, why=reason), case.order, facts.record, facts.today)
        return _decision(reason, replace(step, case=replace(step.case, why=reason)))
    closed = replace(case, stage=Stage.CONFIRMED, why=reason, closed=facts.now)
    parent = facts.parent
    steps = [Step(closed)]
    if case.kind is Kind.BY_HAND and parent is not None and parent.order is not None:
        steps.append(_confirm(parent, parent.order, facts))
    records = _cards(case, facts.record)
    return _decision(reason, *steps, records=records)


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
    case = _open(facts)
    if case.kind is Kind.BY_HAND:
        raise IllegalStepError(
            f"{case.handle} är en skrivning som redan är beslutad. Gör den och skriv "
            f"”case done {case.id}”, eller ändra med en ny blankett."
        )
    reason = Reason("staff", f"Avslaget av {event.by}: {event.why}", "D")
    refused = replace(case, stage=Stage.REJECTED, why=reason, closed=facts.now, approvable=False)
    effects: tuple[Effect, ...] = ()
    if case.origin.answerable and case.kind in (Kind.NEW, Kind.CHANGE, Kind.CANCEL, Kind.SCAN):
        advice = "Skicka en ny blankett när det är rättat, eller svara på det här mejlet."
        effects = (reply(refused, Rejected(case.origin.file, event.why, advice)),)
    return _decision(reason, Step(refused, effects))


def _open(facts: EventFacts) -> Case:
    case = facts.case
    if case is None:
        raise IllegalStepError("Det finns inget ärende med det numret.")
    if case.stage not in (Stage.STAFF, Stage.ASKED):
        raise IllegalStepError(
            f"{case.handle} är inte hos en handläggare just nu ({case.status}). "
            f"Se ”ekbot case show {case.id}”."
        )
    return case


def decide_due(case: Case, record: Record | None, today: date) -> Step:
    """Return the planned change carried out on its day, on what the record holds today."""
    reason = Reason("due_today", f"Ändringen skulle gälla från {case.not_before}.", "D")
    if case.order is None or record is None:
        return Step(replace(case, stage=Stage.STAFF, why=reason, not_before=None))
    order = replace(case.order, effective_from=None)
    step = carry_out(case, order, record, today)
    return replace(step, case=replace(step.case, why=reason))


def decide_day(record: Record, facts: EventFacts) -> Decision:
    """Return the record's status for the day; an ended one has its cards asked for (S7)."""
    today = facts.today
    entry = record.entry
    reason = Reason("day", "Datumet har nåtts.", "S2")
    if record.status is Status.CLOSED:
        return _decision(reason, records=(replace(record, status=Status.REMOVED),))
    status = status_on(entry, today)
    if status is Status.ENDED and record.cards_back:
        status = Status.CLOSED
    moved = replace(record, status=status)
    if status is not Status.ENDED or facts.returns_open:
        return _decision(reason, records=(moved,))
    back = Case(
        kind=Kind.CARD_RETURN, stage=Stage.STAFF,
        title=f"Ta tillbaka kort: {entry.full_name}, {entry.unit}",
        why=Reason("ended", f"Posten upphörde {entry.valid_until}.", "S7"), opened=facts.now,
        person=entry.person_id, record=record.id, protected=entry.protected,
        priority=Priority.NORMAL,
    )  # fmt: skip
    return _decision(reason, Step(back), records=(moved,))
