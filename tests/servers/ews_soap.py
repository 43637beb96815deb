"""What the EWS stub answers to each operation that our code asks for. Listens on no port."""

from __future__ import annotations

import base64
import email
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from html import escape
from typing import Any

from lxml import etree

from tests.servers.ews_store import Attachment, Item, Mailbox, Store, addresses

T = "http://schemas.microsoft.com/exchange/services/2006/types"
M = "http://schemas.microsoft.com/exchange/services/2006/messages"
S = "http://schemas.xmlsoap.org/soap/envelope/"
E = "http://schemas.microsoft.com/exchange/services/2006/errors"
NS = {"t": T, "m": M, "s": S}
PAGE = 1_000  # Exchange's EWSFindCountLimit
_FIELDS = {
    "message:ToRecipients": "to", "message:CcRecipients": "cc", "message:BccRecipients": "bcc",
}  # fmt: skip


class RefusedError(Exception):
    """A response code in place of an answer."""

    def __init__(self, code: str, back_off: int | None = None) -> None:
        super().__init__(code)
        self.code, self.back_off = code, back_off


@dataclass
class Manners:
    """What the server will not be asked, and what it refuses."""

    without: set[str] = field(default_factory=set)  # "sort", "search_key", "restriction", "or", …
    refuse: dict[str, str] = field(default_factory=dict)  # by operation: the code of every answer
    broken: dict[str, str] = field(default_factory=dict)  # by Message-ID: GetItem's code for it
    limit: int = 35_000_000  # octets of a letter
    rights: dict[str, str] = field(default_factory=dict)  # by mailbox: the code, "" for none
    unknown_recipients: set[str] = field(default_factory=set)
    page: int = PAGE
    header: str = (
        f'<h:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507"'
        f' MinorBuildNumber="39" Version="V2017_07_11" xmlns:h="{T}"/>'
    )


