"""What "det", "mitt" and a stolen bag stand for: looks around in the sentences beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.reports import Lost
from parsers.answers.loss_clauses import Clause, Sentence
from parsers.answers.loss_objects import Object, Thing, cards
from parsers.answers.loss_reading import Said, Says
from parsers.answers.loss_words import Sort, folded

_LAY = re.compile(
    r"\b(?:lag|fanns|inuti|i den|dari|med|inklusive|inkl|hade|inside|in it|with|forvarade|togs"
    r"|tog)\b"
)
_WANTED = re.compile(
    r"\b(?:behov\w*|bestall\w*|fa|vill|ordna|onskar|need|want|order|lana|nytt|new)\b"
)
_STILL = re.compile(r"\b(?:kvar|inte|ej|tur|not|still)\b")
_NEAR = 2  # sentences around a stolen bag in which its contents are told
_AT_HOME = re.compile(r"ligger|hemma|kvar|finns|dyker")
_A_WORD = 3  # words of a clause that only doubts: "tror jag"
_SHORT = 5  # words of a clause that leaves its subject out: "men är borta"
_NOUNS = (Sort.OTHER, Sort.PAPER, Sort.CODE, Sort.WEAK)


class Context:
    """The sentences of one hand, with the subject above them."""

    def __init__(self, sentences: Sequence[Sentence], heading: Sequence[Sentence]) -> None:
        """Take the sentences and the subject's."""
        self._sentences = sentences
        self._heading = heading

    def resolve(self, one: Said, at: int, place: int) -> Said | None:
        """Return *one*, said in clause *place* of sentence *at*, of a thing; None: not of ours."""
        match one.of.thing:
            case Thing.CARD:
                return self._doubted(one, at, place)
            case Thing.WEAK | Thing.CODE:
                return self._weak(one)
            case Thing.BAG | Thing.BOX:
                return self._bag(one, at)
            case Thing.IT | Thing.NOTHING:
                found = self._meant(one, at, place)
                return None if found is None else self._doubted(found, at, place)
            case Thing.OTHER if one.of.doubt:
                return self._unknown(one, at)
            case _:
                return None

    def _doubted(self, one: Said, at: int, place: int) -> Said:
        """Weaken a loss that the next clause doubts: ", tror jag", "jag tror det ligger hemma"."""
        if one.says is not Says.LOST:
            return one
        for clause in self._sentences[at].clauses[place + 1 : place + 2]:
            plain = folded(clause.text)
            doubts = any(t.sort is Sort.DOUBT for t in clause.tokens)
            if doubts and (len(clause.tokens) <= _A_WORD or _AT_HOME.search(plain)):
                return replace(one, says=Says.MAYBE)
        return one

    @staticmethod
    def _weak(one: Said) -> Said | None:
        if one.says is Says.LOST:
            return replace(one, says=Says.MAYBE)
        return one if one.says is Says.MAYBE else None

    def _bag(self, one: Said, at: int) -> Said | None:
        if one.says not in (Says.LOST, Says.MAYBE):
            return None
        here = self._sentences[at]
        inside = [c for c in here.clauses if cards(c.tokens)]
        around = [*self._sentences[max(0, at - 1) : at], *self._sentences[at + 1 : at + 1 + _NEAR]]
        if inside:
            return self._holding(one, inside, plainly=one.of.thing is Thing.BAG and not one.robbed)
        beside = [c for s in around for c in s.clauses if cards(c.tokens)]
        if beside:
            return self._holding(one, beside, plainly=False)
        if one.of.thing is Thing.BAG and (one.robbed or here.has(Sort.BAG)):
            return replace(one, says=Says.MAYBE)
        return None

    @staticmethod
    def _holding(one: Said, inside: Sequence[Clause], *, plainly: bool) -> Said:
        plain = folded(" ".join(c.text for c in inside))
        sure = (plainly or _LAY.search(plain)) and not _STILL.search(plain)
        kinds = {what for c in inside for what in cards(c.tokens)}
        what = kinds.pop() if len(kinds) == 1 else Lost.UNKNOWN
        says = one.says if sure else Says.MAYBE
        return replace(one, says=says, of=Object(Thing.CARD, what))

    def _meant(self, one: Said, at: int, place: int) -> Said | None:
        """Find what was spoken of last; less sure the further away, and where nothing names it."""
        here = self._sentences[at]
        near = [*reversed(here.clauses[:place]), *here.clauses[place + 1 : place + 2]]
        last = [c for s in self._sentences[max(0, at - 1) : at] for c in reversed(s.clauses)]
        above = [c for s in self._heading for c in s.clauses]
        named = one.of.thing is Thing.IT
        for clauses, close in ((near, True), (last, True), (above, False)):
            found = _last_noun(clauses)
            if found is None:
                continue
            what, clause = found
            if what is None:
                return None
            if one.of.mine and what is Lost.RESERVE and _WANTED.search(folded(clause.text)):
                what = Lost.UNKNOWN  # "behöver reservkort, har tappat mitt": the other one
            of = Object(Thing.CARD, what)
            elliptic = clauses is near and len(here.clauses[place].tokens) <= _SHORT
            if one.says is Says.LOST and not (close and (named or elliptic)):
                return Said(Says.MAYBE, of)
            return replace(one, of=of)
        return None

    def _unknown(self, one: Said, at: int) -> Said | None:
        named = [what for c in self._sentences[at].clauses for what in cards(c.tokens)]
        if not named or one.says not in (Says.LOST, Says.MAYBE):
            return None
        return Said(Says.MAYBE, Object(Thing.CARD, named[0]))


def _last_noun(clauses: Sequence[Clause]) -> tuple[Lost | None, Clause] | None:
    """Return the card that the nearest clause with a thing names, None for another thing."""
    for clause in clauses:
        named = cards(clause.tokens)
        if named:
            return named[-1], clause
        if any(t.sort in _NOUNS for t in clause.tokens):
            return None, clause
    return None
