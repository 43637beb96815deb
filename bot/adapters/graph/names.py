"""Every name of Microsoft Graph that the program reads or writes, by the type it belongs to.

Holds no logic. A test compares the tables with Microsoft's published metadata, so that a name
that is not there is found on this machine and not in somebody's mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping


class Message:
    """``message``, with what it has from ``outlookItem`` and ``entity``."""

    ID = "id"
    ATTACHMENTS = "attachments"
    BCC = "bccRecipients"
    BODY = "body"
    CATEGORIES = "categories"
    CC = "ccRecipients"
    DRAFT = "isDraft"
    EXTENDED = "singleValueExtendedProperties"
    FROM = "from"
    HEADERS = "internetMessageHeaders"
    MESSAGE_ID = "internetMessageId"
    PARENT = "parentFolderId"
    RECEIVED = "receivedDateTime"
    REPLY_TO = "replyTo"
    SUBJECT = "subject"
    TO = "toRecipients"


class MailFolder:
    """``mailFolder``."""

    ID = "id"
    CHILDREN = "childFolders"
    MESSAGES = "messages"
    NAME = "displayName"
    TOTAL = "totalItemCount"


class User:
    """``user``: only the ways to its mail."""

    FOLDERS = "mailFolders"
    MESSAGES = "messages"


class Recipient:
    """``recipient``."""

    EMAIL = "emailAddress"


class EmailAddress:
    """``emailAddress``."""

    ADDRESS = "address"
    NAME = "name"


class ItemBody:
    """``itemBody``."""

    CONTENT = "content"
    TYPE = "contentType"


class Header:
    """``internetMessageHeader``."""

    NAME = "name"
    VALUE = "value"


class Extended:
    """``singleValueLegacyExtendedProperty``."""

    ID = "id"
    VALUE = "value"


class FileAttachment:
    """``fileAttachment``, with what it has from ``attachment``."""

    CONTENT = "contentBytes"
    CONTENT_ID = "contentId"
    CONTENT_TYPE = "contentType"
    INLINE = "isInline"
    NAME = "name"


class AttachmentItem:
    """``attachmentItem``: what an upload session is asked for with."""

    CONTENT_ID = "contentId"
    CONTENT_TYPE = "contentType"
    INLINE = "isInline"
    KIND = "attachmentType"
    NAME = "name"
    SIZE = "size"


class UploadSession:
    """``uploadSession``."""

    EXPECTED = "nextExpectedRanges"
    URL = "uploadUrl"


class Move:
    """The parameters of the action ``move``; the metadata writes them with a capital."""

    DESTINATION = "destinationId"


class Upload:
    """The parameters of the action ``createUploadSession``."""

    ITEM = "AttachmentItem"


class Error:
    """An error's answer (OData JSON format 4.01, §21)."""

    ERROR = "error"
    CODE = "code"
    INNER = "innerError"
    INNER_LOWER = "innererror"


class Batch:
    """JSON batching (OData JSON format 4.01, §19)."""

    REQUESTS = "requests"
    RESPONSES = "responses"
    ID = "id"
    METHOD = "method"
    URL = "url"
    HEADERS = "headers"
    BODY = "body"
    STATUS = "status"


class Control:
    """Control information and annotations of OData."""

    VALUE = "value"
    NEXT = "@odata.nextLink"
    DELTA = "@odata.deltaLink"
    REMOVED = "@removed"
    TYPE = "@odata.type"


FILE_ATTACHMENT = "#microsoft.graph.fileAttachment"

TYPES: Mapping[str, type] = {
    "message": Message,
    "mailFolder": MailFolder,
    "user": User,
    "recipient": Recipient,
    "emailAddress": EmailAddress,
    "itemBody": ItemBody,
    "internetMessageHeader": Header,
    "singleValueLegacyExtendedProperty": Extended,
    "fileAttachment": FileAttachment,
    "attachmentItem": AttachmentItem,
    "uploadSession": UploadSession,
}
ACTIONS: Mapping[str, tuple[str, type | None]] = {  # by name: what it is done to, its parameters
    "move": ("message", Move),
    "send": ("message", None),
    "sendMail": ("user", None),  # the letter itself is the body, as MIME
    "createUploadSession": ("attachment", Upload),
}
FUNCTIONS: Mapping[str, str] = {"delta": "message"}
PROTOCOL = (Error, Batch, Control)  # not in the metadata: OData's own
WELL_KNOWN = ("inbox", "sentitems", "drafts", "deleteditems")
