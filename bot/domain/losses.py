"""A card is lost: staff at once, the holder told what to do, the block followed until done (S8)."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.calendar import STOCKHOLM
from bot.domain.card_events import CardBlocked, CardDeregistered, CardLost
from bot.domain.card_facts import CardFacts, holder_now, letters_to
from bot.domain.card_letters import LossAdvice, LossAlert, Reader
from bot.domain.card_works import Rows, by, closed, to_deregister, work
from bot.domain.cards import VALID, Card, CardKind, Status, shown
from bot.domain.cases import Case, Kind, LossReport, Priority, Reason
from bot.domain.chase_letters import KINDS, advice
from bot.domain.chasing import scheduled, status_on
from bot.domain.decision import CardStep, Decision, IllegalStepError, Policy, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.endings import all_back, as_employed, closed_returns
from bot.domain.letters import Letter
from bot.domain.reminders import To
from bot.domain.reports import Certainty, LossSeen, Lost
from bot.domain.triage import Outcome

PLAIN = LossSeen(Certainty.SURE)
WORDS = {Lost.ORDINARY: "e-tjänstekort", Lost.RESERVE: "reservkort", Lost.UNKNOWN: "kort"}


def lost(event: CardLost, card: Card, facts: CardFacts) -> Decision:
    """A clerk was told of a loss: the same follows as from a mail."""
    if card.status not in VALID:
        raise IllegalStepError(
            f"Kortet {shown(card.number) or card.handle} är inte hos någon just nu. Kontrollera "
            "numret med ”ekbot list cards”."
        )
    report = LossReport(event.reported, event.by, lost_on=event.on, police=event.police)
    why = by(event.by, "Förlust registrerad", event.on)
    step = loss_work(card, facts, report, why)
    held = holder_now(card, facts)
    who = f"{held.name}, {held.unit}".rstrip(", ")
    numbers = (shown(card.number),) if card.number else ()
    told = alert(step.case, card.kind, facts.policy, who=who, numbers=numbers)
    works = (replace(step, effects=told), *closed(facts.works, (Kind.CARD_CHECK,), why))
    gone = now_lost(card, step.case.loss or report, facts)
    words = advice(gone, facts, reader=Reader.HOLDER)
    effects = letters_to(words, (To.HOLDER,), card, facts)
    return Decision(Outcome.APPLIED, why, cards=(CardStep(gone, effects, works, said="lost"),))


def now_lost(card: Card, report: LossReport, facts: CardFacts) -> Card:
    """Return the card lost: nothing chases it any more, its block is waited for."""
    day = report.lost_on or facts.today
    gone = replace(
        card, status=Status.LOST, lost=day, police=report.police or card.police, paused=None,
        wish=None, reported=facts.today,
    )  # fmt: skip
    return scheduled(gone, facts)


def loss_work(card: Card, facts: CardFacts, report: LossReport, why: Reason) -> Step:
    """Return the urgent work item to block *card*."""
    rows: Rows = (
        ("Anmält", at_clock(report)), ("Registrerat av", report.registrar),
        ("Anmält av", report.sender), ("Förlorat", str(report.lost_on or "")),
        ("Polisanmälan", report.police),
        ("Att göra", "spärra kortet, skriv sedan: ekbot card blocked --number …"),
    )  # fmt: skip
    before = next((c for c in facts.works if c.kind is Kind.LOSS), None)
    step = work(
        Kind.LOSS, card, facts, title=f"Spärra förlorat {KINDS[card.is_reserve]}",
        why=replace(why, source="S8"), rows=rows, priority=Priority.URGENT,
    )  # fmt: skip
    case = replace(step.case, loss=report, card=card.id or None)
    if before is None:
        return replace(step, case=case)
    first = before.loss or report  # what was reported before it was clear which card it is
    loss = replace(
        report, reported=first.reported, sender=first.sender or report.sender,
        police=report.police or first.police,
    )  # fmt: skip
    known = (*before.details, *(d for d in case.details if d not in before.details))
    return Step(
        replace(before, title=case.title, why=case.why, card=case.card, loss=loss, details=known)
    )


def at_clock(report: LossReport) -> str:
    """Return when a loss was reported, as the office's clock showed it."""
    local = report.reported.astimezone(STOCKHOLM)
    return f"{local:%Y-%m-%d} kl. {local:%H.%M}"


def alert(
    case: Case, kind: CardKind | None, policy: Policy, *, seen: LossSeen = PLAIN, who: str = "",
    numbers: tuple[str, ...] = (), unclear: bool = False,
) -> tuple[Effect, ...]:  # fmt: skip
    """Return the letter to staff that goes at once, at any hour; *who* is "name, unit"."""
    report = case.loss
    if not policy.staff or report is None:
        return ()
    name, _, unit = who.partition(", ")
    what = {CardKind.RESERVE: Lost.RESERVE, CardKind.ORDINARY: Lost.ORDINARY}
    content = LossAlert(
        case.handle if case.id else "", name, unit,
        WORDS[what[kind] if kind is not None else Lost.UNKNOWN],
        at_clock(report), report.sender, numbers, unclear=unclear, stolen=seen.stolen,
        found=seen.found, words=seen.words,
    )  # fmt: skip
    return (SendLetter(Letter(policy.staff, content)),)


