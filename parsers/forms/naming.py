"""Which field each label on a page names, where one word serves several. Chooses no places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.forms import Box
from parsers.forms.phrases import Found, key_of
from parsers.forms.places import Page
from parsers.forms.vocabulary import Name, Vocabulary

_SAME_COLUMN = 25.0  # mm between the starts of labels that stand one under the other
_SAME_ROW = 3.0
_INDENT = 12.0  # mm: headings of one column may begin this far apart
Names = tuple[Name, ...]
Seen = dict[Name, list[tuple[Found, bool]]]


def occurrences(page: Page, words: Vocabulary) -> Seen:
    """Return for each field the labels that may be its, and whether they can be another's too."""
    bands = [(f, words.headings[key_of(f.phrase)], page.grid.cell(*page.start(f)))
             for f in page.labels if key_of(f.phrase) in words.headings]  # fmt: skip
    meant = {n: words.names(f.phrase) for n, f in enumerate(page.labels)}
    meant = _unsettled(meant)
    meant |= {
        n: _of_sections(words, names, _section(page, page.labels[n], bands),
                        _near(page, words, n, meant))
        for n, names in meant.items() if len(names) > 1
    }  # fmt: skip
    meant = _unsettled(meant)
    seen: Seen = {}
    for n, found in enumerate(page.labels):
        for name in meant[n]:
            seen.setdefault(name, []).append((found, len(meant[n]) > 1))
    for name, founds in seen.items():
        label = key_of(words.specs[name].label)
        exact = [f for f in founds if key_of(f[0].phrase) == label]
        seen[name] = exact or founds
    return seen


def _unsettled(meant: Mapping[int, Names]) -> dict[int, Names]:
    """Leave out of each choice the fields that have a label of their own elsewhere."""
    settled = {names[0] for names in meant.values() if len(names) == 1}
    return {
        n: tuple(name for name in names if name not in settled) or names
        if len(names) > 1
        else names
        for n, names in meant.items()
    }


def _of_sections(words: Vocabulary, names: Names, *sections: str | None) -> Names:
    """Return those of *names* that are of the one section that heading and neighbours tell."""
    told = {section for section in sections if section is not None}
    return tuple(n for n in names if told == {words.specs[n].section}) or names


def _near(page: Page, words: Vocabulary, n: int, meant: Mapping[int, Names]) -> str | None:
    """Return the section of the labels around label *n*, when they are all of one."""
    x, y = page.start(page.labels[n])
    known = [
        (*page.start(page.labels[m]), words.specs[names[0]].section)
        for m, names in meant.items() if m != n and len(names) == 1
    ]  # fmt: skip
    column = [k for k in known if abs(k[0] - x) < _SAME_COLUMN]
    above = max((k for k in column if k[1] < y - _SAME_ROW), key=lambda k: k[1], default=None)
    below = min((k for k in column if k[1] > y + _SAME_ROW), key=lambda k: k[1], default=None)
    row = [k for k in known if abs(k[1] - y) < _SAME_ROW]
    beside = min(row, key=lambda k: abs(k[0] - x), default=None)
    sections = {k[2] for k in (above, below, beside) if k is not None}
    return sections.pop() if len(sections) == 1 else None


def _section(
    page: Page, found: Found, bands: Sequence[tuple[Found, str, Box | None]]
) -> str | None:
    """Return the section whose heading stands nearest above, in the same column."""
    x, y = page.start(found)
    above = []
    for heading, letter, band in bands:
        wide = band is not None and band.x1 - band.x0 > 30  # noqa: PLR2004 - mm
        at = page.start(heading)
        if wide:
            within = band is not None and band.x0 - 1 <= x <= band.x1 + 1
        else:
            within = at[0] <= x + _INDENT
        if at[1] < y and within:
            above.append((*at, letter))
    column = max((a[0] for a in above), default=0.0)
    return max(
        (a for a in above if a[0] > column - _INDENT), key=lambda a: a[1], default=(0, 0, None)
    )[2]
