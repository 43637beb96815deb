"""An event about a card through the funnel: facts → decide → the gate → commit. Only order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.app import card_facts, card_finding
from bot.app.commit import commit
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_events import CardEvent, CardHandedOut
from bot.domain.card_letters import Inventory
from bot.domain.card_life import decide_card
from bot.domain.card_mail import Count
from bot.domain.cards import Card, CardKind, Holder, Status, card_number
from bot.domain.decision import Decision
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.protection import gate
from bot.domain.triage import MailSeen
from bot.domain.values import CaseId, PersonId, masked
from bot.ports.store import Work
from parsers.answers import codes

_MOST_UNREAD, _LONGEST_WORD = 5, 100  # of a reply that is quoted back: words, characters of each


def decide_and_commit(services: Services, work: Work, event: CardEvent, *, actor: str) -> Decision:
    """Run one event about a card through the core and the gate, inside the transaction *work*.

    Raises:
        IllegalStepError: the card can't take this step.
        ConflictError: another hand was quicker, or the number is borne by another card.
    """
    facts = card_facts.of_event(services, work, event)
    decision = gate(decide_card(event, facts), protected(facts.card, work))
    commit(work, decision, now=facts.now, actor=actor)
    if isinstance(event, CardHandedOut):
        work.blanks.take(event.number, "lent")
    return decision


def protected(card: Card | None, work: Work) -> frozenset[PersonId]:
    """Return the card's person when the register says that he or she is protected."""
    person = card.holder.person if card is not None else None
    record = work.records.get(person) if person is not None else None
    if person is None or record is None or not record.entry.protected:
        return frozenset()
    return frozenset({person})


def counted(services: Services, work: Work, count: Count, seen: MailSeen) -> None:
    """Bring the drawer to what a clerk's count says; ask once more where it is not clear.

    What has been lent since the question was asked is left alone.
    """
    if not count.clear:
        _ask_again(services, work, count, seen)
        return
    now = services.clock()
    there: list[str] = []
    for row in count.rows:
        number = card_number(row.number)
        if work.blanks.find(number) is None:
            continue
        if row.row in count.reply.missing:
            work.blanks.take(number, "missing")
            work.audit.add("bot", "blank_missing", number, f"M-{seen.mail}", now)
        elif row.row in count.reply.there:
            there.append(number)
    work.blanks.seen(there, today(now))


def _ask_again(services: Services, work: Work, count: Count, seen: MailSeen) -> None:
    asked = work.outbox.answered_by(seen.threads)
    letter = asked.effect.letter if asked and isinstance(asked.effect, SendLetter) else None
    content = letter.content if letter is not None else None
    if asked is None or not isinstance(content, Inventory) or content.again:
        return
    unread = tuple(
        codes.masked(masked(word))[:_LONGEST_WORD] for word in count.reply.unread[:_MOST_UNREAD]
    )
    again = Letter(
        services.facts.staff, replace(content, again=True, unread=unread),
        in_reply_to=seen.message_id, references=tuple(i for i in (seen.message_id,) if i),
    )  # fmt: skip
    now = services.clock()
    number = work.outbox.put(SendLetter(again), f"{asked.key}/again", case=None, now=now, due=now)
    work.audit.add("bot", "letter_queued", f"B-{number}", again.kind, now)


def asked_for(services: Services, work: Work, ref: str, given: tuple[str, ...] = ()) -> Card:
    """Return the reserve card that is to be handed to whom *ref* names; made where nobody asked.

    *given* are the reasons, where no form states them.

    Raises:
        NoSuchCardError: nobody is meant.
    """
    now = services.clock()
    holder = card_finding.holder(work, ref, now)
    asked = card_finding.request_of(work, holder, ref)
    if asked is not None:
        return asked
    reasons = given or card_finding.reasons_of(work, ref)
    return request(work, holder, today(now), reasons, card_finding.case_of(ref))


def request(
    work: Work, holder: Holder, day: date, reasons: tuple[str, ...], case: CaseId | None
) -> Card:
    """Save a request of which no order is under way: the person stands at the counter.

    *case* is the form that a clerk has in hand; None where nobody has sent one.
    """
    return work.cards.save(
        Card(CardKind.RESERVE, Status.REQUESTED, holder, day, reasons=reasons, case=case)
    )
