"""The first edition of the memory: a frozen copy of the tables as they were then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import DIGEST, DIGITS, IDENTITY, NAMES, Instant, Words, partial

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMES)

sa.Table(
    "blobs",
    metadata,
    sa.Column("sha256", DIGEST, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("codec", sa.String(8), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

sa.Table(
    "mails",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("sha256", DIGEST, nullable=False, unique=True),
    sa.Column("message_id", Words, nullable=False),
    sa.Column("sender", Words, nullable=False),
    sa.Column("subject", Words, nullable=False),
    sa.Column("received", Instant, nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("outcome", sa.String(16)),
    sa.Column("rule", Words, nullable=False),
    sa.Column("why", Words, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("content_key", Words, nullable=False),
    sa.Column("raw_gone", sa.Boolean, nullable=False),
    sa.Index(None, "message_id", "content_key"),
    partial("ix_mails_open", "id", where="state = 'received'"),
    partial("ix_mails_stuck", "id", where="state = 'stuck'"),
    partial("ix_mails_kept", "received", where="state = 'decided' AND NOT raw_gone"),
)

sa.Table(
    "sightings",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("folder", Words, nullable=False),
    sa.Column("generation", Words, nullable=False),
    sa.Column("uid", Words, nullable=False),
    sa.Column("mail", IDENTITY, sa.ForeignKey("mails.id"), nullable=False, index=True),
    sa.Column("outcome", sa.String(16)),
    sa.Column("filed_at", Instant),
    sa.UniqueConstraint("folder", "generation", "uid"),
    partial("ix_sightings_unfiled", "id", where="filed_at IS NULL AND outcome IS NOT NULL"),
)

sa.Table(
    "records",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("person", DIGITS, nullable=False, unique=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("doc", sa.Text, nullable=False),
    partial("ix_records_planned", "valid_from", where="status = 'planned'"),
    partial("ix_records_live", "valid_until", where="status IN ('planned', 'active')"),
    partial("ix_records_closed", "valid_until", where="status = 'closed'"),
)

sa.Table(
    "cases",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("person", DIGITS),
    sa.Column("record", IDENTITY, sa.ForeignKey("records.id")),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("mail", IDENTITY, sa.ForeignKey("mails.id")),
    sa.Column("parent", IDENTITY, sa.ForeignKey("cases.id")),
    sa.Column("opened", Instant, nullable=False),
    sa.Column("closed", Instant),
    sa.Column("not_before", sa.Date),
    sa.Column("doc", sa.Text, nullable=False),
    sa.Column("reading", sa.LargeBinary),
    partial("ix_cases_person", "person", where="person IS NOT NULL"),
    partial("ix_cases_record", "record", where="record IS NOT NULL"),
    partial("ix_cases_mail", "mail", where="mail IS NOT NULL"),
    partial("ix_cases_parent", "parent", where="parent IS NOT NULL"),
    partial("ix_cases_closed", "closed", where="closed IS NOT NULL"),
    partial("ix_cases_live", "id", where="status <> 'done'"),
    partial(
        "ix_cases_planned",
        "not_before",
        "id",
        where="stage = 'approved' AND not_before IS NOT NULL",
    ),
    partial(
        "ix_cases_form",
        "fingerprint",
        "id",
        where="fingerprint <> '' AND stage NOT IN ('rejected', 'linked')",
    ),
    partial(
        "ix_cases_ending_opened",
        "opened",
        where="kind = 'cancel' AND stage IN ('approved', 'confirmed')",
    ),
    partial(
        "ix_cases_ending_closed",
        "closed",
        where="kind = 'cancel' AND stage IN ('approved', 'confirmed')",
    ),
)

sa.Table(
    "case_files",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("case", IDENTITY, sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("sha256", DIGEST, sa.ForeignKey("blobs.sha256"), nullable=False, index=True),
    sa.UniqueConstraint("case", "name", "sha256"),
)

sa.Table(
    "outbox",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("case", IDENTITY, sa.ForeignKey("cases.id")),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("letter_kind", sa.String(32), nullable=False),
    sa.Column("person", DIGITS),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("queued", Instant, nullable=False),
    sa.Column("sent", Instant),
    sa.Column("message_id", Words, nullable=False),
    sa.Column("subject", Words, nullable=False),
    sa.Column("error", Words, nullable=False),
    sa.Column("put_off", sa.Boolean, nullable=False),
    sa.Column("effect", sa.Text, nullable=False),
    partial("ix_outbox_case", "case", where='"case" IS NOT NULL'),
    partial("ix_outbox_message_id", "message_id", where="message_id <> ''"),
    partial("ix_outbox_queued", "kind", "due", "id", where="state = 'queued'"),
    partial("ix_outbox_sending", "id", where="state = 'sending'"),
    partial("ix_outbox_sent", "sent", where="kind = 'send_letter' AND state = 'sent'"),
    partial(
        "ix_outbox_held",
        "id",
        where="kind = 'send_letter' AND (put_off OR state IN ('held', 'failed'))",
    ),
    partial(
        "ix_outbox_writes",
        "person",
        where="kind = 'write_record' AND state IN ('queued', 'sending')",
    ),
)

sa.Table(
    "letter_bytes",
    metadata,
    sa.Column("letter", IDENTITY, sa.ForeignKey("outbox.id"), primary_key=True),
    sa.Column("codec", sa.String(8), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

sa.Table(
    "letter_recipients",
    metadata,
    sa.Column("letter", IDENTITY, sa.ForeignKey("outbox.id"), primary_key=True),
    sa.Column("address", Words, primary_key=True),
    sa.Column("sent", Instant),
    partial("ix_letter_recipients_sent", "address", "sent", where="sent IS NOT NULL"),
)

sa.Table(
    "events",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("created", Instant, nullable=False),
    partial("ix_events_open", "id", where="state = 'open'"),
)

sa.Table(
    "runs",
    metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

sa.Table(
    "marks",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("at", Instant),
    sa.Column("text", sa.Text, nullable=False),
)

sa.Table(
    "tallies",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)

sa.Table(
    "audit",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("action", Words, nullable=False),
    sa.Column("ref", Words, nullable=False, index=True),
    sa.Column("detail", Words, nullable=False),
    sa.Column("hash", DIGEST, nullable=False),
)

sa.Table(
    "audit_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("line", IDENTITY, nullable=False),
    sa.Column("hash", DIGEST, nullable=False),
    sa.Column("at", Instant),
)

sa.Table(
    "managers",
    metadata,
    sa.Column("id", IDENTITY, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("mail", Words, nullable=False),
    sa.Column("unit_id", Words, nullable=False),
    sa.Column("unit", Words, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("deputy_mail", Words),
    sa.Column("deputy_from", sa.Date),
    sa.Column("deputy_to", sa.Date),
    sa.Column("superior_mail", Words),
    sa.Column("mail_key", Words, nullable=False, index=True),
    sa.Column("deputy_key", Words, index=True),
    sa.Column("unit_key", Words, nullable=False, index=True),
    sa.Column("unit_id_key", Words, nullable=False, index=True),
)


_SQLITE = tuple(
    f"""CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
    for what in ("UPDATE", "DELETE")
)
_POSTGRES = (
    """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
       FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
)


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection, checkfirst=False)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)
    tables = metadata.tables
    connection.execute(
        sa.insert(tables["tallies"]),
        [{"name": name, "value": 0} for name in ("mails_decided", "records_live")],
    )
    connection.execute(sa.insert(tables["audit_head"]), {"one": 1, "line": 0, "hash": "0" * 64})
