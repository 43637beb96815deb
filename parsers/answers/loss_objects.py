"""What a word of loss is said of: the card, the bag, the form about the card. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.reports import Lost
from parsers.answers.loss_words import CARDS, Sort, Token

_NOT_A_CARD_BEFORE_TEXT = (
    "inom en valdigt ganska mycket lite for helt a sa alltfor vill ska bara hyfsat relativt"
)
_NOT_A_CARD_BEFORE = frozenset(_NOT_A_CARD_BEFORE_TEXT.split())
_NOT_A_CARD_AFTER_TEXT = (
    "fraga fragor tid tids stund svar varsel paus mail mejl mote sagt och sikt besok "
    "information period notis kommentar instruktion bakgrund sammanfattning semester "
    "anstallning beskrivning vikariat uppdrag rast beratta meddela informera undrar tag "
    "samtal meddelande promenad inlagg presentation genomgang stopp uppehall praktik franvaro"
)
_NOT_A_CARD_AFTER = frozenset(_NOT_A_CARD_AFTER_TEXT.split())
_FAR = 14  # words


class Thing(Enum):
    """The kind of thing that is spoken of."""

    CARD = auto()
    WEAK = auto()
    CODE = auto()
    BAG = auto()
    BOX = auto()
    OTHER = auto()
    IT = auto()  # det: what was spoken of before
    NOTHING = auto()  # no thing is named
    PERSON = auto()


@dataclass(frozen=True, slots=True)
class Object:
    """The thing, and which card where it is one."""

    thing: Thing
    what: Lost = Lost.UNKNOWN
    doubt: bool = False  # a word that nobody knows stands between
    mine: bool = False  # "mitt", without its noun


_THINGS = {Sort.WEAK: Thing.WEAK, Sort.CODE: Thing.CODE, Sort.BAG: Thing.BAG, Sort.BOX: Thing.BOX,
           Sort.OTHER: Thing.OTHER, Sort.PAPER: Thing.OTHER}  # fmt: skip


def is_card(words: Sequence[Token], at: int) -> bool:
    """Tell a card from "kort" that means short."""
    token = words[at]
    if token.sort not in CARDS:
        return False
    if token.plain != "kort":
        return True
    before = words[at - 1].plain if at else ""
    after = words[at + 1].plain if at + 1 < len(words) else ""
    return before not in _NOT_A_CARD_BEFORE and after not in _NOT_A_CARD_AFTER


def cards(words: Sequence[Token]) -> list[Lost]:
    """Return the cards that *words* name."""
    return [CARDS[t.sort] for n, t in enumerate(words) if is_card(words, n)]


def after(words: Sequence[Token], at: int) -> Object:
    """Return what stands after the word at *at*: "tappat (bort) mitt gamla kort"."""
    return _Walk(words).over(range(at + 1, min(len(words), at + 1 + _FAR)))


def before(words: Sequence[Token], at: int, *, persons: bool = False) -> Object:
    """Return what stands before the word at *at*: "mitt kort är …", "kortet som jag …".

    With *persons*, "jag" ends the search: who is away has lost nothing.
    """
    for n in range(at - 1, max(-1, at - 1 - _FAR), -1):
        token = words[n]
        if is_card(words, n):
            whose = tied(words, n)
            return whose or Object(Thing.CARD, CARDS[token.sort])
        if token.sort in _THINGS and not _says_where(words, n):
            return tied(words, n) or Object(_THINGS[token.sort], doubt=token.sort is Sort.PAPER)
        if token.sort is Sort.IT:
            return Object(Thing.IT)
        if persons and token.sort is Sort.WHO and n + 2 >= at:
            return Object(Thing.PERSON)
        owned = token.sort is Sort.MINE and token.plain not in _ARTICLES
        if owned and _ends_bare(words[n + 1 : at]) and not (n and is_card(words, n - 1)):
            return Object(Thing.IT, mine=True)
    return Object(Thing.NOTHING)


def _ends_bare(words: Sequence[Token]) -> bool:
    """Tell whether no noun stands in *words*: "mitt gamla har"."""
    return all(t.sort in (Sort.FILL, Sort.HAVE, Sort.NOT) for t in words)


def tied(words: Sequence[Token], at: int) -> Object | None:
    """Return the noun that the one at *at* only describes: nyckeln till skåpet."""
    n = _preposition(words, at)
    if n < 1 or words[n].plain == "for":
        return None
    noun = words[n - 1].sort
    if words[n].plain in ("i", "pa", "on", "in") and noun in (Sort.UNKNOWN, *_THINGS):
        return Object(Thing.OTHER)  # bilden på kortet
    if words[n].sort is not Sort.OF:
        return None
    if noun in (Sort.PAPER, Sort.OTHER):
        return Object(Thing.OTHER)
    if noun is Sort.CODE:
        return Object(Thing.CODE, CARDS.get(words[at].sort, Lost.UNKNOWN))
    return None


def _preposition(words: Sequence[Token], at: int) -> int:
    """Return where the preposition of the noun at *at* stands; -1 when it has none."""
    n = at - 1
    while n >= 0 and words[n].sort in (Sort.MINE, Sort.FILL):
        n -= 1
    return n if n >= 0 and words[n].sort in (Sort.OF, Sort.IN) else -1


def _says_where(words: Sequence[Token], at: int) -> bool:
    """Tell whether the noun at *at* only tells of another: kortet till datorn."""
    n = _preposition(words, at)
    return n > 0 and words[n - 1].sort not in (Sort.HAVE, Sort.FILL)


def owned(words: Sequence[Token]) -> bool:
    """Tell whether a card in *words* is somebody's: kortet, mitt kort, Annas kort."""
    for n in range(len(words)):
        if not is_card(words, n):
            continue
        lead = words[n - 1] if n else None
        genitive = lead is not None and lead.sort is Sort.UNKNOWN and lead.plain[2:].endswith("s")
        if words[n].plain.endswith("kortet") or genitive:
            return True
    return any(t.sort is Sort.MINE and t.plain not in _ARTICLES for t in words)


