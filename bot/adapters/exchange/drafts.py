"""Drafts of an Exchange mailbox: looked for, saved, completed, sent. Decides nothing of letters.

A letter is known by its Message-ID, and by a property of our own that a server which writes its
own Message-IDs keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.enclosures import attached, missing, prove
from bot.adapters.exchange.errors import RefusedError, is_decided, is_trouble
from bot.adapters.exchange.folders import known
from bot.adapters.exchange.items import updated
from bot.adapters.exchange.letters import Letter
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    attribute,
    el,
    equals,
    extended,
    field,
    folder_id,
    is_last,
    item_id,
    item_ids,
    named,
    shape,
    words,
)
from bot.adapters.exchange.writing import (
    BEGUN,
    MARK,
    READ_BACK,
    Form,
    created,
    differences,
    is_whole,
)
from bot.ports.errors import PermanentError, TransientError

TOLD = ("item:IsSubmitted", "item:IsDraft", "item:LastModifiedTime")  # of an item of ours
_ID = "message:InternetMessageId"
_PAGE = 200
_DEPTH = 2_000  # so many of the newest letters are looked through where a server can't search


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to look for a letter: searched for or listed, with how much told of each item."""

    searched: bool
    mark: bool  # by our own property too
    more: bool = True
    newest_first: bool = False


_WAYS = (
    _Way(searched=True, mark=True),
    _Way(searched=False, mark=True, newest_first=True),
    _Way(searched=False, mark=True),
    _Way(searched=True, mark=False),
    _Way(searched=False, mark=False),
    _Way(searched=False, mark=False, more=False),
)
_FIRST_LISTING = 1
_LEAST = 4  # of what is read back: subject, words, files, the readers that are named


@dataclass(frozen=True, slots=True)
class Draft:
    """An item of ours: its id, its change key, where it lies, what the server says of it."""

    id: str
    key: str
    submitted: bool = False  # it is on its way
    begun: bool = False  # its sending was begun
    unsent: bool = True
    folder: str = ""  # "": not told
    modified: str = ""  # when, in the server's words; "": not told

    def written_since(self, key: str, modified: str) -> bool:
        """Tell whether it was changed since it had that change key and that time."""
        pairs = ((self.key, key), (self.modified, modified))
        return any(now and then and now != then for now, then in pairs)


