"""What goes with a letter: pictures, files; and whether it is true still. Decides no wording."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.app import review_sending
from bot.app.mime import Attached
from bot.app.overtaking import NotNowError, NotTrueAnyMoreError
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_facts import CardFacts
from bot.domain.card_letters import Booking, CardReminder, ReceiptForm
from bot.domain.cards import Card, shown
from bot.domain.cases import Case
from bot.domain.chase_letters import receipt_name
from bot.domain.labels import ID_KINDS
from bot.domain.letters import Digest, EndingSoon, Letter, Question
from bot.domain.overtaken import still_ends, still_true, waits_for_open_day
from bot.domain.protection import NEUTRAL, may_leave
from bot.domain.records import Record
from bot.domain.review_letters import CancellationForm
from bot.domain.values import CaseId, RecordId
from bot.ports.documents import ReceiptFacts
from bot.ports.errors import PermanentError
from bot.ports.rows import OutboxRow
from bot.ports.store import Work


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The pictures by the name that the letter gives them, and the files."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    files: tuple[Attached, ...] = ()


def enclosed(services: Services, row: OutboxRow, letter: Letter, now: datetime) -> Enclosed:
    """Return what goes with *letter*; pictures of questions are ringed in the crew.

    A picture that can't be drawn is left out, for the words say it all.

    Raises:
        PermanentError: the person has become protected since; neither words nor pictures go.
        NotTrueAnyMoreError: the card is back, or it or the record has another end by now.
        NotNowError: it is a reminder, and the hour is quiet or the day closed; or it was to go on a
            working day, could not, and today is none.
        NeedsOperatorError: the office's guide can't be read.
    """
    with services.store.begin() as work:
        case = work.cases.get(row.case) if row.case is not None else None
        card = work.cards.get(letter.card) if letter.card is not None else None
        hidden = case is not None and case.protected and _is_about(letter, case)
        hidden |= card is not None and _hidden(work, card)
        ending = _ending_of(work, row, letter)
        hidden |= ending is not None and ending.entry.protected
        if hidden and not may_leave(letter):
            raise PermanentError(NEUTRAL)
        found = CardFacts(now, today(now), services.policy, card)
        if card is not None and not still_true(letter, found):
            raise NotTrueAnyMoreError("Behövs inte längre: läget för kortet har ändrats.")
        policy, days = services.policy.cards, services.working_days
        if ending is not None and not still_ends(letter.content, ending.entry.valid_until):
            raise NotTrueAnyMoreError("Behövs inte längre: posten slutar en annan dag.")
        quiet = card is not None and bool(letter.rung) and not policy.may_write(now, days)
        if quiet or waits_for_open_day(letter, today(row.queued), today(now), days):
            raise NotNowError(policy.opening(now, days))
        if work.outbox.raw(row.id):
            return Enclosed()
        names = _pictures(letter)
        kept = {}
        if names and row.case is not None:
            kept = {name: png for name, _sha, png in work.kept(row.case) if name in names}
        if isinstance(letter.content, Digest):
            kept, names = _of_cases(work, letter.content), {}
        prefilled = review_sending.papers(services, work, row, letter)
    ringed = _ringed(services, kept, names) if names else kept
    return Enclosed(ringed, (*_files(services, letter, card, today(now)), *prefilled))


def _ending_of(work: Work, row: OutboxRow, letter: Letter) -> Record | None:
    """Return the record whose end a letter tells of; the row's key is ``ending/P-7/DAY/RUNG``."""
    if not isinstance(letter.content, EndingSoon) or not row.key.startswith("ending/P-"):
        return None
    return work.records.by_id(RecordId(int(row.key.split("/")[1].removeprefix("P-"))))


def _is_about(letter: Letter, case: Case) -> bool:
    """Tell whether a letter of *case* speaks of its person: one for many forms may not any more."""
    content = letter.content
    if not isinstance(content, CancellationForm):
        return True
    return case.record in {p.record for p in content.people}


def _hidden(work: Work, card: Card) -> bool:
    person = card.holder.person
    record = work.records.get(person) if person is not None else None
    return card.holder.protected or (record is not None and record.entry.protected)


def _pictures(letter: Letter) -> dict[str, int]:
    """Return the names of the letter's pictures with the number to ring each, 0 for none."""
    match letter.content:
        case Question(points=points):
            return {p.picture: p.number for p in points if p.picture}
        case ReceiptForm(picture=picture) if picture:
            return {picture: 0}
        case _:
            return {}


def _of_cases(work: Work, digest: Digest) -> dict[str, bytes]:
    """Return the pictures of the digest's rows, each under its case and name."""
    found: dict[str, bytes] = {}
    for row in (r for r in digest.open if r.picture):
        kept = work.kept(CaseId(int(row.handle.partition("-")[2])))
        found |= {f"{row.handle}/{name}": png for name, _, png in kept if name == row.picture}
    return found


def _ringed(services: Services, kept: dict[str, bytes], names: dict[str, int]) -> dict[str, bytes]:
    plain = {name: png for name, png in kept.items() if not names[name]}
    marked = {name: png for name, png in kept.items() if names[name]}
    if marked:
        drawn = services.crew.ring([(png, names[name]) for name, png in marked.items()])
        plain |= {name: png for name, png in zip(marked, drawn, strict=True) if png}
    return plain


def _files(
    services: Services, letter: Letter, card: Card | None, day: date
) -> tuple[Attached, ...]:
    content = letter.content
    found: list[Attached] = []
    if isinstance(content, Booking | CardReminder) and content.guide:
        guide = services.documents.guide()
        found.append(Attached(guide.name, guide.content))
    if isinstance(content, ReceiptForm) and card is not None:
        found.append(Attached(receipt_name(card), receipt(services, card)))
    if letter.by_post:
        found.append(Attached("brev.pdf", _on_paper(services, letter, day)))
    return tuple(found)


def receipt(services: Services, card: Card) -> bytes:
    """Return the receipt of a loan as a PDF for the holder to sign (S12)."""
    facts, holder = services.facts, card.holder
    day = card.handed_out or card.opened
    kind = ID_KINDS[card.id_kind.value] if card.id_kind is not None else ""
    return services.documents.receipt(
        ReceiptFacts(
            services.letters.office.name, facts.address, services.letters.office.phone,
            holder.name, holder.unit, shown(card.number), card.loa, kind, day, card.due or day,
            card.handle, card.mark,
        )
    )  # fmt: skip


def _on_paper(services: Services, letter: Letter, day: date) -> bytes:
    """Return the letter as its reader gets it by post."""
    plain = replace(letter, by_post="")
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=services.clock().tzinfo)
    heading, text, _ = services.letters.words(plain, case=None, now=noon)
    unit = getattr(letter.content, "unit", "")
    to = "\n".join(part for part in (letter.by_post, unit) if part)
    return services.documents.letter(text.split("\n\n"), heading=heading, to=to, day=day)
