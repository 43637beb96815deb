"""The line to a directory: TLS that is verified or refused, and every place where it can break."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.records import Action, Change
from bot.ports.errors import ConflictError, NeedsOperatorError, PortError, TransientError
from tests.builders import an_entry, person
from tests.laws.directories import in_directory
from tests.servers.processes import Account, Authority
from tests.servers.proxy import proxy
from tests.servers.slapd import BOT, BOT_PASSWORD, Slapd
from tests.servers.smtpsink import scripted_server

pytestmark = pytest.mark.server

ANNA = an_entry()
ADD = Change(Action.ADD, None, ANNA)


@pytest.fixture
def server(slapd_server) -> Slapd:
    slapd_server.empty()
    return slapd_server


@pytest.fixture
def database(tmp_path) -> str:
    return f"sqlite:///{tmp_path}/ekbot.db"


def refused(server: Slapd, database: str, **settings) -> PortError:
    """Return how the directory is refused with these settings."""
    with in_directory(server, database, **settings) as catalogue:
        with pytest.raises(PortError) as caught:
            catalogue.find(person())
        lines = catalogue.check()
        assert not lines[-1].ok
        assert lines[-1].advice
    said = f"{caught.value} {lines}"
    assert BOT_PASSWORD not in said
    return caught.value


@pytest.mark.parametrize("how", ["ldaps", "starttls"])
def test_a_line_is_encrypted_both_ways_of_asking(server, database, how):
    url = server.url if how == "ldaps" else f"ldap://localhost:{server.port}"
    with in_directory(server, database, url=url) as catalogue:
        assert catalogue.find(person()) is None
        assert "krypterat" in catalogue.check()[0].seen


@pytest.mark.parametrize("how", ["ldaps", "starttls"])
class TestCertificates:
    def url(self, server: Slapd, how: str, host: str = "localhost") -> str:
        scheme, port = ("ldaps", server.tls_port) if how == "ldaps" else ("ldap", server.port)
        return f"{scheme}://{host}:{port}"

    def test_an_unknown_authority_is_refused(self, server, database, how, tmp_path):
        stranger = tmp_path / "other"
        stranger.mkdir()
        other = Authority(stranger, Account.unprivileged())
        error = refused(server, database, url=self.url(server, how), ca_file=str(other.ca_file))
        assert isinstance(error, NeedsOperatorError)
        assert "ca_file" in error.advice

    def test_a_name_that_the_certificate_does_not_hold_is_refused(self, server, database, how):
        port = server.tls_port if how == "ldaps" else server.port
        with proxy(port, host="127.0.0.3") as line:
            scheme = "ldaps" if how == "ldaps" else "ldap"
            error = refused(server, database, url=f"{scheme}://127.0.0.3:{line.port}")
        assert isinstance(error, NeedsOperatorError)
        assert "namn" in error.advice

    def test_a_file_without_certificates_is_refused(self, server, database, how, tmp_path):
        (tmp_path / "empty.pem").write_text("")
        error = refused(
            server, database, url=self.url(server, how), ca_file=str(tmp_path / "empty.pem")
        )
        assert isinstance(error, NeedsOperatorError)


def test_a_server_that_demands_encryption_is_told_of(server, database):
    error = refused(server, database, url=f"ldap://localhost:{server.port}", starttls=False)
    assert isinstance(error, NeedsOperatorError)
    assert "kryptering" in error.advice


def answer(number: int, code: int) -> bytes:
    """Return an ExtendedResponse (RFC 4511 §4.12) with a result code."""
    inner = bytes([0x02, 1, number, 0x78, 7, 0x0A, 1, code, 4, 0, 4, 0])
    return bytes([0x30, len(inner)]) + inner


@pytest.mark.parametrize("code", [1, 2, 52])
def test_a_line_whose_encryption_is_taken_away_gets_no_password(server, database, code):
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def strip() -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link:
                heard.append(link.recv(4096))
                link.sendall(answer(1, code))
                while piece := link.recv(4096):
                    heard.append(piece)

    worker = threading.Thread(target=strip, daemon=True)
    worker.start()
    try:
        error = refused(server, database, url=f"ldap://localhost:{listener.getsockname()[1]}")
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        worker.join(5)
    assert isinstance(error, NeedsOperatorError)
    assert "StartTLS" in error.reason
    assert heard
    assert all(BOT_PASSWORD.encode() not in piece for piece in heard)
    assert all(BOT.encode() not in piece for piece in heard)


@pytest.mark.parametrize("words", [(b"220 mx ESMTP",), ()], ids=["talks SMTP", "hangs up"])
@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
def test_something_else_on_the_port_is_no_directory(server, database, words, scheme):
    with scripted_server(*words) as port:
        refused(server, database, url=f"{scheme}://localhost:{port}")


@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
def test_a_server_that_takes_the_line_and_says_nothing_is_given_up(server, database, scheme):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"{scheme}://localhost:{listener.getsockname()[1]}"
        error = refused(server, database, url=url, timeout=1)
    assert isinstance(error, TransientError)


def test_a_wrong_password_is_the_operators_to_mend(server, database):
    error = refused(server, database, password="fel")
    assert isinstance(error, NeedsOperatorError)
    assert "lösenord" in error.advice


def test_a_base_that_is_not_there_is_the_operators_to_mend(server, database):
    error = refused(server, database, base_dn="ou=saknas,o=Kommunen,c=SE")
    assert isinstance(error, NeedsOperatorError)
    assert "base_dn" in error.advice


def test_a_line_that_is_let_go_leaves_nothing_open(server, database):
    def descriptors() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    with in_directory(server, database) as catalogue:
        catalogue.find(person())
        catalogue.close()
        before = descriptors()
        for _ in range(5):
            catalogue.find(person())
            catalogue.close()
        for thread in threading.enumerate():
            if thread.name == "ldap-tls":
                thread.join(5)
        assert descriptors() <= before


AFTER = replace(ANNA, surname="Berg", title=None, mail="anna@b.example", protected=True)
CHANGES = {"add": ADD, "modify": Change(Action.MODIFY, ANNA, AFTER)}


@pytest.mark.parametrize("cut", ["before", "after"])
@pytest.mark.parametrize("name", CHANGES)
def test_wherever_the_line_breaks_the_next_try_leaves_the_wanted_entry_once(
    server, tmp_path, cut, name
):
    """Lose every request of a write in turn, or its answer, and try again as after a crash."""
    change = CHANGES[name]
    broken = whole = 0
    for at in range(1, 60):
        server.empty()
        expected = ""
        with in_directory(server, f"sqlite:///{tmp_path}/first-{at}.db") as direct:
            if name == "modify":
                expected = direct.write(ADD, "", "0").version
        with proxy(server.port, at, cut) as line:
            url = f"ldap://localhost:{line.port}"
            told = {"url": url, "timeout": 5}
            try:
                with in_directory(server, f"sqlite:///{tmp_path}/{at}.db", **told) as first:
                    written = first.write(change, expected, "1")
                whole += 1
            except TransientError:
                broken += 1
                with in_directory(server, f"sqlite:///{tmp_path}/{at}b.db", **told) as second:
                    written = second.write(change, expected, "1")
            assert written.entry == change.after
            last = line.requests < at
        with in_directory(server, f"sqlite:///{tmp_path}/first-{at}.db") as direct:
            found = direct.find(person())
            assert (found.entry, found.version) == (change.after, written.version)
            with pytest.raises(ConflictError):
                direct.write(Change(Action.ADD, None, replace(ANNA, title="y")), "", "9")
        assert len(server.people()) == 1
        if last:
            break
    assert broken > 5
    assert whole > 0
