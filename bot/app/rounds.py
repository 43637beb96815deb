"""The clock's inlet: what has come due since we last looked? Each round only feeds the funnel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.app import card_rounds, example_round, gather, morning, review_rounds
from bot.app.commit import commit
from bot.app.services import Services
from bot.domain import review_following
from bot.domain.calendar import STOCKHOLM, today
from bot.domain.cases import Case, Kind
from bot.domain.decision import Decision, Policy, Step
from bot.domain.effects import SendLetter
from bot.domain.letters import EndingSoon, Letter
from bot.domain.passing import decide_day, decide_due
from bot.domain.protection import gate
from bot.domain.records import Record
from bot.domain.replying import decide_unanswered
from bot.domain.triage import Outcome
from bot.domain.values import PersonId, name_key
from bot.ports.store import Work

BATCH = 200
_HOLIDAYS = 14  # days: no stretch of closed days is longer
_UNDOABLE = timedelta(days=30)  # after that no setting lets an act be undone: its pictures go


def run(services: Services) -> int:
    """Do all that is due at this instant; return how many things were done."""
    now = services.clock()
    day = today(now)
    done = _changes(services, day, now)
    done += _questions(services, day, now)
    done += _records(services, day, now)
    done += card_rounds.chase(services, day, now)
    done += card_rounds.monthly(services, day, now)
    done += card_rounds.drawer(services, day, now)
    done += review_rounds.run(services, day, now)
    done += _endings(services, day, now)
    done += _digest(services, day, now)
    done += _retention(services, day, now)
    return done


def _changes(services: Services, day: date, now: datetime) -> int:
    """Carry out the planned changes whose day has come."""
    count = 0
    while True:
        with services.store.begin() as work:
            cases = work.cases.due(day, BATCH)
            for case in cases:
                record = work.records.get(case.person) if case.person is not None else None
                step = decide_due(case, record, day)
                decision = Decision(Outcome.APPLIED, step.case.why, (step,))
                commit(work, gate(decision, _protected(record)), now=now, actor="bot")
        count += len(cases)
        if len(cases) < BATCH:
            return count


def _questions(services: Services, day: date, now: datetime) -> int:
    """Put unanswered questions again, or hand them to staff; each moves its case's day ahead."""
    count = 0
    while services.working_days.is_open(day):
        with services.store.begin() as work:
            cases = work.cases.asked(day, BATCH)
            decisions = [_asked_again(services, work, case, day) for case in cases]
            for decision in review_following.gathered(decisions):
                commit(work, decision, now=now, actor="bot")
        count += len(cases)
        if len(cases) < BATCH:
            break
    return count


def _asked_again(services: Services, work: Work, case: Case, day: date) -> Decision:
    record = work.records.get(case.person) if case.person is not None else None
    step = _unanswered(case, services.policy, day)
    decision = Decision(Outcome.ASKED_BACK, step.case.why, (step,))
    return gate(decision, _protected(record))


def _unanswered(case: Case, policy: Policy, day: date) -> Step:
    if case.kind in (Kind.LEAVER, Kind.MOVE):
        return review_following.unanswered(case, policy, day)
    return decide_unanswered(case, policy, day)


def _records(services: Services, day: date, now: datetime) -> int:
    """Start, end and remove records by their dates."""
    count = 0
    while True:
        with services.store.begin() as work:
            records = work.records.due(day, services.policy.quarantine_days, BATCH)
            for record in records:
                facts = gather.day_facts(services, work, record)
                decision = gate(decide_day(record, facts), _protected(record))
                commit(work, decision, now=now, actor="bot")
        count += len(records)
        if len(records) < BATCH:
            return count


def _endings(services: Services, day: date, now: datetime) -> int:
    """Tell managers of records that end soon: each rung once, after an outage the highest only."""
    if not services.policy.ending_days or not services.working_days.is_open(day):
        return 0
    count = 0
    with services.store.begin() as work:
        if not work.runs.begin("ending", day.isoformat(), now):
            return 0
        last = day + timedelta(days=max(services.policy.ending_days) + _HOLIDAYS)
        for record in work.records.ending(day, last):
            count += _ending(services, work, record, day, now)
    return count


def _ending(services: Services, work: Work, record: Record, day: date, now: datetime) -> int:
    until = record.entry.valid_until
    if until is None or record.entry.protected or not record.manager_mail:
        return 0
    open_on = services.working_days.on_or_before  # a rung on a closed day goes the day before
    reached = [d for d in services.policy.ending_days if open_on(until - timedelta(d)) <= day]
    if not reached:
        return 0
    left, rung = (until - day).days, min(reached)
    if not work.runs.begin(f"ending/P-{record.id}/{until}", str(rung), now):
        return 0
    content = EndingSoon(record.entry.full_name, record.entry.unit or "", until, left)
    effect = SendLetter(Letter((_manager(work, record, day),), content, rung=f"-{rung}"))
    key = f"ending/P-{record.id}/{until}/{rung}"
    number = work.outbox.put(effect, key, case=None, now=now, due=now)
    work.audit.add("bot", "letter_queued", f"B-{number}", content.kind, now)
    return 1


def _manager(work: Work, record: Record, day: date) -> str:
    """Return the address of the unit's manager on *day*: who ordered may have left since."""
    unit = record.entry.unit_id
    rows = work.managers.by_unit(name_key(unit)) if unit else ()
    now = [r.mail for r in rows if r.unit_id == unit and r.in_force(day)]
    return now[0] if now and record.manager_mail not in now else record.manager_mail


def _digest(services: Services, day: date, now: datetime) -> int:
    """Write the day's digest once, from its hour on, on working days; also when empty."""
    at = services.facts.digest_at
    local = now.astimezone(STOCKHOLM)
    if at is None or not services.facts.staff or local.time() < at:
        return 0
    if not services.working_days.is_open(day):
        return 0
    with services.store.begin() as work:
        since = work.runs.last("digest")
        if not work.runs.begin("digest", day.isoformat(), now):
            return 0
        page = morning.digest_of(services, work, now, since)
        effect = SendLetter(Letter(services.facts.staff, page))
        number = work.outbox.put(effect, morning.key(day), case=None, now=now, due=now)
        work.audit.add("bot", "letter_queued", f"B-{number}", "digest", now)
    return 1


def _retention(services: Services, day: date, now: datetime) -> int:
    """Let go of raw mail whose time is over (domain default: 8 days, rejected 30)."""
    facts = services.facts
    with services.store.begin() as work:
        hold = services.policy.retention.hold
        if hold or not work.runs.begin("retention", day.isoformat(), now):
            return 0
        gone = work.journal.purge(
            before=now - timedelta(days=facts.raw_mail_days),
            rejected_before=now - timedelta(days=facts.rejected_mail_days),
        )
        gone += work.archive.purge(day)
        example_round.keep(services, work, now - _UNDOABLE, day)
        work.acts.purge(now - _UNDOABLE)
        if gone:
            work.audit.add("bot", "raw_mail_purged", "gallring", f"{gone} mejl", now)
    return gone


def _protected(record: Record | None) -> frozenset[PersonId]:
    if record is None or not record.entry.protected:
        return frozenset()
    return frozenset({record.entry.person_id})
