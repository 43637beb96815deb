"""What lies in a folder, each item under a name that survives a move. Fetches no mail.

An ItemId dies when its item is moved, also out and back again. What stays is the search key
(PidTagSearchKey) that the store gives each mail when it is taken in. A copy has its original's
key; where both lie in one folder the younger one's name says so. A server that gives no search
key has the ItemId instead, and a mail that was moved out and back is a new one there: it is known
by its bytes all the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.errors import RefusedError, is_decided, is_trouble
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    attribute,
    el,
    extended,
    field,
    folder_id,
    is_last,
    search_key,
    shape,
    words,
)
from bot.ports.errors import TransientError

_PAGE = 500
_TRIES = 4  # listings of a folder that changes while it is read
_NO_MAIL = frozenset({"Contact", "DistributionList", "Task", "CalendarItem"})
_NO_MAIL_CLASS = tuple(  # with the dot: IPM.TaskRequest is a mail
    f"ipm.{name}." for name in ("contact", "distlist", "task", "appointment", "stickynote")
)
_UNKNOWN = 5_000_000  # octets that a mail of unknown size is taken for
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # of a mail whose date is not told


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: our name for it, the server's, where it lies, how large, when taken in."""

    uid: str
    id: str
    key: str  # the change key
    parent: str  # "": not told
    kind: str  # "Message", "MeetingRequest", …
    size: int
    received: datetime
    created: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder's mails, oldest first; the ids and the number of items of whatever kind in it."""

    entries: tuple[Entry, ...]
    ids: frozenset[str]
    total: int


@dataclass(frozen=True, slots=True)
class _Page:
    items: Sequence[Element]
    total: int
    last: bool


@dataclass(slots=True)
class Manner:
    """How a server can be asked; found out at the first listing and kept from then on.

    Without search keys the mails have other names: that may never change in the middle.
    """

    plainness: int = 0
    proven: bool = False


class Lister:
    """Lists folders over one connection, in the manner that the server takes."""

    def __init__(self, connection: Connection, manner: Manner) -> None:
        self._connection = connection
        self._manner = manner

    def listed(self, folder: str) -> Listing:
        """List the folder with that id.

        A page holds what lies there when it is asked for; if anything came or went between two
        pages all is read again.

        Raises:
            RefusedError: the folder is gone or not for us.
            TransientError: it would not stand still.
        """
        before: set[str] = set()
        for _ in range(_TRIES):
            items: dict[str, Element] = {}
            pages = list(self._pages(folder))
            for page in pages:
                items |= {attribute(item, "t:ItemId", "Id"): item for item in page.items}
            items.pop("", None)
            still = {page.total for page in pages} == {len(items)}
            if len(pages) == 1 or still or before == set(items):
                total = max(pages[-1].total, len(items))
                return Listing(_ordered(tuple(items.values())), frozenset(items), total)
            before = set(items)
        raise TransientError(f"{self._connection.endpoint.peer}: the folder changes all the time")

    def newest(self, folder: str) -> tuple[str, int]:
        """Return the id of the mail that came last ("": not told), and how many lie there."""
        page = self._page(folder, 0, size=1, order="Descending")
        told = page.items and _WISHES[self._manner.plainness].sorted
        return attribute(page.items[0], "t:ItemId", "Id") if told else "", page.total

    def _pages(self, folder: str) -> Iterator[_Page]:
        offset = 0
        seen: set[str] = set()
        while True:
            page = self._page(folder, offset)
            yield page
            ids = {attribute(item, "t:ItemId", "Id") for item in page.items}
            offset += len(page.items)
            if page.last or ids <= seen:  # a server that gives the same page for ever
                return
            seen |= ids

    def _page(
        self, folder: str, offset: int, *, size: int = _PAGE, order: str = "Ascending"
    ) -> _Page:
        """Ask for one page in the manner that the server takes."""
        try:
            page = self._asked(folder, offset, size, order)
        except RefusedError as error:
            if self._manner.proven or is_decided(error.code):
                raise
            self._find_manner(folder)
            page = self._asked(folder, offset, size, order)
        self._manner.proven = True
        return page

    def _find_manner(self, folder: str) -> None:
        """Find the fullest manner of asking that the server takes.

        A server in trouble for a moment is not one that takes less: then all is tried once more.
        """
        manner = self._manner
        for _ in range(2):
            trouble = False
            for level in range(len(_WISHES)):
                manner.plainness = level
                try:
                    self._asked(folder, 0, 1, "Ascending")
                    break
                except RefusedError as error:
                    if is_decided(error.code) or level == _PLAINEST:
                        manner.plainness = 0
                        raise
                    trouble = trouble or is_trouble(error.code)
            if not trouble:
                return

    def _asked(self, folder: str, offset: int, size: int, order: str) -> _Page:
        answer = self._connection.one(self._question(folder, offset, size, order))
        root = answer.element.find("m:RootFolder", SPACES)
        if root is None:
            raise TransientError(f"{self._connection.endpoint.peer}: an answer without items")
        items = root.findall("t:Items/*", SPACES)
        told = root.get("TotalItemsInView", "")
        total = int(told) if told.isdigit() else offset + len(items)
        return _Page(items, total, is_last(root, offset + len(items), short=len(items) < size))

    def _question(self, folder: str, offset: int, size: int, order: str) -> Element:
        wishes = _WISHES[self._manner.plainness]
        paths = [field(uri) for uri in wishes.fields]
        if wishes.search_key:
            paths.append(search_key())
        sort = el("m:SortOrder", el("t:FieldOrder", field("item:DateTimeReceived"), Order=order))
        return el(
            "m:FindItem",
            shape("m:ItemShape", *paths),
            el(
                "m:IndexedPageItemView",
                MaxEntriesReturned=str(size),
                Offset=str(offset),
                BasePoint="Beginning",
            ),
            *([sort] if wishes.sorted else []),
            el("m:ParentFolderIds", folder_id(folder)),
            Traversal="Shallow",
        )


