"""The chase: what a new day makes of a card, rung by rung, until it is back (routine S6, S7, S13).

Decides for one card at a time, and only on the day for which it was scheduled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import card_policy as ladders
from bot.domain.card_facts import CardFacts, letters_to
from bot.domain.card_works import moved, once, work
from bot.domain.cards import LENT, Card, Climbed, Status
from bot.domain.cases import Kind, Priority, Reason, Stage
from bot.domain.chase_letters import letter
from bot.domain.decision import CardStep, Step
from bot.domain.records import Status as RecordStatus
from bot.domain.reminders import Rung, To, climb, next_day

DOUBTFUL = "receipt_doubtful"  # the rule of a receipt that a clerk must look at


@dataclass(frozen=True, slots=True)
class Clock:
    """One thing that a card waits for: which ladder, and from which day it counts (None: not)."""

    ladder: str
    anchor: Callable[[Card, CardFacts], date | None]


def _lent(card: Card, _facts: CardFacts) -> date | None:
    return card.due if card.status in LENT and card.paused is None else None


def _unreceipted(card: Card, _facts: CardFacts) -> date | None:
    missing = card.is_reserve and card.handed_out is not None and card.receipt is None
    return card.handed_out if missing and card.mark else None


def _offered(card: Card, _facts: CardFacts) -> date | None:
    if card.status is not Status.APPROVED or card.approved is None:
        return None
    return max(card.approved, card.wanted_from or card.approved)


def _unfetched(card: Card, facts: CardFacts) -> date | None:
    since = card.informed or card.ordered
    if card.status not in (Status.ORDERED, Status.INFORMED) or since is None:
        return None
    return since + timedelta(days=facts.policy.cards.void_days)


def _wanted_back(card: Card, _facts: CardFacts) -> date | None:
    back = card.status in (Status.ACTIVATED, Status.TO_RETURN) and not card.is_reserve
    return card.due if back and card.paused is None else None


def _runs_out(card: Card, _facts: CardFacts) -> date | None:
    return card.expires if card.status is Status.ACTIVATED and card.paused is None else None


def _unreported(card: Card, _facts: CardFacts) -> date | None:
    """A loss's police report is chased from the day that we heard of it, also when all is done."""
    if card.lost is None or card.police or card.status is Status.CANCELLED:
        return None
    return card.reported or card.lost


CLOCKS = (
    Clock(ladders.RESERVE, _lent),
    Clock(ladders.BACK, _wanted_back),
    Clock(ladders.PICKUP, _unfetched),
    Clock(ladders.APPOINTMENT, _offered),
    Clock(ladders.RECEIPT, _unreceipted),
    Clock(ladders.POLICE, _unreported),
    Clock(ladders.EXPIRY, _runs_out),
)


def scheduled(card: Card, facts: CardFacts) -> Card:
    """Return *card* with the next day on which it moves by itself, today or later."""
    return replace(card, next_on=_next(card, facts, acted=False))


def due_early(card: Card, day: date, why: str, facts: CardFacts) -> Card:
    """Return a lent card that shall be back on *day*, or sooner if it was due sooner anyway."""
    days = facts.policy.working_days
    due = days.on_or_before(day)
    if due <= facts.today:  # at once: the first day on which the holder can be told
        due = facts.policy.cards.next_chance(facts.now, days)
    if card.due is not None and card.due <= due:
        return card
    moved_up = replace(
        card, due=due, due_before=card.due_before or card.due, why=why, chase_from=None, wish=None
    )
    return scheduled(replace(moved_up, status=status_on(moved_up, facts.today)), facts)


def told_now(card: Card, facts: CardFacts, said: str) -> CardStep:
    """Return a card that a change has made due, with the letter that it calls for today."""
    may_write = facts.policy.cards.may_write(facts.now, facts.policy.working_days)
    return replace(decide_card_day(card, facts, may_write=may_write), said=said)


def status_on(card: Card, today: date) -> Status:
    """Return a lent card's status on *today*, by its due date alone."""
    if card.due is None or today < card.due:
        return Status.HANDED_OUT
    return Status.DUE if today == card.due else Status.OVERDUE


