"""The laws of our register of persons, and of the register of managers."""

from dataclasses import replace
from datetime import date

from bot.domain.records import Status
from bot.domain.values import PersonId, RecordId
from tests.builders import (
    BO,
    MARIA_MAIL,
    OTHER_UNIT,
    PER_MAIL,
    PER_ROW,
    TODAY,
    UNIT,
    UNIT_ID,
    a_manager,
    a_record,
    days,
    person,
)


def put(store, number: int, **values):
    digits = f"{number:012d}"  # never shown: a key like any other
    with store.begin() as work:
        return work.records.save(a_record(id=0, version=0, person_id=PersonId(digits), **values))


def test_a_record_comes_back_with_all_that_it_holds(store):
    with store.begin() as work:
        saved = work.records.save(
            a_record(id=0, version=0, protected=True, cards_back=True, middle_name="Åsa",
                     hsa_id="SE1234567890-AB12")
        )  # fmt: skip
        assert saved.version == 1
    with store.begin() as work:
        assert work.records.get(person()) == saved
        assert work.records.by_id(saved.id) == saved
        assert work.records.get(person(BO)) is None
        assert work.records.by_id(RecordId(99)) is None


def test_only_records_that_the_day_has_changed_are_due(store):
    yesterday, start = TODAY - days(1), date(2026, 1, 1)
    states = [
        (Status.PLANNED, TODAY, TODAY + days(9), True),
        (Status.PLANNED, TODAY + days(1), TODAY + days(9), False),
        (Status.PLANNED, TODAY + days(1), yesterday, True),
        (Status.ACTIVE, start, yesterday, True),
        (Status.ACTIVE, start, TODAY, False),
        (Status.ENDED, start, yesterday, False),
        (Status.CLOSED, start, TODAY - days(90), True),
        (Status.CLOSED, start, TODAY - days(89), False),
        (Status.REMOVED, start, TODAY - days(400), False),
        (Status.ACTIVE, None, None, False),
    ]
    wanted = []
    for number, (status, first, last, due) in enumerate(states, 1):
        row = put(store, number, status=status, valid_from=first, valid_until=last)
        wanted += [row] if due else []
    with store.begin() as work:
        assert work.records.due(TODAY, 90, 10) == tuple(wanted)
        assert work.records.due(TODAY, 90, 2) == tuple(wanted[:2])


def test_active_records_that_end_between_two_days_both_included(store):
    for number, (status, last) in enumerate(
        (
            (Status.ACTIVE, TODAY),
            (Status.ACTIVE, TODAY + days(30)),
            (Status.ACTIVE, TODAY + days(31)),
            (Status.ACTIVE, TODAY - days(1)),
            (Status.PLANNED, TODAY + days(5)),
            (Status.ACTIVE, None),
        ),
        1,
    ):
        put(store, number, status=status, valid_until=last)
    with store.begin() as work:
        assert [r.id for r in work.records.ending(TODAY, TODAY + days(30))] == [1, 2]


def test_the_population_follows_every_change_of_status(store):
    first = put(store, 1)
    put(store, 2, status=Status.PLANNED)
    put(store, 3, status=Status.ENDED)
    with store.begin() as work:
        assert work.records.population() == 2
        first = work.records.save(replace(first, status=Status.ENDED))
        assert work.records.population() == 1
        first = work.records.save(replace(first, manager_mail=PER_MAIL))
        work.records.save(replace(first, status=Status.ACTIVE))
        assert work.records.population() == 2
        assert [r.id for r in work.records.list()] == [1, 2, 3]


def test_a_new_register_replaces_the_whole_old_one(store):
    old = a_manager(mail="gammal@jarfalla.example")
    with store.begin() as work:
        assert (work.managers.source(), work.managers.list()) == ("", ())
        work.managers.replace([old], "1")
        work.managers.replace([a_manager(), PER_ROW], "2")
    with store.begin() as work:
        assert work.managers.source() == "2"
        assert work.managers.list() == (a_manager(), PER_ROW)
        work.managers.replace([], "3")
        assert (work.managers.source(), work.managers.list()) == ("3", ())


def test_rows_are_found_by_manager_or_deputy_whatever_the_case(store):
    row = a_manager(
        mail="Maria.Lind@Jarfalla.example", deputy_mail=PER_MAIL, deputy_from=TODAY,
        deputy_to=TODAY, valid_to=TODAY, superior_mail="chef@jarfalla.example",
    )  # fmt: skip
    with store.begin() as work:
        work.managers.replace([row, PER_ROW], "1")
        assert work.managers.by_mail(f" {MARIA_MAIL.upper()} ") == (row,)
        assert work.managers.by_mail(PER_MAIL) == (row, PER_ROW)
        assert work.managers.by_mail("okand@jarfalla.example") == ()


def test_rows_are_found_by_the_units_name_or_id(store):
    with store.begin() as work:
        work.managers.replace([a_manager(), PER_ROW], "1")
        assert work.managers.by_unit("hemtjänsten  NORR") == (a_manager(),)
        assert work.managers.by_unit(UNIT_ID) == (a_manager(),)
        assert work.managers.by_unit(OTHER_UNIT) == (PER_ROW,)
        assert work.managers.by_unit(UNIT + "a") == ()
