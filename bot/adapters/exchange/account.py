"""The part of the settings that both Exchange backends have. Connects to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from bot.adapters.secrets import Login, secret

Auth = Literal["ntlm", "basic", "kerberos"]


class Account(Login, frozen=True, extra="forbid"):
    """Which server, as whom, and whose mailbox."""

    url: str = ""  # https://mail.kommun.example/EWS/Exchange.asmx
    server: str = ""  # only the host's name: the usual path
    mailbox: str = ""  # its SMTP address; the user name where that is an address
    auth: Auth = "ntlm"
    version: str = Field(default="", pattern=r"^(Exchange\d{4}(_SP\d)?)?$")  # "": asked for once
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=600)  # seconds without an answer

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.url) == bool(self.server):
            raise ValueError("ange url (hela adressen till EWS) eller server (värdnamnet)")
        try:
            where = urlsplit(self.endpoint)
            sound = where.scheme in ("https", "http") and where.hostname and (where.port or 443)
        except ValueError:
            sound = False
        if "/" in self.server:
            raise ValueError("server är bara värdnamnet; ange en hel adress i url")
        if not sound or "@" in urlsplit(self.endpoint).netloc:
            raise ValueError("url ska se ut så här: https://mail.kommun.example/EWS/Exchange.asmx")
        if not self.username and self.auth != "kerberos":
            raise ValueError("ange username (användare@domän eller DOMÄN\\användare)")
        if "@" not in self.address:
            raise ValueError("ange mailbox: brevlådans e-postadress")
        return self

    @property
    def endpoint(self) -> str:
        """Return the full address of EWS."""
        return self.url or f"https://{self.server}/EWS/Exchange.asmx"

    @property
    def address(self) -> str:
        """Return the mailbox's SMTP address."""
        return self.mailbox or self.username


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where EWS answers, as whom we log in, and whose mailbox we open."""

    url: str
    auth: Auth
    username: str
    password: str = field(repr=False)
    mailbox: str
    version: str  # "": not known
    ca_file: Path | None
    timeout: float

    @classmethod
    def of(cls, account: Account, environment: Mapping[str, str]) -> Endpoint:
        """Take the password from *environment* or *account* (Kerberos needs none).

        Raises:
            NeedsOperatorError: there is no password, or its file cannot be read.
        """
        return cls(
            url=account.endpoint,
            auth=account.auth,
            username=account.username,
            password="" if account.auth == "kerberos" else secret(account, environment),
            mailbox=account.address,
            version=account.version,
            ca_file=account.ca_file,
            timeout=account.timeout,
        )

    @property
    def host(self) -> str:
        """Return the server's name."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """Return the server's port."""
        where = urlsplit(self.url)
        return where.port or (443 if self.encrypted else 80)

    @property
    def encrypted(self) -> bool:
        """Tell whether the way there is TLS."""
        return urlsplit(self.url).scheme == "https"

    @property
    def peer(self) -> str:
        """Return host and port for messages."""
        return f"{self.host}:{self.port}"