class Service:
    """The operations, on a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.manners = Manners()
        self.mailbox: Mailbox | None = None  # of the request

    def answer(self, body: bytes) -> tuple[str, bytes]:
        """Do what a request asks; return the operation's name and the response messages."""
        root = etree.fromstring(body)
        payload = root.find("s:Body", NS)[0]
        name = etree.QName(payload).localname
        if "version" in self.manners.without:
            told = root.find(".//t:RequestServerVersion", NS).get("Version")
            if told != "Exchange2010_SP2":
                raise RefusedError("ErrorInvalidServerVersion")
        if name in self.manners.refuse:
            raise RefusedError(self.manners.refuse[name])
        self.mailbox = self._whose(payload)
        messages = "".join(self._messages(name, payload))
        return name, envelope(
            f"<m:{name}Response><m:ResponseMessages>{messages}</m:ResponseMessages></m:{name}Response>",
            self.manners.header,
        )

    def _messages(self, name: str, payload: Any) -> Iterable[str]:
        done = getattr(self, f"do_{name}", None)
        if done is None:
            raise RefusedError("ErrorInvalidRequest")
        for one in done(payload):
            yield one() if callable(one) else one

    def each(self, name: str, work: Iterable[Any]) -> Iterable[str]:
        """Answer each thing asked for by itself."""
        for act in work:
            try:
                yield message(name, "NoError", act())
            except RefusedError as refused:
                yield message(name, refused.code)

    def _whose(self, payload: Any) -> Mailbox:
        told = payload.find(".//t:DistinguishedFolderId/t:Mailbox/t:EmailAddress", NS)
        if told is not None:
            address = told.text.lower()
            if self.manners.rights.get(address):
                raise RefusedError(self.manners.rights[address])
            if address not in self.store.mailboxes:
                raise RefusedError("ErrorNonExistentMailbox")
            return self.store.mailboxes[address]
        for element in payload.iter(f"{{{T}}}FolderId", f"{{{T}}}ItemId", f"{{{M}}}ParentItemId"):
            for mailbox in self.store.mailboxes.values():
                if element.get("Id") in mailbox.boxes or element.get("Id") in mailbox.items:
                    return mailbox
        return next(iter(self.store.mailboxes.values()))

    def folder(self, element: Any) -> str:
        """Return the id of a folder that a request names."""
        if etree.QName(element).localname == "DistinguishedFolderId":
            known = self.mailbox.known.get(element.get("Id"))
            if known is None or element.get("Id") in self.manners.without:
                raise RefusedError("ErrorFolderNotFound")
            return known
        if element.get("Id") not in self.mailbox.boxes:
            raise RefusedError("ErrorFolderNotFound")
        return element.get("Id")

    def item(self, element: Any) -> Item:
        found = self.mailbox.items.get(element.get("Id"))
        if found is None:
            raise RefusedError("ErrorItemNotFound")
        return found

    def do_GetFolder(self, payload: Any) -> Iterable[str]:  # noqa: N802
        wanted = {e.get("FieldURI") for e in payload.iter(f"{{{T}}}FieldURI")}
        return self.each(
            "GetFolder",
            [lambda e=e: f"<m:Folders>{self._box(self.folder(e), wanted)}</m:Folders>"
             for e in payload.find("m:FolderIds", NS)],
        )  # fmt: skip

    def _box(self, one: str, wanted: set[str]) -> str:
        box = self.mailbox.boxes[one]
        count = len(self.store.within(self.mailbox, one))
        told = {
            "folder:ParentFolderId": f'<t:ParentFolderId Id="{box.parent}"/>',
            "folder:DisplayName": f"<t:DisplayName>{escape(box.name)}</t:DisplayName>",
            "folder:TotalCount": f"<t:TotalCount>{count}</t:TotalCount>",
        }
        inside = "".join(text for uri, text in told.items() if uri in wanted)
        return f'<t:Folder><t:FolderId Id="{one}" ChangeKey="AQ=="/>{inside}</t:Folder>'

    def do_FindFolder(self, payload: Any) -> Iterable[str]:  # noqa: N802
        parent = self.folder(payload.find("m:ParentFolderIds", NS)[0])
        wanted = {e.get("FieldURI") for e in payload.iter(f"{{{T}}}FieldURI")}
        lying = [b.id for b in self.mailbox.boxes.values() if b.parent == parent]
        some, view = self._paged(payload.find("m:IndexedPageFolderView", NS), lying)
        inside = "".join(self._box(one, wanted) for one in some)
        yield message(
            "FindFolder",
            "NoError",
            f"<m:RootFolder {view}><t:Folders>{inside}</t:Folders></m:RootFolder>",
        )

    def do_CreateFolder(self, payload: Any) -> Iterable[str]:  # noqa: N802
        parent = self.folder(payload.find("m:ParentFolderId", NS)[0])
        name = payload.find(".//t:DisplayName", NS).text
        if any(b.parent == parent and b.name == name for b in self.mailbox.boxes.values()):
            raise RefusedError("ErrorFolderExists")
        made = self.store.box(self.mailbox, name, parent)
        yield message(
            "CreateFolder", "NoError", f"<m:Folders>{self._box(made.id, set())}</m:Folders>"
        )

    def _paged(self, view: Any, found: list[Any]) -> tuple[list[Any], str]:
        start = int(view.get("Offset"))
        size = min(int(view.get("MaxEntriesReturned")), self.manners.page)
        some = found[start : start + size]
        last = start + size >= len(found)
        told = f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="{str(last).lower()}"'
        return some, f'IndexedPagingOffset="{start + len(some)}" {told}'

    def do_FindItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        self._askable(payload)
        folder = self.folder(payload.find("m:ParentFolderIds", NS)[0])
        found = self.store.within(self.mailbox, folder)
        order = payload.find("m:SortOrder/t:FieldOrder", NS)
        if order is not None and order.get("Order") == "Descending":
            found = found[::-1]
        restriction = payload.find("m:Restriction", NS)
        if restriction is not None and "filtering" not in self.manners.without:
            found = [i for i in found if self._fits(i, restriction[0])]
        some, view = self._paged(payload.find("m:IndexedPageItemView", NS), found)
        inside = "".join(self._shown(i, payload) for i in some)
        yield message(
            "FindItem",
            "NoError",
            f"<m:RootFolder {view}><t:Items>{inside}</t:Items></m:RootFolder>",
        )

    def _askable(self, payload: Any) -> None:
        without = self.manners.without
        if "sort" in without and payload.find("m:SortOrder", NS) is not None:
            raise RefusedError("ErrorUnsupportedPathForSortGroup")
        if (
            "search_key" in without
            and payload.find(".//t:ExtendedFieldURI[@PropertyTag]", NS) is not None
        ):
            raise RefusedError("ErrorInvalidPropertyRequest")
        if "restriction" in without and payload.find("m:Restriction", NS) is not None:
            raise RefusedError("ErrorUnsupportedPathForQuery")
        if "or" in without and payload.find("m:Restriction/t:Or", NS) is not None:
            raise RefusedError("ErrorUnsupportedPathForQuery")

    def _fits(self, item: Item, condition: Any) -> bool:
        if etree.QName(condition).localname == "Or":
            return any(self._fits(item, one) for one in condition)
        path, value = condition[0], condition.find(".//t:Constant", NS).get("Value")
        if path.get("FieldURI") == "message:InternetMessageId":
            return item.message_id == value
        return item.properties.get(path.get("PropertyName", "")) == value

    def do_GetItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        def got(element: Any) -> str:
            item = self.item(element)
            if item.message_id in self.manners.broken:
                raise RefusedError(self.manners.broken[item.message_id])
            return f"<m:Items>{self._shown(item, payload)}</m:Items>"

        return self.each("GetItem", [lambda e=e: got(e) for e in payload.find("m:ItemIds", NS)])

    def _shown(self, item: Item, payload: Any) -> str:
        told = [f'<t:ItemId Id="{item.id}" ChangeKey="{item.change}"/>']
        by_shape = payload.find(".//t:IncludeMimeContent", NS) is not None
        by_field = payload.find(".//t:FieldURI[@FieldURI='item:MimeContent']", NS) is not None
        if by_shape or (by_field and "mime_field" not in self.manners.without):
            mime = base64.b64encode(self.store.mime(item)).decode()
            told.insert(0, f'<t:MimeContent CharacterSet="UTF-8">{mime}</t:MimeContent>')
        uris = {e.get("FieldURI") for e in payload.iter(f"{{{T}}}FieldURI")}
        told_of = _properties(item) | (_words(item) if "item:Subject" in uris else {})
        told += [
            text for uri, text in told_of.items() if uri in uris and uri not in self.manners.without
        ]
        for path in payload.find("m:ItemShape", NS).iter(f"{{{T}}}ExtendedFieldURI"):
            value = _extended(item, path)
            if value and not (path.get("PropertyTag") and "search_keys" in self.manners.without):
                written = etree.tostring(path, encoding="unicode")
                told.append(
                    f"<t:ExtendedProperty>{written}<t:Value>{escape(value)}</t:Value></t:ExtendedProperty>"
                )
        return f"<t:{item.kind}>{''.join(told)}</t:{item.kind}>"

    def do_MoveItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        target = self.folder(payload.find("m:ToFolderId", NS)[0])

        def moved(element: Any) -> str:
            item = self.store.move(self.mailbox, self.item(element), target)
            return f'<m:Items><t:Message><t:ItemId Id="{item.id}" ChangeKey="{item.change}"/></t:Message></m:Items>'

        return self.each("MoveItem", [lambda e=e: moved(e) for e in payload.find("m:ItemIds", NS)])

    def do_DeleteItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        trash = self.mailbox.known["deleteditems"]

        def deleted(element: Any) -> str:
            self.store.move(self.mailbox, self.item(element), trash)
            return ""

        return self.each(
            "DeleteItem", [lambda e=e: deleted(e) for e in payload.find("m:ItemIds", NS)]
        )

    def do_UpdateItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        def changed(change: Any) -> str:
            item = self.item(change.find("t:ItemId", NS))
            for one in change.find("t:Updates", NS):
                self._update(item, one)
            item.change += 1
            return f'<m:Items><t:Message><t:ItemId Id="{item.id}" ChangeKey="{item.change}"/></t:Message></m:Items>'

        return self.each(
            "UpdateItem", [lambda c=c: changed(c) for c in payload.find("m:ItemChanges", NS)]
        )

    def _update(self, item: Item, one: Any) -> None:
        uri = one.find("t:FieldURI", NS).get("FieldURI")
        people = [e.text for e in one.iter(f"{{{T}}}EmailAddress")]
        if uri == "item:Categories":
            if "categories" in self.manners.without:
                raise RefusedError("ErrorInvalidPropertySet")
            item.categories = [e.text for e in one.iter(f"{{{T}}}String")]
        elif uri in _FIELDS:  # DeleteItemField names nobody
            setattr(item, _FIELDS[uri], people)
            item.touched |= self.store.switches.rebuilds
        elif uri == "message:From":
            item.sender = people[0]
        else:
            raise RefusedError("ErrorInvalidPropertySet")

    def do_CreateItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        folder = self.folder(payload.find("m:SavedItemFolderId", NS)[0])
        if payload.get("MessageDisposition") != "SaveOnly":
            raise RefusedError("ErrorInvalidRequest")
        return self.each(
            "CreateItem", [lambda e=e: self._create(e, folder) for e in payload.find("m:Items", NS)]
        )

    def _create(self, element: Any, folder: str) -> str:
        mime = element.find("t:MimeContent", NS)
        if mime is None or "mime" in self.manners.without:
            raw = composed(element)
        else:
            raw = base64.b64decode(mime.text)
        if len(raw) > self.manners.limit:
            raise RefusedError("ErrorMessageSizeExceeded")
        extended = element.findall("t:ExtendedProperty", NS)
        if extended and "marks" in self.manners.without:
            raise RefusedError("ErrorInvalidExtendedProperty")
        item = self.store.drafted(self.mailbox, folder, raw)
        for one in extended:
            item.properties[one.find("t:ExtendedFieldURI", NS).get("PropertyName")] = one.find(
                "t:Value", NS
            ).text
        for tag, name in (("To", "to"), ("Cc", "cc"), ("Bcc", "bcc")):
            told = element.find(f"t:{tag}Recipients", NS)
            if told is not None and "recipients" not in self.manners.without:
                setattr(item, name, [e.text for e in told.iter(f"{{{T}}}EmailAddress")])
        return f'<m:Items><t:Message><t:ItemId Id="{item.id}" ChangeKey="{item.change}"/></t:Message></m:Items>'

    def do_CreateAttachment(self, payload: Any) -> Iterable[str]:  # noqa: N802
        item = self.item(payload.find("m:ParentItemId", NS))

        def attached(element: Any) -> str:
            def text(tag: str) -> str:
                return element.findtext(f"t:{tag}", "", NS)

            made = Attachment(text("Name"), text("ContentType"), base64.b64decode(text("Content")),
                              text("ContentId"), text("IsInline") == "true")  # fmt: skip
            self.store.attach(item, made)
            ids = f'Id="{made.id}" RootItemId="{item.id}" RootItemChangeKey="{item.change}"'
            return f"<m:Attachments><t:FileAttachment><t:AttachmentId {ids}/></t:FileAttachment></m:Attachments>"

        return self.each(
            "CreateAttachment", [lambda e=e: attached(e) for e in payload.find("m:Attachments", NS)]
        )

    def do_GetAttachment(self, payload: Any) -> Iterable[str]:  # noqa: N802
        every = {a.id: a for i in self.mailbox.items.values() for a in i.attachments}
        for box in self.store.mailboxes.values():
            every |= {a.id: a for i in box.items.values() for a in i.attachments}

        def got(element: Any) -> str:
            one = every.get(element.get("Id"))
            if one is None:
                raise RefusedError("ErrorItemNotFound")
            content = base64.b64encode(one.content).decode()
            return (
                f'<m:Attachments><t:FileAttachment><t:AttachmentId Id="{one.id}"/><t:Name>{escape(one.name)}</t:Name>'
                f"<t:Content>{content}</t:Content></t:FileAttachment></m:Attachments>"
            )

        return self.each(
            "GetAttachment", [lambda e=e: got(e) for e in payload.find("m:AttachmentIds", NS)]
        )

    def do_Subscribe(self, payload: Any) -> Iterable[str]:  # noqa: N802
        if "streaming" in self.manners.without:
            raise RefusedError("ErrorInvalidSubscriptionRequest")
        yield message("Subscribe", "NoError", "<m:SubscriptionId>JwBz</m:SubscriptionId>")

    def do_SendItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        keep = payload.get("SaveItemToFolder") == "true"
        folder = self.folder(payload.find("m:SavedItemFolderId", NS)[0]) if keep else None

        def sent(element: Any) -> str:
            item = self.item(element)
            if element.get("ChangeKey") != str(item.change):
                raise RefusedError("ErrorStaleObject")
            everyone = {a.lower() for a in (*item.to, *item.cc, *item.bcc)}
            if not everyone or everyone & self.manners.unknown_recipients:
                raise RefusedError("ErrorInvalidRecipients")
            if item.sender.lower() != self.mailbox.address:
                raise RefusedError("ErrorSendAsDenied")
            self.store.send(self.mailbox, item, save=folder)
            return ""

        return self.each("SendItem", [lambda e=e: sent(e) for e in payload.find("m:ItemIds", NS)])


