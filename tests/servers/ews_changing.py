"""What the EWS stub does to mailboxes: moves, drafts, attachments, sending. Shows nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from tests.servers.ews_store import Attachment, Item
from tests.servers.ews_words import NS, RefusedError, T, composed, message

_FIELDS = {
    "message:ToRecipients": "to", "message:CcRecipients": "cc", "message:BccRecipients": "bcc",
}  # fmt: skip


class Changing:
    """The operations that change something; a part of the service."""

    def do_CreateFolder(self, payload: Any) -> Iterable[str]:  # noqa: N802
        parent = self.folder(payload.find("m:ParentFolderId", NS)[0])
        name = payload.find(".//t:DisplayName", NS).text
        if any(b.parent == parent and b.name == name for b in self.mailbox.boxes.values()):
            raise RefusedError("ErrorFolderExists")
        made = self.store.box(self.mailbox, name, parent)
        yield message(
            "CreateFolder", "NoError", f"<m:Folders>{self._box(made.id, set())}</m:Folders>"
        )

    def do_MoveItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        target = self.folder(payload.find("m:ToFolderId", NS)[0])

        def moved(element: Any) -> str:
            if element.get("Id") not in self.mailbox.items:
                raise RefusedError(self.manners.gone)
            item = self.store.move(self.mailbox, self.item(element), target)
            return f'<m:Items><t:Message><t:ItemId Id="{item.id}" ChangeKey="{item.change}"/></t:Message></m:Items>'

        return self.each("MoveItem", [lambda e=e: moved(e) for e in payload.find("m:ItemIds", NS)])

    def do_DeleteItem(self, payload: Any) -> Iterable[str]:  # noqa: N802
        trash = self.mailbox.known["deleteditems"]

        def deleted(element: Any) -> str:
            item = self.item(element)
            if payload.get("DeleteType") == "HardDelete":
                del self.mailbox.items[item.id]
            else:
                self.store.move(self.mailbox, item, trash)
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
            item.modified += 1
            return f'<m:Items><t:Message><t:ItemId Id="{item.id}" ChangeKey="{item.change}"/></t:Message></m:Items>'

        return self.each(
            "UpdateItem", [lambda c=c: changed(c) for c in payload.find("m:ItemChanges", NS)]
        )

    def _update(self, item: Item, one: Any) -> None:
        extended = one.find("t:ExtendedFieldURI", NS)
        if extended is not None:
            if "marks" in self.manners.without:
                raise RefusedError("ErrorInvalidExtendedProperty")
            item.properties[extended.get("PropertyName")] = one.findtext(".//t:Value", "", NS)
            return
        uri = one.find("t:FieldURI", NS).get("FieldURI")
        people = [e.text for e in one.iter(f"{{{T}}}EmailAddress")]
        if uri == "item:Categories":
            if "categories" in self.manners.without:
                raise RefusedError("ErrorInvalidPropertySet")
            item.categories = [e.text for e in one.iter(f"{{{T}}}String")]
        elif uri in _FIELDS:  # DeleteItemField names nobody
            setattr(item, _FIELDS[uri], people)
            item.touched |= self.store.switches.rebuilds
        elif uri == "message:From" and "from" not in self.manners.without:
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
