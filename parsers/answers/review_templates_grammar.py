"""A small grammar of families of phrases, and where each matches in a sentence. Knows no words.

An alternative is words and slots: "de/dom {COUNT}? är* kvar" - a slash parts words that may
stand in the same place, "?" makes an item optional, "*" lets it stand any number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.answers.review_names import fold

NAME, OWNER, DAY, COUNT, PLACE = "§", "§s", "#", "%", "^"
MARKS = frozenset({NAME, OWNER, DAY, COUNT, PLACE, ",", ":", "-", "(", ")", "=", "/"})
_ITEM = re.compile(r"(?P<what>\{[A-Z_]+\}|.+?)(?P<many>[?*]?)$")
_MOST_REPEATS = 6


@dataclass(frozen=True, slots=True)
class _Item:
    words: frozenset[str]
    slot: str = ""
    optional: bool = False
    repeated: bool = False


_Way = tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A family that matched the words from *start* to *end*."""

    family: str
    start: int
    end: int


class Grammar:
    """Families of alternatives, indexed by the word they begin with."""

    def __init__(self, families: Mapping[str, str]) -> None:
        self.ways: dict[str, list[_Way]] = {
            name: [_way(line) for line in _alternatives(text)] for name, text in families.items()
        }
        self._first: dict[str, frozenset[str]] = dict.fromkeys(self.ways, frozenset())
        self._nullable: set[str] = set()
        self._settle()
        self._index = {name: self._indexed(ways) for name, ways in self.ways.items()}
        self.words = frozenset(
            w for ways in self.ways.values() for way in ways for item in way for w in item.words
        )

    def _settle(self) -> None:
        """Find what each family may begin with."""
        changed = True
        while changed:
            changed = False
            for name, ways in self.ways.items():
                first = self._first[name].union(*(self._begins(way) for way in ways))
                if first != self._first[name]:
                    self._first[name], changed = first, True

    def _begins(self, way: _Way) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for item in way:
            found |= self._first[item.slot] if item.slot else item.words
            if not item.optional:
                break
        return found

    def _indexed(self, ways: Sequence[_Way]) -> dict[str, list[_Way]]:
        index: dict[str, list[_Way]] = {}
        for way in ways:
            for word in self._begins(way):
                index.setdefault(word, []).append(way)
        return index

    def starting(self, family: str, word: str) -> Sequence[_Way]:
        """Return the alternatives of *family* that may begin with *word*."""
        return self._index[family].get(word, ())


class Match:
    """One sentence against a grammar."""

    def __init__(self, grammar: Grammar, words: Sequence[str]) -> None:
        self._grammar = grammar
        self._words = words
        self._known: dict[tuple[str, int], frozenset[int]] = {}
        self._open: set[tuple[str, int]] = set()

    def ends(self, family: str, at: int) -> frozenset[int]:
        """Return where *family* may end when it begins at *at*."""
        key = (family, at)
        if key in self._known:
            return self._known[key]
        if at >= len(self._words) or key in self._open:  # a family that begins with itself
            return frozenset()
        self._open.add(key)
        found: set[int] = set()
        for way in self._grammar.starting(family, self._words[at]):
            found |= self._through(way, at)
        self._open.discard(key)
        self._known[key] = frozenset(found)
        return self._known[key]

    def _through(self, way: _Way, at: int) -> set[int]:
        places = {at}
        for item in way:
            reached = self._over(item, places)
            places = reached | places if item.optional else reached
            if not places:
                break
        return places

    def _over(self, item: _Item, places: set[int]) -> set[int]:
        reached = {e for p in places for e in self._item(item, p)}
        if item.repeated:
            new = set(reached)
            for _ in range(_MOST_REPEATS):
                new = {e for p in new for e in self._item(item, p)} - reached
                if not new:
                    break
                reached |= new
        return reached

    def _item(self, item: _Item, at: int) -> frozenset[int]:
        if item.slot:
            return self.ends(item.slot, at)
        fits = at < len(self._words) and self._words[at] in item.words
        return frozenset((at + 1,)) if fits else frozenset()

    def nodes(self, family: str, start: int, end: int) -> list[Node]:
        """Return one way in which *family* covers the words: the families within, in order."""
        for way in self._grammar.starting(family, self._words[start]):
            found = self._derived(way, 0, start, end)
            if found is not None:
                return [Node(family, start, end), *found]
        return []

    def _derived(self, way: _Way, step: int, at: int, end: int) -> list[Node] | None:
        if step == len(way):
            return [] if at == end else None
        item = way[step]
        for stop in sorted(self._item(item, at), reverse=True):
            if stop > end:
                continue
            rest = self._derived(way, step + 1, stop, end)
            if rest is None and item.repeated:
                rest = self._derived(way, step, stop, end)
            if rest is not None:
                inner = self.nodes(item.slot, at, stop) if item.slot else []
                return [*inner, *rest]
        return self._derived(way, step + 1, at, end) if item.optional else None


def _alternatives(text: str) -> Iterator[str]:
    for line in text.replace("\n", "|").split("|"):
        if line.strip():
            yield line.strip()


def _way(line: str) -> _Way:
    return tuple(_item(raw) for raw in line.split())


def _item(raw: str) -> _Item:
    if raw in MARKS:
        return _Item(frozenset((raw,)))
    found = _ITEM.match(raw)
    if found is None:
        raise ValueError(raw)
    what, optional, repeated = found["what"], bool(found["many"]), found["many"] == "*"
    if what.startswith("{"):
        return _Item(frozenset(), what[1:-1], optional, repeated)
    words = frozenset(w if w in MARKS else fold(w) for w in what.split("/") if w)
    return _Item(words, "", optional, repeated)
