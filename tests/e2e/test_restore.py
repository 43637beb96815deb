"""An older copy of the database is put back: nothing is sent twice, nothing is lost."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.crew.direct import DirectCrew
from bot.domain.records import Entry
from bot.domain.values import PersonId
from parsers.reading import MailReading, Settings
from tests import desk
from tests.doubts import DoubtingCrew, a_reply, letter_of, plain
from tests.e2e.office import Office
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

DAYS = ("2026-11-23", "2026-11-24", "2026-11-25")
AFTER = ("2026-11-25T11:00:00+01:00", "2026-11-25T12:00:00+01:00", "2026-11-26")
_PASSING = re.compile(r"\b[A-Z]-\d+|\b\d{1,4}\b|\b\w+dag(?:en)?\b|november|december")


class _Crew(DoubtingCrew):
    """Doubts what was scanned, and nothing else."""

    def read_mail(self, raw: bytes, settings: Settings) -> MailReading:
        if b"Subject: Skannad" in raw:
            return super().read_mail(raw, settings)
        return DirectCrew.read_mail(self, raw, settings)


class Town:
    """An office, its post, and the answers of those who write to it."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.outgoing = FakeOutgoing()
        self.arrivals = 0
        self.crew = _Crew(doubts={"surname": "Öberg", "phone": None})

    def deliver(self, name: str, *files: tuple[str, bytes], **more: Any) -> None:
        self.office.deliver(name, a_mail(name, *files, **more))

    def arrive(self, day: str) -> None:
        """Let what lies in the inbox have come on *day*, as the file system tells it."""
        for file in sorted((self.office.here / "in" / "new").iterdir()):
            self.arrivals += 1
            at = desk.moment(day).timestamp() + self.arrivals
            os.utime(file, (at, at))

    def turn(self, now: str) -> Any:
        return desk.turn(self.office, now, outgoing=self.outgoing, crew=self.crew)

    def day(self, day: str) -> None:
        number = DAYS.index(day)
        undated = {"effective_from": None, "employed_from": None} if number == 1 else {}
        form = fill_acroform(an_order(3 * number))
        self.deliver(f"new{number}", ("b.pdf", form))
        self.deliver(f"card{number}", ("b.pdf", fill_acroform(
            an_order(3 * number + 1, card_order=True, **undated))))  # fmt: skip
        self.deliver(f"ask{number}", text="Kan ni hjälpa mig?", subject="Fråga")
        self.deliver(f"bad{number}", ("b.pdf", fill_acroform(
            an_order(3 * number + 2), sign=None)))  # fmt: skip
        scan = fill_acroform(an_order(20 + number))
        self.deliver(f"scan{number}", ("b.pdf", scan), subject="Skannad")
        self.arrive(day)
        self.turn(day)
        if number < 2:  # answered the day after: the answer is read again with its question
            question = next(m for m in self.letters() if m["X-EKbot-Kind"] == "question"
                        and m["In-Reply-To"] == f"<scan{number}@jarfalla.example>")  # fmt: skip
            answer = a_reply(question, "1 ja 2 070-174 06 26", number=f"r{number}")
            self.office.deliver(f"re{number}", answer)
            applied = next(m for m in self.letters() if m["X-EKbot-Kind"] == "applied"
                           and m["In-Reply-To"] == f"<new{number}@jarfalla.example>")  # fmt: skip
            thanks = a_reply(applied, "Hon slutar tyvärr redan i mars.", number=f"t{number}")
            self.office.deliver(f"th{number}", thanks)

    def letters(self) -> list[Any]:
        return [letter_of(p.raw) for p in self.outgoing.sent]

    def sent(self) -> Counter[tuple[str, ...]]:
        found: Counter[tuple[str, ...]] = Counter()
        for mail in self.letters():
            kind = mail["X-EKbot-Kind"]
            words = "" if kind == "digest" else _PASSING.sub("#", plain(mail))
            found[kind, mail["To"], mail["In-Reply-To"] or "", words] += 1
        return found

    def state(self) -> dict[str, list[str]]:
        kept = {
            "persons": ("person_id", "surname", "status"),
            "cases": ("kind", "stage", "status", "title"),
            "cards": ("kind", "status"),
        }
        found = {
            what: sorted(str([row.get(k) for k in keys]) for row in desk.rows(self.office, what))
            for what, keys in kept.items()
        }
        hidden = ("återläst", "Brev att jämföra")
        found["cases"] = [c for c in found["cases"] if not any(h in c for h in hidden)]
        return found

    def told(self) -> list[str]:
        """Return why staff have what only the restoring led to."""
        why = [str(c["why"]) for c in desk.rows(self.office, "cases")]
        return [w for w in why if "återläst" in w or "läses igen" in w]

    def catalogue(self) -> dict[PersonId, Entry]:
        with desk.at(self.office, "2026-11-26T09:30:00+01:00") as services:
            with services.store.begin() as work:
                people = [r.entry.person_id for r in work.records.list()]
            found = [services.catalogue.find(p) for p in people]
        return {f.entry.person_id: f.entry for f in found if f is not None}


