"""Rows of the memory: what a mail, a letter on its way and an audit line look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.effects import Effect
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, LetterId, MailId


class MailState(StrEnum):
    """How far a mail has come."""

    RECEIVED = "received"
    DECIDED = "decided"
    STUCK = "stuck"  # failed three times: set aside, shown to staff, never retried by itself


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in the journal; the raw bytes are fetched apart."""

    id: MailId
    sha256: str
    message_id: str
    sender: str
    subject: str
    received: datetime
    state: MailState
    outcome: Outcome | None
    rule: str
    why: str
    attempts: int
    content_key: str = ""  # of what the mail says, without trace headers: tells copies


class RowState(StrEnum):
    """How far an outbox row has come."""

    QUEUED = "queued"
    SENDING = "sending"  # handed over, answer not yet known: found so after a crash = in doubt
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"  # overtaken before it went: its card is back


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An effect on its way; ``key`` is deterministic, so the same effect can't enter twice."""

    id: LetterId
    key: str
    case: CaseId | None
    effect: Effect
    state: RowState
    attempts: int
    due: datetime
    queued: datetime
    message_id: str = ""
    subject: str = ""
    sent: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the audit log; ``hash`` covers the line and the hash before it."""

    id: int
    at: datetime
    actor: str
    action: str
    ref: str
    detail: str
    hash: str


__all__ = ["AuditRow", "MailRow", "MailState", "OutboxRow", "Outcome", "RowState"]
