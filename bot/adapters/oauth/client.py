"""How the program shows who it is to an issuer of tokens: the settings. Asks for no token."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr, field_validator, model_validator


class Client(BaseModel, frozen=True, extra="forbid"):
    """A client's registration (RFC 6749 §2); when empty, passwords are used."""

    SECRET_VARIABLE: ClassVar[str]

    tenant: str = ""  # Entra: the directory's id or domain
    authority: str = ""  # another issuer: the URL before /.well-known/openid-configuration
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    certificate_file: Path | None = None  # PEM with private key and certificate
    token_file: Path | None = None  # another program renews the token in this file
    scope: str = ""
    authority_ca_file: Path | None = None  # where the issuer's certificate is the office's own

    @property
    def uses_tokens(self) -> bool:
        """Tell whether tokens take the place of a password."""
        return bool(self.tenant or self.authority or self.token_file)

    @field_validator("authority")
    @classmethod
    def _encrypted(cls, authority: str) -> str:
        if authority and urlsplit(authority).scheme != "https":
            raise ValueError("ska vara en adress som börjar med https://")
        return authority.rstrip("/")

    @model_validator(mode="after")
    def _one_issuer(self) -> Self:
        issuers = [self.tenant, self.authority, str(self.token_file or "")]
        if sum(map(bool, issuers)) > 1:
            raise ValueError("ange en av tenant, authority och token_file, inte flera")
        keys = (self.client_secret, self.client_secret_file, self.certificate_file)
        if sum(key is not None for key in keys) > 1:
            raise ValueError(
                "ange en av client_secret, client_secret_file och certificate_file, inte flera"
            )
        registered = bool(self.tenant or self.authority)
        if registered and not self.client_id:
            raise ValueError("tenant och authority kräver client_id, programmets id hos utfärdaren")
        if not registered and (self.client_id or any(keys)):
            raise ValueError("client_id och hemligheten kräver tenant eller authority")
        return self
