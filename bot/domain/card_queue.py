"""A clerk finishes, or refuses, a work item about a card: what that makes of the card."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import reply
from bot.domain.card_events import CardDeregistered, CardOrdered, CardReturned
from bot.domain.card_facts import CardFacts
from bot.domain.card_works import SAID_BACK
from bot.domain.cards import ASKING, ORDERING, VALID, Card, Status, shown
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chasing import DOUBTFUL, scheduled
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.effects import Effect
from bot.domain.endings import live
from bot.domain.letters import Rejected
from bot.domain.losses import deregistered, misread
from bot.domain.ordinary_cards import ordered
from bot.domain.reserve_cards import returned
from bot.domain.reserve_orders import approved, refused
from bot.domain.triage import Outcome

KINDS = frozenset(
    {
        Kind.CARD_ORDER, Kind.RESERVE_ORDER, Kind.CARD_CHECK, Kind.DEREGISTER, Kind.BLOCK,
        Kind.LOSS, Kind.RECEIPT, Kind.POLICE,
    }
)  # fmt: skip

MUST_BE_DONE = frozenset({Kind.DEREGISTER, Kind.BLOCK, Kind.RECEIPT})  # never refused


def done(case: Case, by: str, why: Reason, facts: CardFacts) -> Decision | None:
    """Return what a finished work item does to its card; None where it is only closed.

    Raises:
        IllegalStepError: the card must be seen to first; the text says how.
    """
    card = facts.card
    if card is None:
        return None
    if case.kind in (Kind.CARD_ORDER, Kind.RESERVE_ORDER):
        return _ordered(case, by, why, card, facts)
    match case.kind:
        case Kind.CARD_CHECK if case.why.rule == SAID_BACK and card.paused is not None:
            return returned(CardReturned(card.id, by, facts.today), card, facts)
        case Kind.DEREGISTER if card.status is not Status.DEREGISTERED:
            return deregistered(CardDeregistered(card.id, by, facts.today), card, facts)
        case Kind.CARD_CHECK if case.why.rule == "missing" and card.due is None:
            raise IllegalStepError(_last_day_first(card))
        case Kind.BLOCK | Kind.LOSS if card.status in VALID | {Status.LOST} and (
            case.card is not None or card.status is Status.LOST
        ):
            raise IllegalStepError(_block_first(card))
        case Kind.RECEIPT if case.why.rule != DOUBTFUL and why.text.endswith(f"av {by}."):
            text = (
                "Kvittensen är inte arkiverad. Skanna den till brevlådan, eller skriv med --why "
                "varför den inte behövs."
            )
            raise IllegalStepError(text)
        case Kind.RECEIPT:
            return _closed(case, why, replace(card, receipt=facts.today), facts)
        case Kind.POLICE:
            return _closed(case, why, replace(card, police="–"), facts)
        case _:
            return None


def _ordered(
    case: Case, by: str, why: Reason, card: Card, facts: CardFacts
) -> Decision | None:  # fmt: skip
    """Return what finishing an order does: ordered at the region, approved; else what is left."""
    match card.status:
        case Status.NEEDED:
            return ordered(CardOrdered(card.id, by, facts.today), card, facts)
        case Status.REQUESTED:
            return approved(case, card, facts, why)
        case Status.ORDERED | Status.INFORMED:
            text = "Kortet är beställt. Skriv ”ekbot card activated --person …” när det är i bruk."
            raise IllegalStepError(text)
        case Status.APPROVED:
            text = "Kortet är inte utlämnat. Skriv ”ekbot card handout --person …” när det är det."
            raise IllegalStepError(text)
        case _:
            return None


def _last_day_first(card: Card) -> str:
    return (
        f"Kortet {shown(card.number) or card.handle} saknar sista lånedag. Skriv ”ekbot card "
        f"extend --number {card.number or '…'} --until DATUM”, eller ”ekbot card returned”."
    )


def _block_first(card: Card) -> str:
    return (
        f"Kortet {shown(card.number)} är inte spärrat. Spärra det och skriv ”ekbot card blocked "
        f"--number {card.number or '…'}”, eller ”ekbot card returned” om det är tillbaka."
    )


def _closed(case: Case, why: Reason, card: Card, facts: CardFacts) -> Decision:
    step = CardStep(scheduled(card, facts), said="settled by staff")
    over = replace(case, stage=Stage.CONFIRMED, why=why)
    return Decision(Outcome.APPLIED, why, (Step(over),), cards=(step,))


def rejected(case: Case, why: Reason, facts: CardFacts) -> Decision | None:
    """Return what a refused work item does to its card; None where it is only closed.

    Raises:
        IllegalStepError: the work must be done, not refused.
    """
    card = facts.card
    if case.kind in MUST_BE_DONE:
        raise IllegalStepError(
            f"{case.handle} kan inte avslås: det ska göras. Se ”ekbot case show {case.id}”."
        )
    if card is None:
        return None
    over = replace(case, stage=Stage.REJECTED, why=why)
    if case.why.rule == SAID_BACK and card.paused is not None:
        again = scheduled(replace(card, paused=None), facts)
        return Decision(
            Outcome.APPLIED, why, (Step(over),), cards=(CardStep(again, said="not back"),)
        )
    if case.kind is Kind.LOSS and card.status is Status.LOST:
        return Decision(Outcome.APPLIED, why, (Step(over),), cards=(misread(card, facts),))
    if case.kind in (Kind.CARD_ORDER, Kind.RESERVE_ORDER) and card.status in ASKING | ORDERING:
        step = refused(over, card, why, facts)
        return Decision(Outcome.APPLIED, why, (replace(step, effects=_told(over, why)),))
    return None


def _told(case: Case, why: Reason) -> tuple[Effect, ...]:
    if not case.origin.answerable:
        return ()
    word = "e-tjänstekort" if case.kind is Kind.CARD_ORDER else "reservkort"
    advice = "Behövs kortet ändå? Svara på det här mejlet, så läser en handläggare det."
    content = Rejected(case.origin.file, f"Beställningen av {word} är avslagen. {why.text}", advice)
    return (reply(case, content),)


def unfinished(case: Case, cards: tuple[Card, ...], *, ended: bool) -> str:
    """Return why a card return, or a sure loss, can't be closed yet, "" when it can.

    *ended*: the record is over and closes with it, so that no order may be under way either.
    """
    sure = case.kind is Kind.LOSS and case.loss is not None and case.loss.sure
    out = tuple(c for c in cards if c.status in VALID) if sure and case.card is None else ()
    if out and case.why.rule == "loss":
        named = ", ".join(f"{shown(c.number) or c.handle}" for c in out)
        return (
            f"Vilket kort är förlorat: {named}? Skriv ”ekbot card lost --number …” och spärra det. "
            f"Gällde mejlet något annat? ”ekbot case reject {case.id} --why …”."
        )
    left = live(cards) if case.kind is Kind.CARD_RETURN else ()
    orders = tuple(c for c in left if c.status in ASKING | ORDERING)
    left = tuple(c for c in left if c not in orders)
    if orders and ended and not left:
        return (
            f"Personposten har upphört, men {orders[0].handle} är beställt. Avslå beställningen "
            "först, eller be chefen om en nybeställning av personen."
        )
    if not left:
        return ""
    named = ", ".join(f"{shown(c.number) or c.handle}" for c in left)
    if not ended:
        return (
            f"Personen arbetar kvar och har kort: {named}. Ska de behållas skriver du ”ekbot case "
            f"reject {case.id} --why …”, annars ”ekbot card returned”."
        )
    return (
        f"{case.handle} blir klart av sig självt när korten är avregistrerade. Kvar: {named}. "
        "Skriv ”ekbot card returned” och ”ekbot card deregistered”."
    )
