"""A campaign's lists are frozen: who is asked about whom. Only order; ``review_lists`` decides.

Reviews are saved in small batches, each once: an outage in the middle goes on where it stopped,
and the memory in use does not grow with the register of persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.app.commit import save_review, save_step
from bot.app.review_pages import pages
from bot.app.services import Services
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.cases import Kind, Origin, Reason
from bot.domain.decision import Decision, ReviewStep, Step
from bot.domain.protection import gate
from bot.domain.records import Record, Status
from bot.domain.review_desk import readdress, work
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_lists import (
    Reviewer,
    is_self,
    manager_in_force,
    next_level,
    reviewer_of,
    rows_of,
)
from bot.domain.reviews import TAKING, Campaign, CampaignState, Review
from bot.domain.triage import Outcome
from bot.domain.values import CampaignId, RecordId, address_key
from bot.ports.store import Work

BATCH = 50  # reviews a transaction
_GONE_SHOWN = 40  # names of those who are no longer on the list


@dataclass(slots=True)
class _Plan:
    """Who is asked about which units, and about which single persons of others' units."""

    units: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    reviewers: dict[str, Reviewer] = field(default_factory=dict)
    extra: dict[str, list[RecordId]] = field(default_factory=lambda: defaultdict(list))
    above: dict[str, str] = field(default_factory=dict)  # unit id → the level above its manager
    orphans: dict[str, str] = field(default_factory=dict)  # unit id → its name
    alone: dict[str, list[RecordId]] = field(default_factory=lambda: defaultdict(list))


def begin(work_: Work, name: str, send_on: date, now: datetime) -> Campaign:
    """Open a campaign whose lists are still to be frozen; the one of *name* where it is there.

    In the transaction that marks the quarter as begun: a power cut between them would lose it.
    """
    known = work_.reviews.campaigns()
    same = next((c for c in known if c.name == name), None)
    if same is not None:
        return same
    before = [c.id for c in known if c.state is not CampaignState.STOPPED]
    made = work_.reviews.save_campaign(
        Campaign(name, CampaignState.PREPARING, now, send_on,
                 before=before[-1] if before else None)
    )  # fmt: skip
    work_.audit.add("bot", "campaign_saved", name, made.state.value, now)
    return made


def freeze(services: Services, campaign: Campaign) -> Iterator[Review]:
    """Freeze every manager's list; yield each review as it is saved, or was before."""
    day = today(services.clock())
    with services.store.begin() as work_:
        plan = _plan(work_, day)
        taken = _listed(work_, campaign)
    keys = [*sorted({*plan.units, *plan.extra}), *_orphan_keys(plan)]
    for start in range(0, len(keys), BATCH):
        with services.store.begin() as work_:
            made = [
                _one(services, work_, campaign, plan, key, taken)
                for key in keys[start : start + BATCH]
            ]
        yield from (r for r in made if r is not None)


def _listed(work_: Work, campaign: Campaign) -> set[RecordId]:
    """Return who stands on a list of the campaign already, frozen before an outage."""
    return {row.record for review in pages(work_, campaign.id) for row in review.rows}


def _plan(work_: Work, day: date) -> _Plan:
    plan = _Plan()
    register = work_.managers.list()
    by_unit: dict[str, list[ManagerEntry]] = defaultdict(list)
    for entry in register:
        by_unit[entry.unit_id].append(entry)
    for unit, entries in by_unit.items():
        chief = manager_in_force(entries, day)
        if chief is None:
            continue
        asked = reviewer_of(chief, day)
        plan.units[asked.mail].append(unit)
        plan.above[unit] = asked.superior
        known = plan.reviewers.setdefault(asked.mail, asked)
        plan.reviewers[asked.mail] = _fuller(known, asked)
    managed = {unit for units in plan.units.values() for unit in units}
    for stood in work_.records.units():
        if stood not in managed:
            names = [e.unit for e in by_unit.get(stood or "", ())]
            plan.orphans[stood or ""] = names[-1] if names else ""
    for mail in tuple(plan.units):
        _pass_on(work_, plan, register, mail, day)
    return plan


def _fuller(one: Reviewer, two: Reviewer) -> Reviewer:
    """Return the reviewer of several units: who stands in, and who is above, for all of them.

    Where the units have different levels above, staff are asked: nobody sees another's rows.
    """
    deputy = one.deputy if one.deputy == two.deputy else ""
    return replace(
        one, deputy=deputy, superior=one.superior if same_reader(one.superior, two.superior) else ""
    )


def _pass_on(
    work_: Work, plan: _Plan, register: tuple[ManagerEntry, ...], mail: str, day: date
) -> None:  # fmt: skip
    """Let the next level review a manager who stands on a list of his own (never self)."""
    own = set(plan.units[mail])
    asked = plan.reviewers[mail]
    for record in work_.records.of_units(sorted(own)):
        if record.status is not Status.ACTIVE or not is_self(record, mail, (asked.name,)):
            continue
        above = next_level(register, plan.above[record.entry.unit_id or ""], day)
        if above is None or is_self(record, above.mail, (above.name,)):
            plan.alone[record.entry.unit_id or ""].append(record.id)
            continue
        plan.extra[above.mail].append(record.id)
        plan.reviewers.setdefault(above.mail, above)