@pytest.fixture
def undisturbed(tmp_path: Path) -> Town:
    town = Town(tmp_path / "undisturbed")
    for day in DAYS:
        town.day(day)
    for now in AFTER:
        town.turn(now)
    return town


def _restored(tmp_path: Path) -> Town:
    town = Town(tmp_path / "restored")
    long_ago = town.office.here / "in" / ".Klart" / "cur"  # by people, before there was a bot
    long_ago.mkdir(parents=True)
    (long_ago / "old:2,S").write_bytes(a_mail("old", ("b.pdf", fill_acroform(an_order(40)))))
    os.utime(long_ago / "old:2,S", (1_700_000_000, 1_700_000_000))
    town.day(DAYS[0])
    copy = tmp_path / "copy.db"
    assert desk.ekbot(town.office, "backup", str(copy))[0] == 0
    for day in DAYS[1:]:
        town.day(day)
    done = desk.ekbot(town.office, "restore", str(copy), "--yes", "--now", "2026-11-25T10:30")
    assert done[0] == 0, done
    return town


def test_an_older_copy_sends_nothing_twice_and_loses_nothing(
    tmp_path: Path, undisturbed: Town
) -> None:
    town = _restored(tmp_path)
    before = len(town.outgoing.sent)
    for now in AFTER:
        town.turn(now)
    assert before > 10
    assert town.sent() == undisturbed.sent()
    assert max(Counter(p.message_id for p in town.outgoing.sent).values()) == 1
    assert town.state() == undisturbed.state()
    written, wanted = town.catalogue(), undisturbed.catalogue()
    assert written.keys() == wanted.keys()
    other = [p for p, entry in wanted.items() if written[p] != entry]
    assert [p.reveal() for p in other] == [an_order(4)["person_id"]]  # began on the day it was read
    assert [("andra datum" in w, "läses igen" in w) for w in sorted(town.told())] == [
        (True, False), (False, True)
    ]  # fmt: skip
    again = len(town.outgoing.sent)
    town.turn("2026-11-26T10:00:00+01:00")
    assert len(town.outgoing.sent) == again


def test_an_answer_in_other_words_is_held_and_staff_are_told(tmp_path: Path) -> None:
    town = _restored(tmp_path)
    log = next(town.office.here.glob("var/*.sent"))
    asked = next(m["Message-ID"] for m in town.letters()
                 if m["In-Reply-To"] == "<bad1@jarfalla.example>")  # fmt: skip
    lines = [x.split(" ") for x in log.read_text("utf-8").splitlines()]
    for words in lines:
        if asked in words:
            words[3] = words[5] = "0" * 32  # it left in words that are not made any more
    log.write_text("".join(" ".join(words) + "\n" for words in lines), "utf-8")
    before = len(town.outgoing.sent)
    for now in AFTER:
        town.turn(now)
    late = [m["In-Reply-To"] for m in town.letters()[before:]]
    assert "<bad1@jarfalla.example>" not in late
    (held,) = [x for x in desk.rows(town.office, "letters") if x["status"] == "held"]
    assert held["kind"] == "question"
    assert any("hade redan gått till samma läsare" in w for w in town.told())


def test_without_the_log_letters_would_go_twice(tmp_path: Path) -> None:
    town = _restored(tmp_path)
    log = next(town.office.here.glob("var/*.sent"))
    lines = [x for x in log.read_text().splitlines() if not x.startswith("sent ")]
    log.write_text("\n".join(lines) + "\n")
    for now in AFTER:
        town.turn(now)
    assert max(town.sent().values()) > 1
