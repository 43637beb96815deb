"""A letter of ours that did not arrive: a work item. Decides nothing else."""

from __future__ import annotations

from datetime import datetime

from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.events import LetterFailed
from bot.domain.triage import Outcome
from bot.domain.values import masked


def undelivered(event: LetterFailed, case: Case | None, now: datetime) -> Decision:
    """A letter that can't be delivered is a work item, never another letter."""
    reason = Reason(
        "letter_failed", f"B-{event.letter} kunde inte levereras: {masked(event.reason)}", "D"
    )
    where = f" i {case.handle}" if case is not None else ""
    trouble = Case(
        kind=Kind.TROUBLE, stage=Stage.STAFF, title=f"Brev kom inte fram{where}", why=reason,
        opened=now, parent=case.id if case is not None else None,
        protected=case.protected if case is not None else False,
        details=(("Mottagare", ", ".join(event.recipients)), ("Brev", event.letter_kind)),
    )  # fmt: skip
    return Decision(Outcome.WITH_STAFF, reason, (Step(trouble),))
