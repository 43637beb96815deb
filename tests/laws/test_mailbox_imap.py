"""What an IMAP mailbox does when the server, the network or the set-up is not as it should be."""

from __future__ import annotations

import itertools
import logging
import socket
import threading
from threading import Event

import pytest

from bot.adapters.mailbox import imap
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.places import POOR, DovecotPlace
from tests.laws.test_mailbox_laws import mail, read, soon
from tests.servers.dovecot import PASSWORD, UNNAMED, dovecot
from tests.servers.processes import Account, Authority, free_port
from tests.servers.smtpsink import scripted_server

_USERS = itertools.count(1)


@pytest.fixture
def place(dovecot_server):
    return DovecotPlace(dovecot_server, f"imap{next(_USERS)}")


@pytest.fixture
def opened():
    """Open mailboxes that are closed at the test's end."""
    mailboxes = []

    def open_(settings, environment=None):
        mailboxes.append(imap.Imap(settings, environment or {}))
        return mailboxes[-1]

    yield open_
    for mailbox in mailboxes:
        mailbox.close()


def plain(port: int, **other) -> imap.Settings:
    """Return settings towards something on this machine that only plays an IMAP server."""
    fields = {"host": "127.0.0.1", "tls": "none", "username": "ek", "password": "x"}
    return imap.Settings(kind="imap", port=port, **fields | {"timeout": 0.3} | other)


def advice(mailbox) -> str:
    """Return what the operator is told, the same from a call and from the check."""
    with pytest.raises(NeedsOperatorError) as caught:
        mailbox.arrived()
    [check] = mailbox.check()
    assert not check.ok
    assert check.advice == caught.value.advice
    return caught.value.advice


