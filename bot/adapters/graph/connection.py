"""Requests to Graph for one mailbox: tokens, TLS, errors. Knows no mail.

One kept HTTPS connection. The token is shown to the configured address only: a link that leads
anywhere else is never followed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.adapters import tls
from bot.adapters.graph.answers import Answer, Request, entries
from bot.adapters.graph.errors import BrokenError
from bot.adapters.graph.names import Batch, Control
from bot.adapters.graph.settings import Account
from bot.adapters.http_errors import translated
from bot.adapters.oauth.tokens import Tokens
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, TransientError

AT_ONCE = 20  # requests in one batch: Graph takes no more
_IMMUTABLE = 'IdType="ImmutableId"'  # else a mail's id changes when it is moved
_CONNECT = 20.0  # seconds at most
_JSON = "application/json"
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.WriteError,
           httpx.WriteTimeout, httpx.UnsupportedProtocol)  # fmt: skip


class Connection:
    """A way to Graph for one account. One thread."""

    def __init__(self, account: Account, environment: Mapping[str, str]) -> None:
        """Read the secret; connect at the first request.

        Raises:
            NeedsOperatorError: there is no secret, or a file cannot be read.
        """
        self._account = account
        self.peer = account.peer
        self.home = account.home
        self.scheme = f"{urlsplit(account.url).scheme}://"
        self._tokens = Tokens(
            account, account.default_scope, environment, ca_file=account.authority_ca_file
        )
        self._open: httpx.Client | None = None

    def get(self, path: str, query: Mapping[str, str] | None = None, prefer: str = "") -> Answer:
        """Read something; tried once more where the connection broke.

        Raises:
            RefusedError: Graph answered with an error.
            TransientError: no answer.
            NeedsOperatorError: token or certificate refused.
        """
        return self._read(self._account.url + Request("GET", path, query or {}).target, prefer)

    def follow(self, link: str, prefer: str = "") -> Answer:
        """Read what a link of an earlier answer leads to.

        Raises:
            TransientError: as for ``get``, or the link leads elsewhere.
        """
        if not self.leads_here(link):
            raise TransientError(f"{self.peer}: a link that leads to another server")
        return self._read(link, prefer)

    def leads_here(self, link: str) -> bool:
        """Tell whether *link* leads to the configured address."""
        try:
            ours, theirs = urlsplit(self._account.url), urlsplit(link)
            same = (ours.hostname, ours.port or 443) == (theirs.hostname, theirs.port or 443)
        except ValueError:
            return False
        below = theirs.path.startswith(f"{ours.path}/") and ".." not in theirs.path
        return same and ours.scheme == theirs.scheme and not theirs.username and below

    def send(self, request: Request) -> Answer:
        """Do something; never tried again by itself.

        Raises:
            RefusedError, TransientError, NeedsOperatorError: as for ``get``.
        """
        content = None if request.body is None else json.dumps(request.body).encode()
        kind = {} if content is None else {"Content-Type": _JSON}
        return self._asked(request.method, self._account.url + request.target, kind, content)

    def send_text(self, path: str, content: bytes) -> Answer:
        """Post *content* as text/plain, which is how MIME is handed over.

        Raises:
            RefusedError, TransientError, NeedsOperatorError: as for ``get``.
        """
        return self._asked(
            "POST", self._account.url + path, {"Content-Type": "text/plain"}, content
        )

    def batch(self, requests: Sequence[Request]) -> list[Answer]:
        """Do many things, 20 in one request; return each one's answer, refusals too, in order.

        Raises:
            RefusedError, TransientError, NeedsOperatorError: the batch as a whole failed.
        """
        answers: list[Answer] = []
        for start in range(0, len(requests), AT_ONCE):
            answers += self._batched(requests[start : start + AT_ONCE])
        return answers

    def upload(self, url: str, content: bytes, start: int, total: int) -> Answer:
        """Put a part of a file to an upload session's own address, which needs no token.

        Raises:
            RefusedError, TransientError: as for ``get``.
        """
        span = f"bytes {start}-{start + len(content) - 1}/{total}"
        headers = {"Content-Type": "application/octet-stream", "Content-Range": span}
        return self._checked(self._once("PUT", url, headers, content))

    def pages(
        self, path: str, query: Mapping[str, str], prefer: str = ""
    ) -> Iterator[Mapping[str, Any]]:
        """Yield each entry of a list, over all its pages.

        Raises:
            RefusedError, TransientError, NeedsOperatorError: as for ``get``.
        """
        told = self.get(path, query, prefer).told
        links: set[str] = set()
        while True:
            yield from entries(told, self.peer)
            link = told.get(Control.NEXT)
            if not isinstance(link, str):
                return
            if link in links:
                raise TransientError(f"{self.peer}: pages that lead in a circle")
            links.add(link)
            told = self.follow(link, prefer).told

    def check_tokens(self) -> Check:
        """Say whether the issuer gives us a token; never raises."""
        return self._tokens.check()

    def roles(self) -> tuple[str, ...]:
        """Return the permissions that the token names, () where it cannot be read.

        Only a hint for ``doctor``: what a token holds is between issuer and Graph.

        Raises:
            TransientError, NeedsOperatorError: no token.
        """
        middle = f"{self._tokens.token()}..".split(".")[1]
        try:
            told = json.loads(base64.urlsafe_b64decode(f"{middle}=="))
            found = told["roles"] if isinstance(told, dict) else ()
        except (ValueError, KeyError):
            return ()
        return tuple(map(str, found)) if isinstance(found, list) else ()

    def close(self) -> None:
        """Let connection and token go; the next request opens a new one."""
        self.drop()
        self._tokens.close()

    def drop(self) -> None:
        """Let the connection go."""
        client, self._open = self._open, None
        if client is not None:
            client.close()

    def _read(self, url: str, prefer: str) -> Answer:
        headers = {"Prefer": prefer} if prefer else {}
        try:
            return self._asked("GET", url, headers, None)
        except BrokenError:
            self.drop()  # a kept connection that the server let go meanwhile looks the same
            return self._asked("GET", url, headers, None)

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Answer:
        """Ask with our token; with a new one where it was refused."""
        wishes = ", ".join(filter(None, (_IMMUTABLE, headers.get("Prefer", ""))))
        for attempt in (1, 2):
            known = {"Authorization": f"Bearer {self._tokens.token()}", "Prefer": wishes}
            answer = self._once(method, url, {**headers, **known}, content)
            if answer.status != HTTPStatus.UNAUTHORIZED:
                break
            self._tokens.forget()
            if attempt == 2:  # noqa: PLR2004 - once, with a new token
                raise NeedsOperatorError(
                    f"{self.peer}: token refused",
                    "Graph godtar inte programmets token. Kontrollera att tenant är er katalog,"
                    " att scope hör till samma adress som url, och datorns klocka.",
                )
        return self._checked(answer)

    def _checked(self, answer: Answer) -> Answer:
        refusal = answer.refusal()
        if refusal is not None:
            raise refusal
        return answer

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Answer:
        try:
            answer = self._client().request(method, url, headers=dict(headers), content=content)
        except httpx.InvalidURL as error:
            raise TransientError(f"{self.peer}: a link that makes no sense") from error
        except httpx.TransportError as error:
            self.drop()
            meaning = translated(error, self.peer)
            if isinstance(meaning, TransientError):
                handed_over = not isinstance(error, _UNSENT)
                raise BrokenError(meaning.reason, handed_over=handed_over) from error
            raise meaning from error
        except httpx.DecodingError as error:
            self.drop()
            raise BrokenError(f"{self.peer}: a broken answer", handed_over=True) from error
        return Answer(self.peer, answer.status_code, answer.headers, answer.content)

    def _client(self) -> httpx.Client:
        if self._open is None:
            account = self._account
            parts = urlsplit(account.url)
            verify = tls.context(account.ca_file) if parts.scheme == "https" else True
            patience = httpx.Timeout(account.timeout, connect=min(_CONNECT, account.timeout))
            own = tls.is_loopback(parts.hostname or "")  # no proxy is asked for this machine
            self._open = httpx.Client(verify=verify, timeout=patience, trust_env=not own)
        return self._open

    def _batched(self, requests: Sequence[Request]) -> list[Answer]:
        parts = []
        for number, request in enumerate(requests, 1):
            headers = {"Prefer": _IMMUTABLE}
            part: dict[str, Any] = {Batch.ID: str(number), Batch.METHOD: request.method}
            part |= {Batch.URL: request.target, Batch.HEADERS: headers}
            if request.body is not None:
                headers["Content-Type"] = _JSON
                part[Batch.BODY] = request.body
            parts.append(part)
        told = self.send(Request("POST", "/$batch", body={Batch.REQUESTS: parts})).told
        found: dict[str, Answer] = {}
        for entry in entries(told, self.peer, Batch.RESPONSES):
            status, said = entry.get(Batch.STATUS), entry.get(Batch.HEADERS)
            if isinstance(status, int):
                known = httpx.Headers(said if isinstance(said, dict) else {})
                content = json.dumps(entry.get(Batch.BODY)).encode()
                found[str(entry.get(Batch.ID))] = Answer(self.peer, status, known, content)
        numbers = [str(number) for number in range(1, len(requests) + 1)]
        if not all(number in found for number in numbers):
            raise TransientError(f"{self.peer}: a batch's answer lacks parts")
        return [found[number] for number in numbers]
