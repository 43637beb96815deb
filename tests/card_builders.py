"""One line each: cards, loans, holders, the facts about them, and the office's own ladders.

Holds no test. The ladders and the rules of loans are those that ship in ``config``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.calendar import WorkingDays
from bot.domain.card_facts import CardFacts, PersonFacts
from bot.domain.card_letters import CardContent
from bot.domain.card_policy import CardPolicy
from bot.domain.cards import Card, CardKind, Holder, IdKind, Status
from bot.domain.cases import Case, Kind, LossReport, Reason, Stage
from bot.domain.decision import CardStep, Decision, Policy, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Letter
from bot.domain.receipts import mark
from bot.domain.records import Status as RecordStatus
from bot.domain.values import CardId, CaseId, RecordId
from bot.settings import card_files
from tests.builders import MARIA_MAIL, NOW, TODAY, UNIT, UNIT_ID, a_record, an_origin, person

CONFIG = Path(__file__).resolve().parents[1] / "config"
LADDERS = card_files.ladders(CONFIG / "ladders.toml")
RULES = card_files.rules(CONFIG / "reserve_rules.toml", forgotten=True)
CLOSED = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)})
OFFICE = "ek@jarfalla.example"
CHIEF = "chefens.chef@jarfalla.example"
ANNA_MAIL = "anna.oberg@jarfalla.example"
NUMBER, OTHER_NUMBER = "97521234", "97525678"


def card_policy(**values: Any) -> CardPolicy:
    return CardPolicy(**{"ladders": LADDERS, "rules": RULES, **values})


def a_policy(**cards: Any) -> Policy:
    """The office's policy with a mailbox of staff; keywords are the card policy's fields."""
    return Policy(staff=(OFFICE,), working_days=WorkingDays(CLOSED), cards=card_policy(**cards))


def a_holder(**values: Any) -> Holder:
    row: dict[str, Any] = {
        "name": "Anna Öberg", "unit": UNIT, "unit_id": UNIT_ID, "mail": ANNA_MAIL,
        "manager_mail": MARIA_MAIL, "person": person(), "record": RecordId(1), **values,
    }  # fmt: skip
    return Holder(**row)


def a_card(**values: Any) -> Card:
    """An ordinary card in use, number 9752 1234; keywords are the card's fields."""
    row: dict[str, Any] = {
        "kind": CardKind.ORDINARY, "status": Status.ACTIVATED, "holder": a_holder(),
        "opened": date(2026, 3, 1), "id": CardId(5), "version": 1, "number": NUMBER, **values,
    }  # fmt: skip
    return Card(**row)


def a_request(**values: Any) -> Card:
    """A reserve card that was asked for by K-9 and approved today."""
    row: dict[str, Any] = {
        "kind": CardKind.RESERVE, "status": Status.APPROVED, "opened": TODAY, "number": "",
        "case": CaseId(9), "reasons": ("short_term",), "approved": TODAY, "id": CardId(6), **values,
    }  # fmt: skip
    return a_card(**row)


def a_loan(**values: Any) -> Card:
    """A reserve card lent on 9 November until 18 December, its receipt not back."""
    row: dict[str, Any] = {
        "kind": CardKind.RESERVE, "status": Status.HANDED_OUT, "opened": date(2026, 11, 9),
        "id": CardId(6), "number": OTHER_NUMBER, "case": CaseId(9), "loa": 3,
        "reasons": ("short_term",), "rules": ("S9-short-3",), "approved": date(2026, 11, 9),
        "handed_out": date(2026, 11, 9), "due": date(2026, 12, 18), "cap": date(2027, 2, 9),
        "chase_from": date(2026, 11, 9), "id_kind": IdKind.PASSPORT,
        "mark": mark(6, f"{OTHER_NUMBER}|2026-11-09"), **values,
    }  # fmt: skip
    return a_card(**row)


def a_work(kind: Kind, **values: Any) -> Case:
    """An open work item K-20 about the loan."""
    row: dict[str, Any] = {
        "kind": kind, "stage": Stage.STAFF, "title": "Prov", "why": Reason("test", "Prov."),
        "opened": NOW, "id": CaseId(20), "version": 1, "person": person(), "card": CardId(6),
        **values,
    }  # fmt: skip
    return Case(**row)


def an_order_case(kind: Kind = Kind.RESERVE_ORDER, **values: Any) -> Case:
    """The case K-9 that asked for the card."""
    row: dict[str, Any] = {
        "id": CaseId(9), "card": None, "stage": Stage.WAITS, "origin": an_origin(), **values,
    }  # fmt: skip
    return a_work(kind, **row)


def a_report(**values: Any) -> LossReport:
    return LossReport(**{"reported": NOW, "registrar": "EK-bot", "sender": ANNA_MAIL, **values})


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, 0, tzinfo=UTC)


def card_facts(card: Card | None, *, today: date = TODAY, **values: Any) -> CardFacts:
    """A card of Anna's, whose record is active; the manager's address is the register's."""
    row: dict[str, Any] = {
        "now": noon(today), "today": today, "policy": a_policy(), "card": card,
        "record": a_record(), "manager": MARIA_MAIL, "superior": CHIEF, **values,
    }  # fmt: skip
    return CardFacts(**row)


def person_facts(*cards: Card, today: date = TODAY, **values: Any) -> PersonFacts:
    row: dict[str, Any] = {
        "now": noon(today), "today": today, "policy": a_policy(), "record": a_record(),
        "cards": cards, "manager": MARIA_MAIL, "superior": CHIEF, "stock_complete": True, **values,
    }  # fmt: skip
    return PersonFacts(**row)


def ended_record(last: date = TODAY - timedelta(days=1), **values: Any) -> Any:
    return a_record(**{"status": RecordStatus.ENDED, "valid_until": last, **values})


def _letters(effects: tuple[Effect, ...]) -> list[Letter]:
    return [e.letter for e in effects if isinstance(e, SendLetter)]


def _of_step(step: Step) -> list[Letter]:
    below = [letter for child in step.children for letter in _of_step(child)]
    return _letters(step.effects) + [x for c in step.cards for x in card_letters(c)] + below


def card_letters(step: CardStep) -> list[Letter]:
    """The letters of a card's step and of the work that hangs on it."""
    return _letters(step.effects) + [x for work in step.works for x in _of_step(work)]


def all_letters(decision: Decision) -> list[Letter]:
    """Every letter of a decision, in order."""
    cards = [x for step in decision.cards for x in card_letters(step)]
    return cards + [x for step in decision.steps for x in _of_step(step)]


def said(letters: list[Letter]) -> list[tuple[str, tuple[str, ...]]]:
    """What goes to whom: the kind and the addresses of each letter."""
    return [(letter.kind, letter.to) for letter in letters]


def words_of(letter: Letter) -> CardContent:
    return letter.content  # type: ignore[return-value]


def works(step: CardStep) -> list[tuple[Kind, Stage]]:
    return [(w.case.kind, w.case.stage) for w in step.works]


def one_card(decision: Decision) -> CardStep:
    """The only card of a decision."""
    [step] = decision.cards or decision.steps[0].cards
    return step


def at(card: Card, **values: Any) -> Card:
    return replace(card, **values)
