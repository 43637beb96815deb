"""What a manager's reply says about the rows of a review letter: values only, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class RowAnswer(StrEnum):
    """What is known of one row: the five answers (domain §5), or nothing yet."""

    OPEN = "open"  # nothing has been said
    STAYS = "stays"  # employed under this manager, also on leave of any kind
    LEFT = "left"  # has ended, or ended on a day that has passed
    LEAVING = "leaving"  # ends on a day to come
    MOVED = "moved"  # employed, but under another unit or manager
    UNCLEAR = "unclear"  # something was said that a clerk would ring about


DECIDED = frozenset({RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED})


class Aside(StrEnum):
    """What a reply says beside the rows; told to staff or to the manager, never acted on."""

    NEW_PERSON = "new_person"  # somebody is missing on the list
    NAME_CHANGE = "name_change"
    LEAVE = "leave"  # on leave: parental, sick, studies
    DECEASED = "deceased"
    QUESTION = "question"  # the manager asks something
    DELEGATED = "delegated"  # somebody else is to be asked
    WRONG_MANAGER = "wrong_manager"  # somebody else is the manager now


@dataclass(frozen=True, slots=True)
class Listed:
    """One row as the letter listed it."""

    row: int
    given_name: str
    surname: str
    title: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """Return the name as the letter wrote it."""
        return f"{self.given_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Heard:
    """What one reply says of one row, with the words that decided it."""

    row: int
    answer: RowAnswer
    on: date | None = None  # the last day, or the day of the move; None where no exact day stood
    words: str = ""  # of the manager, as written; for UNCLEAR those that were not understood
    to: str = ""  # MOVED: the unit or the manager, as written


@dataclass(frozen=True, slots=True)
class Remark:
    """One aside with its words; *rows* it concerns, *name* whom it names beside the rows."""

    kind: Aside
    words: str
    rows: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReviewReply:
    """All that one reply says: each listed row once, in the letter's order."""

    rows: tuple[Heard, ...]
    unread: tuple[str, ...] = ()  # new words that nothing explained
    remarks: tuple[Remark, ...] = ()
    undo: tuple[int, ...] | None = None  # «ÅNGRA»: these rows; () for the whole last answer

    @property
    def settled(self) -> bool:
        """Tell whether every row was decided."""
        return bool(self.rows) and all(r.answer in DECIDED for r in self.rows)


def about_open(whole: ReviewReply, left: ReviewReply) -> ReviewReply:
    """Return a reply to a review that is answered in part; "all" means those who are left.

    *whole* is the reply read against every row, *left* against the open rows alone. Words that
    settle all of the open ones say nothing new of the others, unless those are spoken of by
    themselves: "Alla är kvar" to a reminder that lists two never brings back one who has left.
    """
    if not left.settled or left.unread or left.undo is not None:
        return whole
    found = {h.row: h for h in left.rows}
    silent = tuple(found.get(h.row, Heard(h.row, RowAnswer.OPEN)) for h in whole.rows)
    if not any(h.answer in DECIDED for h in whole.rows):
        return replace(left, rows=silent)  # "båda är kvar", of four
    same = all(
        (h.answer, h.on, h.to) == (found[h.row].answer, found[h.row].on, found[h.row].to)
        for h in whole.rows if h.row in found
    )  # fmt: skip
    shared = {h.words for h in whole.rows if h.row in found}
    if not same or any(h.row not in found and h.words not in shared for h in whole.rows):
        return whole
    return replace(whole, rows=silent)
