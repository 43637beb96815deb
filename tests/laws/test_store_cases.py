"""The laws of cases: found by what they are about, and whole again."""

from dataclasses import replace

import pytest

from bot.domain.cases import Kind, Priority, Stage
from bot.domain.forms import How
from bot.domain.letters import Point
from bot.domain.problems import Problem
from bot.domain.questions import Answered, Asked, Inquiry
from bot.domain.records import Action, Change
from bot.domain.values import CaseId, MailId, RecordId
from bot.ports.errors import ConflictError
from bot.ports.mailbox import Ref
from tests.builders import (
    BO,
    NOW,
    TODAY,
    a_form,
    a_record,
    an_entry,
    an_order,
    an_origin,
    confirmed,
    days,
    person,
)
from tests.laws.databases import new_case
from tests.laws.test_store_outbox import letter, put


def save(store, **values):
    with store.begin() as work:
        return work.cases.save(new_case(**values))


def test_a_case_comes_back_with_all_that_it_holds(store):
    with store.begin() as work:
        mail = work.journal.add(Ref("INBOX", "1", "1"), b"x", "", NOW)
        record = work.records.save(a_record(id=0, version=0))
        above = work.cases.save(new_case())
        saved = work.cases.save(
            new_case(
                kind=Kind.CHANGE, stage=Stage.APPROVED, priority=Priority.URGENT,
                origin=an_origin(mail=mail, references=("<a@x.example>", "<b@x.example>")),
                parent=above.id, record=record.id, protected=True, fingerprint="f" * 64,
                order=an_order(last_day=TODAY, reserve_reasons=("lost_card",)),
                reading=a_form(reserve_order=True, reserve_reasons=("lost_card", "new_hire")),
                problems=(Problem("mail", "shape", 'Ser inte ut som en adress: "å"'),),
                plan=Change(Action.MODIFY, an_entry(), an_entry(title="Sjuksköterska")),
                expected="7", not_before=TODAY, approvable=True, closed=NOW,
                details=(("Rad", "värde"), ("Rad", "")), letter=None,
            )
        )  # fmt: skip
    assert (saved.id, saved.version) == (above.id + 1, 1)
    with store.begin() as work:
        assert work.cases.get(saved.id) == saved
        assert work.cases.get(CaseId(999)) is None


def test_a_form_with_half_a_surrogate_is_kept_with_a_question_mark(store):
    case = save(store, reading=a_form(surname="Ö\ud800berg"), title="Ö\ud800\0")
    with store.begin() as work:
        read = work.cases.get(case.id)
    assert read.reading.text("surname") == "Ö?berg"
    assert read.title == "Ö?\0"


def test_saving_again_replaces_and_counts_the_version(store):
    case = save(store)
    with store.begin() as work:
        again = work.cases.save(replace(case, stage=Stage.APPROVED, title="ny"))
    assert again.version == 2
    with store.begin() as work:
        assert work.cases.list() == (again,)


def test_saving_a_case_that_is_not_there_is_a_conflict(store):
    with pytest.raises(ConflictError), store.begin() as work:
        work.cases.save(new_case(id=CaseId(5), version=1))


def test_the_same_form_is_found_in_its_earliest_case_that_counts(store):
    for stage in (Stage.REJECTED, Stage.LINKED, Stage.STAFF, Stage.APPROVED):
        save(store, stage=stage, fingerprint="abc")
    save(store, fingerprint="")
    with store.begin() as work:
        assert work.cases.same_form("abc").stage is Stage.STAFF
        assert work.cases.same_form("other") is None
        assert work.cases.same_form("") is None


def test_a_person_has_the_live_cases_and_the_orders_done_lately(store):
    live = save(store)
    lately = save(store, stage=Stage.CONFIRMED, closed=NOW - days(29))
    save(store, stage=Stage.CONFIRMED, closed=NOW - days(31))
    save(store, stage=Stage.CONFIRMED, closed=NOW, order=None)
    save(store, person=person(BO))
    save(store, person=None)
    with store.begin() as work:
        work.runs.clock(NOW)
        assert work.cases.of_person(person()) == (live, lately)


def test_an_answer_finds_the_case_of_the_letter_it_answers(store):
    first, second = save(store), save(store)
    with store.begin() as work:
        for case, name in ((first, "<1@ek.example>"), (second, "<2@ek.example>")):
            row = work.outbox.get(put(work, letter(), f"{case.id}", case=case.id))
            work.outbox.save(replace(row, message_id=name))
        row = work.outbox.get(put(work, letter(), "digest"))
        work.outbox.save(replace(row, message_id="<3@ek.example>"))
    with store.begin() as work:
        answered = work.cases.answered_by
        assert answered(("<x@y.example>", "<2@ek.example>", "<1@ek.example>")) == second
        assert (
            answered(()) is answered(("", "<x@y.example>")) is answered(("<3@ek.example>",)) is None
        )
        assert answered(f"<{n}@y.example>" for n in range(2000)) is None


