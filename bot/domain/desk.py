"""What a clerk does with a case beside settling it: notes, takes it, asks the manager. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import next_look, question, reply
from bot.domain.card_replying import reported
from bot.domain.cards import VALID
from bot.domain.cases import Case, Kind, Origin, Reason, Stage, Status
from bot.domain.decision import CardStep, Decision, IllegalStepError, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.event_facts import EventFacts
from bot.domain.events import StaffAsked, StaffNoted, StaffReported, StaffTook
from bot.domain.letters import Letter, Point
from bot.domain.questions import Inquiry
from bot.domain.triage import Outcome
from bot.domain.values import masked

TAKEN, NOTE, POLICE = "Tas av", "Anteckning", "Polisanmälan"
ASKS = "En handläggare undrar"
_LONGEST = 500  # characters of a note or a question
_ASKABLE = frozenset({Kind.NEW, Kind.CHANGE, Kind.CANCEL, Kind.SCAN, Kind.MAIL})

DeskEvent = StaffNoted | StaffTook | StaffAsked | StaffReported


def decide_desk(event: DeskEvent, facts: EventFacts) -> Decision:
    """Return what *event* leads to.

    Raises:
        IllegalStepError: the case's state forbids it; the text says why, in Swedish.
    """
    case = facts.case
    if case is None:
        raise IllegalStepError("Det finns inget ärende med det numret.")
    match event:
        case StaffNoted():
            label = f"{NOTE} {facts.today}"
            text = f"{masked(event.text)[:_LONGEST]} ({event.by})"
            return _kept(replace(case, details=(*case.details, (label, text))))
        case StaffTook():
            return _kept(replace(_live(case), details=_taken(case, event.by)))
        case StaffAsked():
            return _asked(event, _live(case), facts)
        case StaffReported():
            return _reported(event, case, facts)


def taken_by(case: Case) -> str:
    """Return the address of the clerk who has taken *case*, "" for nobody."""
    return next((text for name, text in case.details if name == TAKEN), "")


def _taken(case: Case, by: str) -> tuple[tuple[str, str], ...]:
    return (*(d for d in case.details if d[0] != TAKEN), (TAKEN, by))


def _live(case: Case) -> Case:
    if case.status is Status.DONE:
        raise IllegalStepError(f"{case.handle} är redan avslutat.")
    return case


def _kept(case: Case) -> Decision:
    """Return the case with one more word on it; it stands where it stood."""
    return Decision(Outcome.RECORDED, case.why, (Step(case),))


def _asked(event: StaffAsked, case: Case, facts: EventFacts) -> Decision:
    if case.stage not in (Stage.STAFF, Stage.ASKED) or case.kind not in _ASKABLE or case.protected:
        raise IllegalStepError(
            f"{case.handle} är inget som chefen kan svara på här. Mejla eller ring chefen."
        )
    before = case.inquiry
    inquiry = Inquiry(
        facts.today, (Point(ASKS, masked(event.text)[:_LONGEST]),), free=True,
        letters=1 + (before.letters if before is not None else 0),
    )  # fmt: skip
    why = Reason("staff_asks", f"{event.by} har frågat chefen.", "D")
    out = replace(
        case, stage=Stage.ASKED, why=why, inquiry=inquiry, approvable=False,
        remind_on=next_look(inquiry, facts.policy),
    )  # fmt: skip
    return Decision(Outcome.ASKED_BACK, why, (Step(out, (_letter(out, facts),)),))


def _letter(case: Case, facts: EventFacts) -> Effect:
    """Return the question: in the thread of the manager's mail, or to the manager of the unit."""
    if case.origin.answerable:
        return reply(case, question(case))
    if not facts.manager or case.origin != Origin(file=case.origin.file):
        raise IllegalStepError(
            f"{case.handle}: det går inte att skriva till den som skickade mejlet, för avsändaren "
            "är inte säker eller finns inte i chefsregistret. Mejla eller ring chefen."
        )
    return SendLetter(Letter((facts.manager,), question(case)))


def _reported(event: StaffReported, case: Case, facts: EventFacts) -> Decision:
    why = Reason("police_report", f"Polisanmälan: {event.police}.", "S8")
    held = facts.card
    if held is not None and held.card is not None:
        if held.card.lost is None and held.card.status in VALID:
            raise IllegalStepError(
                f"{case.handle}: kortet är inte anmält förlorat. Är det borta? Skriv ”förlorat”."
            )
        step = reported(event.police, CardStep(held.card, said="police report"), held)
        return Decision(Outcome.APPLIED, why, cards=(step,))
    if case.loss is None:
        raise IllegalStepError(f"{case.handle} handlar inte om ett förlorat kort.")
    details = (*case.details, (POLICE, event.police))
    noted = replace(case, loss=replace(case.loss, police=event.police), details=details)
    return Decision(Outcome.APPLIED, why, (Step(noted),))
