"""Which of the places around each label is its own, for the page as a whole.

An office draws all its fields alike, so the side on which most labels find a place of their own is
the page's way; labels that find none there are looked at again among themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.forms import Box
from parsers.forms.places import Side

_ROUNDS = 4
_LINES = (Side.BESIDE_LINE, Side.ABOVE_LINE, Side.UNDER_LINE)
_FEW = 3  # labels: fewer tell no way
_MOST = 0.6  # of the labels have an empty cell beside or below: what else would it be for?
_RIVALS = {
    Side.BELOW: Side.ABOVE, Side.ABOVE: Side.BELOW,
    Side.ABOVE_LINE: Side.UNDER_LINE, Side.UNDER_LINE: Side.ABOVE_LINE,
}  # fmt: skip

Offers = dict[Side, Box]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for one field, and whether it is the only one that makes sense."""

    box: Box
    sure: bool
    line: bool = False  # no frame but a line to write on


def choose(offered: Mapping[K, Offers]) -> dict[K, Choice]:
    """Return the place of each label that has one."""
    left = {key: dict(offers) for key, offers in offered.items() if offers}
    chosen: dict[K, Choice] = {}
    for _round in range(_ROUNDS):
        way = _way(list(left.values()))
        if way is None:
            break
        claims = Counter(offers[way] for offers in left.values() if way in offers)
        mine = {k: o for k, o in left.items() if way in o and claims[o[way]] == 1}
        taken = {o[way] for o in mine.values()}
        won = {k for k, o in mine.items() if not _is_contested(way, o, taken)}
        chosen |= {key: Choice(mine[key][way], sure=True, line=way in _LINES) for key in won}
        taken = {choice.box for choice in chosen.values()}
        left = {
            key: free for key, offers in left.items() if key not in won
            if (free := {s: b for s, b in offers.items() if b not in taken})
        }  # fmt: skip
        if not won:
            break
    claims = Counter(box for offers in left.values() for box in set(offers.values()))
    for key, offers in left.items():
        side, box = next(iter(offers.items()))
        chosen[key] = Choice(box, len(offers) == 1 and claims[box] == 1, side in _LINES)
    return chosen


def _way(offers: Sequence[Offers]) -> Side | None:
    """Return the side on which most labels have a place that no other label claims."""
    if len(offers) < _FEW:
        return None
    alone: Counter[Side] = Counter()
    for side in Side:
        claims = Counter(o[side] for o in offers if side in o)
        alone[side] = sum(times == 1 for times in claims.values())
    for side, rival in ((Side.RIGHT, Side.LEFT), (Side.BELOW, Side.ABOVE)):
        if alone[side] >= _MOST * len(offers) and alone[side] > alone[rival]:
            return side
    best = max(Side, key=lambda side: alone[side])
    if alone[best] < _FEW:
        return None
    return None if alone[best] == alone.get(_RIVALS.get(best, Side.LEFT), 0) else best


def _is_contested(way: Side, offers: Offers, taken: AbstractSet[Box]) -> bool:
    """Tell whether a label that fills its cell has an empty cell of its own beside or below."""
    if way is not Side.INSIDE:
        return False
    return any(offers[s] not in taken for s in (Side.RIGHT, Side.BELOW) if s in offers)
