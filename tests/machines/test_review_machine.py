"""The pure core of reviews under anything that can happen to them, in any order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.effects import WriteRecord
from bot.domain.events import StaffDone, StaffRejected
from bot.domain.records import Action, Change
from bot.domain.records import Status as RecordStatus
from bot.domain.review_letters import ReviewAsked, ReviewEscalated, ReviewReminded
from bot.domain.review_reply import DECIDED, Heard, ReviewReply, RowAnswer
from bot.domain.reviews import CampaignState, ReviewStatus, settled
from bot.domain.values import ReviewId
from bot.ports.catalogue import Found
from bot.ports.errors import TransientError
from tests.builders import MARIA_MAIL, PER_MAIL, TODAY, days
from tests.card_builders import CHIEF, OFFICE
from tests.machines.review_world import ASKING, ReviewWorld, at_nine
from tests.review_builders import (
    DEPUTY,
    PEOPLE,
    STRANGER,
    a_campaign,
    a_leaver,
    a_policy,
    a_review,
    a_row,
    record_of,
    rules,
)

ANSWERS = st.sampled_from(list(RowAnswer))
SPEAKERS = st.sampled_from([MARIA_MAIL, MARIA_MAIL, MARIA_MAIL, DEPUTY, CHIEF, OFFICE, STRANGER])
WORDS = st.sampled_from(["ja", "vet inte", "slutar snart", ""])
AHEAD = st.sampled_from([None, -20, -1, 0, 10, 40, 200])
ENDS = (date(2026, 12, 20), date(2027, 3, 1), date(2027, 1, 20), None, date(2027, 1, 5))


def pick(data, things):
    """Draw one of *things* by its place, so that a failing run prints short."""
    return things[data.draw(st.integers(0, len(things) - 1))]


class ReviewMachine(RuleBasedStateMachine):
    """Answers, undoings, forms, clerks, a catalogue that is away, and days, in any order."""

    @initialize(
        counts=st.sampled_from([False, False, True]), all_=st.sampled_from([False, False, True]),
        brake=st.sampled_from([5, 1]), superior=st.sampled_from([CHIEF, ""]),
        fault=st.sampled_from(["", "", "", "två med samma namn"]),
    )  # fmt: skip
    def begin(self, counts, all_, brake, superior, fault):
        policy = a_policy(
            approve_all=all_, brake_floor=brake, review=rules(answer_counts=counts)
        )  # fmt: skip
        self.world = world = ReviewWorld(policy, at_nine(TODAY - days(3)), a_campaign())
        world.fault = fault
        for number, until in enumerate(ENDS, 1):
            record = record_of(number, valid_until=until, catalogue_version="1")
            world.records[record.entry.person_id] = record
            world.catalogue.held[record.entry.person_id] = Found(record.entry, "1")
        mine = (a_row(1), a_row(2), a_row(3), a_row(4))
        row = {"version": 0, "next_on": None, "began": None, "rung": "", "id": ReviewId(0)}
        world._save(a_review(*mine, **row, deputy=DEPUTY, superior=superior))
        world._save(a_review(replace(a_row(5), row=1), **row, mail="", name="", key="unit:1"))
        world.release()
        self.before: dict[tuple[int, int], date | None] = {}
        self.others: set[int] = set()  # records that another hand has changed

    # --- mails ------------------------------------------------------------------------------------

    def _reviews(self):
        return list(self.world.reviews.values())

    def _until(self, number):
        record = self.world.record_of(number)
        return record.entry.valid_until if record is not None else None

    @rule(data=st.data(), sender=SPEAKERS)
    def somebody_answers(self, data, sender):
        review = pick(data, self._reviews())
        rows = []
        for row in review.rows:
            answer = data.draw(ANSWERS)
            ahead = data.draw(AHEAD)
            day = self.world.day + days(ahead) if ahead is not None else None
            dated = answer in (RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED)
            rows.append(Heard(row.row, answer, day if dated else None, data.draw(WORDS)))
        unread = ("ring mig",) if data.draw(st.booleans()) else ()
        self._reply(review, ReviewReply(tuple(rows), unread), sender)

    @rule(
        data=st.data(), answer=st.sampled_from([RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.LEAVING])
    )
    def the_reader_answers_about_one(self, data, answer):
        review = pick(data, [r for r in self._reviews() if r.mail] or self._reviews())
        row = pick(data, review.rows)
        day = self.world.day + days(30) if answer is RowAnswer.LEAVING else None
        rows = tuple(
            Heard(r.row, answer, day, "ja") if r == row else Heard(r.row, RowAnswer.OPEN)
            for r in review.rows
        )
        self._reply(review, ReviewReply(rows), review.mail or OFFICE)

    @rule(data=st.data())
    def the_reader_says_that_all_stay(self, data):
        review = pick(data, self._reviews())
        rows = tuple(Heard(r.row, RowAnswer.STAYS, words="alla kvar") for r in review.rows)
        self._reply(review, ReviewReply(rows), review.mail or OFFICE)

    def _reply(self, review, reply, sender):
        world = self.world
        before = {(review.id, r.row): self._until(r.record) for r in review.rows}
        decision = world.mail(review.id, reply, sender)
        after = world.reviews[review.id]
        if decision is None or not decision.reviews:
            assert after == review, "what says nothing, or comes from a stranger, changes nothing"
            return
        assert sender != STRANGER
        for row, was in zip(after.rows, review.rows, strict=True):
            if row.via != was.via:
                self.before[after.said[-1].mail if after.said else 0, row.row] = before[
                    review.id, row.row
                ]
                self.others.discard(row.record)

    @rule(data=st.data(), sender=SPEAKERS, some=st.booleans())
    def somebody_undoes(self, data, sender, some):
        world = self.world
        review = pick(data, self._reviews())
        wanted = (pick(data, review.rows).row,) if some else ()
        statuses = {r.record: world.record_of(r.record).status for r in review.rows}
        decision = world.mail(review.id, ReviewReply((), undo=wanted), sender)
        after = world.reviews[review.id]
        if decision is None or not decision.reviews or decision.reviews[0].said != "undone":
            assert after.rows == review.rows
            return
        world.write()
        for row, was in zip(after.rows, review.rows, strict=True):
            if row.via == was.via or row.record in self.others:
                continue
            fine = world.policy.approve_all or statuses[row.record] is RecordStatus.ENDED
            if fine or any(w.effect.change.after.person_id == row.person for w in world.writes):
                continue
            held = [
                c for c in world.live_of(row.person)
                if c.kind is Kind.RENEWAL and c.stage is Stage.STAFF
            ]  # fmt: skip
            if row.answer in DECIDED or held:
                continue  # an earlier answer is led to again; a conflict is with a clerk
            assert self._until(row.record) == self.before[was.via, row.row], (
                "an undo gives the last day back"
            )

    # --- the world outside ------------------------------------------------------------------------

    def _live(self):
        found = list(self.world.records.values())
        return [r for r in found if r.status is RecordStatus.ACTIVE]

    def _writes_of(self, record):
        writes = self.world.writes
        return any(w.effect.change.after.person_id == record.entry.person_id for w in writes)

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def a_record_ends_by_a_form(self, data):
        record = pick(data, self._live())
        assume(not self._writes_of(record))
        last = self.world.day - days(1)
        self.world.by_other(replace(record, entry=replace(record.entry, valid_until=last)))
        self.others.add(record.id)

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def somebody_becomes_protected(self, data):
        record = pick(data, self._live())
        assume(not self._writes_of(record))
        self.world.by_other(replace(record, entry=replace(record.entry, protected=True)))
        self.others.add(record.id)

    @rule(data=st.data())
    def another_hand_is_at_the_catalogue(self, data):
        record = pick(data, list(self.world.records.values()))
        found = self.world.catalogue.held[record.entry.person_id]
        self.world.catalogue.other_hand(replace(found.entry, title="Chef"))
        self.others.add(record.id)

    def _cases(self, *kinds, stages=tuple(Stage)):
        cases = self.world.cases.values()
        return [c for c in cases if c.closed is None and c.kind in kinds and c.stage in stages]

    @precondition(lambda self: self._cases(Kind.LEAVER, stages=(Stage.ASKED, Stage.STAFF)))
    @rule(data=st.data(), ahead=st.sampled_from([-3, 0, 20]))
    def the_signed_form_comes(self, data, ahead):
        case = pick(data, self._cases(Kind.LEAVER, stages=(Stage.ASKED, Stage.STAFF)))
        record = self.world.record_of(case.record)
        assume(record is not None and not self._writes_of(record))
        self.others.add(record.id)
        self.world.form(case, self.world.day + days(ahead))

    @rule(away=st.booleans())
    def the_catalogue_goes_or_comes(self, away):
        self.world.catalogue.broken = TransientError("away") if away else None
        self.world.write()

    # --- staff ------------------------------------------------------------------------------------

    @precondition(lambda self: self._cases(Kind.BRAKE, Kind.RENEWAL, Kind.CANCEL, Kind.MOVE))
    @rule(data=st.data(), refuses=st.sampled_from([False, False, True]))
    def a_clerk_settles_a_work_item(self, data, refuses):
        case = pick(data, self._cases(Kind.BRAKE, Kind.RENEWAL, Kind.CANCEL, Kind.MOVE))
        record = self.world.records.get(case.person) if case.person is not None else None
        assume(record is None or not self._writes_of(record))
        if record is not None:
            self.others.add(record.id)
        event = StaffRejected(case.id, "Eva", "fel") if refuses else StaffDone(case.id, "Eva")
        before = dict(self.world.cases), dict(self.world.reviews)
        try:
            self.world.event(event)
        except IllegalStepError:
            assert before == (self.world.cases, self.world.reviews)

    def _set(self, wanted, *states):
        campaign = self.world.campaign
        if campaign.state in states:
            self.world.campaign = replace(campaign, state=wanted)

    @rule(really=st.sampled_from([False, False, True]))
    def staff_pause(self, really):
        if really:
            self._set(CampaignState.PAUSED, CampaignState.RUNNING)

    @rule()
    def staff_resume(self):
        self._set(CampaignState.RUNNING, CampaignState.PAUSED)

    @rule(really=st.sampled_from([False, False, False, True]))
    def staff_stop(self, really):
        if really:
            self._set(CampaignState.STOPPED, CampaignState.RUNNING, CampaignState.PAUSED)

    @precondition(lambda self: not self.world.campaign.is_over)
    @rule(count=st.integers(1, 8))
    def staff_give_more_time(self, count):
        self.world.extend(count)

    @precondition(lambda self: not self.world.campaign.is_over)
    @rule(data=st.data(), to=st.sampled_from([PER_MAIL, MARIA_MAIL]))
    def staff_ask_somebody_else(self, data, to):
        review = pick(data, self._reviews())
        if review.open_rows():
            self.world.readdress(review.id, to)

    # --- time -------------------------------------------------------------------------------------

    @rule(count=st.sampled_from([1, 1, 3, 7]))
    def days_pass(self, count):
        for _ in range(count):
            self._go_on(1)

    @precondition(lambda self: any(r.next_on for r in self.world.reviews.values()))
    @rule()
    def the_day_of_a_review_comes(self):
        first = min(r.next_on for r in self.world.reviews.values() if r.next_on)
        self._go_on(max(1, (first - self.world.day).days))
        self.the_post_goes()

    @rule(count=st.integers(2, 60))
    def the_program_is_away(self, count):
        self._go_on(count)

    @rule()
    def the_post_goes(self):
        for posted in self.world.post():
            self._look_at(posted)

    def _go_on(self, count):
        world = self.world
        world.write()
        world.now = at_nine(world.day + days(count))
        letters = len(world.outbox)
        world.tick()
        if world.policy.review.is_quiet(world.day):
            asked = [p for p in world.outbox[letters:] if isinstance(p.letter.content, ASKING)]
            assert not asked, "no review mail in a quiet time"
        before = dict(world.reviews), dict(world.cases), len(world.outbox)
        world.tick()
        assert before == (world.reviews, world.cases, len(world.outbox)), (
            "a repeated tick is silent"
        )

    def _look_at(self, posted):
        letter, world = posted.letter, self.world
        if isinstance(letter.content, ASKING):
            review = world.reviews[letter.review]
            open_rows = {r.row for r in review.open_rows()}
            listed = {r.row for r in letter.content.rows}
            assert listed, "a letter that asks nothing"
            assert listed <= open_rows, "nobody is reminded about a row that is answered"
            assert world.campaign.state is CampaignState.RUNNING
        for record in world._hidden():
            given, surname = record.entry.given_name, record.entry.surname
            assert f"{given} {surname}" not in str(letter.content), "protected, and named"

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def no_letter_of_a_rung_goes_twice(self):
        kinds = (ReviewAsked, ReviewReminded, ReviewEscalated)
        rungs = [
            (p.letter.review, p.cycle, p.letter.kind, p.letter.rung)
            for p in self.world.outbox
            if isinstance(p.letter.content, kinds)
        ]
        assert len(rungs) == len(set(rungs))

    @invariant()
    def no_row_is_decided_without_an_answer_or_the_register(self):
        for review in self._reviews():
            for row in review.rows:
                if row.answer not in DECIDED:
                    continue
                if row.via is None:
                    assert (row.by, row.answer) == ("", RowAnswer.LEFT)
                    continue
                sender, answer = self.world.heard[row.via, row.row]
                assert (sender, answer) == (row.by, row.answer)
                assert sender != STRANGER

    @invariant()
    def every_open_row_of_a_running_campaign_has_a_next_step(self):
        if self.world.campaign.state is not CampaignState.RUNNING:
            return
        for review in self._reviews():
            if not review.open_rows() or review.next_on is not None:
                continue
            desk = [self.world.cases[n] for n in review.desk]
            staff = any(c.closed is None for c in desk)
            vacant = not review.mail  # the lists' own work item, which this world does not make
            assert staff or vacant, f"{review.handle} is forgotten"

    @invariant()
    def a_review_stands_where_its_rows_say(self):
        for review in self._reviews():
            if self.world.campaign.state is CampaignState.CLOSED:
                assert (review.status, review.next_on) == (ReviewStatus.CLOSED, None)
                continue
            assert review.status is settled(review)
            if not review.open_rows():
                assert review.status is ReviewStatus.ANSWERED

    @invariant()
    def a_leaver_is_awaited_by_a_form_or_held(self):
        for review in self._reviews():
            for row in review.rows:
                record = self.world.record_of(row.record)
                ended = record is None or record.status is not RecordStatus.ACTIVE
                if row.answer is not RowAnswer.LEFT or row.via is None or ended or row.manual:
                    continue
                braked = any(
                    c.kind is Kind.BRAKE and c.origin.mail == row.via
                    for c in self.world.cases.values()
                )
                assert row.case is not None or braked, "an answer that leads to nothing"

    @invariant()
    def a_rows_work_of_a_protected_person_shows_nothing(self):
        for case in self.world.cases.values():
            if case.protected:
                assert all(surname not in case.title for _, _, surname in PEOPLE)


TestReviews = ReviewMachine.TestCase
TestReviews.settings = settings(stateful_step_count=40)
TestReviews = pytest.mark.timeout(3600)(TestReviews)  # the nightly profile runs 10,000 lives


def test_the_worlds_own_eye_for_a_second_write_has_been_seen_to_catch():
    world = ReviewWorld(a_policy(), at_nine(TODAY), a_campaign())
    entry = record_of(1).entry
    write = WriteRecord(Change(Action.MODIFY, entry, entry), "1")
    case = replace(a_leaver(), stage=Stage.APPROVED)
    world._queue(write, case, None, "1")
    with pytest.raises(AssertionError):
        world._queue(write, case, None, "2")
