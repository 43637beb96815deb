"""What Graph refuses a letter, and what each refusal asks of us."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.outgoing import graph as adapter
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from tests.laws.graph_place import registered
from tests.laws.test_outgoing_laws import letter
from tests.servers.graph_asked import Said
from tests.servers.graph_stub import CLIENT, OFFICE, OTHER, refused


@pytest.fixture
def opened(graph, graph_issuer):
    made = []

    def open_(**other):
        settings = adapter.Settings(kind="graph", **registered(graph, graph_issuer) | other)
        made.append(adapter.Graph(settings, {}, pause=lambda _: None))
        return made[-1]

    yield open_
    for way in made:
        way.close()


@pytest.fixture
def way(opened):
    return opened()


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "code", "wanted"),
        [
            (400, "ErrorInvalidRecipients", PermanentError),
            (400, "ErrorMimeContentInvalid", PermanentError),
            (400, "ErrorNyOchOkänd", PermanentError),
            (400, "ErrorMessageSizeExceeded", PermanentError),
            (403, "ErrorSendAsDenied", NeedsOperatorError),
            (403, "ErrorAccessDenied", NeedsOperatorError),
            (507, "ErrorQuotaExceeded", NeedsOperatorError),
            (400, "ErrorQuotaExceeded", NeedsOperatorError),
            (404, "MailboxNotEnabledForRESTAPI", NeedsOperatorError),
            (400, "ErrorServerBusy", TransientError),
            (404, "ErrorItemNotFound", TransientError),
        ],
    )
    def test_each_refusal_asks_of_us_what_it_should(self, way, graph, status, code, wanted):
        bad = refused(status, code)
        graph.faulty = lambda a: bad if a.path.endswith("/sendMail") else None
        with pytest.raises(wanted) as caught:
            way.send(letter())
        assert not getattr(caught.value, "in_doubt", False)
        assert "kalle@" not in str(caught.value)

    @pytest.mark.parametrize(
        "raw",
        [
            b"To: anna@x.example\nBcc: spion@x.example\n\nHej\n",
            b"To: anna@x.example\r\nBcc\r\n\r\nHej\r\n",
            b"To: anna@x.example\r\nX: a\nBcc: spion@x.example\r\n\r\nHej\r\n",
            b" To: anna@x.example\r\n\r\nHej\r\n",
            b"Hej",
        ],
    )
    def test_a_header_that_can_be_read_in_two_ways_is_never_sent(self, way, graph, raw):
        with pytest.raises(PermanentError, match="cannot be read"):
            way.send(replace(letter(), recipients=("anna@x.example",), raw=raw))
        assert graph.world.outside == []

    def test_a_letter_is_not_led_on_to_another_address(self, way, graph):
        away = Said(307, headers={"Location": "https://elsewhere.example/v1.0/x"})
        graph.faulty = lambda a: away if a.path.endswith("/sendMail") else None
        with pytest.raises(PermanentError, match="307"):
            way.send(letter())

    def test_a_mailbox_that_is_not_ours_names_the_role_to_ask_for(self, way, graph):
        graph.allowed[CLIENT] = set()
        with pytest.raises(NeedsOperatorError) as caught:
            way.send(letter())
        assert "Application Mail.Send" in caught.value.advice

    def test_a_token_that_is_refused_is_asked_for_anew(self, way, graph):
        way.send(letter())
        graph.revoke()
        parcel = letter()
        way.send(parcel)
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_a_letter_to_a_colleague_comes_to_their_mailbox(self, way, graph):
        parcel = letter(b"Hej!\r\n", OTHER)
        way.send(parcel)
        assert graph.world.received(OTHER) == [parcel.raw]
        assert graph.world.received(OFFICE) == []

    def test_the_check_says_what_only_a_letter_can_prove(self, way, graph):
        lines = way.check()
        assert all(line.ok for line in lines)
        assert "prövas först av ett brev" in lines[-1].seen
        assert graph.office.items == {}
