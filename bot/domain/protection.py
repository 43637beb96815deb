"""The one gate that every decision passes before it is committed: protected persons stay unseen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.domain.cases import Stage
from bot.domain.decision import Decision, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Letter
from bot.domain.triage import Outcome
from bot.domain.values import PersonId

TITLE = "Ärende för särskild handläggare"
NEUTRAL = "Ärendet handläggs av en person."
_HARMLESS = frozenset({"handed_over"})


def gate(decision: Decision, protected: Collection[PersonId]) -> Decision:
    """Return *decision* with nothing in it that could show a protected person to anybody.

    A case of one of *protected*, or flagged itself, keeps its data in the database for the named
    staff, but has a neutral title, no details, no approval by the common queue, and of its
    effects only the letter that says the same to everybody. The mail's own reason is as neutral.
    """
    steps = tuple(_shield(step, protected, inherited=False) for step in decision.steps)
    why, outcome = decision.why, decision.outcome
    for before, after in zip(decision.steps, steps, strict=True):
        if not after.case.protected:
            continue
        why = replace(why, text=NEUTRAL) if why == before.case.why else why
        if after.case.stage is not before.case.stage:
            outcome = Outcome.WITH_STAFF
    return replace(decision, steps=steps, why=why, outcome=outcome)


def _shield(step: Step, protected: Collection[PersonId], *, inherited: bool) -> Step:
    case = step.case
    covered = inherited or case.protected or (case.person is not None and case.person in protected)
    children = tuple(_shield(c, protected, inherited=covered) for c in step.children)
    if not covered:
        return replace(step, children=children)
    stage = Stage.STAFF if case.stage in (Stage.ASKED, Stage.APPROVED) else case.stage
    shielded = replace(
        case, protected=True, title=TITLE, details=(), approvable=False, plan=None, stage=stage,
        why=replace(case.why, text=NEUTRAL),
        origin=replace(case.origin, file=""),
    )  # fmt: skip
    return Step(shielded, tuple(e for e in step.effects if _harmless(e)), children, step.files)


def _harmless(effect: Effect) -> bool:
    return isinstance(effect, SendLetter) and may_leave(effect.letter)


def may_leave(letter: Letter) -> bool:
    """Tell whether *letter* of a protected person's case may go: it says the same to everybody."""
    return letter.kind in _HARMLESS
