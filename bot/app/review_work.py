"""What staff do with a campaign by hand: start, release, pause, extend, stop, re-address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.app import review_preparing, review_rounds, review_selftest
from bot.app.commit import save_campaign, save_review
from bot.app.review_pages import pages
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.decision import ReviewStep
from bot.domain.letters import Letter
from bot.domain.review_chase import letter_of
from bot.domain.review_lists import Reviewer, is_self, next_level
from bot.domain.reviews import OVER, TAKING, Campaign, CampaignState, Review, ReviewStatus, settled
from bot.domain.values import ReviewId, address_key
from bot.ports.store import Work

PAGE = 200


class NotNowError(Exception):
    """The campaign's state forbids it; the text says why and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter as it would go today."""

    review: Review
    subject: str
    text: str
    fault: str = ""  # why it will not go: it can't be read back


def newest(work: Work) -> Campaign | None:
    """Return the campaign that staff mean: the newest that is not stopped."""
    found = [c for c in work.reviews.campaigns() if c.state is not CampaignState.STOPPED]
    return found[-1] if found else None


def start(services: Services) -> Campaign:
    """Open a campaign by hand, before the calendar does; one that is prepared is returned.

    Raises:
        NotNowError: a campaign runs already, or there is no register of managers.
    """
    now = services.clock()
    day = today(now)
    with services.store.begin() as work:
        current = newest(work)
        if current is not None and current.state in TAKING:
            raise NotNowError(
                f"Granskningen {current.name} pågår. Se ”ekbot review status”; avbryt den med "
                "”ekbot review stop” om den ska börja om."
            )
        if current is not None and current.state not in OVER:
            return current
        if not work.managers.list():
            raise NotNowError("Det finns inga chefer i registret. Läs in dem först.")
        if not work.records.units():
            raise NotNowError("Det finns inga aktiva personer att fråga om.")
        taken = {c.name for c in work.reviews.campaigns()}
        for month in services.policy.review.months:
            if (month + 2) // 3 == (day.month + 2) // 3:  # the calendar need not begin it too
                work.runs.begin("review", f"{day.year}-{month:02d}", now)
        name = review_rounds.quarter(day.year, day.month)
        number = next(n for n in range(1, len(taken) + 2) if _named(name, n) not in taken)
        return review_preparing.begin(work, _named(name, number), day, now)


