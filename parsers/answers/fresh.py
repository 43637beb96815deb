"""What is new in a reply: the quoted letter, mail programs' own lines and signatures cut away.

Knows the letters that may be quoted, so it finds answers written under, beside or between their
lines whatever the mail program does to them. Understands no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from parsers.answers.endings import without_ending
from parsers.answers.quoted_rows import Rows

LONGEST = 60_000  # characters of a reply that are looked at; more is no answer
_RUN = 3  # words in a row that stand in the letter: quoted
_RUN_ABOVE = 8  # the same, where nothing tells that the quotation has begun
_MARKED = re.compile(r"^(?:\s*>)+\s?")
_HEAD = re.compile(
    r"^\*?(från|from|skickat|sent|till|to|kopia|cc|ämne|rubrik|subject|datum|date|svara till"
    r"|reply-to)"
    r"\*?\s*:\s*\S",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"^(?:-{2,}\s*(?:ursprungligt meddelande|originalmeddelande|original message|"
    r"vidarebefordrat meddelande|forwarded message)\s*-{2,}|_{10,}|-{10,})$"
    r"|^(?:den|on|am)\b.{3,160}\b(?:skrev|wrote|schrieb)\b.{0,120}:$"
    r"|^\d{1,2}\.? \w{3,9}\.? \d{4}\b.{0,120}\bskrev\b.{0,120}:$",
    re.IGNORECASE,
)
_INTRO_OPENS = re.compile(r"^(?:den|on)\b.*\d{4}.*$", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,3})(?:[.:)]|$)")
_SIGN = re.compile(
    r"[✔✓☑✅👍👌🆗❌✗✘✖☒👎🚫🟢🔴🟡🟠🔵⚪⚫🟩🟥🟨]"
)  # an answer, not a mark of the quotation
AFTER_POINTS = "så svarar du"  # the heading below the points, in every letter with points


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Lines that somebody wrote in one place; *under* is the quoted point above them, if any."""

    lines: tuple[str, ...]
    under: int | None = None
    foreign: bool = False  # it may be somebody else's, out of a mail that is passed on
    handle: str = ""  # of the quoted row above them: "K-17"
    old: bool = False  # it stands in an older mail of the thread, below our letter


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a reply and where it stood."""

    raw: str
    plain: str
    line: int
    quoted: bool  # marked as a quotation, or below the line that begins one
    marked: bool
    depth: int  # mails below the newest that the word stands in


def fresh(text: str, letters: Sequence[str], names: Iterable[str] = ()) -> tuple[Piece, ...]:
    """Return what is new in *text*, a reply to one of *letters* (each as its reader saw it).

    *names* are the sender's: a line with nothing but a name begins the signature.
    """
    known = tuple(names)
    cut = (replace(p, lines=without_ending(p.lines, known)) for p in typed(text[:LONGEST], letters))
    return tuple(p for p in cut if p.lines)


def typed(text: str, letters: Sequence[str]) -> tuple[Piece, ...]:
    """Return what is new in *text* with greetings and signatures, however long it is."""
    words = words_of(unicodedata.normalize("NFC", text).splitlines())
    index, rows = _of_letters(tuple(letters))
    return tuple(_pieces(words, quoted_words(words, index), rows))


@lru_cache(maxsize=16)
def _of_letters(letters: tuple[str, ...]) -> tuple[Index, Rows]:
    """Return what finds the letters' words and rows; several readers of one mail ask for it."""
    return Index(letters), Rows(letters)


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return *word* as it is compared: lower case, without marks around it."""
    return re.sub(r"^\W+|\W+$", "", word.casefold())


def words_of(lines: Sequence[str]) -> list[Word]:
    """Return the words of a reply's *lines*, without the lines that a mail program puts in."""
    return list(_words(lines))


def _words(lines: Sequence[str]) -> Iterator[Word]:
    depth = 0
    skip = _program_lines(lines)
    for number, line in enumerate(lines):
        if number in skip:
            depth += not any(n in skip for n in range(number - 2, number))
            continue
        found = _MARKED.match(line)
        marks = found.group().count(">") if found else 0
        content = line[found.end() :] if found else line
        for raw in content.split():
            quoted = bool(depth or marks)
            yield Word(raw, plain(raw), number, quoted, bool(marks), max(marks, depth))


