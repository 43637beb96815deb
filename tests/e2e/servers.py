"""Offices on real servers, and services opened on an office as the program opens them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot import bootstrap
from bot.app.services import Services
from bot.settings import load
from tests.e2e.office import Office
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtpsink import Sink


def on_servers(folder: Path, server: Dovecot, sink: Sink, user: str, **more: str) -> Office:
    """Return an office whose mail lies on *server* and whose letters go to *sink*."""
    mailbox = (
        f'kind = "imap"\nhost = "localhost"\nport = {server.tls_port}\ntls = "tls"\n'
        f'ca_file = "{server.ca.ca_file}"\nusername = "{user}"\n'
        'filed = "Klart"\nattention = "Åtgärda"'
    )
    outgoing = (
        f'kind = "smtp"\nhost = "localhost"\nport = {sink.port}\ntls = "starttls"\n'
        f'ca_file = "{sink.ca_file}"\nusername = "ek"'
    )
    secrets = {"EKBOT_MAILBOX_PASSWORD": PASSWORD, "EKBOT_OUTGOING_PASSWORD": PASSWORD}
    return Office(folder, mailbox, outgoing, environment=secrets, **more)


@contextmanager
def opened(office: Office, now: datetime) -> Iterator[Services]:
    """Open the office's services in this process, at the instant *now*."""
    environment = {**os.environ, **office.environment}
    settings = load(office.here / "ekbot.toml", environment)
    with bootstrap.services(settings, environment, now=now) as services:
        yield services
