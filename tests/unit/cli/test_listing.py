"""What is listed: filters in the program's words or Swedish; and what is not loaded for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import sieve
from bot.domain.cases import Kind as CaseKind
from tests.desk import bring, ekbot, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.reviewing import PEOPLE

_HEAVY = (
    "cv2",
    "numpy",
    "onnxruntime",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "imapclient",
    "jinja2",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with orders on two days, one of them of a protected person."""
    found = Office(tmp_path_factory.mktemp("kontor"))
    assert bring(found, *PEOPLE, now="2026-11-02")[0] == 0
    plain = {"effective_from": None, "employed_from": None}
    for day, orders in (
        ("2026-11-20", (an_order(0, **plain), an_order(1, title=None, **plain))),
        (
            "2026-11-23",
            (an_order(2, card_order=None, **plain), an_order(3, protected=True, **plain)),
        ),
    ):
        for n, order in enumerate(orders):
            found.deliver(f"o{day}{n}", a_mail(f"o{day}{n}", ("b.pdf", fill_acroform(order))))
        turn(found, day)
    return found


def listed(office: Office, *words: str) -> list[dict[str, Any]]:
    code, out, err = ekbot(office, "list", *words, "--json")
    assert code == 0, err
    return list(json.loads(out))


def ids(office: Office, *words: str) -> list[str]:
    return [row["id"] for row in listed(office, *words)]


def test_cases_by_status_kind_and_what_is_open(office: Office) -> None:
    everything = listed(office, "cases")
    assert {"K-1", "K-2", "K-4"} <= {row["id"] for row in everything}
    for words, status in ((("--status", "done"), "done"), (("--status", "Klart"), "done")):
        found = listed(office, "cases", *words)
        assert found
        assert found == [row for row in everything if row["status"] == status]
    both = listed(office, "cases", "--status", "öppet", "--status", "waiting")
    assert both == listed(office, "cases", "--open")
    assert {row["status"] for row in both} == {"open", "waiting"}
    (order,) = listed(office, "cases", "--kind", "kort att beställa")
    assert order["kind"] == "card_order"


def test_mails_by_outcome_and_day(office: Office) -> None:
    assert ids(office, "mails", "--status", "asked_back") == ["M-2"]
    assert ids(office, "mails", "--status", "hos handläggare") == ["M-4"]
    assert ids(office, "mails", "--since", "2026-11-23") == ["M-3", "M-4"]
    assert ids(office, "mails", "--limit", "1") == ["M-4"]


def test_what_is_about_a_person_is_found_by_name_number_or_handle(office: Office) -> None:
    order = an_order(0)
    number, name = str(order["person_id"]), str(order["given_name"]).upper()
    short = f"{number[2:8]}-{number[8:]}"
    cases = ids(office, "cases", "--person", number)
    assert "K-1" in cases
    assert ids(office, "cases", "--person", short) == cases
    assert "M-1" in ids(office, "mails", "--person", name)
    letters = listed(office, "letters", "--person", number)
    assert letters
    assert {row["case"] for row in letters} <= {*cases}
    (person,) = listed(office, "persons", "--person", number)
    assert ids(office, "persons", "--person", person["id"]) == [person["id"]]
    assert [r["number"] for r in listed(office, "cards", "--person", name)] == [None]


def test_a_protected_person_is_found_by_nothing(office: Office) -> None:
    order = an_order(3)
    for what in ("cases", "mails", "letters", "persons", "cards"):
        for word in (str(order["person_id"]), f"{order['given_name']} {order['surname']}"):
            assert "K-4" not in str(listed(office, what, "--person", word)), (what, word)


def test_letters_and_cards_by_kind(office: Office) -> None:
    assert {r["kind"] for r in listed(office, "letters", "--kind", "applied")} == {"applied"}
    assert listed(office, "letters", "--kind", "review") == []
    assert {r["kind"] for r in listed(office, "cards", "--kind", "e-tjänstekort")} == {"ordinary"}
    assert listed(office, "cards", "--kind", "reserve") == []


def test_every_kind_of_letter_can_be_asked_for() -> None:
    kinds = {
        line.split('"')[1]
        for file in Path(sieve.__file__).parents[1].joinpath("domain").glob("*letters*.py")
        for line in file.read_text("utf-8").splitlines()
        if "kind: Literal[" in line
    }
    assert kinds == {*sieve.KINDS["letters"]}
    assert {*sieve.KINDS["cases"]} == {*CaseKind}


@pytest.mark.parametrize(
    "words", [("--help",), ("list", "cases"), ("why", "K-1"), ("list", "--help")]
)
def test_whoever_only_looks_does_not_wait_for_what_reads_forms(
    office: Office, words: tuple[str, ...]
) -> None:
    code = (
        "import sys; from bot.cli.running import call; call(sys.argv[1:]);"
        f"print('loaded', *[m for m in {_HEAVY!r} if m in sys.modules])"
    )
    config = str(office.here / "ekbot.toml")
    command = [sys.executable, "-c", code, "--config", config, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "loaded", done.stdout[-300:]
