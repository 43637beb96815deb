"""What counts as a difference from the catalogue, what staff are asked, when nothing is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Case, Kind, Priority, Stage
from bot.domain.decision import Decision, IllegalStepError, Policy, Step
from bot.domain.drift import (
    GONE,
    UNKNOWN,
    Drift,
    becomes_protected,
    differences,
    learnt,
    same,
    twice,
    under_way,
)
from bot.domain.drift_cases import Compared, News, asked, news, over, summary
from bot.domain.drift_halts import MISSING, Tally, halted, released
from bot.domain.events import StaffDone
from bot.domain.following import decide_event
from bot.domain.labels import label
from bot.domain.protection import gate
from bot.domain.records import Action, Change, Entry, Record, Status
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, RecordId
from tests.builders import BO, NOW, TODAY, a_case, a_record, an_entry, event_facts, person

OURS = an_entry()
ID = "SE2321000016-AB12"
PAST, FUTURE = TODAY - timedelta(days=1), TODAY + timedelta(days=400)


@pytest.mark.parametrize(
    ("theirs", "seen"),
    [
        ({}, []),
        ({"phone": "070-174 06 35"}, []),
        ({"phone": "0701740636"}, ["phone"]),
        ({"mail": " Anna.Oberg@JARFALLA.example "}, []),
        ({"mail": "anna@jarfalla.example"}, ["mail"]),
        ({"surname": "Öberg "}, []),
        ({"surname": "öberg"}, ["surname"]),
        ({"surname": "Oberg"}, ["surname"]),
        ({"title": "Under  sköterska"}, ["title"]),
        ({"title": None}, ["title"]),
        ({"title": ""}, ["title"]),
        ({"middle_name": ""}, []),
        ({"middle_name": " "}, []),
        ({"valid_until": FUTURE}, ["valid_until"]),
        ({"valid_until": None}, ["valid_until"]),
        ({"valid_from": TODAY}, ["valid_from"]),
        ({"unit": "Skolan", "unit_id": "9"}, ["unit_id", "unit"]),
        ({"protected": True}, ["protected"]),
        ({"hsa_id": ID}, []),
        ({"hsa_id": "nonsense"}, ["hsa_id"]),
    ],
)
def test_what_counts_as_a_difference(theirs, seen):
    found = differences(a_record(), replace(OURS, **theirs), TODAY)
    assert [d.attribute for d in found] == seen


@pytest.mark.parametrize(
    ("record", "theirs", "seen"),
    [
        ({}, None, [GONE]),
        ({"status": Status.PLANNED}, None, []),
        ({"status": Status.PLANNED}, {"title": "x"}, []),
        ({"status": Status.REMOVED}, {"title": "x"}, []),
        ({"status": Status.ENDED, "valid_until": PAST}, None, []),
        ({"status": Status.CLOSED, "valid_until": PAST}, None, []),
        ({"status": Status.ENDED, "valid_until": PAST}, {"valid_until": PAST, "title": "x"}, []),
        ({"status": Status.ENDED, "valid_until": PAST}, {}, ["valid_until"]),
        ({"status": Status.CLOSED, "valid_until": PAST}, {"valid_until": None}, ["valid_until"]),
        ({"valid_until": PAST}, None, []),  # the day's round has not come to it yet
        (None, {}, [UNKNOWN]),
        (None, {"valid_until": PAST}, []),
        (None, None, []),
    ],
)
def test_who_is_compared_at_all(record, theirs, seen):
    ours = a_record(**record) if record is not None else None
    entry = replace(OURS, **theirs) if theirs is not None else None
    assert [d.attribute for d in differences(ours, entry, TODAY)] == seen


def test_an_hsa_id_is_read_back_only_where_we_have_none():
    theirs = replace(OURS, hsa_id=ID)
    assert learnt(a_record(), theirs) == ID
    assert learnt(a_record(hsa_id="SE2321000016-X"), theirs) == ""
    assert learnt(a_record(status=Status.REMOVED), theirs) == ""
    assert learnt(a_record(), replace(OURS, hsa_id="SE1")) == ""
    assert twice(theirs).theirs == ID
    other = differences(a_record(hsa_id="SE2321000016-X"), theirs, TODAY)
    assert [d.attribute for d in other] == ["hsa_id"]
    assert [d.attribute for d in differences(a_record(hsa_id=ID), OURS, TODAY)] == ["hsa_id"]


def test_the_mark_is_the_same_for_the_same_two_values_and_for_no_others():
    def mark(**theirs):
        return differences(a_record(), replace(OURS, **theirs), TODAY)[0].mark

    assert mark(phone="0701740636") == mark(phone="070-174 06 36")
    assert mark(phone="0701740636") != mark(phone="0701740637")
    assert mark(title="x") != mark(surname="x")


def test_a_flag_is_taken_over_in_one_direction_only():
    flagged = replace(OURS, protected=True)
    assert becomes_protected(a_record(), flagged)
    assert not becomes_protected(a_record(protected=True), OURS)
    assert not becomes_protected(a_record(protected=True), flagged)
    assert not becomes_protected(None, flagged)


def _planned(stage: Stage, kind: Kind = Kind.CHANGE, **values) -> Case:
    after = replace(OURS, **values)
    plan = Change(Action.MODIFY, OURS, after)
    return a_case(kind=kind, stage=stage, person=person(), plan=plan)


@pytest.mark.parametrize(
    ("case", "busy"),
    [
        (_planned(Stage.APPROVED), True),
        (replace(_planned(Stage.APPROVED), not_before=FUTURE), False),
        (_planned(Stage.STAFF), False),
        (a_case(kind=Kind.BY_HAND, stage=Stage.STAFF, person=person()), True),
        (_planned(Stage.APPROVED, Kind.RENEWAL), True),  # an answer, or an undo, is written
        (_planned(Stage.STAFF, Kind.DRIFT), False),
        (a_case(kind=Kind.CARD_ORDER, stage=Stage.STAFF, person=person()), False),
    ],
)
def test_who_is_being_written_is_let_be(case, busy):
    assert (person() in under_way([case], []).busy) is busy
    assert under_way([], [person()]).busy == {person()}


def test_what_is_planned_and_stands_there_already_is_no_difference_but_all_else_is():
    way = under_way([_planned(Stage.STAFF, valid_until=FUTURE)], [])
    theirs = replace(OURS, valid_until=FUTURE, title="x")
    found = differences(a_record(), theirs, TODAY)
    assert [d.attribute for d in way.without(person(), found)] == ["title"]
    other = differences(a_record(), replace(OURS, valid_until=PAST), TODAY)
    assert way.without(person(), other) == other
    assert way.without(person(BO), found) == found


def _asked(record: Record | None, entry: Entry | None) -> Case:
    one = Compared(person(), record, entry, "v9", differences(record, entry, TODAY))
    return asked(news(one, frozenset(), NOW), NOW)


def _done(case: Case, record: Record | None, manager: str = "chef@jarfalla.example"):
    case = replace(case, id=CaseId(7), version=1)
    facts = replace(event_facts(case, record=record), manager=manager)
    return decide_event(StaffDone(case.id, "eva"), facts)


def test_a_gone_person_is_never_ended_by_klar():
    case = _asked(a_record(), None)
    assert (case.plan, case.approvable, case.priority) == (None, False, Priority.NORMAL)
    decision = _done(case, a_record())
    assert (decision.records, decision.steps[0].case.stage) == ((), Stage.CONFIRMED)


def test_the_digests_line_names_every_value_that_klar_takes_over_the_last_day_first():
    theirs = replace(
        OURS, title="Rektor", unit_id="9", unit="Skolan", phone="0701740636", valid_until=PAST,
        given_name="Eva",
    )  # fmt: skip
    case = _asked(a_record(), theirs)
    (taken,) = _done(case, a_record()).records
    changed = [n for n in ("title", "unit_id", "unit", "phone", "valid_until", "given_name")
               if getattr(taken.entry, n) != getattr(OURS, n)]  # fmt: skip
    assert len(changed) == 6
    for name in changed:
        assert f"{label(name)}: " in case.why.text
    assert case.why.text.startswith(f"{label('valid_until')}: {OURS.valid_until} hos oss, {PAST}")
    assert case.details[0][0] == label("valid_until")


def test_klar_never_takes_over_what_has_changed_with_us_since():
    case = _asked(a_record(), replace(OURS, phone="0701740636"))
    with pytest.raises(IllegalStepError, match="ändrats hos oss"):
        _done(case, a_record(phone="0701740639"))
    with pytest.raises(IllegalStepError, match="ändrats hos oss"):
        _done(case, None)
    (record,) = _done(case, a_record(title="Rektor")).records
    assert (record.entry.phone, record.entry.title) == ("0701740636", "Rektor")


def test_klar_takes_over_nothing_of_somebody_who_has_become_protected_since():
    case = _asked(a_record(), replace(OURS, phone="0701740636"))
    assert _done(replace(case, protected=True), a_record(protected=True)).records == ()


def test_a_stranger_without_a_manager_is_not_taken_up():
    case = _asked(None, OURS)
    with pytest.raises(IllegalStepError, match="chefsregistret"):
        _done(case, None, manager="")
    with pytest.raises(IllegalStepError, match="redan"):
        _done(case, a_record())
    (record,) = _done(case, None).records
    assert (record.entry, record.id, record.catalogue_version) == (OURS, 0, "v9")


def test_who_has_moved_by_the_catalogue_gets_the_new_units_manager():
    case = _asked(a_record(), replace(OURS, unit="Skolan", unit_id="9"))
    (record,) = _done(case, a_record(), manager="ny@jarfalla.example").records
    assert (record.manager_mail, record.entry.unit_id) == ("ny@jarfalla.example", "9")


def test_who_ends_by_the_catalogue_is_ended_by_the_days_round_with_the_cards():
    case = _asked(a_record(), replace(OURS, valid_until=PAST))
    (record,) = _done(case, a_record()).records
    assert (record.entry.valid_until, record.status) == (PAST, Status.ACTIVE)
    back = _asked(a_record(status=Status.ENDED, valid_until=PAST), OURS)
    (again,) = _done(back, a_record(status=Status.ENDED, valid_until=PAST)).records
    assert (again.entry.valid_until, again.status) == (OURS.valid_until, Status.ACTIVE)


@pytest.mark.parametrize(("ours", "theirs"), [(True, False), (True, True)])
def test_nothing_of_a_protected_person_is_in_the_case_or_remembered(ours, theirs):
    record = a_record(protected=ours)
    entry = replace(OURS, protected=theirs, phone="0701740636")
    one = Compared(person(), record, entry, "v9", differences(record, entry, TODAY))
    found = news(one, frozenset(), NOW)
    assert {(d.ours, d.theirs) for d in found.rows} == {("", "")}
    case = asked(found, NOW)
    assert (case.protected, case.plan, case.approvable) == (True, None, False)
    assert case.priority is (Priority.NORMAL if theirs else Priority.URGENT)


def test_many_are_told_of_by_numbers_alone():
    entry = replace(OURS, phone="0701740636")
    one = Compared(person(), a_record(), entry, "v9", differences(a_record(), entry, TODAY))
    case = summary([news(one, frozenset(), NOW)] * 30, NOW)
    assert case.title == "Skillnader mot katalogen: 30 personer"
    assert case.details == (("Telefon", "30"),)
    assert "Öberg" not in str(case)


POLICY = Policy(brake_records=20, brake_share=0.1, brake_floor=5)


def _tally(entries=100, population=100, gone=0, flagged=0, differing=0, still_there=0) -> Tally:
    return Tally(entries, population, gone, flagged, differing, still_there)


@pytest.mark.parametrize(
    ("tally", "let", "words"),
    [
        (_tally(), 0, None),
        (_tally(entries=0, population=0), 0, None),
        (_tally(entries=0, population=1, gone=1), 0, "utan en enda"),
        (_tally(entries=0, population=30, gone=30), 30, "utan en enda"),
        (_tally(gone=10), 0, None),
        (_tally(gone=11), 0, "11 av 100"),
        (_tally(gone=11), 11, None),
        (_tally(gone=12), 11, "12 av 100"),
        (_tally(population=12, gone=5), 0, None),
        (_tally(population=12, gone=6), 0, "6 av 12"),
        (_tally(entries=20000, population=20000, gone=20), 0, None),
        (_tally(entries=20000, population=20000, gone=21), 0, "21 av 20000"),
        (_tally(flagged=11), 0, "skyddade"),
        (_tally(still_there=6), 0, "finns där"),
        (_tally(still_there=5), 0, None),
        (_tally(differing=2000), 0, None),
        (_tally(differing=2001), 0, "Fler än 2000"),
    ],
)
def test_when_a_comparison_is_not_believed(tally, let, words):
    case = halted(tally, POLICY, let, NOW)
    assert (case is None) if words is None else (case is not None and words in case.why.text)


def test_only_a_clerks_yes_to_missing_people_releases_them():
    case = replace(halted(_tally(gone=40), POLICY, 0, NOW), id=CaseId(3))
    assert dict(case.details)[MISSING] == "40"
    yes = replace(case, stage=Stage.CONFIRMED)
    assert released([yes]) == 40
    assert released([replace(case, stage=Stage.REJECTED)]) == 0
    assert released([yes, replace(case, id=CaseId(4), stage=Stage.REJECTED)]) == 0
    empty = halted(_tally(entries=0), POLICY, 0, NOW)
    assert released([replace(empty, id=CaseId(5), stage=Stage.CONFIRMED)]) == 0
    assert released([]) == 0


TEXTS = st.sampled_from(["", " ", "x", "X", "Öberg", "Öberg ", "y"])
WORDS = st.none() | TEXTS
DATES = st.none() | st.sampled_from([PAST, TODAY, FUTURE, date(2020, 1, 1)])
ENTRIES = st.builds(
    Entry, person_id=st.just(person()), surname=TEXTS, given_name=WORDS, middle_name=WORDS,
    title=WORDS, unit_id=WORDS, unit=WORDS, mail=st.sampled_from([None, "a@b.example", "A@B.example"]),
    phone=st.sampled_from([None, "08-1", "081", "082"]), valid_from=DATES, valid_until=DATES,
    hsa_id=st.sampled_from([None, ID, "SE2321000016-X"]), protected=st.just(value=False),
)  # fmt: skip
RECORDS = st.none() | st.builds(
    Record, id=st.just(RecordId(1)), entry=ENTRIES, status=st.sampled_from(Status),
    manager_mail=st.just("m@b.example"), version=st.just(1),
)  # fmt: skip


@given(RECORDS, st.none() | ENTRIES)
def test_after_all_is_taken_over_nothing_differs(record, entry):
    found = differences(record, entry, TODAY)
    if not found or entry is None:
        return
    case = _asked(record, entry)
    (taken,) = _done(case, record).records
    if taken.status is Status.ACTIVE or record is None:
        assert differences(taken, entry, TODAY) == ()
    if taken.catalogue_version:
        assert same(replace(taken.entry, hsa_id=entry.hsa_id), entry)


@given(RECORDS, ENTRIES, ENTRIES)
def test_what_is_planned_is_never_told_of(record, entry, after):
    case = a_case(
        kind=Kind.CHANGE,
        stage=Stage.STAFF,
        person=person(),
        plan=Change(Action.MODIFY, None, after),
    )
    left = under_way([case], []).without(person(), differences(record, after, TODAY))
    assert [d.attribute for d in left if d.attribute not in (GONE, UNKNOWN)] == []
    busy = under_way([replace(case, stage=Stage.APPROVED)], [])
    assert person() in busy.busy
    assert entry is not None


@given(st.lists(st.none() | ENTRIES, min_size=1, max_size=5))
def test_a_difference_is_told_once_however_often_it_is_seen(nights):
    record = a_record()
    rows: tuple[Drift, ...] = ()
    live: Case | None = None
    told: list[tuple[str, str]] = []
    for number, entry in enumerate(nights * 2):
        now = NOW + timedelta(days=number)
        marks = {(d.attribute, d.mark) for d in rows}
        one = Compared(person(), record, entry, "v", differences(record, entry, TODAY), rows, live)
        found = news(one, {live.id} if live else set(), now)
        assert {(d.attribute, d.mark) for d in found.ended} == marks - _marks(one)
        rows, live = _kept(found, live, number, now)
        assert {(d.attribute, d.mark) for d in rows} == _marks(one)
        assert all(d.since == now for d in rows if (d.attribute, d.mark) not in marks)
        told += [(d.attribute, d.mark) for d in found.asks if not d.id]
        assert (live is None) == (not rows)
    assert len(told) >= len(_marks(one)) * bool(rows)


def _marks(one: Compared) -> set[tuple[str, str]]:
    return {(d.attribute, d.mark) for d in one.found}


def _kept(
    found: News, live: Case | None, number: int, now
) -> tuple[tuple[Drift, ...], Case | None]:
    """Do as the memory does: number what is new, let a new case tell of what it asks about."""
    case = replace(asked(found, now), id=CaseId(number + 1)) if found.asks else None
    if found.over is not None:
        assert over(found.over, replaced=bool(found.asks)).case.closed is None
        live = None
    live = case or live
    asks = {(d.attribute, d.mark) for d in found.asks}
    rows = tuple(
        replace(d, id=d.id or 1000 * number + place + 1,
                case=case.id if case and (d.attribute, d.mark) in asks else d.case)
        for place, d in enumerate(found.rows)
    )  # fmt: skip
    return rows, live


def test_the_gate_leaves_nothing_of_a_protected_case():
    case = _asked(a_record(protected=True), OURS)
    decision = Decision(Outcome.WITH_STAFF, case.why, (Step(case),))
    shielded = gate(decision, {person()}).steps[0].case
    assert (shielded.details, shielded.plan, shielded.approvable) == ((), None, False)
    assert "Öberg" not in f"{shielded.title}{shielded.why}"
