"""The one way in for a page that is a picture: a receipt by its mark, a form, or neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.forms import FormReading, ReceiptReading
from parsers.forms.definition import Definition
from parsers.forms.outcome import Foreign, Unread
from parsers.scan import door
from parsers.scan.capture import Broken
from parsers.scan.picture import Picture
from parsers.scan.pixels import is_empty
from parsers.settings import Settings

_TITLE = "Kvittensförreservkort"  # as it stands among a page's characters, without spaces
_ADVICE = "skrivdemaldrighär"
_Look = Callable[[Picture, Sequence[Definition], Settings], ReceiptReading | None]


def read(
    page: Picture | Broken, definitions: Sequence[Definition], settings: Settings, *,
    worded: bool = False,
) -> FormReading | ReceiptReading | Foreign | Unread:  # fmt: skip
    """Return what stands on *page*; *worded* tells that its words are those of a receipt.

    Only what is no form is searched at length, so that forms are read as fast as without receipts.

    Raises:
        MemoryError: the page needs more than this process may have.
    """
    if isinstance(page, Broken) or is_empty(page):
        return door.read(page, definitions, settings)
    from parsers.receipts import receipt  # noqa: PLC0415 - OpenCV: whoever reads vectors needs none

    found = _tried(receipt.at_a_glance, page, definitions, settings)
    if found is not None:
        return found
    form = door.read(page, definitions, settings)
    if isinstance(form, FormReading):
        return form
    found = _tried(receipt.at_length, page, definitions, settings)
    if found is None and worded:
        found = receipt.unknown(page)
    return found or form


def has_words(text: str) -> bool:
    """Tell whether *text*, a page's characters without spaces, is that of a receipt.

    Words only say where to look: the mark is read from what is seen.
    """
    return _TITLE in text and _ADVICE in text


def _tried(
    look: _Look, page: Picture, definitions: Sequence[Definition], settings: Settings
) -> ReceiptReading | None:
    try:
        return look(page, definitions, settings)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - foreign pixels, foreign code: the page is read as any other
        return None
