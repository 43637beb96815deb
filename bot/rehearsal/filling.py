"""The office's own blank, typed on and signed, for made-up people. Reads nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from bot.domain.forms import Box, Value
from parsers.forms.definition import Definition, load

_MM = 72 / 25.4  # points
_HIGH = 297  # mm, A4
_EDITION = "2026-09"


class Blank:
    """The blank in use, ready to be filled."""

    def __init__(self, forms: Path) -> None:
        """Take the folder of form definitions."""
        self._definition = _load(forms)
        self._flat = (forms / "ek-1" / f"{_EDITION}.pdf").read_bytes()

    def filled(self, values: Mapping[str, Value], *, signed: bool = True) -> bytes:
        """Return the blank with *values* typed and ticked on it, with a pen's signature."""
        with pikepdf.open(io.BytesIO(self._flat)) as pdf:
            page = pdf.pages[0]
            page.obj.Resources.Font["/FHelv"] = pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                           Encoding=Name.WinAnsiEncoding)
            )  # fmt: skip
            strokes = [
                _typed(spec.value, str(values[spec.key]))
                for spec in self._definition.fields
                if values.get(spec.key)
            ]
            strokes += [
                _cross(box.box)
                for box in self._definition.ticks
                if box.value in _chosen(values.get(box.key))
            ]
            page.contents_add(pdf.make_stream("\n".join(strokes).encode("cp1252")))
            if signed:
                _sign(pdf, page, self._definition.signature.box)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()


@lru_cache
def _load(forms: Path) -> Definition:
    return next(d for d in load(forms) if d.version == _EDITION)


def _chosen(value: Value) -> tuple[object, ...]:
    if value is None or value is False:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _typed(box: Box, text: str) -> str:
    x, y = box.x0 * _MM + 3, (_HIGH - box.y1) * _MM + 5
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT 0 g /FHelv 9.5 Tf {x:.2f} {y:.2f} Td ({escaped}) Tj ET"


def _cross(box: Box) -> str:
    x0, y0 = box.x0 * _MM + 1, (_HIGH - box.y1) * _MM + 1
    x1, y1 = box.x1 * _MM - 1, (_HIGH - box.y0) * _MM - 1
    return f"0 0 .6 RG 1 w {x0} {y0} m {x1} {y1} l {x0} {y1} m {x1} {y0} l S"


def _sign(pdf: pikepdf.Pdf, page: pikepdf.Page, box: Box) -> None:
    """Draw strokes as a pen leaves them, as the mark-up of a PDF program."""
    x, y = box.x0 * _MM + 60, (_HIGH - box.y1) * _MM + 12
    points = [(x + 8 * n, y + (20 if n % 2 else 2) + (n * 7) % 11) for n in range(18)]
    path = " ".join(f"{px:.1f} {py:.1f} {'l' if n else 'm'}" for n, (px, py) in enumerate(points))
    area = Array([box.x0 * _MM, (_HIGH - box.y1) * _MM, box.x1 * _MM, (_HIGH - box.y0) * _MM])
    look = pdf.make_stream(
        f"0 0 .5 RG 1.2 w 1 J {path} S".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=area
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.Ink, Rect=area, F=4, AP=Dictionary(N=look))
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(pdf.make_indirect(note))
