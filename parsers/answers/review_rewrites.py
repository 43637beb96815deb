"""Turns of speech in a sentence made plain before it is read: "kommer Anna att sluta".

Only what keeps its sense is rewritten; what may mean something else stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.answers.review_sorts import Sort
from parsers.answers.review_tokens import Token

_COMING = frozenset({"kommer", "ska", "skall", "kommer att", "skulle"})
_INFINITIVES = {
    "sluta": Sort.LEAVES, "lamna": Sort.LEAVES, "lamna oss": Sort.LEAVES,
    "flytta": Sort.MOVES, "stanna": Sort.STAY, "fortsatta": Sort.STAY,
}  # fmt: skip
_FAR = 7  # words between "kommer" and its infinitive
_PERSONS = frozenset(
    {
        Sort.ROW, Sort.NUMBER, Sort.ALL, Sort.BOTH, Sort.NONE, Sort.REST, Sort.OTHER, Sort.SOMEONE,
        Sort.PEOPLE, Sort.EXCEPT, Sort.ONLY,
    }
)  # fmt: skip
_ENDING = frozenset({Sort.LEAVES, Sort.LEFT, Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE, Sort.MOVES})
_BENDING = frozenset({Sort.NOT, Sort.IF, Sort.DOUBT, Sort.NEVER, Sort.OR})
_STAYING = frozenset({Sort.STAY, Sort.WORKS})
_CLOSING = frozenset({Sort.COMMA, Sort.AND, Sort.LINE, Sort.BUT})


def rewritten(tokens: Sequence[Token]) -> list[Token]:
    """Return the *tokens* of a sentence, plainer."""
    found = list(tokens)
    steps: tuple[Callable[[list[Token]], list[Token]], ...] = (
        _no_new,
        _nothing,
        _fraction,
        _infinitives, _cancelled, _with, _also, _not_but,
    )  # fmt: skip
    for step in steps:
        found = step(found)
    return found


def _infinitives(tokens: list[Token]) -> list[Token]:
    """Take "kommer Anna att sluta" for "slutar"."""
    found = []
    for at, token in enumerate(tokens):
        sort = _INFINITIVES.get(token.plain) if token.sort is Sort.UNKNOWN else None
        before = tokens[max(0, at - _FAR) : at]
        coming = any(t.plain in _COMING for t in before)
        found.append(replace(token, sort=sort) if sort is not None and coming else token)
    return found


def _cancelled(tokens: list[Token]) -> list[Token]:
    """Leave out an end that was taken back: "skulle ha slutat 31/1 men ångrade sig" so she stays.

    Only where what follows says of nobody else that she stays, without condition or denial.
    """
    for start, token in enumerate(tokens):
        if token.plain != "skulle" or start == 0:
            continue
        end = next((n for n in range(start, len(tokens)) if tokens[n].sort is Sort.BUT), None)
        if end is None:
            continue
        told, after = tokens[start + 1 : end], tokens[end + 1 :]
        stays = next((n for n, t in enumerate(after) if t.sort in _STAYING), None)
        if stays is None or not any(t.sort in _ENDING for t in told):
            continue
        between = after[:stays]
        others = {t.sort for t in (*told, *between)} & (_PERSONS | _BENDING)
        if others or any(t.sort in _ENDING for t in between):
            continue
        kept = [t for t in between if t.sort is not Sort.UNKNOWN or t.plain not in _CHANGED]
        return [*tokens[:start], *kept, *after[stays:]]
    return tokens


_CHANGED = frozenset({"angrade", "angrat", "andrade", "andrat"})


def _with(tokens: list[Token]) -> list[Token]:
    """Take "och Muna med" for "Muna likaså"."""
    found = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        ends = after is None or after.sort in _CLOSING
        named = before is not None and before.sort in (Sort.ROW, Sort.SHE, Sort.REST)
        same = token.sort is Sort.AT and token.plain == "med" and named and ends
        found.append(replace(token, sort=Sort.SAME) if same else token)
    return found


_ALSO = frozenset({"ocksa", "aven", "med", "likasa", "ocksa det", "too", "also", "as well"})
_NAMES = (Sort.ROW, Sort.SHE, Sort.REST, Sort.THEY, Sort.NUMBER)


def _also(tokens: list[Token]) -> list[Token]:
    """Take "Per också," and "även Per," where nothing else is said for "Per likaså"."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if token.plain not in _ALSO or token.sort is not Sort.FILL:
            continue
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before is not None and before.sort in _NAMES and _closed(after):
            found[at] = replace(token, sort=Sort.SAME)
        elif before is not None and before.sort in _CLOSING and after and after.sort in _NAMES:
            end = tokens[at + 2] if at + 2 < len(tokens) else None
            listed = end is not None and end.sort is Sort.COMMA  # "även Omar, Eva har slutat"
            if listed:
                found[at], found[at + 1] = after, replace(token, sort=Sort.DOUBT)
            elif end is None:
                found[at] = replace(token, sort=Sort.SAME)
    return found


