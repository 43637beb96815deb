"""Which day belongs to what is said, and the sorts of words that answer. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

STAYS = frozenset({Sort.YES, Sort.RIGHT, Sort.STAY, Sort.WORKS, Sort.LEAVE, Sort.UNCHANGED})
GONE = frozenset({Sort.NO, Sort.LEFT, Sort.REMOVE, Sort.DEAD})
TIMED = frozenset({Sort.LEAVES, Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE})
MOVING = frozenset({Sort.MOVED, Sort.MOVES})
DOUBTFUL = frozenset(
    {Sort.IF, Sort.DOUBT, Sort.NEVER, Sort.ASKED, Sort.NOT_MINE, Sort.NEW, Sort.STRUCK}
)
ANSWERS = STAYS | GONE | TIMED | MOVING
_MARKED = (Sort.COMMA, Sort.LINE, Sort.AND, Sort.BUT, Sort.COLON)
_THINGS = (Sort.UNKNOWN, Sort.SERVES, Sort.CAPITAL, Sort.OTHER, Sort.WE, Sort.PEOPLE, Sort.NEW)

_HOURS = re.compile(
    r"tid$|^\d|procent|halv|hel|schema|timm|natt|kvall|dag|helg|tillsvidare|titel|fast"
)

CAUSES = frozenset(
    {"nar", "eftersom", "da", "pga", "for att", "efter att", "p g a", "pa grund av",
     "i samband med"}
)  # fmt: skip

WORKPLACE = re.compile(
    r"(?:tjansten|skolan|boendet|enheten|gruppen|teamet|koket|huset|avdelningen)$"
)

_DOINGS = re.compile(
    r"avtack|tarta|fika|blomm|fest|kort|lon$|nyck|vakan|vikari|utlys|rekryt|ersatt"
)


def _sort(tokens: Sequence[Token], at: int) -> Sort | None:
    return tokens[at].sort if at < len(tokens) else None


def apart(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a day stands in a remark of its own: slutar, avtackning 18/12."""
    start = at
    while start and tokens[start - 1].sort not in _MARKED:
        start -= 1
    things = any(_DOINGS.search(t.plain) for t in tokens[start:at])
    if start and things:
        return True
    if not start or any(t.sort in ANSWERS for t in tokens[start:at]):
        return False
    return any(t.sort in _THINGS for t in tokens[start:at])


def began(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a day is that on which somebody began."""
    for earlier in reversed(tokens[:at]):
        if earlier.sort in ANSWERS:
            return False
        if earlier.sort in (Sort.BEGAN, Sort.NEW) or earlier.plain.startswith("ersatt"):
            return True
    return False


def of_hours(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a change is of working hours: byter till 75 %."""
    if _sort(tokens, at + 1) is not Sort.SERVES:
        return False
    told = tokens[at].plain.endswith(("till", "pa"))
    return told and _HOURS.search(tokens[at + 1].plain) is not None


def abroad(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether somebody moves to another town, which says nothing of her work."""
    if not tokens[at].plain.startswith("flytta"):
        return False
    near = tokens[at : at + 4]
    return any(
        t.sort is Sort.TOWN and near[n - 1].sort is not Sort.CAPITAL
        for n, t in enumerate(near)
        if n
    )


def goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether where somebody has moved goes on behind the comma at *at*."""
    after = _sort(tokens, at + 1)
    new = _sort(tokens, at + 2) is Sort.CHIEF and tokens[at + 1].plain in ("ny", "nya")
    return (
        new
        or after in (Sort.CHIEF, Sort.AT)
        or (after is Sort.IS and _sort(tokens, at + 2) is Sort.AT)
    )
