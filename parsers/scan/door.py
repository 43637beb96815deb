"""The one way into the scan reader. Whoever reads vector files only never loads its libraries."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.forms import FormReading
from parsers.forms.definition import Definition
from parsers.forms.outcome import Foreign, Unread
from parsers.scan.capture import Broken
from parsers.scan.picture import Picture
from parsers.scan.pixels import is_empty
from parsers.settings import Settings

_FAILED = "Sidan gick inte att läsa av. En handläggare tittar på den."
_BROKEN = "Sidan är skadad i filen och går inte att öppna. En handläggare tittar på den."


def read(
    page: Picture | Broken, definitions: Sequence[Definition], settings: Settings
) -> FormReading | Foreign | Unread:
    """Return what stands on *page*; a reader that fails on it leaves it to a person.

    Raises:
        MemoryError: the page needs more than this process may have.
    """
    if isinstance(page, Broken):
        return Unread(_BROKEN)
    if is_empty(page):
        return Foreign(empty=True)
    from parsers.scan.page import read_picture  # noqa: PLC0415 - OpenCV and onnxruntime: 100 MB

    try:
        return read_picture(page, definitions, settings)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - foreign pixels, foreign code: a person must look
        return Unread(_FAILED)
