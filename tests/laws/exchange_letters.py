"""Letters through the EWS stub for the tests: what is sent, what came of it. Holds no law."""

from __future__ import annotations

import itertools
from email import message_from_bytes

import pytest

from bot.adapters.outgoing.exchange import ExchangeOutgoing, Settings
from bot.app.mime import Attached, Inline, message, words
from bot.ports.errors import NeedsOperatorError
from bot.ports.outgoing import Parcel
from tests.laws.test_outgoing_laws import letter
from tests.servers.ews_stub import PASSWORD, USER

_NUMBERS = itertools.count(1)
OFFICE = "ek@office.example"
PDF, PNG = b"%PDF-1.7\n" + bytes(range(256)) * 40, b"\x89PNG\r\n" + bytes(range(256))


@pytest.fixture
def opened(ews, tmp_path):
    """Give a maker of ways out: each as a program that was started anew, with the same memory."""
    ways = []

    def open_(**other) -> ExchangeOutgoing:
        fields = {
            "kind": "exchange", "url": ews.url, "username": USER, "password": PASSWORD,
            "mailbox": OFFICE, "auth": "basic", "ca_file": ews.ca_file, "timeout": 20,
        }  # fmt: skip
        ways.append(ExchangeOutgoing(Settings(**fields | other), {}, tmp_path / "minne"))
        return ways[-1]

    yield open_
    for way in ways:
        way.close()


@pytest.fixture
def way(opened):
    return opened()


def full_letter(*recipients: str) -> Parcel:
    """Return a letter as the program writes them: text, HTML with a picture, a form."""
    number = next(_NUMBERS)
    people = recipients or (f"anna{number}@x.example",)
    headers = [
        ("From", f"Lokala EK <{OFFICE}>"), ("To", ", ".join(people)),
        ("Message-ID", f"<ekbot.{number:032x}@office.example>"), ("Subject", words("En fråga", "Subject")),
        ("Auto-Submitted", "auto-replied"), ("X-EKbot-Kind", "question"),
        ("X-EKbot-Case", "K-17"),
    ]  # fmt: skip
    raw = message(
        headers, "Hej!\n", '<p>Hej! <img src="cid:bild@ekbot"></p>', boundary="=_mellan",
        pictures=[Inline("bild@ekbot", PNG)], files=[Attached("blankett.pdf", PDF)],
    )  # fmt: skip
    return Parcel(OFFICE, people, headers[2][1], raw)


def received(ews, address: str) -> list[bytes]:
    mailbox = ews.store.mailbox(address)
    return [item.raw for item in ews.store.within(mailbox, mailbox.known["inbox"])]


def lying(ews, folder: str):
    mailbox = ews.store.mailbox(OFFICE)
    return ews.store.within(mailbox, mailbox.known[folder])


def files(raw: bytes) -> list[bytes]:
    parts = message_from_bytes(raw).walk()
    return [p.get_payload(decode=True) for p in parts if p.get_filename() or p["Content-ID"]]


def told(way, parcel=None) -> str:
    with pytest.raises(NeedsOperatorError) as caught:
        way.send(parcel or letter())
    assert PASSWORD not in str(caught.value)
    return caught.value.advice
