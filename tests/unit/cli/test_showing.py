"""``case show``: its pictures as they were asked for, and the commands that fit the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import desk
from tests.desk import ekbot, turn
from tests.doubts import DoubtingCrew
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = Office(tmp_path)
    found.deliver("f", a_mail("f1", ("scan.pdf", fill_acroform(an_order(0)))))
    turn(found, "2026-11-23", crew=DoubtingCrew({"surname": "Öberg", "phone": None}))
    yield found
    for folder in Path("/tmp").glob("ekbot-K-1-*"):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def test_pictures_are_drawn_where_that_was_asked_for(office: Office) -> None:
    for how, begin in (("kitty", "\x1b_Gf=100,a=T,"), ("sixel", '\x1bPq"1;1;')):
        code, out, _ = ekbot(office, "case", "show", "K-1", "--picture", how)
        assert code == 0
        assert out.count(begin) == 2
        assert out.index("Bild av Efternamn") < out.index(begin)
        assert "/ekbot-K-1-" not in out  # nothing is left on the disk


def test_a_pipe_is_told_where_they_lie(office: Office) -> None:
    code, out, _ = ekbot(office, "case", "show", "K-1")
    paths = re.findall(r"^Bild av [^\t]+\t(/\S+\.png)$", out, re.MULTILINE)
    assert (code, len(paths)) == (0, 2)
    assert all(Path(p).read_bytes().startswith(b"\x89PNG") for p in paths)
    assert Path(paths[0]).parent.stat().st_mode & 0o077 == 0
    assert "\x1b" not in out


def test_none_writes_and_draws_nothing(office: Office) -> None:
    for words in (("--picture", "none"), ("--picture", "none", "--json")):
        out = ekbot(office, "case", "show", "K-1", *words)[1]
        assert "/ekbot-K-1-" not in out
        assert "\x1b" not in out


@pytest.mark.parametrize("how", ["auto", "kitty", "sixel", "path"])
def test_of_a_protected_person_nothing_is_drawn(tmp_path: Path, how: str) -> None:
    office = Office(tmp_path)
    order = an_order(0, protected=True)
    office.deliver("f", a_mail("f1", ("scan.pdf", fill_acroform(order))))
    turn(office, "2026-11-23", crew=DoubtingCrew({"surname": "Öberg"}))
    code, out, _ = ekbot(office, "case", "show", "K-1", "--picture", how)
    assert code == 0
    assert "\x1b" not in out
    assert "/ekbot-" not in out
    for word in (order["surname"], order["unit"], order["person_id"]):
        assert word not in out


def test_the_commands_that_fit_are_told(tmp_path: Path) -> None:
    office = Office(tmp_path)
    plain = {"effective_from": None, "employed_from": None}
    orders = (
        an_order(0, card_order=True, **plain),
        an_order(1, card_order=None, reserve_order=True, reserve_reasons=["short_term"], **plain),
        an_order(2, title=None, **plain),
    )
    for n, order in enumerate(orders):
        office.deliver(f"o{n}", a_mail(f"o{n}", ("b.pdf", fill_acroform(order))))
    office.deliver("x", a_mail("x", text="Kan ni hjälpa mig?", subject="Fråga"))
    turn(office, "2026-11-23")
    kinds = {c["kind"]: c["id"] for c in desk.rows(office, "cases") if c["status"] != "done"}
    told = {
        "card_order": "ekbot card ordered --case K-",
        "reserve_order": "--number NUMMER --id-kind LEGITIMATION",
        "new": "--field title=…",
        "mail": "Klart:    ekbot case done",
    }
    for kind, words in told.items():
        out = ekbot(office, "case", "show", kinds[kind])[1]
        assert words in out, (kind, out)
        assert f"ekbot why {kinds[kind]}" in out