def composed(element: Any) -> bytes:
    """Make MIME of a message that is told by its parts (those that are not, are empty)."""

    def text(path: str) -> str:
        return element.findtext(path, "", NS)

    made = EmailMessage(policy=policy.SMTP)
    told = {
        "From": text("t:From/t:Mailbox/t:EmailAddress"), "Subject": text("t:Subject"),
        "Message-ID": text("t:InternetMessageId"), "In-Reply-To": text("t:InReplyTo"),
        "References": text("t:References"),
    }  # fmt: skip
    for name, value in told.items():
        if value:
            made[name] = value
    body = element.find("t:Body", NS)
    html = body is not None and body.get("BodyType") == "HTML"
    made.set_content(text("t:Body"), subtype="html" if html else "plain")
    return made.as_bytes()


def _properties(item: Item) -> dict[str, str]:
    def people(tag: str, some: list[str]) -> str:
        inside = "".join(
            f"<t:Mailbox><t:EmailAddress>{escape(a)}</t:EmailAddress></t:Mailbox>" for a in some
        )
        return f"<t:{tag}>{inside}</t:{tag}>" if some else ""

    marks = "".join(f"<t:String>{escape(c)}</t:String>" for c in item.categories)
    files = "".join(
        f'<t:FileAttachment><t:AttachmentId Id="{a.id}"/><t:Name>{escape(a.name)}</t:Name>'
        f"<t:ContentId>{escape(a.content_id)}</t:ContentId><t:Size>{len(a.content) + 200}</t:Size></t:FileAttachment>"
        for a in item.attachments
    )
    sender = f"<t:Mailbox><t:EmailAddress>{escape(item.sender)}</t:EmailAddress></t:Mailbox>"
    return {
        "item:ParentFolderId": f'<t:ParentFolderId Id="{item.folder}" ChangeKey="AQ=="/>',
        "item:ItemClass": f"<t:ItemClass>{item.item_class}</t:ItemClass>",
        "item:Attachments": f"<t:Attachments>{files}</t:Attachments>" if files else "",
        "item:DateTimeReceived": f"<t:DateTimeReceived>{item.received:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeReceived>",
        "item:Size": f"<t:Size>{len(item.raw)}</t:Size>",
        "item:Categories": f"<t:Categories>{marks}</t:Categories>" if marks else "",
        "item:IsSubmitted": f"<t:IsSubmitted>{str(item.submitted).lower()}</t:IsSubmitted>",
        "item:DateTimeCreated": f"<t:DateTimeCreated>{item.created:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeCreated>",
        "message:ToRecipients": people("ToRecipients", item.to),
        "message:CcRecipients": people("CcRecipients", item.cc),
        "message:BccRecipients": people("BccRecipients", item.bcc),
        "message:From": f"<t:From>{sender}</t:From>" if item.sender else "",
        "message:InternetMessageId": f"<t:InternetMessageId>{escape(item.message_id)}</t:InternetMessageId>",
    }