def decide_card_day(card: Card, facts: CardFacts, *, may_write: bool) -> CardStep:
    """Return what *today* makes of the card: its status, and at most one rung of each ladder.

    Where reminders may not go now (night, holiday) the rungs wait for the next chance.
    """
    step = _dated(card, facts)
    if may_write:
        for clock in CLOCKS:
            step = _climbed(step, clock, facts)
    acted = replace(step.card, next_on=_next(step.card, facts, acted=may_write))
    return replace(step, card=acted, works=once(step.works))


def _dated(card: Card, facts: CardFacts) -> CardStep:
    """Return the card as its dates alone make it."""
    today = facts.today
    if card.status in LENT:
        return CardStep(replace(card, status=status_on(card, today)), said="day")
    if card.status is Status.ACTIVATED and card.due is not None and card.due < today:
        return CardStep(replace(card, status=Status.TO_RETURN), said="to return")
    if card.status is Status.ACTIVATED and card.expires is not None and card.expires < today:
        due = facts.policy.cards.next_chance(facts.now, facts.policy.working_days)
        back = replace(card, due=due, why="Kortets giltighetstid har gått ut.")
        return CardStep(replace(back, status=Status.TO_RETURN, chase_from=None), said="expired")
    record = facts.record
    if card.status is Status.NEEDED and record is not None:
        may = "kortet kan beställas" if record.entry.mail else "men e-postadress saknas"
        why = Reason("card_order", f"Personposten är aktiv: {may}.", "S5")
        waits = facts.order is not None and facts.order.stage is Stage.WAITS
        ready = record.status is RecordStatus.ACTIVE and waits
        return CardStep(card, works=moved(facts.order, Stage.STAFF, why) if ready else ())
    return CardStep(card)


def _climbed(step: CardStep, clock: Clock, facts: CardFacts) -> CardStep:
    card = step.card
    anchor = clock.anchor(card, facts)
    if anchor is None:
        return step
    rung = reached(card, clock.ladder, facts)
    if rung is None:
        return step
    mark = Climbed(clock.ladder, rung.name, facts.today, anchor)
    marked = replace(card, rungs=(*card.rungs, mark))
    return _told(replace(step, card=marked), clock.ladder, rung, facts)


def reached(card: Card, ladder: str, facts: CardFacts) -> Rung | None:
    """Return the rung of *ladder* that is to be acted on today, None when there is none."""
    clock = next(c for c in CLOCKS if c.ladder == ladder)
    anchor = clock.anchor(card, facts)
    if anchor is None:
        return None
    return climb(
        facts.policy.cards.ladder(ladder), anchor, facts.today, facts.policy.working_days,
        climbed=card.climbed(ladder, anchor), after=_passed(clock, card),
    )  # fmt: skip


def _passed(clock: Clock, card: Card) -> date | None:
    """Return the day up to which the ladder's rungs are past: of a short loan, of an extension."""
    return card.chase_from if clock.ladder in (ladders.RESERVE, ladders.BACK) else None


def _told(step: CardStep, ladder: str, rung: Rung, facts: CardFacts) -> CardStep:
    """Return the card with the letter of *rung*, or the work where no letter may go."""
    card = step.card
    words = letter(ladder, rung, card, facts)
    effects = letters_to(words, rung.to, card, facts, rung=rung.name) if words is not None else ()
    if card.letters + len(effects) > facts.policy.cards.most_letters:
        effects = ()
    works = (*step.works, *_works(ladder, rung, card, facts))
    if words is not None and not effects:
        works = (*works, _by_hand(card, rung, facts))
    counted = replace(_lapsed(card, ladder, rung), letters=card.letters + len(effects))
    return replace(step, card=counted, effects=(*step.effects, *effects), works=works)


def _by_hand(card: Card, rung: Rung, facts: CardFacts) -> Step:
    why = Reason("by_hand", f"Påminnelsen ({rung.name}) måste ges av en person.", "D")
    return work(Kind.CARD_CHECK, card, facts, title="Påminn om kort för hand", why=why)


