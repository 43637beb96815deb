"""Numbers written as words in replies to review letters. Data only."""

from __future__ import annotations

COUNTS = {
    w: n
    for n, words in enumerate(
        [
            "en ett one",
            "tva tvo two",
            "tre tree three",
            "fyra four",
            "fem five",
            "sex six",
            "sju seven",
            "atta eight",
            "nio nine",
            "tio ten",
            "elva",
            "tolv",
            "tretton",
            "fjorton",
            "femton",
        ],
        start=1,
    )
    for w in words.split()
}
