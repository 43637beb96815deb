"""What has been said of the rows so far in a plain reply, and whether it fits together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.review_reply import Heard, RowAnswer
from parsers.answers.review_templates_sentences import ForeignError
from parsers.answers.review_templates_told import GONE, Said

_SHOWN = 300


@dataclass
class Tally:
    """Holds what is said of the rows *order*; raises ForeignError for what does not fit."""

    order: Sequence[int]
    own: dict[int, Said] = field(default_factory=dict)
    everyone: str = ""
    rest: str = ""
    yes: str = ""
    yeses: int = 0
    others_left: Said | None = None
    place: tuple[int, int] = (0, 0)
    chat: int = 0
    last: tuple[int, ...] = ()
    pending: tuple[int, ...] = ()
    heading: RowAnswer | None = None
    items: int = 0
    expected: int = 0
    nay: bool = False
    bare: str = ""  # the sentence of a bare "alla utom Eva"
    but: bool = False
    rests: list[int] = field(default_factory=list)
    remaining: list[int] = field(default_factory=list)
    gone: bool = False

    def headed(self) -> None:
        """End the lines below a heading."""
        if self.heading is not None and (not self.items or self.expected not in (0, self.items)):
            raise ForeignError
        self.heading = None

    def pair(self, rows: Sequence[int], events: Sequence[Said], *, default: bool) -> None:
        """Note what *events* say of *rows*; without any, they have left or it is told later."""
        if not rows or (self.but and not rows):
            raise ForeignError
        if self.pending and tuple(rows) != self.pending:
            raise ForeignError
        waiting = self.pending
        self.pending, self.last = (), tuple(rows)
        if not events:
            if not default:
                self.pending = tuple(rows)
                return
            events = [Said(RowAnswer.LEFT, "")]
        if self.but and self.everyone and events[0].answer in GONE:
            self.rest, self.everyone = self.everyone, ""
        for event in events:
            for row in rows:
                self._note(row, event, fresh=bool(waiting))

    def _note(self, row: int, event: Said, *, fresh: bool) -> None:
        before = self.own.get(row)
        if before is None or fresh:
            self.own[row] = Said(event.answer, event.words, event.on, event.to)
            return
        if before.answer is not event.answer:
            raise ForeignError
        if None not in (before.on, event.on) and before.on != event.on:
            raise ForeignError
        before.on = before.on or event.on
        before.to = before.to or event.to
        before.words = before.words or event.words

    def heard(self) -> tuple[Heard, ...]:
        """Return one answer a row; raises ForeignError where the statements do not fit."""
        self.headed()
        if self.pending or self.nay:
            raise ForeignError
        counted = self._others_fit()
        self._leave_others()
        if not (self.own or self.everyone or self.rest):
            if not self.yes or self.chat or self.yeses > 1:
                raise ForeignError
            self.everyone = self.yes
        if not counted or not self._fits():
            raise ForeignError
        return tuple(self._heard(row) for row in self.order)

    def _others_fit(self) -> bool:
        """Tell whether the rest are as many as is said."""
        gone = sum(s.answer in GONE for s in self.own.values())
        others = len(self.order) - len(self.own)
        left = len(self.order) - gone
        return all(n == others for n in self.rests) and all(n == left for n in self.remaining)

    def _leave_others(self) -> None:
        """Note that the rest has left where that is said."""
        if self.others_left is not None:
            if self.rest or self.everyone:
                raise ForeignError
            left = self.others_left
            self.own |= {row: left for row in self.order if row not in self.own}

    def _fits(self) -> bool:
        """Tell whether what is said of all leaves room for what is said of some."""
        answers = {s.answer for s in self.own.values()}
        general = self.everyone or self.rest
        if self.yes and answers & set(GONE) and not general:
            return False
        if self.everyone and answers & {RowAnswer.LEFT, RowAnswer.MOVED}:
            return False
        if self.rest and not self.own:
            return False  # the rest of whom?
        return not (self.gone and general)

    def _heard(self, row: int) -> Heard:
        said = self.own.get(row)
        general = self.everyone or self.rest
        if said is not None:
            words = (said.words or general)[:_SHOWN]
            return Heard(row, said.answer, said.on, words, said.to)
        if general:
            return Heard(row, RowAnswer.STAYS, words=general[:_SHOWN])
        return Heard(row, RowAnswer.OPEN)
