"""The desk's book: a clerk's act goes through the funnel and is noted, so it can be undone."""

from __future__ import annotations

from bot.app.act_trail import Noted, refs_of
from bot.app.deciding import decide_and_commit
from bot.app.services import Services
from bot.domain.events import Event
from bot.domain.staff_acts import Act, Via
from bot.domain.values import MailId
from bot.ports.store import Work


def acting(
    services: Services, work: Work, event: Event, *, by: str, via: Via, mail: MailId | None = None
) -> Act:
    """Run a clerk's event through the funnel, inside the transaction *work*, and note it.

    Raises:
        IllegalStepError: the case or the card can't take this step.
        ConflictError: another hand was quicker.
    """
    noted = Noted(work)
    decide_and_commit(services, noted.work, event, actor=by)
    ref = refs_of(event)[0]
    return work.acts.save(Act(services.clock(), by, via, ref, event.kind, noted.trail(), mail=mail))
