"""What one clause says of a loss: plainly, perhaps, or only what if. Looks at no other clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from parsers.answers import loss_phrases as phrases
from parsers.answers.loss_clauses import Clause, Sentence
from parsers.answers.loss_objects import Object, Thing, after, before, cards, owned
from parsers.answers.loss_words import Sort, Token, folded

_NEAR = 4  # words after a loss in which a "not" may still speak of it
_SHORT = 6  # words of a heading


class Says(Enum):
    """What a clause says."""

    LOST = auto()
    MAYBE = auto()
    FOUND = auto()
    WHAT_IF = auto()  # dismissed: a rule, a question of what to do


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, of which object; *robbed* when the person was, whatever the thing."""

    says: Says
    of: Object
    robbed: bool = False


def said(clause: Clause, sentence: Sentence) -> Iterator[Said]:
    """Yield what *clause* says, a word of loss at a time."""
    reader = _Reader(clause, sentence)
    for at in range(len(clause.tokens)):
        found = reader.at(at)
        if found is not None:
            yield found
    found = reader.whole()
    if found is not None:
        yield found


class _Reader:
    def __init__(self, clause: Clause, sentence: Sentence) -> None:
        self._words = clause.tokens
        self._plain = folded(" ".join(t.plain for t in clause.tokens))
        self._clause = clause
        self._sentence = sentence
        self._readers: dict[Sort, Callable[[int], Said | None]] = {
            Sort.LOST: self._lost,
            Sort.LOSE: self._lose,
            Sort.GONE: self._gone,
            Sort.GOING: self._gone,
            Sort.LOSS: self._loss,
            Sort.ROBBED: self._robbed,
            Sort.FOUND: self._found,
            Sort.MISSED: self._missed,
            Sort.LEFT: self._left,
            Sort.TAKEN: self._taken,
            Sort.SEEK: self._owned,
        }

    def at(self, at: int) -> Said | None:
        """Read the word at *at*."""
        token = self._words[at]
        if token.plain in phrases.FINDS or (token.sort is Sort.FOUND and self._denied(at, far=3)):
            return self._not_found(at)
        read = self._readers.get(token.sort)
        return read(at) if read is not None else None

    def whole(self) -> Said | None:
        """Read what no single word says: "vet inte var kortet är", "spärra mitt kort"."""
        named = cards(self._words)
        if not named and not any(t.sort is Sort.IT for t in self._words):
            return None
        of = Object(Thing.CARD, named[-1]) if named else Object(Thing.IT)
        if named and phrases.PERISHED.search(self._plain) and not self._if(len(self._words)):
            return Said(Says.MAYBE, of)
        if phrases.NO_IDEA.search(self._plain) and not self._elsewhere():
            return Said(Says.MAYBE, of)
        blocks = any(t.sort is Sort.BLOCK for t in self._words)
        if blocks and not (phrases.BLOCKED.search(self._plain) or self._if(len(self._words))):
            return (
                None if phrases.LET_GO.search(folded(self._sentence.text)) else Said(Says.MAYBE, of)
            )
        return None

    def _around(self, at: int) -> Object:
        found = after(self._words, at)
        if found.thing is Thing.NOTHING or (found.thing is Thing.OTHER and found.doubt):
            earlier = before(self._words, at)
            return found if earlier.thing is Thing.NOTHING else earlier
        return found

    def _robbed(self, at: int) -> Said:
        person = not self._words[at].plain.startswith("inb")  # an inbrott is no robbery of one
        return self._judged(at, Object(Thing.BAG), robbed=person)

    def _lost(self, at: int) -> Said | None:
        of = self._around(at)
        if self._denied(at):
            return self._turned_up(of)
        return self._judged(at, of)

    def _lose(self, at: int) -> Said | None:
        word = self._words[at].plain
        near = self._words[max(0, at - 3) : at]
        subject = near[-1:] and near[-1].sort is Sort.WHO
        managed = any(t.plain in ("lyckats", "lyckades", "rakat") for t in self._words[:at])
        if (
            managed
            or any(t.sort is Sort.HAVE for t in near)
            or (subject and word in ("tappa", "forlora"))
        ):
            return self._lost(at)
        of = self._around(at)
        now = any(t.sort in (Sort.WHO, Sort.MINE) for t in self._words)
        if (
            of.thing is Thing.CARD
            and now
            and phrases.PAST_DAY.search(self._plain)
            and not self._if(at)
        ):
            return Said(Says.MAYBE, of)
        return Said(Says.WHAT_IF, of)

    def _gone(self, at: int) -> Said | None:
        rest = at + 1
        while rest < len(self._words) and self._words[rest].sort in (Sort.MINE, Sort.FILL):
            rest += 1
        of = after(self._words, rest - 1)
        if (
            of.thing in (Thing.NOTHING, Thing.IT)
            or of.doubt
            or rest >= len(self._words)
            or not self._next(rest)
        ):
            earlier = before(self._words, at, persons=True)
            if earlier.thing is Thing.PERSON and self._words[at].plain in (
                "borta",
                "gone",
                "missing",
            ):
                return None
            if earlier.thing not in (Thing.NOTHING, Thing.PERSON):
                of = earlier
            elif at >= 2 and self._words[at - 2].sort is Sort.UNKNOWN:  # noqa: PLR2004 - rapporten är borta
                return None
        if self._denied(at):
            return self._turned_up(of)
        if self._words[at].sort is Sort.GOING:
            asks = self._clause.asked and at == 0  # "försvinner kortet när …?"
            return None if asks or self._if(at) else Said(Says.MAYBE, of)
        if self._elsewhere() and self._words[at].plain in ("borta", "missing", "gone"):
            return Said(Says.WHAT_IF, of)
        return self._judged(at, of)

    def _next(self, at: int) -> bool:
        return self._words[at].sort not in (Sort.UNKNOWN, Sort.IN, Sort.PLACE)

    def _loss(self, at: int) -> Said | None:
        lead = self._words[:at]
        of = self._around(at)
        if phrases.TALK.search(self._plain) or any(t.sort is Sort.PAPER for t in lead):
            return Said(Says.WHAT_IF, of)
        heading = len(self._words) <= _SHORT or "anmal" in self._plain or "report" in self._plain
        if of.thing is Thing.NOTHING and len(self._words) > _SHORT:
            return None
        judged = self._judged(at, of)
        return judged if heading or judged is None else Said(Says.MAYBE, of)

    def _found(self, at: int) -> Said | None:
        of = self._around(at)
        if of.thing in (Thing.CARD, Thing.IT, Thing.WEAK, Thing.NOTHING):
            anyone = any(t.sort is Sort.ANYONE for t in self._words[:at])
            if self._clause.asked and (anyone or phrases.ASKING.search(self._plain)):
                return Said(Says.MAYBE, of)
            return None if self._if(at) else Said(Says.FOUND, of)
        return None

    def _not_found(self, at: int) -> Said | None:
        word = self._words[at].plain
        if word != "hittarinte" and not self._denied(at, far=3):
            return None
        if self._elsewhere() or self._machine(at):
            return None
        of = self._around(at)
        if self._if(at):
            return Said(Says.MAYBE if self._personal() else Says.WHAT_IF, of)
        none = "inget" in self._plain  # "inget kort har hittats" asks for news, perhaps
        return self._judged(at, of, negation=not none)

    def _missed(self, at: int) -> Said | None:
        of = before(self._words, at)
        if self._words[at].plain != "saknas" or of.thing is Thing.NOTHING:
            of = after(self._words, at)
        if of.thing is not Thing.CARD or self._elsewhere() or self._if(at):
            return None
        return self._owned(at)

    def _owned(self, at: int) -> Said | None:
        """Take "saknar mitt kort" for a doubt, "saknar kort" for somebody who never had one."""
        of = self._around(at)
        if of.thing is Thing.CARD and owned(self._words) and not self._if(at):
            return Said(Says.MAYBE, of)
        return None

    def _left(self, at: int) -> Said | None:
        of = self._around(at)
        if any(t.sort is Sort.PLACE for t in self._words):
            if self._words[at].plain.startswith("lamna") and "rak" not in self._plain:
                return Said(Says.MAYBE, of)  # left there, or handed in
            return None if self._denied(at) else self._judged(at, of)
        kept = self._words[at].plain.startswith("kvar") and not phrases.HOME.search(self._plain)
        return Said(Says.MAYBE, of) if kept and of.thing is Thing.CARD else None

    def _taken(self, at: int) -> Said | None:
        of = self._around(at)
        thieves = (
            any(t.plain in phrases.THIEVES for t in self._words[:at])
            or self._words[at].plain == "togs"
        )
        if not thieves or of.thing in (Thing.OTHER, Thing.NOTHING) or self._denied(at):
            return None
        if self._sentence.stolen:
            return self._judged(at, of)
        mine = of.thing in (Thing.CARD, Thing.BAG)
        return Said(Says.MAYBE, of) if mine and not self._if(at) else None

    def _judged(self, at: int, of: Object, *, robbed: bool = False, negation: bool = False) -> Said:
        """Weigh what stands around a loss: a condition, a question, a doubt, a far "not"."""
        if (
            self._talked_of(at)
            or phrases.GENERIC.search(self._plain)
            or phrases.IF_NOT_NOW.search(self._plain)
        ):
            return Said(Says.WHAT_IF, of)
        if self._if(at):
            says = Says.MAYBE if self._personal() else Says.WHAT_IF
            return Said(says, of, robbed)
        asks = self._clause.asked and phrases.ASKING.search(self._plain) is not None
        doubt = any(t.sort is Sort.DOUBT for t in self._words) or of.doubt or self._sentence.label
        denied = not negation and any(t.sort is Sort.NOT for t in self._words[: at + _NEAR])
        old = phrases.OLD.search(self._plain) is not None
        return Said(Says.MAYBE if asks or doubt or denied or old else Says.LOST, of, robbed)

    def _talked_of(self, at: int) -> bool:
        """Tell whether a paper only speaks of it: rutinen för förlorade kort."""
        lead = [t for t in self._words[:at] if t.sort not in (Sort.MINE, Sort.FILL)]
        tie = lead[-1:] and (lead[-1].sort is Sort.OF or lead[-1].plain in ("om", "vid", "med"))
        return bool(tie) and any(t.sort is Sort.PAPER for t in lead[-3:-1])

    def _turned_up(self, of: Object) -> Said:
        """Read "inte borta längre", "inte tappat, trots allt"; a bare denial says nothing."""
        again = re.search(r"\b(?:langre|anda|trots allt|anymore|no longer|any more)\b", self._plain)
        return Said(Says.FOUND if again else Says.WHAT_IF, of)

    def _denied(self, at: int, far: int = 2) -> bool:
        lead, rest = self._words[max(0, at - far) : at], self._words[at + 1 : at + 1 + far]
        near = [*lead, *(rest if self._words[at].sort is not Sort.GONE else ())]
        return any(t.sort is Sort.NOT for t in near) and "inte bara" not in self._plain

    def _if(self, at: int) -> bool:
        return any(t.sort is Sort.IF for t in self._words[:at])

    def _personal(self) -> bool:
        own = any(_is_own(t) for t in self._words)
        return own and not re.search(r"\b(?:nagon|nan|nagra|anyone|someone)\b", self._plain)

    def _elsewhere(self) -> bool:
        """Tell whether the card is only missed in a list: saknas i systemet."""
        return phrases.LISTS.search(self._plain) is not None

    def _machine(self, at: int) -> bool:
        """Tell whether the one who looks is no person: datorn hittar inte kortet."""
        return phrases.MACHINES.search(" ".join(t.plain for t in self._words[:at])) is not None


def _is_own(token: Token) -> bool:
    if token.plain in ("man", "ett", "en", "a", "an", "the", "this"):
        return token.plain == "man"
    return token.sort in (Sort.WHO, Sort.MINE)