def _program_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines that a mail program puts before the original."""
    found: set[int] = set()
    bare = [_MARKED.sub("", line).strip() for line in lines]
    for number, line in enumerate(bare):
        if _INTRO.match(line):
            found.add(number)
        elif _INTRO_OPENS.match(line) and number + 1 < len(bare):
            joined = f"{line} {bare[number + 1]}"
            if _INTRO.match(joined):
                found |= {number, number + 1}
    heads = [n for n, line in enumerate(bare) if _HEAD.match(line)]
    for one, two in pairwise(heads):
        if two - one <= 2:  # noqa: PLR2004 - a long list of recipients takes a line more
            found |= set(range(one, two + 1))
    return frozenset(found)


class Index:
    """The letters' words: where each run of three stands, and which point a word belongs to.

    A point goes on to the next; with *brief* it is one line, or the line below its bare number.
    """

    def __init__(self, letters: Sequence[str], *, brief: bool = False) -> None:
        self._brief = brief
        self.words: list[str] = []
        self.points: list[int | None] = []
        self.lines: set[str] = set()
        self.begins: set[int] = set()  # places of words that begin a line, and end one
        self.ends: set[int] = set()
        for letter in letters:
            self._add(letter)
        self._starts: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.words) - _RUN + 1):
            self._starts.setdefault(tuple(self.words[at : at + _RUN]), []).append(at)

    def _add(self, letter: str) -> None:
        point: int | None = None
        bare = False
        for line in letter.splitlines():
            words = [w for w in map(plain, line.split()) if w]
            numbered = _NUMBER.match(line.strip())
            if numbered:
                point = int(numbered[1])
            if " ".join(words) == AFTER_POINTS:
                point = None
            if self._brief and not numbered and not bare:
                point = None
            bare = numbered is not None and len(words) == 1
            self.lines.add(" ".join(words))
            self.begins.add(len(self.words))
            self.words += words
            self.ends.add(len(self.words) - 1)
            self.points += [point] * len(words)
        self.words.append("\0")  # no run goes from one letter into the next
        self.points.append(None)

    def run(self, words: Sequence[str]) -> tuple[int, int]:
        """Return the longest run that *words* begin with: where it starts and its length."""
        best = (0, 0)
        for start in self._starts.get(tuple(words[:_RUN]), ())[:50]:
            length = _RUN
            while length < len(words) and words[length] == self.words[start + length]:
                length += 1
            best = max(best, (length, start))
        return best[1], best[0]


def quoted_words(words: Sequence[Word], index: Index) -> dict[int, int | None]:
    """Return the quoted words by place, each with the point it belongs to."""
    places = [n for n, w in enumerate(words) if w.plain]
    row = [words[n].plain for n in places]
    old: dict[int, int | None] = {}
    at = 0
    while at < len(row):
        start, length = index.run(row[at : at + 200])
        if not _is_quoted(words, places[at : at + length], index, start):
            at += 1
            continue
        for step in range(length):
            old[places[at + step]] = index.points[start + step]
        at += length
    _whole_lines(words, old, index)
    return old


def _is_quoted(words: Sequence[Word], places: Sequence[int], index: Index, start: int) -> bool:
    """Tell whether a run of the letter's words is a quotation and no chance.

    A short one that nothing marks must end a line of the letter, and begin or end one in both: a
    signature with the office's own exchange number is none.
    """
    length = len(places)
    if length < _RUN or (length < _RUN_ABOVE and not words[places[0]].quoted):
        return False
    if length >= _RUN_ABOVE or words[places[0]].marked:
        return True
    first, last = places[0], places[-1]
    begins = first == 0 or words[first - 1].line != words[first].line
    ends = last + 1 == len(words) or words[last + 1].line != words[last].line
    if start + length - 1 not in index.ends:
        return False
    return ends or (begins and start in index.begins)


def _whole_lines(words: Sequence[Word], old: dict[int, int | None], index: Index) -> None:
    """Add the short lines of the letter, and marked lines that are of no letter of ours."""
    by_line: dict[int, list[int]] = {}
    for n, word in enumerate(words):
        if word.quoted:
            by_line.setdefault(word.line, []).append(n)
    point: int | None = None
    marked = 2 * sum(words[places[0]].marked for places in by_line.values()) > len(by_line)
    for places in by_line.values():
        known = [n for n in places if n in old]
        line = " ".join(w for n in places if (w := words[n].plain))
        if not known and marked and not words[places[0]].marked:
            continue  # typed between the marked lines of a quotation, be it a word of the letter
        if not known and (line in index.lines or words[places[0]].marked or not line):
            numbered = _NUMBER.match(line)
            point = int(numbered[1]) if numbered and line in index.lines else point
            old |= dict.fromkeys(places, point)
            continue
        for n in places:  # marks between quoted words
            bare = not words[n].plain and not _SIGN.search(words[n].raw)
            beside = [m for m in (n - 1, n + 1) if m in old and words[m].line == words[n].line]
            if bare and beside:
                old[n] = old.get(n - 1, old.get(n + 1))
        point = old[known[-1]] if known else point


def _pieces(words: Sequence[Word], old: dict[int, int | None], rows: Rows) -> Iterator[Piece]:
    piece: list[Word] = []
    quoted: list[Word] = []
    under: int | None = None
    handle = ""
    begun = False  # our letter has
    for n, word in enumerate(words):
        if n in old:
            if piece:
                yield _piece(piece, under, handle, begun=begun)
            piece, under, begun = [], old[n], True
            quoted.append(word)
            continue
        if quoted:
            handle, quoted = rows.after(((w.line, w.raw) for w in quoted), handle), []
        if piece and bool(piece[-1].depth) != bool(word.depth) and not begun:
            yield _piece(piece, under, handle, begun=begun)
            piece = [word]
        else:
            piece.append(word)
    if piece:
        yield _piece(piece, under, handle, begun=begun)


def _piece(words: Sequence[Word], under: int | None, handle: str, *, begun: bool) -> Piece:
    """Return the words as lines; those between two mails, or in an older one, may be anybody's."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.raw)
    foreign = any(w.depth > 1 or (w.depth and not begun) for w in words)
    old = foreign and begun
    return Piece(tuple(" ".join(line) for line in lines.values()), under, foreign, handle, old)
