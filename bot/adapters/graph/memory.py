"""What the mailbox backend knows of its inbox, in a small file. Harmless when lost or damaged."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Known:
    """One mail of the inbox: when it came (ISO, "" when not told) and whether it is a draft."""

    received: str
    draft: bool = False


@dataclass(slots=True)
class Inbox:
    """All mails of the folder with id ``generation``, as of ``link``."""

    generation: str = ""
    link: str = ""  # asks for what has changed since; "" asks for all
    mails: dict[str, Known] = field(default_factory=dict)  # by id, in the order first seen


class Memory:
    """The file in which an inbox is kept between two starts."""

    def __init__(self, file: Path | None, owner: str) -> None:
        """Keep in *file* (None: nowhere) what belongs to *owner*: address, mailbox and folder."""
        self._file = file
        self._owner = owner

    def load(self) -> Inbox:
        """Return what was kept; an empty inbox when there is nothing that can be trusted."""
        if self._file is None:
            return Inbox()
        try:
            told = json.loads(self._file.read_bytes())
            if (told["version"], told["owner"]) != (_VERSION, self._owner):
                return Inbox()
            mails = {str(uid): Known(str(at), bool(draft)) for uid, at, draft in told["mails"]}
            return Inbox(str(told["generation"]), str(told["link"]), mails)
        except FileNotFoundError:
            return Inbox()
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning(
                "state file not used", extra={"action": "state_lost", "why": type(error).__name__}
            )
            return Inbox()

    def save(self, inbox: Inbox) -> None:
        """Replace the file in one step; one that cannot be written costs a longer look later."""
        if self._file is None:
            return
        mails = [[uid, known.received, known.draft] for uid, known in inbox.mails.items()]
        told = {"version": _VERSION, "owner": self._owner, "generation": inbox.generation}
        told |= {"link": inbox.link, "mails": mails}
        draft = self._file.with_name(f"{self._file.name}.part")
        try:
            draft.unlink(missing_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(json.dumps(told).encode())
            draft.replace(self._file)
        except OSError as error:
            log.warning(
                "state file not written", extra={"action": "state_lost", "why": str(error.errno)}
            )
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
