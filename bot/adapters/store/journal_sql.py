"""The journal's questions in SQL, made once. Runs none of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.store.schema import (
    KEPT_MAIL,
    LIVE_CASE,
    OPEN_MAIL,
    STUCK_MAIL,
    UNFILED,
    case_files,
    cases,
    letter_bytes,
    mails,
    outbox,
    sightings,
)
from bot.ports.rows import MailState, Outcome, RowState

_ROW = (
    mails.c.id,
    mails.c.sha256,
    mails.c.message_id,
    mails.c.sender,
    mails.c.subject,
    mails.c.received,
    mails.c.state,
    mails.c.outcome,
    mails.c.rule,
    mails.c.why,
    mails.c.attempts,
    mails.c.content_key,
)
_LIMIT = bindparam("limit", type_=Integer)
BY_SHA = select(mails.c.id, mails.c.state, mails.c.outcome).where(
    mails.c.sha256 == bindparam("sha")
)
ADD = insert(mails).returning(mails.c.id)
KNOWN = select(sightings.c.uid).where(
    sightings.c.folder == bindparam("folder"),
    sightings.c.generation == bindparam("generation"),
    sightings.c.uid.in_(bindparam("uids", expanding=True)),
)
OPEN = (
    select(*_ROW)
    .where(text(OPEN_MAIL), mails.c.id > bindparam("after"))
    .order_by(mails.c.id)
    .limit(_LIMIT)
)
RAW = select(mails.c.sha256, mails.c.raw_gone).where(mails.c.id == bindparam("mail"))
GET = select(*_ROW).where(mails.c.id == bindparam("mail"))
SAVE = (
    update(mails)
    .where(mails.c.id == bindparam("number"), text(OPEN_MAIL))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "message_id", "sender", "subject", "state", "outcome", "rule", "why", "attempts",
                "content_key",
            )
        }
    )
)  # fmt: skip
MAY_FILE = (
    update(sightings)
    .where(sightings.c.mail == bindparam("number"), sightings.c.filed_at.is_(None))
    .values(outcome=bindparam("became"))
)
TO_FILE = (
    select(sightings.c.folder, sightings.c.generation, sightings.c.uid, sightings.c.outcome)
    .where(text(UNFILED))
    .order_by(sightings.c.id)
    .limit(_LIMIT)
)
FILED = (
    update(sightings)
    .where(
        sightings.c.folder == bindparam("in_folder"),
        sightings.c.generation == bindparam("in_generation"),
        sightings.c.uid == bindparam("with_uid"),
        sightings.c.filed_at.is_(None),
    )
    .values(filed_at=bindparam("moment"))
)
TWIN = (
    select(*_ROW)
    .where(
        mails.c.message_id == bindparam("message_id"),
        mails.c.content_key == bindparam("content_key"),
        mails.c.id < bindparam("mail"),
        mails.c.state == MailState.DECIDED.value,
    )
    .order_by(mails.c.id)
    .limit(1)
)
LIST = select(*_ROW).order_by(mails.c.id)
NEWEST = select(*_ROW).order_by(mails.c.id.desc()).limit(_LIMIT)
SHA = select(mails.c.sha256).where(mails.c.id == bindparam("which"))
SINCE = select(func.count()).select_from(mails).where(mails.c.received >= bindparam("since"))
SETTLED = (
    select(func.count())
    .select_from(mails)
    .where(mails.c.received >= bindparam("since"), mails.c.outcome.is_not(None))
)
COUNT_OPEN = select(func.count()).select_from(mails).where(text(OPEN_MAIL))
COUNT_STUCK = select(func.count()).select_from(mails).where(text(STUCK_MAIL))
COUNT_UNFILED = select(func.count()).select_from(sightings).where(text(UNFILED))
_REJECTED = mails.c.outcome == Outcome.REJECTED.value
OLD = select(mails.c.id, mails.c.sha256).where(
    text(KEPT_MAIL.replace("state", "mails.state")),
    or_(
        and_(_REJECTED, mails.c.received < bindparam("rejected_before")),
        and_(~_REJECTED, mails.c.received < bindparam("before")),
    ),
    ~select(cases.c.id)
    .where(cases.c.mail == mails.c.id, text(LIVE_CASE.replace("status", "cases.status")))
    .exists(),
)
_OF_MAILS = select(cases.c.id).where(cases.c.mail.in_(bindparam("ids", expanding=True)))
PICTURES = select(case_files.c.sha256).where(case_files.c.case.in_(_OF_MAILS))
DROP_PICTURES = delete(case_files).where(case_files.c.case.in_(_OF_MAILS))
DROP_LETTERS = delete(letter_bytes).where(
    letter_bytes.c.letter.in_(
        select(outbox.c.id).where(
            outbox.c.case.in_(_OF_MAILS),
            outbox.c.letter_kind == "question",
            outbox.c.state == RowState.SENT.value,
        )
    )
)
GONE = update(mails).where(mails.c.id.in_(bindparam("ids", expanding=True))).values(raw_gone=true())


def _sighting(dialect: Any) -> Any:  # noqa: ANN401 - the two dialects share no base class
    made = dialect.insert(sightings)
    seen = made.excluded
    return made.on_conflict_do_update(
        index_elements=["folder", "generation", "uid"],
        set_={"mail": seen.mail, "outcome": seen.outcome, "filed_at": None},
    )


SIGHT = {"sqlite": _sighting(sqlite), "postgresql": _sighting(postgresql)}
