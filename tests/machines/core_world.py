"""A tiny world of plain dicts around the pure core: records, catalogue, cases, letters, writes.

Holds no test; it does what ``bot.app`` does, in the fewest words, and checks each commit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.answering import Context
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import add_years
from bot.domain.cases import Case, Kind, Origin, Stage, Status
from bot.domain.decision import Decision, Policy, Step
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.events import Event, RecordWritten, WriteConflicted, WriteRefused
from bot.domain.following import EventFacts, decide_event
from bot.domain.forms import FormReading, State
from bot.domain.guards import FormFacts
from bot.domain.inbound import MailFacts, forms_of
from bot.domain.incoming import decide_mail
from bot.domain.judging import Register, judge
from bot.domain.letters import Letter
from bot.domain.ordering import fingerprint
from bot.domain.passing import decide_day, decide_due
from bot.domain.protection import TITLE, gate
from bot.domain.questions import Reply
from bot.domain.records import Entry, Record
from bot.domain.records import Status as RecordStatus
from bot.domain.replying import (
    ReplyFacts,
    decide_unanswered,
    is_open,
    source_of,
    with_answers,
)
from bot.domain.triage import MailSeen, Outcome, route
from bot.domain.values import (
    CaseId,
    InvalidPersonIdError,
    MailId,
    PersonId,
    RecordId,
    name_key,
)

QUARANTINE = 90
ORDERS = (Kind.NEW, Kind.CHANGE, Kind.CANCEL)


@dataclass
class Sent:
    """A letter in the outbox, and the case it belongs to."""

    letter: Letter
    case: CaseId


@dataclass
class World:
    """All that the memory and the catalogue hold; ``day`` is today in Stockholm."""

    managers: tuple[ManagerEntry, ...]
    day: date
    records: dict[PersonId, Record] = field(default_factory=dict)
    catalogue: dict[PersonId, tuple[Entry, int]] = field(default_factory=dict)
    cases: dict[CaseId, Case] = field(default_factory=dict)
    outbox: list[Sent] = field(default_factory=list)
    writes: dict[CaseId, WriteRecord] = field(default_factory=dict)
    mails: dict[MailId, MailSeen] = field(default_factory=dict)
    outcomes: dict[MailId, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    ordered: set[PersonId] = field(default_factory=set)  # an accepted order named them
    hidden: dict[PersonId, tuple[str, ...]] = field(default_factory=dict)  # words never to be said
    approved_on: dict[CaseId, date] = field(default_factory=dict)
    by_itself: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    old_events: list[Event] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 0, tzinfo=UTC)

    # --- what happens -------------------------------------------------------------------------

    def seed(self, entry: Entry, manager: str, status: RecordStatus = RecordStatus.ACTIVE) -> None:
        number = RecordId(len(self.records) + 1)
        self.catalogue[entry.person_id] = (entry, 1)
        self.records[entry.person_id] = Record(
            number, entry, status, manager, version=1, catalogue_version="1"
        )
        self.ordered.add(entry.person_id)
        if entry.protected:
            self.hide(entry.person_id, entry.given_name or "", entry.surname, entry.mail or "")

    def hide(self, person: PersonId, *words: str) -> None:
        self.hidden[person] = tuple(w for w in words if w)

    def mail(self, seen: MailSeen, said: Reply | None = None) -> Decision:
        persons = self.settle(seen)
        for _, form in forms_of(seen):
            self._note_tick(form)
        facts = self._facts(seen)
        if said is not None:
            facts = self._replied(facts, said)
            persons |= {facts.reply.form.person} - {None} if facts.reply is not None else set()
        seen = replace(seen, answers_ours=facts.context.answered is not None)
        decision = gate(decide_mail(seen, route(seen), facts), self._protected(persons))
        self.mails[seen.mail] = seen
        self.commit(decision, by_staff=False)
        self.outcomes[seen.mail].append(decision.outcome)
        assert decision.why.text, decision.why.rule
        self._clean(decision.why.text)
        return decision

    def settle(self, seen: MailSeen) -> set[PersonId | None]:
        """Let the writes of the mail's persons be carried out first, as the funnel does."""
        persons: set[PersonId | None] = {f.person for f in self._forms(seen) if f.person}
        for case in [c for c in self.writes if self.cases[c].person in persons]:
            self.write(case, "take")
        return persons

    def _note_tick(self, form: FormReading) -> None:
        tick = form.field("protected")
        if tick.value is True or tick.state is State.UNSURE:
            names = [form.text(k) for k in ("given_name", "surname", "mail")]
            person = PersonId.parse(form.text("person_id") or "", self.day)
            self.hide(person, *(n for n in names if n))

    def event(self, event: Event) -> Decision:
        case = self.cases.get(event.case) if event.case is not None else None
        person = case.person if case is not None else None
        facts = EventFacts(
            now=self.now, today=self.day, case=case,
            parent=self.cases.get(case.parent) if case is not None and case.parent else None,
            record=self.records.get(person) if person is not None else None,
            others=self.of_person(person), returns_open=self.returns_open(person),
        )  # fmt: skip
        decision = gate(decide_event(event, facts), self._protected({person} - {None}))
        self.commit(decision, by_staff=True)
        return decision

    def write(self, case: CaseId, how: str) -> None:
        """Let the catalogue answer a write: take, by_hand or refuse; a wrong version conflicts."""
        effect = self.writes.pop(case)
        person = effect.change.after.person_id
        entry, version = self.catalogue.get(person, (None, 0))
        event: Event
        if how == "refuse":
            event = WriteRefused(case, "värdet godtas inte")
        elif effect.expected != (str(version) if version else ""):
            event = WriteConflicted(case, "ändrad", seen=entry, version=str(version))
        else:
            after = effect.change.after
            if entry is not None and entry.protected:
                after = replace(after, protected=True)
            start = after.valid_from
            assert start is not None
            assert after.valid_until is not None
            assert after.valid_until <= add_years(max(start, self.day), 1)
            self.catalogue[person] = (after, version + 1)
            event = RecordWritten(case, effect.change, after, str(version + 1), how == "by_hand")
        self.old_events.append(event)
        self.event(event)

    def midnight(self, days: int) -> None:
        self.day += timedelta(days=days)
        due = [c for c in self.cases.values() if c.stage is Stage.APPROVED and c.not_before]
        for case in due:
            assert case.not_before is not None
            if case.not_before <= self.day:
                record = self.records.get(case.person) if case.person is not None else None
                step = decide_due(case, record, self.day)
                decision = Decision(Outcome.APPLIED, step.case.why, (step,))
                self.commit(gate(decision, self._protected({case.person})), by_staff=True)
        for case in [c for c in self.cases.values() if c.stage is Stage.ASKED]:
            if case.remind_on is not None and case.remind_on <= self.day:
                step = decide_unanswered(case, Policy(), self.day)
                decision = Decision(Outcome.ASKED_BACK, step.case.why, (step,))
                self.commit(gate(decision, self._protected({case.person})), by_staff=True)
        for record in [r for r in self.records.values() if self._moved(r)]:
            facts = EventFacts(
                self.now, self.day, None, record=record,
                returns_open=self.returns_open(record.entry.person_id),
            )  # fmt: skip
            decision = gate(decide_day(record, facts), self._protected({record.entry.person_id}))
            self.commit(decision, by_staff=True)

    # --- one transaction ------------------------------------------------------------------------

    def commit(self, decision: Decision, *, by_staff: bool) -> None:
        for record in decision.records:
            person = record.entry.person_id
            assert person in self.ordered, "a record exists only through an accepted order"
            number = record.id or RecordId(len(self.records) + 1)
            self.records[person] = replace(record, id=number, version=record.version + 1)
            if record.entry.protected:
                self.hide(person, record.entry.given_name or "", record.entry.surname)
        for step in decision.steps:
            self._save(step, None, by_staff=by_staff)

    def _save(self, step: Step, parent: CaseId | None, *, by_staff: bool) -> None:
        case = replace(step.case, parent=step.case.parent or parent)
        if case.status is Status.DONE and case.closed is None:
            case = replace(case, closed=self.now)
        number = case.id or CaseId(len(self.cases) + 1)
        old = self.cases.get(number)
        assert old is None or old.version == case.version, "two hands saved the same case"
        assert old is None or old.closed is None, "a closed case never changes"
        case = replace(case, id=number, version=case.version + 1)
        self.cases[number] = case
        self._check(case)
        if case.stage is Stage.APPROVED and number not in self.approved_on:
            self.approved_on[number] = self.day
            self.ordered |= {case.person} if case.person is not None else set()
            if case.kind is Kind.CANCEL and not by_staff:
                self.by_itself[self.day] += 1
        for effect in step.effects:
            match effect:
                case SendLetter(letter=letter):
                    self._post(letter, case)
                case WriteRecord():
                    assert case.stage is Stage.APPROVED
                    assert number not in self.writes
                    self.writes[number] = effect
        for child in step.children:
            self._save(child, number, by_staff=by_staff)

    def _check(self, case: Case) -> None:
        text = f"{case.title} {case.why.text} {case.details} {case.origin.file}"
        self._clean(text)
        if case.protected:
            assert (case.title, case.details, case.origin.file) == (TITLE, (), "")
            assert not case.approvable
            assert case.stage not in (Stage.ASKED, Stage.APPROVED)

    def _post(self, letter: Letter, case: Case) -> None:
        seen = self.mails[case.origin.mail] if case.origin.mail is not None else None
        assert seen is not None, "every letter here answers a mail"
        assert letter.to == (seen.sender,)
        assert seen.authenticated, "only an authenticated sender is written to"
        assert self.knows(seen.sender, seen.sent_on), "only a known manager is written to"
        assert not case.protected or letter.kind == "handed_over"
        text = repr(letter)
        self._clean(text)
        for words in self.hidden.values():
            assert not any(w in text for w in words), "a protected person is never named"
        self.outbox.append(Sent(letter, case.id))

    def _clean(self, text: str) -> None:
        """No identity number, in any way of writing it."""
        digits = re.sub(r"[-+ ]", "", text)
        assert not any(n[2:] in digits for n in self.numbers)

    # --- facts ----------------------------------------------------------------------------------

    def knows(self, sender: str, on: date) -> bool:
        return any(m.manages(sender, on) or m.deputises(sender, on) for m in self.managers)

    def of_person(self, person: PersonId | None) -> tuple[Case, ...]:
        oldest = self.now - timedelta(days=30)
        return tuple(
            c
            for c in self.cases.values()
            if c.person == person is not None
            and (c.closed is None or (c.kind in ORDERS and c.closed >= oldest))
        )

    def returns_open(self, person: PersonId | None) -> bool:
        return any(c.kind is Kind.CARD_RETURN and c.closed is None for c in self.of_person(person))

    def same_form(self, form: FormReading) -> Case | None:
        key = fingerprint(form)
        return next(
            (
                c
                for c in self.cases.values()
                if c.fingerprint == key and c.stage not in (Stage.REJECTED, Stage.LINKED)
            ),
            None,
        )

    def _protected(self, persons: set[PersonId | None]) -> set[PersonId]:
        return {p for p in persons if p in self.records and self.records[p].entry.protected}

    def _moved(self, record: Record) -> bool:
        entry, status = record.entry, record.status
        started = entry.valid_from is None or entry.valid_from <= self.day
        ended = entry.valid_until is not None and entry.valid_until < self.day
        gone = entry.valid_until is not None and (self.day - entry.valid_until).days >= QUARANTINE
        match status:
            case RecordStatus.PLANNED:
                return started or ended
            case RecordStatus.ACTIVE:
                return ended
            case RecordStatus.CLOSED:
                return gone
            case _:
                return False

    def _forms(self, seen: MailSeen) -> tuple[FormFacts, ...]:
        return tuple(self._form(f, seen) for _, f in forms_of(seen))

    def _form(self, form: FormReading, seen: MailSeen) -> FormFacts:
        return self._form_on(form, seen.sent_on)

    def _form_on(self, form: FormReading, on: date) -> FormFacts:
        key = name_key(form.text("unit") or "")
        rows = tuple(m for m in self.managers if name_key(m.unit) == key and m.in_force(on))
        register = Register(rows, known=True)
        try:
            person = PersonId.parse(form.text("person_id") or "", self.day)
        except InvalidPersonIdError:
            person = None
        return FormFacts(
            judge(form, today=self.day, register=register, on=on), register, person,
            self.records.get(person) if person is not None else None,
            self.same_form(form), self.of_person(person),
        )  # fmt: skip

    def _replied(self, facts: MailFacts, said: Reply) -> MailFacts:
        case, context = facts.context.answered, facts.context
        source = source_of(case, context) if case is not None else None
        if case is None or source is None or case.inquiry is None or not case.inquiry.asked:
            return facts
        form = with_answers(case, said, source).reading if is_open(case) else case.reading
        if form is None:
            return facts
        known = self._form_on(form, context.sent_on)
        others = tuple(c for c in known.others if c.id != case.id)
        return replace(facts, reply=ReplyFacts(said, replace(known, same=None, others=others)))

    def _facts(self, seen: MailSeen) -> MailFacts:
        known = self.knows(seen.sender, seen.sent_on)
        live = (RecordStatus.PLANNED, RecordStatus.ACTIVE)
        ended = [
            c for c, day in self.approved_on.items()
            if day == self.day and self.cases[c].kind is Kind.CANCEL
        ]  # fmt: skip
        threads = [self.cases[CaseId(int(t))] for t in seen.threads]
        context = Context(
            now=self.now, today=self.day, sent_on=seen.sent_on,
            origin=Origin(
                mail=seen.mail, sender=seen.sender, answerable=seen.authenticated and known,
                message_id=seen.message_id,
            ),
            authenticated=seen.authenticated, known=known, policy=Policy(), ended_today=len(ended),
            population=sum(r.status in live for r in self.records.values()),
            answered=threads[0] if threads else None,
        )  # fmt: skip
        return MailFacts(context, self._forms(seen))
