"""What a person's record does to the cards, and the cards to the record: cards first (S7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.card_facts import (
    CardFacts,
    PersonFacts,
    employed_until,
    has_ended,
    holder_now,
    letters_to,
)
from bot.domain.card_letters import CardKept, ExtensionAnswered
from bot.domain.card_policy import BACK
from bot.domain.card_works import Rows, closed, work
from bot.domain.cards import ASKING, LENT, ORDERING, OVER, Card, CardKind, Status, shown
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chasing import due_early, scheduled, status_on, told_now
from bot.domain.decision import CardStep, Step
from bot.domain.orders import OrderAction
from bot.domain.records import Record
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import To

_GONE = (RecordStatus.ENDED, RecordStatus.CLOSED, RecordStatus.REMOVED)
_ENDS = "Anställningen upphör."


def live(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return the cards that are not at their end."""
    return tuple(c for c in cards if c.status not in OVER)


def follow(
    facts: PersonFacts, action: OrderAction | None, *, moves: bool = False
) -> tuple[CardStep, ...]:
    """Return the person's cards as the record in *facts* now makes them.

    *action* is the order that changed the record; None when a day has. Of somebody who *moves* to
    another unit the ordinary card is left alone until the record has ended.
    """
    record = facts.record
    until = record.entry.valid_until if record is not None else None
    if record is None or until is None:
        return ()
    ended = record.status in _GONE
    leaves = ended or action is OrderAction.CANCEL
    kept = moves and not ended
    found = (
        _followed(c, until, facts, leaves=leaves, ended=ended)
        for c in live(facts.cards)
        if not (kept and c.status is Status.ACTIVATED)
    )
    return tuple(step for step in found if step is not None)


def _followed(
    card: Card, until: date, facts: PersonFacts, *, leaves: bool, ended: bool
) -> CardStep | None:
    own = facts.of(card)
    if card.status in LENT and not leaves and card.why == _ENDS:
        return _given_back(card, until, own)
    if card.status in LENT:
        moved = due_early(card, until, _ENDS, own)
        return told_now(moved, own, "due: employment ends") if moved != card else None
    if card.status in ASKING and leaves:
        return _cancelled(card, facts)
    if card.status in ORDERING and leaves:
        return _cancelled(card, facts)
    if card.kind is CardKind.ORDINARY and card.status in (Status.ACTIVATED, Status.TO_RETURN):
        return _ordinary(card, until, facts, leaves=leaves, ended=ended)
    return None


def _given_back(card: Card, until: date, facts: CardFacts) -> CardStep | None:
    """Return a loan with the time that an ending had taken from it, now that the person stays."""
    before = card.due_before
    if before is None or card.due is None:
        return None
    due = min(before, facts.policy.working_days.on_or_before(until))
    if due <= max(card.due, facts.today):
        return None  # its own time is over too
    kept = replace(card, due=due, due_before=None, why="", chase_from=facts.today)
    now = scheduled(replace(kept, status=status_on(kept, facts.today)), facts)
    why = Reason("stays", f"Anställningen fortsätter: kortet är lånat till {due}.", "S13")
    words = ExtensionAnswered(
        holder_now(card, facts).name, shown(card.number), granted=True, due=due
    )
    effects = letters_to(words, (To.HOLDER,), card, facts)
    works = closed(facts.works, (Kind.BLOCK,), why)
    return CardStep(now, effects, works, said="kept: employed again")


def _cancelled(card: Card, facts: PersonFacts) -> CardStep:
    own = facts.of(card)
    why = Reason("ended", f"{_ENDS} Kortet behövs inte längre.", "S7")
    gone = replace(card, status=Status.CANCELLED, why=why.text, next_on=None)
    works = closed(
        (own.order,) if own.order is not None else (), (Kind.CARD_ORDER, Kind.RESERVE_ORDER), why
    )
    if card.status in (Status.ORDERED, Status.INFORMED):
        rows: Rows = (
            ("Att göra", "avbeställ kortet hos regionen, eller ta emot det om det är gjort"),
        )
        works += (
            work(
                Kind.CARD_CHECK, card, own, title="Avbeställ kort hos regionen", why=why, rows=rows
            ),
        )
    return CardStep(gone, works=works, said="cancelled: employment ends")


