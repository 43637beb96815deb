"""The pure core under anything that can happen to it, in any order."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.calendar import add_years
from bot.domain.cases import Case, Kind, Stage, Status
from bot.domain.decision import IllegalStepError
from bot.domain.entries import status_on
from bot.domain.events import LetterFailed, StaffDone, StaffRejected
from bot.domain.forms import Signed
from bot.domain.questions import Answer, Reply, Said
from bot.domain.records import Status as RecordStatus
from bot.domain.triage import MailSeen, Outcome
from bot.domain.values import LetterId, MailId
from tests.builders import (
    OTHER_UNIT,
    OTHER_UNIT_ID,
    PER_MAIL,
    TODAY,
    UNIT,
    UNIT_ID,
    Unsure,
    a_document,
    a_form,
    a_mail,
    a_manager,
    an_entry,
    days,
    person,
)
from tests.machines.core_world import World

MARIA_MAIL, DEPUTY_MAIL = "maria.lind@jarfalla.example", "asa.ny@jarfalla.example"
STRANGER = "nagon@annan.example"
MANAGERS = (
    a_manager(
        deputy_mail=DEPUTY_MAIL, deputy_from=TODAY + days(3), deputy_to=TODAY + days(30),
        valid_to=TODAY + days(300),
    ),
    a_manager(name="Per Ek", mail=PER_MAIL, unit_id=OTHER_UNIT_ID, unit=OTHER_UNIT),
)  # fmt: skip
SIGNERS = {UNIT: ("Maria Lind", "Åsa Ny"), OTHER_UNIT: ("Per Ek", "Per Ek")}
PEOPLE = {  # number: given name, surname, unit; each word is one person's only
    "198504272389": ("Annakarin", "Öbergström", UNIT),
    "199001012385": ("Bosse", "Kvistenqvist", UNIT),
    "198803622391": ("Cilliana", "Ravnsborg", OTHER_UNIT),
    "196409053086": ("Danilo", "Hemligsson", UNIT),  # protected in the catalogue
    "199904102382": ("Maria", "Lind", UNIT),  # the manager herself
}
SECRET = "196409053086"
DAYS = ("effective_from", "employed_to", "lost_on")
CROWD = (
    "199002052398", "199003072395", "199004062395", "199005062386", "199006052386",
    "199007052385", "199008192396", "199009172397", "199010092394", "199011082394",
    "199012022381", "198501012382", "198501302395", "198502282380", "198503292396",
    "198505262389", "198506242398", "198507232398", "198508212381", "198509192384",
    "198510182382", "198511172382", "198512152383", "199901122391", "199902092387",
)  # fmt: skip


def mostly(usual, *odd):
    """Draw *usual* three times in four, else one of *odd*: few faults a form, and all of them."""
    return st.integers(0, 3).flatmap(lambda n: st.just(usual) if n else st.sampled_from(odd))


def pick(data, things):
    """Draw one of *things* by its place, so that a failing run prints short."""
    return things[data.draw(st.integers(0, len(things) - 1))]


@st.composite
def wishes(draw):
    """What a form says, with its days counted from the day it is sent."""
    digits = draw(st.sampled_from([*PEOPLE, *list(PEOPLE)[:3] * 2]))
    given, surname, unit = PEOPLE[digits]
    action = draw(st.sampled_from(["new", "change", "cancel"]))
    ending = action == "cancel"
    wish = {
        "person_id": digits, "action": action, "given_name": given, "surname": surname,
        "unit": unit, "title": draw(st.sampled_from(["Undersköterska", "Sjuksköterska"])),
        "effective_from": draw(st.none() | st.integers(-3, 60)),
        "employed_to": draw(mostly(None, 5, 20, 100, 400)),
        "last_day": draw(st.integers(-10, 60)) if ending else None,
        "lost_on": draw(mostly(None, 0, -3)),
        "card_order": not ending and draw(st.booleans()),
        "reserve_order": not ending and draw(mostly(False, True)),
        "protected": False, "signed": Signed.INK, "deputy_signs": 0, "spoiled": None,
    }  # fmt: skip
    return {**wish, **draw(mostly({}, *FAULTS))}


FAULTS = (
    {"action": None}, {"given_name": "Erik"}, {"given_name": None}, {"surname": "Ekeson"},
    {"given_name": "Erik", "surname": "Ekeson"}, {"unit": UNIT}, {"unit": OTHER_UNIT},
    {"unit": "Okänd enhet"}, {"title": None}, {"effective_from": 300}, {"employed_to": -20},
    {"last_day": 300}, {"last_day": -400}, {"protected": True}, {"spoiled": "protected"},
    {"spoiled": "phone"}, {"spoiled": "person_id"}, {"spoiled": "unit"}, {"spoiled": "mail"},
    {"signed": Signed.NONE}, {"signed": Signed.UNSURE}, {"deputy_signs": 1},
)  # fmt: skip


def filled_in(wish, day):
    values = dict(wish)
    deputy, spoiled = values.pop("deputy_signs"), values.pop("spoiled")
    for key in ("effective_from", "employed_to", "last_day", "lost_on"):
        values[key] = None if values[key] is None else (day + days(values[key])).isoformat()
    values["manager_name"] = SIGNERS.get(values["unit"], ("Maria Lind",) * 2)[deputy]
    values["manager_mail"] = None
    values["mail"] = f"{PEOPLE[values['person_id']][0]}@jarfalla.example"
    values["signed_on"] = day.isoformat()
    values["reserve_reasons"] = ("short_term",) if values["reserve_order"] else None
    if spoiled is not None:
        values[spoiled] = Unsure(values.get(spoiled))
    return a_form(**values)


class CoreMachine(RuleBasedStateMachine):
    """Mails, answers of the catalogue, clerks and days, in any order."""

    @initialize()
    def begin(self):
        self.world = World(MANAGERS, TODAY)
        self.world.numbers = {*PEOPLE, *CROWD}
        self.sent: list[MailSeen] = []
        self.closed: dict[int, Case] = {}
        for digits in CROWD:
            names = {"given_name": "Folke", "surname": "Folkesson"}
            self.world.seed(an_entry(person_id=person(digits), **names), MARIA_MAIL)
        for digits in list(PEOPLE)[0:3:2]:
            given, surname, unit = PEOPLE[digits]
            where = {"unit": unit, "unit_id": UNIT_ID if unit == UNIT else OTHER_UNIT_ID}
            names = {"given_name": given, "surname": surname, "mail": None}
            self.world.seed(an_entry(person_id=person(digits), **names, **where), MARIA_MAIL)
        given, surname, _ = PEOPLE[SECRET]
        entry = an_entry(
            person_id=person(SECRET), given_name=given, surname=surname, protected=True,
            mail="danilo.hemligsson@jarfalla.example",
        )  # fmt: skip
        self.world.seed(entry, MARIA_MAIL)

    def _post(self, seen):
        self.sent.append(seen)
        return self.world.mail(seen)

    def _mail(self, forms, sender, *, authenticated=True, **values):
        number = MailId(len(self.sent) + 1)
        documents = tuple(
            a_document(f, name=f"Blankett {f.text('person_id') or ''}.pdf") for f in forms
        )
        return a_mail(
            mail=number, sender=sender, authenticated=authenticated, documents=documents,
            sent_on=self.world.day, message_id=f"<{number}@x.example>", **values,
        )  # fmt: skip

    @rule(
        wanted=st.lists(wishes(), min_size=1, max_size=3),
        sender=mostly(None, MARIA_MAIL, PER_MAIL, DEPUTY_MAIL, STRANGER),
        authenticated=st.sampled_from([True] * 7 + [False]),
    )
    def forms_arrive(self, wanted, sender, authenticated):
        forms = [filled_in(w, self.world.day) for w in wanted]
        own = PER_MAIL if wanted[0]["unit"] == OTHER_UNIT else MARIA_MAIL
        self._post(self._mail(forms, sender or own, authenticated=authenticated))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), sender=st.sampled_from([None, None, PER_MAIL, STRANGER]))
    def the_same_forms_arrive_again(self, data, sender):
        old = pick(data, self.sent)
        forms = [f for d in old.documents for f in d.forms]
        again = self._mail(forms, sender or old.sender, authenticated=old.authenticated)
        self.world.settle(again)
        taken = [self.world.same_form(f) for f in forms]
        letters, writes = len(self.world.outbox), dict(self.world.writes)
        self._post(again)
        if forms and all(c is not None and c.origin.answerable for c in taken):
            assert len(self.world.outbox) == letters, "one answer for a form sent twice"
            assert self.world.writes == writes

    @rule(count=st.sampled_from([1, 3, 5, 5, 6, len(CROWD)]))
    def a_batch_of_cancellations_arrives(self, count):
        start = (self.world.day.toordinal() * 7) % 20
        last = (self.world.day + days(5)).isoformat()
        signed = self.world.day.isoformat()
        forms = [
            a_form(
                action="cancel", person_id=digits, given_name="Folke", surname="Folkesson",
                mail=None, last_day=last, signed_on=signed,
            )
            for digits in (CROWD * 2)[start : start + count]
        ]  # fmt: skip
        self._post(self._mail(forms, MARIA_MAIL))

    @precondition(lambda self: self.world.outbox)
    @rule(data=st.data(), sender=st.sampled_from([None, PER_MAIL, STRANGER]))
    def somebody_answers_a_letter_in_words(self, data, sender):
        letter = pick(data, self.world.outbox)
        to = sender or letter.letter.to[0]
        self._post(self._mail([], to, threads=(str(letter.case),)))

    @precondition(lambda self: self.world.outbox)
    @rule(data=st.data(), wish=wishes())
    def somebody_answers_a_letter_with_a_form(self, data, wish):
        letter = pick(data, self.world.outbox)
        form = filled_in(wish, self.world.day)
        self._post(self._mail([form], letter.letter.to[0], threads=(str(letter.case),)))

    def _questions(self):
        cases = self.world.cases.values()
        return [c for c in cases if c.inquiry is not None and c.inquiry.asked]

    @precondition(lambda self: self._questions())
    @rule(
        data=st.data(),
        said=st.sampled_from(list(Said)),
        stranger=mostly(False, True),
        junk=mostly((), ("ring mig",)),
    )
    def somebody_answers_a_question_in_words(self, data, said, stranger, junk):
        case = pick(data, self._questions())
        point = pick(data, case.inquiry.asked)
        value = {
            "person_id": next(iter(PEOPLE)),
            "action": "change",
            "unit": UNIT,
            "last_day": None,
        }
        value = value.get(point.key, "2026-12-24" if point.key in DAYS else "Öbergström")
        reply = Reply((Answer(point.number, said, value),) if value else (), junk)
        before = dict(self.world.cases)
        sender = STRANGER if stranger else case.origin.sender
        seen = self._mail([], sender, threads=(str(case.id),))
        self.sent.append(seen)
        self.world.mail(seen, reply)
        if stranger or (junk and case.stage is Stage.ASKED):
            assert self.world.cases[case.id].answers == before[case.id].answers

    @precondition(lambda self: self.world.writes)
    @rule(data=st.data(), how=st.sampled_from(["take", "take", "take", "by_hand", "refuse"]))
    def the_catalogue_answers(self, data, how):
        self.world.write(pick(data, sorted(self.world.writes)), how)

    @precondition(lambda self: self.world.old_events)
    @rule(data=st.data())
    def an_old_answer_comes_again(self, data):
        event = pick(data, self.world.old_events)
        case = self.world.cases[event.case]
        if case.stage is not Stage.APPROVED:
            self.world.event(event)
            assert self.world.cases[event.case] == case

    @rule(data=st.data(), protect=st.sampled_from([False] * 5 + [True]))
    def another_hand_edits_the_catalogue(self, data, protect):
        who = pick(data, sorted(self.world.catalogue))
        entry, version = self.world.catalogue[who]
        edited = replace(entry, phone=f"07017406{version % 90 + 10}")
        if protect and who.reveal() in PEOPLE:
            edited = replace(edited, protected=True)
        self.world.catalogue[who] = (edited, version + 1)

    def _act(self, data, make):
        cases = [c.id for c in self.world.cases.values() if c.closed is None]
        number = pick(data, cases)
        before = dict(self.world.cases)
        try:
            self.world.event(make(number))
        except IllegalStepError:
            assert self.world.cases == before

    @precondition(lambda self: any(c.closed is None for c in self.world.cases.values()))
    @rule(data=st.data())
    def a_clerk_finishes_or_releases(self, data):
        self._act(data, lambda number: StaffDone(number, "Eva"))

    @precondition(lambda self: any(c.closed is None for c in self.world.cases.values()))
    @rule(data=st.data(), digits=st.sampled_from(sorted(PEOPLE)))
    def a_clerk_refuses(self, data, digits):
        self._act(data, lambda number: StaffRejected(number, "Eva", f"Fel nummer {digits}"))

    @precondition(lambda self: self.world.outbox)
    @rule(data=st.data())
    def a_letter_fails(self, data):
        place = pick(data, range(len(self.world.outbox)))
        posted, letters = self.world.outbox[place], len(self.world.outbox)
        kind, to = posted.letter.kind, posted.letter.to
        self.world.event(LetterFailed(posted.case, LetterId(place + 1), kind, to, "550"))
        assert len(self.world.outbox) == letters

    @rule(count=st.sampled_from([1, 1, 1, 2, 7, 40]))
    def days_pass(self, count):
        self.world.midnight(count)
        cases, records = dict(self.world.cases), dict(self.world.records)
        self.world.midnight(0)
        assert self.world.cases == cases, "a repeated tick is silent"
        assert self.world.records == records

    def _planned(self):
        cases = self.world.cases.values()
        return [c.not_before for c in cases if c.stage is Stage.APPROVED and c.not_before]

    @precondition(lambda self: self._planned())
    @rule()
    def the_day_of_a_plan_comes(self):
        self.world.midnight(max((min(self._planned()) - self.world.day).days, 0))

    @rule(digits=st.sampled_from(list(PEOPLE)[0:3:2]), ahead=st.integers(1, 30), wish=wishes())
    def a_change_is_planned(self, digits, ahead, wish):
        given, surname, unit = PEOPLE[digits]
        plan = {
            "person_id": digits, "given_name": given, "surname": surname, "unit": unit,
            "action": "change", "effective_from": ahead, "employed_to": None, "last_day": None,
        }  # fmt: skip
        form = filled_in({**wish, **plan}, self.world.day)
        self._post(self._mail([form], PER_MAIL if unit == OTHER_UNIT else MARIA_MAIL))

    @invariant()
    def every_mail_has_exactly_one_outcome(self):
        assert {m.mail for m in self.sent} == set(self.world.outcomes)
        assert all(len(found) == 1 for found in self.world.outcomes.values())
        assert all(isinstance(o, Outcome) for [o] in self.world.outcomes.values())

    @invariant()
    def a_closed_case_never_changes(self):
        for number, case in self.closed.items():
            assert self.world.cases[number] == case
        self.closed = {n: c for n, c in self.world.cases.items() if c.status is Status.DONE}
        assert all(c.closed is not None for c in self.closed.values())

    @invariant()
    def an_open_case_always_waits_for_somebody(self):
        hands = {c.parent for c in self.world.cases.values()
                 if c.kind is Kind.BY_HAND and c.closed is None}  # fmt: skip
        asked = {s.case for s in self.world.outbox if s.letter.kind == "question"}
        looked = [c for c in self.world.cases.values() if c.stage is Stage.ASKED]
        assert all(c.remind_on is not None for c in looked), "no question is ever forgotten"
        for number, case in self.world.cases.items():
            if case.stage is Stage.APPROVED:
                assert case.not_before or number in self.world.writes or number in hands
            if case.stage is Stage.ASKED:
                assert number in asked

    @invariant()
    def no_record_closes_before_its_cards_are_back(self):
        for record in self.world.records.values():
            if record.status in (RecordStatus.CLOSED, RecordStatus.REMOVED):
                assert record.cards_back
                assert status_on(record.entry, self.world.day) is RecordStatus.ENDED

    @invariant()
    def what_we_hold_is_what_the_catalogue_held(self):
        for who, record in self.world.records.items():
            entry, version = self.world.catalogue[who]
            assert record.catalogue_version != str(version) or record.entry == entry

    @invariant()
    def the_brake_holds_mass_endings(self):
        assert all(count <= 20 for count in self.world.by_itself.values())

    @invariant()
    def no_entry_lasts_longer_than_a_year_from_today_or_its_start(self):
        for record in self.world.records.values():
            entry = record.entry
            assert entry.valid_from is not None
            assert entry.valid_until is not None
            latest = max(entry.valid_from, self.world.day)
            assert entry.valid_until <= add_years(latest, 1)


TestCore = CoreMachine.TestCase
TestCore.settings = settings(stateful_step_count=40)
TestCore = pytest.mark.timeout(3600)(TestCore)  # the nightly profile runs 10,000 lives


@pytest.mark.parametrize("text", ["Blankett 850427-2389.pdf", "198504272389", "850427 2389"])
def test_the_worlds_own_eye_for_numbers_has_been_seen_to_catch(text):
    world = World(MANAGERS, TODAY)
    world.numbers = set(PEOPLE)
    with pytest.raises(AssertionError):
        world._clean(text)
