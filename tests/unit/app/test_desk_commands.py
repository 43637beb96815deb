"""A clerk's mail is carried out, through the whole funnel: done, refused, asked, undone, told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.domain.values import MailId
from tests.clerk_day import GORAN, NOEL, Letters
from tests.desk import at, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_clients import reply
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.swedish_days import stockholm

EVA, OLLE = "eva.ek@jarfalla.example", "olle.ek@jarfalla.example"
TIMES = [f"2026-11-23T{h:02}:{m:02}:00+01:00" for h in range(8, 18) for m in range(0, 60, 5)]


@dataclass
class Day:
    """An office's Monday, a turn after each mail."""

    office: Office
    clock: list[str] = field(default_factory=lambda: TIMES[:])
    sent: int = 0

    def comes(self, raw: bytes) -> dict:
        """Let a mail come and the program work; return the mail as listed."""
        self.sent += 1
        self.office.deliver(f"{self.sent:03}.eml", raw)
        turn(self.office, self.clock.pop(0))
        return rows(self.office, "mails")[-1]

    def form(self, n: int, sender: str = GORAN, **fields) -> str:
        """Let an order come; return the handle of its case."""
        plain = {"employed_from": None, "effective_from": None, "card_order": None}
        order = an_order(n, manager=sender, **(plain | fields))
        raw = a_mail(f"form{n}", ("blankett.pdf", fill_acroform(order)), sender=sender, text="",
                     sent=stockholm(self.clock[0]))  # fmt: skip
        return self.comes(raw)["cases"][0]

    def question(self, n: int = 0) -> str:
        """Let a mail come that a person must read; return the handle of its case."""
        raw = a_mail(f"mejl{n}", sender=NOEL, subject="Undrar", text=f"Hur gör vi med {n}?",
                     sent=stockholm(self.clock[0]))  # fmt: skip
        return self.comes(raw)["cases"][0]

    def writes(self, text: str, sender: str = EVA, **more) -> dict:
        """Let a clerk write; return the mail as listed."""
        raw = a_mail(f"skriver{self.sent}", sender=sender, subject="Dagens läge", text=text,
                     sent=stockholm(self.clock[0]), **more)  # fmt: skip
        return self.comes(raw)

    def answers(self, letter, text: str, sender: str = EVA, style: str = "gmail", **more) -> dict:
        """Let a clerk answer a letter of ours."""
        raw = reply(letter, text, sender=sender, name="Eva Ek", sent=stockholm(self.clock[0]),
                    style=style, number=f"svar{self.sent}", **more)  # fmt: skip
        return self.comes(raw)

    def letters(self, kind: str, reader: str = EVA):
        found = Letters(self.office.letters()).all()
        return [x for x in found if x.kind == kind and reader in x.readers]

    def case(self, handle: str) -> dict:
        return next(c for c in rows(self.office, "cases") if c["id"] == handle)


@pytest.fixture
def day(tmp_path):
    """Return an office on a Monday morning, its digest sent."""
    office = Office(tmp_path / "ek")
    turn(office, "2026-11-23T07:35:00+01:00")
    return Day(office)


def test_what_is_done_is_done_as_in_the_terminal_and_receipted(day):
    one, two = day.question(1), day.question(2)
    mail = day.writes(f"{one} klar\n{two} avslå fel adress\n")
    assert mail["outcome"] == "applied"
    assert day.case(one)["status"] == day.case(two)["status"] == "done"
    assert "Avslaget av eva.ek@jarfalla.example: fel adress" in day.case(two)["why"]
    (echo,) = day.letters("staff_echo")
    assert f"{one}  Mejl att läsa" in echo.text
    assert "Klart." in echo.text
    assert "Avslaget: fel adress." in echo.text
    assert "ÅNGRA" in echo.text


def test_the_digest_is_answered_between_its_rows(day):
    one = day.question()
    turn(day.office, "2026-11-24T07:35:00+01:00")
    day.clock = [t.replace("11-23", "11-24") for t in TIMES]
    digest = day.letters("digest")[-1]
    assert one in digest.text
    quoted = "".join(
        f"> {line}\n" + ("klar\n" if line.lstrip("> ").startswith(one) else "")
        for line in digest.text.splitlines()
    )
    raw = reply(digest, "x", sender=EVA, name="Eva Ek", sent=stockholm(day.clock[0]),
                style="bare", number="mellan")  # fmt: skip
    head, _, _ = raw.partition(b"\r\n\r\n")
    head = head.replace(b"7bit", b"8bit").replace(b"quoted-printable", b"8bit")
    day.comes(head + b"\r\n\r\n" + quoted.replace("\n", "\r\n").encode())
    assert day.case(one)["status"] == "done"


