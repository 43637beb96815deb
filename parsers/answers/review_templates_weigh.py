"""What the statements of a plain reply come to, row by row; any doubt ends the reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.review_reply import RowAnswer
from parsers.answers.review_templates_grammar import COUNT, DAY, Node
from parsers.answers.review_templates_reading import BUT, CHAT, COURTESY, NAY, Part, Reading
from parsers.answers.review_templates_sentences import ForeignError, Sentence
from parsers.answers.review_templates_tally import Tally
from parsers.answers.review_templates_told import GONE, Said, Teller, rows_of

_TWO = frozenset({"bada", "bagge", "both"})
_Taker = Callable[[Sentence, Sequence[Node], Part], None]


class Weigher(Tally):
    """Gathers what sentences say; raises ForeignError for what does not fit."""

    def __init__(self, order: Sequence[int], teller: Teller) -> None:
        super().__init__(order)
        self.teller = teller

    def add(self, sentence: Sentence, reading: Reading, parts: Sequence[Part]) -> None:
        """Take one sentence."""
        for part in parts:
            self._part(sentence, reading, part)

    def _part(self, one: Sentence, reading: Reading, part: Part) -> None:
        kind = part.kind
        if kind == CHAT:
            self.chat += 1
        elif kind in (NAY, "YES", "CONFIRM", "PRE", "TALLY", BUT):
            self.nay = self.nay or kind == NAY
            self.but = kind == BUT
            self.chat += kind == "PRE"
            if kind in ("YES", "CONFIRM"):
                self.yeses += 1
                self.yes = one.text
            if len(self.order) > 1 and rows_of(one, part.start, part.end):
                raise ForeignError
            self._all_count(one, reading.nodes(part) if kind == "YES" else [], part)
        elif kind != COURTESY:
            if kind != "ITEM":
                self.headed()
            if self.nay and kind not in ("ALLSAID", "ONEROW"):
                raise ForeignError  # "nej, hon har slutat": of whom is the no?
            self.nay = False
            self._takers()[kind](one, reading.nodes(part), part)
            self.but = False

    def _takers(self) -> dict[str, _Taker]:
        return {
            "ALLSAID": self._all, "ONEROW": self._all, "RESTSTAYS": self._rest,
            "ELSEFINE": self._else, "ALLBUT": self._but, "FINEBUT": self._but,
            "ONLYONE": self._only, "SAYS": self._says, "OWNER": self._owned,
            "OWNERNEXT": self._owned, "REMOVE": self._removed, "INLINE": self._inline,
            "INLINESTAY": self._inline, "COUNTED": self._counted, "ALLLEFT": self._all_left,
            "ALLFOLLOWS": self._all_follows, "FOLLOWS": self._follows, "ITEM": self._item,
            "HEAD": self._head,
            "RESTLEFT": self._rest_left, "ONLYSTAY": self._only_stay, "TIDYUP": self._tidied,
        }  # fmt: skip

    def _all(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        if (self.but and (self.own or self.everyone or self.rest)) or self.pending:
            raise ForeignError
        self._all_count(one, nodes, part)
        self.teller.since(one, part.start, part.end)
        self.everyone = self.everyone or one.text
        self.last = ()

    def _all_count(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        del nodes
        for at in range(part.start, part.end):
            after = one.words[at + 1] if at + 1 < len(one.words) else ""
            whole = 100 if after == "procent" else len(self.order)
            if one.words[at] == COUNT and one.counts[at] != whole:
                raise ForeignError
            if one.words[at] in _TWO and len(self.order) != 2:  # noqa: PLR2004 - both
                raise ForeignError

    def _rest(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        del nodes
        if part.kind != "RESTLEFT":
            self.teller.since(one, part.start, part.end)
        for at in range(part.start, part.end):
            after = one.words[at + 1] if at + 1 < len(one.words) else ""
            if one.words[at] == COUNT and after != "procent":
                self.rests.append(one.counts[at])
            if one.words[at] in _TWO:
                self.rests.append(2)
        self.rest = self.rest or one.text

    def _rest_left(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        """Take "de andra slutade i våras" after those who stay."""
        if self.rest or self.everyone or any(s.answer in GONE for s in self.own.values()):
            raise ForeignError
        self._rest(one, nodes, part)
        self.rest = ""
        self.others_left = next(
            self.teller.event(one, n, RowAnswer.LEFT) for n in nodes if n.family == "LEFT"
        )

    def _only_stay(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        del part
        names, _ = self.teller.told(one, nodes)
        self.pair(names, [Said(RowAnswer.STAYS, one.text)], default=False)

    def _tidied(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        """Take "ta bort henne" after who has left."""
        del one, nodes, part
        if not self.last or any(
            r not in self.own or self.own[r].answer is not RowAnswer.LEFT for r in self.last
        ):
            raise ForeignError

    def _else(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        self._rest(one, nodes, part)

    def _but(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        """Take "alla utom Eva, som slutade 31/10"."""
        names, events = self.teller.told(one, nodes)
        head = next(n for n in nodes if n.family == "NAMES")
        self._all_count(one, nodes, Part(part.kind, part.start, head.start))
        kept = [n for n in nodes if n.family in ("STAYS", "ESTAY")]
        bare = not kept or any("kvar" in one.words[n.start : n.end] for n in kept)
        self.pair(names, events, default=bare and part.kind == "ALLBUT")
        self.bare = "" if events else one.text
        self.rest = self.rest or one.text

    def _only(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        names, events = self.teller.told(one, nodes)
        plain = " ".join(one.words[part.start : part.end])
        gone = any(w in plain for w in ("slutat", "inte", "lamnat", "avg", "avhopp", "bort"))
        self.pair(names, events, default=gone and not events)
        if len(names) != 1:
            raise ForeignError
        self.rest = self.rest or one.text

    def _says(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        names, events = self.teller.told(one, nodes)
        if self.bare == one.text and not set(names) <= set(self.last):
            raise ForeignError  # "alla utom Eva, Omar slutar": is Omar of the exception?
        if not events:
            words = one.words[part.start : part.end]
            days = [at for at in range(part.start, part.end) if one.words[at] == DAY]
            gone = {
                "inte",
                "slut",
                "slutade",
                "tappat",
                "tackade",
                "slutat",
                "gick",
                *_LEFTISH,
            } & set(words)
            stays = "kvar" in words and not gone
            if not (gone or stays or words[-3:-2] == ["("]) or len(days) > 1 or (stays and days):
                raise ForeignError
            if not gone and not stays:
                raise ForeignError
            answer = RowAnswer.STAYS if stays else RowAnswer.LEFT
            events = [self.teller.event(one, Node("", part.start, part.end), answer)]
        self.pair(names, events, default=False)

    def _owned(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        rows = rows_of(one, part.start, part.end)
        answer = RowAnswer.LEFT if part.kind == "OWNER" else RowAnswer.LEAVING
        self.pair(rows, [self.teller.event(one, nodes[0], answer)], default=False)

    def _removed(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        del part
        names, events = self.teller.told(one, nodes)
        self.pair(names, events, default=not events)

    def _inline(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        names, events = self.teller.told(one, nodes)
        if part.kind == "INLINESTAY":
            events = [Said(RowAnswer.STAYS, one.text)]
        elif not events:
            events = [self.teller.event(one, nodes[0], RowAnswer.LEFT)]
        self.pair(names, events, default=False)

    def _item(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        names, events = self.teller.told(one, nodes)
        if self.heading is None or (
            self.heading is RowAnswer.STAYS and len(one.words) > len(names) * 2
        ):
            raise ForeignError
        if not events:
            events = [self.teller.event(one, Node("", part.start, part.end), self.heading)]
        elif self.heading is not events[0].answer:
            raise ForeignError
        gap = one.place - self.place[0]
        if self.items and gap > max(self.place[1], 1):
            raise ForeignError  # further down: a signature?
        self.place = (one.place, gap)
        self.items += len(names)
        self.pair(names, events, default=False)

    def _head(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        self.headed()
        self.place = (one.place, 0)
        left = any(n.family == "HEADLEFT" for n in nodes)
        self.heading = RowAnswer.LEFT if left else RowAnswer.STAYS
        counts = [one.counts[at] for at in range(part.start, part.end) if one.words[at] == COUNT]
        self.items, self.expected = 0, counts[0] if counts else 0
        if len(counts) > 1 and counts[1] != len(self.order):
            raise ForeignError

    def _counted(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        del nodes
        counts = [one.counts[at] for at in range(part.start, part.end) if one.words[at] == COUNT]
        first = one.words[part.start] == COUNT
        total, kept = (counts[1], counts[0]) if first else (counts[0], counts[1])
        if total != len(self.order):
            raise ForeignError
        self.remaining.append(kept)
        self.rest = self.rest or one.text

    def _all_left(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        self._all_count(one, nodes, part)
        if self.own or self.rest or self.everyone or len(self.order) == 1:
            raise ForeignError
        self.gone = True
        found = self.teller.event(one, nodes[0], RowAnswer.LEFT)
        self.own = {row: Said(found.answer, found.words, found.on) for row in self.order}
        self.last = ()

    def _all_follows(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        self._all_count(one, nodes, part)
        if not self.gone:
            self._follows(one, nodes, part)
            return
        if any(n.family in ("MOVE", "LEAVING") for n in nodes):
            raise ForeignError
        found = self.teller.event(one, nodes[0], RowAnswer.LEFT)
        for said in self.own.values():
            if found.on is not None and said.on not in (None, found.on):
                raise ForeignError
            said.on = said.on or found.on

    def _follows(self, one: Sentence, nodes: Sequence[Node], part: Part) -> None:
        """Take "han slutade i fredags" after who he is."""
        rows = self.last
        if self.gone:
            self._all_follows(one, nodes, part)
            return
        several = any(n.family == "PLURAL" for n in nodes)
        several = several or "deras" in one.words[part.start : part.end]
        if not rows or several != (len(rows) > 1):
            raise ForeignError
        for at in range(part.start, part.end):
            if several and one.words[at] == COUNT and one.counts[at] != len(rows):
                raise ForeignError
            if several and one.words[at] in _TWO and len(rows) != 2:  # noqa: PLR2004 - both
                raise ForeignError
        _, events = self.teller.told(one, nodes)
        if not events:
            ahead = " ".join(one.words[part.start : part.end])
            coming = any(w in ahead for w in ("dag ar", "dag blir"))
            answer = RowAnswer.LEAVING if coming else RowAnswer.LEFT
            events = [self.teller.event(one, nodes[0], answer)]
        self.pair(rows, events, default=False)


_LEFTISH = frozenset({"avslutat", "lamnat", "forsvunnit", "pension"})
