"""Cards that the office brings in from its own list: what a row says, what follows from it.

Decides for one row at a time, and guesses nothing: what is missing becomes a work item.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import add_months
from bot.domain.card_facts import CardFacts, PersonFacts, employed_until, has_ended
from bot.domain.card_works import Rows, closed, work
from bot.domain.cards import ASKING, LENT, ORDERING, OVER, Card, CardKind, Holder, Status
from bot.domain.cases import Kind, Priority, Reason
from bot.domain.chasing import scheduled, status_on
from bot.domain.decision import CardStep, Decision, Step
from bot.domain.endings import as_employed, follow
from bot.domain.records import Record
from bot.domain.records import Status as RecordStatus
from bot.domain.reserve_rules import MONTHS
from bot.domain.triage import Outcome
from bot.domain.values import PersonId

STATUSES: dict[CardKind, frozenset[Status]] = {
    CardKind.ORDINARY: frozenset(
        {
            *ORDERING, Status.ACTIVATED, Status.TO_RETURN, Status.LOST, Status.BLOCKED,
            Status.RETURNED, Status.DEREGISTERED,
        }
    ),
    CardKind.RESERVE: frozenset(
        {*ASKING, *LENT, Status.LOST, Status.BLOCKED, Status.RETURNED, Status.DEREGISTERED}
    ),
}  # fmt: skip
TAKEN = LENT | {Status.LOST}  # a person has one reserve card of these
WITHOUT_NUMBER = ASKING | ORDERING | TAKEN | {Status.ACTIVATED, Status.TO_RETURN}
WHY = Reason("import", "Kortet står i kontorets lista som lästes in.", "D")
_ORDERS = frozenset({Kind.CARD_ORDER, Kind.RESERVE_ORDER})
_WORKS = frozenset({Kind.CARD_CHECK, Kind.DEREGISTER, Kind.LOSS, Kind.BLOCK})


@dataclass(frozen=True, slots=True, repr=False)
class CardRow:
    """One row of the office's list of cards; without a status it is a blank in the drawer."""

    line: int
    kind: CardKind
    status: Status | None
    number: str = ""
    person: PersonId | None = None
    loa: int | None = None
    reasons: tuple[str, ...] = ()
    handed_out: date | None = None
    due: date | None = None
    expires: date | None = None
    activated: date | None = None
    received: date | None = None
    name: str = ""  # of a holder without a Swedish number, with the two below
    mail: str | None = None
    unit_id: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what tells this row from a changed one; the person is not in it."""
        says = (
            self.kind.value, self.status, self.number, self.loa, self.reasons, self.handed_out,
            self.due, self.expires, self.activated, self.name, self.mail, self.unit_id,
        )  # fmt: skip
        return hashlib.sha256("|".join(map(str, says)).encode()).hexdigest()[:16]


def agrees(row: CardRow, card: Card) -> bool:
    """Tell whether *card* says all that *row* says; a hole in the row says nothing."""
    same = row.status == card.status or (row.status in LENT and card.status in LENT)
    told = (
        (row.loa, card.loa), (row.reasons, card.reasons), (row.handed_out, card.handed_out),
        (row.due, card.due), (row.expires, card.expires), (row.activated, card.activated),
    )  # fmt: skip
    return same and row.kind is card.kind and all(not said or said == held for said, held in told)


def card_of(row: CardRow, status: Status, holder: Holder, today: date) -> Card:
    """Return the card as *row* has it."""
    return Card(
        row.kind, status, holder, row.handed_out or row.activated or today, number=row.number,
        loa=row.loa, reasons=row.reasons, handed_out=row.handed_out, activated=row.activated,
        due=row.due, expires=row.expires, chase_from=row.handed_out,
    )  # fmt: skip


def decide_import(card: Card, facts: CardFacts, person: PersonFacts | None) -> Decision:
    """Return what a card that is brought in leads to: its days, its chase, work for staff.

    *facts* are the card's; *person* is None where the holder has no Swedish number.
    """
    own = tuple(w for w in facts.works if card.id and w.card == card.id)
    known = replace(facts, works=own)  # a loss that may be of any card is not this one's
    dated = scheduled(_dated(card, known), known)
    step = _followed(dated, known, person)
    now = step.card
    works = (*step.works, *_works(now, known))
    renewed = {w.case.id for w in works}
    works += closed([w for w in own if w.id not in renewed], _WORKS, WHY)
    done = replace(step, card=now, said="brought in")
    if now.status in ASKING | {Status.NEEDED} and card.case is None:
        order = _order(now, known)
        return Decision(
            Outcome.APPLIED, WHY, (replace(order, cards=(replace(done, works=works),)),)
        )
    if facts.order is not None and now.status not in ASKING | ORDERING:
        works += closed((facts.order,), _ORDERS, WHY)
    return Decision(Outcome.APPLIED, WHY, cards=(replace(done, works=works),))


def _dated(card: Card, facts: CardFacts) -> Card:
    """Return a lent card with its last day and its cap, where they can be known (S9)."""
    today = facts.today
    if card.status is Status.ORDERED:
        return replace(card, ordered=card.ordered or today)  # the days count from now on
    if card.status is Status.INFORMED:
        return replace(card, informed=card.informed or today)
    if card.status is Status.LOST:
        return replace(card, lost=card.lost or today, reported=card.reported or today)
    if card.status not in LENT:
        return card
    cap = _cap(card, facts)
    days = facts.policy.working_days
    due = cap if card.due is None else days.on_or_before(card.due)
    if due is None:
        return card
    latest = due if cap is None else max(cap, due)
    lent = replace(card, due=due, cap=latest)
    return replace(lent, status=status_on(lent, facts.today))


def _cap(card: Card, facts: CardFacts) -> date | None:
    """Return the last day that the rules give the loan; None where its first day is not known."""
    if card.handed_out is None:
        return None
    longest = add_months(card.handed_out, min(facts.policy.cards.months, MONTHS))
    until = employed_until(facts.record)
    last = min(longest, until) if until is not None else longest
    return max(card.handed_out, facts.policy.working_days.on_or_before(last))


def _followed(card: Card, facts: CardFacts, person: PersonFacts | None) -> CardStep:
    """Return the card as the end of the person's employment makes it; the round tells of it."""
    if card.status in LENT and card.due is None and not has_ended(facts.record):
        return CardStep(card)  # the end of the employment would be later than any loan's
    if card.status in LENT | {Status.ACTIVATED, Status.TO_RETURN}:
        return CardStep(as_employed(card, facts))
    if person is None or card.status not in ASKING | ORDERING:
        return CardStep(card)
    others = tuple(c for c in person.cards if c.id != card.id)
    steps = follow(replace(person, cards=(card, *others)), None)
    return next((s for s in steps if s.card.id == card.id), CardStep(card))


