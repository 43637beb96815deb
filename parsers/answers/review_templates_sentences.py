"""A plain reply cut into sentences of words, names, days and counts. Understands nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.review_reply import Listed
from parsers.answers.review_names import Names, fold
from parsers.answers.review_scan import Scanner
from parsers.answers.review_sorts import Sort
from parsers.answers.review_templates_chat import SMILEYS, YES_MARKS
from parsers.answers.review_templates_grammar import COUNT, DAY, NAME, OWNER, PLACE
from parsers.answers.review_tokens import Token

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("två tva two", "tre three", "fyra four", "fem five", "sex six", "sju seven", "åtta eight",
         "nio nine", "tio ten", "elva eleven", "tolv twelve", "tretton", "fjorton", "femton",
         "sexton", "sjutton", "arton", "nitton", "tjugo"),
        start=2,
    )
    for word in fold(words).split()
}  # fmt: skip
_SMILEY = re.compile(r"(?:(?<=\s)|^|(?<=[.,!)\w]))(?:[:;=]-?[)DPpd]+|<3|\^\^)(?=\s|$|[.,!])")
_BULLET = re.compile(r"^\s*(?:[*•·–-]|\d{1,2}[.)])\s+(?=\S)")
_FEASTS = frozenset(
    {
        "jul", "julen", "pask", "pasken", "midsommar", "nyar", "sommaren", "hosten", "varen",
        "vintern", "semestern",
    }
)  # fmt: skip
_PERCENT = "procent"
_SMALL = frozenset(
    {
        "von",
        "af",
        "de",
        "van",
        "der",
        "den",
        "di",
        "da",
        "al",
        "el",
        "bin",
        "nr",
        "nummer",
        "rad",
        "person",
    }
)
_SAME = {"&": "och", "+": "och", "o": "och", "e": "ar", "é": "ar"}
_SHORT = {"å": "och", "ä": "ar"}
_MARK = {
    Sort.COMMA: ",", Sort.COLON: ":", Sort.TAB: ",", Sort.LINE: "-",
}  # fmt: skip


class ForeignError(Exception):
    """The reply is none of the plain ones."""


@dataclass(slots=True)
class Sentence:
    """Words as the grammar knows them, with what the places among them mean."""

    text: str
    words: list[str] = field(default_factory=list)
    tokens: list[Token | None] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    ends_line: bool = False
    place: int = 0


class Cutter:
    """Cuts lines into sentences by the names of one letter's rows."""

    def __init__(
        self, scanner: Scanner, names: Names, rows: Sequence[Listed], known: Collection[str]
    ) -> None:
        self._scanner = scanner
        self._names = names
        self._known = known
        self._spelt = {
            part
            for row in rows
            for word in re.split(r"[\s.]+", fold(row.name))
            for part in (word, *word.split("-"))
        }

    def sentences(self, line: str, place: int = 0) -> Iterator[Sentence]:
        """Yield the sentences of *line*; raises ForeignError for what no plain reply holds."""
        text = _BULLET.sub("", _SMILEY.sub(" ", line))
        text = "".join(c for c in text if c not in SMILEYS and c not in YES_MARKS).strip()
        text = re.sub(r"(?<=\d) ?%", f" {_PERCENT}", text)
        one = Sentence("", place=place)
        begun = 0
        for token in self._scanner.tokens(text):
            if token.sort is Sort.END:
                if "?" in token.text:
                    raise ForeignError
                if one.words:
                    one.text = text[begun : token.at].strip()
                    yield one
                one, begun = Sentence("", place=place), token.at + len(token.text)
                continue
            self._add(one, token)
        if one.words:
            one.text, one.ends_line = text[begun:].strip(), True
            yield one

    def _add(self, one: Sentence, token: Token) -> None:
        if token.sort is Sort.ROW:
            self._name(one, token)
        elif token.plain in _FEASTS:
            self._word(one, token.text)
        elif token.sort is Sort.DAY or token.day is not None:
            self._put(one, DAY, token)
        elif token.sort in _MARK:
            self._put(one, token.text if token.text in "()" else _MARK[token.sort], None)
        elif token.sort in (Sort.CAPITAL, Sort.OTHER):
            self._capital(one, token)
        else:
            text = token.text.casefold()
            for word in ["from"] if text == "fr o m" else token.text.split():
                self._word(one, word)

    def _put(self, one: Sentence, word: str, token: Token | None) -> None:
        one.words.append(word)
        one.tokens.append(token)

    def _word(self, one: Sentence, raw: str) -> None:
        plain = fold(raw.strip("'’*\"”“"))
        number = int(plain) if plain.isdigit() and len(plain) < 4 else _NUMBERS.get(plain, 0)  # noqa: PLR2004 - no count is longer
        if number > 1:
            one.counts[len(one.words)] = number
            self._put(one, COUNT, None)
        elif plain:
            self._put(one, _SHORT.get(raw.casefold()) or _SAME.get(plain, plain), None)

    def _capital(self, one: Sentence, token: Token) -> None:
        for raw in token.text.split():
            plain = fold(raw)
            if plain in self._known:
                self._word(one, raw)
            elif not (one.words and one.words[-1] == PLACE):
                self._put(one, PLACE, token)

    def _name(self, one: Sentence, token: Token) -> None:
        if not token.sure or token.strange or len(token.rows) != 1:
            raise ForeignError
        if one.words and one.words[-1] in (NAME, OWNER):
            raise ForeignError  # "nr 2 Ahmed": perhaps two
        parts = [fold(w) for w in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", token.text)]
        if not token.number and not all(
            len(p) == 1 or self._names.exactly(p) or p in _SMALL for p in parts
        ):
            raise ForeignError  # Annika is no Anna
        last = fold(token.text.split()[-1])
        if " " not in token.text and last in self._known:
            raise ForeignError  # a name that is a word too
        owns = last not in self._spelt and last.endswith("s") and bool(
            self._names.single(last.removesuffix("s").rstrip(":"))
        )  # fmt: skip
        self._put(one, OWNER if owns else NAME, token)
