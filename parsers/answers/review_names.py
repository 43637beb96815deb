"""Which listed rows a run of words names, however the name is written. Guesses no person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.review_reply import Listed
from parsers.answers.given_names import GIVEN
from parsers.answers.review_nicknames import NICKNAMES

_SMALL = frozenset(
    [
        "von",
        "af",
        "de",
        "van",
        "der",
        "den",
        "di",
        "da",
        "del",
        "la",
        "le",
        "zu",
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "ben",
        "o",
        "mc",
    ]
)
_ODD = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "ß": "ss", "þ": "th", "œ": "oe"}
)
_SOUNDS = (
    ("ch", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("sch", "s"), ("sh", "s"),
    ("gh", "g"), ("kh", "k"), ("hj", "j"), ("lj", "j"), ("x", "ks"), ("c", "k"), ("q", "k"),
    ("w", "v"), ("z", "s"), ("j", "i"), ("y", "i"), ("ie", "i"), ("ee", "i"), ("ou", "u"),
    ("oo", "u"),
)  # fmt: skip
_CHANGED = 8  # letters of a name in which one may be another
_LONG, _LONGER = 5, 9  # letters of a name in which one, and two, may be wrong
_INITIALS = 3  # letters that may stand for a surname: Maria Sj
_OTHER_SEX = frozenset({"a", "e", "ia", "la", "ina", "ine", "ella", "ette", "es", "nes", "o", "us"})
_PREFIX = 3  # letters of a name that may stand for the whole
_KNOWN = frozenset(
    unicodedata.normalize("NFKD", n).encode("ascii", "ignore").decode() for n in GIVEN
)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return *word* in lower case without diacritics and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_ODD))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"['’`´]", "", bare)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    for one, other in _SOUNDS:
        word = word.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", word)


@dataclass(frozen=True, slots=True)
class Named:
    """The rows that words name: one, or several that all fit; *end* is the word after them."""

    end: int
    rows: tuple[int, ...]
    whole: bool = False  # more than one word of the name stood there
    strange: bool = False  # a word beside the name fits nobody: perhaps somebody else


class _Person:
    def __init__(self, listed: Listed) -> None:
        self.row = listed.row
        words = [w for w in re.split(r"[\s.]+", fold(listed.name)) if w]
        self.words = [w for w in words if w not in _SMALL] or words
        self.first = self.words[0] if self.words else ""
        self.parts = {p for w in self.words for p in w.split("-") if p}
        self.keys = frozenset({*self.words, *(w.replace("-", "") for w in self.words)})
        self.joined = "".join(words).replace("-", "")

    def givens(self) -> Iterable[str]:
        """Return the first name, and its first half where it is a double one."""
        yield self.first
        if "-" in self.first:
            yield self.first.split("-")[0]


class Names:
    """Finds the names of *rows*."""

    def __init__(self, rows: Sequence[Listed]) -> None:
        self._people = [_Person(r) for r in rows]
        self._exact: dict[str, set[int]] = {}
        for n, person in enumerate(self._people):
            for key in person.keys:
                self._exact.setdefault(key, set()).add(n)
        self._found: dict[str, tuple[frozenset[int], int]] = {}

    def single(self, word: str) -> frozenset[int]:
        """Return the places of the rows that one *word* (folded) may name."""
        return self._of(word)[0]

    def exactly(self, word: str) -> bool:
        """Tell whether *word* (folded) is a word of a listed name as it is spelt, or its own."""
        return self._of(word)[1] <= 1

    def _of(self, word: str) -> tuple[frozenset[int], int]:
        """Return the places and how far the word is from the name: 0 exact, 9 nobody."""
        if word not in self._found:
            self._found[word] = self._look(word)
        return self._found[word]

    def _look(self, word: str) -> tuple[frozenset[int], int]:
        for spelt in _spellings(word):
            if spelt != word and word in _KNOWN:
                continue  # Andreas is no Andrea's
            if spelt in self._exact:
                return frozenset(self._exact[spelt]), 0
        for level, ways in enumerate((self._half, self._nick, self._start, self._slip), start=1):
            for spelt in _spellings(word):
                if spelt != word and word in _KNOWN:
                    continue
                hit = ways(spelt)
                if hit:
                    return frozenset(hit), level
        return frozenset(), 9

    def _half(self, word: str) -> set[int]:
        """Return who bears *word* as a half of a double name: Karin for Anna-Karin."""
        firsts = {n for n, p in enumerate(self._people) if word in p.givens()}
        return firsts or {n for n, p in enumerate(self._people) if word in p.parts}

    def _nick(self, word: str) -> set[int]:
        names = NICKNAMES.get(word, frozenset())
        return {n for n, p in enumerate(self._people) if names.intersection(p.givens())}

    def _start(self, word: str) -> set[int]:
        if len(word) < _PREFIX or word in _KNOWN:
            return set()
        return {
            n
            for n, p in enumerate(self._people)
            if p.first.startswith(word) and p.first.removeprefix(word) not in _OTHER_SEX
        }

    def _slip(self, word: str) -> set[int]:
        if len(word) < 4:  # noqa: PLR2004 - shorter ones look like too many
            return set()
        same = {
            n for n, p in enumerate(self._people) if any(_sound(k) == _sound(word) for k in p.keys)
        }
        if same or word in _KNOWN:
            return same
        return {n for n, p in enumerate(self._people) if any(_near(k, word) for k in p.keys)}

    def match(self, words: Sequence[str], raw: Sequence[str], at: int) -> Named | None:
        """Return whom the words from *at* on name; *words* are folded, *raw* as written."""
        first = self._of(words[at])[0]
        end = at + 1
        if not first:
            begun = self._initial(words, raw, at) or self._particle(words, at)
            if begun is None:
                return None
            first, end = begun
        return self._longer(words, raw, (at, end), first)

    def _longer(
        self, words: Sequence[str], raw: Sequence[str], span: tuple[int, int],
        first: frozenset[int],
    ) -> Named:  # fmt: skip
        """Take the words after the first that belong to the same name."""
        at, end = span
        rows, whole, strange = set(first), end - at > 1, False
        while end < len(words):
            word = words[end]
            step = 1
            if word in _SMALL and end + 1 < len(words) and rows & self._of(words[end + 1])[0]:
                word, step = words[end + 1], 2
            fits = rows & (self._of(word)[0] or self._lettered(rows, word, raw[end]))
            if not fits:
                strange = self._stranger(word, raw[end], rows)
                rows |= self._of(word)[0] if strange else frozenset()
                break
            rows, whole, end = fits, True, end + step
        rows = self._ordered(words[at:end], rows) if len(rows) > 1 else rows
        end += strange
        return Named(end, tuple(sorted(self._people[n].row for n in rows)), whole, strange)

    def _stranger(self, word: str, raw: str, rows: set[int]) -> bool:
        """Tell whether a word after a name makes it another person's: Anna Lind, not Anna Berg."""
        del rows
        known = bool(self._of(word)[0]) or word in _KNOWN
        return raw[:1].isupper() and not raw.isupper() and known

    def _lettered(self, rows: set[int], word: str, raw: str) -> frozenset[int]:
        """Return which of *rows* have a name that begins with the one letter *word*."""
        if not raw[:1].isupper() or len(word) > _INITIALS or (len(word) > 1 and raw.isupper()):
            return frozenset()
        return frozenset(n for n in rows if any(w.startswith(word) for w in self._people[n].words))

    def initials(self, raw: str) -> tuple[int, ...]:
        """Return the rows whose initials are *raw*: K-J, KL, A.N."""
        letters = [c for c in raw.casefold() if c.isalpha()]
        if len(letters) != 2 or not raw[:1].isupper() or raw[-1:].islower():  # noqa: PLR2004 - two names
            return ()
        found = []
        for person in self._people:
            halves = person.first.split("-")
            double = len(halves) > 1 and [h[:1] for h in halves[:2]] == letters
            whole = "-" not in raw and [person.first[:1], person.words[-1][:1]] == letters
            if double or whole:
                found.append(person.row)
        return tuple(found)

    def _initial(
        self, words: Sequence[str], raw: Sequence[str], at: int
    ) -> tuple[frozenset[int], int] | None:
        """Return who is meant by an initial before a surname: A Berg."""
        if len(words[at]) != 1 or not raw[at].isupper() or at + 1 >= len(words):
            return None
        rows = frozenset(
            n
            for n in self._of(words[at + 1])[0]
            if self._people[n].first.startswith(words[at])
            and words[at + 1] != self._people[n].first
        )
        return (rows, at + 2) if rows else None

    def _particle(self, words: Sequence[str], at: int) -> tuple[frozenset[int], int] | None:
        """Return who is meant by a surname with its particle: af Klint."""
        if words[at] not in _SMALL or at + 1 >= len(words):
            return None
        rows = frozenset(
            n
            for n in self._of(words[at + 1])[0]
            if f"{words[at]}{words[at + 1]}" in self._people[n].joined
        )
        return (rows, at + 2) if rows else None

    def _ordered(self, words: Sequence[str], rows: set[int]) -> set[int]:
        """Return who of several bears the whole name in just that order: Ali Mohamed."""
        joined = "".join(words).replace("-", "")
        same = {n for n in rows if joined in (self._people[n].joined, f"{self._people[n].joined}s")}
        return same if len(same) == 1 else rows


