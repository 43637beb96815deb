"""What clerks have done in the memory: columns for what is asked, the trail compressed."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, bindparam, insert, select, text, update

from bot.adapters.database.columns import insert_once
from bot.adapters.store.act_schema import KEPT_ACT, staff_act_things, staff_acts
from bot.adapters.store.codec import dump_bytes
from bot.domain.staff_acts import Act, Trail, Via
from bot.domain.values import MailId

_TRAIL: TypeAdapter[Trail] = TypeAdapter(Trail)
_ROW = select(staff_acts)
_ADD = insert(staff_acts).returning(staff_acts.c.id)
_SAVE = update(staff_acts).where(staff_acts.c.id == bindparam("which"))
_THING = insert_once(staff_act_things, ("ref", "act"), staff_act_things.c.act)
_GET = _ROW.where(staff_acts.c.id == bindparam("which"))
_OF_MAIL = _ROW.where(text("mail IS NOT NULL"), staff_acts.c.mail == bindparam("which")).order_by(
    staff_acts.c.id
)
_ABOUT = (
    _ROW.join(staff_act_things, staff_act_things.c.act == staff_acts.c.id)
    .where(staff_act_things.c.ref == bindparam("thing"))
    .order_by(staff_acts.c.id.desc())
)
_KEPT = _ROW.where(
    text(KEPT_ACT), staff_acts.c.at < bindparam("moment"), staff_acts.c.act == bindparam("kind")
).order_by(staff_acts.c.id)
_PURGE = (
    update(staff_acts)
    .where(text(KEPT_ACT), staff_acts.c.at < bindparam("moment"))
    .values(trail=None)
)


class SqlActs:
    """Clerks' acts inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, act: Act) -> Act:
        """Insert (id 0) or replace; return it with its number."""
        values = _columns(act)
        if act.id:
            self._connection.execute(_SAVE, values | {"which": act.id})
        else:
            act = replace(act, id=self._connection.execute(_ADD, values).scalar_one())
        refs = (act.ref, *(act.trail.refs if act.trail is not None else ()))
        for ref in dict.fromkeys(refs):
            row = {"ref": ref, "act": act.id}
            self._connection.execute(_THING[self._connection.dialect.name], row)
        return act

    def get(self, act: int) -> Act | None:
        """Return the act with this number."""
        found = self._all(_GET, which=act)
        return found[0] if found else None

    def of_mail(self, mail: MailId) -> tuple[Act, ...]:
        """Return the acts that came of a mail, in order of number."""
        return self._all(_OF_MAIL, which=mail)

    def about(self, ref: str) -> tuple[Act, ...]:
        """Return the acts that touched *ref* (K-17, C-4), newest first."""
        return self._all(_ABOUT, thing=ref)

    def kept(self, act: str, before: datetime) -> tuple[Act, ...]:
        """Return the acts of a kind before that moment whose trail is there still."""
        return self._all(_KEPT, kind=act, moment=before)

    def purge(self, before: datetime) -> int:
        """Let go of how things stood before the acts older than that; return how many."""
        return self._connection.execute(_PURGE, {"moment": before}).rowcount

    def _all(self, query: Select[Any], **wanted: object) -> tuple[Act, ...]:
        return tuple(
            Act(
                r.at, r.by, Via(r.via), r.ref, r.act, _load(r.trail), r.id,
                MailId(r.mail) if r.mail is not None else None, r.undone, r.undone_by,
            )
            for r in self._connection.execute(query, wanted).all()
        )  # fmt: skip


def _load(stored: bytes | None) -> Trail | None:
    return _TRAIL.validate_json(zlib.decompress(stored)) if stored is not None else None


def _columns(act: Act) -> dict[str, object]:
    trail = zlib.compress(dump_bytes(_TRAIL, act.trail)) if act.trail is not None else None
    return {
        "at": act.at, "by": act.by, "via": act.via.value, "mail": act.mail, "ref": act.ref,
        "act": act.act, "undone": act.undone, "undone_by": act.undone_by, "trail": trail,
    }  # fmt: skip
