"""The mailboxes behind the EWS stub: folders, items, delivery. Speaks no SOAP.

Switches make it behave as servers that are not Exchange do: they build MIME anew, lose headers
and attachments.
"""

from __future__ import annotations

import base64
import email
import hashlib
import itertools
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses

WELL_KNOWN = {
    "inbox": "Inkorgen", "drafts": "Utkast", "sentitems": "Skickat", "outbox": "Utkorgen",
    "deleteditems": "Borttaget",
}  # fmt: skip
_KNOWN = ("from", "subject", "date", "in-reply-to", "references")  # fields that become properties
_START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
_POLICY = policy.default.clone(max_line_length=900)


@dataclass
class Attachment:
    name: str
    kind: str
    content: bytes
    content_id: str = ""
    inline: bool = False
    id: str = ""
    late: bool = False  # only shown, not kept


@dataclass
class Item:
    id: str
    folder: str
    raw: bytes
    search_key: bytes
    received: datetime
    created: datetime
    kind: str = "Message"
    item_class: str = "IPM.Note"
    change: int = 1
    modified: int = 0  # how often
    read: bool = False
    draft: bool = False
    submitted: bool = False
    categories: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    sender: str = ""
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)
    message_id: str = ""
    touched: bool = False  # its MIME is no longer what was handed in


@dataclass
class Box:
    id: str
    name: str
    parent: str


@dataclass
class Mailbox:
    address: str
    boxes: dict[str, Box] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # the well-known folders' ids


@dataclass
class Switches:
    """How the server differs from an ideal one."""

    rebuilds: bool = False
    drops_auto_submitted: bool = False
    drops_own_headers: bool = False  # every X- header
    drops_attachments: bool = False  # those that come with CreateItem
    forgets_fields: bool = False  # of a head, those that it has no property for; with rebuilds
    keeps_drafts: bool = False  # a sent draft lies where it lay, written anew if it is to be saved
    renames_drafts: bool = False  # with keeps_drafts: it has another id then
    forgets_late_files: bool = False  # those of CreateAttachment: shown, and never in the mail
    stable_ids: bool = False  # an id follows its item
    new_message_ids: bool = False  # a letter's Message-ID is another after CreateItem

    def foreign(self) -> None:
        """Behave as a server that is not Microsoft's and keeps mail as properties."""
        self.rebuilds = self.forgets_fields = self.keeps_drafts = self.forgets_late_files = True


class Store:
    """All mailboxes of the server."""

    def __init__(self) -> None:
        self.switches = Switches()
        self.mailboxes: dict[str, Mailbox] = {}
        self.deliveries = 0
        self.news = threading.Condition()
        self._numbers = itertools.count(1)
        self._moments = itertools.count(1)

    def mailbox(self, address: str) -> Mailbox:
        """Return a mailbox, made at the first call."""
        key = address.lower()
        if key not in self.mailboxes:
            made = self.mailboxes[key] = Mailbox(key)
            made.known["root"] = self.box(made, "Root", "").id
            root = self.box(made, "Informationsarkivets övre del", made.known["root"])
            made.known["msgfolderroot"] = root.id
            for which, name in WELL_KNOWN.items():
                made.known[which] = self.box(made, name, root.id).id
        return self.mailboxes[key]

    def box(self, mailbox: Mailbox, name: str, parent: str) -> Box:
        """Make a folder."""
        made = Box(self._id("F"), name, parent)
        mailbox.boxes[made.id] = made
        return made

    def named(self, mailbox: Mailbox, path: str) -> Box | None:
        """Find a folder by its path from the top; INBOX is the inbox."""
        if path == "INBOX":
            return mailbox.boxes[mailbox.known["inbox"]]
        here = mailbox.known["msgfolderroot"]
        found = None
        for part in path.split("/"):
            lying = [b for b in mailbox.boxes.values() if b.parent == here and b.name == part]
            if not lying:
                return None
            found = lying[0]
            here = found.id
        return found

    def within(self, mailbox: Mailbox, folder: str) -> list[Item]:
        """Return a folder's items, oldest first."""
        lying = [i for i in mailbox.items.values() if i.folder == folder]
        return sorted(lying, key=lambda i: (i.received, i.created))

    def add(self, mailbox: Mailbox, folder: str, raw: bytes, **other: object) -> Item:
        """Put a new item in a folder, as taken in now."""
        one = self._id("I")
        key = hashlib.md5(one.encode(), usedforsecurity=False).digest()
        now = _START + timedelta(seconds=next(self._moments))
        item = Item(one, folder, raw, key, now, now, **other)
        described(item)
        mailbox.items[one] = item
        return item

    def deliver(self, address: str, raw: bytes) -> Item:
        """Let a mail arrive."""
        mailbox = self.mailbox(address)
        item = self.add(mailbox, mailbox.known["inbox"], raw)
        with self.news:
            self.deliveries += 1
            self.news.notify_all()
        return item

    def move(self, mailbox: Mailbox, item: Item, folder: str) -> Item:
        """Move an item: it gets another id, and keeps its search key and its dates."""
        del mailbox.items[item.id]
        item.folder = folder
        if not self.switches.stable_ids:
            item.id = self._id("I")
        item.change += 1
        mailbox.items[item.id] = item
        return item

    def copy(self, mailbox: Mailbox, item: Item, folder: str) -> Item:
        """Copy an item: the copy has the same search key, and another date of its making."""
        now = _START + timedelta(seconds=next(self._moments))
        made = replace(item, id=self._id("I"), folder=folder, created=now)
        mailbox.items[made.id] = made
        return made

    def drafted(self, mailbox: Mailbox, folder: str, raw: bytes) -> Item:
        """Save a draft made of MIME."""
        item = self.add(mailbox, folder, raw, draft=not self.switches.keeps_drafts)
        if self.switches.drops_attachments and item.attachments:
            item.attachments, item.touched = [], True
        if self.switches.new_message_ids:
            item.message_id, item.touched = f"<{item.id}@stub.example>", True
        return item

    def send(self, mailbox: Mailbox, item: Item, *, save: str | None) -> None:
        """Hand a draft over to each recipient once, and keep a copy in *save*."""
        everyone = dict.fromkeys(a.lower() for a in (*item.to, *item.cc, *item.bcc))
        raw = self.mime(item, sending=True)
        for address in everyone:
            self.deliver(address, raw)
        if self.switches.keeps_drafts:
            item.modified += save is not None
            if self.switches.renames_drafts:
                self.move(mailbox, item, item.folder)
            return
        del mailbox.items[item.id]
        if save is not None:
            item.id, item.folder, item.draft = self._id("I"), save, False
            mailbox.items[item.id] = item

    def mime(self, item: Item, *, sending: bool = False) -> bytes:
        """Return an item's MIME: as it came, or built anew."""
        drops = self.switches.drops_auto_submitted or self.switches.drops_own_headers
        if not (self.switches.rebuilds or item.touched or (sending and drops)):
            return item.raw
        return built(item, self.switches, sending=sending)

    def attach(self, item: Item, attachment: Attachment) -> Attachment:
        """Add an attachment to a draft."""
        attachment.id = self._id("A")
        attachment.late = self.switches.forgets_late_files
        item.attachments.append(attachment)
        item.change += 1
        item.touched = True
        return attachment

    def _id(self, kind: str) -> str:
        return base64.b64encode(f"{kind}{next(self._numbers):08}".encode()).decode()


