"""The likeliest texts of a line from a net's log-probabilities, held to what its kind may say.

A check sum only proposes: the best text is never replaced by one that happens to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, inf, log1p

import numpy as np
from numpy.typing import NDArray

from bot.domain.values import InvalidPersonIdError, PersonId
from parsers import swedish
from parsers.forms.definition import Kind

Logs = NDArray[np.float32]
BLANK = 0  # class of the net that means: no letter here
WIDTH = 12  # texts kept from step to step
WIDE = 40  # for a person's number, where the one that holds may stand far down
COUNT = 5  # alternatives at most
_TOP = 5  # classes looked at in a step
_FAINT = np.log(2e-4)  # what is less likely in a step is not looked at
_SURE = np.log(1 - 1e-4)
_NEVER = -inf
_LATEST = date(2999, 12, 31)  # the reader has no clock; the century is settled elsewhere

_DIGITS = "0123456789"
_ALLOWED: dict[Kind, str] = {
    "person_id": _DIGITS + " -+",
    "date": _DIGITS + " -/.:,abcdefghijklmnoprstuvyABCDEFGHIJKLMNOPRSTUVY",
    "phone": _DIGITS + " -+/().",
    "digits": _DIGITS + " -",
    "mail": _DIGITS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZåäöéüÅÄÖÉÜ@.-_'+&",
    "hsa_id": _DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text with its log-probability by the net."""

    text: str
    log: float


def masked(logs: Logs, alphabet: str, kind: Kind | None) -> Logs:
    """Return *logs* with the letters that *kind* never holds ruled out; a new array.

    What they had is not shared out among the rest: a word in a field of digits stays unlikely.
    """
    allowed = _ALLOWED.get(kind) if kind is not None else None
    if allowed is None:
        return logs
    out = np.full_like(logs, -np.inf)
    columns = [BLANK, *(1 + at for at, letter in enumerate(alphabet) if letter in allowed)]
    out[:, columns] = logs[:, columns]
    return out


def search(logs: Logs, alphabet: str, width: int = WIDTH) -> list[Candidate]:
    """Return the likeliest texts for [steps, classes] natural logarithms, best first.

    Prefix beam search: each text's ways through the net are added up. Where the net is certain
    of one class, only that class is followed.
    """
    held: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, _NEVER)}
    best = logs.argmax(axis=1)
    for step, top in zip(logs, best, strict=True):
        if step[top] > _SURE:
            looked = [int(top)]
        else:
            likely = np.argpartition(step, -_TOP)[-_TOP:] if len(step) > _TOP else range(len(step))
            looked = [int(c) for c in likely if step[c] > _FAINT] or [int(top)]
        if looked == [BLANK] and len(held) == 1:
            ((text, (blank, letter)),) = held.items()
            held = {text: (_add(blank, letter) + float(step[BLANK]), _NEVER)}
            continue
        held = _stepped(held, [(c, float(step[c])) for c in looked], width)
    scored = [(_add(*both), text) for text, both in held.items()]
    scored.sort(key=lambda row: -row[0])
    return [
        Candidate("".join(alphabet[c - 1] for c in text), log)
        for log, text in scored
        if log > _NEVER
    ]


def _stepped(
    held: dict[tuple[int, ...], tuple[float, float]],
    looked: list[tuple[int, float]],
    width: int,
) -> dict[tuple[int, ...], tuple[float, float]]:
    blanks: dict[tuple[int, ...], float] = {}
    letters: dict[tuple[int, ...], float] = {}
    for text, (at_blank, at_letter) in held.items():
        both = _add(at_blank, at_letter)
        last = text[-1] if text else BLANK
        for column, log in looked:
            if column == BLANK:
                blanks[text] = _add(blanks.get(text, _NEVER), both + log)
                continue
            longer = (*text, column)
            if column == last:
                letters[text] = _add(letters.get(text, _NEVER), at_letter + log)
                letters[longer] = _add(letters.get(longer, _NEVER), at_blank + log)
            else:
                letters[longer] = _add(letters.get(longer, _NEVER), both + log)
    found = {
        text: (blanks.get(text, _NEVER), letters.get(text, _NEVER)) for text in blanks | letters
    }
    if len(found) <= width:
        return found
    kept = sorted(found.items(), key=lambda item: -_add(*item[1]))[:width]
    return dict(kept)


def _add(one: float, two: float) -> float:
    """Return the logarithm of the sum of two probabilities."""
    high, low = (one, two) if one > two else (two, one)
    if low == _NEVER:
        return high
    return high + log1p(exp(low - high))


def choose(
    logs: Logs, alphabet: str, kind: Kind | None
) -> tuple[Candidate, list[tuple[str, float]]]:
    """Return the best text of *kind* and the next ones with their shares of what was found.

    Where the kind has a check, only texts that pass it are named as next ones: a person's number
    with its check digit and calendar, a day that exists, a telephone number, an address.
    """
    checked = kind in ("person_id", "date", "phone", "mail")
    found = search(masked(logs, alphabet, kind), alphabet, WIDE if kind == "person_id" else WIDTH)
    tidy: dict[str, float] = {}
    for candidate in found:
        text = " ".join(candidate.text.split())
        tidy[text] = _add(tidy.get(text, _NEVER), candidate.log)
    rows = sorted(tidy.items(), key=lambda row: -row[1])
    if not rows:
        return Candidate("", 0.0), []
    whole = float(np.exp([log for _, log in rows]).sum())
    best = Candidate(*rows[0])
    others = [
        (text, float(np.exp(log)) / whole)
        for text, log in rows[1:]
        if text and (not checked or holds(text, kind))
    ]
    return best, others[:COUNT]


def holds(text: str, kind: Kind | None) -> bool:
    """Tell if *text* passes the check of its kind; kinds without one take everything."""
    if kind == "person_id":
        return _is_person(text)
    if kind == "date":
        return _is_day(text)
    if kind == "phone":
        return swedish.phone(text).problem is None
    if kind == "mail":
        return swedish.mail(text).problem is None
    return True


def _is_person(text: str) -> bool:
    """Tell if an identity number has this check digit and day; its century is not judged."""
    bare = "".join(text.split())
    try:
        PersonId.parse(bare, _LATEST)
    except InvalidPersonIdError:
        return False
    return True


def _is_day(text: str) -> bool:
    """Tell if *text* is a day that exists, in whichever year a short one may mean."""
    short = swedish.day(text, date(2000, 1, 1))
    return short.problem is None or any(
        swedish.day(text, date(year, 6, 1)).problem is None for year in range(2003, 2100, 6)
    )
