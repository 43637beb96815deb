"""Faces with every Latin letter, and a field's text drawn in one of them. Judges no value.

What comes with ReportLab lacks most letters of Polish and others (ś, ę, ő …); names are written
with the letters they have. Both faces lie in ``fonts`` beside this file.
"""

from __future__ import annotations

import io
from pathlib import Path

from pikepdf import Dictionary, Object, Pdf
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

LATIN, LATIN_BOLD = "EKLatin", "EKLatin-Bold"
CAP_HEIGHT = 0.729  # per point of size
_FACES = ((LATIN, "DejaVuSans-Latin.ttf"), (LATIN_BOLD, "DejaVuSans-Bold-Latin.ttf"))

for _name, _file in _FACES:
    registerFont(TTFont(_name, str(Path(__file__).with_name("fonts") / _file)))


def has_letters(text: str) -> bool:
    """Tell whether the faces have every letter of *text*."""
    glyphs = getFont(LATIN).face.charToGlyph
    return all(ord(letter) in glyphs for letter in text)


def drawn(
    pdf: Pdf, text: str, size: float, *, squeeze: float, at: tuple[float, float]
) -> tuple[bytes, Object]:
    """Return the operators that write *text* from the point *at*, and the fonts they name.

    The face goes into *pdf* with the letters used and what they mean, so that what is printed or
    flattened can be read and copied. The colour is the caller's.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName=LATIN)
    words = canvas.beginText(*at)
    words.setFont(LATIN, size)
    words.setHorizScale(squeeze * 100)
    words.textOut(text)
    canvas.drawText(words)
    canvas.showPage()
    canvas.save()
    with Pdf.open(buffer) as made:
        page = made.pages[0].obj
        fonts = Dictionary(
            {name: pdf.copy_foreign(font) for name, font in page.Resources.Font.items()}
        )
        return page.Contents.read_bytes(), fonts
