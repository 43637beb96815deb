"""The blank as it is printed: ticks in their squares, the code on a fax, another office's words."""

from __future__ import annotations

import io

import numpy as np
import pdfplumber
import pypdfium2
import pytest
import segno

from bot.adapters.blank.__main__ import EXAMPLE
from bot.adapters.blank.layout import current
from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.pen import MM
from bot.adapters.blank.plan import Tick
from bot.adapters.blank.write import write_blank


def words(content: bytes) -> str:
    """Return the words of the page as a reader sees them, values included."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    page = document[0]
    page.flatten()
    return str(document[0].get_textpage().get_text_bounded())


def picture(content: bytes, *, scale: float) -> np.ndarray:
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return np.asarray(document[0].render(scale=scale, grayscale=True).to_numpy()).squeeze()


def test_ticks_are_crossed_inside_their_boxes():
    empty, ticked = (
        picture(write_blank(EXAMPLE, prefill=p), scale=300 / 72)
        for p in ({}, {"reserve_reasons": ("foreign", "lost_card"), "protected": True})
    )
    for tick in (e for e in current().entries() if isinstance(e, Tick)):
        x0, y0, x1, y1 = (round(v * 300 / 25.4) for v in _corners(tick))
        ink = (ticked[y0:y1, x0:x1] < 128).mean() - (empty[y0:y1, x0:x1] < 128).mean()
        wanted = tick.acro in {"orsak_utlandsk", "orsak_forlorat", "kryss_skydd"}
        assert (ink > 0.08) == wanted, tick.acro
    assert ((ticked < 128) & (empty >= 128)).sum() < 3 * (3.3 * 300 / 25.4) ** 2


def _corners(tick: Tick) -> tuple[float, float, float, float]:
    return tick.box.x0, tick.box.y0, tick.box.x1, tick.box.y1


@pytest.mark.parametrize("unit_id", ["", "V112", "SE2321000016-4T5K"])
@pytest.mark.parametrize("dpi", [(150, 150), (204, 98)])
def test_the_code_says_form_edition_and_unit_even_on_a_fax(unit_id, dpi):
    payload = "EK-1/2026-11" + (f"/{unit_id}" if unit_id else "")
    modules = np.array([list(r) for r in segno.make_qr(payload, error="m").matrix]) == 1
    fine = picture(write_blank(EXAMPLE, unit_id=unit_id), scale=612 / 72)
    box = current().code
    side = (box.x1 - box.x0) / len(modules)
    assert box.x1 - box.x0 >= 12
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            spot = [box.x0 + (x + 0.5) * side, box.y0 + (y + 0.5) * side]
            half = [25.4 / d / 2 for d in dpi]  # one pixel of the coarse picture
            x0, x1 = (round((spot[0] + s * half[0]) * 612 / 25.4) for s in (-1, 1))
            y0, y1 = (round((spot[1] + s * half[1]) * 612 / 25.4) for s in (-1, 1))
            assert (fine[y0:y1, x0:x1].mean() < 128) == dark
    quiet = picture(write_blank(OfficeFacts("K" * 60, "m" * 60 + "@k.example")), scale=2)
    around = [v * 2 * MM for v in (box.x0 - 2.8, box.y0 - 2.8, box.x1 + 2.8, box.y1 + 2.8)]
    a0, b0, a1, b1 = (round(v) for v in around)
    inner = [round(v * 2 * MM) for v in (box.x0, box.y0, box.x1, box.y1)]
    zone = quiet[b0:b1, a0:a1].copy()
    zone[inner[1] - b0 : inner[3] - b0 + 1, inner[0] - a0 : inner[2] - a0 + 1] = 255
    assert zone.min() > 200


def test_another_office_prints_its_own_name():
    office = OfficeFacts("Upplands Väsby kommun", "ek@vasby.example", "08-465 004 11")
    seen = words(write_blank(office))
    assert seen.count("ek@vasby.example") == 2
    assert "Upplands Väsby kommun är personuppgiftsansvarig" in " ".join(seen.split())
    assert "08-465 004 11" in seen
    assert "Järfälla" not in seen


@pytest.mark.parametrize(
    ("name", "municipality"),
    [
        ("Lokala EK, Järfälla kommun", "Järfälla kommun"),
        ("Lokala EK i Järfälla kommun", "Järfälla kommun"),
        ("Lokala EK", "Lokala EK"),
        (" Solna stad ", "Solna stad"),
    ],
)
def test_the_name_in_letters_tells_municipality_from_department(name, municipality):
    office = OfficeFacts(name, "ek@k.example")
    assert office.municipality == municipality
    lines = words(write_blank(office)).splitlines()
    assert [line.strip() for line in lines[:2]] == [municipality, "Lokala EK"]


def test_words_on_the_page_fit_the_page():
    office = OfficeFacts("Ett mycket långt kommunnamn i Sverige " * 2, "x" * 50 + "@k.example")
    chars = pdfplumber.open(io.BytesIO(write_blank(office))).pages[0].chars
    assert max(c["x1"] for c in chars) <= 195.1 * MM
    assert min(c["x0"] for c in chars) >= 14.9 * MM
    texts: dict[int, list[dict]] = {}
    for char in chars:
        texts.setdefault(char["mcid"], []).append(char)
    ends = {"Fyll i": current().intro.y1, "Så beh": current().privacy.y1}
    lowest = {
        "".join(c["text"] for c in text)[:6]: max(c["bottom"] for c in text)
        for text in texts.values()
    }
    for start, end in ends.items():
        assert lowest[start] < (end + 0.8) * MM
