"""WHY: the causal chain of a case, a letter, a record or a mail. Only looks; changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.app.routine import LETTERS, source_of, step_of
from bot.app.telling import Say, of_card, told, when
from bot.domain.asking import shown
from bot.domain.cards import shown as shown_number
from bot.domain.cases import Case
from bot.domain.effects import SendLetter
from bot.domain.forms import How
from bot.domain.labels import label
from bot.domain.protection import TITLE
from bot.domain.questions import YES_NO, Answered
from bot.domain.review_words import said
from bot.domain.values import CardId, CaseId, LetterId, MailId, RecordId, ReviewId
from bot.ports.rows import OutboxRow
from bot.ports.store import Work

_REF = re.compile(r"(?:([KBMPCG])-?)?(\d{1,18})", re.IGNORECASE | re.ASCII)
MORE = frozenset(("SHA-256", "Regelns namn"))  # facts for whoever digs deeper


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


def why(work: Work, ref: str, say: Say = str) -> Node:
    """Return the chain from *ref* to the mail, the rule and the routine's step; *say* words codes.

    Raises:
        UnknownRefError: there is nothing by that name.
    """
    kind, number = parse(ref)
    chain = _Chain(work, say)
    match kind:
        case "K":
            case = work.cases.get(CaseId(number))
            node = chain.case(case) if case is not None else None
        case "B":
            node = chain.letter(LetterId(number))
        case "C":
            node = chain.card(CardId(number))
        case "G":
            node = chain.review(ReviewId(number))
        case "M":
            node = chain.mail(MailId(number), deep=True)
        case _:
            node = chain.record(RecordId(number))
    if node is None:
        raise UnknownRefError(f"{kind}-{number} finns inte.")
    return node


def given(answer: Answered) -> str:
    """Return a value that came after the form, and from whom."""
    mail = f" (M-{answer.mail})" if answer.mail is not None else ""
    who = "chefens svar" if answer.how is How.REPLY else f"rättelse av {answer.by}"
    value = ("ja" if answer.value else "nej") if answer.key in YES_NO else ""
    said = value or shown(answer.key, answer.value) or "visas inte här"
    return f"{said}, enligt {who} {answer.on}{mail}"


@dataclass(frozen=True, slots=True)
class _Chain:
    """Walks from a thing to what it came of."""

    work: Work
    say: Say
    seen: set[str] = field(default_factory=set)

    def case(self, case: Case, *, letters: bool = True) -> Node:
        """Return a case, above its rule, what it came of, and the letters that it led to."""
        title = TITLE if case.protected else case.title
        if case.handle in self.seen:
            return Node(case.handle, f"{title} (står ovan)")
        self.seen.add(case.handle)
        facts = [
            ("Läge", f"{self.say(case.status.value)} ({self.say(case.stage.value)})"),
            *(_of_form(case) if not case.protected else ()),
            *self._history(case.handle),
        ]
        children = self._origin(case)
        source = source_of(case.kind, case.why.rule, case.why.source)
        children.append(self._rule(case.why.rule, case.why.text, source))
        if letters:
            children += [
                self._letter(r, case) for r in self.work.outbox.of_case(case.id) if _sent(r)
            ]
        return Node(case.handle, title, tuple(facts), tuple(children))

    def _origin(self, case: Case) -> list[Node]:
        above = self.work.cases.get(case.parent) if case.parent is not None else None
        if above is not None:
            return [self.case(above, letters=False)]
        mail = case.origin.mail
        found = self.mail(mail, deep=False) if mail is not None else None
        return [found] if found is not None else []

    def letter(self, letter: LetterId) -> Node | None:
        """Return a letter, above the case and the review that it is about."""
        row = self.work.outbox.get(letter)
        if row is None or not isinstance(row.effect, SendLetter):
            return None
        case = self.work.cases.get(row.case) if row.case is not None else None
        node = self._letter(row, case)
        children = [self.case(case, letters=False)] if case is not None else []
        content = row.effect.letter
        about = self.review(content.review) if content.review is not None else None
        card = self.card(content.card, letters=False) if content.card is not None else None
        children += [
            found for found in (about, card if case is None else None) if found is not None
        ]
        if not children:
            children.append(self._rule(content.kind, "", LETTERS.get(content.kind, "D")))
        return Node(node.ref, node.title, node.facts, tuple(children))

    def mail(self, mail: MailId, *, deep: bool) -> Node | None:
        """Return a mail with the rule that settled it; *deep*: with its cases."""
        row = self.work.journal.get(mail)
        if row is None:
            return None
        cases = self.work.cases.of_mail(mail)
        hidden = any(c.protected for c in cases)
        facts = (
            ("Från", "–" if hidden else row.sender or "okänd"),
            ("Ämne", "–" if hidden else row.subject),
            ("Kom", when(row.received)),
            ("Utfall", self.say(row.outcome.value if row.outcome is not None else row.state.value)),
            ("Varför", row.why or "inte läst än"),
            ("SHA-256", row.sha256),
            *self._history(f"M-{mail}"),
        )
        children: list[Node] = []
        if deep:
            children = [self.case(c, letters=False) for c in cases if not c.protected]
            children += [Node(c.handle, TITLE) for c in cases if c.protected]
        if not children and row.rule and (deep or not cases):
            children = [self._rule(row.rule, row.why, "")]
        return Node(f"M-{mail}", "mejl", facts, tuple(children))

    def record(self, record: RecordId) -> Node | None:
        """Return a person's entry, above the cases that made it what it is."""
        row = self.work.records.by_id(record)
        if row is None:
            return None
        title = TITLE if row.entry.protected else f"{row.entry.full_name}, {row.entry.unit or ''}"
        facts = (
            ("Läge", self.say(row.status.value)),
            ("Gäller", f"{row.entry.valid_from or '–'} till {row.entry.valid_until or '–'}"),
            *self._history(f"P-{record}"),
        )
        cases = self.work.cases.of_record(record)
        children = [self.case(c, letters=False) for c in cases]
        if not children:
            text = "Personen fanns i personregistret när det lästes in."
            children = [self._rule("import", text, "D")]
        return Node(f"P-{record}", title, facts, tuple(children))

    def card(self, number: CardId, *, letters: bool = True) -> Node | None:
        """Return a card, above the case that ordered it and the letters about it."""
        card = self.work.cards.get(number)
        if card is None:
            return None
        hidden = card.holder.protected
        facts = [
            ("Läge", self.say(card.status.value)),
            ("Kortnummer", shown_number(card.number) or "–"),
            *(of_card(card) if not hidden else ()),
            *(
                ("Arkiverat", f"{self.say(row.kind)}, gallras {row.keep_until}: {row.reference}")
                for row in self.work.archive.of_card(number)
            ),
            *self._history(card.handle),
        ]
        above = self.work.cases.get(card.case) if card.case is not None else None
        if above is not None:
            children = [self.case(above, letters=False)]
        else:
            source = "S11" if card.is_reserve else "S5"
            children = [self._rule("card", "Kortet kom in utan blankett.", source)]
        if letters:
            rows = self.work.outbox.of_card(number)
            children += [self._letter(row, above) for row in rows if _sent(row)]
        kind = "reservkort" if card.is_reserve else "e-tjänstekort"
        title = TITLE if hidden else f"{kind}, {card.holder.name}"
        return Node(card.handle, title, tuple(facts), tuple(children))

    def review(self, number: ReviewId) -> Node | None:
        """Return a manager's review: each answer by the mail and the words that decided it."""
        row = self.work.reviews.get(number)
        campaign = self.work.reviews.campaign(row.campaign) if row is not None else None
        if row is None or campaign is None:
            return None
        hidden = {r.id for r in self.work.records.protected()}
        facts = [
            ("Läge", self.say(row.status.value)),
            ("Granskning", f"{campaign.name} ({self.say(campaign.state.value)})"),
        ]
        for one in row.rows:
            if one.manual or one.record in hidden:
                continue
            by = f" enligt M-{one.via}: ”{one.words}”" if one.via else ""
            facts.append((f"Rad {one.row} {one.name}", f"{said(one.answer, one.on, one.to)}{by}"))
        facts += self._history(row.handle)
        found = [self.mail(mail, deep=False) for mail in dict.fromkeys(s.mail for s in row.said)]
        children = [
            self._rule("review", "Varje chef får frågan varje kvartal.", "S2"),
            *(node for node in found if node is not None),
        ]
        released = self.work.cases.get(campaign.case) if campaign.case is not None else None
        if released is not None:
            children.append(self.case(released, letters=False))
        return Node(
            row.handle, f"granskning: {row.name or row.mail}", tuple(facts), tuple(children)
        )

    def _letter(self, row: OutboxRow, case: Case | None) -> Node:
        letter = row.effect.letter if isinstance(row.effect, SendLetter) else None
        to = ", ".join(letter.to) if letter is not None else ""
        number = letter.card if letter is not None else None
        card = self.work.cards.get(number) if number is not None else None
        hidden = card is not None and card.holder.protected
        if hidden or (case is not None and case.protected):  # the manager's address tells the unit
            to = "–"
        facts = [("Till", to), ("Läge", self.say(row.state.value))]
        if row.error:
            facts.append(("Fel", row.error))
        facts += self._history(f"B-{row.id}")
        kind = letter.kind if letter is not None else row.effect.kind
        return Node(f"B-{row.id}", f"brev: {self.say(kind)}", tuple(facts))

    def _rule(self, rule: str, text: str, source: str) -> Node:
        """Return a rule above the step of the routine that it stands on."""
        step = step_of(source, rule)
        below = Node("Rutin", step.name, (("Där står", step.text),))
        return Node("Regel", text or step.name, (("Regelns namn", rule),), (below,))

    def _history(self, ref: str) -> list[tuple[str, str]]:
        return [(when(line.at), told(line, self.say)) for line in self.work.audit.of(ref)]


def _sent(row: OutboxRow) -> bool:
    return isinstance(row.effect, SendLetter)


def _of_form(case: Case) -> list[tuple[str, str]]:
    """Return what the form said, what was wrong with it, and what it changes."""
    facts = [(label(a.key), given(a)) for a in case.answers]
    facts += [(label(p.field) if p.field else "Blanketten", p.text) for p in case.problems]
    if case.plan is not None:
        facts += [
            (label(name), f"{old} → {new or '–'}" if old else new)
            for name, old, new in case.plan.differences()
            if name not in ("person_id", "protected")
        ]
    return facts
