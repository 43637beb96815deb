"""Words for numbers and places of the list in replies to review letters. Data only."""

from __future__ import annotations

import re

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
SORTS = re.compile(
    r"vikari|ordinarie|tjej|kill|dam|gubb|konsult|praktik|student|elev|skotersk|larare|rektor|kock"
)  # of people: a part of those who are listed
FIRST = frozenset(["forsta", "forste", "oversta", "overst", "first"])
LAST = frozenset(["sista", "siste", "nedersta", "nederst", "understa", "last"])
NTH = {"tredje": 3, "fjarde": 4, "femte": 5, "sjatte": 6, "sjunde": 7, "attonde": 8, "nionde": 9}
AHEAD = frozenset({"foljande", "de som", "dom som", "den som", "dem som"})
BESIDE = frozenset(["vikarie", "chef", "kollega", "kollegor", "vikarien", "chefen", "enhetschef"])
WHOLE = frozenset({"personalen", "medarbetarna", "namnen"})  # all who are listed
