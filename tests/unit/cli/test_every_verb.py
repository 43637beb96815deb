"""Every verb of the program: its help is Swedish, its mistakes are explained, its JSON is JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli.app import PLACES, app
from bot.cli.shelf import taken
from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import GOLDEN, Office
from tests.filled import an_order, fill_acroform, numbers
from tests.posting import a_mail
from tests.reviewing import PEOPLE

BLANK = GOLDEN.parents[1] / "templates" / "forms" / "ek-1" / "2026-09.pdf"
FRIDAY, SOON = "2026-11-20T09:00:00+01:00", "2026-11-23T10:00:00+01:00"
LATER = "2026-11-24T10:00:00+01:00"
NUMBER = "9752279900001111"
_ENGLISH = re.compile(
    r"\b(?:Usage|Options|Commands|Arguments|Show this message|and exit|required|default|Error|Try|"
    r"for help|No such|Missing|Invalid|does not|unexpected|Install completion|TEXT\.\.\.|PATH|"
    r"INTEGER|DIRECTORY|one of|got|the|with|this)\b"
)


def _verbs(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name in getattr(command, "list_commands", lambda _c: [])(None):
        place = PLACES.get(name) if not words else None
        found = taken(name, place) if place is not None else command.get_command(None, name)
        yield from _verbs(found, (*words, name))


VERBS = dict(_verbs(get_command(app)))


def test_the_verbs_of_the_contract_are_there() -> None:
    wanted = """run|once|read|understand|list|import|why|doctor|demo|models|card handout|card ordered
        card activated|card returned|card lost|card blocked|card deregistered|case show|case done
        case reject|case correct|review start|review status|review preview|form blank|form learn"""
    names = {" ".join(words) for words in VERBS}
    assert {w.strip() for w in re.split(r"[|\n]", wanted)} <= names


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_the_help_of_every_verb_is_swedish(words: tuple[str, ...]) -> None:
    code, out, err = ekbot(None, *words, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Skriv: ekbot")
    assert "Visa den här hjälpen." in out
    assert not _ENGLISH.findall(out), out
    assert max(map(len, out.splitlines())) <= 80, out


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_option_and_verb_says_what_it_does(words: tuple[str, ...]) -> None:
    command = VERBS[words]
    assert command.help, words
    for param in command.params:
        assert getattr(param, "help", None), (words, param.name)
    if words and not hasattr(command, "list_commands"):
        assert "Exempel:" in ekbot(None, *words, "--help")[1]


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_an_option_that_is_not_there_is_explained(words: tuple[str, ...]) -> None:
    code, out, err = ekbot(None, *words, "--hlep")
    assert (code, out) == (1, "")
    assert "Valet --hlep finns inte. Menade du --help" in err
    assert not _ENGLISH.findall(err), err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lsit", "Kommandot lsit finns inte. Menade du list?"),
        ("case", "Skriv: ekbot case [VAL] KOMMANDO"),
        ("case shwo K-1", "Kommandot shwo finns inte. Menade du show?"),
        ("list", "VAD saknas. Vad som ska listas. Välj: persons, cards,"),
        ("list caess", "”caess” går inte som VAD. Menade du cases eller cards?"),
        ("list cases --status öpet", "--status: ”öpet” finns inte. Menade du öppet?"),
        ("list cases --status", "Valet --status behöver ett värde efter sig."),
        ("list cases --limit tre", "--limit: skriv ett heltal."),
        ("list cases --since igår", "--since: ”igår” är inget datum."),
        (
            "list mails --kind x",
            "--kind finns inte för mails. Det finns för: cards, cases, letters.",
        ),
        ("list cases nu", "För mycket i kommandot: nu."),
        ("case reject K-1", "Valet --why saknas. Orsaken, som chefen får läsa."),
        ("once --json=ja", "Valet --json tar inget värde."),
        ("once --now igår", "--now igår: skriv till exempel 2026-11-23T09:00"),
        ("card handout --person P-1", "saknas"),
        ("case show", "ID saknas. Ärendets nummer, t.ex. K-17."),
        ("case show X-1", "”X-1” är ingen beteckning."),
        (
            "card handout --person P-1 --number 1 --id-kind pass --loa 9",
            "--loa: talet ska vara högst 3.",
        ),
    ],
)
def test_a_slip_of_the_finger_is_explained(tmp_path: Path, line: str, told: str) -> None:
    code, out, err = ekbot(Office(tmp_path), *line.split())
    assert code == 1, (out, err)
    assert out == ""
    assert told in err
    assert not _ENGLISH.findall(err), err


def _an_answer(office: Office, folder: Path) -> tuple[str, str]:
    """Return a review letter and an answer to it, as files."""
    letter = next(raw for raw in office.letters() if b"X-EKbot-Kind: review\r\n" in raw
                  or b"X-EKbot-Kind: review\n" in raw)  # fmt: skip
    (folder / "brev.eml").write_bytes(letter)
    (folder / "svar.eml").write_bytes(a_mail("s", text="Alla är kvar.", subject="Sv"))
    return str(folder / "brev.eml"), str(folder / "svar.eml")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with a bit of everything in it."""
    found = Office(tmp_path_factory.mktemp("kontor"))
    assert bring(found, *PEOPLE, now="2026-11-02")[0] == 0
    plain = {"effective_from": None, "employed_from": None}
    orders = {
        "a": an_order(0, card_order=True, **plain), "b": an_order(1, title=None, **plain),
        "c": an_order(2, card_order=None, reserve_order=True, reserve_reasons=["short_term"], **plain),
    }  # fmt: skip
    for name, order in orders.items():
        found.deliver(name, a_mail(name, ("b.pdf", fill_acroform(order))))
    found.deliver("x", a_mail("x", text="Kan ni hjälpa mig?", subject="Fråga"))
    turn(found, FRIDAY)
    return found


