"""Numbered points: what they show, what they hide, what a yes would settle."""

from dataclasses import replace

import pytest

from bot.domain.answering import question, to_clerks
from bot.domain.asking import (
    asked_about,
    by_reply,
    lines,
    may_be_pictured,
    picture_name,
    pictures,
    points,
    shown,
)
from bot.domain.cases import Stage
from bot.domain.decision import Policy
from bot.domain.doubting import MOST_LETTERS, faulty
from bot.domain.forms import Crop, FieldReading, How, Signed, State
from bot.domain.guards import FormFacts
from bot.domain.ordering import decide_form
from bot.domain.questions import Answered, Inquiry
from tests.builders import (
    ANNA,
    TODAY,
    Unsure,
    a_case,
    a_context,
    a_form,
    a_register,
    form_facts,
    judged,
    letters,
)


def put(form, before=()):
    """The questions and points of a form, as the first letter puts them."""
    faults = [p for p in judged(form).problems if p.code != "note"]
    asked = asked_about(form, faults, before, judged)
    return asked, points(form, faults, asked)


def one(**values):
    asked, found = put(a_form(**values))
    (point,) = found
    return asked[0], point


def test_what_was_read_is_proposed_when_a_yes_would_settle_it():
    asked, point = one(surname=Unsure("Öberg"))
    assert asked.proposal == "Öberg"
    assert (point.number, point.label, point.read) == (1, "Efternamn", "Öberg")
    assert point.text == "Stämmer det?"
    assert point.picture == "falt-surname.png"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"surname": None}, "Efternamnet saknas. Vad ska stå där?"),
        ({"phone": Unsure(None, "unreadable")}, "Det står något i rutan som inte går att läsa. Vad ska stå där?"),
        ({"employed_to": Unsure(None, "date")}, "Vilket datum ska det vara?"),
        ({"action": None}, "Inget kryss. Kryssa för ett alternativ. Svara nybeställning, uppdatering eller avbeställning."),
        ({"card_order": Unsure()}, "Ska det beställas? Svara ja eller nej."),
        ({"reserve_order": True}, "Skriv orsaken med blankettens ord."),
    ],
)  # fmt: skip
def test_without_a_proposal_the_point_says_what_to_answer(values, text):
    asked, point = one(**values)
    assert asked.proposal is None
    assert point.text.endswith(text)


@pytest.mark.parametrize(
    "value",
    [Unsure("Öberg", "struck"), Unsure("Öberg 850427-2389"), Unsure(""), Unsure("12345678")],
)
def test_a_value_that_is_struck_out_or_holds_a_number_is_no_proposal(value):
    asked, _ = one(surname=value)
    assert asked.proposal is None


def test_a_value_that_breaks_a_rule_is_shown_but_a_yes_would_not_settle_it():
    asked, point = one(employed_to=Unsure("2020-01-01"))
    assert (asked.proposal, point.read) == (None, "2020-01-01")


def test_a_tick_in_doubt_is_proposed_as_ticked():
    _, point = one(card_order=Unsure(value=True))
    assert (point.read, point.text) == ("ikryssat", "Stämmer det?")


def test_the_identity_number_is_neither_read_out_nor_pictured():
    asked, point = one(person_id=Unsure(ANNA))
    assert asked.proposal is None
    assert (point.read, point.picture) == ("", "")
    assert "ring oss" in point.text


def test_a_denied_value_is_asked_anew_under_its_number():
    form = a_form(surname=Unsure("Öberg"), phone=Unsure(None))
    asked, _ = put(form)
    denied = (replace(asked[0], denied=True), asked[1])
    again, found = put(form, denied)
    assert [a.number for a in again] == [1, 2]
    assert again[0].proposal is None
    assert "inte stämmer" in found[0].text
    assert found[0].read == ""


def test_a_new_question_gets_a_number_never_used_before():
    first, _ = put(a_form(surname=Unsure("Öberg"), phone=Unsure(None)))
    asked, found = put(a_form(title=None), first)
    assert [a.key for a in asked] == ["surname", "phone", "title"]
    assert [p.number for p in found] == [3]