def _ordinary(
    card: Card, until: date, facts: PersonFacts, *, leaves: bool, ended: bool
) -> CardStep | None:
    """Return an ordinary card due on the last day, or in use again where the person stays."""
    own = facts.of(card)
    ends = card.due is not None and card.why == _ENDS
    if not leaves and not ends:
        return None
    if not leaves and card.due is not None and card.due < until:
        if card.expires is not None and card.expires < facts.today:
            return None  # it has run out meanwhile: it shall come back all the same
        kept = replace(card, status=Status.ACTIVATED, due=None, why="")
        why = Reason("stays", "Anställningen fortsätter: kortet får behållas.", "S7")
        works = closed(own.works, (Kind.BLOCK,), why)
        told = any(c.ladder == BACK and c.anchor == card.due for c in card.rungs)
        words = CardKept(holder_now(card, own).name, shown(card.number))
        effects = letters_to(words, (To.HOLDER,), card, own) if told else ()
        return CardStep(scheduled(kept, own), effects, works, said="kept: employed again")
    asked = _asked_on(until, own)
    if card.due is not None and (until <= card.due <= asked if ends else card.due <= until):
        return None  # asked for already
    status = Status.TO_RETURN if ended or until < facts.today else Status.ACTIVATED
    due = replace(card, status=status, due=asked, why=_ENDS, chase_from=None)
    return told_now(due, own, "to return: employment ends")


def _asked_on(until: date, facts: CardFacts) -> date:
    """Return the day from which the card is asked back: never before its holder can be told."""
    if until >= facts.today:
        return until
    return facts.policy.cards.next_chance(facts.now, facts.policy.working_days)


def as_employed(card: Card, facts: CardFacts) -> Card:
    """Return a card that is with its holder as the end of the employment makes it."""
    until = employed_until(facts.record)
    if until is None:
        return card
    if card.status in LENT:
        return due_early(card, until, _ENDS, facts)
    due = _asked_on(until, facts)
    if not has_ended(facts.record) or (card.due is not None and card.due <= due):
        return card
    back = replace(card, status=Status.TO_RETURN, due=due, why=_ENDS, chase_from=None)
    return scheduled(back, facts)


def return_work(case: Case, facts: PersonFacts, details: Rows) -> Case | None:
    """Return the case that holds until every card is deregistered; None where there is no card.

    While the office has not brought in its cards, somebody may hold one that we do not know of.
    """
    cards = tuple(c for c in live(facts.cards) if c.status not in ASKING | ORDERING)
    if not cards and facts.stock_complete:
        return None
    known = tuple((f"Kort {c.handle}", f"{_word(c)} {shown(c.number)}".strip()) for c in cards)
    unknown = () if cards else (("Obs", "inget kort är registrerat: se efter om personen har ett"),)
    rows = tuple((k, v) for k, v in (*details, *known, *unknown) if v)
    return replace(case, stage=Stage.WAITS if cards else Stage.STAFF, details=rows)


def _word(card: Card) -> str:
    return "reservkort" if card.is_reserve else "e-tjänstekort"


def all_back(cards: tuple[Card, ...], record: Record | None) -> Record | None:
    """Return the record with its cards back, closed if it has ended; None where one is still out.

    *cards* are all of the person's as they stand now.
    """
    if (
        record is None
        or live(cards)
        or (record.cards_back and record.status is not RecordStatus.ENDED)
    ):
        return None
    status = RecordStatus.CLOSED if record.status is RecordStatus.ENDED else record.status
    return replace(record, status=status, cards_back=True)


def closed_returns(cases: tuple[Case, ...], why: Reason) -> tuple[Step, ...]:
    """Return the person's card returns, done: nothing is out any more."""
    return closed(cases, (Kind.CARD_RETURN,), why)
