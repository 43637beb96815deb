"""A mail server as the program is told of it. Connects to none."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.ports.check import Check


class TokenSource(Protocol):
    """Where a token comes from that is shown instead of a password (RFC 7628)."""

    def token(self) -> str:
        """Return a token that is good now."""
        ...

    def forget(self) -> None:
        """Let a kept token go: the server refused it."""
        ...

    def check(self) -> Check:
        """Say whether a token can be had; never raises."""
        ...

    def close(self) -> None:
        """Let the issuer go."""
        ...


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
    tokens: TokenSource | None = field(default=None, repr=False)

    @property
    def peer(self) -> str:
        """Return host and port for messages."""
        return f"{self.host}:{self.port}"
