"""A review's day has come: the letter, the reminders, the next level; the campaign's end. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import today
from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import Policy, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Letter
from bot.domain.records import Status
from bot.domain.review_desk import answered, by_hand, readdress, work
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_letters import ListedRow, ReviewAsked, ReviewEscalated, ReviewReminded
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import ESCALATED, Campaign, CampaignState, Review, ReviewRow, settled

_OVER = (Status.ENDED, Status.CLOSED, Status.REMOVED)
FIRST = "0"


def decide_review_day(facts: ReviewFacts) -> ReviewStep:
    """Return what a review does on a day on which it acts by itself.

    Its rows are held against the register first: who has ended, or has become protected, is not
    asked about. After an outage only the highest reached rung goes (domain §5).
    """
    review, works = _brought_up(facts)
    rules, days, day = facts.rules, facts.days, facts.today
    first = review.began is None  # staff let the first letter go: its day is theirs to choose
    open_at = rules.open_from(day, days)
    if not review.open_rows():
        done = replace(review, status=settled(review), next_on=None)
        works = (*works, *((None, s) for s in answered(facts)))
        return ReviewStep(done, works=works, said="nothing left to ask")
    if open_at > day and (not first or rules.is_quiet(day)):
        return ReviewStep(replace(review, next_on=open_at), works=works, said="waits for a day")
    if facts.replaced:
        return _to_successor(review, facts, works)
    if first:
        return _ask(review, facts, works)
    reached = _reached(review, facts)
    if reached is None:
        return ReviewStep(replace(review, next_on=_next(review, facts)), works=works, said="waits")
    climbed = replace(review, rung=reached)
    works = (*works, *_lost(review, facts))
    if reached == ESCALATED:
        return _escalate(climbed, facts, works)
    effect = SendLetter(Letter(_readers(climbed), reminder(climbed, facts), rung=f"+{reached}"))
    moved = replace(climbed, next_on=_next(climbed, facts))
    return ReviewStep(moved, (effect,), works, said=f"reminder +{reached}")


Works = tuple[tuple[int | None, Step], ...]


def _brought_up(facts: ReviewFacts) -> tuple[Review, Works]:
    """Return the review with rows settled by the register itself since the list was frozen."""
    changed: list[ReviewRow] = []
    works: list[tuple[int | None, Step]] = []
    for row in facts.review.open_rows():
        known = facts.of(row.row)
        record = known.record
        if known.hidden:
            changed.append(replace(row.reset(), manual=True))
            works.append((row.row, by_hand(row, facts)))
        elif record is not None and record.entry.unit_id not in (None, row.unit_id):
            to = record.entry.unit or ""
            moved = replace(row.reset(), answer=RowAnswer.MOVED, to=to, words="flyttad i EK",
                            answered=facts.now)  # fmt: skip
            changed.append(moved)
        elif record is None or record.status in _OVER:
            until = record.entry.valid_until if record is not None else None
            changed.append(
                replace(row.reset(), answer=RowAnswer.LEFT, on=until, words="avslutad i EK",
                        answered=facts.now)
            )  # fmt: skip
    return facts.review.with_rows(tuple(changed)), tuple(works)


def _ask(review: Review, facts: ReviewFacts, works: Works) -> ReviewStep:
    """Send the letter; one that could not be read back is never sent (self-test)."""
    if facts.fault:
        why = Reason("self_test", "Brevet går inte att läsa tillbaka säkert. Ring chefen.", "D")
        rows = (("Prov", facts.fault),)
        case = work(Kind.REVIEW, "Fråga chefen för hand", why, facts, Origin(), rows)
        held = replace(review, next_on=None, fault=facts.fault)
        return ReviewStep(held, works=(*works, (None, Step(case))), said="letter held: self-test")
    begun = replace(review, began=facts.today, rung=FIRST)
    begun = replace(begun, next_on=_next(begun, facts))
    letter = Letter(_readers(begun), letter_of(begun, facts))
    return ReviewStep(begun, (SendLetter(letter),), works, said="letter")


def _to_successor(review: Review, facts: ReviewFacts, works: Works) -> ReviewStep:
    """Hand over to staff a review whose manager manages none of its units any more."""
    why = Reason("no_reviewer", "Chefen som fick frågan är inte längre chef för enheten.", "S2")
    rows = (("Att göra", f"ge frågan till den nya chefen: {readdress(review.handle)}"),)
    case = work(Kind.REVIEW, "Ny chef i granskningen", why, facts, Origin(), rows)
    held = replace(review, next_on=None)
    return ReviewStep(held, works=(*works, (None, Step(case))), said="manager replaced")


def _lost(review: Review, facts: ReviewFacts) -> Works:
    """Give staff, once, the rows of units that have got another manager: they are not asked of."""
    rows = [r for r in review.open_rows() if r.unit_id in facts.lost]
    if not rows or any(c.why.rule == "no_reviewer" for c in facts.desk):
        return ()
    why = Reason("no_reviewer", "En av enheterna har fått en ny chef, som inte har svarat.", "S2")
    details = (
        ("Enhet", ", ".join(sorted({r.unit or r.unit_id for r in rows}))),
        ("Rader", ", ".join(str(r.row) for r in rows)),
        ("Att göra", "vidarebefordra brevet till den nya chefen; hennes svar gäller för enheten"),
    )
    case = work(Kind.REVIEW, "Ny chef för en enhet i granskningen", why, facts, Origin(), details)
    return ((None, Step(case)),)


def letter_of(review: Review, facts: ReviewFacts) -> ReviewAsked:
    """Return the quarter's letter as it goes today."""
    begun = review.began or max(facts.today, facts.campaign.send_on)
    rules = facts.rules
    last = rules.reminder_days[-1] if rules.reminder_days else max(1, rules.escalation_day - 1)
    reply_by = facts.days.after(begun, last + review.shift)
    instead = "Frågan gick först till någon annan." if any(review.before) else ""
    return ReviewAsked(
        review.handle, listed(review.open_rows()), reply_by, review.gone, instead
    )  # fmt: skip


