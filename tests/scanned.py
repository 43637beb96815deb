"""Filled forms as scanners, faxes and cameras deliver them, made on the fly. Holds no test.

Pages are uint8 greys [height, width]. Letters are Helvetica's or a stroke font's drawn here, so
that nothing is fetched. The wider variety, for measuring, is ``bench/scans``.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from bot.domain.forms import Box
from tests.filled import EDITION, Sign, Values, definition, fill_flat
from tests.paper import MM, saved

Grey = npt.NDArray[np.uint8]
FAX = (204.0, 98.0)  # dpi across and down; the fine mode has 196 down
_FAX_WIDE = 1728

# Each letter's strokes on a grid 4 wide and 6 high, "x y" pairs; a space lifts the pen.
_STROKES = {
    "A": "002640 1232", "B": "00063645331404 033342410000", "C": "46160500 001040",
    "D": "00062645412000", "E": "46060040 0333", "F": "460600 0333", "G": "4616050110414323",
    "H": "0006 4046 0343", "I": "2026", "J": "46411001", "K": "0006 460340", "L": "060040",
    "M": "0006234640", "N": "00064046", "O": "10010516364541301000", "P": "0006364544340303",
    "Q": "1001051636454130 2240", "R": "000636454434033340", "S": "4536160504133342413000",
    "T": "0646 2620", "U": "060110304146", "V": "062046", "W": "0610233046", "X": "0046 0640",
    "Y": "062346 2320", "Z": "06460040", "0": "10010516364541301000", "1": "152620 1030",
    "2": "051636454401 014000 40", "3": "05163645342313 2332413010", "4": "3036 360242",
    "5": "4606033342413010", "6": "46160501103041423303", "7": "064620", "8": "132335361615132332413010011213",
    "9": "431304051636454130", "-": "1333", ".": "202121", "@": "33241322334445361605011030", ":": "2121 2424",
    "_": "0040", "'": "2524", "/": "0046", "+": "2125 0343", ",": "2110", "(": "36141230", ")": "16343210",
}  # fmt: skip
_MARKS = {"\u0308": ((1, 7), (3, 7)), "\u030a": ((2, 7.6),), "\u0301": ((2.6, 7.6),), "\u0300": ((1.4, 7.6),)}  # fmt: skip


def scanned(
    values: Values, *, hand: Literal["typed", "pen"] = "typed", sign: Sign = "ink",
    edition: str = EDITION, tick: Any = "cross", size: float = 9.5, **captured_as: Any,
) -> Grey:  # fmt: skip
    """Return the blank filled with *values* as a page; *captured_as* goes to :func:`captured`."""
    return captured(filled(values, hand=hand, sign=sign, edition=edition, tick=tick, size=size),
                    **captured_as)  # fmt: skip


def filled(
    values: Values, *, hand: Literal["typed", "pen"] = "typed", sign: Sign = "ink",
    edition: str = EDITION, tick: Any = "cross", size: float = 9.5, extra: str = "",
) -> bytes:  # fmt: skip
    """Return the flat blank filled by machine or in block letters by pen, as a PDF."""
    if hand == "typed":
        return fill_flat(values, sign=sign, edition=edition, tick=tick, size=size, extra=extra)
    fields = {f.key: f.value for f in definition(edition).fields}
    ops = [penned(fields[k], str(v)) for k, v in values.items() if k in fields and v]
    ticked = {k: v for k, v in values.items() if k not in fields}
    return fill_flat(ticked, sign=sign, edition=edition, tick=tick, extra="\n".join([*ops, extra]))


def penned(box: Box, text: str, *, high: float = 3.0, width: float = 1.1) -> str:
    """Return the strokes of *text* in block letters, *high* mm, at the bottom left of *box*."""
    unit = min(high / 6, (box.x1 - box.x0 - 2) / (6 * max(1, len(text))))
    ops = [f"q 0 0 .45 RG {width} w 1 J 1 j"]
    for n, letter in enumerate(unicodedata.normalize("NFC", text.upper())):
        x, y = box.x0 + 1.5 + n * 6 * unit, box.y1 - 1.2
        base, *marks = unicodedata.normalize("NFD", letter)
        for stroke in _STROKES.get(base, "").split():
            points = [(int(stroke[i]), int(stroke[i + 1])) for i in range(0, len(stroke) - 1, 2)]
            ops.append(_path([(x + px * unit, y - py * unit) for px, py in points]))
        for mark in marks:
            for px, py in _MARKS.get(mark, ()):
                at = (x + px * unit, y - py * unit)
                ops.append(_path([at, (at[0] + 0.3 * unit, at[1] - 0.3 * unit)]))
    return "\n".join([*ops, "Q"])


def _path(points: Sequence[tuple[float, float]]) -> str:
    parts = [
        f"{x * MM:.2f} {(297 - y) * MM:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points)
    ]
    return " ".join([*parts, "S"])


def drawn(content: bytes, *, dpi: float = 200, page: int = 0) -> Grey:
    """Return page *page* (from 0) of a PDF drawn at *dpi*, annotations too."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        picture = pdf[page].render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
        return np.array(picture.to_numpy()).reshape(picture.height, picture.width)
    finally:
        pdf.close()


def captured(
    content: bytes, *, dpi: float = 200, turn: int = 0, skew: float = 0.0, fit: float = 1.0,
    noise: float = 0.0, blur: float = 0.0, paper: int = 255, ink: float = 1.0, seed: int = 1,
) -> Grey:  # fmt: skip
    """Return a PDF's first page as a scanner delivers it.

    *turn*: quarter turns anticlockwise; *skew*: degrees; *fit*: the share it is shrunk to;
    *noise*: standard deviation in grey levels; *blur*: sigma in px; *paper*: the sheet's grey;
    *ink*: how dark black comes out, 0 to 1.
    """
    page = askew(drawn(content, dpi=dpi), skew, fit=fit)
    if blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), blur), np.uint8)
    toned = paper - (255 - page.astype(np.float32)) * ink * paper / 255
    return np.ascontiguousarray(np.rot90(noisy(_byte(toned), noise, seed=seed), turn))


