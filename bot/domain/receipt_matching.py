"""A receipt has come back: matched by its mark, looked at for a signature, kept (S12). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.answering import Context
from bot.domain.card_facts import CardFacts, holder_now
from bot.domain.card_mail import ReceiptSeen
from bot.domain.card_works import closed, work
from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.chase_letters import receipt_form
from bot.domain.chasing import DOUBTFUL, scheduled
from bot.domain.decision import CardStep, Decision, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.forms import Signed
from bot.domain.letters import Letter
from bot.domain.retention import RECEIPT, archived
from bot.domain.triage import Outcome

BOX = "underskrift.png"
_PAGE = "kvittens.png"


def decide_receipts(seen: Iterable[ReceiptSeen], context: Context) -> Decision:
    """Return what the receipts of a mail lead to; one loan is settled once, whatever came twice."""
    steps: list[Step] = []
    cards: dict[int, CardStep] = {}
    words: list[str] = []
    for one in seen:
        card = one.facts.card if one.facts is not None else None
        if one.facts is None or card is None:
            steps.append(_unknown(one, context))
            words.append("Kvittensens märke gick inte att läsa.")
            continue
        before = cards.get(card.id)
        now = before.card if before is not None else card
        step, word = _known(one, now, replace(one.facts, card=now), context)
        cards[card.id] = step if before is None else _joined(before, step)
        words.append(word)
    staff = bool(steps) or any(c.card.receipt is None for c in cards.values())
    outcome = Outcome.WITH_STAFF if staff else Outcome.APPLIED
    why = Reason("receipt", " ".join(dict.fromkeys(words)), "S12")
    return Decision(outcome, why, tuple(steps), cards=tuple(cards.values()))


def _joined(one: CardStep, two: CardStep) -> CardStep:
    """Return both readings of one loan as one step: a signed page settles an unsigned one."""
    if two.card.receipt is None:
        return two
    settles = one if one.card.receipt is not None else two
    return replace(settles, archive=(*one.archive, *two.archive))


def _unknown(one: ReceiptSeen, context: Context) -> Step:
    """Give staff a receipt that belongs to no loan we know: never guessed."""
    mark = one.reading.mark
    text = (
        "Kvittensen hör inte till något lån som finns här."
        if mark
        else "Märket på kvittensen gick inte att läsa. Vilket lån hör den till?"
    )
    why = Reason("receipt_unknown", text, "S12")
    rows = (("Fil", one.file), ("Sida", str(one.reading.page)), ("Märke", mark))
    case = Case(
        kind=Kind.RECEIPT, stage=Stage.STAFF, why=why,
        title=f"Kvittens att para ihop (M-{context.origin.mail})",
        opened=context.now, origin=context.origin,
        details=tuple((k, v) for k, v in rows if v),
    )  # fmt: skip
    files = ((_PAGE, one.reading.picture),) if one.reading.picture else ()
    kept = (archived(context.policy.retention, one.original, "kvittens", RECEIPT, context.today),)
    return Step(case, files=files, archive=kept if one.original else ())


def _known(
    one: ReceiptSeen, card: Card, facts: CardFacts, context: Context
) -> tuple[CardStep, str]:
    kept = archived(context.policy.retention, one.original, f"kvittens-{card.handle}", RECEIPT,
                    context.today)  # fmt: skip
    signed = one.reading.signed
    if card.receipt is not None:
        again = signed in (Signed.INK, Signed.DIGITAL)
        step = CardStep(card, archive=(kept,) if again else (), said="receipt again")
        return step, f"Kvittensen för {card.handle} är redan arkiverad."
    if signed in (Signed.INK, Signed.DIGITAL):
        why = Reason("receipt", "Den underskrivna kvittensen är arkiverad.", "S12")
        settled = scheduled(replace(card, receipt=facts.today), facts)
        works = closed(facts.works, (Kind.RECEIPT,), why)
        step = CardStep(settled, works=works, archive=(kept,), said="receipt archived")
        return step, f"Kvittensen för {card.handle} är arkiverad."
    doubtful = signed is Signed.UNSURE
    text = (
        "Något står i rutan på kvittensen. Är det en underskrift?"
        if doubtful
        else "Kvittensen kom tillbaka utan underskrift."
    )
    why = Reason(DOUBTFUL if doubtful else "receipt_unsigned", text, "S12")
    title = "Är kvittensen underskriven?" if doubtful else "Kvittens utan underskrift"
    held = work(Kind.RECEIPT, card, facts, title=title, why=why)
    files = ((BOX, one.reading.crop),) if one.reading.crop else ()
    asked = _asked(one, card, facts, context, doubtful=doubtful)
    step = CardStep(
        card, works=(replace(held, effects=asked, files=files),),
        archive=(kept,) if doubtful else (), said="receipt not settled",
    )  # fmt: skip
    return step, text


def _asked(
    one: ReceiptSeen, card: Card, facts: CardFacts, context: Context, *, doubtful: bool
) -> tuple[Effect, ...]:
    """Return the letter to staff with the picture of the box."""
    staff = context.policy.staff
    if not staff or holder_now(card, facts).protected:
        return ()
    picture = BOX if one.reading.crop else ""
    content = receipt_form(card, facts, unsigned=not doubtful, doubtful=doubtful, picture=picture)
    return (SendLetter(Letter(staff, content, card=card.id)),)
