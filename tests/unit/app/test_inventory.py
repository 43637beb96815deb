"""The drawer is counted: what is missing leaves it, what is there is noted, unclear is asked once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.domain.effects import SendLetter
from tests.desk import at, ekbot, letters, moment, rows, turn
from tests.e2e.office import Office
from tests.posting import a_mail

DAY, NEXT = "2026-11-23", "2026-11-24"
EVA = "eva.ek@jarfalla.example"
NUMBERS = ("97522698750000001", "97522698750000002", "97522698750000003")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has been asked whether its three blanks are in the drawer."""
    office = Office(tmp_path)
    path = office.here / "lager.csv"
    path.write_text("kind,number,status\n" + "".join(f"reserve,{n},lager\n" for n in NUMBERS))
    turn(office, DAY)
    code, _, err = ekbot(office, "import", "cards", str(path), "--yes", "--now", DAY)
    assert code == 0, err
    turn(office, DAY)
    return office


def asked(office: Office) -> list[dict[str, Any]]:
    return [row for row in rows(office, "letters") if row["kind"] == "inventory"]


def answer(office: Office, text: str, now: str = NEXT, sender: str = EVA, to: int = -1) -> dict:
    letter = asked(office)[to]["message_id"]
    name = f"s{len(rows(office, 'mails'))}"
    headers = [("In-Reply-To", letter), ("References", letter)]
    raw = a_mail(name, text=text, sender=sender, sent=moment(now), headers=headers)
    office.deliver(name, raw)
    turn(office, now)
    return rows(office, "mails")[-1]


def drawer(office: Office) -> list[str]:
    return [row["number"] for row in rows(office, "blanks")]


def words(office: Office, now: str = NEXT) -> list[str]:
    with at(office, now) as services, services.store.begin() as work:
        return [work.blanks.word(n) for n in NUMBERS]


def test_what_is_missing_leaves_the_drawer_and_becomes_work(office):
    mail = answer(office, "1 och 3 finns, 2 saknas.\n")
    assert (mail["outcome"], mail["rule"]) == ("applied", "blanks_missing")
    assert words(office) == ["in_stock", "missing", "in_stock"]
    assert drawer(office) == [NUMBERS[0], NUMBERS[2]]
    (case,) = [c for c in rows(office, "cases") if "saknas" in c["title"]]
    assert case["kind"] == "stock"
    with at(office, NEXT) as services, services.store.begin() as work:
        assert [line.action for line in work.audit.of(NUMBERS[1])][-1] == "blank_missing"


def test_a_drawer_in_which_all_is_there_stays_as_it_is(office):
    mail = answer(office, "Alla finns.\n")
    assert (mail["outcome"], mail["why"]) == ("applied", "Inventeringen är besvarad: 3 kort finns.")
    assert drawer(office) == list(NUMBERS)
    assert len(asked(office)) == 1


def test_what_was_lent_after_the_question_is_not_taken_for_missing(office):
    with at(office, DAY) as services, services.store.begin() as work:
        work.blanks.take(NUMBERS[1], "lent")
    answer(office, "2 saknas, resten finns.\n")
    assert words(office) == ["in_stock", "lent", "in_stock"]


@pytest.mark.parametrize("text", ["Tror att någon tog en i går.\n", "Tack!\n"])
def test_an_answer_that_is_not_clear_changes_nothing_and_is_asked_about_once_more(office, text):
    mail = answer(office, text)
    assert mail["outcome"] == "with_staff"
    assert drawer(office) == list(NUMBERS)
    assert len(asked(office)) == 2
    again = letters(office, NEXT, "inventory")[-1]
    assert isinstance(again, SendLetter)
    assert again.letter.content.again
    answer(office, text, "2026-11-25")
    answer(office, text, "2026-11-26", to=0)
    assert len(asked(office)) == 2
    answer(office, "3 saknas, resten finns.\n", "2026-11-27")
    assert words(office, "2026-11-27") == ["in_stock", "in_stock", "missing"]


def test_words_that_were_not_understood_are_quoted_without_anybodys_number(office):
    answer(office, "Åsa 850427-2389 tog nog en.\n")
    unread = letters(office, NEXT, "inventory")[-1].letter.content.unread
    assert unread
    assert "2389" not in "".join(unread)


def test_a_stranger_counts_nothing(office):
    mail = answer(office, "Alla saknas.\n", sender="goran.noren@jarfalla.example")
    assert mail["outcome"] != "applied"
    assert drawer(office) == list(NUMBERS)
    assert len(asked(office)) == 1
