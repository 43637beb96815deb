"""A catalogue in a private directory, with a database of its own. Holds no law."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.builders import TODAY
from tests.servers.slapd import Slapd

if TYPE_CHECKING:
    from bot.adapters.catalogue.ldap import LdapCatalogue

SECRET = b"for the tests"


@contextlib.contextmanager
def in_directory(server: Slapd, database: str, **settings: Any) -> Iterator[LdapCatalogue]:
    """Open the catalogue on *server* as the program does."""
    from bot.adapters.catalogue.ldap import LdapCatalogue, Settings  # noqa: PLC0415
    from bot.adapters.ldap.answers import Answers  # noqa: PLC0415

    answers = Answers.open(database, lambda: SECRET)
    opened = LdapCatalogue(Settings(**server.table(**settings)), {}, answers, lambda: TODAY)
    try:
        yield opened
    finally:
        opened.close()
