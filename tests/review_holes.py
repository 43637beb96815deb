"""A review as a sharp reader would try it: its office, one answer, what became of it. No test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.card_lists import HEAD as CARD_HEAD
from tests.card_lists import N
from tests.desk import ekbot, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_clients import Came
from tests.filled import numbers
from tests.reviewing import GORAN, GORAN_NAME, PEOPLE, an_office, left, say

START, SEND = "2026-11-23", "2026-11-23T10:00:00+01:00"
TUESDAY, WEDNESDAY, THURSDAY = "2026-11-24", "2026-11-25", "2026-11-26"
ASA, BJORN, DAVOR = "Åsa Sköld", "Björn Ahlgren", "Davor Castillo"


def register(office: Office, old: str, new: str, now: str = "2026-11-20") -> None:
    """Change the register of managers, and let the program see it."""
    path = office.here / "managers.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert ekbot(office, "import", "managers", str(path), "--yes", "--now", now)[0] == 0
    turn(office, now)


def running(folder: Path, *people: str, office: Office | None = None, **more: Any) -> Office:
    """Return an office whose letters went on Monday the 23rd."""
    if office is None:
        office = an_office(folder, *(people or PEOPLE), quarterly=False, **more)
    assert ekbot(office, "review", "start", "--yes", "--now", START)[0] == 0
    turn(office, SEND)
    return office


def cards(office: Office, *lines: str, now: str = "2026-11-20") -> None:
    """Bring in cards."""
    path = office.here / "cards.csv"
    path.write_text("\n".join((CARD_HEAD, *lines)) + "\n", encoding="utf-8")
    code, _, err = ekbot(office, "import", "cards", str(path), "--yes", "--now", now)
    assert code == 0, err


def ordinary(n: int) -> str:
    """Return the line of an ordinary card that person *n* has."""
    return f"ordinary,{N.format(n)},{numbers()[n]},activated,3,,,"


def asked(office: Office, who: str = GORAN, kind: str = "review") -> Came:
    """Return the last letter of a kind that *who* has."""
    return [x for x in left(office, kind) if who in x.readers][-1]


def answer(
    office: Office, words: str, *, day: str = TUESDAY, to: Came | None = None,
    sender: str = GORAN, name: str = GORAN_NAME, hour: int = 13, **more: Any,
) -> None:  # fmt: skip
    """Let *sender* answer at noon of *day*; an hour later a turn takes it."""
    say(office, to or asked(office), words, day=day, sender=sender, name=name, **more)
    turn(office, f"{day}T{hour}:00:00+01:00")


def answers(office: Office) -> dict[str, str]:
    """Return what every row of the newest review bears."""
    found = rows(office, "reviews")
    last = found[-1]["campaign"]
    return {x["name"]: x["answer"] for r in found if r["campaign"] == last for x in r["rows"]}


def told(office: Office, kind: str, who: str = GORAN) -> list[str]:
    """Return the texts of the letters of a kind that *who* has, in order."""
    return [x.text for x in left(office, kind) if who in x.readers]


def cases(office: Office, **wanted: Any) -> list[dict[str, Any]]:
    """Return the cases that bear these values, oldest first."""
    found = sorted(rows(office, "cases"), key=lambda c: int(c["id"][2:]))
    return [c for c in found if all(c[k] == v for k, v in wanted.items())]


def staff_does(office: Office, verb: str, case: str, *words: str, now: str) -> tuple[int, str]:
    """Let a clerk act on a case; return the exit code and what was said."""
    code, out, err = ekbot(office, "case", verb, case, *words, "--now", now)
    return code, out + err


def mail_of(office: Office) -> dict[str, Any]:
    """Return the newest mail."""
    return max(rows(office, "mails"), key=lambda m: int(m["id"][2:]))
