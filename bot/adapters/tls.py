"""TLS that is verified or refused, and what a broken connection means. Opens no connection."""

from __future__ import annotations

import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

from bot.ports.errors import NeedsOperatorError, PortError, TransientError

_ALIVE = (  # a firewall that forgot the connection is found out within two minutes
    ("TCP_KEEPIDLE", 60),
    ("TCP_KEEPINTVL", 15),
    ("TCP_KEEPCNT", 4),
)


def context(ca_file: Path | None) -> ssl.SSLContext:
    """Return a client context that verifies names and chains, TLS 1.2 or newer.

    *ca_file* (PEM) takes the place of the system's trusted authorities.

    Raises:
        NeedsOperatorError: the file is missing or holds no certificate.
    """
    try:
        made = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise NeedsOperatorError(
            f"ca_file cannot be used ({type(error).__name__})",
            f"Kontrollera att filen {ca_file} finns, går att läsa och innehåller certifikat"
            " i PEM-format.",
        ) from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def refuse_open_password(host: str, tls: str) -> None:
    """Refuse to send a password unencrypted to any machine but this one.

    Raises:
        NeedsOperatorError: *tls* is ``none`` and *host* is not a loopback address.
    """
    if tls == "none" and not is_loopback(host):
        raise NeedsOperatorError(
            f"a password would go unencrypted to {host}",
            'Sätt tls = "starttls" (eller "tls"). Utan kryptering skickas lösenord bara till'
            " den egna datorn.",
        )


def is_loopback(host: str) -> bool:
    """Tell whether *host* names this machine without asking a name server."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def tune(connection: socket.socket) -> None:
    """Have the kernel send at once, and ask now and then whether the peer is still there."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Else a letter's last piece waits 40 ms for the peer to acknowledge the one before (Nagle).
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, value in _ALIVE:
        option = getattr(socket, name, None)  # not every system has all three
        if option is not None:
            connection.setsockopt(socket.IPPROTO_TCP, option, value)


def translated(error: OSError, peer: str) -> PortError:
    """Return what a socket's or TLS's error towards *peer* (host:port) asks of us."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NeedsOperatorError(
            f"{peer}: certificate not trusted ({error.verify_message})",
            "Serverns certifikat går inte att lita på. Ange rätt servernamn i host och, om ni har"
            " en egen utfärdare, dess certifikat i ca_file.",
        )
    if isinstance(error, ssl.SSLError) and error.reason in _NOT_TLS:
        return NeedsOperatorError(
            f"{peer}: no common TLS ({error.reason})",
            'Kontrollera port och tls: "tls" för port 993 och 465, "starttls" för 143 och 587.'
            " Servern måste klara TLS 1.2.",
        )
    if isinstance(error, TimeoutError):
        return TransientError(f"{peer}: no answer in time")
    if isinstance(error, socket.gaierror):
        return TransientError(f"{peer}: the name server does not know the host")
    words = error.strerror if error.errno and not isinstance(error, ssl.SSLError) else None
    return TransientError(f"{peer}: {type(error).__name__}{f' ({words})' if words else ''}")


_NOT_TLS = frozenset(
    {
        "WRONG_VERSION_NUMBER",
        "UNSUPPORTED_PROTOCOL",
        "NO_PROTOCOLS_AVAILABLE",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "HTTP_REQUEST",
        "RECORD_LAYER_FAILURE",
        "UNKNOWN_PROTOCOL",
    }
)
