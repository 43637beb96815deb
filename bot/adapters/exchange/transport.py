"""HTTP under EWS: one connection, and what each status asks of us. Knows no login."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import requests
from exchangelib.protocol import FailFast
from requests.adapters import HTTPAdapter

from bot.adapters.exchange.errors import LOGIN_ADVICE, RefusedError
from bot.adapters.exchange.soap import LONGEST
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError

_HUGE = 20_000_000  # octets of a question that a server may refuse for their number alone
_ALIVE = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)


class Adapter(HTTPAdapter):
    """HTTP over one connection, trusting what the context trusts and nothing else."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        """Connect in *context*; without one, unencrypted."""
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's
        """Make the pool of connections, with our context."""
        options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), _ALIVE]
        if self._context is not None:
            kwargs["ssl_context"] = self._context
        super().init_poolmanager(*args, socket_options=options, **kwargs)

    def send(  # type: ignore[override] # the library names every keyword
        self,
        request: requests.PreparedRequest,
        **kwargs: Any,  # noqa: ANN401 - the library's
    ) -> requests.Response:
        """Send; one that was not read is sent once more, on a new connection.

        Some servers lose their place after a long question, and answer the next one on that
        connection with 400. Whatever it asks, it has not been done.
        """
        response = super().send(request, **kwargs)
        if response.status_code == 400:  # noqa: PLR2004
            self.poolmanager.clear()
            response = super().send(request, **kwargs)
        return response

    def cert_verify(self, conn: Any, *_: object) -> None:  # noqa: ANN401 - the library's
        """Leave the trusted authorities as the context has them: the library adds certifi's."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None


class Policy(FailFast):
    """What HTTP's codes ask of us; nothing is repeated."""

    def __init__(self, peer: str) -> None:
        self._peer = peer

    def raise_response_errors(self, response: requests.Response) -> None:
        """Raise what the answer's status asks of us, unless it is an answer of EWS."""
        status = response.status_code
        soap = status == 500 and b"Envelope" in response.content[:2_000]  # noqa: PLR2004 - a fault
        if status == 200 or soap:  # noqa: PLR2004
            return
        raise _told(self._peer, status, response)


def _told(peer: str, status: int, response: requests.Response) -> Exception:
    reason = f"{peer}: HTTP {status}"
    if _is_too_large(status, response):
        return PermanentError(f"{reason}: the letter is larger than the server takes")
    match status:
        case 401:
            return NeedsOperatorError(f"{peer}: login refused (HTTP 401)", LOGIN_ADVICE)
        case 403:
            return NeedsOperatorError(
                reason,
                "Servern släpper inte in kontot till EWS. Be Exchange-administratören kontrollera"
                " EwsEnabled och EwsApplicationAccessPolicy (Set-CASMailbox).",
            )
        case 404 | 405 | 410:
            return NeedsOperatorError(
                reason,
                "Där svarar ingen EWS. Kontrollera url: den slutar vanligen på"
                " /EWS/Exchange.asmx (Get-WebServicesVirtualDirectory visar den).",
            )
        case 301 | 302 | 303 | 307 | 308:
            return NeedsOperatorError(
                reason, "Servern hänvisar någon annanstans. Ange den riktiga adressen i url."
            )
        case 429:
            wait = _wait(response.headers.get("Retry-After", ""))
            return RefusedError(reason, "ErrorServerBusy", wait)
        case 503:
            return TransientError(reason, _wait(response.headers.get("Retry-After", "")))
        case 400 | 500 | 501:
            return RefusedError(reason, f"HTTP {status}")
        case _:
            return TransientError(reason)


def _is_too_large(status: int, response: requests.Response) -> bool:
    """Tell whether a letter was refused for its size, also where another status says so."""
    if status == 404:  # noqa: PLR2004 - IIS: maxAllowedContentLength
        return b"404.13" in response.content[:5_000]
    return status == 413 or (status in (400, 405) and _octets(response.request) > _HUGE)  # noqa: PLR2004


def _octets(request: requests.PreparedRequest) -> int:
    return int(request.headers.get("Content-Length") or 0)


def _wait(told: str) -> float | None:
    return min(float(told), LONGEST) if told.isascii() and told.isdigit() else None
