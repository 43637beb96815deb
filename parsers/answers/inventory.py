"""Replies to an inventory's numbered rows: which cards lie in the drawer, which don't.

Fails closed: a word that no rule explains, a row that isn't there or one said both ways, and
nothing of the reply is taken. Decides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.reports import InventoryReply
from parsers.answers.fresh import Piece
from parsers.answers.inventory_words import longest
from parsers.answers.manners import Manners, whole

_LONGEST = 600  # characters of one line
_ROWS_FIRST = re.compile(r"(?:(?:ROW )+(?:COLON )?(?:(?:YES |NO )?(?:THERE |MISSING )|YES |NO ))+")
_STATE_FIRST = re.compile(r"(?:(?:THERE |MISSING )(?:COLON )?(?:ROW )+)+")
_REST = re.compile(r"(?:BUT )?REST (?:COLON )?(?:THERE |MISSING |YES |NO )")
_ALL = re.compile(
    r"(?:YES )?(?:ALL (THERE |MISSING )|NONE )"
    r"(?:(?:EXCEPT |BUT )(?:ROW )+(THERE |MISSING )?)?"
)
_ALL_EXCEPT = re.compile(r"ALL EXCEPT (?:ROW )+(THERE |MISSING )")
_OTHER = {"THERE": "MISSING", "MISSING": "THERE", "YES": "NO", "NO": "YES"}


@dataclass(frozen=True, slots=True)
class _Token:
    part: str
    rows: tuple[int, ...] = ()
    sure: bool = False  # no bare number, which could be a count of cards; no "inte" in a state


@dataclass(slots=True)
class _Said:
    there: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    rest: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)

    def take(self, state: str, rows: Sequence[int]) -> None:
        """Keep what is said of *rows*."""
        (self.there if state in ("THERE", "YES") else self.missing).update(rows)


def understand(pieces: Sequence[Piece], rows: Mapping[int, str]) -> InventoryReply:
    """Return which of *rows* (row number to card number) a reply says are there or missing."""
    reader = _Reader(rows)
    said = _Said()
    for piece in pieces:
        if piece.foreign:
            said.unread += piece.lines
            continue
        for line in whole([unicodedata.normalize("NFC", x) for x in piece.lines]):
            reader.line(line, piece.under, said)
    named = said.there | said.missing
    if len(said.rest) > 1 or (said.rest and not named):
        said.unread.append("resten")
    elif said.rest:
        said.take(next(iter(said.rest)), [n for n in rows if n not in named])
    said.unread += [f"{n}: –" for n in sorted(said.there & said.missing)]
    if said.unread:
        return InventoryReply(unread=tuple(dict.fromkeys(said.unread)))
    return InventoryReply(tuple(sorted(said.there)), tuple(sorted(said.missing)))


class _Reader:
    def __init__(self, rows: Mapping[int, str]) -> None:
        self._rows = rows
        self._numbers: dict[str, list[int]] = {}
        for row, number in rows.items():
            self._numbers.setdefault(re.sub(r"\D", "", number), []).append(row)
        self._manners = Manners(lambda word: longest(word, 0) is not None)

    def line(self, line: str, under: int | None, said: _Said) -> None:
        """Add what *line* says; a line of which any word is unexplained goes to the unread."""
        tokens = None if len(line) > _LONGEST or "?" in line else self._tokens(line)
        if tokens is None:
            said.unread.append(line[:_LONGEST])
            return
        for sentence in _sentences(tokens):
            kept = [t for t in sentence if t.part not in ("DROP", "MARK")]
            while kept and kept[-1].part == "COLON":
                kept.pop()
            if kept and not self._sentence(kept, under, said):
                said.unread.append(line)

    def _tokens(self, line: str) -> list[_Token] | None:
        text = self._manners.cut(line.lstrip("*•- \t"))
        found: list[_Token] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            one = longest(text, at)
            if one is None or (at and text[at - 1].isalnum() and text[at].isalnum()):
                return None
            token = self._token(one[0], text[at : one[1]])
            if token is None:
                return None
            found.append(token)
            at = one[1]
        return _merged(found)

    def _token(self, part: str, text: str) -> _Token | None:
        """Return the token; None for a row or a card that is not in the list."""
        numbers = [int(n) for n in re.findall(r"\d+", text)]
        if part == "CARD":
            rows = self._numbers.get(re.sub(r"\D", "", text), [])
            return _Token("CARD", tuple(rows), sure=True) if len(rows) == 1 else None
        if part == "RANGE":
            found = tuple(range(numbers[0], numbers[1] + 1))
            known = len(found) > 1 and all(n in self._rows for n in found)
            return _Token("ROW", found, sure=True) if known else None
        if part in ("ROW", "NAMED"):
            known = numbers[0] in self._rows
            return _Token("ROW", (numbers[0],), sure=part == "NAMED") if known else None
        if part == "COUNT":
            return _Token("ALL") if numbers[0] == len(self._rows) else None
        return _Token(part, sure=re.search(r"\b(?:inte|ej|not)\b", text, re.IGNORECASE) is None)

    def _sentence(self, tokens: Sequence[_Token], under: int | None, said: _Said) -> bool:
        row = "".join(f"{t.part} " for t in tokens)
        if re.fullmatch(r"(?:YES |NO )?(?:THERE |MISSING )|YES |NO ", row):
            return self._bare(tokens, under, said)
        rest = next((n for n in range(len(tokens)) if tokens[n].part == "REST"), len(tokens))
        rest -= bool(rest and rest < len(tokens) and tokens[rest - 1].part == "BUT")
        first, last = tokens[:rest], tokens[rest:]
        if last and not _REST.fullmatch("".join(f"{t.part} " for t in last)):
            return False
        if first and not (self._listed(first, said) or self._of_all(first, said)):
            return False
        if last:
            said.rest.add("THERE" if last[-1].part in ("THERE", "YES") else "MISSING")
        return True

    def _bare(self, tokens: Sequence[_Token], under: int | None, said: _Said) -> bool:
        """Take a word that names no row: the quoted one above it is meant, or the only one."""
        only = next(iter(self._rows)) if len(self._rows) == 1 else None
        row = under if under in self._rows else only
        if row is None or _clash([t.part for t in tokens]):
            return False
        said.take(tokens[-1].part, [row])
        return True

    def _listed(self, tokens: Sequence[_Token], said: _Said) -> bool:
        """Take "1, 2 finns 3 saknas" or "saknas: 3, 7"; the order is the same all through."""
        row = "".join(f"{t.part} " for t in tokens if t.part != "BUT")
        words = [t for t in tokens if t.part not in ("BUT", "COLON")]
        if _ROWS_FIRST.fullmatch(row):
            return _rows_first(words, said)
        if not _STATE_FIRST.fullmatch(row):
            return False
        bare = [t for t in words if t.part == "ROW"]
        if len(bare) == 1 and not bare[0].sure and "COLON " not in row:
            return False  # "saknas 2": row two, or two cards?
        state = ""
        for token in words:
            state = token.part if token.part != "ROW" else state
            said.take(state, token.rows)
        return True

    def _of_all(self, tokens: Sequence[_Token], said: _Said) -> bool:
        """Take "alla finns utom 3", "allt utom 3 finns", "inget saknas"."""
        row = "".join(f"{t.part} " for t in tokens)
        named = {n for t in tokens for n in t.rows}
        parts = [t.part for t in tokens]
        if any(a.part == "ALL" and not b.sure for a, b in pairwise(tokens) if b.part == "MISSING"):
            return False  # "alla finns inte": none, or not all?
        whole_row, except_row = _ALL.fullmatch(row), _ALL_EXCEPT.fullmatch(row)
        if except_row:
            state = except_row[1].strip()
        elif whole_row:
            state = (whole_row[1] or "THERE ").strip()
            other = (whole_row[2] or "").strip()
            if (other and other != _OTHER[state]) or ("BUT" in parts and not other):
                return False
        else:
            return False
        said.take(state, [n for n in self._rows if n not in named])
        said.take(_OTHER[state], sorted(named))
        return True


def _merged(tokens: Sequence[_Token]) -> list[_Token] | None:
    """Return the tokens with a row's number and its card's number as one; both must agree."""
    found: list[_Token] = []
    for n, token in enumerate(tokens):
        after_number = token.part in ("STOP", "COLON") and found and found[-1].part == "ROW"
        if after_number and n + 1 < len(tokens) and not found[-1].rows[1:]:
            following = tokens[n + 1].part
            if token.part == "STOP" and following in ("CARD", "THERE", "MISSING", "YES", "NO"):
                continue  # "1. finns": the mark of a list
            if following == "CARD":
                continue
        if token.part != "CARD":
            found.append(token)
            continue
        before = found[-1] if found and found[-1].part == "ROW" else None
        if before is None or before.sure:
            found.append(_Token("ROW", token.rows, sure=True))
        elif before.rows == token.rows:
            found[-1] = _Token("ROW", token.rows, sure=True)
        else:
            return None
    return found


def _sentences(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    held: list[_Token] = []
    for token in tokens:
        if token.part == "STOP":
            yield held
            held = []
        else:
            held.append(token)
    yield held


def _rows_first(words: Sequence[_Token], said: _Said) -> bool:
    waiting: list[int] = []
    states: list[str] = []
    for n, token in enumerate(words):
        if token.part == "ROW":
            waiting += token.rows
            continue
        states.append(token.part)
        if n + 1 == len(words) or words[n + 1].part == "ROW":
            if _clash(states):
                return False
            said.take(token.part, waiting)
            waiting, states = [], []
    return True


def _clash(states: Sequence[str]) -> bool:
    """Tell whether "ja" stands beside "saknas", or "nej" beside "finns"."""
    return len({s in ("THERE", "YES") for s in states}) > 1
