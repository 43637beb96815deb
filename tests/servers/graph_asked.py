"""A request to the Graph stub and its answer, and what a request may hold. Knows no mailbox."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

METADATA = json.loads(
    (Path(__file__).parents[1] / "laws" / "graph_contract" / "metadata.json").read_text("utf-8")
)


@dataclass
class Asked:
    """One request, of its own or in a batch."""

    method: str
    target: str
    headers: dict[str, str]  # names in small letters
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        found = parse_qs(urlsplit(self.target).query, keep_blank_values=True, strict_parsing=False)
        return {name: values[0] for name, values in found.items()}

    @property
    def immutable(self) -> bool:
        return 'IdType="ImmutableId"' in self.headers.get("prefer", "")


@dataclass
class Said:
    """One answer."""

    status: int
    told: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


class RefusalError(Exception):
    def __init__(self, status: int, code: str, **headers: str) -> None:
        super().__init__(f"{status} {code}")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        told = {"error": {"code": code, "message": "kalle@office.example får inte «Ämne»"}}
        self.said = Said(status, told, named)


def properties(kind: str) -> set[str]:
    found: set[str] = set()
    while kind in METADATA["types"]:
        found |= set(METADATA["types"][kind]["properties"])
        kind = METADATA["types"][kind]["base"]
    return found


def only(asked: Asked, *options: str, kind: str = "") -> dict[str, str]:
    """Return the query, which holds nothing but *options* and selects what *kind* has."""
    query = asked.query
    unknown = set(query) - set(options)
    chosen = set(filter(None, query.get("$select", "").split(",")))
    if unknown or not chosen <= properties(kind):
        raise RefusalError(400, "BadRequest")
    return query


def body_of(asked: Asked, *names: str) -> dict[str, Any]:
    """Return the JSON body, which holds nothing but *names*."""
    if asked.headers.get("content-type") != "application/json":
        raise RefusalError(400, "RequestBodyRead")
    told = json.loads(asked.body)
    if not isinstance(told, dict) or not set(told) <= set(names):
        raise RefusalError(400, "UnableToDeserializePostBody")
    return told
