"""What lies in the mailboxes of the Graph stub: folders, mails, changes. Speaks no HTTP.

A mail that is sent goes to the other mailboxes of the same world; the rest of the world is a list.
"""

from __future__ import annotations

import base64
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses

WELL_KNOWN = {
    "inbox": "Inkorg",
    "drafts": "Utkast",
    "sentitems": "Skickat",
    "deleteditems": "Borttaget",
    "archive": "Arkiv",
}
EXTENDED = {
    "String {00020386-0000-0000-C000-000000000046} Name Auto-Submitted": "Auto-Submitted",
    "String 0x1042": "In-Reply-To",
    "String 0x1039": "References",
}
BEGUN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@dataclass
class Folder:
    id: str
    name: str
    parent: str | None = None


@dataclass
class Attached:
    name: str
    kind: str
    content: bytes
    inline: bool = False
    content_id: str = ""


@dataclass
class Item:
    """A mail; ``moves`` counts in its ordinary id and not in its immutable one."""

    id: str
    folder: str
    raw: bytes
    received: str
    draft: bool = False
    read: bool = False
    categories: list[str] = field(default_factory=list)
    moves: int = 0
    told: dict = field(default_factory=dict)  # a draft made of JSON
    attached: list[Attached] = field(default_factory=list)
    kind: str = "message"

    @property
    def ordinary(self) -> str:
        return f"{self.id}-{self.moves}"

    def header(self, name: str) -> str:
        return str(self._head()[name] or "").strip()

    def _head(self) -> Message:
        return message_from_bytes(self.raw.partition(b"\r\n\r\n")[0], policy=policy.compat32)

    def addresses(self, name: str) -> list[str]:
        """Return the addresses in To, Cc or Bcc."""
        if self.told:
            entries = self.told.get(f"{name.lower()}Recipients", [])
            return [entry["emailAddress"]["address"] for entry in entries]
        headers = self._head().get_all(name, [])
        return [address for _, address in getaddresses([str(h) for h in headers]) if address]

    @property
    def message_id(self) -> str:
        return (
            str(self.told.get("internetMessageId", "")) if self.told else self.header("Message-ID")
        )


class Mailbox:
    """One mailbox; ``changes`` is the log that delta queries read."""

    def __init__(self, world: World, address: str) -> None:
        self.world = world
        self.address = address
        self.folders: dict[str, Folder] = {}
        self.items: dict[str, Item] = {}
        self.changes: list[tuple[str, str]] = []  # folder, mail
        for known, name in WELL_KNOWN.items():
            self.folders[f"F-{known}"] = Folder(f"F-{known}", name)

    def folder(self, name: str) -> Folder | None:
        """Return a folder by well-known name or id."""
        return self.folders.get(f"F-{name.lower()}") or self.folders.get(name)

    def children(self, parent: str | None) -> list[Folder]:
        return [folder for folder in self.folders.values() if folder.parent == parent]

    def path(self, name: str) -> Folder | None:
        """Return a folder by the names of its levels."""
        at: Folder | None = None
        for part in name.split("/"):
            parent = at.id if at else None
            at = next((f for f in self.children(parent) if f.name == part), None)
            if at is None:
                return None
        return at

    def make_folder(self, name: str, parent: str | None = None) -> Folder:
        made = Folder(f"F{next(self.world.numbers)}=", name, parent)
        self.folders[made.id] = made
        return made

    def throw_away(self, name: str) -> None:
        """Delete a folder as Outlook does: it lies in Deleted Items, with the same id."""
        folder = self.path(name)
        assert folder is not None
        folder.parent = "F-deleteditems"

    def inside(self, folder: str) -> list[Item]:
        """Return the folder's mails, oldest first."""
        found = [item for item in self.items.values() if item.folder == folder]
        return sorted(found, key=lambda item: item.received)

    def take_in(self, raw: bytes, folder: str = "F-inbox", **other: object) -> Item:
        """Let a mail lie in a folder, as if it had come or been written just now."""
        number = next(self.world.numbers)
        at = BEGUN + timedelta(seconds=number)
        item = Item(f"AAkA{number:05}=", folder, raw, f"{at:%Y-%m-%dT%H:%M:%SZ}", **other)
        self.items[item.id] = item
        self.changes.append((folder, item.id))
        return item

    def move(self, item: Item, folder: str) -> None:
        self.changes.append((item.folder, item.id))
        item.folder = folder
        item.moves += 1
        self.changes.append((folder, item.id))

    def remove(self, item: Item) -> None:
        self.changes.append((item.folder, item.id))
        del self.items[item.id]

    def touch(self, item: Item) -> None:
        self.changes.append((item.folder, item.id))


