"""Small pictures on the terminal, by the protocols of kitty and of sixel. Knows no case."""

from __future__ import annotations

import base64
import io
import os
import re
import select
import sys
import termios
import tty
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby

from PIL import Image

_CHUNK = 4096  # bytes of base64 in one escape (kitty's graphics protocol)
_BAND = 6  # rows of pixels in a line of sixels
_COLOURS = 16
_WIDEST = 900  # pixels: about a terminal's width
_PATIENCE = 0.3  # seconds for the terminal's answer


class Picture(StrEnum):
    """How pictures are shown."""

    AUTO = "auto"
    KITTY = "kitty"
    SIXEL = "sixel"
    PATH = "path"
    NONE = "none"


def chosen(wanted: Picture, environment: Mapping[str, str], *, terminal: bool) -> Picture:
    """Return how to show pictures: *wanted*, or what this terminal can do."""
    if wanted is not Picture.AUTO:
        return wanted
    if not terminal or environment.get("TMUX") or environment.get("STY"):
        return Picture.PATH
    named = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "").casefold()
    if environment.get("KITTY_WINDOW_ID") or named[0] in ("xterm-kitty", "xterm-ghostty"):
        return Picture.KITTY
    if named[1] in ("ghostty", "wezterm"):
        return Picture.KITTY
    if named[0].startswith(("foot", "mlterm", "contour")) or "sixel" in named[0]:
        return Picture.SIXEL
    return Picture.SIXEL if _answers_sixel() else Picture.PATH


def drawn(content: bytes, how: Picture) -> str:
    """Return the escapes that draw the picture file *content*."""
    return kitty(content) if how is Picture.KITTY else sixel(content)


def kitty(content: bytes) -> str:
    """Return a PNG as kitty's escapes: base64 in chunks, drawn where the cursor stands."""
    text = base64.standard_b64encode(_png(content)).decode("ascii")
    pieces = [text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK)]
    out = []
    for place, piece in enumerate(pieces):
        first = "f=100,a=T," if place == 0 else ""
        more = int(place < len(pieces) - 1)
        out.append(f"\x1b_G{first}m={more};{piece}\x1b\\")
    return "".join(out)


def sixel(content: bytes) -> str:
    """Return a picture as sixels: a palette, then bands of six rows, colour by colour."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((_WIDEST, _WIDEST))
    paletted = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    wide, high = paletted.size
    colours = paletted.getpalette() or []
    used = sorted({int(v) for v in paletted.tobytes()})
    head = "".join(
        f"#{c};2;" + ";".join(str(round(v * 100 / 255)) for v in colours[3 * c : 3 * c + 3])
        for c in used
    )
    rows = [paletted.tobytes()[y * wide : (y + 1) * wide] for y in range(high)]
    bands = [_band(rows[y : y + _BAND]) for y in range(0, high, _BAND)]
    return f'\x1bPq"1;1;{wide};{high}{head}{"-".join(bands)}\x1b\\'


def _band(rows: list[bytes]) -> str:
    return "$".join(
        f"#{colour}{''.join(_runs(colour, rows))}" for colour in sorted({*b"".join(rows)})
    )


def _runs(colour: int, rows: list[bytes]) -> Iterator[str]:
    """Yield the sixels of one colour, runs of four and more counted."""
    bits = [sum((row[x] == colour) << y for y, row in enumerate(rows)) for x in range(len(rows[0]))]
    for value, run in groupby(bits):
        letter, count = chr(63 + value), len([*run])
        yield f"!{count}{letter}" if count > 3 else letter * count  # noqa: PLR2004


def _png(content: bytes) -> bytes:
    if content.startswith(b"\x89PNG"):
        return content
    with Image.open(io.BytesIO(content)) as picture:
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()


def _answers_sixel() -> bool:
    """Ask the terminal what it can do (DA1); what does not answer in time can't."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    answer = b""
    try:
        tty.setcbreak(keyboard)
        os.write(sys.stdout.fileno(), b"\x1b[c")
        while not answer.endswith(b"c") and select.select([keyboard], [], [], _PATIENCE)[0]:
            answer += os.read(keyboard, 64)
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    return can_sixel(answer)


def can_sixel(answer: bytes) -> bool:
    """Tell whether a terminal's answer to DA1 names sixels, attribute 4."""
    found = re.search(rb"\x1b\[\?([\d;]+)c", answer)
    return found is not None and b"4" in found[1].split(b";")
