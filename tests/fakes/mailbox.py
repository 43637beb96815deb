"""A mailbox in memory that keeps the laws of the real ones. Knows no protocol."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import Event

from bot.ports.check import Check
from bot.ports.errors import PortError
from bot.ports.mailbox import Ref


class FakeMailbox:
    """The office's mail as a dictionary of folders; ``broken`` makes calls fail as a server would."""

    def __init__(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Hold *mails* in the inbox, oldest first."""
        self.folder = folder
        self.generation = 1
        self.broken: PortError | None = None  # raised by every call while it is set
        self.folders: dict[str, dict[int, bytes]] = {folder: {}}
        self.read: set[int] = set()  # uids marked as read; the bot adds none
        self.struck_out: set[int] = set()  # uids marked as deleted: they count as gone
        self.taken: dict[int, datetime] = {}  # when a mail came; without: just now
        self.closed = 0
        self._uids = itertools.count(1)
        self._news = Event()
        for mail in mails:
            self.deliver(mail)

    def deliver(self, raw: bytes) -> Ref:
        """Let a mail arrive."""
        uid = next(self._uids)
        self.folders[self.folder][uid] = raw
        self._news.set()
        return self._ref(uid)

    def contents(self, folder: str) -> list[bytes]:
        """Return the mails in *folder*, oldest first."""
        return list(self.folders.get(folder, {}).values())

    def renew_generation(self) -> None:
        """Count uids from 1 again, as a server does after a restore."""
        self.generation += 1
        self._uids = itertools.count(1)
        self.read, self.struck_out = set(), set()
        old = self.folders[self.folder].values()
        self.folders[self.folder] = {next(self._uids): raw for raw in old}

    def move(self, ref: Ref, folder: str) -> None:
        """Move a mail as a human at another client would."""
        self.folders.setdefault(folder, {})[int(ref.uid)] = self.folders[ref.folder].pop(
            int(ref.uid)
        )

    def arrived(self) -> tuple[Ref, ...]:
        self._connect()
        self._news.clear()
        inbox = self.folders[self.folder]
        return tuple(self._ref(uid) for uid in inbox if uid not in self.struck_out)

    def filed(self, folders: Sequence[str], since: datetime) -> tuple[Ref, ...]:
        self._connect()
        old = {uid for uid, at in self.taken.items() if at < since}
        found = [
            (uid, name)
            for name in dict.fromkeys(folders)
            for uid in self.folders.get(name, {})
            if uid not in old
        ]
        return tuple(Ref(name, str(self.generation), str(uid)) for uid, name in sorted(found))

    def fetch(self, refs: Sequence[Ref]) -> Iterator[tuple[Ref, bytes]]:
        for ref in refs:
            self._connect()
            if self._here(ref):
                yield ref, self.folders[ref.folder][int(ref.uid)]

    def file(self, refs: Sequence[Ref], folder: str) -> tuple[Ref, ...]:
        self._connect()
        gone = tuple(ref for ref in refs if not self._here(ref))
        target = self.folders.setdefault(folder, {})
        for ref in refs:
            if ref not in gone and self._here(ref) and ref.folder != folder:
                target[int(ref.uid)] = self.folders[ref.folder].pop(int(ref.uid))
        return gone

    def wait(self, seconds: float, stop: Event) -> bool:
        waited = 0.0
        while waited < seconds and not stop.is_set():
            if self._news.wait(0.01):
                return True
            waited += 0.01
        return False

    def check(self) -> tuple[Check, ...]:
        broken = self.broken
        return (Check("Brevlåda", broken is None, str(broken or "svarar"), str(broken or "")),)

    def close(self) -> None:
        self.closed += 1

    def _connect(self) -> None:
        if self.broken is not None:
            raise self.broken

    def _ref(self, uid: int) -> Ref:
        return Ref(self.folder, str(self.generation), str(uid))

    def _here(self, ref: Ref) -> bool:
        uid = int(ref.uid)
        mine = ref.generation == str(self.generation) and uid not in self.struck_out
        return mine and uid in self.folders.get(ref.folder, {})
