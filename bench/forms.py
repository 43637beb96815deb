"""Milliseconds per form, AcroForm and flat text, beside two libraries' bare text extraction."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2

from bench.rows import Row, seconds
from bot.domain.forms import Content
from parsers.reading import Settings, read_file

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "golden" / "forms" / "vector"
SETTINGS = Settings(today=date(2026, 11, 23), form_paths=(ROOT / "templates" / "forms",))


def measure() -> list[Row]:
    files = {p.name: p.read_bytes() for p in sorted(SAMPLES.glob("*.pdf"))}
    acro = {n: c for n, c in files.items() if "acro" in n}
    flat = {n: c for n, c in files.items() if "typed" in n or "annot" in n}
    rows = []
    for name, group in (("AcroForm", acro), ("flat text", flat)):
        ours = seconds(lambda group=group: _ours(group)) / len(group) * 1000
        plumber = seconds(lambda group=group: _plumber(group), 3) / len(group) * 1000
        pdfium = seconds(lambda group=group: _pdfium(group)) / len(group) * 1000
        note = f"{len(group)} forms; all fields, ticks, signature"
        rows.append(Row(f"{name} beside pdfplumber extract_words", ours, plumber, "ms/form", note))
        rows.append(Row(f"{name} beside pypdfium2 text", ours, pdfium, "ms/form", note))
    return rows


def _ours(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        reading = read_file(name, content, SETTINGS)
        if reading.content is not Content.FORMS:
            raise RuntimeError(f"{name}: {reading.content}")


def _plumber(files: dict[str, bytes]) -> None:
    for content in files.values():
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                page.extract_words()


def _pdfium(files: dict[str, bytes]) -> None:
    for content in files.values():
        pdf = pypdfium2.PdfDocument(content)
        for page in pdf:
            page.get_textpage().get_text_bounded()
        pdf.close()
