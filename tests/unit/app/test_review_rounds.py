"""The quarter goes by the calendar: begun once, prepared whole, let go by a clerk, kept true."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from bot.app import review_report, review_rounds, review_work
from bot.app.turn import Turn
from tests.crash.power import Fuse, PowerCut, fused
from tests.desk import at, bring, ekbot, letters, mails_out, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_clients import signed
from tests.reviewing import (
    ABOVE,
    EVA,
    GORAN,
    NOEL,
    NOEL_NAME,
    NOVEMBER,
    PEOPLE,
    SEND,
    an_office,
    left,
    row,
    say,
    settings,
)

TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"


def campaigns(office: Office) -> list[tuple[str, str, str]]:
    store = SqlStore.open(f"sqlite:///{office.here}/var/ekbot.db")
    with store.begin() as work:
        found = [(c.name, c.state.value, str(c.send_on)) for c in work.reviews.campaigns()]
    store.close()
    return found


def lists(office: Office) -> list[tuple[str, list[str]]]:
    return [(r["manager_mail"], [x["name"] for x in r["rows"]]) for r in rows(office, "reviews")]


def asked(folder: Path, *people: str) -> Office:
    """Return an office whose letters went on 23 November."""
    office = an_office(folder, *people)
    turn(office, NOVEMBER)
    [preview] = left(office, "review_preview")
    say(office, preview, "Släpp", day=NOVEMBER, sender=EVA, name="Eva Ek")
    turn(office, f"{NOVEMBER}T13:00:00+01:00")
    turn(office, SEND)
    return office


# --- the calendar --------------------------------------------------------------------------------


def test_a_quarter_begins_on_the_previews_day_once(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    turn(office, "2026-11-19")
    assert campaigns(office) == []
    for clock in ("09", "10"):
        turn(office, f"{NOVEMBER}T{clock}:00:00+01:00")
    for day in ("2026-11-21", SEND, TUESDAY):
        turn(office, day)
    assert campaigns(office) == [("2026-Q4", "prepared", SEND)]
    assert len(letters(office, TUESDAY, "review_preview")) == 1
    assert left(office, "review") == []


@pytest.mark.parametrize(
    ("back", "begun"),
    [
        ("2026-12-02", [("2026-Q4", "prepared", "2026-12-02")]),
        ("2026-12-05", [("2026-Q4", "prepared", "2026-12-07")]),  # a Saturday
        ("2026-12-18", [("2026-Q4", "prepared", "2027-01-11")]),  # in a quiet time
        ("2027-01-05", []),  # too late: the next quarter is near
    ],
)
def test_after_an_outage_a_quarter_begins_late_or_not_at_all(
    tmp_path: Path, back: str, begun: list[tuple[str, str, str]]
) -> None:
    office = an_office(tmp_path)
    turn(office, "2026-11-10")
    turn(office, back)
    assert campaigns(office) == begun


def test_each_quarter_has_its_own_campaign(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    turn(office, NOVEMBER)
    assert ekbot(office, "review", "stop", "--now", "2026-11-21")[0] == 0
    for day in ("2026-11-25", "2027-02-19", "2027-02-22"):
        turn(office, day)
    assert [(n, s) for n, s, _ in campaigns(office)] == [
        ("2026-Q4", "stopped"), ("2027-Q1", "prepared"),
    ]  # fmt: skip


def test_no_quarter_begins_while_another_runs_and_staff_are_told(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    with at(office, "2026-11-05") as services:
        campaign = review_work.start(services)
        campaign = review_rounds.prepare(services, campaign, services.clock())
        campaign = review_work.release(services, campaign, "Eva")
        with services.store.begin() as work:
            work.reviews.save_campaign(replace(campaign, ends=None))
    [(name, state, _)] = campaigns(office)
    assert (name, state) == ("2026-Q4", "running")
    turn(office, "2027-02-19")
    turn(office, "2027-02-22")
    assert len(campaigns(office)) == 1
    told = [c for c in rows(office, "cases") if c["kind"] == "trouble"]
    assert [c["priority"] for c in told] == ["urgent"]


def test_an_office_may_begin_only_by_hand(tmp_path: Path) -> None:
    office = an_office(tmp_path, quarterly=False)
    turn(office, NOVEMBER)
    assert campaigns(office) == []


def test_a_quarter_waits_until_there_is_somebody_to_ask_about(tmp_path: Path) -> None:
    office = Office(tmp_path, quarterly=True)
    turn(office, NOVEMBER)
    assert campaigns(office) == []
    assert bring(office, *PEOPLE, now="2026-11-25")[0] == 0
    turn(office, "2026-11-26")
    assert [n for n, _, _ in campaigns(office)] == ["2026-Q4"]


# --- the power goes ------------------------------------------------------------------------------


def _cut(office: Office, moment_: int) -> bool:
    """Run the preview's round and cut the power at a moment; False when it came through."""
    fuse = Fuse(moment_)
    with at(office, NOVEMBER) as services:
        try:
            blown = fused(services, fuse)
            review_rounds.run(blown, services.clock().date(), services.clock())
        except PowerCut:
            return True
    return False


