"""A request to Graph and its answer. Sends nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from bot.adapters.graph.errors import RefusedError, code_of, retry_after
from bot.adapters.graph.names import Control
from bot.ports.errors import TransientError

_PLAIN = "/,:()'@$"  # may stand in a query as they are (RFC 3986 §3.4)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Graph answered, to a request or to one part of a batch."""

    peer: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def told(self) -> dict[str, Any]:
        """Return the JSON object.

        Raises:
            TransientError: it is none.
        """
        try:
            found = json.loads(self.content)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise TransientError(f"{self.peer}: an answer that makes no sense")
        return found

    def refusal(self) -> RefusedError | None:
        """Return the error that the answer is, None for a yes."""
        if HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES:
            return None
        try:
            code = code_of(json.loads(self.content))
        except ValueError:
            code = ""
        reason = f"{self.peer}: {self.status} {code}".rstrip()
        return RefusedError(reason, self.status, code, retry_after(self.headers))


@dataclass(frozen=True, slots=True)
class Request:
    """One request below ``url``; *body* becomes JSON."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def target(self) -> str:
        """Return path and query."""
        words = "&".join(f"{k}={quote(v, safe=_PLAIN)}" for k, v in self.query.items())
        return f"{self.path}?{words}" if words else self.path


def segment(name: str) -> str:
    """Return an id as a part of a path: ids may hold / and +."""
    return quote(name, safe="=")


def entries(
    told: Mapping[str, Any], peer: str, name: str = Control.VALUE
) -> list[Mapping[str, Any]]:
    """Return the list of objects in an answer.

    Raises:
        TransientError: there is none.
    """
    found = told.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise TransientError(f"{peer}: an answer without its list")
    return found
