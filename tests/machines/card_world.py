"""A tiny world of plain dicts around the pure core of cards: what the memory and the post hold.

Holds no test; it does what ``bot.app`` does, in the fewest words, and checks each commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.answering import Context
from bot.domain.calendar import today as day_of
from bot.domain.card_events import CardEvent, CardHandedOut, HolderInformed
from bot.domain.card_facts import CardFacts, PersonFacts
from bot.domain.card_letters import Booking, LossAlert
from bot.domain.card_life import decide_card
from bot.domain.card_mail import CardMail
from bot.domain.cards import OVER, Card, CardKind, Holder, Status
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.cases import Status as CaseStatus
from bot.domain.chasing import decide_card_day
from bot.domain.decision import CardStep, Decision, Policy, Step
from bot.domain.effects import SendLetter
from bot.domain.entries import plan, status_on
from bot.domain.events import CaseEvent, RecordWritten
from bot.domain.following import EventFacts, decide_event
from bot.domain.inbound import MailFacts
from bot.domain.incoming import decide_mail
from bot.domain.letters import Letter
from bot.domain.orders import Order, OrderAction
from bot.domain.overtaken import still_true
from bot.domain.passing import decide_day
from bot.domain.protection import gate, may_leave
from bot.domain.records import Record
from bot.domain.records import Status as RecordStatus
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CardId, CaseId, MailId, PersonId, RecordId
from tests.builders import MARIA_MAIL, a_context, a_mail, an_origin
from tests.card_builders import CHIEF

QUARANTINE = 90
HELD_BY_ONE = frozenset({Status.HANDED_OUT, Status.DUE, Status.OVERDUE, Status.LOST})
NOT_BORNE = frozenset({Status.RETURNED, Status.DEREGISTERED, Status.CANCELLED})
KINDS = {
    OrderAction.NEW: Kind.NEW, OrderAction.CHANGE: Kind.CHANGE, OrderAction.CANCEL: Kind.CANCEL,
}  # fmt: skip


@dataclass
class Posted:
    """A letter in the outbox, the card and the case it is about, and whether it has gone."""

    letter: Letter
    card: CardId | None
    case: CaseId | None
    gone: bool = False
    stopped: bool = False


@dataclass
class CardWorld:
    """All that the memory holds; ``now`` is the instant."""

    policy: Policy
    now: datetime
    stock_complete: bool = True
    records: dict[PersonId, Record] = field(default_factory=dict)
    cards: dict[CardId, Card] = field(default_factory=dict)
    cases: dict[CaseId, Case] = field(default_factory=dict)
    outbox: list[Posted] = field(default_factory=list)
    blanks: set[str] = field(default_factory=set)
    limits: dict[CardId, date] = field(default_factory=dict)  # the employment's end as known
    mails: int = 0

    @property
    def day(self) -> date:
        return day_of(self.now)

    # --- what happens -------------------------------------------------------------------------

    def order(self, order: Order) -> Decision:
        """Let the catalogue take an order: the record as written, with all that hangs on it."""
        self.mails += 1
        record = self.records.get(order.person)
        change = plan(order, record, self.day)
        case = self._save_case(
            Case(
                kind=KINDS[order.action], stage=Stage.APPROVED, title="Beställning: X, Y",
                why=Reason("order", "Behörig chef."), opened=self.now, order=order,
                origin=an_origin(mail=MailId(self.mails)), person=order.person, plan=change,
                record=record.id if record is not None else None,
                protected=record is not None and record.entry.protected,
            )
        )  # fmt: skip
        decision = self.event(RecordWritten(case.id, change, change.after, "v"))
        if order.action is OrderAction.CANCEL:
            self._ends(order.person)
        else:
            self._stays(order.person)
        return decision

    def _stays(self, person: PersonId) -> None:
        """Note that an employment which goes on gives a loan its time back."""
        until = self.records[person].entry.valid_until
        assert until is not None
        for card in self.of_person(person):
            if card.id in self.limits:
                self.limits[card.id] = max(self.limits[card.id], until)

    def _ends(self, person: PersonId) -> None:
        """Note the last day that the person's loans may reach from now on."""
        until = self.records[person].entry.valid_until
        assert until is not None
        at_once = self.policy.cards.next_chance(self.now, self.policy.working_days)
        for card in self.of_person(person):
            if card.id in self.limits:
                latest = max(until, at_once)
                self.limits[card.id] = min(self.limits[card.id], latest)

    def event(self, event: CaseEvent) -> Decision:
        case = self.cases[event.case] if event.case is not None else None
        person = case.person if case is not None else None
        card = self._card_of(case)
        facts = EventFacts(
            now=self.now, today=self.day, case=case,
            parent=self.cases.get(case.parent) if case is not None and case.parent else None,
            record=self.records.get(person) if person is not None else None,
            returns_open=any(c.kind is Kind.CARD_RETURN for c in self.live_of(person)),
            others=self.live_of(person), policy=self.policy, cards=self.of_person(person),
            card=self.facts(card) if card is not None else None,
            manager=MARIA_MAIL, superior=CHIEF, stock_complete=self.stock_complete,
        )  # fmt: skip
        decision = gate(decide_event(event, facts), self.protected())
        self.commit(decision)
        if card is not None and card.status is Status.LOST and card.id in self.limits:
            # found again after the end: due the first day on which its holder can be told
            at_once = self.policy.cards.next_chance(self.now, self.policy.working_days)
            self.limits[card.id] = max(self.limits[card.id], at_once)
        return decision

    def _card_of(self, case: Case | None) -> Card | None:
        if case is None:
            return None
        if case.card is not None:
            return self.cards[case.card]
        return next((c for c in self.cards.values() if c.case == case.id), None)

    def act(self, event: CardEvent) -> Decision:
        card = self.cards.get(event.card)
        number = getattr(event, "number", "")
        decision = gate(decide_card(event, self.facts(card, number)), self.protected())
        self.commit(decision)
        if isinstance(event, CardHandedOut):
            self.blanks.discard(event.number)
            record = self.record_of(self.cards[event.card])
            until = record.entry.valid_until if record is not None else None
            if until is not None:
                self.limits[event.card] = until
        return decision

    def request(self, holder: Holder, reasons: tuple[str, ...] = ()) -> Card:
        """The person stands at the counter, and nobody has sent a form."""
        asked = Card(CardKind.RESERVE, Status.REQUESTED, holder, self.day, reasons=reasons)
        return self._save_card(CardStep(asked), None)

    def mail(self, cards: CardMail, way: Route, sender: str) -> Decision:
        self.mails += 1
        mail = MailId(self.mails)
        seen = a_mail(mail=mail, sender=sender, sent_on=self.day)
        facts = MailFacts(self.context(mail, sender), (), (), cards=cards)
        decision = gate(decide_mail(seen, Fit(way, "test", "Prov."), facts), self.protected())
        self.commit(decision)
        return decision

    def context(self, mail: MailId, sender: str) -> Context:
        origin = an_origin(mail=mail, sender=sender, message_id=f"<{mail}@x.example>")
        return a_context(
            now=self.now, today=self.day, sent_on=self.day, origin=origin, policy=self.policy
        )

    def tick(self) -> None:
        """Do all that is due at this instant: records first, then cards, as the rounds do."""
        while moved := [r for r in self.records.values() if self._moved(r)]:
            self._days(moved)
        self._chase()

    def _days(self, moved: list[Record]) -> None:
        for record in moved:
            person = record.entry.person_id
            seen = self.person(record)
            facts = EventFacts(
                now=self.now, today=self.day, case=None, record=record,
                returns_open=any(c.kind is Kind.CARD_RETURN for c in seen.cases),
                others=seen.cases, policy=self.policy, cards=seen.cards, manager=MARIA_MAIL,
                superior=CHIEF, stock_complete=self.stock_complete,
            )  # fmt: skip
            self.commit(gate(decide_day(record, facts), self.protected()))
            if status_on(record.entry, self.day) is RecordStatus.ENDED:
                self._ends(person)

    def _chase(self) -> None:
        may_write = self.policy.cards.may_write(self.now, self.policy.working_days)
        for card in [c for c in self.cards.values() if c.next_on and c.next_on <= self.day]:
            step = decide_card_day(card, self.facts(card), may_write=may_write)
            if step.card == card and not step.effects and not step.works:
                continue
            why = Reason("card_day", "Kortets dag har kommit.")
            self.commit(gate(Decision(Outcome.APPLIED, why, cards=(step,)), self.protected()))

    def _moved(self, record: Record) -> bool:
        until, status = record.entry.valid_until, record.status
        if status is RecordStatus.CLOSED:
            return until is not None and until <= self.day - timedelta(days=QUARANTINE)
        live = status in (RecordStatus.PLANNED, RecordStatus.ACTIVE)
        return live and status_on(record.entry, self.day) is not status

    def deliver(self) -> list[Posted]:
        """Let the post go: each letter looked at once more just before."""
        left = []
        for posted in [p for p in self.outbox if not p.gone and not p.stopped]:
            card = self.cards[posted.card] if posted.card is not None else None
            hidden = card is not None and self.is_protected(card)
            hidden |= posted.case is not None and self.cases[posted.case].protected
            facts = CardFacts(self.now, self.day, self.policy, card)
            stale = not still_true(posted.letter, facts)
            posted.stopped = stale or (hidden and not may_leave(posted.letter))
            posted.gone = not posted.stopped
            if posted.gone:
                left.append(posted)
        for posted in left:
            if isinstance(posted.letter.content, Booking) and posted.card is not None:
                self.act(HolderInformed(posted.card, self.day))
        return left

    # --- one transaction ------------------------------------------------------------------------

    def commit(self, decision: Decision) -> None:
        assert decision.why.text, decision.why.rule
        for record in decision.records:
            number = record.id or RecordId(len(self.records) + 1)
            old = self.records.get(record.entry.person_id)
            assert (old.version if old is not None else 0) == record.version
            fresh = replace(record, id=number, version=record.version + 1)
            self.records[record.entry.person_id] = fresh
        for card in decision.cards:
            self._save_card(card, None)
        for step in decision.steps:
            self._save_step(step, None, None)

    def _save_step(self, step: Step, parent: CaseId | None, card: CardId | None) -> None:
        made = replace(step.case, parent=step.case.parent or parent, card=step.case.card or card)
        case = self._save_case(made)
        for effect in step.effects:
            assert isinstance(effect, SendLetter)
            self._post(effect.letter, case.card, case.id)
        for own in step.cards:
            self._save_card(own, case.id)
        for child in step.children:
            self._save_step(child, case.id, None)

    def _save_case(self, case: Case) -> Case:
        if case.status is CaseStatus.DONE and case.closed is None:
            case = replace(case, closed=self.now)
        old = self.cases.get(case.id)
        assert (old.version if old is not None else 0) == case.version, f"two hands: {case}"
        assert old is None or old.closed is None, "a closed case never changes"
        number = case.id or CaseId(len(self.cases) + 1)
        self.cases[number] = replace(case, id=number, version=case.version + 1)
        return self.cases[number]

    def _save_card(self, step: CardStep, case: CaseId | None) -> Card:
        made = replace(step.card, case=step.card.case or case)
        old = self.cards.get(made.id)
        assert (old.version if old is not None else 0) == made.version, f"two hands: {made}"
        number = made.id or CardId(len(self.cards) + 1)
        card = replace(made, id=number, version=made.version + 1)
        self._unique(card)
        self.cards[number] = card
        for effect in step.effects:
            assert isinstance(effect, SendLetter)
            self._post(replace(effect.letter, card=number), number, card.case)
        for work in step.works:
            is_order = work.case.id == card.case and card.case is not None
            self._save_step(work, card.case, None if is_order else number)
        return card

    def _unique(self, card: Card) -> None:
        """The two unique indexes of the table of cards."""
        for other in self.cards.values():
            if other.id == card.id:
                continue
            borne = card.number and card.number == other.number
            assert not borne or card.status in NOT_BORNE or other.status in NOT_BORNE
            lent = card.is_reserve and other.is_reserve and card.status in HELD_BY_ONE
            mine = card.holder.person is not None and card.holder.person == other.holder.person
            assert not (lent and mine and other.status in HELD_BY_ONE), "two reserve cards"

    def _post(self, letter: Letter, card: CardId | None, case: CaseId | None) -> None:
        assert letter.to
        assert all(letter.to)
        about = self.cards.get(card) if card is not None else None
        if about is not None and self.is_protected(about):
            assert isinstance(letter.content, LossAlert) or letter.kind == "handed_over"
            assert may_leave(letter), "nothing of a protected person is queued"
        self.outbox.append(Posted(letter, card, case))

    # --- facts ----------------------------------------------------------------------------------

    def facts(self, card: Card | None, number: str = "") -> CardFacts:
        if card is None:
            return CardFacts(self.now, self.day, self.policy)
        person = card.holder.person
        live = self.live_of(person)
        works = [c for c in self.cases.values() if c.card == card.id and _live(c)]
        works += [c for c in live if c.kind is Kind.LOSS and c.card is None]
        return CardFacts(
            now=self.now, today=self.day, policy=self.policy, card=card,
            record=self.record_of(card),
            others=tuple(c for c in self.of_person(person) if c.id != card.id),
            works=tuple(works),
            order=self.cases.get(card.case) if card.case is not None else None,
            returns=tuple(c for c in live if c.kind is Kind.CARD_RETURN), cases=live,
            manager=MARIA_MAIL, superior=CHIEF,
            same_number=tuple(
                c for c in self.cards.values() if number and c.number == number and c.id != card.id
            ),
            stock_complete=self.stock_complete,
        )  # fmt: skip

    def person(self, record: Record) -> PersonFacts:
        who = record.entry.person_id
        return PersonFacts(
            self.now, self.day, self.policy, record, self.of_person(who), self.live_of(who),
            MARIA_MAIL, CHIEF, self.stock_complete,
        )  # fmt: skip

    def record_of(self, card: Card) -> Record | None:
        person = card.holder.person
        return self.records.get(person) if person is not None else None

    def of_person(self, person: PersonId | None) -> tuple[Card, ...]:
        mine = (c for c in self.cards.values() if c.holder.person == person)
        return tuple(mine) if person is not None else ()

    def live_of(self, person: PersonId | None) -> tuple[Case, ...]:
        mine = (c for c in self.cases.values() if c.person == person and _live(c))
        return tuple(mine) if person is not None else ()

    def about(self, card: Card) -> list[Case]:
        """The open cases that hold a card: its order, or work about it."""
        orders = [self.cases[card.case]] if card.case is not None else []
        works = [c for c in self.cases.values() if c.card == card.id]
        return [c for c in (*orders, *works) if _live(c)]

    def is_protected(self, card: Card) -> bool:
        record = self.record_of(card)
        return card.holder.protected or (record is not None and record.entry.protected)

    def protected(self) -> set[PersonId]:
        return {p for p, r in self.records.items() if r.entry.protected}

    def live_cards(self) -> list[Card]:
        return [c for c in self.cards.values() if c.status not in OVER]


def _live(case: Case) -> bool:
    return case.status is not CaseStatus.DONE


def at_hour(day: date, hour: int) -> datetime:
    """The instant at which Stockholm's clock shows *hour*, near enough for a test."""
    return datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)
