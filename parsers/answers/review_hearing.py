"""The words of one clause sorted: said or denied, on which day, to where. Weighs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.answers.review_answers import (
    ANSWERS,
    CAUSES,
    DOUBTFUL,
    GONE,
    MOVING,
    STAYS,
    TIMED,
    WORKPLACE,
    abroad,
    apart,
    began,
    goes_on,
    of_hours,
)  # fmt: skip
from parsers.answers.review_chat import ALARM
from parsers.answers.review_days import Day
from parsers.answers.review_ends import doubtful_ends, ironic
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_HARMLESS = frozenset(
    {
        Sort.FILL, Sort.SERVES, Sort.IS, Sort.AT, Sort.AND, Sort.THAT, Sort.NOW, Sort.COMMA,
        Sort.COLON, Sort.TAB, Sort.LINE, Sort.TILL, Sort.FROM, Sort.PEOPLE, Sort.END, Sort.BUT,
        Sort.COUNT, Sort.ONLY, Sort.WE, Sort.TOWN, Sort.SAME, Sort.BEGAN, Sort.SO,
        Sort.CHIEF, Sort.SHE, Sort.THEY,
    }
)  # fmt: skip
_WHERE = (Sort.CAPITAL, Sort.OTHER, Sort.UNKNOWN, Sort.AT, Sort.CHIEF, Sort.SERVES)
_RISKY = frozenset({Sort.NOT, Sort.BUT, Sort.MOVED, Sort.MOVES, Sort.LONGER, *DOUBTFUL})
_HERE = ("hos oss", "hos mig")
NEITHER = ("varken", "vare sig")
_OTHER_YEAR = frozenset({"forra aret", "i fjol", "nasta ar", "last year", "next year"})
_AGREED = frozenset({Sort.RIGHT, Sort.UNCHANGED})
_NEEDS_DAY = GONE | TIMED | MOVING
_TILLS = frozenset({"till", "tills"})


@dataclass(slots=True)
class Said:
    """A word that answers, with what belongs to it."""

    sort: Sort
    text: str
    negated: bool = False
    longer: bool = False
    till: bool = False  # its day is the last one
    day: Day | None = None
    past: bool = False
    early: bool = False  # its day stood before it
    since: bool = False  # its day is one from which it holds


class Hearing:
    """The words of one clause; under a *heading* they go on from what it says."""

    def __init__(self, tokens: Sequence[Token], heading: Sort | None = None) -> None:
        self.tokens = tokens
        self.sorts = frozenset(t.sort for t in tokens)
        self.said: list[Said] = [] if heading is None else [Said(heading, "")]
        self.odd: list[str] = []  # words that nothing explains
        self.tail: list[str] = []  # such words in a remark after a clear answer
        self.to: list[str] = []
        self.loose: Day | None = None  # a day before the word that it belongs to
        self.leave_ends: Day | None = None
        self.hours = False  # a change of working hours is told
        self._denied_day: Token | None = None
        self._negated: Token | None = None
        self._moving = bool(self.said) and self.said[0].sort in MOVING
        for at, token in enumerate(tokens):
            self._hear(at, token)
        if self._negated is not None:
            self.odd.append(self._negated.text)
        self.odd += ironic(tokens, ANSWERS)
        self.odd += doubtful_ends(tokens)
        self._elsewhere()

    def _hear(self, at: int, token: Token) -> None:
        if self._moving:
            if token.sort is Sort.DAY:
                self._day(at, token)
                return
            if self._destination(token):
                return
            self._moving = token.sort is Sort.COMMA and goes_on(self.tokens, at)
        if token.sort in MOVING and (abroad(self.tokens, at) or of_hours(self.tokens, at)):
            self.hours = self.hours or of_hours(self.tokens, at)
        elif token.sort in ANSWERS:
            self._take(token)
            self._moving = token.sort in MOVING
        else:
            self._other(at, token)

    def _other(self, at: int, token: Token) -> None:
        if token.sort is Sort.NOT:
            self._negated = self._negate(at, token)
        elif token.sort is Sort.LONGER:
            self._longer(token)
        elif token.sort is Sort.DAY:
            self._day(at, token)
        elif token.sort is Sort.RENAMED:
            self._moving = True
        elif token.sort is Sort.OR and any(t.plain in NEITHER for t in self.tokens):
            return
        elif token.sort not in _HARMLESS | DOUBTFUL:
            self._unknown(at, token)

    def _sort(self, at: int) -> Sort | None:
        return self.tokens[at].sort if at < len(self.tokens) else None

    def _destination(self, token: Token) -> bool:
        """Take a word that tells where somebody has moved."""
        if token.sort in _WHERE:
            self.to.append(token.text)
            return True
        if token.sort is Sort.FILL and WORKPLACE.search(token.plain):
            self.to.append(token.text)
            return True
        if token.sort is Sort.THAT and token.plain == "dar" and Sort.CHIEF in self.sorts:
            return True
        opens = token.sort is Sort.COMMA and not self.to and not self._said_move()
        return (
            opens or token.text in "()" or token.sort in (Sort.FILL, Sort.NOW, Sort.IS, Sort.FROM)
        )

    def _said_move(self) -> bool:
        """Tell whether the move is told in the clause itself, not in the heading above."""
        return any(t.sort in MOVING for t in self.tokens)

    def _negate(self, at: int, token: Token) -> Token | None:
        """Return the "not" that waits for its word; one that stands after it is used at once."""
        days = sum(t.sort is Sort.DAY for t in self.tokens)
        if self._sort(at + 1) is Sort.DAY and days > 1:
            self._denied_day = self.tokens[at + 1]  # "slutar 15/1, inte 15/2"
            return None
        for later in self.tokens[at + 1 :]:
            if later.sort in ANSWERS:
                return token
            if token.plain in NEITHER and later.sort in (Sort.COMMA, Sort.OR):
                continue
            if later.sort in (Sort.COMMA, Sort.BUT, Sort.LINE, Sort.FROM, Sort.THAT, Sort.IF):
                break
        if self.said and not self.said[-1].negated and self._close(at):
            self.said[-1].negated = True
            if self._sort(at + 1) is Sort.DAY:
                self.odd.append(token.text)  # "slutade inte 31/10": but on another day?
        else:
            self.odd.append(token.text)
        return None

    def _close(self, at: int) -> bool:
        """Tell whether nothing stands between "inte" and the word before it that it denies."""
        for earlier in reversed(self.tokens[:at]):
            if earlier.sort in ANSWERS:
                return True
            if earlier.sort not in (Sort.FILL, Sort.IS, Sort.SHE, Sort.AT, Sort.NOW):
                return False
        return False

    def _longer(self, token: Token) -> None:
        if token.plain.startswith("no ") and self._negated is None:
            self._negated = token
        elif self.said and (self.said[-1].negated or self._negated is not None):
            self.said[-1].longer = True

    def _take(self, token: Token) -> None:
        if self._ends_leave(token):
            self.odd.append(token.text)  # "sjukskrivningen upphör", "slutade sin ledighet"
        if self.said and token.plain in _HERE and self.said[-1].sort is not Sort.WORKS:
            return  # "har slutat hos oss"
        negated, self._negated = self._negated is not None, None
        last = self.said[-1] if self.said else None
        if token.sort is Sort.STAY and last and last.sort is Sort.WORKS and not last.day:
            last.sort = Sort.STAY
            last.text += f" {token.text}"
            last.negated = last.negated != negated
            return
        one = Said(token.sort, token.text, negated, longer=Sort.LONGER in self.sorts)
        before = {t.plain for t in self.tokens if t.sort is Sort.IS}
        one.past = bool(before & {"var", "hade", "blev"})
        one.day, self.loose = self.loose, None
        one.early = one.day is not None
        self.said.append(one)

    def _ends_leave(self, token: Token) -> bool:
        """Tell whether it is a leave that ends, and not the employment."""
        ends = (Sort.LEFT, Sort.LEAVES, Sort.ENDED, Sort.ENDS)
        if token.sort is not Sort.LEAVE and token.sort not in ends:
            return False
        wanted = ends if token.sort is Sort.LEAVE else (Sort.LEAVE,)
        for earlier in reversed(self.tokens[: self.tokens.index(token)]):
            if earlier.sort in wanted:
                return True
            if earlier.sort in (Sort.COMMA, Sort.AND, Sort.LINE, Sort.BUT, Sort.SHE, Sort.COLON):
                return False
        return False

    def _day(self, at: int, token: Token) -> None:
        if token is self._denied_day:
            return
        before = self.tokens[at - 1] if at else None
        till = before is not None and (before.sort is Sort.TILL or before.plain in _TILLS)
        till = till or token.plain.startswith(("till ", "fram till "))
        last = self.said[-1] if self.said else None
        if began(self.tokens, at) or (
            last is not None and last.sort in _NEEDS_DAY and apart(self.tokens, at)
        ):
            return
        if last is None:
            self.loose = self.loose or token.day
        elif last.sort is Sort.LEAVE:
            self.leave_ends = token.day if till else self.leave_ends
        elif last.day is None or last.early:
            last.day, last.till, last.early = token.day, till, False
            last.since = before is not None and before.sort is Sort.FROM
            last.since = last.since or token.plain.startswith(("sedan ", "sen ", "fran "))
        elif not (last.day.day or last.day.fixed):
            last.day = token.day  # "om två veckor, fredag 11/6": the exact one
        elif token.day and (token.day.day or token.day.fixed) and token.day != last.day:
            self.odd.append(token.text)  # "slutar 31/12, 31/1": which?
        elif token.plain in _OTHER_YEAR:
            self.odd.append(token.text)  # "31/10 förra året"

    def _unknown(self, at: int, token: Token) -> None:
        if token.plain == "borta" and self.sorts & (GONE | {Sort.ENDED}):
            return
        placed = at > 0 and self.tokens[at - 1].sort in (Sort.AT, Sort.FROM, Sort.TILL)
        if placed and self._harmless_place(token):
            return
        if self._is_tail(at) and not ALARM.search(token.plain):
            self.tail.append(token.text)
        else:
            self.odd.append(token.text)

    def _harmless_place(self, token: Token) -> bool:
        """Tell whether a place is where she stays, or where she was."""
        if ALARM.search(token.plain):
            return False
        plain = {s.sort for s in self.said} and {s.sort for s in self.said} <= _AGREED
        if self._stays_there() or (plain and token.plain.endswith(("en", "et", "an", "na"))):
            return True
        stays = self.sorts & {Sort.STAY, Sort.WORKS, Sort.YES, Sort.RIGHT}
        left = self.sorts & (GONE - {Sort.NO} | TIMED | {Sort.UNCHANGED, Sort.LEAVE})
        return token.sort is Sort.CAPITAL and bool(left) and not stays

    def _stays_there(self) -> bool:
        """Tell whether the clause says "kvar", so that a place after it is where she stays."""
        last = self.said[-1] if self.said else None
        if last is None or last.sort is not Sort.STAY or last.negated:
            return False
        return any(w in last.text.casefold() for w in ("kvar", *_HERE)) and not self.sorts & {
            Sort.NOW,
            Sort.BUT,
        }

    def _is_tail(self, at: int) -> bool:
        """Tell whether a word stands in a remark after a clear answer: "kvar, nattpersonal"."""
        if not self.said or self.sorts & _RISKY:
            return False
        if all(s.sort in (Sort.YES, Sort.RIGHT) for s in self.said):
            return False
        firm = STAYS | GONE | TIMED
        said = next((n for n, t in enumerate(self.tokens[:at]) if t.sort in firm), at)
        return any(
            t.sort in (Sort.COMMA, Sort.LINE, Sort.AND) or t.plain in CAUSES
            for t in self.tokens[said + 1 : at]
        )

    def _elsewhere(self) -> None:
        """Hear "jobbar på Viksjö nu", "är på Viksjö sedan 1/8" as a move."""
        exact = any(t.day is not None and (t.day.day or t.day.fixed) for t in self.tokens)
        lead = Sort.IS in self.sorts or (Sort.WORKS in self.sorts and exact)
        dated = {Sort.FROM, Sort.DAY} <= self.sorts or any(
            t.sort is Sort.DAY and t.plain.startswith(("sedan ", "sen ", "fran "))
            for t in self.tokens
        )
        since = dated and lead
        told = any(s.sort not in (Sort.WORKS, Sort.NO) for s in self.said)
        if told or not (Sort.NOW in self.sorts or since):
            return
        for at, token in enumerate(self.tokens[:-1]):
            if token.sort is Sort.AT and self.tokens[at + 1].text in self.odd:
                self._move(at + 1)
                return

    def _move(self, at: int) -> None:
        day = self.loose or next((s.day for s in self.said if s.day), None)
        self.to = [t.text for t in self.tokens[at : at + 3] if t.sort in _WHERE]
        where = {t.text for t in self.tokens if t.sort in (*_WHERE, Sort.NOW)}
        self.odd = [o for o in self.odd if o not in where]
        self.tail = [o for o in self.tail if o not in where]
        self.said = [Said(Sort.MOVED, self.to[0], day=day)]
