"""Days pass at the office: what is due is done once, on its day, whatever was missed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.ports.errors import TransientError
from tests.desk import at, bring, ekbot, letters, mails_out, moment, rows, turn
from tests.doubts import letter_of, plain
from tests.e2e.office import Office
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform, numbers
from tests.posting import a_mail

GORAN = "goran.noren@jarfalla.example"


def _person(office: Office, until: str, *, n: int = 5, flag: str = "nej") -> None:
    row = f"{numbers()[n]},Åsa,,Sköld,USK,V102,,,2026-01-01,{until},,{flag}"
    assert bring(office, row, now="2026-10-01")[0] == 0


def _ending(office: Office, *days: str) -> list[str]:
    for day in days:
        turn(office, day)
    return [x.letter.rung for x in letters(office, days[-1], "ending_soon")]


def test_the_manager_is_told_at_each_rung_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-11")
    days = [f"2026-11-{d:02d}" for d in range(9, 31)] + [f"2026-12-{d:02d}" for d in range(1, 12)]
    assert _ending(office, *days) == ["-30", "-14", "-7"]


def test_after_an_outage_only_the_highest_rung_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-11")
    assert _ending(office, "2026-11-03", "2026-12-07", "2026-12-08") == ["-7"]


def test_a_rung_on_a_closed_day_goes_the_working_day_before(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-14")  # 30 days before is Saturday 14 November
    assert _ending(office, "2026-11-12") == []
    assert _ending(office, "2026-11-13") == ["-30"]
    assert _ending(office, "2026-11-14", "2026-11-16") == ["-30"]


def _told(outgoing: FakeOutgoing) -> list[str]:
    found = [letter_of(p.raw) for p in outgoing.sent]
    return [plain(m) for m in found if m["X-EKbot-Kind"] == "ending_soon"]


def test_what_could_not_leave_on_its_working_day_waits_for_the_next_and_counts_anew(
    tmp_path: Path,
) -> None:
    office, outgoing = Office(tmp_path), FakeOutgoing()
    _person(office, "2026-12-14")
    outgoing.broken = TransientError("451 away")
    turn(office, "2026-11-13T09:00:00+01:00", outgoing=outgoing)  # a Friday
    outgoing.broken = None
    turn(office, "2026-11-14T09:00:00+01:00", outgoing=outgoing)
    turn(office, "2026-11-15T12:00:00+01:00", outgoing=outgoing)
    assert _told(outgoing) == []
    turn(office, "2026-11-16T09:00:00+01:00", outgoing=outgoing)
    (text,) = _told(outgoing)
    assert "upphör om 28 dagar" in text


def test_who_has_become_protected_meanwhile_is_in_no_letter(tmp_path: Path) -> None:
    office, outgoing = Office(tmp_path), FakeOutgoing()
    _person(office, "2026-12-11")
    outgoing.broken = TransientError("451 away")
    turn(office, "2026-11-11T09:00:00+01:00", outgoing=outgoing)
    with at(office, "2026-11-11") as services, services.store.begin() as work:
        (record,) = work.records.list()
        work.records.save(replace(record, entry=replace(record.entry, protected=True)))
    outgoing.broken = None
    turn(office, "2026-11-12T09:00:00+01:00", outgoing=outgoing)
    assert "Sköld" not in "".join(plain(letter_of(p.raw)) for p in outgoing.sent)
    assert [r["status"] for r in rows(office, "letters") if r["kind"] == "ending_soon"] == [
        "failed"
    ]


def test_an_end_that_has_been_moved_meanwhile_is_not_told(tmp_path: Path) -> None:
    office, outgoing = Office(tmp_path), FakeOutgoing()
    _person(office, "2026-12-11")
    outgoing.broken = TransientError("451 away")
    turn(office, "2026-11-11T09:00:00+01:00", outgoing=outgoing)
    with at(office, "2026-11-11") as services, services.store.begin() as work:
        (record,) = work.records.list()
        entry = replace(record.entry, valid_until=date(2027, 12, 11))
        work.records.save(replace(record, entry=entry))
    outgoing.broken = None
    turn(office, "2026-11-12T09:00:00+01:00", outgoing=outgoing)
    assert _told(outgoing) == []
    assert [r["status"] for r in rows(office, "letters") if r["kind"] == "ending_soon"] == [
        "withdrawn"
    ]


def test_who_has_taken_over_the_unit_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-11")
    path = office.here / "managers.csv"
    text = path.read_text("utf-8")
    old = next(line for line in text.splitlines() if GORAN in line)
    new = old.replace(GORAN, "ny.chef@jarfalla.example").replace("Göran Norén", "Ny Chef")
    path.write_text(text.replace(old, new), encoding="utf-8")
    turn(office, "2026-11-11")
    (letter,) = letters(office, "2026-11-11", "ending_soon")
    assert letter.letter.to == ("ny.chef@jarfalla.example",)


def test_a_protected_persons_end_is_told_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-11", flag="ja")
    assert _ending(office, "2026-11-11", "2026-12-10") == []


def test_a_record_ends_the_day_after_its_last_and_closes_when_the_card_is_back(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    _person(office, "2026-11-24")
    turn(office, "2026-11-24")
    assert [p["status"] for p in rows(office, "persons")] == ["active"]
    turn(office, "2026-11-25")
    turn(office, "2026-11-26")
    assert [p["status"] for p in rows(office, "persons")] == ["ended"]
    (back,) = [c for c in rows(office, "cases") if c["kind"] == "card_return"]
    code, out, _ = ekbot(office, "case", "done", back["id"], "--now", "2026-11-26T10:00:00+01:00")
    assert (code, out.startswith(f"{back['id']}: klart")) == (0, True)
    assert [p["status"] for p in rows(office, "persons")] == ["closed"]
    turn(office, "2027-02-21")
    assert [p["status"] for p in rows(office, "persons")] == ["closed"]
    turn(office, "2027-02-22")
    assert [p["status"] for p in rows(office, "persons")] == ["removed"]


def test_a_planned_change_is_carried_out_on_its_day_and_told_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    order = an_order(3, "change", title="Sjuksköterska", effective_from="2026-12-01")
    row = (
        f"{order['person_id']},{order['given_name']},,{order['surname']},USK,V102,{order['mail']},"
        f"{order['phone']},2026-01-01,2027-06-01,,nej"
    )
    assert bring(office, row)[0] == 0
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(order))))
    turn(office, "2026-11-23")
    turn(office, "2026-11-30")
    assert [p["title"] for p in rows(office, "persons")] == ["USK"]
    turn(office, "2026-12-01")
    turn(office, "2026-12-01")
    assert [p["title"] for p in rows(office, "persons")] == ["Sjuksköterska"]
    assert len(letters(office, "2026-12-01", "applied")) == 1


def test_a_new_order_starts_and_its_record_becomes_active_on_its_day(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))
    turn(office, "2026-11-23")
    assert [p["status"] for p in rows(office, "persons")] == ["planned"]
    turn(office, "2026-12-01T00:05:00+01:00")
    assert [p["status"] for p in rows(office, "persons")] == ["active"]


def test_a_round_of_hundreds_ends_and_does_each_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    people = [f"{n},Åsa,,Sköld,USK,V102,,,2026-01-01,2026-11-20,,nej" for n in numbers()[:401]]
    assert bring(office, *people, now="2026-11-01")[0] == 0
    report = turn(office, "2026-11-23")
    assert report.due >= 401
    assert {p["status"] for p in rows(office, "persons")} == {"ended"}
    assert len(rows(office, "cases")) == 401
    assert turn(office, "2026-11-23").due == 0


def test_the_digest_comes_on_working_days_and_names_no_protected_person(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-11-24", flag="ja")
    for day in ("2026-11-25", "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-25"):
        turn(office, day)
    assert len(letters(office, "2026-12-25", "digest")) == 2
    told = "\n".join(mails_out(office))
    for word in ("Sköld", "Hemtjänsten Öst", numbers()[5], numbers()[5][2:8]):
        assert word not in told


def test_raw_mail_is_let_go_and_everything_can_still_be_explained(tmp_path: Path) -> None:
    office = Office(tmp_path)
    raw = a_mail("a", ("b.pdf", fill_acroform(an_order(0, card_order=None))))
    office.deliver("a", raw)
    office.deliver("q", a_mail("q", ("b.pdf", fill_acroform(an_order(1), sign=None))))
    turn(office, "2026-11-23")
    for day in ("2026-12-01", "2026-12-02"):
        turn(office, day)
    with at(office, "2026-12-02") as services, services.store.begin() as work:
        kept = [bool(work.journal.raw(m.id)) for m in work.journal.list()]
    assert kept == [False, True]  # the other has a question open
    sent = [letter["id"] for letter in rows(office, "letters")]
    for ref in ("K-1", "K-2", "M-1", "P-1", *sent):
        code, out, err = ekbot(office, "why", ref)
        assert (code, bool(out)) == (0, True), err
    assert len(rows(office, "mails")) == 2
    office.deliver("igen", raw)
    report = turn(office, "2026-12-03")
    assert report.filed == 1
    assert len(rows(office, "persons")) == 1


def test_the_same_instant_twice_does_nothing_more(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _person(office, "2026-12-07")
    office.deliver("a", a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))
    turn(office, "2026-11-23")
    before = (rows(office, "letters"), rows(office, "cases"), len(office.letters()))
    report = turn(office, "2026-11-23")
    assert (report.taken, report.decided, report.delivered, report.due) == (0, 0, 0, 0)
    assert (rows(office, "letters"), rows(office, "cases"), len(office.letters())) == before
    assert moment("2026-11-23").tzinfo is not None
