"""Mail systems and catalogues that an office can really have, each with what others see of it.

A system is one mailbox and one way out. Holds no test.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.servers.cutting import Cutter
from tests.servers.dovecot import PASSWORD, Dovecot
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