def _lapsed(card: Card, ladder: str, rung: Rung) -> Card:
    if ladder != ladders.PICKUP or rung.days < 0:
        return card
    text = "Beställningen förföll: kortet hämtades inte i tid."
    return replace(card, status=Status.CANCELLED, why=text)


def _works(ladder: str, rung: Rung, card: Card, facts: CardFacts) -> tuple[Step, ...]:
    """Return the work for staff that comes with the rung."""
    if rung.block:
        text = f"Kortet skulle ha varit tillbaka {card.due}."
        why = Reason("overdue", text, "S13" if card.is_reserve else "S7")
        rows = (("Att göra", "spärra kortet: ekbot card blocked --number …"),)
        return (
            work(
                Kind.BLOCK, card, facts, title="Spärra kort som inte lämnats", why=why, rows=rows,
                priority=Priority.URGENT,
            ),
        )  # fmt: skip
    if ladder == ladders.PICKUP and rung.days >= 0:
        why = Reason("void", "Kortet hämtades inte inom tiden; beställningen har förfallit.", "F")
        held = moved(facts.order, Stage.STAFF, why)
        title = "Beställningen av e-tjänstekort har förfallit"
        return held or (work(Kind.CARD_CHECK, card, facts, title=title, why=why),)
    if To.STAFF not in rung.to:
        return ()
    return _staff_works(ladder, card, facts)


def _staff_works(ladder: str, card: Card, facts: CardFacts) -> tuple[Step, ...]:
    if ladder == ladders.APPOINTMENT:
        why = Reason("not_fetched", "Reservkortet har inte hämtats. Behövs det fortfarande?", "D")
        return moved(facts.order, Stage.STAFF, why)
    if ladder == ladders.RECEIPT and any(c.why.rule == DOUBTFUL for c in facts.works):
        return ()  # it has come: a clerk is asked about it
    if ladder == ladders.RECEIPT:
        why = Reason("no_receipt", "Den underskrivna kvittensen har inte kommit in.", "S12")
        return (work(Kind.RECEIPT, card, facts, title="Kvittens saknas", why=why),)
    if ladder == ladders.POLICE:
        why = Reason("no_police_report", "Polisanmälans nummer har inte kommit in.", "S8")
        return (work(Kind.POLICE, card, facts, title="Polisanmälan saknas", why=why),)
    return ()


def _next(card: Card, facts: CardFacts, *, acted: bool) -> date | None:
    """Return the next day that concerns the card; *acted*: today's rungs have been seen to."""
    found = [d for clock in CLOCKS if (d := _next_of(clock, card, facts, acted=acted)) is not None]
    found += [max(d, facts.today) for d in _dates(card)]
    entry = facts.record.entry if facts.record is not None else None
    if card.status is Status.NEEDED and entry is not None and entry.valid_from is not None:
        found += [entry.valid_from] if entry.valid_from > facts.today else []
    return min(found, default=None)


def _dates(card: Card) -> tuple[date, ...]:
    """Return the days on which the status changes by itself; one that was missed is among them."""
    one = timedelta(days=1)
    if card.status is Status.HANDED_OUT and card.due is not None:
        return (card.due, card.due + one)
    if card.status is Status.DUE and card.due is not None:
        return (card.due + one,)
    if card.status is Status.ACTIVATED:
        return tuple(d + one for d in (card.due, card.expires) if d is not None)
    return ()


def _next_of(clock: Clock, card: Card, facts: CardFacts, *, acted: bool) -> date | None:
    anchor = clock.anchor(card, facts)
    if anchor is None:
        return None
    days = facts.policy.working_days
    ladder = facts.policy.cards.ladder(clock.ladder)
    if not acted and reached(card, clock.ladder, facts):
        return max(facts.today, facts.policy.cards.next_chance(facts.now, days))
    return next_day(ladder, anchor, facts.today, days, after=_passed(clock, card))
