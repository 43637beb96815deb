"""A mail letter's plain text as blocks to set on paper. Draws nothing.

Every line of our letters is a whole sentence or row: nothing in them is wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["text", "head", "fact", "point", "number"]
_FACT = re.compile(r"  (?P<label>[^:]{1,60}): +(?P<text>\S.*)")
_POINT = re.compile(r" *[-–•] +(?P<text>\S.*)")
_NUMBER = re.compile(r" *(?P<label>\d{1,3}\.) +(?P<text>\S.*)")
_HEAD = 60  # characters at most
_NO_HEAD_ENDS = ".!:;,"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: *label* is a fact's or a number; *near* belongs to the line before it."""

    kind: Kind
    text: str
    label: str = ""
    near: bool = False


def blocks(paragraphs: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of *paragraphs*, each one or more lines of a letter's text."""
    found = [block for text in paragraphs for part in text.split("\n\n") for block in _of(part)]
    ends = [*found[1:], Block("text", "")]
    return tuple(
        Block("text", one.text, near=one.near) if one.kind == "head" and not _heads(after) else one
        for one, after in zip(found, ends, strict=True)
    )


def runs(found: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield *found* in runs: neighbouring rows of facts or of one list, anything else alone."""
    run: list[Block] = []
    for before, block in pairwise((Block("text", ""), *found)):
        if run and (block.kind != before.kind or block.kind in {"text", "head"}):
            yield tuple(run)
            run = []
        run.append(block)
    if run:
        yield tuple(run)


def _of(paragraph: str) -> Iterator[Block]:
    lines = [line.rstrip() for line in paragraph.splitlines() if line.strip()]
    for n, line in enumerate(lines):
        near = n > 0
        if fact := _FACT.fullmatch(line):
            yield Block("fact", fact["text"], fact["label"].strip(), near=near)
        elif number := _NUMBER.fullmatch(line):
            yield Block("number", number["text"], number["label"], near=near)
        elif point := _POINT.fullmatch(line):
            yield Block("point", point["text"], near=near)
        else:
            # A short line above others is a heading when it asks, or stands alone.
            asks = line.endswith("?") and not near
            alone = len(lines) == 1 and line[-1] not in _NO_HEAD_ENDS
            head = len(line) <= _HEAD and (asks or alone)
            yield Block("head" if head else "text", line.strip(), near=near)


def _heads(after: Block) -> bool:
    """Tell whether something that a heading can stand above comes next."""
    return bool(after.text) and after.kind != "head"
