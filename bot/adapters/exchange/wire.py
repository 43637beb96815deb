"""The library's way to the server, with our TLS, our errors and no memory of its own.

The library keeps one protocol object for every server and user in a cache that is never emptied,
trusts certifi's authorities beside ours, repeats requests by itself and logs whole mails. Here
every connection is its own, only our context decides whom to trust, nothing is repeated (a
repeated SendItem is a second letter), and the library says nothing.
"""

from __future__ import annotations

import contextlib
import logging
import ssl
from collections.abc import Iterator
from typing import Any

import requests
from exchangelib import BASIC, DELEGATE, UTC, Account, Configuration, Credentials
from exchangelib.errors import ErrorInvalidRequest
from exchangelib.protocol import Protocol
from exchangelib.services.common import EWSAccountService
from exchangelib.transport import AUTH_TYPE_MAP, DEFAULT_HEADERS, GSSAPI, NTLM
from exchangelib.util import SOAPNS

from bot.adapters import tls
from bot.adapters.exchange.account import Endpoint
from bot.adapters.exchange.soap import SPACES, Answer, Element, answer, parsed
from bot.adapters.exchange.transport import Adapter, Policy
from bot.ports.errors import NeedsOperatorError

for _name in ("exchangelib", "exchangelib.util.xml", "requests_ntlm", "spnego"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # they quote mails and passwords' users
logging.getLogger("urllib3").setLevel(logging.ERROR)  # quotes header lines it can't read

_CONNECT = 20.0  # seconds at most
_AUTH = {"ntlm": NTLM, "basic": BASIC, "kerberos": GSSAPI}
_VERSIONS = ("Exchange2013_SP1", "Exchange2016", "Exchange2013", "Exchange2010_SP2")


class _Wire(Protocol):
    """The library's protocol object, one for each connection of ours.

    Called by ``type.__call__``, past the cache.
    """

    def __init__(
        self, config: Configuration, endpoint: Endpoint, context: ssl.SSLContext | None
    ) -> None:
        super().__init__(config=config)  # type: ignore[no-untyped-call]
        self._context = context
        patience: Any = (min(_CONNECT, endpoint.timeout), endpoint.timeout)
        self.TIMEOUT = patience

    def raw_session(  # type: ignore[override] # ours knows its context
        self, prefix: str, **_: object
    ) -> requests.Session:
        """Return a session that heeds no environment: no proxies, netrc or authorities of it."""
        session = requests.Session()
        session.trust_env = False
        session.headers.update(DEFAULT_HEADERS)
        session.headers["User-Agent"] = "ek-bot"
        session.mount(prefix, Adapter(self._context))
        return session


class _Operation(EWSAccountService):
    """One EWS operation: asks once and reads the answer whole."""

    NO_VALID_SERVER_VERSIONS: Any = ErrorInvalidRequest
    versions: tuple[str, ...] = ()
    worked = ""  # the version of the protocol that was asked in last
    build = ""  # what the server told of itself

    def ask(self, payload: Element) -> list[Answer]:
        found: Any = self._get_response_xml(payload=payload)  # type: ignore[no-untyped-call]
        return [answer(message) for message in found]

    def _api_versions_to_try(self) -> tuple[str, ...]:
        return self.versions

    def _get_response(self, payload: Element, api_version: str) -> Any:  # noqa: ANN401
        self.worked = api_version
        return super()._get_response(payload, api_version)  # type: ignore[no-untyped-call]

    @property
    def _timezone(self) -> None:
        return None  # times come in UTC

    def _update_api_version(self, api_version: str, header: Element) -> None:  # noqa: ARG002
        told = next((e for e in header if str(e.tag).endswith("}ServerVersionInfo")), None)
        if told is not None:
            numbers = (told.get(f"{name}Version") or "" for name in ("Major", "Minor"))
            builds = (told.get(f"{name}BuildNumber") or "" for name in ("Major", "Minor"))
            self.build = ".".join(n for n in (*numbers, *builds) if n)

    @classmethod
    def _get_soap_parts(cls, response: requests.Response) -> tuple[Element, Element]:
        """Read the answer from its bytes; the library takes them one by one."""
        root = parsed(response.content)
        body = root.find(f"{{{SOAPNS}}}Body")
        if body is None:
            raise ValueError("no Body")
        return root.find(f"{{{SOAPNS}}}Header"), body

    def _get_soap_messages(self, body: Element) -> list[Element]:
        """Return the response messages, also where the library would overlook odd ones."""
        found: Any = super()._get_soap_messages(body)  # type: ignore[no-untyped-call]
        held = body.find(".//m:ResponseMessages", SPACES)
        return list(held) if not found and held is not None else found


class Wire:
    """A way to one mailbox's EWS. Connects at the first question."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Prepare; nothing is sent yet.

        Raises:
            NeedsOperatorError: no encryption, no such authority, no library for Kerberos.
        """
        if not endpoint.encrypted:
            _refuse_open(endpoint)
        kind = _AUTH[endpoint.auth]
        if kind not in AUTH_TYPE_MAP:
            raise NeedsOperatorError(
                "no library for Kerberos",
                'auth = "kerberos" kräver Pythonpaketet requests-gssapi, som inte är installerat.'
                ' Installera det i programmets miljö, eller använd "ntlm" eller "basic".',
            )
        context = tls.context(endpoint.ca_file) if endpoint.encrypted else None
        login = None
        if endpoint.auth != "kerberos":
            login = Credentials(*_login(endpoint))
        config = Configuration(
            credentials=login,
            service_endpoint=endpoint.url,
            auth_type=kind,
            retry_policy=Policy(endpoint.peer),
        )
        self._pinned, self._build = endpoint.version, ""
        self._account: Any = Account(
            endpoint.mailbox, access_type=DELEGATE, config=config, default_timezone=UTC, locale="sv"
        )
        with contextlib.suppress(KeyError):
            del Protocol[config]  # the library's cache
        self._wire: Any = type.__call__(_Wire, config=config, endpoint=endpoint, context=context)
        self._account.protocol = self._wire

    @property
    def build(self) -> str:
        """Return the version number that the server has told, "" for none."""
        return self._build

    @property
    def version(self) -> str:
        """Return the version of the protocol that is spoken, "" before the first answer."""
        return self._pinned

    def ask(self, payload: Element) -> list[Answer]:
        """Ask once and return the response messages; raises whatever the library does."""
        operation = self._operation(payload)
        operation.versions = (self._pinned,) if self._pinned else _VERSIONS
        answers: list[Answer] = operation.ask(payload)
        self._pinned = operation.worked
        self._build = operation.build or self._build
        return answers

    def taste(self, payload: Element) -> requests.Response:
        """Ask without logging in: whether EWS is there, and which logins it takes."""
        config = self._wire.config
        question = self._operation(payload).wrap(payload, self._pinned or _VERSIONS[0])
        with self._wire.raw_session(config.service_endpoint) as session:
            told: requests.Response = session.post(
                config.service_endpoint,
                data=question,
                allow_redirects=False,
                timeout=self._wire.TIMEOUT,
            )
            return told

    @contextlib.contextmanager
    def stream(self, payload: Element, seconds: float) -> Iterator[requests.Response]:
        """Ask and give the answer while it still comes, for *seconds* of silence at most."""
        session = self._wire.create_session()
        try:
            question = self._operation(payload).wrap(payload, self._pinned)
            patience = (self._wire.TIMEOUT[0], seconds)
            url = self._wire.config.service_endpoint
            response: requests.Response = session.post(
                url, data=question, allow_redirects=False, timeout=patience, stream=True
            )
            if response.status_code != 200:  # noqa: PLR2004
                raise ValueError(f"HTTP {response.status_code}")
            with response:
                yield response
        finally:
            session.close()

    def close(self) -> None:
        """Let the connection go."""
        self._wire.close()

    def _operation(self, payload: Element) -> Any:  # noqa: ANN401 - has no types
        name = str(payload.tag).rpartition("}")[2]
        return type(name, (_Operation,), {"SERVICE_NAME": name})(account=self._account)


def _login(endpoint: Endpoint) -> tuple[str, str]:
    """Return name and password; for Basic so that they go in UTF-8 (RFC 7617 §2.1).

    The library writes Latin-1, so it gets UTF-8's octets as Latin-1's letters.
    """
    if endpoint.auth != "basic":
        return endpoint.username, endpoint.password
    name, password = endpoint.username.encode(), endpoint.password.encode()
    return name.decode("latin-1"), password.decode("latin-1")


def _refuse_open(endpoint: Endpoint) -> None:
    if not tls.is_loopback(endpoint.host):
        raise NeedsOperatorError(
            f"a password would go unencrypted to {endpoint.host}",
            "Ange url med https://. Utan kryptering skickas lösenord bara till den egna datorn.",
        )
