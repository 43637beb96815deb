"""Rows with handles ("K-17  Förlorat kort: …") in letters, found again in a quotation of them.

A quoted line belongs to a row only while the row's own text holds it. Understands no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_ROW = re.compile(r"^([KC]-[1-9][0-9]{0,6})(?=$|[\s:.,])")


class Rows:
    """The rows of *letters*, each with its handle."""

    def __init__(self, letters: Sequence[str]) -> None:
        """Take the letters as their readers see them."""
        self._texts: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}  # what stands beside the handle
        for letter in letters:
            for handle, lines in _rows(letter):
                words = [w for line in lines for word in line.split() if (w := _plain(word))]
                self._texts.setdefault(handle, []).append(f" {' '.join(words)} ")
                known = self.titles.get(handle, "")
                self.titles[handle] = f"{known} {lines[0]}".strip()

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


def _rows(letter: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each row: its line, and those below down to an empty one."""
    handle, lines = "", list[str]()
    for raw in letter.splitlines():
        found = _ROW.match(raw.strip())
        if handle and (found or not raw.strip()):
            yield handle, lines
            handle, lines = "", []
        if found:
            handle = found[1]
        if handle:
            lines.append(raw.strip())
    if handle:
        yield handle, lines