@pytest.mark.parametrize(
    ("form", "can"),
    [
        (a_form(surname=None), True),
        (a_form(surname=None, signed=Signed.NONE), False),
        (a_form(surname=None, signed=Signed.UNSURE), False),
        (a_form(signed_on="2026-01-02"), False),
        (a_form(signed_on=Unsure("2026-01-02")), True),
        (a_form(manager_name="Per Ek"), False),
        (a_form(manager_name=Unsure("Per Ek")), True),
    ],
)
def test_a_reply_can_mend_what_is_in_doubt_but_no_signature(form, can):
    assert by_reply(form, judged(form).problems) is can


def test_an_unsigned_form_gets_its_empty_box_and_no_way_to_answer_by_mail():
    form = a_form(signed=Signed.NONE, surname=Unsure("Öberg"))
    step = decide_form(form, form_facts(form), a_context())
    (letter,) = letters(step)
    assert not letter.content.by_reply
    assert letter.content.sign
    box = letter.content.points[-1]
    assert box.picture == "falt-signed.png"
    assert "inte ges i ett mejl" in box.text


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("phone", "0701740625", "070-174 06 25"),
        ("action", "change", "uppdatering"),
        ("reserve_reasons", ("lost_card", "foreign"), "förlorat e-tjänstekort, utländsk person"),
        ("title", "Hus 850427-2389", ""),
        ("surname", None, ""),
        ("card_order", False, ""),
        ("birth_date", "1985-04-27", "1985-04-27"),
    ],
)
def test_a_value_is_shown_as_people_say_it(key, value, text):
    assert shown(key, value) == text


@pytest.mark.parametrize(
    ("key", "value", "may"),
    [
        ("surname", "Öberg", True),
        ("phone", "0701740625", True),
        ("reserve_reasons", ("foreign",), True),
        ("surname", ANNA, False),
        ("title", "850427 2389", False),
        ("person_id", None, False),
        ("protected", None, False),
    ],
)
def test_no_picture_that_may_show_an_identity_number_leaves(key, value, may):
    assert may_be_pictured(FieldReading(key, value, State.UNSURE, How.SCAN)) is may


def test_the_crops_are_kept_beside_the_case_and_not_in_it():
    crops = (Crop("surname", b"png"), Crop("person_id", b"never"))
    form = replace(a_form(surname=Unsure("Öberg")), crops=crops)
    assert pictures(form) == ((picture_name("surname"), b"png"),)
    step = decide_form(form, form_facts(form), a_context())
    assert step.files == (("falt-surname.png", b"png"),)
    assert step.case.reading.crops == ()
    sound = replace(a_form(), crops=crops)
    assert decide_form(sound, form_facts(sound), a_context()).files == ()


def test_answers_are_listed_with_who_gave_them():
    by_mail = Answered("card_order", value=False, how=How.REPLY, by="m", on=TODAY)
    number = Answered("person_id", ANNA, How.REPLY, "m", TODAY)
    clerk = Answered("surname", "Öberg", How.STAFF, "eva", TODAY)
    said = [line.text for line in lines((by_mail, number, clerk))]
    assert said == [
        "nej",
        "numret (enligt ditt svar 2026-11-23)",
        "Öberg (rättat av en handläggare 2026-11-23)",
    ]


def test_a_form_asked_about_too_often_goes_to_a_clerk():
    form = a_form(surname=None)
    case = a_case(stage=Stage.ASKED, reading=form, order=None,
                  inquiry=Inquiry(TODAY, letters=MOST_LETTERS))  # fmt: skip
    step = faulty(case, form_facts(form), a_context())
    assert (step.case.stage, step.case.why.rule) == (Stage.STAFF, "asked_often")


def test_a_case_without_its_form_is_a_clerks():
    facts = FormFacts(judged(a_form(surname=None)), a_register())
    step = faulty(a_case(reading=None), facts, a_context())
    assert step.case.stage is Stage.STAFF


def test_clerks_get_the_question_only_where_there_is_one_to_answer():
    case = a_case(inquiry=Inquiry(TODAY))
    assert to_clerks(case, "Obesvarad.", Policy(staff=("eva@x.example",))) == ()
    assert question(a_case()).points == ()