def test_the_power_may_go_at_any_moment_of_a_preparation(tmp_path: Path) -> None:
    whole = an_office(tmp_path / "whole", *PEOPLE, row(8, "Eva", "Hemlig", protected="ja"))
    turn(whole, NOVEMBER)
    wanted = lists(whole)
    cuts = 0
    for number in range(1, 60):
        office = an_office(tmp_path / str(number), *PEOPLE, row(8, "Eva", "Hemlig", protected="ja"))
        turn(office, "2026-11-19")
        cut = _cut(office, number)
        cuts += cut
        turn(office, f"{NOVEMBER}T10:00:00+01:00")
        assert lists(office) == wanted, number
        kinds = Counter(c["kind"] for c in rows(office, "cases"))
        assert (kinds["review_release"], kinds["review_manual"]) == (1, 1), number
        assert len(letters(office, f"{NOVEMBER}T10:00:00+01:00", "review_preview")) == 1
        if not cut:
            break
    assert cuts > 5


# --- letting go ----------------------------------------------------------------------------------


def test_a_clerks_reply_lets_the_letters_go_on_their_day(tmp_path: Path) -> None:
    office = asked(tmp_path)
    assert campaigns(office) == [("2026-Q4", "running", SEND)]
    sent = left(office, "review")
    assert sorted(who for x in sent for who in x.readers) == sorted([GORAN, NOEL])
    case = next(c for c in rows(office, "cases") if c["kind"] == "review_release")
    assert case["status"] == "done"
    turn(office, TUESDAY)
    assert len(left(office, "review")) == 2


@pytest.mark.parametrize(
    ("sender", "words", "verdict"),
    [
        (GORAN, "Släpp", "pass"),
        (EVA, "Släpp", "fail"),
        (EVA, "Vänta, Noël är sjuk. Släpp inte.", "pass"),
        ("okand@annan.example", "Släpp", "pass"),
    ],
)
def test_nothing_else_lets_the_letters_go(
    tmp_path: Path, sender: str, words: str, verdict: str
) -> None:
    office = an_office(tmp_path)
    turn(office, NOVEMBER)
    [preview] = left(office, "review_preview")
    say(office, preview, words, day=NOVEMBER, sender=sender, name="X", verdict=verdict)
    turn(office, f"{NOVEMBER}T13:00:00+01:00")
    turn(office, SEND)
    assert [s for _, s, _ in campaigns(office)] == ["prepared"]
    assert left(office, "review") == []


