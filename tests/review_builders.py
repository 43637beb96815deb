"""One line each: campaigns, reviews, their rows and facts, replies as they were understood.

Holds no test. Replies are built as values: how words are understood is proved elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.answering import Context
from bot.domain.calendar import WorkingDays
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Decision, Policy, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.letters import Letter
from bot.domain.records import Record
from bot.domain.review_facts import ReviewFacts, ReviewMail, ReviewSpeaker, RowFacts
from bot.domain.review_mails import decide_review
from bot.domain.review_policy import ReviewPolicy
from bot.domain.review_reply import Heard, Remark, ReviewReply, RowAnswer
from bot.domain.reviews import Campaign, CampaignState, Review, ReviewRow
from bot.domain.values import CampaignId, CaseId, MailId, RecordId, ReviewId
from tests.builders import (
    ANNA,
    BO,
    CILLA,
    DAN,
    EVA,
    MARIA,
    MARIA_MAIL,
    NOW,
    TODAY,
    UNIT,
    UNIT_ID,
    a_context,
    a_record,
    an_origin,
    person,
)
from tests.card_builders import CHIEF, CLOSED, OFFICE, card_policy

PEOPLE = (
    (ANNA, "Anna", "Öberg"), (BO, "Bo", "Kvist"), (CILLA, "Cilla", "Ås"),
    (DAN, "Dan", "Vik"), (EVA, "Eva", "Lund"),
)  # fmt: skip
DAYS = WorkingDays(CLOSED)
SENT = TODAY  # Monday 23 November 2026: +5 is the 30th, +10 the 7th, +15 the 14th of December
UNDO_UNTIL = date(2026, 11, 25)
UNTIL = date(2027, 3, 1)
SOON = date(2026, 12, 31)  # within 60 days: a «kvar» renews it
DEPUTY = "stina.holm@jarfalla.example"
STRANGER = "nils.grann@jarfalla.example"


def rules(**values: Any) -> ReviewPolicy:
    return ReviewPolicy(**values)


def a_policy(*, review: ReviewPolicy | None = None, **values: Any) -> Policy:
    """The office's policy with a mailbox of staff; keywords are the policy's fields."""
    row: dict[str, Any] = {
        "staff": (OFFICE,), "working_days": DAYS, "cards": card_policy(),
        "review": review or ReviewPolicy(), **values,
    }  # fmt: skip
    return Policy(**row)


def a_row(number: int = 1, **values: Any) -> ReviewRow:
    """The row of one of five invented persons: 1 is Anna, 2 is Bo, and so on."""
    digits, given, surname = PEOPLE[number - 1]
    row: dict[str, Any] = {
        "row": number, "record": RecordId(number), "person": person(digits), "given_name": given,
        "surname": surname, "title": "Undersköterska", "unit": UNIT, "unit_id": UNIT_ID,
        "since": date(2026, 3, 1), **values,
    }  # fmt: skip
    return ReviewRow(**row)


def answered(number: int = 1, answer: RowAnswer = RowAnswer.STAYS, **values: Any) -> ReviewRow:
    """A row that Maria has answered in M-3."""
    row: dict[str, Any] = {"via": MailId(3), "by": MARIA_MAIL, "answered": NOW, **values}
    return a_row(number, answer=answer, **row)


def record_of(number: int = 1, **values: Any) -> Record:
    """The record of the person on that row."""
    digits, given, surname = PEOPLE[number - 1]
    row: dict[str, Any] = {
        "id": RecordId(number), "person_id": person(digits), "given_name": given,
        "surname": surname, "mail": f"{given.lower()}@jarfalla.example", **values,
    }  # fmt: skip
    return a_record(**row)


def a_campaign(**values: Any) -> Campaign:
    """The autumn's campaign, running since today; keywords are its fields."""
    row: dict[str, Any] = {
        "name": "2026-Q4", "state": CampaignState.RUNNING, "prepared": NOW, "send_on": SENT,
        "id": CampaignId(1), "version": 1, "released": NOW, "started": SENT,
        "ends": DAYS.after(SENT, 25), **values,
    }  # fmt: skip
    return Campaign(**row)


def a_review(*rows: ReviewRow, **values: Any) -> Review:
    """Maria's review G-1 of Anna and Bo, asked today."""
    row: dict[str, Any] = {
        "campaign": CampaignId(1), "mail": MARIA_MAIL, "name": MARIA,
        "rows": rows or (a_row(1), a_row(2)), "key": MARIA_MAIL, "id": ReviewId(1), "version": 1,
        "superior": CHIEF, "began": SENT, "rung": "0", "next_on": date(2026, 11, 30), **values,
    }  # fmt: skip
    return Review(**row)


def unasked(*rows: ReviewRow, **values: Any) -> Review:
    """The same, before its letter has gone."""
    return a_review(*rows, **{"began": None, "rung": "", "next_on": SENT, **values})


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, 0, tzinfo=UTC)


