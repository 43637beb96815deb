"""The receipt of a clerk's mail: row by row what was done, what was not, what is not understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.values import MailId


@dataclass(frozen=True, slots=True)
class EchoRow:
    """One thing that a clerk asked for: the case or card, its title, what came of it."""

    handle: str  # K-17, C-4, "" for all that a mail did
    title: str  # "" where it may not be said
    text: str
    lines: tuple[tuple[str, str], ...] = ()  # what there is to show: label and text


@dataclass(frozen=True, slots=True)
class StaffEcho:
    """What came of a clerk's mail; *by* is whose mail it was when a colleague is told of it."""

    mail: MailId
    done: tuple[EchoRow, ...] = ()
    refused: tuple[EchoRow, ...] = ()
    shown: tuple[EchoRow, ...] = ()
    meant: tuple[EchoRow, ...] = ()  # in doubt: what seems to be asked for; none of it is done
    unread: tuple[str, ...] = ()  # lines that were not understood
    why: str = ""  # why nothing was done
    undo_until: date | None = None  # the last day on which what was done can be undone
    by: str = ""
    kind: Literal["staff_echo"] = "staff_echo"