def test_letters_that_go_by_themselves_need_no_clerk(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    settings(office, 'release = "auto"')
    turn(office, NOVEMBER)
    assert [s for _, s, _ in campaigns(office)] == ["running"]
    assert left(office, "review") == []
    turn(office, SEND)
    assert len(left(office, "review")) == 2


def test_a_preview_that_was_overtaken_by_the_release_never_goes(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    with at(office, NOVEMBER) as services:
        review_rounds.run(services, services.clock().date(), services.clock())
    assert ekbot(office, "review", "start", "--yes", "--now", NOVEMBER)[0] == 0
    turn(office, f"{NOVEMBER}T10:00:00+01:00")
    assert left(office, "review_preview") == []


# --- just before it goes -------------------------------------------------------------------------


def test_a_reminder_that_waits_is_withdrawn_when_all_is_answered(tmp_path: Path) -> None:
    office = asked(tmp_path)
    day = "2026-11-30"
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    say(office, letter, "Alla är kvar.", day=day)
    with at(office, day) as services:
        review_rounds.run(services, services.clock().date(), services.clock())
    turn(office, f"{day}T13:00:00+01:00")
    assert [sorted(x.readers) for x in left(office, "review_reminder")] == [[NOEL]]
    states = {(e["kind"], e["status"]) for e in rows(office, "letters")}
    assert ("review_reminder", "failed") not in states


def test_letters_of_a_paused_review_wait_and_those_of_a_stopped_one_never_go(
    tmp_path: Path,
) -> None:
    office = asked(tmp_path)
    with at(office, "2026-11-30") as services:
        review_rounds.run(services, services.clock().date(), services.clock())
    assert ekbot(office, "review", "pause", "--now", "2026-11-30")[0] == 0
    turn(office, "2026-11-30T10:00:00+01:00")
    assert left(office, "review_reminder") == []
    assert ekbot(office, "review", "resume", "--now", "2026-11-30T11:00:00+01:00")[0] == 0
    turn(office, "2026-11-30T13:00:00+01:00")
    assert len(left(office, "review_reminder")) == 2
    with at(office, "2026-12-07") as services:
        review_rounds.run(services, services.clock().date(), services.clock())
    assert ekbot(office, "review", "stop", "--now", "2026-12-07")[0] == 0
    turn(office, "2026-12-07T10:00:00+01:00")
    assert len(left(office, "review_reminder")) == 2


def test_who_became_protected_is_in_no_letter_that_goes(tmp_path: Path) -> None:
    office = asked(tmp_path)
    with at(office, "2026-11-30") as services:
        review_rounds.run(services, services.clock().date(), services.clock())
        with services.store.begin() as work:
            record = next(r for r in work.records.list() if r.entry.surname == "Sköld")
            work.records.save(replace(record, entry=replace(record.entry, protected=True)))
    before = len(office.letters())
    turn(office, "2026-11-30T10:00:00+01:00")
    turn(office, "2026-12-07")
    assert len(left(office, "review_reminder")) >= 3
    first = mails_out(office)
    assert before < len(first)
    assert all("Sköld" not in mail for mail in mails_out(office) if "2026-11-30" in mail)
    late = [x for x in left(office, "review_reminder") if GORAN in x.readers]
    assert all("Sköld" not in x.text for x in late)
    assert all("Sköld" not in json.dumps(r, ensure_ascii=False) for r in rows(office, "reviews"))


# --- prefilled forms -----------------------------------------------------------------------------


def _awaited(folder: Path, *people: str, words: str = "Åsa slutade 2026-11-20.") -> Office:
    """Return an office where Göran has the form for Åsa, who left."""
    office = asked(folder, *people)
    [letter] = [x for x in left(office, "review") if GORAN in x.readers]
    say(office, letter, words, day=TUESDAY)
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    return office


def _form(office: Office) -> tuple[object, dict[str, bytes]]:
    [letter] = left(office, "cancellation_form")
    return letter, {k: signed(v, date.fromisoformat(WEDNESDAY)) for k, v in letter.files().items()}


def _status(office: Office, surname: str) -> str:
    return next(p["valid_until"] for p in rows(office, "persons") if p["surname"] == surname)


def test_a_prefilled_form_that_comes_back_signed_ends_the_record(tmp_path: Path) -> None:
    office = _awaited(tmp_path)
    letter, files = _form(office)
    assert len(files) == 1
    say(office, letter, "Här är den.", day=WEDNESDAY, files=files)
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert _status(office, "Sköld") == "2026-11-20"
    kinds = {c["kind"]: c["status"] for c in rows(office, "cases")}
    assert kinds["leaver"] == "done"


def test_a_prefilled_form_in_another_thread_or_by_a_stranger_ends_nobody(tmp_path: Path) -> None:
    office = _awaited(tmp_path)
    letter, files = _form(office)
    [preview] = left(office, "review_preview")
    say(office, preview, "Här är den.", day=WEDNESDAY, files=files)
    say(office, letter, "Hej", day=WEDNESDAY, files=files, sender="x@annan.example", name="X")
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert _status(office, "Sköld") == "2028-01-01"


def test_a_prefilled_form_of_one_of_two_with_the_same_name_is_for_a_person(
    tmp_path: Path,
) -> None:
    office = _awaited(tmp_path)
    letter, files = _form(office)
    with at(office, WEDNESDAY) as services, services.store.begin() as work:
        one, two = (
            next(r for r in work.records.list() if r.entry.surname == s)
            for s in ("Sköld", "Ahlgren")
        )
        named = replace(two.entry, given_name=one.entry.given_name, surname=one.entry.surname)
        work.records.save(replace(two, entry=named))
        leaver = next(c for c in work.cases.list() if c.kind.value == "leaver")
        twin = work.cases.save(replace(leaver, id=0, version=0, record=two.id,
                                       person=two.entry.person_id))  # fmt: skip
        [review] = [r for r in work.reviews.of_campaign(1, 0, 9) if r.mail == GORAN]
        changed = next(r for r in review.rows if r.record == two.id)
        work.reviews.save(review.with_rows((replace(changed, case=twin.id),)))
    say(office, letter, "Här är den.", day=WEDNESDAY, files=files)
    turn(office, f"{WEDNESDAY}T13:00:00+01:00")
    assert {p["valid_until"] for p in rows(office, "persons")} == {"2028-01-01"}


# --- counted and told ----------------------------------------------------------------------------


def test_counts_and_report_are_what_a_recount_gives(tmp_path: Path) -> None:
    office = _awaited(tmp_path, words="Åsa slutade 2026-11-20. Björn är kvar.")
    for day in ("2026-11-30", "2026-12-07", "2026-12-14"):
        turn(office, day)
    [escalated] = left(office, "escalation")
    assert {ABOVE, EVA} <= escalated.readers
    with at(office, "2026-12-15") as services, services.store.begin() as work:
        [campaign] = work.reviews.campaigns()
        reviews = work.reviews.of_campaign(campaign.id, 0, 99)
        assert work.reviews.counts(campaign.id) == Counter(r.status.value for r in reviews)
        found = review_report.facts(services, work, campaign, services.clock())
    answers = Counter(x.answer.value for r in reviews for x in r.rows)
    assert {k: v for k, v in found.counts().items() if v} == answers
    assert len(found.rows) == sum(len(r.rows) for r in reviews)
    told = {m.mail: (m.persons, m.status, m.reminders) for m in found.managers}
    assert told == {GORAN: (2, "answered", 0), NOEL: (1, "silent", 2)}
    turn(office, "2027-01-29")
    assert [s for _, s, _ in campaigns(office)] == ["closed"]
    [report] = left(office, "review_report")
    assert sorted(report.files()) == ["granskning-2026-Q4.csv", "granskning-2026-Q4.pdf"]


def test_a_review_that_everybody_has_answered_ends_when_nobody_can_undo(tmp_path: Path) -> None:
    office = asked(tmp_path)
    for letter in left(office, "review"):
        [who] = letter.readers
        say(office, letter, "Alla är kvar.", day=TUESDAY, sender=who, name=NOEL_NAME)
    for day in (f"{TUESDAY}T13:00:00+01:00", "2026-11-26", "2026-11-27"):
        turn(office, day)
        over = day > "2026-11-26"
        assert [s for _, s, _ in campaigns(office)] == ["closed" if over else "running"]
    with at(office, "2026-11-27T10:00:00+01:00") as services:
        assert Turn(services).run().due == 0
