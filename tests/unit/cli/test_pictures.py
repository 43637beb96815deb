"""Pictures on the terminal: what is sent draws what the file shows, where the terminal can."""

from __future__ import annotations

import base64
import io
import os
import pty
import re
import select
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from bot.cli.pictures import Picture, can_sixel, chosen, kitty, sixel


def _png(wide: int = 37, high: int = 23, mode: str = "L") -> tuple[bytes, Image.Image]:
    """Return a picture of few shades whose size is no multiple of anything."""
    shades = np.zeros((high, wide), np.uint8)
    shades[:, ::3] = 255
    shades[5:11, 4:30] = 136
    shades[high - 1] = 68
    picture = Image.fromarray(shades).convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue(), picture


def _from_kitty(text: str) -> bytes:
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", text)
    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in pieces) == text
    assert pieces[0][0].startswith("f=100,a=T,")
    assert [keys[-1] for keys, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]
    assert all(len(data) <= 4096 for _, data in pieces)
    return base64.standard_b64decode("".join(data for _, data in pieces))


def _from_sixel(text: str) -> np.ndarray:
    """Draw sixels as a terminal does (DEC STD 070): palette, repeats, bands."""
    head = re.fullmatch(r'\x1bPq"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.DOTALL)
    assert head is not None
    wide, high = int(head[1]), int(head[2])
    page = np.full((high + 6, wide, 3), 255, np.uint8)
    palette: dict[int, list[int]] = {}
    x = y = colour = 0
    for token in re.findall(r"#\d+;2;\d+;\d+;\d+|#\d+|!\d+[?-~]|[?-~]|\$|-", head[3]):
        if token == "$":
            x = 0
        elif token == "-":
            x, y = 0, y + 6
        elif token.startswith("#"):
            colour, *rest = map(int, re.findall(r"\d+", token))
            if rest:
                palette[colour] = [round(v * 255 / 100) for v in rest[1:]]
        else:
            count = int(token[1:-1]) if token.startswith("!") else 1
            bits = ord(token[-1]) - 63
            for row in range(6):
                if bits >> row & 1:
                    page[y + row, x : x + count] = palette[colour]
            x += count
    return page[:high]


def test_kitty_is_sent_the_file_itself_in_pieces() -> None:
    random = np.random.default_rng(1).integers(0, 255, (90, 90), np.uint8)
    out = io.BytesIO()
    Image.fromarray(random).save(out, "PNG")
    sent = kitty(out.getvalue())
    assert sent.count("\x1b_G") > 1
    assert _from_kitty(sent) == out.getvalue()


def test_kitty_takes_a_photograph_too() -> None:
    _, picture = _png(mode="RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    with Image.open(io.BytesIO(_from_kitty(kitty(out.getvalue())))) as again:
        assert (again.format, again.size) == ("PNG", picture.size)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_sixels_draw_the_picture_pixel_for_pixel(mode: str) -> None:
    content, picture = _png(mode=mode)
    want = np.asarray(picture.convert("RGB")).astype(int)
    found = _from_sixel(sixel(content)).astype(int)
    assert found.shape == want.shape
    assert np.abs(found - want).max() <= 2  # the palette counts in percent


def test_a_wide_picture_is_made_to_fit() -> None:
    content, _ = _png(1800, 60)
    assert _from_sixel(sixel(content)).shape == (30, 900, 3)


@pytest.mark.parametrize(
    ("environment", "terminal", "found"),
    [
        ({"TERM": "xterm-kitty"}, True, Picture.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True, Picture.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True, Picture.KITTY),
        ({"TERM": "foot"}, True, Picture.SIXEL),
        ({"TERM": "mlterm"}, True, Picture.SIXEL),
        ({"TERM": "xterm-256color"}, True, Picture.PATH),  # nobody answers here
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, True, Picture.PATH),
        ({"TERM": "xterm-kitty"}, False, Picture.PATH),
    ],
)
def test_the_terminal_is_known_by_its_name(
    environment: dict[str, str], terminal: bool, found: Picture
) -> None:
    assert chosen(Picture.AUTO, environment, terminal=terminal) is found


@pytest.mark.parametrize("wanted", [p for p in Picture if p is not Picture.AUTO])
def test_what_was_asked_for_goes_before_what_was_found(wanted: Picture) -> None:
    assert chosen(wanted, {"TERM": "foot"}, terminal=False) is wanted


@pytest.mark.parametrize(
    ("answer", "can"),
    [
        (b"\x1b[?62;4;22c", True),
        (b"\x1b[?4c", True),
        (b"\x1b[?64;1;2;6;14;22c", False),
        (b"\x1b[?1;2c", False),
        (b"", False),
        (b"xx", False),
    ],
)
def test_the_answer_names_what_it_can(answer: bytes, can: bool) -> None:
    assert can_sixel(answer) is can


@pytest.mark.parametrize(("answer", "found"), [(b"\x1b[?62;4c", "sixel"), (b"", "path")])
def test_a_terminal_without_a_name_is_asked(answer: bytes, found: str) -> None:
    code = (
        "from bot.cli.pictures import Picture, chosen\n"
        "print('=', chosen(Picture.AUTO, {'TERM': 'xterm'}, terminal=True).value)"
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", code], stdin=theirs, stdout=theirs) as child:
        os.close(theirs)
        seen = b""
        while b"\n" not in seen and select.select([ours], [], [], 20)[0]:
            seen += os.read(ours, 1024)
            if seen.endswith(b"\x1b[c"):
                os.write(ours, answer)
        child.wait(20)
    os.close(ours)
    assert f"= {found}".encode() in seen
