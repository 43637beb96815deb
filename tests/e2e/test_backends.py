"""The whole main job over each mail system and catalogue that an office can have."""

from __future__ import annotations

import itertools
import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.crew.direct import DirectCrew
from bot.app.deliver import settle_doubts
from bot.app.turn import Turn
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.e2e.office import NOW, Office
from tests.e2e.servers import opened
from tests.e2e.systems import (
    ExchangeOnline,
    ExchangeSystem,
    ForeignSystem,
    Internet,
    System,
    WithDirectory,
)
from tests.e2e.waiting import until
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.cutting import Cutter, cutter

_NUMBERS = itertools.count(1)
_ORDERS = [fill_acroform(an_order(number)) for number in range(2)]
_UNSIGNED = fill_acroform(an_order(2), sign=None)
pytestmark = pytest.mark.server


@pytest.fixture
def wires() -> Iterator[Cutter]:
    with cutter() as made:
        yield made


@pytest.fixture
def systems(request, dovecot_server, sink, token_issuer, graph, graph_issuer, ews):
    """Give a maker of empty systems of a kind."""

    def make(kind: str) -> System:
        if kind == "graph-stub":
            graph.empty()
            return ExchangeOnline(graph, graph_issuer)
        if kind.startswith("ews-stub"):
            return (ForeignSystem if kind == "ews-stub-foreign" else ExchangeSystem)(ews)
        user = f"system{next(_NUMBERS)}"
        sink.letters.clear()
        if kind == "ldap":
            server = request.getfixturevalue("slapd_server")
            return WithDirectory(dovecot_server, sink, user, directory=server)
        return Internet(dovecot_server, sink, user, token_issuer if kind == "oauth" else None)

    return make


SYSTEMS = ["imap", "oauth", "graph-stub", "ews-stub", "ews-stub-foreign", "ldap"]


def office_of(folder: Path, system: System, wires: Cutter, **more: str) -> Office:
    return Office(
        folder,
        system.mailbox(wires),
        system.outgoing(wires),
        catalogue=system.catalogue(wires),
        **more,
    )


@pytest.mark.parametrize("kind", SYSTEMS)
def test_an_order_becomes_a_record_and_an_answer(tmp_path, systems, wires, kind):
    system = systems(kind)
    office = office_of(tmp_path, system, wires)
    order = an_order(0)
    system.deliver(a_mail("b1", ("beställning.pdf", _ORDERS[0])))
    report = office.once()
    assert report["taken"] == report["decided"] == report["filed"] == 1
    (person,) = office.rows("persons")
    assert person["person_id"] == order["person_id"]
    (applied,) = system.letters("applied")
    assert applied["In-Reply-To"] == "<b1@jarfalla.example>"
    if kind == "ldap":
        assert [e["sn"] for e in system.entries()] == [[order["surname"]]]
    assert len(system.contents("Klart")) == 1
    assert system.contents("INBOX") == []


@pytest.mark.parametrize("kind", SYSTEMS)
def test_the_daemon_answers_an_arrival_and_stops_on_sigterm(tmp_path, systems, wires, kind):
    system = systems(kind)
    office = office_of(tmp_path, system, wires)
    process = office.start("--now", NOW)
    try:
        for number, raw in enumerate(_ORDERS, 1):
            system.deliver(a_mail(f"d{number}", ("b.pdf", raw)))
            until(lambda number=number: len(system.letters("applied")) == number)
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


class Life:
    """One office with two mails, worked through while wires break."""

    def __init__(self, folder: Path, system: System, wires: Cutter) -> None:
        wires.begin(None)
        self.system, self.wires = system, wires
        self.office = office_of(folder, system, wires)
        self.now = datetime.fromisoformat(NOW)
        system.deliver(a_mail("l1", ("b.pdf", _ORDERS[0])))
        system.deliver(a_mail("l2", ("b.pdf", _UNSIGNED)))

    def work(self) -> tuple[str, ...]:
        """Do all that can be done now; return why work waits."""
        with opened(self.office, self.now) as services:
            powered = replace(services, crew=DirectCrew())
            settle_doubts(powered)
            try:
                return Turn(powered).run().waits
            except (TransientError, NeedsOperatorError) as error:
                return (error.reason,)

    def state(self) -> dict[str, object]:
        with opened(self.office, self.now) as services, services.store.begin() as work:
            return {
                "persons": sorted((r.entry.surname, r.status) for r in work.records.list()),
                "cases": sorted((c.kind, c.stage, c.why.rule) for c in work.cases.list()),
                "mails": sorted((str(m.outcome), m.rule) for m in work.journal.list()),
                "letters": sorted((r.effect.kind, str(r.state)) for r in work.outbox.list()),
            }

    def left(self) -> Counter[tuple[str, str, str]]:
        """Count the letters that left: kind, what they answer, and Message-ID."""
        kinds = ("applied", "question", "digest")
        return Counter(
            (kind, str(m["In-Reply-To"]), m["Message-ID"])
            for kind in kinds
            for m in self.system.letters(kind)
        )


def spread(moments: int) -> list[int]:
    if os.environ.get("HYPOTHESIS_PROFILE") == "nightly":
        return list(range(1, moments + 1))
    return sorted({1 + n * (moments - 1) // 19 for n in range(20)})


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", SYSTEMS)
def test_an_outage_in_the_middle_of_any_call_changes_nothing_in_the_end(tmp_path, systems, kind):
    """At a moment of a wire: the work waits, says why, and goes on without loss or twin.

    All moments by night; in between 20 that are spread over the whole job.
    """
    with cutter() as wires:
        whole = Life(tmp_path / "whole", systems(kind), wires)
        wires.begin(None)
        assert whole.work() == ()
        moments = wires.count
        wanted, letters = whole.state(), sorted(x[:2] for x in whole.left())
        entries = whole.system.entries()
    assert moments > 20
    waited = 0
    chosen = spread(moments)
    for moment in chosen:
        with cutter() as wires:
            life = Life(tmp_path / str(moment), systems(kind), wires)
            wires.begin(moment)
            waited += bool(life.work())
            wires.begin(None)
            for _ in range(3):
                life.now += timedelta(hours=1)
                if not life.work():
                    break
            where = f"moment {moment} of {moments}"
            assert life.state() == wanted, where
            assert life.system.entries() == entries, where
            left = life.left()
            assert sorted(x[:2] for x in left) == letters, where
            twins = sum(left.values()) - len(letters)
            assert twins <= (1 if life.system.doubles else 0), where
            filed = [*life.system.contents("Klart"), *life.system.contents("Att granska")]
            assert len(filed) == 2, where
            assert life.system.contents("INBOX") == [], where
    print(f"{kind}: {len(chosen)} of {moments} moments, {waited} waited")
    assert waited > len(chosen) / 2
