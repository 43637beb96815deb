"""How an LDAP directory is reached, as configured: address, account, limits. Connects to none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

from bot.adapters import secrets
from bot.adapters.tls import is_loopback

_PORTS = {"ldap": 389, "ldaps": 636}


@dataclass(frozen=True, slots=True)
class Server:
    """A directory server and the account that we log in with."""

    host: str
    port: int
    tls: str  # "none", "starttls" or "tls"
    ca_file: Path | None
    bind_dn: str
    password: str = field(repr=False)
    timeout: float  # seconds without an answer
    page: int  # entries in one answer of a paged search

    @property
    def peer(self) -> str:
        """Return host and port for messages."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class Access(BaseModel, frozen=True, extra="forbid"):
    """The settings that every use of a directory has."""

    PASSWORD_VARIABLE: ClassVar[str]

    url: str
    bind_dn: str = Field(min_length=1)
    password: SecretStr | None = None
    password_file: Path | None = None
    base_dn: str = Field(min_length=1)
    ca_file: Path | None = None
    starttls: bool = True
    timeout: float = Field(default=20, ge=1, le=600)  # seconds
    page_size: int = Field(default=500, ge=10, le=10_000)

    @field_validator("url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("ska vara ldaps://server eller ldap://server, med port om ni vill")
        if parts.path.strip("/") or parts.query or parts.username:
            raise ValueError("ska bara ha server och port; base_dn och bind_dn anges för sig")
        _ = parts.port  # raises ValueError for one that no port can have
        return url

    @field_validator("filter", check_fields=False)
    @classmethod
    def _bracketed(cls, filter_: str) -> str:
        if filter_ and not (filter_.startswith("(") and filter_.endswith(")")):
            raise ValueError(
                'ska stå inom parentes, till exempel "(objectClass=hsaPersonExtension)"'
            )
        return filter_

    @model_validator(mode="after")
    def _one_place_and_closed(self) -> Self:
        if self.password is not None and self.password_file is not None:
            raise ValueError("ange password eller password_file, inte båda")
        if self.password is not None and not self.password.get_secret_value():
            # A name without a password is let in as nobody (RFC 4513 §5.1.2), without an error.
            raise ValueError("password är tomt: då släpper katalogen in oss utan att veta vilka")
        parts = urlsplit(self.url)
        if parts.scheme == "ldap" and not self.starttls and not is_loopback(parts.hostname or ""):
            raise ValueError(
                "starttls = false skickar lösenordet okrypterat; det går bara till den egna datorn"
            )
        return self

    def server(self, environment: Mapping[str, str]) -> Server:
        """Return the server with its password looked up.

        Raises:
            NeedsOperatorError: there is no password, or its file cannot be read.
        """
        parts = urlsplit(self.url)
        tls = "tls" if parts.scheme == "ldaps" else "starttls" if self.starttls else "none"
        return Server(
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            tls=tls,
            ca_file=self.ca_file,
            bind_dn=self.bind_dn,
            password=secrets.looked_up(
                self.PASSWORD_VARIABLE, self.password_file, self.password, environment
            ),
            timeout=self.timeout,
            page=self.page_size,
        )
