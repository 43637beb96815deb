"""What SMTP does when the server says no, hangs up, or is not whom it claims to be."""

from __future__ import annotations

import socket

import pytest

from bot.adapters.outgoing import smtp
from bot.adapters.outgoing.maildir import MaildirOutgoing
from bot.adapters.outgoing.maildir import Settings as MaildirSettings
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from bot.ports.outgoing import Parcel, Refusal
from tests.laws.test_outgoing_laws import letter
from tests.servers.processes import Account, Authority, free_port
from tests.servers.smtpsink import PASSWORD, scripted_server, smtp_sink

GREETING = (b"220 mail.example ESMTP", b"250 mail.example")
TAKEN = (b"250 sender", b"250 recipient", b"354 go on")


def settings(sink, **other) -> smtp.Settings:
    fields = {"host": "localhost", "port": sink.port, "ca_file": sink.ca_file, "timeout": 20}
    login = {"username": "ek", "password": PASSWORD}
    return smtp.Settings(kind="smtp", **fields | login | other)


@pytest.fixture
def opened():
    """Open ways out that are closed at the test's end."""
    ways = []

    def open_(chosen, environment=None):
        ways.append(smtp.Smtp(chosen, environment or {}))
        return ways[-1]

    yield open_
    for way in ways:
        way.close()


@pytest.fixture
def outgoing(sink, opened):
    return opened(settings(sink))


def plain(port: int, **other) -> smtp.Settings:
    """Return settings towards something on this machine that only plays an SMTP server."""
    fields = {"host": "127.0.0.1", "tls": "none", "timeout": 0.3}
    return smtp.Settings(kind="smtp", port=port, **fields | other)


def advice(way) -> str:
    """Return what the operator is told, the same from a letter and from the check."""
    with pytest.raises(NeedsOperatorError) as caught:
        way.send(letter())
    [check] = way.check()
    assert not check.ok
    assert check.advice == caught.value.advice
    return caught.value.advice


class TestRefusals:
    def test_not_now_for_everybody_is_for_later(self, sink, outgoing):
        parcel = letter()
        sink.refuse[parcel.recipients[0]] = "451 4.3.0 Try later"
        with pytest.raises(TransientError, match="451") as caught:
            outgoing.send(parcel)
        assert not caught.value.in_doubt
        sink.refuse.clear()
        assert outgoing.send(parcel) == ()

    def test_not_now_for_one_while_others_take_it_is_told_of_that_one(self, sink, outgoing):
        parcel = letter(b"Hej!\r\n", "a@x.example", "b@x.example", "c@x.example")
        sink.refuse["b@x.example"] = "452 4.2.2 Mailbox full"
        sink.refuse["c@x.example"] = "550 5.1.1 Unknown"
        assert outgoing.send(parcel) == (
            Refusal("b@x.example", "452 4.2.2 Mailbox full", temporary=True),
            Refusal("c@x.example", "550 5.1.1 Unknown"),
        )
        assert sink.letters[0].recipients == ["a@x.example"]

    def test_no_for_one_and_not_now_for_the_other_is_for_later(self, sink, outgoing):
        sink.refuse |= {"a@x.example": "550 5.1.1 Unknown", "b@x.example": "451 4.3.0 Later"}
        with pytest.raises(TransientError, match="451"):
            outgoing.send(letter(b"Hej!\r\n", "a@x.example", "b@x.example"))
        assert sink.letters == []

    @pytest.mark.parametrize(
        ("answer", "error"),
        [("451 4.3.0 Later", TransientError), ("554 5.7.1 Spam", PermanentError)],
    )
    def test_the_letter_itself_may_be_refused_and_the_next_one_goes(
        self, sink, outgoing, answer, error
    ):
        sink.data_answers.append(answer)
        with pytest.raises(error, match=answer[:3]) as caught:
            outgoing.send(letter())
        assert not getattr(caught.value, "in_doubt", False)
        assert outgoing.send(letter()) == ()
        assert len(sink.letters) == 1

    def test_a_sender_that_the_server_refuses_asks_for_the_operator(self, sink, outgoing):
        sink.sender_answers.append("553 5.7.1 Sender address rejected: not owned by user")
        with pytest.raises(NeedsOperatorError, match="office"):
            outgoing.send(letter())
        assert outgoing.send(letter()) == ()

    def test_a_sender_that_the_server_refuses_for_now_is_for_later(self, sink, outgoing):
        sink.sender_answers += ["450 4.7.1 Slow down"] * 2
        with pytest.raises(TransientError, match="450"):
            outgoing.send(letter())

    def test_words_of_the_server_are_told_without_addresses(self, sink, outgoing):
        parcel = letter()
        sink.refuse[parcel.recipients[0]] = f"550 5.1.1 <{parcel.recipients[0]}>: unknown"
        with pytest.raises(PermanentError) as caught:
            outgoing.send(parcel)
        assert "@" not in caught.value.reason

    @pytest.mark.parametrize(
        "recipient", ["", "a b@x.example", "a@x.example>\r\nRSET", "<a@x.example>"]
    )
    def test_an_address_that_would_break_the_envelope_is_never_sent(
        self, sink, outgoing, recipient
    ):
        [refusal] = outgoing.send(letter(b"Hej!\r\n", "a@x.example", recipient))
        assert refusal.recipient == recipient
        assert not refusal.temporary
        assert sink.letters[0].recipients == ["a@x.example"]

    def test_a_recipient_named_twice_gets_one_letter(self, sink, outgoing):
        outgoing.send(letter(b"Hej!\r\n", "a@x.example", "a@x.example"))
        assert sink.letters[0].recipients == ["a@x.example"]

    def test_a_letter_to_nobody_is_refused(self, sink, outgoing):
        parcel = letter()
        with pytest.raises(PermanentError, match="no recipient"):
            outgoing.send(Parcel(parcel.sender, (), parcel.message_id, parcel.raw))