class _Walk:
    """Goes from a verb to its object, past everything that only says when, where and whose."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words
        self._first = Object(Thing.NOTHING)
        self._noun: Sort | None = None  # the last that was passed
        self._tied = False  # what follows belongs to that noun
        self._where = False  # what follows says where
        self._unknown = False
        self._it = -_FAR  # the place of "det"

    def over(self, places: range) -> Object:
        for n in places:
            found = self._step(n)
            if found is not None:
                return found
        return self._first

    def _step(self, n: int) -> Object | None:
        token = self._words[n]
        sort = token.sort
        if is_card(self._words, n):
            return self._card(token)
        if sort in _THINGS:
            self._thing(sort, n)
        elif sort is Sort.OF or token.plain in ("om", "att"):  # "tid att hämta kortet"
            self._tied = self._noun is not None
        elif sort is Sort.AND:
            self._tied = self._tied and not self._starts_anew(n + 1)
        elif sort is Sort.IN:
            self._in(token)
        elif sort is Sort.IT and self._first.thing is Thing.NOTHING and not self._where:
            self._first = Object(Thing.IT)
            self._it = n
        elif sort is Sort.MINE:
            self._mine(n)
        elif sort in (Sort.UNKNOWN, Sort.PLACE):
            self._name(n)
        return None

    def _in(self, token: Token) -> None:
        self._where = True
        if token.plain in ("med", "with") and self._noun in (Sort.PAPER, Sort.UNKNOWN):
            self._tied = self._noun is Sort.PAPER  # "mejlet med kortet", but "grejen med kortet i"
            self._unknown = self._noun is Sort.UNKNOWN

    def _card(self, token: Token) -> Object | None:
        what = CARDS[token.sort]
        if not self._tied:
            return Object(Thing.CARD, what, self._unknown)
        if self._first.thing is Thing.CODE:
            return Object(Thing.CODE, what)
        return None

    def _thing(self, sort: Sort, n: int) -> None:
        replaced = self._first.doubt or n - self._it == 1  # "det i bilen" is no car
        free = self._first.thing is Thing.NOTHING or (replaced and not self._where)
        if free and not self._tied:
            self._first = Object(_THINGS[sort])
        if not self._tied:
            self._noun = sort
        self._where = False

    def _mine(self, n: int) -> None:
        """Take "mitt" with no noun after it for the thing that was spoken of before."""
        alone = all(
            t.sort in (Sort.FILL, Sort.IN, Sort.PLACE, Sort.IT) for t in self._words[n + 1 :][:2]
        )
        if alone and self._first.thing is Thing.NOTHING and self._words[n].plain not in _ARTICLES:
            self._first = Object(Thing.IT, mine=True)

    def _name(self, n: int) -> None:
        """Pass a word that nobody knows: a place after "på", else perhaps the thing itself."""
        if self._where:
            self._where = False
            return
        if self._first.thing is Thing.NOTHING and not self._words[n].plain.isdigit():
            counted = n > 0 and self._words[n - 1].plain in ("en", "a", "an", "two", "tva", "tre")
            tie = self._words[n + 1 : n + 2]
            about = bool(tie) and (tie[0].sort is Sort.OF or tie[0].plain in ("om", "pa"))
            self._first = Object(Thing.OTHER, doubt=not (about or counted))
        self._noun = self._noun or Sort.UNKNOWN

    def _starts_anew(self, n: int) -> bool:
        after = self._words[n : n + 1]
        return bool(after) and (after[0].sort is Sort.MINE or after[0].plain in ("kortet", "aven"))


_ARTICLES = frozenset({"en", "ett", "the", "a", "an", "this", "detta", "denna"})
