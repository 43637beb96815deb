"""The laws of every way out, proven on the fake, a Maildir, a sink, stubs and a real Postfix."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.adapters.outgoing import exchange, graph, maildir, smtp
from bot.ports.errors import PermanentError
from bot.ports.outgoing import Outgoing, Parcel
from tests.fakes.outgoing import FakeOutgoing
from tests.laws.graph_place import registered
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.ews_stub import PASSWORD as EWS_PASSWORD
from tests.servers.ews_stub import USER, Stub
from tests.servers.graph_stub import GraphStub
from tests.servers.postfix import NOBODY_THERE, Postfix
from tests.servers.smtpsink import PASSWORD as SINK_PASSWORD
from tests.servers.smtpsink import Sink
from tests.servers.token_stub import Issuer

_NUMBERS = itertools.count(1)
BACKENDS = [
    "fake",
    "maildir",
    "sink",
    "graph-stub",
    "ews-stub",
    "ews-stub-rebuilding",
    "ews-stub-foreign",
    pytest.param("postfix", marks=pytest.mark.server),
]
LETTER = (
    b"From: Lokala EK <ek@office.example>\r\n"
    b"To: %b\r\n"
    b"Subject: Blanketten har kommit\r\n"
    b"Date: Mon, 23 Nov 2026 08:00:00 +0100\r\n"
    b"Message-ID: <%d.law@office.example>\r\n"
    b"Auto-Submitted: auto-replied\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n"
)


def letter(body: bytes = b"Hej!\r\n", *recipients: str, number: int = 0) -> Parcel:
    number = number or next(_NUMBERS)
    recipients = recipients or (f"anna{number}@office.example",)
    to = ", ".join(r for r in recipients if r.isascii()) or "anna@office.example"
    return Parcel(
        sender="ek@office.example",
        recipients=recipients,
        message_id=f"<{number}.law@office.example>",
        raw=LETTER % (to.encode(), number) + body,
    )


class Way(ABC):
    """One way out, and what came out at its end."""

    outgoing: Outgoing

    @abstractmethod
    def received(self, parcel: Parcel) -> list[bytes]:
        """Return the letters that came to the parcel's first recipient."""

    def large(self) -> Parcel:
        """Return a letter of 5 MB."""
        return letter(b"A" * 76 + b"\r\n" + (b"B" * 76 + b"\r\n") * 65_000)

    def stored(self, raw: bytes) -> bytes:
        """Return what of *raw* this way brings to the recipient."""
        return raw

    def whole(self, raw: bytes) -> object:
        """Return what of a large letter this way brings to the recipient."""
        return self.stored(raw)

    def arrived(self, parcel: Parcel) -> list[bytes]:
        """Return what is the way's to bring of the letters that came."""
        return [self.stored(raw) for raw in self.received(parcel)]


class FakeWay(Way):
    def __init__(self) -> None:
        self.outgoing = FakeOutgoing()

    def received(self, parcel: Parcel) -> list[bytes]:
        return [p.raw for p in self.outgoing.sent if parcel.recipients[0] in p.recipients]


class MaildirWay(Way):
    def __init__(self, path: Path) -> None:
        self.path = path / "ut" / "Maildir"
        self.outgoing = maildir.MaildirOutgoing(maildir.Settings(kind="maildir", path=self.path))

    def received(self, parcel: Parcel) -> list[bytes]:
        mails = [p.read_bytes() for p in (self.path / "new").iterdir()]
        return [raw for raw in mails if parcel.message_id.encode() in raw]


class SinkWay(Way):
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        settings = smtp.Settings(
            kind="smtp",
            host="localhost",
            port=sink.port,
            ca_file=sink.ca_file,
            username="ek",
            password=SINK_PASSWORD,
            timeout=20,
        )
        self.outgoing = smtp.Smtp(settings, {})

    def received(self, parcel: Parcel) -> list[bytes]:
        return [x.raw for x in self.sink.letters if parcel.recipients[0] in x.recipients]


