"""The Graph stub's calls that send: MIME, drafts, attachments, upload sessions. Delivers nothing."""

from __future__ import annotations

import base64
import re
from typing import Any

from tests.servers.graph_asked import Asked, RefusalError, Said, body_of, only, properties
from tests.servers.graph_reading import Reading
from tests.servers.graph_world import Attached, Item, Mailbox, World, draft_of_mime

_SMALLEST_SESSION = 3_000_000


class Sending(Reading):
    """Sending, on top of reading."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.uploads = ""  # another address, for upload sessions
        self.sessions: dict[str, tuple[Mailbox, Item, dict[str, Any], bytearray]] = {}

    def send_mail(self, asked: Asked, address: str) -> Said:
        only(asked)
        if asked.headers.get("content-type") != "text/plain":
            raise RefusalError(400, "ErrorInvalidRequest")
        mailbox = self.mailbox(address)
        try:
            item = draft_of_mime(mailbox, asked.body)
        except ValueError:
            raise RefusalError(400, "ErrorMimeContentInvalidBase64String") from None
        if not any(item.addresses(name) for name in ("To", "Cc", "Bcc")):
            mailbox.remove(item)
            raise RefusalError(400, "ErrorInvalidRecipients")
        self.world.send(mailbox, item)
        return Said(202)

    def make_draft(self, asked: Asked, address: str) -> Said:
        names = {"subject", "body", "toRecipients", "ccRecipients", "bccRecipients", "from",
                 "replyTo", "internetMessageId", "internetMessageHeaders",
                 "singleValueExtendedProperties"}  # fmt: skip
        told = body_of(asked, *names)
        own = told.get("internetMessageHeaders", [])
        if len(own) > 5 or not all(header["name"].lower().startswith("x-") for header in own):
            raise RefusalError(400, "InvalidInternetMessageHeader")
        item = self.mailbox(address).take_in(b"", "F-drafts", draft=True, read=True, told=told)
        return Said(201, self.told(asked, item))

    def send(self, asked: Asked, address: str, uid: str) -> Said:
        if asked.body or asked.headers.get("content-length", "0") != "0":
            raise RefusalError(400, "BadRequest")
        mailbox, item = self.item(address, uid)
        if not item.draft:
            raise RefusalError(404, "ErrorItemNotFound")
        self.world.send(mailbox, item)
        return Said(202)

    def list_attachments(self, asked: Asked, address: str, uid: str) -> Said:
        only(asked, "$select", kind="fileAttachment")
        item = self.item(address, uid)[1]
        return Said(200, {"value": [{"id": p.name, "name": p.name} for p in item.attached]})

    def attach(self, asked: Asked, address: str, uid: str) -> Said:
        names = {"@odata.type", "name", "contentType", "contentBytes", "isInline", "contentId"}
        told = body_of(asked, *names)
        if told["@odata.type"] != "#microsoft.graph.fileAttachment":
            raise RefusalError(400, "BadRequest")
        content = base64.b64decode(told["contentBytes"], validate=True)
        self._attached(self.item(address, uid)[1], told, content)
        return Said(201, {"id": told["name"], "name": told["name"]})

    def _attached(self, item: Item, told: dict[str, Any], content: bytes) -> None:
        inline, cid = told.get("isInline", False), told.get("contentId", "")
        kind = told.get("contentType", "application/octet-stream")
        item.attached.append(Attached(told["name"], kind, content, inline, cid))

    def session(self, asked: Asked, address: str, uid: str) -> Said:
        told = body_of(asked, "AttachmentItem")["AttachmentItem"]
        if not set(told) <= properties("attachmentItem") or told.get("attachmentType") != "file":
            raise RefusalError(400, "BadRequest")
        if told["size"] < _SMALLEST_SESSION:
            raise RefusalError(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
        mailbox, item = self.item(address, uid)
        token = f"u{len(self.sessions)}"
        self.sessions[token] = (mailbox, item, told, bytearray())
        url = f"{self.uploads}/{token}?authtoken=eyJ"
        return Said(201, {"uploadUrl": url, "nextExpectedRanges": ["0-"]})

    def upload(self, asked: Asked, token: str) -> Said:
        """Take a part of a file: in order, without a bearer token."""
        span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", asked.headers.get("content-range", ""))
        kind = asked.headers.get("content-type")
        if "authorization" in asked.headers or span is None or kind != "application/octet-stream":
            return RefusalError(400, "invalidRequest").said
        if token not in self.sessions:
            return RefusalError(404, "uploadSessionNotFound").said
        _, item, told, content = self.sessions[token]
        start, end, total = map(int, span.groups())
        if end - start + 1 != len(asked.body) or total != told["size"]:
            return RefusalError(400, "fragmentLengthMismatch").said
        if start == len(content):
            content += asked.body
        if len(content) == total:
            self._attached(item, told, bytes(content))
            del self.sessions[token]
            return Said(201, headers={"Location": f"{self.uploads}/Attachments('x')"})
        return Said(200, {"nextExpectedRanges": [str(len(content))]})
