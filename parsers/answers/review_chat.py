"""Whether a clause that names nobody listed can be left aside. Fails closed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_clause import SAYING
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_RISKY = SAYING | {
    Sort.NOT, Sort.IF, Sort.DOUBT, Sort.SHE, Sort.THEY, Sort.SOMEONE, Sort.PEOPLE, Sort.EXCEPT,
    Sort.ROW, Sort.NUMBER, Sort.COUNT, Sort.OTHER, Sort.ONLY, Sort.STRUCK, Sort.UNDO, Sort.MARK,
    Sort.BUT, Sort.LONGER, Sort.ALL, Sort.REST, Sort.NONE, Sort.BOTH,
}  # fmt: skip
ALARM = re.compile(
    r"lades|lagts|lagt|over|hamn|tagits|rymt|(?<!s)kick|spark|avbr|placer|lana|bemann|hoppa|"
    r"slut|avdel|^gar$|grupp(?:en|er)?$|aterv|tillbak|slutd|lamn|forsv|flytt|byt|avsk|avsl"
    r"|avg|pension|upph|uppsa|sag|dog|dott|gatt|gick|drog|dragit"
    r"|stack|stuck|borta|bort|ersat|anna|nya?$|tjanst|anstall|jobb|arbet|kvar(?!n)|ledig|sjuk"
    r"|chef|enhet"
    r"|tappa|forlor|fattas|sakna|vikari|vakan|struk|rader|missa|glom|fel|andra[dst]|andring|korrig"
    r"|person|medarb|kolleg|halva|halften|minsk|neddrag|varsl|left|leav|gone|quit|mov|transf|remov"
)


def is_chat(tokens: Sequence[Token]) -> bool:
    """Tell whether *tokens* say nothing of anybody's staying, known words or not."""
    for at, token in enumerate(tokens):
        if (
            token.sort in (Sort.CAPITAL, Sort.OTHER)
            and at
            and tokens[at - 1].plain in ("hos", "under")
        ):
            return False
        if token.sort is Sort.COUNT and token.plain in ("en", "ett", "one"):
            continue
        if token.sort in _RISKY:
            return False
        if token.sort is Sort.UNKNOWN and (ALARM.search(token.plain) or len(token.plain) < 2):  # noqa: PLR2004 - a mark
            return False
        if token.sort is Sort.CAPITAL:
            before = tokens[at - 1].sort if at else Sort.END
            placed = before in (Sort.AT, Sort.FROM) or at == 0
            if not placed or ALARM.search(token.plain):
                return False
    return True
