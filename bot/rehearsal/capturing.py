"""A filled form as it comes out of a scanner, a camera or a fax machine. Reads nothing."""

from __future__ import annotations

import io
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

Grey = npt.NDArray[np.uint8]

_DPI = 200
_FAX_DPI = 204
_A4 = (595, 842)  # points
_WHITE, _TABLE, _GREY = 255, 90, 170


class Capture(StrEnum):
    """How a form on paper became a file."""

    SCAN = "scan"
    PHOTO = "photo"
    FAX = "fax"


SUFFIX = {Capture.SCAN: "pdf", Capture.PHOTO: "jpg", Capture.FAX: "tif"}


def captured(content: bytes, how: Capture, seed: int) -> bytes:
    """Return the first page of a PDF captured: a PDF of one JPEG, a JPEG, or a TIFF in black."""
    chance = np.random.default_rng(seed)
    match how:
        case Capture.SCAN:
            page = _noisy(_askew(_drawn(content, _DPI), chance.uniform(-0.6, 0.6)), 4, chance)
            return _as_pdf(_jpeg(page))
        case Capture.PHOTO:
            return _jpeg(_photographed(_drawn(content, _DPI), chance))
        case Capture.FAX:
            return _as_fax(_drawn(content, _FAX_DPI))


def _drawn(content: bytes, dpi: int) -> Grey:
    pdf: Any = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    try:
        picture = pdf[0].render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
        return np.array(picture.to_numpy()).reshape(picture.height, picture.width)
    finally:
        pdf.close()


def _askew(page: Grey, degrees: float) -> Grey:
    high, wide = page.shape
    move = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, move, (wide, high), borderValue=_WHITE), np.uint8)


def _photographed(page: Grey, chance: np.random.Generator) -> Grey:
    """Return the sheet on a dark table, in perspective, one side in shadow."""
    high, wide = page.shape
    rim = 0.06 * wide
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    seen = (corners + rim + chance.uniform(-0.03, 0.03, (4, 2)) * wide).astype(np.float32)
    size = (int(wide + 2 * rim), int(high + 2 * rim))
    move = cv2.getPerspectiveTransform(corners, seen)
    shot = cv2.warpPerspective(page, move, size, borderValue=_TABLE)
    light = np.linspace(1.0, 0.75, size[0], dtype=np.float32)
    return _noisy(np.asarray(shot * 0.94 * light, np.uint8), 3, chance)


def _noisy(page: Grey, amount: int, chance: np.random.Generator) -> Grey:
    grain = chance.integers(-2 * amount, 2 * amount + 1, page.shape, np.int8)
    return np.asarray(np.clip(page.astype(np.int16) + grain, 0, _WHITE), np.uint8)


def _jpeg(page: Grey) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=82, dpi=(_DPI, _DPI))
    return out.getvalue()


def _as_fax(page: Grey) -> bytes:
    out = io.BytesIO()
    black = Image.fromarray(np.where(page > _GREY, _WHITE, 0).astype(np.uint8)).convert("1")
    black.save(out, "TIFF", compression="group4", dpi=(_FAX_DPI, _FAX_DPI))
    return out.getvalue()


def _as_pdf(jpeg: bytes) -> bytes:
    wide, high = Image.open(io.BytesIO(jpeg)).size
    pdf = pikepdf.new()
    picture = pdf.make_indirect(
        pikepdf.Stream(
            pdf, jpeg, Type=Name.XObject, Subtype=Name.Image, Width=wide, Height=high,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
        )
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=_A4)
    page.obj.MediaBox = Array([0, 0, *_A4])
    page.obj.Resources = Dictionary(XObject=Dictionary(P=picture))
    page.obj.Contents = pdf.make_stream(f"q {_A4[0]} 0 0 {_A4[1]} 0 0 cm /P Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
