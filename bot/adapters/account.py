"""An account on a mail server: a user name, and a password or tokens. Connects to none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Self

from pydantic import model_validator

from bot.adapters.oauth.client import Client
from bot.adapters.secrets import Login, secret
from bot.adapters.server import Server, TokenSource
from bot.ports.errors import NeedsOperatorError, PortError

OUTLOOK = "https://outlook.office365.com/.default"  # Exchange Online's scope for IMAP and SMTP


class Account(Login, Client, frozen=True, extra="forbid"):
    """A user name with its password, or with the registration that gets tokens for it."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if not self.uses_tokens:
            return self
        if self.password is not None or self.password_file is not None:
            raise ValueError("ange antingen lösenord eller tenant/authority/token_file, inte båda")
        if not self.username:
            raise ValueError("ange username: brevlådan som tokens gäller för")
        return self


def credentials(
    settings: Account, environment: Mapping[str, str]
) -> tuple[str, TokenSource | None]:
    """Return the password, or where tokens come from.

    Raises:
        NeedsOperatorError: there is neither, or a file cannot be read.
    """
    if not settings.uses_tokens:
        return secret(settings, environment), None
    from bot.adapters.oauth.tokens import Tokens  # noqa: PLC0415 - costs 0.2 s where it is not used

    return "", Tokens(settings, OUTLOOK, environment, ca_file=settings.authority_ca_file)


def shown(
    server: Server, offered: Sequence[str], show: Callable[[str, str], PortError | None]
) -> None:
    """Show a token by the first mechanism *offered*; when it is refused, once more a new one.

    *show* takes mechanism and token; it returns how the server refused, None when it let us in.

    Raises:
        NeedsOperatorError: a new token was refused, too, or the server takes none.
    """
    tokens = server.tokens
    if tokens is None or not offered:
        raise NeedsOperatorError(
            f"{server.peer}: no OAUTHBEARER or XOAUTH2 offered",
            "Servern tar inte emot tokens. Ange lösenord i stället, eller be den som sköter"
            " servern slå på OAuth (för SMTP: SMTP AUTH för brevlådan).",
        )
    token = tokens.token()
    refused = show(offered[0], token)
    if refused is None:
        return
    tokens.forget()
    renewed = tokens.token()
    if renewed != token:
        refused = show(offered[0], renewed)
        if refused is None:
            return
    raise NeedsOperatorError(
        str(refused),
        f"Servern godtar inte vår token för {server.username}. Kontrollera att den gäller just den"
        " brevlådan, att programmet har fått behörighet till den, och att utfärdaren är den som"
        " servern litar på.",
    ) from refused