@pytest.mark.server
class TestSettingUp:
    def test_a_wrong_password_asks_for_the_operator(self, place, opened):
        told = advice(opened(place.settings(password="fel")))
        assert "lösenord" in told
        assert "fel" not in told.split()

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, place, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in advice(opened(place.settings(ca_file=other.ca_file)))

    def test_starttls_with_an_unknown_issuer_is_refused_too(self, place, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        settings = place.settings(tls="starttls", port=place.server.port, ca_file=other.ca_file)
        assert "ca_file" in advice(opened(settings))

    def test_the_systems_authorities_do_not_know_a_private_one(self, place, opened):
        assert "ca_file" in advice(opened(place.settings(ca_file=None)))

    def test_a_certificate_for_another_name_is_refused(self, place, opened):
        assert "servernamn" in advice(opened(place.settings(host=UNNAMED)))

    def test_tls_towards_a_plain_port_is_explained(self, place, opened):
        assert "port" in advice(opened(place.settings(port=place.server.port)))

    def test_a_missing_ca_file_is_explained(self, place, opened, tmp_path):
        assert "borta.pem" in advice(opened(place.settings(ca_file=tmp_path / "borta.pem")))

    def test_a_missing_folder_is_explained(self, place, opened):
        assert "Finns inte" in advice(opened(place.settings(folder="Finns inte")))

    def test_a_folder_name_that_the_server_refuses_is_explained(self, place, opened):
        place.deliver(mail(1))
        mailbox = opened(place.settings())
        with pytest.raises(NeedsOperatorError, match=r"A\.B"):
            mailbox.file(mailbox.arrived(), "A.B")
        assert read(mailbox) == [mail(1)]

    @pytest.mark.parametrize("tls", ["none", "starttls"])
    def test_the_plain_port_serves_with_starttls_and_on_loopback_without(self, place, opened, tls):
        place.deliver(mail(1))
        host = "127.0.0.1" if tls == "none" else "localhost"
        mailbox = opened(place.settings(tls=tls, host=host, port=place.server.port))
        assert read(mailbox) == [mail(1)]

    def test_the_password_may_come_from_the_environment(self, place, opened):
        place.deliver(mail(1))
        settings = place.settings(password=None)
        assert read(opened(settings, {"EKBOT_MAILBOX_PASSWORD": PASSWORD})) == [mail(1)]

    def test_a_full_mailbox_loses_nothing_and_asks_for_the_operator(self, opened):
        with dovecot(quota="quota_rule = *:messages=2") as server:
            place = DovecotPlace(server, "full")
            place.host = POOR  # copies before it removes, so there must be room
            place.deliver(mail(1))
            place.deliver(mail(2))
            mailbox = opened(place.settings())
            with pytest.raises(NeedsOperatorError) as caught:
                mailbox.file(mailbox.arrived(), "Mottaget")
            assert "full" in caught.value.advice
            assert read(mailbox) == [mail(1), mail(2)]


@pytest.mark.server
class TestOutages:
    def test_a_server_that_restarts_is_found_again(self, opened):
        with dovecot() as server:
            place = DovecotPlace(server, "anna")
            place.deliver(mail(1))
            mailbox = opened(place.settings())
            assert read(mailbox) == [mail(1)]
            refs = mailbox.arrived()
            server.stop()
            for call in (
                mailbox.arrived,
                lambda: list(mailbox.fetch(refs)),
                lambda: mailbox.file(refs, "Mottaget"),
            ):
                with pytest.raises(TransientError):
                    call()
            assert not mailbox.check()[0].ok
            server.start()
            assert mailbox.arrived() == refs
            assert mailbox.file(refs, "Mottaget") == ()

    def test_a_server_that_restarts_between_two_calls_is_not_noticed(self, opened):
        with dovecot() as server:
            place = DovecotPlace(server, "anna")
            place.deliver(mail(1))
            mailbox = opened(place.settings())
            refs = mailbox.arrived()
            server.stop()
            server.start()
            assert mailbox.arrived() == refs

    def test_a_server_that_goes_down_in_the_middle_of_a_fetch_says_so(self, opened):
        with dovecot() as server:
            place = DovecotPlace(server, "anna")
            for number in range(30):
                place.deliver(mail(number))
            mailbox = opened(place.settings())
            mails = mailbox.fetch(mailbox.arrived())
            assert next(mails)[1] == mail(0)
            server.stop()
            with pytest.raises(TransientError):
                list(mails)
            server.start()
            assert len(read(mailbox)) == 30

    def test_waiting_outlives_a_server_that_goes_down(self, opened):
        with dovecot() as server:
            mailbox = opened(DovecotPlace(server, "anna").settings())
            mailbox.arrived()
            stop = Event()
            with soon(server.stop):
                threading.Timer(0.6, stop.set).start()
                mailbox.wait(60, stop)  # no exception
            with pytest.raises(TransientError):
                mailbox.arrived()

    def test_waiting_while_the_server_is_down_ends_when_told_to_stop(self, opened):
        stop = Event()
        mailbox = opened(plain(free_port()))
        with soon(stop.set):
            assert not mailbox.wait(60, stop)

    def test_a_human_beside_us_does_not_disturb_a_fetch(self, place, opened):
        for number in range(30):
            place.deliver(mail(number))
        mailbox = opened(place.settings())
        refs = mailbox.arrived()
        mails = mailbox.fetch(refs)
        next(mails)
        for ref in (refs[3], refs[27], refs[29]):
            place.human_moves(ref, "Annas")
        got = {ref for ref, _ in mails}
        assert got >= set(refs[1:]) - {refs[3], refs[27], refs[29]}
        assert refs[27] not in got
        assert refs[29] not in got


class TestBrokenServers:
    def test_a_port_that_nobody_listens_on_is_tried_again_later(self, opened):
        with pytest.raises(TransientError):
            opened(plain(free_port())).arrived()

    def test_a_server_that_never_answers_is_given_up(self, opened):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            mailbox = opened(plain(silent.getsockname()[1]))
            with pytest.raises(TransientError, match="no answer in time"):
                mailbox.arrived()

    @pytest.mark.parametrize(
        "script",
        [
            (b"220 mail.example ESMTP",),
            (b"* OK ready", b"* CAPABILITY IMAP4rev1", b"\xff\xfe"),
            (b"* BYE overloaded",),
            (b"* OK ready", b"* BYE going down"),
            (b"* OK ready", b"x" * 2_000_000),
        ],
        ids=["another-protocol", "garbage", "bye", "bye-later", "endless-line"],
    )
    def test_a_server_that_talks_nonsense_is_tried_again_later(self, opened, script):
        with scripted_server(*script) as port, pytest.raises(TransientError):
            opened(plain(port)).arrived()

    @pytest.mark.parametrize("mechanism", [b"AUTH=PLAIN", b"LOGIN-REFERRALS"])
    def test_a_login_that_breaks_off_is_no_wrong_password(self, opened, mechanism):
        greeting = b"* OK [CAPABILITY IMAP4rev1 %b] ready" % mechanism
        capabilities = b"* CAPABILITY IMAP4rev1 %b\r\n{tag} OK done" % mechanism
        script = (greeting, capabilities, b"* BYE going down")
        with scripted_server(*script) as port, pytest.raises(TransientError, match=r"broke|reset"):
            opened(plain(port)).arrived()

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (b"NO [UNAVAILABLE] Temporary authentication failure", TransientError),
            (b"NO [LIMIT] Too many connections", TransientError),
            (b"NO [AUTHENTICATIONFAILED] No", NeedsOperatorError),
            (b"NO no such user", NeedsOperatorError),
        ],
    )
    def test_a_refused_login_is_told_from_a_server_in_trouble(self, opened, answer, error):
        greeting = b"* OK [CAPABILITY IMAP4rev1 LOGIN-REFERRALS] ready"
        capabilities = b"* CAPABILITY IMAP4rev1 LOGIN-REFERRALS\r\n{tag} OK done"
        script = (greeting, capabilities, b"{tag} " + answer)
        with scripted_server(*script) as port, pytest.raises(error):
            opened(plain(port)).arrived()

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        settings = plain(143, host="mail.office.example")
        assert "starttls" in advice(opened(settings))

    def test_what_a_broken_server_says_is_not_repeated(self, opened):
        script = (b"* OK 850101 ready", b"hemligt 850101")
        with scripted_server(*script) as port, pytest.raises(TransientError) as caught:
            opened(plain(port)).arrived()
        assert "850101" not in str(caught.value)


@pytest.mark.server
def test_nothing_of_a_mail_stands_in_the_log(place, opened, caplog):
    caplog.set_level(logging.DEBUG)
    place.deliver(mail(1, b"hemligt\r\n"))
    mailbox = opened(place.settings())
    assert len(read(mailbox)) == 1
    mailbox.file(mailbox.arrived(), "Mottaget")
    for secret in ("hemligt", "anna@office.example", PASSWORD):
        assert secret not in caplog.text
