"""Whatever clerks do in whatever order: an undone act leaves everything as it was before it."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import desk_book, undoing
from bot.app.turn import Turn
from bot.domain.cases import Kind, Stage
from bot.domain.decision import IllegalStepError
from bot.domain.effects import SendLetter
from bot.domain.events import StaffDone, StaffRejected
from bot.domain.orders import OrderAction
from bot.domain.staff_acts import Via
from bot.ports.rows import RowState
from tests.builders import ANNA, an_order, person
from tests.desk import at, bring
from tests.e2e.office import Office
from tests.laws.databases import new_case

DAY = "2026-11-20"
ROW = f"{ANNA},Anna,,Öberg,Undersköterska,,anna.oberg@jarfalla.example,,2026-01-01,2027-01-01,,"
WORDS = st.lists(st.sampled_from(["done", "reject", "deliver", "undo"]), max_size=8)


def prepared(work):
    """Save a change of a surname that a clerk may approve or refuse."""
    case, record = new_case(), work.records.get(person(ANNA))
    origin = replace(case.origin, mail=None, answerable=True, sender="asa.oberg@jarfalla.example")
    order = an_order(action=OrderAction.CHANGE, surname="Åberg")
    return work.cases.save(
        replace(
            case, kind=Kind.CHANGE, stage=Stage.STAFF, approvable=True, person=person(ANNA),
            record=record.id, closed=None, origin=origin, order=order,
        )
    )  # fmt: skip


class Desk:
    """A case, and how it stood before the last act that holds."""

    def __init__(self, services):
        self.services, self.before, self.act = services, None, None
        with services.store.begin() as work:
            self.case = prepared(work)
            self.surname = "Öberg"

    def now(self):
        with self.services.store.begin() as work:
            return replace(work.cases.get(self.case.id), version=0)

    def do(self, word):
        if word == "deliver":
            Turn(self.services).follow_up()
        elif word == "undo":
            self.undo()
        else:
            self.decide(word)

    def decide(self, word):
        made = {"done": StaffDone, "reject": StaffRejected}[word]
        before = self.now()
        try:
            with self.services.store.begin() as work:
                event = made(self.case.id, "eva", "prov")
                act = desk_book.acting(self.services, work, event, by="eva", via=Via.MAIL)
        except IllegalStepError:
            assert self.now() == before
            return
        self.before, self.act = before, act

    def undo(self):
        if self.act is None:
            return
        for _ in range(2):  # twice is once
            with self.services.store.begin() as work:
                told = undoing.undo(
                    self.services, work, ids=(self.act.id,), by="olle", via=Via.MAIL
                )
            assert told.refused == ()
            assert self.now() == self.before
        self.act = None


@settings(max_examples=25)
@given(WORDS)
def test_an_undone_act_leaves_the_case_as_it_was_and_no_letter_goes_wrong(words):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "ek")
        assert bring(office, ROW, now=DAY)[0] == 0
        with at(office, DAY) as services:
            desk = Desk(services)
            for word in words:
                desk.do(word)
            Turn(services).follow_up()
            if desk.now().stage is Stage.STAFF:
                assert services.catalogue.find(person(ANNA)).entry.surname == "Öberg"
            with services.store.begin() as work:
                rows = work.outbox.list()
        assert all(r.sent is None for r in rows if r.state is RowState.WITHDRAWN)
        sent = [r for r in rows if r.state is RowState.SENT and isinstance(r.effect, SendLetter)]
        assert len(office.letters()) == len(sent)
        assert len({r.message_id for r in sent}) == len(sent)
