"""Which mailbox, behind which Graph, and as whom. Connects to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

from pydantic import Field, field_validator, model_validator

from bot.adapters import tls
from bot.adapters.oauth.client import Client


class Account(Client, frozen=True, extra="forbid"):
    """One mailbox behind Graph, and how the program shows who it is."""

    mailbox: str = Field(min_length=1, pattern=r"^[^/\\?#%\s]+$")  # its address or id
    url: str = "https://graph.microsoft.com/v1.0"
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=600)  # seconds without an answer

    @field_validator("url")
    @classmethod
    def _encrypted(cls, url: str) -> str:
        parts = urlsplit(url)
        open_here = parts.scheme == "http" and tls.is_loopback(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or open_here):
            raise ValueError("ska vara en adress som börjar med https://")
        if parts.query or parts.fragment or parts.username:
            raise ValueError("ska vara en adress utan frågetecken, # och användarnamn")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.uses_tokens:
            raise ValueError("ange tenant, client_id och certificate_file, eller en hemlighet")
        return self

    @property
    def peer(self) -> str:
        """Return the host for messages."""
        return urlsplit(self.url).netloc

    @property
    def home(self) -> str:
        """Return the path of the mailbox below ``url``."""
        return f"/users/{quote(self.mailbox, safe='@')}"

    @property
    def default_scope(self) -> str:
        """Return the scope to ask for: all that the administrator has granted."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/.default"
