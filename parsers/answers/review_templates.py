"""A second reading of plain replies by whole templates: all stay, all but some, one by one.

Reads a reply wholly or not at all: one word that no template explains, and it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.review_reply import DECIDED, Heard, Listed, ReviewReply, RowAnswer
from parsers.answers.endings import DISCLAIMER, FOOTER
from parsers.answers.review_layout import blocks
from parsers.answers.review_manners import speaks
from parsers.answers.review_names import Names, fold
from parsers.answers.review_quote import Line, Parted, Quoted
from parsers.answers.review_scan import Scanner
from parsers.answers.review_sorts import Sort
from parsers.answers.review_templates_chat import DANGER, HARMLESS, YES_MARKS
from parsers.answers.review_templates_reading import KNOWN, Reading
from parsers.answers.review_templates_sentences import Cutter, ForeignError, Sentence
from parsers.answers.review_templates_told import Teller
from parsers.answers.review_templates_weigh import Weigher

_LONGEST = 3_000  # characters of what was typed; a plain reply is shorter
_LINES = 60
_SENTENCES = 40
_MOST_ROWS = 60
_HAIL = re.compile(
    r"^(?:hälsar|hälsningar|hälsning|hälsn)(?: från)? [^.!?]{2,60}[.!](?=\s+\S)", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"^[A-ZÅÄÖÉ][\w'’-]+(?: [A-ZÅÄÖÉ][\w'’-]+){0,2}[.!]?$")


_DOUBT = frozenset("❓❔⁉🤔🙄😂🤣🤷👎😬😅🙃")


def templated(
    apart: Parted, rows: Sequence[Listed], names: Sequence[str], on: date
) -> tuple[Heard, ...] | None:
    """Return what a plain reply says of *rows*, None where it is no plain one."""
    typed = [i for i in apart.items if isinstance(i, Line)]
    if apart.cut or not typed or len(rows) > _MOST_ROWS or len(typed) > _LINES:
        return None
    if sum(len(line.text) for line in typed) > _LONGEST or any(line.foreign for line in typed):
        return None
    if any(_DOUBT & set(line.text) for line in typed):
        return None  # a face or a mark that may turn what is said: 🤔, ❓, 😂
    missing = [r.row for r in rows if r.row not in apart.quoted]
    if apart.quoted and missing and min(missing) < max(apart.quoted):
        return None  # rows were cut out of the quotation
    try:
        return _Plain(apart, rows, names, on).heard()
    except ForeignError:
        return None
    except Exception:  # noqa: BLE001 - any fault of ours means that the other reading decides
        return None


def agreed(old: ReviewReply, heard: Sequence[Heard] | None) -> ReviewReply:
    """Return the old reading with what the templates read; where they differ nothing is decided."""
    if heard is None or old.undo is not None:
        return old
    found = tuple(_one(one, other) for one, other in zip(old.rows, heard, strict=True))
    whole = all(h.answer in DECIDED for h in heard) and found == tuple(heard)
    return replace(old, rows=found, unread=() if whole else old.unread)


def _one(one: Heard, other: Heard) -> Heard:
    if other.answer not in DECIDED:
        return one
    if one.answer not in DECIDED:
        return other
    same = one.answer is other.answer and (None in (one.on, other.on) or one.on == other.on)
    if not same:
        return Heard(one.row, RowAnswer.UNCLEAR, words=one.words)
    return replace(one, on=one.on or other.on, to=one.to or other.to)


class _Plain:
    def __init__(
        self, apart: Parted, rows: Sequence[Listed], names: Sequence[str], on: date
    ) -> None:
        self._rows = rows
        self._on = on
        named = Names(rows)
        order = tuple(r.row for r in rows)
        self._scanner = Scanner(named, on, frozenset(order))
        self._cutter = Cutter(self._scanner, named, rows, KNOWN)
        self._weigher = Weigher(order, Teller(on))
        items = tuple(i for item in apart.items for i in _unhailed(item))
        self._apart = replace(apart, items=items)
        self._names = names

    def heard(self) -> tuple[Heard, ...]:
        """Return one answer a row; raises ForeignError for a reply that is not plain."""
        lines = self._lines()
        if not any(c.isalnum() for line in lines for c in line.text):
            return self._marks([line.text for line in lines])
        told = [one for line in lines for one in self._cutter.sentences(line.text, line.place)]
        if len(told) > _SENTENCES:
            raise ForeignError
        for place, one in enumerate(told):
            self._sentence(one, told[place + 1] if place + 1 < len(told) else None)
        return self._weigher.heard()

    def _sentence(self, one: Sentence, after: Sentence | None) -> None:
        if (
            one.ends_line and after is not None and after.words[:1] == ["§"]
            and "§" not in one.words and one.words[-1:] != [":"]
        ):  # fmt: skip
            headed = Sentence(one.text, [*one.words, ":"], [*one.tokens, None], one.counts)
            reading = Reading(headed, single=False)
            parts = reading.parts()
            if parts is not None and parts[0].kind == "HEAD":
                self._weigher.add(headed, reading, parts)
                return
        reading = Reading(one, single=len(self._rows) == 1)
        parts = (reading.item() if self._weigher.heading is not None else None) or reading.parts()
        if parts is None:
            raise ForeignError
        self._weigher.add(one, reading, parts)

    def _marks(self, lines: Sequence[str]) -> tuple[Heard, ...]:
        """Read a thumb up, or a tick, and nothing else."""
        marks = "".join("".join(lines).split())
        if not marks or any(c not in YES_MARKS for c in marks):
            raise ForeignError
        return tuple(Heard(r.row, RowAnswer.STAYS, words=marks[:9]) for r in self._rows)

    def _is_listed(self, text: str) -> bool:
        return any(t.sort is Sort.ROW for t in self._scanner.tokens(text))

    def _lines(self) -> list[Line]:
        """Return what was typed in one place, without manners; what was cut must be harmless."""
        found = blocks(self._apart, self._names, self._is_listed)
        if len(found) != 1:
            raise ForeignError
        block = found[0]
        if block.under is not None or block.lists or any(
            line.row is not None or line.ahead is not None for line in block.lines
        ):  # fmt: skip
            raise ForeignError
        kept = [line.text for line in block.lines]
        whole = " ".join(kept)
        for item in self._apart.items:
            if isinstance(item, Line) and item.text.strip() and item.text not in whole:
                inner = next((k for k in kept if k in item.text), "")
                gone = item.text.replace(inner, " ", 1) if inner else item.text
                self._is_harmless(gone)
                if inner and not all(_is_manners(w) for w in re.findall(r"[^\W\d_]+", gone)):
                    raise ForeignError
        return _unsigned(block.lines, self._is_listed)

    def _is_harmless(self, text: str) -> None:
        """See that manners cut nothing that could answer."""
        if FOOTER.match(text.strip()) or (DISCLAIMER.search(text) and len(text.split()) > 5):  # noqa: PLR2004 - a sentence of lawyers
            if any(t.sort in (Sort.ROW, Sort.DAY) for t in self._scanner.tokens(text)):
                raise ForeignError
            return
        plain = {fold(w) for w in re.findall(r"[^\W\d_]+", text)} - _TITLES
        if speaks(text) or any(DANGER.match(w) and not w.endswith(_TITLE_ENDS) for w in plain):
            raise ForeignError


_LEGAL = re.compile(
    r"misstag|gallras|dokumenthantering|dataskydd|personuppgift|gdpr|konfident", re.IGNORECASE
)
_TITLES = frozenset(
    """chef chefen arbetsledare bitr ny nya over de om tf rektor rektorn intendent
    forestandare samordnare planerare ledare administrator kanslist bibliotekarie och
    bitradande koksmastare mastare vd handlaggare verksamhet lss sol aldreomsorg vard
    omsorg""".split()  # noqa: SIM905 - a list of words
)
_TITLE_ENDS = ("chef", "chefen", "enhet", "enheten", "avdelning", "avdelningen", "ledare")


def _is_manners(word: str) -> bool:
    """Tell whether *word* may stand in a greeting, or is a name or a title."""
    plain = fold(word)
    return word[:1].isupper() or plain in HARMLESS | _TITLES or plain.endswith(_TITLE_ENDS)


def _unhailed(item: Line | Quoted) -> tuple[Line | Quoted, ...]:
    """Return a line without "Hälsar från Kvarnen!" before its answer."""
    if isinstance(item, Line) and (found := _HAIL.match(item.text)):
        return (replace(item, text=item.text[found.end() :].strip()),)
    return (item,)


def _unsigned(lines: Sequence[Line], is_listed: Callable[[str], bool]) -> list[Line]:
    """Return *lines* without a name at the foot, and the titles and the legal words below it."""
    for n in range(1, len(lines)):
        text = lines[n].text.strip()
        if not _NAME_ALONE.match(text) or is_listed(text):
            continue
        if {fold(w) for w in text.strip(" .!").split()} & KNOWN:
            continue
        below = [line.text for line in lines[n + 1 :]]
        gap = lines[n].place - lines[n - 1].place > 1
        if (gap or not below) and all(_is_foot(line) and not is_listed(line) for line in below):
            return list(lines[:n])
    return list(lines)


def _is_foot(text: str) -> bool:
    """Tell whether *text* may stand below a name: a title, an address, words of lawyers."""
    if _LEGAL.search(text) and len(text.split()) > 8:  # noqa: PLR2004 - a sentence of lawyers
        return True
    if len(text.split()) > 8 or text.rstrip().endswith(("!", "?")):  # noqa: PLR2004 - no title is longer
        return False
    plain = {fold(w) for w in re.findall(r"[^\W\d_]+", text)}
    return not any(DANGER.match(w) and not w.endswith(_TITLE_ENDS) for w in plain - _TITLES)
