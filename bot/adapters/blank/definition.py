"""The form definition of a layout, as TOML: what the reader must know. Reads no definition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bot.adapters.blank.drawing import draw
from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.plan import Layout, TextField, Tick
from bot.domain.forms import Box

_NOBODY = OfficeFacts(name="", mail="", department="")  # a definition names no office
_HEAD = """\
# Made from the layout in bot/adapters/blank by `python -m bot.adapters.blank FOLDER`.
# Boxes are [x0, y0, x1, y1] in mm from the page's upper left corner.
"""


def write_definition(layout: Layout) -> str:
    """Return the definition of *layout*: the boxes are those that the blank is drawn in."""
    tables = (
        table("", _about(layout)),
        *(table("[[anchor]]", row) for row in _anchors(layout)),
        *(table("[[field]]", row) for row in _fields(layout)),
        *(table("[[tick]]", row) for row in _ticks(layout)),
        table("[signature]", _signature(layout)),
        *(table("[[ignored]]", row) for row in _ignored(layout)),
    )
    return _HEAD + "\n".join(tables)


Row = tuple[tuple[str, object], ...]


def _about(layout: Layout) -> Row:
    return (
        ("form", layout.form),
        ("version", layout.version),
        ("title", " ".join(layout.title)),
        ("blank", f"{layout.version}.pdf"),
        ("page", (layout.width, layout.height)),
        ("version_text", layout.version_text),
    )


def _anchors(layout: Layout) -> Iterator[Row]:
    """Yield the printed words that stand on every copy, whichever office prints it."""
    words = {s.title for s in layout.sections} | {c.label for _s, c in layout.cells()}
    words |= {e.label for e in layout.entries()} | set(layout.title)
    for printed in draw(layout, _NOBODY, layout.form).printed:
        if printed.words and printed.words in words:
            yield (("text", printed.words), ("box", printed.box))


def _fields(layout: Layout) -> Iterator[Row]:
    for section, cell in layout.cells():
        for entry in cell.content:
            if isinstance(entry, TextField):
                yield (
                    ("key", entry.key),
                    ("type", entry.kind),
                    ("label", entry.label),
                    ("section", section.letter),
                    ("cell", entry.cell),
                    ("value", entry.value),
                    ("acro", entry.acro),
                    ("critical", entry.critical),
                )


def _ticks(layout: Layout) -> Iterator[Row]:
    for section, cell in layout.cells():
        for entry in cell.content:
            if isinstance(entry, Tick):
                yield (
                    ("key", entry.key),
                    ("value", True if entry.value == "true" else entry.value),
                    ("label", entry.label),
                    ("section", section.letter),
                    ("box", entry.box),
                    ("acro", entry.acro),
                )


def _signature(layout: Layout) -> Row:
    letter = next(s.letter for s, cell in layout.cells() if cell.label == layout.signature_label)
    return (
        ("key", "signed"),
        ("label", layout.signature_label),
        ("section", letter),
        ("box", layout.signature),
    )


def _ignored(layout: Layout) -> Iterator[Row]:
    for section, cell in layout.cells():
        if cell.ignored:
            yield (("label", cell.label), ("section", section.letter), ("cell", cell.box))


def table(head: str, rows: Iterable[tuple[str, object]]) -> str:
    """Return *rows* of keys and values as a TOML table under *head*."""
    lines = [head] if head else []
    lines += [f"{key} = {_value(value)}" for key, value in rows]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """Return *value* as TOML; its strings, booleans and arrays are written as JSON writes them."""
    if isinstance(value, Box):
        return _value(tuple(round(v, 2) for v in (value.x0, value.y0, value.x1, value.y1)))
    return json.dumps(value, ensure_ascii=False)