def test_every_verb_prints_json_and_nothing_else(  # noqa: PLR0915 - one line a verb
    office: Office, tmp_path: Path
) -> None:
    seen: set[tuple[str, ...]] = set()

    def says(*words: str, code: int = 0, line: bool = False) -> Any:
        done, out, err = ekbot(office, *words, "--json")
        assert done == code, (words, out, err)
        name = (
            words[:2] if words[0] in ("case", "card", "review", "form", "examples") else words[:1]
        )
        seen.add(name)
        return [json.loads(x) for x in out.splitlines()] if line else json.loads(out)

    def case(kind: str) -> str:
        open_ = [c for c in rows(office, "cases") if c["kind"] == kind and c["status"] != "done"]
        return str(open_[0]["id"])

    def at(clock: str) -> tuple[str, str]:
        return "--now", f"2026-11-24T{clock}:00+01:00"

    assert says("once", "--now", SOON)["taken"] == 0
    for what in ("persons", "cards", "blanks", "cases", "mails", "letters", "reviews", "managers",
                 "drifts"):  # fmt: skip
        assert isinstance(says("list", what), list)
    assert says("drift", *at("07:59"))["comparable"] is True
    for ref in ("K-1", "M-1", rows(office, "letters")[0]["id"], "P-1", "C-1"):
        assert says("why", ref)["id"] == ref
    assert {"group", "name", "ok", "seen", "advice"} == {*says("doctor")[0]}
    says("models")
    assert says("case", "show", case("mail"))["status"] == "open"
    assert says("case", "reject", case("mail"), "--why", "fel", *at("08:00"))["stage"] == "rejected"
    says("case", "take", case("new"), *at("08:00:20"))
    says("case", "note", case("new"), "--text", "ringde", *at("08:00:30"))
    says("case", "ask", case("new"), "--text", "Vilken titel?", *at("08:00:40"))
    says("case", "correct", case("new"), "--field", "title=USK", *at("08:01"))
    says("card", "ordered", "--case", case("card_order"), *at("08:02"))
    says("card", "activated", "--person", "K-1", "--number", "97522799555500", *at("08:03"))
    says("card", "handout", "--person", case("reserve_order"), "--number", NUMBER, "--id-kind",
         "pass", "--until", "2026-12-18", *at("08:04"))  # fmt: skip
    assert says("card", "receipt", "--number", NUMBER)["files"]
    says("card", "extend", "--number", NUMBER, "--until", "2027-01-15", *at("08:05"))
    says("card", "lost", "--number", NUMBER, *at("08:06"))
    says("card", "blocked", "--number", NUMBER, *at("08:07"))
    says("card", "returned", "--number", NUMBER, *at("08:08"))
    gone = case("deregister")
    says("case", "done", gone, *at("08:09"))
    assert says("case", "undo", gone, *at("08:09:30"))["undone"]
    says("case", "done", gone, *at("08:09:40"))
    says("review", "start", *at("08:20"))
    says("review", "preview", *at("08:21"), line=True)
    says("review", "start", "--yes", *at("08:22"))
    says("once", *at("08:23"))
    (first, *_) = says("review", "status")["reviews"]
    says("review", "pause", *at("08:24"))
    says("review", "resume", *at("08:25"))
    says("review", "extend", "--days", "2", *at("08:26"))
    says("review", "readdress", first["id"], "--to", "noel.ek@jarfalla.example", *at("08:27"))
    assert says("review", "manual") == []
    letter, answer = _an_answer(office, tmp_path)
    assert says("understand", answer, "--letter", letter, line=True)[0]["verdict"] == "settled"
    says("review", "close", *at("08:28"))
    (tmp_path / "b.pdf").write_bytes(fill_acroform(an_order(3)))
    assert says("read", str(tmp_path / "b.pdf"), line=True)[0]["verdict"] == "accept"
    assert Path(says("form", "blank", "--out", str(tmp_path / "ny.pdf"))["file"]).is_file()
    assert says("form", "learn", str(BLANK), "--name", "2020-01")["saved"] is None
    assert says("form", "learn", str(BLANK), "--name", "2020-01", "--yes")["saved"]
    assert says("examples", "export", str(tmp_path / "exempel"))["examples"] == 0
    people = tmp_path / "p.csv"
    people.write_text((office.here / "persons.csv").read_text("utf-8"), "utf-8")
    assert says("import", "persons", str(people), *at("09:00"))["taken"] is False
    assert says("import", "persons", str(people), "--yes", *at("09:01"))["taken"] is True
    assert says("simulate", "--days", "3", "--persons", "20")["policies"][0]["broken"] == []
    copy = Path(says("backup", str(tmp_path / "kopia.db"), *at("09:02"))["file"])
    assert Path(says("restore", str(copy), "--yes", *at("09:03"))["kept"]).is_file()
    assert says("demo", "--folder", str(tmp_path / "demo"))["decided"] > 5
    wanted = {w for w, command in VERBS.items() if w and not hasattr(command, "list_commands")}
    assert wanted - seen - {("run",), ("review", "stop"), ("card", "deregistered")} == set()


def test_nothing_printed_as_json_holds_a_number_that_is_not_asked_for(office: Office) -> None:
    for what in ("mails", "letters", "managers", "blanks"):
        out = ekbot(office, "list", what, "--json")[1]
        assert not any(number in out for number in numbers()[:40])
