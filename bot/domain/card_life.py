"""An event about a card, sent to whoever knows what follows. Decides nothing itself."""

from __future__ import annotations

from typing import assert_never

from bot.domain import extensions, losses, ordinary_cards, reserve_cards
from bot.domain.card_events import (
    CardActivated,
    CardBlocked,
    CardDeregistered,
    CardEvent,
    CardExtended,
    CardHandedOut,
    CardLost,
    CardOrdered,
    CardReturned,
    HolderInformed,
)
from bot.domain.card_facts import CardFacts
from bot.domain.cards import Card, CardKind
from bot.domain.decision import Decision, IllegalStepError

_KIND = {
    "card_ordered": CardKind.ORDINARY,
    "card_activated": CardKind.ORDINARY,
    "card_handed_out": CardKind.RESERVE,
    "card_extended": CardKind.RESERVE,
}


def decide_card(event: CardEvent, facts: CardFacts) -> Decision:
    """Return what *event* makes of its card and of all that hangs on it.

    Raises:
        IllegalStepError: the card can't take this step; the text says what to do instead.
    """
    card = facts.card
    if card is None:
        raise IllegalStepError("Det finns inget kort med det numret. Se ”ekbot list cards”.")
    wanted = _KIND.get(event.kind)
    if wanted is not None and card.kind is not wanted:
        word = "reservkort" if card.is_reserve else "e-tjänstekort"
        raise IllegalStepError(f"{card.handle} är ett {word} och kan inte ta det steget.")
    if not isinstance(event, HolderInformed) and event.on > facts.today:
        raise IllegalStepError(f"Dagen {event.on} ligger i framtiden. Kontrollera --on.")
    _in_order(event, card)
    return _decided(event, card, facts)


def _in_order(event: CardEvent, card: Card) -> None:
    """Stop a day that lies before what has happened to the card already.

    Raises:
        IllegalStepError: naming that day.
    """
    known = (card.ordered, card.activated, card.handed_out, card.blocked, card.returned)
    last = max((d for d in known if d is not None), default=None)
    if last is None or isinstance(event, HolderInformed | CardExtended) or event.on >= last:
        return
    raise IllegalStepError(
        f"Dagen {event.on} ligger före {last}, då något redan hände med kortet. Kontrollera --on."
    )


def _decided(event: CardEvent, card: Card, facts: CardFacts) -> Decision:
    match event:
        case CardOrdered():
            return ordinary_cards.ordered(event, card, facts)
        case HolderInformed():
            return ordinary_cards.informed(event, card, facts)
        case CardActivated():
            return ordinary_cards.activated(event, card, facts)
        case CardHandedOut():
            return reserve_cards.handed_out(event, card, facts)
        case CardReturned():
            return reserve_cards.returned(event, card, facts)
        case CardExtended():
            return extensions.extended(event, card, facts)
        case CardLost():
            return losses.lost(event, card, facts)
        case CardBlocked():
            return losses.blocked(event, card, facts)
        case CardDeregistered():
            return losses.deregistered(event, card, facts)
        case _:
            assert_never(event)
