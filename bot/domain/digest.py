"""The day folded into one page for staff. Counts and sorts; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import WorkingDays
from bot.domain.calendar import today as day_of
from bot.domain.cards import LENT, Card, shown
from bot.domain.cases import Case, Kind, Priority, Status
from bot.domain.desk import taken_by
from bot.domain.drift import Drift
from bot.domain.letters import Digest, DriftState, Line, ReviewState, WorkRow
from bot.domain.records import Record
from bot.domain.reviews import TAKING, Campaign
from bot.domain.values import masked

SOON = timedelta(days=7)  # a record that ends within so many days is told of
HISTORY = 10  # working days that the trend goes back
MOST_PICTURES = 6
_BY_HAND = frozenset(  # work with cards: it is done, not decided
    {
        Kind.CARD_ORDER, Kind.RESERVE_ORDER, Kind.CARD_RETURN, Kind.DEREGISTER, Kind.BLOCK,
        Kind.RECEIPT, Kind.CARD_CHECK, Kind.NO_ORDER, Kind.POLICE, Kind.STOCK, Kind.BY_HAND,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DaySeen:
    """What the memory says about the time since the last digest."""

    day: date
    live: tuple[Case, ...]  # all cases that are not done
    closed: tuple[Case, ...]  # done since the last digest, or somewhat before
    mails: int  # that came since the last digest
    letters: int  # that went since then
    held: int  # letters that wait for a person or for the cap
    health: tuple[Line, ...]
    since: datetime | None = None  # when staff were told last
    before: Digest | None = None  # what they were told
    lent: tuple[Card, ...] = ()  # reserve cards that are with somebody
    ending: tuple[Record, ...] = ()  # records that end within a week
    campaign: Campaign | None = None
    counts: tuple[tuple[str, int], ...] = ()  # of the campaign's reviews by status
    drifts: tuple[Drift, ...] = ()  # that are not over, of nobody who is protected


def fold(seen: DaySeen, now: datetime, days: WorkingDays | None = None) -> Digest:
    """Return the digest: urgent first, then by age; protected cases only as a number."""
    live = [c for c in seen.live if not c.protected]
    mine = [c for c in live if c.status is Status.OPEN]
    urgent = [c for c in mine if c.priority is Priority.URGENT]
    calm = [c for c in mine if c.priority is not Priority.URGENT]
    done = [c for c in seen.closed if not c.protected and not _was_told(c, seen)]
    decide = [c for c in calm if c.kind not in _BY_HAND]
    return Digest(
        day=seen.day,
        urgent=_rows(urgent, now),
        today=_rows((c for c in calm if c.kind in _BY_HAND), now),
        open=_with_pictures(decide, _rows(decide, now)),
        waiting=(*_rows((c for c in live if c.status is Status.WAITING), now), *_late(seen, now)),
        done=_rows(done, now),
        ending=_ending(seen),
        review=_review(seen),
        protected=sum(c.protected and c.status is not Status.DONE for c in seen.live),
        mails=seen.mails,
        letters=seen.letters,
        held=seen.held,
        health=seen.health,
        trend=_trend(seen, days) if days is not None else (),
        since=seen.since,
        drift=_drift(seen, live),
    )


def _was_told(case: Case, seen: DaySeen) -> bool:
    """Tell whether the last digest told that *case* was done.

    One that was done before it, but saved after it, was not: instants alone do not tell.
    """
    if seen.before is None or seen.since is None:
        return False
    told = any(row.handle == case.handle for row in seen.before.done)
    return told and case.closed is not None and case.closed <= seen.since


def _rows(cases: Iterable[Case], now: datetime) -> tuple[WorkRow, ...]:
    return tuple(
        WorkRow(
            handle=c.handle,
            title=masked(c.title),
            why=masked(c.why.text),
            age_days=(day_of(now) - day_of(c.opened)).days,
            urgent=c.priority is Priority.URGENT,
            by=taken_by(c),
        )
        for c in sorted(cases, key=lambda c: c.id)
    )


def _with_pictures(cases: list[Case], rows: tuple[WorkRow, ...]) -> tuple[WorkRow, ...]:
    """Return *rows* with the first picture of each case that shows what could not be read."""
    pictures = {c.handle: name for c in cases if (name := _picture(c))}
    shown_now = [r.handle for r in rows if r.handle in pictures][:MOST_PICTURES]
    return tuple(
        replace(r, picture=pictures[r.handle]) if r.handle in shown_now else r for r in rows
    )


def _picture(case: Case) -> str:
    """Return the name of the picture of the first open question; none of an identity number."""
    inquiry = case.inquiry
    names = [p.picture for p in inquiry.points] if inquiry is not None else []
    return next((n for n in names if n and "person_id" not in n), "")


def _late(seen: DaySeen, now: datetime) -> tuple[WorkRow, ...]:
    """Return the reserve cards whose last day has passed: what they are chased for."""
    day = day_of(now)
    late = [
        c
        for c in seen.lent
        if c.status in LENT and c.due is not None and c.due < day and not c.holder.protected
    ]
    return tuple(
        WorkRow(
            c.handle, f"Reservkort {shown(c.number)}: {c.holder.name}, {c.holder.unit}",
            f"Skulle ha varit tillbaka {c.due}. {_chased(c)}", (day - c.due).days,
        )
        for c in sorted(late, key=lambda c: c.id)
        if c.due is not None
    )  # fmt: skip


def _chased(card: Card) -> str:
    count = len(card.rungs)
    return "Ingen påminnelse har gått." if not count else f"Påmint {count} gånger."


def _ending(seen: DaySeen) -> tuple[WorkRow, ...]:
    return tuple(
        WorkRow(
            f"P-{r.id}", f"{r.entry.full_name}, {r.entry.unit or 'utan enhet'}",
            f"Posten går ut {r.entry.valid_until}.", 0,
        )
        for r in sorted(seen.ending, key=lambda r: (r.entry.valid_until or seen.day, r.id))
        if not r.entry.protected
    )  # fmt: skip


def _review(seen: DaySeen) -> ReviewState | None:
    campaign = seen.campaign
    if campaign is None or campaign.state not in TAKING:
        return None
    counts = dict(seen.counts)
    answered = counts.get("answered", 0) + counts.get("closed", 0)
    return ReviewState(campaign.name, answered, sum(counts.values()), campaign.ends)


def _drift(seen: DaySeen, live: list[Case]) -> DriftState | None:
    if not seen.drifts:
        return None
    asking = {c.id for c in live if c.kind is Kind.DRIFT}
    new = [
        c.handle
        for c in live
        if c.kind is Kind.DRIFT and (seen.since is None or c.opened > seen.since)
    ]
    answered = sum(d.case not in asking for d in seen.drifts)
    return DriftState(len(seen.drifts), answered, tuple(new))


def _trend(seen: DaySeen, days: WorkingDays) -> tuple[tuple[date, int], ...]:
    """Return how many cases were not done at the end of each of the last working days.

    Days before the last digest stand in it, so that nobody counts them again.
    """
    known = seen.before.trend if seen.before is not None else ()
    day = days.on_or_before(seen.day - timedelta(days=1))
    begun = known[-1][0] if known else days.on_or_before(day - timedelta(days=1))
    new: list[tuple[date, int]] = []
    while day > begun and len(new) < HISTORY:
        new.append((day, sum(_stood(c, day) for c in (*seen.live, *seen.closed))))
        day = days.on_or_before(day - timedelta(days=1))
    return (*known, *reversed(new))[-HISTORY:]


def _stood(case: Case, day: date) -> bool:
    """Tell whether *case* was there, and not done, when *day* ended."""
    closed = day_of(case.closed) if case.closed is not None else None
    return day_of(case.opened) <= day and (closed is None or closed > day)
