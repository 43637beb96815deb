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
from parsers.forms.definition import Definition, SignatureSpec, TextSpec, TickSpec
from parsers.forms.phrases import Found, Text, key_of
from parsers.forms.places import Page, Side, cells, square, squares
from parsers.forms.vocabulary import SIGNED, Name, Vocabulary, vocabulary
from parsers.pdf.content import Outline

_PART = 0.45  # of the labels must be there: less is another form
_MOST = 0.6  # of the labels: their way is the page's way
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


@dataclass(frozen=True, slots=True)
class _Choice:
    """The place chosen for one field, and whether it is the only one that makes sense."""

    box: Box
    sure: bool


def printed_version(text: Text) -> str | None:
    """Return the edition that the page says it is."""
    found = text.search(_VERSION)
    return f"{found[1]}-{found[2]}" if found else None


def lay_out(
    text: Text, definitions: Sequence[Definition], outlines: Callable[[], Iterable[Outline]]
) -> Layout | None:
    """Find the fields of a known form in an unknown layout, or return None."""
    for form in dict.fromkeys(d.form for d in definitions):
        editions = [d for d in definitions if d.form == form]
        words = vocabulary(editions)
        found = text.find(words.phrases)
        if _enough(words, found):
            return _laid_out(Page(text, grid(outlines()), found), words, editions[0])
    return None


def _enough(words: Vocabulary, found: Sequence[Found]) -> bool:
    names = {name for f in found for name in words.names(f.phrase)}
    actions = [name for name in names if name[0] == "action"]
    return len(names) >= _PART * len(words.specs) and len(actions) > 1


def _laid_out(page: Page, words: Vocabulary, known: Definition) -> Layout:
    seen = _occurrences(page, words)
    chosen = {**_text_places(page, words, seen), **_tick_places(page, words, seen)}
    chosen |= _signature_place(page, seen)
    chosen = _apart(chosen)
    fields, ticks, signature = [], [], replace(known.signature, box=_NOWHERE)
    for name, spec in words.specs.items():
        choice = chosen.get(name)
        match spec:
            case TextSpec() if choice is not None:
                fields.append(replace(spec, cell=choice.box, value=choice.box))
            case TickSpec() if choice is not None:
                ticks.append(replace(spec, box=choice.box))
            case SignatureSpec() if choice is not None:
                signature = replace(spec, box=choice.box)
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


def _is_partly_there(name: Name, chosen: dict[Name, _Choice]) -> bool:
    """Tell whether a square is missing from a group that is otherwise on the page."""
    return bool(name[1]) and any(other[0] == name[0] for other in chosen)


def _occurrences(page: Page, words: Vocabulary) -> dict[Name, list[tuple[Found, bool]]]:
    """Return for each field the labels that may be its, and whether they can be another's too."""
    seen: dict[Name, list[tuple[Found, bool]]] = {}
    bands = [(f, words.headings[key_of(f.phrase)], page.grid.cell(*page.start(f)))
             for f in page.labels if key_of(f.phrase) in words.headings]  # fmt: skip
    for found in page.labels:
        names = words.names(found.phrase)
        section = _section(page, found, bands)
        if len(names) > 1 and section is not None:
            names = tuple(n for n in names if words.specs[n].section == section) or names
        for name in names:
            seen.setdefault(name, []).append((found, len(names) > 1))
    for name, founds in seen.items():
        label = key_of(words.specs[name].label)
        exact = [f for f in founds if key_of(f[0].phrase) == label]
        seen[name] = exact or founds
    return seen


def _section(
    page: Page, found: Found, bands: Sequence[tuple[Found, str, Box | None]]
) -> str | None:
    """Return the section whose heading stands nearest above, in the same column."""
    x, y = page.start(found)
    above = []
    for heading, letter, band in bands:
        wide = band is not None and band.x1 - band.x0 > 30  # noqa: PLR2004 - mm
        within = not wide or (band is not None and band.x0 - 1 <= x <= band.x1 + 1)
        if page.start(heading)[1] < y and within:
            above.append((page.start(heading)[1], letter))
    return max(above)[1] if above else None


def _text_places(
    page: Page, words: Vocabulary, seen: dict[Name, list[tuple[Found, bool]]]
) -> dict[Name, _Choice]:
    offers = {
        name: [(found, shared, cells(page, found)) for found, shared in founds]
        for name, founds in seen.items()
        if isinstance(words.specs[name], TextSpec)
    }
    way = _way(offer for several in offers.values() for _f, _s, offer in several)
    fitting = {
        name: ours
        for name, several in offers.items()
        if (ours := [(shared, offer) for _found, shared, offer in several if offer])
    }
    taken = {name: _side(ours[0][1], way)[1] for name, ours in fitting.items()}
    return {
        name: _Choice(
            taken[name],
            sure=len(ours) == 1
            and not ours[0][0]
            and _is_certain(page, ours[0][1], way, frozenset(taken.values())),
        )
        for name, ours in fitting.items()
    }


def _way(offers: Iterable[dict[Side, Box]]) -> Side:
    """Return where most labels of the page have their value."""
    sides: Counter[Side] = Counter()
    total = 0
    for offer in offers:
        total += 1
        sides.update(offer.keys())
    for side in (Side.RIGHT, Side.BELOW):
        if sides[side] >= _MOST * total:
            return side
    return Side.INSIDE


def _side(offer: dict[Side, Box], way: Side) -> tuple[Side, Box]:
    order = [way, *(s for s in (Side.INSIDE, Side.RIGHT, Side.BELOW, Side.LINE) if s is not way)]
    side = next(s for s in order if s in offer)
    return side, offer[side]


def _is_certain(
    page: Page, offer: dict[Side, Box], way: Side, taken: frozenset[Box] = frozenset()
) -> bool:
    """Tell whether the value can't stand elsewhere: another free place with writing in it."""
    side, box = _side(offer, way)
    others = [b for s, b in offer.items() if s is not side and b not in taken]
    contested = any(page.writes_in(b) for b in others) and not page.writes_in(box)
    return side is not Side.LINE and not contested


def _tick_places(
    page: Page, words: Vocabulary, seen: dict[Name, list[tuple[Found, bool]]]
) -> dict[Name, _Choice]:
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
            chosen[name] = _Choice(ours[0][1], sure=len(ours) == 1 and not ours[0][0])
        elif several:
            chosen[name] = _Choice(next(iter(several[0][1].values())), sure=False)
    return chosen


def _signature_place(page: Page, seen: dict[Name, list[tuple[Found, bool]]]) -> dict[Name, _Choice]:
    offers = [offer for found, _s in seen.get(SIGNED, ()) if (offer := cells(page, found))]
    if not offers:
        return {}
    sure = len(offers) == 1 and _is_certain(page, offers[0], Side.INSIDE)
    return {SIGNED: _Choice(_side(offers[0], Side.INSIDE)[1], sure)}


def _apart(chosen: dict[Name, _Choice]) -> dict[Name, _Choice]:
    """Return *chosen* with every place that two fields claim in doubt."""
    claims = Counter(choice.box for choice in chosen.values())
    return {
        name: _Choice(choice.box, choice.sure and claims[choice.box] == 1)
        for name, choice in chosen.items()
    }
