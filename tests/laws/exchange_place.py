"""A mailbox on the EWS stub to prove the laws on, and what people do with it in Outlook.

Holds no law.
"""

from __future__ import annotations

import pytest

from bot.adapters.mailbox.exchange import Exchange, Settings
from bot.ports.errors import NeedsOperatorError
from bot.ports.mailbox import Ref
from tests.laws.places import Place
from tests.servers.ews_store import Item, Mailbox
from tests.servers.ews_stub import PASSWORD, USER, Stub


class ExchangePlace(Place):
    """One mailbox of the stub, opened by a service account with full access."""

    def __init__(self, stub: Stub, address: str) -> None:
        self.stub, self.address = stub, address
        self.store = stub.store
        self.box: Mailbox = self.store.mailbox(address)

    def settings(self, **other) -> Settings:
        fields = {
            "kind": "exchange",
            "url": self.stub.url,
            "username": USER,
            "password": PASSWORD,
            "mailbox": self.address,
            "auth": "basic",
            "ca_file": self.stub.ca_file,
            "timeout": 20,
            "poll": 0.1,
        }
        return Settings(**fields | other)

    def mailbox(self, **other) -> Exchange:
        return Exchange(self.settings(**other), {})

    def deliver(self, raw: bytes) -> None:
        self.store.deliver(self.address, raw)

    def lying(self, folder: str) -> list[Item]:
        """Return the items in *folder*, oldest first."""
        found = self.store.named(self.box, folder)
        return self.store.within(self.box, found.id) if found is not None else []

    def contents(self, folder: str) -> list[bytes]:
        return [item.raw for item in self.lying(folder)]

    def folder(self, name: str) -> str:
        """Return the id of the folder *name*, made beside the inbox if it is missing."""
        found = self.store.named(self.box, name)
        return (found or self.store.box(self.box, name, self.box.known["msgfolderroot"])).id

    def item(self, ref: Ref) -> Item:
        """Return the item that a ref of the inbox stands for."""
        mailbox = self.mailbox()
        try:
            place = [r.uid for r in mailbox.arrived()].index(ref.uid)
        finally:
            mailbox.close()
        return self.lying("INBOX")[place]

    def human_moves(self, ref: Ref, folder: str) -> None:
        self.store.move(self.box, self.item(ref), self.folder(folder))

    def human_reads(self) -> None:
        for item in self.lying("INBOX"):
            item.read = True
            item.change += 1

    def human_strikes_out(self, ref: Ref) -> None:
        self.store.move(self.box, self.item(ref), self.box.known["deleteditems"])

    def human_removes(self, folder: str) -> None:
        """Throw the folder away as Outlook does: it lives on among the deleted items."""
        self.box.boxes[self.folder(folder)].parent = self.box.known["deleteditems"]

    def unread(self) -> int:
        return sum(not item.read for item in self.lying("INBOX"))

    def renew(self, *mails: bytes) -> None:
        for item in self.lying("INBOX"):
            del self.box.items[item.id]
        old = self.box.boxes.pop(self.box.known["inbox"])
        self.box.known["inbox"] = self.store.box(self.box, old.name, old.parent).id
        for raw in mails:
            self.deliver(raw)


@pytest.fixture
def place(ews):
    return ExchangePlace(ews, "ek@office.example")


@pytest.fixture
def opened(place):
    mailboxes = []

    def open_(**other) -> Exchange:
        mailboxes.append(place.mailbox(**other))
        return mailboxes[-1]

    yield open_
    for one in mailboxes:
        one.close()


@pytest.fixture
def mailbox(opened):
    return opened()


def advice(call) -> str:
    """Return what the operator is told when *call* is refused."""
    with pytest.raises(NeedsOperatorError) as caught:
        call()
    assert PASSWORD not in str(caught.value)
    return caught.value.advice
