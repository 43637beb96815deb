"""Access tokens instead of passwords (OAuth 2.0, RFC 6749 §4.4). Opens no mailbox.

A token is kept in memory until five minutes before it expires, and never written or logged.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msal.application import ConfidentialClientApplication
from msal.authority import WELL_KNOWN_AUTHORITY_HOSTS
from msal.exceptions import MsalServiceError

from bot.adapters import tls
from bot.adapters.http_errors import translated as http_translated
from bot.adapters.oauth.client import Client
from bot.adapters.secrets import from_file
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError

log = logging.getLogger(__name__)

ENTRA = "https://login.microsoftonline.com"
_SECONDS = 20.0  # for one call to the issuer
_PASSING = frozenset({"temporarily_unavailable", "server_error"})  # RFC 6749 §4.1.2.1, §5.2
_RETRY = 60.0  # seconds, when the issuer asks for patience and does not say how much


class Tokens:
    """Tokens for one client and one scope. One thread."""

    def __init__(
        self,
        client: Client,
        scope: str,
        environment: Mapping[str, str],
        *,
        ca_file: Path | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Read secret or certificate; ask the issuer only at the first ``token``.

        *scope* is asked for where the settings name none. *ca_file* trusts an issuer's own
        authority; *transport* takes the place of the network.

        Raises:
            NeedsOperatorError: there is no secret, or a file cannot be read.
        """
        self._client = client
        self._scope = client.scope or scope
        self._credential = None if client.token_file else _credential(client, environment)
        self._context = None if transport else tls.context(ca_file)
        self._transport = transport
        self._http: httpx.Client | None = None
        self._application: ConfidentialClientApplication | None = None

    def token(self) -> str:
        """Return a token that is good for another five minutes.

        Raises:
            TransientError: the issuer does not answer, or asks for patience.
            NeedsOperatorError: the issuer does not know us, or refuses.
        """
        if self._client.token_file is not None:
            return from_file(self._client.token_file, "token_file")
        with _translated(self._peer):
            if self._application is None:
                self._application = self._made()
            answer = self._application.acquire_token_for_client([self._scope])
        if "access_token" in answer:
            return str(answer["access_token"])
        raise _refused(self._peer, answer)

    def forget(self) -> None:
        """Let the kept token go: whoever we showed it to refused it."""
        if self._application is not None:
            self._application.remove_tokens_for_client()

    def check(self) -> Check:
        """Say whether the issuer gives us a token; never raises."""
        name = f"Åtkomsttoken {self._peer}"
        try:
            self.token()
        except NeedsOperatorError as error:
            return Check(name, ok=False, seen=error.reason, advice=error.advice)
        except PortError as error:
            advice = "Kontrollera att servern får nå utfärdaren på port 443."
            return Check(name, ok=False, seen=str(error), advice=advice)
        return Check(name, ok=True, seen=f"fick en token{self._until()}")

    def close(self) -> None:
        """Let the connection and all tokens go."""
        if self._http is not None:
            self._http.close()
        self._http = self._application = None

    @property
    def _peer(self) -> str:
        if self._client.token_file is not None:
            return "ur fil"
        return urlsplit(self._client.authority or ENTRA).netloc

    def _made(self) -> ConfidentialClientApplication:
        client = self._client
        self._http = self._http or httpx.Client(
            verify=self._context or True, timeout=_SECONDS, transport=self._transport
        )
        url = client.authority or f"{ENTRA}/{client.tenant}"
        entra = urlsplit(url).hostname in WELL_KNOWN_AUTHORITY_HOSTS
        return ConfidentialClientApplication(
            client.client_id,
            client_credential=self._credential,
            http_client=_Http(self._http),
            **{"authority" if entra else "oidc_authority": url},
        )

    def _until(self) -> str:
        """Return until when the certificate is good, for ``check``."""
        if not isinstance(self._credential, dict):
            return ""
        certificate = x509.load_pem_x509_certificate(
            self._credential["public_certificate"].encode()
        )
        return f", certifikatet gäller till {certificate.not_valid_after_utc:%Y-%m-%d}"


