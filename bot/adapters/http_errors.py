"""What the HTTP library's errors ask of us. Knows no status: what it means, its caller knows."""

from __future__ import annotations

import httpx

from bot.adapters import tls
from bot.ports.errors import PortError, TransientError


def translated(error: httpx.TransportError, peer: str) -> PortError:
    """Return what the HTTP library's error towards *peer* asks of us."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            return tls.translated(cause, peer)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return TransientError(f"{peer}: no answer in time")
    return TransientError(f"{peer}: the connection broke ({type(error).__name__})")