def listed(rows: tuple[ReviewRow, ...]) -> tuple[ListedRow, ...]:
    """Return the rows as a letter lists them."""
    return tuple(ListedRow(r.row, r.name, r.title, r.unit, r.since, r.new) for r in rows)


def reminder(review: Review, facts: ReviewFacts) -> ReviewReminded:
    """Return the reminder about the rows that are open today."""
    begun = review.began or facts.today
    passed_on = facts.days.after(begun, facts.rules.escalation_day + review.shift)
    done = len(review.rows) - len(review.open_rows())
    theirs = tuple(r for r in review.open_rows() if r.unit_id not in facts.lost)
    return ReviewReminded(review.handle, listed(theirs), begun, done, passed_on)


def _escalate(review: Review, facts: ReviewFacts, works: Works) -> ReviewStep:
    """Tell the next level and staff (domain §5); staff get the work item too."""
    content = escalation(review, facts)
    to = (review.superior, *facts.policy.staff) if review.superior else facts.policy.staff
    why = Reason("review_unanswered", f"Chefen har inte svarat på {review.handle}.", "D")
    rows = (
        ("Rader utan svar", str(len(review.open_rows()))),
        ("Nästa nivå", review.superior or "saknas i chefsregistret, eller är olika för enheterna"),
        ("Borta", content.away),
    )
    kept = tuple((k, v) for k, v in rows if v)
    case = work(Kind.REVIEW, "Granskningen är obesvarad", why, facts, Origin(), kept)
    gone = replace(review, next_on=None)
    gone = replace(gone, status=settled(gone))
    letters: tuple[Effect, ...] = ()
    if to:
        letters = (
            SendLetter(
                Letter(tuple(dict.fromkeys(to)), content, rung=f"+{facts.rules.escalation_day}")
            ),
        )
    return ReviewStep(gone, letters, (*works, (None, Step(case))), said="escalated")


def escalation(review: Review, facts: ReviewFacts) -> ReviewEscalated:
    """Return the letter to the next level and staff."""
    away = ""
    if review.absences:
        last = review.absences[-1]
        back = f"åter {last.back}" if last.back else "återkomst framgår inte"
        away = ", ".join(p for p in (back, last.stand_in) if p)
    return ReviewEscalated(
        review.handle, listed(review.open_rows()), review.name or review.mail,
        review.began or facts.today, facts.reminded, len(review.rows) - len(review.open_rows()),
        away, superior=bool(review.superior), reply_by=facts.campaign.ends,
    )  # fmt: skip


def _readers(review: Review) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for a in (review.mail, review.deputy) if a))


def _rungs(facts: ReviewFacts) -> tuple[tuple[str, int], ...]:
    rules = facts.rules
    return (*((str(n), n) for n in rules.reminder_days), (ESCALATED, rules.escalation_day))


def _days_of(review: Review, facts: ReviewFacts) -> tuple[tuple[str, date], ...]:
    begun = review.began or facts.today
    return tuple(
        (name, facts.rules.open_from(facts.days.after(begun, count + review.shift), facts.days))
        for name, count in _rungs(facts)
    )


def _reached(review: Review, facts: ReviewFacts) -> str | None:
    """Return the highest rung whose day has come and that was not climbed yet."""
    order = [FIRST, *(name for name, _ in _rungs(facts))]
    reached = [name for name, day in _days_of(review, facts) if day <= facts.today]
    if not reached:
        return None
    top = reached[-1]
    climbed = order.index(review.rung) if review.rung in order else 0
    return top if order.index(top) > climbed else None


def _next(review: Review, facts: ReviewFacts) -> date | None:
    later = (day for _, day in _days_of(review, facts) if day > facts.today)
    return min(later, default=None)


def released(campaign: Campaign, policy: Policy, *, by: str, now: datetime) -> Campaign:
    """Return the campaign with its letters let go: on its day, never in a quiet time."""
    begins = max(today(now), campaign.send_on)
    if policy.review.is_quiet(begins):
        begins = policy.review.open_from(begins, policy.working_days)
    ends = policy.working_days.after(begins, policy.review.close_day)
    return replace(
        campaign, state=CampaignState.RUNNING, released=now, released_by=by, send_on=begins,
        ends=ends,
    )  # fmt: skip


def release_case(campaign: Campaign, now: datetime, persons: int, managers: int) -> Case:
    """Return the work item by which staff let the letters go."""
    text = f"{managers} brev om {persons} personer är klara att gå {campaign.send_on}."
    return Case(
        kind=Kind.RELEASE, stage=Stage.STAFF, title=f"Släpp granskningen {campaign.name}",
        why=Reason("review_release", text, "S2"), opened=now, campaign=campaign.id,
        approvable=True,
        details=(
            ("Brev", str(managers)), ("Personer", str(persons)),
            ("Går", str(campaign.send_on)), ("Se breven", "ekbot review preview"),
            ("Släpp", "svara ”släpp” på förhandsbeskedet, eller ekbot review start --yes"),
        ),
    )  # fmt: skip


def release_done(case: Case, why: Reason) -> Step:
    """Return the release's work item, done."""
    return Step(replace(case, stage=Stage.CONFIRMED, why=why, approvable=False))
