"""The mark on a receipt: made from the loan, read back exactly, and nothing like it is taken."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.receipts import ReceiptMark, mark, parse


def test_a_mark_says_edition_card_and_check():
    assert re.fullmatch(r"EKKV1/17/[0-9A-HJKMNP-TV-Z]{8}", mark(17, "9752|2026-11-24|R-5"))


@given(card=st.integers(1, 9_999_999_999), secret=st.text())
def test_every_mark_is_read_back(card, secret):
    made = mark(card, secret)
    assert parse(made) == ReceiptMark("EKKV1", card, made.rsplit("/", 1)[1])


def test_the_check_changes_with_the_card_and_with_the_loan():
    loans = [(17, "9752|2026-11-24|R-5"), (17, "9752|2026-11-25|R-5"), (18, "9752|2026-11-24|R-5")]
    assert len({mark(*loan).rsplit("/", 1)[1] for loan in loans}) == len(loans)


def test_a_mark_fits_the_small_qr_code():
    assert len(mark(99_999, "")) <= 20  # alphanumeric, version 2-H of ISO/IEC 18004


@pytest.mark.parametrize(
    "text",
    ["", "EK-1/2026-11", "EK-1/2026-11/V112", "EKKV1/0/QF7K2M9X", "EKKV1/17/QF7K2M9",
     "EKKV1/17/QF7K2M9XX", "EKKV1/17/QF7K2M9I", "ekkv1/17/QF7K2M9X", "EKKV1/17/QF7K2M9X/1",
     "EKKV1/١٧/QF7K2M9X", "https://x.example/EKKV1/17/QF7K2M9X", "EKKV1/-7/QF7K2M9X"],
)  # fmt: skip
def test_what_is_no_mark_is_not_taken_for_one(text):
    assert parse(text) is None


def test_an_order_without_a_card_gets_no_mark():
    with pytest.raises(ValueError, match="saved"):
        mark(0, "")
