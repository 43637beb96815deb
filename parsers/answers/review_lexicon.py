"""Finds the longest known phrase at a place of a reply. Knows no names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from parsers.answers.review_decisions import DECISIONS
from parsers.answers.review_fillers import CHAT, CONTEXT, COURTESY, SERVICE
from parsers.answers.review_names import fold, one_off
from parsers.answers.review_phrases import PHRASES
from parsers.answers.review_signs import SIGNS
from parsers.answers.review_sorts import Sort

_LONGEST = 7  # words of a phrase


def _table() -> dict[tuple[str, ...], Sort]:
    found: dict[tuple[str, ...], Sort] = {}
    for sort, text in ((Sort.SERVES, SERVICE), (Sort.FILL, CHAT), (Sort.FILL, CONTEXT)):
        found |= dict.fromkeys(_phrases(text), sort)
    found |= dict.fromkeys(_phrases(COURTESY), Sort.FILL)
    for sort, text in (*SIGNS.items(), *DECISIONS.items(), *PHRASES.items()):
        found |= dict.fromkeys(_phrases(text), sort)
    return found


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(fold(p).split()) for p in text.replace("\n", "|").split("|") if p.strip()]


_PHRASES = _table()
_TWO = 2  # words after which a phrase is looked for no further
_SHORT = 6  # letters; shorter words look like too many
_FIRM = {
    w: _PHRASES[(w,)]
    for w in [
        "slutat",
        "slutade",
        "slutar",
        "avslutad",
        "avslutat",
        "flyttat",
        "flyttade",
        "pension",
        "foraldraledig",
        "mammaledig",
        "tjanstledig",
        "sjukskriven",
        "arbetar",
        "anstalld",
        "stammer",
        "fortsatter",
        "stannar",
        "lamnat",
    ]
}
_BEGINS = frozenset(p[:1] for p in _PHRASES if len(p) > 1) | frozenset(
    p[:2] for p in _PHRASES if len(p) > _TWO
)


@lru_cache(maxsize=20_000)
def slipped(word: str) -> Sort | None:
    """Return what a word is that differs by one letter from one that answers: slutde, kavr."""
    if len(word) < _SHORT or (word,) in _PHRASES:
        return None
    found = {s for known, s in _FIRM.items() if known[0] == word[0] and one_off(word, known)}
    return found.pop() if len(found) == 1 else None


def phrase(words: Sequence[str], at: int) -> tuple[int, Sort] | None:
    """Return the end and the sort of the longest phrase of folded *words* at *at*."""
    best: tuple[int, Sort] | None = None
    for end in range(at + 1, min(len(words), at + _LONGEST) + 1):
        key = tuple(words[at:end])
        sort = _PHRASES.get(key)
        if sort is not None:
            best = (end, sort)
        if end - at <= _TWO and key not in _BEGINS:
            break
    return best