def _spellings(word: str) -> Iterable[str]:
    """Return *word*, without hyphens, and without the s of a genitive."""
    yield word
    for end in (":s", "s"):
        if word.endswith(end) and len(word) > len(end) + 2:
            yield word[: -len(end)]


@lru_cache(maxsize=20_000)
def _near(one: str, other: str) -> bool:
    """Tell whether two names differ by a slip of the pen, or two in a long one."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 1 or len(one) < _LONG:
        return False
    changed = len(one) == len(other) and sorted(one) != sorted(other)
    if changed and len(one) < _CHANGED:
        return False  # Amina is no Amira
    allowed = 1 if min(len(one), len(other)) < _LONGER else 2
    if one[:-1] == other[:-1] or one == other[:-1] or other == one[:-1]:
        return len(one) > 6 and one[-1:] not in "ae" and other[-1:] not in "ae"  # noqa: PLR2004 - Erik is no Erika
    return _distance(one, other) <= allowed


def one_off(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two that have changed places."""
    return abs(len(one) - len(other)) <= 1 and _distance(one, other) == 1


def _distance(one: str, other: str) -> int:
    """Return the number of letters added, left out, changed or swapped with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for n, a in enumerate(one, start=1):
        row = [n]
        for m, b in enumerate(other, start=1):
            best = min(last[m] + 1, row[m - 1] + 1, last[m - 1] + (a != b))
            if before and n > 1 and m > 1 and a == other[m - 2] and one[n - 2] == b:
                best = min(best, before[m - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
