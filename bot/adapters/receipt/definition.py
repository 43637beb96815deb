"""The edition of the receipt as the reader must know it, as TOML. Reads no definition."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.blank.definition import table
from bot.adapters.receipt import layout
from bot.adapters.receipt.drawing import draw
from bot.domain.forms import Box
from bot.domain.receipts import EDITION

_HEAD = """\
# Made from the layout in bot/adapters/receipt by `python -m bot.adapters.receipt FOLDER`.
# Boxes are [x0, y0, x1, y1] in mm from the page's upper left corner.
"""
Row = tuple[tuple[str, object], ...]


def write_definition() -> str:
    """Return the definition of the receipt in print: the boxes are those that it is drawn in."""
    tables = (
        table("", _about()),
        *(table("[[anchor]]", row) for row in _anchors()),
        *(table("[[field]]", row) for row in _fields()),
        table("[signature]", _signature()),
        *(table("[[ignored]]", row) for row in _ignored()),
    )
    return _HEAD + "\n".join(tables)


def _about() -> Row:
    return (
        ("form", "kvittens"),
        ("version", EDITION),
        ("title", layout.TITLE),
        ("blank", f"{EDITION}.pdf"),
        ("page", (layout.WIDTH, layout.HEIGHT)),
        ("version_text", f"Kvittens {EDITION}"),
    )


def _anchors() -> Iterator[Row]:
    """Yield the words that stand on every copy, one line each."""
    for printed in draw(("", ""), "", {}, "").printed:
        if printed.words and not printed.words.removesuffix(".").isdigit():
            yield (("text", printed.words), ("box", printed.box))


def _fields() -> Iterator[Row]:
    for cell in layout.CELLS:
        yield (
            ("key", cell.key),
            ("type", "text"),
            ("label", cell.label),
            ("section", layout.LOAN),
            ("cell", cell.box),
            ("value", cell.value),
        )


def _signature() -> Row:
    return (
        ("key", "signed"),
        ("label", layout.SIGN_LABEL),
        ("section", layout.SIGNATURE),
        ("box", layout.SIGN),
    )


def _ignored() -> Iterator[Row]:
    """Yield what differs from copy to copy and is not read: codes, mark, office, date."""
    own: tuple[tuple[str, Box], ...] = (
        *((layout.CODE_WORD, box) for box in layout.CODES),
        ("Märke", layout.MARK),
        ("Adress", layout.SEND),
        ("Avsändare", layout.OFFICE),
        (layout.DATE_LABEL, layout.DATE),
    )
    for label, box in own:
        yield (("label", label), ("section", ""), ("cell", box))
