"""The power goes at every port call of a review's life; each time the same world comes of it.

Each stage is lived from a copy of the office as it stood before it: cut at one moment, begun anew,
and held against the office that was never cut.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.crew.direct import DirectCrew
from bot.app.deliver import settle_doubts
from bot.app.turn import Turn
from bot.domain.effects import SendLetter
from bot.domain.values import ReviewId
from bot.ports.rows import OutboxRow
from parsers.reading import MailReading
from parsers.settings import Settings
from tests.crash.power import Fuse, PowerCut, fused
from tests.desk import at
from tests.e2e.office import Office
from tests.e2e.review_clients import machine, reply
from tests.e2e.review_life import Life, cast
from tests.fakes.documents import FakeDocuments
from tests.swedish_days import instant, stockholm

# All moments are nightly work: each lives a stage anew, and there are hundreds.
EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 5
CLERK = "eva.ek@jarfalla.example"
Mails = Callable[[Life], None]


def _release(life: Life) -> None:
    (preview,) = (x for x in life.letters() if x.kind == "review_preview")
    life.office.deliver("slapp", reply(
        preview, "Släpp", sender=CLERK, name="Eva Ek", sent=_at(date(2027, 2, 19)),
        style="outlook", number="slapp",
    ))  # fmt: skip


def _answers(life: Life) -> None:
    day = date(2027, 2, 23)
    life.say("leaver", day, "Nr {card} slutade 2027-02-19. Övriga är kvar.")
    life.say("mind", day, "Nr 1 slutar 2027-05-31.")
    letter = life.last("silent", "review")
    away = machine(letter, "Jag är borta till den 1 mars.", sender=life.cast["silent"].mail,
                   subject="Autosvar", sent=_at(day), number="autosvar")  # fmt: skip
    life.office.deliver("autosvar", away)


def _minds(life: Life) -> None:
    day = date(2027, 2, 24)
    life.say("mind", day, "ÅNGRA", "review_echo")
    life.say("leaver", day, "Här är den.", "cancellation_form", sign=True)


def _nothing(life: Life) -> None:
    """Leave the mailbox as it is: the clock alone moves."""


def _at(day: date) -> datetime:
    return datetime.fromisoformat(instant(day, time(12)))


STAGES: tuple[tuple[str, date, Mails], ...] = (
    ("the lists are frozen", date(2027, 2, 19), _nothing),
    ("the letters go", date(2027, 2, 22), _release),
    ("managers answer", date(2027, 2, 23), _answers),
    ("one undoes, one signs", date(2027, 2, 24), _minds),
    ("a reminder goes", date(2027, 3, 1), _nothing),
    ("the next level is asked", date(2027, 3, 15), _nothing),
    ("the review closes", date(2027, 4, 1), _nothing),
)


@dataclass
class Stage:
    """An office just before a stage, and the port that writes its letters."""

    here: Path
    day: date
    letters: Any

    def life(self, here: Path) -> Life:
        """Return the same office at another place."""
        shutil.copytree(self.here, here)
        office = Office.__new__(Office)
        office.here, office.environment = here, {}
        return Life(office, cast())

    def run(self, life: Life, fuse: Fuse, **ports: Any) -> dict[str, object]:
        """Run the stage's round; return all that is remembered, and the letters that left."""
        ports |= {"letters": self.letters, "crew": READERS}
        with at(life.office, instant(self.day, time(13)), **ports) as services:
            powered = fused(services, fuse)
            settle_doubts(powered)
            Turn(powered).run()
            with services.store.begin() as work:
                campaigns = work.reviews.campaigns()
                return {
                    "sent": sorted(set(sent(life))), "campaigns": campaigns,
                    "records": work.records.list(), "cases": work.cases.list(),
                    "mails": work.journal.list(), "cards": work.cards.list(),
                    "letters": [_settled(x) for x in work.outbox.list()],
                    "reviews": [work.reviews.of_campaign(c.id, ReviewId(0), 99) for c in campaigns],
                    "broken": work.audit.verify()[1],
                }  # fmt: skip


class Remembering(DirectCrew):
    """Reads the same bytes once: a mail that is read again gives the same answer."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: dict[tuple[bytes, str], Any] = {}

    def read_mail(self, raw: bytes, settings: Settings) -> MailReading:
        key = raw, repr(settings)
        if key not in self._known:
            self._known[key] = super().read_mail(raw, settings)
        return self._known[key]


READERS = Remembering()


def _settled(row: OutboxRow) -> OutboxRow:
    """Leave out how often it was tried, and what the digest says of letters sent until it."""
    effect = row.effect
    if isinstance(effect, SendLetter) and effect.letter.kind == "digest":
        effect = replace(effect, letter=replace(effect.letter, content=None))
    return replace(row, attempts=0, effect=effect)


def sent(life: Life) -> list[str]:
    raws = life.office.letters()
    return [str(message_from_bytes(r, policy=policy.default)["Message-ID"]) for r in raws]


def doubles(life: Life) -> int:
    return len(sent(life)) - len(set(sent(life)))


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> list[Stage]:
    """Live through the review once, uncut; keep the office as it was before each stage."""
    base = tmp_path_factory.mktemp("stages")
    life = Life(Office(base / "office", quarterly=True))
    life.register(date(2027, 2, 18))
    with at(life.office, instant(date(2027, 2, 18), time(9))) as services:
        letters = services.letters
    kept = []
    for n, (_, day, mails) in enumerate(STAGES):
        mails(life)
        shutil.copytree(life.office.here, base / str(n))
        kept.append(Stage(base / str(n), day, letters))
        kept[-1].run(life, Fuse(None))
    return kept


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(len(STAGES)), ids=[name for name, _, _ in STAGES])
def test_a_power_cut_anywhere_in_a_review_changes_nothing_in_the_end(
    stages: list[Stage], number: int, tmp_path: Path
) -> None:
    stage = stages[number]
    whole, counting = stage.life(tmp_path / "whole"), Fuse(None)
    papers = {"documents": FakeDocuments()}
    wanted = stage.run(whole, counting, **papers)
    assert wanted["broken"] is None
    assert counting.count > 20
    for moment in range(1 + number % EVERY, counting.count + 1, EVERY):
        life, fuse = stage.life(tmp_path / str(moment)), Fuse(moment)
        with pytest.raises(PowerCut):
            stage.run(life, fuse, **papers)
        found = stage.run(life, Fuse(None), **papers)
        for part, rows in wanted.items():
            assert found[part] == rows, f"moment {moment}: {fuse.blown}: {part}"
        assert doubles(life) <= 1, f"moment {moment}: {fuse.blown}"
        shutil.rmtree(life.office.here)


def test_the_stages_live_through_a_whole_review(stages: list[Stage], tmp_path: Path) -> None:
    last = stages[-1].life(tmp_path / "end")
    stages[-1].run(last, Fuse(None))
    kinds = {x.kind for x in last.letters()}
    assert {
        "review_preview", "review", "review_reminder", "review_echo", "cancellation_form", "undone",
        "escalation", "review_report", "applied",
    } <= kinds  # fmt: skip
    assert all(stockholm(x.mail["Date"].datetime.isoformat()) for x in last.letters())
