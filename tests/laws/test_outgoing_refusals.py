"""What becomes of letters and recipients that an SMTP server does not take."""

from __future__ import annotations

import pytest

from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from bot.ports.outgoing import Parcel, Refusal
from tests.laws.submission import GREETING, TAKEN, opener, plain, settings
from tests.laws.test_outgoing_laws import letter
from tests.servers.smtpsink import scripted_server, smtp_sink


@pytest.fixture
def opened():
    with opener() as open_:
        yield open_


@pytest.fixture
def outgoing(sink, opened):
    return opened(settings(sink))


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
