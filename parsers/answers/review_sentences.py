"""What a whole sentence does: corrects, defines a mark, invites. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_CORRECTS = frozenset(
    {"nej vanta", "vanta", "nej forresten", "forresten", "oj nej", "nej just det", "vanta nu",
     "jag menar", "menar", "menade", "jag menade", "fel av mig", "skrev fel", "skamt asido"}
)  # fmt: skip
_MARKING = re.compile(r"skriv|marker|kryss|betyd|bockat|satt|ringat|^star$")
_SORRY = frozenset({"forlat", "sorry", "ursakta", "menar", "menade"})
_INVITING = ("hor av", "ring ", "sag till", "hojta", "maila", "mejla", "aterkom gärna", "hor gärna")
_WHOM = frozenset(
    {Sort.ROW, Sort.NUMBER, Sort.ALL, Sort.BOTH, Sort.NONE, Sort.REST, Sort.SHE, Sort.OTHER,
     Sort.EXCEPT, Sort.DOUBT, Sort.NOT}
)  # fmt: skip
TURNING = frozenset(
    {Sort.LEFT, Sort.REMOVE, Sort.LEAVES, Sort.ENDS, Sort.ENDED, Sort.MOVED, Sort.MOVES, Sort.LEAVE,
     Sort.GIVEN_NOTICE}
)  # fmt: skip


def defines(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence says of whom "ja" or a mark is said: skrivit ja vid de som slutat."""
    marked = any(t.sort in (Sort.YES, Sort.NO) for t in tokens)
    told = any(_MARKING.search(t.plain) for t in tokens)
    return marked and told and any(t.sort in TURNING for t in tokens)


def corrects(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence takes a name or a day back: jag menar Omar, nej fel det var Omar."""
    for n, token in enumerate(tokens):
        if token.sort is Sort.BUT and token.plain in _CORRECTS:
            return True
        after = [t.sort for t in tokens[n + 1 : n + 3]]
        sorry = token.plain in _SORRY and bool(after) and Sort.ROW in after[:1] and n > 0
        slip = token.plain in ("fel", "nej fel", "aj") and bool(
            {Sort.ROW, Sort.DAY} & {t.sort for t in tokens}
        )
        if sorry or slip:
            return True
    return False


def asks_whether(clause: Clause) -> bool:
    """Tell whether a clause ends in "om", or doubts in "att": vet inte om, tror inte att."""
    if not clause.tokens:
        return False
    last = clause.tokens[-1]
    sorts = {t.sort for t in clause.tokens}
    unsure = bool(sorts & {Sort.DOUBT, Sort.NEVER, Sort.NOT, Sort.IF, Sort.ASKED})
    waits = last.plain in ("tills", "till", "innan", "fram till")
    return waits or last.sort is Sort.IF or (unsure and last.plain.split()[-1:] == ["att"])


def invites(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence only asks to be heard from: hör av er om ni behöver något mer."""
    sorts = {t.sort for t in tokens}
    begins = bool(tokens) and tokens[0].plain.startswith(_INVITING)
    return begins and not sorts & (SAYING | _WHOM) - {Sort.ASKED}
