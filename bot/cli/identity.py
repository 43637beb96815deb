"""What clerks call an identity document, and which kind it is (S11)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.cli.frame import Exit, complain
from bot.domain.cards import IdKind
from bot.domain.labels import REASONS

_WORDS: dict[IdKind, tuple[str, ...]] = {
    IdKind.PASSPORT: ("pass", "passport", "svensktpass", "swedishpassport"),
    IdKind.NATIONAL_ID: (
        "nationelltidkort", "nationellt", "nationelltid", "nationalid", "nationalidcard", "nid",
    ),
    IdKind.ID_CARD: (
        "idkort", "idcard", "siskort", "sis", "siscard", "sisid", "sismarkt", "sismarktidkort",
        "skatteverket", "skatteverketsidkort", "legitimation", "id", "bankid-kort", "bankidkort",
    ),
    IdKind.DRIVING_LICENCE: (
        "korkort", "drivinglicence", "drivinglicense", "driverslicense", "driverlicense",
        "driverslicence", "licence",
    ),
    IdKind.FOREIGN_PASSPORT: ("utlandsktpass", "foreignpassport", "utlpass"),
    IdKind.FOREIGN_ID: (
        "utlandsktidkort", "utlandsktid", "foreignid", "foreignidcard", "eueesidkort", "euid",
        "eidkorteu",
    ),
    IdKind.SERVICE_CARD: ("etjanstekort", "tjanstekort", "servicecard", "siths", "sithskort"),
}  # fmt: skip
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
_LETTERS = str.maketrans("åäöé", "aaoe")


def reasons_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the reasons of S9 that *texts* name; leaves with exit code 1 at one that is none."""
    known = {_plain(word): key for key, word in REASONS.items()}
    known |= {_plain(key): key for key in REASONS}
    found = []
    for text in texts:
        if _plain(text) not in known:
            allowed = ", ".join(REASONS)
            complain(f"--reason ”{text}” är inget skäl. Skriv något av: {allowed}.", Exit.USAGE)
        found.append(known[_plain(text)])
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold().translate(_LETTERS))


def id_kind(text: str) -> IdKind:
    """Return the kind that *text* names; leaves with exit code 1, naming all, when it is none."""
    found = _KINDS.get(_plain(text))
    if found is None:
        known = "pass, nationellt id-kort, id-kort, körkort, utländskt pass, utländskt id-kort"
        complain(
            f"--id-kind ”{text}” är ingen giltig legitimation. Skriv något av: {known}.", Exit.USAGE
        )
    return found
