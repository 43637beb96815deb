"""Ticks on paper: by ink, against the page's own empty squares; doubt is never guessed away."""

import pytest

from bot.domain.forms import Box, How, State
from parsers.scan.marks import read_group
from tests.unit.parsers.scan.inked import Inked


def read(sheet: Inked, key: str, **page):
    specs = [t for t in sheet.definition.ticks if t.key == key]
    return read_group(key, specs, sheet.paper(**page))


def said(sheet: Inked, key: str, **page):
    reading = read(sheet, key, **page)
    return reading.value, reading.state


@pytest.fixture
def sheet():
    return Inked()


def new(sheet):
    return sheet.square("action", "new")


def change(sheet):
    return sheet.square("action", "change")


def test_a_cross_is_a_tick_and_says_where_it_stands(sheet):
    box = change(sheet)
    reading = read(sheet.cross(box), "action")
    assert (reading.value, reading.state, reading.how) == ("change", State.SURE, How.SCAN)
    assert reading.confidence > 0.8
    assert reading.box is not None
    assert abs(reading.box.x0 - box.x0) < 0.01
    assert abs(reading.box.y1 - box.y1) < 0.01


def test_empty_squares_are_empty_on_a_clean_and_on_a_grainy_page(sheet):
    for noise in (0, 12):
        for key in ("action", "protected", "reserve_reasons"):
            value, state = said(sheet, key, noise=noise)
            assert not value
            assert state is State.EMPTY


@pytest.mark.parametrize("tone", [40, 120, 170])
def test_a_check_mark_counts_down_to_a_pale_pencil(sheet, tone):
    box = new(sheet)
    x, y = box.x0, box.y0
    sheet.line([(x + 0.5, y + 1.6), (x + 1.3, y + 2.7), (x + 3.4, y - 0.7)], width=0.35, tone=tone)
    assert said(sheet, "action") == ("new", State.SURE)


def test_the_faintest_pencil_is_never_called_empty(sheet):
    sheet.cross(new(sheet), tone=225, width=0.3)
    assert said(sheet, "action") == (None, State.UNSURE)


def test_a_square_filled_in_alone_is_a_tick(sheet):
    assert said(sheet.scribble(new(sheet)), "action") == ("new", State.SURE)


def test_a_square_filled_over_its_edges_is_doubtful_alone(sheet):
    sheet.scribble(sheet.square("protected"), over=1.4)
    assert said(sheet, "protected") == (None, State.UNSURE)


@pytest.mark.parametrize(("over", "proposed"), [(0.0, None), (1.4, "change")])
def test_a_filled_square_beside_a_tick_is_asked_about(sheet, over, proposed):
    reading = read(sheet.scribble(new(sheet), over=over).cross(change(sheet)), "action")
    assert (reading.value, reading.state) == (proposed, State.UNSURE)
    assert reading.problem == "too_many"
    assert reading.confidence < 0.5


def test_two_ticks_are_too_many_where_one_may_be_right(sheet):
    reading = read(sheet.cross(new(sheet)).cross(change(sheet)), "action")
    assert (reading.value, reading.state, reading.problem) == (None, State.UNSURE, "too_many")


def test_several_reasons_may_be_ticked(sheet):
    for reason in ("lost_card", "foreign"):
        sheet.cross(sheet.square("reserve_reasons", reason))
    assert said(sheet, "reserve_reasons") == (("lost_card", "foreign"), State.SURE)


def test_a_tick_beside_its_square_is_doubtful(sheet):
    box = new(sheet)
    sheet.cross(Box(box.x0 - 3.6, box.y0, box.x1 - 3.6, box.y1))
    assert said(sheet, "action") == (None, State.UNSURE)


def test_the_tail_of_the_tick_below_is_not_the_upper_squares(sheet):
    box = sheet.square("reserve_reasons", "no_address")
    sheet.line([(box.x0 + 0.4, box.y0 + 1.5), (box.x0 + 1.2, box.y1 - 0.5),
                (box.x1 + 0.6, box.y0 - 1.3)])  # fmt: skip
    assert said(sheet, "reserve_reasons") == (("no_address",), State.SURE)


