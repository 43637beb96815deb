"""Ways in which a card could be lost sight of, marked wrongly or chased in vain: each is closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import ANNA, BO
from tests.desk import bring, ekbot, mails_out, rows, turn
from tests.e2e.counter import ANNA_MAIL, BO_MAIL, NUMBER, OTHER, Counter
from tests.e2e.test_card_letters_overtaken import Down

EVA = "eva.ek@jarfalla.example"


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    found = Counter(tmp_path)
    found.people()
    return found


@pytest.fixture
def both(counter: Counter) -> Counter:
    """Anna holds C-1, Bo C-2."""
    counter.lend("2026-11-23")
    counter.lend("2026-11-23", who=BO, number=OTHER)
    return counter


def status(counter: Counter) -> list[str]:
    return [row["status"] for row in rows(counter.office, "cards")]


def test_a_colleague_who_is_mentioned_has_not_lost_his_card(both: Counter):
    text = "Jag har tappat mitt reservkort. Jag har frågat Bo Ek men han har inte sett det."
    both.mail("2026-11-24", text, sender=ANNA_MAIL, subject="Kort")
    assert status(both) == ["lost", "handed_out"]


def test_a_name_in_a_quoted_mail_is_not_whose_card_is_lost(both: Counter):
    text = "Jag har tappat mitt reservkort.\n\nFrån: Bo Ek\nSkickat: den 20 november\n\nHej Anna!\n"
    both.mail("2026-11-24", text, sender=ANNA_MAIL, subject="Kort")
    assert status(both) == ["lost", "handed_out"]


def test_a_colleague_s_word_alarms_but_marks_nobody_s_card(both: Counter):
    both.mail("2026-11-24", "Bo Ek har tappat sitt reservkort.", sender=ANNA_MAIL, subject="Kort")
    assert status(both) == ["handed_out", "handed_out"]
    (case,) = both.cases("loss")
    assert (case["priority"], case["person_id"]) == ("urgent", BO)


@pytest.mark.parametrize("sender", [EVA, BO_MAIL])
def test_whoever_tells_of_somebody_unnamed_keeps_his_own_card(both: Counter, sender: str):
    text = "En medarbetare ringde, hon har tappat sitt reservkort."
    both.mail("2026-11-24", text, sender=sender, subject="Kort")
    assert status(both) == ["handed_out", "handed_out"]
    assert len(both.cases("loss")) == 1


def test_an_unclear_loss_stays_open_whatever_is_done_to_other_cards(counter: Counter):
    counter.lend("2026-11-23")
    counter.card("returned", "--number", NUMBER, now="2026-11-24")
    counter.lend("2026-11-25", number=OTHER)
    counter.mail("2026-11-26", "Jag hittar inte mitt kort just nu, har letat överallt.",
                 sender=ANNA_MAIL, subject="Kort")  # fmt: skip
    assert len(counter.cases("loss")) == 1
    counter.card("deregistered", "--number", NUMBER, now="2026-11-27")
    assert len(counter.cases("loss")) == 1


def test_a_sure_loss_of_an_unknown_one_of_two_cards_is_not_closed_by_a_tick(counter: Counter):
    counter.lend("2026-11-23")
    _ordinary(counter)
    mail = "Jag har tappat mitt kort. Det är polisanmält."
    counter.mail("2026-11-26", mail, sender=ANNA_MAIL, subject="Kort")
    (case,) = counter.cases("loss")
    assert "card lost" in counter.done(case["id"], "2026-11-26T10:00:00+01:00", code=2)
    counter.card("lost", "--number", NUMBER, now="2026-11-26T11:00:00+01:00")
    counter.card("blocked", "--number", NUMBER, now="2026-11-26T11:05:00+01:00")
    assert counter.cases("loss") == []


def _ordinary(counter: Counter, number: str = "97522799555566667777") -> None:
    """Bring in an e-tjänstekort of Anna's that is in use."""
    path = counter.here / "kort.csv"
    path.write_text(f"kind,number,person_id,status\nordinary,{number},{ANNA},activated\n")
    words = ("import", "cards", str(path), "--yes", "--now", "2026-11-24")
    code, out, err = ekbot(counter.office, *words)
    assert code == 0, (out, err)