def reopened(card: Card, record: Record) -> Record | None:
    """Return the record of somebody who has a card after all; None where it stands right.

    Cards first, then the person: what has a living card is not closed (domain §3).
    """
    if card.status in OVER | ASKING | ORDERING:
        return None
    closed_too_soon = record.status is RecordStatus.CLOSED
    if not record.cards_back and not closed_too_soon:
        return None
    status = RecordStatus.ENDED if closed_too_soon else record.status
    return replace(record, status=status, cards_back=False)


def holes(card: Card) -> tuple[str, ...]:
    """Return what is missing for the card to be followed by itself, in words."""
    found = []
    if not card.number and card.status in WITHOUT_NUMBER - ASKING - ORDERING:
        found.append("kortets nummer")
    if card.status in LENT | {Status.TO_RETURN} and card.due is None:
        found += ["dag för utlämningen"] if card.status in LENT else []
        found.append("dag då kortet ska vara tillbaka")
    return tuple(found)


def _works(card: Card, facts: CardFacts) -> tuple[Step, ...]:
    """Return the work for staff without which the card would be forgotten."""
    if card.status in OVER | ASKING | {Status.NEEDED}:
        return ()
    works = []
    missing = holes(card)
    if missing:
        why = Reason("missing", f"Uppgift saknas: {', '.join(missing)}.", "D")
        rows: Rows = (("Att göra", "ta reda på det, rätta raden i listan och läs in den igen"),)
        works.append(work(Kind.CARD_CHECK, card, facts, title="Uppgift saknas", why=why, rows=rows))
    elif _too_long(card):
        text = f"Lånet är längre än tre månader: {card.handed_out} till {card.due}."
        why = Reason("too_long", text, "S9")
        works.append(work(Kind.CARD_CHECK, card, facts, title="För långt lån", why=why))
    works += _ending(card, facts)
    return tuple(works)


def _too_long(card: Card) -> bool:
    if card.status not in LENT or card.handed_out is None or card.due is None:
        return False
    return card.due > add_months(card.handed_out, MONTHS)


def _ending(card: Card, facts: CardFacts) -> tuple[Step, ...]:
    """Return the work to block or deregister a card that is nobody's any more."""
    if card.status is Status.LOST:
        rows: Rows = (("Att göra", "spärra kortet, skriv sedan: ekbot card blocked --number …"),)
        return (
            work(Kind.LOSS, card, facts, title="Spärra förlorat kort", rows=rows,
                 why=replace(WHY, source="S8"), priority=Priority.URGENT),
        )  # fmt: skip
    if card.status in (Status.BLOCKED, Status.RETURNED):
        rows = (("Att göra", "klipp och avregistrera: ekbot card deregistered --number …"),)
        return (
            work(Kind.DEREGISTER, card, facts, title="Avregistrera kort",
                 why=replace(WHY, source="S13" if card.is_reserve else "S7"), rows=rows),
        )  # fmt: skip
    return ()


def _order(card: Card, facts: CardFacts) -> Step:
    """Return the work of an order that is under way in the office's own list."""
    if card.is_reserve:
        rows: Rows = (("Att göra", "lämna ut kortet när personen kommer: ekbot card handout …"),)
        why, title = replace(WHY, source="S10"), "Lämna ut reservkort"
        return work(Kind.RESERVE_ORDER, card, facts, title=title, why=why, rows=rows)
    rows = (("Att göra", "beställ kortet, skriv sedan: ekbot card ordered --person …"),)
    why, title = replace(WHY, source="S5"), "Beställ e-tjänstekort hos regionen"
    return work(Kind.CARD_ORDER, card, facts, title=title, why=why, rows=rows)
