"""Names that are mostly written with marks over their letters: read without, they are doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from bot.domain.values import name_key
from parsers.scan.proof import folded

_LIST = Path(__file__).with_name("marked_names.txt")
_WORD = re.compile(r"[^\W\d_]+")


def lacks_marks(name: str) -> bool:
    """Tell whether a word of *name* is one of the listed names without its marks."""
    known = _by_plain()
    return any(
        (spellings := known.get(folded(word))) is not None and word not in spellings
        for word in _WORD.findall(name_key(name))
    )


def bears_out(name: str, others: Iterable[str]) -> bool:
    """Tell whether *name*'s marks are those of listed names, and *others*' marks of none.

    Åkesson is a name and Äkesson is not: between two readers that settles it.
    """
    known = {word for words in _by_plain().values() for word in words}
    own = _WORD.findall(name_key(name))
    marked = [word for word in own if word != folded(word)]
    rivals = {w for other in others for w in _WORD.findall(name_key(other))} - set(own)
    return bool(marked) and known.issuperset(marked) and rivals.isdisjoint(known)


@cache
def _by_plain() -> Mapping[str, frozenset[str]]:
    """Return the listed names by their letters without marks."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    words = {w for line in lines if not line.startswith("#") for w in line.split()}
    plain = {folded(word) for word in words}
    return {key: frozenset(w for w in words if folded(w) == key) for key in plain}
