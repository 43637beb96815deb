"""Peers: whole pages read by others, each value sought beside or below its label."""

from __future__ import annotations

import difflib
import importlib.util
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence
from tesserocr import OEM, PSM, RIL, PyTessBaseAPI, iterate_level

from bench.scans.blanks import own
from bench.scans.orders import TODAY
from bench.scans.reading import Answer
from parsers.forms.definition import TextSpec
from parsers.forms.values import normalise
from parsers.scan.readers.models import verified
from parsers.settings import Settings
from tests.filled import units

_DPI = 200.0
_ALIKE = 0.75  # of a label's letters
_BELOW = 3.2  # label heights in which a value stands below its label
Reader = Callable[[Path], list[Answer]]


@dataclass(frozen=True)
class Piece:
    """Words in a line that stand near each other, and where (px)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def tesseract_page(path: Path) -> list[Answer]:
    """Read *path* with Tesseract's own layout analysis."""
    return [_answer(path, _tesseract(page, PSM.AUTO)) for page in _pages(path)]


def tesseract_sparse(path: Path) -> list[Answer]:
    """Read *path* with Tesseract's search for sparse text."""
    return [_answer(path, _tesseract(page, PSM.SPARSE_TEXT)) for page in _pages(path)]


def rapidocr(path: Path) -> list[Answer]:
    """Read *path* with rapidocr's own pipeline."""
    return [_answer(path, _rapid(page)) for page in _pages(path)]


def peers() -> dict[str, Reader]:
    """Return the peers that can be run here."""
    found: dict[str, Reader] = {
        "Tesseract, whole page (psm 3)": tesseract_page,
        "Tesseract, sparse text (psm 11)": tesseract_sparse,
    }
    if importlib.util.find_spec("rapidocr") is not None:
        found["rapidocr's own pipeline"] = rapidocr
    return found


def _pages(path: Path) -> list[Image.Image]:
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)  # type: ignore[no-untyped-call]
        return [page.render(scale=_DPI / 72).to_pil().convert("L") for page in pdf]
    pages = []
    for frame in ImageSequence.Iterator(Image.open(io.BytesIO(path.read_bytes()))):
        across, down = frame.info.get("dpi", (1, 1))
        page = ImageOps.exif_transpose(frame).convert("L")
        if across != down:
            page = page.resize((page.width, round(page.height * across / down)))
        pages.append(page)
    return pages


@lru_cache(maxsize=2)
def _engine(psm: int) -> PyTessBaseAPI:
    folder = verified("swe.traineddata").parent
    return PyTessBaseAPI(path=str(folder), lang="swe+eng", psm=psm, oem=OEM.LSTM_ONLY)


def _tesseract(page: Image.Image, psm: int) -> list[Piece]:
    engine = _engine(psm)
    engine.SetImage(page)
    engine.Recognize()
    return _joined([
        Piece(word.GetUTF8Text(RIL.WORD), *word.BoundingBox(RIL.WORD))
        for word in iterate_level(engine.GetIterator(), RIL.WORD)
        if not word.Empty(RIL.WORD) and word.GetUTF8Text(RIL.WORD).strip()
    ])  # fmt: skip


@lru_cache(maxsize=1)
def _rapid_engine() -> Any:  # noqa: ANN401 - the package may not be there
    return importlib.import_module("rapidocr").RapidOCR()


def _rapid(page: Image.Image) -> list[Piece]:
    found = _rapid_engine()(np.asarray(page.convert("RGB")))
    if found.boxes is None:
        return []
    pieces = []
    for box, text in zip(found.boxes, found.txts, strict=True):
        (x0, y0), (x1, y1) = np.min(box, 0), np.max(box, 0)
        pieces.append(Piece(text, float(x0), float(y0), float(x1), float(y1)))
    return pieces


def _joined(words: Sequence[Piece]) -> list[Piece]:
    """Put words of a line together while the gaps are narrow."""
    pieces: list[Piece] = []
    for word in words:
        last = pieces[-1] if pieces else None
        high = word.y1 - word.y0
        near = last is not None and -high < word.x0 - last.x1 < high
        if last is not None and near and abs(last.y1 - word.y1) < 0.6 * high:
            pieces[-1] = Piece(f"{last.text} {word.text}", last.x0, min(last.y0, word.y0), word.x1,
                               max(last.y1, word.y1))  # fmt: skip
        else:
            pieces.append(word)
    return pieces


def _answer(path: Path, pieces: Sequence[Piece]) -> Answer:
    """Return the values found by their labels, as an answer like ours; it judges nothing."""
    specs = own()[0].fields
    labels = {s.key: piece for s in specs if (piece := _label(s, pieces)) is not None}
    settings = Settings(today=TODAY, form_paths=(), units=units())
    fields = {}
    for spec in specs:
        piece = labels.get(spec.key)
        text = None if piece is None else _value(piece, pieces, [*labels.values()])
        value = None if text is None else normalise(text, spec.kind, settings).value
        fields[spec.key] = {"value": value, "state": "unsure", "confidence": 0.0}
    verdict = "ask" if labels else "reject"
    return {"file": path.name, "fields": fields, "signed": "unsure", "verdict": verdict}


def _label(spec: TextSpec, pieces: Sequence[Piece]) -> Piece | None:
    def like(piece: Piece) -> float:
        return difflib.SequenceMatcher(None, _bare(piece.text), _bare(spec.label)).ratio()

    best = max(pieces, key=like, default=None)
    return best if best is not None and like(best) >= _ALIKE else None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def _value(label: Piece, pieces: Sequence[Piece], labels: Sequence[Piece]) -> str | None:
    high = label.y1 - label.y0
    others = [p for p in pieces if p not in labels]
    right = min((p.x0 for p in labels if p.x0 > label.x1 and abs(p.y0 - label.y0) < high),
                default=float("inf"))  # fmt: skip
    below = [p for p in others if label.x0 - 2 * high < p.x0 < right
             and label.y1 - 0.3 * high < (p.y0 + p.y1) / 2 < label.y1 + _BELOW * high]  # fmt: skip
    beside = [p for p in others if p.x0 >= label.x1 and abs(p.y1 - label.y1) < 0.8 * high]
    found = min(below, key=lambda p: (p.y0, p.x0), default=None)
    found = found or min(beside, key=lambda p: p.x0, default=None)
    return None if found is None else found.text
