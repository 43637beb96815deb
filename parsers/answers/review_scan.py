"""Lines of a reply cut into words, days and marks, each with its sort. Understands nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parsers.answers.given_names import GIVEN
from parsers.answers.review_figures import Figures, mark_at
from parsers.answers.review_lexicon import phrase, slipped
from parsers.answers.review_names import Named, Names, fold
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_ABBREVIATED = {
    r"t\.?\s?o\.?\s?m\.?": "till och med", r"fr\.?\s?o\.?\s?m\.?": "fr o m",
    r"f\.\s?d\.?": "f d", r"p\.\s?g\.\s?a\.?": "p g a", r"bl\.\s?a\.?": "bl a",
    r"t\.\s?ex\.?": "t ex", r"m\.\s?m\.?": "m m", r"o\.\s?s\.\s?v\.?": "osv",
    r"p\.\s?s\.?": "p s", r"ev\.": "ev", r"tjl\.": "tjl", r"anst\.": "anst", r"resp\.": "resp",
    r"d\.\s?v\.\s?s\.?": "dvs", r"avsl\.": "avsl", r"ang\.": "ang", r"övr\.": "övr",
    r"m\.\s?fl\.?": "m fl", r"ca\.": "ca", r"evtl\.": "evtl", r"prel\.": "prel", r"trol\.": "trol",
    r"f[öo]rmodl\.": "förmodl", r"enl\.": "enl", r"st\.": "st",
}  # fmt: skip
_SHORTS = [(re.compile(p, re.IGNORECASE), to) for p, to in _ABBREVIATED.items()]
_SHORT = re.compile(rf"(?:{'|'.join(_ABBREVIATED)})(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’´`:-][^\W\d_]+)*['’]?|\d+[^\W_]*|[^\W_]+")
_WORDLIKE = re.compile(r"[^\W\d_]")
_LEGEND = re.compile(r"\S{1,3}(?=[\s.,;:)]|$)")
_NO_INITIALS = frozenset({"EK", "HR", "IT", "OK", "AB", "PS", "VT", "HT", "TV"})
_SHORTEST = 3  # letters of initials with their hyphen
_TAKEN = frozenset(
    {Sort.NONE, Sort.ALL, Sort.REST, Sort.BOTH, Sort.FROM, Sort.AT, Sort.NOT, Sort.BUT, Sort.YES}
)  # words that change what a sentence says; the name that looks like one is in doubt
_VERBS = (Sort.IS, Sort.STAY, Sort.LEFT, Sort.LEAVES, Sort.WORKS)
_OPENING = (Sort.END, Sort.LINE, Sort.COLON, Sort.TAB)
_Raw = tuple[str, int]


class Scanner:
    """Cuts lines into tokens, by the names of one letter's rows."""

    def __init__(self, names: Names, today: date, numbers: frozenset[int]) -> None:
        self._names = names
        self._figures = Figures(numbers, today, self._is_name)
        self._legend: Mapping[str, Sort] = {}
        self._known: dict[str, tuple[Token, ...]] = {}

    def explain(self, legend: Mapping[str, Sort]) -> None:
        """Take what the writer says that marks mean."""
        self._legend = legend
        self._known = {}

    def tokens(self, line: str) -> tuple[Token, ...]:
        """Return the tokens of *line*."""
        if line not in self._known:
            self._known[line] = tuple(self._cut(line))
        return self._known[line]

    def _cut(self, line: str) -> list[Token]:
        found: list[Token] = []
        run: list[_Raw] = []
        for one in self._raw(unicodedata.normalize("NFC", line)):
            if isinstance(one, Token):
                found += _Words(self._names, run, found, one).tokens()
                found.append(one)
                run = []
            else:
                run.append(one)
        return found + _Words(self._names, run, found, None).tokens()

    def _raw(self, line: str) -> Iterator[Token | _Raw]:
        at = 0
        while at < len(line):
            if line[at] == "\t":
                yield Token(Sort.TAB, "\t", at)
                at += 1
            elif line[at].isspace():
                at += 1
            else:
                found, at = self._one(line, at)
                yield from found

    def _one(self, line: str, at: int) -> tuple[Sequence[Token | _Raw], int]:
        """Return what stands at *at*, and where it ends."""
        if not at or not line[at - 1].isalnum():
            if short := _SHORT.match(line, at):
                to = next(t for p, t in _SHORTS if p.fullmatch(short[0]))
                return [(word, at) for word in to.split()], short.end()
            token = self._marked(line, at) or self._figures.at(line, at)
            if token is not None:
                return [token], at + len(token.text)
        mark = mark_at(line, at)
        if mark is not None:
            return [mark], at + len(mark.text)
        word = _WORD.match(line, at)
        end = word.end() if word else at + 1
        return [(line[at:end], at)], end

    def _marked(self, line: str, at: int) -> Token | None:
        """Return a mark that the writer has explained: x = kvar."""
        if not self._legend:
            return None
        found = _LEGEND.match(line[at : at + 4])
        sort = self._legend.get(found[0].casefold()) if found else None
        return Token(sort, found[0], at) if found and sort is not None else None

    def _is_name(self, text: str) -> bool:
        """Tell whether a word that looks like a month is a listed name: Maj, April."""
        return " " not in text and text[:1].isupper() and bool(self._names.single(fold(text)))