class PostfixWay(Way):
    def __init__(self, server: Postfix) -> None:
        self.dovecot: Dovecot = server.dovecot
        settings = smtp.Settings(
            kind="smtp",
            host="localhost",
            port=server.port,
            ca_file=server.dovecot.ca.ca_file,
            username="ek",
            password=PASSWORD,
            timeout=20,
        )
        self.outgoing = smtp.Smtp(settings, {})

    def received(self, parcel: Parcel) -> list[bytes]:
        """Return the letters without the trace that servers put on top (RFC 5321 §4.4)."""
        mails = self.dovecot.wait_for_mail(parcel.recipients[0].partition("@")[0])
        return [raw[raw.index(b"From: Lokala EK") :] for raw in mails]


class GraphWay(Way):
    """The stub of Microsoft Graph, which takes large letters apart: files whole, words anew."""

    def __init__(self, stub: GraphStub, issuer: Issuer) -> None:
        self.world = stub.world
        settings = graph.Settings(kind="graph", **registered(stub, issuer))
        self.outgoing = graph.Graph(settings, {}, pause=lambda _: None)

    def received(self, parcel: Parcel) -> list[bytes]:
        return self.world.received(parcel.recipients[0])

    def large(self) -> Parcel:
        return with_files(letter(), b"%PDF " + b"C" * 5_000_000, b"%PDF small")

    def whole(self, raw: bytes) -> object:
        read = message_from_bytes(raw, policy=policy.default)
        page = read.get_body(("html",))
        files = [(f.get_filename(), f.get_content()) for f in read.iter_attachments()]
        kept = ("Message-ID", "To", "Subject", "Auto-Submitted", "X-EKbot-Kind", "In-Reply-To")
        return page.get_content(), files, [read[name] for name in kept]


def with_files(parcel: Parcel, *files: bytes) -> Parcel:
    """Return the letter in text and HTML, with *files*."""
    made = EmailMessage(policy=policy.SMTP)
    for name, value in message_from_bytes(parcel.raw, policy=policy.default).items():
        if name not in ("MIME-Version", "Content-Type", "Content-Transfer-Encoding"):
            made[name] = value
    made["X-EKbot-Kind"] = "receipt_form"
    made["In-Reply-To"] = "<question@office.example>"
    made.set_content("Hej på dig!\n")
    made.add_alternative("<p>Hej på dig!</p>\n", subtype="html")
    for number, content in enumerate(files, 1):
        name = f"blankett {number}.pdf"
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return replace(parcel, raw=made.as_bytes())


class ExchangeWay(Way):
    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        settings = exchange.Settings(
            kind="exchange",
            url=stub.url,
            username=USER,
            password=EWS_PASSWORD,
            mailbox="ek@office.example",
            auth="basic",
            ca_file=stub.ca_file,
            timeout=20,
        )
        self.outgoing = exchange.ExchangeOutgoing(settings, {})

    def received(self, parcel: Parcel) -> list[bytes]:
        store = self.stub.store
        mailbox = store.mailbox(parcel.recipients[0])
        return [item.raw for item in store.within(mailbox, mailbox.known["inbox"])]


class RebuildingWay(ExchangeWay):
    """A server that builds MIME anew, as some that are not Exchange do: the words come through."""

    def __init__(self, stub: Stub) -> None:
        super().__init__(stub)
        stub.store.switches.rebuilds = True

    def stored(self, raw: bytes) -> bytes:
        """Return the headers that matter and the text, its lines' ends and its last lines apart."""
        mail = message_from_bytes(raw)
        kept = [str(mail[name]) for name in ("From", "Subject", "Message-ID", "Auto-Submitted")]
        text = (mail.get_payload(decode=True) or b"").decode("utf-8", "replace")
        return "\n".join([*kept, *text.splitlines()]).rstrip().encode()


class ForeignWay(RebuildingWay):
    """One that keeps mail as properties, besides, and leaves what it has sent among the drafts."""

    def __init__(self, stub: Stub) -> None:
        super().__init__(stub)
        stub.store.switches.foreign()


