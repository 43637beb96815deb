"""A definition made from an office's empty blank, for ``form learn``. Stores nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.forms import Box
from parsers.forms.definition import Definition, TextSpec
from parsers.forms.layout import Layout, lay_out, printed_version
from parsers.forms.phrases import Found, Text, key_of, upright
from parsers.pdf.content import Outline
from parsers.pdf.guard import open_guarded
from parsers.pdf.page import sheets

_RIM = 0.6  # mm between a cell's line and what is written in it
_UNDER = 3.0  # mm of room under a label: values stand below it, else beside
FEW = "Filen har för få av blankettens ledtexter för att gå att lära in."
Row = Sequence[tuple[str, object]]


class NotLearntError(ValueError):
    """The file can't become a definition; the message says why in Swedish."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A definition as TOML, with what was left out of it and must be added by hand."""

    toml: str
    version: str
    found: tuple[str, ...]  # labels that have their place
    doubtful: tuple[str, ...]  # keys whose place is not certain: left out
    missing: tuple[str, ...]  # labels that are not on the blank


def learn(content: bytes, *, name: str, known: Sequence[Definition]) -> Learnt:
    """Make a definition named *name* of the empty blank *content*, by the labels of *known*.

    Raises:
        RefusedError: the PDF can't be opened.
        NotLearntError: it is upside down or sideways, or has too few of the known labels.
    """
    open_guarded(content, max_pages=10).close()
    with sheets(content) as pages:
        for sheet in pages:
            text = upright(sheet.chars(), sheet.width, sheet.height)
            learnt = learn_page(text, partial(sheet.outlines, text.way), name=name, known=known)
            if learnt is None:
                continue
            if text.way.quarter_turns or sheet.number > 1:
                raise NotLearntError("Blanketten ska ligga på första sidan och stå rättvänd.")
            return learnt
    raise NotLearntError(FEW)


def learn_page(
    text: Text, outlines: Callable[[], Iterable[Outline]], *, name: str,
    known: Sequence[Definition],
) -> Learnt | None:  # fmt: skip
    """Make a definition of a blank's page; None when it has too few of the known labels.

    Raises:
        NotLearntError: there is no certain place to sign in.
    """
    layout = lay_out(text, known, outlines, empty=True)
    if layout is None:
        return None
    printed = printed_version(text)
    return _learnt(layout, name, f"version {printed}" if printed else "")


def _learnt(layout: Layout, name: str, version_text: str) -> Learnt:
    found = layout.definition
    fields = [f for f in found.fields if f.key not in layout.doubts]
    ticks = [t for t in found.ticks if t.key not in layout.doubts]
    if "signed" in layout.doubts:
        raise NotLearntError("Rutan för underskriften går inte att hitta säkert.")
    about: Row = (
        ("form", found.form), ("version", name), ("title", found.title), ("blank", f"{name}.pdf"),
        ("page", (round(found.width, 2), round(found.height, 2))), ("version_text", version_text),
    )  # fmt: skip
    tables = [
        _table("", about),
        *(_table("[[anchor]]", row) for row in _anchors(layout.labels)),
        *(_table("[[field]]", _field(f, layout.labels)) for f in fields),
        *(
            _table("[[tick]]", (("key", t.key), ("value", t.value), ("label", t.label),
                                ("section", t.section), ("box", _corners(t.box))))
            for t in ticks
        ),
        _table("[signature]", (("key", "signed"), ("label", found.signature.label),
                               ("section", found.signature.section),
                               ("box", _corners(found.signature.box)),
                               *((("line", True),) if found.signature.line else ()))),
    ]  # fmt: skip
    return Learnt(
        "\n".join(tables), name, (*(f.label for f in fields), *(t.label for t in ticks)),
        tuple(sorted(layout.doubts)), layout.missing,
    )  # fmt: skip


def _anchors(labels: Sequence[Found]) -> Iterator[Row]:
    """Yield the words that stand in one place only."""
    keys = [key_of(f.phrase) for f in labels]
    for found, key in zip(labels, keys, strict=True):
        if keys.count(key) == 1:
            yield (("text", found.phrase), ("box", _corners(found.box)))


def _field(spec: TextSpec, labels: Sequence[Found]) -> Row:
    return (
        ("key", spec.key), ("type", spec.kind), ("label", spec.label), ("section", spec.section),
        ("cell", _corners(spec.cell)), ("value", _corners(_writing(spec.cell, labels))),
        ("critical", spec.critical), *((("line", True),) if spec.line else ()),
    )  # fmt: skip


def _writing(cell: Box, labels: Sequence[Found]) -> Box:
    """Return the part of *cell* to write in: under its label, or beside it, or all of it."""
    area = Box(cell.x0 + _RIM, cell.y0 + _RIM, cell.x1 - _RIM, cell.y1 - _RIM)
    own = [f.box for f in labels if cell.x0 < f.box.x0 < cell.x1 and cell.y0 < f.box.y0 < cell.y1]
    if not own:
        return area
    low, right = max(b.y1 for b in own), max(b.x1 for b in own)
    if area.y1 - low >= _UNDER:
        return Box(area.x0, low, area.x1, area.y1)
    return Box(right, area.y0, area.x1, area.y1) if area.x1 - right > 1 else area


def _corners(box: Box) -> tuple[float, ...]:
    return tuple(round(v, 2) for v in (box.x0, box.y0, box.x1, box.y1))


def _table(head: str, rows: Iterable[tuple[str, object]]) -> str:
    lines = [head] if head else []
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows]
    return "\n".join(lines) + "\n"
