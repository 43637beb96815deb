"""From a net's letter chances, step by step along a line, to texts. Knows no net and no picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLANK = 0  # the column that means "no new letter"
_TOP = 3  # letters looked at in a step
_FAINT = 1e-4  # a letter less likely than this is not looked at
_WIDTH = 12  # texts kept from step to step


def beam(
    chances: NDArray[np.float32], letters: Sequence[str], count: int = 6
) -> tuple[tuple[str, float], ...]:
    """Return the *count* likeliest texts with their chances, likeliest first.

    *chances* is [steps, letters], column ``BLANK`` for no letter; *letters* names the columns.
    """
    held: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}  # ends blank, ends letter
    for step in chances:
        held = _stepped(held, step)
    scored = sorted(((sum(both), text) for text, both in held.items()), reverse=True)
    return tuple(
        ("".join(letters[index] for index in text), min(float(score), 1.0))
        for score, text in scored[:count]
    )


def _stepped(
    held: dict[tuple[int, ...], tuple[float, float]], step: NDArray[np.float32]
) -> dict[tuple[int, ...], tuple[float, float]]:
    top = np.argpartition(step, -_TOP)[-_TOP:] if len(step) > _TOP else np.arange(len(step))
    looked = [(int(index), float(step[index])) for index in top if step[index] > _FAINT]
    blank = max(float(step[BLANK]), _FAINT)
    after: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text, (at_blank, at_letter) in held.items():
        both = at_blank + at_letter
        after[text][0] += both * blank
        for index, chance in looked:
            if index == BLANK:
                continue
            if text and text[-1] == index:
                after[text][1] += at_letter * chance
                after[*text, index][1] += at_blank * chance
            else:
                after[*text, index][1] += both * chance
    best = sorted(after.items(), key=lambda item: sum(item[1]), reverse=True)[:_WIDTH]
    return {text: (pair[0], pair[1]) for text, pair in best}


def spans(chances: NDArray[np.float32]) -> tuple[tuple[int, int], ...]:
    """Return the steps (first, after the last) of each letter of the greedy text."""
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return tuple((int(a), int(b)) for a, b in pairwise(edges) if best[a] != BLANK)
