"""Mail systems and catalogues that an office can really have, each with what others see of it.

A system is one mailbox and one way out. Holds no test.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.posting import OFFICE
from tests.servers.cutting import Cutter
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.ews_stub import PASSWORD as EWS_PASSWORD
from tests.servers.ews_stub import PATH, USER, Stub
from tests.servers.graph_stub import CLIENT, GraphStub
from tests.servers.graph_stub import OFFICE as GRAPH_OFFICE
from tests.servers.slapd import BOT, BOT_PASSWORD, PEOPLE, Slapd
from tests.servers.smtpsink import Sink
from tests.servers.token_stub import SECRET, Issuer


class System(ABC):
    """A mail system with an empty mailbox; its settings may lead through wires that break."""

    doubles = False  # whether a wire cut after a whole letter can't be told from one cut before

    @abstractmethod
    def mailbox(self, wires: Cutter) -> str:
        """Return the TOML of ``[mailbox]``."""

    @abstractmethod
    def outgoing(self, wires: Cutter) -> str:
        """Return the TOML of ``[outgoing]``."""

    @abstractmethod
    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive."""

    @abstractmethod
    def contents(self, folder: str) -> list[bytes]:
        """Return what lies in a folder."""

    @abstractmethod
    def sent(self) -> list[bytes]:
        """Return the letters that left, as their readers got them."""

    def catalogue(self, wires: Cutter) -> str:
        """Return the TOML of ``[catalogue]``."""
        _ = wires
        return 'kind = "sql"'

    def entries(self) -> list[dict[str, list[str]]]:
        """Return what a catalogue outside the program holds."""
        return []

    def letters(self, kind: str) -> list[EmailMessage]:
        """Return the letters of one kind that left."""
        found = []
        for raw in self.sent():
            mail = message_from_bytes(raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            if mail["X-EKbot-Kind"] == kind:
                found.append(mail)
        return found


@dataclass
class Internet(System):
    """IMAP and SMTP, by password or by token."""

    server: Dovecot
    sink: Sink
    user: str
    issuer: Issuer | None = None

    doubles = True

    def mailbox(self, wires: Cutter) -> str:
        who = f'password = "{PASSWORD}"'
        if self.issuer is not None:
            issuer = wires.through(int(self.issuer.url.rpartition(":")[2]))
            who = (
                f'authority = "https://localhost:{issuer}/tenant"\nclient_id = "{self.user}"\n'
                f'client_secret = "{SECRET}"\nauthority_ca_file = "{self.issuer.ca_file}"'
            )
        return (
            f'kind = "imap"\nhost = "localhost"\nport = {wires.through(self.server.tls_port)}\n'
            f'ca_file = "{self.server.ca.ca_file}"\nusername = "{self.user}"\n{who}\ntimeout = 20'
        )

    def outgoing(self, wires: Cutter) -> str:
        return (
            f'kind = "smtp"\nhost = "localhost"\nport = {wires.through(self.sink.port)}\n'
            f'ca_file = "{self.sink.ca_file}"\nusername = "ek"\npassword = "{PASSWORD}"\n'
            "timeout = 20"
        )

    def deliver(self, raw: bytes) -> None:
        self.server.append(self.user, raw)

    def contents(self, folder: str) -> list[bytes]:
        return self.server.contents(self.user, folder)

    def sent(self) -> list[bytes]:
        return [letter.raw for letter in self.sink.letters]


@dataclass
class WithDirectory(Internet):
    """IMAP and SMTP, and the catalogue in an LDAP directory."""

    directory: Slapd | None = None

    @property
    def _there(self) -> Slapd:
        assert self.directory is not None
        return self.directory

    def __post_init__(self) -> None:
        self._there.empty()

    def catalogue(self, wires: Cutter) -> str:
        there = self._there
        return (
            f'kind = "ldap"\nurl = "ldaps://localhost:{wires.through(there.tls_port)}"\n'
            f'bind_dn = "{BOT}"\npassword = "{BOT_PASSWORD}"\nbase_dn = "{PEOPLE}"\n'
            f'ca_file = "{there.ca.ca_file}"\ntimeout = 10'
        )

    def entries(self) -> list[dict[str, list[str]]]:
        """Return every person's values but ``uid``, which each office draws for itself."""
        people = (values for _, values in self._there.people())
        return [{k: v for k, v in values.items() if k != "uid"} for values in people]


@dataclass
class ExchangeOnline(System):
    """Mail in and out by Microsoft Graph, on the stub."""

    stub: GraphStub
    issuer: Issuer

    def mailbox(self, wires: Cutter) -> str:
        return self._settings(wires)

    def outgoing(self, wires: Cutter) -> str:
        return self._settings(wires)

    def _settings(self, wires: Cutter) -> str:
        graph = wires.through(_port(self.stub.url.removesuffix("/v1.0")))
        issuer = wires.through(_port(self.issuer.url))
        return (
            f'kind = "graph"\nmailbox = "{GRAPH_OFFICE}"\nurl = "https://localhost:{graph}/v1.0"\n'
            f'ca_file = "{self.stub.ca_file}"\nauthority = "https://localhost:{issuer}/tenant"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'authority_ca_file = "{self.issuer.ca_file}"\ntimeout = 20'
        )

    def deliver(self, raw: bytes) -> None:
        self.stub.office.take_in(raw)

    def contents(self, folder: str) -> list[bytes]:
        office = self.stub.office
        there = office.folder("inbox") if folder == "INBOX" else office.path(folder)
        return [item.raw for item in office.inside(there.id)] if there else []

    def sent(self) -> list[bytes]:
        return [item.raw for item in self.stub.office.inside("F-sentitems")]


@dataclass
class ExchangeSystem(System):
    """An Exchange server's mailbox on the stub, read and sent through."""

    stub: Stub

    def __post_init__(self) -> None:
        self.stub.store.mailboxes.clear()
        self.stub.store.mailbox(OFFICE)

    def mailbox(self, wires: Cutter) -> str:
        url = f"https://localhost:{wires.through(self.stub.port)}{PATH}"
        return (
            f'kind = "exchange"\nurl = "{url}"\nca_file = "{self.stub.ca_file}"\n'
            f'username = "{USER}"\npassword = "{EWS_PASSWORD}"\nmailbox = "{OFFICE}"\n'
            'auth = "basic"\ntimeout = 20'
        )

    def outgoing(self, wires: Cutter) -> str:
        return self.mailbox(wires)

    def deliver(self, raw: bytes) -> None:
        self.stub.store.deliver(OFFICE, raw)

    def contents(self, folder: str) -> list[bytes]:
        mailbox = self.stub.store.mailbox(OFFICE)
        found = self.stub.store.named(mailbox, folder)
        lying = self.stub.store.within(mailbox, found.id) if found is not None else []
        return [item.raw for item in lying]

    def sent(self) -> list[bytes]:
        """Return each letter as often as the reader who got it most often did."""
        most: Counter[bytes] = Counter()
        for mailbox in self.stub.store.mailboxes.values():
            if mailbox.address != OFFICE:
                lying = self.stub.store.within(mailbox, mailbox.known["inbox"])
                most |= Counter(item.raw for item in lying)
        return list(most.elements())


@dataclass
class ForeignSystem(ExchangeSystem):
    """A server that speaks EWS and is not Microsoft's."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.stub.store.switches.foreign()
        self.stub.loses_place = 65_000
        self.stub.charsets = ("utf-8",)
        self.stub.service.manners.fraction = ".211649900"
        self.stub.service.manners.without.add("empty_root")


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])