def askew(page: Grey, degrees: float, *, fit: float = 1.0) -> Grey:
    """Turn *page* by *degrees* and shrink it to *fit* about its middle; white comes in."""
    if not degrees and fit == 1.0:
        return page
    high, wide = page.shape
    move = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, fit)
    flags = cv2.INTER_AREA if fit < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(page, move, (wide, high), flags=flags, borderValue=255),
                      np.uint8)  # fmt: skip


def noisy(page: Grey, amount: float, *, seed: int = 1) -> Grey:
    """Add grain with the standard deviation *amount* (grey levels)."""
    if not amount:
        return page
    grain = np.random.default_rng(seed).normal(0, amount, page.shape)
    return _byte(page + grain)


def photographed(page: Grey, *, lean: float = 0.06, margin: float = 0.08, shadow: float = 0.35,
                 table: int = 90, seed: int = 1) -> Grey:  # fmt: skip
    """Return *page* photographed on a table: in perspective, a shadow over one side.

    *lean*: how far corners stray, as a share of the width; *margin*: table around the sheet;
    *shadow*: how much light is lost at the dark edge.
    """
    random = np.random.default_rng(seed)
    high, wide = page.shape
    rim = margin * wide
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    seen = corners + rim + random.uniform(-lean, lean, (4, 2)) * wide
    move = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    size = (int(wide + 2 * rim), int(high + 2 * rim))
    shot = cv2.warpPerspective(page, move, size, flags=cv2.INTER_LINEAR, borderValue=table)
    light = np.linspace(1.0, 1.0 - shadow, size[0], dtype=np.float32)
    return noisy(_byte(shot.astype(np.float32) * 0.92 * light), 3, seed=seed)


def faxed(page: Grey, *, fine: bool = False, seed: int = 1) -> Grey:
    """Return *page* as a fax machine sends it: 1728 px wide, 98 (196) lines an inch, 0 or 255.

    The pixels are not square: give :func:`as_tiff` ``dpi=FAX``, or ``(204, 196)`` when *fine*.
    """
    lines = round(page.shape[0] / page.shape[1] * _FAX_WIDE * (196 if fine else 98) / 204)
    small = cv2.resize(page, (_FAX_WIDE, lines), interpolation=cv2.INTER_AREA)
    salt = np.random.default_rng(seed).random(small.shape) < 0.0005
    return np.where((small > 170) ^ salt, 255, 0).astype(np.uint8)


def as_pdf(pages: Sequence[Grey], *, dpi: float = 200, rotate: int = 0, quality: int = 0) -> bytes:
    """Return a PDF with one picture a page; *quality* 1 to 100 makes it JPEG, 0 keeps it exact."""
    out = pikepdf.new()
    for page in pages:
        high, wide = page.shape
        look = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high,
                          ColorSpace=Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
        if quality:
            look.Filter = Name.DCTDecode
            picture = pikepdf.Stream(out, as_jpeg(page, quality=quality), look)
        else:
            look.Filter = Name.FlateDecode
            picture = pikepdf.Stream(out, zlib.compress(page.tobytes(), 1), look)
        size = (wide * 72 / dpi, high * 72 / dpi)
        fresh = out.add_blank_page(page_size=size)
        fresh.obj.Resources = Dictionary(XObject=Dictionary(P=out.make_indirect(picture)))
        fresh.obj.Contents = out.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /P Do Q".encode())
        fresh.obj.MediaBox = Array([0, 0, *size])
        if rotate:
            fresh.obj.Rotate = rotate
    return saved(out)


def as_tiff(
    pages: Sequence[Grey], *, dpi: float | tuple[float, float] = 200, bilevel: bool = False
) -> bytes:
    """Return a TIFF of *pages*: CCITT G4 when *bilevel*, else LZW."""
    pictures = [Image.fromarray(p) for p in pages]
    if bilevel:
        pictures = [p.convert("1", dither=Image.Dither.NONE) for p in pictures]
    out = io.BytesIO()
    pictures[0].save(
        out, "TIFF", save_all=True, append_images=pictures[1:],
        compression="group4" if bilevel else "tiff_lzw",
        dpi=dpi if isinstance(dpi, tuple) else (dpi, dpi),
    )  # fmt: skip
    return out.getvalue()


def as_jpeg(
    page: Grey, *, quality: int = 80, exif_turn: int = 1, dpi: float | None = None
) -> bytes:
    """Return *page* as JPEG; *exif_turn* 3, 6 or 8 stores it turned and says so in EXIF."""
    quarters = {1: 0, 3: 2, 6: 1, 8: 3}[exif_turn]
    picture = Image.fromarray(np.ascontiguousarray(np.rot90(page, quarters)))
    exif = Image.Exif()
    exif[0x0112] = exif_turn
    out = io.BytesIO()
    more: dict[str, Any] = {"dpi": (dpi, dpi)} if dpi else {}
    picture.save(out, "JPEG", quality=quality, exif=exif, **more)
    return out.getvalue()


def as_png(page: Grey, *, dpi: float | None = None) -> bytes:
    """Return *page* as PNG."""
    out = io.BytesIO()
    more: dict[str, Any] = {"dpi": (dpi, dpi)} if dpi else {}
    Image.fromarray(page).save(out, "PNG", compress_level=1, **more)
    return out.getvalue()


def _byte(page: npt.NDArray[Any]) -> Grey:
    return np.clip(np.rint(page), 0, 255).astype(np.uint8)
