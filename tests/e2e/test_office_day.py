"""The whole program on real servers: mail in over IMAP, record made, letters out over SMTP."""

from __future__ import annotations

import fcntl
import signal
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.e2e.office import NOW, Office
from tests.e2e.servers import on_servers
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.dovecot import Dovecot
from tests.servers.smtpsink import Sink


def _parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.server
def test_an_order_becomes_a_record_and_an_answer(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink
) -> None:
    office = on_servers(tmp_path, dovecot_server, sink, "orderdag")
    order = an_order(0)
    dovecot_server.deliver("orderdag", a_mail("o1", ("beställning.pdf", fill_acroform(order))))
    report = office.once()
    assert report["taken"] == report["decided"] == report["filed"] == 1
    (person,) = office.rows("persons")
    assert person["surname"] == order["surname"]
    assert person["person_id"] == order["person_id"]
    answers = [_parsed(x.raw) for x in sink.letters]
    (applied,) = [m for m in answers if m["X-EKbot-Kind"] == "applied"]
    assert applied["In-Reply-To"] == "<o1@jarfalla.example>"
    assert applied["Auto-Submitted"] == "auto-replied"
    assert len(dovecot_server.contents("orderdag", "Klart")) == 1


@pytest.mark.server
def test_the_daemon_answers_an_arrival_and_stops_on_sigterm(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink
) -> None:
    office = on_servers(tmp_path, dovecot_server, sink, "idledag")
    process = office.start("--now", NOW)
    try:
        dovecot_server.deliver("idledag", a_mail("i1", ("b.pdf", fill_acroform(an_order(1)))))
        _until(lambda: any(b"applied" in x.raw for x in sink.letters))
        dovecot_server.deliver("idledag", a_mail("i2", ("b.pdf", fill_acroform(an_order(2)))))
        _until(lambda: sum(b"X-EKbot-Kind: applied" in x.raw for x in sink.letters) == 2)
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


@pytest.mark.server
def test_work_waits_while_the_servers_are_away(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink
) -> None:
    office = on_servers(tmp_path, dovecot_server, sink, "avbrott")
    dovecot_server.deliver("avbrott", a_mail("a1", ("b.pdf", fill_acroform(an_order(3)))))
    sink.refuse["goran.noren@jarfalla.example"] = "451 4.3.0 Try again later"
    report = office.once(code=3)
    assert report["waits"]
    assert len(office.rows("persons")) == 1
    sink.refuse.clear()
    office.once("2026-11-23T10:00:00+01:00")
    assert sum(b"X-EKbot-Kind: applied" in x.raw for x in sink.letters) == 1


def test_the_rehearsal_clock_only_moves_forward(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.once("2026-11-23T09:00:00+01:00")
    office.ekbot("once", "--now", "2026-11-22T09:00:00+01:00", code=2)


def test_the_digest_comes_once_a_working_day(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for instant in (
        "2026-11-20T09:00:00+01:00", "2026-11-20T17:00:00+01:00", "2026-11-21T09:00:00+01:00",
        "2026-11-22T09:00:00+01:00", "2026-11-23T07:00:00+01:00", "2026-11-23T07:31:00+01:00",
    ):  # fmt: skip
        office.once(instant)
    days = [_parsed(raw)["Date"][:16] for raw in office.letters()]
    assert sorted(days) == ["Fri, 20 Nov 2026", "Mon, 23 Nov 2026"]


def _until(done, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_two_workers_never_share_one_memory(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.once()
    with (tmp_path / "var" / "ekbot.db.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        begun = office.start("--now", NOW)
        assert begun.wait(60) == 3
    office.once("2026-11-23T12:00:00+01:00")
