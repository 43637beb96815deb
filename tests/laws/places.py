"""Mailboxes to prove the laws on: each backend, and what others do with it behind our back.

Holds no law. A place is one mailbox with nothing in it.
"""

from __future__ import annotations

import mailbox as stdlib
import os
import shutil
from abc import ABC, abstractmethod
from pathlib import Path

from imapclient import DELETED, SEEN
from imapclient.imap_utf7 import encode as imap_utf7

from bot.adapters.mailbox import imap, maildir
from bot.ports.mailbox import Mailbox, Ref
from tests.fakes.mailbox import FakeMailbox
from tests.servers.dovecot import PASSWORD, POOR, Dovecot
from tests.servers.token_stub import SECRET, Issuer


class Place(ABC):
    """One mailbox and its surroundings."""

    @abstractmethod
    def mailbox(self) -> Mailbox:
        """Return the one mailbox under test."""

    @abstractmethod
    def deliver(self, raw: bytes) -> None:
        """Let a mail arrive."""

    @abstractmethod
    def contents(self, folder: str) -> list[bytes]:
        """Return the mails that lie in *folder*, oldest first; none if it is not there."""

    @abstractmethod
    def human_moves(self, ref: Ref, folder: str) -> None:
        """Move a mail of the inbox as a mail reader does."""

    @abstractmethod
    def human_reads(self) -> None:
        """Mark all mails of the inbox as read."""

    @abstractmethod
    def human_strikes_out(self, ref: Ref) -> None:
        """Mark one mail as deleted, still there."""

    @abstractmethod
    def human_removes(self, folder: str) -> None:
        """Remove a folder with all that lies in it."""

    @abstractmethod
    def unread(self) -> int:
        """Count the mails of the inbox that are not marked as read."""

    @abstractmethod
    def renew(self, *mails: bytes) -> None:
        """Replace the inbox by a new one with *mails* that counts from the start again."""

    def stored(self, raw: bytes) -> bytes:
        """Return what this kind of mailbox makes of *raw* when it is delivered."""
        return raw


class FakePlace(Place):
    """The fake, with flags that only the place knows."""

    def __init__(self) -> None:
        self.fake = FakeMailbox()

    def mailbox(self) -> FakeMailbox:
        return self.fake

    def deliver(self, raw: bytes) -> None:
        self.fake.deliver(raw)

    def contents(self, folder: str) -> list[bytes]:
        return self.fake.contents(folder)

    def human_moves(self, ref: Ref, folder: str) -> None:
        self.fake.move(ref, folder)

    def human_reads(self) -> None:
        self.fake.read |= set(self.fake.folders[self.fake.folder])

    def human_strikes_out(self, ref: Ref) -> None:
        self.fake.struck_out.add(int(ref.uid))

    def human_removes(self, folder: str) -> None:
        del self.fake.folders[folder]

    def unread(self) -> int:
        return len(set(self.fake.folders[self.fake.folder]) - self.fake.read)

    def renew(self, *mails: bytes) -> None:
        self.fake.folders[self.fake.folder] = {}
        self.fake.renew_generation()
        for raw in mails:
            self.fake.deliver(raw)


class MaildirPlace(Place):
    """A Maildir, used beside us through the standard library."""

    def __init__(self, path: Path) -> None:
        self.path = path / "Maildir"
        self.disk = stdlib.Maildir(self.path)
        self.count = 0

    def mailbox(self) -> maildir.Maildir:
        return maildir.Maildir(maildir.Settings(kind="maildir", path=self.path))

    def deliver(self, raw: bytes) -> None:
        self.count += 1
        name = f"17954{self.count:05}.M{self.count}P7.mx.office.example"
        draft = self.path / "tmp" / name
        draft.write_bytes(raw)
        os.utime(draft, ns=(0, 1_795_470_000_000_000_000 + self.count * 1_000_000))
        draft.rename(self.path / "new" / name)

    def contents(self, folder: str) -> list[bytes]:
        parts = b".".join(imap_utf7(part) for part in folder.split("/"))
        there = self.path if folder == "INBOX" else self.path / f".{parts.decode()}"
        files = [*(there / "new").glob("*"), *(there / "cur").glob("*")]
        return [f.read_bytes() for f in sorted(files, key=lambda f: f.stat().st_mtime_ns)]

    def human_moves(self, ref: Ref, folder: str) -> None:
        self.disk.add_folder(folder)
        [file] = [
            *(self.path / "new").glob(f"{ref.uid}*"),
            *(self.path / "cur").glob(f"{ref.uid}*"),
        ]
        file.rename(self.path / f".{folder}" / "cur" / f"{ref.uid}:2,S")

    def human_reads(self) -> None:
        for file in list((self.path / "new").iterdir()):
            file.rename(self.path / "cur" / f"{file.name}:2,S")

    def human_strikes_out(self, ref: Ref) -> None:
        file = self.path / "new" / ref.uid
        file.rename(self.path / "cur" / f"{ref.uid}:2,ST")

    def human_removes(self, folder: str) -> None:
        shutil.rmtree(self.path / f".{folder}")

    def unread(self) -> int:
        return len(list((self.path / "new").iterdir()))

    def renew(self, *mails: bytes) -> None:
        shutil.rmtree(self.path)
        self.disk = stdlib.Maildir(self.path)
        for number, raw in enumerate(mails, 1):  # the old names once more, for other mails
            name = f"17954{number:05}.M{number}P7.mx.office.example"
            (self.path / "new" / name).write_bytes(raw)


