"""What the EWS stub answers to each operation that our code asks for. Listens on no port."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lxml import etree

from tests.servers.ews_changing import Changing
from tests.servers.ews_store import Item, Mailbox, Store
from tests.servers.ews_words import (
    HEAD,
    NS,
    M,
    RefusedError,
    T,
    envelope,
    event,
    extended,
    fault,
    inscribed,
    message,
    properties,
    words,
)

PAGE = 1_000  # Exchange's EWSFindCountLimit


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
    fraction: str = ""  # of a second, in the dates that are told
    signs: str = "clean"  # in heads: those that XML forbids are left out; "raw", "references": not
    nobody: str = "ErrorNonExistentMailbox"  # what is answered for a mailbox that is not there
    gone: str = "ErrorItemNotFound"  # what MoveItem answers for an item that is not there
    header: str = (
        f'<h:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507"'
        f' MinorBuildNumber="39" Version="V2017_07_11" xmlns:h="{T}"/>'
    )


class Service(Changing):
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
        try:
            self.mailbox = self._whose(payload)
        except RefusedError as refused:
            if refused.code == Manners.nobody or refused.code != self.manners.nobody:
                raise
            return name, self._answered(name, message(name, refused.code))
        messages = "".join(self._messages(name, payload))
        return name, self._answered(name, messages)

    def _answered(self, name: str, messages: str) -> bytes:
        return envelope(
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
                raise RefusedError(self.manners.nobody)
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
        root = f"<m:RootFolder {view}><t:Folders>{inside}</t:Folders></m:RootFolder>"
        bare = not some and "empty_root" in self.manners.without
        yield message("FindFolder", "NoError", "" if bare else root)

    def _paged(self, view: Any, found: list[Any]) -> tuple[list[Any], str]:
        start = int(view.get("Offset"))
        size = min(int(view.get("MaxEntriesReturned")), self.manners.page)
        some = found[start : start + size]
        if "offset" in self.manners.without:
            return found, f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="false"'
        if "last" in self.manners.without:
            return some, f'TotalItemsInView="{len(found)}"'
        if "last and total" in self.manners.without:
            return some, ""
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
        refused = {f"!{e.get('FieldURI')}" for e in payload.iter(f"{{{T}}}FieldURI")}
        refused |= {f"!{e.get('PropertyTag')}" for e in payload.iter(f"{{{T}}}ExtendedFieldURI")}
        if refused & self.manners.without:
            raise RefusedError("ErrorInvalidPropertyRequest")

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
        told_of = properties(item, self.manners.fraction) | (
            words(item) if "item:Subject" in uris else {}
        )
        told += [
            text for uri, text in told_of.items() if uri in uris and uri not in self.manners.without
        ]
        for path in payload.find("m:ItemShape", NS).iter(f"{{{T}}}ExtendedFieldURI"):
            value = extended(item, path, self.manners.signs)
            hidden = {"0x300B": "search_keys", HEAD: "heads"}.get(path.get("PropertyTag", ""))
            if value and hidden not in self.manners.without:
                written = etree.tostring(path, encoding="unicode").replace(HEAD, "0x7d")
                told.append(
                    f"<t:ExtendedProperty>{written}<t:Value>{inscribed(value, self.manners.signs)}</t:Value></t:ExtendedProperty>"
                )
        return f"<t:{item.kind}>{''.join(told)}</t:{item.kind}>"

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


__all__ = ["Manners", "RefusedError", "Service", "event", "fault"]
