"""What a mail says of a review, and what the memory knows about it. Looks up; decides nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bot.app import card_facts, review_speaking
from bot.app.services import Services
from bot.app.understanding import written
from bot.domain.answering import Context
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import start_of, today
from bot.domain.cases import Case, Kind, Stage
from bot.domain.effects import SendLetter
from bot.domain.orders import OrderAction
from bot.domain.records import Record
from bot.domain.review_facts import ReviewFacts, ReviewMail, ReviewSpeaker, RowFacts
from bot.domain.review_mails import last_said
from bot.domain.review_reply import DECIDED, ReviewReply, RowAnswer, about_open
from bot.domain.reviews import Absence, Campaign, CampaignState, Review, ReviewRow
from bot.domain.triage import Machine, MailSeen
from bot.domain.values import PersonId, ReviewId, address_key, name_key
from bot.ports.rows import MailRow, OutboxRow
from bot.ports.store import Work
from parsers.answers import absences
from parsers.answers.review import understand_review
from parsers.reading import MailReading

HANDLE = re.compile(r"\(G-(\d{1,9})\)")  # as our subjects write it
_ASKING = frozenset({"review", "review_reminder", "escalation", "review_echo", "undone"})
_CARDS = frozenset({RowAnswer.LEFT, RowAnswer.LEAVING})


def of_mail(
    services: Services, work: Work, row: MailRow, reading: MailReading, seen: MailSeen,
    context: Context, ordered: Collection[PersonId] = (),
) -> ReviewMail | None:  # fmt: skip
    """Return what a mail says of a review; None when it is about none.

    *ordered* are the persons whom signed forms in the same mail cancel.
    """
    letter = work.outbox.answered_by((*seen.threads, *seen.failed_ids))
    review = _review(work, letter, reading, seen)
    campaign = work.reviews.campaign(review.campaign) if review is not None else None
    if review is None or campaign is None or seen.crashed:
        return None
    if seen.machine is Machine.BOUNCE:
        return ReviewMail(bare(services, review, campaign), ReviewSpeaker.OTHER, bounced=True)
    if seen.machine is Machine.AUTO_REPLY:
        if address_key(seen.sender) != address_key(review.mail):
            return None  # somebody else is away: the next level, a deputy
        away = absences.read(reading.mail.subject, reading.mail.text, today(context.now))
        absence = Absence(row.id, context.now, away.back, away.stand_in)
        known = bare(services, review, campaign)
        return ReviewMail(known, ReviewSpeaker.OTHER, absence=absence)
    if seen.machine is not Machine.NO:
        return None
    who = review_speaking.speaker(services, work, review, seen, context)
    reply = _understood(services, work, review, reading, seen)
    facts = full(services, work, review, campaign, reply, context, ordered)
    letters = written(services, work.outbox.of_review(review.id))
    points, file = review_speaking.attached(reading, seen, letters)
    return ReviewMail(
        facts, who.role, reply, aside=not _asks(letter), units=who.units, names=who.names,
        points=points, file=file,
    )  # fmt: skip


def _asks(letter: OutboxRow | None) -> bool:
    """Tell whether the answered letter asks about rows; a mail that only names the review does."""
    if letter is None or not isinstance(letter.effect, SendLetter):
        return True
    return letter.effect.letter.kind in _ASKING


def _review(
    work: Work, letter: OutboxRow | None, reading: MailReading, seen: MailSeen
) -> Review | None:
    """Return the review that a mail is about: by the letter it answers, else by the number.

    A number gives no rights: whose word counts is another question.
    """
    if letter is not None and isinstance(letter.effect, SendLetter):
        about = letter.effect.letter.review
        return work.reviews.get(about) if about is not None else None
    subject = HANDLE.search(reading.mail.subject)
    if seen.machine is Machine.AUTO_REPLY:
        return work.reviews.get(ReviewId(int(subject[1]))) if subject else None
    if seen.machine is not Machine.NO:
        return None
    found = subject or re.search(r"Granskningsnummer: G-(\d{1,9})\b", reading.mail.text)
    return work.reviews.get(ReviewId(int(found[1]))) if found else None


def _understood(
    services: Services, work: Work, review: Review, reading: MailReading, seen: MailSeen
) -> ReviewReply:
    letters = written(services, work.outbox.of_review(review.id))
    managers = work.managers.by_mail(seen.sender)
    names = [*(e.name for e in managers), reading.mail.sender_name]

    def read(rows: Iterable[ReviewRow]) -> ReviewReply:
        listed = tuple(r.listed() for r in rows)
        return understand_review(
            reading.mail.text, letters, listed, on=seen.sent_on, names=names
        )  # fmt: skip

    known = tuple(r for r in review.rows if not r.manual)
    whole, left = read(known), review.open_rows()
    return about_open(whole, read(left)) if 0 < len(left) < len(known) else whole


def bare(services: Services, review: Review, campaign: Campaign) -> ReviewFacts:
    """Return the facts that need no look at the rows."""
    now = services.clock()
    return ReviewFacts(now, today(now), services.policy, campaign, review)


def full(
    services: Services, work: Work, review: Review, campaign: Campaign, reply: ReviewReply,
    context: Context, ordered: Collection[PersonId] = (),
) -> ReviewFacts:  # fmt: skip
    """Return the review with all that bears on an answer to it."""
    heard = {h.row: h for h in reply.rows}
    undo = reply.undo is not None
    before = _before(review, reply, context)
    rows = {}
    for row in review.rows:
        said = before.get(row.row) or heard.get(row.row)
        answer = said.answer if said is not None else RowAnswer.OPEN
        changes = answer in DECIDED or (undo and row.answer in DECIDED)
        rows[row.row] = row_facts(services, work, row, answer, changes=changes)
        if row.person in ordered:
            rows[row.row] = replace(rows[row.row], ordered=True)
        if answer is RowAnswer.MOVED and said is not None:
            words = f"{said.to} {said.words}"
            rows[row.row] = with_target(rows[row.row], row, words, work, context.today)
    now = context.now
    return ReviewFacts(
        now, context.today, services.policy, campaign, review, rows,
        ended_today=work.cases.ended_since(start_of(context.today)), desk=desk(work, review),
        population=work.records.population(),
    )  # fmt: skip


def _before(review: Review, reply: ReviewReply, context: Context) -> dict[int, ReviewRow]:
    """Return the rows as an «ÅNGRA» would leave them: an earlier answer is led to once more."""
    if reply.undo is None:
        return {}
    last = last_said(review, address_key(context.origin.sender), reply.undo)
    return {b.row: b for b in last.before} if last is not None else {}


def desk(work: Work, review: Review) -> tuple[Case, ...]:
    """Return the work that staff have because nobody has answered."""
    found = (work.cases.get(number) for number in review.desk)
    return tuple(c for c in found if c is not None and c.closed is None)


def reminded(work: Work, review: Review) -> int:
    """Return how many reminders have been put on their way since who is asked now was asked."""
    rows = work.outbox.of_review(review.id)
    found = [
        r for r in rows
        if isinstance(r.effect, SendLetter) and r.effect.letter.kind == "review_reminder"
    ]  # fmt: skip
    return sum(review.began is None or today(r.queued) >= review.began for r in found)


def row_facts(
    services: Services, work: Work, row: ReviewRow, answer: RowAnswer, *, changes: bool
) -> RowFacts:
    """Return a row beside its record; the cards and earlier cases only where it *changes*."""
    record = work.records.by_id(row.record)
    if record is None or not changes:
        return RowFacts(record)
    cases = work.cases.of_person(record.entry.person_id)
    person, awaited = None, _awaited(cases, row) if answer is RowAnswer.STAYS else None
    if answer in _CARDS or row.answer in _CARDS or awaited is not None:
        person = card_facts.person_facts(services, work, record)
    employed = _employed_to(work, record) if answer is RowAnswer.STAYS else None
    case = work.cases.get(row.case) if row.case is not None else None
    return RowFacts(
        record, person, employed, case, ordered=_ordered(cases), awaited=awaited,
        pending=_pending(work, record, case),
    )  # fmt: skip


def _awaited(cases: Iterable[Case], row: ReviewRow) -> Case | None:
    """Return the form that an earlier review's answer asked for and that has not come."""
    live = (Stage.ASKED, Stage.STAFF)
    return next(
        (c for c in cases if c.kind is Kind.LEAVER and c.stage in live and c.id != row.case), None
    )


