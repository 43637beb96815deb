"""Codes on blanks are read for what they are, and nothing else is taken for one."""

import numpy as np
import pytest
import segno

from parsers.scan.code import Code, parse, read_codes


def test_a_code_is_read_where_it_stands():
    rows = np.array(
        [[0 if dark else 255 for dark in row] for row in segno.make_qr("EK-1/2026-11").matrix]
    )
    page = np.full((400, 400), 255, np.uint8)
    square = np.kron(rows, np.ones((5, 5))).astype(np.uint8)
    page[100 : 100 + len(square), 150 : 150 + len(square)] = square
    ((text, box),) = read_codes(page)
    assert text == "EK-1/2026-11"
    assert abs(box.x0 - 150) < 6
    assert abs(box.y0 - 100) < 6


def test_no_code_no_text():
    assert read_codes(np.full((200, 200), 255, np.uint8)) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EK-1/2026-11", Code("EK-1", "2026-11")),
        ("EK-1/2026-11/V112", Code("EK-1", "2026-11", "V112")),
        ("https://example.org", None),
        ("EK-1", None),
        ("EK-1//V112", None),
        ("a/b/c/d", None),
        ("EK-1/2026\n11", None),
        ("EK-1/" + "9" * 100, None),
        ("", None),
    ],
)
def test_only_our_own_codes_are_understood(text, code):
    assert parse(text) == code
