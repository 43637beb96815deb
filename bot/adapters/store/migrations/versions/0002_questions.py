"""Asked cases get the day on which they act by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ASKED = "stage = 'asked' AND remind_on IS NOT NULL"


def upgrade() -> None:
    """Add the day; what is asked already is looked at on the next round."""
    op.add_column("cases", sa.Column("remind_on", sa.Date))
    op.execute("UPDATE cases SET remind_on = '2026-01-01' WHERE stage = 'asked'")
    op.create_index(
        "ix_cases_asked",
        "cases",
        ["remind_on", "id"],
        sqlite_where=sa.text(_ASKED),
        postgresql_where=sa.text(_ASKED),
    )