def _pending(work: Work, record: Record, case: Case | None) -> tuple[Case, ...]:
    """Return what else of the same review waits for a clerk: a planned end beside a form."""
    if case is None or case.review is None:
        return ()
    return tuple(
        c for c in work.cases.of_record(record.id)
        if c.kind is Kind.RENEWAL and c.review == case.review and c.closed is None
    )  # fmt: skip


def _employed_to(work: Work, record: Record) -> date | None:
    """Return the last day of the employment by the newest form that was carried out."""
    orders = [
        c.order for c in work.cases.of_record(record.id)
        if c.order is not None and c.stage is Stage.CONFIRMED
    ]  # fmt: skip
    if not orders:
        return None
    last = orders[-1]
    return last.last_day if last.action is OrderAction.CANCEL else last.employed_to


def _ordered(cases: Iterable[Case]) -> bool:
    """Tell whether a cancellation of the person is under way, or was carried out lately."""
    live = (Stage.STAFF, Stage.APPROVED, Stage.CONFIRMED)
    orders = [c for c in cases if c.stage in live and c.order is not None]
    return bool(orders) and orders[-1].kind is Kind.CANCEL


def with_target(
    known: RowFacts, row: ReviewRow, words: str, work: Work, day: date
) -> RowFacts:  # fmt: skip
    """Return the row with the one manager in the register whom the words of a move fit."""
    fits = [e for e in work.managers.list() if e.in_force(day) and e.unit_id != row.unit_id]
    found = targets(fits, words)
    target = found[0] if len({(e.mail, e.unit_id) for e in found}) == 1 else None
    return replace(known, target=target)


def targets(entries: Iterable[ManagerEntry], words: str) -> tuple[ManagerEntry, ...]:
    """Return the rows of the register whose unit or manager the words name, units first."""
    said = f" {_plain(words)} "
    rows = tuple(entries)
    units = tuple(e for e in rows if _named(e.unit, said))
    people = tuple(e for e in rows if _named(e.name, said))
    both = tuple(e for e in units if e in people)
    return both or units or people


def _named(name: str, said: str) -> bool:
    plain = _plain(name)
    return bool(plain) and any(f" {form} " in said for form in (plain, f"{plain}s"))


def _plain(words: str) -> str:
    return re.sub(r"[^\w-]+", " ", name_key(words)).strip()


def persons(mail: ReviewMail | None) -> set[PersonId]:
    """Return the persons whose records the mail could change, or whose answers it undoes."""
    if mail is None or mail.reply is None:
        return set()
    decided = {h.row for h in mail.reply.rows if h.answer in DECIDED}
    undo = mail.reply.undo is not None
    return {
        r.person
        for r in mail.facts.review.rows
        if r.row in decided or (undo and r.case is not None)
    }


def running(work: Work) -> tuple[Campaign, ...]:
    """Return the campaigns that are not over, newest last."""
    over = (CampaignState.STOPPED, CampaignState.CLOSED)
    return tuple(c for c in work.reviews.campaigns() if c.state not in over)
