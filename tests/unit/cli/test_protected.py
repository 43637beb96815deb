"""A protected person on the terminal: nowhere a name, a unit, an address, a reason."""

from __future__ import annotations

from pathlib import Path

from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

DAY, NOON = "2026-11-23", "2026-11-23T12:00:00+01:00"
GORAN = "goran.noren@jarfalla.example"


def _order(office: Office, n: int, **changes) -> dict:
    order = an_order(n, **changes)
    office.deliver(f"o{n}", a_mail(f"o{n}", ("b.pdf", fill_acroform(order))))
    return order


def _protected(office: Office) -> list[str]:
    order = _order(office, 3, protected=True)
    turn(office, DAY)
    return [order["surname"], order["unit"], order["person_id"], order["mail"], GORAN, "Skyddade"]


def test_a_protected_person_is_seen_nowhere(tmp_path: Path) -> None:
    office = Office(tmp_path)
    hidden = _protected(office)
    shown = []
    for words in (
        ("list", "cases"), ("list", "mails"), ("list", "letters"), ("list", "persons"),
        ("case", "show", "1"), ("why", "K-1"), ("why", "M-1"), ("why", "B-1"),
    ):  # fmt: skip
        for more in ((), ("--json",)):
            code, out, err = ekbot(office, *words, *more)
            assert code == 0, (words, err)
            shown.append(f"{words}{out}{err}")
    for word in hidden:
        assert [s for s in shown if word in s] == [], word


def test_a_copy_of_a_protected_persons_mail_shows_no_more_than_the_first(tmp_path: Path) -> None:
    office = Office(tmp_path)
    form = fill_acroform(an_order(3, protected=True))
    first = a_mail("p", ("b.pdf", form), subject="Beställning Zeynep")
    office.deliver("a", first)
    office.deliver("b", b"X-Other-Way: 1\r\n" + first)
    turn(office, DAY)
    assert [m["rule"] for m in rows(office, "mails")][1] == "twin"
    for ref in ("M-1", "M-2"):
        assert "Zeynep" not in ekbot(office, "why", ref)[1]
    assert "Zeynep" not in ekbot(office, "list", "mails", "--json")[1]


def test_who_becomes_protected_loses_the_name_on_every_case(tmp_path: Path) -> None:
    office = Office(tmp_path)
    order = _order(office, 3)
    turn(office, DAY)
    assert order["surname"] in ekbot(office, "list", "cases")[1]
    row = f"{order['person_id']},{order['given_name']},,{order['surname']},USK,V102,,,2026-12-01,2027-06-01,,ja"
    assert bring(office, row, now=NOON)[0] == 0
    for words in (("list", "cases"), ("list", "persons"), ("why", "K-1"), ("case", "show", "2")):
        code, out, err = ekbot(office, *words)
        assert code == 0, err
        assert order["surname"] not in out
    assert {c["title"] for c in rows(office, "cases")} == {"Ärende för särskild handläggare"}