def _closed(token: Token | None) -> bool:
    return token is None or token.sort in _CLOSING


def _not_but(tokens: list[Token]) -> list[Token]:
    """Take "inte Omar utan Eva" for "Eva", "inte bara Omar utan även Eva" for both."""
    for at, token in enumerate(tokens[:-3]):
        if token.sort is not Sort.NOT or token.plain not in ("inte", "ej"):
            continue
        only = tokens[at + 1].sort is Sort.ONLY
        first = at + 1 + only
        rest = [t.plain for t in tokens[first + 1 : first + 3]]
        second = first + 2 + (rest[1:] in (["aven"], ["ocksa"]))
        named = second < len(tokens) and tokens[second].sort is Sort.ROW
        if tokens[first].sort is not Sort.ROW or rest[:1] != ["utan"] or not named:
            continue
        kept = [tokens[first], replace(tokens[first + 1], sort=Sort.AND)] if only else []
        return [*tokens[:at], *kept, *tokens[second:]]
    return tokens


_CHANGES = re.compile(
    r"^(?:avhopp|avslut|flytt|avgang|andring|forandring|tapp(?!at)|bortfall|uppsagning|pensionering|rorelse"
    r"|justering|rattelse|korrigering|avvikelse|anmarkning|synpunkt|invandning|avsked|skillnad|byte"
    r"|personalforandring|personalandring|sluttare|forlust)\w*$"
)
_HAPPENED = frozenset({"tappat", "forlorat", "hant", "skett", "andrats", "forandrats", "tappade"})
_NO = frozenset(
    {"ingen", "inga", "inget", "noll", "varken", "inte nagra", "inte nagon", "ej", "inte"}
)
_MORE = frozenset({"fler", "flera", "andra", "ytterligare", "ovriga"})
_TOLD = frozenset({"att", "meddela", "rapportera", "anmala", "redovisa", "notera", "melda"})
_ANY = (Sort.SOMEONE, Sort.FILL)


def _nothing(tokens: list[Token]) -> list[Token]:
    """Take "noll avhopp", "inte hänt något", "varken avslut eller flytt" for "inga ändringar"."""
    for at, token in enumerate(tokens):
        if token.plain not in _NO or token.sort not in (Sort.NONE, Sort.NOT):
            continue
        first = at + 1
        more = first < len(tokens) and tokens[first].plain in _MORE
        end = _past_event(tokens, first) if token.plain in ("inte", "ej") else None
        end = _past_changes(tokens, first + more) if end is None else end
        if end is None:
            continue
        text = " ".join(t.text for t in tokens[at:end])
        made = [replace(token, sort=Sort.UNCHANGED, text=text)]
        if more:
            made = [replace(token, sort=Sort.REST, text=text), Token(Sort.STAY, "", token.at)]
        return [*tokens[:at], *made, *_nothing(tokens[end:])]
    return tokens


def _no_new(tokens: list[Token]) -> list[Token]:
    """Take "inga nya anställda" for nothing said of those who are listed."""
    found = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        people = tokens[at + 1].sort in (Sort.WORKS, Sort.PEOPLE)
        if token.plain == "inga nya" and people:
            found[at : at + 2] = [
                replace(token, sort=Sort.FILL),
                replace(tokens[at + 1], sort=Sort.FILL),
            ]
    return found


def _past_changes(tokens: Sequence[Token], at: int) -> int | None:
    """Return where nouns of change that begin at *at* end."""
    if at >= len(tokens) or not _CHANGES.match(tokens[at].plain):
        return None
    end = at + 1
    while end + 1 < len(tokens) and tokens[end].sort in (Sort.OR, Sort.AND):
        if not _CHANGES.match(tokens[end + 1].plain):
            return None  # "inga avslut och Eva …"
        end += 2
    while end < len(tokens) and tokens[end].plain in _TOLD:
        end += 1
    return end


def _past_event(tokens: Sequence[Token], at: int) -> int | None:
    """Return where "hänt något", "tappat nån" ends."""
    while at < len(tokens) and tokens[at].sort is Sort.FILL and tokens[at].plain not in _HAPPENED:
        at += 1
    if at + 1 >= len(tokens) or tokens[at].plain not in _HAPPENED:
        return None
    return at + 2 if tokens[at + 1].sort in _ANY else None


def _fraction(tokens: list[Token]) -> list[Token]:
    """Take "4 av 4" for "alla 4"."""
    for at in range(len(tokens) - 2):
        one, of, other = tokens[at : at + 3]
        counts = all(t.sort in (Sort.COUNT, Sort.NUMBER) for t in (one, other))
        if counts and of.plain == "av" and one.plain == other.plain:
            return [*tokens[:at], replace(of, sort=Sort.ALL, text="alla"), *tokens[at + 2 :]]
    return tokens
