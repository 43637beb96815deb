"""The net under the reader of losses: a card beside a word of trouble is shown to a human being.

Asked only when the reader saw nothing. What it catches may be a loss and is never sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.reports import Lost
from parsers.answers import loss_net_words as net
from parsers.answers import loss_phrases as phrases
from parsers.answers.loss_clauses import Clause, Sentence
from parsers.answers.loss_net_words import Sign
from parsers.answers.loss_objects import Thing, after, is_card, owned
from parsers.answers.loss_reading import Says, said
from parsers.answers.loss_words import CARDS, Sort, Token, folded

_SHORT = 6  # words of a clause that leaves its subject out
_BESIDE = 2  # sentences around a bag in which its contents are told
_NOUNS = (Sort.OTHER, Sort.PAPER, Sort.CODE)
_READ = (Sort.LOST, Sort.LOSE, Sort.GONE, Sort.GOING, Sort.LOSS)
_ACTIVE = (Sign.RUINED, Sign.THROWN, Sign.LEFT, Sign.HANDS, Sign.STOP)


def caught(
    found: Sequence[Sentence], heading: Sequence[Sentence], *, told: bool
) -> Iterator[tuple[int, Lost]]:
    """Yield the places of the sentences of one hand that may tell of a loss, and of which card.

    *told* is False of a subject line, which tells nothing but names things.
    """
    whole = folded("\n".join(c.text for s in (*heading, *found) for c in s.clauses))
    concrete = net.CONCRETE.search(whole) is not None
    let_go = phrases.LET_GO.search(whole) is not None
    for n, sentence in enumerate(found):
        for place, clause in enumerate(sentence.clauses):
            around = _Around(found, heading, n, place)
            look = _Look(clause, sentence, around)
            if look.dismissed(concrete=concrete):
                continue
            what = look.sign(let_go=let_go) or (look.plight() if told else None)
            if what is not None:
                yield n, what


class _Around:
    """What stands before and beside a clause, for "det" and for a bag."""

    def __init__(
        self, found: Sequence[Sentence], heading: Sequence[Sentence], at: int, place: int
    ) -> None:
        here = found[at].clauses
        last = [c for s in found[max(0, at - 1) : at] for c in s.clauses]
        above = [c for s in heading for c in s.clauses]
        self._before = [*above, *last, *here[:place]]
        near = found[max(0, at - _BESIDE) : at + 1 + _BESIDE]
        beside = found[max(0, at - 1) : at + 2]
        self._told = [*above, *(c for s in beside for c in s.clauses)]
        self._near = [*above, *(c for s in near for c in s.clauses)]

    def last(self) -> Lost | None:
        """Return the card that was spoken of last; None when it was another thing."""
        for clause in reversed(self._before):
            for n in range(len(clause.tokens) - 1, -1, -1):
                what = _card(clause.tokens, n)
                if what is not None:
                    return what
            if any(_explains(clause.tokens, n) for n in range(len(clause.tokens))):
                return None
        return None

    def ordinary(self) -> bool:
        """Tell whether it is about what most mails about cards are about."""
        return any(net.ORDINARY.search(" ".join(t.plain for t in c.tokens)) for c in self._told)

    def anywhere(self) -> Lost | None:
        """Return the card that is named around, whatever else is."""
        cards = [_card(c.tokens, n) for c in self._near for n in range(len(c.tokens))]
        return next((c for c in cards if c is not None), None)


class _Look:
    def __init__(self, clause: Clause, sentence: Sentence, around: _Around) -> None:
        self._words = clause.tokens
        self._plain = " ".join(t.plain for t in clause.tokens)
        self._clause = clause
        self._sentence = sentence
        self._around = around

    def dismissed(self, *, concrete: bool) -> bool:
        """Tell whether the clause speaks of what might be, or of a list, a rule, a number."""
        if net.TALK.search(self._plain) or phrases.LISTS.search(self._plain):
            return True
        rule = any(s.says is Says.WHAT_IF for s in said(self._clause, self._sentence))
        rule = rule or any(t.sort is Sort.IF for t in self._words)
        return (rule or phrases.IF_NOT_NOW.search(self._plain) is not None) and not concrete

    def sign(self, *, let_go: bool) -> Lost | None:
        """Return the card that a broad word of loss stands near."""
        for sign, shape in net.SIGNS:
            for match in shape.finditer(self._plain):
                start = self._plain.count(" ", 0, match.start())
                end = self._plain.count(" ", 0, match.end())
                if start == end and self._words[start].sort in _READ:
                    continue  # the reader has judged it
                what = self._card(sign, start, end)
                if what is not None and not self._harmless(sign, match, let_go=let_go):
                    return what
        return None

    def plight(self) -> Lost | None:
        """Return somebody's card of which is told, in words nobody knows, what one is sorry for."""
        told = " ".join(t.plain for c in self._sentence.clauses for t in c.tokens)
        if not (net.PLIGHT.search(told) or net.TOLD.search(told)) or self._around.ordinary():
            return None
        named = [n for n in range(len(self._words)) if _card(self._words, n) is not None]
        if not named or not owned(self._words):
            return None
        return _card(self._words, named[-1])

    def _card(self, sign: Sign, start: int, end: int) -> Lost | None:
        """Return the card that the words from *start* to *end* are said of."""
        words = self._words
        places = range(len(words))
        card = min((_far(n, start, end) for n in places if _card(words, n) is not None), default=-1)
        other = min((_far(n, start, end) for n in places if _explains(words, n)), default=-1)
        if sign is Sign.FALLEN and any(net.PARTS.match(t.plain) for t in words):
            return None
        bag = any(t.sort in (Sort.BAG, Sort.BOX) for t in words)
        if card >= 0:
            if 0 <= other < card:
                return None
            near = [n for n in places if _card(words, n) is not None]
            return _card(words, min(near, key=lambda n: _far(n, start, end)))
        if bag and other < 0:
            return self._around.anywhere()
        if other >= 0 or after(words, end).thing is Thing.OTHER:
            return None
        refers = any(t.sort is Sort.IT for t in words) or len(words) <= _SHORT
        mine = any(t.sort is Sort.MINE for t in words)
        return self._around.last() if refers or mine else None

    def _harmless(self, sign: Sign, match: re.Match[str], *, let_go: bool) -> bool:
        start = self._plain.count(" ", 0, match.start())
        lead = self._words[max(0, start - 2) : start]
        if sign is not Sign.UNSEEN and any(t.sort is Sort.NOT for t in lead):
            return True
        if sign is Sign.UNSEEN and phrases.MACHINES.search(self._plain):
            return True
        here = any(_card(self._words, n) is not None for n in range(len(self._words)))
        if "finns" in match.group() and here and not owned(self._words):
            return True  # there are no cards for all
        if sign is Sign.STOP and (let_go or phrases.BLOCKED.search(self._plain)):
            return True
        if sign in _ACTIVE and net.HANDED_IN.search(self._plain):
            return True
        doubt = any(t.sort is Sort.DOUBT for t in self._words)
        return sign is Sign.LEFT and phrases.HOME.search(self._plain) is not None and not doubt


def _far(n: int, start: int, end: int) -> int:
    return max(start - n, n - end, 0)


def _card(words: Sequence[Token], at: int) -> Lost | None:
    if is_card(words, at):
        return None if _only_describes(words, at) else CARDS[words[at].sort]
    return Lost.UNKNOWN if words[at].sort is Sort.WEAK else None


def _only_describes(words: Sequence[Token], at: int) -> bool:
    """Tell whether the card at *at* belongs to another thing: kvittensen för kortet."""
    lead = [t for t in words[max(0, at - 4) : at] if t.sort not in (Sort.MINE, Sort.FILL)][-2:]
    if len(lead) < 2 or lead[1].sort not in (Sort.OF, Sort.IN):  # noqa: PLR2004 - a noun and its preposition
        return False
    return lead[0].sort in _NOUNS and not net.NO_THING.match(lead[0].plain)


def _explains(words: Sequence[Token], at: int) -> bool:
    """Tell whether the word at *at* is another thing, not only a place or a person."""
    if words[at].sort not in _NOUNS or net.NO_THING.match(words[at].plain):
        return False
    lead = words[max(0, at - 2) : at]
    return not any(t.sort is Sort.IN for t in lead)
