"""How a reply is laid out: places beside the quotation, tables, legends. Understands nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parsers.answers.review_lexicon import phrase
from parsers.answers.review_manners import without_manners
from parsers.answers.review_names import fold
from parsers.answers.review_quote import Line, Parted, Quoted
from parsers.answers.review_sorts import Sort

_WHOLE = 1_000  # characters of a line that is made whole; a longer one stays in parts
_WRAPPED = 60  # characters; a line as long as that may go on in the next
_LEGEND = re.compile(
    r"(?:^|(?<=[\s,;.(]))([^\s=,;.()\d]{1,2}|kryss|ja|nej|gr[öo]n[at]?|r[öo]d[at]?|gul[at]?|bl[åa]tt?)\s*(?:="
    r"|betyder)\s*([^=,;.()]+?)(?=\s*(?:[,;.()]|$|\s\S{1,2}\s*=))",
    re.IGNORECASE,
)
_STAYS = frozenset({Sort.STAY, Sort.WORKS, Sort.RIGHT, Sort.YES})
_GONE = frozenset({Sort.LEFT, Sort.NO, Sort.ENDED, Sort.REMOVE})


@dataclass(frozen=True, slots=True)
class Block:
    """Lines typed in one place; *under* is the quoted row right above or beside them."""

    lines: tuple[Line, ...]
    under: int | None = None
    above: tuple[int, ...] = ()  # the rows quoted right above, without a word between
    lists: tuple[int, ...] = ()  # the rows quoted right below


def blocks(apart: Parted, names: Sequence[str], is_listed: Callable[[str], bool]) -> list[Block]:
    """Return what was typed, place by place, without manners."""
    groups: list[tuple[list[int | None], list[Line]]] = [([], [])]
    for item in apart.items:
        if isinstance(item, Quoted):
            if groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(item.row)
        else:
            groups[-1][1].append(item)
    found = []
    for n, (above, lines) in enumerate(groups):
        below = groups[n + 1][0] if n + 1 < len(groups) else []
        kept = _joined(without_manners(lines, names, is_listed))
        if kept:
            under = above[-1] if above else None
            found.append(Block(kept, under, _tail(above), _head(below)))
    return found


def above_rows(apart: Parted, found: Sequence[Block]) -> bool:
    """Tell whether each answer stands above its row: one before the first, none after the last."""
    last = apart.items[-1] if apart.items else None
    if not isinstance(last, Quoted) or last.row is None:
        return False
    first = next((b for b in found if b.lists and not b.above), None)
    if first is None or len(found) < 2:  # noqa: PLR2004 - one is no row of answers
        return False
    headed = any(line.text.rstrip().endswith(":") for b in found for line in b.lines)
    return not headed and all(len(b.lists) == 1 for b in found)


def _tail(rows: Sequence[int | None]) -> tuple[int, ...]:
    found: list[int] = []
    for row in reversed(rows):
        if row is None:
            break
        found.append(row)
    return tuple(reversed(found))


def _head(rows: Sequence[int | None]) -> tuple[int, ...]:
    return tuple(reversed(_tail(tuple(reversed(rows)))))


def _joined(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return *lines* with those that a mail program broke made whole."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if (
            last is not None and _WRAPPED <= len(last.text) <= _WHOLE and line.text[:1].islower()
            and line.place == last.place + 1 and line.row is None
        ) or (last is not None and _breaks(last, line)):  # fmt: skip
            found[-1] = Line(
                f"{last.text} {line.text}", last.row, last.ahead, last.foreign, line.place
            )
        else:
            found.append(line)
    return tuple(found)


def legend(texts: Sequence[str]) -> tuple[Mapping[str, Sort], frozenset[str]]:
    """Return what marks mean by the writer's own legend, and the lines that it stands on."""
    marks: dict[str, Sort] = {}
    lines = set()
    for text in texts:
        for found in _LEGEND.finditer(text):
            sort = meaning(found[2])
            if sort is not None:
                mark = "x" if found[1].casefold() == "kryss" else found[1].casefold()
                marks[mark] = sort
                lines.add(text)
    if "ja" in marks and "nej" not in marks and marks["ja"] is Sort.LEFT:
        marks["nej"] = Sort.STAY  # "ja betyder att de slutat"
    return marks, frozenset(lines)


def meaning(text: str) -> Sort | None:
    """Return what the title of a column, or a legend, says of whom it marks."""
    words = [fold(w) for w in re.findall(r"[^\W_]+", text)]
    sorts = set()
    at = 0
    while at < len(words):
        known = phrase(words, at)
        sorts |= {known[1]} if known else set()
        at = known[0] if known else at + 1
    gone = bool(sorts & _GONE) or (Sort.NOT in sorts and bool(sorts & _STAYS))
    if gone and sorts & _STAYS and Sort.NOT not in sorts:
        return None
    if gone:
        return Sort.LEFT
    if sorts & _STAYS:
        return Sort.STAY
    return Sort.LEAVE if Sort.LEAVE in sorts else None


_OPEN_END = re.compile(
    r"(?:^|\s)(?:utom|förutom|eller|att|om|inte|till|på|som|utan|hos|med|förlängt till)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(?:till|t\.o\.m|tom|utan|respektive|resp|utom|förutom)\b")


def _breaks(last: Line, line: Line) -> bool:
    """Tell whether a sentence is broken between two lines: "… utom" / "Johan"."""
    near = line.place == last.place + 1 and line.row is None and last.row is None
    return near and bool(_OPEN_END.search(last.text) or _GOES_ON.match(line.text))
