"""What comes beside an answer: files, words beside a form, words that were struck through."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest

from tests.desk import moment, turn
from tests.e2e.office import Office
from tests.e2e.review_clients import reply, signed
from tests.golden.mail_making.pieces import PNG
from tests.paper import saved
from tests.review_holes import (
    ASA,
    BJORN,
    TUESDAY,
    WEDNESDAY,
    answer,
    answers,
    asked,
    cases,
    mail_of,
    running,
    told,
)
from tests.reviewing import GORAN, GORAN_NAME, left


def _workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


def _page() -> bytes:
    """Return a PDF of one page that is no form."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        return saved(pdf)


FILES = [
    ("lista.pdf", _page()), ("lista.txt", b"Anna slutade 31/10"), ("lista.xlsx", _workbook()),
    ("skräp.pdf", b"%PDF-1.4 junk"),
]  # fmt: skip
NAMES = [name for name, _ in FILES]


def _no_orders_letter(office: Office) -> bool:
    """Tell whether nobody was written that an order could not be taken in."""
    return left(office, "rejected", "question") == []


@pytest.mark.parametrize("words", ["Se bifogad lista.", "Alla är kvar. Se bifogad lista."])
@pytest.mark.parametrize(("name", "content"), FILES, ids=NAMES)
def test_an_answer_that_points_at_a_file_decides_nothing(
    tmp_path: Path, words: str, name: str, content: bytes
) -> None:
    office = running(tmp_path)
    answer(office, words, files={name: content})
    assert set(answers(office).values()) == {"open"}
    assert mail_of(office)["outcome"] == "with_staff"
    assert [c for c in cases(office, status="open") if c["mail"] == mail_of(office)["id"]]
    assert _no_orders_letter(office)


@pytest.mark.parametrize(("name", "content"), FILES, ids=NAMES)
def test_a_file_that_nobody_speaks_of_is_looked_at_beside_the_answer(
    tmp_path: Path, name: str, content: bytes
) -> None:
    office = running(tmp_path)
    answer(office, "Alla är kvar.", files={name: content})
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("stays", "stays")
    [case] = cases(office, rule="review_file")
    assert case["status"] == "open"
    assert _no_orders_letter(office)


def test_a_logo_in_the_signature_is_no_file(tmp_path: Path) -> None:
    office = running(tmp_path)
    letter = asked(office)
    raw = reply(
        letter, "Alla är kvar.", sender=GORAN, name=GORAN_NAME, style="outlook", number="logo",
        sent=moment(f"{TUESDAY}T12:00:00+01:00"),
    )  # fmt: skip
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    html = mail.get_body(("html",))
    assert html is not None
    shown = html.get_content().replace("</body>", '<img src="cid:logga"></body>')
    html.set_content(shown, subtype="html")
    html.add_related(PNG + b"\0" * 3000, "image", "png", cid="<logga>", filename="image001.png")
    office.deliver("logo", mail.as_bytes())
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    assert answers(office)[ASA] == "stays"
    assert cases(office, status="open") == []
    assert _no_orders_letter(office)


# --- words beside a form -------------------------------------------------------------------------


def _signed(office: Office) -> dict[str, bytes]:
    letter = asked(office, kind="cancellation_form")
    return {k: signed(v, date.fromisoformat(WEDNESDAY)) for k, v in letter.files().items()}


def _with_form(folder: Path, words: str) -> Office:
    """Return an office where Åsa's signed form came back with *words* beside it."""
    office = running(folder)
    answer(office, "Åsa slutade 2026-11-20. Björn är kvar.")
    letter = asked(office, kind="cancellation_form")
    answer(office, words, day=WEDNESDAY, to=letter, files=_signed(office))
    assert cases(office, kind="leaver")[0]["stage"] == "linked"
    return office


@pytest.mark.parametrize(
    "words",
    [
        "Här kommer blanketten för Åsa.",
        "Bifogar den underskrivna blanketten.",
        "Blanketten ifylld och påskriven, som ni bad om.",
        "",
    ],
)
def test_words_that_only_hand_a_form_over_give_no_work(tmp_path: Path, words: str) -> None:
    office = _with_form(tmp_path, words)
    assert cases(office, status="open", kind="review") == []


@pytest.mark.parametrize(
    "words",
    [
        "Här är den. Och Björn kanske också slutar snart.",
        "Här kommer blanketten. Kan ni ringa mig om Björn?",
        "Blanketten är fel, hon är inte klar än.",
    ],
)
def test_words_beside_a_form_that_say_more_are_read_by_a_clerk(tmp_path: Path, words: str) -> None:
    office = _with_form(tmp_path, words)
    assert len([c for c in cases(office, status="open") if c["kind"] in ("review", "mail")]) == 1
    assert mail_of(office)["outcome"] == "with_staff"


def test_an_answer_beside_a_form_counts(tmp_path: Path) -> None:
    office = _with_form(tmp_path, "Här är den. Björn slutade 2026-11-20 också.")
    assert answers(office)[BJORN] == "left"


# --- struck through ------------------------------------------------------------------------------


def _html(office: Office, said: str) -> None:
    letter = asked(office)
    mail = EmailMessage(policy=policy.SMTP)
    first = message_from_bytes(
        reply(letter, "x", sender=GORAN, name=GORAN_NAME, style="html", number="struken",
              sent=moment(f"{TUESDAY}T12:00:00+01:00")),
        policy=policy.SMTP,
    )  # fmt: skip
    for name, value in first.items():
        if not re.match(r"(?i)content-|mime-", name):
            mail[name] = value
    body = first.get_content().replace("<p>x</p>", said)  # type: ignore[attr-defined]
    mail.set_content(body, subtype="html")
    office.deliver("struken", mail.as_bytes())
    turn(office, f"{TUESDAY}T13:00:00+01:00")


@pytest.mark.parametrize("mark", ["s", "strike", "del"])
def test_words_that_were_struck_through_are_not_said(tmp_path: Path, mark: str) -> None:
    office = running(tmp_path)
    _html(office, f"<p>Alla är kvar <{mark}>utom Åsa som slutade 31/10</{mark}></p>")
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("stays", "stays")
    assert told(office, "cancellation_form") == []


def test_the_plain_part_does_not_say_what_the_page_strikes_through(tmp_path: Path) -> None:
    office = running(tmp_path)
    gone = "utom Åsa som slutade 31/10"
    raw = reply(
        asked(office), f"Alla är kvar {gone}", sender=GORAN, name=GORAN_NAME, style="outlook",
        number="struken", sent=moment(f"{TUESDAY}T12:00:00+01:00"),
    )  # fmt: skip
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    html = mail.get_body(("html",))
    assert html is not None
    html.set_content(html.get_content().replace(gone, f"<s>{gone}</s>"), subtype="html")
    office.deliver("struken", mail.as_bytes())
    turn(office, f"{TUESDAY}T13:00:00+01:00")
    assert (answers(office)[ASA], answers(office)[BJORN]) == ("stays", "stays")