@pytest.fixture(params=BACKENDS)
def way(request, tmp_path):
    match request.param:
        case "fake":
            made = FakeWay()
        case "maildir":
            made = MaildirWay(tmp_path)
        case "sink":
            made = SinkWay(request.getfixturevalue("sink"))
        case "graph-stub":
            stub = request.getfixturevalue("graph")
            made = GraphWay(stub, request.getfixturevalue("graph_issuer"))
        case "ews-stub":
            made = ExchangeWay(request.getfixturevalue("ews"))
        case "ews-stub-rebuilding":
            made = RebuildingWay(request.getfixturevalue("ews"))
        case "ews-stub-foreign":
            made = ForeignWay(request.getfixturevalue("ews"))
        case _:
            made = PostfixWay(request.getfixturevalue("postfix_server"))
    yield made
    made.outgoing.close()


class TestOutgoingLaws:
    def test_a_letter_arrives_byte_for_byte(self, way):
        parcel = letter()
        assert way.outgoing.send(parcel) == ()
        assert way.arrived(parcel) == [way.stored(parcel.raw)]

    @pytest.mark.parametrize(
        "body",
        [
            "Åäö ÅÄÖ – «så»\r\n".encode(),
            b".\r\n..\r\n.dolt\r\n",
            b"From ek\r\n>From ek\r\n",
            b"x" * 998 + b"\r\n",
            b"\r\n\r\n\r\n",
            b"\xe5\xff\x80\r\n",
            b"",
        ],
        ids=["swedish", "dots", "from", "998", "empty-lines", "8bit", "no-body"],
    )
    def test_odd_lines_arrive_unchanged(self, way, body):
        parcel = letter(body)
        assert way.outgoing.send(parcel) == ()
        assert way.arrived(parcel) == [way.stored(parcel.raw)]

    def test_a_letter_of_5_mb_arrives(self, way):
        parcel = way.large()
        assert way.outgoing.send(parcel) == ()
        [received] = way.received(parcel)
        assert way.whole(received) == way.whole(parcel.raw)

    def test_many_letters_arrive_each_by_itself(self, way):
        parcels = [letter(b"Brev %d\r\n" % number) for number in range(20)]
        for parcel in parcels:
            assert way.outgoing.send(parcel) == ()
        for parcel in parcels:
            assert way.arrived(parcel) == [way.stored(parcel.raw)]

    def test_a_closed_way_opens_again(self, way):
        first, second = letter(), letter()
        way.outgoing.send(first)
        way.outgoing.close()
        way.outgoing.send(second)
        assert way.arrived(second) == [way.stored(second.raw)]

    def test_a_way_that_is_well_checks_well_and_sends_nothing(self, way):
        assert all(check.ok for check in way.outgoing.check())


@pytest.fixture(params=["sink", pytest.param("postfix", marks=pytest.mark.server)])
def server_way(request):
    if request.param == "sink":
        sink = request.getfixturevalue("sink")
        made = SinkWay(sink)
        for domain in ("office.example", "localhost"):
            sink.refuse[f"{NOBODY_THERE}@{domain}"] = "550 5.1.1 User unknown"
    else:
        made = PostfixWay(request.getfixturevalue("postfix_server"))
    yield made
    made.outgoing.close()


class TestRefusals:
    def test_a_recipient_who_is_not_there_is_named_and_the_others_get_the_letter(self, server_way):
        number = next(_NUMBERS)
        there, gone = f"anna{number}@office.example", f"{NOBODY_THERE}@office.example"
        parcel = letter(b"Hej!\r\n", there, gone, number=number)
        [refusal] = server_way.outgoing.send(parcel)
        assert refusal.recipient == gone
        assert refusal.reason.startswith("550")
        assert not refusal.temporary
        assert server_way.received(parcel) == [parcel.raw]

    def test_a_letter_that_nobody_takes_is_refused_for_good_and_the_next_one_goes(self, server_way):
        with pytest.raises(PermanentError, match="550"):
            server_way.outgoing.send(letter(b"Hej!\r\n", f"{NOBODY_THERE}@office.example"))
        parcel = letter()
        assert server_way.outgoing.send(parcel) == ()
        assert server_way.received(parcel) == [parcel.raw]
