"""One sentence of a plain reply as a row of statements and chat. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.answers.review_templates_change import CHANGES, PREAMBLE
from parsers.answers.review_templates_chat import HARMLESS, TIMES
from parsers.answers.review_templates_clauses import CLAUSES
from parsers.answers.review_templates_core import CORE
from parsers.answers.review_templates_courtesy import COURTESY_SLOTS
from parsers.answers.review_templates_english import ENGLISH
from parsers.answers.review_templates_events import EVENTS, WHO
from parsers.answers.review_templates_grammar import Grammar, Match, Node
from parsers.answers.review_templates_same import SAMENESS
from parsers.answers.review_templates_sentences import Sentence
from parsers.answers.review_templates_stay import PREDICATES, SUBJECTS

FAMILIES = {
    **SUBJECTS, **PREDICATES,
    **SAMENESS, **CHANGES, **PREAMBLE, **ENGLISH, **WHO, **EVENTS, **CLAUSES,
    **COURTESY_SLOTS, **CORE,
}  # fmt: skip
GRAMMAR = Grammar(FAMILIES)
KNOWN = GRAMMAR.words | HARMLESS
STATEMENTS = (
    "ALLSAID", "RESTSTAYS", "ELSEFINE", "ALLBUT", "FINEBUT", "ONLYONE", "SAYS", "OWNER",
    "OWNERNEXT", "REMOVE", "INLINE", "INLINESTAY", "COUNTED", "ALLLEFT", "RESTLEFT", "ONLYSTAY",
    "TIDYUP",
)  # fmt: skip
_LATER = ("ALLFOLLOWS", "FOLLOWS")
_SEPARATORS = frozenset({",", "-", ":", "och", "sa", "samt", "medan", "alltsa", "/", "and"})
_STRONG = frozenset({"men", "daremot", "but", "fast"})
_OPEN, _SAID, _CHAT, _BUT = range(4)
_LEADS = ("PRE", "YES", "TALLY", "NAY")
_LONGEST = 60  # words of a sentence
CHAT, COURTESY, BUT, NAY = "CHAT", "COURTESY", "BUT", "NAY"


@dataclass(frozen=True, slots=True)
class Part:
    """A statement, or chat, from the word *start* to the word *end*."""

    kind: str
    start: int
    end: int


_Found = tuple[int, int, tuple[Part, ...]]


class Reading:
    """The parts of one sentence."""

    def __init__(self, sentence: Sentence, *, single: bool) -> None:
        self._words = sentence.words
        self._match = Match(GRAMMAR, sentence.words)
        self._kinds = (*STATEMENTS, *_LATER, *(("ONEROW",) if single else ()))
        self._known: dict[tuple[int, int], _Found | None] = {}

    def parts(self) -> tuple[Part, ...] | None:
        """Return the parts that cover the sentence with least chat, None where nothing does."""
        if len(self._words) > _LONGEST:
            return None
        for whole in ("HEAD", "YES", "CONFIRM", "NAY"):
            if len(self._words) in self._match.ends(whole, 0):
                return (Part(whole, 0, len(self._words)),)
        found = self._from(0, _OPEN)
        if found is None:
            return None
        told = any(p.kind not in (CHAT, COURTESY, "PRE") for p in found[2])
        chat = [self._words[p.start] for p in found[2] if p.kind == CHAT]
        if told and any(w in TIMES for w in chat):
            return None
        return found[2]

    def item(self) -> tuple[Part, ...] | None:
        """Return the sentence as one line below a heading."""
        fits = len(self._words) in self._match.ends("ITEM", 0)
        return (Part("ITEM", 0, len(self._words)),) if fits else None

    def nodes(self, part: Part) -> list[Node]:
        """Return the families within *part*."""
        return self._match.nodes(part.kind, part.start, part.end)

    def _from(self, at: int, state: int) -> _Found | None:
        if at == len(self._words):
            return (0, 0, ()) if state != _BUT else None
        key = (at, state)
        if key not in self._known:
            best: _Found | None = None
            for part, cost, after in self._steps(at, state):
                rest = self._from(part.end, after)
                if rest is None:
                    continue
                parts = rest[2] if part.kind == "SEP" else (part, *rest[2])
                one = (rest[0] + cost, rest[1] + (part.kind != "SEP"), parts)
                if best is None or one[:2] < best[:2]:
                    best = one
            self._known[key] = best
        return self._known[key]

    def _steps(self, at: int, state: int) -> Iterator[tuple[Part, int, int]]:
        for kind in self._kinds:
            if kind in _LATER and state != _OPEN:
                continue
            for end in self._match.ends(kind, at):
                yield Part(kind, at, end), 0, _SAID
        if state == _BUT:
            return
        for end in self._match.ends(COURTESY, at):
            yield Part(COURTESY, at, end), 0, _CHAT
        yield from self._between(at, state)
        if state == _OPEN:
            for kind in _LEADS:
                for end in self._match.ends(kind, at):
                    yield Part(kind, at, end), 0, _SAID if kind == "TALLY" else _OPEN
        if state in (_OPEN, _CHAT) and self._words[at] in HARMLESS:
            yield Part(CHAT, at, at + 1), 1, _CHAT

    def _between(self, at: int, state: int) -> Iterator[tuple[Part, int, int]]:
        """Yield what parts one statement from the next."""
        word, after = self._words[at], self._words[at + 1 : at + 2]
        if word in _SEPARATORS:
            yield Part("SEP", at, at + 1), 0, _OPEN
        if word in _STRONG and state in (_SAID, _CHAT):
            yield Part(BUT, at, at + 1), 0, _BUT
        if word == "," and after and after[0] in _STRONG and state in (_SAID, _CHAT):
            yield Part(BUT, at, at + 2), 0, _BUT
