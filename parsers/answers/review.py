"""Plain replies to review letters: who stays, has left, leaves, has moved. Decides nothing.

Fails closed: a row that unexplained words may concern is unclear, silence leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.review_reply import Heard, Listed, ReviewReply, RowAnswer
from parsers.answers.review_calls import with_call
from parsers.answers.review_course import Course, Where
from parsers.answers.review_layout import Block, above_rows, blocks, legend
from parsers.answers.review_names import Names
from parsers.answers.review_quote import Parted, parted
from parsers.answers.review_reader import Reader
from parsers.answers.review_scan import Scanner
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tables import tabled
from parsers.answers.review_templates import agreed, templated
from parsers.answers.review_tokens import Token
from parsers.answers.review_total import Statement, Total, statement
from parsers.answers.review_verdicts import Says, judged


def understand_review(
    text: str, letters: Sequence[str], rows: Sequence[Listed], *, on: date,
    names: Iterable[str] = (),
) -> ReviewReply:  # fmt: skip
    """Return what the reply *text* of the day *on* says of *rows*.

    *letters* are those that may be quoted, each as its reader saw it (the text part, the HTML's
    words). *names* are the sender's: they sign.
    """
    try:
        return _understood(text, letters, rows, on, tuple(names))
    except Exception:  # noqa: BLE001 - foreign words: any fault of ours means that they are not read
        unclear = (Heard(row.row, RowAnswer.UNCLEAR) for row in rows)
        return ReviewReply(tuple(unclear), unread=(text[:_SHOWN],))


def _understood(
    text: str, letters: Sequence[str], rows: Sequence[Listed], on: date, names: tuple[str, ...]
) -> ReviewReply:
    order = [row.row for row in rows]
    reading = _Reading(rows, on)
    apart = parted(text, letters)
    found = reading.blocks(apart, names)
    undo = reading.undone(found)
    if undo is not None:
        return ReviewReply(tuple(Heard(n, RowAnswer.OPEN) for n in order), undo=undo)
    total = reading.total(apart, found)
    if apart.cut:
        total.doubt("…")
    unread = tuple(dict.fromkeys(total.unread))
    reply = ReviewReply(total.heard(), unread, tuple(total.remarks))
    reply = agreed(reply, templated(apart, rows, names, on))
    return with_call(reply, (line.text for b in found for line in b.lines))


class _Reading:
    def __init__(self, rows: Sequence[Listed], on: date) -> None:
        self._order = tuple(row.row for row in rows)
        self._names = Names(rows)
        self._on = on
        self._scanner = Scanner(self._names, on, frozenset(self._order))

    def _is_listed(self, text: str) -> bool:
        return any(t.sort is Sort.ROW for t in self._scanner.tokens(text))

    def blocks(self, apart: Parted, names: Sequence[str]) -> list[Block]:
        """Return what was typed, place by place, without manners."""
        return blocks(apart, names, self._is_listed)

    def undone(self, found: Sequence[Block]) -> tuple[int, ...] | None:
        """Return the rows that "ångra" names, () for the whole answer, None for another reply."""
        tokens = [t for b in found for line in b.lines for t in self._scanner.tokens(line.text)]
        said = [
            t
            for t in tokens
            if t.sort not in (Sort.FILL, Sort.END, Sort.COMMA, Sort.AND, Sort.LINE)
        ]
        if not said or said[0].sort is not Sort.UNDO:
            return None
        others = said[1:]
        if any(t.sort not in (Sort.ROW, Sort.NUMBER, Sort.PEOPLE) for t in others):
            return None
        return tuple(dict.fromkeys(r for t in others for r in t.rows))

    def total(self, apart: Parted, found: Sequence[Block]) -> Total:
        """Return all that is said."""
        total = Total(self._order)
        found = self._own(found, total)
        texts = [line.text for b in found for line in b.lines]
        marks, without = legend(texts)
        self._scanner.explain(marks)
        beside = any(b.under is not None or b.lists for b in found if b.lines)
        beside = beside or any(line.row is not None for b in found for line in b.lines)
        spoken = [text for text in texts if text not in without]
        if not beside and (self._by_position(spoken, total) or self._by_lines(spoken, total)):
            return total
        course = Course(total, self._on)
        reader = Reader(self._scanner, course, numbered=self._is_numbered(texts))
        missing = self._missing(apart)
        shifted = above_rows(apart, found)
        for block in found:
            self._block(block, without, missing, reader, shifted=shifted)
        if course.noes and not (total.everyone or total.others):
            total.doubt(" / ".join(course.noes))
        if total.everyone and not total.others:  # "alla kvar" above a list with rows cut out
            cut = [r for r in missing if r not in total.of and r < max(apart.quoted, default=0)]
            total.say(cut, Statement(Says.UNCLEAR, total.everyone[0].words))
        total.close()
        return total

    def _block(
        self, block: Block, without: frozenset[str], missing: tuple[int, ...], reader: Reader,
        *, shifted: bool,
    ) -> None:  # fmt: skip
        lines = [line for line in block.lines if line.text not in without]
        for place, text in enumerate(texts := tabled([line.text for line in lines])):
            line = lines[place] if len(texts) == len(lines) else None
            row = (line.row if line and line.row is not None else None) or (
                line.ahead if line else None
            )
            row = row if row is not None else block.under
            if block.lists and ("↓" in text or shifted):
                row = block.lists[0]
            elif block.lists and text.rstrip().endswith(":") and not (line and line.row):
                row = None
            following = texts[place + 1] if place + 1 < len(texts) else ""
            below = block.lists if row is None and text.rstrip().endswith(":") else ()
            reader.line(text, Where(row, block.above, below, missing), following)
        if block.lists and not shifted:
            reader.heads(block.lists)

    def _own(self, found: Sequence[Block], total: Total) -> list[Block]:
        """Return what the sender typed; an older mail of a thread counts only when referred to."""
        foreign = [line.text for b in found for line in b.lines if line.foreign]
        mine = [
            replace(b, lines=tuple(line for line in b.lines if not line.foreign)) for b in found
        ]
        top = " ".join(line.text for b in mine for line in b.lines)
        if foreign and (not top.strip() or _REFERS.search(top)):
            total.doubt(" ".join(foreign))
        return [b for b in mine if b.lines]

    def _missing(self, apart: Parted) -> tuple[int, ...]:
        quoted = apart.quoted
        if not quoted:
            return ()
        return tuple(r for r in self._order if r not in quoted)

    def _is_numbered(self, texts: Sequence[str]) -> bool | None:
        """Tell whether numbers in this reply are those of rows: two stand there, or "nr 3"."""
        seen: set[int] = set()
        bare: list[int] = []
        for text in texts:
            tokens = self._scanner.tokens(text)
            if any(t.sort is Sort.ROW and t.number for t in tokens):
                return True
            for at, token in enumerate(tokens):
                before = tokens[at - 1].sort if at else Sort.END
                after = tokens[at + 1].sort if at + 1 < len(tokens) else Sort.END
                counts = before in (Sort.ALL, Sort.REST, Sort.THEY, Sort.AT) or after in _COUNTED
                if token.sort is Sort.NUMBER and token.rows and not counts:
                    seen.add(token.number)
                    bare += [] if token.glued else [token.number]
        counted = sum(bare) == len(self._order) != len(seen) and len(bare) == len(seen)
        lone = len(seen) == 1 and len(bare) == 1 and self._rest_without_day(texts)
        return None if counted or lone else len(seen) > 1  # "6 kvar, 2 slutat", of eight

    def _rest_without_day(self, texts: Sequence[str]) -> bool:
        """Tell whether the others are spoken of and no day is told: "1 har slutat, resten kvar"."""
        tokens = [t for text in texts for t in self._scanner.tokens(text)]
        dated = any(t.day is not None for t in tokens)
        return not dated and any(t.sort is Sort.REST for t in tokens)

    def _by_lines(self, texts: Sequence[str], total: Total) -> bool:
        """Read one answer a line, as many lines as rows, and nobody named."""
        if len(texts) != len(self._order) or len(texts) < 3:  # noqa: PLR2004 - two lines may be one answer
            return False
        verdicts = []
        for text in texts:
            tokens = [t for t in self._scanner.tokens(text) if t.sort is not Sort.END]
            if not tokens or any(t.sort in _WHOM for t in tokens) or tokens[0].sort not in _LEADING:
                return False
            verdicts.append(judged(tokens, self._on))
        if any(v.odd or v.says in (Says.UNCLEAR, Says.UNDATED, Says.NOTHING) for v in verdicts):
            return False
        for row, verdict, text in zip(self._order, verdicts, texts, strict=True):
            total.say((row,), statement(verdict, text, but=False))
        return True

    def _by_position(self, texts: Sequence[str], total: Total) -> bool:
        """Read "ja, ja, nej, ja": as many answers as rows, and nothing else."""
        lines = [[t for t in self._scanner.tokens(x) if t.sort not in _MARKS] for x in texts]
        bare = [ts for ts in lines if len(ts) == 1 and ts[0].sort in _ANSWERS[:4]]
        if 1 < len(bare) < len(lines) and not any(t.sort in _WHOM for ts in lines for t in ts):
            odd = any(not ts or ts[0].sort not in _LEADING for ts in lines)
            if odd and (len(lines) == len(self._order) or any("?" in x for x in texts)):
                total.doubt(" / ".join(texts))
                return True
        tokens = [t for text in texts for t in self._scanner.tokens(text)]
        said: list[Token] = [t for t in tokens if t.sort not in _MARKS]
        if said and all(
            t.sort in (Sort.UNKNOWN, Sort.CAPITAL) and _LETTERS.match(t.plain) for t in said
        ):
            letters = "".join(t.plain for t in said)
            said = [Token(Sort.YES if c == "j" else Sort.NO, c) for c in letters]
            if len(said) == len(self._order) == 1:
                total.say(
                    self._order,
                    Statement(Says.STAYS if letters == "j" else Says.LEFT, " ".join(texts)),
                )
                return True
        if len(said) < 2 or any(t.sort not in _ANSWERS[:4] for t in said):  # noqa: PLR2004 - one answer is no list
            return False
        plain = {t.sort for t in said}
        if plain <= {Sort.YES} or (len(self._order) == 2 and not plain <= {Sort.YES, Sort.NO}):  # noqa: PLR2004 - "nej, kvar"
            return False
        words = " ".join(texts)
        if len(said) != len(self._order):
            if Sort.NO in plain or Sort.LEFT in plain:
                total.doubt(words)
                return True
            return False
        for row, token in zip(self._order, said, strict=True):
            gone = token.sort in (Sort.NO, Sort.LEFT)
            total.say((row,), Statement(Says.LEFT if gone else Says.STAYS, words))
        return True


_COUNTED = (Sort.PEOPLE, Sort.SOMEONE, Sort.UNKNOWN, Sort.FILL, Sort.SERVES)
_SHOWN = 300  # characters of a reply that could not be read at all
_LETTERS = re.compile(r"[jn]+$")
_REFERS = re.compile(
    r"\b(?:nedan|vidare|bifogat|bifogar|enligt|kopierar|klistrar|under här)\b", re.IGNORECASE
)
_WHOM = frozenset(
    {
        Sort.ROW, Sort.NUMBER, Sort.ALL, Sort.BOTH, Sort.NONE, Sort.REST, Sort.SHE, Sort.THEY,
        Sort.SOMEONE, Sort.OTHER, Sort.EXCEPT, Sort.UNCHANGED, Sort.COUNT, Sort.PEOPLE,
    }
)  # fmt: skip
_LEADING = frozenset(
    {
        Sort.YES, Sort.NO, Sort.STAY, Sort.LEFT, Sort.LEAVES, Sort.ENDED, Sort.LEAVE, Sort.WORKS,
        Sort.MOVED, Sort.IS, Sort.NOT, Sort.RIGHT, Sort.LINE,
    }
)  # fmt: skip
_ANSWERS = (
    Sort.YES,
    Sort.NO,
    Sort.STAY,
    Sort.LEFT,
    Sort.RIGHT,
    Sort.LEAVE,
    Sort.IS,
    Sort.ENDED,
    Sort.LEAVES,
)
_MARKS = frozenset({Sort.COMMA, Sort.LINE, Sort.END, Sort.AND, Sort.FILL})
