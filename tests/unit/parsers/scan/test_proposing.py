"""Of what the makes read, what other fields bear out comes first; nothing gets sure by it."""

import pytest

from parsers.scan.proof import prove
from parsers.scan.proposing import proposed
from tests.unit.parsers.scan.test_proof import SETTINGS, votes


def test_the_name_that_the_address_spells_is_proposed():
    said = votes(mail="zeynep.ek@jarfalla.example", given_name=("ZEYNER", "ZEYNEP"), surname="EK")
    found = proposed(said, SETTINGS)
    assert found["given_name"].value == "ZEYNEP"
    assert not found["given_name"].agreed


def test_a_name_on_which_two_agree_gives_way_only_to_one_that_is_spelt_and_is_not_sure_then():
    said = votes(mail="kwame.gross@jarfalla.example", given_name="Kwame", surname=("GroB", "Groß"))
    found = proposed(said, SETTINGS)
    assert found["surname"].value == "Groß"
    assert not found["surname"].agreed
    assert "surname" not in prove(found, SETTINGS).proved


def test_a_name_that_nobody_else_spells_stays():
    said = votes(mail="info@jarfalla.example", given_name="Kwame", surname="Ek")
    found = proposed(said, SETTINGS)
    assert (found["given_name"].value, found["given_name"].agreed) == ("Kwame", True)


@pytest.mark.parametrize(
    ("read", "address"),
    [
        (
            ("asa.oberg@jarfaIla.example", "asa.obcrg@jarfalla.example"),
            "asa.oberg@jarfalla.example",
        ),
        (("asa.oberg.jarfalla", "asa.oberg@iarfalla.example"), "asa.oberg@jarfalla.example"),
    ],
)
def test_the_offices_domain_is_mended_in_a_proposal(read, address):
    said = votes(mail=read, given_name="Åsa", surname="Öberg")
    found = proposed(said, SETTINGS)["mail"]
    assert found.value == address
    assert not found.agreed
