"""A doubtful form is asked back by picture, answered by reply, and carried out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.ports.errors import TransientError
from tests import desk
from tests.doubts import DoubtingCrew, a_reply, inline, letter_of, marked, plain
from tests.e2e.office import Office
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

DOUBTS = {"surname": "Öberg", "phone": None}


def _ask(office: Office, doubts=DOUBTS, **order):
    crew = DoubtingCrew(dict(doubts))
    office.deliver("f", a_mail("f1", ("scan.pdf", fill_acroform(an_order(0, **order)))))
    desk.turn(office, "2026-11-23", crew=crew)
    return crew


def _kinds(office):
    return [letter_of(raw)["X-EKbot-Kind"] for raw in office.letters()]


def _answer(office, crew, raw, now="2026-11-24"):
    office.deliver(f"a{len(office.letters())}{now}", raw)
    desk.turn(office, now, crew=crew)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def _question(office):
    found = [m for m in map(letter_of, office.letters()) if m["X-EKbot-Kind"] == "question"]
    return max(found, key=lambda m: int(m["X-EKbot-Letter"].removeprefix("B-")))


def test_the_letter_shows_each_doubtful_field_with_its_number(office):
    _ask(office)
    letter = _question(office)
    assert "1. Efternamn: läst som ”Öberg”. Stämmer det?" in plain(letter)
    assert "2. Telefon:" in plain(letter)
    related = next(p for p in letter.walk() if p.get_content_type() == "multipart/related")
    html, *pictures = related.iter_parts()
    names = [p["Content-ID"].strip("<>") for p in pictures]
    assert len(names) == 2
    assert all(f'src="cid:{name}"' in html.get_content() for name in names)
    assert all(p.get_content().startswith(b"\x89PNG") for p in pictures)
    assert all(len(p.get_content()) < 60_000 for p in pictures)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("1 ja 2 070-174 06 26", None),
        ("Hej!\n\n1. Ja\n2. 070-174 06 26", None),
        ("1 ja\n2: 070-174 06 26", marked),
        ("Efternamn stämmer, telefon: 070-174 06 26", marked),
    ],
)
def test_a_reply_completes_the_form_and_the_record_is_made(office, text, quote):
    crew = _ask(office)
    more = {"quote": quote} if quote else {}
    _answer(office, crew, a_reply(_question(office), text, **more))
    (person,) = desk.rows(office, "persons")
    assert (person["surname"], person["phone"]) == ("Öberg", "0701740626")
    assert _kinds(office).count("applied") == 1
    applied = next(m for m in map(letter_of, office.letters()) if m["X-EKbot-Kind"] == "applied")
    assert "Telefon: 070-174 06 26 (enligt ditt svar 2026-11-23)" in plain(applied)
    code, out, _ = desk.ekbot(office, "why", "K-1")
    assert code == 0
    assert "enligt chefens svar 2026-11-23" in out


def test_an_answer_under_each_quoted_point_is_understood(office):
    crew = _ask(office)
    text = inline(_question(office), {1: "Åberg", 2: "070-174 06 26"})
    _answer(office, crew, a_reply(_question(office), "", quote=lambda _l, _t: text))
    (person,) = desk.rows(office, "persons")
    assert (person["surname"], person["phone"]) == ("Åberg", "0701740626")


def test_a_part_is_taken_and_the_rest_is_asked_with_the_same_number(office):
    crew = _ask(office)
    _answer(office, crew, a_reply(_question(office), "ok"))
    assert desk.rows(office, "persons") == []
    second = _question(office)
    assert "\n2. Telefon:" in plain(second)
    assert "\n1. " not in plain(second)
    assert "Efternamn: Öberg (enligt ditt svar 2026-11-23)" in plain(second)
    _answer(office, crew, a_reply(second, "070-174 06 26", number="r2"), "2026-11-25")
    (person,) = desk.rows(office, "persons")
    assert (person["surname"], person["phone"]) == ("Öberg", "0701740626")


def test_what_is_not_understood_is_said_and_the_second_time_a_clerk_reads_it(office):
    crew = _ask(office)
    _answer(office, crew, a_reply(_question(office), "Ring mig så berättar jag"))
    second = _question(office)
    assert "”Ring mig så berättar jag”" in plain(second)
    assert desk.rows(office, "cases")[0]["stage"] == "asked"
    _answer(office, crew, a_reply(second, "1 ja men fråga Eva", number="r2"), "2026-11-25")
    case = desk.rows(office, "cases")[0]
    assert (case["stage"], case["rule"]) == ("staff", "not_understood")
    staff = _question(office)
    assert "eva.ek@jarfalla.example" in staff["To"]
    assert desk.rows(office, "persons") == []
    clerk = a_reply(staff, "1 ja, 2 070-174 06 26", number="r3", sender="eva.ek@jarfalla.example")
    _answer(office, crew, clerk, "2026-11-26")
    (person,) = desk.rows(office, "persons")
    assert person["phone"] == "0701740626"
    _, out, _ = desk.ekbot(office, "why", "K-1")
    assert "eva.ek@jarfalla.example" in out


def test_the_same_answer_again_does_nothing(office):
    crew = _ask(office)
    letter = _question(office)
    _answer(office, crew, a_reply(letter, "1 ja 2 070-174 06 26"))
    before = (desk.rows(office, "persons"), len(office.letters()), len(desk.rows(office, "cases")))
    _answer(office, crew, a_reply(letter, "1 ja 2 070-174 06 26", number="r9"), "2026-11-24")
    after = (desk.rows(office, "persons"), len(office.letters()), len(desk.rows(office, "cases")))
    assert after[0] == before[0]
    assert after[2] == before[2]
    assert desk.rows(office, "mails")[-1]["outcome"] == "recorded"
    assert _kinds(office).count("applied") == 1


@pytest.mark.parametrize("sender", ["per.ek@annan.example", "noel.ek@jarfalla.example"])
def test_nobody_else_can_answer(office, sender):
    crew = _ask(office)
    _answer(office, crew, a_reply(_question(office), "1 ja 2 070-174 06 26", sender=sender))
    assert desk.rows(office, "persons") == []
    assert desk.rows(office, "cases")[0]["stage"] == "asked"
    assert desk.rows(office, "mails")[-1]["outcome"] == "with_staff"


def test_an_unproven_sender_cannot_answer(office):
    crew = _ask(office)
    raw = a_reply(_question(office), "1 ja 2 070-174 06 26", verdict="fail")
    _answer(office, crew, raw)
    assert desk.rows(office, "persons") == []
    assert desk.rows(office, "mails")[-1]["outcome"] == "with_staff"


def test_an_automatic_answer_decides_nothing(office):
    crew = _ask(office)
    raw = a_reply(
        _question(office), "ja", headers=(("Auto-Submitted", "auto-replied"),), number="auto"
    )
    _answer(office, crew, raw)
    assert desk.rows(office, "persons") == []
    assert desk.rows(office, "cases")[0]["stage"] == "asked"


def test_a_new_form_instead_of_an_answer_closes_the_question(office):
    _ask(office)
    office.deliver("n", a_mail("n1", ("ny.pdf", fill_acroform(an_order(0)))))
    desk.turn(office, "2026-11-24")
    stages = {c["stage"] for c in desk.rows(office, "cases") if c["kind"] == "new"}
    assert stages == {"linked", "confirmed"}
    desk.turn(office, "2026-12-15")
    assert not any("Påminnelse: din" in letter_of(r)["Subject"] for r in office.letters())


def test_the_manager_is_reminded_twice_and_then_a_clerk_has_it(office):
    _ask(office)
    for day in ("2026-11-25", "2026-11-26", "2026-11-27", "2026-12-02", "2026-12-03"):
        desk.turn(office, day)
    reminders = [m for m in map(letter_of, office.letters()) if "Påminnelse" in m["Subject"]]
    assert [m["Date"][5:11] for m in reminders] == ["26 Nov", "02 Dec"]
    assert all(sum(p.get_content_type() == "image/png" for p in m.walk()) == 2 for m in reminders)
    assert desk.rows(office, "cases")[0]["stage"] == "asked"
    desk.turn(office, "2026-12-07")
    case = desk.rows(office, "cases")[0]
    assert (case["stage"], case["rule"]) == ("staff", "unanswered")
    assert "eva.ek@jarfalla.example" in _question(office)["To"]


def test_after_an_outage_only_the_newest_reminder_goes(office):
    _ask(office)
    desk.turn(office, "2026-12-03")
    subjects = [letter_of(raw)["Subject"] for raw in office.letters()]
    assert sum("Påminnelse" in s for s in subjects) == 1


def test_a_clerk_corrects_at_the_terminal(office):
    _ask(office)
    code, _, err = desk.ekbot(
        office, "case", "correct", "1", "--field", "phone=abc", "--now", "2026-11-24"
    )
    assert code == 2
    assert "Telefon" in err
    code, _, err = desk.ekbot(
        office, "case", "correct", "K-1", "--field", "surname=Åberg", "--field",
        "phone=070-174 06 26", "--now", "2026-11-24",
    )  # fmt: skip
    assert code == 0, err
    (person,) = desk.rows(office, "persons")
    assert (person["surname"], person["phone"]) == ("Åberg", "0701740626")
    applied = next(m for m in map(letter_of, office.letters()) if m["X-EKbot-Kind"] == "applied")
    assert "rättat av en handläggare 2026-11-24" in plain(applied)


def test_the_number_is_asked_in_words_and_masked_in_the_echo(office):
    number = str(an_order(0)["person_id"])
    crew = _ask(office, {"person_id": number})
    letter = _question(office)
    assert not [p for p in letter.walk() if p.get_content_type() == "image/png"]
    _answer(office, crew, a_reply(letter, f"1 {number[2:8]}-{number[8:]}"))
    (person,) = desk.rows(office, "persons")
    assert person["person_id"] == number
    for raw in office.letters():
        whole = str(letter_of(raw)) + "".join(
            p.get_content() for p in letter_of(raw).walk() if p.get_content_maintype() == "text"
        )
        assert number[2:8] + "-" + number[8:] not in whole
        assert number not in whole
        assert number[2:] not in whole


def test_an_unsigned_form_is_shown_its_empty_box_and_cannot_be_signed_by_mail(office):
    office.deliver("u", a_mail("u1", ("b.pdf", fill_acroform(an_order(0), sign=None))))
    desk.turn(office, "2026-11-23")
    letter = _question(office)
    assert "kan inte ges i ett mejl" in plain(letter)
    assert sum(p.get_content_type() == "image/png" for p in letter.walk()) == 1
    office.deliver("o", a_reply(letter, "ja", number="r8"))
    desk.turn(office, "2026-11-24")
    assert desk.rows(office, "persons") == []
    assert desk.rows(office, "cases")[0]["stage"] == "staff"


def test_of_a_protected_person_no_picture_and_no_word_leaves(office):
    order = an_order(0, protected=True)
    crew = DoubtingCrew(dict(DOUBTS))
    office.deliver("p", a_mail("p1", ("scan.pdf", fill_acroform(order))))
    desk.turn(office, "2026-11-23", crew=crew)
    for raw in office.letters():
        assert letter_of(raw)["X-EKbot-Kind"] in ("handed_over", "digest")
        assert b"image/png" not in raw
        assert "Öberg" not in plain(letter_of(raw))
    desk.turn(office, "2026-12-15", crew=crew)
    assert all(b"image/png" not in raw for raw in office.letters())


class _Away(FakeOutgoing):
    """Takes nothing at all."""

    def send(self, parcel):
        raise TransientError("away")


def test_a_person_who_becomes_protected_before_the_letter_goes_is_not_shown(office):
    crew = DoubtingCrew(dict(DOUBTS))
    office.deliver("f", a_mail("f1", ("scan.pdf", fill_acroform(an_order(0)))))
    desk.turn(office, "2026-11-23", crew=crew, outgoing=_Away())
    with desk.at(office, "2026-11-23") as services, services.store.begin() as work:
        (case,) = work.cases.list()
        work.cases.save(replace(case, protected=True))
    desk.turn(office, "2026-11-24", crew=crew)
    assert [m for m in map(letter_of, office.letters()) if m["X-EKbot-Kind"] != "digest"] == []
    troubles = [c for c in desk.rows(office, "cases") if c["kind"] == "trouble"]
    assert [c["title"] for c in troubles] == ["Ärende för särskild handläggare"]


def test_a_case_shows_its_questions_and_how_to_correct_it(office):
    _ask(office)
    code, out, _ = desk.ekbot(office, "case", "show", "1")
    assert code == 0
    assert "Fråga 1\tEfternamn: Öberg" in out
    assert "ekbot case correct 1 --field surname=… --field phone=…" in out
    assert out.count("falt-") == 2


@pytest.mark.parametrize("word", ["shoe_size=42", "phone", "phone=abc", "=x"])
def test_a_correction_names_the_field_that_does_not_fit(office, word):
    _ask(office)
    code, _, err = desk.ekbot(
        office, "case", "correct", "1", "--field", word, "--now", "2026-11-24"
    )
    assert code == 2
    assert err.strip()


def test_a_clerk_can_say_that_a_field_is_empty(office):
    _ask(office, {"middle_name": "Smuts", "surname": "Öberg"})
    code, _, err = desk.ekbot(
        office, "case", "correct", "1", "--field", "surname=Öberg", "--field", "middle_name=",
        "--now", "2026-11-24",
    )  # fmt: skip
    assert code == 0, err
    (person,) = desk.rows(office, "persons")
    assert person["middle_name"] is None


def test_pictures_go_with_the_raw_mail(office):
    crew = _ask(office, card_order=None)
    _answer(office, crew, a_reply(_question(office), "1 ja 2 070-174 06 26"))
    desk.turn(office, "2026-12-20", crew=crew)
    with desk.at(office, "2026-12-20") as services, services.store.begin() as work:
        assert work.kept(work.cases.list()[0].id) == ()
