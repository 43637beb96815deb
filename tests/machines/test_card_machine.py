"""The pure core of cards under anything that can happen to them, in any order."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.calendar import add_months
from bot.domain.card_events import (
    CardActivated,
    CardBlocked,
    CardDeregistered,
    CardExtended,
    CardHandedOut,
    CardLost,
    CardOrdered,
    CardReturned,
)
from bot.domain.card_letters import (
    Appointment,
    Booking,
    CardBack,
    CardExpiring,
    CardReminder,
    Escalation,
    LossAlert,
    ReserveReminder,
)
from bot.domain.card_mail import CardMail, LossFacts, ReceiptSeen, ReplyToLetter, Speaker
from bot.domain.card_works import SAID_BACK
from bot.domain.cards import ASKING, LENT, OVER, Holder, IdKind, Status
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.events import StaffDone, StaffRejected
from bot.domain.forms import ReceiptReading, Signed
from bot.domain.guards import GONE
from bot.domain.letters import Letter
from bot.domain.orders import OrderAction
from bot.domain.records import Status as RecordStatus
from bot.domain.reports import CardReply, CardSaid, CardWord, Certainty, LossSeen, Lost
from bot.domain.triage import Route
from bot.domain.values import CardId
from tests.builders import MARIA, MARIA_MAIL, TODAY, UNIT, UNIT_ID, a_record, an_order, days, person
from tests.card_builders import OFFICE, a_holder, a_loan, a_policy
from tests.machines.card_world import CardWorld, at_hour

PEOPLE = {  # number: given name, surname, mail address; Bo has none, Dan is protected
    "198504272389": ("Anna", "Öberg", "anna.oberg@jarfalla.example"),
    "199001012385": ("Bo", "Kvist", None),
    "196409053086": ("Danilo", "Hemligsson", "danilo.hemligsson@jarfalla.example"),
}
SECRET = "196409053086"
FOREIGN = Holder("John Doe", UNIT, UNIT_ID, "john.doe@abroad.example", MARIA_MAIL)
NUMBERS = ("90000001", "90000002", "90000003", "90000004", "90000005")
ORDINARY = ("70000001", "70000002", "70000003", "70000004", "")
CHASED = (Appointment, CardBack, CardExpiring, CardReminder, Escalation, ReserveReminder)
OUT_OF_CHASE = frozenset({Status.LOST, Status.BLOCKED, Status.RETURNED, Status.DEREGISTERED})
HOURS = st.sampled_from([9, 9, 9, 12, 3, 22])
REASONS = st.sampled_from(
    [("short_term",), ("lost_card", "foreign"), ("forgotten_card",), ("other",), ()]
)


def pick(data, things):
    """Draw one of *things* by its place, so that a failing run prints short."""
    return things[data.draw(st.integers(0, len(things) - 1))]


class CardMachine(RuleBasedStateMachine):
    """Orders, hand-outs, mails, clerks and days, in any order."""

    @initialize(complete=st.booleans(), most=st.sampled_from([24, 24, 3]))
    def begin(self, complete, most):
        policy = a_policy(most_letters=most)
        self.world = CardWorld(policy, at_hour(TODAY, 9), complete)
        for n, (digits, (given, surname, mail)) in enumerate(PEOPLE.items(), 1):
            who = person(digits)
            self.world.records[who] = a_record(
                id=n, person_id=who, given_name=given, surname=surname, mail=mail,
                protected=digits == SECRET,
            )  # fmt: skip
        self.blocked: set[CardId] = set()
        self.closed: dict[CardId, Status] = {}

    def _try(self, act):
        """Do it, or let it be refused with advice and nothing changed."""
        before = self._all()
        try:
            act()
        except IllegalStepError as error:
            refused = str(error)
        else:
            return
        assert refused.endswith("."), "advice is a sentence"
        assert self._changed(before) == [], "a step that is refused leaves nothing behind"

    def _all(self):
        world = self.world
        return [
            *world.cards.values(),
            *world.cases.values(),
            *world.records.values(),
            *world.outbox,
        ]

    def _changed(self, before):
        return [thing for thing in self._all() if thing not in before]

    def _cards(self, *statuses):
        return [c for c in self.world.cards.values() if not statuses or c.status in statuses]

    # --- the catalogue ----------------------------------------------------------------------------

    @rule(
        digits=st.sampled_from(list(PEOPLE)), action=st.sampled_from(list(OrderAction)),
        card=st.booleans(), reserve=st.sampled_from([False, False, True]), reasons=REASONS,
        ahead=st.sampled_from([-20, -1, 0, 1, 5, 20, 60]), late=st.sampled_from([0, 0, 0, 30]),
        married=st.booleans(),
    )  # fmt: skip
    def the_catalogue_takes_an_order(
        self, digits, action, card, reserve, reasons, ahead, late, married
    ):
        who, day = person(digits), self.world.day
        record = self.world.records[who]
        if record.status in GONE:
            action = OrderAction.NEW
        elif action is OrderAction.NEW and record.status is not RecordStatus.ENDED:
            action = OrderAction.CHANGE
        given, surname, mail = PEOPLE[digits]
        ends = action is OrderAction.CANCEL
        order = an_order(
            action=action, person=who, given_name=given, manager_name=MARIA, mail=mail,
            surname="Nygift" if married and action is OrderAction.CHANGE else surname,
            card_order=card and not ends, reserve_order=reserve and not ends,
            reserve_reasons=reasons if reserve else (), employed_from=day + days(late),
            last_day=day + days(ahead) if ends else None,
        )  # fmt: skip
        self.world.order(order)

    @rule(digits=st.sampled_from(list(PEOPLE)[:2]), flag=st.sampled_from([False, False, True]))
    def another_hand_edits_the_catalogue(self, digits, flag):
        who = person(digits)
        record = self.world.records[who]
        entry = replace(record.entry, phone="08", protected=flag or record.entry.protected)
        self.world.records[who] = replace(record, entry=entry, version=record.version + 1)

    # --- clerks -----------------------------------------------------------------------------------

    @rule(
        data=st.data(), digits=st.sampled_from([*PEOPLE, None]), number=st.sampled_from(NUMBERS),
        kind=st.sampled_from(list(IdKind)), loa=st.sampled_from([None, None, 2, 3]),
        ago=st.sampled_from([0, 0, 0, 1, 3]), until=st.sampled_from([None, None, 10, 40, 120, -5]),
        reasons=REASONS,
    )  # fmt: skip
    def a_reserve_card_is_handed_out(
        self, data, digits, number, kind, loa, ago, until, reasons
    ):  # fmt: skip
        world = self.world
        who = person(digits) if digits is not None else None
        asked = [c for c in self._cards(*ASKING) if c.holder.person == who]
        on = world.day - days(ago)
        if asked:
            card = pick(data, asked)
        else:
            holder = FOREIGN if who is None else self._holder(who)
            card = world.request(holder, reasons)
        last = on + days(until) if until is not None else None
        event = CardHandedOut(card.id, number, kind, "Eva", on, loa, last)
        self._try(lambda: world.act(event))
        if world.cards[card.id].status is Status.REQUESTED and not asked:
            world.cards.pop(card.id)  # one transaction: the request goes with the refused step

    def _holder(self, who):
        record = self.world.records[who]
        entry = record.entry
        return Holder(
            entry.full_name, UNIT, UNIT_ID, entry.mail, MARIA_MAIL, who, record.id, entry.protected
        )

    @precondition(lambda self: self.world.cards)
    @rule(
        data=st.data(), ago=st.sampled_from([0, 0, 1, 5]), until=st.integers(1, 120),
        number=st.sampled_from(ORDINARY), expires=st.sampled_from([None, 20, 50, 100, 800]),
        what=st.sampled_from(
            ["ordered", "activated", "returned", "lost", "blocked", "deregistered", "extended"]
        ),
    )  # fmt: skip
    def a_clerk_writes_a_step(self, data, ago, until, number, expires, what):
        world = self.world
        card, on = pick(data, self._cards()), world.day - days(ago)
        event = {
            "ordered": CardOrdered(card.id, "Eva", on),
            "activated": CardActivated(
                card.id, "Eva", on, number, on + days(expires) if expires else None
            ),
            "returned": CardReturned(card.id, "Eva", on),
            "lost": CardLost(card.id, "Eva", on, world.now),
            "blocked": CardBlocked(card.id, "Eva", on),
            "deregistered": CardDeregistered(card.id, "Eva", on),
            "extended": CardExtended(card.id, "Eva", on, world.day + days(until)),
        }[what]
        self._try(lambda: world.act(event))

    def _open(self, *kinds):
        cases = self.world.cases.values()
        return [c.id for c in cases if c.closed is None and (not kinds or c.kind in kinds)]

    @precondition(lambda self: self._open())
    @rule(data=st.data(), refuses=st.booleans())
    def a_clerk_settles_a_work_item(self, data, refuses):
        number = pick(data, self._open())
        event = StaffRejected(number, "Eva", "Fel") if refuses else StaffDone(number, "Eva")
        self._try(lambda: self.world.event(event))

    @precondition(lambda self: self._open(Kind.DEREGISTER, Kind.CARD_RETURN))
    @rule(data=st.data())
    def a_clerk_tidies_up(self, data):
        number = pick(data, self._open(Kind.DEREGISTER, Kind.CARD_RETURN))
        self._try(lambda: self.world.event(StaffDone(number, "Eva")))

    # --- mails ------------------------------------------------------------------------------------

    @rule(
        data=st.data(), digits=st.sampled_from(list(PEOPLE)), found=st.booleans(),
        speaker=st.sampled_from([Speaker.HOLDER, Speaker.MANAGER, Speaker.STRANGER, Speaker.STAFF]),
        certainty=st.sampled_from([Certainty.SURE, Certainty.SURE, Certainty.UNCLEAR]),
        what=st.sampled_from(list(Lost)), police=st.sampled_from(["", "", "5000-K1234-26"]),
    )  # fmt: skip
    def a_loss_is_reported(self, data, digits, found, speaker, certainty, what, police):
        world = self.world
        record = world.records[person(digits)]
        people = (world.person(record),) if speaker is not Speaker.STRANGER else ()
        numbers = ["", "", *(c.number for c in people[0].cards)] if people else [""]
        seen = LossSeen(
            certainty, what, found=found, police_reference=police,
            card_number=pick(data, numbers),
        )  # fmt: skip
        acts = speaker in (Speaker.HOLDER, Speaker.MANAGER)
        loss = LossFacts(seen, speaker, world.now, people, "Kortet är borta.", acts)
        before = len(world.outbox)
        live = any(c.kind is Kind.LOSS for c in world.live_of(record.entry.person_id))
        world.mail(CardMail(loss=loss), Route.LOSS, f"{speaker}@jarfalla.example")
        alarms = [p for p in world.outbox[before:] if isinstance(p.letter.content, LossAlert)]
        assert alarms or (live and people), "a loss is told at once"

    def _reply(
        self, card, speaker, words, *, day=None, unread=(), kind="reserve_reminder", until=None
    ):
        said = tuple(
            CardSaid(
                w,
                day if w in (CardWord.EXTEND, CardWord.YES) else None,
                "5000-K1-26" if w is CardWord.POLICE else "",
            )
            for w in words
        )
        facts = self.world.facts(card)
        answer = ReplyToLetter(facts, speaker, CardReply(said, unread), kind, until)
        self.world.mail(CardMail(reply=answer), Route.CARD, f"{speaker}@jarfalla.example")

    @precondition(lambda self: self.world.outbox)
    @rule(
        data=st.data(),
        ahead=st.sampled_from([None, 5, 30, 100]),
        junk=st.booleans(),
        speaker=st.sampled_from(list(Speaker)),
        words=st.lists(st.sampled_from(list(CardWord)), min_size=1, max_size=2, unique=True),
    )
    def somebody_answers_a_letter(self, data, ahead, junk, speaker, words):
        posted = pick(data, self.world.outbox)
        if posted.card is None:
            return
        card = self.world.cards[posted.card]
        day = self.world.day + days(ahead) if ahead is not None else None
        until = getattr(posted.letter.content, "until", None)
        unread = ("ring mig",) if junk else ()
        kind = posted.letter.kind
        self._reply(card, speaker, words, day=day, unread=unread, kind=kind, until=until)
        if junk or speaker is Speaker.STRANGER:
            assert self.world.cards[card.id] == card, "what is not understood changes nothing"

    @precondition(lambda self: self._cards(*LENT, Status.TO_RETURN))
    @rule(
        data=st.data(),
        ahead=st.sampled_from([None, 5, 30, 100]),
        word=st.sampled_from([CardWord.BACK, CardWord.EXTEND, CardWord.EXTEND]),
        speaker=st.sampled_from([Speaker.HOLDER, Speaker.HOLDER, Speaker.MANAGER]),
    )
    def the_holder_says_it_is_back_or_wants_it_longer(self, data, ahead, word, speaker):
        card = pick(data, self._cards(*LENT, Status.TO_RETURN))
        day = self.world.day + days(ahead) if ahead is not None else None
        self._reply(card, speaker, [word], day=day)

    @precondition(lambda self: any(c.wish for c in self._cards()))
    @rule(data=st.data(), word=st.sampled_from([CardWord.YES, CardWord.YES, CardWord.NO]))
    def the_manager_answers_the_wish(self, data, word):
        card = pick(data, [c for c in self._cards() if c.wish])
        self._reply(card, Speaker.MANAGER, [word], kind="extension_asked", until=card.wish)
        now = self.world.cards[card.id]
        assert now == card or now.wish is None

    @precondition(lambda self: any(c.paused for c in self._cards()))
    @rule(data=st.data(), here=st.booleans())
    def a_clerk_looks_whether_it_is_back(self, data, here):
        paused = {c.id for c in self._cards() if c.paused}
        cases = self.world.cases.values()
        checks = [
            c for c in cases if c.closed is None and c.card in paused and c.why.rule == SAID_BACK
        ]
        case = pick(data, checks)
        event = StaffDone(case.id, "Eva") if here else StaffRejected(case.id, "Eva", "inte här")
        self.world.event(event)
        assert self.world.cards[case.card].paused is None
        assert (self.world.cards[case.card].status is Status.RETURNED) is here

    @precondition(lambda self: self._cards(Status.LOST))
    @rule(data=st.data(), really=st.booleans())
    def a_clerk_decides_a_loss(self, data, really):
        card = pick(data, self._cards(Status.LOST))
        if really:
            self.world.act(CardBlocked(card.id, "Eva", self.world.day))
            return
        cases = [c for c in self.world.about(card) if c.kind is Kind.LOSS]
        self.world.event(StaffRejected(cases[0].id, "Eva", "inte förlorat"))
        assert self.world.cards[card.id].status is not Status.LOST

    @precondition(lambda self: self._cards(Status.NEEDED, Status.ORDERED, Status.INFORMED))
    @rule(data=st.data(), expires=st.sampled_from([None, 50, 800]), stops=st.integers(0, 3))
    def an_ordinary_card_goes_its_way(self, data, expires, stops):
        """Ordered at the region, the letter left, fetched: each card has a number of its own."""
        world = self.world
        card = pick(data, self._cards(Status.NEEDED, Status.ORDERED, Status.INFORMED))
        self._try(lambda: world.act(CardOrdered(card.id, "Eva", world.day)))
        if stops:
            self.the_post_goes()
        if stops > 1:
            until = world.day + days(expires) if expires else None
            number = f"7100{card.id:04}"
            self._try(lambda: world.act(CardActivated(card.id, "Eva", world.day, number, until)))

    @rule(data=st.data(), signed=st.lists(st.sampled_from(list(Signed)), min_size=1, max_size=3))
    def receipts_come_back(self, data, signed):
        world = self.world
        marked = [c for c in self._cards() if c.mark]
        found = []
        for one in signed:
            card = pick(data, [*marked, None])
            mark = card.mark if card is not None else ""
            reading = ReceiptReading(mark, 1, one, b"box", b"page")
            known = world.facts(card) if card is not None else None
            found.append(ReceiptSeen(reading, "skanning.pdf", b"%PDF", known))
        world.mail(CardMail(receipts=tuple(found)), Route.RECEIPTS, OFFICE)

    # --- time -------------------------------------------------------------------------------------

    @rule()
    def the_post_goes(self):
        for posted in self.world.deliver():
            self._look_at(posted)

    def _look_at(self, posted):
        card = self.world.cards.get(posted.card)
        if card is None:
            return
        if isinstance(posted.letter.content, CHASED) and posted.letter.rung:
            assert card.status not in OUT_OF_CHASE, "what is back, or blocked, is not chased"
            assert card.paused is None
        if isinstance(posted.letter.content, Booking):
            assert card.status in (Status.ORDERED, Status.INFORMED)
        if self.world.is_protected(card):
            assert isinstance(posted.letter.content, LossAlert)

    @rule(count=st.sampled_from([1, 1, 2, 3, 7, 40]), hour=HOURS)
    def days_pass(self, count, hour):
        for _ in range(count):
            self._until(self.world.day + days(1), hour)

    @rule(count=st.integers(2, 40), hour=HOURS)
    def the_program_is_away(self, count, hour):
        self._until(self.world.day + days(count), hour)

    @precondition(lambda self: any(c.next_on for c in self.world.live_cards()))
    @rule(data=st.data(), hour=HOURS)
    def the_day_of_a_card_comes(self, data, hour):
        card = pick(data, [c for c in self.world.live_cards() if c.next_on])
        self._until(max(card.next_on, self.world.day), hour)

    def _until(self, day, hour):
        world = self.world
        world.now = max(at_hour(day, hour), world.now)
        letters = len(world.outbox)
        world.tick()
        per_card = [p.card for p in world.outbox[letters:] if p.letter.rung]
        before = self._all()
        world.tick()
        changed = self._changed(before)
        assert not changed, f"a repeated tick is silent: {changed}"
        if not world.policy.cards.may_write(world.now, world.policy.working_days):
            assert not per_card, "no reminder by night or on a closed day"

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def one_active_reserve_card_a_person_and_one_bearer_a_number(self):
        for card in self.world.cards.values():
            self.world._unique(card)

    @invariant()
    def a_loan_ends_in_time(self):
        for card in self._cards(*LENT):
            assert card.due is not None
            assert card.due <= add_months(card.handed_out, 3)
            assert card.due <= self.world.limits.get(card.id, card.due)
            assert card.due <= card.cap
            assert card.id_kind is not None
            assert card.loa in (2, 3)
            assert card.number

    @invariant()
    def each_rung_is_climbed_once(self):
        for card in self.world.cards.values():
            climbed = [(c.ladder, c.rung, c.anchor) for c in card.rungs]
            assert len(climbed) == len(set(climbed))

    @invariant()
    def nobody_gets_more_letters_than_the_cap(self):
        most = self.world.policy.cards.most_letters
        for card in self.world.cards.values():
            reminders = [p for p in self.world.outbox if p.card == card.id and p.letter.rung]
            assert len(reminders) <= card.letters <= most

    @invariant()
    def what_is_blocked_stays_blocked_and_what_is_over_stays_over(self):
        for card in self.world.cards.values():
            if card.id in self.blocked:
                assert card.status in (Status.BLOCKED, Status.DEREGISTERED)
            if self.closed.get(card.id) is Status.DEREGISTERED:
                assert card.status is Status.DEREGISTERED
            if card.status is Status.BLOCKED:
                self.blocked.add(card.id)
            self.closed[card.id] = card.status

    @invariant()
    def no_record_closes_before_its_cards(self):
        for who, record in self.world.records.items():
            if record.status in (RecordStatus.CLOSED, RecordStatus.REMOVED):
                left = [c for c in self.world.of_person(who) if c.status not in OVER]
                assert not left, "cards first, then the record"

    @invariant()
    def no_card_is_forgotten(self):
        for card in self.world.live_cards():
            if card.next_on is not None or self.world.about(card):
                continue
            informs = card.status is Status.ORDERED and any(
                p.card == card.id and isinstance(p.letter.content, Booking) and not p.gone
                for p in self.world.outbox
            )
            in_use = card.status is Status.ACTIVATED and card.due is None
            assert in_use or informs, f"{card.handle} ({card.status}) is forgotten"

    @invariant()
    def each_standing_has_its_work(self):
        wanted = {
            Status.LOST: Kind.LOSS, Status.BLOCKED: Kind.DEREGISTER, Status.RETURNED: Kind.DEREGISTER,
            Status.NEEDED: Kind.CARD_ORDER, Status.REQUESTED: Kind.RESERVE_ORDER,
        }  # fmt: skip
        for card in self.world.live_cards():
            kind = wanted.get(card.status)
            open_ = self.world.about(card)
            if kind is not None:
                assert any(c.kind is kind for c in open_), f"{card.handle} lacks {kind}"
            if card.paused is not None:
                assert any(c.kind is Kind.CARD_CHECK for c in open_), "staff look"
            last = [c for c in card.rungs if c.rung == "+10" and c.anchor == card.due]
            late = card.status in LENT | {Status.TO_RETURN} and card.paused is None
            if late and any(c.ladder in ("reserve", "return") for c in last):
                assert any(c.kind is Kind.BLOCK for c in open_), f"{card} never came"

    @invariant()
    def an_ended_person_holds_no_card_in_use(self):
        for card in self._cards(Status.ACTIVATED, Status.NEEDED, Status.ORDERED, Status.INFORMED):
            record = self.world.record_of(card)
            if record is not None and card.status is Status.ACTIVATED:
                asked = card.due is not None
                assert asked or record.status is not RecordStatus.ENDED, "it shall come back"

    @invariant()
    def a_protected_persons_case_shows_nothing(self):
        for case in self.world.cases.values():
            if case.person is not None and case.person.reveal() == SECRET:
                assert "Hemligsson" not in f"{case.title} {case.why.text} {case.details}"
                assert case.protected or case.stage is Stage.APPROVED


TestCards = CardMachine.TestCase
TestCards.settings = settings(stateful_step_count=60)
TestCards = pytest.mark.timeout(3600)(TestCards)  # the nightly profile runs 10,000 lives


@pytest.mark.parametrize(
    "other",
    [
        a_loan(id=CardId(7)),  # the same number twice
        a_loan(id=CardId(7), number="90000009", holder=a_holder(name="Anna Nygift")),
    ],
)
def test_the_worlds_own_eye_for_two_cards_has_been_seen_to_catch(other):
    world = CardWorld(a_policy(), at_hour(TODAY, 9))
    world.cards[other.id] = other
    with pytest.raises(AssertionError):
        world._unique(a_loan())


def test_the_worlds_own_eye_for_a_protected_person_has_been_seen_to_catch():
    world = CardWorld(a_policy(), at_hour(TODAY, 9))
    loan = a_loan(holder=a_holder(protected=True))
    world.cards[loan.id] = loan
    with pytest.raises(AssertionError):
        world._post(
            Letter((OFFICE,), LossAlert("K-1", "Anna", "", "kort", "i dag", "")), loan.id, None
        )
