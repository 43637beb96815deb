"""The words by which a form's fields are known, whatever its layout. Knows no places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.forms import Box
from parsers.forms.definition import Definition, SignatureSpec, TextSpec, TickSpec
from parsers.forms.phrases import key_of

Name = tuple[str, str]  # key and, for a square, what it says; "" for a field to write in
Spec = TextSpec | TickSpec | SignatureSpec
SIGNED: Name = ("signed", "")
_OWNERS = {  # whose field it is, said before its label; by the key that tells the section
    "person_id": ("Sökandens", "Den anställdes", "Medarbetarens", "Personens", "Användarens",
                  "Innehavarens"),
    "manager_name": ("Chefens", "Ansvarig chefs", "Verksamhetschefens", "Beställarens",
                     "Beställande chefs", "Närmaste chefs"),
}  # fmt: skip
_NOTE = re.compile(r"\s*\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every label and synonym of a form's editions, the headings, and other printed words."""

    specs: dict[Name, Spec]
    says: dict[str, tuple[Name, ...]]  # by key_of(phrase)
    headings: dict[str, str]  # by key_of(phrase): the section's letter
    phrases: tuple[str, ...]

    def names(self, phrase: str) -> tuple[Name, ...]:
        """Return the fields that *phrase* can be the label of."""
        return self.says.get(key_of(phrase), ())


def vocabulary(editions: Sequence[Definition]) -> Vocabulary:
    """Collect the words of all *editions* of one form."""
    specs: dict[Name, Spec] = {}
    says: dict[str, dict[Name, None]] = {}
    headings: dict[str, str] = {}
    phrases: dict[str, None] = {}
    for edition in editions:
        owners = {f.section: _OWNERS[f.key] for f in edition.fields if f.key in _OWNERS}
        for name, spec in _named(edition):
            specs.setdefault(name, spec)
            for words in _words(spec, owners.get(spec.section, ())):
                says.setdefault(key_of(words), {})[name] = None
                phrases[words] = None
        headings |= {key_of(words): letter for words, letter in _headings(edition)}
        phrases |= dict.fromkeys([a.text for a in edition.anchors])
        phrases |= dict.fromkeys([i.label for i in edition.ignored])
    return Vocabulary(specs, {k: tuple(v) for k, v in says.items()}, headings, tuple(phrases))


def _words(spec: Spec, owners: Sequence[str]) -> Iterator[str]:
    """Yield what may be printed for *spec*: its label, other words, both with their owner."""
    words = (spec.label, _NOTE.sub("", spec.label), *spec.synonyms)
    yield from words
    if isinstance(spec, TextSpec):
        for owner in owners:
            yield from (f"{owner} {w[0].lower()}{w[1:]}" for w in words)


def name_of(spec: Spec) -> Name:
    """Return the name under which the vocabulary knows *spec*."""
    match spec:
        case TextSpec():
            return (spec.key, "")
        case TickSpec():
            return (spec.key, str(spec.value))
        case SignatureSpec():
            return SIGNED


def _named(edition: Definition) -> list[tuple[Name, Spec]]:
    specs: tuple[Spec, ...] = (*edition.fields, *edition.ticks, edition.signature)
    return [(name_of(spec), spec) for spec in specs]


def _headings(edition: Definition) -> list[tuple[str, str]]:
    """Return the words that stand above each section: the lowest anchor above its cells."""
    boxes: dict[str, list[Box]] = {}
    for part in edition.fields:
        boxes.setdefault(part.section, []).append(part.cell)
    for tick in edition.ticks:
        boxes.setdefault(tick.section, []).append(tick.box)
    labels = {key_of(spec.label) for _name, spec in _named(edition)}
    found = []
    for letter, parts in boxes.items():
        top, left, right = (
            min(b.y0 for b in parts),
            min(b.x0 for b in parts),
            max(b.x1 for b in parts),
        )
        above = [
            a for a in edition.anchors
            if a.box.y1 <= top + 1 and left - 8 < a.box.x0 < right and key_of(a.text) not in labels
        ]  # fmt: skip
        if above:
            found.append((max(above, key=lambda a: a.box.y0).text, letter))
    return found