class TestLetters:
    @pytest.mark.parametrize(
        "body",
        [b"rad\n", b"rad\rrad\r\n", b"utan slut", b"x" * 999 + b"\r\n", b"nul\0\r\n"],
        ids=["lf", "cr", "no-end", "999", "nul"],
    )
    def test_bytes_that_are_no_mail_are_refused_before_anything_is_sent(self, sink, outgoing, body):
        with pytest.raises(PermanentError):
            outgoing.send(letter(body))
        assert sink.letters == []
        assert sink.sessions == []

    def test_only_a_letter_that_needs_utf8_asks_for_it(self, sink, outgoing):
        outgoing.send(letter("Åäö\r\n".encode()))
        outgoing.send(letter(b"Hej!\r\n", "anna@järfälla.example"))
        outgoing.send(letter(b"Hej!\r\n", "åsa@office.example"))
        options = [[o.partition("=")[0] for o in x.options] for x in sink.letters]
        assert options == [["SIZE", "BODY"], ["SIZE"], ["SIZE", "SMTPUTF8"]]
        assert sink.letters[1].recipients == ["anna@xn--jrflla-buac.example"]
        assert sink.letters[2].recipients == ["åsa@office.example"]

    def test_an_address_that_the_server_cannot_take_is_refused_alone(self, opened):
        with scripted_server(*GREETING, *TAKEN, b"250 taken") as port:
            way = opened(plain(port))
            [refusal] = way.send(letter(b"", "anna@x.example", "åsa@x.example"))
        assert refusal.recipient == "åsa@x.example"

    def test_a_letter_larger_than_the_server_takes_is_refused_before_it_is_sent(self, opened):
        with smtp_sink(limit=1_000_000) as sink:
            way = opened(settings(sink))
            with pytest.raises(PermanentError, match="1 MB"):
                way.send(letter((b"x" * 76 + b"\r\n") * 15_000))
            assert way.send(letter()) == ()


class TestConnections:
    def test_letters_share_one_connection(self, sink, outgoing):
        for _ in range(5):
            outgoing.send(letter())
        assert {x.session for x in sink.letters} == {1}
        assert len(sink.sessions) == 1

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


class TestMaildir:
    def test_a_letter_sent_again_replaces_itself_read_or_not(self, tmp_path):
        way = MaildirOutgoing(MaildirSettings(kind="maildir", path=tmp_path))
        parcel = letter(b"Hej!\r\n", number=4711)
        way.send(parcel)
        way.send(parcel)
        [file] = (tmp_path / "new").iterdir()
        file.rename(tmp_path / "cur" / f"{file.name}:2,S")
        way.send(letter(b"Hej igen!\r\n", number=4711))
        assert list((tmp_path / "new").iterdir()) == []
        assert [p.read_bytes()[-11:] for p in (tmp_path / "cur").iterdir()] == [b"Hej igen!\r\n"]

    def test_a_path_that_cannot_be_written_is_told(self, tmp_path):
        (tmp_path / "fil").write_bytes(b"")
        way = MaildirOutgoing(MaildirSettings(kind="maildir", path=tmp_path / "fil"))
        assert not way.check()[0].ok
        with pytest.raises((TransientError, NeedsOperatorError)):
            way.send(letter())