def _named(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def release(services: Services, campaign: Campaign, by: str) -> Campaign:
    """Let the letters of a prepared campaign go at once.

    Raises:
        NotNowError: it is not prepared.
    """
    now = services.clock()
    with services.store.begin() as work:
        fresh = work.reviews.campaign(campaign.id)
        if fresh is None or fresh.state is not CampaignState.PREPARED:
            raise NotNowError(f"Granskningen {campaign.name} är inte klar att släppa.")
        soon = replace(fresh, send_on=min(fresh.send_on, today(now)))
        return review_rounds.release(services, work, soon, by=by, now=now)


def set_state(services: Services, wanted: CampaignState, by: str) -> Campaign:
    """Pause, resume or stop the campaign that is under way.

    Raises:
        NotNowError: there is none, or it is in that state.
    """
    now = services.clock()
    with services.store.begin() as work:
        current = _current(work)
        if wanted is CampaignState.RUNNING and current.state is not CampaignState.PAUSED:
            raise NotNowError(f"Granskningen {current.name} är inte pausad.")
        if wanted is CampaignState.PAUSED and current.state is not CampaignState.RUNNING:
            raise NotNowError(f"Granskningen {current.name} går inte just nu.")
        if wanted is CampaignState.STOPPED:
            _drop_release(work, current, by, now)
        return save_campaign(work, replace(current, state=wanted), now=now, actor=by)


def _drop_release(work: Work, campaign: Campaign, by: str, now: datetime) -> None:
    case = work.cases.get(campaign.case) if campaign.case is not None else None
    if case is not None and case.kind is Kind.RELEASE and case.closed is None:
        why = Reason("stopped", f"Granskningen avbröts av {by}.", "D")
        gone = replace(case, stage=Stage.REJECTED, why=why, closed=now, approvable=False)
        work.cases.save(gone)


def _current(work: Work) -> Campaign:
    found = newest(work)
    if found is None or found.state in OVER:
        raise NotNowError("Ingen granskning pågår.")
    return found


def extend(services: Services, days: int, by: str) -> Campaign:
    """Give every manager who has not answered so many working days more.

    Raises:
        NotNowError: no campaign is under way.
    """
    now, calendar = services.clock(), services.working_days
    with services.store.begin() as work:
        current = _current(work)
        if current.ends is None:
            raise NotNowError(f"Granskningen {current.name} är inte släppt än.")
        for review in pages(work, current.id):
            if review.next_on is not None and review.began is not None:
                later = calendar.after(review.next_on, days)
                work.reviews.save(
                    replace(review, shift=review.shift + days, next_on=later)
                )  # fmt: skip
        longer = replace(current, ends=calendar.after(current.ends, days))
        work.audit.add(by, "campaign_extended", current.name, f"{days} arbetsdagar", now)
        return save_campaign(work, longer, now=now, actor=by)


def readdress(services: Services, which: ReviewId, to: str, by: str) -> Review:
    """Ask somebody else: the letter goes to *to* at once, with the rows that are open.

    Raises:
        NotNowError: there is no such review, it is done, or its campaign is over.
    """
    now = services.clock()
    day, address = today(now), address_key(to)
    with services.store.begin() as work:
        review = work.reviews.get(which)
        campaign = work.reviews.campaign(review.campaign) if review is not None else None
        if review is None or campaign is None:
            raise NotNowError(f"Det finns ingen granskning G-{which}.")
        if campaign.is_over or not review.open_rows():
            raise NotNowError(f"{review.handle} är klar eller avslutad.")
        asked = _reviewer(work, address, day)
        records = (work.records.by_id(r.record) for r in review.open_rows())
        if any(r is not None and is_self(r, address, (asked.name,)) for r in records):
            raise NotNowError(f"{to} står själv på listan. Ingen svarar för sig själv.")
        before = (*review.before, review.mail) if review.mail else review.before
        moved = replace(
            review, mail=asked.mail, name=asked.name, deputy="", superior=asked.superior,
            before=tuple(dict.fromkeys(before)) or ("",), began=None, rung="", tries=0, fault="",
            bounced=False, status=ReviewStatus.OPEN,
            next_on=day if campaign.state in TAKING else None,
        )  # fmt: skip
        moved = replace(moved, status=settled(moved))
        detail = ReviewStep(moved, said=f"re-addressed by {by}")
        return save_review(work, detail, now=now, actor=by)


def _reviewer(work: Work, address: str, day: date) -> Reviewer:
    found = next_level(work.managers.list(), address, day)
    return found if found is not None else Reviewer(address, "")


def letters(services: Services, campaign: Campaign) -> Iterator[Shown]:
    """Yield every letter as it would go today, tested as it will be before it goes."""
    after = ReviewId(0)
    while True:
        with services.store.begin() as work:
            found = work.reviews.of_campaign(campaign.id, after, PAGE)
            made = [_shown(services, work, r, campaign) for r in found]
        yield from made
        if len(found) < PAGE:
            return
        after = found[-1].id


def _shown(services: Services, work: Work, review: Review, campaign: Campaign) -> Shown:
    facts = review_rounds.day_facts(services, work, review, campaign)
    hidden = tuple(replace(r, manual=True) for r in review.rows if facts.of(r.row).hidden)
    seen = review.with_rows(hidden)
    known = replace(facts, review=seen)
    letter = Letter((seen.mail,), letter_of(seen, known), review=seen.id)
    subject, text, _ = services.letters.words(letter, case=None, now=facts.now)
    fault = review_selftest.fault(services, known) if seen.mail else ""
    return Shown(seen, subject, text, fault)
