"""A letter of ours that did not arrive: a work item. Decides nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.card_facts import CardFacts
from bot.domain.cards import Card
from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.events import LetterFailed
from bot.domain.triage import Outcome
from bot.domain.values import MailId, masked

LIKE_IT = (
    "Databasen är återläst från en kopia. Ett annat svar på samma mejl hade redan gått till samma "
    "läsare. Läs båda, och skriv själv om något saknas."
)

OTHER_DAYS = (
    "Databasen är återläst från en kopia. Det här brevet hade redan gått, med andra datum än de "
    "som gäller nu. Jämför med katalogen, och skriv själv om det behövs."
)
_LEFT_BEFORE = (LIKE_IT, OTHER_DAYS)


@dataclass(frozen=True, slots=True)
class Bounced:
    """A letter that did not arrive: of which case, about which card, of which kind."""

    case: Case | None
    card: Card | None = None
    kind: str = ""
    protected: bool = False
    left_before: bool = False  # it went in an older life of the memory


def lost_letter(
    one: Bounced, why: Reason, now: datetime, recipients: tuple[str, ...], *,
    mail: MailId | None = None,
) -> Step:  # fmt: skip
    """Return the work item: never another letter. Of a protected person it names nobody."""
    case, card = one.case, one.card
    handle = case.handle if case is not None else card.handle if card is not None else ""
    where = f" i {handle}" if handle else ""
    what = "Brev att jämföra" if one.left_before else "Brev kom inte fram"
    trouble = Case(
        kind=Kind.TROUBLE, stage=Stage.STAFF, title=f"{what}{where}", why=why,
        opened=now, origin=Origin(mail=mail), parent=case.id if case is not None else None,
        card=card.id if card is not None else None,
        protected=one.protected or (case is not None and case.protected),
        details=(("Mottagare", ", ".join(recipients)), ("Brev", one.kind)),
    )  # fmt: skip
    return Step(trouble)


def undelivered(
    event: LetterFailed, case: Case | None, card: CardFacts | None, now: datetime
) -> Decision:
    """Return what follows from a letter that was refused for good, or whose fate is in doubt.

    An order at the region whose booking letter did not arrive goes back to staff: nobody else
    tells the holder (S6).
    """
    left = event.reason in _LEFT_BEFORE
    what = "stämdes av mot loggen över skickade brev" if left else "kunde inte levereras"
    reason = Reason("letter_failed", f"B-{event.letter} {what}: {masked(event.reason)}", "D")
    held = card.card if card is not None else None
    known = card.record is not None and card.record.entry.protected if card is not None else False
    hidden = known or (held is not None and held.holder.protected)
    one = Bounced(case, held, event.letter_kind, hidden, left)
    steps = [lost_letter(one, reason, now, event.recipients)]
    if event.letter_kind == "booking" and case is not None and case.stage is Stage.WAITS:
        steps.append(Step(replace(case, stage=Stage.STAFF, why=reason)))
    return Decision(Outcome.WITH_STAFF, reason, tuple(steps))