def test_a_police_number_for_a_card_that_nobody_has_lost_is_an_alarm(counter: Counter):
    counter.lend("2026-11-23")
    counter.turns("2027-02-09")
    text = "Hej, polisanmälan 5000-K123456-27."
    counter.answer("reserve_reminder", "2027-02-10", text, ANNA_MAIL)
    assert [c["priority"] for c in counter.cases("loss")] == ["urgent"]
    assert len(counter.letters("loss_alert")) == 1


def newcomer(counter: Counter, **fields: object) -> dict[str, object]:
    """Return a person whom a form has brought in on 23 November."""
    counter.form("2026-11-23", employment="permanent", **fields)
    found = rows(counter.office, "persons")
    return next(p for p in found if p["person_id"] not in (ANNA, BO))


def test_a_late_cancellation_asks_the_holder_before_it_escalates(counter: Counter):
    person = newcomer(counter, card_order=True)
    words = ("--person", str(person["person_id"]), "--number", "97522799555566667777")
    counter.card("ordered", *words[:2], now="2026-11-23T10:00:00+01:00")
    counter.card("activated", *words, now="2026-11-24")
    counter.form("2026-12-14", action="cancel", last_day="2026-11-27", signed_on="2026-12-10")
    assert counter.letters("escalation") == []
    assert [x["to"] for x in counter.letters("card_return")] == [[person["mail"]]]
    counter.turns("2026-12-15", "2026-12-21", "2027-01-04")
    assert len(counter.letters("escalation")) == 1


def test_a_card_can_t_run_out_before_it_is_used_nor_a_loan_end_before_it_begins(counter: Counter):
    late = counter.card("handout", "--person", ANNA, "--number", NUMBER, "--id-kind", "pass",
                        "--on", "2026-01-23", now="2026-11-23", code=2)  # fmt: skip
    assert "--on" in late["error"]
    assert rows(counter.office, "cards") == []


def test_somebody_who_becomes_protected_is_hidden_as_a_card_holder_too(counter: Counter):
    counter.lend("2026-11-23")
    turn(counter.office, "2027-02-09", outgoing=Down())
    people = f"{ANNA},Anna,,Öberg,,{counter.unit_id},{ANNA_MAIL},,2026-01-01,2028-06-01,,ja"
    bring(counter.office, people, now="2027-02-09T10:00:00+01:00")
    turn(counter.office, "2027-02-09T13:00:00+01:00")
    shown = "\n".join(str(rows(counter.office, what)) for what in ("cards", "letters", "cases"))
    code, why, _ = ekbot(counter.office, "why", "C-1")
    assert code == 0
    for word in ("Anna", "Öberg", ANNA_MAIL):
        assert word not in shown + why, word
    assert [x["status"] for x in counter.letters("reserve_reminder")] == ["failed"]


@pytest.mark.parametrize(
    ("sender", "verdict", "text"),
    [
        (ANNA_MAIL, None, "jag har tappat mitt reservkort"),
        (EVA, "pass", "Anna Öberg ringde, hon har tappat sitt reservkort."),
        (BO_MAIL, "pass", "Hej! Anna Öberg har tappat sitt reservkort."),
    ],
)
def test_no_alarm_names_somebody_protected_whoever_writes(tmp_path: Path, sender, verdict, text):
    counter = Counter(tmp_path)
    counter.people(protected="ja")
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", text, sender=sender, verdict=verdict, subject="Kort")
    assert len(counter.letters("loss_alert")) == 1
    whole = "\n".join(m for m in mails_out(counter.office) if "loss_alert" in m)
    for word in ("Anna", "Öberg", ANNA_MAIL, NUMBER):
        assert word not in whole, word


def test_a_card_that_is_back_is_not_chased_when_its_loss_was_a_mistake(counter: Counter):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag har tappat mitt reservkort.", sender=ANNA_MAIL, subject="Kort")
    counter.card("returned", "--number", NUMBER, now="2026-11-25")
    (case,) = counter.cases("loss")
    counter.refuse(case["id"], "2026-11-25T10:00:00+01:00", why="hon hittade det och lämnade det")
    assert status(counter) == ["returned"]
    counter.turns("2027-02-09", "2027-02-24")
    assert counter.letters("reserve_reminder") == []


def test_the_holder_is_told_that_the_block_was_called_off(counter: Counter):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag har tappat mitt reservkort.", sender=ANNA_MAIL, subject="Kort")
    (case,) = counter.cases("loss")
    counter.refuse(case["id"], "2026-11-25T10:00:00+01:00", why="hon hittade det i fickan")
    assert status(counter) == ["handed_out"]
    assert counter.letters("loss_advice")[-1]["subject"].startswith("Kortet spärras inte")


