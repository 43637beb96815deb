"""A draft's way out, on a server that may leave it lying where it lay. Saves and sends none.

Exchange takes a draft that it sends out of the drafts. Some servers leave it there, to be taken for
unsent ever after; so it is marked before it is sent, and put away when it has left.
"""

from __future__ import annotations

from bot.adapters.exchange.connection import Connection
from bot.adapters.exchange.drafts import TOLD, Draft, drafted
from bot.adapters.exchange.errors import RefusedError, is_decided
from bot.adapters.exchange.fates import Habit
from bot.adapters.exchange.folders import known
from bot.adapters.exchange.items import GONE, set_field, updated
from bot.adapters.exchange.soap import (
    el,
    field,
    folder_id,
    item_id,
    item_ids,
    named,
    shape,
)
from bot.adapters.exchange.writing import BEGUN


def marked(connection: Connection, draft: Draft) -> Draft:
    """Mark the draft as one whose sending begins, and return how it is seen then.

    One that can't be marked is left as it is.

    Raises:
        RefusedError: the server will not have it changed, for a reason that concerns all of it.
        TransientError: no answer: it may be marked.
    """
    value = el("t:ExtendedProperty", named(BEGUN), el("t:Value", "1"))
    updates = el("t:Updates", set_field(named(BEGUN), value))
    change = el("t:ItemChange", item_id("t:ItemId", draft.id, ""), updates)
    try:
        connection.one(updated(connection, [change]))
    except RefusedError as error:
        if is_decided(error.code):
            raise
    return seen(connection, draft) or draft


def seen(connection: Connection, draft: Draft) -> Draft | None:
    """Return the draft as it is now; None when it is not there any more."""
    told = shape("m:ItemShape", field("item:ParentFolderId"), *map(field, TOLD))
    asked = el("m:GetItem", told, item_ids([(draft.id, "")]))
    answer = connection.ask(asked)[0]
    if answer.code in GONE:
        return None
    item = connection.sound(answer, asked).item
    return drafted(item) if item is not None else None


def put_away(connection: Connection, draft: Draft, *, save: bool) -> Habit:
    """Take a letter that has left out of the drafts; return what the server had done with it.

    Raises:
        PortError: it may lie there still.
    """
    now = seen(connection, draft)
    if now is None:
        return Habit.TAKES
    if now.submitted or not now.folder:
        return Habit.UNKNOWN  # it is on its way, or it is not told where it lies
    if now.folder != known(connection, "drafts"):
        return Habit.TAKES
    if save:
        target = el("m:ToFolderId", folder_id(known(connection, "sentitems")))
        asked = el("m:MoveItem", target, item_ids([(draft.id, "")]))
    else:
        asked = el("m:DeleteItem", item_ids([(draft.id, "")]), DeleteType="HardDelete")
    connection.one(asked)
    written = now.written_since(draft.key, draft.modified)
    return Habit.REWRITES if written else Habit.LEAVES
