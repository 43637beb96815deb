"""Greetings before an answer and the name after it, cut away. Cuts nothing that could answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from parsers.answers.given_names import GIVEN

_WRAPPED = 55  # characters; a line as long as that, without a mark at its end, goes on in the next
_PARTS_OF_NAME = 3
_HELLO = re.compile(
    r"(?i:hej|hejsan|hallå|hello|hi|dear|god morgon|god dag)(?i: igen| på er)?"
    r"(?P<names>(?: [A-ZÅÄÖÉ][\w-]+){1,3})(?=\s*[,!.:]|\s*$)"
)
_GREETINGS = (
    r"(?:med )?(?:vänliga?|bästa|varma?|soliga) hälsning(?:ar)?(?: från)?|mvh|m\.v\.h\.?|vh"
    r"|hälsningar(?: från)?|hälsning|hälsn|hälsar|(?:kind |best )?regards"
)
_BYE = re.compile(
    rf"(?:^|(?<=[\s,.!?]))(?:(?i:{_GREETINGS})[\s,:/]*|//? ?|(?P<dash>[-–] ?))"
    r"(?P<names>(?:[\w.-]+ ?){0,3})[.!]?$"
)


@dataclass(frozen=True, slots=True)
class Manners:
    """What is politeness, for a reader that takes the words *means* for its own."""

    means: Callable[[str], bool]  # tells whether a word is one that could answer
    names: Collection[str] = ()  # parts of names that are sure to be names, lower case

    def cut(self, line: str) -> str:
        """Return *line* without "Hej Eva!" before it and "Mvh Lena" after it."""
        hello = _HELLO.match(line)
        if hello and self._are_names(hello["names"]):
            line = line[hello.end() :]
        bye = _BYE.search(line)
        sure = bye is not None and (not bye["dash"] or self.known(bye["names"]))
        if bye and sure and self._are_names(bye["names"]):
            return line[: bye.start()]
        parts = line.split()
        signed = 0 < len(parts) <= _PARTS_OF_NAME and self.known(parts[0])
        return "" if signed and self._are_names(line) else line

    def known(self, word: str) -> bool:
        """Tell whether *word* is a name for sure."""
        plain = word.casefold().strip(" .,!")
        return plain in self.names or plain in GIVEN

    def _are_names(self, text: str) -> bool:
        return all(
            self.known(w) or (w[:1].isupper() and w[:2].isalpha() and not self.means(w))
            for w in text.split()
        )


def whole(lines: Sequence[str]) -> Iterator[str]:
    """Yield whole lines: a mail program wraps them where it likes."""
    before = ""
    for raw in lines:
        line = " ".join(raw.split())
        if len(before) >= _WRAPPED and line[:1].islower():
            before = f"{before} {line}"
            continue
        if before:
            yield before
        before = line
    if before:
        yield before
