"""A form whose layout nobody described: fields by their labels and the page's own cells.

What can't be told for certain is a doubt, and a field in doubt is never sure. Reads no values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.forms import Box
from parsers.forms.cells import Grid, grid
from parsers.forms.choosing import Choice, choose
from parsers.forms.definition import Definition, SignatureSpec, TextSpec, TickSpec
from parsers.forms.naming import Seen, occurrences
from parsers.forms.phrases import Found, Text, others_than
from parsers.forms.places import Page, Side, places, square, squares
from parsers.forms.vocabulary import SIGNED, Name, Vocabulary, vocabulary
from parsers.pdf.content import Outline

_PART = 0.45  # of the labels must be there: less is another form
_NOWHERE = Box(0.0, 0.0, 1.0, 1.0)
_VERSION = re.compile(r"version(\d{4})(\d{2})(?!\d)")  # letters and digits only, see Text.search


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout found: a definition of this page, doubtful keys, and the words that are labels."""

    definition: Definition
    doubts: frozenset[str]
    missing: tuple[str, ...]
    labels: tuple[Found, ...]
    grid: Grid


def printed_version(text: Text) -> str | None:
    """Return the edition that the page says it is."""
    found = text.search(_VERSION)
    return f"{found[1]}-{found[2]}" if found else None


def lay_out(
    text: Text, definitions: Sequence[Definition], outlines: Callable[[], Iterable[Outline]], *,
    empty: bool = False,
) -> Layout | None:  # fmt: skip
    """Find the fields of a known form in an unknown layout, or return None.

    *empty* tells that nobody wrote on the page: every word on it is printed.
    """
    for form in dict.fromkeys(d.form for d in definitions):
        editions = [d for d in definitions if d.form == form]
        words = vocabulary(editions)
        found = text.find(words.phrases)
        if _enough(words, found):
            page = Page(text, grid(outlines()), found, others_than(text, found) if empty else ())
            return _laid_out(page, words, editions[0])
    return None


def _enough(words: Vocabulary, found: Sequence[Found]) -> bool:
    names = {name for f in found for name in words.names(f.phrase)}
    actions = [name for name in names if name[0] == "action"]
    return len(names) >= _PART * len(words.specs) and len(actions) > 1


def _laid_out(page: Page, words: Vocabulary, known: Definition) -> Layout:
    seen = occurrences(page, words)
    chosen = {**_text_places(page, words, seen), **_tick_places(page, words, seen)}
    chosen = _apart(chosen)
    fields, ticks, signature = [], [], replace(known.signature, box=_NOWHERE)
    for name, spec in words.specs.items():
        choice = chosen.get(name)
        match spec:
            case TextSpec() if choice is not None:
                fields.append(replace(spec, cell=choice.box, value=choice.box, line=choice.line))
            case TickSpec() if choice is not None:
                ticks.append(replace(spec, box=choice.box))
            case SignatureSpec() if choice is not None:
                signature = replace(spec, box=choice.box, line=choice.line)
            case _:
                pass
    doubts = {name[0] for name, choice in chosen.items() if not choice.sure}
    doubts |= {
        name[0] for name in words.specs if name not in chosen and _is_partly_there(name, chosen)
    }
    missing = tuple(spec.label for name, spec in words.specs.items() if name not in chosen)
    definition = replace(
        known, version=printed_version(page.text), width=page.text.width, height=page.text.height,
        anchors=(), fields=tuple(fields), ticks=tuple(ticks), signature=signature, ignored=(),
        blank=None,
    )  # fmt: skip
    if SIGNED not in chosen:
        doubts.add(SIGNED[0])
    return Layout(definition, frozenset(doubts), missing, page.labels, page.grid)


def _is_partly_there(name: Name, chosen: dict[Name, Choice]) -> bool:
    """Tell whether a square is missing from a group that is otherwise on the page."""
    return bool(name[1]) and any(other[0] == name[0] for other in chosen)


def _text_places(page: Page, words: Vocabulary, seen: Seen) -> dict[Name, Choice]:
    """Return the places to write in and to sign in."""
    offers = {
        (name, n): offer
        for name, founds in seen.items() if not isinstance(words.specs[name], TickSpec)
        for n, (found, _shared) in enumerate(founds) if (offer := places(page, found))
    }  # fmt: skip
    picked = choose(offers)
    taken = {choice.box for choice in picked.values()}
    chosen: dict[Name, Choice] = {}
    for (name, n), choice in picked.items():
        shared = seen[name][n][1]
        twice = name in chosen
        others = [b for b in offers[name, n].values() if b != choice.box and b not in taken]
        contested = any(page.writes_in(b) for b in others) and not page.writes_in(choice.box)
        sure = choice.sure and not (shared or twice or contested)
        chosen[name] = replace(chosen[name] if twice else choice, sure=sure)
    return chosen


def _tick_places(page: Page, words: Vocabulary, seen: Seen) -> dict[Name, Choice]:
    boxes = squares(page)
    offers = {
        name: [(shared, offer) for f, shared in founds if (offer := square(page, f, boxes))]
        for name, founds in seen.items()
        if isinstance(words.specs[name], TickSpec)
    }
    sides = Counter(s for several in offers.values() for _s, offer in several for s in offer)
    way = Side.RIGHT if sides[Side.RIGHT] > sides[Side.LEFT] else Side.LEFT
    chosen = {}
    for name, several in offers.items():
        ours = [(shared, offer[way]) for shared, offer in several if way in offer]
        if ours:
            chosen[name] = Choice(ours[0][1], sure=len(ours) == 1 and not ours[0][0])
        elif several:
            chosen[name] = Choice(next(iter(several[0][1].values())), sure=False)
    return chosen


def _apart(chosen: dict[Name, Choice]) -> dict[Name, Choice]:
    """Return *chosen* with every place that two fields claim in doubt."""
    claims = Counter(choice.box for choice in chosen.values())
    return {
        name: replace(choice, sure=choice.sure and claims[choice.box] == 1)
        for name, choice in chosen.items()
    }