class DovecotPlace(Place):
    """A mailbox on Dovecot; *host* POOR has no MOVE, UIDPLUS or IDLE, and folders under INBOX."""

    def __init__(self, server: Dovecot, user: str, host: str = "localhost") -> None:
        self.server, self.user, self.host = server, user, host
        # A new generation can only be had by making the folder anew, and INBOX cannot be.
        self.folder = "Post in"
        with server.human(user) as client:
            client.create_folder(self.folder)

    def settings(self, **other) -> imap.Settings:
        fields = {
            "kind": "imap",
            "host": self.host,
            "port": self.server.tls_port,
            "tls": "tls",
            "ca_file": self.server.ca.ca_file,
            "username": self.user,
            "password": PASSWORD,
            "folder": self.folder,
            "timeout": 20,
            "poll": 0.2,
        }
        return imap.Settings(**fields | other)

    def mailbox(self) -> imap.Imap:
        return imap.Imap(self.settings(), {})

    def deliver(self, raw: bytes) -> None:
        self.server.append(self.user, raw, self.folder)

    def contents(self, folder: str) -> list[bytes]:
        return self.server.contents(self.user, self.folder if folder == "INBOX" else folder)

    def human_moves(self, ref: Ref, folder: str) -> None:
        with self.server.human(self.user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.select_folder(self.folder)
            client.move([int(ref.uid)], folder)

    def human_reads(self) -> None:
        with self.server.human(self.user) as client:
            client.select_folder(self.folder)
            client.add_flags(client.search(), [SEEN])

    def human_strikes_out(self, ref: Ref) -> None:
        with self.server.human(self.user) as client:
            client.select_folder(self.folder)
            client.add_flags([int(ref.uid)], [DELETED])

    def human_removes(self, folder: str) -> None:
        with self.server.human(self.user) as client:
            client.delete_folder(folder)

    def unread(self) -> int:
        with self.server.human(self.user) as client:
            client.select_folder(self.folder, readonly=True)
            return len(client.search("UNSEEN"))

    def renew(self, *mails: bytes) -> None:
        with self.server.human(self.user) as client:
            client.delete_folder(self.folder)
            client.create_folder(self.folder)
        for raw in mails:
            self.deliver(raw)

    def stored(self, raw: bytes) -> bytes:
        """IMAP has no NUL in mail and only CRLF (RFC 3501 §4.3): Dovecot writes 0x80 and CRLF."""
        return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").replace(b"\0", b"\x80")


class OauthPlace(DovecotPlace):
    """A mailbox on Dovecot that lets in whoever shows a token of the issuer's."""

    def __init__(self, server: Dovecot, user: str, issuer: Issuer) -> None:
        super().__init__(server, user)
        self.issuer = issuer

    def settings(self, **other) -> imap.Settings:
        fields = {
            "password": None,
            "authority": f"{self.issuer.url}/tenant",
            "authority_ca_file": self.issuer.ca_file,
            "client_id": self.user,
            "client_secret": SECRET,
        }
        return super().settings(**fields | other)


__all__ = ["POOR", "DovecotPlace", "FakePlace", "MaildirPlace", "OauthPlace", "Place"]
