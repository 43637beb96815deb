"""What printers and mail rooms do to a PDF: shrink, turn, crop, put together. Holds no test."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary

MM = 72 / 25.4


def printed(content: bytes, *, scale: float = 1.0, shift: tuple[float, float] = (0, 0),
            turn: int = 0, size: tuple[float, float] = (210, 297)) -> bytes:  # fmt: skip
    """Print every page of *content* to a new PDF: shrunk, shifted (mm), turned by quarters."""
    out = pikepdf.new()
    with pikepdf.open(io.BytesIO(content)) as source:
        if "/AcroForm" in source.Root:
            source.generate_appearance_streams()
        lay_down(source)
        for page in source.pages:
            seen = out.copy_foreign(page.as_form_xobject())
            wide, high = (v * MM for v in size)
            cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn % 4]
            x = (0, wide, wide, 0)[turn % 4] + shift[0] * MM
            y = (0, 0, high, high)[turn % 4] + shift[1] * MM
            matrix = f"{cos * scale} {sin * scale} {-sin * scale} {cos * scale} {x:.3f} {y:.3f} cm"
            fresh = out.add_blank_page(page_size=(wide, high))
            fresh.obj.Resources = Dictionary(XObject=Dictionary(P=seen))
            fresh.obj.Contents = out.make_stream(f"q {matrix} /P Do Q".encode())
        return saved(out)


def rotated(content: bytes, degrees: int) -> bytes:
    """Give every page a /Rotate."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.obj.Rotate = degrees
        return saved(pdf)


def cropped(content: bytes, offset: float = 100.0) -> bytes:
    """Put every page on a larger sheet with a CropBox around it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            box = [float(v) for v in page.mediabox]
            page.obj.MediaBox = Array([-offset, -offset, box[2] + offset, box[3] + offset])
            page.obj.CropBox = Array(box)
        return saved(pdf)


def joined(*contents: bytes, blank_between: bool = False) -> bytes:
    """Put several files into one, with empty back pages when asked."""
    out = pikepdf.new()
    for content in contents:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            out.pages.extend(pdf.pages)
        if blank_between:
            out.add_blank_page(page_size=(210 * MM, 297 * MM))
    return saved(out)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file that *pdf* is saved as, the same each time."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def lay_down(pdf: pikepdf.Pdf) -> None:
    """Make fields and annotations part of their pages."""
    pdf.flatten_annotations("all")
    for page in pdf.pages:  # what has no ink is left behind
        if "/Annots" in page.obj:
            del page.obj.Annots
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