def review_facts(
    review: Review | None = None, *, today: date = TODAY, known: dict[int, Any] | None = None,
    **values: Any,
) -> ReviewFacts:  # fmt: skip
    """The facts of a review; *known* puts a record, or the facts of a row, in a row's place."""
    asked = review or a_review()
    rows = {r.row: RowFacts(record_of((r.row - 1) % len(PEOPLE) + 1)) for r in asked.rows}
    for number, one in (known or {}).items():
        rows[number] = one if isinstance(one, RowFacts) else RowFacts(one)
    row: dict[str, Any] = {
        "now": noon(today), "today": today, "policy": a_policy(), "campaign": a_campaign(),
        "review": asked, "rows": rows, "population": 1000, **values,
    }  # fmt: skip
    return ReviewFacts(**row)


def heard(number: int, answer: RowAnswer = RowAnswer.STAYS, **values: Any) -> Heard:
    return Heard(number, answer, **values)


def a_reply(
    *rows: Heard, unread: Iterable[str] = (), remarks: Iterable[Remark] = (),
    undo: tuple[int, ...] | None = None,
) -> ReviewReply:  # fmt: skip
    return ReviewReply(rows, tuple(unread), tuple(remarks), undo)


def mail_context(
    sender: str = MARIA_MAIL, *, mail: int = 9, today: date = TODAY, **values: Any
) -> Context:
    """The context of a mail that *sender* writes today, M-9."""
    origin = an_origin(mail=MailId(mail), sender=sender, message_id=f"<m{mail}@x.example>", file="")
    row: dict[str, Any] = {
        "now": noon(today), "today": today, "sent_on": today, "origin": origin,
        "policy": a_policy(), **values,
    }  # fmt: skip
    return a_context(**row)


def answer(
    facts: ReviewFacts, reply: ReviewReply | None, *, sender: str = MARIA_MAIL, mail: int = 9,
    speaker: ReviewSpeaker = ReviewSpeaker.REVIEWER, **values: Any,
) -> Decision | None:  # fmt: skip
    """What a reply leads to; None when it says nothing of the review."""
    context = mail_context(sender, mail=mail, today=facts.today, policy=facts.policy)
    return decide_review(ReviewMail(facts, speaker, reply, **values), context)


def taken(facts: ReviewFacts, *rows: Heard, **values: Any) -> ReviewStep:
    """What is done with an answer of Maria's that says *rows*."""
    return only(answer(facts, a_reply(*rows), **values))


def only(decision: Decision | None) -> ReviewStep:
    """The one review of a decision."""
    assert decision is not None
    [step] = decision.reviews
    return step


def a_leaver(number: int = 1, **values: Any) -> Case:
    """The case K-20 that awaits the signed form about somebody who has left."""
    record = record_of(number)
    row: dict[str, Any] = {
        "kind": Kind.LEAVER, "stage": Stage.ASKED, "why": Reason("leaver", "Prov."), "opened": NOW,
        "title": f"Avbeställning väntas: {record.entry.full_name}, {UNIT}", "id": CaseId(20),
        "version": 1, "person": record.entry.person_id, "record": record.id,
        "review": ReviewId(1), "campaign": CampaignId(1),
        "origin": an_origin(mail=MailId(3), message_id="<m3@x.example>"),
        "details": (("Granskning", "G-1"), ("Rad", str(number))), **values,
    }  # fmt: skip
    return Case(**row)


def works(step: ReviewStep) -> list[tuple[int | None, Kind, Stage]]:
    """The work of a review's step: about which row, what, where it stands."""
    return [(n, s.case.kind, s.case.stage) for n, s in step.works]


def work(step: ReviewStep, kind: Kind) -> Step:
    """The only work of a kind."""
    [found] = [s for _, s in step.works if s.case.kind is kind]
    return found


def _deep(step: Step) -> list[Effect]:
    below = [e for child in step.children for e in _deep(child)]
    return [*step.effects, *below]


def effects(step: ReviewStep) -> list[Effect]:
    """Everything that a review's step sends and writes, the letters of its cards too."""
    cards = [e for c in step.cards for e in c.effects]
    return [*step.effects, *(e for _, s in step.works for e in _deep(s)), *cards]


def letters(step: ReviewStep) -> list[Letter]:
    return [e.letter for e in effects(step) if isinstance(e, SendLetter)]


def writes(step: ReviewStep) -> list[WriteRecord]:
    return [e for e in effects(step) if isinstance(e, WriteRecord)]


def letter(step: ReviewStep) -> Letter:
    """The one letter that the review itself sends."""
    [effect] = step.effects
    assert isinstance(effect, SendLetter)
    return effect.letter


def content(step: ReviewStep) -> Any:
    """What the one letter of the review says."""
    return letter(step).content


def later(review: Review, **values: Any) -> Review:
    return replace(review, **values)
