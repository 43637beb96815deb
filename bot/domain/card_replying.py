"""A reply to a letter about a card: "redan lämnat", "förläng", yes, no, the police's number. Pure.

What it does not understand whole it does not act on: a clerk reads it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.answering import Context
from bot.domain.card_facts import CardFacts, holder_now, letters_to
from bot.domain.card_letters import ExtensionAnswered, ExtensionAsked, Reader, ReplyNoted
from bot.domain.card_mail import ReplyToLetter, Speaker
from bot.domain.card_works import SAID_BACK, Rows, closed, work
from bot.domain.cards import LENT, VALID, Card, Status, shown
from bot.domain.cases import Kind, LossReport, Reason
from bot.domain.chasing import DOUBTFUL, scheduled
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.extensions import granted, kept_longer, longest, no_block, why_not
from bot.domain.letters import Content, Letter
from bot.domain.losses import alert, loss_work
from bot.domain.reminders import To
from bot.domain.reports import CardSaid, CardWord
from bot.domain.triage import Outcome
from bot.domain.values import name_key


def decide_card_reply(said: ReplyToLetter, context: Context) -> Decision | None:
    """Return what the reply leads to; None where a clerk must read it."""
    card = said.facts.card
    reply = said.reply
    if card is None:
        return _to_loss(said)
    if said.speaker is Speaker.STRANGER or reply.unread or not reply.said:
        return None
    if said.letter_kind == "receipt_form":
        return _receipt(reply.said, said, card)
    step = CardStep(card)
    words: list[str] = []
    for one in _in_order(reply.said):
        moved = _one(one, step, said, context)
        if moved is None:
            return None
        step, word = moved
        words.append(word)
    why = Reason("card_reply", " ".join(words), "S13")
    return Decision(Outcome.APPLIED, why, cards=(replace(step, said="reply"),))


def _to_loss(said: ReplyToLetter) -> Decision | None:
    """Note the police report's number on a loss of which the card is not known."""
    case, reply = said.facts.order, said.reply
    numbers = [s.text for s in reply.said if s.word is CardWord.POLICE]
    plain = len(numbers) == len(reply.said) == 1 and not reply.unread
    if case is None or case.loss is None or not plain or said.speaker is Speaker.STRANGER:
        return None
    why = Reason("police_report", f"Polisanmälan: {numbers[0]}.", "S8")
    noted = replace(
        case, loss=replace(case.loss, police=numbers[0]),
        details=(*case.details, ("Polisanmälan", numbers[0])),
    )  # fmt: skip
    return Decision(Outcome.APPLIED, why, (Step(noted),))


def _in_order(said: tuple[CardSaid, ...]) -> tuple[CardSaid, ...]:
    """Return what was said, an answer of no beside "it is back" left out: it says the same."""
    words = {s.word for s in said}
    if CardWord.BACK in words:
        return tuple(s for s in said if s.word not in (CardWord.NO, CardWord.YES))
    return said


def _one(
    one: CardSaid, step: CardStep, said: ReplyToLetter, context: Context
) -> tuple[CardStep, str] | None:
    facts = replace(said.facts, card=step.card)
    match one.word:
        case CardWord.BACK:
            return _back(one, step, facts, context)
        case CardWord.POLICE:
            return _police(one, step, facts, context)
        case CardWord.EXTEND if said.speaker is Speaker.HOLDER:
            return _wish(one, step, facts, context)
        case CardWord.EXTEND:
            return _longer(one.day, step, facts, context)
        case CardWord.YES if _answers(said, step.card):
            return _longer(one.day or step.card.wish, step, facts, context)
        case CardWord.NO if _answers(said, step.card):
            return _refused(step, facts)
        case _:
            return None


def _answers(said: ReplyToLetter, card: Card) -> bool:
    """Tell whether a yes or no answers the wish that is open: somebody else's than the holder's."""
    mine = said.speaker is Speaker.HOLDER
    return not mine and card.wish is not None and said.until == card.wish


