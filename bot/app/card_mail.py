"""What a mail says of cards, and what the memory knows about it. Looks up; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.app import card_facts, loss_people
from bot.app.services import Services
from bot.app.understanding import written
from bot.domain.answering import Context
from bot.domain.calendar import today
from bot.domain.card_facts import CardFacts
from bot.domain.card_letters import ExtensionAsked, Inventory
from bot.domain.card_mail import (
    CardMail,
    Count,
    LossFacts,
    ReceiptSeen,
    ReplyToLetter,
    Speaker,
)
from bot.domain.cards import Card
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.triage import Machine, MailSeen
from bot.domain.values import address_key, masked, name_key
from bot.ports.rows import MailRow, OutboxRow
from bot.ports.store import Work
from parsers.answers import card_replies, codes, inventory, losses
from parsers.answers.fresh import Piece, fresh
from parsers.reading import MailReading

_PEOPLE = frozenset({Machine.NO, Machine.LIST, Machine.GENERATED})
_LONGEST_REPORT = 20_000  # characters of a report that is archived


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a mail: what is new in it, by hand, and what others wrote."""

    pieces: tuple[Piece, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]


def facts(
    services: Services, work: Work, row: MailRow, reading: MailReading, seen: MailSeen,
    context: Context,
) -> CardMail:  # fmt: skip
    """Return everything about cards in a mail, with what the memory knows of it."""
    text = reading.mail.text
    answered = work.outbox.answered_by(seen.threads) if seen.threads else None
    letter = _letter(answered)
    card = work.cards.get(letter.card) if letter is not None and letter.card else None
    people = seen.machine in _PEOPLE and not seen.crashed
    said = _said(services, work, text, answered, card, seen) if people else Said((), (), ())
    loss = _loss(services, work, row, reading, said, seen, context) if people else None
    return CardMail(
        loss=loss,
        reply=_reply(services, work, card, letter, said, seen, context),
        receipts=_receipts(services, work, seen),
        count=_count(letter, said, seen, context),
        has_code=codes.has_code(f"{reading.mail.subject}\n{text}"),
    )


def _letter(answered: OutboxRow | None) -> Letter | None:
    if answered is None or not isinstance(answered.effect, SendLetter):
        return None
    return answered.effect.letter


def _said(
    services: Services, work: Work, text: str, answered: OutboxRow | None, card: Card | None,
    seen: MailSeen,
) -> Said:  # fmt: skip
    """Return the mail's own words apart from our letters and from what others wrote."""
    rows: tuple[OutboxRow, ...] = (answered,) if answered is not None else ()
    if card is not None:
        rows = tuple(dict.fromkeys((*rows, *work.outbox.of_card(card.id))))
    if answered is not None and answered.case is not None:
        rows = tuple(dict.fromkeys((*rows, *work.outbox.of_case(answered.case))))
    ours = written(services, rows)
    pieces = fresh(text, ours, _names(work, card, seen.sender))
    own = tuple(line for p in pieces if not p.foreign for line in p.lines)
    foreign = tuple(line for p in pieces if p.foreign for line in p.lines)
    return Said(pieces, own, (*foreign, *_quoted(text, own, ours)))


def _quoted(text: str, own: Sequence[str], ours: Sequence[str]) -> tuple[str, ...]:
    """Return the marked or passed-on lines that neither the sender nor we have written."""
    mine = set(own)
    known = {" ".join(line.split()) for letter in ours for line in letter.splitlines()}
    whole = " ".join(" ".join(letter.split()) for letter in ours)
    found = []
    for raw in text.splitlines():
        line = " ".join(raw.lstrip("> \t").split())
        if line and line not in mine and line not in known and line not in whole:
            found.append(line)
    return tuple(found)


def _names(work: Work, card: Card | None, sender: str) -> list[str]:
    names = [e.name for e in work.managers.by_mail(sender)] if sender else []
    names += [r.entry.full_name for r in work.records.by_mail(sender)] if sender else []
    return names + ([card.holder.name] if card is not None else [])


