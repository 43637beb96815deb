"""The power goes before and after every call of every port; the office loses and doubles nothing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.adapters.crew.direct import DirectCrew
from bot.adapters.sent_log import FileSentLog
from bot.adapters.store.store import SqlStore
from bot.app.deliver import settle_doubts
from bot.app.letters import Letters, OfficeFacts
from bot.app.services import Facts, Services
from bot.app.turn import Turn
from bot.bootstrap.places import DATA
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import WorkingDays
from bot.domain.decision import Policy
from tests.crash.power import Fuse, PowerCut, fused
from tests.fakes.catalogue import FakeCatalogue
from tests.fakes.documents import FakeDocuments
from tests.fakes.mailbox import FakeMailbox
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform
from tests.posting import GATEWAY, NOW, OFFICE, a_mail

_STATE = ("persons", "cases", "mails", "letters")


class World:
    """What outlives the program: mailbox, way out, catalogue, database file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mailbox, self.outgoing = FakeMailbox(), FakeOutgoing()
        self.catalogue = FakeCatalogue()
        self.url = f"sqlite:///{folder / 'ek.db'}"
        self.sent = folder / "ek.sent"
        new = fill_acroform(an_order(0))
        unsigned = fill_acroform(an_order(1), sign=None)
        self.mailbox.deliver(a_mail(1, ("b.pdf", new)))
        self.mailbox.deliver(a_mail(2, ("b.pdf", unsigned)))
        self.mailbox.deliver(a_mail(3, ("b.pdf", new)))  # the same form again
        self.mailbox.deliver(a_mail(4, sender="okand@exempel.example", verdict=None))
        self.count = 4

    def services(self, clock: datetime = NOW) -> Services:
        store = SqlStore.open(self.url)
        facts = Facts(
            address=OFFICE, domain="jarfalla.example", staff=("eva.ek@jarfalla.example",),
            filed="Klart", attention="Åtgärda", form_paths=(DATA / "forms",),
            authserv_id=GATEWAY, accept=frozenset({"dmarc"}), own_addresses=(OFFICE,),
        )  # fmt: skip
        return Services(
            store=store, mailbox=self.mailbox, outgoing=self.outgoing, catalogue=self.catalogue,
            crew=DirectCrew(), letters=Letters(DATA / "mail", OfficeFacts("Lokala EK", OFFICE)),
            documents=FakeDocuments(), policy=Policy(), facts=facts, working_days=WorkingDays(), clock=lambda: clock,
            jitter=lambda: 0.5, managers=_Register(),
            sent=FileSentLog(self.sent),
        )  # fmt: skip

    def letters(self) -> Counter[str]:
        return Counter(p.message_id for p in self.outgoing.sent)

    def end_state(self) -> dict[str, list[tuple[object, ...]]]:
        services = self.services()
        with services.store.begin() as work:
            state = {
                "persons": [(r.entry.surname, r.status) for r in work.records.list()],
                "cases": [(c.kind, c.stage, c.why.rule) for c in work.cases.list()],
                "mails": [(m.outcome, m.rule) for m in work.journal.list()],
                "letters": [(r.message_id, r.state) for r in work.outbox.list()],
            }
            assert work.audit.verify()[1] is None
        services.store.close()
        return {k: sorted(v, key=str) for k, v in state.items()}


class _Register:
    def fingerprint(self) -> str:
        return "ett register"

    def read(self) -> tuple[ManagerEntry, ...]:
        path = Path(__file__).parents[1] / "golden" / "managers.csv"
        rows = [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
        return tuple(
            ManagerEntry(r[0], r[1], r[2], r[3].strip('"'), date.fromisoformat(r[4])) for r in rows
        )


def _run(world: World, fuse: Fuse) -> None:
    services = world.services()
    try:
        powered = fused(services, fuse)
        settle_doubts(powered)
        Turn(powered).run()
    finally:
        services.store.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_power_cut_anywhere_changes_nothing_in_the_end(tmp_path: Path) -> None:
    whole = World(_folder(tmp_path, 0))
    counting = Fuse(None)
    _run(whole, counting)
    wanted = whole.end_state()
    assert counting.count > 60
    assert len(wanted["persons"]) == 1
    doubles = 0
    for moment in range(1, counting.count + 1):
        world = World(_folder(tmp_path, moment))
        fuse = Fuse(moment)
        with pytest.raises(PowerCut):
            _run(world, fuse)
        _run(world, Fuse(None))
        where = f"moment {moment}: {fuse.blown}"
        state = world.end_state()
        for part in _STATE:
            assert state[part] == wanted[part], (where, part)
        assert set(world.letters()) == set(whole.letters()), where
        again = sum(n - 1 for n in world.letters().values())
        assert again <= 1, where
        doubles += again
        filed = len(world.mailbox.contents("Klart")) + len(world.mailbox.contents("Åtgärda"))
        assert filed == world.count, where
        assert world.mailbox.contents("INBOX") == [], where
    assert doubles <= 2 * len(whole.letters())


def test_every_letter_names_itself_as_automatic_and_carries_no_number(tmp_path: Path) -> None:
    world = World(_folder(tmp_path, 0))
    _run(world, Fuse(None))
    number = str(an_order(0)["person_id"])
    for parcel in world.outgoing.sent:
        mail = message_from_bytes(parcel.raw, policy=policy.default)
        assert mail["Auto-Submitted"] in ("auto-replied", "auto-generated")
        text = "".join(p.get_content() for p in mail.walk() if p.get_content_maintype() == "text")
        assert number not in text
        assert number[2:] not in text
        assert f"{number[2:8]}-{number[8:]}" not in text


def _folder(base: Path, number: int) -> Path:
    folder = base / str(number)
    folder.mkdir()
    return folder


assert NOW.tzinfo is UTC
