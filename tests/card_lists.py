"""The office's list of cards, row by row, and what becomes of it. Holds no test."""

from __future__ import annotations

from tests.desk import bring, ekbot, rows
from tests.e2e.office import Office
from tests.filled import numbers

DAY = "2026-11-23"  # a Monday
HEAD = "kind,number,person_id,status,loa,reasons,handed_out,due"
N = "97522698750000001{:02d}"


def person(n: int) -> str:
    return numbers()[n]


def record(n: int, until: str = "2027-11-01", flag: str = "nej") -> str:
    mail = f"person{n}@jarfalla.example"
    return f"{person(n)},Åsa,,Sköld{n},USK,V102,{mail},,2026-01-01,{until},,{flag}"


def office_with_people(office: Office) -> Office:
    """Bring in persons 1 to 4, employed until November 2027."""
    code, _, err = bring(office, *map(record, range(1, 5)), now=DAY)
    assert code == 0, err
    return office


def take(office: Office, *lines: str, now: str = DAY, head: str = HEAD) -> tuple[int, str, str]:
    path = office.here / "cards.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return ekbot(office, "import", "cards", str(path), "--yes", "--now", now)


def brought(office: Office, *lines: str, now: str = DAY, head: str = HEAD) -> str:
    code, out, err = take(office, *lines, now=now, head=head)
    assert code == 0, err
    return out


def refused(office: Office, *lines: str, now: str = DAY, head: str = HEAD) -> str:
    before = rows(office, "cards"), rows(office, "blanks"), rows(office, "cases")
    code, _, err = take(office, *lines, now=now, head=head)
    assert code == 2, err
    assert (rows(office, "cards"), rows(office, "blanks"), rows(office, "cases")) == before
    return err


def lent(n: int, handed: str = "2026-11-02", due: str = "2027-02-02", at: int = 0) -> str:
    return f"reserve,{N.format(at or n)},{person(n)},handed_out,3,lost_card,{handed},{due}"