def test_the_police_report_is_chased_though_staff_were_quick(counter: Counter):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag tappade mitt reservkort den 5 november.", sender=ANNA_MAIL,
                 subject="Kort")  # fmt: skip
    for step in ("blocked", "deregistered"):
        counter.card(step, "--number", NUMBER, now="2026-11-24T11:00:00+01:00")
    counter.turns("2026-12-01", "2026-12-08", "2026-12-15")
    asked = [x["rung"] for x in counter.letters("loss_advice") if x["rung"]]
    assert (asked, len(counter.cases("police"))) == (["+5", "+10"], 1)


def test_an_order_at_the_region_is_never_ticked_off_twice(counter: Counter):
    newcomer(counter, card_order=True)
    (order,) = counter.cases("card_order")
    counter.done(order["id"], "2026-11-23T10:00:00+01:00")
    assert "card activated" in counter.done(order["id"], "2026-11-24", code=2)
    counter.turns("2026-12-23", "2027-01-22", "2027-02-11", "2027-02-22")
    assert [c["id"] for c in counter.cases("card_order")] == [order["id"]]  # lapsed: staff decide


def test_an_extension_takes_the_order_to_block_away(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-12-14", "2026-12-18", "2026-12-29")
    assert len(counter.cases("block")) == 1
    counter.card("extend", "--number", NUMBER, "--until", "2027-02-10", now="2026-12-30")
    assert counter.cases("block") == []
    assert counter.one(handle)["status"] == "handed_out"


def test_an_old_question_s_yes_does_not_grant_a_newer_wish(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-11-27")
    counter.answer("reserve_reminder", "2026-11-30", "Förläng till 18/12 tack", ANNA_MAIL)
    first = counter.letters("extension_asked")[-1]["message_id"]
    counter.answer("reserve_reminder", "2026-12-01", "Förläng till 15/2 tack", ANNA_MAIL)
    headers = [("In-Reply-To", first), ("References", first)]
    mail = counter.mail("2026-12-02", "Ja.", sender=counter.manager, subject="Sv", headers=headers)
    assert mail["outcome"] == "with_staff"
    assert counter.one(handle)["due"] == "2026-12-11"


def test_a_person_without_a_number_gets_one_card_too(counter: Counter):
    counter.form("2026-11-23", person_id=None, no_swedish_id=True, birth_date="1990-05-05",
                 nationality="Polen", reserve_order=True, reserve_reasons=["foreign"])  # fmt: skip
    (case,) = counter.cases("new")
    words = ("handout", "--person", case["id"], "--id-kind", "utländskt pass")
    counter.card(*words, "--number", NUMBER, now="2026-11-24")
    second = counter.card(*words, "--number", OTHER, now="2026-11-25", code=2)
    assert "Ett i taget" in second["error"]


def test_a_renewed_record_lets_the_loan_last_its_three_months(counter: Counter):
    def employed(until: str, now: str) -> None:
        row = f"{ANNA},Anna,,Öberg,,{counter.unit_id},{ANNA_MAIL},,2026-01-01,{until},,"
        bring(counter.office, row, now=now)

    employed("2026-12-18", "2026-11-23")
    handle = counter.lend("2026-11-23T10:00:00+01:00")
    assert counter.one(handle)["due"] == "2026-12-18"
    employed("2027-12-18", "2026-12-01")
    counter.card("extend", "--number", NUMBER, "--until", "2027-02-01", now="2026-12-02")
    assert counter.one(handle)["due"] == "2027-02-01"


def test_a_loss_waits_for_no_cap(tmp_path: Path):
    counter = Counter(tmp_path)
    config = counter.here / "ekbot.toml"
    text = config.read_text(encoding="utf-8").replace("cap_total = 100000", "cap_total = 1")
    config.write_text(text, encoding="utf-8")
    counter.people()
    counter.lend("2026-11-23")
    counter.mail("2026-11-23T09:30:00+01:00", "Jag har tappat mitt reservkort.",
                 sender=ANNA_MAIL, subject="Kort")  # fmt: skip
    assert [x["status"] for x in counter.letters("loss_alert")] == ["sent"]


def test_a_reminder_that_waited_goes_in_the_morning_not_at_night(counter: Counter):
    counter.lend("2026-11-23")
    turn(counter.office, "2027-02-26", outgoing=Down())  # a Friday
    counter.turns("2027-02-27T23:30:00+01:00")
    assert [x["status"] for x in counter.letters("reserve_reminder")] == ["queued"]
    counter.turns("2027-03-01T08:00:00+01:00")
    (letter,) = [x for x in counter.letters("reserve_reminder") if x["status"] == "sent"]
    assert letter["sent"][:13] == "2027-03-01T07"


def test_a_form_that_comes_after_the_hand_out_settles_its_absence(counter: Counter):
    person = newcomer(counter)
    counter.lend("2026-11-24", who=str(person["person_id"]), reason="lost_card")
    assert len(counter.cases("no_order")) == 1
    counter.form("2026-11-25", action="change", reserve_order=True, reserve_reasons=["lost_card"])
    assert counter.cases("no_order") == []
    assert [c for c in counter.cases("card_check") if "redan" in c["title"]] == []


def test_a_card_lent_again_is_not_to_be_cut(counter: Counter):
    counter.lend("2026-11-23")
    counter.card("returned", "--number", NUMBER, now="2026-11-24")
    assert len(counter.cases("deregister")) == 1
    counter.lend("2026-11-25")
    assert counter.cases("deregister") == []


def test_a_request_that_the_ordinary_card_makes_idle_is_closed(counter: Counter):
    person = newcomer(counter, card_order=True, reserve_order=True,
                      reserve_reasons=["new_employee"])  # fmt: skip
    words = ("--person", str(person["person_id"]))
    counter.card("ordered", *words, now="2026-11-23T10:00:00+01:00")
    counter.card("activated", *words, "--number", "97522799555566667777", now="2026-11-24")
    assert counter.cases("reserve_order", "waiting") == counter.cases("reserve_order") == []


def test_a_manager_s_own_card_is_his_own_manager_s_to_extend(counter: Counter):
    with (counter.here / "managers.csv").open(encoding="utf-8") as file:
        name = file.readlines()[1].split(",")[0]
    given, _, surname = name.partition(" ")
    row = f"{ANNA},{given},,{surname},,{counter.unit_id},privat@jarfalla.example,,2026-01-01,,,"
    bring(counter.office, row, now="2026-11-20T10:00:00+01:00")
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-12-11", "2026-12-14")
    text = "Förläng till 15/1 tack!"
    counter.answer("reserve_reminder", "2026-12-15", text, counter.manager)
    assert counter.one(handle)["due"] == "2026-12-11"
    (asked,) = counter.letters("extension_asked")
    assert counter.manager not in asked["to"]


def test_who_moves_to_another_unit_keeps_the_card_until_the_record_ends(counter: Counter):
    person = newcomer(counter, card_order=True)
    words = ("--person", str(person["person_id"]))
    counter.card("ordered", *words, now="2026-11-23T10:00:00+01:00")
    counter.card("activated", *words, "--number", "97522799555566667777", now="2026-11-24")
    counter.form("2026-11-25", action="cancel", last_day="2026-12-11", end_reason="moves",
                 signed_on="2026-11-25")  # fmt: skip
    counter.turns("2026-12-08", "2026-12-11")
    assert counter.letters("card_return") == []
    counter.turns("2026-12-14")
    assert [x["to"] for x in counter.letters("card_return")] == [[person["mail"]]]


def test_a_step_can_t_be_dated_before_the_one_before_it(counter: Counter):
    counter.lend("2026-11-23")
    words = ("--number", NUMBER, "--on", "2018-01-01")
    for step in ("returned", "lost", "blocked"):
        said = counter.card(step, *words, now="2026-11-24", code=2)
        assert "2026-11-23" in said["error"], step


def test_a_reason_that_the_routine_does_not_know_is_refused(counter: Counter):
    words = ("handout", "--person", ANNA, "--number", NUMBER, "--id-kind", "pass")
    said = counter.card(*words, "--reason", "tappat kort", now="2026-11-23", code=1)
    assert "lost_card" in said["error"]


def test_the_same_person_with_another_kind_of_number_is_a_question(counter: Counter):
    newcomer(counter)
    counter.form("2026-11-25", person_id="198502862397", employment="permanent")
    (case,) = [c for c in counter.cases("new") if c["rule"] == "maybe_same_person"]
    assert "samma person" in case["why"]
