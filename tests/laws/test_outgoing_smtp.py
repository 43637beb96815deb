"""What SMTP does when the server hangs up, or is not whom it claims to be."""

from __future__ import annotations

import socket

import pytest

from bot.adapters.outgoing import smtp
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.submission import GREETING, TAKEN, opener, plain, settings
from tests.laws.test_outgoing_laws import letter
from tests.servers.processes import Account, Authority, free_port
from tests.servers.smtpsink import scripted_server, smtp_sink


@pytest.fixture
def opened():
    with opener() as open_:
        yield open_


@pytest.fixture
def outgoing(sink, opened):
    return opened(settings(sink))


def advice(way) -> str:
    """Return what the operator is told, the same from a letter and from the check."""
    with pytest.raises(NeedsOperatorError) as caught:
        way.send(letter())
    [check] = way.check()
    assert not check.ok
    assert check.advice == caught.value.advice
    return caught.value.advice


class TestConnections:
    def test_letters_share_one_connection(self, sink, outgoing):
        for _ in range(5):
            outgoing.send(letter())
        assert {x.session for x in sink.letters} == {1}
        assert len(sink.sessions) == 1

    def test_a_connection_sends_at_once_and_notices_a_peer_that_is_gone(self, outgoing):
        outgoing.send(letter())
        link = outgoing._connection._open.sock
        for level, option in (
            (socket.IPPROTO_TCP, socket.TCP_NODELAY),
            (socket.SOL_SOCKET, socket.SO_KEEPALIVE),
        ):
            assert link.getsockopt(level, option) != 0

    def test_a_connection_that_the_server_cut_between_letters_is_opened_again(self, sink, outgoing):
        outgoing.send(letter())
        sink.hang_up()
        assert outgoing.send(letter()) == ()
        assert len(sink.letters) == 2

    def test_every_letter_goes_encrypted_and_logged_in(self, sink, outgoing):
        outgoing.send(letter())
        assert sink.letters[0].encrypted
        assert sink.letters[0].login == "ek"

    def test_tls_from_the_start_works_as_well(self, opened):
        with smtp_sink("tls") as sink:
            opened(settings(sink, tls="tls")).send(letter())
            assert sink.letters[0].login == "ek"

    def test_a_server_on_this_machine_may_go_without_both(self, opened):
        with smtp_sink("open") as sink:
            way = opened(plain(sink.port, timeout=20))
            assert way.check()[0].ok
            assert way.send(letter()) == ()

    def test_a_letter_cut_in_the_middle_was_not_sent(self, opened):
        with (
            scripted_server(*GREETING, *TAKEN, "data") as port,
            pytest.raises(TransientError) as caught,
        ):
            opened(plain(port, timeout=5)).send(letter((b"x" * 76 + b"\r\n") * 500_000))
        assert not caught.value.in_doubt

    def test_a_letter_without_an_answer_at_the_end_is_in_doubt(self, sink, outgoing):
        sink.hang_up_after = 1
        with pytest.raises(TransientError) as caught:
            outgoing.send(letter())
        assert caught.value.in_doubt
        assert len(sink.letters) == 1
        assert outgoing.send(letter()) == ()

    def test_a_server_that_falls_silent_after_the_letter_leaves_it_in_doubt(self, opened):
        with (
            scripted_server(*GREETING, *TAKEN, "silence") as port,
            pytest.raises(TransientError, match="no answer in time") as caught,
        ):
            opened(plain(port, timeout=0.2)).send(letter())
        assert caught.value.in_doubt

    @pytest.mark.parametrize("step", range(5))
    def test_a_server_that_hangs_up_before_the_letter_took_nothing(self, opened, step):
        with (
            scripted_server(*(GREETING + TAKEN)[:step]) as port,
            pytest.raises(TransientError) as caught,
        ):
            opened(plain(port)).send(letter())
        assert not caught.value.in_doubt

    @pytest.mark.parametrize("step", range(5))
    def test_a_server_that_closes_with_421_took_nothing(self, opened, step):
        with (
            scripted_server(*(GREETING + TAKEN)[:step], b"421 4.3.2 going down") as port,
            pytest.raises(TransientError) as caught,
        ):
            opened(plain(port)).send(letter())
        assert not caught.value.in_doubt

    def test_a_server_that_is_closing_does_not_check_well(self, opened):
        with scripted_server(*GREETING, b"421 4.3.2 going down") as port:
            assert not opened(plain(port)).check()[0].ok

    def test_a_port_that_nobody_listens_on_is_tried_again_later(self, opened):
        way = opened(plain(free_port()))
        with pytest.raises(TransientError):
            way.send(letter())
        assert not way.check()[0].ok

    def test_a_server_that_never_answers_is_given_up(self, opened):
        with (
            socket.create_server(("127.0.0.1", 0)) as silent,
            pytest.raises(TransientError, match="no answer in time"),
        ):
            opened(plain(silent.getsockname()[1])).send(letter())

    @pytest.mark.parametrize(
        "script", [(b"* OK IMAP4rev1",), (b"\xff" * 10_000,), (b"220 x", b"?")]
    )
    def test_a_server_that_talks_nonsense_is_tried_again_later(self, opened, script):
        with scripted_server(*script) as port, pytest.raises(TransientError):
            opened(plain(port)).send(letter())


class TestSettingUp:
    def test_a_wrong_password_asks_for_the_operator(self, sink, opened):
        told = advice(opened(settings(sink, password="fel")))
        assert "lösenord" in told

    def test_a_login_that_is_refused_for_now_is_for_later(self, opened):
        script = (b"220 x", b"250-x\r\n250 AUTH PLAIN", b"454 4.7.0 Temporary failure")
        with scripted_server(*script) as port, pytest.raises(TransientError, match="454"):
            opened(plain(port, username="ek", password="x")).send(letter())

    def test_a_server_without_login_is_explained(self, opened):
        with scripted_server(*GREETING) as port:
            assert "inloggning" in advice(opened(plain(port, username="ek", password="x")))

    def test_a_server_that_wants_a_login_is_explained(self, sink, opened):
        way = opened(settings(sink, username="", password=None))
        with pytest.raises(NeedsOperatorError):
            way.send(letter())

    def test_the_login_mechanism_of_old_servers_works(self, opened):
        script = (
            b"220 x", b"250-x\r\n250 AUTH LOGIN", b"334 VXNlcm5hbWU6", b"334 UGFzc3dvcmQ6",
            b"235 in", *TAKEN, b"250 taken",
        )  # fmt: skip
        with scripted_server(*script) as port:
            way = opened(plain(port, username="ek", password="åäö"))
            assert way.send(letter(b"")) == ()

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, sink, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in advice(opened(settings(sink, ca_file=other.ca_file)))
        assert "ca_file" in advice(opened(settings(sink, ca_file=None)))
        assert sink.letters == []

    def test_no_encryption_is_never_a_way_out(self, opened):
        with scripted_server(*GREETING) as port:
            way = opened(smtp.Settings(kind="smtp", host="127.0.0.1", port=port, timeout=5))
            assert "krypterar inte" in advice(way)

    def test_tls_towards_a_plain_port_is_explained(self, sink, opened):
        assert "port" in advice(opened(settings(sink, tls="tls")))

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        chosen = plain(25, host="mail.office.example", username="ek", password="x")
        assert "starttls" in advice(opened(chosen))