@dataclass(frozen=True, slots=True)
class _Wishes:
    fields: tuple[str, ...]
    search_key: bool
    sorted: bool


_FULL = (
    "item:ItemClass", "item:Size", "item:DateTimeReceived", "item:DateTimeCreated",
    "item:ParentFolderId", "message:InternetMessageId",
)  # fmt: skip
_WISHES = (
    _Wishes(_FULL, search_key=True, sorted=True),
    _Wishes(_FULL, search_key=True, sorted=False),
    _Wishes(_FULL, search_key=False, sorted=False),
    _Wishes(("item:DateTimeReceived", "item:Size"), search_key=False, sorted=False),
    _Wishes((), search_key=False, sorted=False),
)
_PLAINEST = len(_WISHES) - 1


def _ordered(items: Sequence[Element]) -> tuple[Entry, ...]:
    """Return the mails among *items* under names of their own, oldest first."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    places: dict[str, int] = {}
    for place, item in enumerate(items):
        kind = str(item.tag).rpartition("}")[2]
        name = f"{words(item, 't:ItemClass').strip().lower()}."
        if kind in _NO_MAIL or name.startswith(_NO_MAIL_CLASS):
            continue
        entry = _entry(item, kind)
        places[entry.id] = place
        groups[entry.uid].append(entry)
    entries: list[Entry] = []
    for group in groups.values():
        first, *copies = sorted(group, key=lambda e: (e.created, places[e.id]))
        entries += [first, *(replace(copy, uid=copy_name(copy.uid, copy.id)) for copy in copies)]
    return tuple(sorted(entries, key=lambda e: (e.received, places[e.id])))


def copy_name(uid: str, item: str) -> str:
    """Return the name of a copy that lies beside its original."""
    return f"{uid}-{hashlib.sha256(item.encode()).hexdigest()[:12]}"


def _entry(item: Element, kind: str) -> Entry:
    one = attribute(item, "t:ItemId", "Id")
    size = words(item, "t:Size")
    received = _moment(words(item, "t:DateTimeReceived"))
    return Entry(
        uid=_name(item, one),
        id=one,
        key=attribute(item, "t:ItemId", "ChangeKey"),
        parent=attribute(item, "t:ParentFolderId", "Id"),
        kind=kind,
        size=int(size) if size.isdigit() and int(size) else _UNKNOWN,
        received=received,
        created=_moment(words(item, "t:DateTimeCreated")),
    )


def _name(item: Element, one: str) -> str:
    """Return our name: by the search key and the Message-ID, else by the ItemId."""
    key = extended(item, tag="0x300B")
    seed = f"key {key} {words(item, 't:InternetMessageId')}" if key else f"id {one}"
    return hashlib.sha256(seed.encode()).hexdigest()[:32]


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return LONG_AGO
    return read if read.tzinfo else read.replace(tzinfo=UTC)