class _Http:
    """httpx as the token library wants it: bodies as forms, errors as it knows them."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def post(self, url: str, **parts: Any) -> httpx.Response:  # noqa: ANN401 - the library's
        return self._answer("POST", url, parts)

    def get(self, url: str, **parts: Any) -> httpx.Response:  # noqa: ANN401 - the library's
        return self._answer("GET", url, parts)

    def close(self) -> None:
        self._client.close()

    def _answer(self, method: str, url: str, parts: Mapping[str, Any]) -> httpx.Response:
        form = {  # httpx would write bytes as Python does: b'…'
            key: value.decode("ascii") if isinstance(value, bytes) else value
            for key, value in (parts.get("data") or {}).items()
        }
        answer = self._client.request(
            method, url, params=parts.get("params"), data=form or None, headers=parts.get("headers")
        )
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            retry = answer.headers.get("Retry-After", "")
            after = float(retry) if retry.isdecimal() else _RETRY
            raise _PatienceError(f"{answer.status_code}", after)
        return answer


class _PatienceError(OSError):
    """The issuer is busy or broken; *after* seconds it may not be."""

    def __init__(self, reason: str, after: float) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


@contextlib.contextmanager
def _translated(peer: str) -> Iterator[None]:
    try:
        yield
    except _PatienceError as error:
        raise TransientError(f"{peer}: token: {error.reason}", error.after) from error
    except httpx.TransportError as error:
        raise http_translated(error, peer) from error
    except (MsalServiceError, ValueError, KeyError) as error:
        raise NeedsOperatorError(
            f"{peer}: the issuer does not know the directory",
            "Utfärdaren känner inte igen adressen. Kontrollera tenant (eller authority) i"
            " inställningarna.",
        ) from error


def _credential(client: Client, environment: Mapping[str, str]) -> str | dict[str, str]:
    """Return secret or certificate as the token library takes it."""
    if client.certificate_file is not None:
        pem = from_file(client.certificate_file, "certificate_file")
        if "PRIVATE KEY-----" not in pem or "BEGIN CERTIFICATE-----" not in pem:
            raise NeedsOperatorError(
                "certificate_file lacks key or certificate",
                f"{client.certificate_file} ska innehålla både den privata nyckeln och"
                " certifikatet, i PEM-format.",
            )
        try:
            load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise NeedsOperatorError(
                f"certificate_file: the key cannot be used ({type(error).__name__})",
                f"Den privata nyckeln i {client.certificate_file} går inte att läsa. Den ska vara"
                " hel, och utan lösenord: filen skyddas av sina rättigheter.",
            ) from error
        certificate = pem[pem.index("-----BEGIN CERTIFICATE-----") :]
        return {"private_key": pem, "public_certificate": certificate}
    variable = client.SECRET_VARIABLE
    if environment.get(variable):
        return environment[variable]
    if client.client_secret_file is not None:
        return from_file(client.client_secret_file, "client_secret_file")
    if client.client_secret is not None:
        return client.client_secret.get_secret_value()
    raise NeedsOperatorError(
        "no client secret",
        "Ange certificate_file (helst), client_secret_file, client_secret eller miljövariabeln"
        f" {variable}.",
    )


def _refused(peer: str, answer: Mapping[str, Any]) -> PortError:
    """Return what an error answer asks of us (RFC 6749 §5.2); its description stays unread."""
    code = str(answer.get("error", ""))
    if code in _PASSING:
        return TransientError(f"{peer}: token: {code}", _RETRY)
    numbers = ", ".join(f"AADSTS{number}" for number in answer.get("error_codes", ()))
    advice = {
        "invalid_client": "Utfärdaren godtar inte programmet. Kontrollera client_id, och att"
        " hemligheten eller certifikatet är inlagt där och inte har gått ut.",
        "unauthorized_client": "Programmet får inte logga in på egen hand. Be administratören"
        " godkänna dess behörigheter (client credentials).",
        "invalid_scope": "Utfärdaren känner inte till scope. Kontrollera [..] scope och att"
        " programmet har behörigheten.",
    }.get(code, "Fråga den som sköter utfärdaren vad koden betyder.")
    return NeedsOperatorError(
        f"{peer}: token refused: {code or 'unknown'} {numbers}".strip(), advice
    )
