"""A mailbox behind the stub of Microsoft Graph, to prove the laws on. Holds no law."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.mailbox import graph
from bot.ports.mailbox import Ref
from tests.laws.places import Place
from tests.servers.graph_stub import CLIENT, OFFICE, GraphStub
from tests.servers.token_stub import SECRET, Issuer


class GraphPlace(Place):
    """A mailbox behind the stub of Microsoft Graph, used beside us in the stub's own memory."""

    def __init__(self, stub: GraphStub, issuer: Issuer, path: Path) -> None:
        self.stub, self.issuer, self.path = stub, issuer, path

    def settings(self, **other) -> graph.Settings:
        fields = registered(self.stub, self.issuer) | {"kind": "graph", "poll": 0.1}
        return graph.Settings(**fields | other)

    def mailbox(self, **other) -> graph.Graph:
        return graph.Graph(self.settings(**other), {}, self.path / "ekbot.db.mailbox")

    def deliver(self, raw: bytes) -> None:
        self.stub.office.take_in(raw)

    def contents(self, folder: str) -> list[bytes]:
        office = self.stub.office
        there = office.folder("inbox") if folder == "INBOX" else office.path(folder)
        return [item.raw for item in office.inside(there.id)] if there else []

    def human_moves(self, ref: Ref, folder: str) -> None:
        office = self.stub.office
        there = office.path(folder) or office.make_folder(folder)
        office.move(office.items[ref.uid], there.id)

    def human_reads(self) -> None:
        for item in self.stub.office.inside("F-inbox"):
            item.read = True
            self.stub.office.touch(item)

    def human_strikes_out(self, ref: Ref) -> None:
        """Delete the mail: nothing is only marked as deleted in Exchange."""
        self.stub.office.move(self.stub.office.items[ref.uid], "F-deleteditems")

    def human_removes(self, folder: str) -> None:
        self.stub.office.throw_away(folder)

    def unread(self) -> int:
        return sum(not item.read for item in self.stub.office.inside("F-inbox"))

    def renew(self, *mails: bytes) -> None:
        for item in self.stub.office.inside("F-inbox"):
            self.stub.office.remove(item)
        for raw in mails:
            self.deliver(raw)


def registered(stub: GraphStub, issuer: Issuer) -> dict[str, object]:
    """Return settings that reach the stub's office as the program that it lets in."""
    return {
        "mailbox": OFFICE,
        "url": stub.url,
        "ca_file": stub.ca_file,
        "authority": f"{issuer.url}/tenant",
        "authority_ca_file": issuer.ca_file,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "timeout": 20,
    }
