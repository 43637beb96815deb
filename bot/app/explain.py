"""WHY: the causal chain of a case, a letter, a record or a mail. Only looks; changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.asking import shown
from bot.domain.calendar import STOCKHOLM
from bot.domain.cards import shown as shown_number
from bot.domain.cases import Case
from bot.domain.effects import SendLetter
from bot.domain.forms import How
from bot.domain.labels import REASONS, label
from bot.domain.protection import TITLE
from bot.domain.questions import YES_NO, Answered
from bot.domain.review_words import said
from bot.domain.values import CardId, CaseId, LetterId, MailId, RecordId, ReviewId
from bot.ports.rows import OutboxRow
from bot.ports.store import Work

_REF = re.compile(r"(?:([KBMPCG])-?)?(\d{1,18})", re.IGNORECASE | re.ASCII)
_STEPS = {
    "S1": "rutinen steg 1: beställning",
    "S2": "rutinen steg 2: nybeställning/uppdatering",
    "S3": "rutinen steg 3: avbeställning",
    "S4": "rutinen steg 4: e-tjänstekort på blanketten",
    "S5": "rutinen steg 5: beställning hos regionen",
    "S6": "rutinen steg 6: lathund och bokning",
    "S7": "rutinen steg 7: kortet återlämnas",
    "S8": "rutinen steg 8: förlust",
    "S9": "rutinen steg 9: skäl för reservkort",
    "S10": "rutinen steg 10: beställning av reservkort",
    "S11": "rutinen steg 11: utlämning mot legitimation",
    "S12": "rutinen steg 12: kvittens",
    "S13": "rutinen steg 13: reservkortet återlämnas",
    "D": "kontorets egen inställning",
    "F": "gällande regler",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One link of the chain: what it is, what is known of it, what it came from."""

    ref: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()


class UnknownRefError(LookupError):
    """There is no such case, letter, record or mail; the text says what to write instead."""


def parse(ref: str) -> tuple[str, int]:
    """Return the letter and number of a reference such as K-17; a bare number is a case.

    Raises:
        UnknownRefError: it is no reference at all.
    """
    found = _REF.fullmatch(ref.strip())
    if found is None:
        raise UnknownRefError(
            f"”{ref}” är ingen beteckning. Skriv till exempel K-17 (ärende), B-5 (brev), "
            "M-3 (mejl), P-2 (person), C-4 (kort) eller G-2 (granskning)."
        )
    return (found[1] or "K").upper(), int(found[2])


def why(work: Work, ref: str) -> Node:
    """Return the chain from *ref* down to the mail and the rule that it came from.

    Raises:
        UnknownRefError: there is nothing by that name.
    """
    kind, number = parse(ref)
    match kind:
        case "K":
            case = work.cases.get(CaseId(number))
            node = _case(work, case) if case is not None else None
        case "B":
            node = _letter(work, LetterId(number))
        case "C":
            node = _card(work, CardId(number))
        case "G":
            node = _review(work, ReviewId(number))
        case "M":
            node = _mail(work, MailId(number), deep=True)
        case _:
            node = _record(work, RecordId(number))
    if node is None:
        raise UnknownRefError(f"{kind}-{number} finns inte.")
    return node


def _case(work: Work, case: Case) -> Node:
    rule = f"{case.why.rule} ({_STEPS.get(case.why.source, case.why.source)})"
    facts = [
        ("Läge", f"{case.status.value} ({case.stage.value})"),
        ("Varför", case.why.text),
        ("Regel", rule if case.why.source else case.why.rule),
    ]
    if not case.protected:
        facts += [(label(a.key), given(a)) for a in case.answers]
        facts += [(label(p.field) if p.field else "Blanketten", p.text) for p in case.problems]
        if case.plan is not None:
            facts += [
                (label(name), f"{old} → {new or '–'}" if old else new)
                for name, old, new in case.plan.differences()
                if name not in ("person_id", "protected")
            ]
    facts += _history(work, case.handle)
    children = [
        _letter_node(work, row, case)
        for row in work.outbox.of_case(case.id)
        if isinstance(row.effect, SendLetter)
    ]
    if case.parent is not None:
        above = work.cases.get(case.parent)
        if above is not None:
            children.append(_case(work, above))
    elif case.origin.mail is not None:
        mail = _mail(work, case.origin.mail, deep=False)
        if mail is not None:
            children.append(mail)
    return Node(case.handle, TITLE if case.protected else case.title, tuple(facts), tuple(children))


def given(answer: Answered) -> str:
    """Return a value that came after the form, and from whom."""
    mail = f" (M-{answer.mail})" if answer.mail is not None else ""
    who = "chefens svar" if answer.how is How.REPLY else f"rättelse av {answer.by}"
    value = ("ja" if answer.value else "nej") if answer.key in YES_NO else ""
    said = value or shown(answer.key, answer.value) or "visas inte här"
    return f"{said}, enligt {who} {answer.on}{mail}"


def _letter(work: Work, letter: LetterId) -> Node | None:
    row = work.outbox.get(letter)
    if row is None or not isinstance(row.effect, SendLetter):
        return None
    case = work.cases.get(row.case) if row.case is not None else None
    node = _letter_node(work, row, case)
    children: tuple[Node, ...] = (_case(work, case),) if case is not None else ()
    about = row.effect.letter.review
    review = _review(work, about) if about is not None else None
    children += (review,) if review is not None else ()
    return Node(node.ref, node.title, node.facts, children)


