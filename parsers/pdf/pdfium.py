"""The one door to pdfium, whose Python face has no types. Adds nothing to it."""

from __future__ import annotations

from typing import Any

import pypdfium2
from pypdfium2 import raw as _raw

raw: Any = _raw
PdfDocument: Any = pypdfium2.PdfDocument
