"""Which of some known persons a text names. Knows nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.answers.loss_words import folded

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.!?\n]")
_STOPS = frozenset(".!?\n")
_SMALL = frozenset(
    {"von", "af", "de", "van", "der", "den", "di", "da", "del", "la", "zu", "al", "el"}
)
# names that are everyday words too: alone they name nobody
_COMMON_TEXT = (
    "hans my stig bo tor sten bror du per vi love kim ek berg lind dag vår var sol lo bjorn "
    "ask alm strand holm mark ros gran bang stark rask modig frisk kort frid ung lang lilja "
    "may will mats fors sjo back hed dahl ljung kvist alva ann siv in an i the no"
)
_COMMON = frozenset(_COMMON_TEXT.split())
_APART = 3  # words between a given name and a surname


@dataclass(frozen=True, slots=True, repr=False)
class _Seen:
    plain: str
    capital: bool
    opens: bool  # the first word of a sentence


class _Person:
    """A candidate's names, folded."""

    def __init__(self, name: str) -> None:
        parts = [p for w in _WORD.findall(name) if w not in _STOPS for p in [folded(w)]]
        self.given = tuple(p for p in parts[:-1] if p not in _SMALL)
        self.surname = parts[-1] if parts else ""

    @cached_property
    def givens(self) -> frozenset[str]:
        """The given names, those with a hyphen also in one and the first part."""
        return frozenset(g for name in self.given for g in (name, name.replace("-", "")))


def persons_named(text: str, names: Sequence[str]) -> tuple[int, ...]:
    """Return which of the full *names* the *text* names, as indices; several when it can't tell.

    A given name or a surname alone counts when no other candidate has it.
    """
    seen = _seen(text)
    people = [_Person(name) for name in names]
    full = {n: found for n, p in enumerate(people) if (found := _pair(seen, p))}
    best = {n for n in full if not any(_within(full[n], full[m]) for m in full if m != n)}
    taken = {place for n in best for place in full[n]}
    alone = {n for n in range(len(people)) if n not in full and _alone(seen, people, n, taken)}
    return tuple(sorted(best | alone))


def _seen(text: str) -> list[_Seen]:
    found: list[_Seen] = []
    opens = True
    for raw in _WORD.findall(text):
        if raw in _STOPS:
            opens = True
            continue
        found.append(_Seen(folded(raw), raw[:1].isupper(), opens))
        opens = False
    return found


def _is(word: str, name: str) -> bool:
    """Tell whether *word* is *name*, or its genitive."""
    return word in (name, f"{name}s", f"{name}'s", f"{name}’s")


def _is_any(word: str, names: Iterable[str]) -> bool:
    return any(_is(word, name) or _is(word.replace("-", ""), name) for name in names)


def _pair(seen: Sequence[_Seen], person: _Person) -> frozenset[int]:
    """Return the places of a given name and the surname beside each other, and middle names."""
    if not person.given or not person.surname:
        return frozenset()
    for at, word in enumerate(seen):
        if not _is(word.plain, person.surname):
            continue
        near = range(max(0, at - _APART), min(len(seen), at + _APART + 1))
        given = {n for n in near if n != at and _is_any(seen[n].plain, person.givens)}
        for n in near[:-1]:  # Karl Erik for Karl-Erik
            if f"{seen[n].plain}{seen[n + 1].plain}" in person.givens:
                given |= {n, n + 1}
        if given and _nothing_between(seen, at, given, person):
            return frozenset({at, *given})
    return frozenset()


def _nothing_between(seen: Sequence[_Seen], at: int, given: set[int], person: _Person) -> bool:
    """Tell whether the nearest given name stands by the surname, but for names and particles."""
    nearest = min(given, key=lambda n: abs(n - at))
    between = seen[min(at, nearest) + 1 : max(at, nearest)]
    return all(
        w.plain in _SMALL or w.capital or len(w.plain) == 1 or _is_any(w.plain, person.givens)
        for w in between
    )


def _within(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether *other* explains the same words and more: Anna Maria Öberg before Anna Öberg."""
    return one < other


def _alone(seen: Sequence[_Seen], people: Sequence[_Person], n: int, taken: set[int]) -> bool:
    person = people[n]
    others = [p for m, p in enumerate(people) if m != n]
    for at, word in enumerate(seen):
        if at in taken:
            continue
        if person.given and _is_any(word.plain, person.given[:1]):
            unique = not any(_is_any(word.plain, p.given[:1]) for p in others)
            if unique and not _common(word.plain) and not _other_surname(seen, at):
                return True
        if _is(word.plain, person.surname):
            unique = not any(_is(word.plain, p.surname) for p in others)
            if unique and not _common(word.plain) and not _other_given(seen, at):
                return True
    return False


def _common(plain: str) -> bool:
    return plain in _COMMON or plain.removesuffix("s") in _COMMON


def _other_surname(seen: Sequence[_Seen], at: int) -> bool:
    """Tell whether somebody else's surname follows: Anna Lind is not Anna Öberg."""
    following = seen[at + 1 : at + 2]
    own = seen[at].plain.endswith("s") and not seen[at].capital
    return bool(following) and following[0].capital and not following[0].opens and not own


def _other_given(seen: Sequence[_Seen], at: int) -> bool:
    earlier = seen[at - 1 : at] if at and not seen[at].opens else ()
    return bool(earlier) and earlier[0].capital and not earlier[0].opens
