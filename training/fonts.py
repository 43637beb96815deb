"""Which font file may draw which text, and for which split."""

from __future__ import annotations

import logging
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont

from parsers.scan.readers.letters import ALPHABET

Split = Literal["train", "held"]
Style = Literal["hand", "print"]
UNICASE = 0.87  # small letters nearly as tall as capitals are capitals
_PAIRS = ("Aa", "Ee", "Rr", "Ss", "Nn")
logging.getLogger("fontTools").setLevel(logging.ERROR)
TABLE = Path(__file__).with_name("fonts.toml")
_TAIL = re.compile(
    r"(?:regular|bold|italic|oblique|light|medium|semi|demi|extra|book|roman|latin|web|normal|otf"
    r"|ttf|it|rg|bd|\d+|r|b|i|bi|ri|rb|ofl|std|display)*"
)


@dataclass(frozen=True, slots=True)
class Font:
    """One file of a family; *letters* are those that it truly draws."""

    path: Path
    family: str
    style: Style
    joined: bool
    capitals: bool  # its small letters are drawn as capitals, so it writes block letters only
    letters: frozenset[str]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _letters(path: Path) -> tuple[frozenset[str], bool]:
    """Return the letters that the file maps to a glyph with ink, and if it knows capitals only.

    A mapped but empty ring-A is worse than none: it teaches that Å looks like nothing.
    """
    try:
        font = TTFont(path, fontNumber=0, lazy=True)
        mapped, glyphs = font.getBestCmap() or {}, font.getGlyphSet()
        found = {" "}
        shapes: dict[str, tuple[float, ...]] = {}
        for letter in ALPHABET:
            name = mapped.get(ord(letter))
            if name is None:
                continue
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            if pen.bounds is not None:
                shapes[letter] = tuple(pen.bounds)
                found.add(letter)
    except (TTLibError, KeyError, AssertionError, AttributeError, OSError, ValueError):
        return frozenset(), False
    bare = {"Å": "A", "Ä": "A", "Ö": "O", "É": "E", "å": "a", "ä": "a", "ö": "o", "é": "e"}
    flat = {marked for marked, base in bare.items() if shapes.get(marked) == shapes.get(base)}
    tall = sorted(_height(shapes, pair[1]) / max(_height(shapes, pair[0]), 1) for pair in _PAIRS)
    return frozenset(found - flat), tall[len(tall) // 2] > UNICASE


def _height(shapes: dict[str, tuple[float, ...]], letter: str) -> float:
    bounds = shapes.get(letter, (0, 0, 0, 0))
    return bounds[3] - bounds[1]


@lru_cache
def families() -> dict[str, tuple[Split, Style]]:
    """Return every family that may be used, with its split and style."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    held = {name: ("held", style) for style in ("hand", "print") for name in table["held"][style]}
    both = {
        name: ("train", style) for style in ("hand", "print") for name in table[style]["families"]
    }
    if shared := held.keys() & both.keys():
        raise ValueError(f"held-out families must not be trained on: {sorted(shared)}")
    return {**held, **both}  # type: ignore[dict-item]  # the literals widen to str


def load(folder: Path, split: Split) -> list[Font]:
    """Return the usable fonts under *folder*, in a settled order.

    A font that lacks digits or plain letters is left out; one that only lacks accents stays
    and is given texts without them.
    """
    joined = set(tomllib.loads(TABLE.read_text(encoding="utf-8"))["hand"]["joined"])
    known = {_plain(name): (name, *row) for name, row in families().items()}
    needed = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
    fonts = []
    seen: set[str] = set()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".ttf", ".otf"}):
        row = _family(_plain(path.stem), known)
        if row is None or row[1] != split or path.stem in seen:
            continue
        letters, capitals = _letters(path)
        if needed <= letters and _drawable(path):
            seen.add(path.stem)
            fonts.append(Font(path, row[0], row[2], row[0] in joined, capitals, letters))
    return fonts


def _drawable(path: Path) -> bool:
    """Tell if FreeType draws the font; some old hints run for ever and are refused."""
    try:
        return all(ImageFont.truetype(str(path), size).getbbox("Hå8")[3] > 0 for size in (40, 100))
    except OSError:
        return False


def _family(
    stem: str, known: dict[str, tuple[str, Split, Style]]
) -> tuple[str, Split, Style] | None:
    for end in range(len(stem), 2, -1):
        if stem[:end] in known and _TAIL.fullmatch(stem[end:]):
            return known[stem[:end]]
    return None
