"""A line to a directory: TCP and TLS by Python, with time limits. Speaks LDAP only to start TLS.

The LDAP library could do this itself, but Debian's waits for ever on a server that takes a
connection and says nothing, tells a bad certificate and a broken line by one and the same error,
and compares ”localhost” with the machine's own name. So it is given a line that is ready.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
from threading import Thread

from bot.adapters import tls
from bot.adapters.ldap.access import Server
from bot.ports.errors import NeedsOperatorError, PortError, TransientError

_CONNECT = 10.0  # seconds at most
_PIECE = 65_536  # octets
_START_TLS = bytes.fromhex("301d02010177188016") + b"1.3.6.1.4.1.1466.20037"  # RFC 4511 §4.14.1
_SEQUENCE, _ENUMERATED = 0x30, b"\x0a\x01"
_LONG = 0x80  # the first octet of a length that takes several (X.690 §8.1.3)
_LONGEST = 4096  # octets of an answer that we believe


def line(server: Server) -> int:
    """Return the descriptor of an open line, encrypted as the settings say; the caller closes it.

    Raises:
        TransientError: nobody answers.
        NeedsOperatorError: the certificate is not to be trusted, or there is no encryption.
    """
    context = tls.context(server.ca_file) if server.tls != "none" else None
    link: socket.socket | None = None
    try:
        link = socket.create_connection((server.host, server.port), min(_CONNECT, server.timeout))
        tls.keep_alive(link)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context is None:
            link.settimeout(None)
            return link.detach()
        if server.tls == "starttls":
            _start_tls(link, server)
        link = context.wrap_socket(link, server_hostname=server.host)
        return _through(link, server.timeout)
    except PortError:
        _close(link)
        raise
    except OSError as error:
        _close(link)
        raise _told(error, server.peer) from error


def _told(error: OSError, peer: str) -> PortError:
    found = tls.translated(error, peer)
    if not isinstance(found, NeedsOperatorError):
        return found
    if isinstance(error, ssl.SSLCertVerificationError):
        advice = (
            "Serverns certifikat går inte att lita på. Ange servern i url med det namn som står i"
            " certifikatet och, om ni har en egen utfärdare, dess certifikat i ca_file."
        )
    else:
        advice = (
            "Servern talar inte TLS där. ldaps:// hör till port 636, ldap:// med StartTLS till"
            " port 389. Servern måste klara TLS 1.2."
        )
    return NeedsOperatorError(found.reason, advice)


def _start_tls(link: socket.socket, server: Server) -> None:
    """Ask for TLS and read exactly the answer, so that nothing unencrypted is taken for more."""
    link.sendall(_START_TLS)
    head = _exactly(link, 2)
    length = head[1]
    if head[0] != _SEQUENCE:
        raise TransientError(f"{server.peer}: StartTLS: an answer that makes no sense")
    if length >= _LONG:
        length = int.from_bytes(_exactly(link, length - _LONG), "big")
    if length > _LONGEST:
        raise TransientError(f"{server.peer}: StartTLS: an answer that makes no sense")
    answer = _exactly(link, length)
    place = answer.find(_ENUMERATED)
    if place < 0 or answer[place + 2 : place + 3] != b"\x00":
        raise NeedsOperatorError(
            f"{server.peer}: no StartTLS",
            "Servern krypterar inte på den porten, och lösenordet har inte skickats. Ange"
            ' url = "ldaps://…" (port 636), eller be den som sköter katalogen att slå på StartTLS.',
        )


def _exactly(link: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        piece = link.recv(count - len(found))
        if not piece:
            raise ConnectionResetError
        found += piece
    return found


def _through(link: socket.socket, timeout: float) -> int:
    """Return a descriptor of our own whose bytes go through *link*, both ways."""
    near, far = socket.socketpair()
    Thread(target=_carry, args=(far, link, timeout), name="ldap-tls", daemon=True).start()
    return near.detach()


def _carry(far: socket.socket, link: socket.socket, timeout: float) -> None:
    """Carry bytes until either side closes; then close the other, which the library notices."""
    with far, link, selectors.DefaultSelector() as waiting, contextlib.suppress(OSError):
        link.settimeout(0)  # a record may hold no bytes for us: never wait for them
        waiting.register(far, selectors.EVENT_READ)
        waiting.register(link, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in waiting.select()}
            if link in ready and not _received(link, far):
                return
            if far in ready:
                piece = far.recv(_PIECE)
                if not piece:
                    return
                link.settimeout(timeout)
                link.sendall(piece)
                link.settimeout(0)


def _received(link: socket.socket, far: socket.socket) -> bool:
    """Hand on all that has come; False at the end."""
    while True:
        try:
            piece = link.recv(_PIECE)
        except (ssl.SSLWantReadError, BlockingIOError):
            return True
        if not piece:
            return False
        far.sendall(piece)


def _close(link: socket.socket | None) -> None:
    if link is not None:
        with contextlib.suppress(OSError):
            link.close()
