"""What people write about cards, end to end: losses, "redan lämnat", "förläng", codes."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.domain.values import PersonId
from tests.builders import ANNA, BO
from tests.desk import at, mails_out
from tests.e2e.counter import ANNA_MAIL, BO_MAIL, NUMBER, OTHER, Counter

STAFF = ["eva.ek@jarfalla.example", "olle.ek@jarfalla.example"]


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    found = Counter(tmp_path)
    found.people()
    return found


def test_a_loss_at_night_alarms_staff_at_once_and_tells_the_holder_what_to_do(counter: Counter):
    handle = counter.lend("2026-11-23")
    night = "2026-11-28T23:40:00+01:00"
    mail = counter.mail(night, "Hej, jag har tappat mitt reservkort på bussen. /Anna",
                        sender=ANNA_MAIL, subject="Hjälp")  # fmt: skip
    assert (mail["outcome"], mail["rule"]) == ("with_staff", "loss")
    (alert,), (advice,) = counter.letters("loss_alert"), counter.letters("loss_advice")
    assert (alert["to"], alert["status"], alert["sent"][:16]) == (STAFF, "sent", "2026-11-28T22:40")
    assert (advice["to"], advice["status"]) == ([ANNA_MAIL], "sent")
    (case,) = counter.cases("loss")
    assert (case["priority"], case["person_id"], case["card"]) == ("urgent", ANNA, handle)
    assert counter.one(handle)["status"] == "lost"
    counter.turns("2027-02-09", "2027-02-24", "2027-03-10")
    assert counter.letters("reserve_reminder") == []  # what is lost is not chased


def test_a_loss_stays_open_until_the_card_is_blocked(counter: Counter):
    handle = counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag har tappat mitt reservkort.", sender=ANNA_MAIL, subject="Kort")
    (case,) = counter.cases("loss")
    assert "card blocked" in counter.done(case["id"], "2026-11-24T10:00:00+01:00", code=2)
    counter.card("blocked", "--number", NUMBER, now="2026-11-24T11:00:00+01:00")
    assert counter.cases("loss") == []
    counter.card("returned", "--number", NUMBER, now="2026-11-25T11:00:00+01:00")
    assert counter.one(handle)["status"] == "blocked"  # lost and found stays blocked
    (work,) = counter.cases("deregister")
    counter.done(work["id"], "2026-11-25T12:00:00+01:00")
    assert counter.one(handle)["status"] == "deregistered"


def test_a_manager_reports_a_loss_and_sends_the_police_number_afterwards(counter: Counter):
    handle = counter.lend("2026-11-23", who=BO)
    counter.mail("2026-11-24", "Hej! Bo Ek har blivit av med sitt reservkort.\n\nHälsningar",
                 sender=counter.manager, subject="Förlust")  # fmt: skip
    assert counter.one(handle)["status"] == "lost"
    assert {a["to"][0] for a in counter.letters("loss_advice")} == {BO_MAIL, counter.manager}
    done = counter.answer("loss_advice", "2026-11-25", "Hej, numret är 5000-K123456-26.", BO_MAIL)
    assert done["outcome"] == "applied", done
    counter.turns("2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22")
    assert [a["rung"] for a in counter.letters("loss_advice") if a["rung"]] == []


def test_a_police_report_that_never_comes_is_asked_for_and_then_with_staff(counter: Counter):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag har tappat mitt reservkort.", sender=ANNA_MAIL, subject="Kort")
    counter.turns("2026-12-01", "2026-12-08", "2026-12-15")
    asked = [(a["rung"], a["to"]) for a in counter.letters("loss_advice") if a["rung"]]
    assert asked == [("+5", [ANNA_MAIL]), ("+10", [ANNA_MAIL, counter.manager])]
    assert len(counter.cases("police")) == 1


@pytest.mark.parametrize("verdict", [None, "fail"])
def test_a_stranger_s_loss_is_urgent_with_staff_and_never_answered(counter: Counter, verdict):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Hej jag har tappat mitt reservkort", sender=ANNA_MAIL,
                 verdict=verdict, subject="kort")  # fmt: skip
    (case,) = counter.cases("loss")
    assert (case["priority"], case["person_id"]) == ("urgent", None)
    assert len(counter.letters("loss_alert")) == 1
    assert counter.letters("loss_advice") == counter.letters("handed_over") == []
    assert [c["status"] for c in (counter.one("C-1"),)] == ["handed_out"]


def test_two_mails_of_one_loss_alarm_once(counter: Counter):
    counter.lend("2026-11-23")
    for now, sender in (("2026-11-24", ANNA_MAIL), ("2026-11-25", counter.manager)):
        text = "Hej! Anna Öbergs reservkort är borta. Hon har tappat det."
        counter.mail(now, text, sender=sender, subject="Kort")
    assert len(counter.letters("loss_alert")) == 1
    assert len(counter.cases("loss")) == 1


def test_a_lost_form_is_no_lost_card(counter: Counter):
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Jag har tappat bort blanketten. Kan ni skicka en ny?",
                 sender=counter.manager, subject="Blankett")  # fmt: skip
    assert counter.cases("loss") == counter.letters("loss_alert") == []


def test_a_protected_person_s_loss_alarms_without_a_word_about_whom(tmp_path: Path):
    counter = Counter(tmp_path)
    counter.people(protected="ja")
    counter.lend("2026-11-23")
    counter.mail("2026-11-24", "Hej, jag har tappat mitt reservkort. Anna Öberg",
                 sender=ANNA_MAIL, subject="Kort")  # fmt: skip
    assert [a["kind"] for a in counter.letters("loss_alert")] == ["loss_alert"]
    assert counter.letters("loss_advice") == []
    whole = "\n".join(mails_out(counter.office))
    for word in ("Anna", "Öberg", ANNA_MAIL, NUMBER, "9752 2799", PersonId(ANNA).reveal()[2:8]):
        assert word not in whole, word


def test_it_is_said_to_be_back_and_staff_find_it(counter: Counter):
    handle = counter.lend("2026-11-23")
    counter.turns("2027-02-09")
    done = counter.answer("reserve_reminder", "2027-02-10", "Hej! Redan lämnat.\n/Anna", ANNA_MAIL)
    assert done["outcome"] == "applied"
    assert len(counter.letters("reply_noted")) == 1
    counter.turns("2027-02-19", "2027-02-23", "2027-02-24")
    assert [r for r, _ in counter.rungs(handle)] == ["-14"]  # paused
    (check,) = counter.cases("card_check")
    counter.done(check["id"], "2027-02-24T10:00:00+01:00")
    assert counter.one(handle)["status"] == "returned"
    assert len(counter.cases("deregister")) == 1


def test_it_is_said_to_be_back_but_it_is_not_there(counter: Counter):
    handle = counter.lend("2026-11-23")
    counter.turns("2027-02-09")
    counter.answer("reserve_reminder", "2027-02-10", "Det är redan lämnat.", ANNA_MAIL)
    counter.turns("2027-02-23")
    (check,) = [c for c in counter.cases("card_check") if "tillbaka" in c["title"]]
    counter.refuse(check["id"], "2027-02-24T08:30:00+01:00")
    counter.turns("2027-02-24T09:30:00+01:00")
    assert [r for r, _ in counter.rungs(handle)] == ["-14", "+1"]


def test_the_holder_asks_for_more_time_and_the_manager_grants_it(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-11-27")
    counter.answer("reserve_reminder", "2026-11-30", "Hej, förläng till 15/1 tack!", ANNA_MAIL)
    (asked,) = counter.letters("extension_asked")
    assert asked["to"] == [counter.manager]
    assert counter.one(handle)["due"] == "2026-12-11"  # nothing before the manager has said so
    counter.answer("extension_asked", "2026-12-01", "Ja, det går bra.", counter.manager)
    assert counter.one(handle)["due"] == "2027-01-15"
    assert {tuple(x["to"]) for x in counter.letters("extension")} == {
        (ANNA_MAIL,), (counter.manager,)
    }  # fmt: skip
    counter.turns("2026-12-11", "2026-12-14", "2026-12-30", "2027-01-12")
    assert counter.rungs(handle)[-2:] == [("-14", "2026-12-30"), ("-3", "2027-01-12")]


def test_no_extension_goes_past_three_months(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-11-27")
    counter.answer("reserve_reminder", "2026-11-30", "Förläng till 30 april.", ANNA_MAIL)
    counter.answer("extension_asked", "2026-12-01", "ja till 30/4", counter.manager)
    assert counter.one(handle)["due"] == "2026-12-11"
    counter.answer("reserve_reminder", "2026-12-02", "Förläng tack.", ANNA_MAIL)
    counter.answer("extension_asked", "2026-12-03", "ok, ja", counter.manager)
    assert counter.one(handle)["due"] == "2027-02-23"


def test_the_manager_says_no(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-11-27")
    counter.answer("reserve_reminder", "2026-11-30", "Kan jag få förläng till 15/1?", ANNA_MAIL)
    counter.answer("extension_asked", "2026-12-01", "Nej.", counter.manager)
    assert counter.one(handle)["due"] == "2026-12-11"
    assert [x["to"] for x in counter.letters("extension")] == [[ANNA_MAIL]]


def test_somebody_else_s_yes_does_not_count(counter: Counter):
    handle = counter.lend("2026-11-23", until="2026-12-11")
    counter.turns("2026-11-27")
    counter.answer("reserve_reminder", "2026-11-30", "Förläng till 15/1 tack", ANNA_MAIL)
    mail = counter.answer("extension_asked", "2026-12-01", "Ja.", BO_MAIL)
    assert mail["outcome"] == "with_staff"
    assert counter.one(handle)["due"] == "2026-12-11"


def test_a_reply_that_is_not_understood_whole_changes_nothing(counter: Counter):
    handle = counter.lend("2026-11-23")
    counter.turns("2027-02-09")
    before = counter.one(handle)
    text = "Jag tror att kortet kanske är lämnat men fråga Kerstin."
    mail = counter.answer("reserve_reminder", "2027-02-10", text, ANNA_MAIL)
    assert mail["outcome"] == "with_staff"
    assert counter.one(handle) == before


def test_a_code_in_a_mail_is_masked_everywhere_and_its_raw_bytes_go(counter: Counter):
    counter.lend("2026-11-23")
    mail = counter.mail("2026-11-24", "Hej! Min pinkod är 482913, den fungerar inte.",
                        sender=ANNA_MAIL, subject="PIN-kod 482913")  # fmt: skip
    assert "482913" not in str(mail)
    with at(counter.office, "2026-11-24T10:00:00+01:00") as services, services.store.begin() as w:
        assert [w.journal.raw(r.id) for r in w.journal.list()] == [b""]
    database = (counter.here / "var" / "ekbot.db").read_bytes()
    assert b"482913" not in database
    assert "482913" not in "\n".join(mails_out(counter.office))


def test_somebody_without_mail_gets_a_letter_that_staff_post(tmp_path: Path):
    counter = Counter(tmp_path)
    counter.people(anna="")
    counter.lend("2026-11-23")
    counter.turns("2027-02-09")
    (letter,) = counter.letters("reserve_reminder")
    assert letter["to"] == STAFF
    assert letter["subject"].startswith("Att skriva ut och posta")
    raw = next(m for m in counter.office.letters() if b"reserve_reminder" in m)
    mail = message_from_bytes(raw, policy=policy.default)
    (paper,) = [p for p in mail.walk() if p.get_content_type() == "application/pdf"]
    assert paper.get_filename() == "brev.pdf"
    assert paper.get_content().startswith(b"%PDF")


def test_a_second_card_and_a_borne_number_are_refused_with_advice(counter: Counter):
    counter.lend("2026-11-23")
    words = ("--id-kind", "pass")
    second = counter.card("handout", "--person", ANNA, "--number", OTHER, *words,
                          now="2026-11-24", code=2)  # fmt: skip
    assert "Ett i taget" in second["error"]
    borne = counter.card("handout", "--person", BO, "--number", NUMBER, *words,
                         now="2026-11-24", code=2)  # fmt: skip
    assert "redan på ett annat kort" in borne["error"]
    counter.card("returned", "--number", NUMBER, now="2026-11-25")
    known = counter.card("handout", "--person", BO, "--number", NUMBER, *words,
                         now="2026-11-26", code=2)  # fmt: skip
    assert "kan koden" in known["error"]
    counter.card("deregistered", "--number", NUMBER, now="2026-11-26")
    counter.lend("2026-11-27", who=BO)


def test_the_forms_loss_alarms_too(counter: Counter):
    counter.form("2026-11-23", card_order=True, card_status="replaces_lost",
                 lost_on="2026-11-20", card_number="97522799123")  # fmt: skip
    assert len(counter.letters("loss_alert")) == 1
    (case,) = counter.cases("loss")
    assert case["priority"] == "urgent"


def test_a_code_in_an_answer_is_never_quoted_back(counter: Counter):
    counter.form("2026-11-23", phone=None)
    (asked,) = counter.letters("question")
    counter.answer("question", "2026-11-24", "Min pinkod är 482913, stämmer det?", asked["to"][0])
    assert len(counter.letters("question")) == 2
    assert "482913" not in "\n".join(mails_out(counter.office))
    assert b"482913" not in (counter.here / "var" / "ekbot.db").read_bytes()
