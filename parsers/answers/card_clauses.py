"""Clauses of a reply about a card, and what each says: patterns over its words' parts.

A clause counts only where one pattern covers all of it. Order matters: "hon får behålla" permits,
"får hon behålla" asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

_WHEN = "(ONLY? (UNTIL D|TO D|SPAN)|LONGER|THEN)"
_SOME = "(S1|S3)"
_KEPT = f"S3 CAN? (CANTO)? (KEEP|KEEPW|KEEPS|HAS) O? {_WHEN}?"
_NO_QUESTION = "(?!HAR (S1|S3|NI|O)) (?!(BV|BG) (S1|S3)) (?!IS)"
_GIVEN_BACK = "(S1|S3|O|HAR|IS|D|PL|IN)"
_REPORT = "(POLW|NR|S1|HAR|IS|MADE|HERE|FROM|TO|O)"


class Saying(StrEnum):
    """What one clause says."""

    BACK = "back"
    ASKED = "asked"  # somebody wants it longer
    ORDERED = "ordered"  # "förläng": a wish, or a manager's own word beside a yes
    YES = "yes"
    GRANTED = "granted"  # a yes with words of its own: "hon får behålla det"
    NO = "no"
    POLICE = "police"
    OF_BACK = "of back"  # says nothing alone, explains that which is said beside it
    OF_EXTEND = "of extend"
    OF_YES = "of yes"
    OF_NO = "of no"
    OF_POLICE = "of police"
    WHEN = "when"  # a day, a span or a place that belongs to the clause before


_PATTERNS: tuple[tuple[Saying, str], ...] = (
    (Saying.YES, "YES+"),
    (Saying.NO, "(O IS?|S1)? NO+"),
    (Saying.BACK, f"{_NO_QUESTION} {_GIVEN_BACK}* BV {_GIVEN_BACK}*"),
    (Saying.BACK, f"{_NO_QUESTION} (?=.* (PL|IN)) {_GIVEN_BACK}* BG {_GIVEN_BACK}*"),
    (Saying.BACK, "O? LIES D? PL+ D?"),
    (Saying.BACK, "NI HAR GOT IN? (O) IN? D?|NI GOT O IN? D?|O HAR NI GOT IN? D?"),
    (Saying.OF_BACK, "(S1|S3)? HAR? CUT O?|O IS CUT|CUT O?"),
    # a longer loan: the order of its words tells asking from permitting
    (Saying.ASKED, f"S1? ASK (IF)? {_SOME} (CAN|WOULD) (CANTO)? KEEP O? {_WHEN}?"),
    (Saying.ASKED, f"S1? ASK (IF)? {_SOME} (CAN|WOULD) (CANTO)? KEEPW O? {_WHEN}"),
    (Saying.ASKED, f"(CAN|WOULD) {_SOME} (CANTO)* (KEEP O? {_WHEN}?|KEEPW O? {_WHEN})"),
    (Saying.ASKED, f"{_SOME}? (WANT|NEED) (TO)? (CANTO)* KEEP O? {_WHEN}?"),
    (Saying.ASKED, f"{_SOME} WANT O? {_WHEN}"),
    (Saying.ASKED, f"{_SOME}? (WANT|NEED) (TO)? (CANTO)* KEEPW O? {_WHEN}|S1? NEED O? {_WHEN}"),
    (Saying.ASKED, f"S3 NEED O? {_WHEN}"),
    (Saying.ASKED, f"POSS (TO|IF) {_SOME} (CAN? KEEP|KEEPS|HAS) O? {_WHEN}?"),
    (Saying.ASKED, f"POSS TO (CANTO)* (KEEP|CANTO EXT) O? {_WHEN}?"),
    (Saying.ASKED, f"POSS (TO|IF) {_SOME}? CAN? (CANTO)* KEEPW O? {_WHEN}"),
    (Saying.ASKED, f"(CAN|WOULD|WANT) {_SOME}? (CANTO)* (KEEPW)? O EXT {_WHEN}?"),
    (Saying.ASKED, f"S1 WANT (KEEPW)? O EXT {_WHEN}?"),
    (Saying.ASKED, f"S1? ASK IF? (POSS TO|S1 CAN) EXT O? {_WHEN}?"),
    (Saying.ASKED, f"(CAN|WOULD) (S1|S3) (CANTO)* EXT O? {_WHEN}?"),
    (Saying.ASKED, f"S1? ASK IF? O CAN EXT {_WHEN}?|S1 (WANT|NEED) (TO)? (CANTO)? EXT O? {_WHEN}?"),
    (Saying.ASKED, f"((CAN|WOULD) (NI|MAN)? (CANTO)?|POSS TO) EXT O? {_WHEN}?"),
    (Saying.ASKED, f"(WANT (TO)? (CANTO)?|NEED) EXT O? {_WHEN}?|(CAN|WOULD) O EXT {_WHEN}?"),
    (Saying.ORDERED, f"((O|S3) (NEED|SHALL) (CANTO)?)? EXT O? {_WHEN}?"),
    (Saying.OF_EXTEND, "BECAUSE? (OWN|O) (HAR NOT|NOT HAR|NOT) COME"),
    (Saying.OF_EXTEND, "BECAUSE? OWN (LATE|IS NOT READY|NOT IS READY)"),
    (Saying.OF_EXTEND, "BECAUSE? S1? WAIT OWN|BECAUSE? (S1|S3) (HAR NOT|NOT HAR) GOT OWN"),
    # permitted, or not
    (Saying.GRANTED, f"(O|EXT|O? IS)? OKW (WITH EXT|(TO)? {_KEPT})? {_WHEN}?"),
    (Saying.GRANTED, f"S1? OKV (O|EXT|(TO)? {_KEPT})? O? {_WHEN}?|O IS YES|S1 OKV TO {_KEPT}"),
    (Saying.GRANTED, f"O IS YES (TO)? {_KEPT}|O IS YES {_WHEN}?|O IS OKW (TO) {_KEPT}"),
    (Saying.GRANTED, f"S3 CAN (CANTO)* (KEEP|KEEPW) O? {_WHEN}?|S3 CAN O {_WHEN}?"),
    (Saying.GRANTED, f"O CAN S3 {_WHEN}?|O IS YES WITH EXT {_WHEN}?|EXT {_WHEN}? IS (YES|OKW)"),
    (Saying.OF_YES, f"TO {_KEPT}|WITH EXT {_WHEN}?|S3 KEEPS O? {_WHEN}?|CAN S3 O"),
    (Saying.NO, "(O|EXT)? (IS)? NOT OKW|(EXT|O)? OKW NOT|S1? OKV O NOT|S1? OKV NOT (O|EXT)?"),
    (Saying.NO, "O IS NOT YES"),
    (Saying.NO, "(O|EXT)? IS NOT OKW|S3 CAN NOT (CANTO)? KEEP O? LONGER?|O CAN S3 NOT"),
    (Saying.NO, "S3 CAN NOT O|S1 CAN NOT OKV"),
    (Saying.OF_NO, "S3 (SHALL|CAN) LEAVE (IN)? O? (IN)? SOON?|O (SHALL|CAN) LEAVES (IN)? SOON?"),
    (Saying.OF_NO, "S3 NEED (NOT O|O NOT|NOT) LONGER?"),
    # the police report's number
    (Saying.POLICE, f"{_REPORT}* POLICE {_REPORT}*"),
    (Saying.OF_POLICE, f"(?=.* (POLW|NR)) {_REPORT}+"),
    (Saying.WHEN, f"(D|PL)+|{_WHEN}"),
)  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return *pattern* with a space after each part, as the row of a clause has it."""
    parts = re.sub(r"([A-Z][A-Z0-9]*)", r"(?:\1~)", pattern)
    return re.compile(parts.replace(" ", "").replace("~", " "))


_COMPILED = tuple((saying, _compiled(pattern)) for saying, pattern in _PATTERNS)


def saying(parts: Sequence[str]) -> Saying | None:
    """Return what a clause of *parts* says, None where no pattern covers it."""
    row = "".join(f"{part} " for part in parts)
    return next((s for s, pattern in _COMPILED if pattern.fullmatch(row)), None)
