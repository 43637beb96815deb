"""An office with a review in it, worked in this process: its people, replies, what left. No test."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.desk import bring, moment
from tests.e2e.office import Office
from tests.e2e.review_clients import Came, came, reply
from tests.filled import numbers

GORAN, GORAN_NAME = "goran.noren@jarfalla.example", "Göran Norén"
NOEL, NOEL_NAME = "noel.ek@jarfalla.example", "Noël Ek"
EVA = "eva.ek@jarfalla.example"
ABOVE = "forvaltningschef@jarfalla.example"
NOVEMBER = "2026-11-20"  # the preview's day; the letters go on Monday the 23rd
SEND = "2026-11-23"


def row(n: int, given: str, surname: str, unit: str = "V102", **changes: str) -> str:
    """Return a row of persons.csv: an active person with two years left."""
    cells = {
        "person_id": numbers()[n], "given": given, "middle": "", "surname": surname,
        "title": "USK", "unit": unit, "mail": "", "phone": "", "from": "2026-01-01",
        "until": "2028-01-01", "hsa": "", "protected": "nej", **changes,
    }  # fmt: skip
    return ",".join(cells.values())


PEOPLE = (row(5, "Åsa", "Sköld"), row(6, "Björn", "Ahlgren"), row(7, "Davor", "Castillo", "V104"))


def an_office(folder: Path, *people: str, quarterly: bool = True, **more: Any) -> Office:
    """Return an office whose registers are filled: by default Göran has two, Noël one."""
    office = Office(folder, quarterly=quarterly, **more)
    code, _, err = bring(office, *(people or PEOPLE), now="2026-11-02")
    assert code == 0, err
    return office


def settings(office: Office, text: str) -> None:
    """Add lines to the section ``[review]`` of the office's configuration."""
    path = office.here / "ekbot.toml"
    path.write_text(path.read_text("utf-8").replace("[review]", f"[review]\n{text}"), "utf-8")


def left(office: Office, *kinds: str) -> list[Came]:
    """Return the letters of some kinds that left, in their order."""
    found = []
    for raw in office.letters():
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        found.append(came(raw, [a.strip() for a in str(mail["To"]).split(",")]))
    ordered = sorted(found, key=lambda x: int(str(x.mail["X-EKbot-Letter"])[2:]))
    return [x for x in ordered if x.kind in kinds]


def say(
    office: Office, letter: Came, words: str, *, day: str, sender: str = GORAN,
    name: str = GORAN_NAME, verdict: str = "pass", files: dict[str, bytes] | None = None,
) -> None:  # fmt: skip
    """Let *sender* answer a letter at noon of *day*."""
    sent: datetime = moment(f"{day}T12:00:00+01:00")
    key = f"{len(list((office.here / 'in').rglob('svar*')))}-{day}"
    raw = reply(
        letter, words, sender=sender, name=name, sent=sent, style="gmail", number=f"svar{key}",
        verdict=verdict, files=files,
    )  # fmt: skip
    office.deliver(f"svar{key}", raw)