def _letter_node(work: Work, row: OutboxRow, case: Case | None) -> Node:
    letter = row.effect.letter if isinstance(row.effect, SendLetter) else None
    to = ", ".join(letter.to) if letter is not None else ""
    card = work.cards.get(letter.card) if letter is not None and letter.card is not None else None
    hidden = card is not None and card.holder.protected
    if hidden or (case is not None and case.protected):  # the manager's address tells the unit
        to = "–"
    facts = [("Till", to), ("Läge", row.state.value)]
    if row.error:
        facts.append(("Fel", row.error))
    facts += _history(work, f"B-{row.id}")
    title = f"brev: {letter.kind if letter is not None else row.effect.kind}"
    return Node(f"B-{row.id}", title, tuple(facts))


def _mail(work: Work, mail: MailId, *, deep: bool) -> Node | None:
    row = work.journal.get(mail)
    if row is None:
        return None
    cases = work.cases.of_mail(mail)
    hidden = any(c.protected for c in cases)
    facts = [
        ("Från", "–" if hidden else row.sender or "okänd"),
        ("Ämne", "–" if hidden else row.subject),
        ("Kom", _when(row.received)),
        ("Utfall", row.outcome.value if row.outcome is not None else row.state.value),
        ("Regel", f"{row.rule}: {row.why}" if row.rule else "inte läst än"),
        ("SHA-256", row.sha256),
    ]
    children = tuple(
        Node(c.handle, TITLE if c.protected else c.title, (("Läge", c.status.value),))
        for c in (cases if deep else ())
    )
    return Node(f"M-{mail}", "mejl", tuple(facts), children)


def _record(work: Work, record: RecordId) -> Node | None:
    row = work.records.by_id(record)
    if row is None:
        return None
    title = TITLE if row.entry.protected else f"{row.entry.full_name}, {row.entry.unit or ''}"
    facts = (
        ("Läge", row.status.value),
        ("Gäller", f"{row.entry.valid_from or '–'} till {row.entry.valid_until or '–'}"),
        *_history(work, f"P-{record}"),
    )
    cases = work.cases.of_record(record)
    return Node(f"P-{record}", title, facts, tuple(_case(work, c) for c in cases))


def _card(work: Work, number: CardId) -> Node | None:
    card = work.cards.get(number)
    if card is None:
        return None
    hidden = card.holder.protected
    facts = [("Läge", card.status.value), ("Kortnummer", shown_number(card.number) or "–")]
    if not hidden:
        days = (("Utlämnat", card.handed_out), ("Åter senast", card.due), ("Åter", card.returned))
        facts += [(label, str(day)) for label, day in days if day is not None]
        facts += [("Skäl", REASONS.get(r, r)) for r in card.reasons]
        facts += [("Regel vid utlämningen", rule) for rule in card.rules]
        facts += [(f"Steg {c.rung}", f"{c.on} (räknat från {c.anchor})") for c in card.rungs]
    facts += [
        ("Arkiverat", f"{row.kind} {row.sha256[:12]}, gallras {row.keep_until}: {row.reference}")
        for row in work.archive.of_card(number)
    ]
    facts += _history(work, card.handle)
    above = work.cases.get(card.case) if card.case is not None else None
    letters = [
        _letter_node(work, row, above) for row in work.outbox.of_card(number)
        if isinstance(row.effect, SendLetter)
    ]  # fmt: skip
    children = (*letters, *((_case(work, above),) if above is not None else ()))
    kind = "reservkort" if card.is_reserve else "e-tjänstekort"
    title = TITLE if hidden else f"{kind}, {card.holder.name}"
    return Node(card.handle, title, tuple(facts), children)


def _review(work: Work, number: ReviewId) -> Node | None:
    """Return a manager's review: each answer by the mail and the words that decided it."""
    row = work.reviews.get(number)
    campaign = work.reviews.campaign(row.campaign) if row is not None else None
    if row is None or campaign is None:
        return None
    hidden = {r.id for r in work.records.protected()}
    facts = [
        ("Läge", row.status.value),
        ("Granskning", f"{campaign.name} ({campaign.state.value})"),
    ]
    for one in row.rows:
        if one.manual or one.record in hidden:
            continue
        by = f" enligt M-{one.via}: ”{one.words}”" if one.via else ""
        facts.append((f"Rad {one.row} {one.name}", f"{said(one.answer, one.on, one.to)}{by}"))
    facts += _history(work, row.handle)
    mails = dict.fromkeys(s.mail for s in row.said)
    found = [_mail(work, mail, deep=False) for mail in mails]
    released = work.cases.get(campaign.case) if campaign.case is not None else None
    children = [node for node in found if node is not None]
    if released is not None:
        children.append(_case(work, released))
    return Node(row.handle, f"granskning: {row.name or row.mail}", tuple(facts), tuple(children))


def _history(work: Work, ref: str) -> list[tuple[str, str]]:
    return [
        (_when(line.at), f"{line.action}: {line.detail} ({line.actor})")
        for line in work.audit.of(ref)
    ]


def _when(at: datetime) -> str:
    """Return an instant as the office's clock showed it."""
    return f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M:%S}"
