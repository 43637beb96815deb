"""A clerk's word on letters that wait: «släpp» and nothing that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers import words
from parsers.answers.fresh import Piece

_GO = re.compile(
    r"(?:(?:hej|ja|japp|jo|absolut|ok|okej|okay)[\s,.!]*)*"
    r"(?:(?:då |du kan |ni kan |var så god och )?(?:släpp|slapp|skicka|sänd|kör)(?:a|er)?"
    r"(?:\s+(?:dem|dom|breven|brevet|alla|allt|på|iväg|ut|nu|granskningen|dem alla))*)?[\s.!]*",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"\b(?:ja|japp|jo|släpp\w*|slapp|skicka\w*|sänd\w*|kör\w*|ok|okej)\b", re.IGNORECASE
)


def says_go(pieces: Sequence[Piece]) -> bool:
    """Tell whether the new words of a reply let the letters go, whole and without a but."""
    found = False
    for piece in pieces:
        if piece.foreign:
            return False
        for line in piece.lines:
            text = words.without_filler(line.strip())
            if words.is_filler(text):
                continue
            if not _GO.fullmatch(text):
                return False
            found = found or _WORD.search(text) is not None
    return found
