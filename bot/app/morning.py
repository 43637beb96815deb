"""What stands in the morning's letter to staff, looked up in one transaction. Counts nothing twice.

The work grows with what is open and what has happened lately, never with all that ever was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.app.services import Services
from bot.domain.calendar import STOCKHOLM, start_of, today
from bot.domain.cases import Case
from bot.domain.digest import HISTORY, SOON, DaySeen, fold
from bot.domain.letters import Digest, Line
from bot.domain.reviews import Campaign
from bot.ports.store import Work

_LATELY = timedelta(days=HISTORY * 3)  # holds so many working days, Christmas and all


def digest_of(services: Services, work: Work, now: datetime, since: datetime | None) -> Digest:
    """Return the office's state at *now*; *since* is when staff were told last, None never."""
    day = today(now)
    lately = start_of(day - _LATELY)
    after = since if since is not None else start_of(day) - timedelta(days=1)
    campaign = _running(work)
    counts = work.reviews.counts(campaign.id) if campaign is not None else {}
    seen = DaySeen(
        day=day,
        live=_hidden(work, work.cases.list(open_only=True)),
        closed=_hidden(work, work.cases.closed_since(min(lately, after))),
        mails=work.journal.received_since(after),
        letters=work.outbox.sent_to("", after),
        held=work.outbox.held(),
        health=_health(work, after),
        since=after,
        lent=work.cards.lent(),
        ending=work.records.ending(day, day + SOON),
        campaign=campaign,
        counts=tuple(sorted(counts.items())),
    )
    return fold(seen, now, services.working_days)


def _hidden(work: Work, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Return *cases*, those of whoever has become protected since they were opened as such."""
    people = {record.entry.person_id for record in work.records.protected()}
    return tuple(replace(c, protected=True) if c.person in people else c for c in cases)


def _running(work: Work) -> Campaign | None:
    """Return the newest campaign that is not over."""
    return next((c for c in reversed(work.reviews.campaigns()) if not c.is_over), None)


def _health(work: Work, after: datetime) -> tuple[Line, ...]:
    counts = work.journal.counts()
    poll = work.journal.last_poll()
    came, settled = work.journal.received_since(after), work.journal.settled_since(after)
    read = f"{poll.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}" if poll is not None else "aldrig"
    match = "stämmer" if came == settled else f"{came - settled} väntar"
    return (
        Line("Brevlådan svarade senast", read),
        Line("Mejl in och avgjorda sedan sist", f"{came} och {settled}: {match}"),
        Line("Mejl som väntar på att läsas", str(counts.get("open", 0))),
        Line("Mejl som lagts åt sidan", str(counts.get("stuck", 0))),
        Line("Behandlade mejl som ligger kvar i inkorgen", str(counts.get("unfiled", 0))),
    )
