"""A mail that says a card is lost: staff at once, the holder told, the card marked lost (S8)."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import Context, reply
from bot.domain.card_facts import PersonFacts, letters_to
from bot.domain.card_letters import LossAdvice, Reader
from bot.domain.card_mail import LossFacts, Speaker
from bot.domain.card_works import closed
from bot.domain.cards import VALID, Card, CardKind, shown
from bot.domain.cases import Case, Kind, LossReport, Priority, Reason, Stage, Status
from bot.domain.chase_letters import KINDS, advice
from bot.domain.decision import CardStep, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import HandedOver, Letter
from bot.domain.losses import WORDS, alert, at_clock, now_lost, suspects
from bot.domain.reminders import To
from bot.domain.reports import Certainty, LossSeen, Lost
from bot.domain.retention import LOSS_REPORT, archived

_BOT = "EK-bot"


def decide_loss(facts: LossFacts, context: Context) -> Step:
    """Return what a reported loss leads to: always an urgent case, and a letter to staff now.

    The card is marked lost only where somebody we know says so plainly of one card.
    """
    known = facts.speaker is not Speaker.STRANGER
    report = LossReport(
        facts.received, _BOT, context.origin.sender, facts.seen.lost_on,
        facts.seen.police_reference, sure=facts.seen.certainty is Certainty.SURE,
    )  # fmt: skip
    person = facts.people[0] if len(facts.people) == 1 and known else None
    before = _under_way(person, facts.seen)
    cards = suspects(person.cards, facts.seen.what, facts.seen.card_number) if person else ()
    sure = report.sure and person is not None and facts.acts and not facts.seen.found
    one = cards[0] if len(cards) == 1 and sure else None
    if before is not None and (one is None or before.card is not None):
        return _again(before, report, facts, context)
    case = _case(facts, person, cards, report, context, sure=sure)
    case = _grown(before, case) if before is not None else case
    kind = one.kind if one is not None else _kind(facts.seen.what)
    numbers = tuple(shown(c.number) for c in cards if c.number)
    effects = alert(
        case, kind, context.policy, seen=facts.seen, who=_who(person), numbers=numbers,
        unclear=not sure,
    )  # fmt: skip
    kept = (archived(context.policy.retention, facts.report.encode(), "anmalan.txt", LOSS_REPORT,
                     context.today),) if facts.report else ()  # fmt: skip
    if one is None or person is None:
        return Step(case, (*effects, *_told(case, facts, person, context)), archive=kept)
    lost = _lost(one, report, person, facts)
    return Step(
        replace(case, card=one.id), (*effects, *_to_manager(case, facts, person, context)),
        cards=(lost,), archive=kept,
    )  # fmt: skip


def _kind(what: Lost) -> CardKind | None:
    return {Lost.ORDINARY: CardKind.ORDINARY, Lost.RESERVE: CardKind.RESERVE}.get(what)


def _under_way(person: PersonFacts | None, seen: LossSeen) -> Case | None:
    """Return the loss under way that *seen* can be about: not one of another card."""
    if person is None:
        return None
    live = (c for c in person.cases if c.kind is Kind.LOSS and c.status is not Status.DONE)
    return next((c for c in live if not _of_another(c, person.cards, seen)), None)


def _of_another(case: Case, cards: tuple[Card, ...], seen: LossSeen) -> bool:
    card = next((c for c in cards if c.id == case.card), None)
    if card is None:
        return False
    if seen.card_number:
        return not card.number.endswith(seen.card_number)
    return _kind(seen.what) not in (None, card.kind)


def _grown(before: Case, case: Case) -> Case:
    """Return the loss under way with what a plainer report says: now it is clear which card."""
    first = before.loss or case.loss
    loss = replace(first, sure=True) if first is not None else None
    return replace(
        case, id=before.id, version=before.version, opened=before.opened, origin=before.origin,
        loss=loss, details=(*before.details, *case.details),
    )  # fmt: skip


def _again(before: Case, report: LossReport, facts: LossFacts, context: Context) -> Step:
    """Add a second report of the same loss to the first; staff have been told."""
    number = context.origin.mail
    rows = [("Även anmält", f"{at_clock(report)} av {report.sender} (M-{number})")]
    if report.police:
        rows.append(("Polisanmälan", report.police))
    if facts.seen.found:
        rows.append(("Upphittat", f"enligt M-{number}; kortet spärras ändå"))
    old = before.loss or report
    loss = replace(old, police=report.police or old.police, lost_on=old.lost_on or report.lost_on)
    noted = replace(before, loss=loss, details=(*before.details, *rows))
    told = (
        CardStep(replace(card, police=report.police), said="police report")
        for person in facts.people
        for card in person.cards
        if card.id == before.card and report.police and not card.police
    )
    return Step(noted, cards=tuple(told))


def _case(
    facts: LossFacts, person: PersonFacts | None, cards: tuple[Card, ...], report: LossReport,
    context: Context, *, sure: bool,
) -> Case:  # fmt: skip
    seen = facts.seen
    record = person.record if person is not None else None
    who = _who(person)
    what = KINDS[cards[0].is_reserve] if len(cards) == 1 else WORDS[seen.what]
    names = "; ".join(_who(p) for p in facts.people) if person is None else ""
    title = f"Spärra förlorat {what}: {who}" if who else f"Spärra förlorat {what}"
    if not sure:
        title = f"Möjlig förlust av {what}: {who or f'läs M-{context.origin.mail}'}"
    text = "Mejlet anmäler ett förlorat kort." if sure else "Mejlet kan anmäla ett förlorat kort."
    rows = (
        ("Anmält", at_clock(report)), ("Registrerat av", report.registrar),
        ("Anmält av", report.sender), ("Förlorat", str(report.lost_on or "")),
        ("Polisanmälan", report.police), ("Kan gälla", names),
        ("Kort", ", ".join(f"{c.handle} {shown(c.number)}".strip() for c in cards)),
        ("Står i mejlet", seen.words),
        ("Obs", "kortet sägs vara upphittat; ett anmält kort spärras ändå" if seen.found else ""),
        ("Att göra", "spärra kortet, skriv sedan: ekbot card blocked --number …" if sure else
         f"läs M-{context.origin.mail} och avgör; vid förlust: ekbot card lost --number …"),
    )  # fmt: skip
    return Case(
        kind=Kind.LOSS, stage=Stage.STAFF, priority=Priority.URGENT, title=title,
        why=Reason("loss" if sure else "maybe_loss", text, "S8"), opened=context.now,
        origin=context.origin, loss=report, details=tuple((k, v) for k, v in rows if v),
        person=record.entry.person_id if record is not None else None,
        record=record.id if record is not None else None,
        protected=facts.hidden or any(_is_protected(p) for p in facts.people),
    )  # fmt: skip


def _is_protected(person: PersonFacts) -> bool:
    held = any(c.holder.protected for c in person.cards)
    return held or (person.record is not None and person.record.entry.protected)


def _who(person: PersonFacts | None) -> str:
    if person is None:
        return ""
    if person.record is not None:
        entry = person.record.entry
        return f"{entry.full_name}, {entry.unit}" if entry.unit else entry.full_name
    held = next((c.holder for c in person.cards), None)
    return f"{held.name}, {held.unit}".rstrip(", ") if held is not None else ""


def _lost(card: Card, report: LossReport, person: PersonFacts, facts: LossFacts) -> CardStep:
    """Return the card lost, and its holder told what to do."""
    own = person.of(card)
    why = Reason("loss", "Kortet är anmält förlorat.", "S8")
    reader = Reader.HOLDER
    gone = now_lost(card, report, own)
    words = advice(gone, own, reader=reader, found=facts.seen.found)
    works = closed(own.works, (Kind.CARD_CHECK,), why)
    return CardStep(gone, letters_to(words, (To.HOLDER,), card, own), works, said="lost by mail")


def _to_manager(
    case: Case, facts: LossFacts, person: PersonFacts, context: Context
) -> tuple[Effect, ...]:
    """Return the same advice to a manager who has reported it."""
    if facts.speaker is not Speaker.MANAGER or case.protected:
        return ()
    content = LossAdvice(
        _who(person).partition(",")[0], WORDS[facts.seen.what], Reader.MANAGER,
        police=facts.seen.police_reference,
    )  # fmt: skip
    return (_answer(case, content, context),)


def _answer(case: Case, content: LossAdvice, context: Context) -> Effect:
    origin = context.origin
    references = (*origin.references, origin.message_id)
    return SendLetter(
        Letter(
            (origin.sender,), content, in_reply_to=origin.message_id,
            references=tuple(r for r in references if r), card=case.card,
        )
    )  # fmt: skip


def _told(
    case: Case, facts: LossFacts, person: PersonFacts | None, context: Context
) -> tuple[Effect, ...]:
    """Return what a known reporter hears where it is not clear which card it is."""
    if facts.speaker in (Speaker.STRANGER, Speaker.STAFF):
        return ()
    if facts.seen.certainty is not Certainty.SURE or case.protected or person is None:
        return (reply(case, HandedOver()),)
    reader = Reader.HOLDER if facts.speaker is Speaker.HOLDER else Reader.MANAGER
    content = LossAdvice(
        _who(person).partition(",")[0], WORDS[facts.seen.what], reader,
        police=facts.seen.police_reference, found=facts.seen.found,
    )  # fmt: skip
    return (_answer(case, content, context),)


def is_settled(person: PersonFacts | None) -> bool:
    """Tell whether the person's e-tjänstekort was reported lost before and is blocked already."""
    if person is None:
        return False
    own = [c for c in person.cards if not c.is_reserve and c.lost is not None]
    out = any(not c.is_reserve and c.status in VALID for c in person.cards)
    return bool(own) and not out and all(c.blocked is not None for c in own)


