"""A loss told in words that nobody foresaw is shown to a human being; other mails are left alone."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.reports import Certainty
from parsers.answers.losses import read

TODAY = date(2026, 11, 23)  # a Monday
OURS = sorted(
    path
    for path in (Path(__file__).parents[3] / "golden" / "letters").glob("*.txt")
    if not path.stem.startswith(("loss_", "digest", "staff_echo"))  # these speak of losses
)


def test_a_very_long_mail_of_idioms_is_read_in_bounded_time():
    found = read(
        "Kort", ["och nog inte kvar har glömt, ligger med aldrig tillbaka " * 20_000], [], TODAY
    )
    assert found is None or found.certainty is Certainty.UNCLEAR


@pytest.mark.parametrize(
    "idiom",
    [
        "Mitt kort har gått upp i rök.",
        "Katten har tuggat sönder mitt e-tjänstekort.",
        "Jag lånade ut kortet och fick inte tillbaka det.",
        "Kortet ligger nog på bussen.",
        "Kortet åkte med i tvättmaskinen.",
        "Någon har lagt vantarna på hennes kort.",
        "Kortet fattas mig sedan en kråka flög iväg med det.",
        "My kid flushed my card.",
    ],
)
@pytest.mark.parametrize("subject", ["", "Kort", "SV: Schema vecka 48"])
def test_an_idiom_of_loss_is_shown_to_a_human_being_and_never_sure(idiom, subject):
    found = read(subject, ["Hej!", idiom, "Mvh Eva"], [], TODAY)
    assert found is not None
    assert found.certainty is Certainty.UNCLEAR
    assert found.words in idiom


@pytest.mark.parametrize(
    "line",
    [
        "Detta mejl kan innehålla sekretess. Har du fått det av misstag, radera det.",
        "This e-mail may be confidential. If you received it by mistake, please delete it.",
        "Så här behandlar kommunen personuppgifter: www.kommunen.example/gdpr",
        "Tänk på miljön innan du skriver ut och slänger detta mejl.",
        "IT-stöd: låst kort, glömd pinkod, trasig läsare, ring 08-46500401",
    ],
)
@pytest.mark.parametrize("own", ["Jag hämtar kortet på tisdag.", "Kan jag boka en tid för kortet?"])
def test_lines_below_a_mail_tell_of_no_loss(own, line):
    assert read("Kort", [own, "Mvh Eva Ek", "Enhetschef", line], [], TODAY) is None


@pytest.mark.parametrize("letter", OURS, ids=lambda path: path.stem)
def test_our_own_letters_tell_of_no_loss(letter):
    lines = letter.read_text("utf-8").splitlines()
    assert read("SV: Kort", ["Tack."], lines, TODAY) is None
    assert read("SV: Kort", ["Tack.", *lines], [], TODAY) is None
