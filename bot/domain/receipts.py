"""The mark printed on the receipt of a loan: which card, and a check that it is our receipt (S12).

``EKKV1/17/QF7K2M9X``: the edition of the receipt, the card's id, the check. Capitals, digits and
the slash only, so that a QR code holds it in few squares (ISO/IEC 18004, alphanumeric mode).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

EDITION = "EKKV1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
_LETTERS = 8
_BITS = 5  # of a letter
_MARK = re.compile(rf"(EKKV[1-9]\d?)/([1-9]\d{{0,9}})/([{_ALPHABET}]{{{_LETTERS}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReceiptMark:
    """What a receipt's mark says; the check is compared by who knows the loan."""

    edition: str
    card: int
    check: str


def mark(card: int, secret: str) -> str:
    """Return the mark for the receipt of *card*; the same card lent anew gets another.

    *secret* is what only we know of the loan: card number, day of the loan, record.

    Raises:
        ValueError: *card* is no saved card's id.
    """
    if card < 1:
        raise ValueError("A receipt is marked with the id of a card that has been saved.")
    digest = hashlib.sha256(f"{EDITION}|{card}|{secret}".encode()).digest()
    number = int.from_bytes(digest[: _LETTERS * _BITS // 8])
    check = "".join(
        _ALPHABET[number >> (_BITS * at) & (len(_ALPHABET) - 1)] for at in range(_LETTERS)
    )
    return f"{EDITION}/{card}/{check}"


def parse(text: str) -> ReceiptMark | None:
    """Return what the mark *text* says; None when it is no mark of a receipt."""
    found = _MARK.fullmatch(text.strip())
    return ReceiptMark(found[1], int(found[2]), found[3]) if found else None