def test_an_answer_of_undo_gives_everything_back(day):
    one, two = day.question(1), day.question(2)
    before = day.case(one), day.case(two)
    day.writes(f"{one} klar\n{two} avslå fel adress\n")
    (echo,) = day.letters("staff_echo")
    assert day.answers(echo, "ÅNGRA")["outcome"] == "applied"
    assert (day.case(one), day.case(two)) == before
    again = day.answers(day.letters("staff_echo")[0], "ÅNGRA")
    assert again["outcome"] == "applied"
    assert "redan ångrat" in day.letters("staff_echo")[-1].text
    assert (day.case(one), day.case(two)) == before


def test_one_that_cannot_be_done_stops_no_other(day):
    one = day.question()
    mail = day.writes(f"K-99 klar\n{one} klar\nC-7 återlämnat\n")
    assert (mail["outcome"], day.case(one)["status"]) == ("applied", "done")
    (echo,) = day.letters("staff_echo")
    assert "Det finns inget K-99." in echo.text
    assert "Det finns inget C-7." in echo.text


def test_what_is_not_understood_is_asked_and_never_guessed(day):
    one = day.question()
    mail = day.writes(f"{one} kanske klar, vi får se\n")
    assert (mail["outcome"], day.case(one)["status"]) == ("asked_back", "open")
    (echo,) = day.letters("staff_echo")
    assert "kanske klar, vi får se" in echo.text


def test_words_that_may_turn_the_rest_hold_everything(day):
    one = day.question()
    mail = day.writes(f"{one} klar\nmen vänta med alltihop tills jag har ringt\n")
    assert (mail["outcome"], day.case(one)["status"]) == ("asked_back", "open")
    assert "Inget är gjort ännu" in str(day.letters("staff_echo")[0].mail["Subject"])


def test_a_correction_by_mail_carries_the_form_on_with_the_clerks_name(day):
    case = day.form(8, title=None)
    assert day.case(case)["status"] == "waiting"
    day.writes(f"{case} titel Undersköterska\n")
    assert day.case(case)["status"] == "done"
    person = rows(day.office, "persons")[-1]
    assert person["title"] == "Undersköterska"
    (receipt,) = day.letters("applied", GORAN)
    assert "Undersköterska" in receipt.text


@pytest.mark.parametrize(
    ("words", "on"), [("1 december", "2026-12-01"), ("23/11", "2026-11-23"), ("2026-11-23",) * 2]
)
def test_a_day_may_be_corrected_in_words(day, words, on):
    case = day.form(8, title=None)
    day.writes(f"{case} startdatum {words}\n{case} titel Undersköterska\n")
    text = day.letters("staff_echo")[0].text
    assert f"{on}" in text, text
    assert rows(day.office, "persons")[0]["valid_from"] == on


def test_a_wrong_value_changes_nothing_and_is_explained(day):
    case = day.form(8, title=None)
    day.writes(f"{case} startdatum 2026-13-45\n")
    assert day.case(case)["status"] == "waiting"
    assert rows(day.office, "persons") == []


def test_the_manager_is_asked_in_the_clerks_words_and_the_answer_comes_back(day):
    case = day.question()
    day.writes(f"{case} fråga chefen om startdatum\n")
    assert day.case(case)["status"] == "waiting"
    (question,) = day.letters("question", NOEL)
    assert "startdatum" in question.text
    day.answers(question, "Den 1 december.", sender=NOEL)
    assert day.case(case)["status"] == "open"
    assert "Chefen har svarat" in day.case(case)["why"]


def test_two_clerks_on_one_case_see_each_other(day):
    one = day.question()
    day.writes(f"{one} avslå fel adress\n")
    day.writes(f"{one} klar\n", sender=OLLE)
    assert "Avslaget av eva.ek@jarfalla.example" in day.case(one)["why"]
    (olle,) = day.letters("staff_echo", OLLE)
    assert "Redan avslutat 2026-11-23. Avslaget av eva.ek@jarfalla.example" in olle.text
    told = day.letters("staff_echo", EVA)[-1]
    assert "olle.ek@jarfalla.example skrev" in told.text


def test_who_has_taken_a_case_is_told_of_what_a_colleague_does(day):
    one = day.question()
    day.writes(f"{one} jag tar den\n")
    day.writes(f"{one} klar\n", sender=OLLE)
    assert "taget av eva.ek@jarfalla.example" in day.letters("staff_echo", OLLE)[0].text
    assert "olle.ek@jarfalla.example har mejlat" in day.letters("staff_echo", EVA)[-1].text


def test_a_note_stays_on_the_case_and_is_shown(day):
    one = day.question()
    day.writes(f"{one} anteckning: ringde, ingen svarade\n")
    day.writes(f"{one} visa\n")
    shown = day.letters("staff_echo")[-1]
    assert "ringde, ingen svarade (eva.ek@jarfalla.example)" in shown.text
    assert day.case(one)["status"] == "open"


