"""The memory's tables; ``migrations`` makes the same ones. Asks no question of them.

Every index answers a question that is asked for each mail or each round. A partial index is used
by SQLite only when the query repeats its condition word for word: those words stand here.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.adapters.database.columns import DIGEST, DIGITS, IDENTITY, NAMES, Instant, Words, partial

OPEN_MAIL = "state = 'received'"
STUCK_MAIL = "state = 'stuck'"
KEPT_MAIL = "state = 'decided' AND NOT raw_gone"
UNFILED = "filed_at IS NULL AND outcome IS NOT NULL"
LIVE_CASE = "status <> 'done'"
PLANNED_CASE = "stage = 'approved' AND not_before IS NOT NULL"
ASKED_CASE = "stage = 'asked' AND remind_on IS NOT NULL"
ENDING_CASE = "kind = 'cancel' AND stage IN ('approved', 'confirmed')"
FORM_CASE = "fingerprint <> '' AND stage NOT IN ('rejected', 'linked')"
PLANNED_RECORD = "status = 'planned'"
LIVE_RECORD = "status IN ('planned', 'active')"
ENDED_RECORD = "status = 'ended'"
CLOSED_RECORD = "status = 'closed'"
QUEUED = "state = 'queued'"
SENDING = "state = 'sending'"
SENT_LETTER = "kind = 'send_letter' AND state = 'sent'"
HELD_LETTER = "kind = 'send_letter' AND (put_off OR state IN ('held', 'failed'))"
OPEN_WRITE = "kind = 'write_record' AND state IN ('queued', 'sending')"
OPEN_EVENT = "state = 'open'"

metadata = MetaData(naming_convention=NAMES)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", DIGEST, primary_key=True),  # of the content, not of what is stored
    Column("size", Integer, nullable=False),
    Column("codec", String(8), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

mails = Table(
    "mails",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("sha256", DIGEST, nullable=False, unique=True),
    Column("message_id", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("received", Instant, nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("rule", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("content_key", Words, nullable=False),
    Column("raw_gone", Boolean, nullable=False),
    Index(None, "message_id", "content_key"),
    partial("ix_mails_open", "id", where=OPEN_MAIL),
    partial("ix_mails_stuck", "id", where=STUCK_MAIL),
    partial("ix_mails_kept", "received", where=KEPT_MAIL),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("folder", Words, nullable=False),
    Column("generation", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("mail", IDENTITY, ForeignKey("mails.id"), nullable=False, index=True),
    Column("outcome", String(16)),  # the mail's, once it may be filed
    Column("filed_at", Instant),
    UniqueConstraint("folder", "generation", "uid"),
    partial("ix_sightings_unfiled", "id", where=UNFILED),
)

records = Table(
    "records",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person", DIGITS, nullable=False, unique=True),
    Column("status", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("doc", Text, nullable=False),
    Column("mail", Words),  # as it is compared
    Column("unit_id", Words),
    Column("protected", Boolean),
    partial("ix_records_protected", "id", where="protected"),
    partial("ix_records_mail", "mail", where="mail IS NOT NULL"),
    partial("ix_records_unit", "unit_id", where="unit_id IS NOT NULL"),
    partial("ix_records_ended", "id", where=ENDED_RECORD),
    partial("ix_records_planned", "valid_from", where=PLANNED_RECORD),
    partial("ix_records_live", "valid_until", where=LIVE_RECORD),
    partial("ix_records_closed", "valid_until", where=CLOSED_RECORD),
)

cases = Table(
    "cases",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("person", DIGITS),
    Column("record", IDENTITY, ForeignKey("records.id")),
    Column("fingerprint", String(64), nullable=False),
    Column("mail", IDENTITY, ForeignKey("mails.id")),
    Column("parent", IDENTITY, ForeignKey("cases.id")),
    Column("opened", Instant, nullable=False),
    Column("closed", Instant),
    Column("not_before", Date),
    Column("doc", Text, nullable=False),
    Column("reading", LargeBinary),
    Column("remind_on", Date),
    Column("card", IDENTITY),
    partial("ix_cases_card", "card", where="card IS NOT NULL"),
    partial("ix_cases_person", "person", where="person IS NOT NULL"),
    partial("ix_cases_record", "record", where="record IS NOT NULL"),
    partial("ix_cases_mail", "mail", where="mail IS NOT NULL"),
    partial("ix_cases_parent", "parent", where="parent IS NOT NULL"),
    partial("ix_cases_closed", "closed", where="closed IS NOT NULL"),
    partial("ix_cases_live", "id", where=LIVE_CASE),
    partial("ix_cases_planned", "not_before", "id", where=PLANNED_CASE),
    partial("ix_cases_asked", "remind_on", "id", where=ASKED_CASE),
    partial("ix_cases_form", "fingerprint", "id", where=FORM_CASE),
    partial("ix_cases_ending_opened", "opened", where=ENDING_CASE),
    partial("ix_cases_ending_closed", "closed", where=ENDING_CASE),
)

case_files = Table(
    "case_files",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("case", IDENTITY, ForeignKey("cases.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("sha256", DIGEST, ForeignKey("blobs.sha256"), nullable=False, index=True),
    UniqueConstraint("case", "name", "sha256"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("case", IDENTITY, ForeignKey("cases.id")),
    Column("kind", String(16), nullable=False),
    Column("letter_kind", String(32), nullable=False),
    Column("person", DIGITS),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", Instant, nullable=False),
    Column("queued", Instant, nullable=False),
    Column("sent", Instant),
    Column("message_id", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("error", Words, nullable=False),
    Column("put_off", Boolean, nullable=False),  # by the cap: queued again without an attempt
    Column("effect", Text, nullable=False),
    Column("card", IDENTITY),
    Column("review", IDENTITY),
    partial("ix_outbox_review", "review", where="review IS NOT NULL"),
    partial("ix_outbox_card", "card", where="card IS NOT NULL"),
    partial("ix_outbox_case", "case", where='"case" IS NOT NULL'),
    partial("ix_outbox_message_id", "message_id", where="message_id <> ''"),
    partial("ix_outbox_queued", "kind", "due", "id", where=QUEUED),
    partial("ix_outbox_sending", "id", where=SENDING),
    partial("ix_outbox_sent", "sent", where=SENT_LETTER),
    partial("ix_outbox_held", "id", where=HELD_LETTER),
    partial("ix_outbox_writes", "person", where=OPEN_WRITE),
)

letter_bytes = Table(
    "letter_bytes",
    metadata,
    Column("letter", IDENTITY, ForeignKey("outbox.id"), primary_key=True),
    Column("codec", String(8), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

letter_recipients = Table(  # of letters that may loop: the loop breaker counts by them
    "letter_recipients",
    metadata,
    Column("letter", IDENTITY, ForeignKey("outbox.id"), primary_key=True),
    Column("address", Words, primary_key=True),
    Column("sent", Instant),
    partial("ix_letter_recipients_sent", "address", "sent", where="sent IS NOT NULL"),
)

events = Table(
    "events",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("event", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("created", Instant, nullable=False),
    partial("ix_events_open", "id", where=OPEN_EVENT),
)

runs = Table(
    "runs",
    metadata,
    Column("job", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

marks = Table(  # facts of which there is one each: "clock", "managers"
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("at", Instant),
    Column("text", Text, nullable=False),
)

tallies = Table(  # counts that nobody wants to count anew for each mail
    "tallies",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", IDENTITY, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("ref", Words, nullable=False, index=True),
    Column("detail", Words, nullable=False),
    Column("hash", DIGEST, nullable=False),
)

audit_head = Table(  # one row: the newest line, locked by whoever writes the next
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("line", IDENTITY, nullable=False),
    Column("hash", DIGEST, nullable=False),
    Column("at", Instant),
)

managers = Table(
    "managers",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("name", Words, nullable=False),
    Column("mail", Words, nullable=False),
    Column("unit_id", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("deputy_mail", Words),
    Column("deputy_from", Date),
    Column("deputy_to", Date),
    Column("superior_mail", Words),
    Column("mail_key", Words, nullable=False, index=True),
    Column("deputy_key", Words, index=True),
    Column("unit_key", Words, nullable=False, index=True),
    Column("unit_id_key", Words, nullable=False, index=True),
)
