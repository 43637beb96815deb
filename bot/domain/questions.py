"""What is asked about one form, what was answered, what stands open. Judges no form.

A question that can be answered by a reply is ``Asked``; its number stays the same in every letter
of the case, so that "2 ja" means one thing whichever letter it answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.forms import FieldReading, FormReading, How, State, Value
from bot.domain.letters import Point
from bot.domain.values import MailId

YES_NO = frozenset({"card_order", "reserve_order"})  # one square: ticked or not


class Said(StrEnum):
    """What a reply says to one question."""

    YES = "yes"
    NO = "no"
    VALUE = "value"


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question: its number and field; *proposal* is what a yes confirms (None: nothing)."""

    number: int
    key: str
    proposal: Value = None
    denied: bool = False  # what was read has been said to be wrong


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a reply says to question *number*; a value is normalised as on a form."""

    number: int
    said: Said
    value: Value = None


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """A reply as understood: answers, and every word that nothing explains."""

    answers: tuple[Answer, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """A field's value that somebody gave afterwards: how, who, when, in which mail."""

    key: str
    value: Value
    how: How
    by: str
    on: date
    mail: MailId | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Inquiry:
    """A question that is out: since when, which points, and how far it was chased."""

    begun: date
    points: tuple[Point, ...] = ()  # as the last letter put them
    asked: tuple[Asked, ...] = ()  # ever, with a reply to answer them; none: a new form is needed
    rung: int = 0  # reminders that have gone since then
    tries: int = 0  # replies from which nothing could be taken
    letters: int = 1  # questions put about this form
    free: bool = False  # a clerk's own words: any reply answers, and a clerk reads it

    def open(self) -> tuple[Asked, ...]:
        """Return the questions that the last letter put."""
        numbers = {p.number for p in self.points}
        return tuple(a for a in self.asked if a.number in numbers)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a reply has settled: the questions as they stand now, and all answers so far."""

    asked: tuple[Asked, ...]
    answers: tuple[Answered, ...]


def settle(
    inquiry: Inquiry, before: tuple[Answered, ...], reply: Reply, source: Answered
) -> Settled:
    """Take the answers of *reply*, all or none: one unexplained word may turn the rest around.

    *source* carries how, who, when and which mail; its key and value are not looked at.
    """
    if reply.unread:
        return Settled(inquiry.asked, before)
    asked = {a.number: a for a in inquiry.asked}
    taken = {a.key: a for a in before}
    for answer in reply.answers:
        point = asked.get(answer.number)
        if point is None:
            continue
        value, old = _value(answer, point), taken.get(point.key)
        if value is not None and (old is None or old.value != value):
            taken[point.key] = replace(source, key=point.key, value=value)
        elif answer.said is Said.NO and point.proposal is not None and old is None:
            asked[point.number] = replace(point, proposal=None, denied=True)
    return Settled(tuple(asked.values()), tuple(taken.values()))


def _value(answer: Answer, point: Asked) -> Value:
    if answer.said is Said.VALUE:
        return answer.value
    if point.key in YES_NO:
        return answer.said is Said.YES
    return point.proposal if answer.said is Said.YES else None


def says_the_same(answers: tuple[Answered, ...], inquiry: Inquiry, reply: Reply) -> bool:
    """Tell whether *reply* only says again what was taken before."""
    known = {a.key: a.value for a in answers}
    asked = {a.number: a for a in inquiry.asked}
    return (
        not reply.unread
        and bool(reply.answers)
        and all(
            a.number in asked
            and asked[a.number].key in known
            and _value(a, asked[a.number]) == known[asked[a.number].key]
            for a in reply.answers
        )
    )


def completed(form: FormReading, answers: Iterable[Answered]) -> FormReading:
    """Return *form* with the answered fields in their places, sure by whoever gave them."""
    given = {a.key: a for a in answers}
    fields = tuple(_given(f, given.pop(f.key, None)) for f in form.fields)
    more = tuple(_given(form.field(key), answer) for key, answer in given.items())
    return replace(form, fields=(*fields, *more))


def _given(field: FieldReading, answer: Answered | None) -> FieldReading:
    if answer is None:
        return field
    state = State.EMPTY if answer.value in (None, "", ()) else State.SURE
    return replace(
        field, value=answer.value, state=state, how=answer.how, confidence=1.0, problem=None
    )