def _back(
    one: CardSaid, step: CardStep, facts: CardFacts, context: Context
) -> tuple[CardStep, str] | None:
    """Pause the chase until staff have looked whether the card is there."""
    card = step.card
    if card.status in (Status.RETURNED, Status.DEREGISTERED):
        return step, "Kortet är redan registrerat som återlämnat."
    if card.status not in LENT | {Status.TO_RETURN, Status.ACTIVATED}:
        return None
    waits = replace(card, paused=facts.today, wish=None)
    when = f" {one.day}" if one.day is not None else ""
    text = f"{context.origin.sender} skriver att kortet är lämnat{when} (M-{context.origin.mail})."
    why = Reason(SAID_BACK, text, "S13")
    rows: Rows = (
        ("Om kortet är här", "ekbot card returned --number …, eller ekbot case done …"),
        ("Om det inte är här", "ekbot case reject … --why ”…”: påminnelserna fortsätter"),
    )
    check = work(Kind.CARD_CHECK, card, facts, title="Är kortet tillbaka?", why=why, rows=rows)
    noted = ReplyNoted(holder_now(card, facts).name, shown(card.number))
    effects = (*step.effects, *_answer(noted, card, facts, context))
    return replace(
        step, card=scheduled(waits, facts), effects=effects, works=(*step.works, check)
    ), "Kortet sägs vara lämnat; handläggare ser efter."


def _police(
    one: CardSaid, step: CardStep, facts: CardFacts, context: Context
) -> tuple[CardStep, str]:
    """Note the police report's number; one about a card that nobody has lost is an alarm."""
    card = replace(step.card, police=one.text)
    if step.card.lost is None and step.card.status in VALID:
        return _maybe_lost(one, step, facts, context)
    return reported(one.text, replace(step, card=card), facts), "Polisanmälans nummer är noterat."


def reported(number: str, step: CardStep, facts: CardFacts) -> CardStep:
    """Note the police report's number on the card and on its open losses (S8)."""
    why = Reason("police_report", f"Polisanmälan: {number}.", "S8")
    works = closed(facts.works, (Kind.POLICE,), why)
    for case in facts.works:
        if case.kind is Kind.LOSS and case.loss is not None:
            noted = replace(
                case, loss=replace(case.loss, police=number),
                details=(*case.details, ("Polisanmälan", number)),
            )  # fmt: skip
            works += (Step(noted),)
    card = scheduled(replace(step.card, police=number), facts)
    return replace(step, card=card, works=(*step.works, *works))


def _maybe_lost(
    one: CardSaid, step: CardStep, facts: CardFacts, context: Context
) -> tuple[CardStep, str]:
    card, sender = step.card, context.origin.sender
    report = LossReport(context.now, "EK-bot", sender, police=one.text, sure=False)
    text = f"{sender} skickar numret på en polisanmälan (M-{context.origin.mail}). Förlorat kort?"
    found = loss_work(card, facts, report, Reason("maybe_loss", text, "S8"))
    who = holder_now(card, facts)
    told = alert(
        found.case, card.kind, facts.policy, who=f"{who.name}, {who.unit}".rstrip(", "),
        numbers=(shown(card.number),) if card.number else (), unclear=True,
    )  # fmt: skip
    works = (*step.works, replace(found, effects=told))
    return replace(step, works=works), "En polisanmälan: är kortet förlorat?"


def _wish(
    one: CardSaid, step: CardStep, facts: CardFacts, context: Context
) -> tuple[CardStep, str] | None:
    """Ask the manager about an extension, or say why the rules allow none."""
    card = step.card
    if card.status not in LENT or not card.is_reserve or card.due is None:
        return None
    latest = longest(card, facts)
    who = holder_now(card, facts)
    if latest is None or (one.day is not None and one.day <= card.due):
        why = why_not(card, facts)
        if one.day is not None and one.day <= card.due:
            why = f"Kortet är redan utlånat till {card.due}."
        no = ExtensionAnswered(who.name, shown(card.number), granted=False, due=card.due, why=why)
        told = (*step.effects, *_answer(no, card, facts, context))
        return replace(step, effects=told), "Förlängning går inte enligt reglerna."
    until = facts.policy.working_days.on_or_before(min(one.day or latest, latest))
    wanted = one.day if one.day is not None and one.day > latest else None
    ask = ExtensionAsked(who.name, who.unit, shown(card.number), card.due, until, wanted)
    himself = name_key(facts.manager_name) == name_key(who.name) != ""
    asked = letters_to(ask, (To.SUPERIOR if himself else To.MANAGER,), card, facts)
    if not asked:
        return None
    waits = replace(card, wish=until)
    return replace(step, card=waits, effects=(*step.effects, *asked)), (
        f"Önskar förlängning till {until}; chefen är tillfrågad."
    )


