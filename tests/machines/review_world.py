"""A tiny world of plain dicts around the pure core of reviews: the memory, the post, the catalogue.

Holds no test; it does what ``bot.app`` does, in the fewest words, and checks each commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.app.overtaking import NotTrueAnyMoreError
from bot.app.review_sending import as_it_may_go
from bot.domain.calendar import today as day_of
from bot.domain.card_facts import PersonFacts
from bot.domain.cases import Case, Kind, Reason, Stage
from bot.domain.cases import Status as CaseStatus
from bot.domain.decision import Decision, Policy, ReviewStep, Step
from bot.domain.effects import Effect, WriteRecord
from bot.domain.entries import status_on
from bot.domain.event_facts import EventFacts
from bot.domain.events import CaseEvent, RecordWritten, WriteConflicted
from bot.domain.following import decide_event
from bot.domain.letters import Letter
from bot.domain.protection import gate
from bot.domain.records import Record
from bot.domain.records import Status as RecordStatus
from bot.domain.review_chase import decide_review_day, released
from bot.domain.review_facts import ReviewFacts, ReviewMail, ReviewSpeaker, RowFacts
from bot.domain.review_following import unanswered
from bot.domain.review_letters import ReviewAsked, ReviewEscalated, ReviewReminded
from bot.domain.review_mails import decide_review, last_said
from bot.domain.review_reply import DECIDED, ReviewReply, RowAnswer
from bot.domain.reviews import (
    ON_DESK,
    Campaign,
    CampaignState,
    Review,
    ReviewRow,
    ReviewStatus,
    settled,
)
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, MailId, PersonId, RecordId, ReviewId
from bot.ports.errors import ConflictError, PermanentError, TransientError
from tests.builders import PER_ROW
from tests.card_builders import CHIEF, OFFICE
from tests.fakes.catalogue import FakeCatalogue
from tests.review_builders import DEPUTY, mail_context

ASKING = (ReviewAsked, ReviewReminded, ReviewEscalated)


@dataclass
class Posted:
    """A letter in the outbox, the case it hangs on, and what became of it."""

    letter: Letter
    case: CaseId | None
    cycle: int  # how often its review had been given to somebody else
    gone: bool = False
    stopped: bool = False


@dataclass
class Write:
    """A catalogue write that waits."""

    effect: WriteRecord
    case: CaseId
    key: str


@dataclass
class ReviewWorld:
    """All that the memory and the catalogue hold; ``now`` is the instant."""

    policy: Policy
    now: datetime
    campaign: Campaign
    catalogue: FakeCatalogue = field(default_factory=FakeCatalogue)
    records: dict[PersonId, Record] = field(default_factory=dict)
    reviews: dict[ReviewId, Review] = field(default_factory=dict)
    cases: dict[CaseId, Case] = field(default_factory=dict)
    outbox: list[Posted] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    fault: str = ""  # what the self-test finds in every first letter
    mails: int = 0
    heard: dict[tuple[MailId, int], tuple[str, RowAnswer]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return day_of(self.now)

    # --- what happens -----------------------------------------------------------------------------

    def release(self) -> None:
        """Let the letters go, as a clerk does: all that have a reader act from the day on."""
        self.campaign = released(self.campaign, self.policy, by="Eva", now=self.now)
        for review in [r for r in self.reviews.values() if r.mail]:
            self._save(replace(review, next_on=self.campaign.send_on))

    def mail(self, number: ReviewId, reply: ReviewReply, sender: str) -> Decision | None:
        """Take a reply; None where it says nothing, or waits for a write of its persons."""
        review = self.reviews[number]
        if any(w.effect.change.after.person_id in self._meant(review, reply) for w in self.writes):
            return None
        self.mails += 1
        mail = MailId(self.mails)
        facts = self.facts(review, reply, sender)
        speaker = self._speaker(review, sender)
        context = mail_context(sender, mail=self.mails, today=self.day, policy=self.policy)
        context = replace(context, now=self.now)
        for said in reply.rows:
            self.heard[mail, said.row] = (sender, said.answer)
        decision = decide_review(ReviewMail(facts, speaker, reply), context)
        if decision is not None:
            self.commit(gate(decision, self.protected()))
        return decision

    def _meant(self, review: Review, reply: ReviewReply) -> set[PersonId]:
        decided = {h.row for h in reply.rows if h.answer in DECIDED}
        undo = reply.undo is not None
        return {
            r.person for r in review.rows if r.row in decided or (undo and r.case is not None)
        }  # fmt: skip

    def _speaker(self, review: Review, sender: str) -> ReviewSpeaker:
        if sender in (review.mail, DEPUTY):
            return ReviewSpeaker.REVIEWER
        if sender == OFFICE:
            return ReviewSpeaker.STAFF
        if sender == CHIEF and review.status is ReviewStatus.ESCALATED:
            return ReviewSpeaker.SUPERIOR
        return ReviewSpeaker.OTHER

    def event(self, event: CaseEvent) -> Decision:
        case = self.cases[event.case] if event.case is not None else None
        person = case.person if case is not None else None
        review = self.reviews.get(case.review) if case is not None and case.review else None
        facts = EventFacts(
            now=self.now, today=self.day, case=case, policy=self.policy,
            parent=self.cases.get(case.parent) if case is not None and case.parent else None,
            record=self.records.get(person) if person is not None else None,
            others=self.live_of(person), campaign=self.campaign,
            review=self.facts(review) if review is not None else None,
        )  # fmt: skip
        decision = gate(decide_event(event, facts), self.protected())
        self.commit(decision)
        return decision

    def form(self, case: Case, last: date) -> None:
        """Let the signed form come: the case is answered, the record ends on its last day."""
        why = Reason("answered", "Besvarad med en ny blankett.", "D")
        self._save_case(replace(case, stage=Stage.LINKED, why=why))
        record = next(r for r in self.records.values() if r.id == case.record)
        self.by_other(replace(record, entry=replace(record.entry, valid_until=last)))

    def by_other(self, record: Record) -> None:
        """Let an order, or a named clerk, change the record here and in the catalogue."""
        self.catalogue.other_hand(record.entry)
        version = self.catalogue.held[record.entry.person_id].version
        status = status_on(record.entry, self.day)
        self.records[record.entry.person_id] = replace(
            record, status=status, catalogue_version=version, version=record.version + 1
        )

    def readdress(self, number: ReviewId, to: str) -> None:
        """Ask somebody else about the open rows, as a clerk's command does."""
        review = self.reviews[number]
        before = (*review.before, review.mail)
        moved = replace(
            review, mail=to, name="", deputy="", superior=CHIEF, before=before, began=None,
            rung="", tries=0, fault="", bounced=False, status=ReviewStatus.OPEN, next_on=self.day,
        )  # fmt: skip
        self._save(replace(moved, status=settled(moved)))

    def extend(self, count: int) -> None:
        after = self.policy.working_days.after
        for review in list(self.reviews.values()):
            if review.next_on is not None and review.began is not None:
                later = after(review.next_on, count)
                self._save(replace(review, shift=review.shift + count, next_on=later))
        assert self.campaign.ends is not None
        self.campaign = replace(self.campaign, ends=after(self.campaign.ends, count))

    def close(self) -> None:
        self.campaign = replace(self.campaign, state=CampaignState.CLOSED, closed=self.now)
        for review in list(self.reviews.values()):
            self._save(replace(review, status=ReviewStatus.CLOSED, next_on=None))

    # --- time -------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Do all that is due: questions, records, reviews, the campaign's end."""
        if self.policy.working_days.is_open(self.day):
            for case in [c for c in self.cases.values() if c.remind_on and c.remind_on <= self.day]:
                if case.stage is Stage.ASKED:
                    step = unanswered(case, self.policy, self.day)
                    why = step.case.why
                    decision = Decision(Outcome.ASKED_BACK, why, (step,))
                    self.commit(gate(decision, self.protected()))
        for who, record in self.records.items():
            self.records[who] = replace(record, status=status_on(record.entry, self.day))
        if self.campaign.state is CampaignState.RUNNING:
            due = [r for r in self.reviews.values() if r.next_on and r.next_on <= self.day]
            for review in sorted(due, key=lambda r: (r.next_on, r.id)):
                self._day_of(review)
            if self.campaign.ends is not None and self.day > self.campaign.ends:
                self.close()

    def _day_of(self, review: Review) -> None:
        facts = self.facts(review)
        if review.began is None:
            facts = replace(facts, fault=self.fault)
        step = decide_review_day(facts)
        if step.review == review and not step.effects and not step.works:
            return
        why = Reason("review_day", "Granskningens dag har kommit.")
        self.commit(gate(Decision(Outcome.APPLIED, why, reviews=(step,)), self.protected()))

    def write(self) -> None:
        """Let the catalogue take what waits, as far as it answers."""
        for write in list(self.writes):
            event: CaseEvent
            change = write.effect.change
            try:
                done = self.catalogue.write(change, write.effect.expected, write.key)
                event = RecordWritten(write.case, change, done.entry, done.version, done.by_hand)
            except TransientError:
                return
            except ConflictError as error:
                found = self.catalogue.held[change.after.person_id]
                event = WriteConflicted(write.case, error.reason, found.entry, found.version)
            self.writes.remove(write)
            self.event(event)

    def post(self) -> list[Posted]:
        """Let the letters go: each looked at once more just before."""
        left = []
        for posted in [p for p in self.outbox if not p.gone and not p.stopped]:
            letter, state = posted.letter, self.campaign.state
            review = self.reviews[letter.review] if letter.review is not None else None
            asks = isinstance(letter.content, ASKING)
            if asks and state is CampaignState.PAUSED:
                continue
            case = self.cases[posted.case] if posted.case is not None else None
            hidden = case is not None and case.protected
            if hidden or (asks and self.campaign.is_over):
                posted.stopped = True
                continue
            try:
                if review is not None:
                    posted.letter = as_it_may_go(letter, review, self._hidden())
                posted.gone = True
                left.append(posted)
            except (NotTrueAnyMoreError, PermanentError):
                posted.stopped = True
        return left

    def _hidden(self) -> tuple[Record, ...]:
        return tuple(r for r in self.records.values() if r.entry.protected)

    # --- one transaction ------------------------------------------------------------------------

    def commit(self, decision: Decision) -> None:
        assert decision.why.text, decision.why.rule
        for record in decision.records:
            old = self.records[record.entry.person_id]
            assert old.version == record.version, "two hands on a record"
            self.records[record.entry.person_id] = replace(record, version=record.version + 1)
        for step in decision.steps:
            self._save_step(step, None, None)
        for review in decision.reviews:
            self._save_review(review)

    def _save_review(self, step: ReviewStep) -> None:
        review = step.review
        for number, own in step.works:
            case = self._save_step(own, None, review)
            if number is not None:
                row = next(r for r in review.rows if r.row == number)
                review = review.with_rows((replace(row, case=case.id),))
            elif case.why.rule in ON_DESK and case.id not in review.desk:
                review = replace(review, desk=(*review.desk, case.id))
        saved = self._save(review)
        for effect in step.effects:
            self._queue(effect, None, saved, "")

    def _save(self, review: Review) -> Review:
        old = self.reviews.get(review.id)
        assert (old.version if old is not None else 0) == review.version, "two hands on a review"
        number = review.id or ReviewId(len(self.reviews) + 1)
        self.reviews[number] = replace(review, id=number, version=review.version + 1)
        return self.reviews[number]

    def _save_step(self, step: Step, parent: CaseId | None, review: Review | None) -> Case:
        case = self._save_case(replace(step.case, parent=step.case.parent or parent))
        for place, effect in enumerate(step.effects):
            self._queue(effect, case, review, f"{case.id}/{case.version}/{place}")
        for child in step.children:
            self._save_step(child, case.id, review)
        return case

    def _save_case(self, case: Case) -> Case:
        if case.status is CaseStatus.DONE and case.closed is None:
            case = replace(case, closed=self.now)
        old = self.cases.get(case.id)
        assert (old.version if old is not None else 0) == case.version, f"two hands: {case}"
        assert old is None or old.closed is None, "a closed case never changes"
        number = case.id or CaseId(len(self.cases) + 1)
        self.cases[number] = replace(case, id=number, version=case.version + 1)
        return self.cases[number]

    def _queue(self, effect: Effect, case: Case | None, review: Review | None, key: str) -> None:
        if isinstance(effect, WriteRecord):
            assert case is not None
            assert case.stage is Stage.APPROVED
            same = effect.change.after.person_id
            waits = [w for w in self.writes if w.effect.change.after.person_id == same]
            assert not waits, "two writes of one record wait: the second would conflict"
            self.writes.append(Write(effect, case.id, key))
            return
        letter = effect.letter
        assert letter.to
        assert all(letter.to), "a letter to nobody"
        if review is not None:
            letter = replace(letter, review=review.id)
        about = self.reviews.get(letter.review) if letter.review is not None else None
        cycle = len(about.before) if about is not None else 0
        self.outbox.append(Posted(letter, case.id if case is not None else None, cycle))

    # --- facts ------------------------------------------------------------------------------------

    def facts(
        self, review: Review, reply: ReviewReply | None = None, sender: str = ""
    ) -> ReviewFacts:  # fmt: skip
        before: dict[int, ReviewRow] = {}
        if reply is not None and reply.undo is not None:
            last = last_said(review, sender, reply.undo)
            before = {b.row: b for b in last.before} if last is not None else {}
        rows = {r.row: self._row(r, before) for r in review.rows}
        today = sum(
            c.kind is Kind.CANCEL and c.closed is not None and day_of(c.closed) == self.day
            for c in self.cases.values()
        )
        return ReviewFacts(
            self.now, self.day, self.policy, self.campaign, review, rows, today,
            sum(r.status is RecordStatus.ACTIVE for r in self.records.values()),
            tuple(c for c in map(self.cases.get, review.desk) if c and c.closed is None),
        )  # fmt: skip

    def _row(self, row: ReviewRow, _before: dict[int, ReviewRow]) -> RowFacts:
        record = self.record_of(row.record)
        if record is None:
            return RowFacts(None)
        case = self.cases.get(row.case) if row.case is not None else None
        pending = tuple(
            c for c in self.cases.values()
            if c.kind is Kind.RENEWAL and c.record == record.id and c.closed is None
        ) if case is not None else ()  # fmt: skip
        person = PersonFacts(self.now, self.day, self.policy, record)
        target = PER_ROW if row.row % 2 else None
        return RowFacts(record, person, None, case, target=target, pending=pending)

    def record_of(self, number: RecordId) -> Record | None:
        return next((r for r in self.records.values() if r.id == number), None)

    def live_of(self, person: PersonId | None) -> tuple[Case, ...]:
        if person is None:
            return ()
        found = (c for c in self.cases.values() if c.person == person)
        return tuple(c for c in found if c.status is not CaseStatus.DONE)

    def protected(self) -> frozenset[PersonId]:
        return frozenset(r.entry.person_id for r in self._hidden())


def at_nine(day: date) -> datetime:
    """The instant at which the office opens, near enough for a test."""
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
