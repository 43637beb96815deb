"""Plain replies to letters about cards: it is back, longer please, yes, no, the police's number.

Fails closed: a clause that no rule explains, or two that speak against each other, and nothing of
the reply is taken. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.reports import CardReply, CardSaid, CardWord
from parsers.answers.card_clauses import Saying, saying
from parsers.answers.card_scan import UNKNOWN, Clause, Token, clauses, number
from parsers.answers.day_words import after, ahead, behind
from parsers.answers.fresh import Piece

_YEARS = 5  # a police report older than that belongs to no card in use
_MAY_ASK = frozenset({Saying.ASKED, Saying.ORDERED, Saying.OF_EXTEND})
_OF = {
    Saying.OF_BACK: CardWord.BACK,
    Saying.OF_EXTEND: CardWord.EXTEND,
    Saying.OF_YES: CardWord.YES,
    Saying.OF_NO: CardWord.NO,
    Saying.OF_POLICE: CardWord.POLICE,
}
_WORDS = {
    Saying.BACK: CardWord.BACK,
    Saying.ASKED: CardWord.EXTEND,
    Saying.ORDERED: CardWord.EXTEND,
    Saying.YES: CardWord.YES,
    Saying.GRANTED: CardWord.YES,
    Saying.NO: CardWord.NO,
    Saying.POLICE: CardWord.POLICE,
}


@dataclass(slots=True)
class _Heard:
    """What one clause says, as far as it goes."""

    saying: Saying
    clause: Clause
    day: date | None = None
    text: str = ""


@dataclass(slots=True)
class _Reader:
    today: date
    heard: list[_Heard] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def take(self, clause: Clause) -> None:
        """Add what *clause* says, or the clause itself to the unread."""
        tokens = tuple(t for t in clause.tokens if t.part != "DROP")
        if not tokens:
            if clause.asks:
                self.unread.append(clause.text)
            return
        found = None if any(t.part == UNKNOWN for t in tokens) else saying([t.part for t in tokens])
        if found is None or (clause.asks and found not in _MAY_ASK):
            self.unread.append(clause.text)
            return
        if found is Saying.WHEN:
            self._belongs(clause, tokens)
            return
        asked = found is Saying.ORDERED and clause.asks
        one = _Heard(Saying.ASKED if asked else found, clause)
        if self._settle(one, tokens):
            self.heard.append(one)

    def _belongs(self, clause: Clause, tokens: Sequence[Token]) -> None:
        """Give a day or a place that stands alone to the clause before it."""
        last = self.heard[-1] if self.heard else None
        back = last is not None and last.saying is Saying.BACK
        place = all(t.part in ("D", "PL") for t in tokens)
        if last is None or last.day is not None or back != place or last.saying in _NEVER_DATED:
            self.unread.append(clause.text)
            return
        self._settle(last, tokens)

    def _settle(self, one: _Heard, tokens: Sequence[Token]) -> bool:
        """Set the day or the number of *one*; one that can't be told is unread."""
        days = [t for t in tokens if t.part in ("D", "SPAN")]
        if one.saying is Saying.POLICE:
            one.text = next(number(t.text) for t in tokens if t.part == "POLICE")
            age = (self.today.year - int(one.text[-2:])) % 100
            if age <= _YEARS:
                return True
        elif not days:
            return True
        elif len(days) == 1:
            one.day = self._day(one.saying, days[0])
            if one.day is not None:
                return True
        self.unread.append(one.clause.text)
        return False

    def _day(self, said: Saying, token: Token) -> date | None:
        if said is Saying.BACK:
            return behind(token.text, self.today)
        if token.part == "SPAN":
            return after(token.text, self.today)
        return ahead(token.text, self.today)


_NEVER_DATED = frozenset({Saying.NO, Saying.POLICE, *_OF} - {Saying.OF_YES})


def understand(pieces: Sequence[Piece], today: date, names: Iterable[str] = ()) -> CardReply:
    """Return what the new words of a reply about a card say.

    *names* are the names that may stand for the card's holder and the sender's own. Without any,
    common given names are taken; with them, a card that somebody else brought back is unread.
    """
    reader = _Reader(today)
    known = frozenset(w for name in names for w in name.casefold().split())
    for piece in pieces:
        if piece.foreign:
            reader.unread += piece.lines
            continue
        for clause in clauses(piece.lines, known):
            reader.take(clause)
    said = _agreed(reader.heard)
    if said is None:
        reader.unread += [one.clause.text for one in reader.heard]
    if reader.unread or said is None:
        return CardReply(unread=tuple(dict.fromkeys(reader.unread)))
    return CardReply(said=said)


def _agreed(heard: Sequence[_Heard]) -> tuple[CardSaid, ...] | None:
    """Return what is said in all, None where one clause speaks against another."""
    kinds = {one.saying for one in heard}
    kept = _weighed(heard, kinds)
    if kept is None:
        return None
    said: dict[CardWord, CardSaid] = {}
    for one in kept:
        word = _WORDS.get(one.saying) or _OF[one.saying]
        if one.saying in _OF and word not in {_WORDS.get(k.saying) for k in kept}:
            return None  # it explains a thing that nobody says
        old = said.get(word, CardSaid(word, one.day, one.text))
        if (one.day and old.day not in (None, one.day)) or (
            one.text and old.text not in ("", one.text)
        ):
            return None
        said[word] = CardSaid(word, old.day or one.day, old.text or one.text)
    return tuple(said.values())


def _weighed(heard: Sequence[_Heard], kinds: set[Saying]) -> list[_Heard] | None:
    """Return the clauses that count; a bare "ja" before something of one's own is manners."""
    wants = kinds & {Saying.ASKED, Saying.ORDERED}
    agrees = kinds & {Saying.YES, Saying.GRANTED}
    if (Saying.NO in kinds and wants | agrees) or (Saying.BACK in kinds and wants):
        return None
    own = Saying.BACK in kinds or Saying.ASKED in kinds
    if agrees and own:
        bare = Saying.GRANTED not in kinds and not any(
            one.day for one in heard if one.saying is Saying.YES
        )
        return [one for one in heard if one.saying is not Saying.YES] if bare else None
    if agrees and wants:
        for one in heard:
            one.saying = Saying.GRANTED if one.saying is Saying.ORDERED else one.saying
    return list(heard)
