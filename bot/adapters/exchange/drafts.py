"""Drafts of an Exchange mailbox: looked for, saved, completed, sent. Decides nothing of letters.

A letter is known by its Message-ID, and by a property of our own that a server which writes its
own Message-IDs keeps.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.enclosures import attached, missing
from bot.adapters.exchange.errors import RefusedError, is_decided
from bot.adapters.exchange.items import set_field, updated
from bot.adapters.exchange.letters import Letter, Readers, compared
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    all_words,
    attribute,
    el,
    equals,
    extended,
    field,
    item_id,
    item_ids,
    named,
    shape,
    well_known,
    words,
)
from bot.ports.errors import TransientError

_MARK = "EKbotLetter"
_ID = "message:InternetMessageId"
_PAGE = 200
_DEPTH = 2_000  # so many of the newest letters are looked through where a server can't search
_PEOPLE = (("to", "ToRecipients"), ("cc", "CcRecipients"), ("bcc", "BccRecipients"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An item of ours: its id, its change key, whether it is on its way."""

    id: str
    key: str
    submitted: bool = False


class Drafts:
    """The drafts and the sent letters of one mailbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._searches = True  # the server finds what we ask for
        self._proven = False  # and has been seen to

    def found(self, message_id: str, folder: str) -> list[Draft]:
        """Return the items in *folder* («drafts», «sentitems», «outbox») that are this letter."""
        try:
            return [draft for known, draft in self._looked(message_id, folder) if known]
        except RefusedError as error:
            if error.code == "ErrorFolderNotFound" and folder == "outbox":
                return []
            raise

    def save(self, letter: Letter) -> Draft:
        """Save the letter as a draft.

        Raises:
            RefusedError: the server takes it in no form.
            TransientError: no answer: the draft may be there.
        """
        for extras in (_extras(letter), [], None):
            try:
                answer = self._connection.one(self._created(letter, extras))
            except RefusedError as error:
                if extras is None or is_decided(error.code):
                    raise
                lying = self.found(letter.parcel.message_id, "drafts")
                if lying:  # it was saved all the same
                    return lying[0]
                continue
            item = answer.item
            one = attribute(item, "t:ItemId", "Id") if item is not None else ""
            saved = Draft(one, attribute(item, "t:ItemId", "ChangeKey")) if one else None
            return self._proved(letter, saved)
        raise AssertionError  # the last try returns or raises

    def completed(self, draft: Draft, letter: Letter) -> Draft:
        """See to it that the draft goes to whom it shall, from whom, with all that goes with it.

        Raises:
            PermanentError: the server does not keep an attachment as it is.
        """
        item = self._read(draft)
        draft = replace(draft, key=attribute(item, "t:ItemId", "ChangeKey") or draft.key)
        changes = _differences(item, letter)
        if changes:
            draft = self._changed(draft, changes)
        for file in missing(self._connection, item, letter.enclosed):
            key = attached(self._connection, draft.id, draft.key, file)
            draft = replace(draft, key=key) if key else self._fresh(draft)
        return draft

    def send(self, draft: Draft, *, save: bool) -> None:
        """Hand the draft over to the server's transport.

        Raises:
            RefusedError: it was not sent.
            TransientError: no answer: it may have been sent.
        """
        kept = [el("m:SavedItemFolderId", self._folder("sentitems"))] if save else []
        asked = el(
            "m:SendItem",
            item_ids([(draft.id, draft.key)]),
            *kept,
            SaveItemToFolder="true" if save else "false",
        )
        self._connection.one(asked)

    def discard(self, draft: Draft) -> None:
        """Put the draft among the deleted items."""
        asked = el("m:DeleteItem", item_ids([(draft.id, "")]), DeleteType="MoveToDeletedItems")
        self._connection.ask(asked)

    def _folder(self, name: str) -> Element:
        return well_known(name, self._connection.mailbox)

    def _looked(self, message_id: str, folder: str) -> Iterator[tuple[bool, Draft]]:
        """Yield items of the folder, and whether each is the letter; searched where that works."""
        wanted = [el("t:Or", equals(field(_ID), message_id), equals(named(_MARK), message_id)),
                  equals(field(_ID), message_id)] if self._searches else []  # fmt: skip
        for condition in (*wanted, None):
            try:
                yield from self._paged(message_id, folder, condition)
            except RefusedError as error:
                if condition is None or is_decided(error.code):
                    raise
                continue
            self._searches = condition is not None
            return

    def _paged(
        self, message_id: str, folder: str, condition: Element | None
    ) -> Iterator[tuple[bool, Draft]]:
        offset, sort = 0, True
        while offset < _DEPTH:
            try:
                root = self._page(folder, offset, condition, sort=sort)
            except RefusedError as error:
                if not sort or is_decided(error.code):
                    raise
                sort = False
                continue
            items = root.findall("t:Items/*", SPACES) if root is not None else []
            yield from ((_is(item, message_id), _draft(item)) for item in items)
            offset += len(items)
            last = root is None or root.get("IncludesLastItemInRange", "").lower() != "false"
            if last or not items:
                return

    def _page(
        self, folder: str, offset: int, condition: Element | None, *, sort: bool
    ) -> Element | None:
        view = el(
            "m:IndexedPageItemView",
            MaxEntriesReturned=str(_PAGE),
            Offset=str(offset),
            BasePoint="Beginning",
        )
        newest = el(
            "m:SortOrder", el("t:FieldOrder", field("item:DateTimeCreated"), Order="Descending")
        )
        asked = el(
            "m:FindItem",
            shape("m:ItemShape", field(_ID), field("item:IsSubmitted"), named(_MARK)),
            view,
            *([el("m:Restriction", condition)] if condition is not None else []),
            *([newest] if sort and condition is None else []),
            el("m:ParentFolderIds", self._folder(folder)),
            Traversal="Shallow",
        )
        return self._connection.one(asked).element.find("m:RootFolder", SPACES)

    def _created(self, letter: Letter, extras: Sequence[Element] | None) -> Element:
        """Return the question that saves it; without *extras* only its bytes."""
        mime = base64.b64encode(letter.parcel.raw).decode("ascii")
        message = el("t:Message", el("t:MimeContent", mime))
        for extra in extras or ():
            message.append(extra)
        if extras is not None and letter.named.everyone() != letter.readers.everyone():
            for element in _people(letter.readers):
                message.append(element)
        return el(
            "m:CreateItem",
            el("m:SavedItemFolderId", self._folder("drafts")),
            el("m:Items", message),
            MessageDisposition="SaveOnly",
        )

    def _proved(self, letter: Letter, saved: Draft | None) -> Draft:
        """Return the draft; prove once in a connection that the server finds what is there."""
        if saved is not None and self._proven:
            return saved
        message_id = letter.parcel.message_id
        seen = self.found(message_id, "drafts")
        if not seen and self._searches:
            self._searches = False  # it can be asked and finds nothing: look for ourselves
            seen = self.found(message_id, "drafts")
        self._proven = bool(seen)
        if saved is None and not seen:
            raise TransientError(f"{self._connection.endpoint.peer}: a draft without an id")
        return saved or seen[0]

    def _read(self, draft: Draft) -> Element:
        uris = ("item:Attachments", *(f"message:{tag}" for _, tag in _PEOPLE), "message:From")
        asked = el(
            "m:GetItem",
            shape("m:ItemShape", *map(field, uris)),
            item_ids([(draft.id, "")]),
        )
        item = self._connection.one(asked).item
        if item is None:
            raise TransientError(f"{self._connection.endpoint.peer}: an answer without the draft")
        return item

    def _changed(self, draft: Draft, changes: Sequence[Element]) -> Draft:
        change = el("t:ItemChange", item_id("t:ItemId", draft.id, ""), el("t:Updates", *changes))
        item = self._connection.one(updated(self._connection, [change])).item
        key = attribute(item, "t:ItemId", "ChangeKey") if item is not None else ""
        return replace(draft, key=key) if key else self._fresh(draft)

    def _fresh(self, draft: Draft) -> Draft:
        return replace(draft, key=attribute(self._read(draft), "t:ItemId", "ChangeKey"))


def _is(item: Element, message_id: str) -> bool:
    return message_id in (words(item, "t:InternetMessageId").strip(), extended(item, name=_MARK))


def _draft(item: Element) -> Draft:
    return Draft(
        attribute(item, "t:ItemId", "Id"),
        attribute(item, "t:ItemId", "ChangeKey"),
        submitted=words(item, "t:IsSubmitted").strip().lower() == "true",
    )


def _extras(letter: Letter) -> list[Element]:
    """Return our marks: as headers of the sent mail, and as a property that is only ours."""
    marks = [(named(_MARK), letter.parcel.message_id)]
    marks += [(named(name, header=True), value) for name, value in letter.marks]
    return [el("t:ExtendedProperty", path, el("t:Value", value)) for path, value in marks]


def _people(readers: Readers) -> Iterator[Element]:
    for which, tag in _PEOPLE:
        people = getattr(readers, which)
        if people:
            yield el(f"t:{tag}", *map(_mailbox, people))


def _mailbox(address: str) -> Element:
    return el("t:Mailbox", el("t:EmailAddress", address))


def _differences(item: Element, letter: Letter) -> list[Element]:
    """Return the changes that make the draft go to exactly its readers, from its sender."""
    changes = []
    there = {
        compared(address)
        for _, tag in _PEOPLE
        for address in all_words(item, f"t:{tag}/t:Mailbox/t:EmailAddress")
    }
    if there != letter.readers.everyone():
        for which, tag in _PEOPLE:
            path, people = field(f"message:{tag}"), getattr(letter.readers, which)
            has = item.find(f"t:{tag}", SPACES) is not None
            if people:
                changes.append(set_field(path, el(f"t:{tag}", *map(_mailbox, people))))
            elif has:
                changes.append(el("t:DeleteItemField", path))
    sender = words(item, "t:From/t:Mailbox/t:EmailAddress")
    if compared(sender) != compared(letter.parcel.sender):
        changes.append(
            set_field(field("message:From"), el("t:From", _mailbox(letter.parcel.sender)))
        )
    return changes