class Drafts:
    """The drafts and the sent letters of one mailbox."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._way = 0  # of looking for a letter: the first that the server takes
        self._proven = False  # it has found what was there
        self._bytes = True  # the server makes a draft of a letter's bytes

    def found(self, message_id: str, folder: str) -> list[Draft]:
        """Return the items in *folder* («drafts», «sentitems», «outbox») that are this letter."""
        there = self._optional(folder) if folder == "outbox" else self._folder(folder)
        if not there:
            return []
        return [draft for is_it, draft in self._looked(message_id, there) if is_it]

    def save(self, letter: Letter) -> Draft:
        """Save the letter as a draft.

        Raises:
            RefusedError: the server takes it in no form.
            TransientError: no answer: the draft may be there.
        """
        forms = [f for f in Form if self._bytes or f in (Form.PARTS, Form.BARE_PARTS)]
        for form in forms:
            asked = created(letter, self._folder("drafts"), form)
            try:
                item = self.connection.one(asked).item
            except RefusedError as error:
                if form is forms[-1] or is_decided(error.code):
                    raise
                lying = self.found(letter.parcel.message_id, "drafts")
                if lying:  # it was saved all the same
                    return lying[0]
                continue
            one = attribute(item, "t:ItemId", "Id") if item is not None else ""
            saved = Draft(one, attribute(item, "t:ItemId", "ChangeKey")) if one else None
            return self._proved(letter, saved)
        raise AssertionError  # the last try returns or raises

    def completed(self, draft: Draft, letter: Letter) -> Draft:
        """See to it that the draft says what it shall, to whom and from whom, with all its files.

        Raises:
            PermanentError: the server does not keep the letter as it is.
        """
        item = self._read(draft)
        if self._bytes and not is_whole(item, letter, by_bytes=True):
            self._bytes = False  # it takes no bytes: it must be told the parts
            self.discard(draft)
            draft = self.save(letter)
            item = self._read(draft)
        if not is_whole(item, letter, by_bytes=False):
            raise PermanentError("the server does not keep the letter as it is")
        draft = replace(draft, key=attribute(item, "t:ItemId", "ChangeKey") or draft.key)
        for change, wanted in differences(item, letter):
            try:
                draft = self._changed(draft, change)
            except RefusedError as error:
                if wanted or is_decided(error.code):
                    raise
        lacking = missing(self.connection, item, letter.enclosed)
        for file in lacking:
            key = attached(self.connection, draft.id, draft.key, file)
            draft = replace(draft, key=key) if key else self._fresh(draft)
        if lacking:
            prove(self.connection, draft.id, letter.enclosed)
        return draft

    def send(self, draft: Draft, *, save: bool) -> None:
        """Hand the draft over to the server's transport.

        Raises:
            RefusedError: it was not sent.
            TransientError: no answer: it may have been sent.
        """
        sent = self._folder("sentitems") if save else ""
        kept = [el("m:SavedItemFolderId", folder_id(sent))] if save else []
        asked = el(
            "m:SendItem",
            item_ids([(draft.id, draft.key)]),
            *kept,
            SaveItemToFolder="true" if save else "false",
        )
        self.connection.one(asked)

    def discard(self, draft: Draft) -> None:
        """Put the draft among the deleted items."""
        asked = el("m:DeleteItem", item_ids([(draft.id, "")]), DeleteType="MoveToDeletedItems")
        self.connection.ask(asked)

    def _folder(self, name: str) -> str:
        return known(self.connection, name)

    def _optional(self, name: str) -> str:
        """Return the folder's id, "" where the mailbox has none."""
        try:
            return self._folder(name)
        except RefusedError as error:
            none = error.code in ("ErrorFolderNotFound", "ErrorItemNotFound")
            if not none and (is_decided(error.code) or is_trouble(error.code)):
                raise
            self.connection.known[name] = ""
            return ""

    def _looked(self, message_id: str, folder: str) -> list[tuple[bool, Draft]]:
        """Return items of the folder, and whether each is the letter; searched where that works."""
        while True:
            try:
                return list(self._paged(message_id, folder, _WAYS[self._way]))
            except RefusedError as error:
                if is_decided(error.code) or self._way == len(_WAYS) - 1:
                    raise
                self._way += 1

    def _paged(self, message_id: str, folder: str, way: _Way) -> Iterator[tuple[bool, Draft]]:
        offset = 0
        while offset < _DEPTH:
            asked = _question(message_id, folder, way, offset)
            root = self.connection.one(asked).element.find("m:RootFolder", SPACES)
            items = root.findall("t:Items/*", SPACES) if root is not None else []
            yield from ((_is(item, message_id), drafted(item)) for item in items)
            offset += len(items)
            if not items or is_last(root, offset, short=len(items) < _PAGE):
                return

    def _proved(self, letter: Letter, saved: Draft | None) -> Draft:
        """Return the draft; prove once in a connection that the server finds what is there."""
        if saved is not None and self._proven:
            return saved
        message_id = letter.parcel.message_id
        seen = self.found(message_id, "drafts")
        if not seen and _WAYS[self._way].searched:
            self._way = _FIRST_LISTING  # it can be asked and finds nothing: look for ourselves
            seen = self.found(message_id, "drafts")
        self._proven = bool(seen)
        if saved is None and not seen:
            raise TransientError(f"{self.connection.endpoint.peer}: a draft without an id")
        return saved or seen[0]

    def _read(self, draft: Draft) -> Element:
        for uris in (READ_BACK, READ_BACK[:_LEAST]):
            asked = el(
                "m:GetItem",
                shape("m:ItemShape", *map(field, uris)),
                item_ids([(draft.id, "")]),
            )
            try:
                item = self.connection.one(asked).item
            except RefusedError as error:
                if uris is not READ_BACK or is_decided(error.code):
                    raise
                continue
            if item is not None:
                return item
        raise TransientError(f"{self.connection.endpoint.peer}: an answer without the draft")

    def _changed(self, draft: Draft, changes: Sequence[Element]) -> Draft:
        change = el("t:ItemChange", item_id("t:ItemId", draft.id, ""), el("t:Updates", *changes))
        item = self.connection.one(updated(self.connection, [change])).item
        key = attribute(item, "t:ItemId", "ChangeKey") if item is not None else ""
        return replace(draft, key=key) if key else self._fresh(draft)

    def _fresh(self, draft: Draft) -> Draft:
        return replace(draft, key=attribute(self._read(draft), "t:ItemId", "ChangeKey"))


def _question(message_id: str, folder: str, way: _Way, offset: int) -> Element:
    view = el(
        "m:IndexedPageItemView",
        MaxEntriesReturned=str(_PAGE),
        Offset=str(offset),
        BasePoint="Beginning",
    )
    conditions = [equals(field(_ID), message_id)]
    if way.mark:
        conditions = [el("t:Or", *conditions, equals(named(MARK), message_id))]
    order = el("t:FieldOrder", field("item:DateTimeCreated"), Order="Descending")
    more = [field(uri) for uri in TOLD] if way.more else []
    marks = [named(MARK), named(BEGUN)] if way.mark else []
    return el(
        "m:FindItem",
        shape("m:ItemShape", field(_ID), *more, *marks),
        view,
        *([el("m:Restriction", *conditions)] if way.searched else []),
        *([el("m:SortOrder", order)] if way.newest_first else []),
        el("m:ParentFolderIds", folder_id(folder)),
        Traversal="Shallow",
    )


def _is(item: Element, message_id: str) -> bool:
    return message_id in (words(item, "t:InternetMessageId").strip(), extended(item, name=MARK))


def drafted(item: Element) -> Draft:
    """Return what an answer tells of an item of ours."""
    return Draft(
        attribute(item, "t:ItemId", "Id"),
        attribute(item, "t:ItemId", "ChangeKey"),
        submitted=_says(item, "t:IsSubmitted", "true"),
        begun=extended(item, name=BEGUN) != "",
        unsent=not _says(item, "t:IsDraft", "false"),
        modified=words(item, "t:LastModifiedTime").strip(),
        folder=attribute(item, "t:ParentFolderId", "Id"),
    )


def _says(item: Element, path: str, value: str) -> bool:
    return words(item, path).strip().lower() == value
