"""Nights at the office: what differs from the catalogue is told once, and never on a bad answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app.drifting import Result, compare
from bot.app.morning import digest_of
from bot.app.turn import Turn
from bot.app.undoing import undo
from bot.domain.cases import Kind, Priority, Stage, Status
from bot.domain.decision import IllegalStepError
from bot.domain.effects import WriteRecord
from bot.domain.events import StaffDone, StaffRejected
from bot.domain.records import Action, Change
from bot.domain.staff_acts import Via
from bot.domain.values import PersonId
from bot.ports.catalogue import Found
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.builders import a_case, an_origin
from tests.desk import mails_out, moment, rows
from tests.doubts import letter_of, plain
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import numbers
from tests.nights import CLERK, Nights

HSA_ID = "SE2321000016-AB12"


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path / "ek")


def test_a_register_that_says_the_same_opens_nothing(nights: Nights) -> None:
    nights.night("2026-11-03")
    assert nights.rows() == ()
    assert nights.cases(live=False) == []


def test_a_difference_is_told_once_with_its_day_and_remembered(nights: Nights) -> None:
    nights.night("2026-11-03")
    nights.other_hand(phone="0701740636", title="Sjuksköterska")
    for day in ("2026-11-04", "2026-11-05", "2026-11-06"):
        nights.night(day)
    (case,) = nights.cases(live=False)
    assert case.title == "Skillnad mot katalogen: Åsa0 Sköld0, Hemtjänsten Öst"
    assert "Telefon: 070-174 06 35 hos oss, 070-174 06 36 i katalogen, sedan 2026-11-04" in (
        case.why.text
    )
    assert "Titel/befattning: USK hos oss, Sjuksköterska i katalogen" in case.why.text
    assert [(d.attribute, d.case) for d in nights.rows()] == [
        ("title", case.id), ("phone", case.id)
    ]  # fmt: skip
    assert {d.since for d in nights.rows()} == {moment("2026-11-04T03:00:00+01:00")}
    assert {d.seen for d in nights.rows()} == {moment("2026-11-06T03:00:00+01:00")}


def test_what_is_only_written_otherwise_is_no_difference(nights: Nights) -> None:
    nights.other_hand(phone="070-174 06 35", mail=" A0@Jarfalla.example", title="USK ")
    nights.night("2026-11-03")
    assert nights.rows() == ()


def test_klar_takes_over_and_the_next_night_is_silent(nights: Nights) -> None:
    person = nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    record = nights.records()[0]
    assert record.entry == nights.catalogue.held[person].entry
    assert record.catalogue_version == nights.catalogue.held[person].version
    nights.night("2026-11-04")
    assert nights.rows() == ()
    assert [c.stage for c in nights.cases(live=False)] == [Stage.CONFIRMED]
    assert nights.catalogue.written == []


def test_avsla_keeps_ours_and_asks_again_only_when_it_changes(nights: Nights) -> None:
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    nights.says("2026-11-03", StaffRejected(case.id, CLERK, "vår är rätt"))
    nights.night("2026-11-04")
    assert (len(nights.rows()), nights.cases()) == (1, [])
    assert nights.records()[0].entry.phone == "0701740635"
    nights.other_hand(phone="0701740637")
    nights.night("2026-11-05")
    (case,) = nights.cases()
    assert "sedan 2026-11-05" in case.why.text


def test_an_answer_to_an_old_case_never_takes_over_what_nobody_saw(nights: Nights) -> None:
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    (old,) = nights.cases()
    nights.other_hand(phone="0701740637")
    nights.night("2026-11-04")
    (new,) = nights.cases()
    assert new.id != old.id
    assert "070-174 06 37" in new.why.text
    with nights.look() as work:
        assert work.cases.get(old.id).stage is Stage.LINKED  # type: ignore[union-attr]


def test_what_changed_after_the_night_is_not_taken_over_with_the_rest(nights: Nights) -> None:
    person = nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    nights.other_hand(title="Sjuksköterska")
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    record = nights.records()[0]
    assert (record.entry.phone, record.entry.title) == ("0701740636", "USK")
    assert record.catalogue_version != nights.catalogue.held[person].version
    nights.night("2026-11-04")
    (case,) = nights.cases()
    assert "Sjuksköterska" in case.why.text


def test_a_difference_that_goes_away_is_over_and_has_a_new_day_when_it_comes_back(
    nights: Nights,
) -> None:
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    nights.other_hand(phone="0701740635")
    nights.night("2026-11-04")
    assert (nights.rows(), nights.cases()) == ((), [])
    assert [c.why.rule for c in nights.cases(live=False)] == ["drift_gone"]
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-05")
    (row,) = nights.rows()
    assert row.since == moment("2026-11-05T03:00:00+01:00")
    assert len(nights.cases()) == 1


def test_what_is_undone_is_asked_again(nights: Nights) -> None:
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    nights.night("2026-11-04")
    with nights.open("2026-11-04") as services, services.store.begin() as work:
        undone = undo(services, work, by=CLERK, via=Via.TERMINAL, refs=(case.handle,))
    assert undone.refused == ()
    assert nights.records()[0].entry.phone == "0701740635"
    nights.night("2026-11-05")
    (again,) = nights.cases()
    assert "070-174 06 36" in again.why.text


def test_a_person_who_is_gone_is_asked_about_and_never_ended_by_it(nights: Nights) -> None:
    person = nights.records()[0].entry.person_id
    del nights.catalogue.held[person]
    nights.night("2026-11-03")
    (case,) = nights.cases()
    assert case.title == "Saknas i katalogen: Åsa0 Sköld0, Hemtjänsten Öst"
    before = nights.records()
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    nights.night("2026-11-04")
    assert (nights.records(), nights.cases()) == (before, [])
    assert [d.attribute for d in nights.rows()] == ["gone"]


def test_a_person_whom_only_the_catalogue_knows_is_taken_up_by_klar(nights: Nights) -> None:
    stranger = PersonId(numbers()[9])
    entry = replace(nights.records()[0].entry, person_id=stranger, given_name="Bo", surname="Ek")
    nights.catalogue.held[stranger] = Found(entry, "7")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    assert case.title == "Finns bara i katalogen: Bo Ek, Hemtjänsten Öst"
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    new = nights.records()[-1]
    assert (new.entry, new.catalogue_version) == (entry, "7")
    assert new.manager_mail
    nights.night("2026-11-04")
    assert (nights.rows(), nights.cases()) == ((), [])


def test_the_persons_of_other_offices_in_the_directory_are_no_difference(nights: Nights) -> None:
    ours = nights.records()[0].entry
    for n, unit in enumerate(("V999", "", None)):
        stranger = PersonId(numbers()[9 + n])
        entry = replace(ours, person_id=stranger, unit_id=unit, unit="Annan kommuns hemtjänst")
        nights.catalogue.held[stranger] = Found(entry, "7")
    nights.night("2026-11-03")
    assert (nights.rows(), nights.cases(live=False)) == ((), [])


def test_an_answer_that_breaks_off_is_nothing_and_is_asked_for_again(nights: Nights) -> None:
    nights.other_hand(0, phone="0701740636")
    nights.catalogue.breaks_after = (2, TransientError("timeout"))
    report = nights.night("2026-11-03")
    assert report.waits == ("jämförelsen med katalogen: timeout",)
    assert (nights.rows(), nights.cases()) == ((), [])
    nights.catalogue.breaks_after = None
    nights.night("2026-11-03", "03:10:00")
    assert len(nights.cases()) == 1


def test_a_catalogue_that_is_away_is_not_asked_each_minute(nights: Nights) -> None:
    nights.catalogue.broken = NeedsOperatorError("refused", "Kontrollera lösenordet.")
    now = [moment("2026-11-03T03:00:00+01:00")]
    with nights.open("2026-11-03T03:00:00+01:00") as services:
        turn = Turn(replace(services, clock=lambda: now[0]))
        assert turn.run().advice == ("Kontrollera lösenordet.",)
        now[0] = moment("2026-11-03T03:01:00+01:00")
        assert turn.run().waits == ()
        now[0] = moment("2026-11-03T03:10:00+01:00")
        assert turn.run().waits != ()
        nights.catalogue.broken = None
        nights.other_hand(phone="0701740636")
        now[0] = moment("2026-11-03T03:20:00+01:00")
        turn.run()
    assert len(nights.cases()) == 1


def test_after_an_outage_one_comparison_makes_up_for_all(nights: Nights) -> None:
    nights.night("2026-11-03")
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-20", "01:00:00")
    assert nights.rows() == ()
    nights.night("2026-11-20")
    nights.night("2026-11-20", "04:00:00")
    with nights.look() as work:
        lines = work.audit.of("katalogen")
    assert [line.at.date().isoformat() for line in lines] == ["2026-11-03", "2026-11-20"]


def test_an_answer_that_is_cut_short_tells_of_nobody(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "ek", people=12)
    nights.other_hand(0, phone="0701740636")
    nights.catalogue.shown = 4
    for day in ("2026-11-03", "2026-11-04"):
        nights.night(day)
    (halt,) = nights.cases(Kind.DRIFT_HALT)
    assert halt.priority is Priority.URGENT
    assert "8 av 12 personer saknas" in halt.why.text
    assert (nights.rows(), nights.cases()) == ((), [])
    nights.catalogue.shown = None
    nights.night("2026-11-05")
    assert nights.cases(Kind.DRIFT_HALT) == []
    assert len(nights.cases()) == 1


def test_a_few_who_did_not_come_but_are_there_are_not_told(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "ek", people=12)
    nights.catalogue.shown = 9
    nights.night("2026-11-03")
    assert (nights.rows(), nights.cases(), nights.cases(Kind.DRIFT_HALT)) == ((), [], [])


def test_an_empty_answer_is_never_believed_whatever_staff_say(nights: Nights) -> None:
    nights.catalogue.held.clear()
    nights.night("2026-11-03")
    (halt,) = nights.cases(Kind.DRIFT_HALT)
    nights.says("2026-11-03", StaffDone(halt.id, CLERK))
    nights.night("2026-11-04")
    assert (nights.rows(), len(nights.cases(Kind.DRIFT_HALT))) == ((), 1)


def test_staff_can_say_that_so_many_are_really_missing(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "ek", people=12)
    for record in nights.records()[:7]:
        del nights.catalogue.held[record.entry.person_id]
    nights.night("2026-11-03")
    (halt,) = nights.cases(Kind.DRIFT_HALT)
    nights.says("2026-11-03", StaffDone(halt.id, CLERK))
    nights.night("2026-11-04")
    assert len(nights.cases()) == 7
    nights.night("2026-11-10")
    assert len(nights.cases()) == 7
    assert nights.cases(Kind.DRIFT_HALT) == []


def test_many_differences_of_one_night_are_one_case(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "ek", people=25)
    for place in range(25):
        nights.other_hand(place, phone="0701740636")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    assert case.title == "Skillnader mot katalogen: 25 personer"
    assert len(nights.rows()) == 25
    nights.night("2026-11-04")
    assert [c.id for c in nights.cases()] == [case.id]
    nights.says("2026-11-04", StaffDone(case.id, CLERK))
    nights.other_hand(3, phone="0701740637")
    nights.night("2026-11-05")
    (one,) = nights.cases()
    assert "Sköld3" in one.title
    assert len(nights.rows()) == 25
    for place in range(25):
        nights.other_hand(place, phone="0701740635")
    nights.night("2026-11-06")
    assert (nights.rows(), nights.cases()) == ((), [])


def test_many_can_be_answered_one_by_one_also_afterwards(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "ek", people=25)
    for place in range(25):
        nights.other_hand(place, phone="0701740636")
    nights.night("2026-11-03")
    (many,) = nights.cases()
    nights.says("2026-11-03", StaffDone(many.id, CLERK))
    with nights.open("2026-11-04") as services:
        assert compare(services) == Result(25, 25)
        assert compare(services, singly=True) == Result(25, 25, told=25)
        assert compare(services, singly=True) == Result(25, 25)
    assert len(nights.cases()) == 25
    nights.says("2026-11-04", StaffDone(nights.cases()[0].id, CLERK))
    nights.night("2026-11-05")
    assert (len(nights.cases()), len(nights.rows())) == (24, 24)


def test_a_person_who_was_taken_up_is_not_taken_away_by_undoing(nights: Nights) -> None:
    stranger = PersonId(numbers()[9])
    entry = replace(nights.records()[0].entry, person_id=stranger, surname="Ek")
    nights.catalogue.held[stranger] = Found(entry, "7")
    nights.night("2026-11-03")
    (case,) = nights.cases()
    nights.says("2026-11-03", StaffDone(case.id, CLERK))
    with nights.open("2026-11-03T11:00:00+01:00") as services, services.store.begin() as work:
        undone = undo(services, work, by=CLERK, via=Via.TERMINAL, refs=(case.handle,))
    assert "kan inte tas bort" in undone.refused[0]
    assert len(nights.records()) == 4


def test_who_is_protected_there_becomes_so_here_at_once_and_is_named_nowhere(
    nights: Nights,
) -> None:
    nights.other_hand(0, phone="0701740636")
    nights.night("2026-11-03")
    nights.other_hand(0, protected=True)
    nights.night("2026-11-04")
    assert nights.records()[0].entry.protected
    urgent = [c for c in nights.cases() if c.priority is Priority.URGENT]
    assert len(urgent) == 1
    for case in nights.cases(live=False):
        assert (case.protected, case.details, case.plan) == (True, (), None)
        assert "Sköld0" not in f"{case.title} {case.why}"
    assert all((d.ours, d.theirs) == ("", "") for d in nights.rows())
    nights.night("2026-11-05")
    assert len(nights.cases()) == len({c.id for c in nights.cases()})
    count = len(nights.cases())
    nights.night("2026-11-05", "08:00:00")
    assert len(nights.cases()) == count
    assert "Sköld0" not in "".join(mails_out(nights.office))


def test_a_stranger_who_becomes_protected_is_named_nowhere_and_taken_up_by_no_klar(
    nights: Nights,
) -> None:
    stranger = PersonId(numbers()[9])
    entry = replace(
        nights.records()[0].entry, person_id=stranger, given_name="Bo", surname="Ekberg"
    )
    nights.catalogue.held[stranger] = Found(entry, "7")
    nights.night("2026-11-03")
    (named,) = nights.cases()
    assert "Ekberg" in named.title
    nights.other_hand(0, phone="0701740636")  # so that the digest has something to tell
    nights.catalogue.other_hand(replace(entry, protected=True))
    nights.night("2026-11-04")
    before = len(mails_out(nights.office))
    nights.night("2026-11-04", "08:00:00")
    (neutral,) = [c for c in nights.cases() if c.protected]
    assert (neutral.plan, neutral.approvable, neutral.details) == (None, False, ())
    for case in nights.cases(live=False):
        assert "Ekberg" not in f"{case.title} {case.why} {case.details}"
        assert case.plan is None or case.person != stranger
    assert "Ekberg" not in str(rows(nights.office, "drifts"))
    assert len(mails_out(nights.office)) > before
    assert "Ekberg" not in "".join(mails_out(nights.office)[before:])
    with pytest.raises(IllegalStepError):
        nights.says("2026-11-04", StaffDone(named.id, CLERK))
    nights.says("2026-11-04", StaffDone(neutral.id, CLERK))
    assert stranger not in [r.entry.person_id for r in nights.records()]
    nights.night("2026-11-05")
    assert [c.protected for c in nights.cases()] == [False]


def test_a_flag_that_the_catalogue_lacks_is_never_taken_away_here(nights: Nights) -> None:
    nights.other_hand(0, protected=True)
    nights.night("2026-11-03")
    nights.other_hand(0, protected=False)
    nights.night("2026-11-04")
    assert nights.records()[0].entry.protected
    for case in nights.cases():
        nights.says("2026-11-04", StaffDone(case.id, CLERK))
    nights.night("2026-11-05")
    assert nights.records()[0].entry.protected


def test_an_hsa_id_that_the_directory_has_made_is_read_back(nights: Nights) -> None:
    person = nights.other_hand(hsa_id=HSA_ID)
    nights.night("2026-11-03")
    record = nights.records()[0]
    assert record.entry.hsa_id == HSA_ID
    assert record.catalogue_version == nights.catalogue.held[person].version
    assert (nights.rows(), nights.cases()) == ((), [])
    with nights.look() as work:
        assert "hsa_id_learnt" in [line.action for line in work.audit.of(f"P-{record.id}")]
    nights.other_hand(hsa_id="SE2321000016-XX99")
    nights.night("2026-11-04")
    assert nights.records()[0].entry.hsa_id == HSA_ID
    assert [d.attribute for d in nights.rows()] == ["hsa_id"]


def test_an_hsa_id_that_two_have_is_read_back_for_neither(nights: Nights) -> None:
    nights.other_hand(0, hsa_id=HSA_ID)
    nights.other_hand(1, hsa_id=HSA_ID)
    nights.night("2026-11-03")
    assert [r.entry.hsa_id for r in nights.records()] == [None] * 3
    assert [d.attribute for d in nights.rows()] == ["hsa_id", "hsa_id"]


def test_an_hsa_id_beside_another_difference_leaves_the_version_as_it_was(nights: Nights) -> None:
    before = nights.records()[0].catalogue_version
    nights.other_hand(hsa_id=HSA_ID, phone="0701740636")
    nights.night("2026-11-03")
    record = nights.records()[0]
    assert (record.entry.hsa_id, record.catalogue_version) == (HSA_ID, before)
    assert [d.attribute for d in nights.rows()] == ["phone"]


def test_who_is_being_written_is_let_be(nights: Nights) -> None:
    person = nights.other_hand(phone="0701740636")
    entry = nights.records()[0].entry
    write = WriteRecord(Change(Action.MODIFY, entry, replace(entry, phone="0701740636")), "1")
    with nights.open("2026-11-02") as services, services.store.begin() as work:
        later = moment("2026-11-05")
        work.outbox.put(write, "x", case=None, now=services.clock(), due=later)
    nights.night("2026-11-03")
    assert (nights.rows(), nights.cases()) == ((), [])
    assert nights.records()[0].entry.person_id == person


@pytest.mark.parametrize("doubled", [True, False])
def test_one_entry_that_cannot_be_told_stops_nobody_else_and_is_told_once(
    nights: Nights, doubled: bool
) -> None:
    person = nights.other_hand(0, hsa_id=HSA_ID, valid_until=moment("2026-11-01").date())
    nights.other_hand(1, phone="0701740636")
    nights.catalogue.unclear.add(person)
    if doubled:
        entry = nights.catalogue.held[person].entry
        nights.catalogue.second[person] = replace(entry, phone="0701740639")
    before = nights.records()[0]
    nights.night("2026-11-03")
    unclear, other = nights.cases()
    assert unclear.title == "Går inte att läsa i katalogen: Åsa0 Sköld0, Hemtjänsten Öst"
    assert (unclear.plan, unclear.approvable) == (None, False)
    assert "Sköld1" in other.title
    assert [d.attribute for d in nights.rows()] == ["unclear", "phone"]
    nights.says("2026-11-03", StaffDone(unclear.id, CLERK))
    nights.night("2026-11-04")
    assert [c.id for c in nights.cases()] == [other.id]
    assert nights.records()[0] == before
    nights.catalogue.unclear.clear()
    nights.catalogue.second.clear()
    nights.night("2026-11-05")
    assert [d.attribute for d in nights.rows()] == ["phone", "valid_until"]
    assert nights.records()[0].entry.hsa_id == HSA_ID


def test_who_is_let_be_for_two_entries_is_covered_by_either(nights: Nights) -> None:
    stranger = PersonId(numbers()[9])
    ours = nights.records()[0].entry
    entry = replace(ours, person_id=stranger, surname="Ekberg")
    nights.catalogue.held[stranger] = Found(replace(entry, protected=True), "7")
    nights.catalogue.second[stranger] = entry
    nights.catalogue.second[ours.person_id] = replace(ours, protected=True)
    nights.catalogue.unclear |= {stranger, ours.person_id}
    nights.night("2026-11-03")
    assert nights.records()[0].entry.protected
    assert nights.cases()
    assert all(c.protected and c.plan is None for c in nights.cases())
    assert "Ekberg" not in str(nights.cases())
    assert all((d.ours, d.theirs) == ("", "") for d in nights.rows())


def test_a_difference_is_not_over_because_the_entry_cannot_be_told(nights: Nights) -> None:
    person = nights.other_hand(0, phone="0701740636")
    nights.night("2026-11-03")
    (old,) = nights.cases()
    nights.catalogue.unclear.add(person)
    nights.night("2026-11-04")
    (new,) = nights.cases()
    assert "Går inte att läsa" in new.title
    with nights.look() as work:
        assert work.cases.get(old.id).stage is Stage.LINKED  # type: ignore[union-attr]
    nights.catalogue.unclear.clear()
    nights.night("2026-11-05")
    (again,) = nights.cases()
    assert "Telefon" in again.why.text


def test_the_comparison_can_be_switched_off(nights: Nights) -> None:
    with (nights.office.here / "ekbot.toml").open("a", encoding="utf-8") as file:
        file.write("\n[drift]\nenabled = false\n")
    nights.other_hand(phone="0701740636")
    nights.night("2026-11-03")
    assert nights.rows() == ()


def test_a_catalogue_that_cannot_be_asked_is_not_compared(nights: Nights) -> None:
    nights.catalogue.by_hand = True
    nights.catalogue.held.clear()
    nights.night("2026-11-03")
    assert (nights.rows(), nights.cases(Kind.DRIFT_HALT)) == ((), [])


def test_two_comparisons_of_one_night_tell_once(nights: Nights) -> None:
    nights.other_hand(phone="0701740636")
    with nights.open("2026-11-03") as services:
        first, second = compare(services), compare(services)
    assert first is not None
    assert second is not None
    assert (first.told, second.told, second.open) == (1, 0, 1)
    assert [c.status for c in nights.cases()] == [Status.OPEN]


def _register(nights: Nights, **values: Any) -> None:
    """Change our first record as another program would."""
    with nights.look() as work:
        record = work.records.list()[0]
        work.records.save(replace(record, entry=replace(record.entry, **values)))


class _Racing(FakeCatalogue):
    """A catalogue during whose answer somebody changes our register."""

    def __init__(self, nights: Nights, **values: Any) -> None:
        super().__init__()
        self.held = nights.catalogue.held
        self._changes = [lambda: _register(nights, **values)]

    def find(self, person: PersonId) -> Found | None:
        while self._changes:
            self._changes.pop()()
        return super().find(person)


def test_what_changes_with_us_while_we_compare_is_seen_the_next_night(nights: Nights) -> None:
    nights.other_hand(phone="0701740636")
    nights.other_hand(hsa_id=HSA_ID)
    fake, nights.catalogue = nights.catalogue, _Racing(nights, phone="0701740639")
    nights.night("2026-11-03")
    assert (nights.rows(), nights.cases()) == ((), [])
    assert nights.records()[0].entry.hsa_id is None
    nights.catalogue = fake
    nights.night("2026-11-04")
    (case,) = nights.cases()
    assert "070-174 06 39 hos oss, 070-174 06 36 i katalogen" in case.why.text
    assert nights.records()[0].entry.hsa_id == HSA_ID


def test_what_a_waiting_order_will_bring_is_no_difference(nights: Nights) -> None:
    person = nights.other_hand(phone="0701740636", title="Sjuksköterska")
    entry = nights.records()[0].entry
    plan = Change(Action.MODIFY, entry, replace(entry, phone="0701740636"))
    with nights.look() as work:
        work.cases.save(a_case(id=0, version=0, kind=Kind.CHANGE, person=person, plan=plan,
                               origin=an_origin(mail=None)))  # fmt: skip
    nights.night("2026-11-03")
    assert [d.attribute for d in nights.rows()] == ["title"]


def test_who_has_become_protected_by_another_way_is_in_no_list_and_no_digest(
    nights: Nights,
) -> None:
    nights.other_hand(0, phone="0701740636")
    nights.other_hand(1, phone="0701740636")
    out = FakeOutgoing()
    out.broken = TransientError("451 away")
    with nights.open("2026-11-03T08:00:00+01:00") as services:
        Turn(replace(services, outgoing=out)).run()
    _register(nights, protected=True)
    shown = rows(nights.office, "drifts")
    assert [(r["name"], r["protected"]) for r in shown] == [
        (None, True), ("Åsa1 Sköld1", False)
    ]  # fmt: skip
    assert (shown[0]["ours"], shown[0]["attribute"], shown[0]["person_number"]) == (
        None,
        None,
        None,
    )
    out.broken = None
    with nights.open("2026-11-03T08:30:00+01:00") as services:
        Turn(replace(services, outgoing=out)).run()
        with services.store.begin() as work:
            page = digest_of(services, work, services.clock(), None)
    assert page.drift is not None
    assert (page.drift.open, page.drift.new) == (1, ("K-2",))
    (digest,) = [plain(letter_of(p.raw)) for p in out.sent]
    assert "K-2" in digest
    assert "K-1" not in digest