def _speaker(
    services: Services, work: Work, card: CardFacts | None, seen: MailSeen, context: Context
) -> Speaker:
    """Return who writes: by an address that a server we trust vouches for."""
    if not context.authenticated or not seen.sender:
        return Speaker.STRANGER
    who = address_key(seen.sender)
    if card is not None and card.card is not None:
        held = card.record.entry.mail if card.record is not None else card.card.holder.mail
        if held and address_key(held) == who:
            return Speaker.HOLDER  # also a clerk's own card: nobody decides for himself
    if who in {address_key(a) for a in services.policy.staff}:
        return Speaker.STAFF
    if card is not None and card.card is not None:
        unit = (card.record.entry.unit_id if card.record else None) or card.card.holder.unit_id
        rows = work.managers.by_mail(seen.sender)
        own = name_key(card.card.holder.name)
        if any(r.unit_id == unit and name_key(r.name) == own for r in rows):
            return Speaker.HOLDER  # the manager's own card: his own manager decides
        may = any(
            r.unit_id == unit
            and (r.manages(seen.sender, seen.sent_on) or r.deputises(seen.sender, seen.sent_on))
            for r in rows
        )
        return Speaker.MANAGER if may else Speaker.STRANGER
    if context.known:
        return Speaker.MANAGER
    known = work.records.by_mail(seen.sender) or work.cards.by_mail(seen.sender)
    return Speaker.HOLDER if known else Speaker.STRANGER


def _reply(
    services: Services, work: Work, card: Card | None, letter: Letter | None, said: Said,
    seen: MailSeen, context: Context,
) -> ReplyToLetter | None:  # fmt: skip
    if letter is None or seen.machine is not Machine.NO:
        return None
    if card is None and letter.kind != "loss_advice":
        return None
    found = card_facts.of_card(services, work, card)
    if card is None:
        found = replace(found, order=context.answered)
    speaker = _speaker(services, work, found, seen, context)
    held = (card.holder.name,) if card is not None else ()
    names = [n for n in (*held, *_names(work, None, seen.sender)) if n]
    reply = card_replies.understand(said.pieces, today(context.now), names)
    content = letter.content
    until = content.until if isinstance(content, ExtensionAsked) else None
    return ReplyToLetter(found, speaker, reply, letter.kind, until)


def _count(letter: Letter | None, said: Said, seen: MailSeen, context: Context) -> Count | None:
    content = letter.content if letter is not None else None
    staff = {address_key(a) for a in context.policy.staff}
    if not isinstance(content, Inventory) or not context.authenticated:
        return None
    if address_key(seen.sender) not in staff:
        return None
    rows = {r.row: r.number for r in content.rows}
    return Count(inventory.understand(said.pieces, rows), content.rows)


def _receipts(services: Services, work: Work, seen: MailSeen) -> tuple[ReceiptSeen, ...]:
    found = []
    for document in seen.documents:
        for one in document.receipts:
            card = work.cards.by_mark(one.mark) if one.mark else None
            known = card_facts.of_card(services, work, card) if card is not None else None
            found.append(ReceiptSeen(one, masked(document.name)[:80], document.original, known))
    return tuple(found)


def _loss(
    services: Services, work: Work, row: MailRow, reading: MailReading, said: Said,
    seen: MailSeen, context: Context,
) -> LossFacts | None:  # fmt: skip
    day = today(context.now)
    found = losses.read(reading.mail.subject, said.own, said.others, day)
    if found is None:
        return None
    speaker = _speaker(services, work, None, seen, context)
    own = "\n".join((reading.mail.subject, *said.own))
    words = loss_people.Words(own, "\n".join((own, *said.others)))
    about = loss_people.whom(services, work, found, words, seen, speaker)
    return LossFacts(
        found, speaker, row.received, about.people, _report(reading), acts=about.acts,
        hidden=about.hidden,
    )  # fmt: skip


def _report(reading: MailReading) -> str:
    """Return the report as text, without codes and identity numbers, as it is archived."""
    mail = reading.mail
    head = (
        f"Från: {mail.sender}", f"Datum: {mail.date.isoformat() if mail.date else ''}",
        f"Ämne: {mail.subject}", f"Message-ID: {mail.message_id}",
    )  # fmt: skip
    whole = "\n".join((*head, "", mail.text))[:_LONGEST_REPORT]
    return codes.masked(masked(whole))
