"""The Graph stub's calls on folders and mails that lie there. Sends nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.servers.graph_asked import Asked, RefusalError, Said, body_of, only
from tests.servers.graph_world import Folder, Item, Mailbox, World


class Reading:
    """Reading, finding, moving; the fields say in which moods delta queries answer."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.page = 50  # entries in a page at most
        self.epoch = 1
        self.duplicates = False  # each change is told twice
        self.restless = False  # each mail is told to have left before it is told to be there
        self.hidden: set[str] = set()  # mails that rounds of changes keep quiet about
        self._pages: dict[str, tuple[list[dict[str, Any]], str]] = {}

    def _base(self, asked: Asked) -> str:
        """Return the address as the client knows it, for links."""
        return f"https://{asked.headers['host']}/v1.0"

    def mailbox(self, address: str) -> Mailbox:
        if address not in self.world.mailboxes:
            raise RefusalError(404, "ErrorInvalidUser")
        return self.world.mailboxes[address]

    def folder(self, address: str, name: str) -> tuple[Mailbox, Folder]:
        mailbox = self.mailbox(address)
        folder = mailbox.folder(name)
        if folder is None:
            raise RefusalError(404, "ErrorItemNotFound")
        return mailbox, folder

    def item(self, address: str, uid: str) -> tuple[Mailbox, Item]:
        mailbox = self.mailbox(address)
        if uid in mailbox.items:
            return mailbox, mailbox.items[uid]
        for item in mailbox.items.values():
            if uid == item.ordinary:
                return mailbox, item
        raise RefusalError(404, "ErrorItemNotFound")

    def told(self, asked: Asked, item: Item, select: str = "") -> dict[str, Any]:
        facts: dict[str, Callable[[], Any]] = {
            "receivedDateTime": lambda: item.received,
            "isDraft": lambda: item.draft,
            "isRead": lambda: item.read,
            "parentFolderId": lambda: item.folder,
            "internetMessageId": lambda: item.message_id,
            "categories": lambda: list(item.categories),
            "hasAttachments": lambda: bool(item.attached),
            "toRecipients": lambda: _recipients(item, "To"),
            "ccRecipients": lambda: _recipients(item, "Cc"),
            "bccRecipients": lambda: _recipients(item, "Bcc"),
        }
        chosen = set(filter(None, select.split(","))) or set(facts)
        kept = {name: fact() for name, fact in facts.items() if name in chosen}
        kept |= {"@odata.etag": f'W/"{item.moves}"'}
        kept["id"] = item.id if asked.immutable else item.ordinary
        if item.kind != "message":
            kept["@odata.type"] = f"#microsoft.graph.{item.kind}"
        return kept

    def get_folder(self, asked: Asked, address: str, name: str) -> Said:
        only(asked, "$select", kind="mailFolder")
        mailbox, folder = self.folder(address, name)
        return Said(200, self._folder(mailbox, folder))

    def _folder(self, mailbox: Mailbox, folder: Folder) -> dict[str, Any]:
        total = len(mailbox.inside(folder.id))
        return {"id": folder.id, "displayName": folder.name, "totalItemCount": total}

    def list_folders(self, asked: Asked, address: str, parent: str | None = None) -> Said:
        query = only(asked, "$filter", "$select", kind="mailFolder")
        mailbox = self.mailbox(address)
        if parent is not None:
            parent = self.folder(address, parent)[1].id
        wanted = re.fullmatch("displayName eq '((?:[^']|'')*)'", query.get("$filter", ""))
        if wanted is None:
            raise RefusalError(400, "ErrorInvalidUrlQueryFilter")
        name = wanted[1].replace("''", "'").casefold()
        found = [f for f in mailbox.children(parent) if f.name.casefold() == name]
        return Said(200, {"value": [self._folder(mailbox, folder) for folder in found]})

    def make_folder(self, asked: Asked, address: str, parent: str | None = None) -> Said:
        name = body_of(asked, "displayName")["displayName"]
        mailbox = self.mailbox(address)
        if parent is not None:
            parent = self.folder(address, parent)[1].id
        if any(f.name.casefold() == name.casefold() for f in mailbox.children(parent)):
            raise RefusalError(409, "ErrorFolderExists")
        return Said(201, self._folder(mailbox, mailbox.make_folder(name, parent)))

    def delta(self, asked: Asked, address: str, name: str) -> Said:
        mailbox, folder = self.folder(address, name)
        query = asked.query
        if "$skiptoken" in query:
            only(asked, "$skiptoken")
            if query["$skiptoken"] not in self._pages:
                raise RefusalError(410, "SyncStateNotFound")
            rest, end = self._pages[query["$skiptoken"]]
            return self._page_of(asked, mailbox, folder, rest, end)
        if "$deltatoken" in query:
            only(asked, "$deltatoken")
            epoch, owner, select, since = (query["$deltatoken"].split("~") + [""] * 4)[:4]
            if epoch != str(self.epoch) or owner != folder.id:
                raise RefusalError(410, "SyncStateNotFound")
            changed = [uid for at, uid in mailbox.changes[int(since) :] if at == folder.id]
        else:
            select = only(asked, "$select", kind="message").get("$select", "")
            there = reversed(mailbox.inside(folder.id))
            changed = [item.id for item in there if item.kind != "contact"]
        entries = []
        for uid in dict.fromkeys(changed):
            item = mailbox.items.get(uid)
            here = item is not None and item.folder == folder.id
            gone = {"id": uid, "@removed": {"reason": "deleted"}}
            told = [self.told(asked, item, select)] if here and item else [gone]
            if here and self.restless:
                told = [*told, gone]
            if "$deltatoken" not in query or uid not in self.hidden:
                entries += told * (2 if self.duplicates else 1)
        end = f"{self.epoch}~{folder.id}~{select}~{len(mailbox.changes)}"
        return self._page_of(asked, mailbox, folder, entries, end)

    def _page_of(
        self, asked: Asked, mailbox: Mailbox, folder: Folder, entries: list[Any], end: str
    ) -> Said:
        size = re.search(r"odata\.maxpagesize=(\d+)", asked.headers.get("prefer", ""))
        page = min(self.page, int(size[1]) if size else 10)
        here = f"{self._base(asked)}/users/{mailbox.address}/mailFolders('{quote(folder.id)}')"
        told: dict[str, Any] = {"value": entries[:page]}
        if entries[page:]:
            token = f"s{len(self._pages)}"
            self._pages[token] = (entries[page:], end)
            told["@odata.nextLink"] = f"{here}/messages/delta?$skiptoken={token}"
        else:
            told["@odata.deltaLink"] = f"{here}/messages/delta?$deltatoken={quote(end)}"
        return Said(200, told)

    def list_messages(self, asked: Asked, address: str, name: str) -> Said:
        query = only(asked, "$filter", "$orderby", "$select", "$top", "$skip", kind="message")
        mailbox, folder = self.folder(address, name)
        wanted = re.fullmatch(r"receivedDateTime ge (\S+Z)", query.get("$filter", ""))
        if wanted is None or query.get("$orderby") != "receivedDateTime":
            raise RefusalError(400, "InefficientFilter")
        found = [item for item in mailbox.inside(folder.id) if item.received >= wanted[1]]
        begin, size = int(query.get("$skip", "0")), min(self.page, int(query.get("$top", "10")))
        select = query.get("$select", "")
        told: dict[str, Any] = {
            "value": [self.told(asked, item, select) for item in found[begin : begin + size]]
        }
        if len(found) > begin + size:
            words = {**query, "$skip": str(begin + size)}
            asked_for = "&".join(f"{key}={quote(value)}" for key, value in words.items())
            told["@odata.nextLink"] = f"{self._base(asked)}{asked.path}?{asked_for}"
        return Said(200, told)

    def find_messages(self, asked: Asked, address: str) -> Said:
        query = only(asked, "$filter", "$select", kind="message")
        wanted = re.fullmatch("internetMessageId eq '((?:[^']|'')*)'", query.get("$filter", ""))
        if wanted is None:
            raise RefusalError(400, "ErrorInvalidUrlQueryFilter")
        name = wanted[1].replace("''", "'")
        found = [i for i in self.mailbox(address).items.values() if i.message_id == name]
        return Said(200, {"value": [self.told(asked, i, query["$select"]) for i in found]})

    def get_message(self, asked: Asked, address: str, uid: str) -> Said:
        select = only(asked, "$select", kind="message").get("$select", "")
        return Said(200, self.told(asked, self.item(address, uid)[1], select))

    def value(self, asked: Asked, address: str, uid: str) -> Said:
        only(asked)
        item = self.item(address, uid)[1]
        return Said(200, headers={"Content-Type": "text/plain"}, raw=item.raw)

    def move(self, asked: Asked, address: str, uid: str) -> Said:
        only(asked)
        target = body_of(asked, "destinationId")["destinationId"]
        mailbox, item = self.item(address, uid)
        folder = self.folder(address, target)[1]
        mailbox.move(item, folder.id)
        return Said(201, self.told(asked, item))

    def update(self, asked: Asked, address: str, uid: str) -> Said:
        mailbox, item = self.item(address, uid)
        item.categories = list(body_of(asked, "categories")["categories"])
        mailbox.touch(item)
        return Said(200, self.told(asked, item))

    def delete(self, asked: Asked, address: str, uid: str) -> Said:
        mailbox, item = self.item(address, uid)
        mailbox.move(item, "F-deleteditems")
        item.draft = False
        return Said(204)


def _recipients(item: Item, name: str) -> list[dict[str, Any]]:
    found = item.addresses(name)
    return [{"emailAddress": {"name": address, "address": address}} for address in found]
