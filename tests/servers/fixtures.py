"""One of each server for a whole test run, as pytest fixtures. Configures no server itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ews_stub import Stub, ews_stub
from tests.servers.graph_stub import GraphStub, graph_stub
from tests.servers.postfix import Postfix, postfix
from tests.servers.postgres import postgres
from tests.servers.processes import Account, Authority
from tests.servers.slapd import Slapd, slapd
from tests.servers.smtpsink import Sink, smtp_sink
from tests.servers.token_stub import Issuer, Signer, token_stub


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


@pytest.fixture(scope="session")
def graph_issuer() -> Iterator[Issuer]:
    """Run an issuer whose tokens ``graph`` lets in; give it no faults here."""
    account = Account.unprivileged()
    here = account.directory("graph")
    try:
        with token_stub(Authority(here, account), Signer()) as issuer:
            yield issuer
    finally:
        shutil.rmtree(here, ignore_errors=True)


@pytest.fixture
def graph(graph_issuer: Issuer) -> Iterator[GraphStub]:
    """Run a stub of Microsoft Graph with empty mailboxes, for one test."""
    with graph_stub(graph_issuer.ca, graph_issuer.signer) as stub:
        yield stub
    assert stub.bad_requests == []


@pytest.fixture(scope="session")
def ews_server() -> Iterator[Stub]:
    """Run an EWS stub for the session; a test that needs an empty mailbox names a new address."""
    with ews_stub() as server:
        yield server


@pytest.fixture
def ews() -> Iterator[Stub]:
    """Run an EWS stub that can be told to fail, for one test."""
    with ews_stub() as server:
        yield server
