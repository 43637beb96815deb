"""Letters whose sending was begun, in a small file, and what the server does with their drafts.

Asks no server. Without the file, or with one that is lost or damaged, a letter whose sending was
cut short is in doubt once more.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

log = logging.getLogger(__name__)

_VERSION = 1
_MOST = 500  # letters that are remembered, the newest


class Habit(Enum):
    """What the server does with a draft that it has sent."""

    UNKNOWN = "unknown"
    TAKES = "takes"  # it is a draft no more: one that still lies there has not left
    REWRITES = "rewrites"  # it lies there, written anew
    LEAVES = "leaves"  # it lies there as it was


@dataclass(frozen=True, slots=True)
class Begun:
    """A letter that was handed over, and the last state of its draft that was seen before."""

    may_go: bool  # it was told as in doubt, or as not sent: whoever asks again wants it sent
    key: str = ""  # the change key
    modified: str = ""  # the time of the last change, in the server's words
    left: str = ""  # the draft's id, when it has left and may lie there still


class Fates:
    """What is remembered of one mailbox's drafts."""

    def __init__(self, file: Path | None, owner: str) -> None:
        """Keep in *file* (None: only here) what belongs to *owner*: address and mailbox."""
        self._file, self._owner = file, owner
        self.habit = Habit.UNKNOWN
        self._begun: dict[str, Begun] = {}
        self._load()

    def of(self, message_id: str) -> Begun | None:
        """Return what is known of the letter; None when its sending was not begun."""
        return self._begun.get(message_id)

    def lying(self) -> dict[str, str]:
        """Return the letters that have left and whose drafts may lie there, with their ids."""
        return {name: begun.left for name, begun in self._begun.items() if begun.left}

    def keep(self, message_id: str, begun: Begun) -> None:
        """Remember the letter, before anything is done with it."""
        self._begun.pop(message_id, None)
        self._begun[message_id] = begun
        self._save()

    def forget(self, message_id: str) -> None:
        """Forget a letter that has left."""
        if self._begun.pop(message_id, None) is not None:
            self._save()

    def learn(self, habit: Habit) -> None:
        """Remember what the server was seen to do."""
        if habit is not self.habit:
            self.habit = habit
            self._save()

    def _load(self) -> None:
        if self._file is None:
            return
        try:
            told = json.loads(self._file.read_bytes())
            if (told["version"], told["owner"]) != (_VERSION, self._owner):
                return
            self._begun = {
                str(name): Begun(bool(may_go), str(key), str(modified), str(left))
                for name, may_go, key, modified, left in told["begun"]
            }
            self.habit = Habit(told["habit"])
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._begun = {}
            log.warning(
                "state file not used", extra={"action": "state_lost", "why": type(error).__name__}
            )

    def _save(self) -> None:
        """Replace the file in one step."""
        if self._file is None:
            return
        newest = list(self._begun.items())[-_MOST:]
        told = {"version": _VERSION, "owner": self._owner, "habit": self.habit.value}
        rows = [[name, one.may_go, one.key, one.modified, one.left] for name, one in newest]
        text = json.dumps(told | {"begun": rows})
        draft = self._file.with_name(f"{self._file.name}.part")
        try:
            draft.unlink(missing_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
            draft.replace(self._file)
        except OSError as error:
            log.warning(
                "state file not written", extra={"action": "state_lost", "why": str(error.errno)}
            )
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