def _orphan_keys(plan: _Plan) -> list[str]:
    units = [f"unit:{unit}" for unit in sorted(plan.orphans)]
    return units + [f"self:{unit}" for unit in sorted(plan.alone)]


def _one(
    services: Services, work_: Work, campaign: Campaign, plan: _Plan, key: str,
    taken: set[RecordId],
) -> Review | None:  # fmt: skip
    """Save the review for *key*, once; None where nobody stands on its list.

    Whoever is *taken* stands on another's list: the register has changed since it was frozen.
    """
    known = work_.reviews.of_key(campaign.id, key)
    if known is not None:
        return known
    records, asked = _records(work_, plan, key)
    earlier = _earlier(work_, campaign.before, key)
    before = None if earlier is None else frozenset(r.record for r in earlier.rows)
    rows = rows_of((r for r in records if r.id not in taken), before)
    if not rows:
        return None
    now = {r.record for r in rows}
    taken |= now
    gone = _gone(work_, earlier, now)
    review = work_.reviews.save(
        Review(campaign.id, asked.mail, asked.name, rows, key=key, deputy=asked.deputy,
               superior=asked.superior, gone=gone)
    )  # fmt: skip
    if not asked.mail:
        _to_staff(services, work_, campaign, review)
    return review


def _records(work_: Work, plan: _Plan, key: str) -> tuple[tuple[Record, ...], Reviewer]:
    if key.startswith("unit:"):
        unit = key.removeprefix("unit:")
        found = work_.records.of_units((unit,)) if unit else work_.records.without_unit()
        return found, Reviewer("", plan.orphans[unit])
    if key.startswith("self:"):
        unit = key.removeprefix("self:")
        return _by_id(work_, plan.alone[unit]), Reviewer("", "")
    asked = plan.reviewers[key]
    theirs = work_.records.of_units(plan.units.get(key, ()))
    mine = tuple(r for r in theirs if not is_self(r, asked.mail, (asked.name,)))
    return (*mine, *_by_id(work_, plan.extra.get(key, []))), asked


def _by_id(work_: Work, wanted: list[RecordId]) -> tuple[Record, ...]:
    found = (work_.records.by_id(number) for number in wanted)
    return tuple(r for r in found if r is not None)


def _earlier(work_: Work, before: CampaignId | None, key: str) -> Review | None:
    return work_.reviews.of_key(before, key) if before is not None else None


def _gone(work_: Work, earlier: Review | None, now: set[RecordId]) -> tuple[str, ...]:
    """Return the names of those who stood on the list before and do not now."""
    if earlier is None:
        return ()
    names = []
    for row in earlier.rows:
        record = work_.records.by_id(row.record) if row.record not in now else None
        if record is not None and not record.entry.protected:
            names.append(f"{record.entry.given_name or ''} {record.entry.surname}".strip())
    return tuple(names[:_GONE_SHOWN])


def _to_staff(services: Services, work_: Work, campaign: Campaign, review: Review) -> None:
    """Give staff a list that nobody can be asked about."""
    now = services.clock()
    facts = ReviewFacts(now, today(now), services.policy, campaign, review)
    names = sorted({r.unit or "ingen enhet" for r in review.rows})
    why = Reason("no_reviewer", "Ingen chef i registret kan få frågan.", "S2")
    rows = (
        ("Enhet", ", ".join(names)), ("Personer", str(len(review.rows))),
        ("Att göra", f"ange vem som ska få frågan: {readdress(review.handle)}"),
    )  # fmt: skip
    title = f"Enhet utan chef i granskningen: {', '.join(names)}"
    case = work(Kind.REVIEW, title, why, facts, Origin(), rows)
    step = ReviewStep(review, works=((None, Step(replace(case, title=title))),), said="no reviewer")
    save_review(work_, step, now=now, actor="bot")


def by_hand(services: Services, work_: Work, campaign: Campaign, now: datetime) -> int:
    """Open a work item for each protected person, once: named staff review them by hand."""
    count = 0
    for record in work_.records.protected():
        if record.status is not Status.ACTIVE:
            continue
        count += 1
        period = f"P-{record.id}"
        if not work_.runs.begin(f"review_manual/{campaign.name}", period, now):
            continue
        facts = ReviewFacts(
            now, today(now), services.policy, campaign, Review(campaign.id, "", "", ())
        )
        why = Reason("protected", "Granskas för hand.", "F")
        case = replace(
            work(Kind.REVIEW_MANUAL, "Granska för hand", why, facts, Origin()),
            person=record.entry.person_id, record=record.id, protected=True, review=None,
        )  # fmt: skip
        decision = gate(
            Decision(Outcome.WITH_STAFF, why, (Step(case),)), {record.entry.person_id}
        )  # fmt: skip
        save_step(work_, decision.steps[0], parent=None, now=now, actor="bot")
    return count


def may_begin(work_: Work) -> str:
    """Return why no campaign may be begun now, "" where it may: one runs at a time."""
    busy = [c for c in work_.reviews.campaigns() if c.state in TAKING]
    return busy[-1].name if busy else ""


def same_reader(one: str, two: str) -> bool:
    """Tell whether two addresses are one reader's."""
    return address_key(one) == address_key(two) != ""
