"""One mailbox's folders over one connection, and what was last seen in them. Moves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.adapters.exchange import folders
from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.folders import Box
from bot.adapters.exchange.items import Found, whereabouts
from bot.adapters.exchange.listing import Entry, Lister, Listing, Manner, copy_name
from bot.ports.errors import NeedsOperatorError
from bot.ports.mailbox import Ref

Here = dict[str, tuple[Entry, Found]]


class Shelf:
    """The mailbox as one connection sees it; *inbox* is the folder that is read."""

    def __init__(self, connection: Connection, inbox: str, manner: Manner) -> None:
        self.connection = connection
        self._inbox = inbox
        self._lister = Lister(connection, manner)
        self._listings: dict[tuple[str, str], dict[str, Entry]] = {}

    def inbox(self) -> Box:
        """Return the folder that is read.

        Raises:
            NeedsOperatorError: it is not there.
        """
        box = self.found(self._inbox)
        if box is None:
            raise NeedsOperatorError(
                f"{self.connection.endpoint.peer}: the folder is not there",
                f"Mappen {self._inbox} finns inte i brevlådan. Kontrollera [mailbox] folder.",
            )
        return box

    def found(self, name: str) -> Box | None:
        """Return the folder of that name, None when there is none."""
        box = folders.found(self.connection, name)
        return replace(box, name=name) if box is not None else None

    def current(self, name: str, generation: str) -> Box | None:
        """Return the folder if it is the same as when refs of that generation were made."""
        box = self.inbox() if name == self._inbox else self.found(name)
        return box if box is not None and box.generation == generation else None

    def listed(self, box: Box) -> Listing:
        """List a folder, and remember what lies in it."""
        listing = self._lister.listed(box.id)
        self._listings[box.name, box.id] = {entry.uid: entry for entry in listing.entries}
        return listing

    def newest(self, box: Box) -> tuple[str, int]:
        """Return the id of the mail that came last ("": not told), and how many lie there."""
        return self._lister.newest(box.id)

    def entries(self, box: Box, refs: Sequence[Ref]) -> dict[str, Entry]:
        """Return the refs' items by their names, from the last listing if it has them all."""
        known = self._listings.get((box.name, box.id), {})
        if not all(ref.uid in known for ref in refs):
            self.listed(box)
            known = self._listings[box.name, box.id]
        # A copy whose original has left since then is listed under the plain name now.
        alone = {copy_name(e.uid, e.id): e for e in known.values() if "-" not in e.uid}
        found = {ref.uid: known.get(ref.uid) or alone.get(ref.uid) for ref in refs}
        return {uid: entry for uid, entry in found.items() if entry is not None}

    def anew(self, box: Box, refs: Sequence[Ref]) -> dict[str, Entry]:
        """Return the refs' items as a new listing has them."""
        self._listings.pop((box.name, box.id), None)
        return self.entries(box, refs)

    def here(self, box: Box, refs: Sequence[Ref]) -> Here:
        """Return those that still lie in the folder, by their names, with their categories."""
        here: Here = {}
        left = list(refs)
        for look in (self.entries, self.anew):
            entries = look(box, left)
            asked = [ref.uid for ref in left if ref.uid in entries]
            found = whereabouts(self.connection, [entries[uid] for uid in asked]) if asked else []
            here |= {
                uid: (entries[uid], one)
                for uid, one in zip(asked, found, strict=True)
                if not one.gone
            }
            left = [ref for ref in left if ref.uid not in here]
            if not left:
                break
        return here
