"""Where passwords come from: the environment, a file, the configuration. Keeps and logs none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, SecretStr, model_validator

from bot.ports.errors import NeedsOperatorError


class Login(BaseModel, frozen=True, extra="forbid"):
    """A user name and at most one place where its password stands."""

    PASSWORD_VARIABLE: ClassVar[str]

    username: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.password is not None and self.password_file is not None:
            raise ValueError("ange password eller password_file, inte båda")
        if not self.username and (self.password is not None or self.password_file is not None):
            raise ValueError("ett lösenord utan username används aldrig: ange username")
        return self


def secret(settings: Login, environment: Mapping[str, str]) -> str:
    """Return the password of *settings*, "" when there is no user name.

    The environment comes first, then ``password_file``, then ``password``.

    Raises:
        NeedsOperatorError: a user name without a password, or a file that cannot be read.
    """
    if not settings.username:
        return ""
    return looked_up(
        settings.PASSWORD_VARIABLE, settings.password_file, settings.password, environment
    )


def looked_up(
    variable: str, file: Path | None, written: SecretStr | None, environment: Mapping[str, str]
) -> str:
    """Return a password: of the environment's *variable*, of *file*, or as it is *written*.

    Raises:
        NeedsOperatorError: it stands in none of them, or the file cannot be read.
    """
    if environment.get(variable):
        return environment[variable]
    if file is not None:
        return from_file(file, "password_file")
    if written is not None:
        return written.get_secret_value()
    raise NeedsOperatorError(
        "no password", f"Ange password_file, password eller miljövariabeln {variable}."
    )


def from_file(path: Path, key: str) -> str:
    """Return the secret in the file that the setting *key* names, without its last line end.

    Raises:
        NeedsOperatorError: it cannot be read, or is empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NeedsOperatorError(
            f"{key} cannot be read ({type(error).__name__})",
            f"Kontrollera att {path} finns, är skriven i UTF-8 och får läsas av programmet.",
        ) from error
    found = text.rstrip("\r\n")
    if not found:
        raise NeedsOperatorError(f"{key} is empty", f"Skriv hemligheten i {path}.")
    return found
