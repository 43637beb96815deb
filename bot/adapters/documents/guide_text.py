"""The words of the lathund, read from its TOML file. Draws nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step, or one box: a pictogram, what it shows, a title, paragraphs.

    Words between asterisks stand in bold.
    """

    picture: str
    alt: str
    title: str
    text: tuple[str, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class GuideText:
    """Everything that the lathund says."""

    edition: str
    title: str
    subtitle: str
    picture: str
    alt: str
    intro: str
    steps_title: str
    steps: tuple[Step, ...]
    boxes_title: str
    boxes: tuple[Step, ...]
    questions: str
    footer: str


def read_guide(path: Path) -> GuideText:
    """Return the words in the file at *path*.

    Raises:
        KeyError: something that the lathund needs is not in the file.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    plain = {key: str(table[key]) for key in _PLAIN}
    return GuideText(
        **plain,
        steps=tuple(map(_step, table["step"])),
        boxes=tuple(map(_step, table["box"])),
    )


_PLAIN = (
    "edition", "title", "subtitle", "picture", "alt", "intro", "steps_title", "boxes_title",
    "questions", "footer",
)  # fmt: skip


def _step(row: dict[str, Any]) -> Step:
    return Step(
        picture=row["picture"],
        alt=row["alt"],
        title=row["title"],
        text=tuple(row["text"]),
        urgent=bool(row.get("urgent")),
    )
