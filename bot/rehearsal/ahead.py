"""Forms on paper, captured and read ahead of their day beside the year that is played.

Each is read by the crew of reading processes that the daemon has; a sure value that the typed form
does not bear is a fault, and what is asked about is counted.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.domain.forms import DocumentReading, FieldReading, State
from bot.ports.crew import Crew
from parsers import reading
from parsers.settings import Settings


@dataclass
class Ahead:
    """Readings under way, by the SHA-256 of their files."""

    reader: Crew
    read: int = 0
    asked: int = 0  # that a person must look at
    wrong: list[str] = field(default_factory=list)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _waits: dict[str, tuple[Future[DocumentReading], bytes, Settings]] = field(default_factory=dict)

    def begin(self, name: str, content: bytes, typed: bytes, settings: Settings) -> None:
        """Have *content* read; *typed* is the same form before it was captured."""
        future = self._pool.submit(self.reader.read_file, name, content, settings)
        self._waits[hashlib.sha256(content).hexdigest()] = (future, typed, settings)

    def taken(self, name: str, sha: str) -> DocumentReading | None:
        """Return the reading of a file that was begun, once; wait for it where it must."""
        begun = self._waits.pop(sha, None)
        if begun is None:
            return None
        future, typed, settings = begun
        found = future.result()
        self.read += 1
        self._judge(name, found, reading.read_file(f"{name}.pdf", typed, settings))
        return found

    def close(self) -> None:
        """Let go of what was never taken."""
        self._pool.shutdown(cancel_futures=True)

    def _judge(self, name: str, found: DocumentReading, truth: DocumentReading) -> None:
        fields = _fields(found)
        wanted = {k: f for k, f in _fields(truth).items() if f.state is State.SURE}
        wrong = [
            key for key, one in fields.items()
            if one.state is State.SURE and (key not in wanted or wanted[key].value != one.value)
        ]  # fmt: skip
        self.wrong += [f"en inläst blankett fick fel värde i {key}: {name}" for key in wrong]
        missing = [k for k in wanted if k not in fields or fields[k].state is not State.SURE]
        self.asked += bool(missing)


def _fields(document: DocumentReading) -> dict[str, FieldReading]:
    return {f.key: f for form in document.forms for f in form.fields}