def test_a_mail_that_comes_twice_is_carried_out_once(day):
    one = day.question()
    raw = a_mail("dubbel", sender=EVA, subject="x", text=f"{one} anteckning: en gång\n",
                 sent=stockholm(day.clock[0]))  # fmt: skip
    day.comes(raw)
    day.comes(raw)
    day.comes(raw.replace(b"Subject: x", b"Subject: x\r\nX-Spam: no"))
    with at(day.office, day.clock[0]) as services, services.store.begin() as work:
        assert len(work.acts.about(one)) == 1
    assert len(day.letters("staff_echo")) == 1


def test_commands_beside_a_form_are_not_done_and_not_lost(day):
    one = day.question()
    order = an_order(1, employed_from=None, effective_from=None, card_order=None)
    raw = a_mail("bada", ("b.pdf", fill_acroform(order)), sender=EVA, text=f"{one} klar\n",
                 sent=stockholm(day.clock[0]))  # fmt: skip
    day.comes(raw)
    assert day.case(one)["status"] == "open"
    assert "ett eget mejl" in day.letters("staff_echo")[0].text


@pytest.mark.parametrize(
    "more",
    [
        {"verdict": "fail"}, {"verdict": None}, {"sender": "nagon@annan.example"},
        {"sender": f'"{EVA}" <x@annan.example>'}, {"sender": GORAN},
        {"headers": [("Auto-Submitted", "auto-replied")]},
        {"headers": [("Precedence", "list"), ("List-Id", "<x.y>")]},
        {"headers": [("Sender", OLLE)], "sender": GORAN},
    ],
)  # fmt: skip
def test_nobody_but_a_proved_clerk_gives_commands(day, more):
    one = day.question()
    mail = day.writes(f"{one} klar\n", **more)
    assert day.case(one)["status"] == "open"
    assert day.letters("staff_echo") == []
    assert mail["outcome"] in ("with_staff", "recorded")


def test_a_mail_that_only_calls_itself_a_clerks_is_seen_as_that(day):
    one = day.question()
    mail = day.writes(f"{one} klar\n", verdict="fail")
    assert (mail["outcome"], mail["rule"]) == ("with_staff", "pretended_clerk")


@pytest.mark.parametrize("subject", ["VB: dagens läge", "Fwd: K-1"])
def test_what_is_passed_on_is_asked_about(day, subject):
    one = day.question()
    raw = a_mail("vidare", sender=EVA, subject=subject, text=f"{one} klar\n",
                 sent=stockholm(day.clock[0]))  # fmt: skip
    assert day.comes(raw)["outcome"] == "asked_back"
    assert day.case(one)["status"] == "open"
    assert "ett nytt mejl" in day.letters("staff_echo")[0].text


def test_a_reply_in_somebody_elses_thread_is_asked_about(day):
    one = day.question()
    day.writes(f"{one} klar\n", headers=[("In-Reply-To", "<nagot@annat.example>")])
    assert day.case(one)["status"] == "open"


def test_thanks_for_the_digest_lead_to_nothing(day):
    digest = day.letters("digest")[0]
    mail = day.answers(digest, "Tack!")
    assert mail["outcome"] == "recorded"
    assert day.letters("staff_echo") == []


def test_why_tells_which_clerk_and_which_mail(day):
    one = day.question()
    day.writes(f"{one} klar\n")
    with at(day.office, day.clock[0]) as services, services.store.begin() as work:
        (act, *_) = work.acts.about(one)
        lines = [f"{a.actor} {a.action}" for a in work.audit.of(one)]
    assert (act.by, act.via.value, act.mail) == (EVA, "mail", MailId(2))
    assert f"{EVA} case_saved" in lines


def test_a_case_that_is_asked_for_twice_is_shown_with_its_pictures_once(day):
    case = day.form(8, title=None)
    day.writes(f"{case} visa\nvisa {case}\n")
    assert len(day.letters("staff_echo")) == 1
    assert len(day.letters("question", EVA)) == 1


def test_a_note_by_another_afterwards_does_not_make_him_the_one_who_settled_it(day):
    one = day.question()
    day.writes(f"{one} avslå fel adress\n")
    day.writes(f"{one} anteckning: jag såg det\n", sender=OLLE)
    before = len(day.letters("staff_echo", OLLE))
    day.writes(f"{one} klar\n")
    assert len(day.letters("staff_echo", OLLE)) == before  # nobody's act but her own
    day.writes(f"{one} klar\n", sender=OLLE)
    assert "olle.ek@jarfalla.example skrev" in day.letters("staff_echo", EVA)[-1].text
