"""Signed on paper or not: a pen's strokes sign, and nothing else is ever called ink."""

import numpy as np
import pytest

from bot.domain.forms import Signed
from parsers.scan.signing import read
from tests.unit.parsers.scan.inked import Inked


@pytest.fixture
def sheet():
    return Inked()


def box(sheet):
    return sheet.definition.signature.box


def middle(sheet):
    return (box(sheet).y0 + box(sheet).y1) / 2 + 1


@pytest.mark.parametrize("tone", [30, 120])
def test_a_signature_is_ink(sheet, tone):
    sheet.wave(60, middle(sheet), 40, 8, tone=tone)
    assert read(sheet.paper()) is Signed.INK


def test_initials_are_ink(sheet):
    assert read(sheet.wave(40, middle(sheet), 9, 5).paper()) is Signed.INK


def test_a_signature_that_sprawls_over_the_rim_and_the_print_below_is_ink(sheet):
    assert read(sheet.wave(60, box(sheet).y1 - 4, 50, 15).paper()) is Signed.INK


def test_a_pale_pencil_is_never_nothing(sheet):
    sheet.wave(60, middle(sheet), 40, 8, tone=222, width=0.3)
    assert read(sheet.paper()) is Signed.UNSURE


@pytest.mark.parametrize("noise", [0, 12])
def test_an_empty_box_is_unsigned(sheet, noise):
    assert read(sheet.paper(noise=noise)) is Signed.NONE


def test_specks_do_not_sign(sheet):
    places = np.random.default_rng(3).uniform((20, 226), (190, 241), (40, 2))
    for x, y in places:
        sheet.spot(float(x), float(y), 0.4)
    assert read(sheet.paper()) is Signed.NONE


@pytest.mark.parametrize("points", [[(0, 232), (210, 234)], [(90, 0), (91, 297)],
                                    [(20, 236), (110, 236.3)]])  # fmt: skip
def test_folds_and_rules_do_not_sign(sheet, points):
    assert read(sheet.line(points, width=0.3, tone=90).paper()) is Signed.NONE


def test_crossing_folds_do_not_sign(sheet):
    sheet.line([(0, 232), (210, 234)], tone=90).line([(90, 0), (91, 297)], tone=90)
    assert read(sheet.paper()) is not Signed.INK


def test_a_cups_rim_does_not_sign(sheet):
    sheet.ring(100, 225, 70, 70, width=0.9, tone=150)
    assert read(sheet.paper()) is not Signed.INK


def test_a_stamp_does_not_sign(sheet):
    sheet.ring(100, 233, 34, 34).ring(100, 233, 27, 27).typed(92, 233, "ANKOM")
    assert read(sheet.paper()) is not Signed.INK


def test_a_framed_stamp_does_not_sign(sheet):
    sheet.line([(60, 226), (110, 226), (110, 240), (60, 240), (60, 226)], width=0.6)
    sheet.typed(66, 232, "INKOM 2026-11").typed(66, 237, "DNR 117-2026")
    assert read(sheet.paper()) is not Signed.INK


def test_descenders_from_the_field_above_do_not_sign(sheet):
    top = box(sheet).y0
    for x in (40, 52, 70):
        sheet.line([(x, top - 5), (x, top + 1.6), (x - 1.4, top + 1.3)])
        sheet.line([(x - 3, top - 3), (x, top - 4), (x + 3, top - 3)])
    assert read(sheet.paper()) is Signed.NONE


def test_a_deep_stroke_from_above_is_doubtful(sheet):
    top = box(sheet).y0
    sheet.line([(40, top - 9), (40, top + 5), (38, top + 4), (42, top - 8)])
    assert read(sheet.paper()) is Signed.UNSURE


def test_a_typed_name_is_doubtful(sheet):
    assert read(sheet.typed(40, middle(sheet), "Karin Berg").paper()) is Signed.UNSURE


def test_a_band_of_dirt_does_not_sign(sheet):
    random = np.random.default_rng(5)
    band = sheet.grey[(228 * 8) : (234 * 8)]
    band[random.random(band.shape) < 0.3] = 60
    assert read(sheet.paper()) is not Signed.INK


def test_a_lonely_stroke_is_doubtful(sheet):
    sheet.line([(60, 232), (62, 235), (65, 231)])
    assert read(sheet.paper()) is Signed.UNSURE


def test_a_box_beyond_the_pictures_end_is_doubtful(sheet):
    sheet.wave(60, box(sheet).y0 + 4, 40, 6)
    assert read(sheet.paper(seen=235)) is Signed.UNSURE


def test_a_stamps_rim_that_touches_the_writing_above_does_not_sign(sheet):
    x, top = 110.0, box(sheet).y0
    sheet.ring(x, top - 1, 27, 27, width=0.5).typed(x + 11, top - 2, "MP")
    assert read(sheet.paper()) is not Signed.INK
