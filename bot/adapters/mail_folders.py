"""Names of mail folders, as people write them: «Mottaget», «Ärenden/Klara». Moves no mail."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

_NEVER = '*%\\"'  # wildcards and quotes of IMAP lists (RFC 3501 §6.3.8)


def parts(name: str) -> tuple[str, ...]:
    """Return the levels of a folder's name, outermost first; "/" parts them."""
    return tuple(name.split("/"))


def _checked(name: str) -> str:
    if not all(part.strip() == part and part for part in parts(name)):
        raise ValueError("mappnamnet har en tom del eller mellanslag i kanten")
    if any(sign in _NEVER or not sign.isprintable() for sign in name):
        raise ValueError(f"mappnamnet får inte innehålla {' '.join(_NEVER)} eller styrtecken")
    if any(part.startswith((".", "~", "#")) or part.endswith(".") for part in parts(name)):
        raise ValueError("mappnamnet får inte börja med . ~ # eller sluta med punkt")
    return name


Folder = Annotated[str, AfterValidator(_checked)]
