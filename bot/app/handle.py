"""The one funnel: facts → decide → the gate → one transaction. Decides nothing itself."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from bot.app import (
    act_trail,
    card_mail,
    cardwork,
    desk_mail,
    desk_work,
    gather,
    prefilled,
    review_events,
    review_facts,
)
from bot.app.commit import commit, trouble
from bot.app.deciding import decide_and_commit, protected_of
from bot.app.desk_mail import DeskMail
from bot.app.reading import content_key, see
from bot.app.services import Services
from bot.domain.card_mail import CardMail
from bot.domain.cases import Origin
from bot.domain.decision import Decision, IllegalStepError
from bot.domain.events import Event
from bot.domain.inbound import MailFacts, forms_of
from bot.domain.incoming import decide_mail
from bot.domain.orders import OrderAction
from bot.domain.protection import gate
from bot.domain.triage import Fit, MailSeen, Route, route
from bot.domain.values import PersonId
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.ports.rows import MailRow, MailState, Outcome
from bot.ports.store import Work
from parsers.answers import codes
from parsers.reading import MailReading

log = logging.getLogger(__name__)
_WITH_COMMANDS = frozenset({Route.DESK, Route.FORMS, Route.RECEIPTS})


def handle_mail(services: Services, row: MailRow) -> bool:
    """Read and decide one mail; return False when it has to wait for a write under way.

    Raises:
        TransientError: something outside does not answer; the mail waits as it is.
    """
    try:
        return _handle_mail(services, row)
    except (TransientError, NeedsOperatorError):
        raise
    except Exception as error:  # noqa: BLE001 - one bad mail never stops the next
        _attempt_failed(services, row, error)
        return True


def _handle_mail(services: Services, row: MailRow) -> bool:
    with services.store.begin() as work:
        raw = work.journal.raw(row.id)
        wanted = services.memo.settings(services.facts, work, services.clock())
    reading = services.crew.read_mail(raw, wanted)
    seen = see(services, row, raw, reading)
    with services.store.begin() as work:
        return _decide(services, work, row, reading, seen)


def _decide(
    services: Services, work: Work, row: MailRow, reading: MailReading, seen: MailSeen
) -> bool:
    now = services.clock()
    row = replace(
        row,
        sender=seen.sender,
        subject=reading.mail.subject[:500],
        message_id=seen.message_id or row.message_id,
        content_key=content_key(reading),
    )
    twin = work.journal.twin(row) if row.message_id else None
    if twin is not None:
        if any(c.protected for c in work.cases.of_mail(twin.id)):
            row = replace(row, sender="", subject="")  # the copy says whom the first was about
        _settle(work, row, Outcome.RECORDED, "twin", f"Samma mejl som M-{twin.id}.", now)
        return True
    seen, facts, desk = _known(services, work, row, reading, seen)
    persons = {f.person for f in facts.forms if f.person is not None} | _answered(facts)
    persons |= review_facts.persons(facts.review)
    if any(work.outbox.waiting_write(p) for p in persons):
        return False
    fit = route(seen)
    decision = _carry_out(services, work, seen, fit, facts, desk, persons)
    if facts.cards.has_code:
        row = _without_code(work, row, now)
    _settle(work, row, decision.outcome, decision.why.rule, decision.why.text, now)
    log.info(
        "mail decided",
        extra={
            "action": "mail_decided", "mail": row.id, "rule": fit.rule,
            "outcome": decision.outcome.value, "forms": len(forms_of(seen)),
        },
    )  # fmt: skip
    return True


def _known(
    services: Services, work: Work, row: MailRow, reading: MailReading, seen: MailSeen
) -> tuple[MailSeen, MailFacts, DeskMail | None]:
    """Return the mail with what the memory says about it, and what a clerk asks for in it."""
    seen = prefilled.with_numbers(work, seen)
    facts = gather.mail_facts(services, work, seen, services.clock(), reading.mail.text)
    cards = card_mail.facts(services, work, row, reading, seen, facts.context)
    review = review_facts.of_mail(
        services, work, row, reading, seen, facts.context, _cancelled(facts)
    )
    release = review_events.release_of(services, work, reading, seen, facts.context)
    go = release is not None and release.go
    desk = desk_mail.of(services, work, reading, seen, facts.context, released=go)
    if desk is not None and desk.heard and not desk.reply.unread:
        cards = replace(cards, loss=None)  # it is all read as commands
    seen = replace(
        seen, answers_ours=facts.context.answered is not None, about_card=cards.reply is not None,
        counts=cards.count is not None, says_lost=cards.loss is not None,
        about_review=review is not None or release is not None,
        commands=desk is not None and desk.heard, pretends=desk is not None and not desk.heard,
    )  # fmt: skip
    return seen, replace(facts, cards=cards, review=review, release=release), desk


def _carry_out(
    services: Services, work: Work, seen: MailSeen, fit: Fit, facts: MailFacts,
    desk: DeskMail | None, persons: set[PersonId],
) -> Decision:  # fmt: skip
    """Decide and commit what the mail leads to; return it."""
    cards = facts.cards
    decision = gate(decide_mail(seen, fit, facts), protected_of(work, persons | _about(cards)))
    commit(work, decision, now=services.clock(), actor="bot")
    if cards.count is not None and fit.route is Route.COUNT:
        cardwork.counted(services, work, cards.count, seen)
    if desk is not None and desk.heard and fit.route in _WITH_COMMANDS:
        beside = fit.route is not Route.DESK
        told = desk_work.carried_out(services, work, desk, seen, beside=beside)
        if not decision.steps:
            return replace(decision, outcome=told)
    return decision


def _about(cards: CardMail) -> set[PersonId]:
    """Return the persons whose cards the mail is about."""
    people = cards.loss.people if cards.loss is not None else ()
    found = {p.record.entry.person_id for p in people if p.record is not None}
    held = [r.facts.card for r in cards.receipts if r.facts is not None]
    held += [cards.reply.facts.card] if cards.reply is not None else []
    return found | {c.holder.person for c in held if c is not None and c.holder.person is not None}


def _without_code(work: Work, row: MailRow, now: datetime) -> MailRow:
    """Keep no PIN or PUK: the raw mail goes at once, and what is shown of it is masked."""
    work.journal.forget(row.id)
    work.audit.add("bot", "code_masked", f"M-{row.id}", "Mejlet innehöll en kod.", now)
    return replace(row, subject=codes.masked(row.subject))


def _cancelled(facts: MailFacts) -> frozenset[PersonId]:
    """Return the persons whom sound forms of the mail cancel."""
    orders = (f.judgement.order for f in facts.forms)
    return frozenset(o.person for o in orders if o and o.action is OrderAction.CANCEL)


def _answered(facts: MailFacts) -> set[PersonId]:
    """Return the persons of the case that a reply answers: before it, and as it completes it."""
    case, reply = facts.context.answered, facts.reply
    found = {case.person if case is not None else None, reply.form.person if reply else None}
    return {person for person in found if person is not None}


def handle_event(services: Services, number: int, event: Event, attempts: int) -> None:
    """Decide what an event of our own making leads to, once."""
    try:
        with services.store.begin() as work:
            with act_trail.followed(work, event) as noted:
                decide_and_commit(services, noted, event, actor="bot")
            work.inbox.done(number)
    except TransientError:
        raise
    except Exception as error:
        stuck = attempts + 1 >= services.facts.attempts
        log.exception("event failed", extra={"action": "event_failed", "event": number})
        with services.store.begin() as work:
            work.inbox.failed(number, type(error).__name__, stuck=stuck)
            if stuck:
                trouble(work, f"Händelse {number} ({event.kind})", error, services.clock())


def _settle(
    work: Work, row: MailRow, outcome: Outcome, rule: str, why: str, now: datetime
) -> None:  # fmt: skip
    work.journal.save(replace(row, state=MailState.DECIDED, outcome=outcome, rule=rule, why=why))
    work.audit.add("bot", "mail_decided", f"M-{row.id}", f"{outcome.value}: {rule}", now)


def _attempt_failed(services: Services, row: MailRow, error: Exception) -> None:
    """Count the failure; at the last attempt the mail is set aside and staff are told."""
    attempts = row.attempts + 1
    stuck = attempts >= services.facts.attempts
    log.error("mail failed", exc_info=error, extra={"action": "mail_failed", "mail": row.id})
    now = services.clock()
    with services.store.begin() as work:
        if not stuck:
            work.journal.save(replace(row, attempts=attempts))
            return
        why = "Mejlet gick inte att behandla. En person behöver läsa det."
        work.journal.save(
            replace(
                row, attempts=attempts, state=MailState.STUCK, outcome=Outcome.WITH_STAFF,
                rule="stuck", why=why,
            )
        )  # fmt: skip
        work.audit.add("bot", "mail_stuck", f"M-{row.id}", type(error).__name__, now)
        trouble(work, f"Mejl M-{row.id}", error, now, origin=Origin(mail=row.id))


__all__ = ["IllegalStepError", "commit", "handle_event", "handle_mail"]