def blocked(event: CardBlocked, card: Card, facts: CardFacts) -> Decision:
    """A card was blocked, which can't be undone; now it is to be deregistered."""
    if card.status is Status.BLOCKED:
        raise IllegalStepError(f"Kortet {shown(card.number)} är redan spärrat {card.blocked}.")
    if card.status not in VALID | {Status.LOST, Status.RETURNED}:
        raise IllegalStepError(f"Kortet {card.handle} kan inte spärras i det läge som det är.")
    why = by(event.by, "Spärrat", event.on)
    stopped = replace(
        card, status=Status.BLOCKED, blocked=event.on, paused=None, wish=None, next_on=None
    )
    rows: Rows = (("Att göra", "avregistrera kortet: ekbot card deregistered --number …"),)
    works = (
        *closed(settled_by(card, facts), (Kind.LOSS, Kind.BLOCK, Kind.CARD_CHECK), why),
        work(Kind.DEREGISTER, card, facts, title="Avregistrera spärrat kort",
             why=replace(why, source="S8"), rows=rows),
    )  # fmt: skip
    step = CardStep(scheduled(stopped, facts), works=works, said="blocked")
    return Decision(Outcome.APPLIED, why, cards=(step,))


def deregistered(event: CardDeregistered, card: Card, facts: CardFacts) -> Decision:
    """A card is at its end; when it was the person's last, the record may close (S7)."""
    if card.status not in (Status.RETURNED, Status.BLOCKED):
        raise IllegalStepError(
            f"Kortet {shown(card.number) or card.handle} måste vara återlämnat eller spärrat "
            "först: skriv ”ekbot card returned” eller ”ekbot card blocked”."
        )
    why = by(event.by, "Avregistrerat", event.on)
    over = replace(
        card, status=Status.DEREGISTERED, deregistered=event.on, next_on=None, paused=None
    )
    now = scheduled(over, facts)
    record = all_back((*facts.others, now), facts.record)
    works = closed(facts.works, (Kind.DEREGISTER, Kind.CARD_CHECK, Kind.BLOCK), why)
    if record is not None:
        works += closed_returns(facts.returns, why)
    return Decision(
        Outcome.APPLIED, why, records=(record,) if record is not None else (),
        cards=(CardStep(now, works=works, said="deregistered"),),
    )  # fmt: skip


def settled_by(card: Card, facts: CardFacts) -> tuple[Case, ...]:
    """Return the work that is settled once *card* is blocked.

    A loss of which the card is not known stays open while another card of the person's may be it.
    """
    others = any(c.status in VALID for c in facts.others)
    return tuple(c for c in facts.works if c.card == card.id or not others)


def suspects(cards: tuple[Card, ...], what: Lost, number: str) -> tuple[Card, ...]:
    """Return the cards that a report can be about: by number, else by kind."""
    valid = tuple(c for c in cards if c.status in VALID)
    if number:
        return tuple(c for c in valid if c.number.endswith(number))
    kinds = {Lost.ORDINARY: CardKind.ORDINARY, Lost.RESERVE: CardKind.RESERVE}
    return tuple(c for c in valid if what is Lost.UNKNOWN or c.kind is kinds[what])


def misread(card: Card, facts: CardFacts) -> CardStep:
    """Return the card as it was before: a clerk says that no loss was reported."""
    if card.status is not Status.LOST:
        raise IllegalStepError(
            f"Kortet {shown(card.number)} är redan spärrat, och det kan inte ändras."
        )
    over = card.due is not None and card.due <= facts.today
    status = Status.TO_RETURN if over else Status.ACTIVATED
    if card.is_reserve:
        status = status_on(card, facts.today)
    found = replace(card, status=status, lost=None, reported=None)
    words = LossAdvice(
        holder_now(card, facts).name, KINDS[card.is_reserve], Reader.HOLDER, called_off=True
    )
    effects = letters_to(words, (To.HOLDER,), card, facts)
    if card.returned is not None:  # it came back meanwhile: nothing chases it any more
        back = replace(found, status=Status.RETURNED)
        why = Reason("returned", f"Kortet lämnades {card.returned}.", "S7")
        return CardStep(scheduled(back, facts), works=(to_deregister(back, facts, why),),
                        said="not lost after all")  # fmt: skip
    again = as_employed(scheduled(found, facts), facts)
    return CardStep(again, effects, said="not lost after all")
