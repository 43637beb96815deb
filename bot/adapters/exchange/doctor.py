"""What ``doctor`` says of an Exchange server: step after step up to the first that fails."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence

import requests
from exchangelib.errors import EWSError

from bot.adapters import tls
from bot.adapters.exchange import folders
from bot.adapters.exchange.account import Endpoint
from bot.adapters.exchange.connection import Connection, judging
from bot.adapters.exchange.errors import RefusedError, translated
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError

_CONNECT = 20.0  # seconds at most
_THERE = frozenset({200, 401})
_REACH = (
    "Kontrollera url, och be den som sköter nätet öppna för trafik från den här datorn till"
    " servern på den porten."
)


def examined(endpoint: Endpoint, name: str) -> list[Check]:
    """Return one line for each step up to the opened inbox; never raises."""
    steps: tuple[tuple[str, Callable[[Endpoint], str]], ...] = (
        ("förbindelse", _reached),
        ("EWS", _tasted),
        ("inloggning och rätt till brevlådan", _opened),
    )
    return _walked(endpoint, f"{name} {endpoint.peer}", steps)


def examined_folders(endpoint: Endpoint, inbox: str, others: Sequence[str]) -> list[Check]:
    """Return a line for the folder that is read and each that mail is filed in; never raises."""
    steps = (
        (f"mappen {inbox}", lambda e: _counted(e, inbox)),
        *((f"mappen {name}", lambda e, name=name: _there(e, name)) for name in others),
    )
    return _walked(endpoint, "Brevlåda", steps)


def _walked(
    endpoint: Endpoint, name: str, steps: Sequence[tuple[str, Callable[[Endpoint], str]]]
) -> list[Check]:
    done: list[Check] = []
    for step, look in steps:
        title = f"{name}: {step}"
        try:
            with judging():
                seen = look(endpoint)
        except NeedsOperatorError as error:
            return [*done, Check(title, ok=False, seen=error.reason, advice=error.advice)]
        except RefusedError as error:
            advice = f"Servern svarar {error.code}. Visa det för Exchange-administratören."
            return [*done, Check(title, ok=False, seen=error.reason, advice=advice)]
        except PortError as error:
            return [*done, Check(title, ok=False, seen=str(error), advice=_REACH)]
        done.append(Check(title, ok=True, seen=seen))
    return done


def _reached(endpoint: Endpoint) -> str:
    """Look the name up, connect, and prove the certificate."""
    patience = min(_CONNECT, endpoint.timeout)
    try:
        with socket.create_connection((endpoint.host, endpoint.port), patience) as plain:
            if not endpoint.encrypted:
                tls.refuse_open_password(endpoint.host, "none")
                return "svarar, utan kryptering på den egna datorn"
            trusted = tls.context(endpoint.ca_file)
            with trusted.wrap_socket(plain, server_hostname=endpoint.host) as link:
                return f"svarar med {link.version()}, certifikatet är prövat"
    except (OSError, ssl.SSLError) as error:
        raise translated(error, endpoint.peer, "connect") from error


def _tasted(endpoint: Endpoint) -> str:
    """Ask without logging in: EWS answers that a login is wanted, and which kinds it takes."""
    with _connected(endpoint) as connection:
        try:
            answer = connection.wire.taste(folders.question(connection, "inbox"))
        except (requests.RequestException, EWSError, ValueError) as error:
            raise translated(error, endpoint.peer, "EWS") from error
    status = answer.status_code
    soap = status == 500 and b"Envelope" in answer.content[:2_000]  # noqa: PLR2004 - a fault
    if status in (404, 405, 410):
        raise NeedsOperatorError(
            f"{endpoint.peer}: HTTP {status}",
            "Där svarar ingen EWS. Kontrollera url: den slutar vanligen på /EWS/Exchange.asmx.",
        )
    if status not in _THERE and not soap and status >= 500:  # noqa: PLR2004
        raise TransientError(f"{endpoint.peer}: HTTP {status}")
    offered = answer.headers.get("WWW-Authenticate", "")
    kinds = sorted({part.split()[0] for part in offered.split(",") if part.split()})
    wanted = {"ntlm": ("ntlm",), "basic": ("basic",), "kerberos": ("negotiate", "kerberos")}
    names = [kind for kind in kinds if "=" not in kind]
    if status == 401 and names and not {n.lower() for n in names} & set(wanted[endpoint.auth]):  # noqa: PLR2004
        raise NeedsOperatorError(
            f"{endpoint.peer}: takes {', '.join(names)}",
            f'Servern tar inte emot auth = "{endpoint.auth}". Byt auth, eller be'
            " Exchange-administratören slå på det för EWS (Set-WebServicesVirtualDirectory).",
        )
    return f"svarar {status}" + (f", tar emot {', '.join(names)}" if names else "")


def _opened(endpoint: Endpoint) -> str:
    with _connected(endpoint) as connection:
        folders.inbox(connection)
        told = connection.wire.build
        who = endpoint.username or "Kerberosbiljetten"
        return f"inloggad som {who}" + (f", serverns version {told}" if told else "")


def _counted(endpoint: Endpoint, name: str) -> str:
    with _connected(endpoint) as connection:
        box = folders.found(connection, name)
        if box is None:
            raise NeedsOperatorError(
                f"{endpoint.peer}: the folder is not there",
                f"Mappen {name} finns inte i brevlådan. Kontrollera [mailbox] folder.",
            )
        return "öppen" if box.count is None else f"{box.count} mejl"


def _there(endpoint: Endpoint, name: str) -> str:
    with _connected(endpoint) as connection:
        return "finns" if folders.found(connection, name) else "skapas när den behövs"


@contextlib.contextmanager
def _connected(endpoint: Endpoint) -> Iterator[Connection]:
    connection = Connection(endpoint)
    try:
        yield connection
    finally:
        connection.close()