def test_cases_of_a_record_count_also_before_it_had_one(store):
    before = save(store)
    with store.begin() as work:
        record = work.records.save(a_record(id=0, version=0)).id
    after = save(store, record=record, person=None)
    save(store, person=person(BO))
    with store.begin() as work:
        assert work.cases.of_record(record) == (before, after)
        assert work.cases.of_record(RecordId(99)) == ()


def test_cases_of_a_mail(store):
    with store.begin() as work:
        mail = work.journal.add(Ref("INBOX", "1", "1"), b"x", "", NOW)
    found = [save(store, origin=an_origin(mail=mail)) for _ in range(2)]
    save(store)
    with store.begin() as work:
        assert work.cases.of_mail(mail) == tuple(found)


def test_open_cases_are_all_that_are_not_done(store):
    stages = {stage: save(store, stage=stage).id for stage in Stage}
    with store.begin() as work:
        live = {c.id for c in work.cases.list(open_only=True)}
        assert [c.id for c in work.cases.list()] == list(stages.values())
    assert live == {stages[s] for s in (Stage.ASKED, Stage.STAFF, Stage.APPROVED, Stage.WAITS)}


def test_planned_changes_come_due_oldest_day_first(store):
    late = save(store, stage=Stage.APPROVED, not_before=TODAY)
    early = save(store, stage=Stage.APPROVED, not_before=TODAY - days(2))
    save(store, stage=Stage.APPROVED, not_before=TODAY + days(1))
    save(store, stage=Stage.STAFF, not_before=TODAY)
    save(store, stage=Stage.APPROVED)
    with store.begin() as work:
        assert work.cases.due(TODAY, 10) == (early, late)
        assert work.cases.due(TODAY, 1) == (early,)


def test_cases_closed_since_an_instant_include_that_instant(store):
    save(store, stage=Stage.CONFIRMED, closed=NOW - days(1))
    done = save(store, stage=Stage.CONFIRMED, closed=NOW)
    with store.begin() as work:
        assert work.cases.closed_since(NOW) == (done,)


def test_the_brake_counts_endings_approved_or_carried_out_since(store):
    for values in (
        {"stage": Stage.APPROVED},
        {"stage": Stage.CONFIRMED, "closed": NOW},
        {"stage": Stage.CONFIRMED, "closed": NOW, "opened": NOW - days(3)},
        {"stage": Stage.CONFIRMED, "closed": NOW - days(2), "opened": NOW - days(3)},
        {"stage": Stage.STAFF},
        {"stage": Stage.REJECTED, "closed": NOW},
        {"stage": Stage.APPROVED, "kind": Kind.CHANGE},
    ):
        save(store, **{"kind": Kind.CANCEL, **values})
    with store.begin() as work:
        assert work.cases.ended_since(NOW - days(1)) == 3


def test_a_closed_case_stays_readable(store):
    case = save(store)
    with store.begin() as work:
        work.cases.save(confirmed(case))
        assert work.cases.get(case.id).closed == NOW


def test_asked_cases_are_found_on_their_day_and_never_when_answered(store):
    with store.begin() as work:
        late = work.cases.save(new_case(stage=Stage.ASKED, remind_on=TODAY))
        early = work.cases.save(new_case(stage=Stage.ASKED, remind_on=TODAY - days(3)))
        work.cases.save(new_case(stage=Stage.ASKED, remind_on=TODAY + days(1)))
        work.cases.save(new_case(stage=Stage.ASKED))
        work.cases.save(new_case(stage=Stage.STAFF, remind_on=TODAY))
        assert work.cases.asked(TODAY, 10) == (early, late)
        assert work.cases.asked(TODAY, 1) == (early,)


def test_a_question_and_its_answers_come_back_as_they_were(store):
    asked = (Asked(1, "surname", "Öberg"), Asked(2, "reserve_reasons", ("foreign",), denied=True))
    points = (Point("Efternamn", "Stämmer det?", "Öberg", 1, "falt-surname.png"),)
    inquiry = Inquiry(TODAY, points, asked, rung=1, tries=1, letters=2)
    answers = (
        Answered("card_order", value=False, how=How.REPLY, by="m@x.example", on=TODAY),
        Answered("phone", "0701740635", How.STAFF, "eva", TODAY, MailId(3)),
        Answered("middle_name", None, How.STAFF, "eva", TODAY),
    )
    case = save(store, inquiry=inquiry, answers=answers, sent_on=TODAY, stage=Stage.ASKED)
    with store.begin() as work:
        assert work.cases.get(case.id) == case
