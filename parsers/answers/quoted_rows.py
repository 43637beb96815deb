"""Rows with handles ("K-17  Förlorat kort: …") in letters, found again in a quotation of them.

A quoted line belongs to a row only while the row's own text holds it. Understands no answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

_BELOW = 2  # lines of a row below a handle that stands alone
_ROW = re.compile(r"^([KC]-[1-9][0-9]{0,6})(?=$|[\s:.,])")


class Rows:
    """The rows of *letters*, each with its handle."""

    def __init__(self, letters: Sequence[str]) -> None:
        """Take the letters as their readers see them."""
        self._texts: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}  # what stands beside the handle
        outside = {_joined(line) for letter in letters for line in _outside(letter)}
        for letter in letters:
            for handle, lines in _rows(letter, outside):
                self._texts.setdefault(handle, []).append(f" {_joined(' '.join(lines))} ")
                known = self.titles.get(handle, "")
                self.titles[handle] = f"{known} {_title(lines)}".strip()

    def after(self, quoted: Iterable[tuple[int, str]], handle: str) -> str:
        """Return the handle that holds after *quoted* words (line and word), *handle* before."""
        by_line: dict[int, list[str]] = {}
        for line, word in quoted:
            by_line.setdefault(line, []).append(word)
        for words in by_line.values():
            first = _ROW.match(words[0])
            if first and first[1] in self._texts:
                handle = first[1]
            said = " ".join(w for word in words if (w := _plain(word)))
            if said and not any(f" {said} " in text for text in self._texts.get(handle, ())):
                handle = ""
        return handle


def _plain(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word.casefold())


def _joined(line: str) -> str:
    return " ".join(w for word in line.split() if (w := _plain(word)))


def _title(lines: Sequence[str]) -> str:
    """Return what stands beside the handle, or below it where it stands alone."""
    return " ".join(lines[:2]) if _ROW.fullmatch(lines[0]) else lines[0]


def _parts(letter: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's handle and lines, and "" with each line outside the rows.

    In text, what belongs to a row is indented below it; in HTML as words, the handle stands alone,
    with a title and one line more below it.
    """
    handle, lines, more = "", list[str](), 0
    for raw in letter.splitlines():
        line = raw.strip()
        found = _ROW.match(line)
        inside = bool(handle and line and not found) and (
            raw[:1].isspace() if more < 0 else more > 0
        )
        if inside:
            lines.append(line)
            more -= 1
            continue
        if handle:
            yield handle, lines
            handle = ""
        if found:
            handle, lines = found[1], [line]
            more = _BELOW if found.end() == len(line) else -1
        elif line:
            yield "", [line]
    if handle:
        yield handle, lines


def _outside(letter: str) -> Iterator[str]:
    yield from (lines[0] for handle, lines in _parts(letter) if not handle)


def _rows(letter: str, outside: Container[str]) -> Iterator[tuple[str, list[str]]]:
    for handle, lines in _parts(letter):
        end = next((n for n, line in enumerate(lines) if n and _joined(line) in outside), None)
        if handle:
            yield handle, lines[:end]