def _words(item: Item) -> dict[str, str]:
    mail = email.message_from_bytes(item.raw, policy=policy.default)
    body = mail.get_body(("html", "plain"))
    said = body.get_payload(decode=True).decode("utf-8", "replace") if body is not None else ""
    said = "".join(sign for sign in said if sign.isprintable() or sign in "\n\t")
    return {
        "item:Subject": f"<t:Subject>{escape(str(mail['Subject'] or ''))}</t:Subject>",
        "item:Body": f'<t:Body BodyType="HTML">{escape(said)}</t:Body>',
    }


def _extended(item: Item, path: Any) -> str:
    if path.get("PropertyTag"):
        return base64.b64encode(item.search_key).decode()
    return item.properties.get(path.get("PropertyName"), "")


def message(name: str, code: str, inside: str = "") -> str:
    kind = "Success" if code == "NoError" else "Error"
    return (
        f'<m:{name}ResponseMessage ResponseClass="{kind}"><m:ResponseCode>{code}</m:ResponseCode>{inside}'
        f"</m:{name}ResponseMessage>"
    )


def event() -> bytes:
    """Return the notification of a new mail."""
    told = "<t:NewMailEvent><t:Watermark>AQ==</t:Watermark></t:NewMailEvent>"
    inside = f"<m:Notifications><m:Notification>{told}</m:Notification></m:Notifications>"
    return envelope(message("GetStreamingEvents", "NoError", inside))


def envelope(inside: str, header: str = "") -> bytes:
    head = f"<s:Header>{header}</s:Header>" if header else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{S}" xmlns:t="{T}" xmlns:m="{M}">'
        f"{head}<s:Body>{inside}</s:Body></s:Envelope>"
    ).encode()


def fault(code: str, back_off: int | None = None) -> bytes:
    """Return a SOAP fault as Exchange words it."""
    told = ""
    if back_off is not None:
        told = (
            f'<t:MessageXml><t:Value Name="BackOffMilliseconds">{back_off}</t:Value></t:MessageXml>'
        )
    return envelope(
        f"<s:Fault><faultcode>{code}</faultcode><faultstring>anna@office.example: hemligt</faultstring>"
        f'<detail><e:ResponseCode xmlns:e="{E}">{code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{E}">anna@office.example: hemligt</e:Message>{told}</detail></s:Fault>'
    )


__all__ = ["Manners", "RefusedError", "Service", "addresses", "event", "fault"]
