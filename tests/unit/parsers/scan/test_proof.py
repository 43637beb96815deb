"""What one field proves of another, and what it does not."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.domain.forms import Box
from parsers.forms.definition import TextSpec
from parsers.scan.proof import folded, prove
from parsers.scan.readers.guess import Guess
from parsers.scan.strips import Cutting, Strip
from parsers.scan.vote import vote
from parsers.settings import Settings

BOX = Box(0, 0, 50, 10)
KINDS = {"unit": "unit", "mail": "mail", "manager_mail": "mail"} | dict.fromkeys(
    ("effective_from", "employed_from", "signed_on"), "date"
)
SETTINGS = Settings(
    today=date(2026, 11, 23),
    form_paths=(Path(),),
    units=(("V1", "Hemtjänsten Öst"), ("V2", "Hemtjänsten Väst"), ("V3", "Rehabenheten")),
    managers=(
        ("Rehabenheten", "Kwame O'Connor", "kwame.oconnor@jarfalla.example"),
        ("Hemtjänsten Öst", "Göran Norén", "goran.noren@jarfalla.example"),
        ("Hemtjänsten Väst", "Göran Norin", "goran.norin@jarfalla.example"),
    ),
)


def votes(**fields):
    """Make votes from ``key="text of both makes"`` or ``key=("one make's", "the other's")``."""
    out = {}
    for key, said in fields.items():
        one, two = (said, said) if isinstance(said, str) else said
        kind = KINDS.get(key, "name")
        spec = TextSpec(key, kind, key, "A", BOX, BOX)
        cutting = Cutting(spec, (Strip(key, kind, np.full((40, 90), 255, np.uint8)),))
        guesses = {"line": [Guess(one, 0.9)], "ppocr": [Guess(two, 0.9)]}
        if one == two:
            guesses["tesseract"] = [Guess(one, 0.9)]
        out[key] = vote(cutting, guesses, SETTINGS, pen=True)
    return out


def outcome(said, settings):
    proof = prove(said, settings)
    return proof.votes, proof.proved


def test_a_unit_misread_by_both_is_found_in_the_register():
    found, proved = outcome(votes(unit=("REHABENHFTEN", "REHABFNHETEN")), SETTINGS)
    assert found["unit"].value == "Rehabenheten"
    assert "unit" in proved


def test_a_unit_between_two_is_not_settled():
    _found, proved = outcome(votes(unit="HEMTJÄNSTEN ÖAST"), SETTINGS)
    assert "unit" not in proved


def test_makes_that_see_different_units_prove_none():
    found, proved = outcome(votes(unit=("Rehabenheten", "Hemtjänsten Öst")), SETTINGS)
    assert "unit" not in proved
    assert not found["unit"].agreed


def test_the_units_manager_is_known_by_a_near_reading():
    said = votes(unit="Rehabenheten", manager_name=("KWAME O'CONNOR", "KWAME OCONNOR"))
    found, proved = outcome(said, SETTINGS)
    assert found["manager_name"].value == "Kwame O'Connor"
    assert "manager_name" in proved


def test_another_units_manager_is_not_taken_for_this_ones():
    said = votes(unit="Hemtjänsten Väst", manager_name="Göran Norén")
    found, proved = outcome(said, SETTINGS)
    assert "manager_name" not in proved
    assert found["manager_name"].value == "Göran Norén"


def test_an_address_proves_the_names_and_they_it():
    said = votes(mail="asa.oberg@jarfalla.example", given_name="ÅSA", surname="ÖBERG")
    _found, proved = outcome(said, SETTINGS)
    assert {"mail", "given_name", "surname"} <= proved


def test_an_address_proves_no_marks_over_letters():
    said = votes(
        mail="asa.oberg@jarfalla.example", given_name=("ÅSA", "ASA"), surname=("ÖBERG", "ÖBERG")
    )
    _found, proved = outcome(said, SETTINGS)
    assert "given_name" not in proved
    assert "surname" in proved


@pytest.mark.parametrize(
    ("mail", "proof"),
    [
        (("asa.oberg@jarfalla.example", "asa.oberq@jarfalla.example"), True),
        (("asa.oberg2@jarfalla.example", "asa.oberg7@jarfalla.example"), False),
        (("asa_oberg@jarfalla.example", "asa-oberg@jarfalla.example"), False),
        (("asa.oberg@jarfaIla.example", "asa.oberg@jarfafla.example"), False),
    ],
)
def test_an_address_of_one_make_needs_the_names_letters_and_the_offices_domain(mail, proof):
    said = votes(mail=mail, given_name="Åsa", surname="Öberg")
    found, proved = outcome(said, SETTINGS)
    assert ("mail" in proved) is proof
    if proof:
        assert found["mail"].value == "asa.oberg@jarfalla.example"


def test_somebody_elses_address_proves_nothing():
    said = votes(mail="eva.ek@jarfalla.example", given_name="ÅSA", surname="ÖBERG")
    _found, proved = outcome(said, SETTINGS)
    assert not proved & {"mail", "given_name", "surname"}


def test_an_address_that_nearly_spells_the_names_doubts_both():
    said = votes(mail="vlva.berg@jarfalla.example", given_name="Ylva", surname="Berg")
    assert prove(said, SETTINGS).doubted == {"mail", "given_name"}
    said = votes(mail="info@jarfalla.example", given_name="Ylva", surname="Berg")
    assert prove(said, SETTINGS).doubted == frozenset()


@pytest.mark.parametrize(
    ("domain", "doubt"), [("jartalla.example", True), ("jarfalla.example", False), ("ki.se", False)]
)
def test_a_domain_that_nearly_is_the_offices_is_doubted(domain, doubt):
    said = votes(mail=f"ylva.berg@{domain}", given_name="Ylva", surname="Berg")
    assert ("mail" in prove(said, SETTINGS).doubted) is doubt


def test_a_date_written_twice_is_proved():
    said = votes(effective_from="2026-12-16", employed_from=("2026-12-16", "2026-12-18"))
    _found, proved = outcome(said, SETTINGS)
    assert {"effective_from", "employed_from"} <= proved
    said = votes(effective_from="2026-12-16", employed_from="2026-12-18")
    assert not outcome(said, SETTINGS)[1]


@pytest.mark.parametrize(
    ("day", "proof"), [("2026-11-20", True), ("2026-09-01", False), ("2026-12-01", False)]
)
def test_a_signature_is_of_the_last_days(day, proof):
    assert ("signed_on" in outcome(votes(signed_on=day), SETTINGS)[1]) is proof


@pytest.mark.parametrize(
    ("name", "plain"), [("Åsa", "asa"), ("von Essen", "vonessen"), ("O’Connor", "oconnor")]
)
def test_names_as_addresses_spell_them(name, plain):
    assert folded(name) == plain
