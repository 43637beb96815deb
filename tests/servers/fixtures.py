"""One of each server for a whole test run, as pytest fixtures. Configures no server itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.postfix import Postfix, postfix
from tests.servers.postgres import postgres
from tests.servers.slapd import Slapd, slapd
from tests.servers.smtpsink import Sink, smtp_sink
from tests.servers.token_stub import Issuer, token_stub


@pytest.fixture(scope="session")
def postgres_uri() -> Iterator[str]:
    """Run PostgreSQL for the session; yields ``postgresql://…``."""
    with postgres() as uri:
        yield uri


@pytest.fixture(scope="session")
def slapd_server() -> Iterator[Slapd]:
    """Run a directory for the session; a test that writes begins by emptying it."""
    with slapd() as server:
        yield server


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """Run Dovecot for the session; a test that needs an empty mailbox logs in as a new user."""
    with dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def postfix_server(dovecot_server: Dovecot) -> Iterator[Postfix]:
    """Run Postfix for the session; its mail lies in ``dovecot_server``."""
    with postfix(dovecot_server) as server:
        yield server


@pytest.fixture(scope="session")
def token_issuer(dovecot_server: Dovecot) -> Iterator[Issuer]:
    """Run an issuer whose tokens ``dovecot_server`` lets in; give it no faults here."""
    with token_stub(dovecot_server.ca, dovecot_server.signer) as issuer:
        yield issuer


@pytest.fixture
def sink() -> Iterator[Sink]:
    """Run a mail server that can be told to refuse, for one test."""
    with smtp_sink() as server:
        yield server