def from_form(step: Step, person: PersonFacts | None, context: Context) -> Step:
    """Return the loss that a form reports with its alarm, its card and the advice added."""
    case = step.case
    details = dict(case.details)
    report = LossReport(
        context.now, _BOT, case.origin.sender, police=details.get("Polisanmälan", ""),
        sure=case.origin.answerable,
    )  # fmt: skip
    told = replace(case, loss=report, details=(*case.details, ("Anmält", at_clock(report))))
    number = details.get("Kortnummer", "").replace(" ", "")
    cards = suspects(person.cards, Lost.ORDINARY, number) if person is not None else ()
    effects = alert(
        told, CardKind.ORDINARY, context.policy, who=case.title.partition(": ")[2],
        numbers=tuple(shown(c.number) for c in cards), unclear=not report.sure,
    )  # fmt: skip
    if len(cards) != 1 or person is None or not report.sure or case.protected:
        return replace(step, case=told, effects=(*step.effects, *effects))
    own = person.of(cards[0])
    gone = now_lost(cards[0], report, own)
    words = advice(gone, own, reader=Reader.HOLDER)
    lost = CardStep(gone, letters_to(words, (To.HOLDER,), cards[0], own), said="lost by form")
    return replace(
        step, case=replace(told, card=cards[0].id), effects=(*step.effects, *effects),
        cards=(lost,),
    )  # fmt: skip
