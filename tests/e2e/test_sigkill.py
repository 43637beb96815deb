"""The daemon is killed without warning, again and again, while mail keeps coming."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.e2e.office import NOW as CLOCK
from tests.e2e.servers import on_servers
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.dovecot import Dovecot
from tests.servers.smtpsink import Sink

MAILS = 500


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_five_hundred_mails_survive_a_dozen_kills(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink
) -> None:
    """Nothing lost, no twin record, no letter with two Message-IDs; doubles are counted."""
    office = on_servers(tmp_path, dovecot_server, sink, "sigkill")
    dice = random.Random(20261123)
    mails = [a_mail(f"kill-{n}", (f"b{n}.pdf", fill_acroform(an_order(n)))) for n in range(MAILS)]
    kills = 0
    process = office.start("--now", CLOCK)
    with dovecot_server.human("sigkill") as client:
        client.select_folder("INBOX")
        for number, raw in enumerate(mails):
            client.append("INBOX", raw)
            if number % 40 == 39:
                time.sleep(dice.uniform(0.2, 2.5))
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills += 1
                process = office.start("--now", CLOCK)
    process.send_signal(signal.SIGKILL)
    process.wait()
    office.once("2026-11-24T12:00:00+01:00")
    _check(office, sink, dovecot_server, kills + 1)


def _check(office, sink: Sink, server: Dovecot, kills: int) -> None:
    persons = office.rows("persons")
    assert len(persons) == MAILS
    assert len({p["person_id"] for p in persons}) == MAILS
    rows = office.rows("mails")
    assert len(rows) == MAILS
    assert {m["outcome"] for m in rows} == {"applied"}
    letters = [r for r in office.rows("letters") if r["kind"] == "applied"]
    assert len(letters) == MAILS
    assert {r["status"] for r in letters} == {"sent"}
    arrived = Counter()
    answered = Counter()
    for letter in sink.letters:
        mail = message_from_bytes(letter.raw, policy=policy.default)
        if mail["X-EKbot-Kind"] == "applied":
            arrived[mail["Message-ID"]] += 1
            answered[(mail["In-Reply-To"], mail["Message-ID"])] += 1
    assert set(arrived) == {r["message_id"] for r in letters}
    assert len({reply for reply, _ in answered}) == MAILS
    assert len(answered) == MAILS, "a mail was answered under two Message-IDs"
    doubles = sum(n - 1 for n in arrived.values())
    print(f"{kills} kills, {MAILS} mails, {doubles} letters delivered twice")
    assert doubles <= kills
    assert server.contents("sigkill", "INBOX") == []
    assert len(server.contents("sigkill", "Klart")) == MAILS