def _longer(
    day: date | None, step: CardStep, facts: CardFacts, context: Context
) -> tuple[CardStep, str] | None:
    """The manager says yes: keep it longer within the rules, or say why not."""
    card = step.card
    latest = longest(card, facts)
    if card.due is None or card.status not in LENT:
        return None
    try:
        moved = kept_longer(card, day or latest or card.due, facts)
    except IllegalStepError as error:
        who = holder_now(card, facts)
        no = ExtensionAnswered(
            who.name, shown(card.number), granted=False, due=card.due, why=str(error),
            reader=Reader.MANAGER,
        )  # fmt: skip
        told = (*step.effects, *_answer(no, card, facts, context))
        if card.wish is not None:  # the holder waits for an answer too
            told += letters_to(replace(no, reader=Reader.HOLDER), (To.HOLDER,), card, facts)
        over = replace(card, wish=None)
        return replace(step, card=over, effects=told), "Förlängning går inte enligt reglerna."
    yes = granted(moved, facts)
    effects = (
        *step.effects,
        *letters_to(yes, (To.HOLDER,), card, facts),
        *_answer(replace(yes, reader=Reader.MANAGER), card, facts, context),
    )
    done = Reason("extended", f"Förlängt till {moved.due}.", "D")
    works = (*step.works, *no_block(facts, done))
    sender = context.origin.sender
    return replace(
        step, card=moved, effects=effects, works=works
    ), f"Förlängt till {moved.due} av {sender}."


def _refused(step: CardStep, facts: CardFacts) -> tuple[CardStep, str]:
    card = step.card
    due = card.due or facts.today
    no = ExtensionAnswered(
        holder_now(card, facts).name, shown(card.number), granted=False, due=due,
        why="Din chef har svarat nej.",
    )  # fmt: skip
    effects = (*step.effects, *letters_to(no, (To.HOLDER,), card, facts))
    return replace(step, card=replace(card, wish=None), effects=effects), "Chefen svarade nej."


def _answer(content: Content, card: Card, facts: CardFacts, context: Context) -> tuple[Effect, ...]:
    """Return an answer in the thread of the mail; nothing goes about a protected person."""
    origin = context.origin
    if holder_now(card, facts).protected or not origin.sender:
        return ()
    references = tuple(r for r in (*origin.references, origin.message_id) if r)
    letter = Letter(
        (origin.sender,), content, in_reply_to=origin.message_id, references=references,
        card=card.id,
    )  # fmt: skip
    return (SendLetter(letter),)


def _receipt(said: tuple[CardSaid, ...], reply: ReplyToLetter, card: Card) -> Decision | None:
    """A clerk has looked at a doubtful signature: yes takes the receipt, no asks for a new one."""
    words = {s.word for s in said}
    facts = reply.facts
    asked = any(c.kind is Kind.RECEIPT and c.why.rule == DOUBTFUL for c in facts.works)
    if reply.speaker is not Speaker.STAFF or len(words) != 1 or not asked:
        return None
    if words == {CardWord.YES}:
        why = Reason("receipt_seen", "En handläggare har godtagit kvittensen.", "S12")
        settled = scheduled(replace(card, receipt=facts.today), facts)
        works = closed(facts.works, (Kind.RECEIPT,), why)
        step = CardStep(settled, works=works, said="receipt accepted")
        return Decision(Outcome.APPLIED, why, cards=(step,))
    if words == {CardWord.NO}:
        why = Reason("receipt_refused", "Kvittensen är inte underskriven; en ny behövs.", "S12")
        noted = work(Kind.RECEIPT, card, facts, title="Kvittens saknas", why=why)
        return Decision(Outcome.APPLIED, why, cards=(CardStep(card, works=(noted,)),))
    return None
