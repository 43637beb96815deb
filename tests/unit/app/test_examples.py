"""Corrections that stand become examples: never a forbidden field, a protected person, a way back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import desk_book, example_round, rounds, undoing
from bot.domain.asking import picture_name
from bot.domain.calendar import today
from bot.domain.cases import Stage
from bot.domain.events import StaffCorrected
from bot.domain.examples import FIELDS, examples
from bot.domain.forms import FieldReading, How, State
from bot.domain.labels import LABELS
from bot.domain.replying import corrected
from bot.domain.staff_acts import Via
from tests.builders import TODAY, a_case, a_form, an_origin
from tests.desk import at
from tests.e2e.office import Office

FRIDAY, LONG_AFTER = "2026-11-20", "2027-01-15"
NEVER = {
    "person_id", "mail", "phone", "card_number", "signed", "manager_mail", "manager_phone",
    "birth_date", "hsa_id", "manager_name", "police_reference",
}  # fmt: skip


def scanned(**values):
    """Return a case whose form was read from a scan."""
    form = a_form(**values)
    fields = tuple(replace(f, how=How.SCAN) for f in form.fields)
    return a_case(stage=Stage.STAFF, reading=replace(form, fields=fields))


def made(before, after, pictures):
    return examples(before, after, pictures, month=TODAY, reader="1")


def by_a_clerk(case, **values):
    return corrected(case, StaffCorrected(case.id, "eva", TODAY, tuple(values.items())))


PICTURES = {picture_name(key): key.encode() for key in LABELS}


def test_a_corrected_name_is_an_example_with_its_month_only():
    case = scanned(surname="Oberg")
    (one,) = made(case, by_a_clerk(case, surname="Öberg"), PICTURES)
    assert (one.month, one.key, one.truth, one.read) == (
        date(2026, 11, 1), "surname", "Öberg", "Oberg",
    )  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), st.text(min_size=1), max_size=6))
def test_no_field_outside_the_list_ever_becomes_an_example(values):
    case = scanned()
    found = made(case, by_a_clerk(case, **values), PICTURES)
    assert {e.key for e in found} <= FIELDS
    assert not FIELDS & NEVER


@given(st.sampled_from(sorted(FIELDS)), st.text(min_size=1), st.integers(0, 2))
def test_nothing_of_a_protected_person_becomes_an_example(key, value, way):
    case = scanned()
    after = by_a_clerk(case, **{key: value})
    case = replace(case, protected=way == 0)
    after = replace(after, protected=way == 1)
    if way == 2:
        said = FieldReading("protected", value=True, state=State.UNSURE, how=How.SCAN)
        others = tuple(f for f in case.reading.fields if f.key != "protected")
        case = replace(case, reading=replace(case.reading, fields=(*others, said)))
    assert made(case, after, PICTURES) == ()


@pytest.mark.parametrize("text", ["19850427-2389", "08-465 004 00", "eva@x.example"])
def test_a_number_or_an_address_in_the_wrong_field_is_left_out(text):
    case = scanned(surname=text)
    assert made(case, by_a_clerk(case, surname="Öberg"), PICTURES) == ()


@pytest.mark.parametrize("missing", ["picture", "scan", "difference"])
def test_without_picture_scan_or_difference_there_is_no_example(missing):
    case = scanned(surname="Öberg" if missing == "difference" else "Oberg")
    if missing == "scan":
        case = replace(case, reading=a_form(surname="Oberg"))
    pictures = {} if missing == "picture" else PICTURES
    assert made(case, by_a_clerk(case, surname="Öberg"), pictures) == ()


def corrected_case(office, *, undone=False):
    """Have a clerk correct a name, and undo it; return the act."""
    with at(office, FRIDAY) as services, services.store.begin() as work:
        new = replace(scanned(surname="Oberg"), id=0, version=0, origin=an_origin(mail=None))
        case = work.cases.save(new)
        work.keep(case.id, picture_name("surname"), b"a picture")
        event = StaffCorrected(case.id, "eva", date(2026, 11, 20), (("surname", "Öberg"),))
        act = desk_book.acting(services, work, event, by="eva", via=Via.TERMINAL)
        if undone:
            done = undoing.undo(services, work, by="eva", via=Via.TERMINAL, ids=(act.id,))
            assert done.refused == ()
    return act


def kept(tmp_path, *, undone=False, days=365):
    """Return the examples long after a clerk corrected a name."""
    office = Office(tmp_path / "ek")
    act = corrected_case(office, undone=undone)
    with at(office, LONG_AFTER) as plain, plain.store.begin() as work:
        services = replace(plain, facts=replace(plain.facts, examples_days=days))
        now = services.clock()
        example_round.keep(services, work, act.at, today(now))
        assert work.examples.list() == ()  # it can be undone still
        example_round.keep(services, work, now - timedelta(days=30), today(now))
        return work.examples.list()


def test_a_correction_that_stands_is_kept_once_it_cannot_be_undone(tmp_path):
    assert [(e.truth, e.read) for e in kept(tmp_path)] == [("Öberg", "Oberg")]


def test_a_correction_that_was_undone_leaves_nothing(tmp_path):
    assert kept(tmp_path, undone=True) == ()


def test_an_office_that_has_not_switched_it_on_keeps_nothing(tmp_path):
    assert kept(tmp_path, days=0) == ()


def test_the_round_of_retention_makes_the_example_before_the_trail_goes(tmp_path):
    office = Office(tmp_path / "ek")
    corrected_case(office)
    with at(office, LONG_AFTER) as plain:
        rounds.run(replace(plain, facts=replace(plain.facts, examples_days=365)))
        with plain.store.begin() as work:
            assert [e.truth for e in work.examples.list()] == ["Öberg"]
            assert work.acts.about("K-1")[0].trail is None
