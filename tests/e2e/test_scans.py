"""Forms off a copier: typed ones go straight through, doubtful ones come back as a picture."""

from pathlib import Path

import cv2
import pytest

from bot.adapters.crew.direct import DirectCrew
from tests import desk
from tests.doubts import a_reply, letter_of, plain
from tests.e2e.office import Office
from tests.filled import an_order, definition
from tests.posting import a_mail
from tests.scanned import as_jpeg, as_pdf, as_tiff, scanned

ORDER = an_order(
    2, mail="bjorn.lindqvist@jarfalla.example", given_name="Björn", surname="Lindqvist"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def turn(office, now):
    desk.turn(office, now, crew=DirectCrew())


def sent(office):
    """Return what went to the manager."""
    found = map(letter_of, office.letters())
    return [letter for letter in found if letter["X-EKbot-Kind"] != "digest"]


def kinds(office):
    return [letter["X-EKbot-Kind"] for letter in sent(office)]


@pytest.mark.parametrize("file", ["scan.pdf", "scan.tif", "bild.jpg"])
def test_a_typed_and_signed_scan_goes_straight_through(office, file):
    page = scanned(ORDER, dpi=200, skew=-0.8, noise=5)
    pack = {"scan.pdf": as_pdf, "scan.tif": as_tiff}
    content = pack[file]([page]) if file in pack else as_jpeg(page)
    office.deliver("f", a_mail("f1", (file, content)))
    turn(office, "2026-11-23")
    (person,) = desk.rows(office, "persons")
    assert (person["given_name"], person["surname"]) == ("Björn", "Lindqvist")
    assert person["person_id"] == ORDER["person_id"]
    assert kinds(office) == ["applied"]


def test_a_struck_out_title_is_asked_about_and_the_reply_completes_it(office):
    page = scanned(ORDER, dpi=200)
    box = next(f.cell for f in definition().fields if f.key == "title")
    level, mm = box.y1 - 2.7, 200 / 25.4
    ends = [(round(x * mm), round(level * mm)) for x in (box.x0 + 1, box.x0 + 28)]
    cv2.line(page, *ends, 30, 4)
    office.deliver("f", a_mail("f1", ("scan.pdf", as_pdf([page]))))
    turn(office, "2026-11-23")
    assert desk.rows(office, "persons") == []
    (question,) = sent(office)
    assert question["X-EKbot-Kind"] == "question"
    assert "Titel" in plain(question)
    assert [p for p in question.walk() if p.get_content_type() == "image/png"]
    office.deliver("a", a_reply(question, "1 Kurator"))
    turn(office, "2026-11-24")
    (person,) = desk.rows(office, "persons")
    assert person["title"] == "Kurator"
    assert kinds(office).count("applied") == 1


def test_an_unsigned_scan_comes_back_with_the_empty_box(office):
    office.deliver("f", a_mail("f1", ("scan.pdf", as_pdf([scanned(ORDER, dpi=200, sign=None)]))))
    turn(office, "2026-11-23")
    assert desk.rows(office, "persons") == []
    (question,) = sent(office)
    assert "underskrift" in plain(question).casefold()
    assert [p for p in question.walk() if p.get_content_type() == "image/png"]