class _Words:
    """A run of words between figures and marks; *before* and *after* stand beside it."""

    def __init__(
        self, names: Names, run: Sequence[_Raw], before: Sequence[Token], after: Token | None
    ) -> None:
        self._names = names
        self._run = run
        self._raw = [word for word, _ in run]
        self._plain = [fold(word) for word in self._raw]
        self._before = list(before[-1:])
        self._after = after

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        at = 0
        while at < len(self._run):
            last = (found or self._before)[-1:]
            opens = not last or last[0].sort in _OPENING
            token, end = self._at(at, opens=opens)
            text = " ".join(self._raw[at:end])
            found.append(replace(token, text=text, at=self._run[at][1]))
            at = end
        return found

    def _at(self, at: int, *, opens: bool) -> tuple[Token, int]:
        named = self._names.match(self._plain, self._raw, at)
        known = phrase(self._plain, at)
        if self._raw[at] == "å":  # "Mo å Kicki"
            known = (at + 1, Sort.AND)
        if known == (at + 1, Sort.IS) and self._raw[at].casefold() == "år":
            known = (at + 1, Sort.FILL)
        if (
            named is not None
            and known is not None
            and not self._is_name(at, named, known, opens=opens)
        ):
            named = None
        if named is not None:
            sure = known is None or named.whole or self._clear(at, known[1], opens=opens)
            return Token(Sort.ROW, "", rows=named.rows, sure=sure, strange=named.strange), named.end
        if known is not None:
            return Token(known[1], ""), known[0]
        return self._unknown(at, opens=opens)

    def _is_name(self, at: int, named: Named, known: tuple[int, Sort], *, opens: bool) -> bool:
        """Tell whether words that are both a name and a phrase are meant for the name."""
        if named.whole:
            return True
        if known[0] > named.end or not self._names.exactly(self._plain[at]):
            return False
        if not self._raw[at][:1].isupper():
            return opens and known[1] in _TAKEN and self._verb(named.end)
        dated = self._after is not None and self._after.day is not None
        return not (opens and known[1] is Sort.FROM and dated and named.end == len(self._raw))

    def _verb(self, at: int) -> bool:
        known = phrase(self._plain, at) if at < len(self._plain) else None
        return known is not None and known[1] in _VERBS

    def _clear(self, at: int, sort: Sort, *, opens: bool) -> bool:
        """Tell whether a name that is also a word can only be the name here."""
        capital = self._raw[at][:1].isupper() and not self._raw[at].isupper()
        small = sort not in (Sort.NONE, Sort.ALL, Sort.REST, Sort.BOTH)  # "Per är kvar"
        return capital and (not opens or sort not in _TAKEN or (small and self._verb(at + 1)))

    def _unknown(self, at: int, *, opens: bool) -> tuple[Token, int]:
        raw = self._raw[at]
        if len(raw) <= _SHORTEST and raw not in _NO_INITIALS:
            rows = self._names.initials(raw)
            if rows:
                return Token(Sort.ROW, "", rows=rows, sure=len(rows) == 1), at + 1
        slip = slipped(self._plain[at])
        if slip is not None:
            return Token(slip, ""), at + 1
        if not _WORDLIKE.search(raw) or not raw[:1].isupper() or (raw.isupper() and len(raw) > 1):
            return Token(Sort.UNKNOWN, ""), at + 1
        return self._capital(at, opens=opens)

    def _capital(self, at: int, *, opens: bool) -> tuple[Token, int]:
        """Return a word with a capital: somebody who is not on the list, or a place."""
        plain = self._raw[at].casefold()
        given = plain in GIVEN or plain.removesuffix("s") in GIVEN
        if opens and not given:
            return Token(Sort.CAPITAL, ""), at + 1
        end = at + 1
        while end < len(self._raw) and self._goes_on(end, given=given):
            end += 1
        return Token(Sort.OTHER if given or end - at > 1 else Sort.CAPITAL, ""), end

    def _goes_on(self, at: int, *, given: bool) -> bool:
        """Tell whether the word at *at* belongs to the same name."""
        raw = self._raw[at]
        if not raw[:1].isupper() or raw.isupper() or phrase(self._plain, at) is not None:
            return False
        return given or not self._names.single(self._plain[at])
