"""The clock's inlet for cards: whose day has come, the month's list, the drawer. Only order."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from bot.app import card_facts
from bot.app.cardwork import protected
from bot.app.commit import commit, trouble
from bot.app.services import Services
from bot.domain import stock
from bot.domain.card_letters import Inventory
from bot.domain.cards import Card
from bot.domain.cases import Reason
from bot.domain.chasing import decide_card_day
from bot.domain.decision import Decision
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.protection import gate
from bot.domain.triage import Outcome
from bot.domain.values import CardId
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.ports.store import Work

log = logging.getLogger(__name__)

BATCH = 200
_FIRST = (date(1900, 1, 1), CardId(0))


def chase(services: Services, day: date, now: datetime) -> int:
    """Let every card whose day has come move; the others are not touched.

    Each card has a transaction of its own: one that fails never stops the next.
    """
    policy = services.policy
    may_write = policy.cards.may_write(now, services.working_days)
    count, after = 0, _FIRST
    while True:
        with services.store.begin() as work:
            cards = work.cards.due(day, after, BATCH)
        for card in cards:
            count += _guarded(services, card, now, may_write=may_write)
        if len(cards) < BATCH:
            return count
        last = cards[-1]
        after = (last.next_on or day, last.id)


def _guarded(services: Services, card: Card, now: datetime, *, may_write: bool) -> int:
    try:
        with services.store.begin() as work:
            fresh = work.cards.get(card.id)
            if fresh is None or fresh.version != card.version:
                return 0  # another hand was there; the next round looks again
            return _one(services, work, fresh, now, may_write=may_write)
    except (TransientError, NeedsOperatorError):
        raise
    except Exception as error:
        log.exception("card failed", extra={"action": "card_failed", "card": card.id})
        with services.store.begin() as work:
            if work.runs.begin(f"card_failed/{card.handle}", f"{now.date()}", now):
                trouble(work, f"Kort {card.handle}", error, now)
        return 0


def _one(services: Services, work: Work, card: Card, now: datetime, *, may_write: bool) -> int:
    facts = card_facts.of_card(services, work, card)
    step = decide_card_day(card, facts, may_write=may_write)
    if step.card == card and not step.effects and not step.works:
        return 0
    why = Reason("card_day", "Kortets dag har kommit.", "S13")
    decision = gate(Decision(Outcome.APPLIED, why, cards=(step,)), protected(card, work))
    commit(work, decision, now=now, actor="bot")
    return 1


def monthly(services: Services, day: date, now: datetime) -> int:
    """Once a month tell staff who has ended with a card that is valid still (S7)."""
    staff = services.facts.staff
    if not staff or not services.policy.cards.may_write(now, services.working_days):
        return 0
    with services.store.begin() as work:
        if not work.runs.begin("ended_with_card", f"{day:%Y-%m}", now):
            return 0
        content = stock.ended_with_card(work.cards.ended(), day)
        if not content.rows and not content.protected:
            return 0
        _queue(work, Letter(staff, content), f"ended_with_card/{day:%Y-%m}", now)
    return 1


def drawer(services: Services, day: date, now: datetime) -> int:
    """Look once a week whether the blanks will do; ask once a quarter whether they are there."""
    policy = services.policy.cards
    if not policy.may_write(now, services.working_days):
        return 0
    year, week, _ = day.isocalendar()
    done = 0
    with services.store.begin() as work:
        if work.runs.begin("drawer", f"{year}W{week:02d}", now):
            done += _look(services, work, day, now)
        month = max((m for m in policy.inventory_months if m <= day.month), default=0)
        if month and services.facts.staff:
            period = f"{day.year}-{month:02d}"
            rows = stock.inventory_rows(work.blanks.list())
            if rows and work.runs.begin("inventory", period, now):
                content = Inventory(day, rows)
                _queue(work, Letter(services.facts.staff, content), f"inventory/{period}", now)
                done += 1
    return done


def _look(services: Services, work: Work, day: date, now: datetime) -> int:
    policy = services.policy.cards
    blanks = work.blanks.list()
    if not blanks and not work.runs.begun("stock", "any"):
        return 0
    soon = day + timedelta(days=policy.stock_days)
    step = stock.shortage(blanks, soon, policy.stock_low, now)
    if step is None or work.cases.open_of(step.case.kind):
        return 0
    commit(work, Decision(Outcome.WITH_STAFF, step.case.why, (step,)), now=now, actor="bot")
    return 1


def _queue(work: Work, letter: Letter, key: str, now: datetime) -> None:
    number = work.outbox.put(SendLetter(letter), key, case=None, now=now, due=now)
    work.audit.add("bot", "letter_queued", f"B-{number}", letter.kind, now)
