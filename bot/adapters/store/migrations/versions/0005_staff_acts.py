"""What clerks have done, and how everything stood before: so that it can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import IDENTITY, Instant, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "staff_acts",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("by", Words, nullable=False),
        sa.Column("via", sa.String(16), nullable=False),
        sa.Column("mail", IDENTITY),
        sa.Column("ref", Words, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("undone", Instant),
        sa.Column("undone_by", Words, nullable=False),
        sa.Column("trail", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_staff_acts"),
        sa.ForeignKeyConstraint(["mail"], ["mails.id"], name="fk_staff_acts_mail"),
    )
    _index("ix_staff_acts_mail", ["mail"], "mail IS NOT NULL")
    _index("ix_staff_acts_kept", ["at"], "trail IS NOT NULL")
    op.create_table(
        "staff_act_things",
        sa.Column("ref", sa.String(32), nullable=False),
        sa.Column("act", IDENTITY, nullable=False),
        sa.PrimaryKeyConstraint("ref", "act", name="pk_staff_act_things"),
        sa.ForeignKeyConstraint(["act"], ["staff_acts.id"], name="fk_staff_act_things_act"),
    )


def _index(name: str, columns: list[str], where: str) -> None:
    rows = sa.text(where)
    op.create_index(name, "staff_acts", columns, sqlite_where=rows, postgresql_where=rows)
