"""What people see on a screen of 80 columns: nothing runs over, no date and no handle is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.text import Text

from tests import clerk_day
from tests.desk import ekbot, rows
from tests.e2e.office import Office
from tests.picturing import terminal

VERBS = (
    "list cases", "list cards", "list persons", "list mails", "list letters", "list reviews",
    "list managers", "doctor", "review status", "why C-1", "why G-1", "case show K-1", "models",
)  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return the office on the Monday morning of the clerk's day, its first mails in."""
    found = Office(tmp_path_factory.mktemp("kontor"))
    for words in clerk_day.before(found.here / "people.csv", found.here / "cards.csv"):
        assert ekbot(found, *words)[0] == 0
    first = clerk_day.instants()[0]
    for mail in clerk_day.mails_at(first):
        found.deliver(mail.key, mail.raw(clerk_day.Letters(found.letters())))
    assert ekbot(found, "once", "--now", first)[0] == 0
    return found


def seen(office: Office, verb: str, columns: int) -> list[str]:
    """Return the lines that stand on a screen, without their colours."""
    config = str(office.here / "ekbot.toml")
    text = terminal(["--config", config, *verb.split()], folder=office.here, columns=columns)
    return Text.from_ansi(text).plain.rstrip().splitlines()


@pytest.mark.parametrize("verb", VERBS)
def test_it_fits_eighty_columns(office: Office, verb: str) -> None:
    lines = seen(office, verb, 80)
    assert len(lines) > 2
    long = [line for line in lines if len(line.rstrip()) > 80 and str(office.here) not in line]
    assert not long, "\n".join(long)


def test_a_wide_screen_is_used(office: Office) -> None:
    narrow, wide = seen(office, "list cards", 80), seen(office, "list cards", 120)
    assert "Härnäst" not in narrow[1]
    assert "Härnäst" in wide[1]
    for card in rows(office, "cards"):
        if card["due"]:
            assert any(card["due"] in line for line in narrow)
            assert any(card["due"] in line for line in wide)


def test_words_are_not_broken_on_a_narrow_screen(office: Office) -> None:
    text = "\n".join(seen(office, "list cases", 80))
    for word in ("nybeställning", "uppdatering", "Nybeställning:"):
        assert word in text


def test_what_looks_like_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    office = Office(tmp_path)
    path = office.here / "managers.csv"
    path.write_text(path.read_text("utf-8").replace("Nattpatrullen", "Natt [bold]patrull"), "utf-8")
    assert "Natt [bold]patrull" in "\n".join(seen(office, "list managers", 120))
