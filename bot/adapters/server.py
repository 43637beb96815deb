"""A mail server as the program is told of it. Connects to none."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Server:
    """Where to connect and as whom (no user name: no login)."""

    host: str
    port: int
    tls: str  # "none", "starttls" or "tls"
    ca_file: Path | None
    username: str
    password: str = field(repr=False)
    timeout: float  # seconds without an answer

    @property
    def peer(self) -> str:
        """Return host and port for messages."""
        return f"{self.host}:{self.port}"