class World:
    """All mailboxes, and what has been sent out of them."""

    def __init__(self, *addresses: str) -> None:
        self.numbers = itertools.count(1)
        self.mailboxes = {address: Mailbox(self, address) for address in addresses}
        self.outside: list[tuple[str, bytes]] = []  # recipient elsewhere, letter
        self.lags = False  # a letter that was taken still lies among the drafts, until ``settle``
        self._waiting: list[tuple[Mailbox, Item]] = []

    def received(self, address: str) -> list[bytes]:
        """Return the letters that came to *address*, oldest first."""
        mailbox = self.mailboxes.get(address)
        if mailbox is not None:
            return [item.raw for item in mailbox.inside("F-inbox")]
        return [raw for recipient, raw in self.outside if recipient == address]

    def send(self, mailbox: Mailbox, item: Item) -> None:
        """Take a draft for sending, as Exchange's transport does."""
        self._waiting.append((mailbox, item))
        if not self.lags:
            self.settle()

    def settle(self) -> None:
        """Send what waits."""
        waiting, self._waiting = self._waiting, []
        for mailbox, item in waiting:
            if not item.draft or item.id not in mailbox.items:
                continue  # the same draft twice is one letter
            recipients = [a for n in ("To", "Cc", "Bcc") for a in item.addresses(n)]
            raw = written(item) if item.told else _without_bcc(item.raw)
            item.draft = False
            mailbox.move(item, "F-sentitems")
            for recipient in dict.fromkeys(recipients):
                if recipient in self.mailboxes:
                    self.mailboxes[recipient].take_in(raw)
                else:
                    self.outside.append((recipient, raw))


def written(item: Item) -> bytes:
    """Write out a draft that was made of JSON, about as Exchange does: HTML and a text of its own."""
    told = item.told
    letter = EmailMessage(policy=policy.SMTP)
    letter["Subject"] = told.get("subject", "")
    letter["To"] = ", ".join(item.addresses("To")) or "undisclosed-recipients:;"
    if item.addresses("Cc"):
        letter["Cc"] = ", ".join(item.addresses("Cc"))
    letter["Message-ID"] = item.message_id
    for header in told.get("internetMessageHeaders", []):
        letter[header["name"]] = header["value"]
    for extra in told.get("singleValueExtendedProperties", []):
        letter[EXTENDED[extra["id"]]] = extra["value"]
    body = told.get("body", {})
    if body.get("contentType") == "html":
        letter.set_content("Exchange skrev den här texten.\n")
        letter.add_alternative(body["content"], subtype="html")
    else:
        letter.set_content(body.get("content", ""))
    for part in item.attached:
        main, _, sub = part.kind.partition("/")
        extra = {"cid": f"<{part.content_id}>"} if part.content_id else {}
        letter.add_attachment(part.content, maintype=main, subtype=sub, filename=part.name, **extra)
    return letter.as_bytes()


def draft_of_mime(mailbox: Mailbox, body: bytes) -> Item:
    """Make a draft of base64 MIME; ValueError when it is none."""
    raw = base64.b64decode(body, validate=True)
    if b":" not in raw.partition(b"\r\n")[0]:
        raise ValueError("no header")
    return mailbox.take_in(raw, "F-drafts", draft=True, read=True)


def _without_bcc(raw: bytes) -> bytes:
    head, gap, body = raw.partition(b"\r\n\r\n")
    lines: list[bytes] = []
    dropping = False
    for line in head.split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):
            dropping = line.lower().startswith(b"bcc:")
        if not dropping:
            lines.append(line)
    return b"\r\n".join(lines) + gap + body