def described(item: Item) -> None:
    """Read from an item's MIME what the server keeps as properties."""
    message = email.message_from_bytes(item.raw, policy=policy.compat32)
    item.message_id = item.message_id or str(message.get("Message-ID", "")).strip()
    item.sender = addresses(message.get_all("From", []))[:1][0] if message.get("From") else ""
    item.to = addresses(message.get_all("To", []))
    item.cc = addresses(message.get_all("Cc", []))
    item.bcc = addresses(message.get_all("Bcc", []))
    for part in message.walk() if message.is_multipart() else ():
        name, cid = part.get_filename() or "", str(part.get("Content-ID", "")).strip("<> ")
        if part.is_multipart() or not (name or cid):
            continue
        content = part.get_payload(decode=True) or b""
        inline = part.get_content_disposition() == "inline"
        made = Attachment(name or cid, part.get_content_type(), content, cid, inline)
        made.id = base64.b64encode(f"A{item.id}{len(item.attachments)}".encode()).decode()
        item.attachments.append(made)


def addresses(values: list[object]) -> list[str]:
    return [a for _, a in getaddresses([str(v) for v in values]) if "@" in a]


def built(item: Item, switches: Switches, *, sending: bool) -> bytes:
    """Build MIME from an item's parts: other boundaries and order, the same attachments."""
    old = email.message_from_bytes(item.raw, policy=policy.default)
    made = EmailMessage(policy=_POLICY)
    skip = {
        "content-type",
        "content-transfer-encoding",
        "mime-version",
        "to",
        "cc",
        "bcc",
        "message-id",
    }
    if sending and switches.drops_auto_submitted:
        skip.add("auto-submitted")
    heard = {name.lower(): (name, value) for name, value in old.items()}  # the last of its name
    known = [heard[name] for name in _KNOWN if name in heard]
    if switches.forgets_fields and sending:
        known += [pair for pair in item.properties.items() if not pair[0].startswith("EKbot")]
    for name, value in known if switches.forgets_fields else old.items():
        own = name.lower().startswith("x-") and switches.drops_own_headers and sending
        if name.lower() not in skip and not own:
            made[name] = str(value).replace("\n", " ")
    if item.to:
        made["To"] = ", ".join(item.to)
    if item.cc:
        made["Cc"] = ", ".join(item.cc)
    if item.message_id:
        made["Message-ID"] = item.message_id
    text, page = old.get_body(("plain",)), old.get_body(("html",))
    made.set_content(_text(text))
    if page is not None:
        made.add_alternative(_text(page), subtype="html")
    for one in (a for a in item.attachments if not a.late):
        main, _, sub = one.kind.partition("/")
        extra = {"cid": f"<{one.content_id}>"} if one.content_id else {}
        disposition = "inline" if one.inline else "attachment"
        made.add_attachment(
            one.content,
            maintype=main,
            subtype=sub,
            filename=one.name,
            disposition=disposition,
            **extra,
        )
    return made.as_bytes(policy=_POLICY.clone(linesep="\r\n"))


def _text(part: object) -> str:
    if part is None:
        return ""
    return part.get_payload(decode=True).decode("utf-8", "replace")
