"""How reports write days, numbers and the answers of a review, in Swedish."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.calendar import STOCKHOLM

ANSWER_WORDS = {
    "stays": "kvar",
    "left": "har slutat",
    "leaving": "slutar",
    "moved": "har flyttat",
    "unclear": "oklart svar",
    "open": "inget svar",
}
STATUS_WORDS = {
    "answered": "har svarat",
    "partly": "har svarat delvis",
    "silent": "har inte svarat",
    "absent": "borta",
    "failed": "brevet kom inte fram",
}
NOTHING = "–"


def answer_in_words(answer: str, to: str = "") -> str:
    """Return what the manager answered: "har flyttat till Kallhälls skola"."""
    words = ANSWER_WORDS.get(answer, answer)
    return f"{words} till {to}" if answer == "moved" and to else words


def day(value: date | None) -> str:
    """Return the day as 2026-10-12."""
    return value.isoformat() if value else NOTHING


def moment(value: datetime | None) -> str:
    """Return the moment by Swedish time as 2026-10-12 14.05."""
    return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}" if value else NOTHING


def number(value: int) -> str:
    """Return *value* in groups of three: 12 345."""
    return f"{value:,}".replace(",", "\u00a0")


def share(part: int, whole: int) -> str:
    """Return how many per cent *part* is of *whole*; all and none only where it is so."""
    if not whole:
        return NOTHING
    percent = round(1000 * part / whole) / 10
    if part < whole:
        percent = min(percent, 99.9)
    if part > 0:
        percent = max(percent, 0.1)
    return f"{percent:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0%"


def days(value: float | None) -> str:
    """Return a number of days: "2,5 dagar"."""
    if value is None:
        return NOTHING
    figure = f"{value:.1f}".replace(".", ",").removesuffix(",0")
    return f"{figure} {'dag' if value == 1 else 'dagar'}"
