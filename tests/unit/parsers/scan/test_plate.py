"""The blank as a picture: right in size, points spread where nobody writes."""

import numpy as np
import pytest

from bot.domain.forms import Box
from parsers.scan.plate import SCALE, pixels, plate_of
from tests.filled import definition


@pytest.mark.parametrize("edition", ["2026-09", "2026-11"])
def test_points_stand_on_print_in_every_part_and_never_where_people_write(edition):
    d = definition(edition)
    plate = plate_of(d)
    assert plate is not None
    assert plate.grey.shape == (round(297 * SCALE), round(210 * SCALE))
    for box in (f.value for f in d.fields):
        x, y = plate.points.T
        inside = (x > box.x0 + 1) & (x < box.x1 - 1) & (y > box.y0 + 1) & (y < box.y1 - 1)
        assert not inside.any()
    for quarter in ((0, 0), (105, 0), (0, 148), (105, 148)):
        here = (plate.points >= quarter).all(axis=1)
        assert (here & (plate.points < np.add(quarter, (105, 149))).all(axis=1)).sum() > 20


def test_bare_patches_hold_no_print():
    plate = plate_of(definition("2026-09"))
    assert plate is not None
    assert len(plate.bare) > 5
    for x, y in plate.bare:
        assert plate.area(Box(x - 2, y - 2, x + 2, y + 2), SCALE).min() > 250


def test_only_a_blank_with_our_code_has_one():
    new, old = plate_of(definition("2026-11")), plate_of(definition("2026-09"))
    assert new is not None
    assert old is not None
    assert new.code is not None
    assert old.code is None
    assert abs(new.code.x0 - 180) < 1
    assert len(new.version) == 7


def test_a_plate_is_made_once():
    assert plate_of(definition("2026-09")) is plate_of(definition("2026-09"))


def test_an_area_has_at_least_a_pixel():
    assert pixels(Box(1, 1, 1.01, 1.01), 4.0) == (1, 1)
