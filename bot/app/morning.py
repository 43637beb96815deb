"""What stands in the morning's letter to staff, looked up in one transaction. Counts nothing twice.

The work grows with what is open and what has happened lately, never with all that ever was.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.app import veil
from bot.app.drifting import JOB
from bot.app.services import Services
from bot.domain.calendar import STOCKHOLM, start_of, today
from bot.domain.digest import SOON, DaySeen, fold
from bot.domain.drift import Drift
from bot.domain.effects import SendLetter
from bot.domain.letters import Digest, Line
from bot.domain.reviews import Campaign
from bot.ports.store import Work

_SLOW = timedelta(hours=1)  # a case may be saved so long after the instant at which it was done
_INSTANT = timedelta(microseconds=1)


def digest_of(services: Services, work: Work, now: datetime, since: datetime | None) -> Digest:
    """Return the office's state at *now*; *since* is when staff were told last, None never."""
    day = today(now)
    before = _told(work, since)
    first = since + _INSTANT if since is not None else start_of(day) - timedelta(days=1)
    campaign = _running(work)
    counts = work.reviews.counts(campaign.id) if campaign is not None else {}
    seen = DaySeen(
        day=day,
        live=veil.veiled(work, work.cases.list(open_only=True)),
        closed=veil.veiled(work, work.cases.closed_since(first - _SLOW if before else first)),
        mails=work.journal.received_since(first),
        letters=work.outbox.sent_to("", first),
        held=work.outbox.held(),
        health=_health(work, first),
        since=since,
        before=before,
        lent=work.cards.lent(),
        ending=work.records.ending(day, day + SOON),
        campaign=campaign,
        counts=tuple(sorted(counts.items())),
        drifts=_drifts(work),
    )
    return fold(seen, now, services.working_days)


def key(day: date) -> str:
    """Return the key of the letter of *day* in the outbox."""
    return f"digest/{day}"


def _told(work: Work, since: datetime | None) -> Digest | None:
    """Return what staff were told last."""
    row = work.outbox.keyed(key(today(since))) if since is not None else None
    content = row.effect.letter.content if row and isinstance(row.effect, SendLetter) else None
    return content if isinstance(content, Digest) else None


def _running(work: Work) -> Campaign | None:
    """Return the newest campaign that is not over."""
    return next((c for c in reversed(work.reviews.campaigns()) if not c.is_over), None)


def _drifts(work: Work) -> tuple[Drift, ...]:
    """Return the differences from the catalogue of all who are not protected on either side."""
    protected = {record.entry.person_id for record in work.records.protected()}
    rows = work.drifts.open()
    return tuple(d for d in rows if (d.ours or d.theirs) and d.person not in protected)


def _health(work: Work, after: datetime) -> tuple[Line, ...]:
    counts = work.journal.counts()
    poll = work.journal.last_poll()
    came, settled = work.journal.received_since(after), work.journal.settled_since(after)
    read = f"{poll.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}" if poll is not None else "aldrig"
    compared = work.runs.last(JOB)
    catalogue = (
        (Line("Katalogen jämfördes senast", f"{compared.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}"),)
        if compared is not None
        else ()
    )
    match = "stämmer" if came == settled else f"{came - settled} väntar"
    return (
        Line("Brevlådan svarade senast", read),
        Line("Mejl in och avgjorda sedan sist", f"{came} och {settled}: {match}"),
        Line("Mejl som väntar på att läsas", str(counts.get("open", 0))),
        Line("Mejl som lagts åt sidan", str(counts.get("stuck", 0))),
        Line("Behandlade mejl som ligger kvar i inkorgen", str(counts.get("unfiled", 0))),
        *catalogue,
    )
