"""The made-up clerk: looks into the queue each morning and answers the digest by mail."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.calendar import today
from bot.domain.cards import Card
from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Case, Kind, Stage
from bot.rehearsal.dice import Dice

MOST = 60  # rows that one clerk writes in a morning
_MADE = timedelta(days=12)  # the region makes and hands out an ordinary card
_FORMS = frozenset({Kind.NEW, Kind.CHANGE, Kind.CANCEL, Kind.SCAN})


def row(case: Case, cards: tuple[Card, ...], day: date, dice: Dice) -> str:
    """Return what the clerk writes about *case*, "" while there is nothing to do."""
    age = day - today(case.opened)
    match case.kind:
        case Kind.CARD_ORDER if case.stage is Stage.STAFF:
            return f"{case.handle} beställt"
        case Kind.CARD_ORDER:
            made = case.stage is Stage.WAITS and age >= _MADE
            return f"{case.handle} aktiverat {_number(case, 1)}" if made else ""
        case Kind.RESERVE_ORDER:
            return f"{case.handle} utlämnat {_number(case, 2)} körkort"
        case Kind.LOSS | Kind.BLOCK:
            alive = any(c.status not in (CardStatus.BLOCKED, CardStatus.DEREGISTERED)
                        for c in cards)  # fmt: skip
            return f"{case.handle} {'spärrat' if alive else 'klar'}"
        case Kind.CARD_RETURN:
            back = age >= timedelta(days=3 + dice.below(12, "åter", case.id))
            out = [c for c in cards if c.number and c.returned is None]
            if not back:
                return ""
            return f"{case.handle} återlämnat {out[0].number}" if out else f"{case.handle} klar"
        case kind if kind in _FORMS and not case.approvable:
            return f"{case.handle} avslå skicka en ny blankett"
        case _:
            return f"{case.handle} klar"


def _number(case: Case, series: int) -> str:
    """Return the number of a card that nobody else has."""
    return f"9752279{series}{case.id:08}"