def test_a_ring_around_a_label_is_doubtful(sheet):
    box = new(sheet)
    sheet.ring(box.x1 + 10, (box.y0 + box.y1) / 2, 18.5, 5.2)
    assert said(sheet, "action") == (None, State.UNSURE)


def test_a_line_under_a_label_is_doubtful(sheet):
    box = new(sheet)
    sheet.line([(box.x1 + 1.5, box.y1 + 0.5), (box.x1 + 18, box.y1 + 0.6)])
    assert said(sheet, "action") == (None, State.UNSURE)


def test_a_speck_is_no_tick(sheet):
    box = new(sheet)
    sheet.spot((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, 0.3).cross(change(sheet))
    assert said(sheet, "action") == ("change", State.SURE)


def test_a_blot_is_doubtful(sheet):
    box = new(sheet)
    sheet.spot((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, 0.9)
    assert said(sheet, "action") == (None, State.UNSURE)


def test_a_fold_across_the_page_is_no_tick(sheet):
    box = new(sheet)
    x = (box.x0 + box.x1) / 2
    sheet.line([(x, 0), (x + 0.6, 297)], width=0.3, tone=110)
    for key in ("action", "employment", "card_order", "reserve_order"):
        value, state = said(sheet, key)
        assert not value
        assert state is State.EMPTY


def test_a_tick_under_a_long_line_may_be_struck_out(sheet):
    box = new(sheet)
    y = (box.y0 + box.y1) / 2
    sheet.cross(box).line([(3, y), (42, y)])
    assert read(sheet, "action").state is State.UNSURE


def test_a_square_under_a_patch_is_not_empty(sheet):
    box = sheet.square("protected")
    sheet.grey[int(box.y0 * 8 - 8) : int(box.y1 * 8 + 8), int(box.x0 * 8 - 8) : int(box.x1 * 8 + 60)] = 255  # fmt: skip
    assert said(sheet, "protected") == (None, State.UNSURE)


def test_a_square_beyond_the_pictures_end_is_missing(sheet):
    reading = read(sheet, "reserve_order", seen=150)
    assert (reading.value, reading.state, reading.confidence) == (None, State.MISSING, 0.0)


def test_a_broken_line_level_through_a_square_is_doubtful(sheet):
    box = new(sheet)
    y = (box.y0 + box.y1) / 2
    sheet.line([(box.x0 - 1.2, y), (box.x1 + 0.3, y + 0.1)], width=0.13)
    assert said(sheet, "action") == (None, State.UNSURE)


def test_a_slash_is_a_tick(sheet):
    box = new(sheet)
    sheet.line([(box.x0 + 0.4, box.y1 - 0.3), (box.x1 - 0.3, box.y0 + 0.3)])
    assert said(sheet, "action") == ("new", State.SURE)


def test_a_cups_rim_over_a_label_is_no_ring(sheet):
    box = sheet.square("reserve_reasons", "foreign")
    sheet.ring(box.x1 + 39, box.y1 + 29, 70, 70, width=2.4, tone=170)
    assert said(sheet, "reserve_reasons") == ((), State.EMPTY)


def test_a_pale_scribble_alone_is_doubtful(sheet):
    box = sheet.square("protected")
    for n in range(9):
        y = box.y0 + 0.3 + 0.33 * n
        sheet.line([(box.x0 - 1.6, y), (box.x1 + 1.6, y)], width=0.3, tone=205)
    assert said(sheet, "protected") == (None, State.UNSURE)


def test_a_row_of_specks_may_have_been_a_stroke(sheet):
    box = sheet.square("protected")
    for n in range(4):
        sheet.spot(box.x0 + 0.9 + 0.5 * n, box.y1 - 0.9 - 0.5 * n, 0.12)
    assert said(sheet, "protected") == (None, State.UNSURE)


def test_a_check_mark_low_in_its_square_counts_by_its_tail(sheet):
    box = new(sheet)
    sheet.line([(box.x0 + 1.2, box.y0 + 1.9), (box.x0 + 1.8, box.y1 - 0.5),
                (box.x1 + 1.0, box.y0 + 0.9)], width=0.25)  # fmt: skip
    assert said(sheet, "action") == ("new", State.SURE)
