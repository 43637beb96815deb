"""The registries of backends: a new one is its own file and one line here. Opens no connection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.adapters.catalogue import sql, worklist
from bot.adapters.mailbox import imap
from bot.adapters.mailbox import maildir as maildir_in
from bot.adapters.managers import csv
from bot.adapters.outgoing import maildir as maildir_out
from bot.adapters.outgoing import smtp
from bot.bootstrap.clocks import system_clock
from bot.domain.calendar import today
from bot.ports.catalogue import Catalogue
from bot.ports.errors import NeedsOperatorError
from bot.ports.mailbox import Mailbox
from bot.ports.managers import ManagerSource
from bot.ports.outgoing import Outgoing
from bot.settings import ConfigurationError, Fault, validated

Environment = Mapping[str, str]
Table = Mapping[str, Any]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Place:
    """The table of a configuration file that a backend is made from.

    *state* begins the names of files in which a backend may remember where it is.
    """

    file: Path
    section: str
    table: Table
    state: Path


def _valid(model: type[M], place: Place) -> M:
    return validated(model, place.table, table=place.section, file=place.file)


def _maildir(place: Place, _: Environment) -> tuple[Mailbox, str, str]:
    settings = _valid(maildir_in.Settings, place)
    return maildir_in.Maildir(settings), settings.filed, settings.attention


def _imap(place: Place, environment: Environment) -> tuple[Mailbox, str, str]:
    settings = _valid(imap.Settings, place)
    return imap.Imap(settings, environment), settings.filed, settings.attention


def _graph(place: Place, environment: Environment) -> tuple[Mailbox, str, str]:
    from bot.adapters.mailbox import graph  # noqa: PLC0415 - its libraries are slow to load

    settings = _valid(graph.Settings, place)
    mailbox = graph.Graph(settings, environment, place.state)
    return mailbox, settings.filed, settings.attention


def _exchange(place: Place, environment: Environment) -> tuple[Mailbox, str, str]:
    from bot.adapters.mailbox import exchange  # noqa: PLC0415 - heavy, and few have one

    settings = _valid(exchange.Settings, place)
    return exchange.Exchange(settings, environment), settings.filed, settings.attention


MAILBOXES: dict[str, Callable[[Place, Environment], tuple[Mailbox, str, str]]] = {
    "maildir": _maildir,
    "imap": _imap,
    "graph": _graph,
    "exchange": _exchange,
}


def _maildir_out(place: Place, _: Environment) -> Outgoing:
    return maildir_out.MaildirOutgoing(_valid(maildir_out.Settings, place))


def _smtp(place: Place, environment: Environment) -> Outgoing:
    return smtp.Smtp(_valid(smtp.Settings, place), environment)


def _graph_out(place: Place, environment: Environment) -> Outgoing:
    from bot.adapters.outgoing import graph  # noqa: PLC0415 - its libraries are slow to load

    return graph.Graph(_valid(graph.Settings, place), environment)


def _exchange_out(place: Place, environment: Environment) -> Outgoing:
    from bot.adapters.outgoing import exchange  # noqa: PLC0415 - heavy, and few have one

    return exchange.ExchangeOutgoing(_valid(exchange.Settings, place), environment, place.state)


OUTGOING: dict[str, Callable[[Place, Environment], Outgoing]] = {
    "maildir": _maildir_out,
    "smtp": _smtp,
    "graph": _graph_out,
    "exchange": _exchange_out,
}


def _sql(place: Place, _: Environment, database: str, stack: ExitStack) -> Catalogue:
    _valid(sql.Settings, place)
    catalogue = sql.SqlCatalogue.open(database)
    stack.callback(catalogue.close)
    return catalogue


def _worklist(place: Place, _: Environment, _database: str, _stack: ExitStack) -> Catalogue:
    _valid(worklist.Settings, place)
    return worklist.Worklist()


def _ldap(place: Place, environment: Environment, database: str, stack: ExitStack) -> Catalogue:
    with _library():
        from bot.adapters.catalogue import ldap  # noqa: PLC0415 - not installed everywhere
        from bot.adapters.ldap.answers import Answers  # noqa: PLC0415
    settings = _valid(ldap.Settings, place)
    answers = Answers.open(database, lambda: os.urandom(32))
    stack.callback(answers.close)
    catalogue = ldap.LdapCatalogue(settings, environment, answers, lambda: today(system_clock()))
    stack.callback(catalogue.close)
    return catalogue


CATALOGUES: dict[str, Callable[[Place, Environment, str, ExitStack], Catalogue]] = {
    "sql": _sql,
    "ldap": _ldap,
    "worklist": _worklist,
}


def _csv(place: Place, _: Environment) -> ManagerSource:
    return csv.CsvManagers(_valid(csv.Settings, place))


def _ldap_managers(place: Place, environment: Environment) -> ManagerSource:
    with _library():
        from bot.adapters.managers import ldap  # noqa: PLC0415 - not installed everywhere
    return ldap.LdapManagers(_valid(ldap.Settings, place), environment)


MANAGERS: dict[str, Callable[[Place, Environment], ManagerSource]] = {
    "csv": _csv,
    "ldap": _ldap_managers,
}


@contextmanager
def _library() -> Iterator[None]:
    """Say what to install where the LDAP library is not here.

    Raises:
        NeedsOperatorError: it is not.
    """
    try:
        yield
    except ImportError as error:
        raise NeedsOperatorError(
            f"the LDAP library is not installed ({error.name})",
            "LDAP-biblioteket är inte installerat. Installera som root: apt-get install gcc"
            " python3-dev libldap-dev libsasl2-dev. Kör sedan ”make setup” igen.",
        ) from error


B = TypeVar("B")


def chosen(registry: Mapping[str, B], place: Place) -> B:
    """Return the registry's entry that ``kind`` names.

    Raises:
        ConfigurationError: there is no such backend; the kinds there are, are named.
    """
    kind = str(place.table.get("kind", ""))
    if kind not in registry:
        allowed = f"Tillåtna: {', '.join(registry)}"
        key = f"{place.section}.kind"
        raise ConfigurationError([Fault(place.file, key, f"”{kind}” finns inte", allowed)])
    return registry[kind]
