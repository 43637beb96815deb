"""The first week, ``[approval] mode = "staff"``: all is prepared, and only staff get letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk
from tests.doubts import letter_of
from tests.e2e.office import Office
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

WEEK = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27")
STAFF = {"eva.ek@jarfalla.example", "olle.ek@jarfalla.example"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    config = made.here / "ekbot.toml"
    config.write_text(config.read_text("utf-8") + '\n[approval]\nmode = "staff"\n', "utf-8")
    return made


def _carried_out(outgoing: FakeOutgoing) -> list[str]:
    return [m["X-EKbot-Kind"] for m in (letter_of(p.raw) for p in outgoing.sent)
            if m["X-EKbot-Kind"] == "applied"]  # fmt: skip


def test_nothing_is_carried_out_until_a_clerk_releases_it(office: Office) -> None:
    outgoing = FakeOutgoing()
    for number, day in enumerate(WEEK):
        order = fill_acroform(an_order(number, card_order=None))
        office.deliver(f"o{number}", a_mail(f"o{number}", ("b.pdf", order)))
        desk.turn(office, day, outgoing=outgoing)
    assert _carried_out(outgoing) == []
    assert desk.rows(office, "persons") == []
    waiting = [c for c in desk.rows(office, "cases") if c["kind"] == "new"]
    assert len(waiting) == len(WEEK)
    readers = {r for p in outgoing.sent for r in p.recipients}
    assert readers <= STAFF, readers - STAFF
    code, _, err = desk.ekbot(office, "case", "done", waiting[0]["id"], "--now", "2026-11-27T10:00")
    assert code == 0, err
    assert len(desk.rows(office, "persons")) == 1
